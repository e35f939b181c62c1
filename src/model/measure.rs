//! A measure and the counts that are kept of it.

use super::{Text, fiscal_year, fitted};
pub use crate::arithmetic::Tally;
use crate::calendar::FiscalYear;
use crate::document::{Field, Kind, Node};

/// A measure (事業).
#[derive(Debug)]
pub struct Measure<'a> {
    /// Where it is defined.
    pub node: Node<'a>,
    /// Its number as printed, or a key.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// The policy that it serves.
    pub policy: Option<Text<'a>>,
    /// Who does it, by id.
    pub departments: Vec<Text<'a>>,
    /// The stages of life that it is for.
    pub stages: Vec<Text<'a>>,
    /// Whom it is for.
    pub audience: Option<Text<'a>>,
    /// What it is.
    pub summary: Option<Text<'a>>,
    /// Its first fiscal year.
    pub first: Option<FiscalYear>,
    /// Its last fiscal year.
    pub last: Option<FiscalYear>,
    /// What it was called before.
    pub formerly: Vec<Former<'a>>,
    /// A printed mark such as 新規.
    pub mark: Option<Text<'a>>,
    /// The measure that this row shows again (再掲).
    pub repeats: Option<Text<'a>>,
    /// Its counts.
    pub counts: Vec<Count<'a>>,
    /// What the plan foresees for each year.
    pub schedule: Vec<Schedule<'a>>,
    /// The words of single departments.
    pub by_department: Vec<Node<'a>>,
}

/// An earlier number or title.
#[derive(Clone, Copy, Debug)]
pub struct Former<'a> {
    /// The number.
    pub id: Option<Text<'a>>,
    /// The title.
    pub title: Option<Text<'a>>,
}

/// What a plan foresees for some fiscal years.
#[derive(Debug)]
pub struct Schedule<'a> {
    /// From this year.
    pub first: Option<FiscalYear>,
    /// To this year; the first one where none is given.
    pub last: Option<FiscalYear>,
    /// What is to be done.
    pub text: Option<Text<'a>>,
    /// For whom.
    pub audience: Option<Text<'a>>,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    #[default]
    Higher,
    /// Less is better.
    Lower,
}

/// A figure that is kept of a measure.
#[derive(Debug)]
pub struct Count<'a> {
    /// Where it is defined.
    pub node: Node<'a>,
    /// Its id in the measure.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// Its unit.
    pub unit: Option<Text<'a>>,
    /// How people are counted.
    pub tally: Option<Tally>,
    /// The time that it is counted in.
    pub period: Option<Text<'a>>,
    /// The one department that is asked for it.
    pub department: Option<Text<'a>>,
    /// The ways in which it is a total; each is a list of counts of the measure.
    pub sum_of: Vec<Vec<Text<'a>>>,
    /// The count that it is a part of: `count`, or `measure/count`.
    pub within: Option<Text<'a>>,
    /// Which way is good.
    pub better: Better,
    /// The same quantity elsewhere: `measure/count` or `table:ID/column/row`.
    pub same_as: Vec<Text<'a>>,
    /// The quotient that it is.
    pub rate: Option<Rate<'a>>,
    /// The product that it is: counts and numbers.
    pub product_of: Vec<Text<'a>>,
    /// What it was called before.
    pub formerly: Option<Text<'a>>,
    /// Whether it is about people in crisis.
    pub sensitive: bool,
    /// The area that it covers, where that is not the city.
    pub scope: Option<Text<'a>>,
}

/// A quotient of two counts.
#[derive(Clone, Copy, Debug)]
pub struct Rate<'a> {
    /// What is counted.
    pub of: Text<'a>,
    /// Out of what.
    pub over: Text<'a>,
}

impl<'a> Measure<'a> {
    pub(super) fn of(node: Node<'a>) -> Option<Self> {
        let mut measure = Self {
            node,
            id: node.get(Field::Id).and_then(Text::of)?,
            title: None,
            policy: None,
            departments: Vec::new(),
            stages: Vec::new(),
            audience: None,
            summary: None,
            first: None,
            last: None,
            formerly: Vec::new(),
            mark: None,
            repeats: None,
            counts: Vec::new(),
            schedule: Vec::new(),
            by_department: Vec::new(),
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Title) => measure.title = Text::of(value),
                Some(Field::Policy) => measure.policy = Text::of(value),
                Some(Field::Departments) => measure.departments = Text::list(value),
                Some(Field::Stages) => measure.stages = Text::list(value),
                Some(Field::Audience) => measure.audience = Text::of(value),
                Some(Field::Summary) => measure.summary = Text::of(value),
                Some(Field::First) => measure.first = fiscal_year(value),
                Some(Field::Last) => measure.last = fiscal_year(value),
                Some(Field::Formerly) => {
                    measure.formerly = value
                        .items()
                        .map(|item| Former { id: item.get(Field::Id).and_then(Text::of), title: item.get(Field::Title).and_then(Text::of) })
                        .collect();
                }
                Some(Field::Mark) => measure.mark = Text::of(value),
                Some(Field::Repeats) => measure.repeats = Text::of(value),
                Some(Field::Counts) => measure.counts = fitted(value, value.items().filter_map(Count::of)),
                Some(Field::Schedule) => {
                    measure.schedule = value
                        .items()
                        .map(|item| Schedule {
                            first: item.get(Field::First).and_then(fiscal_year),
                            last: item.get(Field::Last).and_then(fiscal_year),
                            text: item.get(Field::Text).and_then(Text::of),
                            audience: item.get(Field::Audience).and_then(Text::of),
                        })
                        .collect();
                }
                Some(Field::ByDepartment) => measure.by_department = value.items().collect(),
                _ => {}
            }
        }
        Some(measure)
    }

    /// The count of an id.
    #[must_use]
    pub fn count(&self, id: &str) -> Option<&Count<'a>> {
        self.counts.iter().find(|count| count.id.text == id)
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.title.map_or(self.id.text, |title| title.text)
    }

    /// Whether it is carried out in a fiscal year.
    #[must_use]
    pub fn lives_in(&self, year: FiscalYear) -> bool {
        self.first.is_none_or(|first| first <= year) && self.last.is_none_or(|last| year <= last)
    }
}

impl<'a> Count<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let mut count = Self {
            node,
            id: node.get(Field::Id).and_then(Text::of)?,
            title: None,
            unit: None,
            tally: None,
            period: node.get(Field::Period).and_then(Text::of),
            department: None,
            sum_of: Vec::new(),
            within: None,
            better: Better::Higher,
            same_as: Vec::new(),
            rate: None,
            product_of: Vec::new(),
            formerly: None,
            sensitive: false,
            scope: None,
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Title) => count.title = Text::of(value),
                Some(Field::Unit) => count.unit = Text::of(value),
                Some(Field::Tally) => {
                    count.tally = match value.text() {
                        Some("gross") => Some(Tally::Gross),
                        Some("distinct") => Some(Tally::Distinct),
                        _ => None,
                    };
                }
                Some(Field::Department) => count.department = Text::of(value),
                Some(Field::SumOf) => count.sum_of = sums(value),
                Some(Field::Within) => count.within = Text::of(value),
                Some(Field::Better) if value.text() == Some("lower") => count.better = Better::Lower,
                Some(Field::SameAs) => count.same_as = Text::list(value),
                Some(Field::Rate) => {
                    let of = value.get(Field::Of).and_then(Text::of);
                    let over = value.get(Field::Over).and_then(Text::of);
                    count.rate = of.zip(over).map(|(of, over)| Rate { of, over });
                }
                Some(Field::ProductOf) => count.product_of = Text::list(value),
                Some(Field::Formerly) => count.formerly = Text::of(value),
                Some(Field::Sensitive) => count.sensitive = value.is_true(),
                Some(Field::Scope) => count.scope = Text::of(value),
                _ => {}
            }
        }
        Some(count)
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.title.map_or(self.id.text, |title| title.text)
    }
}

/// A list of parts, or a list of such lists where a total has several breakdowns.
#[must_use]
pub(super) fn sums(node: Node<'_>) -> Vec<Vec<Text<'_>>> {
    if node.items().any(|item| item.kind() == Kind::Seq) {
        return node.items().map(Text::list).collect();
    }
    let parts = Text::list(node);
    if parts.is_empty() { Vec::new() } else { vec![parts] }
}
