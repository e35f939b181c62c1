//! Renderers. They decide nothing: what a run has found is written in one form or another.

pub mod concise;
pub mod github;
pub mod gitlab;
pub mod grouped;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sarif;
mod view;

pub use view::{FindingView, PlaceView, RelatedView, RuleView, SpanView, SummaryView, View};

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
}
