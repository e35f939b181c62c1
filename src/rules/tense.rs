//! Whether the sentences of an entry tell what they should: a result what was done, a plan what
//! is to come, an effect something else than the result.

use crate::calendar::{FiscalYear, find_dates};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Part, Passage, Slot};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{self, Sentence, Tense};

use super::running;

const RESULT: RuleId = RuleId::ResultInPlanTense;
const PLAN: RuleId = RuleId::PlanInPastTense;
const EFFECT: RuleId = RuleId::EffectRepeatsResult;
const VAGUE: RuleId = RuleId::VagueProgress;

/// Looks at an entry.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[RESULT, PLAN, EFFECT, VAGUE]) {
        return;
    }
    if let Some(reason) = scope.report.not_asked("") {
        return running::skip(ledger, &[RESULT, PLAN, EFFECT, VAGUE], reason);
    }
    result(scope, ledger);
    plan(scope, ledger);
    effect(scope, ledger);
    vague(scope, ledger);
}

fn result(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let entry = scope.entry;
    let Some(passage) = entry.result.given() else { return ledger.skip(RESULT, Reason::NoText) };
    if matches!(entry.progress.given(), Some(&("scheduled" | "not-started"))) {
        return ledger.skip(RESULT, Reason::NotStarted);
    }
    let year = scope.report.report.year;
    for part in passage.parts() {
        let found = text::sentences(part.text.text).find(|sentence| tells_of_plan(sentence.text, year));
        ledger.judge(RESULT, found.map(|sentence| at_sentence(RESULT, &part, &sentence)));
    }
}

/// Words of a sentence that looks ahead and may: it stands in a result to say how things go on.
const AHEAD: [&str; 15] = [
    "予定",
    "見込",
    "今後",
    "引き続き",
    "引続き",
    "これから",
    "次年度",
    "来年度",
    "翌年度",
    "次回",
    "来年",
    "翌年",
    "継続する",
    "目標",
    "目指",
];

/// Endings that tell how things are, in words that could also be a plan.
const HABIT: [&str; 4] = ["ていく", "でいく", "たい", "こととする"];

/// Whether a sentence of a result announces something instead of telling it.
fn tells_of_plan(sentence: &str, year: FiscalYear) -> bool {
    if text::tense(sentence) != Tense::Plan || AHEAD.iter().any(|word| sentence.contains(word)) {
        return false;
    }
    let stem = sentence.trim_end_matches(['。', '．', ' ', '　']);
    let polite = stem.strip_suffix("きます").map_or(stem, |stem| stem);
    if HABIT.iter().any(|word| stem.ends_with(word)) || polite.ends_with("てい") || polite.ends_with("でい") {
        return false;
    }
    !find_dates(sentence).any(|found| found.days(None).is_some_and(|(first, _)| year.last_day() < first))
}

fn at_sentence(rule: RuleId, part: &Part<'_>, sentence: &Sentence<'_>) -> Finding {
    Finding::new(rule, part.text.node).span(part.text.node.part(sentence.range.clone())).arg("sentence", running::quoted(sentence.text))
}

/// Words that say why there is nothing more to come.
const OVER: [&str; 7] = ["終了", "廃止", "完了", "解散", "統合", "移管", "中止"];

fn plan(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let entry = scope.entry;
    let next = entry.next.as_ref().and_then(|next| next.plan.given());
    let plans = [entry.plan.given(), next];
    if plans.iter().all(Option::is_none) {
        return ledger.skip(PLAN, Reason::NoText);
    }
    if entry.has_ended() {
        return ledger.skip(PLAN, Reason::Ended);
    }
    for part in plans.into_iter().flatten().flat_map(|passage| passage.parts()) {
        ledger.judge(PLAN, in_past(&part));
    }
}

/// A plan of which every sentence tells of the past.
fn in_past(part: &Part<'_>) -> Option<Finding> {
    let first = text::sentences(part.text.text).next()?;
    let past = |sentence: Sentence<'_>| text::tense(sentence.text) == Tense::Past && !OVER.iter().any(|word| sentence.text.contains(word));
    text::sentences(part.text.text).all(past).then(|| at_sentence(PLAN, part, &first))
}

fn effect(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let entry = scope.entry;
    let (Slot::Given(result, result_node), Slot::Given(effect, effect_node)) = (&entry.result, &entry.effect) else {
        return ledger.skip(EFFECT, Reason::NoText);
    };
    // A mark or なし in both columns is no text.
    let told = effect.parts().any(|part| text::has_letters(part.text.text, 5));
    if !told || !same_words(*result, *effect) {
        return ledger.pass(EFFECT);
    }
    ledger.fail(Finding::new(EFFECT, *effect_node).related("result", *result_node));
}

fn same_words(one: Passage<'_>, other: Passage<'_>) -> bool {
    let bare = |text: &'_ str| text.trim_end_matches(['。', '\n', ' ']).len();
    let mut parts = (one.parts(), other.parts());
    loop {
        match (parts.0.next(), parts.1.next()) {
            (None, None) => return true,
            (Some(first), Some(second)) => {
                let (first, second) = (first.text.text, second.text.text);
                if !text::same_folded(&first[..bare(first)], &second[..bare(second)]) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

fn vague(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    if !ledger.is_on(VAGUE) {
        return;
    }
    let entry = scope.entry;
    let Some(passage) = entry.result.given() else { return ledger.skip(VAGUE, Reason::NoText) };
    // Where there are figures, words may be vague.
    if !entry.counts.is_empty() || !entry.events.is_empty() {
        return passage.parts().for_each(|_| ledger.pass(VAGUE));
    }
    let words = scope.settings.words(VAGUE, "words");
    let concrete = |text: &str| {
        text.chars().any(|letter| letter.is_ascii_digit() || ('０'..='９').contains(&letter) || "一二三四五六七八九十".contains(letter))
    };
    for part in passage.parts() {
        let found = words.iter().find_map(|word| part.text.text.find(word).map(|at| at..at + word.len()));
        match found.filter(|_| !concrete(part.text.text)) {
            Some(range) => {
                let word = part.text.text[range.clone()].to_owned();
                ledger.fail(Finding::new(VAGUE, part.text.node).span(part.text.node.part(range)).arg("found", word));
            }
            None => ledger.pass(VAGUE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_a_result() {
        let year = FiscalYear::new(2024);
        let plan = |sentence: &str| year.is_some_and(|year| tells_of_plan(sentence, year));
        for sentence in ["自殺のリスク要因の軽減につなげます。", "診断や治療を行う。", "啓発を図る。", "検査を希望者に実施します。"]
        {
            assert!(plan(sentence), "{sentence}");
        }
        for sentence in [
            "講座を開いた。",
            "3月にも行う予定である。",
            "今後も対応する。",
            "進めていきます。",
            "築いていく。",
            "令和8年2月に会議を開く。",
            "相談に応じている。",
            "引き続き支援する。",
            "講座の開催。",
        ] {
            assert!(!plan(sentence), "{sentence}");
        }
    }
}
