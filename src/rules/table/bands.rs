//! Bands of ages or numbers that overlap: 20歳以下 beside 20代.

use super::grid::Grid;
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::model::Text;
use crate::rule::Ledger;
use crate::text::fold;

/// Whole numbers from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Band {
    low: u32,
    /// The last one; none where there is no end.
    high: Option<u32>,
    unit: &'static str,
    /// Whether it is written as a bound (以下, 未満, 以上).
    is_bound: bool,
}

/// Units that are counted in whole numbers, each as it may be written.
const UNITS: [(&str, &str); 5] = [("歳", "歳"), ("才", "歳"), ("人", "人"), ("回", "回"), ("件", "件")];

/// Looks at the bands of the rows, and at those of the columns.
pub(super) fn check(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let rows: Vec<Option<Text<'_>>> =
        grid.rows.iter().map(|row| row.title.filter(|_| row.sum_of.is_empty() && row.within.is_none())).collect();
    let columns: Vec<Option<Text<'_>>> =
        grid.columns.iter().map(|column| column.title.filter(|_| column.sum_of.is_empty() && column.within.is_none())).collect();
    axis(grid, true, &rows, ledger);
    axis(grid, false, &columns, ledger);
}

/// The bands of one breakdown are held against each other; those of two breakdowns may overlap.
fn axis(grid: &Grid<'_, '_>, down: bool, titles: &[Option<Text<'_>>], ledger: &mut Ledger) {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for total in 0..titles.len() {
        lists.extend(grid.parts_of(down, total));
    }
    let free: Vec<usize> = (0..titles.len()).filter(|at| !lists.iter().any(|list| list.contains(at))).collect();
    lists.push(free);
    for list in lists {
        let bands: Vec<(Band, Text<'_>)> =
            list.iter().filter_map(|at| titles.get(*at).copied().flatten()).filter_map(|title| Some((band(title.text)?, title))).collect();
        settle(grid, &bands, ledger);
    }
}

fn settle(grid: &Grid<'_, '_>, bands: &[(Band, Text<'_>)], ledger: &mut Ledger) {
    let rule = RuleId::BandOverlap;
    if bands.len() < 2 {
        return;
    }
    let mut sorted: Vec<&(Band, Text<'_>)> = bands.iter().collect();
    sorted.sort_by_key(|(band, _)| (band.unit, band.low, band.high.unwrap_or(u32::MAX)));
    let mut pairs = sorted.windows(2).filter_map(|pair| overlap(pair[0].0, pair[1].0).map(|common| (pair[0], pair[1], common)));
    let Some((one, other, common)) = pairs.next() else { return ledger.pass(rule) };
    let (wrong, beside) = if one.0.is_bound { (one, other) } else { (other, one) };
    let value = format!("{common}{}", one.0.unit);
    let mut finding = Finding::new(rule, wrong.1.node)
        .arg("band", wrong.1.text)
        .arg("other", beside.1.text)
        .arg("value", Arg::both(value, if one.0.unit == "歳" { format!("age {common}") } else { common.to_string() }))
        .arg("table", grid.table.name())
        .related("other", beside.1.node);
    for (_, other, _) in pairs {
        finding = finding.related("again", other.1.node);
    }
    ledger.fail(finding);
}

/// The first number that lies in both bands, where neither covers the other.
fn overlap(one: Band, other: Band) -> Option<u32> {
    if one.unit != other.unit {
        return None;
    }
    let high = |band: Band| band.high.unwrap_or(u32::MAX);
    let (low, last) = (one.low.max(other.low), high(one).min(high(other)));
    let covers = |a: Band, b: Band| a.low <= b.low && high(a) >= high(b);
    (low <= last && !covers(one, other) && !covers(other, one)).then_some(low)
}

/// The band that a title is.
fn band(title: &str) -> Option<Band> {
    let folded = fold(title);
    let text = folded.as_ref();
    let is_wave = |letter: char| matches!(letter, '~' | '〜' | '～' | '-' | '－' | '–' | 'ー' | '―');
    if let Some(rest) = text.strip_prefix(is_wave) {
        let (high, rest) = number(rest)?;
        let (unit, rest) = unit(rest);
        return (rest.is_empty() && !unit.is_empty()).then_some(Band { low: 0, high: Some(high), unit, is_bound: true });
    }
    let (low, rest) = number(text)?;
    if let Some(rest) = rest.strip_prefix("歳代").or_else(|| rest.strip_prefix('代')) {
        return (rest.is_empty() && low % 10 == 0).then(|| Band { low, high: Some(low + 9), unit: "歳", is_bound: false });
    }
    let (first, rest) = unit(rest);
    let bound = |low, high| Some(Band { low, high, unit: first, is_bound: true }).filter(|band| !band.unit.is_empty());
    match rest {
        "以上" | "以降" => return bound(low, None),
        "超" => return bound(low + 1, None),
        "以下" | "まで" => return bound(0, Some(low)),
        "未満" => return bound(0, Some(low.checked_sub(1)?)),
        "" => return bound(low, Some(low)),
        _ => {}
    }
    let rest = rest.strip_prefix(is_wave)?;
    if rest.is_empty() {
        return bound(low, None);
    }
    let (high, rest) = number(rest)?;
    let (last, rest) = unit(rest);
    let high = match rest {
        "" => high,
        "未満" => high.checked_sub(1)?,
        _ => return None,
    };
    let unit = if last.is_empty() { first } else { last };
    (low <= high && !unit.is_empty()).then_some(Band { low, high: Some(high), unit, is_bound: false })
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    Some((number.parse().ok().filter(|number| *number < 1_000_000)?, rest))
}

fn unit(text: &str) -> (&'static str, &str) {
    UNITS.iter().find_map(|(written, unit)| text.strip_prefix(written).map(|rest| (*unit, rest))).unwrap_or(("", text))
}

#[cfg(test)]
mod tests {
    use super::{band, overlap};

    fn common(one: &str, other: &str) -> Option<u32> {
        overlap(band(one).unwrap(), band(other).unwrap())
    }

    #[test]
    fn reads_bands() {
        for (title, low, high) in [
            ("20歳以下", 0, Some(20)),
            ("20歳未満", 0, Some(19)),
            ("２０代", 20, Some(29)),
            ("20歳代", 20, Some(29)),
            ("20～39歳", 20, Some(39)),
            ("20歳〜39歳", 20, Some(39)),
            ("20歳以上", 20, None),
            ("80歳～", 80, None),
            ("～19歳", 0, Some(19)),
            ("5人以上", 5, None),
        ] {
            let band = band(title).unwrap();
            assert_eq!((band.low, band.high), (low, high), "{title}");
        }
        for title in ["計", "男性", "20代男性", "2023", "1週", "25代", "20歳以上40歳未満の人"] {
            assert_eq!(band(title), None, "{title}");
        }
    }

    #[test]
    fn overlaps_in_part() {
        assert_eq!(common("20歳以下", "20代"), Some(20));
        assert_eq!(common("20～30歳", "30～40歳"), Some(30));
        assert_eq!(common("20歳未満", "20代"), None);
        assert_eq!(common("65歳以上", "75歳以上"), None);
        assert_eq!(common("20代", "20代"), None);
    }
}
