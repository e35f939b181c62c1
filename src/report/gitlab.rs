//! GitLab's code quality report. Source: GitLab documentation, "Code Quality report format".

use std::io::{self, Write};

use serde::Serialize;

use super::Rendering;
use crate::catalogue::Level;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes a code quality report.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Issue> = rendering
        .outcome
        .findings
        .iter()
        .map(|finding| {
            let view = rendering.finding(finding);
            Issue {
                description: view.message,
                check_name: view.rule,
                fingerprint: view.fingerprint,
                severity: match finding.level {
                    Level::Error => "critical",
                    Level::Warning => "major",
                    Level::Note | Level::Off => "info",
                },
                location: Location {
                    path: view.place.file,
                    lines: Lines { begin: view.place.span.start.line, end: view.place.span.end.line },
                },
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    out.write_all(b"\n")
}
