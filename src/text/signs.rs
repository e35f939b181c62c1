//! What kinds of bytes a text holds, seen in one pass: most texts have nothing for most rules.

/// The kinds of bytes of a text. May say yes where there is nothing to find, never no where there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u8);

const DIGIT: u8 = 1;
const FULL: u8 = 1 << 1;
const MARKUP: u8 = 1 << 2;
const HASH: u8 = 1 << 3;

/// The kinds of each byte.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = b'0';
    while byte <= b'9' {
        kinds[byte as usize] = DIGIT;
        byte += 1;
    }
    // Full-width digits begin with EF BC.
    kinds[0xEF] = FULL;
    let marks = b"<&^_[*";
    let mut at = 0;
    while at < marks.len() {
        kinds[marks[at] as usize] = MARKUP;
        at += 1;
    }
    kinds[b'#' as usize] = HASH;
    kinds
};

impl Signs {
    /// The kinds of a text.
    #[must_use]
    pub fn of(text: &str) -> Signs {
        Signs(text.bytes().fold(0, |kinds, byte| kinds | KINDS[byte as usize]))
    }

    /// A half-width digit.
    #[must_use]
    pub const fn digit(self) -> bool {
        self.0 & DIGIT != 0
    }

    /// Digits of both widths, so that they may be mixed.
    #[must_use]
    pub const fn both_widths(self) -> bool {
        self.0 & (DIGIT | FULL) == DIGIT | FULL
    }

    /// A sign that begins markup.
    #[must_use]
    pub const fn markup(self) -> bool {
        self.0 & MARKUP != 0
    }

    /// The sign that begins a spreadsheet error.
    #[must_use]
    pub const fn hash(self) -> bool {
        self.0 & HASH != 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::{markup_residue, mixed_digit_widths, spreadsheet_error};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hides_nothing(text in "[0-9０-９<&^_*\\[\\]{}()#REF!b>br;nspあ年度。、]{0,16}") {
            let signs = Signs::of(&text);
            prop_assert_eq!(signs.digit(), text.contains(|letter: char| letter.is_ascii_digit()));
            prop_assert!(signs.both_widths() || mixed_digit_widths(&text).next().is_none());
            prop_assert!(signs.markup() || markup_residue(&text).next().is_none());
            prop_assert!(signs.hash() || spreadsheet_error(&text).is_none());
        }
    }
}
