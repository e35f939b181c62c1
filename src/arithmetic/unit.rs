//! Units as they are printed, and which spellings mean the same one.
//!
//! A unit is a word; nothing here converts one into another.

/// Spellings of one unit: the first is the one all others are read as.
const SPELLINGS: &[&[&str]] = &[
    &["人", "名"],
    &["%", "％", "パーセント", "percent"],
    &["か所", "ヶ所", "ヵ所", "カ所", "ケ所", "箇所", "個所", "ｹ所"],
    &["か月", "ヶ月", "ヵ月", "カ月", "ケ月", "箇月"],
    &["か国", "ヶ国", "ヵ国", "カ国", "ケ国", "箇国"],
    &["ポイント", "pt", "ﾎﾟｲﾝﾄ", "％ポイント", "%ポイント"],
    &["km", "ｋｍ", "㎞", "キロメートル"],
    &["kg", "ｋｇ", "㎏", "キログラム"],
    &["m", "ｍ", "メートル"],
    &["㎡", "m²", "m2", "平方メートル"],
    &["t", "ｔ", "トン"],
    &["組", "くみ"],
    &["つ", "ツ"],
    &["こま", "コマ"],
    &["℃", "°C"],
];

/// Counters that a deed may follow.
const COUNTERS: &[&str] = &[
    "人", "名", "回", "件", "枚", "部", "社", "校", "組", "台", "個", "冊", "日", "世帯", "団体", "施設", "か所", "ヶ所", "ヵ所", "カ所",
    "箇所",
];

/// Words that make a sentence of a figure and its counter: 45名参加 is not a quantity.
const DEEDS: &[&str] = &[
    "参加", "開催", "実施", "出席", "受講", "配布", "配付", "利用", "増加", "減少", "回答", "達成", "登録", "訪問", "発行", "公開", "活動",
    "派遣", "掲載", "更新", "巡回", "交付", "送付", "設置", "貼付", "作成", "助成", "補助", "締結", "相談", "対応", "支援", "増", "減",
];

/// Kana that a unit may hold; any other hiragana makes it a phrase.
const KANA_UNITS: &[&str] = &["つ", "こま", "くみ", "ます", "たば"];

/// The unit a spelling stands for: 名 is 人, ％ is %; other words stand for themselves.
#[must_use]
pub fn normal(unit: &str) -> &str {
    if is_plain(unit) {
        return unit;
    }
    // Most others have one spelling too.
    let several = unit.chars().next().is_some_and(|first| {
        matches!(
            first,
            '人' | '名'
                | '%'
                | '％'
                | 'パ'
                | 'p'
                | 'か'
                | 'ヶ'
                | 'ヵ'
                | 'カ'
                | 'ケ'
                | '箇'
                | '個'
                | 'ｹ'
                | 'ポ'
                | 'ﾎ'
                | 'k'
                | 'ｋ'
                | '㎞'
                | 'キ'
                | '㎏'
                | 'm'
                | 'ｍ'
                | 'メ'
                | '㎡'
                | '平'
                | 't'
                | 'ｔ'
                | 'ト'
                | '組'
                | 'く'
                | 'つ'
                | 'ツ'
                | 'こ'
                | 'コ'
                | '℃'
                | '°'
        )
    });
    if !several {
        return unit;
    }
    SPELLINGS.iter().find(|spellings| spellings.contains(&unit)).and_then(|spellings| spellings.first().copied()).unwrap_or(unit)
}

/// Whether figures in this unit are measured, not counted: then even a whole one is rounded
/// (30% stands for [29.5, 30.5], 30 people are 30).
#[must_use]
pub fn is_measured(unit: &str) -> bool {
    if is_plain(unit) {
        return false;
    }
    matches!(normal(unit), "%" | "‰" | "ポイント" | "倍" | "℃")
        || (unit.starts_with("人口") && unit.ends_with('対'))
        || unit.ends_with('率')
        || unit.ends_with("割合")
}

/// Whether it is one of the units that nearly every figure has: they stand for themselves and are
/// counted.
fn is_plain(unit: &str) -> bool {
    matches!(unit, "人" | "回" | "件" | "")
}

/// Whether the unit is thousands or millions of something (千円, 百万円, 万人): such a figure was
/// rounded or cut off there.
#[must_use]
pub fn is_scaled(unit: &str) -> bool {
    if is_plain(unit) || !unit.starts_with(['百', '十', '千', '万', '億', '兆']) {
        return false;
    }
    let scales = ["百万", "十億", "千万", "千", "万", "億", "兆"];
    scales
        .iter()
        .any(|scale| unit.strip_prefix(scale).is_some_and(|rest| matches!(normal(rest), "円" | "人" | "件" | "世帯" | "t" | "ドル")))
}

/// Whether a text can be a unit: a short word without digits, stops or the makings of a phrase.
pub(super) fn is_unit(text: &str) -> bool {
    let length = text.chars().count();
    if length == 0 || length > 12 || text.ends_with('中') {
        return false;
    }
    let kanji = text.chars().filter(|c| matches!(c, '一'..='鿿')).count();
    if kanji > 6 || is_deed(text) {
        return false;
    }
    let body = text.strip_prefix('か').unwrap_or(text);
    let kana = body.chars().any(|c| matches!(c, 'ぁ'..='ゖ'));
    text.chars().all(is_unit_letter) && (!kana || KANA_UNITS.contains(&text))
}

/// Whether the text is a counter and what was done with what it counts.
fn is_deed(text: &str) -> bool {
    let deed = |counter: &&str| text.strip_prefix(counter).is_some_and(|rest| DEEDS.contains(&rest));
    COUNTERS.iter().any(deed)
}

fn is_unit_letter(c: char) -> bool {
    (c.is_alphabetic() && !matches!(c, '〇'))
        || matches!(c, '%' | '％' | '‰' | '℃' | '°' | '㎡' | '㎞' | '㎏' | '²' | '³' | '/' | '／' | '・' | '$' | '¥')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_spellings_of_one_unit_as_one() {
        assert_eq!(normal("名"), "人");
        assert_eq!(normal("％"), "%");
        assert_eq!(normal("ヶ所"), normal("箇所"));
        assert_eq!(normal("世帯"), "世帯");
    }

    #[test]
    fn reads_every_spelling() {
        for spellings in SPELLINGS {
            for spelling in *spellings {
                assert_eq!(Some(&normal(spelling)), spellings.first(), "{spelling}");
            }
        }
    }

    #[test]
    fn tells_units_from_phrases() {
        for unit in
            ["人", "名", "％", "件", "か所", "か月", "つ", "世帯", "コース", "グループ", "km", "人日", "年度", "人/回", "相談", "利用者"]
        {
            assert!(is_unit(unit), "{unit}");
        }
        for phrase in ["", "名が参加した", "名参加", "回を開催", "、", "2", "校中", "人（うち女性）", "件です", "回 実施"]
        {
            assert!(!is_unit(phrase), "{phrase}");
        }
    }

    #[test]
    fn knows_measured_units() {
        for unit in ["%", "％", "ポイント", "人口10万対", "受診率"] {
            assert!(is_measured(unit), "{unit}");
        }
        for unit in ["人", "件", "回", "円", ""] {
            assert!(!is_measured(unit), "{unit}");
        }
    }

    #[test]
    fn knows_units_that_are_multiples() {
        for unit in ["千円", "百万円", "億円", "万人", "千世帯"] {
            assert!(is_scaled(unit), "{unit}");
        }
        for unit in ["円", "人", "千葉", "万歩", ""] {
            assert!(!is_scaled(unit), "{unit}");
        }
    }
}
