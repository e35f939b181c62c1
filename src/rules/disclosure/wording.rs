//! Words about suicide that guidance advises against, and where to get help.

use super::withheld;
use crate::catalogue::RuleId;
use crate::config::Settings;
use crate::document::{Field, Node};
use crate::rule::{Ledger, PlanScope};
use crate::text::{fold, sentences};

/// Said of a word, not with it.
const ABOUT_WORDS: [&str; 8] = ["避け", "使わない", "用いない", "控え", "不適切", "という言", "表現", "と呼ば"];

/// The words of the settings, each once in a text.
pub(super) fn unsafe_words(node: Node<'_>, text: &str, settings: &Settings, ledger: &mut Ledger) {
    let rule = RuleId::UnsafeWording;
    if !text.contains('自') && !text.contains('首') {
        return ledger.pass(rule);
    }
    let words = settings.words(rule, "words");
    let mut found = false;
    for sentence in sentences(text) {
        let Some(word) = words.iter().find(|word| sentence.text.contains(**word) || fold(sentence.text).contains(&*fold(word))) else {
            continue;
        };
        if ABOUT_WORDS.iter().any(|about| sentence.text.contains(about)) {
            continue;
        }
        let at = sentence
            .text
            .find(*word)
            .map_or(sentence.range.clone(), |at| sentence.range.start + at..sentence.range.start + at + word.len());
        found = true;
        let start = at.start;
        ledger.fail(withheld(rule, node).span(node.part(at)).discriminator(start.to_string()));
    }
    if !found {
        ledger.pass(rule);
    }
}

/// A plan about suicide that names no place to get help.
pub(super) fn helpline(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::NoHelpline;
    let plan = scope.plan;
    let Some(title) = plan.title.filter(|title| is_about(scope, title.text)) else { return };
    let reports = scope.set.reports.iter().map(|report| report.node);
    if !plan.helplines.is_empty() || std::iter::once(plan.node).chain(reports).any(names_help) {
        return ledger.pass(rule);
    }
    ledger.fail(withheld(rule, title.node));
}

fn is_about(scope: &PlanScope<'_>, title: &str) -> bool {
    let is = |text: &str| text.contains("自殺") || text.contains("自死");
    is(title) || scope.plan.indicators.iter().any(|indicator| is(indicator.name()))
}

/// Whether a note or headline of a document names a line with its number.
fn names_help(node: Node<'_>) -> bool {
    let texts = [Field::Note, Field::Notes, Field::Headline].into_iter().filter_map(|field| node.get(field));
    let mut texts = texts.flat_map(Node::each).filter_map(Node::text);
    let has_number = |text: &str| {
        let folded = fold(text);
        folded
            .split(|letter: char| !letter.is_ascii_digit() && letter != '-')
            .any(|run| run.starts_with('0') && run.chars().filter(char::is_ascii_digit).count() >= 9)
    };
    texts.any(|text| {
        ["ホットライン", "いのちの電話", "ダイヤル", "相談窓口", "電話"].iter().any(|word| text.contains(word)) && has_number(text)
    })
}
