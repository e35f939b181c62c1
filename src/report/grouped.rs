//! Findings by file: a heading a file, a line a finding.

use std::io::{self, Write};

use super::Rendering;

/// Writes the findings of each file together.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut file = None;
    for finding in &rendering.outcome.findings {
        let view = rendering.finding(finding);
        if file != Some(finding.place.file) {
            if file.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}", view.place.file)?;
            file = Some(finding.place.file);
        }
        let start = view.place.span.start;
        let level = finding.level.words().get(rendering.lang);
        writeln!(out, "  {}:{}  {level}  {}  [{}]", start.line, start.column, view.message.replace('\n', " "), view.rule)?;
    }
    Ok(())
}
