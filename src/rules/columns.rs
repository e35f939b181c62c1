//! The figures of an entry, column by column, and whether some of them can be computed with
//! together. Knows no rule.

use crate::arithmetic::{Figure, Quantity, Rational, Tally, normal_unit};
use crate::catalogue::{RuleId, Words};
use crate::config::Settings;
use crate::document::Node;
use crate::model::{Count, CountValue, Entry, Slot};
use crate::rule::Reason;

/// A column of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// What was planned for the year.
    Target,
    /// What was counted.
    Actual,
    /// What is planned for the following year.
    Next,
}

impl Column {
    /// Every column.
    pub const ALL: [Column; 3] = [Column::Target, Column::Actual, Column::Next];

    /// What people call it.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Target => Words { ja: "予定", en: "target" },
            Self::Actual => Words { ja: "実績", en: "actual" },
            Self::Next => Words { ja: "次年度の予定", en: "next target" },
        }
    }

    /// What an entry says of a count.
    #[must_use]
    pub fn value<'a>(self, entry: &'a Entry<'a>, id: &str) -> Option<&'a CountValue<'a>> {
        match self {
            Self::Target | Self::Actual => entry.count(id),
            Self::Next => entry.next.as_ref()?.count(id),
        }
    }

    /// What an entry says of every count.
    #[must_use]
    pub fn values<'a>(self, entry: &'a Entry<'a>) -> &'a [CountValue<'a>] {
        match self {
            Self::Target | Self::Actual => &entry.counts,
            Self::Next => entry.next.as_ref().map(|next| next.counts.as_slice()).unwrap_or_default(),
        }
    }

    /// The figure of a count.
    #[must_use]
    pub fn slot<'a>(self, value: &'a CountValue<'a>) -> &'a Slot<'a, Quantity<'a>> {
        match self {
            Self::Target | Self::Next => &value.target,
            Self::Actual => &value.actual,
        }
    }
}

/// A figure that an entry states.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// What it counts.
    pub count: &'a Count<'a>,
    /// All that is said of the count.
    pub value: &'a CountValue<'a>,
    /// In which column.
    pub column: Column,
    /// The figure.
    pub quantity: &'a Quantity<'a>,
    /// Where it stands.
    pub node: Node<'a>,
}

impl<'a> Stated<'a> {
    /// The figure of a count in a column of an entry.
    #[must_use]
    pub fn of(entry: &'a Entry<'a>, count: &'a Count<'a>, column: Column) -> Option<Self> {
        Self::in_value(column.value(entry, count.id.text)?, count, column)
    }

    /// The figure of a count in a column.
    #[must_use]
    pub fn in_value(value: &'a CountValue<'a>, count: &'a Count<'a>, column: Column) -> Option<Self> {
        match column.slot(value) {
            Slot::Given(quantity, node) => Some(Self { count, value, column, quantity, node: *node }),
            _ => None,
        }
    }

    /// Its unit, one spelling for all; empty where none is known.
    #[must_use]
    pub fn unit(&self) -> &'a str {
        self.quantity.unit().unwrap_or_else(|| plan_unit(self.count))
    }

    /// How people are counted, where it is said.
    #[must_use]
    pub fn tally(&self) -> Option<Tally> {
        self.quantity.tally().or(self.count.tally)
    }

    /// The area that it covers, where it is not the city.
    #[must_use]
    pub fn area(&self) -> Option<&'a str> {
        self.value.scope.or(self.count.scope).map(|scope| scope.text)
    }

    /// Whether both have the same period, day and area of their own.
    #[must_use]
    pub fn is_of_same_time(&self, other: &Stated<'_>) -> bool {
        let text = |text: Option<crate::model::Text<'_>>| text.map_or(String::new(), |text| text.text.trim().to_owned());
        let plain = |value: &CountValue<'_>| value.period.is_none() && value.as_of.is_none() && value.scope.is_none();
        if plain(self.value) && plain(other.value) {
            return true;
        }
        text(self.value.period) == text(other.value.period)
            && text(self.value.as_of) == text(other.value.as_of)
            && text(self.value.scope) == text(other.value.scope)
    }

    /// A computed value as this figure would print it: with its unit and its commas.
    #[must_use]
    pub fn show(&self, value: Rational) -> String {
        show(value, self.quantity)
    }
}

/// The unit that the plan gives to a count, one spelling for all.
#[must_use]
pub fn plan_unit<'a>(count: &Count<'a>) -> &'a str {
    count.unit.map_or("", |unit| normal_unit(unit.text))
}

/// A value as a quantity would print it: with its unit and its commas.
#[must_use]
pub fn show(value: Rational, like: &Quantity<'_>) -> String {
    let mut digits = value.to_string();
    if like.printed().contains([',', '，']) {
        digits = commas(&digits);
    }
    digits.push_str(like.unit().unwrap_or_default());
    digits
}

fn commas(digits: &str) -> String {
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// Figures ready to be computed with: in one unit and, where their periods differ, by the year.
///
/// # Errors
/// Why they cannot be computed with together.
pub fn figures(stated: &[Stated<'_>], about: Rational) -> Result<Vec<Figure>, Reason> {
    let Some(first) = stated.first() else { return Ok(Vec::new()) };
    let unit = stated.iter().map(Stated::unit).find(|unit| !unit.is_empty()).unwrap_or_default();
    if stated.iter().any(|one| !one.unit().is_empty() && one.unit() != unit) {
        return Err(Reason::UnitDiffers);
    }
    if stated.iter().any(|one| !one.is_of_same_time(first)) {
        return Err(Reason::PeriodDiffers);
    }
    let same_period = stated.iter().all(|one| one.quantity.period() == first.quantity.period());
    stated
        .iter()
        .map(|one| {
            let figure = Figure::of(one.quantity, unit, about);
            if same_period {
                return Ok(figure);
            }
            let times = one.quantity.per_year().ok_or(Reason::PeriodDiffers)?;
            let value = figure.value.checked_mul(times).ok_or(Reason::NotComparable)?;
            Ok(Figure { value, decimals: figure.decimals, interval: figure.interval.scale(times) })
        })
        .collect()
}

/// An option that is a part of one: 10% is 1/10.
#[must_use]
pub fn part_of_one(settings: &Settings, rule: RuleId, name: &str) -> Rational {
    Rational::new(i128::from(settings.percent(rule, name)), 10_000).unwrap_or(Rational::ZERO)
}

#[cfg(test)]
mod tests {
    use super::commas;

    #[test]
    fn puts_commas_between_thousands() {
        for (digits, printed) in [("7", "7"), ("979", "979"), ("1320", "1,320"), ("-1234567.5", "-1,234,567.5")] {
            assert_eq!(commas(digits), printed);
        }
    }
}
