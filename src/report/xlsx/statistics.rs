//! The sheets of an interim report beside its actions: indicators, the schedule, statistics and
//! meetings.

use super::figure;
use super::layouts::mast;
use super::sheet::{Cell, Sheet, Style, Value};
use super::text::{stack, word};
use crate::report::document::view::{DocumentView, IndicatorValueView, IndicatorView, MeetingView, ScheduleView, TableRowView, TableView};

/// What stands before the actions.
pub(super) fn before(view: &DocumentView) -> Vec<Sheet> {
    let indicators = (!view.indicators.is_empty()).then(|| indicators(view));
    indicators.into_iter().chain(view.schedule.as_ref().map(|grid| schedule(view, grid))).collect()
}

/// What stands after them: a sheet a table, and the meetings.
pub(super) fn after(view: &DocumentView) -> Vec<Sheet> {
    let tables = view.tables.iter().map(|one| table(view, one));
    tables.chain((!view.meetings.is_empty()).then(|| meetings(view))).collect()
}

fn indicators(view: &DocumentView) -> Sheet {
    let w = |name| word(view, name);
    let remarks = |one: &IndicatorView| one.report_target.is_some() || one.scope.is_some() || one.note.is_some();
    let mut widths = vec![34.0, 11.0, 12.0, 11.0, 12.0];
    widths.extend(view.indicator_years.iter().map(|_| 13.0));
    widths.push(if view.indicators.iter().any(remarks) { 30.0 } else { 12.0 });
    let mut sheet = Sheet::new(w("indicators"), &widths);
    mast(&mut sheet, view);
    if let Some(note) = &view.plan.note {
        sheet.line(note.as_str(), Style::Plain);
    }
    let last = sheet.columns() - 1;
    let mut head = vec![
        Cell::new(0, w("indicator"), Style::Head),
        Cell::new(1, w("baseline"), Style::Head).over(2, 1),
        Cell::new(3, w("target"), Style::Head).over(2, 1),
    ];
    head.extend((5..).zip(&view.indicator_years).map(|(at, year)| Cell::new(at, year.as_str(), Style::Head)));
    head.push(Cell::new(last, w("note"), Style::Head));
    sheet.head(vec![head]);
    sheet.kept = 1;
    for indicator in &view.indicators {
        sheet.rows.push(indicator_row(view, indicator, last));
    }
    sheet
}

fn indicator_row(view: &DocumentView, indicator: &IndicatorView, last: u16) -> Vec<Cell> {
    let unit = indicator.unit.as_ref().filter(|unit| !matches!(unit.as_str(), "%" | "％"));
    let unit = unit.map(|unit| format!("（{unit}）")).unwrap_or_default();
    let mut cells = vec![Cell::new(0, format!("{}{unit}", indicator.title), Style::Strong)];
    for (at, one) in [(1, &indicator.baseline), (3, &indicator.target)] {
        let year = one.as_ref().and_then(|one| one.year.clone()).unwrap_or_default();
        cells.push(Cell::new(at, shown(view, one.as_ref()), Style::Figure));
        cells.push(Cell::new(at + 1, year, Style::Centre));
    }
    cells.extend((5..).zip(&indicator.series).map(|(at, one)| Cell::new(at, shown(view, one.as_ref()), Style::Figure)));
    let stated = indicator.report_target.as_ref().map(|target| {
        let year = target.year.as_ref().map(|year| format!("（{year}）")).unwrap_or_default();
        format!("{}：{} {}{year}", word(view, "results"), word(view, "target"), target.value.text)
    });
    let scope = indicator.scope.clone().unwrap_or_default();
    cells.push(Cell::new(last, stack([stated.unwrap_or_default(), scope, indicator.note.clone().unwrap_or_default()]), Style::Text));
    cells
}

/// A value, with a word behind it where it may still change.
fn shown(view: &DocumentView, one: Option<&IndicatorValueView>) -> Value {
    let Some(one) = one else { return "".into() };
    let value = figure::value(&one.value);
    if one.provisional { figure::followed(value, &format!("（{}）", word(view, "provisional"))) } else { value }
}

fn schedule(view: &DocumentView, grid: &ScheduleView) -> Sheet {
    let mut widths = vec![32.0];
    widths.extend(grid.years.iter().map(|_| 24.0));
    let mut sheet = Sheet::new(word(view, "schedule"), &widths);
    mast(&mut sheet, view);
    let years = grid.years.iter().map(|year| year.text.as_str());
    sheet.titles(std::iter::once(word(view, "policy")).chain(years));
    sheet.kept = 1;
    for policy in &grid.policies {
        let lanes = u32::try_from(policy.lanes.len()).unwrap_or(1);
        for (index, lane) in policy.lanes.iter().enumerate() {
            let mut cells = Vec::new();
            if index == 0 {
                let title = policy.title.as_ref().map(|title| format!("{}. {title}", policy.number)).unwrap_or_default();
                let tier = policy.tier_text.filter(|_| policy.title.is_some()).unwrap_or_default();
                let words = stack([tier.to_owned(), title, policy.summary.clone().unwrap_or_default()]);
                cells.push(Cell::new(0, words, Style::Strong).over(1, lanes));
            }
            let mut at = 1;
            for cell in &lane.cells {
                let span = u16::try_from(cell.span).unwrap_or(1).max(1);
                let audience = cell.audience.as_ref().map(|audience| match &cell.text {
                    Some(_) => format!("（{audience}）"),
                    None => audience.clone(),
                });
                let words = stack([cell.text.clone().unwrap_or_default(), audience.unwrap_or_default()]);
                cells.push(Cell::new(at, words, Style::Centre).over(span, 1));
                at += span;
            }
            sheet.rows.push(cells);
        }
    }
    sheet
}

/// Where the columns of a table stand in its sheet: one with shares takes two.
struct Places {
    /// Where each begins; one more than there are columns.
    at: Vec<u16>,
}

impl Places {
    fn of(table: &TableView) -> Self {
        let mut shares = vec![false; table.columns.len()];
        for row in &table.rows {
            let mut column = 0;
            for cell in &row.cells {
                if let Some(place) = shares.get_mut(column) {
                    *place |= cell.share.is_some();
                }
                column += cell.span;
            }
        }
        let mut at = vec![1];
        for share in shares {
            let next = at.last().copied().unwrap_or(1) + if share { 2 } else { 1 };
            at.push(next);
        }
        Self { at }
    }

    /// Where columns begin and how many of the sheet's they take.
    fn over(&self, column: usize, columns: usize) -> (u16, u16) {
        let last = self.at.len() - 1;
        let (start, end) = (self.at[column.min(last)], self.at[(column + columns).min(last)]);
        (start, (end - start).max(1))
    }
}

fn table(view: &DocumentView, table: &TableView) -> Sheet {
    let w = |name| word(view, name);
    let places = Places::of(table);
    let few = table.columns.len() < 8;
    let mut widths = vec![26.0];
    for (index, column) in table.columns.iter().enumerate() {
        let (_, over) = places.over(index, 1);
        let one = if column.words {
            34.0
        } else if few {
            13.0
        } else {
            10.0
        };
        widths.extend((0..over).map(|_| one));
    }
    let narrow = widths.iter().sum::<f64>();
    if let Some(last) = widths.first_mut().filter(|_| narrow < 70.0) {
        *last += 70.0 - narrow;
    }
    let mut sheet = Sheet::new(table.title.as_str(), &widths);
    sheet.line(table.title.as_str(), Style::Title);
    if let Some(unit) = &table.unit {
        sheet.line(format!("{}：{unit}", w("unit")), Style::Plain);
    }
    sheet.head(table_head(table, &places));
    sheet.kept = 1;
    for row in &table.rows {
        sheet.rows.push(table_row(view, row, &places));
    }
    for note in notes(view, table) {
        sheet.line(note, Style::Plain);
    }
    sheet
}

fn table_head(table: &TableView, places: &Places) -> Vec<Vec<Cell>> {
    let lines = table.head.len().max(1);
    let mut taken = vec![vec![false; table.columns.len()]; lines];
    let mut head: Vec<Vec<Cell>> = vec![Vec::new(); lines];
    head[0].push(Cell::new(0, "", Style::Head).over(1, u32::try_from(lines).unwrap_or(1)));
    for (line, cells) in table.head.iter().enumerate() {
        let mut column = 0;
        for cell in cells {
            while taken[line].get(column) == Some(&true) {
                column += 1;
            }
            let (at, over) = places.over(column, cell.columns);
            let rows = cell.lines.clamp(1, lines - line);
            for row in &mut taken[line..line + rows] {
                row.iter_mut().skip(column).take(cell.columns).for_each(|place| *place = true);
            }
            head[line].push(Cell::new(at, cell.text.as_str(), Style::Head).over(over, u32::try_from(rows).unwrap_or(1)));
            column += cell.columns.max(1);
        }
    }
    head
}

fn table_row(view: &DocumentView, row: &TableRowView, places: &Places) -> Vec<Cell> {
    let within = if row.within { word(view, "of") } else { "" };
    let unit = row.unit.as_ref().map(|unit| format!("（{unit}）")).unwrap_or_default();
    let title_style = if row.total { Style::SubBand } else { Style::Strong };
    let mut cells = vec![Cell::new(0, format!("{within}{}{unit}", row.title), title_style)];
    let mut column = 0;
    for cell in &row.cells {
        let (at, over) = places.over(column, cell.span);
        column += cell.span.max(1);
        if cell.missing.is_some() || cell.words {
            let style = if cell.words && cell.missing.is_none() { Style::Text } else { Style::Centre };
            cells.push(Cell::new(at, cell.text.as_str(), style).over(over, 1));
        } else if let Some(share) = &cell.share {
            cells.push(Cell::new(at, figure::text(&cell.text), Style::Figure));
            cells.push(Cell::new(at + 1, figure::text(share), Style::Figure));
        } else {
            cells.push(Cell::new(at, figure::text(&cell.text), Style::Figure).over(over, 1));
        }
    }
    cells
}

/// What stands below a table.
fn notes(view: &DocumentView, table: &TableView) -> Vec<String> {
    let w = |name| word(view, name);
    let mut notes = Vec::new();
    if let Some(source) = &table.source {
        let scope = table.scope.as_ref().map(|scope| format!("（{scope}）")).unwrap_or_default();
        notes.push(format!("{}：{source}{scope}", w("source")));
    }
    if let Some(base) = &table.base {
        let multiple = if table.multiple { format!("（{}）", w("multiple")) } else { String::new() };
        notes.push(format!("{}：{}{multiple}", w("base"), base.text));
    }
    notes.extend(table.as_of.clone());
    if table.provisional {
        notes.push(w("provisional").to_owned());
    }
    notes.extend(table.notes.iter().cloned());
    let remarks = table.rows.iter().filter(|row| row.missing.is_none());
    notes.extend(remarks.filter_map(|row| row.note.as_ref().map(|note| format!("{}：{note}", row.title))));
    notes
}

fn meetings(view: &DocumentView) -> Sheet {
    let w = |name| word(view, name);
    let mut sheet = Sheet::new(w("meetings"), &[24.0, 18.0, 18.0, 44.0, 46.0, 20.0]);
    mast(&mut sheet, view);
    sheet.titles([w("meeting"), w("date"), w("venue"), w("attendees"), w("agenda"), w("note")]);
    sheet.kept = 1;
    for meeting in &view.meetings {
        let agenda = (1..).zip(&meeting.agenda).map(|(number, item)| format!("({number}) {item}"));
        let cells: [(String, Style); 6] = [
            (meeting.title.clone(), Style::Strong),
            (meeting.when.clone(), Style::Text),
            (meeting.venue.clone().unwrap_or_default(), Style::Text),
            (attendees(view, meeting), Style::Text),
            (stack(agenda), Style::Text),
            (meeting.note.clone().unwrap_or_default(), Style::Text),
        ];
        sheet.rows.push((0..).zip(cells).map(|(at, (words, style))| Cell::new(at, words, style)).collect());
    }
    sheet
}

fn attendees(view: &DocumentView, meeting: &MeetingView) -> String {
    let w = |name| word(view, name);
    let names: Vec<String> = meeting
        .attendees
        .iter()
        .map(|one| match &one.count {
            Some(count) => format!("{}（{}）", one.title, count.text),
            None => one.title.clone(),
        })
        .collect();
    let all = meeting.attendee_count.as_ref().map(|count| format!("（{} {}）", w("all"), count.text)).unwrap_or_default();
    let absent = if meeting.absent.is_empty() { String::new() } else { format!("{}：{}", w("absent"), meeting.absent.join(w("joined"))) };
    stack([format!("{}{all}", names.join(w("joined"))), absent])
}
