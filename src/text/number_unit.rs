//! The units of numbers, and the words that make a number no quantity.

use super::letter::{Script, char_at, digit_value, longest, script, starting};
use super::number::{Modifiers, Period};
use super::words::Words;

/// Units, longer ones before the shorter ones they begin with.
static UNITS: Words = Words::new(&[
    "人日",
    "人回",
    "人分",
    "人",
    "名分",
    "名",
    "件",
    "回線",
    "回分",
    "回",
    "校区",
    "校",
    "園",
    "施設",
    "箇所",
    "か所",
    "カ所",
    "ヶ所",
    "ヵ所",
    "ケ所",
    "個所",
    "個",
    "団体",
    "事業所",
    "事業",
    "企業",
    "社",
    "世帯",
    "戸",
    "棟",
    "床",
    "台",
    "枚",
    "部署",
    "部",
    "冊",
    "本",
    "組",
    "班",
    "円",
    "時間",
    "分間",
    "分",
    "秒",
    "日間",
    "週間",
    "か月",
    "カ月",
    "ヶ月",
    "ヵ月",
    "ケ月",
    "箇月",
    "か年",
    "カ年",
    "ヶ年",
    "年間",
    "歳",
    "才",
    "地区",
    "市町村",
    "市町",
    "市区町村",
    "自治体",
    "町会",
    "町",
    "村",
    "課",
    "室",
    "機関",
    "店舗",
    "店",
    "講座",
    "コース",
    "クラス",
    "学級",
    "教室",
    "会場",
    "種類",
    "種",
    "項目",
    "ポイント",
    "点",
    "％",
    "%",
    "パーセント",
    "割",
    "倍",
    "ケース",
    "事例",
    "例",
    "通",
    "便",
    "着",
    "食",
    "羽",
    "頭",
    "匹",
    "品目",
    "品",
    "票",
    "席",
    "拠点",
    "路線",
    "チーム",
    "グループ",
    "サークル",
    "クラブ",
    "支部",
    "分団",
    "ブース",
    "セット",
    "パック",
    "袋",
    "箱",
    "アクセス",
    "kWh",
    "トン",
    "ヘクタール",
]);

const LATIN_UNITS: &[&str] = &["kWh", "km", "kg", "cm", "mm", "ha", "t-CO2", "t", "m2", "m", "g", "㎡", "㎢", "㎞", "㎏", "L", "℃"];

/// Words behind a number that make it an ordinal, an age group, a time or a place.
pub(super) const REFUSED: &[&str] = &[
    "学期",
    "対",
    "泊",
    "類",
    "部制",
    "交替",
    "時間365日",
    "時間３６５日",
    "丁目",
    "番地",
    "番",
    "号",
    "条",
    "項",
    "章",
    "節",
    "階",
    "年生",
    "学年",
    "年次",
    "年度",
    "年代",
    "年",
    "代",
    "月",
    "位",
    "級",
    "次",
    "期",
    "巻",
    "版",
    "頁",
    "ページ",
    "つ目",
    "等",
    "世紀",
    "市場",
    "時",
    "度目",
];

/// The same, ready to be looked for.
pub(super) static REFUSING: Words = Words::new(REFUSED);

/// The unit at a position.
pub(super) fn unit(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if let Some(word) = UNITS.starting(rest) {
        return Some(at + word.len());
    }
    if !rest.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '㎡' | '㎢' | '㎞' | '㎏' | '℃')) {
        return None;
    }
    let word = starting(rest, LATIN_UNITS)?;
    let end = at + word.len();
    let letter = char_at(text, end).is_some_and(|next| script(next) == Script::Latin);
    (!letter).then_some(end)
}

/// `日` counts as a unit only between words that make it a length of time.
fn days(text: &str, at: usize, modifiers: &Modifiers) -> Option<usize> {
    let end = at + "日".len();
    if !text.get(at..)?.starts_with('日') {
        return None;
    }
    let counted = modifiers.about
        || modifiers.total
        || modifiers.tally.is_some()
        || modifiers.period == Some(Period::Year)
        || ["以上", "以内", "程度", "未満", "ずつ"].iter().any(|word| text.get(end..).is_some_and(|rest| rest.starts_with(word)));
    counted.then_some(end)
}

/// Where to go on behind a number that is no quantity.
pub(super) fn skip(text: &str, end: usize) -> usize {
    // 10時30分
    let Some(behind) = text[end..].strip_prefix('時') else {
        return end;
    };
    for word in ["時間365日", "時間３６５日"] {
        if text[end..].starts_with(word) {
            return end + word.len();
        }
    }
    let minutes = behind.char_indices().find(|(_, letter)| digit_value(*letter).is_none());
    match minutes {
        Some((place, '分')) => text.len() - behind.len() + place + '分'.len_utf8(),
        _ => end,
    }
}
/// Whether a unit is longer than the word that would refuse the number (年間 against 年).
pub(super) fn takes_unit(text: &str, at: usize, unit_end: Option<usize>) -> bool {
    let Some(end) = unit_end else { return false };
    end - at > longest(&text[at..], REFUSED)
}

/// The end of the unit behind a number, a space allowed between.
pub(super) fn unit_behind(text: &str, at: usize, modifiers: &Modifiers) -> Option<usize> {
    if let Some(end) = unit(text, at).or_else(|| days(text, at, modifiers)) {
        return Some(end);
    }
    let space = char_at(text, at).filter(|letter| matches!(letter, ' ' | '　'))?;
    unit(text, at + space.len_utf8())
}
