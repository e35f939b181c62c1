//! Rows of one table whose shares were rounded in different ways.

use super::grid::Grid;
use super::shares::{Judged, percent};
use crate::arithmetic::{Policy, PolicySet, ShareVerdict, check_shares};
use crate::catalogue::{RuleId, Words};
use crate::diagnostic::Finding;
use crate::rule::Ledger;

fn words(policy: Policy) -> Words {
    match policy {
        Policy::HalfUp => Words { ja: "四捨五入", en: "rounded half up" },
        Policy::HalfEven => Words { ja: "偶数への丸め", en: "rounded half to even" },
        Policy::Truncate => Words { ja: "切り捨て", en: "cut off" },
        Policy::To100 => Words { ja: "合計が100％になる調整", en: "adjusted to add up to 100%" },
    }
}

/// Looks at the lines of shares that fit their counts.
pub(super) fn check(grid: &Grid<'_, '_>, judged: &[Judged], ledger: &mut Ledger) {
    let rule = RuleId::MixedShareRounding;
    // Different decimals are a note of their own, and hide how a line was rounded.
    let lines: Vec<&Judged> = judged.iter().filter(|one| !one.line.has_mixed_decimals()).collect();
    let Some(first) = lines.first() else { return };
    let common = lines.iter().fold(first.policies, |common, one| common.and(one.policies));
    if !common.is_empty() {
        return ledger.pass(rule);
    }
    let fitting = |policy: Policy| lines.iter().filter(|one| one.policies.contains(policy)).count();
    // The most usual policy among those that fit most lines.
    let usual = Policy::ALL.into_iter().rev().max_by_key(|policy| fitting(*policy)).unwrap_or(Policy::HalfUp);
    let Some((odd, cell)) = lines.iter().find_map(|one| Some((one, deviating(one, usual)?))) else { return };
    let Some((share, node)) = grid.share(cell) else { return };
    let other = odd.policies.iter().next();
    let mut finding = Finding::new(rule, node)
        .variant(if other.is_some() { "default" } else { "row" })
        .arg("cell", grid.name(cell))
        .arg("share", percent(share.printed()))
        .arg("count", grid.printed(cell))
        .arg("total", odd.line.total.to_string())
        .arg("table", grid.table.name())
        .arg("usual", words(usual))
        .arg("other", words(other.unwrap_or(usual)));
    let against = lines
        .iter()
        .find(|one| one.policies.contains(usual) && one.policies.and(odd.policies).is_empty() && one.line.cells != odd.line.cells);
    if let Some(cell) = against.and_then(|one| other.and_then(|other| deviating(one, other)))
        && let Some((_, node)) = grid.share(cell)
    {
        finding = finding.related("usual", node);
    }
    ledger.fail(finding);
}

/// The first cell of a line that a policy would print differently.
fn deviating(one: &Judged, policy: Policy) -> Option<usize> {
    if one.policies.contains(policy) {
        return None;
    }
    match check_shares(&one.line.shares, one.line.total, PolicySet::of(policy)) {
        ShareVerdict::Wrong { cells, .. } => cells.first().and_then(|wrong| one.line.cells.get(wrong.cell)).copied(),
        _ => None,
    }
}
