//! JSON, version 1.

use std::io::{self, Write};

use super::Rendering;

/// Writes a run as JSON.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &rendering.view())?;
    out.write_all(b"\n")
}
