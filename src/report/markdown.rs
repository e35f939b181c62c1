//! Markdown for a merge request or a job summary: the verdict, the findings, the rules.

use std::io::{self, Write};

use super::{FindingView, Rendering};
use crate::catalogue::{Lang, Level};

/// Writes a summary in Markdown.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    let summary = &rendering.outcome.summary;
    match rendering.lang {
        Lang::Ja => writeln!(
            out,
            "**planlint**: 誤り {}件、要確認 {}件、参考 {}件（計画 {}、報告 {}、了承済み {}件）\n",
            summary.errors, summary.warnings, summary.notes, summary.plans, summary.reports, summary.ignored
        )?,
        Lang::En => writeln!(
            out,
            "**planlint**: errors {}, warnings {}, notes {} (plans {}, reports {}, accepted {})\n",
            summary.errors, summary.warnings, summary.notes, summary.plans, summary.reports, summary.ignored
        )?,
    }
    writeln!(out, "{}\n", rendering.evaluated())?;
    if summary.baseline + summary.stale + summary.earlier.unwrap_or(0) > 0 {
        let earlier = summary.earlier.unwrap_or(0);
        match rendering.lang {
            Lang::Ja => writeln!(out, "既知 {}件、なくなった既知の指摘 {}件、前からある指摘 {earlier}件\n", summary.baseline, summary.stale)?,
            Lang::En => writeln!(out, "known {}, known but gone {}, earlier {earlier}\n", summary.baseline, summary.stale)?,
        }
    }
    if rendering.outcome.findings.is_empty() {
        return Ok(());
    }
    out.write_all(match rendering.lang {
        Lang::Ja => "| 水準 | 場所 | 指摘 | 規則 |\n|---|---|---|---|\n".as_bytes(),
        Lang::En => b"| level | place | finding | rule |\n|---|---|---|---|\n",
    })?;
    for level in [Level::Error, Level::Warning, Level::Note] {
        for finding in rendering.outcome.findings.iter().filter(|finding| finding.level == level) {
            row(&rendering.finding(finding), level.words().get(rendering.lang), out)?;
        }
    }
    Ok(())
}

fn row(view: &FindingView, level: &str, out: &mut dyn Write) -> io::Result<()> {
    let place = format!("{}:{}", view.place.file, view.place.span.start.line);
    let mut text = cell(&view.message);
    if let Some(question) = &view.question {
        text.push_str("<br>");
        text.push_str(&cell(question));
    }
    writeln!(out, "| {level} | {} | {text} | `{}` |", cell(&place), view.rule)
}

/// A text as a cell of a table: nothing in it is Markdown or HTML.
#[must_use]
pub fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("<br>"),
            '\r' => {}
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}
