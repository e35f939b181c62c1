//! Workbooks.

use std::fmt;

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

/// The question sheet of an author.
///
/// # Errors
/// A sheet that does not fit into a workbook.
pub fn memo(_memo: &Memo, _lang: Lang) -> Result<Vec<u8>, WorkbookFault> {
    Ok(Vec::new())
}

/// A report as a workbook.
///
/// # Errors
/// A sheet that does not fit into a workbook.
pub fn document(_view: &DocumentView, _layout: Layout, _lang: Lang) -> Result<Vec<u8>, WorkbookFault> {
    Ok(Vec::new())
}
