//! Texts that stand where a figure should, and what each of them says.
//!
//! Knows the marks, not what to do about them: which `missing` reason fits one is for the rules.

use super::spelling::trim;

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotAQuantity {
    /// Nothing but space.
    Empty,
    /// A mark or word for "no figure" (―, なし, 未定).
    NullMarker(NullMarker),
    /// An error a spreadsheet left behind (#REF!, #DIV/0!, or #### where a column was too narrow).
    SpreadsheetError,
    /// Anything else: a sentence, several figures, a date, a number too long to hold.
    Text,
}

/// What a mark for "no figure" says, as far as it says anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NullMarker {
    /// A dash of any kind (―, －, ‐, -, –, —, ー).
    Dash,
    /// Dots (…, ・・・); in statistics: not known.
    Ellipsis,
    /// A slash or a diagonal (／); often: does not apply.
    Slash,
    /// なし, 無し: none was held, or zero, or nothing was planned.
    Nothing,
    /// 特になし: nothing in particular.
    NothingSpecial,
    /// 該当なし, 非該当, 対象外, N/A.
    NotApplicable,
    /// 未実施, 開催なし, 中止.
    NotHeld,
    /// 予定なし, 目標なし, 設定なし.
    NotPlanned,
    /// 未定, 検討中, 調整中.
    Undecided,
    /// 集計中, 調査中, 未確定.
    Pending,
    /// 未集計, 未把握.
    NotCounted,
    /// 不明.
    Unknown,
    /// 非公表, 秘匿, X; in statistics: held back.
    Withheld,
    /// 〃, 同上: the figure next to it again.
    Ditto,
    /// A lone symbol without a known meaning (ʷ, ※, ○).
    Stray,
}

/// What stands behind the # of a spreadsheet's error.
const ERRORS: [&str; 10] = ["REF!", "N/A", "DIV/0!", "VALUE!", "NAME?", "NUM!", "NULL!", "SPILL!", "CALC!", "GETTING_DATA"];

/// Words for "no figure"; Latin ones in any case.
const WORDS: &[(&str, NullMarker)] = &[
    ("なし", NullMarker::Nothing),
    ("無し", NullMarker::Nothing),
    ("無", NullMarker::Nothing),
    ("ナシ", NullMarker::Nothing),
    ("無い", NullMarker::Nothing),
    ("none", NullMarker::Nothing),
    ("nil", NullMarker::Nothing),
    ("特になし", NullMarker::NothingSpecial),
    ("特に無し", NullMarker::NothingSpecial),
    ("該当なし", NullMarker::NotApplicable),
    ("該当無し", NullMarker::NotApplicable),
    ("該当せず", NullMarker::NotApplicable),
    ("該当者なし", NullMarker::NotApplicable),
    ("非該当", NullMarker::NotApplicable),
    ("対象外", NullMarker::NotApplicable),
    ("対象なし", NullMarker::NotApplicable),
    ("n/a", NullMarker::NotApplicable),
    ("na", NullMarker::NotApplicable),
    ("n.a.", NullMarker::NotApplicable),
    ("未実施", NullMarker::NotHeld),
    ("未開催", NullMarker::NotHeld),
    ("実施なし", NullMarker::NotHeld),
    ("実施せず", NullMarker::NotHeld),
    ("開催なし", NullMarker::NotHeld),
    ("開催せず", NullMarker::NotHeld),
    ("実績なし", NullMarker::NotHeld),
    ("中止", NullMarker::NotHeld),
    ("延期", NullMarker::NotHeld),
    ("予定なし", NullMarker::NotPlanned),
    ("計画なし", NullMarker::NotPlanned),
    ("目標なし", NullMarker::NotPlanned),
    ("設定なし", NullMarker::NotPlanned),
    ("未設定", NullMarker::NotPlanned),
    ("未定", NullMarker::Undecided),
    ("検討中", NullMarker::Undecided),
    ("調整中", NullMarker::Undecided),
    ("tbd", NullMarker::Undecided),
    ("集計中", NullMarker::Pending),
    ("調査中", NullMarker::Pending),
    ("確認中", NullMarker::Pending),
    ("精査中", NullMarker::Pending),
    ("未確定", NullMarker::Pending),
    ("未公表", NullMarker::Pending),
    ("未集計", NullMarker::NotCounted),
    ("未計上", NullMarker::NotCounted),
    ("未把握", NullMarker::NotCounted),
    ("把握なし", NullMarker::NotCounted),
    ("不明", NullMarker::Unknown),
    ("unknown", NullMarker::Unknown),
    ("非公表", NullMarker::Withheld),
    ("非公開", NullMarker::Withheld),
    ("秘匿", NullMarker::Withheld),
    ("x", NullMarker::Withheld),
    ("Ｘ", NullMarker::Withheld),
    ("*", NullMarker::Withheld),
    ("＊", NullMarker::Withheld),
    ("同上", NullMarker::Ditto),
    ("同左", NullMarker::Ditto),
    ("〃", NullMarker::Ditto),
    ("\"", NullMarker::Ditto),
];

/// Says what a text that is no quantity is.
pub(super) fn classify(text: &str) -> NotAQuantity {
    let text = trim(text);
    let text = unwrapped(text);
    if text.is_empty() {
        return NotAQuantity::Empty;
    }
    if is_spreadsheet_error(text) {
        return NotAQuantity::SpreadsheetError;
    }
    match null_marker(text) {
        Some(marker) => NotAQuantity::NullMarker(marker),
        None => NotAQuantity::Text,
    }
}

/// The text without one pair of brackets around it: `（なし）`.
fn unwrapped(text: &str) -> &str {
    [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］')]
        .iter()
        .find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close))
        .map_or(text, trim)
}

fn is_spreadsheet_error(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['#', '＃']).filter(|rest| !rest.is_empty()) else {
        return false;
    };
    let narrow = rest.chars().all(|c| matches!(c, '#' | '＃'));
    narrow || ERRORS.iter().any(|error| rest.eq_ignore_ascii_case(error))
}

fn null_marker(text: &str) -> Option<NullMarker> {
    let all = |test: fn(char) -> bool| text.chars().all(test);
    if all(is_dash) {
        return Some(NullMarker::Dash);
    }
    if all(|c| matches!(c, '…' | '‥' | '・' | '.' | '･' | '。')) {
        return Some(NullMarker::Ellipsis);
    }
    if all(|c| matches!(c, '/' | '／' | '＼' | '\\' | '⟋' | '╱')) {
        return Some(NullMarker::Slash);
    }
    if let Some(&(_, marker)) = WORDS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)) {
        return Some(marker);
    }
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(lone), None) if is_stray(lone) => Some(NullMarker::Stray),
        _ => None,
    }
}

/// Characters printed as a horizontal stroke, beside the dashes U+2010 to U+2015.
const STROKES: [char; 14] = ['-', '\u{2212}', '\u{FF0D}', 'ー', 'ｰ', '─', '━', '_', '＿', '~', '〜', '～', '\u{2E3A}', '⁻'];

/// Whether the character is printed as a horizontal stroke.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}') || STROKES.contains(&c)
}

/// Whether a lone character says nothing by itself: symbols and modifier letters (ʷ).
fn is_stray(c: char) -> bool {
    !c.is_alphanumeric() || matches!(c, '\u{02B0}'..='\u{02FF}' | '\u{1D2C}'..='\u{1D6A}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_marks_apart() {
        let marker = |text| match classify(text) {
            NotAQuantity::NullMarker(marker) => marker,
            other => panic!("{text}: {other:?}"),
        };
        for dash in ["―", "－", "‐", "-", "–", "—", "ー", "---", " ― ", "（－）"] {
            assert_eq!(marker(dash), NullMarker::Dash, "{dash}");
        }
        assert_eq!(marker("なし"), NullMarker::Nothing);
        assert_eq!(marker("無し"), NullMarker::Nothing);
        assert_eq!(marker("特になし"), NullMarker::NothingSpecial);
        assert_eq!(marker("該当なし"), NullMarker::NotApplicable);
        assert_eq!(marker("N/A"), NullMarker::NotApplicable);
        assert_eq!(marker("n/a"), NullMarker::NotApplicable);
        assert_eq!(marker("未定"), NullMarker::Undecided);
        assert_eq!(marker("ʷ"), NullMarker::Stray);
        assert_eq!(marker("／"), NullMarker::Slash);
        assert_eq!(marker("…"), NullMarker::Ellipsis);
        assert_eq!(marker("〃"), NullMarker::Ditto);
    }

    #[test]
    fn knows_what_spreadsheets_leave_behind() {
        let errors = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#num!", "#NULL!", "####"];
        for text in errors {
            assert_eq!(classify(text), NotAQuantity::SpreadsheetError, "{text}");
        }
    }

    #[test]
    fn leaves_the_rest_as_text() {
        for text in ["目標は定めない", "#5", "計画どおり", "A"] {
            assert_eq!(classify(text), NotAQuantity::Text, "{text}");
        }
        assert_eq!(classify(" \u{3000} "), NotAQuantity::Empty);
        assert_eq!(classify(""), NotAQuantity::Empty);
    }
}
