//! The words around a number: what they make of it, and the noun it belongs to.

use std::ops::Range;

use super::letter::{Script, char_at, char_before, digit_value, longest, script, without_spaces_behind};
use super::number::{FoundNumber, Grouping, Modifiers, NounLink};
use super::number_modifier::{after, before, tally_of_noun};
use super::number_read;
use super::number_unit::{REFUSED, REFUSING, takes_unit, unit, unit_behind};

/// The number at `range` with the words around it; `None` if they make it no quantity.
pub(super) fn surround(text: &str, range: Range<usize>, grouping: Grouping) -> Option<FoundNumber<'_>> {
    // 5年, 10時: most such words are no part of a unit, whatever stands before the number.
    if REFUSING.starting(&text[range.end..]).is_some() && unit(text, range.end).is_none() {
        return None;
    }
    let mut modifiers = Modifiers::default();
    let (start, fits) = before(text, range.start, &mut modifiers);
    if !fits {
        return None;
    }
    let mut unit_end = unit_behind(text, range.end, &modifiers);
    let mut upper = None;
    if let Some((high, end)) = upper_end(text, &range, unit_end, &modifiers) {
        unit_end = Some(end);
        upper = Some(high);
    }
    let number_end = upper.as_ref().map_or(range.end, |upper| upper.end);
    let from = text[number_end..].trim_start_matches(' ');
    let from = text.len() - from.len();
    let refused = REFUSING.starting(&text[number_end..]).is_some();
    let plain_unit = unit_end.is_some();
    if refused && !takes_unit(text, number_end, unit_end) {
        return None;
    }
    if number_read::refused_before(text, range.start, plain_unit) {
        return None;
    }
    let unit = unit_end.map(|end| match number_end <= end && from <= end {
        true => from.min(end)..end,
        false => number_end..end,
    });
    let bare_day = text[number_end..].starts_with('日');
    if unit.is_none() && (bare_day || joined(text, number_end)) {
        return None;
    }
    let mut end = unit.as_ref().map_or(number_end, |unit| unit.end);
    if text[end..].starts_with('目') || (unit.is_none() && label(text, &range)) {
        return None;
    }
    end = after(text, end, &mut modifiers);
    let (noun, link) = noun(text, start);
    if let (None, Some(noun)) = (modifiers.tally, &noun) {
        modifiers.tally = tally_of_noun(&text[..noun.end], &text[noun.clone()]);
    }
    Some(FoundNumber { text, range, upper, unit, noun, link, whole: start..end, modifiers, grouping })
}
/// The upper end of `3～4回` or `3回～4回`, and the end of its unit.
fn upper_end(text: &str, range: &Range<usize>, unit_end: Option<usize>, modifiers: &Modifiers) -> Option<(Range<usize>, usize)> {
    let end = unit_end.unwrap_or(range.end);
    let link = char_at(text, end).filter(|link| matches!(link, '～' | '〜' | '~' | '-' | '－' | '‐' | '−' | '–'))?;
    let from = end + link.len_utf8();
    char_at(text, from).and_then(digit_value)?;
    let high = number_read::figure(text, from);
    high.grouping?;
    let high_unit = unit_behind(text, high.end, modifiers)?;
    let same = unit_end.is_none_or(|end| text[range.end..end].trim_start() == text[high.end..high_unit].trim_start());
    same.then_some((from..high.end, high_unit))
}

/// Whether a hyphen or wave and another digit follow: `3-4`, `3～4` without unit.
fn joined(text: &str, end: usize) -> bool {
    char_at(text, end)
        .filter(|link| "-－‐−–～〜~".contains(*link))
        .and_then(|link| char_at(text, end + link.len_utf8()))
        .and_then(digit_value)
        .is_some()
}

/// `(1)`, `1)`, `1.`: a number without unit that labels what follows; `5G`: one that is part of a word.
fn label(text: &str, range: &Range<usize>) -> bool {
    let after = char_at(text, range.end);
    let opened = matches!(char_before(text, range.start), Some('(' | '（'));
    match after {
        Some(')' | '）') => opened || range.len() <= 3 && !text[..range.start].contains(['(', '（']),
        Some('.' | '．') => true,
        Some(letter) => script(letter) == Script::Latin,
        None => false,
    }
}
/// Strips what joins a noun to a number. Answers with the text that ends with the noun.
fn joint(before: &str) -> (&str, NounLink) {
    let words = before.trim_end_matches([' ', '　', '\t']);
    let Some(last) = words.chars().next_back() else {
        return (words, NounLink::Direct);
    };
    let cut = |link| (without_spaces_behind(&words[..words.len() - last.len_utf8()]), link);
    match last {
        '：' | ':' => cut(NounLink::Colon),
        '（' | '(' => cut(NounLink::Bracket),
        'は' | 'が' | 'を' | 'も' | 'の' => cut(NounLink::Particle(last)),
        _ if words.len() < before.len() => (words, NounLink::Space),
        _ => (words, NounLink::Direct),
    }
}

fn noun(text: &str, start: usize) -> (Option<Range<usize>>, NounLink) {
    let (words, link) = joint(&text[..start]);
    let is_noun = |letter: char| script(letter).is_noun() || letter == '・';
    let from = words.char_indices().rev().take_while(|(_, letter)| is_noun(*letter)).last().map_or(words.len(), |(at, _)| at);
    let mut noun = words[from..].trim_start_matches('・');
    // 3回実施 46名: the unit of a number before is no part of the noun.
    if char_before(words, from).and_then(digit_value).is_some() {
        let cut = unit(noun, 0).unwrap_or(0).max(longest(noun, REFUSED));
        noun = &noun[cut..];
    }
    let from = words.len() - noun.len();
    match noun.is_empty() {
        true => (None, link),
        false => (Some(from..words.len()), link),
    }
}

/// Whether the words before a number end with `noun` as a whole.
pub(super) fn named(before: &str, noun: &str) -> bool {
    let (words, _) = joint(before);
    let Some(ahead) = words.strip_suffix(noun).filter(|_| !noun.is_empty()) else {
        return false;
    };
    ahead.chars().next_back().is_none_or(|letter| !script(letter).is_noun())
}
