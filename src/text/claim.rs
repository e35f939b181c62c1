//! What a sentence claims about figures: that they reached a target, passed it, fell short of it,
//! or changed since last year.
//!
//! A claim is only one that is stated as done. What is denied (達成できなかった), aimed at (達成を目指す),
//! asked about (達成率) or hoped for is none, and when in doubt there is none.

use std::ops::Range;

use super::letter::length;
use super::words::Words;

/// What is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// 上回った, 超えた
    Above,
    /// 下回った
    Below,
    /// 達成した, 目標に達した, 満たした
    Met,
    /// 維持した, 以内に抑えた
    Kept,
    /// 計画どおり, 予定通り
    AsPlanned,
    /// 増加した, 多かった
    More,
    /// 減少した, 少なかった
    Fewer,
}

/// What a figure is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Against {
    /// 計画, 予定, 目標, 定員
    pub target: bool,
    /// 前年度, 昨年
    pub last_year: bool,
}

/// A claim in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundClaim {
    /// What is claimed.
    pub claim: Claim,
    /// What a figure is compared with, as far as the sentence says so.
    pub against: Against,
    /// おおむね, ほぼ
    pub about: bool,
    /// どの項目も, すべて
    pub all: bool,
    /// Where the words of the claim stand.
    pub range: Range<usize>,
}

/// The words of a claim, and what must follow them for it to be one (nothing: whatever follows).
const WORDS: &[(&str, Claim, &[&str])] = &[
    ("上回", Claim::Above, &["った", "って", "り", "る", "っており"]),
    ("下回", Claim::Below, &["った", "って", "り", "る", "っており"]),
    ("達成", Claim::Met, &["し", "でき", "され", "済", "となっ", "。", "）", ""]),
    ("に達し", Claim::Met, &["た", "、", "て", "まし", "。", "ており", ""]),
    ("満たし", Claim::Met, &["た", "、", "て", "まし", "。"]),
    ("満たせ", Claim::Met, &["た", "て", "まし"]),
    ("クリア", Claim::Met, &["し", "でき"]),
    ("維持", Claim::Kept, &["し", "でき", "され"]),
    ("に抑え", Claim::Kept, &["た", "、", "て", "られ", "まし", "る"]),
    ("に収ま", Claim::Kept, &["った", "って", "り"]),
    ("に収め", Claim::Kept, &["た", "、", "て", "られ", "まし"]),
    ("計画どおり", Claim::AsPlanned, &[]),
    ("計画通り", Claim::AsPlanned, &[]),
    ("予定どおり", Claim::AsPlanned, &[]),
    ("予定通り", Claim::AsPlanned, &[]),
    ("目標どおり", Claim::AsPlanned, &[]),
    ("目標通り", Claim::AsPlanned, &[]),
    ("予定数どおり", Claim::AsPlanned, &[]),
    ("予定数通り", Claim::AsPlanned, &[]),
    ("計画数どおり", Claim::AsPlanned, &[]),
    ("計画数通り", Claim::AsPlanned, &[]),
    ("増加", Claim::More, &["し", "とな", "が見", "がみ", "。", "傾向", ""]),
    ("増え", Claim::More, &["た", "て", "、", "まし"]),
    ("多かった", Claim::More, &[]),
    ("多くな", Claim::More, &["った", "って", "り"]),
    ("減少", Claim::Fewer, &["し", "とな", "が見", "がみ", "。", "傾向", ""]),
    ("減った", Claim::Fewer, &[]),
    ("減って", Claim::Fewer, &[]),
    ("少なかった", Claim::Fewer, &[]),
    ("少なくな", Claim::Fewer, &["った", "って", "り"]),
];

/// Words behind a claim, in the same clause, that take it back or put it into the future.
static TAKEN_BACK: Words = Words::new(&[
    "できな",
    "できず",
    "できませ",
    "しな",
    "せず",
    "しませ",
    "なかっ",
    "いない",
    "いませ",
    "ならな",
    "至ら",
    "及ば",
    "届か",
    "難し",
    "困難",
    "率",
    "状況",
    "度合",
    "向け",
    "目指",
    "めざ",
    "よう",
    "見込",
    "見通",
    "努め",
    "予定",
    "必要",
    "課題",
    "場合",
    "可能性",
    "期待",
    "たい",
    "べき",
    "とは",
    "には",
    "を図",
    "条件",
    "基準",
    "する",
    "るため",
    "か否か",
    "かどうか",
    "わけで",
]);

const TARGET: &[&str] = &["計画", "予定", "目標", "定員"];
const LAST_YEAR: &[&str] = &["前年", "昨年", "前回"];
const ABOUT: &[&str] = &["おおむね", "概ね", "おおよそ", "ほぼ", "ほとんど", "概して"];
const ALL: &[&str] = &["どの項目", "いずれ", "すべて", "全て", "全項目", "各項目", "両方", "どちらも"];

/// Whether a text speaks of last year at all.
#[must_use]
pub fn speaks_of_last_year(text: &str) -> bool {
    LAST_YEAR.iter().any(|word| text.contains(word))
}

/// The words of a claim, to be looked for.
static CLAIMING: Words = Words::new(&CLAIM_WORDS);

static CLAIM_WORDS: [&str; WORDS.len()] = {
    let mut words = [""; WORDS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = WORDS[at].0;
        at += 1;
    }
    words
};

/// The claims of one sentence, in order.
#[must_use]
pub fn claims(sentence: &str) -> Vec<FoundClaim> {
    let mut found: Vec<FoundClaim> = Vec::new();
    let bytes = sentence.as_bytes();
    let mut next = 0;
    while let Some(&lead) = bytes.get(next) {
        let at = next;
        next += length(lead);
        if lead < 0x80 || !CLAIMING.may_stand(bytes, at) {
            continue;
        }
        let stands = |word: &[u8]| word.first() == Some(&lead) && word.get(2) == bytes.get(at + 2) && bytes[at..].starts_with(word);
        for (word, claim, follow) in WORDS.iter().filter(|(word, ..)| stands(word.as_bytes())) {
            let rest = &sentence[at + word.len()..];
            if !follows(rest, follow) || sentence[..at].ends_with('未') || is_taken_back(clause(rest), *claim) {
                continue;
            }
            let before = &sentence[..at + word.len()];
            let has = |words: &[&str]| words.iter().any(|word| before.contains(word));
            found.push(FoundClaim {
                claim: *claim,
                against: Against { target: has(TARGET), last_year: has(LAST_YEAR) },
                about: has(ABOUT),
                all: has(ALL),
                range: at..at + word.len(),
            });
        }
    }
    found
}

fn follows(rest: &str, words: &[&str]) -> bool {
    words.is_empty() || words.iter().any(|word| if word.is_empty() { rest.is_empty() } else { rest.starts_with(word) })
}

/// What stands behind a claim, up to the next comma or stop.
fn clause(rest: &str) -> &str {
    rest.split(['、', '。', '，', '．', '\n']).next().unwrap_or_default()
}

fn is_taken_back(clause: &str, claim: Claim) -> bool {
    // 計画を上回る利用があった tells what happened.
    let clause = match claim {
        Claim::Above | Claim::Below | Claim::Kept => clause.strip_prefix('る').unwrap_or(clause),
        _ => clause,
    };
    TAKEN_BACK.stand_in(clause)
}

/// Words that admit that a target was missed, whichever way is good.
const ADMISSIONS: &[&str] = &[
    "未達",
    "届か",
    "及ば",
    "至ら",
    "満たな",
    "満たせな",
    "満たせず",
    "達しな",
    "達せ",
    "達成できな",
    "達成できず",
    "達成できませ",
    "達成しな",
    "達成しませ",
    "できなかった",
    "わずか",
    "僅か",
    "悪化",
    "遅れ",
    "課題",
    "中止",
];
/// Where the figure should not be so high.
const TOO_HIGH: &[&str] = &["超え", "超過", "上回", "上昇", "増加", "増え", "高い", "高く", "高か", "多い", "多か"];
/// Where the figure should not be so low.
const TOO_LOW: &[&str] = &["下回", "減少", "減っ", "少な", "低い", "低く", "低か", "低調", "低下", "伸び悩", "不足"];

/// Whether a text admits that a figure missed what was wanted: that it is too high, or too low.
/// Errs on the side of yes.
#[must_use]
pub fn admits_shortfall(text: &str, too_high: bool) -> bool {
    let of_side = if too_high { TOO_HIGH } else { TOO_LOW };
    ADMISSIONS.iter().chain(of_side).any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(sentence: &str) -> Vec<Claim> {
        claims(sentence).into_iter().map(|claim| claim.claim).collect()
    }

    #[test]
    fn stated_as_done() {
        assert_eq!(kinds("計画値を上回った。"), [Claim::Above]);
        assert_eq!(kinds("計画を上回る利用があった。"), [Claim::Above]);
        assert_eq!(kinds("目標を達成したため、Aとした。"), [Claim::Met]);
        assert_eq!(kinds("目標を達成できた"), [Claim::Met]);
        assert_eq!(kinds("おおむね目標に達し、相談も計画どおりに行えた。"), [Claim::Met, Claim::AsPlanned]);
        assert_eq!(kinds("実施率は90％以上を維持し、喫煙率は20％に減少した。"), [Claim::Kept, Claim::Fewer]);
        assert_eq!(kinds("30％以下を維持できた。"), [Claim::Kept]);
        assert_eq!(kinds("前年度より相談が増えた。"), [Claim::More]);
    }

    #[test]
    fn not_stated_as_done() {
        for sentence in [
            "目標を達成できなかった。",
            "目標達成に向けて周知に努めた。",
            "目標の達成率は低い。",
            "計画どおりに実施できなかった。",
            "目標を達成できるよう取り組む。",
            "目標を達成していない。",
            "計画を上回るよう努める。",
            "未達成であった。",
            "目標の達成を目指す。",
            "30％以下の維持に努めた。",
        ] {
            assert_eq!(kinds(sentence), [], "{sentence}");
        }
    }

    #[test]
    fn against_what() {
        let claim = |sentence: &str| claims(sentence).remove(0);
        assert_eq!(claim("どの項目も目標及び前年度を上回った。").against, Against { target: true, last_year: true });
        assert!(claim("どの項目も目標及び前年度を上回った。").all);
        assert!(claim("おおむね目標に達した。").about);
        assert_eq!(claim("予想を上回る利用があった。").against, Against::default());
    }

    #[test]
    fn admissions() {
        assert!(admits_shortfall("目標の30％以下には届かなかった。", true));
        assert!(admits_shortfall("目標を0.3ポイント超えた。", true));
        assert!(admits_shortfall("予定を下回った。", false));
        assert!(!admits_shortfall("目標を達成した。", true));
        assert!(!admits_shortfall("30％以下を維持し、前年より減少した。", true));
    }
}
