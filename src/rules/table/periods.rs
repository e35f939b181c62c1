//! Series by year or month: a period that stands twice, and one that is passed over.

use std::collections::BTreeMap;

use super::grid::Grid;
use crate::calendar::{FiscalYear, in_era, parse_fiscal_year};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::{Field, Node};
use crate::model::{Row, Text, fiscal_year};
use crate::rule::{Ledger, Reason, ReportScope};
use crate::text::fold;

/// When a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Year(i16),
    Month(i16),
    Quarter(i16),
}

/// One place of a series.
#[derive(Clone, Debug)]
struct Item<'a> {
    when: When,
    /// What else tells it from others: nothing, where its title is the period alone.
    apart: String,
    node: Node<'a>,
}

/// The periods of a table: of its rows, or of its columns.
pub(super) fn table(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let rows: Vec<Item<'_>> = grid.rows.iter().filter(|row| row.sum_of.is_empty()).filter_map(|row| of_row(row)).collect();
    let columns: Vec<Item<'_>> = grid
        .columns
        .iter()
        .filter(|column| column.sum_of.is_empty())
        .filter_map(|column| {
            let title = column.title?;
            let apart = [column.unit, column.scope].into_iter().flatten().map(|text| text.text).collect::<Vec<_>>().join("/");
            Some(Item { when: period(title.text)?, apart: format!("{}/{apart}", fiscal_mark(title.text)), node: title.node })
        })
        .collect();
    let notes = || {
        let of_rows = grid.rows.iter().filter_map(|row| row.note);
        grid.table.notes.iter().copied().chain(of_rows).chain(grid.columns.iter().filter_map(|column| column.note))
    };
    for items in [rows, columns] {
        series(&items, grid.table.name(), &notes().map(|note| note.text).collect::<Vec<_>>(), ledger);
    }
}

/// The values of each indicator of a report by year.
pub fn indicators(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    for reported in &scope.report.indicators {
        let items: Vec<Item<'_>> = reported
            .values
            .iter()
            .filter_map(|one| {
                let node = one.year?.node;
                let apart = if one.provisional { "provisional" } else { "" };
                Some(Item { when: When::Year(fiscal_year(node)?.number()), apart: apart.to_owned(), node })
            })
            .collect();
        let indicator = scope.plan.indicators.iter().find(|indicator| indicator.id.text == reported.indicator.text);
        let name = indicator.map_or(reported.indicator.text, |indicator| indicator.name());
        let note = reported.node.get(Field::Note).and_then(Node::text);
        series(&items, name, &note.into_iter().collect::<Vec<_>>(), ledger);
    }
}

fn of_row<'a>(row: &Row<'a>) -> Option<Item<'a>> {
    let title = row.title;
    let own = title.and_then(|title| period(title.text));
    let year = row.year.and_then(|year| fiscal_year(year.node)).map(|year| When::Year(year.number()));
    let (when, node) = match (year, row.year, own, title) {
        (Some(when), Some(year), _, _) => (when, year.node),
        (_, _, Some(when), Some(title)) => (when, title.node),
        _ => return None,
    };
    let is_bare = title.is_none() || own == Some(when);
    let words = title.filter(|_| !is_bare).map_or(String::new(), |title| fold(title.text).into_owned());
    let texts = [row.unit, row.scope, row.within, row.source.as_ref().and_then(|source| source.statistic)];
    let apart = texts.into_iter().map(|text| text.map_or("", |text| text.text)).collect::<Vec<_>>().join("/");
    let provisional = if row.provisional.is_some() { "provisional" } else { "" };
    let fiscal = title.map_or("", |title| fiscal_mark(title.text));
    let apart = format!("{words}/{apart}/{provisional}/{fiscal}");
    Some(Item { when, apart, node })
}

/// The period that a title is, with nothing but a mark of a note behind it.
fn period(title: &str) -> Option<When> {
    let title = title.trim().trim_end_matches(['※', '＊', '*', '†']).trim_end();
    if let Some(year) = parse_fiscal_year(title) {
        return Some(When::Year(year.number()));
    }
    let folded = fold(title);
    let number = |text: &str, most: i16| text.parse::<i16>().ok().filter(|number| (1..=most).contains(number));
    if let Some(month) = folded.strip_suffix('月').and_then(|digits| number(digits, 12)) {
        return Some(When::Month(month));
    }
    let quarter = folded.strip_prefix('第').and_then(|rest| rest.strip_suffix("四半期")).and_then(|digits| number(digits, 4));
    quarter.map(When::Quarter)
}

/// A fiscal year is not the calendar year of that number.
fn fiscal_mark(title: &str) -> &'static str {
    if title.contains("年度") { "fiscal" } else { "" }
}

fn series(items: &[Item<'_>], name: &str, notes: &[&str], ledger: &mut Ledger) {
    if items.len() < 2 {
        return;
    }
    if !repeated(items, name, ledger) {
        gaps(items, name, notes, ledger);
    }
}

/// Finds periods that stand twice. Where most of them do, the table shows several series.
fn repeated(items: &[Item<'_>], name: &str, ledger: &mut Ledger) -> bool {
    let rule = RuleId::PeriodRepeated;
    let mut places: BTreeMap<(When, &str), Vec<Node<'_>>> = BTreeMap::new();
    for item in items {
        places.entry((item.when, &item.apart)).or_default().push(item.node);
    }
    let twice: Vec<(&(When, &str), &Vec<Node<'_>>)> = places.iter().filter(|(_, nodes)| nodes.len() > 1).collect();
    if twice.is_empty() {
        ledger.pass(rule);
        return false;
    }
    if twice.len() > 1 && twice.len() * 2 >= places.len() {
        ledger.skip(rule, Reason::NotComparable);
        return true;
    }
    for ((when, _), nodes) in twice {
        let mut finding = Finding::new(rule, nodes[1]).arg("period", words(*when)).arg("table", name).related("first", nodes[0]);
        for node in &nodes[2..] {
            finding = finding.related("again", *node);
        }
        ledger.fail(finding);
    }
    true
}

/// The fewest periods of a series in which one may be missed, and of one by months.
const FEW_YEARS: usize = 4;
const FEW_MONTHS: usize = 6;

fn gaps(items: &[Item<'_>], name: &str, notes: &[&str], ledger: &mut Ledger) {
    let rule = RuleId::PeriodGap;
    let mut years: Vec<(i16, Node<'_>)> = Vec::new();
    let mut months: Vec<(i16, Node<'_>)> = Vec::new();
    for item in items {
        match item.when {
            When::Year(year) => years.push((year, item.node)),
            When::Month(month) => months.push((month, item.node)),
            When::Quarter(_) => {}
        }
    }
    years.sort_by_key(|(year, _)| *year);
    years.dedup_by_key(|(year, _)| *year);
    let of_months = months.len() >= FEW_MONTHS && months.len() == items.len();
    let (places, step): (&[(i16, Node<'_>)], Step) = match (years.len() >= FEW_YEARS, of_months) {
        (true, _) => (&years, |one, next| next - one),
        (_, true) => (&months, |one, next| (next - one).rem_euclid(12)),
        _ => return ledger.skip(rule, Reason::Few),
    };
    let steps: Vec<i16> = places.windows(2).map(|pair| step(pair[0].0, pair[1].0)).collect();
    let missed: Vec<usize> = (0..steps.len()).filter(|at| steps[*at] != 1).collect();
    let single = match missed.as_slice() {
        [] => return ledger.pass(rule),
        [at] if *at > 0 && steps[*at] == 2 && steps.len() > 3 => *at,
        // The first period is often a base year, and a wider step has a reason.
        _ => return ledger.skip(rule, Reason::NotComparable),
    };
    let (before, after) = (places[single], places[single + 1]);
    let missing = if of_months && years.len() < FEW_YEARS { When::Month(before.0 % 12 + 1) } else { When::Year(before.0 + 1) };
    if notes.iter().any(|note| explains(note, missing)) {
        return ledger.skip(rule, Reason::Answered);
    }
    ledger.fail(Finding::new(rule, after.1).arg("period", words(missing)).arg("table", name).related("before", before.1));
}

/// Whether a note speaks of the period, or of something that did not take place.
fn explains(note: &str, missing: When) -> bool {
    if ["中止", "隔年", "実施してい", "未実施", "実施なし"].iter().any(|word| note.contains(word)) {
        return true;
    }
    let folded = fold(note);
    match missing {
        When::Month(month) | When::Quarter(month) => folded.contains(&format!("{month}月")),
        When::Year(year) => {
            let era = era_year(year);
            let short = era.as_ref().map_or(String::new(), |(short, _)| short.to_lowercase());
            let long = era.as_ref().map_or("", |(_, long)| long);
            folded.contains(&year.to_string()) || (!short.is_empty() && folded.contains(&short)) || (!long.is_empty() && folded.contains(long))
        }
    }
}

/// R4 and 令和4年.
fn era_year(year: i16) -> Option<(String, String)> {
    let day = FiscalYear::new(year)?.day(12, 31)?;
    let era = in_era(day).to_string();
    let long = era.split('年').next()?.to_owned();
    let number: String = long.chars().filter(char::is_ascii_digit).collect();
    let letter = match long.chars().next()? {
        '令' => 'R',
        '平' => 'H',
        _ => 'S',
    };
    let number = if number.is_empty() { "1".to_owned() } else { number };
    Some((format!("{letter}{number}"), format!("{long}年")))
}

fn words(when: When) -> Arg {
    match when {
        When::Year(year) => Arg::both(era_year(year).map_or(format!("{year}年"), |(_, long)| format!("{long}（{year}年）")), year.to_string()),
        When::Month(month) => Arg::both(format!("{month}月"), MONTHS.get(usize::try_from(month - 1).unwrap_or(0)).copied().unwrap_or_default()),
        When::Quarter(quarter) => Arg::both(format!("第{quarter}四半期"), format!("quarter {quarter}")),
    }
}

/// How far one period is from the next.
type Step = fn(i16, i16) -> i16;

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Whether the title of a row is its period and nothing else.
#[must_use]
pub fn is_bare(row: &Row<'_>) -> bool {
    row.title.is_none_or(|title| period(title.text).is_some())
}

/// The year of a row: stated, or its title.
#[must_use]
pub fn year_of(row: &Row<'_>) -> Option<i16> {
    let of_title = |title: Text<'_>| match period(title.text) {
        Some(When::Year(year)) => Some(year),
        _ => None,
    };
    row.year.and_then(|year| fiscal_year(year.node)).map(FiscalYear::number).or_else(|| row.title.and_then(of_title))
}
