//! What a plan is measured by.

use super::measure::Better;
use super::{Slot, Text, fitted};
use crate::arithmetic::Quantity;
use crate::document::{Field, Node};

/// An indicator of a plan.
#[derive(Debug)]
pub struct Indicator<'a> {
    /// Where it is defined.
    pub node: Node<'a>,
    /// Its id.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// Its unit.
    pub unit: Option<Text<'a>>,
    /// Which way is good.
    pub better: Better,
    /// The statistic that it comes from.
    pub source: Option<Text<'a>>,
    /// Where the plan began.
    pub baseline: Option<IndicatorValue<'a>>,
    /// Where the plan wants to be.
    pub target: Option<IndicatorValue<'a>>,
    /// The area that it covers, where that is not the city.
    pub scope: Option<Text<'a>>,
}

/// A value of a year.
#[derive(Debug)]
pub struct IndicatorValue<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// The year, as written.
    pub year: Option<Text<'a>>,
    /// The value.
    pub value: Slot<'a, Quantity<'a>>,
    /// Whether it may still change.
    pub provisional: bool,
}

/// What a report says of an indicator.
#[derive(Debug)]
pub struct IndicatorReport<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// The indicator's id.
    pub indicator: Text<'a>,
    /// Its values.
    pub values: Vec<IndicatorValue<'a>>,
    /// The target as this report prints it.
    pub target: Option<IndicatorValue<'a>>,
}

impl<'a> Indicator<'a> {
    pub(super) fn of(node: Node<'a>) -> Option<Self> {
        Some(Self {
            node,
            id: node.get(Field::Id).and_then(Text::of)?,
            title: node.get(Field::Title).and_then(Text::of),
            unit: node.get(Field::Unit).and_then(Text::of),
            better: if node.get(Field::Better).and_then(Node::text) == Some("lower") { Better::Lower } else { Better::Higher },
            source: node.get(Field::Source).and_then(Text::of),
            baseline: node.get(Field::Baseline).map(IndicatorValue::of),
            target: node.get(Field::Target).map(IndicatorValue::of),
            scope: node.get(Field::Scope).and_then(Text::of),
        })
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.title.map_or(self.id.text, |title| title.text)
    }
}

impl<'a> IndicatorValue<'a> {
    pub(super) fn of(node: Node<'a>) -> Self {
        Self {
            node,
            year: node.get(Field::Year).and_then(Text::of),
            value: node.get(Field::Value).map_or(Slot::Absent, Slot::quantity),
            provisional: node.get(Field::Provisional).is_some_and(Node::is_true),
        }
    }
}

impl<'a> IndicatorReport<'a> {
    pub(super) fn of(node: Node<'a>) -> Option<Self> {
        Some(Self {
            node,
            indicator: node.get(Field::Indicator).and_then(Text::of)?,
            values: node.get(Field::Values).map(|values| fitted(values, values.items().map(IndicatorValue::of))).unwrap_or_default(),
            target: node.get(Field::Target).map(|target| IndicatorValue {
                node: target,
                year: None,
                value: Slot::quantity(target),
                provisional: false,
            }),
        })
    }
}
