//! The rules: one file a rule or a small family, and this list.
//!
//! An id without its file in `rules/`, or a file there without its line here, does not build.

pub mod as_of;
pub mod dates;
pub mod format;
mod glyphs;
mod running;
pub mod references;
pub mod repeats;
pub mod tense;
mod terms;
pub mod titles;
pub mod phrasing;

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
    /// Comments that accept findings.
    Ignores = Check::Outcome => [ExpiredIgnore, IgnoreWithoutReason, UnusedIgnore];
    /// How values are written.
    Format = Check::Document(format::check) => [
        AmbiguousScalar, DigitGrouping, ForeignGlyph, HalfwidthKana, MarkupResidue, MixedWidthDigits, NullMarker, RadicalGlyph,
        SpreadsheetError, StraySymbol,
    ];
    /// Ids inside a plan.
    PlanReferences = Check::Plan(references::plan) => [BadMunicipalityCode, DuplicateId, UndefinedPolicy];
    /// Ids that a report uses.
    ReportReferences = Check::Report(references::report) => [
        RetiredDepartment, UndefinedCount, UndefinedDepartment, UndefinedGrade, UndefinedMeasure, UndefinedPlan,
    ];
    /// Dates that the calendar does not have, in a plan.
    PlanDates = Check::Plan(dates::plan) => [ImpossibleDate, WrongWeekday];
    /// The same in a report, besides its entries.
    ReportDates = Check::Report(dates::report) => [];
    /// The same in an entry, and whether its events lie in the year.
    EntryDates = Check::Entry(dates::entry) => [DateOutsideYear];
    /// What is done and what is to come, on the day of the figures.
    AsOf = Check::Entry(as_of::check) => [DoneAfterAsOf, ScheduledBeforeAsOf];
    /// Titles of a plan, and those that its reports print again.
    PlanTitles = Check::Plan(titles::plan) => [DuplicateTitle, TitleDiffers];
    /// Titles of tables from year to year.
    ReportTitles = Check::Report(titles::report) => [];
    /// The same words twice in one report.
    ReportRepeats = Check::Report(repeats::report) => [DuplicateText, PlanRepeatsResult, UnmarkedRepeat];
    /// Whether sentences tell what was done or what is to come.
    Tenses = Check::Entry(tense::check) => [EffectRepeatsResult, PlanInPastTense, ResultInPlanTense, VagueProgress];
    /// The wording of a plan.
    PlanWording = Check::Plan(phrasing::plan) => [DanglingNote, DoubledWord, EnumerationBroken, SentenceTooLong];
    /// The wording of a report, and what differs from place to place.
    ReportWording = Check::Report(phrasing::report) => [MixedEraStyle, TermVariant];
}
