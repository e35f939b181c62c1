//! Reading the digits of a number.

use std::borrow::Cow;

use super::letter::{Script, char_at, char_before, digit_value, script, without_spaces_behind};
use super::number::Grouping;

/// A number or something that looks like one, as far as it reaches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    pub end: usize,
    /// `None` when it is no number: a telephone or section number, a time, a fraction.
    pub grouping: Option<Grouping>,
}

/// Powers of ten behind a number.
const POWERS: [(&str, u32); 8] = [("兆", 12), ("億", 8), ("千万", 7), ("百万", 6), ("十万", 5), ("万", 4), ("千", 3), ("百", 2)];

fn power_at(text: &str, at: usize) -> Option<(&'static str, u32)> {
    let powers = matches!(char_at(text, at)?, '兆' | '億' | '千' | '百' | '十' | '万');
    POWERS.into_iter().find(|(word, _)| powers && text[at..].starts_with(word))
}

fn digits_end(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut end, mut count) = (at, 0);
    loop {
        end += match bytes.get(end) {
            Some(b'0'..=b'9') => 1,
            Some(0xEF) if matches!(bytes[end..], [_, 0xBC, 0x90..=0x99, ..]) => 3,
            _ => return (end, count),
        };
        count += 1;
    }
}

/// The digits at `at` with their commas, decimals and 万.
pub(super) fn figure(text: &str, at: usize) -> Figure {
    let nothing = |end| Figure { end, grouping: None };
    let (mut end, mut grouping, decimals) = grouped(text, at);
    let chained = chain(text, end);
    if chained > end {
        return nothing(chained);
    }
    let phone = text[at..end].starts_with(['0', '０']) && end - at > 1 && !decimals;
    if phone {
        return nothing(bracketed_phone(text, end));
    }
    let mut largest = u32::MAX;
    while let Some((word, power)) = power_at(text, end).filter(|(_, power)| *power < largest) {
        let behind = end + word.len();
        // 千葉, 百貨店, 億劫, 万引き: no power of ten.
        if char_at(text, behind).is_some_and(|next| "葉歳貨劫引能全一が".contains(next)) {
            break;
        }
        (end, largest) = (behind, power);
        let (more, next_grouping, _) = grouped(text, end);
        if next_grouping == Grouping::Commas {
            grouping = Grouping::Commas;
        }
        end = more;
    }
    Figure { end, grouping: Some(grouping) }
}

/// The end of digits with commas and decimals, how they are grouped, and whether there are decimals.
fn grouped(text: &str, at: usize) -> (usize, Grouping, bool) {
    let (mut end, first) = digits_end(text, at);
    if first == 0 {
        return (at, Grouping::None, false);
    }
    let mut grouping = Grouping::None;
    while let Some((behind, spaced)) = comma_group(text, end) {
        let proper = first <= 3 && !spaced;
        if spaced && first > 3 {
            break;
        }
        grouping = match (proper, grouping) {
            (true, Grouping::None | Grouping::Commas) => Grouping::Commas,
            _ => Grouping::Broken,
        };
        end = behind;
    }
    let point = char_at(text, end).filter(|letter| matches!(letter, '.' | '．'));
    if let Some(point) = point {
        let (behind, count) = digits_end(text, end + point.len_utf8());
        if count > 0 {
            return (behind, grouping, true);
        }
    }
    (end, grouping, false)
}

/// A comma with exactly three digits behind it, and whether a space stands between.
fn comma_group(text: &str, at: usize) -> Option<(usize, bool)> {
    let comma = char_at(text, at).filter(|letter| matches!(letter, ',' | '，'))?;
    let from = at + comma.len_utf8();
    let space = char_at(text, from).filter(|letter| *letter == ' ');
    let (end, count) = digits_end(text, from + space.map_or(0, char::len_utf8));
    (count == 3).then_some((end, space.is_some()))
}

/// The end of a chain of digits joined by `-`, `/`, `:` or points: `0463-21-8811`, `1/9`, `10:30`,
/// `1.2.3`. The position itself when there is no chain, or when it is a range (`3-4回`).
fn chain(text: &str, end: usize) -> usize {
    let (mut at, mut links, mut hyphens) = (end, 0, 0);
    while let Some(link) = char_at(text, at) {
        let (behind, count) = digits_end(text, at + link.len_utf8());
        if count == 0 {
            break;
        }
        match link {
            '-' | '－' | '‐' | '−' | '‑' => hyphens += 1,
            '/' | '／' | ':' | '：' | '.' | '．' => {}
            _ => break,
        }
        links += 1;
        at = behind;
    }
    if links == 1 && hyphens == 1 {
        return end;
    }
    at
}

/// `0463(21)8811`: what follows the first digits of a telephone number.
fn bracketed_phone(text: &str, end: usize) -> usize {
    let mut at = end;
    while let Some(letter) = char_at(text, at) {
        let part = digit_value(letter).is_some() || matches!(letter, '(' | ')' | '（' | '）' | '-' | '－');
        if !part {
            break;
        }
        at += letter.len_utf8();
    }
    at
}

/// Whether the number at `start` has something before it that makes it no quantity: 第, No., a
/// letter, a hyphen behind a digit.
pub(super) fn refused_before(text: &str, start: usize, has_unit: bool) -> bool {
    let before = without_spaces_behind(&text[..start]);
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    let may_refuse = matches!(last, '.' | '．' | '№' | 'o' | '第' | '和' | '成' | '#' | '＃' | '〒' | '¥' | '￥');
    if may_refuse
        && ["No.", "no.", "NO.", "Ｎｏ．", "№", "No", "Vol.", "vol.", "第", "令和", "平成", "昭和", "#", "＃", "〒", "¥", "￥"]
            .iter()
            .any(|word| before.ends_with(word))
    {
        return !matches!(last, '¥' | '￥');
    }
    if before.len() < start {
        return false;
    }
    let hyphen = matches!(last, '-' | '－' | '/' | '／' | '.' | '．' | '‐');
    if hyphen {
        let ahead = char_before(text, start - last.len_utf8());
        return ahead.is_some_and(|ahead| matches!(script(ahead), Script::Digit | Script::Latin));
    }
    if last.is_ascii_alphabetic() || script(last) == Script::Latin {
        let letters = before.chars().rev().take_while(|letter| script(*letter) == Script::Latin).count();
        return !has_unit || letters < 2;
    }
    const LABELS: &str = "問表図頁条項注号番～〜~";
    !has_unit && LABELS.contains(last)
}

/// A number in plain half-width digits.
pub(super) fn plain(written: &str) -> Cow<'_, str> {
    if written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Cow::Borrowed(written);
    }
    let mut ascii = String::with_capacity(written.len());
    let mut powers = false;
    for letter in written.chars() {
        match (digit_value(letter), letter) {
            (Some(digit), _) => ascii.extend(char::from_digit(digit, 10)),
            (None, '.' | '．') => ascii.push('.'),
            (None, '万' | '億' | '兆' | '千' | '百' | '十') => {
                powers = true;
                ascii.push(letter);
            }
            _ => {}
        }
    }
    match powers {
        true => expanded(&ascii).map_or(Cow::Owned(ascii), Cow::Owned),
        false => Cow::Owned(ascii),
    }
}

/// `41万8000` as `418000`; `None` when it is too large or keeps decimals.
fn expanded(ascii: &str) -> Option<String> {
    let mut rest = ascii;
    let mut sum = 0u128;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| letter != '.' && !letter.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, behind) = rest.split_at(end);
        let (length, power) = POWERS.iter().find(|(word, _)| behind.starts_with(word)).map_or((0, 0), |(word, power)| (word.len(), *power));
        if length == 0 && !behind.is_empty() {
            return None;
        }
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let scale = power.checked_sub(u32::try_from(decimals.len()).ok()?)?;
        let mantissa: u128 = format!("{whole}{decimals}").parse().ok()?;
        sum = mantissa.checked_mul(10u128.checked_pow(scale)?)?.checked_add(sum)?;
        rest = &behind[length..];
    }
    Some(sum.to_string())
}
