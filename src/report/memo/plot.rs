//! Planned against actual: one mark an entry on one axis, a lane a grade.

use serde::Serialize;

use super::chart::{Area, ChartView, LineView, MarkView, WordView, at, class, fit, shape, size};
use super::figures::{attained, better};
use super::head::By;
use super::study::Study;
use crate::rule::EntryScope;

/// An entry on the axis.
#[derive(Clone, Debug, Serialize)]
pub struct PointView {
    /// The number that people know it by.
    pub number: String,
    /// The measure.
    pub title: String,
    /// The grade, or empty.
    pub rating: String,
    /// Its attainment in tenths of a percent: the middle one where it has several counts.
    pub permille: i64,
    /// The least of its counts.
    pub least: i64,
    /// The greatest of its counts.
    pub greatest: i64,
    /// In words, with the fraction of each count.
    pub text: String,
}

/// Planned against actual.
#[derive(Debug, Default, Serialize)]
pub struct PlotView {
    /// The entries on the axis.
    pub points: Vec<PointView>,
    /// The drawing; none where there is no point.
    pub chart: Option<ChartView>,
    /// Entries whose targets are bounds, all of them met.
    pub bounds_met: usize,
    /// Entries whose targets are bounds, some of them missed.
    pub bounds_missed: usize,
    /// Entries with no planned figure.
    pub without_target: usize,
    /// Entries with a planned figure and no actual for it.
    pub without_actual: usize,
    /// Entries whose figures cannot be compared.
    pub not_comparable: usize,
    /// Who is not on the axis, in a sentence; empty where all are.
    pub note: String,
}

const WIDTH: f64 = 300.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 282.0;
/// The greatest attainment on the axis, in tenths of a percent; what lies beyond is drawn at its end.
const MOST: i64 = 2000;
/// Up to so many points, marks have their whole size.
const MANY: usize = 60;
/// Their size past that.
const SMALL: f64 = 0.7;
/// The height that all lanes share, and where points are many.
const HEIGHT: f64 = 118.0;
const TALL: f64 = 146.0;
/// The room that a mark of whole size takes.
const MARK: f64 = 7.6;
const TOP: f64 = 13.0;
/// Up to so many points, each is named.
const FEW: usize = 12;

enum Standing {
    On(PointView, Option<usize>),
    BoundMet,
    BoundMissed,
    NoTarget,
    NoActual,
    NotComparable,
}

/// Planned against actual.
#[must_use]
pub fn plot(study: &Study<'_>) -> PlotView {
    let mut view = PlotView::default();
    if !study.is_measured() {
        view.note = study.word("年度途中の報告のため、年間の予定とは比べていません。", "A report within the year is not measured against the targets of the year.").to_owned();
        return view;
    }
    let mut points = Vec::new();
    for scope in study.entries() {
        match standing(study, &scope) {
            Standing::On(point, rank) => points.push((point, rank)),
            Standing::BoundMet => view.bounds_met += 1,
            Standing::BoundMissed => view.bounds_missed += 1,
            Standing::NoTarget => view.without_target += 1,
            Standing::NoActual => view.without_actual += 1,
            Standing::NotComparable => view.not_comparable += 1,
        }
    }
    if points.is_empty() && view.without_target == study.report().entries.len() && !study.plan().expects.has("targets") {
        return view;
    }
    view.note = note(study, &view);
    if !points.is_empty() {
        view.chart = Some(draw(study, &points));
    }
    view.points = points.into_iter().map(|(point, _)| point).collect();
    view
}

fn standing(study: &Study<'_>, scope: &EntryScope<'_>) -> Standing {
    let entry = scope.entry;
    let mut ratios = Vec::new();
    let mut words = Vec::new();
    let (mut met, mut missed, mut other) = (0, 0, 0);
    let mut targets = 0;
    for count in &entry.counts {
        let defined = scope.measure.and_then(|measure| measure.count(count.id()));
        let Some(target) = study.shown(&count.target) else { continue };
        targets += 1;
        let Some(actual) = study.shown(&count.actual) else { continue };
        let view = attained(target, actual, better(defined), study.lang);
        match (view.permille, view.met) {
            (Some(permille), _) => {
                ratios.push(permille);
                words.push(format!("{} {}", defined.map_or(count.id(), |count| count.name()), view.text));
            }
            (None, Some(true)) => met += 1,
            (None, Some(false)) => missed += 1,
            (None, None) => other += 1,
        }
    }
    if ratios.is_empty() {
        return match (missed, met, other, targets) {
            (0, 0, 0, 0) => Standing::NoTarget,
            (0, 0, 0, _) => Standing::NoActual,
            (0, 0, _, _) => Standing::NotComparable,
            (0, _, _, _) => Standing::BoundMet,
            _ => Standing::BoundMissed,
        };
    }
    ratios.sort_unstable();
    let middle = ratios.len() / 2;
    let permille = if ratios.len().is_multiple_of(2) { i64::midpoint(ratios[middle - 1], ratios[middle]) } else { ratios[middle] };
    let key = if study.by() == By::Rating { study.key(entry) } else { None };
    let point = PointView {
        number: study.number(entry),
        title: study.title_of(entry.measure.text).to_owned(),
        rating: key.unwrap_or_default().to_owned(),
        permille,
        least: ratios[0],
        greatest: ratios[ratios.len() - 1],
        text: words.join(study.word("、", "; ")),
    };
    Standing::On(point, key.and_then(|key| study.plan().rank(key)))
}

fn note(study: &Study<'_>, view: &PlotView) -> String {
    let parts: Vec<String> = [
        (view.bounds_met, "以上・以下の目標で満たす", "bounds, met"),
        (view.bounds_missed, "以上・以下の目標で届かない", "bounds, missed"),
        (view.without_target, "予定の数値なし", "no planned figure"),
        (view.without_actual, "実績の数値なし", "no actual figure"),
        (view.not_comparable, "比べられない", "not comparable"),
    ]
    .into_iter()
    .filter(|(count, _, _)| *count > 0)
    .map(|(count, ja, en)| format!("{} {count}", study.word(ja, en)))
    .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{}{}", study.word("軸の外：", "Not on the axis: "), parts.join(study.word("、", ", ")))
}

fn x_of(permille: i64) -> f64 {
    LEFT + (RIGHT - LEFT) * (permille.clamp(0, MOST) as f64) / MOST as f64
}

/// A lane: its head, the rank of its marks, and its points.
struct Lane<'p> {
    head: String,
    rank: Option<usize>,
    points: Vec<&'p PointView>,
}

fn lanes<'p>(study: &Study<'_>, points: &'p [(PointView, Option<usize>)]) -> Vec<Lane<'p>> {
    let of = |rank: Option<usize>| points.iter().filter(|(_, own)| *own == rank).map(|(point, _)| point).collect::<Vec<_>>();
    if study.by() != By::Rating {
        return vec![Lane { head: study.word("全体", "all").to_owned(), rank: Some(0), points: points.iter().map(|(point, _)| point).collect() }];
    }
    let grades = study.plan().grades.iter().enumerate();
    let mut lanes: Vec<Lane<'_>> =
        grades.map(|(rank, grade)| Lane { head: grade.grade.text.to_owned(), rank: Some(rank), points: of(Some(rank)) }).collect();
    let none = of(None);
    if !none.is_empty() {
        lanes.push(Lane { head: study.word("なし", "none").to_owned(), rank: None, points: none });
    }
    lanes.retain(|lane| !lane.points.is_empty());
    lanes
}

fn draw(study: &Study<'_>, points: &[(PointView, Option<usize>)]) -> ChartView {
    let lanes = lanes(study, points);
    let mut chart = ChartView {
        id: "attainment",
        width: WIDTH,
        title: study.word("予定に対する実績（1印が1事業）", "actual against planned (a mark is an entry)").to_owned(),
        ..ChartView::default()
    };
    let (scale, height) = if points.len() > MANY { (SMALL, TALL) } else { (1.0, HEIGHT) };
    let stacks: Vec<Vec<(usize, i64)>> = lanes.iter().map(|lane| stack(lane, MARK * scale)).collect();
    let levels: Vec<i64> = stacks.iter().map(|stack| stack.iter().map(|(_, level)| *level).max().unwrap_or(0) + 1).collect();
    let base = 15.0;
    let spare = height - base * lanes.len() as f64;
    let needed: f64 = levels.iter().map(|levels| (*levels - 1) as f64).sum();
    let step = if needed > 0.0 { (spare / needed).min(MARK * scale) } else { 0.0 };
    let mut y = TOP;
    let mut heads = Vec::new();
    for ((lane, stack), levels) in lanes.iter().zip(&stacks).zip(&levels) {
        let height = base + (*levels - 1) as f64 * step;
        let floor = y + height - base / 2.0;
        for (index, level) in stack {
            let point = lane.points[*index];
            let (x, y) = (at(x_of(point.permille)), at(floor - *level as f64 * step));
            let title = format!("{} {} {}: {}", point.number, point.title, point.rating, point.text);
            chart.marks.push(MarkView { x, y, path: shape(lane.rank.unwrap_or(0)), class: class(lane.rank), scale, title });
        }
        heads.push(word(2.0, floor + 3.0, "start", "head", format!("{} {}", lane.head, lane.points.len())));
        y += height;
        chart.lines.push(LineView { x1: LEFT, y1: at(y), x2: RIGHT, y2: at(y), class: "grid" });
    }
    axis(study, &mut chart, y);
    chart.words.extend(heads);
    chart.height = at(y + 13.0);
    chart.desc = describe(study, &lanes);
    name(&mut chart, &lanes, &stacks, points.len(), step);
    chart
}

/// The level of each point of a lane, from the left: the lowest one where a mark of that width does
/// not cover another.
fn stack(lane: &Lane<'_>, mark: f64) -> Vec<(usize, i64)> {
    let mut order: Vec<usize> = (0..lane.points.len()).collect();
    order.sort_by_key(|index| (lane.points[*index].permille, *index));
    let mut ends: Vec<f64> = Vec::new();
    let mut placed = Vec::new();
    for index in order {
        let x = x_of(lane.points[index].permille);
        let level = ends.iter().position(|end| *end <= x).unwrap_or(ends.len());
        if level == ends.len() {
            ends.push(0.0);
        }
        ends[level] = x + mark;
        placed.push((index, i64::try_from(level).unwrap_or(0)));
    }
    placed
}

fn axis(study: &Study<'_>, chart: &mut ChartView, bottom: f64) {
    for permille in [0, 500, 1000, 1500, 2000] {
        let x = at(x_of(permille));
        let class = if permille == 1000 { "goal" } else { "grid" };
        chart.lines.push(LineView { x1: x, y1: TOP - 3.0, x2: x, y2: at(bottom), class });
        let text = match permille {
            MOST => study.word("200％〜", "200%+").to_owned(),
            permille => format!("{}{}", permille / 10, study.word("％", "%")),
        };
        chart.words.push(word(x, bottom + 9.0, "middle", "tick", text));
    }
    chart.words.push(word(x_of(1000), TOP - 5.0, "middle", "tick", study.word("予定どおり", "as planned").to_owned()));
}

fn word(x: f64, y: f64, anchor: &'static str, class: &'static str, text: String) -> WordView {
    WordView { x: at(x), y: at(y), anchor, class, text }
}

/// Up to this distance, marks that lie above each other cannot be counted.
const CLOSE: f64 = 3.0;

/// Names points where there is room: all of a few, else those that lie apart. A stack that cannot
/// be counted has its number beside it.
fn name(chart: &mut ChartView, lanes: &[Lane<'_>], stacks: &[Vec<(usize, i64)>], total: usize, step: f64) {
    let mut taken: Vec<Area> = chart.marks.iter().map(|mark| {
        let side = MARK * mark.scale;
        Area { x: mark.x - side / 2.0, y: mark.y - side / 2.0, w: side, h: side }
    }).collect();
    taken.extend(chart.words.iter().map(|word| Area::of(word, size(word.class))));
    taken.push(Area { x: x_of(1000) - 0.8, y: 0.0, w: 1.6, h: chart.height });
    let mut wanted: Vec<(i64, usize, String)> = Vec::new();
    let mut at_mark = 0;
    for (lane, stack) in lanes.iter().zip(stacks) {
        for (place, (index, level)) in stack.iter().enumerate() {
            let point = lane.points[*index];
            let is_apart = point.permille < 900 || point.permille >= MOST || (lane.rank != Some(0) && total <= 60);
            let alike = || lane.points.iter().filter(|other| other.permille == point.permille).count();
            let ends = stack.get(place + 1).is_none_or(|(next, _)| lane.points[*next].permille != point.permille);
            if step < CLOSE && *level >= 4 && ends && alike() > 4 {
                // At the uppermost of those that stand at one place.
                wanted.push((-1, at_mark, format!("×{}", alike())));
            } else if total <= FEW || is_apart {
                wanted.push((point.permille, at_mark, point.number.clone()));
            }
            at_mark += 1;
        }
    }
    wanted.sort_by_key(|(permille, index, _)| (*permille, *index));
    for (_, index, number) in wanted {
        let (x, y) = (chart.marks[index].x, chart.marks[index].y);
        let text = fit(&number, size("tag"), 46.0);
        let places = [(5.0, 2.6, "start"), (0.0, -5.0, "middle"), (0.0, 10.2, "middle"), (-5.0, 2.6, "end")];
        let free = places.into_iter().find_map(|(dx, dy, anchor)| {
            let word = word(x + dx, y + dy, anchor, "tag", text.clone());
            let area = Area::of(&word, size("tag"));
            let inside = area.x >= LEFT - 2.0 && area.x + area.w <= WIDTH && area.y >= 0.0 && area.y + area.h <= chart.height;
            (inside && !taken.iter().any(|other| other.meets(&area))).then_some((word, area))
        });
        if let Some((word, area)) = free {
            taken.push(area);
            chart.words.push(word);
        }
    }
}

fn describe(study: &Study<'_>, lanes: &[Lane<'_>]) -> String {
    let line = |lane: &Lane<'_>| {
        let points: Vec<String> =
            lane.points.iter().map(|point| format!("{} {}{}", point.number, super::figures::whole((point.permille / 10).into()), study.word("％", "%"))).collect();
        format!("{}: {}", lane.head, points.join(study.word("、", ", ")))
    };
    lanes.iter().map(line).collect::<Vec<_>>().join(study.word("。", ". "))
}
