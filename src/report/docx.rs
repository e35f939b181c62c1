//! Word documents.

use super::document::{DocumentView, Layout};
use super::memo::{Audience, Memo};
use super::template::TemplateFault;
use crate::catalogue::Lang;

/// A memo as a Word document.
///
/// # Errors
/// A template that cannot be rendered.
pub fn memo(_memo: &Memo, _audience: Audience, _lang: Lang) -> Result<Vec<u8>, TemplateFault> {
    Ok(Vec::new())
}

/// A report as a Word document.
///
/// # Errors
/// A template that cannot be rendered.
pub fn document(_view: &DocumentView, _layout: Layout, _lang: Lang) -> Result<Vec<u8>, TemplateFault> {
    Ok(Vec::new())
}
