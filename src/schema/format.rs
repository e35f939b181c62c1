//! The formats of our own that the schemas name.

use crate::arithmetic::{NotAQuantity, Quantity};
use crate::calendar;

/// Whether a text is of a format.
pub(super) type Format = fn(&str) -> bool;

/// The formats by their names.
pub(super) const FORMATS: [(&str, Format); 10] = [
    ("quantity", is_quantity),
    ("date", is_date),
    ("day", is_date),
    ("count-reference", |text| !text.is_empty()),
    ("month", |text| calendar::parse_month(text).is_some()),
    ("fiscal-year", |text| calendar::parse_fiscal_year(text).is_some()),
    ("id", is_id),
    ("measure-id", |text| !text.is_empty() && !text.contains(['/', '\n', '\r'])),
    ("reference", |text| text.contains('/')),
    ("percent-or-number", is_percent_or_number),
];

/// The format of that name; a schema that names another does not compile.
pub(super) const fn format(name: &str) -> Format {
    let mut index = 0;
    while index < FORMATS.len() {
        if is_same(FORMATS[index].0.as_bytes(), name.as_bytes()) {
            return FORMATS[index].1;
        }
        index += 1;
    }
    panic!("no format has that name")
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

fn is_date(text: &str) -> bool {
    calendar::parse_date(text) != Err(calendar::DateError::NotADate)
}

/// Null marks and spreadsheet errors have rules of their own.
fn is_quantity(text: &str) -> bool {
    match Quantity::parse(text) {
        Ok(_) | Err(NotAQuantity::NullMarker(_) | NotAQuantity::SpreadsheetError) => true,
        Err(NotAQuantity::Empty | NotAQuantity::Text) => is_yaml_1_1_number(text),
    }
}

/// `1_000`, `9:30`: ambiguous-scalar speaks of them.
fn is_yaml_1_1_number(text: &str) -> bool {
    crate::document::is_ambiguous(text)
}

fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_percent_or_number(text: &str) -> bool {
    text.trim_end_matches(['%', '％']).parse::<f64>().is_ok()
}
