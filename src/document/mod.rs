//! A YAML file as one arena of nodes, each with its bytes.
//!
//! Text becomes nodes in one pass; a node borrows its text from the file wherever the file holds
//! it as it is. Nodes stand in document order, and each knows where its subtree ends, so that a
//! walk is a scan and no list of children is kept. Nothing here knows what a plan is.

mod arena;
mod fast;
mod fault;
mod field;
mod granit;
mod node;
mod scalar;

pub use arena::{Builder, Comment, Document, Limits};
pub use fault::{Fault, FaultKind};
pub use field::{FIELDS, Field};
pub use node::{Children, Kind, Members, Node};
pub use scalar::is_ambiguous;

use crate::source::Source;

/// Which parser reads a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parser {
    /// The fast one for everyday texts, and granit-parser for all others.
    #[default]
    Fast,
    /// granit-parser alone.
    Granit,
}

/// Parses a file.
///
/// # Errors
/// The first place at which the text is not YAML, or goes beyond a limit.
pub fn parse<'a>(source: &'a Source, limits: &Limits) -> Result<Document<'a>, Fault> {
    parse_with(source, limits, Parser::Fast)
}

/// Parses a file with a parser of choice; the result is the same.
///
/// # Errors
/// The first place at which the text is not YAML, or goes beyond a limit.
pub fn parse_with<'a>(source: &'a Source, limits: &Limits, parser: Parser) -> Result<Document<'a>, Fault> {
    if parser == Parser::Fast
        && let Ok(document) = fast::parse(source, limits)
    {
        return Ok(document);
    }
    granit::parse(source, limits)
}

/// Whether the fast parser reads a text by itself.
#[must_use]
pub fn is_everyday(source: &Source, limits: &Limits) -> bool {
    fast::parse(source, limits).is_ok()
}
