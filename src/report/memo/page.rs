//! How much page one has to hold, so that it comes out as exactly one page of A4.
//!
//! A template cannot measure. The height is estimated here from the length of what stands on the
//! page, and the type is set larger or smaller for it.

use serde::Serialize;

use super::chart::{ChartView, width};
use super::{Memo, questions};

/// Page one.
#[derive(Debug, Default, Serialize)]
pub struct PageView {
    /// `airy`, `normal`, `dense` or `tight`.
    pub density: &'static str,
    /// The estimated height at normal density, in millimetres.
    pub height: u32,
}

/// The height of a line, in millimetres.
const LINE: f64 = 4.35;
/// The width of a Japanese character.
const LETTER: f64 = 3.04;
/// The widths of the page and of one of two columns.
const PAGE: f64 = 184.0;
const COLUMN: f64 = 87.0;
/// The height of a heading with what stands around it.
const HEADING: f64 = 7.6;

/// The lines that a text takes.
fn lines(text: &str, room: f64) -> f64 {
    (width(text, LETTER) / (room - LETTER)).ceil().max(1.0)
}

/// Page one of a memo.
#[must_use]
pub fn page(memo: &Memo) -> PageView {
    let height = 17.0
        + lines(&memo.state.sentence, PAGE * 0.7) * 6.2
        + indicators(memo)
        + charts(memo)
        + asked(&memo.questions)
        + (changed(memo) + notes(memo)).max(next(memo) + costs(memo))
        + 10.0;
    let density = match height {
        height if height < 175.0 => "airy",
        height if height < 273.0 => "normal",
        height if height < 294.0 => "dense",
        _ => "tight",
    };
    PageView { density, height: height.round() as u32 }
}

fn indicators(memo: &Memo) -> f64 {
    let given = memo.indicators.iter().any(|indicator| indicator.latest.is_some());
    let one = |indicator: &super::indicators::IndicatorView| {
        let name = lines(&indicator.title, if given { 40.0 } else { 84.0 }) + f64::from(u8::from(given));
        let years = if indicator.target.as_ref().is_some_and(|target| !target.year.is_empty()) { 2.0 } else { 1.0 };
        let said = [&indicator.direction.text, &indicator.pace, &indicator.chance.text];
        let said: f64 = said.iter().filter(|text| !text.is_empty()).map(|text| lines(text, 72.0)).sum();
        name.max(said).max(years) * LINE + 1.2
    };
    if memo.indicators.is_empty() { 0.0 } else { HEADING + LINE + memo.indicators.iter().take(6).map(one).sum::<f64>() }
}

fn charts(memo: &Memo) -> f64 {
    let height = |chart: &Option<ChartView>| {
        chart.as_ref().map_or(0.0, |chart| chart.height * if chart.width > 400.0 { PAGE } else { COLUMN } / chart.width)
    };
    let captioned = |height: f64, text: &str| if height > 0.0 { height + lines(text, COLUMN * 1.1) * 3.9 } else { 0.0 };
    let ratings = captioned(height(&memo.ratings.chart), &memo.ratings.top_without_target_share);
    let attainment = captioned(height(&memo.attainment.chart), &memo.attainment.note);
    let most = f64::max(ratings, attainment);
    if most > 0.0 { HEADING + most } else { 0.0 }
}

fn asked(list: &[questions::QuestionView]) -> f64 {
    let one = |question: &questions::QuestionView| {
        let head = if question.case.title.is_empty() { 0.0 } else { 1.0 };
        (head + lines(&question.text, PAGE - 9.0)) * LINE + 0.8
    };
    HEADING + list.iter().map(one).sum::<f64>().max(LINE)
}

fn changed(memo: &Memo) -> f64 {
    let changes = &memo.changes;
    let line = |list: &Vec<super::changes::ChangeView>| {
        let text: String =
            list.iter().take(2).map(|change| format!("No.00 {}（{}）", cut(&change.title, 24), cut(&change.text, 40))).collect();
        if list.is_empty() { 0.0 } else { lines(&format!("名称・番号の変更 {text} ほか"), COLUMN) * LINE }
    };
    let all: f64 = [&changes.new, &changes.ended, &changes.renamed, &changes.merged].into_iter().map(line).sum();
    HEADING + all + LINE
}

fn next(memo: &Memo) -> f64 {
    if !memo.next_year.asked {
        return 0.0;
    }
    let one = |item: &super::changes::StandOutView| {
        lines(&format!("No.00 {} {}：{}", cut(&item.title, 20), cut(&item.count, 18), item.text), COLUMN)
    };
    HEADING + memo.next_year.items.iter().take(3).map(one).sum::<f64>().max(1.0) * LINE + LINE
}

fn costs(memo: &Memo) -> f64 {
    if memo.costs.asked { HEADING + 4.0 * LINE } else { 0.0 }
}

fn notes(memo: &Memo) -> f64 {
    let notes = &memo.notes;
    let help: String = notes.helplines.iter().take(4).map(|line| format!("{} {}（{}）、", line.name, line.phone, line.hours)).collect();
    let flags = f64::from(u8::from(notes.withheld > 0)) + 2.0 * f64::from(u8::from(notes.damaged));
    let help = if help.is_empty() { 0.0 } else { lines(&format!("相談先（計画の記載）：{help}"), COLUMN) };
    HEADING + (3.5 + flags + help) * LINE
}

fn cut(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}
