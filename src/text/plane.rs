//! Sets of characters, one bit for each of the basic plane: whether a character of three bytes is in
//! one takes one look.

/// A set of characters below U+10000.
#[derive(Debug)]
pub(super) struct Plane(pub [u64; 1024]);

impl Plane {
    /// No character.
    pub const EMPTY: Plane = Plane([0; 1024]);

    /// With every character from one to another, both below U+10000.
    #[must_use]
    pub const fn with(mut self, first: char, last: char) -> Plane {
        let mut word = first as usize / 64;
        while word <= last as usize / 64 {
            let mut bits = u64::MAX;
            if word == first as usize / 64 {
                bits &= u64::MAX << (first as usize % 64);
            }
            if word == last as usize / 64 {
                bits &= u64::MAX >> (63 - last as usize % 64);
            }
            self.0[word] |= bits;
            word += 1;
        }
        self
    }

    /// With the characters of a list.
    #[must_use]
    pub const fn with_each(mut self, list: &[char]) -> Plane {
        let mut at = 0;
        while at < list.len() {
            self = self.with(list[at], list[at]);
            at += 1;
        }
        self
    }

    /// With the bits of a table, whose first word is that of `from` times 64.
    #[must_use]
    pub const fn with_words(mut self, from: usize, words: &[u64]) -> Plane {
        let mut at = 0;
        while at < words.len() {
            self.0[from + at] |= words[at];
            at += 1;
        }
        self
    }

    /// Whether it has a character of three bytes.
    #[inline]
    #[must_use]
    pub const fn has(&self, lead: u8, second: u8, third: u8) -> bool {
        let block = (lead as usize & 0xF) << 6 | second as usize & 0x3F;
        self.0[block] >> (third & 0x3F) & 1 == 1
    }

    /// Whether it has a character of one byte.
    #[inline]
    #[must_use]
    pub const fn has_ascii(&self, byte: u8) -> bool {
        self.0[byte as usize >> 6] >> (byte & 0x3F) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_put_in() {
        const SET: Plane = Plane::EMPTY.with('ぁ', 'ん').with_each(&['A', '①']).with_words(0x4E00 / 64, &[1]);
        for code in 0..0x10000u32 {
            let Some(letter) = char::from_u32(code) else { continue };
            let mut bytes = [0; 4];
            let has = match *letter.encode_utf8(&mut bytes).as_bytes() {
                [byte] => SET.has_ascii(byte),
                [lead, second, third] => SET.has(lead, second, third),
                _ => continue,
            };
            assert_eq!(has, ('ぁ'..='ん').contains(&letter) || "A①一".contains(letter), "{letter}");
        }
    }
}
