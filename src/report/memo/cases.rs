//! Findings as a memo shows them, and what kind of question each one asks.

use serde::Serialize;

use super::excerpt::{ExcerptView, excerpt};
use super::head::{CodeView, DayView};
use super::study::Study;
use crate::catalogue::{Level, Tier};
use crate::check::Accepted;
use crate::diagnostic::Finding;

/// What kind of question a finding asks, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The report says two things that cannot both be true.
    Contradiction,
    /// The target was missed and the grade is the best.
    TopBelowTarget,
    /// An indicator moves the wrong way, or not fast enough.
    Indicator,
    /// The next target lies below what was reached, or does not answer a miss.
    NextTarget,
    /// Something that was asked for is not there.
    Missing,
    /// Anything else that a reader would ask about.
    Other,
    /// How a file is written: a matter for those who keep it, not for a meeting.
    Writing,
}

/// Rules by the kind of question, each kind in the order in which its questions are put. A rule
/// that is not named here goes by its tier and group.
const KINDS: [(Kind, &[&str]); 7] = [
    (
        Kind::Contradiction,
        &[
            "reason-contradicts-figures",
            "bound-misjudged",
            "rating-inversion",
            "rating-outside-band",
            "carry-over-mismatch",
            "target-changed",
            "prior-figure-restated",
            "interim-against-annual",
            "same-quantity-differs",
            "repeat-differs",
            "unit-mismatch",
            "tally-mismatch",
            "frequency-mismatch",
            "formula-mismatch",
            "sources-mixed",
            "target-differs-from-plan",
            "figure-differs-in-text",
            "held-but-zero",
            "scheduled-before-as-of",
            "done-after-as-of",
        ],
    ),
    (Kind::TopBelowTarget, &["top-rating-below-target"]),
    (Kind::Indicator, &["indicator-wrong-direction", "indicator-off-pace"]),
    (Kind::NextTarget, &["target-below-actual", "target-never-met", "target-unchanged"]),
    (
        Kind::Missing,
        &[
            "missing-entry",
            "measure-vanished",
            "missing-indicator-value",
            "missing-actual",
            "missing-target",
            "missing-rating",
            "missing-result",
            "missing-reason",
            "null-marker",
            "rating-without-target",
            "no-counts",
        ],
    ),
    (
        Kind::Other,
        &[
            "effect-repeats-result",
            "direction-without-reason",
            "plan-repeats-result",
            "duplicate-text",
            "unmarked-repeat",
            "date-outside-year",
            "label-unit-mismatch",
            "period-gap",
        ],
    ),
    (Kind::Writing, &["mixed-decimals", "mixed-share-rounding", "entry-not-in-plan"]),
];

impl Kind {
    /// The kind of a finding, and the place of its rule among those of the kind.
    #[must_use]
    pub fn of(finding: &Finding) -> (Self, usize) {
        let rule = finding.rule.rule();
        for (kind, names) in KINDS {
            if let Some(place) = names.iter().position(|name| *name == rule.name) {
                return (kind, place);
            }
        }
        let kind = match (rule.tier, rule.group) {
            (Tier::File | Tier::Disclosure, _) | (_, "references" | "text") => Self::Writing,
            (_, "presence") => Self::Missing,
            (_, "figures") if finding.level >= Level::Warning => Self::Contradiction,
            _ => Self::Other,
        };
        (kind, usize::MAX)
    }

    fn code(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::TopBelowTarget => "top-below-target",
            Self::Indicator => "indicator",
            Self::NextTarget => "next-target",
            Self::Missing => "missing",
            Self::Other => "other",
            Self::Writing => "writing",
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Contradiction => ("記載どうしの違い", "two statements differ"),
            Self::TopBelowTarget => ("予定に届かず最上位の評価", "top rating, target missed"),
            Self::Indicator => ("指標の向き", "indicator"),
            Self::NextTarget => ("次年度の予定", "next target"),
            Self::Missing => ("記載がない", "not stated"),
            Self::Other => ("そのほか", "other"),
            Self::Writing => ("書き方", "how it is written"),
        }
    }
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct CaseView {
    /// The rule's id.
    pub rule: &'static str,
    /// The fault in a few words.
    pub rule_title: &'static str,
    /// Its level.
    pub level: CodeView,
    /// What kind of question it asks.
    pub kind: CodeView,
    /// What is wrong; of a sensitive finding, the fault in a few words.
    pub message: String,
    /// What the office would ask, or empty.
    pub question: String,
    /// What to do, or empty.
    pub help: String,
    /// The number of the measure, or empty.
    pub number: String,
    /// The measure, or empty.
    pub title: String,
    /// The departments, in one text.
    pub departments: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The line with its carets, and the other places; none where no value may be shown.
    pub excerpts: Vec<ExcerptView>,
    /// Whether no value may be shown.
    pub sensitive: bool,
    /// Whether it is not in the list of known findings; without a list, whether the report of the
    /// year before had no such finding.
    pub new: bool,
    /// What it is known by from run to run.
    pub fingerprint: String,
}

/// An accepted finding.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptedView {
    /// The finding.
    pub case: CaseView,
    /// Why it was accepted.
    pub reason: String,
    /// The last day on which that holds.
    pub until: Option<DayView>,
    /// How many days that is from the day of the memo.
    pub days_left: Option<i64>,
    /// Whether that is soon.
    pub soon: bool,
}

/// So many days ahead an end is said to be near.
pub const SOON: i64 = 90;

impl Study<'_> {
    /// A finding as a memo shows it.
    #[must_use]
    pub fn case(&self, finding: &Finding) -> CaseView {
        let lang = self.lang;
        let rule = finding.rule.rule();
        let start = self.rendering().place(&finding.place);
        let (kind, _) = Kind::of(finding);
        let (ja, en) = kind.words();
        let measure = finding.subject.measure.as_deref();
        let sensitive = self.is_sensitive(finding);
        let words = |text: Option<String>| if sensitive { String::new() } else { text.unwrap_or_default() };
        CaseView {
            rule: rule.name,
            rule_title: rule.title.get(lang),
            level: CodeView { code: finding.level.name().to_owned(), text: finding.level.words().get(lang).to_owned() },
            kind: CodeView {
                code: kind.code().to_owned(),
                text: if kind == Kind::Other { rule.title.get(lang) } else { self.word(ja, en) }.to_owned(),
            },
            message: if sensitive { rule.title.get(lang).to_owned() } else { finding.message(lang) },
            question: words(finding.question(lang)),
            help: words(finding.help(lang)),
            number: measure.map(|id| self.number_of(id)).unwrap_or_default(),
            title: measure.map(|id| self.title_of(id).to_owned()).unwrap_or_default(),
            departments: self.department_names(&self.departments_of(finding)),
            file: start.file,
            line: start.span.start.line,
            column: start.span.start.column,
            excerpts: if sensitive { Vec::new() } else { self.excerpts(finding) },
            sensitive,
            new: self.is_new(finding),
            fingerprint: finding.fingerprint.clone(),
        }
    }

    fn excerpts(&self, finding: &Finding) -> Vec<ExcerptView> {
        let own = excerpt(self, &finding.place, finding.label(self.lang).unwrap_or_default());
        let related = finding.related.iter().filter_map(|related| excerpt(self, &related.place, finding.related_words(related, self.lang)));
        own.into_iter().chain(related).take(4).collect()
    }

    /// An accepted finding as a memo shows it.
    #[must_use]
    pub fn accepted_case(&self, accepted: &Accepted) -> AcceptedView {
        let by = self.outcome.acceptances.get(accepted.by);
        let until = by.and_then(|by| by.until);
        let days_left = until.and_then(|until| self.settings.date.until(until).ok()).map(|span| i64::from(span.get_days()));
        AcceptedView {
            case: self.case(&accepted.finding),
            reason: by.map(|by| by.reason.clone()).unwrap_or_default(),
            until: until.map(|until| self.day_view(until)),
            days_left,
            soon: days_left.is_some_and(|days| days <= SOON),
        }
    }
}

/// The accepted findings, those whose end is nearest first.
#[must_use]
pub fn accepted(study: &Study<'_>) -> Vec<AcceptedView> {
    let mut list: Vec<AcceptedView> = study.accepted().map(|accepted| study.accepted_case(accepted)).collect();
    list.sort_by_key(|view| (view.days_left.unwrap_or(i64::MAX), view.case.file.clone(), view.case.line));
    list
}

/// The order in which findings matter: by kind, level and rule, and then as they stand in the files.
#[must_use]
pub fn by_weight<'a>(study: &Study<'a>) -> Vec<&'a Finding> {
    let mut list: Vec<&Finding> = study.findings().collect();
    list.sort_by_key(|finding| {
        let (kind, place) = Kind::of(finding);
        (kind, std::cmp::Reverse(finding.level), place)
    });
    list
}
