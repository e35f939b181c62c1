//! Whether a sentence tells what was done or what is planned, judged by its ending alone.

use super::letter::{Script, script};
use super::words::Endings;

/// What the ending of a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// It was done: 開催した, 実施しました, 実施済み.
    Past,
    /// It is to be done: 開催する, 実施します, 図る, 予定.
    Plan,
    /// It ends with a noun: 講座の開催.
    Noun,
    /// Neither is certain: 行っている, できる, a fragment.
    Unclear,
}

/// Endings in the past that the general test would miss, without their 。
static PAST: Endings = Endings::new(&["済み", "済", "済みです", "済みである", "ずみ", "ませんでした"]);

/// Words that end in た but are no verbs.
const NO_VERB: &[&str] = &["へた", "あした"];

/// Endings that announce something.
static PLAN: Endings = Endings::new(&[
    "予定",
    "予定です",
    "予定である",
    "予定している",
    "予定しています",
    "予定しております",
    "見込み",
    "見込みです",
    "見込みである",
    "見込む",
    "する",
    "行う",
    "図る",
    "努める",
    "進める",
    "目指す",
    "めざす",
    "取り組む",
    "取組む",
    "高める",
    "深める",
    "広げる",
    "拡げる",
    "設ける",
    "つなげる",
    "つなぐ",
    "繋げる",
    "開く",
    "促す",
    "応じる",
    "続ける",
    "増やす",
    "減らす",
    "支える",
    "強める",
    "整える",
    "求める",
    "呼びかける",
    "呼び掛ける",
    "生かす",
    "活かす",
    "備える",
    "届ける",
    "配る",
    "加える",
    "改める",
    "育てる",
    "見直す",
    "伝える",
    "働きかける",
    "働き掛ける",
    "講じる",
    "講ずる",
    "組む",
    "作る",
    "つくる",
    "ていく",
    "でいく",
    "こととする",
    "こととしている",
    "こととしています",
    "つもり",
    "つもりである",
    "つもりです",
    "たい",
    "たいです",
    "たいと考える",
    "たいと考えている",
    "たいと考えています",
    "たいと考えております",
    "たいと思う",
    "たいと思います",
    "方針",
    "方針である",
    "方針です",
    "見通し",
    "見通しである",
    "計画である",
]);

/// Polite endings that announce nothing: they tell how things are.
static STATE: Endings = Endings::new(&[
    "得ます",
    "目的とします",
    "対象とします",
    "原則とします",
    "主とします",
    "ています",
    "でいます",
    "ております",
    "でおります",
    "あります",
    "ございます",
    "できます",
    "なります",
    "思います",
    "考えます",
    "おります",
    "われます",
    "されます",
    "言えます",
    "見られます",
    "みられます",
]);

/// Endings of a state in the plain form.
static PLAIN_STATE: Endings = Endings::new(&[
    "関する",
    "対する",
    "有する",
    "要する",
    "資する",
    "属する",
    "類する",
    "目的とする",
    "対象とする",
    "原則とする",
    "主とする",
    "できたい",
]);

/// The tense of a sentence. Conservative: what is not certain is [`Tense::Unclear`].
pub fn tense(sentence: &str) -> Tense {
    let words = stem(sentence);
    let Some(last) = words.chars().next_back() else {
        return Tense::Unclear;
    };
    if PAST.end(words) || (last == 'た' && past(words)) || (last == 'だ' && past_voiced(words)) {
        return Tense::Past;
    }
    if words.ends_with("ます") {
        return match STATE.end(words) && !PLAN.end(words) {
            true => Tense::Unclear,
            false => Tense::Plan,
        };
    }
    if PLAN.end(words) && !PLAIN_STATE.end(words) {
        return Tense::Plan;
    }
    match script(last) {
        Script::Hiragana | Script::Other | Script::Space => Tense::Unclear,
        _ => Tense::Noun,
    }
}

/// The sentence without full stop, closing remarks in brackets and quotation marks.
fn stem(sentence: &str) -> &str {
    let mut words = sentence.trim();
    loop {
        let before = words;
        words =
            words.trim_end_matches(|letter: char| letter.is_whitespace() || matches!(letter, '。' | '．' | '.' | '｡' | '！' | '!' | '※'));
        for (open, close) in [('（', '）'), ('(', ')'), ('［', '］'), ('【', '】')] {
            if words.ends_with(close)
                && let Some(start) = words.rfind(open)
                && start > 0
            {
                words = &words[..start];
            }
        }
        if words.len() == before.len() {
            return words;
        }
    }
}

/// Whether a text that ends in た ends with a verb in the past: った, した, いた, めた, 見た …
fn past(words: &str) -> bool {
    const BEFORE: &str = "しっいきぎえけげせぜてでねべめれじちにびみりへ見得出来経居着";
    let before = words.chars().rev().nth(1);
    before.is_some_and(|before| BEFORE.contains(before)) && !NO_VERB.iter().any(|word| words.ends_with(word))
}

/// Whether a text ends with a verb in the past with だ: 進んだ, 防いだ.
fn past_voiced(words: &str) -> bool {
    let verb = words.strip_suffix("んだ").or(words.strip_suffix("いだ"));
    words.ends_with("つないだ") || verb.and_then(|verb| verb.chars().next_back()).is_some_and(|before| script(before) == Script::Kanji)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all(expected: Tense, sentences: &[&str]) {
        for sentence in sentences {
            assert_eq!(tense(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn past_tense() {
        all(
            Tense::Past,
            &[
                "講座を38回行った。",
                "開催した",
                "実施しました。",
                "参加は35人だった。",
                "予定どおり行うことができた。",
                "つながった",
                "努めた。",
                "図った",
                "配布した（1回）。",
                "開いた。",
                "応じた",
                "設けた",
                "広げた",
                "見た",
                "行いました",
                "でした",
                "できなかった。",
                "増えた",
                "支えた。",
                "実施済み。",
                "配布済",
                "行っていた",
                "話し合われた",
                "急いだ。",
                "進んだ",
                "取り組んだ。",
                "窓口につないだ",
                "開催しませんでした。",
            ],
        );
    }

    #[test]
    fn plans() {
        all(
            Tense::Plan,
            &[
                "講座を40回行う。",
                "開催する",
                "実施します。",
                "充実を図る",
                "図ります。",
                "開催予定",
                "開催予定です。",
                "予定している。",
                "努める",
                "取り組んでいく。",
                "進めていきます。",
                "目指す",
                "行いたい。",
                "実施したいと考えている。",
                "応じる。",
                "増やす。",
                "開催する（年2回）。",
                "実施することとしている。",
            ],
        );
    }

    #[test]
    fn nouns() {
        all(Tense::Noun, &["講座の開催", "相談 35件。", "年12回", "パンフレット", "検討中", "中止", "実施（3回）"]);
    }

    #[test]
    fn unclear() {
        all(
            Tense::Unclear,
            &[
                "",
                "。",
                "行っている。",
                "行っています",
                "参加できる。",
                "必要がある",
                "そのようなんだ",
                "あいだ",
                "新たな",
                "かた",
                "重要です。",
                "なります",
                "また",
                "新た",
                "開催したため",
                "実施しましたが",
                "に関する",
                "見られます。",
                "課題となっている。",
                "あります。",
                "要因となり得ます。",
                "啓発を目的とする。",
            ],
        );
    }
}
