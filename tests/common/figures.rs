//! Figures in a text, in one spelling: half-width digits without separators, days as 2025-03-31 and
//! months as 2025-07.

use std::collections::BTreeMap;
use std::path::Path;

/// How often each figure occurs.
pub type Figures = BTreeMap<String, usize>;

/// Adds a figure.
pub fn add(figures: &mut Figures, figure: impl Into<String>) {
    *figures.entry(figure.into()).or_default() += 1;
}

/// What `all` holds beyond `known`.
pub fn beyond(all: &Figures, known: &Figures) -> Figures {
    let more = |(figure, times): (&String, &usize)| {
        let more = times.saturating_sub(known.get(figure).copied().unwrap_or(0));
        (more > 0).then(|| (figure.clone(), more))
    };
    all.iter().filter_map(more).collect()
}

#[allow(dead_code)]
/// The figures of a text. A number and its 万 are one figure, as is a number with broken groups.
pub fn of(text: &str) -> Figures {
    let mut figures = Figures::new();
    for figure in list(text) {
        add(&mut figures, figure);
    }
    figures
}

/// The figures of a text in their order: each day or month, and every number in them besides.
pub fn list(text: &str) -> Vec<String> {
    let text = narrow(text);
    let mut found: Vec<String> = planlint::calendar::find_dates(&text)
        .filter_map(|date| {
            let (year, month) = (date.year?, date.month?);
            match date.day {
                Some(day) => Some(format!("{year:04}-{month:02}-{day:02}")),
                None => Some(format!("{year:04}-{month:02}")),
            }
        })
        .collect();
    found.extend(numbers(&text));
    found
}

/// Half-width digits, points and commas.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '０'..='９' => char::from(b'0' + u8::try_from(u32::from(character) - u32::from('０')).unwrap_or(0)),
            '．' => '.',
            '，' => ',',
            other => other,
        })
        .collect()
}

/// The numbers of a text without their separators.
fn numbers(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let mut number = String::new();
        loop {
            while digit(at) {
                number.push(characters[at]);
                at += 1;
            }
            // A group of three behind a comma, and a space where the print has left one there.
            let comma = characters.get(at) == Some(&',');
            let start = if characters.get(at + 1) == Some(&' ') { at + 2 } else { at + 1 };
            if comma && (start..start + 3).all(digit) && !digit(start + 3) {
                at = start;
            } else if characters.get(at) == Some(&'.') && digit(at + 1) && !number.contains('.') {
                number.push('.');
                at += 1;
            } else if characters.get(at) == Some(&'万') && !number.contains('.') {
                at += 1;
                let mut rest = String::new();
                while digit(at) || characters.get(at) == Some(&',') {
                    rest.extend(Some(characters[at]).filter(char::is_ascii_digit));
                    at += 1;
                }
                number = (number.parse::<u64>().unwrap_or(0) * 10_000 + rest.parse::<u64>().unwrap_or(0)).to_string();
                break;
            } else {
                break;
            }
        }
        numbers.push(number);
    }
    numbers
}

#[allow(dead_code)]
/// A line of the list of a city's printed figures.
pub struct Printed {
    /// Where it stands: a measure, `measure/department`, `table:ID`, `indicator:ID` or `meeting:N`.
    pub place: String,
    /// The figure.
    pub figure: String,
    /// The year of another report, where it does not stand in the city's latest one.
    pub year: Option<String>,
}

/// The printed figures of a city.
pub fn printed(city: &str) -> Vec<Printed> {
    let path = Path::new("tests/figures").join(format!("{city}.tsv"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            Printed {
                place: fields.next().unwrap_or_default(),
                figure: fields.next().unwrap_or_else(|| panic!("{}: {line:?} has no figure", path.display())),
                year: fields.next(),
            }
        })
        .collect()
}
