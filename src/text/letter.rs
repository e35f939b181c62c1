//! Which script a character belongs to.

/// The script of a character, as far as Japanese text cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Kanji, with 々, 〆, 〇 and 〻.
    Kanji,
    /// Hiragana.
    Hiragana,
    /// Katakana of both widths, with ー.
    Katakana,
    /// Latin letters of both widths.
    Latin,
    /// Digits of both widths.
    Digit,
    /// White space of both widths.
    Space,
    /// Anything else: punctuation, symbols, other scripts.
    Other,
}

impl Script {
    /// Whether nouns are written in it: kanji, katakana or Latin letters.
    pub const fn is_noun(self) -> bool {
        matches!(self, Script::Kanji | Script::Katakana | Script::Latin)
    }
}

/// The script of a character.
pub const fn script(letter: char) -> Script {
    match letter {
        '0'..='9' | '０'..='９' => Script::Digit,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Script::Latin,
        ' ' | '\t' | '\n' | '\r' | '\u{3000}' | '\u{A0}' => Script::Space,
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' | 'ｦ'..='ﾟ' => Script::Katakana,
        '々' | '〆' | '〇' | '〻' => Script::Kanji,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => Script::Kanji,
        _ => Script::Other,
    }
}

/// Byte length of the UTF-8 character that a lead byte begins (1 for a continuation byte).
#[inline]
pub(super) const fn length(lead: u8) -> usize {
    LENGTHS[lead as usize] as usize
}

static LENGTHS: [u8; 256] = {
    let mut lengths = [1; 256];
    let mut lead = 0xC0;
    while lead < 256 {
        lengths[lead] = match lead {
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            _ => 4,
        };
        lead += 1;
    }
    lengths
};

/// The character at a byte position.
#[inline]
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at a byte position.
#[inline]
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// A text without the spaces of either width that end it.
#[inline]
pub(super) fn without_spaces_behind(text: &str) -> &str {
    // Most end with something else, which its last byte tells.
    match text.as_bytes().last() {
        Some(b' ' | 0x80) => text.trim_end_matches([' ', '　']),
        _ => text,
    }
}

/// The value of a digit of either width.
#[inline]
pub(super) const fn digit_value(letter: char) -> Option<u32> {
    match letter {
        '0'..='9' => Some(letter as u32 - '0' as u32),
        '０'..='９' => Some(letter as u32 - '０' as u32),
        _ => None,
    }
}

/// The first of `words` that a text starts with.
#[inline]
pub(super) fn starting<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let bytes = text.as_bytes();
    let (first, third) = (bytes.first()?, bytes.get(2));
    words.iter().copied().find(|word| {
        let word_bytes = word.as_bytes();
        word_bytes.first() == Some(first) && (word_bytes.len() < 3 || word_bytes.get(2) == third) && bytes.starts_with(word_bytes)
    })
}

/// The first of `words` that a text ends with.
#[inline]
pub(super) fn ending<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let bytes = text.as_bytes();
    let last = bytes.last()?;
    // The last byte of the character before: many words end with the same one.
    let before = bytes.len().checked_sub(4).map(|at| bytes[at]);
    words.iter().copied().find(|word| {
        let word = word.as_bytes();
        word.last() == Some(last) && (word.len() < 4 || Some(word[word.len() - 4]) == before) && bytes.ends_with(word)
    })
}

/// Whether a text has that many characters, spaces left out.
#[must_use]
pub fn has_letters(text: &str, least: usize) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut letters) = (0, 0);
    while letters < least {
        let Some(&lead) = bytes.get(at) else { return false };
        // No other character is a space: ASCII, C2 (no-break space), E1, E2, and E3 80 80.
        let is_space = match lead {
            b'!'..=b'~' | 0xE4..=0xEF => false,
            0xE3 if bytes.get(at + 1) != Some(&0x80) => false,
            _ => char_at(text, at).is_some_and(char::is_whitespace),
        };
        letters += usize::from(!is_space);
        at += length(lead);
    }
    true
}

/// The length of the longest of `words` that a text starts with; 0 where it starts with none.
pub(super) fn longest(text: &str, words: &[&str]) -> usize {
    let bytes = text.as_bytes();
    let stands = |word: &[u8]| word.first() == bytes.first() && word.get(2) == bytes.get(2) && bytes.starts_with(word);
    words.iter().map(|word| word.as_bytes()).filter(|word| word.len() > 2 && stands(word)).map(<[u8]>::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_without_spaces() {
        for letter in (0..=0x10FFFFu32).filter_map(char::from_u32) {
            assert_eq!(has_letters(&letter.to_string(), 1), !letter.is_whitespace(), "{letter:?}");
        }
        assert!(has_letters("", 0) && has_letters("あ　い\n1", 3) && !has_letters("あ　い\n1", 4));
    }

    #[test]
    fn scripts() {
        let all: Vec<Script> = "漢々かカーｶAＡ1１ 、".chars().map(script).collect();
        use Script::*;
        assert_eq!(all, [Kanji, Kanji, Hiragana, Katakana, Katakana, Katakana, Latin, Latin, Digit, Digit, Space, Other]);
    }
}
