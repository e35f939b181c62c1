//! Dates: in fields and in running text. Those that the calendar does not have, those whose
//! weekday is wrong, and events outside the year.

use crate::calendar::{
    Date, DateError, DateKind, Era, FiscalYear, FoundDate, Weekday, find_dates, in_era, parse_date, parse_month, weekday_kanji,
    weekday_matches,
};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::{Field, Node};
use crate::model::{Edition, Event, Report, Text};
use crate::rule::{EntryScope, Ledger, PlanScope, Reason, ReportScope};

use super::running;

const IMPOSSIBLE: RuleId = RuleId::ImpossibleDate;
const WEEKDAY: RuleId = RuleId::WrongWeekday;

/// Looks at the dates of a plan.
pub fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[IMPOSSIBLE, WEEKDAY]) {
        return;
    }
    running::each(scope.plan.node, None, &mut |node, field| scalar(node, field, None, None, ledger));
}

/// Looks at the dates of a report outside its entries, and at those of its meetings.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[IMPOSSIBLE, WEEKDAY, RuleId::DateOutsideYear]) {
        return;
    }
    let year = Some(scope.report.year);
    running::each_outside_entries(scope.report.node, &mut |node, field| scalar(node, field, year, None, ledger));
    for meeting in &scope.report.meetings {
        ends_before_it_begins(meeting.date, meeting.until, ledger);
        let days = meeting.date.and_then(|date| days_of_date(date.text));
        // A committee that meets in the year after speaks of this year's report.
        let last = scope.report.year.next().unwrap_or(scope.report.year);
        within(scope.report, meeting.date, days, (scope.report.year, last), ledger);
    }
}

/// Looks at the dates of an entry.
pub fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[IMPOSSIBLE, WEEKDAY, RuleId::DateOutsideYear]) {
        return;
    }
    let report = scope.report.report;
    let year = report.year;
    running::each(scope.entry.node, None, &mut |node, field| scalar(node, field, Some(year), Some(scope), ledger));
    for event in &scope.entry.events {
        ends_before_it_begins(event.date, event.until, ledger);
        within(report, place_of(event), days_of(event), (year, year), ledger);
    }
    let Some(next) = &scope.entry.next else { return };
    let Some(following) = year.next() else { return };
    // What an interim report plans next may still lie in its own year.
    let first = if report.edition == Edition::Interim { year } else { following };
    for event in &next.events {
        ends_before_it_begins(event.date, event.until, ledger);
        within(report, place_of(event), days_of(event), (first, following), ledger);
    }
}

fn place_of<'a>(event: &Event<'a>) -> Option<Text<'a>> {
    event.date.or(event.month)
}

/// The first and last day of an event, where its date can be read and has its year.
pub(super) fn days_of(event: &Event<'_>) -> Option<(Date, Date)> {
    let (first, last) = match (event.date, event.month) {
        (Some(date), _) => days_of_date(date.text)?,
        (None, Some(month)) => {
            let month = parse_month(month.text)?;
            month.check().ok()?;
            month.days()?
        }
        (None, None) => return None,
    };
    let until = event.until.and_then(|until| days_of_date(until.text));
    Some((first, until.map_or(last, |(_, until)| until.max(last))))
}

fn days_of_date(text: &str) -> Option<(Date, Date)> {
    let date = parse_date(text).ok()?.date?;
    Some((date, date))
}

/// Whether an event begins in the years that it should.
fn within(report: &Report<'_>, place: Option<Text<'_>>, days: Option<(Date, Date)>, years: (FiscalYear, FiscalYear), ledger: &mut Ledger) {
    let rule = RuleId::DateOutsideYear;
    let Some(place) = place else { return };
    let Some((first, last)) = days else { return ledger.skip(rule, Reason::NoDate) };
    // An event that began in the year may go on.
    if years.0.first_day() <= last && first <= years.1.last_day() {
        return ledger.pass(rule);
    }
    let year = if first < years.0.first_day() { years.0 } else { years.1 };
    ledger.fail(
        Finding::new(rule, place.node)
            .arg("date", place.text)
            .arg("year", Arg::both(year.era().to_string(), year.english().to_string()))
            .arg("first", running::day(years.0.first_day()))
            .arg("last", running::day(years.1.last_day()))
            .related("report", report.year_node),
    );
}

fn ends_before_it_begins(date: Option<Text<'_>>, until: Option<Text<'_>>, ledger: &mut Ledger) {
    let Some((date, until)) = date.zip(until) else { return };
    let Some(((first, _), (last, _))) = days_of_date(date.text).zip(days_of_date(until.text)) else { return };
    if first <= last {
        return ledger.pass(IMPOSSIBLE);
    }
    ledger.fail(
        Finding::new(IMPOSSIBLE, until.node)
            .variant("order")
            .arg("written", until.text)
            .arg("first", date.text)
            .related("first", date.node),
    );
}

/// Looks at one scalar: a date, a month, or a text with dates in it. `entry` is the one that it is of.
fn scalar(node: Node<'_>, field: Option<Field>, year: Option<FiscalYear>, entry: Option<&EntryScope<'_>>, ledger: &mut Ledger) {
    let Some(text) = node.as_str() else { return };
    match field {
        Some(Field::Date | Field::Until | Field::AsOf) => date_field(node, text, year, ledger),
        Some(Field::Month) => month_field(node, text, year, ledger),
        _ if running::is_prose(field) || running::is_heading(field) => match entry {
            Some(entry) => entry.dates_in(node, text).iter().for_each(|found| in_text(node, text, found, year, ledger)),
            None => find_dates(text).for_each(|found| in_text(node, text, &found, year, ledger)),
        },
        _ => {}
    }
}

fn date_field(node: Node<'_>, text: &str, year: Option<FiscalYear>, ledger: &mut Ledger) {
    let written = match parse_date(text) {
        Ok(written) => written,
        Err(DateError::NotADate) => return,
        Err(error) => {
            let at = Written { node, range: 0..text.len(), text };
            return impossible(&at, &error, year, ledger);
        }
    };
    ledger.pass(IMPOSSIBLE);
    let Some((weekday, range)) = written.weekday_written.zip(written.weekday_span.clone()) else { return };
    let at = Written { node, range, text };
    weekday_of(&at, text.trim(), written.date, (written.month, written.day), weekday, year, ledger);
}

fn month_field(node: Node<'_>, text: &str, year: Option<FiscalYear>, ledger: &mut Ledger) {
    let Some(month) = parse_month(text) else { return };
    match month.check() {
        Ok(()) => ledger.pass(IMPOSSIBLE),
        Err(error) => impossible(&Written { node, range: 0..text.len(), text }, &error, year, ledger),
    }
}

/// Part of a text.
struct Written<'a> {
    node: Node<'a>,
    range: std::ops::Range<usize>,
    text: &'a str,
}

fn in_text(node: Node<'_>, text: &str, found: &FoundDate, year: Option<FiscalYear>, ledger: &mut Ledger) {
    let words = &text[found.range.clone()];
    let at = Written { node, range: found.range.clone(), text };
    match found.check() {
        Err(error) if is_certain(found, &error) => return impossible(&at, &error, year, ledger),
        Err(_) => return ledger.skip(IMPOSSIBLE, Reason::YearUncertain),
        Ok(_) => ledger.pass(IMPOSSIBLE),
    }
    let Some((weekday, range)) = found.weekday.zip(found.weekday_range.clone()) else { return };
    let Some((month, day)) = found.month.zip(found.day) else { return };
    let at = Written { range, ..at };
    weekday_of(&at, words, found.date(), (month, day), weekday, year, ledger);
}

/// A month in the wrong era (令和元年4月) is how offices write of the whole year; a day is not.
fn is_certain(found: &FoundDate, error: &DateError) -> bool {
    match error {
        DateError::OutsideEra { .. } => found.kind == DateKind::Day && !found.inherited,
        _ => matches!(found.kind, DateKind::Day | DateKind::DayWithoutYear),
    }
}

fn impossible(at: &Written<'_>, error: &DateError, year: Option<FiscalYear>, ledger: &mut Ledger) {
    let written = &at.text[at.range.clone()];
    let finding = Finding::new(IMPOSSIBLE, at.node)
        .span(at.node.part(at.range.clone()))
        .arg("written", written)
        .discriminator(at.range.start.to_string());
    match error {
        DateError::OutsideEra { era, date } => {
            if era_was_read_on(*era, *date, year) {
                return ledger.skip(IMPOSSIBLE, Reason::YearUncertain);
            }
            ledger.fail(finding.variant("era").arg("right", in_era(*date).to_string()));
        }
        DateError::Impossible { month, last_day: Some(last), .. } => {
            ledger.fail(finding.variant("day").arg("month", u32::from(*month)).arg("last", u32::from(*last)));
        }
        DateError::Impossible { .. } | DateError::NotADate => ledger.fail(finding),
    }
}

/// Whether an era was read on past its end because nobody knew the next one: a plan, a report from
/// before it, or a day that neither this year nor its neighbours have.
fn era_was_read_on(era: Era, date: Date, year: Option<FiscalYear>) -> bool {
    let Some(year) = year else { return true };
    let Some(last) = era.last_day().filter(|last| *last < date) else { return false };
    let near = year.prior().unwrap_or(year).first_day() <= date && date <= year.next().unwrap_or(year).last_day();
    year.last_day() <= last || !near
}

fn weekday_of(
    at: &Written<'_>,
    words: &str,
    date: Option<Date>,
    (month, day): (u8, u8),
    weekday: Weekday,
    year: Option<FiscalYear>,
    ledger: &mut Ledger,
) {
    let finding = |date: Date| {
        Finding::new(WEEKDAY, at.node)
            .span(at.node.part(at.range.clone()))
            .arg("written", words)
            .arg("date", running::day(date))
            .arg("found", weekday_words(weekday))
            .arg("right", weekday_words(date.weekday()))
            .discriminator(at.range.start.to_string())
    };
    if let Some(date) = date {
        return ledger.judge(WEEKDAY, (!weekday_matches(date, weekday)).then(|| finding(date)));
    }
    // A day without its year is wrong only where it fits none of the years that may be meant.
    let (Some(year), Ok(month), Ok(day)) = (year, i8::try_from(month), i8::try_from(day)) else {
        return ledger.skip(WEEKDAY, Reason::YearUncertain);
    };
    let Some(own) = year.day(month, day) else { return ledger.skip(WEEKDAY, Reason::YearUncertain) };
    if weekday_matches(own, weekday) {
        return ledger.pass(WEEKDAY);
    }
    let neighbours = [year.prior(), year.next()].into_iter().flatten().filter_map(|year| year.day(month, day));
    if neighbours.into_iter().any(|date| weekday_matches(date, weekday)) {
        return ledger.skip(WEEKDAY, Reason::YearUncertain);
    }
    ledger.fail(finding(own).variant("yearless"));
}

fn weekday_words(weekday: Weekday) -> Arg {
    let english = match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    Arg::both(format!("{}曜日", weekday_kanji(weekday)), english)
}

/// The day that a text states for certain: with its year, or without it where the weekday fits
/// the fiscal year and neither of its neighbours.
pub(super) fn certain_days(found: &FoundDate, year: FiscalYear) -> Option<(Date, Date)> {
    if matches!(found.kind, DateKind::FiscalYear | DateKind::FiscalYearEnd | DateKind::Year) {
        return None;
    }
    if found.year.is_some() {
        return found.days(None);
    }
    let weekday = found.weekday?;
    let (own, _) = found.days(Some(year))?;
    let elsewhere = [year.prior(), year.next()].into_iter().flatten().filter_map(|year| found.days(Some(year)));
    let certain = weekday_matches(own, weekday) && !elsewhere.into_iter().any(|(day, _)| weekday_matches(day, weekday));
    certain.then_some((own, own))
}
