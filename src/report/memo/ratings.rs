//! Ratings by policy (by department where the plan has no policies), last year's beside them, and how many of the best have no planned figure.

use serde::Serialize;

use super::chart::{BarView, ChartView, LineView, WordView, at, class, fit, is_dark, size, width};
use super::figures::share;
use super::head::By;
use super::study::Study;
use crate::model::{Entry, Report, Slot};

/// The entries of one policy by group.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyView {
    /// The policy, or the department.
    pub title: String,
    /// How many entries of each group, in the order of the state's groups; the last number is of
    /// those that have none.
    pub counts: Vec<usize>,
    /// How many entries.
    pub total: usize,
    /// The same last year, where there is a report of that year.
    pub prior: Option<Vec<usize>>,
}

/// Ratings by policy.
#[derive(Debug, Serialize)]
pub struct RatingsView {
    /// `policy`, or `department` where the plan has no policies.
    pub by: &'static str,
    /// The heads of the counts.
    pub heads: Vec<String>,
    /// The policies.
    pub policies: Vec<PolicyView>,
    /// The stacked bars; none where entries are not told apart.
    pub chart: Option<ChartView>,
    /// The best grade, or empty.
    pub top: String,
    /// How many entries have it.
    pub top_count: usize,
    /// How many of these have no planned figure.
    pub top_without_target: usize,
    /// The same with a percentage.
    pub top_without_target_share: String,
}

/// The most bars that page one has room for.
const MOST_BARS: usize = 10;
const LEGEND: f64 = 14.0;

/// Whether some count of an entry has a planned figure.
#[must_use]
pub fn has_target(entry: &Entry<'_>) -> bool {
    entry.counts.iter().any(|count| matches!(count.target, Slot::Given(..)))
}

/// How wide the chart is, and how much of that its labels take.
#[derive(Clone, Copy)]
struct Room {
    width: f64,
    labels: f64,
}

/// Beside another chart.
const HALF: Room = Room { width: 300.0, labels: 104.0 };
/// Alone across the page.
const WHOLE: Room = Room { width: 620.0, labels: 250.0 };

/// Ratings by policy; `alone` where no other chart stands beside them.
#[must_use]
pub fn ratings(study: &Study<'_>, alone: bool) -> RatingsView {
    let keys = study.keys();
    let none = study.word("なし", "none");
    let mut used: Vec<usize> = (0..keys.len()).collect();
    if study.by() != By::Rating {
        used.retain(|rank| study.report().entries.iter().any(|entry| study.key(entry) == Some(&keys[*rank].0)));
    }
    let name = |rank: &usize| if study.by() == By::Rating { keys[*rank].0.clone() } else { keys[*rank].1.clone() };
    let heads: Vec<String> = used.iter().map(name).chain([none.to_owned()]).collect();
    let policies = policies(study, &keys, &used);
    let top = keys.first().filter(|_| study.by() == By::Rating).map(|(key, _)| key.clone()).unwrap_or_default();
    let best: Vec<&Entry<'_>> = study.report().entries.iter().filter(|entry| !top.is_empty() && study.key(entry) == Some(&top)).collect();
    let without = best.iter().filter(|entry| !has_target(entry)).count();
    let chart = (study.by() != By::Nothing && !policies.is_empty()).then(|| draw(study, &heads, &policies, &used, if alone { WHOLE } else { HALF }));
    RatingsView {
        by: if study.plan().policies.is_empty() { "department" } else { "policy" },
        heads,
        policies,
        chart,
        top,
        top_count: best.len(),
        top_without_target: without,
        top_without_target_share: share(without, best.len(), study.lang),
    }
}

fn policies(study: &Study<'_>, keys: &[(String, String)], used: &[usize]) -> Vec<PolicyView> {
    let plan = study.plan();
    let by_department = plan.policies.is_empty();
    let roots: Vec<usize> = match by_department {
        true => (0..plan.departments.len()).collect(),
        false => (0..plan.policies.len()).filter(|index| plan.policies[*index].depth == 0).collect(),
    };
    let slots: Vec<Option<usize>> = roots.into_iter().map(Some).chain([None]).collect();
    let slot_of = |entry: &Entry<'_>| {
        let measure = plan.measure(entry.measure.text).or_else(|| study.now_of(entry.measure.text));
        if !by_department {
            return study.root_policy(measure);
        }
        // The one that is named first answers for it.
        let own = entry.departments.first().or_else(|| measure?.departments.first())?.text;
        plan.departments.iter().position(|department| department.id.text == own)
    };
    let prior = study.prior().filter(|report| report.entries.iter().any(|entry| study.key(entry).is_some()));
    let count = |report: &Report<'_>, slot: Option<usize>| {
        let mut counts = vec![0; used.len() + 1];
        for entry in &report.entries {
            if slot_of(entry) != slot {
                continue;
            }
            let key = study.key(entry);
            let place = used.iter().position(|rank| key == Some(keys[*rank].0.as_str())).unwrap_or(used.len());
            counts[place] += 1;
        }
        counts
    };
    let mut list: Vec<PolicyView> = slots
        .into_iter()
        .filter_map(|slot| {
            let counts = count(study.report(), slot);
            let total: usize = counts.iter().sum();
            let title = match slot {
                Some(index) if by_department => plan.departments[index].title(),
                Some(index) => plan.policies[index].title.map_or(plan.policies[index].id.text, |title| title.text),
                None if by_department => study.word("課の記載なし", "no department"),
                None => study.word("施策の記載なし", "no policy"),
            };
            let prior = prior.map(|report| count(report, slot));
            (total > 0).then(|| PolicyView { title: title.to_owned(), counts, total, prior })
        })
        .collect();
    if by_department {
        list.sort_by_key(|view| std::cmp::Reverse(view.total));
    }
    list
}

fn draw(study: &Study<'_>, heads: &[String], policies: &[PolicyView], used: &[usize], place: Room) -> ChartView {
    let shown = fold(study, policies);
    let two = shown.iter().any(|policy| policy.prior.is_some());
    let row = (128.0 / shown.len() as f64).clamp(13.0, 26.0);
    let most = shown.iter().flat_map(|policy| [policy.total, policy.prior.as_ref().map_or(0, |prior| prior.iter().sum())]).max().unwrap_or(1).max(1);
    let room = place.width - place.labels - 26.0;
    let mut chart = ChartView {
        id: "ratings",
        width: place.width,
        height: at(LEGEND + row * shown.len() as f64 + 4.0),
        title: study.word("施策別の内訳", "by policy").to_owned(),
        desc: describe(study, heads, &shown),
        ..ChartView::default()
    };
    legend(&mut chart, place.labels, heads, used, shown.iter().any(|policy| policy.counts.last().is_some_and(|count| *count > 0)));
    for (index, policy) in shown.iter().enumerate() {
        let top = LEGEND + row * index as f64;
        let (now, before) = if two { (row * 0.54, row * 0.26) } else { (row * 0.72, 0.0) };
        let middle = top + 1.5 + now / 2.0;
        let lines = if row >= 20.0 { broken(&policy.title, place.labels - 6.0) } else { vec![fit(&policy.title, size("tick"), place.labels - 6.0)] };
        let first = middle + 2.8 - (lines.len() - 1) as f64 * 4.2;
        for (index, line) in lines.into_iter().enumerate() {
            chart.words.push(word(place.labels - 5.0, first + index as f64 * 8.4, "end", "tick", line));
        }
        let end = stack(&mut chart, &policy.counts, used, heads, Strip { x: place.labels, y: top + 1.5, h: now, scale: room / most as f64, past: false });
        chart.words.push(word(end + 4.0, middle + 3.0, "start", "tick", policy.total.to_string()));
        if let Some(prior) = &policy.prior {
            stack(&mut chart, prior, used, heads, Strip { x: place.labels, y: top + 2.5 + now, h: before, scale: room / most as f64, past: true });
        }
    }
    let bottom = chart.height - 3.0;
    chart.lines.push(LineView { x1: place.labels, y1: LEGEND, x2: place.labels, y2: bottom, class: "axis" });
    chart
}

/// A title on two lines at most: broken behind a particle or a stop where the lines come out most
/// even, else where the first one is full.
fn broken(title: &str, room: f64) -> Vec<String> {
    let size = size("tick");
    if width(title, size) <= room {
        return vec![title.to_owned()];
    }
    let is_soft = |letter: char| matches!(letter, 'ぁ'..='ん' | ' ' | '　' | '・' | '、' | '-');
    let mut best: Option<(f64, usize)> = None;
    let mut full = 0;
    let mut before: Option<char> = None;
    for (at, letter) in title.char_indices() {
        let (head, rest) = (width(&title[..at], size), width(&title[at..], size));
        if head <= room {
            full = at;
        }
        if head <= room && rest <= room && before.is_some_and(is_soft) && !is_soft(letter) {
            let gap = (head - rest).abs();
            if best.is_none_or(|(least, _)| gap < least) {
                best = Some((gap, at));
            }
        }
        before = Some(letter);
    }
    let (head, rest) = title.split_at(best.map_or(full, |(_, at)| at));
    vec![head.trim_end().to_owned(), fit(rest.trim_start(), size, room)]
}

struct Strip {
    x: f64,
    y: f64,
    h: f64,
    scale: f64,
    past: bool,
}

fn stack(chart: &mut ChartView, counts: &[usize], used: &[usize], heads: &[String], strip: Strip) -> f64 {
    let mut x = strip.x;
    for (index, count) in counts.iter().enumerate() {
        let rank = used.get(index).copied();
        let w = *count as f64 * strip.scale;
        if *count == 0 {
            continue;
        }
        let mut class = class(rank);
        if strip.past {
            class.push_str(" p");
        }
        chart.bars.push(BarView { x: at(x), y: at(strip.y), w: at(w), h: at(strip.h), class, title: format!("{} {count}", heads[index]) });
        let text = format!("{}{count}", short_head(&heads[index]));
        let text = if width(&text, size("in")) + 3.0 <= w { text } else { count.to_string() };
        if !strip.past && width(&text, size("in")) + 2.0 <= w && strip.h >= 8.0 {
            let tone = if is_dark(rank) { "in" } else { "on" };
            chart.words.push(word(x + w / 2.0, strip.y + strip.h / 2.0 + 2.9, "middle", tone, text));
        }
        x += w;
    }
    x
}

fn short_head(head: &str) -> &str {
    if head.chars().count() <= 2 { head } else { "" }
}

fn legend(chart: &mut ChartView, start: f64, heads: &[String], used: &[usize], none: bool) {
    let mut x = start;
    for (index, head) in heads.iter().enumerate() {
        let rank = used.get(index).copied();
        if rank.is_none() && !none {
            continue;
        }
        chart.bars.push(BarView { x: at(x), y: 1.0, w: 9.0, h: 7.0, class: class(rank), title: head.clone() });
        chart.words.push(word(x + 11.0, 7.6, "start", "tick", head.clone()));
        x += 18.0 + width(head, size("tick"));
    }
}

fn word(x: f64, y: f64, anchor: &'static str, class: &'static str, text: String) -> WordView {
    WordView { x: at(x), y: at(y), anchor, class, text }
}

/// No more policies than there is room for; the rest in one.
fn fold(study: &Study<'_>, policies: &[PolicyView]) -> Vec<PolicyView> {
    if policies.len() <= MOST_BARS {
        return policies.to_vec();
    }
    let (shown, rest) = policies.split_at(MOST_BARS - 1);
    let sum = |lists: Vec<&Vec<usize>>| {
        let mut total = vec![0; rest[0].counts.len()];
        for list in lists {
            total.iter_mut().zip(list).for_each(|(sum, count)| *sum += count);
        }
        total
    };
    let counts = sum(rest.iter().map(|policy| &policy.counts).collect());
    let prior: Vec<&Vec<usize>> = rest.iter().filter_map(|policy| policy.prior.as_ref()).collect();
    let other = PolicyView {
        title: format!("{}{}{}", study.word("ほか", "other "), rest.len(), if study.plan().policies.is_empty() { study.word("課", " departments") } else { study.word("施策", " policies") }),
        total: counts.iter().sum(),
        counts,
        prior: (!prior.is_empty()).then(|| sum(prior)),
    };
    shown.iter().cloned().chain([other]).collect()
}

fn describe(study: &Study<'_>, heads: &[String], policies: &[PolicyView]) -> String {
    let line = |policy: &PolicyView| {
        let counts: Vec<String> =
            heads.iter().zip(&policy.counts).filter(|(_, count)| **count > 0).map(|(head, count)| format!("{head} {count}")).collect();
        format!("{}: {}", policy.title, counts.join(study.word("、", ", ")))
    };
    policies.iter().map(line).collect::<Vec<_>>().join(study.word("。", ". "))
}
