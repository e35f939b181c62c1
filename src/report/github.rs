//! Annotations of GitHub Actions, the worst first, and a job summary.
//!
//! Source: "Workflow commands for GitHub Actions". A step shows at most ten annotations of each
//! level; what goes beyond stands in the job summary.

use std::io::{self, Write};

use super::{FindingView, Rendering, markdown};
use crate::catalogue::{Lang, Level};
use crate::diagnostic::Finding;

/// How many annotations of one level a step shows.
const SHOWN: usize = 10;

/// The largest job summary, in bytes (1 MiB).
const SUMMARY_LIMIT: usize = 1 << 20;

/// Writes annotations.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    for level in [Level::Error, Level::Warning, Level::Note] {
        let findings: Vec<&Finding> = rendering.outcome.findings.iter().filter(|finding| finding.level == level).collect();
        let shown = if findings.len() > SHOWN { SHOWN - 1 } else { findings.len() };
        for finding in &findings[..shown] {
            annotation(&rendering.finding(finding), command(level), out)?;
        }
        if shown < findings.len() {
            let rest = findings.len() - shown;
            let words = match rendering.lang {
                Lang::Ja => format!("ほかに{}が{rest}件あります（ジョブの要約をご覧ください）", level.words().ja),
                Lang::En => format!("{rest} more of level {} (see the job summary)", level.words().en),
            };
            writeln!(out, "::{} title=planlint::{}", command(level), data(&words))?;
        }
    }
    Ok(())
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    }
}

fn annotation(view: &FindingView, command: &str, out: &mut dyn Write) -> io::Result<()> {
    let (start, end) = (view.place.span.start, view.place.span.end);
    write!(out, "::{command} file={},line={},endLine={}", property(&view.place.file), start.line, end.line)?;
    // Columns are only understood where the place lies in one line.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    let question = view.question.as_deref().map(|question| format!("\n{question}")).unwrap_or_default();
    writeln!(out, ",title={}::{}", property(view.rule), data(&format!("{}{question}", view.message)))
}

/// A value of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The job summary, in Markdown.
#[must_use]
pub fn summary(rendering: &Rendering<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    // Writing into memory does not fail.
    let _ = markdown::write(rendering, &mut text);
    if text.len() > SUMMARY_LIMIT {
        let line = text[..SUMMARY_LIMIT].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        text.truncate(line);
    }
    text
}
