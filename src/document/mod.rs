//! A YAML file as one arena of nodes, each with its bytes.
//!
//! Text becomes nodes in one pass; a node borrows its text from the file wherever the file holds
//! it as it is. Nodes stand in document order, and each knows where its subtree ends, so that a
//! walk is a scan and no list of children is kept. Nothing here knows what a plan is.

mod arena;
mod fault;
mod field;
mod granit;
mod node;
mod scalar;

pub use arena::{Builder, Comment, Document, Limits};
pub use fault::{Fault, FaultKind};
pub use field::{FIELDS, Field};
pub use scalar::is_ambiguous;
pub use node::{Children, Kind, Members, Node};

use crate::source::Source;

/// Parses a file.
///
/// # Errors
/// The first place at which the text is not YAML, or goes beyond a limit.
pub fn parse<'a>(source: &'a Source, limits: &Limits) -> Result<Document<'a>, Fault> {
    granit::parse(source, limits)
}
