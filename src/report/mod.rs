//! Renderers. They decide nothing: what a run has found is written in one form or another.

pub mod concise;
pub mod document;
#[cfg(feature = "docx")]
pub mod docx;
mod escape;
pub mod github;
pub mod gitlab;
pub mod grouped;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod memo;
pub mod sarif;
pub mod template;
mod view;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use view::{FindingView, PlaceView, RelatedView, RuleView, SpanView, View};

use crate::catalogue::Lang;
use crate::check::Outcome;
use crate::source::{Source, SourceId};

/// A run as a renderer sees it.
#[derive(Clone, Copy, Debug)]
pub struct Rendering<'a> {
    /// What was found.
    pub outcome: &'a Outcome,
    /// The files, by their numbers.
    pub sources: &'a [&'a Source],
    /// The language of every word.
    pub lang: Lang,
    /// Whether a file was checked, by its number; the others were only read as context.
    pub checked: &'a [bool],
}

impl<'a> Rendering<'a> {
    /// The file of a number.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&'a Source> {
        self.sources.get(id.0 as usize).copied()
    }

    /// Whether a file was checked, and not only read as context.
    #[must_use]
    pub fn is_checked(&self, id: SourceId) -> bool {
        self.checked.get(id.0 as usize).copied().unwrap_or(true)
    }

    /// What was looked at and what could not be, in a sentence.
    #[must_use]
    pub fn evaluated(&self) -> String {
        evaluated(self.outcome, self.lang)
    }
}

/// How many reasons a sentence names.
const REASONS: usize = 3;

/// What a run looked at and what it could not, in a sentence with the commonest reasons.
#[must_use]
pub fn evaluated(outcome: &Outcome, lang: Lang) -> String {
    let mut total = crate::rule::Score::default();
    for score in &outcome.scores {
        total.add(score);
    }
    let mut reasons = total.not_evaluated.clone();
    reasons.sort_by_key(|(reason, times)| (std::cmp::Reverse(*times), *reason));
    let skipped: u64 = reasons.iter().map(|(_, times)| times).sum();
    let named: Vec<String> = reasons.iter().take(REASONS).map(|(reason, times)| format!("{} {times}", reason.words().get(lang))).collect();
    let more = reasons.len() > REASONS;
    match lang {
        Lang::Ja if skipped == 0 => format!("調べた所 {}", total.evaluated),
        Lang::Ja => {
            format!("調べた所 {}、調べられなかった所 {skipped}（{}{}）", total.evaluated, named.join("、"), if more { "など" } else { "" })
        }
        Lang::En if skipped == 0 => format!("evaluated {}", total.evaluated),
        Lang::En => format!(
            "evaluated {}, not evaluated {skipped} ({}{})",
            total.evaluated,
            named.join(", "),
            if more { ", and others" } else { "" }
        ),
    }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
