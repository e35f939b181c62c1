//! Reasons that give no reason.

use super::letter::{Script, script};
use super::words::Words;

/// Why a reason says too little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThinReason {
    /// Nothing is left of it but phrases that fit every measure.
    Boilerplate,
    /// It has fewer characters than asked for, punctuation and spaces not counted.
    TooShort {
        /// How many it has.
        chars: usize,
    },
}

/// Phrases that fit every measure.
pub const BOILERPLATE: &[&str] = &[
    "計画どおり",
    "計画通り",
    "計画とおり",
    "予定どおり",
    "予定通り",
    "予定とおり",
    "当初計画",
    "当初予定",
    "当初の計画",
    "当初の予定",
    "目標どおり",
    "目標通り",
    "計画",
    "予定",
    "目標",
    "順調",
    "特になし",
    "特に無し",
    "例年どおり",
    "例年通り",
    "例年並み",
    "前年どおり",
    "前年通り",
    "問題なし",
    "問題なく",
    "支障なく",
    "滞りなく",
    "達成",
    "実施",
    "遂行",
    "推進",
    "進捗",
    "取組",
    "取り組み",
    "取り組",
    "事業",
    "適切",
    "適正",
    "着実",
    "円滑",
    "十分",
    "概ね",
    "おおむね",
    "同上",
    "なし",
    "完了",
    "評価",
    "判断",
    "内容",
];

/// Particles and verbs that carry no meaning of their own.
const FILLERS: &[&str] = &[
    "どおり",
    "とおり",
    "通り",
    "することができた",
    "することができました",
    "ことができた",
    "ことができました",
    "することが",
    "ことが",
    "ことに",
    "こと",
    "できました",
    "できている",
    "できています",
    "できた",
    "できて",
    "でき",
    "しました",
    "しています",
    "している",
    "した",
    "して",
    "する",
    "します",
    "し",
    "行われた",
    "行われている",
    "行われ",
    "行っている",
    "行いました",
    "行った",
    "行う",
    "行い",
    "進んでいる",
    "進んでいます",
    "進んだ",
    "進み",
    "進めた",
    "進めている",
    "であった",
    "であり",
    "であった",
    "である",
    "です",
    "でした",
    "だった",
    "ました",
    "ます",
    "ため",
    "為",
    "ので",
    "から",
    "により",
    "による",
    "よる",
    "より",
    "よって",
    "として",
    "とした",
    "いる",
    "います",
    "おり",
    "ある",
    "あり",
    "った",
    "つき",
    "おいて",
    "おける",
    "れた",
    "れて",
    "さ",
    "に",
    "を",
    "は",
    "が",
    "で",
    "と",
    "も",
    "の",
    "へ",
    "な",
    "た",
    "て",
    "い",
    "、",
    "。",
    "，",
    "．",
    "・",
    "（",
    "）",
    "(",
    ")",
    "「",
    "」",
    "：",
    "※",
    "！",
];

/// Whether a reason says too little: `None` when something of its own is left after taking away
/// `words` (such as [`BOILERPLATE`]) and particles, and it has at least `minimum_chars` characters.
/// Any digit counts as something of its own.
pub fn thin_reason(text: &str, minimum_chars: usize, words: &[&str]) -> Option<ThinReason> {
    if text.chars().all(char::is_whitespace) {
        return (minimum_chars > 0).then_some(ThinReason::TooShort { chars: 0 });
    }
    if is_boilerplate(text, words) {
        return Some(ThinReason::Boilerplate);
    }
    let chars = text.chars().filter(|letter| !matches!(script(*letter), Script::Space | Script::Other)).take(minimum_chars).count();
    (chars < minimum_chars).then_some(ThinReason::TooShort { chars })
}

/// The same, ready to be looked for.
static FILLING: Words = Words::new(FILLERS);

/// The length of the longest of some words that a text starts with.
fn longest(text: &str, words: &[&str]) -> Option<usize> {
    let bytes = text.as_bytes();
    let may_start = |word: &&&str| {
        let word = word.as_bytes();
        word.first() == bytes.first() && (word.len() < 3 || word.get(2) == bytes.get(2))
    };
    words.iter().filter(may_start).filter(|word| text.starts_with(**word)).map(|word| word.len()).max()
}

fn is_boilerplate(text: &str, words: &[&str]) -> bool {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if script(first) == Script::Space {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let filler = if FILLING.may_stand(rest.as_bytes(), 0) { longest(rest, FILLERS) } else { None };
        let longest = longest(rest, words).max(filler);
        match longest {
            Some(length) if length > 0 => rest = &rest[length..],
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boilerplate() {
        for text in [
            "計画どおり",
            "計画通りにできたため",
            "予定どおり実施",
            "順調",
            "特になし。",
            "計画どおり実施することができた。",
            "予定通り事業を実施できたため。",
            "当初の計画どおり順調に進んでいるため",
            "おおむね予定どおり実施した。",
            "概ね目標を達成できたため",
            "取組を推進した",
        ] {
            assert_eq!(thin_reason(text, 10, BOILERPLATE), Some(ThinReason::Boilerplate), "{text}");
        }
    }

    #[test]
    fn of_its_own() {
        for text in [
            "利用者は予定の99％で、講座は予定どおり行った。",
            "予定どおり実施し、相談につながった人が増えたため",
            "計画どおり12回開催したため、順調とした",
        ] {
            assert_eq!(thin_reason(text, 10, BOILERPLATE), None, "{text}");
        }
    }

    #[test]
    fn short() {
        assert_eq!(thin_reason("参加者増", 10, BOILERPLATE), Some(ThinReason::TooShort { chars: 4 }));
        assert_eq!(thin_reason("参加者増", 4, BOILERPLATE), None);
        assert_eq!(thin_reason(" ", 4, BOILERPLATE), Some(ThinReason::TooShort { chars: 0 }));
        assert_eq!(thin_reason("計画どおり", 3, &["順調"]), None);
    }
}
