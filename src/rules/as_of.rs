//! What is said to be done although it lies after the day of the figures, and what is said to be
//! planned although that day has passed.

use crate::calendar::FiscalYear;
use crate::calendar::{Date, DatePart, find_dates, may_hold_months};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::Node;
use crate::model::{Event, Part};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text;

use super::{dates, running};

const DONE: RuleId = RuleId::DoneAfterAsOf;
const SCHEDULED: RuleId = RuleId::ScheduledBeforeAsOf;

/// Looks at an entry.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[DONE, SCHEDULED]) {
        return;
    }
    let report = scope.report.report;
    let entry = scope.entry;
    let said = entry.result.given().is_some() || !entry.events.is_empty();
    if !said {
        return running::skip(ledger, &[DONE, SCHEDULED], Reason::NoDate);
    }
    let Some((as_of, node)) = report.as_of.as_ref().and_then(|(written, node)| Some((written.date?, *node))) else {
        return running::skip(ledger, &[DONE, SCHEDULED], Reason::NoAsOf);
    };
    let day = AsOf { day: as_of, node, year: report.year };
    let done = day.event_done(scope).or_else(|| day.said(scope, DONE));
    let scheduled = day.event_scheduled(scope).or_else(|| day.said(scope, SCHEDULED));
    ledger.judge(DONE, done);
    ledger.judge(SCHEDULED, scheduled);
}

/// The day of the figures.
struct AsOf<'a> {
    day: Date,
    node: Node<'a>,
    year: FiscalYear,
}

impl AsOf<'_> {
    fn finding(&self, rule: RuleId, node: Node<'_>, written: &str) -> Finding {
        Finding::new(rule, node).arg("written", written).arg("as_of", running::day(self.day)).related("as-of", self.node)
    }

    /// An event of the year that lies after the day, although people are said to have come to it or
    /// the entry is said to be done.
    fn event_done(&self, scope: &EntryScope<'_>) -> Option<Finding> {
        let entry = scope.entry;
        let later = |event: &&Event<'_>| {
            event.held && dates::days_of(event).is_some_and(|(first, _)| self.day < first && first <= self.year.last_day())
        };
        let attended = entry.events.iter().filter(later).find_map(|event| Some((event, event.attendance.given()?)));
        if let Some((event, attendance)) = attended {
            let date = event.date.or(event.month)?;
            return Some(self.finding(DONE, date.node, date.text).variant("attendance").arg("attendance", attendance.printed()));
        }
        let progress = entry.progress.node().filter(|_| entry.progress.given() == Some(&"done"))?;
        let all = !entry.events.is_empty() && entry.events.iter().all(|event| later(&event));
        let event = entry.events.first().filter(|_| all)?;
        let date = event.date.or(event.month)?;
        Some(self.finding(DONE, date.node, date.text).variant("progress").related("progress", progress))
    }

    /// The entry is said to be planned, and every event of it has passed.
    fn event_scheduled(&self, scope: &EntryScope<'_>) -> Option<Finding> {
        let entry = scope.entry;
        let progress = entry.progress.node().filter(|_| entry.progress.given() == Some(&"scheduled"))?;
        let past = |event: &Event<'_>| event.held && dates::days_of(event).is_some_and(|(_, last)| last < self.day);
        let all = !entry.events.is_empty() && entry.events.iter().all(past);
        let event = entry.events.first().filter(|_| all)?;
        let date = event.date.or(event.month)?;
        Some(self.finding(SCHEDULED, date.node, date.text).variant("progress").related("progress", progress))
    }

    /// What the result says of a day: that it was done, or that it is planned.
    fn said(&self, scope: &EntryScope<'_>, rule: RuleId) -> Option<Finding> {
        let passage = scope.entry.result.given()?;
        passage.parts().find_map(|part| self.said_in(part, rule))
    }

    fn said_in(&self, part: Part<'_>, rule: RuleId) -> Option<Finding> {
        let never = rule == SCHEDULED && !part.text.text.contains("予定");
        if never || !may_hold_months(part.text.text) {
            return None;
        }
        for sentence in text::sentences(part.text.text) {
            let mut dates = find_dates(sentence.text).peekable();
            while let Some(found) = dates.next() {
                let Some((first, last)) = dates::certain_days(&found, self.year) else { continue };
                let behind = dates.peek().map_or(sentence.text.len(), |next| next.range.start);
                let Some(behind) = sentence.text.get(found.range.end..behind) else { continue };
                let wrong = match rule {
                    DONE => self.day < first && found.part != DatePart::Last && says(behind) == Some(Said::Done),
                    _ => last < self.day && says(behind) == Some(Said::Planned),
                };
                if !wrong {
                    continue;
                }
                let start = sentence.range.start;
                let words = &sentence.text[found.range.clone()];
                let span = part.text.node.part(start + found.range.start..start + found.range.end);
                let finding = self.finding(rule, part.text.node, words).span(span);
                return Some(finding.arg("said", Arg::from(said_words(behind))));
            }
        }
        None
    }
}

/// What is said of a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Done,
    Planned,
}

/// Words that tell of something done.
const PAST: [&str; 22] = [
    "実施した",
    "実施しました",
    "実施済",
    "開催した",
    "開催しました",
    "開催済",
    "行った",
    "行いました",
    "開いた",
    "開きました",
    "終了した",
    "終了しました",
    "完了した",
    "配布した",
    "配布しました",
    "配付した",
    "配付しました",
    "発行した",
    "設置した",
    "参加した",
    "参加しました",
    "受講した",
];

/// Words that end the search: what follows is about something else, or about a plan.
const OTHER: [&str; 14] =
    ["する", "します", "行う", "行い、", "開く", "向け", "ため", "募集", "申込", "申し込", "案内", "周知", "決定", "計画"];

/// Words directly behind a date that make it the end or the beginning of a time.
const TIMES: [&str; 10] = ["まで", "迄", "現在", "時点", "以降", "付", "号", "版", "分", "以前"];

/// What the first telling word behind a date says.
fn says(behind: &str) -> Option<Said> {
    telling(behind).map(|(said, _)| said)
}

/// The words from the date up to and with the telling one.
fn said_words(behind: &str) -> String {
    telling(behind).map(|(_, end)| running::quoted(&behind[..end])).unwrap_or_default()
}

fn telling(behind: &str) -> Option<(Said, usize)> {
    let words = behind.trim_start_matches(['に', '、', 'の']);
    if TIMES.iter().any(|time| words.starts_with(time)) {
        return None;
    }
    let first = |list: &[&str]| list.iter().filter_map(|word| behind.find(word).map(|at| (at, at + word.len()))).min();
    let past = first(&PAST).filter(|(_, end)| !behind[*end..].starts_with('い'));
    let planned = planned(behind);
    // 開催する予定 is a plan still.
    let ends_search = |(at, word): (usize, &str)| (!behind[at + word.len()..].starts_with("予定")).then_some(at);
    let other = OTHER.iter().filter_map(|word| behind.match_indices(word).find_map(ends_search)).min().unwrap_or(usize::MAX);
    match (past, planned) {
        (Some((at, end)), planned) if at < other && planned.is_none_or(|(plan, _)| at < plan) => Some((Said::Done, end)),
        (_, Some((at, end))) if at < other => Some((Said::Planned, end)),
        _ => None,
    }
}

/// Where something is said to be planned; not 予定どおり, 予定していた.
fn planned(text: &str) -> Option<(usize, usize)> {
    const BEHIND: [&str; 8] = ["である", "です", "だ。", "の", "している", "しています", "しております", "とな"];
    let at = text.find("予定")?;
    let end = at + "予定".len();
    let rest = &text[end..];
    let ends = rest.is_empty() || rest.starts_with(['。', '）', ')', '、']) || BEHIND.iter().any(|word| rest.starts_with(word));
    let was = rest.starts_with("の時") || rest.starts_with("のとおり") || rest.starts_with("の通り");
    (ends && !was).then_some((at, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words() {
        for (behind, done) in [
            ("に実施した講座で、受講者に伝える予定である。", Some(true)),
            ("に開催予定の会議で、情報を共有した。", Some(false)),
            ("に開催予定。", Some(false)),
            ("に開催する予定です。", Some(false)),
            ("に開催する準備を予定している。", None),
            ("の会議で、資料を配布した。", Some(true)),
            ("までに配布した。", None),
            ("の講座に向けて準備会を開催した。", None),
            ("に予定どおり開催した。", Some(true)),
            ("に予定していたが、中止した。", None),
            ("現在、実施した件数は", None),
            ("に実施したいと考えている。", None),
        ] {
            assert_eq!(says(behind).map(|said| said == Said::Done), done, "{behind}");
        }
    }
}
