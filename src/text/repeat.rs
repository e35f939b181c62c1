//! Words written twice in a row.

use std::ops::Range;

use super::first_look::FirstLook;
use super::letter::{Script, char_at, char_before, length, script};

/// Particles that are never doubled.
pub(super) const PARTICLES: [char; 6] = ['を', 'が', 'に', 'は', 'で', 'の'];

/// Words that are doubled on purpose.
const DOUBLED: &[&str] =
    &["知らず", "代わる", "ひとり", "ひとつ", "一人", "一つ", "一歩", "一件", "一回", "一個", "少しずつ", "ずつ", "なかなか", "それ"];

/// Places where a word or particle stands twice in a row: をを, 実施実施, センターセンター,
/// についてについて. The range covers both.
///
/// Compounds that repeat on purpose yield nothing: 一人一人, 様々, ワクワク, 相談相談員.
pub fn doubled_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    FirstLook::of(text, None).doubled_words(text)
}

/// The same from a place on.
pub(super) fn doubled_from(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        while let Some(&lead) = bytes.get(at) {
            let start = at;
            at += length(lead);
            let end = match lead {
                0xE3..=0xE9 => japanese(text, start),
                b'a'..=b'z' | b'A'..=b'Z' => latin(text, start),
                _ => None,
            };
            if let Some(end) = end {
                at = end;
                return Some(start..end);
            }
        }
        None
    })
}

/// The end of a doubled word of three-byte characters that begins at `start`.
fn japanese(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let lead = bytes.get(start..start + 3)?;
    if bytes.get(start + 3..start + 6) == Some(lead) && particle(text, start) {
        return Some(start + 6);
    }
    // The same character must come again two to eight characters later.
    if let Some(window) = bytes.get(start..start + 27)
        && !comes_again(window)
    {
        return None;
    }
    let window = &bytes[start..bytes.len().min(start + 27)];
    let mut unit = 6;
    while let Some(third) = window.get(unit + 2) {
        if *third == lead[2]
            && window[unit..unit + 3] == *lead
            && bytes.get(start..start + unit) == bytes.get(start + unit..start + 2 * unit)
            && let Some(word) = text.get(start..start + unit)
            && is_slip(text, start, word)
        {
            return Some(start + 2 * unit);
        }
        unit += 3;
    }
    None
}

/// Whether the last two bytes of the first character stand again two to eight characters later.
#[inline]
fn comes_again(window: &[u8]) -> bool {
    let ends = |place: usize| window[3 * place + 1] == window[1] && window[3 * place + 2] == window[2];
    ends(2) | ends(3) | ends(4) | ends(5) | ends(6) | ends(7) | ends(8)
}

/// A doubled particle between words: 会議をを開く, but not 街ににぎわい or 我々ががん対策.
fn particle(text: &str, start: usize) -> bool {
    let Some(letter) = char_at(text, start).filter(|letter| PARTICLES.contains(letter)) else {
        return false;
    };
    let is_word = |other: Option<char>| other.is_some_and(|other| script(other).is_noun() || "」）)".contains(other));
    let after = char_at(text, start + 6);
    is_word(char_before(text, start)) && (letter == 'を' || is_word(after)) && after != Some(letter)
}

fn is_slip(text: &str, start: usize, word: &str) -> bool {
    let letters = word.chars().count();
    if DOUBLED.contains(&word) || word.starts_with('一') {
        return false;
    }
    let (before, after) = (char_before(text, start).map(script), char_at(text, start + 2 * word.len()).map(script));
    let all = |wanted: Script| word.chars().all(|letter| script(letter) == wanted);
    if all(Script::Kanji) {
        let numeral = word.chars().all(|letter| "〇一二三四五六七八九十百千万".contains(letter));
        return !numeral && before != Some(Script::Kanji) && after != Some(Script::Kanji);
    }
    if all(Script::Katakana) {
        let outside = before != Some(Script::Katakana) && after != Some(Script::Katakana);
        return letters >= 4 && outside;
    }
    // Words with hiragana; 生き生き and 思い思い, with one kanji, are doubled on purpose.
    let kanji = word.chars().filter(|letter| script(*letter) == Script::Kanji).count();
    let joined = word.chars().any(|letter| matches!(script(letter), Script::Other | Script::Space | Script::Digit));
    let phrase = kanji >= 2 || letters >= 4 || (kanji == 1 && word.starts_with('を'));
    !joined && phrase && !word.contains('々')
}

/// The end of a doubled Latin word: `the the`.
fn latin(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let count = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = bytes.get(start..start + count)?;
    let again = start + count + 1;
    let same = count > 1 && bytes.get(start + count) == Some(&b' ') && bytes.get(again..again + count)?.eq_ignore_ascii_case(word);
    let ends = !bytes.get(again + count).is_some_and(u8::is_ascii_alphanumeric);
    // Names may be doubled in capitals: only small words count.
    (same && ends && word.iter().skip(1).all(u8::is_ascii_lowercase) && !matches!(word, b"that" | b"had")).then_some(again + count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_look_hides_nothing(text in "[をがの実施会あ12ab、 𠮟é]{0,20}") {
            let bytes = text.as_bytes();
            let any = text.char_indices().any(|(at, _)| match bytes[at] {
                0xE3..=0xE9 => japanese(&text, at).is_some(),
                b'a'..=b'z' => latin(&text, at).is_some(),
                _ => false,
            });
            prop_assert!(any == doubled_words(&text).next().is_some());
        }
    }

    fn doubled(text: &str) -> Vec<&str> {
        doubled_words(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn slips() {
        for (text, found) in [
            ("会議をを開催した", "をを"),
            ("会議がが終了した", "がが"),
            ("講座を実施実施した", "実施実施"),
            ("支援センターセンターで", "センターセンター"),
            ("事業についてについて話した", "についてについて"),
            ("開催した開催した。", "開催した開催した"),
            ("参加者のの増加", "のの"),
            ("支援を行うを行う", "を行うを行う"),
            ("相談の相談の件数", "相談の相談の"),
            ("the the plan", "the the"),
        ] {
            assert_eq!(doubled(text), [found], "{text}");
        }
    }

    #[test]
    fn on_purpose() {
        for text in [
            "",
            "一人一人に",
            "ひとりひとり",
            "様々な",
            "ワクワクする",
            "いきいきサロン",
            "電話相談相談員",
            "街ににぎわいを",
            "我々ががん対策を",
            "もののの",
            "たびたび",
            "それぞれ",
            "ますます",
            "一つ一つ",
            "のびのび",
            "ドキドキ",
            "三三五五",
            "次々と",
            "ここ",
            "はは",
            "10人10人",
            "いろいろ",
            "子育て支援支援員",
            "少し少し",
            "生き生きと",
            "思い思いに",
            "代わる代わる",
            "AA AA",
            "個々の",
            "一歩一歩",
        ] {
            assert_eq!(doubled(text), Vec::<&str>::new(), "{text}");
        }
    }
}
