//! What was held and had nobody, or had somebody and was not held.

use super::columns::{Column, Stated};
use crate::arithmetic::{Interval, Rational};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Entry, Measure, Slot};
use crate::rule::{EntryScope, Ledger, Reason};

/// What a title of sessions ends with.
const SESSIONS: &[&str] = &["実施回数", "開催回数", "開催数", "回数", "実施", "開催"];

/// What a title of those who came ends with. People who ask for something are not among them: a
/// day of consultation may pass without any.
const PEOPLE: &[&str] = &[
    "参加者数",
    "参加人数",
    "参加者",
    "参加",
    "受講者数",
    "受講人数",
    "受講者",
    "出席者数",
    "出席者",
    "来場者数",
    "来場者",
    "聴講者数",
    "聴講者",
];

/// Looks at the sessions and the people of an entry, and at its events.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    events(scope, ledger);
    let Some(measure) = scope.measure else { return };
    for (people, stem) in measure.counts.iter().filter_map(|count| Some((count, stem(count.name(), PEOPLE)?))) {
        let Some(people) = Stated::of(scope.entry, people, Column::Actual).filter(|people| people.unit() == "人") else { continue };
        let Some(sessions) = sessions_of(scope.entry, measure, stem) else { continue };
        judge(scope.entry, sessions, people, ledger);
    }
}

/// A title without the word that says what it counts.
fn stem<'a>(title: &'a str, words: &[&str]) -> Option<&'a str> {
    let title_bytes = title.as_bytes();
    // The last bytes of the last two characters: most words are told by them.
    let same_from_end =
        |word: &[u8], back: usize| word.len() < back || word.iter().nth_back(back - 1) == title_bytes.iter().nth_back(back - 1);
    let may_end = |word: &&&str| same_from_end(word.as_bytes(), 1) && same_from_end(word.as_bytes(), 4);
    let stem = words.iter().filter(may_end).find_map(|word| title.strip_suffix(word))?;
    Some(stem.trim_end().trim_end_matches('の'))
}

/// The sessions of the same name, or the only ones of the measure.
fn sessions_of<'a>(entry: &'a Entry<'a>, measure: &'a Measure<'a>, name: &str) -> Option<Stated<'a>> {
    let all = || measure.counts.iter().filter_map(|count| Stated::of(entry, count, Column::Actual)).filter(|one| one.unit() == "回");
    if let Some(named) = all().find(|one| stem(one.count.name(), SESSIONS).unwrap_or(one.count.name()) == name) {
        return Some(named);
    }
    let is_alone = measure.counts.iter().filter(|count| stem(count.name(), PEOPLE).is_some()).count() == 1;
    let mut sessions = all();
    sessions.next().filter(|_| is_alone && sessions.next().is_none())
}

fn judge(entry: &Entry<'_>, sessions: Stated<'_>, people: Stated<'_>, ledger: &mut Ledger) {
    let rule = RuleId::HeldButZero;
    if sessions.value.note.is_some() || people.value.note.is_some() {
        return ledger.skip(rule, Reason::Answered);
    }
    if !sessions.is_of_same_time(&people) {
        return ledger.skip(rule, Reason::PeriodDiffers);
    }
    let nothing = Interval::exact(Rational::ZERO);
    let (held, came) = (sessions.quantity.interval(), people.quantity.interval());
    let empty = held.entirely_above(nothing) && came == nothing;
    let ghosts = held == nothing && came.entirely_above(nothing);
    if !empty && !ghosts {
        return ledger.pass(rule);
    }
    let cancelled = empty && speaks_of_cancellation(entry);
    let variant = if ghosts {
        "attended"
    } else if cancelled {
        "cancelled"
    } else {
        "default"
    };
    let (here, there, name) = if ghosts { (sessions, people, "people") } else { (people, sessions, "sessions") };
    ledger.fail(
        Finding::new(rule, here.node)
            .variant(variant)
            .arg("people", people.count.name())
            .arg("came", people.quantity.printed())
            .arg("sessions", sessions.count.name())
            .arg("times", sessions.quantity.printed())
            .related(name, there.node),
    );
}

fn speaks_of_cancellation(entry: &Entry<'_>) -> bool {
    [&entry.result, &entry.reason, &entry.effect]
        .into_iter()
        .filter_map(Slot::given)
        .flat_map(|passage| passage.parts())
        .any(|part| part.text.text.contains("中止") || part.text.text.contains("見合わせ"))
}

fn events(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::HeldButZero;
    let nothing = Interval::exact(Rational::ZERO);
    for event in &scope.entry.events {
        let Slot::Given(quantity, node) = &event.attendance else { continue };
        let came = quantity.interval();
        let variant = match event.held {
            false if came.entirely_above(nothing) => "not-held",
            true if came == nothing => "event",
            _ => {
                ledger.pass(rule);
                continue;
            }
        };
        let title = event.title.map_or("", |title| title.text);
        ledger.fail(
            Finding::new(rule, *node).variant(variant).arg("event", title).arg("came", quantity.printed()).related("event", event.node),
        );
    }
}
