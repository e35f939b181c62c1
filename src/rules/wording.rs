//! Which figures the words of an entry speak of.

use std::ops::Range;

use crate::document::Node;
use crate::model::{Measure, Passage, Slot};
use crate::source::Span;
use crate::text::{FoundClaim, claims, sentences};

/// A claim in the words of an entry.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    /// The text that holds it.
    pub node: Node<'a>,
    /// Its sentence.
    pub sentence: &'a str,
    /// Where the sentence begins in the text.
    pub start: usize,
    /// The claim.
    pub claim: FoundClaim,
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'a> {
    /// The count of this id, named in the sentence.
    Count(&'a str),
    /// The entry as a whole.
    All,
    /// Something else.
    Else,
}

/// The claims in some words of an entry.
#[must_use]
pub fn said<'a>(words: &[&Slot<'a, Passage<'a>>]) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    for part in words.iter().filter_map(|slot| slot.given()).flat_map(|passage| passage.parts()) {
        for sentence in sentences(part.text.text) {
            for claim in claims(sentence.text) {
                all.push(Said { node: part.text.node, sentence: sentence.text, start: sentence.range.start, claim });
            }
        }
    }
    all
}

/// Subjects that stand for the figures of an entry as a whole.
const GENERAL: &[&str] = &["計画", "予定", "目標", "実績", "項目", "数値", "事業", "取組", "いずれ", "すべて", "全て"];

impl<'a> Said<'a> {
    /// Where the words of the claim stand.
    #[must_use]
    pub fn span(&self) -> Span {
        self.node.part(self.start + self.claim.range.start..self.start + self.claim.range.end)
    }

    /// The clause of the claim in its text, between commas and stops.
    #[must_use]
    pub fn clause(&self) -> Range<usize> {
        let stop = |letter: char| matches!(letter, '、' | '。' | '，' | '．' | '\n');
        let claim = &self.claim.range;
        let from = self.sentence[..claim.start]
            .char_indices()
            .rev()
            .find(|(_, letter)| stop(*letter))
            .map_or(0, |(at, letter)| at + letter.len_utf8());
        let to = self.sentence[claim.end..].find(stop).map_or(self.sentence.len(), |at| claim.end + at);
        self.start + from..self.start + to
    }

    /// Whether the claim itself is of a number: 予定数どおり.
    #[must_use]
    pub fn names_a_number(&self) -> bool {
        self.sentence[self.claim.range.clone()].contains('数')
    }

    /// The words before the claim, in its sentence.
    #[must_use]
    pub fn before(&self) -> &'a str {
        &self.sentence[..self.claim.range.start]
    }

    /// What it is about: the count that is named last before it; else the entry, unless the
    /// sentence has a subject of its own.
    #[must_use]
    pub fn about(&self, measure: &Measure<'a>) -> About<'a> {
        let before = plain(self.before());
        let mut named: Option<(usize, &'a str)> = None;
        for count in &measure.counts {
            let Some(title) = count.title.map(|title| plain(title.text)) else { continue };
            let Some(end) = before.rfind(&title).filter(|_| title.chars().count() > 1).map(|at| at + title.len()) else { continue };
            if named.is_none_or(|(known, _)| end > known) {
                named = Some((end, count.id.text));
            }
        }
        if let Some((_, id)) = named {
            return About::Count(id);
        }
        match before.find(['は', 'が', 'も']) {
            Some(at) if !GENERAL.iter().any(|word| before[..at].contains(word)) => About::Else,
            _ => About::All,
        }
    }
}

/// Words without what prints vary: の, spaces and quotation marks.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, 'の' | '「' | '」')).collect()
}
