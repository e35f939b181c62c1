//! Figures that a workbook can reckon with: where a figure is exact, a number with its unit in the
//! format; anything else stays the words that it is.

use super::sheet::Value;
use crate::arithmetic::{Form, Quantity};
use crate::report::document::view::FigureView;

/// A number and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// The number.
    pub value: f64,
    /// Its format.
    pub format: String,
    /// What people read.
    pub text: String,
}

/// A figure as a cell holds it.
pub(super) fn value(figure: &FigureView) -> Value {
    match &figure.printed {
        Some(printed) if Quantity::parse(printed).is_ok_and(|quantity| quantity.form() == Form::Exact) => text(&figure.text),
        _ => Value::Text(figure.text.clone()),
    }
}

/// A printed figure as a cell holds it.
pub(super) fn text(text: &str) -> Value {
    number(text).map_or_else(|| Value::Text(text.to_owned()), Value::Number)
}

/// A figure with words behind it.
pub(super) fn followed(value: Value, words: &str) -> Value {
    match value {
        Value::Text(text) => Value::Text(format!("{text}{words}")),
        Value::Number(number) => {
            let text = format!("{}{words}", number.text);
            if words.contains('"') {
                return Value::Text(text);
            }
            let format = number.format.split(';').map(|format| format!("{format}\"{words}\"")).collect::<Vec<_>>().join(";");
            Value::Number(Number { format, text, ..number })
        }
    }
}

/// Digits with a unit after them, and perhaps how they are counted before them.
fn number(text: &str) -> Option<Number> {
    let prefix = ["延べ", "実"].into_iter().find(|prefix| text.starts_with(prefix)).unwrap_or_default();
    let rest = &text[prefix.len()..];
    let (sign, rest) = match rest.strip_prefix(['△', '▲', '-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, rest),
    };
    let end = rest.find(|letter: char| !(letter.is_ascii_digit() || letter == ',' || letter == '.')).unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    if !is_unit(unit) || !is_plain(digits) {
        return None;
    }
    let bare = digits.replace(',', "");
    let decimals = bare.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let figure = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
    let quoted = |words: &str| if words.is_empty() { String::new() } else { format!("\"{words}\"") };
    let (before, after) = (quoted(prefix), quoted(unit));
    Some(Number {
        value: sign * bare.parse::<f64>().ok()?,
        format: format!("{before}{figure}{after};{before}\"△\"{figure}{after}"),
        text: text.to_owned(),
    })
}

/// A short word of letters or a sign of per cent; 万 and the like would change the number.
fn is_unit(unit: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphabetic() || matches!(letter, '%' | '％' | '‰');
    unit.chars().count() <= 8 && unit.chars().all(is_letter) && !unit.starts_with(['万', '億', '兆', '千', '百', '十', '割', '分', '厘'])
}

/// Digits that a number gives back as they are printed, but for commas.
fn is_plain(digits: &str) -> bool {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.clone().count() == 0 || first.len() <= 3;
    is_number(first)
        && is_number(decimals)
        && grouped
        && groups.all(|group| group.len() == 3 && is_number(group))
        && !(first.len() > 1 && first.starts_with('0'))
        && digits.len() <= 15
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(f64, String)> {
        number(text).map(|number| (number.value, number.format))
    }

    #[test]
    fn an_exact_figure_is_a_number() {
        assert_eq!(of("13,878人"), Some((13878.0, "#,##0\"人\";\"△\"#,##0\"人\"".to_owned())));
        assert_eq!(of("△1,200"), Some((-1200.0, "#,##0;\"△\"#,##0".to_owned())));
        assert_eq!(of("16.70%"), Some((16.7, "#,##0.00\"%\";\"△\"#,##0.00\"%\"".to_owned())));
        assert_eq!(of("延べ45名").map(|(value, _)| value), Some(45.0));
    }

    #[test]
    fn anything_else_is_words() {
        for text in ["", "-", "約1300", "1.5万", "3割", "007", "1,2,3", "50以上、", "月1回", "=1+1", "1.2.3", "12\"x", "3〜4", "1e5x1"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
