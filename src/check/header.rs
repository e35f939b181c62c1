//! What a file names at the beginning of its lines: ids of plans. A look at the bytes, before
//! anything is parsed, by which files that belong together are found.
//!
//! It is a guess. It may name too much (a line of a block of text), which only puts files together
//! that need not be; whatever it misses (a key in quotes, a mapping in braces) is noticed when the
//! file has been parsed, see [`missed`].

use std::collections::BTreeSet;

use super::load::Parsed;
use crate::document::{Field, Node};
use crate::source::SourceId;

/// The keys of a plan or report by which it belongs to others.
const KEYS: [(&[u8], Field); 3] = [(b"id", Field::Id), (b"plan", Field::Plan), (b"succeeds", Field::Succeeds)];

/// The ids that a file names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Every id.
    pub ids: BTreeSet<String>,
    /// Whether there may be a plan among its documents.
    pub has_plan: bool,
}

impl Header {
    /// Looks at the bytes of a file.
    pub fn of(bytes: &[u8]) -> Self {
        let mut header = Self::default();
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        header.line(bytes);
        // Every key begins with one of these. Lines end with CR alone in hardly any file.
        let lone = memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
        for start in [b"\ni", b"\np", b"\ns"] {
            memchr::memmem::find_iter(bytes, start).for_each(|end| header.line(&bytes[end + 1..]));
        }
        if lone {
            memchr::memchr_iter(b'\r', bytes).for_each(|end| header.line(&bytes[end + 1..]));
        }
        header
    }

    /// Looks at the line with which some bytes begin.
    fn line(&mut self, bytes: &[u8]) {
        for (key, field) in KEYS {
            let Some(rest) = bytes.strip_prefix(key) else { continue };
            let line = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
            if let Some(value) = line.trim_ascii_start().strip_prefix(b":") {
                self.has_plan |= field == Field::Id;
                self.ids.insert(plain(&String::from_utf8_lossy(value)).to_owned());
            }
        }
    }
}

/// The text of a scalar on one line, without its quotes or the comment after it.
fn plain(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some((inner, _)) = text.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inner;
        }
    }
    text.split_once(" #").map_or(text, |(text, _)| text).trim_end()
}

/// The ids that a file names, as it turns out, and that its header does not.
pub(super) fn missed<'h>(parsed: &Parsed<'_>, headers: impl Iterator<Item = &'h Header>) -> Vec<(SourceId, String)> {
    let headers: Vec<&Header> = headers.collect();
    let mut missed = Vec::new();
    for document in parsed.documents() {
        let file = document.source().id;
        let Some(header) = headers.get(file.0 as usize) else { continue };
        let members = document.roots().flat_map(Node::members);
        let named = members.filter(|(key, _)| KEYS.iter().any(|(_, field)| key.field() == Some(*field)));
        let ids = named.filter_map(|(_, value)| value.text());
        missed.extend(ids.filter(|id| !header.ids.contains(*id)).map(|id| (file, id.to_owned())));
    }
    missed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        Header::of(text.as_bytes()).ids.into_iter().collect()
    }

    #[test]
    fn keys_at_the_beginning_of_a_line_count() {
        assert_eq!(ids("kind: plan\nid: a-1\nsucceeds: \"b\" # earlier\n"), ["a-1", "b"]);
        assert_eq!(ids("\u{feff}plan : 'c#d' \r\nmeasures:\n  - id: x\n"), ["c#d"]);
        assert_eq!(ids("---\nplan: a\n---\rplan: b # x"), ["a", "b"]);
        assert!(ids("{ kind: plan, id: a }\nplans: b\nidle: c\n").is_empty());
    }
}
