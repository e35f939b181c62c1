//! The rules: one file a rule or a small family, and this list.
//!
//! An id without its file in `rules/`, or a file there without its line here, does not build.

pub mod circles;
pub mod disclosure;
pub mod format;
pub mod references;
pub mod table;

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
                match rule { $($(RuleId::$rule)|* => Self::$family,)* }
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
        RetiredDepartment, UndefinedCount, UndefinedDepartment, UndefinedGrade, UndefinedMeasure, UndefinedPlan,
    ];
    /// Statistics tables in themselves.
    Tables = Check::Table(table::check) => [
        BandOverlap, CrossTotalMismatch, MixedDecimals, MixedShareRounding, ShareMismatch, ShareWithoutBase,
    ];
    /// Series by year or month; those of tables are looked at with the tables.
    Series = Check::Report(table::indicators) => [PeriodGap, PeriodRepeated];
    /// Figures about people, in tables.
    DisclosureOfTables = Check::Table(disclosure::table) => [RecoverableCell, ShareRevealsCount];
    /// Figures and words about people, in entries.
    DisclosureOfEntries = Check::Entry(disclosure::entry) => [RateFromFew, SmallCell];
    /// Words about people, elsewhere in a report.
    DisclosureOfReports = Check::Report(disclosure::report) => [CaseNarrative, NamedPerson, UnsafeWording];
    /// Words of a plan, and where to get help.
    DisclosureOfPlans = Check::Plan(disclosure::plan) => [NoHelpline];
    /// Stand-ins: these rules have a family of their own.
    Borrowed = Check::Loader => [MemoRowAdded, PartsIncomplete, SumMismatch, WithinExceedsWhole];
}
