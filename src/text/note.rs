//! Marks that refer to a note, and the notes.

use std::ops::Range;

use super::letter::{Script, char_at, char_before, digit_value, length, script};

/// The sign a note mark is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteSign {
    /// ※
    Kome,
    /// 注
    Chu,
    /// `*` with a number
    Asterisk,
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteRole {
    /// It stands behind a word and refers to a note.
    Marker,
    /// It begins a note.
    Note,
}

/// A mark such as ※, ※1, 注2), （注3）.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteMark {
    /// Where it stands, with its number.
    pub range: Range<usize>,
    /// Its sign.
    pub sign: NoteSign,
    /// Its number, if it has one.
    pub number: Option<u32>,
    /// Whether it refers or begins a note.
    pub role: NoteRole,
}

/// The note marks of a text, in order.
pub fn note_marks(text: &str) -> impl Iterator<Item = NoteMark> {
    note_marks_from(text, if may_hold_signs(text.as_bytes()) { 0 } else { text.len() })
}

/// The same from a place on.
pub(super) fn note_marks_from(text: &str, from: usize) -> impl Iterator<Item = NoteMark> {
    let mut at = from;
    std::iter::from_fn(move || {
        while let Some(start) = sign_from(text.as_bytes(), at) {
            let mark = mark_at(text, start);
            at = match &mark {
                Some(mark) => mark.range.end,
                None => start + char_at(text, start).map_or(1, char::len_utf8),
            };
            if mark.is_some() {
                return mark;
            }
        }
        None
    })
}

/// Whether a text may hold ※, 注, * or ＊: never no where it does.
fn may_hold_signs(bytes: &[u8]) -> bool {
    // The second byte of 注 is rarer than its first.
    memchr::memchr3_iter(b'*', 0xE2, 0xB3, bytes).any(|at| bytes[at] != 0xB3 || bytes[..at].last() == Some(&0xE6))
        || memchr::memchr_iter(0xEF, bytes).any(|at| bytes[at + 1..].starts_with(&[0xBC, 0x8A]))
}

/// Where the next ※, 注, * or ＊ stands.
fn sign_from(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    while let Some(&lead) = bytes.get(at) {
        if matches!(lead, b'*' | 0xE2 | 0xE6 | 0xEF) {
            // ※, 注, ＊
            let sign = matches!(bytes[at..], [b'*', ..] | [0xE2, 0x80, 0xBB, ..] | [0xE6, 0xB3, 0xA8, ..] | [0xEF, 0xBC, 0x8A, ..]);
            if sign {
                return Some(at);
            }
        }
        at += length(lead);
    }
    None
}

/// Marks that refer to a note which neither the text nor `elsewhere` (such as the notes of the
/// report) holds. A note without number answers every mark without number, and a single numbered
/// mark.
pub fn dangling_notes<'t>(text: &'t str, elsewhere: &'t [&'t str]) -> impl Iterator<Item = NoteMark> + 't {
    note_marks(text).filter(move |mark| {
        mark.role == NoteRole::Marker
            && !std::iter::once(text)
                .chain(elsewhere.iter().copied())
                .flat_map(note_marks)
                .any(|note| note.role == NoteRole::Note && answers(&note, mark))
    })
}

fn answers(note: &NoteMark, mark: &NoteMark) -> bool {
    note.number.is_none() || mark.number.is_none() || note.number == mark.number
}

fn mark_at(text: &str, start: usize) -> Option<NoteMark> {
    let letter = char_at(text, start)?;
    let sign = match letter {
        '※' => NoteSign::Kome,
        '注' => NoteSign::Chu,
        _ => NoteSign::Asterisk,
    };
    let mut end = start + letter.len_utf8();
    let mut number = None;
    while let Some(digit) = char_at(text, end).and_then(digit_value) {
        number = Some(number.unwrap_or(0u32).checked_mul(10)?.checked_add(digit)?);
        end += char_at(text, end)?.len_utf8();
    }
    // ※11月末: the number belongs to the note.
    if number.is_some() && char_at(text, end).is_some_and(|next| "月日年件人名回校時％%,.．，".contains(next)) {
        number = None;
        end = start + letter.len_utf8();
    }
    let before = char_before(text, start);
    let after = char_at(text, end);
    let bracketed = matches!(before, Some('（' | '(')) && matches!(after, Some('）' | ')'));
    let (sign_start, outside) = match bracketed {
        true => {
            let open = start - before.map_or(0, char::len_utf8);
            (open, char_before(text, open))
        }
        false => (start, before),
    };
    if matches!(after, Some('）' | ')' | '：' | ':')) && (bracketed || sign == NoteSign::Chu) {
        end += after.map_or(0, char::len_utf8);
    } else if sign == NoteSign::Chu && number.is_none() {
        // 注意, 発注, 注文: a word.
        return None;
    }
    match sign {
        NoteSign::Asterisk if number.is_none() => return None,
        // 5*3, 受注3件
        NoteSign::Asterisk | NoteSign::Chu if !bracketed && glued(outside, sign) => return None,
        _ => {}
    }
    let role = role(text, outside, end);
    Some(NoteMark { range: sign_start..end, sign, number, role })
}

fn glued(before: Option<char>, sign: NoteSign) -> bool {
    before.is_some_and(|before| match sign {
        NoteSign::Asterisk => before == '*' || script(before) == Script::Digit || before == ' ',
        _ => script(before) == Script::Kanji,
    })
}

/// A mark begins a note at the beginning of a line, or behind a full stop, space or bracket when
/// words follow it; behind a word it refers.
fn role(text: &str, before: Option<char>, end: usize) -> NoteRole {
    let follows = text[end..]
        .trim_start_matches([' ', '　'])
        .chars()
        .next()
        .is_some_and(|next| !matches!(next, '\n' | '、' | '。' | '）' | ')' | '，' | '」'));
    let opens = before.is_none_or(|before| script(before) == Script::Space || "。．！？）)」（(【".contains(before));
    // 利用者は※見学者を含め35人: words follow directly, so the note is right here.
    let kome = char_before(text, end) == Some('※');
    let words = char_at(text, end).is_some_and(|next| script(next).is_noun());
    match follows && (opens || (kome && words)) {
        true => NoteRole::Note,
        false => NoteRole::Marker,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_look_hides_nothing(text in "[※注*＊12（）、。。意発きお あ]{0,12}") {
            prop_assert!(may_hold_signs(text.as_bytes()) || sign_from(text.as_bytes(), 0).is_none());
        }
    }

    fn marks(text: &str) -> Vec<(&str, NoteRole)> {
        note_marks(text).map(|mark| (&text[mark.range], mark.role)).collect()
    }

    fn dangling<'t>(text: &'t str, elsewhere: &'t [&'t str]) -> Vec<&'t str> {
        dangling_notes(text, elsewhere).map(|mark| &text[mark.range]).collect()
    }

    #[test]
    fn roles() {
        use NoteRole::*;
        assert_eq!(marks("参加35人※1\n※1 見学者を含む"), [("※1", Marker), ("※1", Note)]);
        assert_eq!(marks("参加35人※"), [("※", Marker)]);
        assert_eq!(marks("※見学者を含む"), [("※", Note)]);
        assert_eq!(marks("参加35人（※見学者を含む）"), [("※", Note)]);
        assert_eq!(marks("35人（注1）\n注1：見学者を含む"), [("（注1）", Marker), ("注1：", Note)]);
        assert_eq!(marks("自殺者数*1は減った"), [("*1", Marker)]);
        assert_eq!(marks("発注3件、注意、受注者、5*3、**"), []);
        assert_eq!(marks("35人。※見学者を含む"), [("※", Note)]);
        assert_eq!(marks("63人\n※11月末・暫定値"), [("※", Note)]);
    }

    #[test]
    fn dangling_marks() {
        assert_eq!(dangling("参加35人※", &[]), ["※"]);
        assert_eq!(dangling("参加35人※1、相談5件※2\n※1 見学者を含む", &[]), ["※2"]);
        assert_eq!(dangling("参加35人※1", &["※1 見学者を含む"]), Vec::<&str>::new());
        assert_eq!(dangling("参加35人※\n※見学者を含む", &[]), Vec::<&str>::new());
        assert_eq!(dangling("", &[]), Vec::<&str>::new());
    }
}
