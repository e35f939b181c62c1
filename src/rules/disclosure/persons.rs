//! Words about a single person: a case that is told, and a name.
//!
//! Both look for a form, not for a meaning, and stay silent on what might be a statistic.

use std::ops::Range;

use super::withheld;
use crate::arithmetic::{Figure, Rational};
use crate::catalogue::RuleId;
use crate::document::{Field, Node};
use crate::rule::Ledger;
use crate::rules::table::Grid;
use crate::text::{fold, sentences};

/// What happens to a person in crisis.
const EVENTS: [&str; 15] = [
    "自殺",
    "自死",
    "未遂",
    "自傷",
    "企図",
    "搬送",
    "保護され",
    "保護し",
    "入院",
    "亡くな",
    "死亡",
    "遺体",
    "希死念慮",
    "過量服薬",
    "失踪",
];

/// Words of a statistic, a rule or a plan: what is said of many, or of nobody.
const OF_MANY: [&str; 34] = [
    "割合",
    "率",
    "件数",
    "人数",
    "者数",
    "多い",
    "多く",
    "少な",
    "最も",
    "傾向",
    "統計",
    "調査",
    "年代別",
    "性別",
    "対象",
    "向け",
    "以上",
    "以下",
    "未満",
    "目標",
    "研修",
    "講座",
    "相談会",
    "％",
    "%",
    "推移",
    "順",
    "占め",
    "場合",
    "など",
    "延べ",
    "ごと",
    "全体",
    "たち",
];

const SEXES: [&str; 10] = ["男性", "女性", "男子", "女子", "男児", "女児", "男の子", "女の子", "父親", "母親"];
const ROLES: [&str; 9] = ["小学生", "中学生", "高校生", "大学生", "児童", "生徒", "会社員", "無職", "主婦"];

/// A sentence that tells what happened to one person.
pub(super) fn narrative(node: Node<'_>, text: &str, ledger: &mut Ledger) {
    let rule = RuleId::CaseNarrative;
    if !EVENTS.iter().any(|event| text.contains(event)) {
        return;
    }
    for sentence in sentences(text) {
        if tells_a_case(sentence.text) {
            let at = sentence.range.start;
            ledger.fail(withheld(rule, node).span(node.part(sentence.range)).discriminator(at.to_string()));
        } else {
            ledger.pass(rule);
        }
    }
}

fn tells_a_case(sentence: &str) -> bool {
    let folded = fold(sentence);
    let text = folded.as_ref();
    if !EVENTS.iter().any(|event| text.contains(event)) || OF_MANY.iter().any(|word| text.contains(word)) {
        return false;
    }
    let is_past = ["した", "った", "れた", "いた", "いだ", "んだ", "けた", "めた"].iter().any(|end| text.contains(end));
    is_past && (has_initial(text) || has_person(text))
}

/// A letter that stands for a name: Aさん.
fn has_initial(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).enumerate().any(|(at, three)| {
        let alone = at == 0 || !letters[at - 1].is_ascii_alphanumeric();
        let named = (three[1] == 'さ' && three[2] == 'ん') || three[1] == '氏';
        alone && three[0].is_ascii_alphabetic() && named
    })
}

/// An age with a sex or a role, as somebody who does something: 40代の男性が.
fn has_person(text: &str) -> bool {
    SEXES.iter().chain(&ROLES).any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let (before, after) = (text[..at].trim_end_matches('の'), &text[at + word.len()..]);
            let acts = ["が", "は", "を", "から", "(1人)", "(1名)", "1人", "1名"].iter().any(|particle| after.starts_with(particle));
            acts && (ends_with_age(before) || ROLES.iter().any(|role| before.ends_with(role)))
        })
    })
}

fn ends_with_age(text: &str) -> bool {
    let digits = |rest: &str| rest.chars().next_back().is_some_and(|letter| letter.is_ascii_digit());
    ["代", "歳代", "歳", "才"].iter().any(|end| text.strip_suffix(end).is_some_and(digits))
}

/// Words in a row of a marked table that counts one person.
pub(super) fn rows(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let rule = RuleId::CaseNarrative;
    let words: Vec<&str> = grid.table.columns.iter().filter(|column| column.words).map(|column| column.id.text).collect();
    if !grid.table.sensitive || words.is_empty() {
        return;
    }
    for (at, row) in grid.rows.iter().enumerate() {
        let told = row.node.get(Field::Cells).into_iter().flat_map(Node::members).filter(|(key, _)| words.contains(&key.key_text()));
        let told: Vec<Node<'_>> =
            told.map(|(_, value)| value).filter(|value| value.as_str().is_some_and(|text| !text.trim().is_empty())).collect();
        let counts = (0..grid.columns.len()).filter_map(|column| grid.figures[grid.at(at, column)]).filter(Figure::is_exact);
        let most = counts.map(|figure| figure.value).max();
        for node in told {
            if most == Some(Rational::ONE) { ledger.fail(withheld(rule, node).variant("row")) } else { ledger.pass(rule) }
        }
    }
}

/// Words that stand before 氏 or さん and are no name.
const NOT_NAMES: [&str; 18] =
    ["者", "員", "師", "民", "生", "徒", "婦", "屋", "方", "親", "主", "人", "家", "士", "息子", "各", "両", "同"];

/// The name of a person with 氏 or さん behind it.
pub(super) fn names(node: Node<'_>, text: &str, ledger: &mut Ledger) {
    let rule = RuleId::NamedPerson;
    if !text.contains('氏') && !text.contains("さん") {
        return ledger.pass(rule);
    }
    match name(text) {
        Some(range) => ledger.fail(withheld(rule, node).span(node.part(range))),
        None => ledger.pass(rule),
    }
}

fn name(text: &str) -> Option<Range<usize>> {
    ["氏", "さん"].iter().flat_map(|title| text.match_indices(title)).find_map(|(at, title)| {
        let before = &text[..at];
        let start = before.char_indices().rev().take_while(|(_, letter)| is_kanji(*letter)).last()?.0;
        let run = &before[start..];
        let length = run.chars().count();
        let after = text[at + title.len()..].chars().next();
        let is_word = matches!(after, Some('名' | '神' | '族' | '素')) || NOT_NAMES.iter().any(|word| run.ends_with(word));
        let most = if title == "氏" { 8 } else { 6 };
        ((2..=most).contains(&length) && !is_word).then(|| start..at + title.len())
    })
}

fn is_kanji(letter: char) -> bool {
    matches!(letter, '一'..='鿿' | '々' | '〆')
}

#[cfg(test)]
mod tests {
    use super::{name, tells_a_case};

    #[test]
    fn tells_a_case_from_a_statistic() {
        for text in ["40代の男性が来所し、その後入院した。", "Aさんは入院した。", "高校生女子1名を保護し、家族につないだ。"]
        {
            assert!(tells_a_case(text), "{text}");
        }
        for text in [
            "40代の男性の自殺者数が増えた。",
            "自殺未遂者を医療機関につないだ。",
            "20代の女性が最も多く、次いで30代の男性だった。",
            "救急搬送された15名に支援した。",
            "40代の男性が講座に参加した。",
            "高校生の自殺対策として授業を行った。",
            "家族を亡くした方の集いを開いた。",
        ] {
            assert!(!tells_a_case(text), "{text}");
        }
    }

    #[test]
    fn tells_names_from_other_words() {
        for text in ["講師は山田太郎氏", "講師：鈴木花子さん", "精神科医の佐藤氏による講演"] {
            assert!(name(text).is_some(), "{text}");
        }
        for text in ["氏名を記入", "患者さん", "住民の皆さん", "利用者さんの声", "各氏", "相談員さん", "たくさん", "お母さん"]
        {
            assert!(name(text).is_none(), "{text}");
        }
    }
}
