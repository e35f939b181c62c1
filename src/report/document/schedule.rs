//! What a plan foresees year by year, as a grid: a line holds what fits beside each other.

use super::figure::{self, owned};
use super::make::Maker;
use super::view::{LaneCellView, LaneView, ScheduleView, ScheduledPolicyView};
use super::words;
use crate::calendar::FiscalYear;
use crate::model::{Measure, Schedule};

/// The most years that a grid shows.
const MOST_YEARS: i16 = 30;

/// Something from one year to another.
struct Part {
    first: i16,
    last: i16,
    text: Option<String>,
    audience: Option<String>,
}

/// The grid; nothing where no measure has a schedule.
pub(super) fn grid(maker: &Maker<'_, '_>) -> Option<ScheduleView> {
    let parts = || maker.plan.measures.iter().flat_map(|measure| &measure.schedule).filter_map(bounds);
    let first = parts().map(|(first, _)| first).chain(maker.plan.first.map(FiscalYear::number)).min();
    let last = parts().map(|(_, last)| last).chain(maker.plan.last.map(FiscalYear::number)).max();
    parts().next()?;
    let (first, last) = (first?, last?);
    let last = last.min(first + MOST_YEARS - 1);
    let years = (first..=last).filter_map(FiscalYear::new).map(|year| figure::year(year, maker.lang)).collect();
    Some(ScheduleView { years, policies: policies(maker, first, last) })
}

fn bounds(stage: &Schedule<'_>) -> Option<(i16, i16)> {
    let first = stage.first?.number();
    let last = stage.last.map_or(first, FiscalYear::number);
    Some((first, last.max(first)))
}

fn policies(maker: &Maker<'_, '_>, first: i16, last: i16) -> Vec<ScheduledPolicyView> {
    let plan = maker.plan;
    let lanes = |id: Option<&str>| -> Vec<LaneView> {
        let of = |measure: &&Measure<'_>| measure.policy.map(|policy| policy.text).filter(|id| plan.policy(id).is_some()) == id;
        plan.measures.iter().filter(of).flat_map(|measure| self::lanes(measure, first, last)).collect()
    };
    let mut views = Vec::new();
    for (index, policy) in plan.policies.iter().enumerate() {
        let before = plan.policies[..index].iter().filter(|other| other.parent == policy.parent && other.tier == policy.tier);
        views.push(ScheduledPolicyView {
            title: owned(policy.title).or_else(|| Some(policy.id.text.to_owned())),
            tier_text: policy.tier.map(|tier| words::tier(tier).1.get(maker.lang)),
            number: before.count() + 1,
            summary: owned(policy.summary),
            lanes: lanes(Some(policy.id.text)),
        });
    }
    views.push(ScheduledPolicyView { title: None, tier_text: None, number: 1, summary: None, lanes: lanes(None) });
    views.retain(|view| !view.lanes.is_empty());
    views
}

/// The lines of a measure.
fn lanes(measure: &Measure<'_>, first: i16, last: i16) -> Vec<LaneView> {
    let parts = measure.schedule.iter().filter_map(|stage| {
        let (from, to) = bounds(stage)?;
        let (from, to) = (from.max(first), to.min(last));
        (from <= to).then(|| Part { first: from, last: to, text: owned(stage.text), audience: owned(stage.audience) })
    });
    let mut lines: Vec<Vec<Part>> = Vec::new();
    for run in runs(parts.collect()) {
        match run {
            Run::Of(part) => {
                let line = lines.iter_mut().find(|line| line.last().is_none_or(|before| before.last < part.first));
                match line {
                    Some(line) => line.push(part),
                    None => lines.push(vec![part]),
                }
            }
            Run::Audiences(whole, audiences) => lines.extend([vec![whole], audiences]),
        }
    }
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| LaneView { measure: measure.name().to_owned(), continued: index > 0, cells: cells(line, first, last) })
        .collect()
}

enum Run {
    /// Something by itself.
    Of(Part),
    /// One thing over several years, each for its own audience: the thing above, the audiences
    /// below it.
    Audiences(Part, Vec<Part>),
}

fn runs(parts: Vec<Part>) -> Vec<Run> {
    let mut runs: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        let follows = |run: &Vec<Part>| {
            run.last().is_some_and(|before| {
                before.text.is_some()
                    && before.text == part.text
                    && before.audience.is_some()
                    && part.audience.is_some()
                    && before.last + 1 == part.first
            })
        };
        match runs.last_mut() {
            Some(run) if follows(run) => run.push(part),
            _ => runs.push(vec![part]),
        }
    }
    runs.into_iter()
        .map(|mut run| match (run.len(), run.first().map(|part| part.first), run.last().map(|part| part.last)) {
            (2.., Some(first), Some(last)) => {
                let whole = Part { first, last, text: run[0].text.clone(), audience: None };
                run.iter_mut().for_each(|part| part.text = None);
                Run::Audiences(whole, run)
            }
            _ => Run::Of(run.remove(0)),
        })
        .collect()
}

fn cells(line: Vec<Part>, first: i16, last: i16) -> Vec<LaneCellView> {
    let gap = |from: i16, to: i16| (from <= to).then(|| LaneCellView { span: span(from, to), text: None, audience: None });
    let mut cells = Vec::new();
    let mut next = first;
    for part in line {
        cells.extend(gap(next, part.first - 1));
        cells.push(LaneCellView { span: span(part.first, part.last), text: part.text, audience: part.audience });
        next = part.last + 1;
    }
    cells.extend(gap(next, last));
    cells
}

fn span(from: i16, to: i16) -> usize {
    usize::try_from(to - from + 1).unwrap_or(1)
}
