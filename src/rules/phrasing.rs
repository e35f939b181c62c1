//! The wording of running text: enumerations, notes, doubled words, long sentences; and what one
//! report writes in several ways.

use std::collections::HashSet;
use std::ops::Range;

use crate::calendar::{DateStyle, FoundDate, find_dates};
use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::document::{Field, Node};
use crate::model::Plan;
use crate::rule::{EntryScope, Ledger, PlanScope, ReportScope};
use crate::text::{self, FirstLook, NoteRole, Script, TermIndex};

use super::running::{self, Found};
use super::terms::Terms;

const ENUMERATION: RuleId = RuleId::EnumerationBroken;
const DOUBLED: RuleId = RuleId::DoubledWord;
const DANGLING: RuleId = RuleId::DanglingNote;
const LONG: RuleId = RuleId::SentenceTooLong;
const ERAS: RuleId = RuleId::MixedEraStyle;

/// Looks at the texts of a plan.
pub fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[ENUMERATION, DOUBLED, DANGLING, LONG]) {
        return;
    }
    let mut marks = Marks::default();
    let limit = limit(scope.settings, ledger);
    for (key, value) in scope.plan.node.members() {
        marks.open(matches!(key.field(), Some(Field::Note | Field::Notes)));
        for item in sections(value) {
            running::each(item, key.field(), &mut |node, field| {
                let Some(words) = Words::of(node, field, None) else { return };
                let mut found = Vec::new();
                look(&words, limit, scope.plan, &mut found, ledger);
                marks.look(&words, field);
                found.into_iter().for_each(|finding| ledger.fail(finding));
            });
            marks.close();
        }
    }
    marks.settle(ledger, &|_| None);
}

/// Looks at the texts of a report.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[ENUMERATION, DOUBLED, DANGLING, LONG, ERAS, RuleId::TermVariant]) {
        return;
    }
    let mut marks = Marks::default();
    let mut eras = Eras::new();
    let mut terms = Terms::new(ledger);
    let limit = limit(scope.settings, ledger);
    let subject = |node: Node<'_>| {
        let entries = &scope.report.entries;
        let after = entries.partition_point(|entry| entry.node.id() <= node.id());
        let entry = after.checked_sub(1).map(|index| &entries[index]).filter(|entry| entry.node.span().contains(node.span()))?;
        Some(EntryScope::new(*scope, entry).subject())
    };
    for (key, value) in scope.report.node.members() {
        if key.field() == Some(Field::Plan) {
            continue;
        }
        marks.open(matches!(key.field(), Some(Field::Note | Field::Notes | Field::Headline)));
        for item in sections(value) {
            running::each(item, key.field(), &mut |node, field| {
                let Some(words) = Words::of(node, field, terms.index()) else { return };
                let mut found = Vec::new();
                look(&words, limit, scope.plan, &mut found, ledger);
                for mut finding in found {
                    finding.subject = subject(node).unwrap_or_default();
                    ledger.fail(finding);
                }
                marks.look(&words, field);
                if words.is_prose {
                    eras.look(&words, ledger);
                    terms.look(node, words.text, &words.first, ledger);
                }
            });
            marks.close();
        }
    }
    marks.settle(ledger, &|node| subject(node));
    eras.settle(scope.report.year.number(), ledger);
    terms.settle(scope, ledger);
}

/// The items of a list, each of which is a section of its own; anything else is one section.
fn sections(value: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    value.each()
}

/// The most characters of a sentence, where that is looked at.
fn limit(settings: &crate::config::Settings, ledger: &Ledger) -> Option<usize> {
    ledger.is_on(LONG).then(|| usize::try_from(settings.integer(LONG, "letters")).unwrap_or(usize::MAX))
}

/// A text or heading, and what the first look at it says.
struct Words<'a> {
    node: Node<'a>,
    text: &'a str,
    is_prose: bool,
    first: FirstLook,
}

impl<'a> Words<'a> {
    /// The words of a scalar; nothing where it holds something else.
    fn of(node: Node<'a>, field: Option<Field>, terms: Option<&TermIndex<'_>>) -> Option<Self> {
        let is_prose = running::is_prose(field);
        if !is_prose && !running::is_heading(field) {
            return None;
        }
        let text = node.as_str()?;
        Some(Self { node, text, is_prose, first: FirstLook::of(text, terms) })
    }
}

/// Looks at one text by itself.
fn look(words: &Words<'_>, limit: Option<usize>, plan: &Plan<'_>, found: &mut Vec<Finding>, ledger: &mut Ledger) {
    let Words { node, text, first, is_prose } = *words;
    if !is_prose {
        return;
    }
    let at = |rule: RuleId, range: Range<usize>| {
        let start = range.start;
        Finding::new(rule, node).span(node.part(range)).discriminator(start.to_string())
    };
    let before = found.len();
    for fault in first.enumerators(text) {
        let words = text[fault.range.clone()].trim().to_owned();
        let expected = next_mark(&words, &fault);
        found.push(at(ENUMERATION, fault.range).arg("found", words).arg("expected", expected));
    }
    if found.len() == before {
        ledger.pass(ENUMERATION);
    }
    let before = found.len();
    let joined = first.dotted().then(|| joined_twice(text)).into_iter().flatten();
    for range in first.doubled_words(text).chain(joined) {
        let words = &text[range.clone()];
        if !is_in_name(plan, words) {
            found.push(at(DOUBLED, range).arg("found", words));
        }
    }
    if found.len() == before {
        ledger.pass(DOUBLED);
    }
    let Some(limit) = limit else { return };
    for sentence in text::sentences(text) {
        // No text has more characters than bytes.
        let letters = if sentence.text.len() > limit { running::letters(sentence.text) } else { 0 };
        if letters > limit {
            found
                .push(at(LONG, sentence.range).arg("letters", letters).arg("limit", limit).arg("sentence", running::quoted(sentence.text)));
        } else {
            ledger.pass(LONG);
        }
    }
}

/// The mark that would follow, written as the one that stands there.
fn next_mark(written: &str, fault: &text::EnumerationFault) -> String {
    let circled = char::from_u32(0x2460 + fault.expected.saturating_sub(1)).filter(|_| fault.expected <= 20);
    match (fault.enumerator, circled) {
        (text::Enumerator::Circled, Some(circled)) => circled.to_string(),
        (text::Enumerator::Circled, None) => fault.expected.to_string(),
        _ => match written.split_once(&fault.found.to_string()) {
            Some((open, close)) => format!("{open}{}{close}", fault.expected),
            None => fault.expected.to_string(),
        },
    }
}

/// A word that stands on both sides of a middle dot: ワークライフ・ライフ・バランス.
fn joined_twice(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('・').filter_map(move |(at, dot)| {
        let behind = at + dot.len();
        let word: usize = text[behind..].chars().take_while(|letter| text::script(*letter).is_noun()).map(char::len_utf8).sum();
        let again = &text[behind..behind + word];
        let long = again.chars().count() >= 3 && again.chars().any(|letter| text::script(letter) == Script::Katakana);
        (long && text[..at].ends_with(again)).then(|| at - word..behind + word)
    })
}

/// Whether words are part of a name that the plan itself uses.
fn is_in_name(plan: &Plan<'_>, words: &str) -> bool {
    let titles = plan.measures.iter().filter_map(|measure| measure.title).chain(plan.policies.iter().filter_map(|policy| policy.title));
    let names = plan.departments.iter().filter_map(|department| department.name);
    titles.chain(names).any(|name| name.text.contains(words))
}

/// Marks that refer to a note, and notes, section by section.
#[derive(Default)]
struct Marks<'a> {
    marks: Vec<Mark<'a>>,
    section: usize,
    /// The present section holds what is true of the whole file.
    common: bool,
}

struct Mark<'a> {
    node: Node<'a>,
    range: Range<usize>,
    number: Option<u32>,
    is_note: bool,
    section: usize,
    common: bool,
}

impl<'a> Marks<'a> {
    fn open(&mut self, common: bool) {
        self.common = common;
        self.section += 1;
    }

    fn close(&mut self) {
        self.section += 1;
    }

    fn look(&mut self, words: &Words<'a>, field: Option<Field>) {
        let Words { node, text, first, .. } = *words;
        let (section, common) = (self.section, self.common);
        let whole_note = matches!(field, Some(Field::Note | Field::Notes));
        self.marks.extend(first.note_marks(text).map(|mark| Mark {
            node,
            is_note: mark.role == NoteRole::Note || (whole_note && mark.range.start == 0),
            range: mark.range,
            number: mark.number,
            section,
            common,
        }));
    }

    /// A mark is answered by a note of its section or of the whole file, and one with a number by
    /// the note of that number anywhere.
    fn settle(self, ledger: &mut Ledger, subject: &dyn Fn(Node<'a>) -> Option<Subject>) {
        let mut sections: HashSet<usize> = HashSet::new();
        let mut numbers: HashSet<u32> = HashSet::new();
        let mut unnumbered: HashSet<usize> = HashSet::new();
        let mut common = false;
        for note in self.marks.iter().filter(|mark| mark.is_note) {
            sections.insert(note.section);
            common |= note.common && note.number.is_none();
            match note.number {
                Some(number) => _ = numbers.insert(number),
                None => _ = unnumbered.insert(note.section),
            }
        }
        for mark in self.marks.iter().filter(|mark| !mark.is_note) {
            let plain = sections.contains(&mark.section) && mark.number.is_none();
            let numbered = mark.number.is_some_and(|number| numbers.contains(&number));
            if common || plain || numbered || unnumbered.contains(&mark.section) {
                ledger.pass(DANGLING);
                continue;
            }
            let words = mark.node.text().and_then(|text| text.get(mark.range.clone())).unwrap_or_default();
            let mut finding = Finding::new(DANGLING, mark.node)
                .span(mark.node.part(mark.range.clone()))
                .arg("found", words)
                .discriminator(mark.range.start.to_string());
            finding.subject = subject(mark.node).unwrap_or_default();
            ledger.fail(finding);
        }
    }
}

/// Years written in an era, and in the Western calendar.
struct Eras<'a> {
    sign: memchr::memmem::Finder<'static>,
    era: Vec<Found<'a>>,
    western: Vec<Found<'a>>,
    /// The texts that may name years.
    texts: Vec<Node<'a>>,
    /// Whether some text may name one in an era, and one of the Western calendar.
    may_be: (bool, bool),
}

impl<'a> Eras<'a> {
    fn new() -> Self {
        let sign = memchr::memmem::Finder::new("年");
        Self { sign, era: Vec::new(), western: Vec::new(), texts: Vec::new(), may_be: (false, false) }
    }

    fn look(&mut self, words: &Words<'a>, ledger: &mut Ledger) {
        let Words { node, text, .. } = *words;
        ledger.pass(ERAS);
        let mut found = false;
        for at in self.sign.find_iter(text.as_bytes()) {
            found = true;
            let before = text[..at].trim_end_matches([' ', '　']);
            if !self.may_be.1 || !self.may_be.0 {
                self.may_be.1 |= may_be_western(before);
                self.may_be.0 |= may_be_in_era(before);
            }
        }
        if found {
            self.texts.push(node);
        }
    }

    fn read(&mut self, node: Node<'a>, year: i16) {
        let text = node.text().unwrap_or_default();
        for found in find_dates(text) {
            let words = &text[found.range.clone()];
            // Years far off (2030年, 2040年) are those of other bodies' goals.
            let near = found.year.is_some_and(|written| (i32::from(written) - i32::from(year)).abs() <= 6);
            if found.inherited || !near || !words.contains('年') || is_explained(text, &found) {
                continue;
            }
            match found.style {
                DateStyle::Era => self.era.push(Found::part(node, found.range)),
                DateStyle::Western => self.western.push(Found::part(node, found.range)),
                _ => {}
            }
        }
    }

    fn settle(mut self, year: i16, ledger: &mut Ledger) {
        // Only years of both kinds are of interest.
        if self.may_be != (true, true) {
            return;
        }
        for node in std::mem::take(&mut self.texts) {
            self.read(node, year);
        }
        if self.era.is_empty() || self.western.is_empty() {
            return;
        }
        let (few, many) = if self.western.len() <= self.era.len() { (&self.western, &self.era) } else { (&self.era, &self.western) };
        let (Some(finding), Some(model)) = (running::gathered(ERAS, few), many.first()) else { return };
        let place = model.finding(ERAS).place;
        ledger.fail(finding.arg("model", model.words).related_with("model", place, Vec::new()));
    }
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || ('０'..='９').contains(&letter)
}

/// Whether what stands before 年 may be a year of four digits.
fn may_be_western(before: &str) -> bool {
    before.chars().rev().take_while(|letter| is_digit(*letter)).nth(3).is_some()
}

/// Whether what stands before 年 may be the number of a year behind the name or letter of an era.
fn may_be_in_era(before: &str) -> bool {
    let number = |letter: char| is_digit(letter) || "元〇一二三四五六七八九十 　".contains(letter);
    let name = before.trim_end_matches(number);
    let last = name.chars().next_back();
    name.len() < before.len() && last.is_some_and(|last| "和成正治㋿㍻㍼㍽㍾RHSTMＲＨＳＴＭ".contains(last))
}

/// 令和6年（2024年）, 2025年問題: the other style is added on purpose, or part of a name.
fn is_explained(text: &str, found: &FoundDate) -> bool {
    let before = text[..found.range.start].chars().next_back();
    let after = &text[found.range.end..];
    let brackets = matches!(before, Some('（' | '(' | '／' | '/' | '・')) || after.starts_with(['（', '(', '／', '/']);
    brackets
        || after.starts_with("問題")
        || after.starts_with("モデル")
        || after.starts_with("目標")
        || is_in_quotes(text, found.range.start)
}

/// Whether a place in a text lies inside 「」 or 『』.
pub(super) fn is_in_quotes(text: &str, at: usize) -> bool {
    let depth = |open: char, close: char| {
        let count = |sign: char| text[..at].matches(sign).count();
        count(open) > count(close)
    };
    depth('「', '」') || depth('『', '』')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_year() {
        for before in ["令和6", "平成 30", "令和元", "昭和六十", "Ｒ7", "㋿7", "大正十五"] {
            assert!(may_be_in_era(before) && !may_be_western(before), "{before}");
        }
        for before in ["2024", "は２０２４"] {
            assert!(may_be_western(before) && !may_be_in_era(before), "{before}");
        }
        for before in ["", "今", "3", "満18", "周", "令和"] {
            assert!(!may_be_western(before) && !may_be_in_era(before), "{before}");
        }
    }

    #[test]
    fn words_on_both_sides_of_a_dot() {
        let found = |text: &'static str| joined_twice(text).map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(found("ワークライフ・ライフ・バランスなど"), ["ライフ・ライフ"]);
        for text in [
            "ワーク・ライフ・バランス",
            "子ども・子育て",
            "保健センター・福祉センター",
            "市・町・村",
            "グループ・グループワーク",
            "課・課長",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
