//! The comparison form of a text: width, spaces and variants of punctuation do not count.

use std::borrow::Cow;

use super::letter::{char_at, length};
use super::plane::Plane;
use super::radical;

/// The comparison form: full-width letters and digits become half-width, half-width kana full-width
/// (ﾎﾞ becomes ボ), Latin letters lower-case, radicals ideographs; spaces, line breaks and characters
/// without width go; dashes, waves, quotes, brackets, commas and full stops take one form each.
/// Allocates only when something changes.
pub fn fold(text: &str) -> Cow<'_, str> {
    let Some(at) = first_change(text) else {
        return Cow::Borrowed(text);
    };
    // Step back: a full-width comma is judged by the character before it.
    let mut folded = String::with_capacity(text.len());
    let start = text[..at].char_indices().next_back().map_or(0, |(start, _)| start);
    folded.push_str(&text[..start]);
    folded.extend(folded_chars(&text[start..]));
    Cow::Owned(folded)
}

/// Whether two texts have the same comparison form. Allocates nothing.
pub fn same_folded(one: &str, other: &str) -> bool {
    one == other || folded_chars(one).eq(folded_chars(other))
}

/// The characters of the comparison form.
pub fn folded_chars(text: &str) -> impl Iterator<Item = char> {
    let mut letters = text.chars().peekable();
    let mut last = '\0';
    std::iter::from_fn(move || {
        loop {
            let letter = letters.next()?;
            let next = letters.peek().copied();
            let folded = match letter {
                _ if gone(letter) => continue,
                '\u{FF61}'..='\u{FF9F}' => {
                    let (kana, marked) = kana(letter, next);
                    if marked {
                        letters.next();
                    }
                    kana
                }
                '，' | '．' => {
                    let digits = is_digit(last) && next.is_some_and(is_digit);
                    match (letter, digits) {
                        ('，', true) => ',',
                        ('，', false) => '、',
                        (_, true) => '.',
                        (_, false) => '。',
                    }
                }
                _ => single(letter),
            };
            last = folded;
            return Some(folded);
        }
    })
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || ('０'..='９').contains(&letter)
}

/// Characters that have no part in a comparison.
fn gone(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
        || matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Where the first character stands that another takes the place of.
fn first_change(text: &str) -> Option<usize> {
    /// Characters that stay, as far as texts are made of them.
    static STAYING: Plane = Plane::EMPTY
        .with('ぁ', 'ゖ')
        .with('ァ', 'ヺ')
        .with('\u{4E00}', '\u{9FFF}')
        .with('0', '9')
        .with('a', 'z')
        .with_each(&['、', '。', 'ー', '・', '「', '」', '（', '）', '：', '！', '？', '～', '①', '②', '③', '※', '〇', '々']);
    let bytes = text.as_bytes();
    let mut rest = bytes;
    loop {
        match rest {
            [byte @ 0..=0x7F, behind @ ..] if STAYING.has_ascii(*byte) => rest = behind,
            [lead @ 0xE0..=0xEF, second, third, behind @ ..] if STAYING.has(*lead, *second, *third) => rest = behind,
            [] => return None,
            [lead, ..] => {
                let at = bytes.len() - rest.len();
                if !char_at(text, at).is_some_and(stays_itself) {
                    return Some(at);
                }
                rest = &rest[length(*lead).min(rest.len())..];
            }
        }
    }
}

fn stays_itself(letter: char) -> bool {
    match letter {
        '，' | '．' | '\u{FF61}'..='\u{FF9F}' => false,
        _ => !gone(letter) && single(letter) == letter,
    }
}

fn single(letter: char) -> char {
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        // Brackets, colon, exclamation and question marks are usual in full width.
        '(' => '（',
        ')' => '）',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        '（' | '）' | '：' | '！' | '？' => letter,
        '〜' | '~' | '∼' => '～',
        '～' => letter,
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '─' | '━' => '-',
        '“' | '”' | '〝' | '〟' | '＂' => '"',
        '‘' | '’' | '＇' | '｀' => '\'',
        '･' | '‧' | '•' | '∙' | '·' => '・',
        '￥' => '¥',
        '￠' => '¢',
        '￡' => '£',
        '￣' => '‾',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).map_or(letter, |ascii| ascii.to_ascii_lowercase()),
        '\u{2E80}'..='\u{2FD5}' => radical::ideograph(letter).unwrap_or(letter),
        _ => letter,
    }
}

/// The full-width form of a half-width kana, joined with the voice mark that follows it, and
/// whether the mark was used.
fn kana(letter: char, next: Option<char>) -> (char, bool) {
    const FORMS: &str =
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
    let place = (u32::from(letter) - 0xFF61) as usize;
    let full = FORMS.chars().nth(place).unwrap_or(letter);
    let shift = |steps: u32| char::from_u32(u32::from(full) + steps).unwrap_or(full);
    match (next, full) {
        (Some('ﾞ'), 'ウ') => ('ヴ', true),
        (Some('ﾞ'), 'カ'..='ト' | 'ハ'..='ホ') => (shift(1), true),
        (Some('ﾟ'), 'ハ'..='ホ') => (shift(2), true),
        _ => (full, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_look_agrees_with_the_close_one() {
        for letter in (0..=0x10FFFFu32).filter_map(char::from_u32) {
            let text = letter.to_string();
            assert_eq!(first_change(&text).is_none(), stays_itself(letter), "{letter:?}");
        }
    }

    #[test]
    fn unchanged() {
        for text in ["", "相談員を増やす。", "子ども・若者（15人）：「声」～", "plan-1", "講座、12.5%"] {
            assert!(matches!(fold(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn forms() {
        for (text, folded) in [
            ("ＬＩＮＥ相談", "line相談"),
            ("LINE 相談　窓口\n", "line相談窓口"),
            ("ｹﾞｰﾄｷｰﾊﾟｰ", "ゲートキーパー"),
            ("ｳﾞｨ｡", "ヴィ。"),
            ("(35人)", "（35人）"),
            ("〜~～", "～～～"),
            ("3‐4－5–6", "3-4-5-6"),
            ("１，３３１件，約１．５倍．", "1,331件、約1.5倍。"),
            ("校⾧", "校長"),
            ("＆％", "&%"),
            ("東京\u{200B}都", "東京都"),
            ("葛\u{E0100}城", "葛城"),
            ("1，331", "1,331"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
            assert!(same_folded(text, folded), "{text}");
            assert_eq!(fold(&fold(text)), folded, "{text}");
        }
        assert!(!same_folded("障害", "障がい"));
    }

    #[test]
    fn the_form_is_stable() {
        for letter in ('\u{0}'..='\u{FFFF}').chain('\u{E0100}'..='\u{E01EF}') {
            let text = letter.to_string();
            let once = fold(&text);
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(letter));
        }
    }
}
