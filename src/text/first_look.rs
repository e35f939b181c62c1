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
    /// Where the first term may stand.
    term: Option<usize>,
}

/// Characters by which something is found.
static SIGNS: Plane = Plane::EMPTY.with('①', '⑳').with_each(&['※', '注', '＊', '・']);

/// Two characters as one number of which the highest bits are used.
#[inline]
const fn mixed(first: u32, second: u32) -> u32 {
    (first << 16 ^ second).wrapping_mul(0x9E37_79B1)
}

/// The first two characters of words, one bit for each value of sixteen bits of the two.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    bits: Box<[u64; 1024]>,
    /// Some word begins otherwise than with a character of three bytes, or a digit, and another of
    /// three bytes: it may stand anywhere.
    anywhere: bool,
}

impl Default for Pairs {
    fn default() -> Self {
        Self { bits: Box::new([0; 1024]), anywhere: false }
    }
}

impl Pairs {
    /// Adds a word.
    pub fn insert(&mut self, word: &str) {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if (first.is_ascii_digit() || first.len_utf8() == 3) && second.len_utf8() == 3 => {
                let both = mixed(u32::from(first), u32::from(second));
                self.bits[(both >> 22) as usize] |= 1 << (both >> 16 & 0x3F);
            }
            _ => self.anywhere = true,
        }
    }
}

static NO_PAIRS: [u64; 1024] = [0; 1024];

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
        if terms.is_some_and(|terms| terms.seen().anywhere) {
            look.term = Some(0);
        }
        let pairs = terms.map_or(&NO_PAIRS, |terms| &terms.seen().bits);
        let bytes = text.as_bytes();
        let mut places = Places { at: [0; 1024], here: NEAR };
        let mut at = 0;
        while let Some(&lead) = bytes.get(at) {
            let run = places.run(&bytes[at..], pairs);
            look.doubled |= run.again;
            let end = at + 3 * run.length;
            if (run.sign || run.same || run.term)
                && let Some(run) = bytes.get(at..end)
            {
                look.close(run, at, terms);
            }
            if run.length > 0 {
                at = end;
                continue;
            }
            look.sign(lead);
            if lead.is_ascii_digit()
                && let Some(beginning) = bytes.get(at..at + 4)
            {
                look.term_at(u32::from(lead), &beginning[1..], at, terms);
            }
            at += length(lead);
            places.here = places.here.wrapping_add(1);
        }
        look
    }

    /// Looks closely at a run of characters of three bytes.
    fn close(&mut self, run: &[u8], at: usize, terms: Option<&TermIndex<'_>>) {
        let mut last = None;
        for (place, letter) in run.as_chunks::<3>().0.iter().enumerate() {
            let [lead, second, third] = *letter;
            if SIGNS.has(lead, second, third) {
                self.character(code(letter));
            }
            self.doubled |= last == Some(letter) && PARTICLES.has(lead, second, third);
            if let Some(last) = last {
                self.term_at(code(last), letter, at + 3 * place - 3, terms);
            }
            last = Some(letter);
        }
    }

    /// Notes a term that may begin with two characters, unless one was noted before.
    fn term_at(&mut self, first: u32, second: &[u8], at: usize, terms: Option<&TermIndex<'_>>) {
        if self.term.is_none()
            && let Ok(second) = <&[u8; 3]>::try_from(second)
            && (0xE0..=0xEF).contains(&second[0])
            && terms.is_some_and(|terms| terms.may_begin(first, code(second)))
        {
            self.term = Some(at);
        }
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
const fn code(letter: &[u8; 3]) -> u32 {
    let [lead, second, third] = *letter;
    (lead as u32 & 0xF) << 12 | (second as u32 & 0x3F) << 6 | (third as u32 & 0x3F)
}

/// Where two characters stood last, counted round a byte. Others of the same slot, or so far away
/// that the count is the same, are taken for them.
struct Places {
    at: [u8; 1024],
    here: u8,
}

/// What a run of characters of three bytes may hold.
#[derive(Clone, Copy, Default)]
struct Run {
    /// How many characters it has.
    length: usize,
    /// Two characters that come again within eight.
    again: bool,
    /// The same character twice.
    same: bool,
    /// One of [`SIGNS`].
    sign: bool,
    /// The beginning of a term.
    term: bool,
}

impl Places {
    /// The run with which some bytes begin. It branches at nothing but its end.
    #[inline]
    fn run(&mut self, bytes: &[u8], pairs: &[u64; 1024]) -> Run {
        let letters = bytes.as_chunks::<3>().0;
        let Some(first) = letters.first().filter(|letter| letter[0] & 0xF0 == 0xE0) else { return Run::default() };
        let bit = |bits: &[u64; 1024], word: usize, bit: u32| bits[word & 0x3FF] >> (bit & 0x3F) & 1;
        let mut last = code(first);
        let (mut signs, mut terms) = (bit(&SIGNS.0, (last >> 6) as usize, last), 0);
        let (mut again, mut same) = (false, false);
        let mut here = self.here.wrapping_add(1);
        let mut length = 1;
        for letter in &letters[1..] {
            if letter[0] & 0xF0 != 0xE0 {
                break;
            }
            let this = code(letter);
            let both = mixed(last, this);
            let slot = (both >> 22) as usize;
            here = here.wrapping_add(1);
            again |= here.wrapping_sub(std::mem::replace(&mut self.at[slot], here)) <= NEAR;
            same |= last == this;
            signs |= bit(&SIGNS.0, (this >> 6) as usize, this);
            terms |= bit(pairs, slot, both >> 16);
            last = this;
            length += 1;
        }
        self.here = here;
        Run { length, again, same, sign: signs != 0, term: terms != 0 }
    }
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
