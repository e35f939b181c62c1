//! Lists of words that are looked for at a place of a text, or anywhere in it: most places are
//! passed over by their first character alone.

use super::letter::length;

/// Words, ready to be looked for.
#[derive(Debug)]
pub struct Words {
    list: &'static [&'static str],
    /// One bit for each value that [`mark`] takes of a word's first character.
    filter: [u64; 16],
}

/// Ten bits of a character of three bytes.
const fn mark(first: u8, second: u8, third: u8) -> usize {
    ((first & 7) as usize) << 7 | ((second & 1) as usize) << 6 | (third & 0x3F) as usize
}

impl Words {
    /// Makes words ready; their order is kept. None may be empty.
    #[must_use]
    pub const fn new(list: &'static [&'static str]) -> Words {
        let mut filter = [0; 16];
        let mut at = 0;
        while at < list.len() {
            let word = list[at].as_bytes();
            assert!(!word.is_empty());
            if word.len() >= 3 {
                let bit = mark(word[0], word[1], word[2]);
                filter[bit / 64] |= 1 << (bit % 64);
            }
            at += 1;
        }
        Words { list, filter }
    }

    /// Whether one of the words may stand at a position: never no where one does.
    #[inline]
    #[must_use]
    pub fn may_stand(&self, bytes: &[u8], at: usize) -> bool {
        match bytes.get(at..) {
            Some([first @ 0xE0..=0xEF, second, third, ..]) => {
                let bit = mark(*first, *second, *third);
                self.filter[bit / 64] >> (bit % 64) & 1 == 1
            }
            Some(rest) => !rest.is_empty(),
            None => false,
        }
    }

    /// The first of the words that a text starts with.
    #[must_use]
    pub fn starting(&self, text: &str) -> Option<&'static str> {
        if !self.may_stand(text.as_bytes(), 0) {
            return None;
        }
        super::letter::starting(text, self.list)
    }

    /// Whether one of the words stands in a text.
    #[must_use]
    pub fn stand_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            if self.may_stand(bytes, at) && super::letter::starting(&text[at..], self.list).is_some() {
                return true;
            }
            at += length(lead);
        }
        false
    }
}

/// Words that a text may end with: most texts are passed over by their last two characters.
#[derive(Debug)]
pub(super) struct Endings {
    list: &'static [&'static str],
    /// One bit for each value that [`pair`] takes of the last two characters.
    filter: [u64; 16],
}

/// Ten bits of the last bytes of two characters of three bytes.
const fn pair(before: u8, last: u8) -> usize {
    (before as usize & 0x3F) << 4 ^ (last as usize & 0x3F)
}

impl Endings {
    /// Makes words ready; their order is kept. Each ends with a character of three bytes.
    pub const fn new(list: &'static [&'static str]) -> Endings {
        let mut filter = [0; 16];
        let mut at = 0;
        while at < list.len() {
            let word = list[at].as_bytes();
            assert!(word.len() == 3 || word.len() >= 6);
            let last = word[word.len() - 1];
            // One character: whatever stands before it.
            let (mut from, to) = if word.len() == 3 { (0, 63) } else { (word[word.len() - 4] & 0x3F, word[word.len() - 4] & 0x3F) };
            while from <= to {
                let bit = pair(from, last);
                filter[bit / 64] |= 1 << (bit % 64);
                from += 1;
            }
            at += 1;
        }
        Endings { list, filter }
    }

    /// Whether a text ends with one of the words.
    pub fn end(&self, text: &str) -> bool {
        if let [.., before, _, _, last] = text.as_bytes() {
            let bit = pair(*before, *last);
            if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
                return false;
            }
        }
        super::letter::ending(text, self.list).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static ENDS: &[&str] = &["予定", "済", "済み", "する", "aです"];
    static ENDING: Endings = Endings::new(ENDS);

    static LIST: &[&str] = &["人日", "人", "回", "か所", "%", "km", "予定", "予定です", "ａ", "😀"];
    static WORDS: Words = Words::new(LIST);

    proptest! {
        #[test]
        fn finds_what_a_search_for_each_word_finds(text in "[人日回かか所%km予定ですａ😀あ1é済みるa]{0,12}") {
            prop_assert_eq!(WORDS.starting(&text), LIST.iter().copied().find(|word| text.starts_with(word)));
            prop_assert_eq!(ENDING.end(&text), ENDS.iter().any(|word| text.ends_with(word)));
            prop_assert_eq!(WORDS.stand_in(&text), LIST.iter().any(|word| text.contains(word)));
        }
    }
}
