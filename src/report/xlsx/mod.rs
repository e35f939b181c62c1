//! Workbooks: the question sheet of an author, and reports in their layouts.
//!
//! A sheet is laid out as plain data first ([`sheet`]): the height of every row is counted from the
//! width of its words, since a program that opens a workbook does not do that for wrapped text. What
//! comes from a plan is always written as a string or as a number, never as a formula, and the same
//! plan gives the same bytes.

mod figure;
mod layouts;
mod questions;
mod sheet;
mod statistics;
mod text;

use std::fmt;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::sheet::{Look, Sheet};
use super::document::{DocumentView, Layout};
use super::memo::Memo;
use crate::catalogue::Lang;

/// Why a workbook cannot be made.
#[derive(Debug)]
pub struct WorkbookFault(String);

impl fmt::Display for WorkbookFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WorkbookFault {}

impl From<XlsxError> for WorkbookFault {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

/// The question sheet of an author: what to confirm, the accepted findings that end soon, and how
/// many of both each department has.
///
/// # Errors
/// A sheet that does not fit into a workbook.
pub fn memo(memo: &Memo, lang: Lang) -> Result<Vec<u8>, WorkbookFault> {
    let title = questions::title(memo, lang);
    let day = ExcelDateTime::parse_from_str(&memo.date.iso).or_else(|_| unchanging_day())?;
    write(questions::sheets(memo, &title, lang), &title, &day, lang)
}

/// A report as a workbook.
///
/// # Errors
/// A sheet that does not fit into a workbook.
pub fn document(view: &DocumentView, layout: Layout, lang: Lang) -> Result<Vec<u8>, WorkbookFault> {
    write(layouts::sheets(view, layout), &view.title, &unchanging_day()?, lang)
}

/// What a workbook without a day of its own says of when it was made: the clock would change its bytes.
fn unchanging_day() -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(2000, 1, 1)
}

fn write(sheets: Vec<Sheet>, title: &str, day: &ExcelDateTime, lang: Lang) -> Result<Vec<u8>, WorkbookFault> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(sheet::cut(title, 200)).set_creation_datetime(day));
    let look = Look { lang };
    let mut names = Vec::new();
    for sheet in sheets {
        let name = sheet::unique(&sheet.name, &mut names);
        sheet.write(workbook.add_worksheet().set_name(name)?, title, look)?;
    }
    Ok(workbook.save_to_buffer()?)
}
