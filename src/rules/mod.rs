//! The rules: one file a rule or a small family, and this list.
//!
//! An id without its file in `rules/`, or a file there without its line here, does not build.

pub mod format;
pub mod indicators;
pub mod lives;
pub mod outside_plan;
pub mod references;
pub mod years;

use crate::catalogue::RuleId;
use crate::rule::Check;

macro_rules! families {
    ($($(#[$doc:meta])* $family:ident = $check:expr => [$($rule:ident),* $(,)?];)*) => {
        /// Rules that one function evaluates together.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Family { $($(#[$doc])* $family,)* }

        impl Family {
            /// Every family, in the order in which they are evaluated.
            pub const ALL: &[Family] = &[$(Family::$family,)*];

            /// The function that evaluates the family.
            #[must_use]
            pub fn check(self) -> Check {
                match self { $(Self::$family => $check,)* }
            }

            /// The family of a rule.
            #[must_use]
            pub fn of(rule: RuleId) -> Family {
                match rule { $($(RuleId::$rule => Self::$family,)*)* }
            }
        }
    };
}

families! {
    /// Found while files are read, parsed and held against the schema.
    Loading = Check::Loader => [DuplicateKey, NotUtf8, SchemaViolation, UnknownKey, UnknownKind, UnreadableYaml];
    /// How values are written.
    Format = Check::Document(format::check) => [AmbiguousScalar, NullMarker, RadicalGlyph, SpreadsheetError];
    /// Ids inside a plan.
    PlanReferences = Check::Plan(references::plan) => [BadMunicipalityCode, DuplicateId, UndefinedPolicy];
    /// Ids that a report uses.
    ReportReferences = Check::Report(references::report) => [
        RetiredDepartment, UndefinedCount, UndefinedDepartment, UndefinedDirection, UndefinedGrade, UndefinedMeasure, UndefinedPlan,
    ];
    /// Targets said to be the actual of an earlier year.
    CarryOver = Check::Entry(years::carry_over::check) => [CarryOverMismatch];
    /// The same, where there is no report of that year.
    CarryOverUnreported = Check::Report(years::carry_over::unreported) => [CarryOverUnverifiable];
    /// Targets against those that were announced.
    TargetsAnnounced = Check::Entry(years::targets::changed) => [TargetChanged];
    /// Targets of the coming year against what was attained.
    TargetsAhead = Check::Entry(years::targets::below_actual) => [TargetBelowActual];
    /// Measures that last year's report had.
    Vanished = Check::Report(years::vanished::check) => [MeasureVanished];
    /// The years of measures.
    Years = Check::Entry(lives::years) => [MeasureOutsideItsYears];
    /// The numbers of measures.
    Numbering = Check::Plan(lives::numbering) => [NumberingGap];
    /// Departments that nothing names.
    UnusedDepartments = Check::Plan(lives::departments) => [UnusedDepartment];
    /// Years of reports.
    ReportOutsidePlan = Check::Report(outside_plan::report) => [];
    /// Departments and counts of entries.
    EntryOutsidePlan = Check::Entry(outside_plan::entry) => [EntryNotInPlan];
    /// Baselines and targets of a plan.
    IndicatorsOfPlan = Check::Plan(indicators::plan) => [];
    /// Indicators of a report.
    IndicatorsOfReport = Check::Report(indicators::report) => [IndicatorOffPace, IndicatorWrongDirection, TargetDiffersFromPlan];
    /// Last year's figures in an entry.
    RestatedInEntry = Check::Entry(years::restated::entry) => [PriorFigureRestated];
    /// Figures of earlier years in a table.
    RestatedInTable = Check::Table(years::restated::table) => [];
    /// Values of indicators for earlier years.
    RestatedIndicators = Check::Report(years::restated::indicators) => [];
    /// Targets over several years.
    TargetHistory = Check::Entry(years::history::targets) => [TargetNeverMet, TargetUnchanged];
    /// Ratings over several years.
    RatingHistory = Check::Entry(years::history::rating) => [RatingStuck];
    /// Names beside those of the plan before.
    Names = Check::Plan(years::words::renamed) => [MeasureRenamed];
    /// Words beside those of the year before.
    RepeatedWords = Check::Entry(years::words::unchanged) => [TextUnchanged];
    /// Changes from one year to the next.
    Changes = Check::Entry(years::change::unusual) => [UnusualChange];
    /// Part of a year beside a whole one.
    PartYears = Check::Entry(years::change::interim) => [InterimAgainstAnnual];
}
