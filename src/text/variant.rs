//! Words that are written in several ways: 障害 and 障がい, 取組 and 取り組み.

use std::ops::Range;

use super::first_look::Pairs;
use super::letter::{Script, char_at, char_before, length, script};

/// Ways to write one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermFamily<'w> {
    /// The ways, none of which is better than another.
    pub forms: &'w [&'w str],
    /// The forms are nouns that are also forms of verbs (取り組み): they count only before a particle,
    /// a full stop or the end.
    pub noun: bool,
    /// Longer words that contain a form and are exempt: names, titles of laws, medical terms.
    pub exempt: &'w [&'w str],
}

const fn words<'w>(forms: &'w [&'w str], exempt: &'w [&'w str]) -> TermFamily<'w> {
    TermFamily { forms, noun: false, exempt }
}

const fn nouns<'w>(forms: &'w [&'w str]) -> TermFamily<'w> {
    TermFamily { forms, noun: true, exempt: &[] }
}

/// The families that are looked for unless others are given.
pub const TERM_FAMILIES: &[TermFamily<'static>] = &[
    words(
        &["障害", "障がい", "障碍", "しょうがい"],
        &[
            "障害者総合支援法",
            "障害者基本法",
            "障害者差別解消法",
            "障害者虐待防止法",
            "障害者雇用促進法",
            "障害者手帳",
            "障害福祉サービス",
            "発達障害",
            "精神障害",
            "知的障害",
            "身体障害",
            "摂食障害",
            "気分障害",
            "適応障害",
            "睡眠障害",
            "不安障害",
            "人格障害",
            "双極性障害",
            "高次脳機能障害",
            "学習障害",
            "視覚障害",
            "聴覚障害",
            "ストレス障害",
            "障害年金",
            "障害者就業・生活支援センター",
            "障害者職業センター",
            "障害者週間",
            "障害者計画",
            "障害福祉計画",
            "障害児福祉計画",
            "障害者支援施設",
            "重度障害",
            "内部障害",
            "言語障害",
            "運動障害",
            "後遺障害",
            "障害支援区分",
            "意識障害",
            "機能障害",
            "通信障害",
            "システム障害",
        ],
    ),
    words(
        &["子ども", "子供", "こども"],
        &[
            "こども家庭庁",
            "こども家庭センター",
            "こども基本法",
            "こども大綱",
            "子ども・子育て支援法",
            "子ども・若者育成支援推進法",
            "子どもの貧困対策",
            "子ども食堂",
            "こども食堂",
            "子どもの権利条約",
            "こどもの人権",
            "子どもの人権110番",
            "こども110番",
            "こどもまんなか",
            "こども誰でも通園制度",
            "こども計画",
            "こども園",
            "こども会",
            "子ども会",
            "子ども・若者計画",
            "子ども・子育て支援事業計画",
        ],
    ),
    words(&["配布", "配付"], &[]),
    words(&["引きこもり", "ひきこもり", "引き籠もり", "引籠り"], &["ひきこもり地域支援センター"]),
    words(&["問い合わせ", "問合せ", "問合わせ"], &[]),
    words(&["打ち合わせ", "打合せ", "打合わせ"], &[]),
    words(&["一人ひとり", "一人一人", "ひとりひとり", "１人ひとり", "1人ひとり", "１人１人", "1人1人"], &[]),
    words(&["まちづくり", "街づくり", "町づくり"], &["まちづくり課", "まちづくり部", "まちづくり協議会"]),
    words(&["鬱病", "うつ病"], &[]),
    words(&["ウェブ", "ウエブ"], &[]),
    words(&["ウェブサイト", "ホームページ"], &[]),
    words(&["おおむね", "概ね"], &[]),
    words(&["さまざま", "様々"], &[]),
    nouns(&["取組", "取り組み", "取組み", "とりくみ"]),
    nouns(&["申込", "申し込み", "申込み"]),
    nouns(&["手続", "手続き"]),
    nouns(&["受付", "受け付け", "受付け"]),
    nouns(&["引継", "引き継ぎ", "引継ぎ"]),
    nouns(&["見直", "見直し"]),
    nouns(&["気付き", "気づき"]),
    nouns(&["繋がり", "つながり"]),
    nouns(&["関わり", "係わり", "かかわり"]),
    nouns(&["暮らし", "くらし"]),
    nouns(&["貸出", "貸し出し", "貸出し"]),
    nouns(&["呼びかけ", "呼び掛け"]),
    nouns(&["働きかけ", "働き掛け"]),
];

/// A form of a family in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundVariant {
    /// Where it stands.
    pub range: Range<usize>,
    /// The place of the family in the list.
    pub family: usize,
    /// The place of the form in its family.
    pub form: usize,
}

/// Families made ready for searching many texts.
#[derive(Clone, Debug)]
pub struct TermIndex<'w> {
    families: &'w [TermFamily<'w>],
    /// First character of a form, its family and its place, ordered by the character and then from
    /// the longest form to the shortest.
    forms: Vec<(char, usize, usize)>,
    /// One bit for each value that the first characters take modulo 1024.
    filter: [u64; 16],
    /// The same for the first two characters.
    pairs: [u64; 16],
    /// The first two characters of the forms, as the first look at a text takes them.
    seen: Pairs,
}

impl<'w> TermIndex<'w> {
    /// Makes families ready for searching.
    pub fn new(families: &'w [TermFamily<'w>]) -> TermIndex<'w> {
        let (mut filter, mut pairs) = ([0; 16], [0; 16]);
        let mut seen = Pairs::default();
        let mut forms = Vec::new();
        for (family, words) in families.iter().enumerate() {
            for (place, form) in words.forms.iter().enumerate() {
                let Some(first) = form.chars().next() else {
                    continue;
                };
                let bit = u32::from(first) as usize % 1024;
                filter[bit / 64] |= 1 << (bit % 64);
                seen.insert(form);
                match form.chars().nth(1) {
                    Some(second) => {
                        let bit = pair(u32::from(first), u32::from(second));
                        pairs[bit / 64] |= 1 << (bit % 64);
                    }
                    None => pairs = [u64::MAX; 16],
                }
                forms.push((first, family, place));
            }
        }
        forms.sort_by_key(|&(first, family, place)| {
            let length = families[family].forms[place].len();
            (first, std::cmp::Reverse(length), family, place)
        });
        TermIndex { families, forms, filter, pairs, seen }
    }

    /// The forms in a text, in order, the longest at each place. Forms inside the exempt words of
    /// their family are left out.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = FoundVariant> + 'a {
        self.find_from(text, 0)
    }

    /// What the first look at a text has to know of the forms.
    pub(super) fn seen(&self) -> &Pairs {
        &self.seen
    }

    /// Whether a form may begin with two characters.
    pub(super) fn may_begin(&self, first: u32, second: u32) -> bool {
        has(&self.filter, first as usize) && has(&self.pairs, pair(first, second))
    }

    /// The same from a place on.
    pub(super) fn find_from<'a>(&'a self, text: &'a str, from: usize) -> impl Iterator<Item = FoundVariant> + 'a {
        let mut at = from;
        std::iter::from_fn(move || {
            while let Some(&lead) = text.as_bytes().get(at) {
                let start = at;
                at += length(lead);
                if lead <= 0x7F && !lead.is_ascii_digit() {
                    continue;
                }
                let Some(first) = code_at(text, start).filter(|first| has(&self.filter, *first as usize)) else {
                    continue;
                };
                if !has(&self.pairs, pair(first, code_at(text, at).unwrap_or_default())) {
                    continue;
                }
                let Some(first) = char::from_u32(first) else { continue };
                if let Some(found) = self.at(text, start, first) {
                    at = found.range.end;
                    return Some(found);
                }
            }
            None
        })
    }

    fn at(&self, text: &str, start: usize, first: char) -> Option<FoundVariant> {
        let from = self.forms.partition_point(|entry| entry.0 < first);
        self.forms[from..]
            .iter()
            .take_while(|entry| entry.0 == first)
            .map(|&(_, family, form)| (family, form, self.families[family]))
            .find(|(_, form, words)| text[start..].starts_with(words.forms[*form]))
            .map(|(family, form, words)| (FoundVariant { range: start..start + words.forms[form].len(), family, form }, words))
            .filter(|(found, words)| stands(text, &found.range, words))
            .map(|(found, _)| found)
    }
}

/// Whether the bit of a value is set.
#[inline]
fn has(bits: &[u64; 16], value: usize) -> bool {
    let bit = value % 1024;
    bits[bit / 64] >> (bit % 64) & 1 == 1
}

#[inline]
fn pair(first: u32, second: u32) -> usize {
    (first ^ second << 4) as usize % 1024
}

/// The code point at a position.
#[inline]
fn code_at(text: &str, at: usize) -> Option<u32> {
    match text.as_bytes().get(at..)? {
        [first @ 0..=0x7F, ..] => Some(u32::from(*first)),
        [first @ 0xE0..=0xEF, second, third, ..] => {
            Some(u32::from(first & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F))
        }
        _ => char_at(text, at).map(u32::from),
    }
}

/// Whether a form counts where it stands.
fn stands(text: &str, range: &Range<usize>, family: &TermFamily<'_>) -> bool {
    let form = &text[range.clone()];
    let exempt = family.exempt.iter().any(|longer| {
        longer.match_indices(form).any(|(place, _)| {
            range.start.checked_sub(place).and_then(|start| text.get(start..)).is_some_and(|rest| rest.starts_with(longer))
        })
    });
    if exempt {
        return false;
    }
    // こども inside a longer run of hiragana is something else.
    let hiragana = |letter: Option<char>| letter.is_some_and(|letter| script(letter) == Script::Hiragana);
    if form.chars().all(|letter| script(letter) == Script::Hiragana)
        && hiragana(char_before(text, range.start))
        && !"のはがをにでともやへ".contains(char_before(text, range.start).unwrap_or(' '))
    {
        return false;
    }
    if !family.noun {
        return true;
    }
    char_at(text, range.end).is_none_or(|next| "をがはのにでへと等や。）)」・\n".contains(next) || script(next) == Script::Space)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        TermIndex::new(TERM_FAMILIES)
            .find(text)
            .map(|found| {
                assert_eq!(TERM_FAMILIES[found.family].forms[found.form], &text[found.range.clone()]);
                &text[found.range]
            })
            .collect()
    }

    #[test]
    fn variants() {
        assert_eq!(found("障がいのある人と障害のある人"), ["障がい", "障害"]);
        assert_eq!(found("チラシを配布し、冊子を配付した"), ["配布", "配付"]);
        assert_eq!(found("子ども、子供、こども"), ["子ども", "子供", "こども"]);
        assert_eq!(found("取組を進め、取り組みを続ける"), ["取組", "取り組み"]);
        assert_eq!(found("一人ひとりと一人一人"), ["一人ひとり", "一人一人"]);
    }

    #[test]
    fn exempt() {
        for text in ["", "発達障害", "障害者総合支援法", "こども家庭庁", "取り組みました", "取り組みます", "申し込みます", "見直しました"]
        {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn own_families() {
        let own = [words(&["サーバ", "サーバー"], &["サーバルキャット"])];
        let index = TermIndex::new(&own);
        let forms: Vec<_> = index.find("サーバーとサーバとサーバルキャット").map(|found| found.form).collect();
        assert_eq!(forms, [1, 0]);
    }
}
