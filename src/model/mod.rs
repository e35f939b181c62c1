//! Typed views of plans and reports. They borrow from the documents and copy no text.
//!
//! A view is made of any document, valid or not: what the schema has found wrong is simply not
//! there, and [`Damage`] tells a rule not to ask for it.

mod entry;
mod indicator;
mod measure;
mod plan;
mod report;
mod table;
mod workspace;

pub use entry::{CarriedOver, Cost, CostItem, CountValue, Entry, Event, Fit, Next, Prior};
pub use indicator::{Indicator, IndicatorReport, IndicatorValue};
pub use measure::{Better, Count, Former, Measure, Rate, Schedule, Tally};
pub use plan::{Department, Expects, Grade, Helpline, Plan, Policy, TierOfPolicy};
pub use report::{Attendee, Edition, Meeting, Report, Status};
pub use table::{Base, Cell, Column, Rounding, Row, Shares, SourceOfTable, Sums, Table};
pub use workspace::{Damage, PlanSet, View, Workspace};

use crate::arithmetic::{NotAQuantity, Quantity};
use crate::calendar::{FiscalYear, parse_fiscal_year};
use crate::document::{Field, Kind, Node};

/// What `items` yields, in a list with room for as much as `node` holds and no more: views are large.
/// Of a list of a million things, which may all be nothing, no room is asked for beforehand.
fn fitted<T>(node: Node<'_>, items: impl Iterator<Item = T>) -> Vec<T> {
    let mut list = Vec::with_capacity(node.len().min(4096));
    list.extend(items);
    list
}

/// A text with the node that holds it.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// The node.
    pub node: Node<'a>,
}

impl<'a> Text<'a> {
    /// The text of a scalar.
    #[must_use]
    pub fn of(node: Node<'a>) -> Option<Self> {
        node.text().map(|text| Self { text, node })
    }

    /// The texts of a list.
    #[must_use]
    pub fn list(node: Node<'a>) -> Vec<Self> {
        let mut list = Vec::with_capacity(if node.kind() == Kind::Seq { node.len() } else { 1 });
        list.extend(node.each().filter_map(Self::of));
        list
    }
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingReason {
    /// Nothing was planned.
    NotPlanned,
    /// It did not take place.
    NotHeld,
    /// Nobody counted.
    NotCounted,
    /// It makes no sense here.
    NotApplicable,
    /// It comes later.
    Pending,
    /// It is not made public.
    Withheld,
    /// It has come to an end.
    Ended,
    /// It cannot be found out.
    Unknown,
    /// The print gives a bare mark.
    Unstated,
}

impl MissingReason {
    fn of(text: &str) -> Self {
        match text {
            "not-planned" => Self::NotPlanned,
            "not-held" => Self::NotHeld,
            "not-counted" => Self::NotCounted,
            "not-applicable" => Self::NotApplicable,
            "pending" => Self::Pending,
            "withheld" => Self::Withheld,
            "ended" => Self::Ended,
            "unknown" => Self::Unknown,
            _ => Self::Unstated,
        }
    }
}

/// A value that is not there, and why.
#[derive(Clone, Copy, Debug)]
pub struct Missing<'a> {
    /// Why.
    pub reason: MissingReason,
    /// What the report adds.
    pub note: Option<Text<'a>>,
    /// The node of the reason.
    pub node: Node<'a>,
}

impl<'a> Missing<'a> {
    /// What `{ missing: …, note: … }` says.
    #[must_use]
    pub fn of(node: Node<'a>) -> Option<Self> {
        let reason = node.get(Field::Missing)?;
        Some(Self {
            reason: MissingReason::of(reason.text().unwrap_or_default()),
            note: node.get(Field::Note).and_then(Text::of),
            node: reason,
        })
    }

    /// Whether it answers the question: all but a bare mark do.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        self.reason != MissingReason::Unstated
    }
}

/// A value that a report may give, leave out, or give a reason for leaving out.
#[derive(Clone, Copy, Debug, Default)]
pub enum Slot<'a, T> {
    /// Nothing is said.
    #[default]
    Absent,
    /// It is said why there is none.
    Missing(Missing<'a>),
    /// Something stands there that cannot be read; another rule speaks of it.
    Unreadable(Node<'a>),
    /// The value.
    Given(T, Node<'a>),
}

impl<'a, T> Slot<'a, T> {
    /// The value.
    #[must_use]
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value, _) => Some(value),
            _ => None,
        }
    }

    /// The node of whatever stands there.
    #[must_use]
    pub fn node(&self) -> Option<Node<'a>> {
        match self {
            Self::Absent => None,
            Self::Missing(missing) => Some(missing.node),
            Self::Unreadable(node) | Self::Given(_, node) => Some(*node),
        }
    }

    /// Whether nothing is said at all.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the reader has an answer: a value, or the reason why there is none. What cannot be
    /// read counts as one, for another rule asks about it.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::Missing(missing) => missing.is_answer(),
            Self::Unreadable(_) | Self::Given(..) => true,
        }
    }

    /// The reason why there is none.
    #[must_use]
    pub fn missing(&self) -> Option<&Missing<'a>> {
        match self {
            Self::Missing(missing) => Some(missing),
            _ => None,
        }
    }
}

impl<'a> Slot<'a, Quantity<'a>> {
    /// Reads a quantity.
    #[must_use]
    pub fn quantity(node: Node<'a>) -> Self {
        match node.kind() {
            Kind::Null => Self::Absent,
            Kind::Map => Missing::of(node).map_or(Self::Unreadable(node), Self::Missing),
            Kind::Seq | Kind::Bool | Kind::Alias => Self::Unreadable(node),
            Kind::Int | Kind::Float | Kind::Str => match Quantity::parse(node.text().unwrap_or_default()) {
                Ok(quantity) => Self::Given(quantity, node),
                Err(NotAQuantity::Empty) => Self::Absent,
                Err(_) => Self::Unreadable(node),
            },
        }
    }
}

impl<'a> Slot<'a, &'a str> {
    /// Reads a text, or the reason why there is none.
    #[must_use]
    pub fn text(node: Node<'a>) -> Self {
        match node.kind() {
            Kind::Null => Self::Absent,
            Kind::Map => Missing::of(node).map_or(Self::Unreadable(node), Self::Missing),
            Kind::Seq | Kind::Alias => Self::Unreadable(node),
            _ => match node.text() {
                Some(text) if !text.chars().all(char::is_whitespace) => Self::Given(text, node),
                _ => Self::Absent,
            },
        }
    }
}

/// Words that one or several departments have written.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    node: Node<'a>,
}

/// A part of a passage.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Whose words they are, where the report says so.
    pub department: Option<Text<'a>>,
    /// The words.
    pub text: Text<'a>,
}

impl<'a> Passage<'a> {
    /// The parts, in their order.
    pub fn parts(self) -> impl Iterator<Item = Part<'a>> {
        self.node.each().filter_map(|item| {
            if item.is_map() {
                let text = item.get(Field::Text).and_then(Text::of)?;
                Some(Part { department: item.get(Field::Department).and_then(Text::of), text })
            } else {
                Text::of(item).map(|text| Part { department: None, text })
            }
        })
    }

    /// The words with nothing between the parts.
    #[must_use]
    pub fn joined(self) -> String {
        let mut parts = self.parts().map(|part| part.text.text);
        let mut words = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            words.push('\n');
            words.push_str(part);
        }
        words
    }
}

impl<'a> Slot<'a, Passage<'a>> {
    /// Reads words, or the reason why there are none.
    #[must_use]
    pub fn passage(node: Node<'a>) -> Self {
        match node.kind() {
            Kind::Null => Self::Absent,
            Kind::Map => Missing::of(node).map_or(Self::Unreadable(node), Self::Missing),
            Kind::Seq if node.is_empty() => Self::Absent,
            Kind::Str if node.text().is_some_and(|text| text.chars().all(char::is_whitespace)) => Self::Absent,
            _ => Self::Given(Passage { node }, node),
        }
    }
}

/// The fiscal year of a node.
#[must_use]
pub fn fiscal_year(node: Node<'_>) -> Option<FiscalYear> {
    node.text().and_then(parse_fiscal_year)
}
