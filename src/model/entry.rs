//! What a report says of one measure.

use super::measure::sums;
use super::{Missing, Passage, Slot, Text, fiscal_year, fitted};
use crate::arithmetic::Quantity;
use crate::calendar::FiscalYear;
use crate::document::{Field, Kind, Node};

/// An entry.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// The measure's id.
    pub measure: Text<'a>,
    /// The departments that report, where several do so separately.
    pub departments: Vec<Text<'a>>,
    /// How far it has come.
    pub progress: Slot<'a, &'a str>,
    /// For whom it was done.
    pub audience: Slot<'a, &'a str>,
    /// What was planned for the year.
    pub plan: Slot<'a, Passage<'a>>,
    /// What was done.
    pub result: Slot<'a, Passage<'a>>,
    /// The figures.
    pub counts: Vec<CountValue<'a>>,
    /// The mapping of the figures.
    pub counts_node: Option<Node<'a>>,
    /// Why there are no figures.
    pub counts_missing: Option<Missing<'a>>,
    /// The grade.
    pub rating: Slot<'a, &'a str>,
    /// Why.
    pub reason: Slot<'a, Passage<'a>>,
    /// What came of it.
    pub effect: Slot<'a, Passage<'a>>,
    /// Where it goes.
    pub direction: Slot<'a, &'a str>,
    /// Why it goes there.
    pub direction_reason: Option<Text<'a>>,
    /// What it cost, in yen.
    pub cost: Slot<'a, Box<Cost<'a>>>,
    /// Dated events.
    pub events: Vec<Event<'a>>,
    /// What is planned for the following year.
    pub next: Option<Next<'a>>,
    /// A remark.
    pub note: Option<Text<'a>>,
}

/// What is planned for the following year.
#[derive(Debug)]
pub struct Next<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// In words.
    pub plan: Slot<'a, Passage<'a>>,
    /// In figures.
    pub counts: Vec<CountValue<'a>>,
    /// The mapping of the figures.
    pub counts_node: Option<Node<'a>>,
    /// Why there are no figures.
    pub counts_missing: Option<Missing<'a>>,
    /// Events that are planned.
    pub events: Vec<Event<'a>>,
    /// Whether only the plan is a draft.
    pub draft: bool,
}

/// The figures of one count.
#[derive(Debug)]
pub struct CountValue<'a> {
    /// The key: the count's id.
    pub key: Node<'a>,
    /// What stands there.
    pub node: Node<'a>,
    /// Why the whole count has no figure.
    pub missing: Option<Box<Missing<'a>>>,
    /// What was planned.
    pub target: Slot<'a, Quantity<'a>>,
    /// What was counted.
    pub actual: Slot<'a, Quantity<'a>>,
    /// Last year's figure, as this report states it.
    pub prior: Option<Box<Prior<'a>>>,
    /// The year whose actual the target is said to be.
    pub carried_over: Option<CarriedOver<'a>>,
    /// A total read another way in this entry.
    pub sum_of: Vec<Vec<Text<'a>>>,
    /// The day of this figure.
    pub as_of: Option<Text<'a>>,
    /// The period of this figure.
    pub period: Option<Text<'a>>,
    /// The area of this figure.
    pub scope: Option<Text<'a>>,
    /// A remark.
    pub note: Option<Text<'a>>,
    id: &'a str,
}

/// Last year's figure, as this report states it.
#[derive(Debug)]
pub struct Prior<'a> {
    /// The figure.
    pub value: Slot<'a, Quantity<'a>>,
    /// The period that it covers, where it is not the year.
    pub period: Option<Text<'a>>,
}

/// How exactly a target is carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is the same figure.
    Exact,
    /// It is about that.
    About,
}

/// The year whose actual a target is said to be.
#[derive(Debug)]
pub struct CarriedOver<'a> {
    /// Where it is said.
    pub node: Node<'a>,
    /// The year.
    pub year: FiscalYear,
    /// How exactly.
    pub fit: Fit,
}

/// What a measure cost.
#[derive(Debug)]
pub struct Cost<'a> {
    /// In yen.
    pub amount: Slot<'a, Quantity<'a>>,
    /// The measures that share it.
    pub shared_with: Vec<Text<'a>>,
    /// Its parts.
    pub items: Vec<CostItem<'a>>,
    /// A remark.
    pub note: Option<Text<'a>>,
}

/// A part of a cost.
#[derive(Debug)]
pub struct CostItem<'a> {
    /// What for.
    pub title: Option<Text<'a>>,
    /// In yen.
    pub amount: Slot<'a, Quantity<'a>>,
    /// The measure that states it too.
    pub same_as: Option<Text<'a>>,
}

/// Something that happened, or is to happen, on a day.
#[derive(Debug)]
pub struct Event<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// What.
    pub title: Option<Text<'a>>,
    /// The day, as written.
    pub date: Option<Text<'a>>,
    /// The last day, as written.
    pub until: Option<Text<'a>>,
    /// The month, as written.
    pub month: Option<Text<'a>>,
    /// How many came.
    pub attendance: Slot<'a, Quantity<'a>>,
    /// Whether it took place; it did where nothing is said.
    pub held: bool,
}

impl<'a> Entry<'a> {
    pub(super) fn of(node: Node<'a>) -> Option<Self> {
        let mut entry = Self {
            node,
            measure: node.get(Field::Measure).and_then(Text::of)?,
            departments: Vec::new(),
            progress: Slot::Absent,
            audience: Slot::Absent,
            plan: Slot::Absent,
            result: Slot::Absent,
            counts: Vec::new(),
            counts_node: None,
            counts_missing: None,
            rating: Slot::Absent,
            reason: Slot::Absent,
            effect: Slot::Absent,
            direction: Slot::Absent,
            direction_reason: None,
            cost: Slot::Absent,
            events: Vec::new(),
            next: None,
            note: None,
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Departments) => entry.departments = Text::list(value),
                Some(Field::Progress) => entry.progress = Slot::text(value),
                Some(Field::Audience) => entry.audience = Slot::text(value),
                Some(Field::Plan) => entry.plan = Slot::passage(value),
                Some(Field::Result) => entry.result = Slot::passage(value),
                Some(Field::Counts) => {
                    entry.counts_node = Some(value);
                    entry.counts_missing = Missing::of(value);
                    entry.counts = counts(value);
                }
                Some(Field::Rating) => entry.rating = Slot::text(value),
                Some(Field::Reason) => entry.reason = Slot::passage(value),
                Some(Field::Effect) => entry.effect = Slot::passage(value),
                Some(Field::Direction) => entry.direction = Slot::text(value),
                Some(Field::DirectionReason) => entry.direction_reason = Text::of(value),
                Some(Field::Cost) => entry.cost = cost(value),
                Some(Field::Events) => entry.events = fitted(value, value.items().map(Event::of)),
                Some(Field::Next) => entry.next = Some(Next::of(value)),
                Some(Field::Note) => entry.note = Text::of(value),
                _ => {}
            }
        }
        Some(entry)
    }

    /// The figures of a count.
    #[must_use]
    pub fn count(&self, id: &str) -> Option<&CountValue<'a>> {
        self.counts.iter().find(|count| count.id() == id)
    }

    /// Whether the measure has come to an end and nothing more is asked of it.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.progress.given() == Some(&"ended")
    }
}

impl<'a> CountValue<'a> {
    fn of(key: Node<'a>, node: Node<'a>) -> Self {
        let mut count = Self {
            key,
            node,
            missing: None,
            target: Slot::Absent,
            actual: Slot::Absent,
            prior: None,
            carried_over: None,
            sum_of: Vec::new(),
            as_of: None,
            period: None,
            scope: None,
            note: None,
            id: key.key_text(),
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Missing) => count.missing = Missing::of(node).map(Box::new),
                Some(Field::Target) => count.target = Slot::quantity(value),
                Some(Field::Actual) => count.actual = Slot::quantity(value),
                Some(Field::Prior) => count.prior = Some(Box::new(Prior::of(value))),
                Some(Field::CarriedOver) => count.carried_over = CarriedOver::of(value),
                Some(Field::SumOf) => count.sum_of = sums(value),
                Some(Field::AsOf) => count.as_of = Text::of(value),
                Some(Field::Period) => count.period = Text::of(value),
                Some(Field::Scope) => count.scope = Text::of(value),
                Some(Field::Note) => count.note = Text::of(value),
                _ => {}
            }
        }
        count
    }

    /// The count's id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// Target and actual, where both are given.
    #[must_use]
    pub fn pair(&self) -> Option<(&Quantity<'a>, &Quantity<'a>)> {
        self.target.given().zip(self.actual.given())
    }
}

fn counts(node: Node<'_>) -> Vec<CountValue<'_>> {
    let is_count = |key: &Node<'_>| !matches!(key.field(), Some(Field::Missing | Field::Note));
    fitted(node, node.members().filter(|(key, _)| is_count(key)).map(|(key, value)| CountValue::of(key, value)))
}

impl<'a> Prior<'a> {
    fn of(node: Node<'a>) -> Self {
        match node.get(Field::Value) {
            Some(value) => Self { value: Slot::quantity(value), period: node.get(Field::Period).and_then(Text::of) },
            None => Self { value: Slot::quantity(node), period: None },
        }
    }
}

impl<'a> CarriedOver<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let year = node.get(Field::Year).unwrap_or(node);
        let fit = if node.get(Field::Fit).and_then(Node::text) == Some("about") { Fit::About } else { Fit::Exact };
        Some(Self { node, year: fiscal_year(year)?, fit })
    }
}

fn cost<'a>(node: Node<'a>) -> Slot<'a, Box<Cost<'a>>> {
    let mut cost = Cost { amount: Slot::Absent, shared_with: Vec::new(), items: Vec::new(), note: None };
    match node.kind() {
        Kind::Null => return Slot::Absent,
        Kind::Map => {
            if let Some(missing) = Missing::of(node) {
                return Slot::Missing(missing);
            }
            cost.amount = node.get(Field::Amount).map_or(Slot::Absent, Slot::quantity);
            cost.shared_with = node.get(Field::SharedWith).map(Text::list).unwrap_or_default();
            cost.note = node.get(Field::Note).and_then(Text::of);
            cost.items = node
                .get(Field::Items)
                .into_iter()
                .flat_map(Node::items)
                .map(|item| CostItem {
                    title: item.get(Field::Title).and_then(Text::of),
                    amount: item.get(Field::Amount).map_or(Slot::Absent, Slot::quantity),
                    same_as: item.get(Field::SameAs).and_then(Text::of),
                })
                .collect();
        }
        _ => match Slot::quantity(node) {
            Slot::Unreadable(node) => return Slot::Unreadable(node),
            amount => cost.amount = amount,
        },
    }
    Slot::Given(Box::new(cost), node)
}

impl<'a> Event<'a> {
    fn of(node: Node<'a>) -> Self {
        Self {
            node,
            title: node.get(Field::Title).and_then(Text::of),
            date: node.get(Field::Date).and_then(Text::of),
            until: node.get(Field::Until).and_then(Text::of),
            month: node.get(Field::Month).and_then(Text::of),
            attendance: node.get(Field::Attendance).map_or(Slot::Absent, Slot::quantity),
            held: node.get(Field::Held).is_none_or(Node::is_true),
        }
    }
}

impl<'a> Next<'a> {
    fn of(node: Node<'a>) -> Self {
        let figures = node.get(Field::Counts);
        Self {
            node,
            plan: node.get(Field::Plan).map_or(Slot::Absent, Slot::passage),
            counts: figures.map(counts).unwrap_or_default(),
            counts_node: figures,
            counts_missing: figures.and_then(Missing::of),
            events: node.get(Field::Events).map(|events| fitted(events, events.items().map(Event::of))).unwrap_or_default(),
            draft: node.get(Field::Status).and_then(Node::text) == Some("draft"),
        }
    }

    /// The figures of a count.
    #[must_use]
    pub fn count(&self, id: &str) -> Option<&CountValue<'a>> {
        self.counts.iter().find(|count| count.id() == id)
    }
}
