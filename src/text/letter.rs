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
    words.iter().copied().find(|word| word.as_bytes().last() == Some(last) && bytes.ends_with(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        let all: Vec<Script> = "漢々かカーｶAＡ1１ 、".chars().map(script).collect();
        use Script::*;
        assert_eq!(all, [Kanji, Kanji, Hiragana, Katakana, Katakana, Katakana, Latin, Latin, Digit, Digit, Space, Other]);
    }
}
