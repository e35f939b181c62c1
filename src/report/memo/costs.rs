//! What the year cost: shared costs counted once, and how many entries state none.

use serde::Serialize;

use super::figures::{share, short};
use super::study::Study;
use crate::arithmetic::{Quantity, Rational, normal_unit};
use crate::model::{Cost, Entry, Slot};

/// The costs of a report.
#[derive(Debug, Default, Serialize)]
pub struct CostsView {
    /// Whether the plan asks for costs or some entry states one.
    pub asked: bool,
    /// The total in yen with commas, each shared cost counted once; empty where none is stated.
    pub total: String,
    /// How many entries state an amount.
    pub stated: usize,
    /// Of how many entries, with a percentage.
    pub stated_share: String,
    /// How many state none.
    pub unstated: usize,
    /// How many of these give a reason, a bare mark not counted.
    pub explained: usize,
    /// How many costs were not counted again, because another entry states them too.
    pub repeated: usize,
    /// How many amounts could not be added: about, a bound, or in another unit.
    pub not_added: usize,
}

/// An amount in yen, where it can be added.
fn yen(slot: &Slot<'_, Quantity<'_>>) -> Option<Rational> {
    let quantity = slot.given().filter(|quantity| quantity.is_single() && !quantity.is_about())?;
    let scale = match quantity.unit().map(normal_unit) {
        None | Some("円") => 1,
        Some("千円") => 1_000,
        Some("万円") => 10_000,
        Some("百万円") => 1_000_000,
        Some(_) => return None,
    };
    quantity.value().checked_mul(Rational::integer(scale))
}

/// The amount of a cost, or the sum of its parts.
#[must_use]
pub fn total_of(cost: &Cost<'_>) -> Option<Rational> {
    if !cost.amount.is_absent() {
        return yen(&cost.amount);
    }
    cost.items.iter().try_fold(Rational::ZERO, |sum, item| sum.checked_add(yen(&item.amount)?))
}

/// A cost that several entries state: the measures that share it, in order, and its amount.
type SharedCost<'a> = (Vec<&'a str>, Option<Rational>);

/// The costs.
#[must_use]
pub fn costs(study: &Study<'_>) -> CostsView {
    let entries = &study.report().entries;
    let mut view = CostsView::default();
    let mut sum = Rational::ZERO;
    let mut seen: Vec<SharedCost<'_>> = Vec::new();
    for entry in entries {
        let cost = match &entry.cost {
            Slot::Given(cost, _) => cost,
            Slot::Missing(missing) => {
                view.unstated += 1;
                view.explained += usize::from(missing.is_answer());
                continue;
            }
            Slot::Absent | Slot::Unreadable(_) => {
                view.unstated += 1;
                continue;
            }
        };
        view.stated += 1;
        add(entry, cost, &mut sum, &mut seen, &mut view);
    }
    view.asked = study.plan().expects.has("costs") || view.stated > 0;
    view.stated_share = share(view.stated, entries.len(), study.lang);
    if view.stated > 0 {
        view.total = short(sum);
    }
    view
}

fn add<'a>(entry: &Entry<'a>, cost: &Cost<'a>, sum: &mut Rational, seen: &mut Vec<SharedCost<'a>>, view: &mut CostsView) {
    let mut count = |amount: Option<Rational>, others: &[&'a str]| {
        if !others.is_empty() {
            let mut group: Vec<&str> = others.to_vec();
            group.push(entry.measure.text);
            group.sort_unstable();
            group.dedup();
            if seen.iter().any(|known| known.0 == group && known.1 == amount) {
                view.repeated += 1;
                return;
            }
            seen.push((group, amount));
        }
        match amount.and_then(|amount| sum.checked_add(amount)) {
            Some(total) => *sum = total,
            None => view.not_added += 1,
        }
    };
    if cost.amount.is_absent() && !cost.items.is_empty() {
        for item in &cost.items {
            let other: Vec<&str> = item.same_as.iter().map(|id| id.text.split('/').next().unwrap_or(id.text)).collect();
            count(yen(&item.amount), &other);
        }
    } else {
        let others: Vec<&str> = cost.shared_with.iter().map(|id| id.text).collect();
        count(yen(&cost.amount), &others);
    }
}
