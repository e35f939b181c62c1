//! The rules: one file a rule or a small family, and this list.
//!
//! An id without its file in `rules/`, or a file there without its line here, does not build.

pub mod attained;
pub mod bounds;
pub mod contradictions;
pub mod entries;
pub mod format;
pub mod front;
pub mod inversion;
pub mod presence;
pub mod ratings;
pub mod reasons;
pub mod references;
pub mod statements;
pub mod wording;

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
    /// Measures of which a report says nothing.
    Entries = Check::Report(entries::check) => [MissingEntry];
    /// What an entry leaves out.
    Presence = Check::Entry(presence::check) => [MissingActual, MissingRating, MissingReason, MissingTarget, NoCounts];
    /// Grades held against figures.
    Ratings = Check::Entry(ratings::check) => [
        ExtremeAttainment, LowRatingAboveTarget, RatingOutsideBand, RatingWithoutTarget, TopRatingBelowTarget,
    ];
    /// Grades held against one another.
    Inversion = Check::Report(inversion::check) => [RatingInversion];
    /// Bounds that were missed and are called met.
    Bounds = Check::Entry(bounds::check) => [BoundMisjudged];
    /// Reasons held against what they have to explain.
    Reasons = Check::Entry(reasons::check) => [ReasonTooThin];
    /// What a report leaves open as a whole.
    Front = Check::Report(front::check) => [MissingAsOf, MissingIndicatorValue, PendingValue];
    /// What an entry leaves unsaid beside its figures.
    Statements = Check::Entry(statements::check) => [
        DirectionWithoutReason, MissingCost, MissingDirection, MissingEffect, MissingNextPlan, MissingNextTarget, MissingProgress, MissingResult,
    ];
    /// Words held against figures.
    Contradictions = Check::Entry(contradictions::check) => [ClaimWithoutFigures, ReasonContradictsFigures];
}
