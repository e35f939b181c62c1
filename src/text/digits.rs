//! Full-width and half-width digits in one text.

use std::ops::Range;

use super::letter::{char_at, char_before, length};

/// The digit runs of the width that a text uses less. See [`mixed_digit_widths`].
#[derive(Clone, Debug)]
pub struct MinorityDigits<'t> {
    text: &'t str,
    at: usize,
    /// The width to report; `None` when the text is not mixed.
    full: Option<bool>,
}

#[derive(Default)]
struct Widths {
    half: usize,
    full: usize,
    /// A full-width run of several digits, or a half-width run of one: the text does not follow
    /// the convention of one digit full-width, several half-width.
    unconventional: bool,
}

/// Runs of digits in the width that is rarer in the text (full-width when equal).
///
/// Nothing when the text follows the printers' convention that one digit alone is full-width and
/// several are half-width. Digits inside Latin words, URLs and telephone numbers are not counted.
pub fn mixed_digit_widths(text: &str) -> MinorityDigits<'_> {
    let mut minority = MinorityDigits { text, at: 0, full: None };
    // Most texts hold digits of one width.
    let bytes = text.as_bytes();
    let has_full = memchr::memchr_iter(0xEF, bytes).any(|at| full_digit(bytes, at));
    if !has_full || !bytes.iter().any(u8::is_ascii_digit) {
        minority.at = text.len();
        return minority;
    }
    let mut widths = Widths::default();
    while let Some((range, full)) = minority.run() {
        let count = text[range.clone()].chars().count();
        let touches = |letter: Option<char>| match full {
            true => letter.is_some_and(|letter| letter.is_ascii_digit()),
            false => letter.is_some_and(|letter| ('０'..='９').contains(&letter)),
        };
        let glued = touches(char_before(text, range.start)) || touches(char_at(text, range.end));
        widths.unconventional |= glued || if full { count > 1 } else { count == 1 };
        match full {
            true => widths.full += 1,
            false => widths.half += 1,
        }
    }
    minority.at = 0;
    if widths.half > 0 && widths.full > 0 && widths.unconventional {
        minority.full = Some(widths.full <= widths.half);
    } else {
        minority.at = text.len();
    }
    minority
}

impl MinorityDigits<'_> {
    /// The next run of digits of one width that counts.
    fn run(&mut self) -> Option<(Range<usize>, bool)> {
        let bytes = self.text.as_bytes();
        while let Some(&lead) = bytes.get(self.at) {
            let start = self.at;
            let full = match lead {
                b'0'..=b'9' => false,
                0xEF if full_digit(bytes, start) => true,
                _ => {
                    self.at += length(lead);
                    continue;
                }
            };
            while match full {
                true => full_digit(bytes, self.at),
                false => bytes.get(self.at).is_some_and(u8::is_ascii_digit),
            } {
                self.at += if full { 3 } else { 1 };
            }
            if full || !in_word(bytes, start, self.at) {
                return Some((start..self.at, full));
            }
        }
        None
    }
}

fn full_digit(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..at + 3), Some([0xEF, 0xBC, 0x90..=0x99]))
}

/// Whether ASCII digits belong to a Latin word, an address or a telephone number.
fn in_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let joins = |byte: &u8| byte.is_ascii_alphabetic() || b"-/_.:@#&=?,".contains(byte);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let word = before.is_some_and(|byte| joins(byte) && !b",.".contains(byte));
    word || bytes.get(end).is_some_and(|byte| joins(byte) && !b",.".contains(byte))
}

impl Iterator for MinorityDigits<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let wanted = self.full?;
        while let Some((range, full)) = self.run() {
            if full == wanted {
                return Some(range);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minority(text: &str) -> Vec<&str> {
        mixed_digit_widths(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn widths() {
        assert_eq!(minority("講座１２回、相談35件、訪問40件"), ["１２"]);
        assert_eq!(minority("講座１２回、訪問４０件、相談5件"), ["5"]);
        assert_eq!(minority("参加者1２人"), ["２"]);
        assert_eq!(minority("講座１２回、相談35件"), ["１２"]);
        assert_eq!(minority("１回あたり1人"), ["１"]);
    }

    #[test]
    fn not_mixed() {
        for text in [
            "",
            "講座12回",
            "講座１２回",
            "講座３回、相談35件",
            "（１）SDGs17とG7",
            "電話03-1234-5678、１２回",
            "https://example.jp/2024 １２回",
            "ＡＢＣと12",
        ] {
            assert_eq!(minority(text), Vec::<&str>::new(), "{text}");
        }
    }
}
