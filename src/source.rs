//! A file as it was read: its name, its text and where its lines start.
//!
//! Offsets are UTF-8 bytes from the start of the file, a byte-order mark included. Lines and
//! columns count from 1; a column is a Unicode code point.

use std::sync::OnceLock;

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to but not including `end`.
    #[must_use]
    #[inline]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The part of this span that `range`, counted from its start, covers.
    #[must_use]
    pub fn part(self, range: std::ops::Range<usize>) -> Self {
        let at = |offset: usize| {
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            self.start.saturating_add(offset).min(self.end)
        };
        Self { start: at(range.start), end: at(range.end) }
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    #[must_use]
    #[inline]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode code points.
    pub column: u32,
    /// From 0, in UTF-8 bytes of the file.
    pub offset: u32,
}

/// The number of a file in a run; files are numbered in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A character as it can be shown: what would command a terminal, or turn the direction of writing,
/// is shown as a sign of its own.
#[must_use]
pub fn visible(character: char) -> char {
    match character {
        '\n' => '\n',
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// One file: its name relative to the repository's root, with `/`, and its text.
#[derive(Debug)]
pub struct Source {
    /// Which file of the run this is.
    pub id: SourceId,
    /// The name that people see.
    pub name: String,
    text: String,
    lines: OnceLock<Vec<u32>>,
    shown: OnceLock<Option<String>>,
}

/// U+FEFF at the start of a file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Source {
    /// A file of that name and text.
    #[must_use]
    pub fn new(id: SourceId, name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id, name: name.into(), text: text.into(), lines: OnceLock::new(), shown: OnceLock::new() }
    }

    /// The text, a byte-order mark included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it can be shown: what would command a terminal, or turn the direction of
    /// writing, gives way to a sign of as many bytes, so that every place stays where it is.
    pub fn shown(&self) -> &str {
        let is_plain = |character: char| matches!(character, '\n' | '\r' | '\t') || visible(character) == character;
        let sign = |character: char| match character.len_utf8() {
            _ if is_plain(character) => character,
            1 => '?',
            2 => '·',
            _ => char::REPLACEMENT_CHARACTER,
        };
        let shown = self.shown.get_or_init(|| (!self.text.chars().all(is_plain)).then(|| self.text.chars().map(sign).collect()));
        shown.as_deref().unwrap_or(&self.text)
    }

    /// The length of the byte-order mark: 0 or 3.
    #[must_use]
    pub fn mark_len(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
    }

    /// The text of a span; empty where the span does not fall on characters.
    #[must_use]
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The byte offsets at which lines start. A line ends at LF, CRLF or a lone CR.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
            let starts = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(is_end).map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(starts).collect()
        })
    }

    /// The line, counted from 0, that holds a byte.
    #[must_use]
    pub fn line_index(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, counted from 0, without its end.
    #[must_use]
    pub fn line_span(&self, index: usize) -> Span {
        let starts = self.line_starts();
        let length = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let start = starts.get(index).copied().unwrap_or(length);
        let end = starts.get(index + 1).copied().unwrap_or(length);
        let line = self.slice(Span::new(start, end)).trim_end_matches(['\n', '\r']);
        Span::new(start, start + u32::try_from(line.len()).unwrap_or(0))
    }

    /// Where a byte stands, for people. The byte-order mark is no column.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let index = self.line_index(offset);
        let start = self.line_starts().get(index).copied().unwrap_or(0);
        let before = self.text.get(start as usize..offset as usize).unwrap_or("");
        let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
        Position { line: count(index), column: count(before.chars().count()), offset }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new(SourceId(0), "a.yaml", text)
    }

    #[test]
    fn columns_are_characters_and_offsets_are_bytes() {
        let source = source("年: 令和\nb: 1\n");
        let position = source.position(5);
        assert_eq!((position.line, position.column, position.offset), (1, 4, 5));
        assert_eq!(source.position(12).line, 2);
        assert_eq!(source.position(12).column, 1);
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let source = source("a\r\nb\rc\nd");
        assert_eq!(source.line_starts(), &[0, 3, 5, 7]);
        assert_eq!(source.slice(source.line_span(0)), "a");
        assert_eq!(source.slice(source.line_span(3)), "d");
    }

    #[test]
    fn what_commands_a_terminal_is_shown_in_as_many_bytes() {
        let source = source("a: \u{1b}[31m\u{202e}\u{9b}\r\n");
        assert_eq!(source.shown(), "a: ?[31m\u{fffd}·\r\n");
        assert_eq!(source.shown().len(), source.text().len());
        assert_eq!(visible('\u{1b}'), '␛');
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = source("\u{feff}a: 1");
        assert_eq!(source.mark_len(), 3);
        assert_eq!(source.position(3).column, 1);
    }
}
