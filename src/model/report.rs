//! What happened in a fiscal year.

use std::ops::Range;

use super::entry::Entry;
use super::indicator::IndicatorReport;
use super::table::Table;
use super::{Text, fiscal_year, fitted};
use crate::calendar::{FiscalYear, WrittenDate, parse_date};
use crate::document::{Field, Node};

/// What kind of report it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// Of a whole year.
    #[default]
    Annual,
    /// Within the year.
    Interim,
    /// A few figures of a report; nothing is asked of it.
    Excerpt,
}

/// Whether figures may still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// They may.
    Draft,
    /// They may not.
    Final,
}

/// A report.
#[derive(Debug)]
pub struct Report<'a> {
    /// The YAML document.
    pub node: Node<'a>,
    /// The id of its plan.
    pub plan: Text<'a>,
    /// Its fiscal year.
    pub year: FiscalYear,
    /// The node of the year.
    pub year_node: Node<'a>,
    /// What kind of report it is.
    pub edition: Edition,
    /// The day of its figures.
    pub as_of: Option<(WrittenDate, Node<'a>)>,
    /// Whether figures may still change.
    pub status: Option<Status>,
    /// The text printed over the sheet.
    pub headline: Option<Text<'a>>,
    /// The indicators.
    pub indicators: Vec<IndicatorReport<'a>>,
    /// The measures.
    pub entries: Vec<Entry<'a>>,
    /// The statistics.
    pub tables: Vec<Table<'a>>,
    /// The meetings.
    pub meetings: Vec<Meeting<'a>>,
    /// The entries by their measures, in the order of those.
    index: Vec<(&'a str, usize)>,
}

/// A meeting.
#[derive(Debug)]
pub struct Meeting<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// What it is called.
    pub title: Option<Text<'a>>,
    /// Its day, as written.
    pub date: Option<Text<'a>>,
    /// Its last day, as written.
    pub until: Option<Text<'a>>,
    /// Where it was held.
    pub venue: Option<Text<'a>>,
    /// Who took part.
    pub attendees: Vec<Attendee<'a>>,
    /// How many took part, as printed.
    pub attendee_count: Option<Node<'a>>,
    /// What was spoken of.
    pub agenda: Vec<Text<'a>>,
}

/// Somebody who took part, or several of one kind.
#[derive(Debug)]
pub struct Attendee<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// Who.
    pub title: Option<Text<'a>>,
    /// How many, where it is said.
    pub count: Option<Node<'a>>,
}

impl<'a> Report<'a> {
    /// The report of a document; nothing where it names no plan or year.
    #[must_use]
    pub fn of(node: Node<'a>) -> Option<Self> {
        let year_node = node.get(Field::Year)?;
        let mut report = Self {
            node,
            plan: node.get(Field::Plan).and_then(Text::of)?,
            year: fiscal_year(year_node)?,
            year_node,
            edition: Edition::Annual,
            as_of: None,
            status: None,
            headline: None,
            indicators: Vec::new(),
            entries: Vec::new(),
            tables: Vec::new(),
            meetings: Vec::new(),
            index: Vec::new(),
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Edition) => {
                    report.edition = match value.text() {
                        Some("interim") => Edition::Interim,
                        Some("excerpt") => Edition::Excerpt,
                        _ => Edition::Annual,
                    };
                }
                Some(Field::AsOf) => report.as_of = value.text().and_then(|text| parse_date(text).ok()).map(|date| (date, value)),
                Some(Field::Status) => {
                    report.status = match value.text() {
                        Some("draft") => Some(Status::Draft),
                        Some("final") => Some(Status::Final),
                        _ => None,
                    };
                }
                Some(Field::Headline) => report.headline = Text::of(value),
                Some(Field::Indicators) => report.indicators = fitted(value, value.items().filter_map(IndicatorReport::of)),
                Some(Field::Entries) => report.entries = fitted(value, value.items().filter_map(Entry::of)),
                Some(Field::Tables) => report.tables = fitted(value, value.items().filter_map(Table::of)),
                Some(Field::Meetings) => report.meetings = fitted(value, value.items().map(Meeting::of)),
                _ => {}
            }
        }
        report.index = report.entries.iter().enumerate().map(|(index, entry)| (entry.measure.text, index)).collect();
        report.index.sort_unstable();
        Some(report)
    }

    /// The entries of a measure.
    pub fn entries_of<'r>(&'r self, measure: &str) -> impl ExactSizeIterator<Item = &'r Entry<'a>> + Clone + use<'r, 'a> {
        self.entries_at(self.places_of(measure))
    }

    /// Where the entries of a measure stand in the index.
    pub(super) fn places_of(&self, measure: &str) -> Range<usize> {
        let from = self.index.partition_point(|(known, _)| *known < measure);
        let same = self.index[from..].iter().take_while(|(known, _)| *known == measure).count();
        from..from + same
    }

    pub(super) fn entries_at<'r>(&'r self, places: Range<usize>) -> impl ExactSizeIterator<Item = &'r Entry<'a>> + Clone + use<'r, 'a> {
        self.index[places].iter().map(|(_, index)| &self.entries[*index])
    }

    /// The table of an id.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&Table<'a>> {
        self.tables.iter().find(|table| table.id.text == id)
    }
}

impl<'a> Meeting<'a> {
    fn of(node: Node<'a>) -> Self {
        Self {
            node,
            title: node.get(Field::Title).and_then(Text::of),
            date: node.get(Field::Date).and_then(Text::of),
            until: node.get(Field::Until).and_then(Text::of),
            venue: node.get(Field::Venue).and_then(Text::of),
            attendees: node
                .get(Field::Attendees)
                .into_iter()
                .flat_map(Node::items)
                .map(|item| Attendee {
                    node: item,
                    title: item.get(Field::Title).and_then(Text::of).or_else(|| Text::of(item)),
                    count: item.get(Field::Count),
                })
                .collect(),
            attendee_count: node.get(Field::AttendeeCount),
            agenda: node.get(Field::Agenda).map(Text::list).unwrap_or_default(),
        }
    }
}
