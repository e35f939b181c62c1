//! A quantity: a figure as it is printed, with all that its spelling says.
//!
//! `23.0` is not `23`, `約1300` is not `1300`, and `45名` says what it counts. Nothing here knows
//! what the figure is for, nor a tolerance: whoever reads 約 brings one.

use super::absence::NotAQuantity;
use super::interval::Interval;
use super::number::Digits;
use super::rational::Rational;
use super::spelling;
use super::unit;
use std::fmt;

/// A figure as printed. Borrows the text; copying one is cheap.
#[derive(Clone, Copy, PartialEq)]
pub struct Quantity<'a> {
    pub(super) printed: &'a str,
    pub(super) unit: &'a str,
    pub(super) value: Rational,
    pub(super) upper: Rational,
    pub(super) form: Form,
    pub(super) about: bool,
    pub(super) place: i8,
    pub(super) period: Option<Period>,
    pub(super) tally: Option<Tally>,
    pub(super) digits: Digits,
}

/// What kind of statement a quantity makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The figure itself (13878, 16.7).
    Exact,
    /// About the figure (約1300, 1300程度, 3割弱).
    About,
    /// The figure or more (50以上).
    AtLeast,
    /// More than the figure (50超).
    MoreThan,
    /// The figure or less (30以下, 30以内, 30まで).
    AtMost,
    /// Less than the figure (30未満).
    LessThan,
    /// From one figure to another (3〜4).
    Range,
}

/// The time a quantity is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// 年, 年間, 毎年.
    Year,
    /// 半年, 半期.
    HalfYear,
    /// 四半期.
    Quarter,
    /// 学期: two or three a year, so never converted.
    Term,
    /// 隔月: every other month.
    OtherMonth,
    /// 月, 毎月.
    Month,
    /// 隔週: never converted.
    OtherWeek,
    /// 週, 毎週: not a whole number a year, so never converted.
    Week,
    /// 日, 毎日: never converted.
    Day,
}

impl Period {
    /// How many of them a year has; `None` where that is not a fixed whole number.
    #[must_use]
    pub const fn per_year(self) -> Option<Rational> {
        match self {
            Period::Year => Some(Rational::ONE),
            Period::HalfYear => Some(Rational::integer(2)),
            Period::Quarter => Some(Rational::integer(4)),
            Period::OtherMonth => Some(Rational::integer(6)),
            Period::Month => Some(Rational::integer(12)),
            Period::Term | Period::OtherWeek | Period::Week | Period::Day => None,
        }
    }
}

/// How people are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tally {
    /// Every visit counts (延べ).
    Gross,
    /// Every person counts once (実人数).
    Distinct,
}

impl<'a> Quantity<'a> {
    /// Reads the text of a scalar, already without quotes. Allocates nothing.
    ///
    /// # Errors
    /// [`NotAQuantity`] says what the text is instead: empty, a null marker, a spreadsheet error,
    /// or some other text (a sentence, several figures, more than 18 digits).
    pub fn parse(text: &'a str) -> Result<Quantity<'a>, NotAQuantity> {
        match plain_integer(text) {
            Some((value, digits)) => Ok(Quantity {
                printed: text,
                unit: "",
                value: Rational::integer(value),
                upper: Rational::integer(value),
                form: Form::Exact,
                about: false,
                place: 0,
                period: None,
                tally: None,
                digits,
            }),
            None => spelling::read(text),
        }
    }

    /// The text as printed.
    #[must_use]
    pub const fn printed(&self) -> &'a str {
        self.printed
    }

    /// What kind of statement it makes.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The figure named, in its unit: of a range the lower end, of a bound the bound, 30 of 3割.
    #[must_use]
    pub const fn value(&self) -> Rational {
        self.value
    }

    /// The upper end of a range; otherwise the same as [`Quantity::value`].
    #[must_use]
    pub const fn upper_value(&self) -> Rational {
        self.upper
    }

    /// The decimals printed: 1 of 16.7; 0 of 1.5万, which stands for 15000.
    #[must_use]
    pub const fn decimals(&self) -> u8 {
        if self.place < 0 { self.place.unsigned_abs() } else { 0 }
    }

    /// The unit printed with the figure, one spelling for all (名 is 人, ％ is %, 割 is %).
    #[must_use]
    pub const fn unit(&self) -> Option<&'a str> {
        if self.unit.is_empty() { None } else { Some(self.unit) }
    }

    /// The period printed with the figure (年12回, 月1回).
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        self.period
    }

    /// Whether it is said to be gross (延べ) or distinct (実).
    #[must_use]
    pub const fn tally(&self) -> Option<Tally> {
        self.tally
    }

    /// How its digits are written.
    #[must_use]
    pub const fn digits(&self) -> Digits {
        self.digits
    }

    /// Whether it is said to be approximate, a bound or range included (概ね50以上).
    #[must_use]
    pub const fn is_about(&self) -> bool {
        self.about
    }

    /// Whether it is a bound (以上, 超, 以下, 未満).
    #[must_use]
    pub const fn is_bound(&self) -> bool {
        matches!(self.form, Form::AtLeast | Form::MoreThan | Form::AtMost | Form::LessThan)
    }

    /// Whether it is one figure, exact or about, and neither a bound nor a range.
    #[must_use]
    pub const fn is_single(&self) -> bool {
        matches!(self.form, Form::Exact | Form::About)
    }

    /// The values it stands for, in its unit. The word 約 is not widened here;
    /// see [`Quantity::interval_about`].
    #[must_use]
    pub fn interval(&self) -> Interval {
        self.interval_in(self.unit)
    }

    /// The values it stands for if it is in this unit: a whole figure in a measured one (%,
    /// 人口10万対) is rounded, in a counted one exact. One in thousands or millions (158千円, 1.5万人)
    /// was rounded or cut off there, so it covers a whole unit either way. A unit printed with the
    /// figure prevails.
    #[must_use]
    pub fn interval_in(&self, unit: &str) -> Interval {
        let unit = if self.unit.is_empty() { unit } else { self.unit };
        match self.form {
            Form::Exact if self.place == 0 && unit.is_empty() => Interval::exact(self.value),
            Form::Exact | Form::About if self.place > 0 || unit::is_scaled(unit) => {
                self.around(Interval::half_unit(self.place).and_then(twice))
            }
            Form::Exact | Form::About if self.place < 0 || unit::is_measured(unit) => self.rounded_interval(),
            Form::Exact | Form::About => Interval::exact(self.value),
            Form::AtLeast => Interval::at_least(self.value),
            Form::MoreThan => Interval::more_than(self.value),
            Form::AtMost => Interval::at_most(self.value),
            Form::LessThan => Interval::less_than(self.value),
            Form::Range => Interval::closed(self.value, self.upper),
        }
    }

    /// [`Quantity::interval`], widened by `tolerance` (1/10 for 10%) where the figure is said to be
    /// approximate.
    #[must_use]
    pub fn interval_about(&self, tolerance: Rational) -> Interval {
        let interval = self.interval();
        if self.about { interval.widen(tolerance) } else { interval }
    }

    /// The values of a single figure that was computed and rounded where its last digit stands: for
    /// rates and growth, where 23 stands for [22.5, 23.5]. Bounds and ranges as they are.
    #[must_use]
    pub fn rounded_interval(&self) -> Interval {
        if !self.is_single() {
            return self.interval();
        }
        self.around(Interval::half_unit(self.place))
    }

    /// The value where it is a small whole number that stands for itself alone in this unit; `None`
    /// where that is not plain to see.
    pub(super) fn whole_in(&self, unit: &str) -> Option<i64> {
        let unit = if self.unit.is_empty() { unit } else { self.unit };
        let plain = self.form == Form::Exact && !self.about && self.place == 0 && self.value.is_integer();
        if !plain || unit::is_scaled(unit) || unit::is_measured(unit) {
            return None;
        }
        i64::try_from(self.value.numerator()).ok()
    }

    fn around(&self, margin: Option<Rational>) -> Interval {
        margin.map_or(Interval::exact(self.value), |margin| Interval::around(self.value, margin))
    }

    /// How many times a year it counts one of its values: 12 for 月1回; 1 without a period, as a
    /// report's figures are a year's. `None` for a period that has no fixed number a year (週).
    #[must_use]
    pub fn per_year(&self) -> Option<Rational> {
        self.period.map_or(Some(Rational::ONE), Period::per_year)
    }
}

fn twice(value: Rational) -> Option<Rational> {
    value.checked_add(value)
}

/// A non-negative integer in half-width digits, which is what nearly every figure is.
fn plain_integer(text: &str) -> Option<(i64, Digits)> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    let mut value = 0i64;
    for &byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    Some((value, Digits::plain(bytes.len(), bytes.first() == Some(&b'0'))))
}

impl fmt::Display for Quantity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.printed)
    }
}

impl fmt::Debug for Quantity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantity({:?} = {} {})", self.printed, self.interval(), self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(text: &str) -> String {
        Quantity::parse(text).unwrap().interval().to_string()
    }

    #[test]
    fn stands_for_what_would_be_printed_so() {
        for (text, expected) in [
            ("13878", "13878"),
            ("41万8000", "418000"),
            ("16.7", "[16.65, 16.75]"),
            ("23.0", "[22.95, 23.05]"),
            ("30%", "[29.5, 30.5]"),
            ("3割", "[20, 40]"),
            ("1.5万人", "[14000, 16000]"),
            ("158千円", "[157000, 159000]"),
            ("50以上", "[50, ∞)"),
            ("50超", "(50, ∞)"),
            ("30以下", "(-∞, 30]"),
            ("30未満", "(-∞, 30)"),
            ("3〜4", "[3, 4]"),
            ("約1300", "1300"),
        ] {
            assert_eq!(interval(text), expected, "{text}");
        }
    }

    #[test]
    fn widens_only_what_is_about() {
        let tenth = Rational::step(1).unwrap();
        let about = |text| Quantity::parse(text).unwrap().interval_about(tenth).to_string();
        assert_eq!(about("約1300"), "[1170, 1430]");
        assert_eq!(about("1300"), "1300");
        assert_eq!(about("概ね50以上"), "[45, ∞)");
        assert_eq!(about("約3〜4"), "[2.7, 4.4]");
    }

    #[test]
    fn takes_the_unit_of_its_count() {
        let plain = Quantity::parse("30").unwrap();
        assert_eq!(plain.interval_in("%").to_string(), "[29.5, 30.5]");
        assert_eq!(plain.interval_in("人").to_string(), "30");
        assert_eq!(plain.interval_in("千円").to_string(), "[29, 31]");
        let people = Quantity::parse("30人").unwrap();
        assert_eq!(people.interval_in("%").to_string(), "30");
        assert_eq!(plain.rounded_interval().to_string(), "[29.5, 30.5]");
    }

    #[test]
    fn counts_periods_by_the_year() {
        let per_year = |text| Quantity::parse(text).unwrap().per_year();
        assert_eq!(per_year("月1回"), Some(Rational::integer(12)));
        assert_eq!(per_year("12"), Some(Rational::ONE));
        assert_eq!(per_year("週2回"), None);
    }

    #[test]
    fn reads_plain_integers_like_any_other() {
        for text in ["0", "7", "007", "1234", "999999999999999999"] {
            let fast = Quantity::parse(text).unwrap();
            assert_eq!(Ok(fast), spelling::read(text), "{text}");
        }
    }
}
