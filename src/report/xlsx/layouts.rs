//! The layouts of a report as sheets: the same data as the templates, a row a measure, and beside
//! them a sheet of all figures as numbers. Long, since the layouts stand side by side.

use super::figure;
use super::sheet::{Cell, Sheet, Style, Value};
use super::statistics;
use super::text::{self, Kind, stack, word};
use crate::report::document::Layout;
use crate::report::document::view::{CountView, DocumentView, EntryView, FigureView, MeasureView, PolicyView, RowView};

/// The sheets of a report in a layout.
pub(super) fn sheets(view: &DocumentView, layout: Layout) -> Vec<Sheet> {
    let mut sheets = match layout {
        Layout::Activities => vec![activities(view)],
        Layout::EvaluationSheet => vec![evaluation(view)],
        Layout::InterimReport => statistics::before(view),
        Layout::ProjectTable => vec![projects(view)],
        Layout::ProgressSheet => vec![progress(view)],
    };
    if layout == Layout::InterimReport {
        sheets.push(actions(view));
    }
    sheets.extend(figures(view));
    if layout == Layout::InterimReport {
        sheets.extend(statistics::after(view));
    }
    sheets.extend(closing(view));
    sheets
}

/// The title and what the report says of itself.
pub(super) fn mast(sheet: &mut Sheet, view: &DocumentView) {
    let report = &view.report;
    let municipality = view.plan.municipality.as_deref().unwrap_or_default();
    let plan = if view.title.contains(&view.plan.title) { String::new() } else { format!("　{}", view.plan.title) };
    let as_of = report.as_of.as_ref().map(|day| match view.lang {
        "ja" => format!("　{day}{}", word(view, "as_of")),
        _ => format!("　{} {day}", word(view, "as_of")),
    });
    let draft = report.status_text.filter(|_| report.status == Some("draft")).map(|text| format!("　（{text}）"));
    sheet.line(view.title.as_str(), Style::Title);
    let meta = [report.year.full.as_str(), "　", report.edition_text, &as_of.unwrap_or_default(), &draft.unwrap_or_default()].concat();
    sheet.line(format!("{municipality}{plan}　{meta}").trim(), Style::Plain);
    if let Some(headline) = report.headline.as_ref().filter(|headline| **headline != view.title) {
        sheet.line(headline.as_str(), Style::Plain);
    }
}

/// A part of a report, in the order of the plan.
enum Part<'v> {
    Policy(&'v PolicyView),
    Measure(&'v MeasureView),
}

fn parts(view: &DocumentView) -> Vec<Part<'_>> {
    fn push<'v>(policy: &'v PolicyView, parts: &mut Vec<Part<'v>>) {
        if policy.reported == 0 {
            return;
        }
        parts.push(Part::Policy(policy));
        parts.extend(policy.measures.iter().filter(|measure| measure.reported).map(Part::Measure));
        policy.policies.iter().for_each(|below| push(below, parts));
    }
    let mut parts = Vec::new();
    view.policies.iter().for_each(|policy| push(policy, &mut parts));
    parts.extend(view.measures.iter().filter(|measure| measure.reported).map(Part::Measure));
    parts
}

/// The rows of a table: a heading a policy, and what a layout makes of each row of a measure: cells
/// of the measure, which cover all its rows, and cells of the row.
fn fill(
    sheet: &mut Sheet,
    view: &DocumentView,
    summaries: bool,
    lead: &dyn Fn(&MeasureView) -> Vec<Cell>,
    rest: &dyn Fn(&MeasureView, &RowView) -> Vec<Cell>,
) {
    for part in parts(view) {
        match part {
            Part::Policy(policy) => {
                sheet.line(text::policy(policy), if policy.depth == 0 { Style::Band } else { Style::SubBand });
                if let Some(summary) = policy.summary.as_ref().filter(|_| summaries) {
                    sheet.line(summary.as_str(), Style::Text);
                }
            }
            Part::Measure(measure) => {
                let rows = u32::try_from(measure.rows.len()).unwrap_or(1);
                for (index, row) in measure.rows.iter().enumerate() {
                    let first = if index == 0 { lead(measure) } else { Vec::new() };
                    let mut cells: Vec<Cell> = first.into_iter().map(|cell| cell.over(1, rows)).collect();
                    cells.extend(rest(measure, row));
                    sheet.rows.push(cells);
                }
            }
        }
    }
}

fn activities(view: &DocumentView) -> Sheet {
    let mut sheet = Sheet::new(word(view, "results"), &[34.0, 68.0]);
    mast(&mut sheet, view);
    let what = format!("{}（{}）", word(view, "project"), word(view, "department"));
    sheet.titles([what.as_str(), word(view, "results")]);
    fill(&mut sheet, view, true, &|measure| vec![Cell::new(0, with_department(view, measure, true), Style::Strong)], &|measure, row| {
        let body = row.entry.as_ref().map(|entry| {
            let figures = if entry.has_actuals { text::counts(view, &entry.counts, Kind::Actual) } else { String::new() };
            let effect = entry.effect.as_ref().filter(|effect| effect.missing.is_none());
            let effect = effect.map(|effect| format!("{}：\n{}", word(view, "effect"), effect.text)).unwrap_or_default();
            stack([text::passage(entry.result.as_ref()), figures, text::events(view, &entry.events), text::rating(view, entry), effect])
        });
        vec![Cell::new(1, stack([who(view, measure, row), body.unwrap_or_default()]), Style::Text)]
    });
    sheet
}

/// A measure, and below it the departments of its only row.
fn with_department(view: &DocumentView, measure: &MeasureView, named: bool) -> String {
    let names = match measure.rows.as_slice() {
        [row] if named && !row.departments.is_empty() => format!("（{}）", text::names(&row.departments, word(view, "joined"))),
        _ => String::new(),
    };
    stack([text::numbered(view, measure), names])
}

/// Whose row it is, where a measure has several.
fn who(view: &DocumentView, measure: &MeasureView, row: &RowView) -> String {
    if measure.rows.len() > 1 { format!("《{}》", text::names(&row.departments, word(view, "joined"))) } else { String::new() }
}

fn evaluation(view: &DocumentView) -> Sheet {
    let report = &view.report;
    let w = |name| word(view, name);
    let mut sheet = Sheet::new(w("rating"), &[8.0, 5.0, 13.0, 20.0, 10.0, 24.0, 19.0, 15.0, 8.0, 18.0, 20.0, 15.0]);
    mast(&mut sheet, view);
    goals(&mut sheet, view);
    let draft = if report.next_draft { format!("（{}）", w("draft")) } else { String::new() };
    let own = ["stage", "number", "measure", "summary", "department"];
    let mut top: Vec<Cell> = (0..).zip(own).map(|(at, name)| Cell::new(at, w(name), Style::Head).over(1, 2)).collect();
    top.push(Cell::new(5, format!("{} {}", report.year.text, w("results")), Style::Head).over(5, 1));
    top.push(Cell::new(10, format!("{} {}{draft}", report.next_year.text, w("next_plan")), Style::Head).over(2, 1));
    let below = ["result", "actuals", "targets", "rating", "reason", "plan", "next_counts"];
    let below = (5..).zip(below).map(|(at, name)| Cell::new(at, w(name), Style::Head)).collect();
    sheet.head(vec![top, below]);
    sheet.kept = 3;
    let lead = |measure: &MeasureView| {
        vec![
            Cell::new(0, measure.stages.join("\n"), Style::Centre),
            Cell::new(1, measure.number.clone().unwrap_or_default(), Style::Centre),
            Cell::new(2, text::measure(view, measure), Style::Strong),
        ]
    };
    fill(&mut sheet, view, true, &lead, &|_, row| evaluation_row(view, row));
    sheet
}

fn evaluation_row(view: &DocumentView, row: &RowView) -> Vec<Cell> {
    let mut cells = vec![
        Cell::new(3, row.summary.clone().unwrap_or_default(), Style::Text),
        Cell::new(4, text::names(&row.departments, "\n"), Style::Text),
    ];
    let Some(entry) = &row.entry else {
        cells.extend((5..12).map(|at| Cell::new(at, "", Style::Text)));
        return cells;
    };
    let result = [text::passage(entry.result.as_ref()), text::events(view, &entry.events), text::note(entry)];
    let actuals = entry.actuals_missing.as_ref().map(|why| why.text.clone());
    let targets = entry.targets_missing.as_ref().map(|why| why.text.clone());
    let next = entry.next.as_ref();
    let plan = next.map(|next| stack([text::passage(next.plan.as_ref()), text::events(view, &next.events)])).unwrap_or_default();
    let next_counts = next.map_or("".into(), |next| {
        let missing = next.counts_missing.as_ref().map(|why| why.text.clone());
        column(view, missing, None, &next.counts, Kind::Target)
    });
    let missing = entry.counts_missing.as_ref().map(|why| why.text.clone());
    cells.extend([
        Cell::new(5, stack(result), Style::Text),
        Cell::new(6, column(view, missing.clone(), actuals, &entry.counts, Kind::Actual), Style::Text),
        Cell::new(7, column(view, missing, targets, &entry.counts, Kind::Target), Style::Text),
        Cell::new(8, grade(entry), Style::Centre),
        Cell::new(9, text::passage(entry.reason.as_ref()), Style::Text),
        Cell::new(10, plan, Style::Text),
        Cell::new(11, next_counts, Style::Text),
    ]);
    cells
}

/// The figures of a column: why there are none, the one exact figure, or a line each.
fn column(view: &DocumentView, missing: Option<String>, own: Option<String>, list: &[CountView], kind: Kind) -> Value {
    if let Some(why) = missing.or(own) {
        return why.into();
    }
    let words = text::counts(view, list, kind);
    if let [count] = list
        && let Some(figure) = text::figure(count, kind)
        && figure.text == words
    {
        return figure::value(figure);
    }
    words.into()
}

fn grade(entry: &EntryView) -> String {
    match (&entry.rating, &entry.progress_text) {
        (Some(rating), _) => match &rating.missing {
            Some(why) => why.text.clone(),
            None => stack([rating.grade.clone(), rating.label.clone().unwrap_or_default()]),
        },
        (None, Some(progress)) => progress.clone(),
        (None, None) => String::new(),
    }
}

/// The headline targets, two a line, and the scale of ratings.
fn goals(sheet: &mut Sheet, view: &DocumentView) {
    let goals: Vec<String> = view
        .indicators
        .iter()
        .map(|indicator| {
            let unit = indicator.unit.as_ref().filter(|unit| !matches!(unit.as_str(), "%" | "％"));
            let unit = unit.map(|unit| format!("（{unit}）")).unwrap_or_default();
            let target = indicator.target.as_ref().map(|target| format!("　【{}】", target.value.text)).unwrap_or_default();
            let stated = indicator.report_target.as_ref().map(|target| format!("　{}【{}】", word(view, "results"), target.value.text));
            let last = indicator.values.last();
            let last = last.map(|last| format!("　{} {}", last.year.as_deref().unwrap_or_default(), last.value.text)).unwrap_or_default();
            format!("■ {}{unit}{target}{}{last}", indicator.title, stated.unwrap_or_default())
        })
        .collect();
    let (columns, half) = (sheet.columns(), sheet.columns() / 2);
    for pair in goals.chunks(2) {
        let places = [(0, half), (half, columns - half)];
        let cells = pair.iter().zip(places).map(|(goal, (at, over))| Cell::new(at, goal.as_str(), Style::Plain).over(over, 1));
        sheet.rows.push(cells.collect());
    }
    if !view.plan.ratings.is_empty() {
        let grades: String = view
            .plan
            .ratings
            .iter()
            .map(|grade| match &grade.label {
                Some(label) => format!("【{}　{label}】", grade.grade),
                None => format!("【{}】", grade.grade),
            })
            .collect();
        sheet.line(format!("{}　{grades}", word(view, "rating_scale")), Style::Plain);
    }
}

fn projects(view: &DocumentView) -> Sheet {
    let report = &view.report;
    let w = |name| word(view, name);
    let mut sheet = Sheet::new(w("projects"), &[5.0, 17.0, 13.0, 33.0, 18.0, 16.0, 28.0, 32.0, 15.0]);
    mast(&mut sheet, view);
    let own = ["number", "measure", "department", "summary", "audience"];
    let mut top: Vec<Cell> = (0..).zip(own).map(|(at, name)| Cell::new(at, w(name), Style::Head).over(1, 2)).collect();
    top.push(Cell::new(5, format!("{} {}", report.year.text, w("actual")), Style::Head).over(3, 1));
    top.push(Cell::new(8, format!("{} {}", report.next_year.text, w("direction")), Style::Head).over(1, 2));
    let below = (5..).zip(["cost", "result", "effect"]).map(|(at, name)| Cell::new(at, w(name), Style::Head)).collect();
    sheet.head(vec![top, below]);
    sheet.kept = 2;
    let lead = |measure: &MeasureView| {
        vec![
            Cell::new(0, measure.number.clone().unwrap_or_default(), Style::Centre),
            Cell::new(1, text::measure(view, measure), Style::Strong),
        ]
    };
    fill(&mut sheet, view, false, &lead, &|_, row| project_row(view, row));
    sheet
}

fn project_row(view: &DocumentView, row: &RowView) -> Vec<Cell> {
    let audience = row.audience.as_ref().map(|audience| audience.text.clone()).unwrap_or_default();
    let mut cells = vec![
        Cell::new(2, text::names(&row.departments, "\n"), Style::Text),
        Cell::new(3, row.summary.clone().unwrap_or_default(), Style::Text),
        Cell::new(4, audience, Style::Text),
    ];
    let Some(entry) = &row.entry else {
        cells.extend((5..9).map(|at| Cell::new(at, "―", Style::Centre)));
        return cells;
    };
    let cost = entry.cost.as_ref().map_or("".into(), |cost| {
        let words = text::cost(view, cost);
        match &cost.amount {
            Some(amount) if amount.text == words => figure::value(amount),
            _ => words.into(),
        }
    });
    let actuals = if entry.has_actuals { text::counts(view, &entry.counts, Kind::Actual) } else { String::new() };
    let progress = entry.progress_text.clone().filter(|_| entry.result.is_none()).unwrap_or_default();
    let result = [
        actuals,
        text::counts_missing(entry),
        text::passage(entry.result.as_ref()),
        text::events(view, &entry.events),
        text::note(entry),
        text::rating(view, entry),
        progress,
    ];
    let effect = text::passage(entry.effect.as_ref().or(entry.reason.as_ref()));
    let direction = entry.direction.as_ref().map(|direction| direction.text.clone()).unwrap_or_default();
    cells.extend([
        Cell::new(5, cost, Style::Text),
        Cell::new(6, stack(result), Style::Text),
        Cell::new(7, effect, Style::Text),
        Cell::new(8, stack([direction, entry.direction_reason.clone().unwrap_or_default()]), Style::Text),
    ]);
    cells
}

fn progress(view: &DocumentView) -> Sheet {
    let w = |name| word(view, name);
    let mut sheet = Sheet::new(w("progress_words"), &[29.0, 18.0, 46.0, 58.0]);
    mast(&mut sheet, view);
    let as_of = view.report.as_of.as_ref().map(|day| format!("（{day}{}）", if view.lang == "ja" { w("as_of") } else { "" }));
    let last = format!("{}{}", w("progress_words"), as_of.unwrap_or_default());
    sheet.titles([w("project"), w("department"), w("summary"), &last]);
    sheet.kept = 1;
    fill(&mut sheet, view, true, &|measure| vec![Cell::new(0, text::numbered(view, measure), Style::Strong)], &|_, row| {
        let body = row.entry.as_ref().map(|entry| {
            let progress = entry.progress_text.as_ref().map(|progress| format!("【{progress}】")).unwrap_or_default();
            let actuals = if entry.has_actuals { text::counts(view, &entry.counts, Kind::Actual) } else { String::new() };
            let result = text::passage(entry.result.as_ref());
            let events = text::events(view, &entry.events);
            stack([progress, result, actuals, text::counts_missing(entry), events, text::rating(view, entry), text::note(entry)])
        });
        vec![
            Cell::new(1, text::names(&row.departments, "\n"), Style::Text),
            Cell::new(2, row.summary.clone().unwrap_or_default(), Style::Text),
            Cell::new(3, body.unwrap_or_default(), Style::Text),
        ]
    });
    sheet
}

fn actions(view: &DocumentView) -> Sheet {
    let w = |name| word(view, name);
    let mut sheet = Sheet::new(w("projects"), &[36.0, 66.0]);
    mast(&mut sheet, view);
    sheet.titles([w("project"), w("results")]);
    let named = view.plan.departments.len() > 1;
    fill(&mut sheet, view, true, &|measure| vec![Cell::new(0, with_department(view, measure, named), Style::Strong)], &|measure, row| {
        let body = row.entry.as_ref().map(|entry| action(view, row, entry)).unwrap_or_default();
        vec![Cell::new(1, stack([who(view, measure, row), body]), Style::Text)]
    });
    sheet
}

fn action(view: &DocumentView, row: &RowView, entry: &EntryView) -> String {
    let w = |name| word(view, name);
    let figures = if entry.has_actuals || entry.has_targets { text::both(view, &entry.counts, "") } else { String::new() };
    let audience = row.audience.as_ref().map(|audience| format!("{}：{}", w("audience"), audience.text)).unwrap_or_default();
    let direction = entry.direction.as_ref().map(|direction| format!("{}：{}", w("direction"), direction.text)).unwrap_or_default();
    let cost = entry.cost.as_ref().map(|cost| format!("{}：{}", w("cost"), text::cost(view, cost))).unwrap_or_default();
    let next = entry.next.as_ref().map(|next| {
        let counts = text::counts(view, &next.counts, Kind::Target);
        let year = format!("{}：", view.report.next_year.text);
        stack([year, text::passage(next.plan.as_ref()), counts, text::events(view, &next.events)])
    });
    stack([
        figures,
        text::counts_missing(entry),
        text::passage(entry.result.as_ref()),
        audience,
        text::events(view, &entry.events),
        text::rating(view, entry),
        text::passage(entry.reason.as_ref()),
        text::passage(entry.effect.as_ref()),
        direction,
        cost,
        next.unwrap_or_default(),
        text::note(entry),
    ])
}

/// Every figure as a number, a row each, to reckon with and to filter.
fn figures(view: &DocumentView) -> Option<Sheet> {
    let w = |name| word(view, name);
    let mut sheet = Sheet::new(w("figures"), &[6.0, 30.0, 18.0, 34.0, 14.0, 14.0, 16.0, 40.0]);
    mast(&mut sheet, view);
    let next = format!("{} {}", view.report.next_year.text, w("next_counts"));
    sheet.titles([w("number"), w("measure"), w("department"), w("figure"), w("targets"), w("actuals"), &next, w("note")]);
    sheet.filter = true;
    let start = sheet.next_row();
    for part in parts(view) {
        let Part::Measure(measure) = part else { continue };
        for row in &measure.rows {
            let Some(entry) = &row.entry else { continue };
            let planned = entry.next.as_ref().map(|next| flat(&next.counts)).unwrap_or_default();
            let own = flat(&entry.counts);
            let only_next = planned.iter().filter(|count| own.iter().all(|known| known.id != count.id));
            for count in &own {
                let next = planned.iter().find(|next| next.id == count.id).and_then(|next| next.target.as_ref());
                sheet.rows.push(figure_row(view, measure, row, count, (count.target.as_ref(), count.actual.as_ref(), next)));
            }
            for count in only_next {
                sheet.rows.push(figure_row(view, measure, row, count, (None, None, count.target.as_ref())));
            }
        }
    }
    (sheet.next_row() > start).then_some(sheet)
}

/// What was planned, what was counted, and what is planned for the following year.
type Figures<'v> = (Option<&'v FigureView>, Option<&'v FigureView>, Option<&'v FigureView>);

fn figure_row(view: &DocumentView, measure: &MeasureView, row: &RowView, count: &CountView, figures: Figures<'_>) -> Vec<Cell> {
    let department = count.department.clone().unwrap_or_else(|| text::names(&row.departments, "\n"));
    let missing = count.missing.as_ref().map(|why| why.text.clone()).unwrap_or_default();
    let mut remarks = vec![missing, text::remark(view, count, Kind::Actual)];
    let target = text::remark(view, count, Kind::Target);
    if !target.is_empty() && !remarks.contains(&target) {
        remarks.push(format!("{}：{target}", word(view, "targets")));
    }
    let (planned, actual, next) = figures;
    let figure = |at, figure: Option<&_>| Cell::new(at, figure.map_or("".into(), figure::value), Style::Figure);
    vec![
        Cell::new(0, measure.number.clone().unwrap_or_default(), Style::Centre),
        Cell::new(1, text::measure(view, measure), Style::Text),
        Cell::new(2, department, Style::Text),
        Cell::new(3, count.title.clone().or_else(|| count.label.clone()).unwrap_or_default(), Style::Text),
        figure(4, planned),
        figure(5, actual),
        figure(6, next),
        Cell::new(7, stack(remarks), Style::Text),
    ]
}

/// Counts with their parts behind them.
fn flat(list: &[CountView]) -> Vec<&CountView> {
    list.iter().flat_map(|count| std::iter::once(count).chain(flat(&count.parts))).collect()
}

/// Remarks on the report and where to get help.
fn closing(view: &DocumentView) -> Option<Sheet> {
    if view.report.notes.is_empty() && view.plan.helplines.is_empty() {
        return None;
    }
    let mut sheet = Sheet::new(word(view, "notes"), &[96.0]);
    mast(&mut sheet, view);
    if !view.report.notes.is_empty() {
        sheet.line(word(view, "notes"), Style::Band);
        view.report.notes.iter().for_each(|note| sheet.line(note.as_str(), Style::Text));
    }
    if !view.plan.helplines.is_empty() {
        sheet.line(word(view, "help"), Style::Band);
    }
    for line in &view.plan.helplines {
        let phone = line.phone.as_ref().map(|phone| format!("　{phone}")).unwrap_or_default();
        let hours = line.hours.as_ref().map(|hours| format!("（{hours}）")).unwrap_or_default();
        sheet.line(format!("{}{phone}{hours}", line.name), Style::Text);
    }
    Some(sheet)
}
