//! One look at a running text for everything that is searched in it: what cannot be there is not
//! searched for.

use std::ops::Range;

use super::enumeration::{self, EnumerationFaults};
use super::letter::length;
use super::note::{self, NoteMark};
use super::plane::Plane;
use super::repeat;
use super::variant::{FoundVariant, TermIndex};

/// What a text may hold. May say yes where there is nothing to find, never no where there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstLook {
    doubled: bool,
    enumerated: bool,
    marked: bool,
    dotted: bool,
    years: bool,
    /// Where the first term may stand.
    term: Option<usize>,
}

/// Characters by which something is found.
static SIGNS: Plane = Plane::EMPTY.with('①', '⑳').with_each(&['※', '注', '＊', '・', '年']);

/// Two characters as one number, of which the highest bits are used.
#[inline]
const fn mixed(first: u32, second: u32) -> u32 {
    (first << 16 ^ second).wrapping_mul(0x9E37_79B1)
}

/// The first two characters of words, as bits.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    bits: [u64; 64],
    /// Some word begins otherwise than with a character of three bytes, or a digit, and another of
    /// three bytes: it may stand anywhere.
    anywhere: bool,
}

impl Default for Pairs {
    fn default() -> Self {
        Self { bits: [0; 64], anywhere: false }
    }
}

impl Pairs {
    /// Adds a word.
    pub fn insert(&mut self, word: &str) {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if (first.is_ascii_digit() || first.len_utf8() == 3) && second.len_utf8() == 3 => {
                let place = mixed(u32::from(first), u32::from(second)) >> 20;
                self.bits[place as usize / 64] |= 1 << (place % 64);
            }
            _ => self.anywhere = true,
        }
    }

    #[inline]
    fn has(&self, mixed: u32) -> bool {
        let place = mixed >> 20;
        self.bits[place as usize / 64] >> (place % 64) & 1 == 1
    }
}

static NO_PAIRS: Pairs = Pairs { bits: [0; 64], anywhere: false };

/// How near the same two characters may come again.
const NEAR: u8 = 8;

/// Particles that are never doubled.
static PARTICLES: Plane = Plane::EMPTY.with_each(&repeat::PARTICLES);

impl FirstLook {
    /// Looks at a text, for terms too where an index is given.
    ///
    /// Words may be doubled where there are Latin letters, a particle twice in a row, or two
    /// characters that come again within eight: no doubled word holds a digit or a sign below
    /// U+0800.
    #[must_use]
    pub fn of(text: &str, terms: Option<&TermIndex<'_>>) -> FirstLook {
        let mut look = FirstLook::default();
        let pairs = terms.map_or(&NO_PAIRS, TermIndex::seen);
        if pairs.anywhere {
            look.term = Some(0);
        }
        let may_begin = |first: u32, second: u32| terms.is_some_and(|terms| terms.may_begin(first, second));
        let bytes = text.as_bytes();
        // Where two characters stood last, counted round a byte. Others of the same slot, or so far
        // away that the count is the same, are taken for them.
        let mut places = [0u8; 1024];
        // The character before; 0 where it is none of three bytes.
        let mut before = 0u32;
        let mut here = NEAR;
        let mut rest = bytes;
        while let [lead, behind @ ..] = rest {
            here = here.wrapping_add(1);
            let ([second, third, behind @ ..], 0xE0..=0xEF) = (behind, *lead) else {
                before = 0;
                look.sign(*lead);
                let start = bytes.len() - rest.len();
                rest = &rest[length(*lead).min(rest.len())..];
                if lead.is_ascii_digit()
                    && look.term.is_none()
                    && let [next @ 0xE0..=0xEF, second, third, ..] = rest
                    && may_begin(u32::from(*lead), code(*next, *second, *third))
                {
                    look.term = Some(start);
                }
                continue;
            };
            rest = behind;
            let this = code(*lead, *second, *third);
            if SIGNS.has(*lead, *second, *third) {
                look.character(this);
            }
            let last = std::mem::replace(&mut before, this);
            if last == 0 {
                continue;
            }
            let both = mixed(last, this);
            let near = std::mem::replace(&mut places[(both >> 22) as usize], here);
            let again = here.wrapping_sub(near) <= NEAR;
            look.doubled |= again || (last == this && PARTICLES.has(*lead, *second, *third));
            if pairs.has(both) && look.term.is_none() && may_begin(last, this) {
                look.term = Some(bytes.len() - rest.len() - 6);
            }
        }
        look
    }

    /// A character of one, two or four bytes, by its first.
    #[inline]
    fn sign(&mut self, lead: u8) {
        match lead {
            b'a'..=b'z' | b'A'..=b'Z' | 0xF0.. => self.doubled = true,
            b'*' => self.marked = true,
            b'\n' => self.enumerated = true,
            _ => {}
        }
    }

    /// A character of three bytes.
    fn character(&mut self, code: u32) {
        match char::from_u32(code) {
            Some('※' | '注' | '＊') => self.marked = true,
            Some('・') => self.dotted = true,
            Some('年') => self.years = true,
            // One line without ①, … begins one enumeration at most, and the first mark is never a
            // fault.
            Some('①'..='⑳') => self.enumerated = true,
            _ => {}
        }
    }

    /// Whether the text may hold a middle dot.
    #[must_use]
    pub const fn dotted(&self) -> bool {
        self.dotted
    }

    /// Whether the text may hold 年.
    #[must_use]
    pub const fn years(&self) -> bool {
        self.years
    }

    /// Words of the text that are written twice in a row.
    pub fn doubled_words<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t> {
        repeat::doubled_from(text, if self.doubled { 0 } else { text.len() })
    }

    /// Numbers of enumerations in the text that do not run on.
    #[must_use]
    pub fn enumerators<'t>(&self, text: &'t str) -> EnumerationFaults<'t> {
        enumeration::enumerators_from(text, if self.enumerated { 0 } else { text.len() })
    }

    /// The note marks of the text.
    pub fn note_marks<'t>(&self, text: &'t str) -> impl Iterator<Item = NoteMark> + use<'t> {
        note::note_marks_from(text, if self.marked { 0 } else { text.len() })
    }

    /// The terms of the text, where it was looked at with their index.
    pub fn terms<'a>(&self, terms: &'a TermIndex<'_>, text: &'a str) -> impl Iterator<Item = FoundVariant> + 'a {
        terms.find_from(text, self.term.unwrap_or(text.len()))
    }
}

/// The code of a character of three bytes.
#[inline]
const fn code(lead: u8, second: u8, third: u8) -> u32 {
    (lead as u32 & 0xF) << 12 | (second as u32 & 0x3F) << 6 | (third as u32 & 0x3F)
}

#[cfg(test)]
mod tests {
    use super::super::{TERM_FAMILIES, TermFamily, note_marks};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hides_nothing(text in "([をがの実施会①③※注＊*・年ab12、\n 𠮟é]|[取配り]|取組|配布|1人ひとり|１人１人|(1)){0,20}") {
            let terms = TermIndex::new(TERM_FAMILIES);
            let look = FirstLook::of(&text, Some(&terms));
            prop_assert!(look.doubled_words(&text).eq(repeat::doubled_from(&text, 0)));
            prop_assert!(look.enumerators(&text).eq(enumeration::enumerators_from(&text, 0)));
            prop_assert!(look.note_marks(&text).eq(note_marks(&text)));
            prop_assert!(look.terms(&terms, &text).eq(terms.find(&text)));
            prop_assert_eq!(look.dotted(), text.contains('・'));
            prop_assert_eq!(look.years(), text.contains('年'));
            prop_assert_eq!(FirstLook { term: None, ..look }, FirstLook::of(&text, None));
        }
    }

    #[test]
    fn words_of_one_character_are_found_anywhere() {
        let family = |forms| TermFamily { forms, noun: false, exempt: &[] };
        let own = [family(&["課", "係"]), family(&["é"]), family(&["ok", "可"])];
        let terms = TermIndex::new(&own);
        for text in ["", "課", "課と係", "é", "1é可"] {
            assert!(FirstLook::of(text, Some(&terms)).terms(&terms, text).eq(terms.find(text)), "{text}");
        }
    }
}
