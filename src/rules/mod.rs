//! The rules: one file a rule or a small family, and this list.
//!
//! An id without its file in `rules/`, or a file there without its line here, does not build.

pub mod as_of;
pub mod attained;
pub mod bounds;
pub mod circles;
pub mod columns;
pub mod contradictions;
pub mod costs;
pub mod dates;
pub mod disclosure;
pub mod entries;
pub mod figure_dates;
pub mod format;
pub mod formulas;
pub mod frequency;
pub mod front;
mod glyphs;
pub mod growth;
pub mod held;
pub mod indicators;
pub mod inversion;
pub mod labels;
pub mod lives;
pub mod meetings;
pub mod outside_plan;
pub mod phrasing;
pub mod presence;
pub mod prose;
pub mod rates;
pub mod ratings;
pub mod reasons;
pub mod references;
pub mod repeated_figures;
pub mod repeats;
mod running;
pub mod same;
pub mod sources;
pub mod statements;
pub mod sums;
pub mod table;
pub mod tense;
mod terms;
pub mod titles;
pub mod units;
pub mod within;
pub mod wording;
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

/// Rules that only wonder about a figure: they are silent where a graver rule says what is wrong
/// with it.
pub const ECHOES: &[RuleId] = &[RuleId::ExtremeAttainment, RuleId::UnusualChange];

families! {
    /// Found while files are read, parsed and held against the schema.
    Loading = Check::Loader => [DuplicateKey, NotUtf8, SchemaViolation, UnknownKey, UnknownKind, UnreadableYaml];
    /// How values are written.
    Format = Check::Document(format::check) => [
        AmbiguousScalar, NullMarker, RadicalGlyph, SpreadsheetError, DigitGrouping, ForeignGlyph, HalfwidthKana, MarkupResidue, MixedWidthDigits, StraySymbol,
    ];
    /// Ids inside a plan.
    PlanReferences = Check::Plan(references::plan) => [BadMunicipalityCode, DuplicateId, UndefinedPolicy];
    /// Ids that a report uses.
    ReportReferences = Check::Report(references::report) => [
        RetiredDepartment, UndefinedCount, UndefinedDepartment, UndefinedDirection, UndefinedGrade, UndefinedMeasure, UndefinedPlan,
    ];
    /// Totals of an entry against their parts.
    Sums = Check::Entry(sums::check) => [MemoRowAdded, PartsIncomplete, SumMismatch];
    /// Figures within others.
    Within = Check::Entry(within::check) => [DistinctExceedsGross, WithinExceedsWhole];
    /// Units and tallies of figures.
    Units = Check::Entry(units::check) => [TallyMismatch, UnitMismatch];
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
    /// Measures of which a report says nothing.
    Entries = Check::Report(entries::check) => [MissingEntry];
    /// What an entry leaves out.
    Presence = Check::Entry(presence::check) => [MissingActual, MissingRating, MissingReason, MissingTarget, NoCounts];
    /// Grades held against figures.
    Ratings = Check::Entry(ratings::check) => [
        RatingOutsideBand, TopRatingBelowTarget, ExtremeAttainment, LowRatingAboveTarget, RatingWithoutTarget,
    ];
    /// Grades held against one another.
    Inversion = Check::Report(inversion::check) => [RatingInversion];
    /// Bounds that were missed and are called met.
    Bounds = Check::Entry(bounds::check) => [BoundMisjudged];
    /// Reasons held against what they have to explain.
    Reasons = Check::Entry(reasons::check) => [ReasonTooThin];
    /// Titles of counts against their units.
    Labels = Check::Plan(labels::check) => [LabelUnitMismatch];
    /// Figures inside texts, and counts that are computed from others.
    FiguresInTexts = Check::Entry(prose::check) => [
        FigureDiffersInText, FormulaMismatch, FrequencyMismatch, GrowthMismatch, RateMismatch,
    ];
    /// What was held against who came.
    Held = Check::Entry(held::check) => [HeldButZero];
    /// One quantity in two places.
    Same = Check::Entry(same::check) => [RepeatDiffers, SameQuantityDiffers];
    /// Costs that are shared or counted twice.
    Costs = Check::Report(costs::check) => [CostCountedTwice, SharedCostMismatch];
    /// The day of a figure against the day of its report.
    FigureDates = Check::Report(figure_dates::check) => [FigureAfterAsOf];
    /// Attendees of meetings against their number.
    Meetings = Check::Report(meetings::check) => [AttendeeCountMismatch];
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
    IndicatorsOfReport = Check::Report(indicators::report) => [
        IndicatorOffPace, IndicatorWrongDirection, TargetDiffersFromPlan,
    ];
    /// What a report leaves open as a whole.
    Front = Check::Report(front::check) => [MissingAsOf, MissingIndicatorValue, PendingValue];
    /// What an entry leaves unsaid beside its figures.
    Statements = Check::Entry(statements::check) => [
        DirectionWithoutReason, MissingCost, MissingDirection, MissingEffect, MissingNextPlan, MissingNextTarget, MissingProgress, MissingResult,
    ];
    /// Words held against figures.
    Contradictions = Check::Entry(contradictions::check) => [ClaimWithoutFigures, ReasonContradictsFigures];
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
    /// Statistics tables in themselves.
    Tables = Check::Table(table::check) => [
        BandOverlap, CrossTotalMismatch, MixedDecimals, MixedShareRounding, ShareMismatch, ShareWithoutBase,
    ];
    /// Series by year or month; those of tables are looked at with the tables.
    Series = Check::Report(table::indicators) => [PeriodGap, PeriodRepeated];
    /// Comments that accept findings.
    Ignores = Check::Outcome => [ExpiredIgnore, IgnoreWithoutReason, UnusedIgnore];
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
    /// Figures about people, in tables.
    DisclosureOfTables = Check::Table(disclosure::table) => [RecoverableCell, ShareRevealsCount];
    /// Figures and words about people, in entries.
    DisclosureOfEntries = Check::Entry(disclosure::entry) => [RateFromFew, SmallCell];
    /// Words about people, elsewhere in a report.
    DisclosureOfReports = Check::Report(disclosure::report) => [CaseNarrative, NamedPerson, UnsafeWording];
    /// Words of a plan, and where to get help.
    DisclosureOfPlans = Check::Plan(disclosure::plan) => [NoHelpline];
    /// Where the figures of a table come from.
    SourcesOfTables = Check::Table(sources::table) => [ProvisionalAsFinal];
    /// Areas of the figures of an entry.
    SourcesOfEntries = Check::Entry(sources::entry) => [ScopeMismatch];
    /// Where indicators come from, and what is said of changes.
    SourcesOfReports = Check::Report(sources::report) => [ChangeWithinChance, SourcesMixed];
    /// Where the indicators of a plan come from.
    SourcesOfPlans = Check::Plan(sources::plan) => [SourceUnstated];
}
