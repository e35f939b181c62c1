//! Word documents: the same views as the pages, laid out by templates that write the main part,
//! packed with styles, fonts and a footer.
//!
//! Everything is text and drawing; nothing is a picture, and nothing outside is referred to. The
//! same data makes the same bytes: no time of the run goes into the package.

use std::io::{Cursor, Write as _};

use minijinja::Environment;
use serde::Serialize;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::document::{DocumentView, Layout};
use super::memo::{Audience, Memo, chart};
use super::template::{self, Form, TemplateFault};
use crate::catalogue::Lang;

/// The templates of Word documents.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("docx/styles.xml", include_str!("../../templates/docx/styles.xml")),
    ("docx/core.xml", include_str!("../../templates/docx/core.xml")),
    ("docx/parts.xml", include_str!("../../templates/docx/parts.xml")),
    ("docx/chart.xml", include_str!("../../templates/docx/chart.xml")),
    ("docx/print.xml", include_str!("../../templates/docx/print.xml")),
    ("docx/base.xml", include_str!("../../templates/docx/base.xml")),
    ("docx/activities.xml", include_str!("../../templates/docx/activities.xml")),
    ("docx/evaluation-sheet.xml", include_str!("../../templates/docx/evaluation-sheet.xml")),
    ("docx/interim-report.xml", include_str!("../../templates/docx/interim-report.xml")),
    ("docx/project-table.xml", include_str!("../../templates/docx/project-table.xml")),
    ("docx/progress-sheet.xml", include_str!("../../templates/docx/progress-sheet.xml")),
    ("docx/memo.xml", include_str!("../../templates/docx/memo.xml")),
    ("docx/committee.xml", include_str!("../../templates/docx/committee.xml")),
    ("docx/annex.xml", include_str!("../../templates/docx/annex.xml")),
    ("docx/author.xml", include_str!("../../templates/docx/author.xml")),
];

/// The parts that are the same in every package, by their places in it.
const FIXED: &[(&str, &str)] = &[
    ("[Content_Types].xml", include_str!("../../templates/docx/package/content-types.xml")),
    ("_rels/.rels", include_str!("../../templates/docx/package/rels.xml")),
    ("word/_rels/document.xml.rels", include_str!("../../templates/docx/package/document-rels.xml")),
    ("word/fontTable.xml", include_str!("../../templates/docx/package/font-table.xml")),
    ("word/footer1.xml", include_str!("../../templates/docx/package/footer.xml")),
    ("word/settings.xml", include_str!("../../templates/docx/package/settings.xml")),
];

/// What every part begins with.
const PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The sizes of type, in half points, and the heights of lines, in twentieths of a point. Lines
/// have a height of their own, so that a page breaks alike whichever of the fonts is there.
#[derive(Clone, Copy, Debug, Serialize)]
struct Type {
    body: u16,
    line: u16,
    small: u16,
    small_line: u16,
    heading: u16,
    gap: u16,
    cell: u16,
    cell_line: u16,
}

impl Type {
    /// Running text with tables of this size.
    const fn of(cell: u16, cell_line: u16) -> Self {
        Self { body: 19, line: 300, small: 16, small_line: 240, heading: 22, gap: 140, cell, cell_line }
    }

    fn of_layout(layout: Layout) -> Self {
        match layout {
            Layout::Activities => Self::of(18, 270),
            Layout::EvaluationSheet => Self::of(13, 190),
            Layout::InterimReport => Self::of(16, 230),
            Layout::ProjectTable => Self::of(14, 206),
            Layout::ProgressSheet => Self::of(17, 250),
        }
    }

    /// Page one is set larger or smaller, so that it stays one page.
    fn of_memo(memo: &Memo, audience: Audience) -> Self {
        let plain = Self::of(16, 220);
        if audience != Audience::Committee {
            return Self { body: 18, line: 270, small: 15, small_line: 220, heading: 21, gap: 120, ..plain };
        }
        match memo.page.density {
            "airy" => Self { body: 19, line: 292, small: 17, small_line: 250, heading: 21, gap: 150, ..plain },
            "normal" => Self { body: 17, line: 240, small: 15, small_line: 214, heading: 20, gap: 80, ..plain },
            "dense" => Self { body: 16, line: 214, small: 14, small_line: 186, heading: 19, gap: 56, ..plain },
            _ => Self { body: 15, line: 188, small: 13, small_line: 168, heading: 18, gap: 36, ..plain },
        }
    }
}

/// What the package says of itself.
#[derive(Debug, Serialize)]
struct Core<'c> {
    title: &'c str,
    lang: &'c str,
    tool: &'c str,
}

/// A memo as a Word document.
///
/// # Errors
/// A template that cannot be rendered.
pub fn memo(memo: &Memo, audience: Audience, lang: Lang) -> Result<Vec<u8>, TemplateFault> {
    let what = match (audience, lang) {
        (Audience::Author, Lang::Ja) => "記入者への確認票",
        (Audience::Author, Lang::En) => "questions to departments",
        (_, Lang::Ja) => "審議メモ",
        (_, Lang::En) => "committee memo",
    };
    let title = format!("{} {} {what}", memo.plan.heading, memo.report.year.text);
    let name = if audience == Audience::Author { "docx/author.xml" } else { "docx/committee.xml" };
    let core = Core { title: &title, lang: lang.name(), tool: memo.tool.name };
    package(name, memo, Type::of_memo(memo, audience), &core, lang)
}

/// A report as a Word document.
///
/// # Errors
/// A template that cannot be rendered.
pub fn document(view: &DocumentView, layout: Layout, lang: Lang) -> Result<Vec<u8>, TemplateFault> {
    let core = Core { title: &view.title, lang: lang.name(), tool: view.tool.name };
    package(&format!("docx/{}.xml", layout.name()), view, Type::of_layout(layout), &core, lang)
}

fn package(name: &str, view: &impl Serialize, sizes: Type, core: &Core<'_>, lang: Lang) -> Result<Vec<u8>, TemplateFault> {
    let part = |text: &str| format!("{PROLOGUE}{}", text.trim());
    let mut parts: Vec<(&str, String)> = FIXED.iter().map(|(place, text)| (*place, part(text))).collect();
    parts.push(("docProps/core.xml", part(&template::render("docx/core.xml", core, Form::Xml, lang)?)));
    parts.push(("word/styles.xml", part(&template::render("docx/styles.xml", &sizes, Form::Xml, lang)?)));
    parts.push(("word/document.xml", part(&template::render(name, view, Form::Xml, lang)?)));
    packed(&parts).map_err(|error| TemplateFault { name: name.to_owned(), line: None, message: error.to_string(), excerpt: None })
}

fn packed(parts: &[(&str, String)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (place, text) in parts {
        writer.start_file(*place, options)?;
        writer.write_all(text.as_bytes())?;
    }
    writer.finish().map(Cursor::into_inner)
}

/// What the templates of Word documents may call besides.
pub(super) fn equip(environment: &mut Environment<'_>) {
    environment.add_function("grid_of", |parts: Vec<f64>, total: f64| columns(&parts, total));
    environment.add_function("width_of", |text: &str, class: &str| chart::width(text, chart::size(class)));
    environment.add_function("size_of", |class: &str| chart::size(class));
    environment.add_filter("whole", |number: f64| number.round() as i64);
}

/// A width cut into columns of these proportions, in whole numbers that add up to it.
fn columns(parts: &[f64], total: f64) -> Vec<i64> {
    let sum: f64 = parts.iter().sum();
    let (mut before, mut at) = (0, 0.0);
    let mut widths = Vec::with_capacity(parts.len());
    for part in parts {
        at += part;
        let end = (at / sum * total).round() as i64;
        widths.push(end - before);
        before = end;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_add_up() {
        assert_eq!(columns(&[1.0, 1.0, 1.0], 100.0), [33, 34, 33]);
        assert_eq!(columns(&[], 100.0), [0i64; 0]);
    }
}
