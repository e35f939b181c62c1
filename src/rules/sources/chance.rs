//! Words that speak of a change in rare events which chance alone may make.

use super::width;
use crate::arithmetic::{Figure, Rational, chance_of_change, is_measured};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::{Field, Node};
use crate::model::Passage;
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};
use crate::rules::table::{Grid, is_bare, year_of};
use crate::text::{fold, sentences};

const RULE: RuleId = RuleId::ChangeWithinChance;

/// Words of a change, and of a longer trend, which two years do not settle.
const CHANGES: [&str; 12] =
    ["増加し", "増加と", "増えた", "増えて", "減少し", "減少と", "減った", "減って", "低下し", "上昇し", "改善し", "悪化し"];
const TRENDS: [&str; 7] = ["傾向", "年々", "推移", "年連続", "長期", "目標", "目指"];

/// A series of counts of a statistic, as its last two years.
struct Series<'a> {
    name: String,
    statistic: &'a str,
    before: (i16, u64, Node<'a>),
    after: (i16, u64, Node<'a>),
}

/// Holds what a report says of changes against its tables.
pub(super) fn check(scope: &ReportScope<'_>, grids: &[Grid<'_, '_>], ledger: &mut Ledger) {
    if grids.is_empty() {
        return;
    }
    let series: Vec<Series<'_>> = grids.iter().flat_map(|grid| of_table(scope, grid)).collect();
    if series.is_empty() {
        return ledger.skip(RULE, Reason::NoPriorFigure);
    }
    let subject = ledger.subject().clone();
    let report = scope.report;
    if let Some(headline) = report.headline {
        look(scope, headline.node, headline.text, &series, ledger);
    }
    for note in report.node.get(Field::Notes).into_iter().flat_map(Node::items) {
        look(scope, note, note.text().unwrap_or_default(), &series, ledger);
    }
    for entry in &report.entries {
        let passages = [&entry.result, &entry.reason, &entry.effect].into_iter().filter_map(|slot| slot.given().copied());
        let parts: Vec<_> = passages.flat_map(Passage::parts).filter(|part| speaks(part.text.text)).collect();
        if parts.is_empty() {
            continue;
        }
        ledger.set_subject(EntryScope::new(*scope, entry).subject());
        for part in parts {
            look(scope, part.text.node, part.text.text, &series, ledger);
        }
    }
    ledger.set_subject(subject);
}

fn speaks(text: &str) -> bool {
    CHANGES.iter().any(|word| text.contains(word))
}

/// The counts of people or cases of a table by year, as far as they are final and the city's: the
/// last two years that follow each other.
fn of_table<'a>(scope: &ReportScope<'_>, grid: &Grid<'_, 'a>) -> Vec<Series<'a>> {
    let mut found = Vec::new();
    for column in 0..grid.columns.len() {
        if grid.columns[column].provisional.is_some() || grid.table.provisional.is_some() {
            continue;
        }
        let mut years: Vec<(i16, usize)> = (0..grid.rows.len())
            .filter(|row| grid.rows[*row].provisional.is_none() && is_bare(grid.rows[*row]))
            .filter_map(|row| Some((year_of(grid.rows[row])?, grid.at(row, column))))
            .filter(|(_, at)| count(grid, *at).is_some())
            .collect();
        years.sort_unstable();
        let [.., before, after] = years.as_slice() else { continue };
        let Some(statistic) = grid.statistic(after.1).map(|text| text.text).filter(|name| matches!(*name, "vital" | "police")) else {
            continue;
        };
        if before.0 + 1 != after.0 || width(grid.area(after.1), scope.plan.municipality) > 1 {
            continue;
        }
        let (Some(one), Some(other)) = (count(grid, before.1), count(grid, after.1)) else { continue };
        found.push(Series {
            name: noun(grid.columns[column].name()),
            statistic,
            before: (before.0, one, grid.node(before.1)),
            after: (after.0, other, grid.node(after.1)),
        });
    }
    found
}

fn count(grid: &Grid<'_, '_>, at: usize) -> Option<u64> {
    let unit = grid.unit(at);
    let figure = grid.figures[at].filter(Figure::is_exact).filter(|figure| figure.value.is_integer() && !is_measured(unit))?;
    u64::try_from(figure.value.numerator()).ok()
}

/// The name without what stands in brackets, and without that of a statistic before it.
fn noun(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.split('(').next().unwrap_or(&folded);
    bare.rsplit("統計").next().unwrap_or(bare).to_owned()
}

/// Each sentence that says of one series alone that it has changed since last year.
fn look(scope: &ReportScope<'_>, node: Node<'_>, text: &str, series: &[Series<'_>], ledger: &mut Ledger) {
    if !speaks(text) {
        return;
    }
    for sentence in sentences(text) {
        let folded = fold(sentence.text);
        if !CHANGES.iter().any(|word| folded.contains(word)) || TRENDS.iter().any(|word| folded.contains(word)) {
            continue;
        }
        let named: Vec<&Series<'_>> = series.iter().filter(|one| is_named(scope, one, &folded)).collect();
        let Some(first) = named.first() else { continue };
        let level = Rational::new(i128::from(scope.settings.percent(RULE, "chance")), 10_000).unwrap_or(Rational::ZERO);
        let chances: Option<Vec<_>> = named.iter().map(|one| chance_of_change(one.before.1, one.after.1, level)).collect();
        let Some(chances) = chances else {
            ledger.skip(RULE, Reason::NotComparable);
            continue;
        };
        let changed = named.iter().all(|one| one.before.1 != one.after.1);
        if !changed || !chances.iter().all(|chance| chance.is_likely) {
            ledger.pass(RULE);
            continue;
        }
        let percent = chances.first().map_or(0, |chance| chance.thousandths / 10);
        let at = sentence.range.start;
        ledger.fail(
            Finding::new(RULE, node)
                .span(node.part(sentence.range))
                .arg("name", first.name.as_str())
                .arg("one", first.before.1)
                .arg("other", first.after.1)
                .arg("before", i32::from(first.before.0))
                .arg("after", i32::from(first.after.0))
                .arg("percent", percent)
                .related("before", first.before.2)
                .related("after", first.after.2)
                .discriminator(at.to_string()),
        );
    }
}

/// Whether a sentence speaks of a series: by its name, or by a rate of the same statistic; one that
/// names a statistic speaks of no other.
fn is_named(scope: &ReportScope<'_>, series: &Series<'_>, sentence: &str) -> bool {
    let (vital, police) = (sentence.contains("人口動態"), sentence.contains("警察"));
    if (vital && series.statistic != "vital") || (police && series.statistic != "police") {
        return false;
    }
    if series.name.chars().count() >= 3 && sentence.contains(&series.name) {
        return true;
    }
    let is_total = series.name.ends_with("者数");
    is_total
        && scope.plan.indicators.iter().any(|indicator| {
            let is_rate = indicator.unit.is_some_and(|unit| is_measured(unit.text) && unit.text.starts_with("人口"));
            is_rate && indicator.source.is_some_and(|source| source.text == series.statistic) && sentence.contains(&*fold(indicator.name()))
        })
}
