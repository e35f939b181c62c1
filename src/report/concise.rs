//! A line a finding: `file:line:column: level[rule] message`.

use std::io::{self, Write};

use super::Rendering;

/// Writes a line for each finding.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &rendering.outcome.findings {
        let view = rendering.finding(finding);
        let start = view.place.span.start;
        let message = view.message.replace('\n', " ");
        writeln!(out, "{}:{}:{}: {}[{}] {message}", view.place.file, start.line, start.column, view.level, view.rule)?;
    }
    Ok(())
}
