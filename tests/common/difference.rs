//! The fast parser held against the other one, for the tests and for the fuzz target.

use planlint::document::{self, Limits, Parser};
use planlint::source::{Source, SourceId};

/// How the two parsers differ on a text, if they do. A text that the fast one leaves alone is no
/// difference.
pub fn difference(text: &str) -> Option<String> {
    let source = Source::new(SourceId(0), "a.yaml", text);
    let limits = Limits::default();
    if !document::is_everyday(&source, &limits) {
        return None;
    }
    match (document::parse_with(&source, &limits, Parser::Fast), document::parse_with(&source, &limits, Parser::Granit)) {
        (Ok(fast), Ok(granit)) => fast.difference(&granit),
        (Ok(_), Err(fault)) => Some(format!("read, though {fault:?}")),
        (Err(fault), _) => Some(format!("everyday, and yet {fault:?}")),
    }
}
