//! The report itself as a document that a city publishes.
//!
//! One view of a plan and its report serves every layout; a layout is a template and belongs to no
//! city. The templates stand in `templates/document`, their data in `docs/templates.md`.

mod entry;
mod figure;
mod indicator;
mod make;
mod schedule;
mod table;
pub mod view;
mod words;

pub use make::view;
pub use view::DocumentView;

use std::path::Path;

use super::template::{self, Form, TemplateFault};
use crate::catalogue::Lang;

/// A layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Policy → measure → what was done.
    Activities,
    /// A row a measure with targets, actuals, rating and what comes next.
    EvaluationSheet,
    /// Indicators, schedule, actions, statistics and meetings.
    InterimReport,
    /// A row a measure with cost, result, effect and direction.
    ProjectTable,
    /// A table a policy with the progress so far.
    ProgressSheet,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Layout; 5] =
        [Layout::Activities, Layout::EvaluationSheet, Layout::InterimReport, Layout::ProjectTable, Layout::ProgressSheet];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Activities => "activities",
            Self::EvaluationSheet => "evaluation-sheet",
            Self::InterimReport => "interim-report",
            Self::ProjectTable => "project-table",
            Self::ProgressSheet => "progress-sheet",
        }
    }

    /// The name of its template.
    #[must_use]
    pub fn template(self, form: Form) -> String {
        format!("document/{}.{}", self.name(), form.extension())
    }
}

/// Renders a document in a layout of the program.
///
/// # Errors
/// A template that cannot be rendered.
pub fn render(view: &DocumentView, layout: Layout, form: Form, lang: Lang) -> Result<String, TemplateFault> {
    let text = template::render(&layout.template(form), view, form, lang)?;
    Ok(match form {
        Form::Html | Form::Xml => text,
        Form::Markdown => tidy(&text),
    })
}

/// One empty line where there are several, and no break at the end of a cell.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines() {
        if !line.is_empty() || !(tidy.is_empty() || tidy.ends_with("\n\n")) {
            tidy.push_str(line.replace("<br> |", " |").trim_end());
            tidy.push('\n');
        }
    }
    while tidy.ends_with("\n\n") {
        tidy.pop();
    }
    tidy
}

/// Renders a document with a template of the user's, which sees the same data and may extend or
/// include the templates of the program.
///
/// # Errors
/// A template that cannot be read or rendered, with its line.
pub fn render_with(view: &DocumentView, path: &Path, form: Form, lang: Lang) -> Result<String, TemplateFault> {
    template::render_file(path, view, form, lang)
}
