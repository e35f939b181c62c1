//! Renderers. They decide nothing: what a run has found is written in one form or another.

pub mod concise;
pub mod document;
pub mod human;
pub mod json;
pub mod template;
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
}

impl<'a> Rendering<'a> {
    /// The file of a number.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&'a Source> {
        self.sources.get(id.0 as usize).copied()
    }
}
