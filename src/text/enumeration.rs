//! Enumerations whose numbers do not run on: ①③③.

use std::ops::Range;

use super::first_look::FirstLook;
use super::letter::{Script, char_at, digit_value, length, script};

/// How the members of an enumeration are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Enumerator {
    /// ① ② ③, up to ㊿
    Circled,
    /// (1) （２）, at the beginning of a line
    Bracketed,
    /// 1. ２．, at the beginning of a line
    Dotted,
    /// 1) ２）, at the beginning of a line
    HalfBracketed,
}

/// A number that does not follow the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumerationFault {
    /// Where the number stands.
    pub range: Range<usize>,
    /// How the enumeration is numbered.
    pub enumerator: Enumerator,
    /// The number as written.
    pub found: u32,
    /// The number that would follow.
    pub expected: u32,
}

/// The faults of one text, in order. See [`enumerators`].
#[derive(Clone, Debug)]
pub struct EnumerationFaults<'t> {
    text: &'t str,
    at: usize,
    /// What was read of the running enumeration of each kind.
    running: [Option<Running>; 4],
}

/// An enumeration as far as it was read.
#[derive(Clone, Copy, Debug)]
struct Running {
    last: u32,
    highest: u32,
    /// Where the last number ends.
    end: usize,
    /// The last number was a fault.
    reported: bool,
}

/// Numbers of enumerations that repeat or skip. An enumeration begins at 1; a mark counts where it
/// introduces something (①相談), not where it refers to it (①の事業, ①、③). Going back is no fault:
/// it may refer, or begin anew.
pub fn enumerators(text: &str) -> EnumerationFaults<'_> {
    FirstLook::of(text, None).enumerators(text)
}

/// The same from a place on.
pub(super) fn enumerators_from(text: &str, from: usize) -> EnumerationFaults<'_> {
    EnumerationFaults { text, at: from, running: [None; 4] }
}

impl Iterator for EnumerationFaults<'_> {
    type Item = EnumerationFault;

    fn next(&mut self) -> Option<EnumerationFault> {
        let bytes = self.text.as_bytes();
        while let Some(&lead) = bytes.get(self.at) {
            let at = self.at;
            self.at += length(lead);
            let mark = match lead {
                // ① to ⑳, ㉑ to ㊿
                0xE2 if bytes.get(at + 1) == Some(&0x91) => circled_at(self.text, at),
                0xE3 if matches!(bytes.get(at + 1), Some(0x89 | 0x8A)) => circled_at(self.text, at),
                b'(' | b'0'..=b'9' | 0xEF if line_start(bytes, at) => lined_at(self.text, at),
                _ => None,
            };
            let Some((enumerator, number, end)) = mark else {
                continue;
            };
            self.at = end;
            if let Some(expected) = self.judge(enumerator, number, end) {
                return Some(EnumerationFault { range: at..end, enumerator, found: number, expected });
            }
        }
        None
    }
}

impl EnumerationFaults<'_> {
    /// The number that was expected instead, if this one does not follow.
    fn judge(&mut self, enumerator: Enumerator, number: u32, end: usize) -> Option<u32> {
        let text = self.text;
        let running = self.running.get_mut(enumerator as usize)?;
        let fresh = Running { last: number, highest: number, end, reported: false };
        let Some(before) = *running else {
            *running = (number == 1).then_some(fresh);
            return None;
        };
        if number == 1 {
            *running = Some(fresh);
            return None;
        }
        let expected = before.last + 1;
        // ③講座 … ③講座: the second refers to the first.
        let refers = number == before.last && same_words(text, before.end, end);
        let repeats = number == before.last && !refers;
        let skips = number > before.highest + 1 && !(enumerator == Enumerator::Circled && circled_later(text, end, expected));
        let fault = (repeats || skips) && !before.reported;
        *running = Some(Running { highest: number.max(before.highest), reported: fault, ..fresh });
        fault.then_some(expected)
    }
}

/// Whether the same two characters follow two positions.
fn same_words(text: &str, one: usize, other: usize) -> bool {
    let words = |at: usize| text[at..].trim_start_matches([' ', '　']).chars().take(2);
    words(one).eq(words(other))
}

/// Whether a number is still to come: ①会場、③講座、②配信 is out of order, but whole.
fn circled_later(text: &str, at: usize, number: u32) -> bool {
    text[at..].chars().any(|letter| circled(letter) == Some(number))
}

/// The value of a circled number.
fn circled(letter: char) -> Option<u32> {
    let code = u32::from(letter);
    Some(match letter {
        '①'..='⑳' => code - 0x2460 + 1,
        '㉑'..='㉟' => code - 0x3251 + 21,
        '㊱'..='㊿' => code - 0x32B1 + 36,
        _ => return None,
    })
}

fn circled_at(text: &str, at: usize) -> Option<(Enumerator, u32, usize)> {
    let letter = char_at(text, at)?;
    let number = circled(letter)?;
    let end = at + letter.len_utf8();
    let before = text[..at].chars().next_back();
    let opens = before.is_none_or(|before| script(before) == Script::Space || "、。，．；;：:（(「・）)」".contains(before));
    // ① begins anew wherever it stands: 参加者は①66人、②54人.
    ((opens || number == 1) && introduces(text, end)).then_some((Enumerator::Circled, number, end))
}

/// Whether a word begins at `at`: the mark before introduces it. A particle means that the mark is
/// the word itself.
fn introduces(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches([' ', '　', '．', '.']);
    let Some(next) = rest.chars().next() else {
        return false;
    };
    if "のはがをにでともへや、。・～〜）)」,から及".contains(next) {
        return false;
    }
    matches!(script(next), Script::Kanji | Script::Katakana | Script::Latin | Script::Hiragana | Script::Digit)
        || "「『【（(".contains(next)
}

/// Whether only spaces stand between the beginning of the line and `at`.
fn line_start(bytes: &[u8], at: usize) -> bool {
    let line = &bytes[..at];
    let spaces = line.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let mut end = line.len() - spaces;
    while line[..end].ends_with("　".as_bytes()) {
        end -= "　".len();
    }
    end == 0 || line[end - 1] == b'\n'
}

/// `(1)`, `1.` or `1)` at the beginning of a line, before a word.
fn lined_at(text: &str, at: usize) -> Option<(Enumerator, u32, usize)> {
    let mut letters = text[at..].char_indices().peekable();
    let bracket = letters.next_if(|(_, letter)| matches!(letter, '(' | '（')).is_some();
    let mut number = 0u32;
    let mut digits = 0;
    while let Some((_, letter)) = letters.next_if(|(_, letter)| digit_value(*letter).is_some()) {
        number = number * 10 + digit_value(letter)?;
        digits += 1;
        if digits > 2 {
            return None;
        }
    }
    let (place, close) = letters.next()?;
    let end = at + place + close.len_utf8();
    let enumerator = match (bracket, close) {
        (true, ')' | '）') => Enumerator::Bracketed,
        (false, ')' | '）') => Enumerator::HalfBracketed,
        (false, '.' | '．') => Enumerator::Dotted,
        _ => return None,
    };
    let decimal = enumerator == Enumerator::Dotted && char_at(text, end).is_some_and(|next| script(next) == Script::Digit);
    (digits > 0 && !decimal && introduces(text, end)).then_some((enumerator, number, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(&str, u32)> {
        enumerators(text).map(|fault| (&text[fault.range], fault.expected)).collect()
    }

    #[test]
    fn broken() {
        assert_eq!(faults("①相談 ③訪問 ③見守り"), [("③", 2)]);
        assert_eq!(faults("①相談②訪問"), []);
        assert_eq!(faults("①相談、②訪問、②見守り"), [("②", 3)]);
        assert_eq!(faults("①相談\n②訪問\n④見守り\n⑤講座"), [("④", 3)]);
        assert_eq!(faults("(1)相談\n(2)訪問\n(2)見守り"), [("(2)", 3)]);
        assert_eq!(faults("1. 相談\n３．訪問"), [("３．", 2)]);
        assert_eq!(faults("１）相談\n　２）訪問\n　４）講座"), [("４）", 3)]);
    }

    #[test]
    fn sound() {
        for text in [
            "",
            "①相談、②訪問、③見守り。①の相談は",
            "①、③の事業",
            "①会場で1回、③講座で1回開き、②配信を行った。受講者は①66人、②54人、③58人",
            "①相談 ②訪問 ③講座（②訪問と同じ） ④研修",
            "①相談を行った。②講座を開いた。②講座の参加者は35人",
            "①及び③",
            "②相談 ④訪問",
            "①相談①訪問",
            "①相談 ②訪問 ①講座 ②研修",
            "①相談②訪問③見守り、②③は中止",
            "1.5倍\n3.2倍",
            "(35人)\n(12人)",
            "1. 相談\n2. 訪問",
            "⑲相談⑳訪問㉑講座",
            "1.相談、3.訪問",
        ] {
            assert_eq!(faults(text), [], "{text}");
        }
        let many: String = ('①'..='⑳').chain('㉑'..='㉟').chain('㊱'..='㊿').map(|c| format!("{c}語\n")).collect();
        assert_eq!(faults(&many), []);
    }
}
