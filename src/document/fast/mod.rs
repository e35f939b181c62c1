//! A parser for the everyday part of YAML: block mappings and sequences, plain and quoted scalars
//! on one line, literal and folded blocks, flow collections on one line, comments.
//!
//! Whatever lies outside that part, right or wrong, it does not read: it gives the text back, and
//! the other parser reads it from its beginning. It builds the same arena, byte for byte; tests
//! hold it to that. Blocks and scalars call one another and stand here; flow collections and the
//! looks at many bytes have files of their own.

mod flow;
mod scan;

use memchr::{memchr, memchr3};

use self::scan::{is_everyday, leading_spaces, mark};
use super::arena::{Builder, Document, Limits};
use crate::source::{Source, Span};

/// The text goes beyond the everyday part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Beyond;

type Read<T> = Result<T, Beyond>;

/// YAML's limit on a key in the same line as its value, in characters; here in bytes, which is less.
const LONGEST_KEY: usize = 1000;

/// Parses an everyday text.
pub(super) fn parse<'a>(source: &'a Source, limits: &Limits) -> Read<Document<'a>> {
    let text = source.text();
    let start = source.mark_len();
    if !is_everyday(text, start) {
        return Err(Beyond);
    }
    let mut reader = Reader { text, bytes: text.as_bytes(), at: start, line: start, builder: Builder::new(source, limits) };
    reader.stream()?;
    Ok(reader.builder.finish())
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// The next byte.
    at: usize,
    /// Where its line begins.
    line: usize,
    builder: Builder<'a>,
}

impl<'a> Reader<'a> {
    /// A byte; a line break beyond the end.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    #[inline]
    fn here(&self) -> u8 {
        self.byte(self.at)
    }

    #[inline]
    fn column(&self) -> usize {
        self.at - self.line
    }

    #[inline]
    fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    #[inline]
    fn ends_word(byte: u8) -> bool {
        matches!(byte, b' ' | b'\n')
    }

    /// Whether an item of a block sequence begins here.
    #[inline]
    fn is_item(&self) -> bool {
        self.here() == b'-' && Self::ends_word(self.byte(self.at + 1))
    }

    #[inline]
    fn span(start: usize, end: usize) -> Span {
        // The length of the text fits, and so does every place in it.
        Span::new(start as u32, end as u32)
    }

    fn stream(&mut self) -> Read<()> {
        if self.bytes[self.at..].starts_with(b"---\n") {
            self.at += 4;
            self.line = self.at;
        }
        self.blank()?;
        if self.is_done() {
            return Err(Beyond);
        }
        let column = self.column();
        self.block(column)?;
        self.blank()?;
        if self.is_done() { Ok(()) } else { Err(Beyond) }
    }

    /// Goes on to the next thing that is no space, line break or comment.
    fn blank(&mut self) -> Read<()> {
        loop {
            self.spaces();
            if self.is_done() {
                return Ok(());
            }
            match self.bytes[self.at] {
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                }
                b'#' => self.comment(),
                b'-' | b'.' if self.column() == 0 && self.is_marker() => return Err(Beyond),
                _ => return Ok(()),
            }
        }
    }

    fn is_marker(&self) -> bool {
        let rest = &self.bytes[self.at..];
        rest.starts_with(b"---") || rest.starts_with(b"...")
    }

    fn comment(&mut self) {
        let end = self.line_end(self.at);
        self.builder.comment(Self::span(self.at, end));
        self.at = end;
    }

    fn line_end(&self, from: usize) -> usize {
        memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |length| from + length)
    }

    #[inline]
    fn spaces(&mut self) {
        self.at += leading_spaces(&self.bytes[self.at..]);
    }

    /// The same, where there is one space or none, nearly always.
    #[inline]
    fn gap(&mut self) {
        if self.here() == b' ' {
            self.at += 1;
            if self.here() == b' ' {
                self.spaces();
            }
        }
    }

    /// After a value: nothing more in its line but a comment.
    fn rest_of_line(&mut self) -> Read<()> {
        let from = self.at;
        if self.here() != b'\n' {
            self.spaces();
        }
        if self.is_done() {
            return Ok(());
        }
        if self.bytes[self.at] == b'#' && self.at > from {
            self.comment();
            if self.is_done() {
                return Ok(());
            }
        }
        if self.bytes[self.at] != b'\n' {
            return Err(Beyond);
        }
        self.at += 1;
        self.line = self.at;
        Ok(())
    }

    /// A block collection whose first line begins here.
    fn block(&mut self, column: usize) -> Read<()> {
        if self.is_item() { self.sequence(column) } else { self.mapping(column) }
    }

    fn open(&mut self, map: bool) -> Read<()> {
        self.builder.open(self.at as u32, map).map(|_| ()).map_err(|_| Beyond)
    }

    fn sequence(&mut self, column: usize) -> Read<()> {
        self.open(false)?;
        loop {
            self.at += 1;
            self.spaces();
            // An item on the next line, or none at all, is not everyday.
            if matches!(self.here(), b'\n' | b'#') {
                return Err(Beyond);
            }
            self.item(column)?;
            if !self.goes_on(column)? || !self.is_item() {
                break;
            }
        }
        self.builder.close(None);
        Ok(())
    }

    /// Whether the next thing belongs to a collection of that column; what stands further in
    /// belongs to nothing that is known here.
    fn goes_on(&mut self, column: usize) -> Read<bool> {
        self.blank()?;
        if self.is_done() || self.column() < column {
            return Ok(false);
        }
        if self.column() > column { Err(Beyond) } else { Ok(true) }
    }

    /// What an item of a sequence holds.
    fn item(&mut self, parent: usize) -> Read<()> {
        let column = self.column();
        match self.here() {
            b'-' if self.is_item() => return self.sequence(column),
            b'{' | b'[' => {
                self.flow()?;
                return self.rest_of_line();
            }
            b'|' | b'>' => return self.literal(parent),
            quote @ (b'"' | b'\'') => {
                let end = self.quote_end(quote)?;
                if self.byte(end) == b':' {
                    return self.mapping(column);
                }
                self.quoted(quote)?;
                return self.rest_of_line();
            }
            _ => {}
        }
        if self.key_end().is_some() { self.mapping(column) } else { self.plain(parent) }
    }

    fn mapping(&mut self, column: usize) -> Read<()> {
        self.open(true)?;
        loop {
            let colon = self.key()?;
            self.at = colon + 1;
            self.gap();
            match self.here() {
                b'\n' | b'#' => self.value_below(column, colon)?,
                b'{' | b'[' => {
                    self.flow()?;
                    self.rest_of_line()?;
                }
                b'|' | b'>' => self.literal(column)?,
                quote @ (b'"' | b'\'') => {
                    self.quoted(quote)?;
                    self.rest_of_line()?;
                }
                _ => self.plain(column)?,
            }
            if !self.goes_on(column)? {
                break;
            }
            if self.is_item() {
                return Err(Beyond);
            }
        }
        self.builder.close(None);
        Ok(())
    }

    /// A key; gives back where its colon stands.
    fn key(&mut self) -> Read<usize> {
        let start = self.at;
        let first = self.here();
        if matches!(first, b'"' | b'\'') {
            self.quoted(first)?;
            if self.here() != b':' || !Self::ends_word(self.byte(self.at + 1)) || self.at - start > LONGEST_KEY {
                return Err(Beyond);
            }
            return Ok(self.at);
        }
        if matches!(first, b'{' | b'[') || !Self::begins_plain(first, self.byte(start + 1)) {
            return Err(Beyond);
        }
        let colon = self.key_end().ok_or(Beyond)?;
        if colon - start > LONGEST_KEY {
            return Err(Beyond);
        }
        let mut end = colon;
        while end > start && self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        self.builder.borrowed(Self::span(start, end), false);
        Ok(colon)
    }

    /// Where the colon of a plain key in this line stands.
    fn key_end(&self) -> Option<usize> {
        let mut at = self.at;
        loop {
            let found = mark(self.bytes, at)?;
            match self.bytes[found] {
                b':' if Self::ends_word(self.byte(found + 1)) => return Some(found),
                b'\n' => return None,
                b'#' if found > self.at && self.bytes[found - 1] == b' ' => return None,
                _ => at = found + 1,
            }
        }
    }

    /// The value of a key that has nothing behind its colon.
    fn value_below(&mut self, column: usize, colon: usize) -> Read<()> {
        self.at = colon + 1;
        self.rest_of_line()?;
        self.blank()?;
        if self.is_done() || self.column() < column || (self.column() == column && !self.is_item()) {
            self.builder.nothing(colon as u32);
            return Ok(());
        }
        if self.column() == column {
            return self.sequence(column);
        }
        self.item(column)
    }

    /// Whether a plain scalar may begin with a byte, given the next one.
    #[inline]
    fn begins_plain(byte: u8, next: u8) -> bool {
        match byte {
            b'&' | b'*' | b'!' | b'%' | b'@' | b'`' | b',' | b'[' | b']' | b'{' | b'}' | b'|' | b'>' | b'#' | b'"' | b'\'' => false,
            b'?' | b'-' | b':' => !Self::ends_word(next),
            _ => true,
        }
    }

    /// A plain scalar of one line.
    fn plain(&mut self, parent: usize) -> Read<()> {
        let start = self.at;
        if !Self::begins_plain(self.here(), self.byte(start + 1)) {
            return Err(Beyond);
        }
        let mut end = start;
        loop {
            end = mark(self.bytes, end).unwrap_or(self.bytes.len());
            match self.byte(end) {
                b'\n' => break,
                b':' if Self::ends_word(self.byte(end + 1)) => return Err(Beyond),
                b'#' if end > start && self.bytes[end - 1] == b' ' => break,
                _ => end += 1,
            }
        }
        while self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        self.builder.borrowed(Self::span(start, end), false);
        self.at = end;
        self.rest_of_line()?;
        self.blank()?;
        // A line further in would go on with the scalar.
        if !self.is_done() && self.column() > parent { Err(Beyond) } else { Ok(()) }
    }

    /// Where a quoted scalar that begins here ends, behind its quote.
    fn quote_end(&self, quote: u8) -> Read<usize> {
        let mut at = self.at + 1;
        loop {
            let found = at + memchr3(quote, b'\\', b'\n', &self.bytes[at..]).ok_or(Beyond)?;
            match self.bytes[found] {
                b'\n' => return Err(Beyond),
                b'\\' if quote == b'"' => return Err(Beyond),
                byte if byte == quote => {
                    if quote == b'\'' && self.byte(found + 1) == b'\'' {
                        at = found + 2;
                        continue;
                    }
                    return Ok(found + 1);
                }
                _ => at = found + 1,
            }
        }
    }

    fn quoted(&mut self, quote: u8) -> Read<()> {
        let start = self.at;
        let end = self.quote_end(quote)?;
        let inner = &self.text[start + 1..end - 1];
        if quote == b'\'' && memchr(b'\'', inner.as_bytes()).is_some() {
            self.builder.owned(Self::span(start, end), true, inner.replace("''", "'").into());
        } else {
            self.builder.borrowed(Self::span(start, end), true);
        }
        self.at = end;
        Ok(())
    }

    /// A literal or folded block.
    fn literal(&mut self, parent: usize) -> Read<()> {
        let folded = self.here() == b'>';
        self.at += 1;
        let strip = self.here() == b'-';
        self.at += usize::from(strip);
        self.rest_of_line()?;
        let mut indent = 0;
        while self.byte(self.at + indent) == b' ' {
            indent += 1;
        }
        let begin = self.at + indent;
        if indent <= parent || self.byte(begin) == b'\n' {
            return Err(Beyond);
        }
        let mut text = String::new();
        let mut breaks = 0usize;
        let mut end = begin;
        while self.at < self.bytes.len() {
            let line_end = self.line_end(self.at);
            let mut content = self.at;
            while content < line_end && content - self.at < indent && self.bytes[content] == b' ' {
                content += 1;
            }
            if content == line_end {
                breaks += 1;
            } else if content - self.at < indent {
                break;
            } else {
                // A line that stands further in is not folded, and may hold nothing but spaces.
                if self.bytes[content] == b' ' && (folded || self.bytes[content..line_end].iter().all(|byte| *byte == b' ')) {
                    return Err(Beyond);
                }
                match breaks {
                    0 => {}
                    1 if folded => text.push(' '),
                    breaks if folded => (1..breaks).for_each(|_| text.push('\n')),
                    breaks => (0..breaks).for_each(|_| text.push('\n')),
                }
                text.push_str(&self.text[content..line_end]);
                end = line_end;
                breaks = usize::from(line_end < self.bytes.len());
            }
            self.at = (line_end + 1).min(self.bytes.len());
            self.line = self.at;
            if line_end == self.bytes.len() {
                break;
            }
        }
        if !strip && breaks > 0 {
            text.push('\n');
        }
        while self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        if end <= begin || self.is_done() && self.byte(self.at.saturating_sub(1)) != b'\n' {
            return Err(Beyond);
        }
        self.builder.owned(Self::span(begin, end), true, text.into());
        Ok(())
    }
}
