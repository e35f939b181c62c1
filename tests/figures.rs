//! The examples hold the figures that the cities have printed: what stands in the YAML, read with
//! the library, against `tests/figures/CITY.tsv`, place by place.
//!
//! The lists were taken from the print and not from the YAML. A printed figure stands either as a
//! figure of the model or in words (年間40回 in a result); a figure of the model is printed, except
//! where the print says it in words (「派遣世帯はない」 is 0).

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/figures.rs"]
mod figures;

use std::collections::BTreeMap;

use figures::{Figures, add, beyond};
use planlint::arithmetic::Quantity;
use planlint::calendar::{parse_date, parse_month};
use planlint::check::{Parsed, Workbench};
use planlint::document::{Field, Node};
use planlint::files::{self, Loaded, Role};
use planlint::model::{Cost, CountValue, Entry, Event, Plan, Report, Slot};

/// Where a figure stands, and the year of the report where that is not the latest one.
type Place = (String, Option<String>);

/// What stands at a place.
#[derive(Default)]
struct Found {
    /// Figures of the model.
    figures: Figures,
    /// Months of events: the print may give them in words (9月と3月).
    months: Figures,
    /// Figures in words.
    words: Figures,
}

#[derive(Default)]
struct Places(BTreeMap<Place, Found>);

impl Places {
    fn at(&mut self, place: &Place) -> &mut Found {
        self.0.entry(place.clone()).or_default()
    }

    fn quantity(&mut self, place: &Place, slot: &Slot<'_, Quantity<'_>>) {
        let text = match slot {
            Slot::Given(quantity, _) => quantity.printed(),
            Slot::Unreadable(node) => node.text().unwrap_or_default(),
            Slot::Missing(_) | Slot::Absent => return,
        };
        let found = self.at(place);
        for figure in figures::list(text) {
            add(&mut found.figures, figure);
        }
    }

    fn words(&mut self, place: &Place, text: &str) {
        let found = self.at(place);
        for figure in figures::list(text) {
            add(&mut found.words, figure);
        }
    }

    fn day(&mut self, place: &Place, text: &str) {
        let day = parse_date(text).ok().and_then(|date| date.date);
        let figure = day.map_or_else(|| text.to_owned(), |day| day.to_string());
        add(&mut self.at(place).figures, figure);
    }

    fn event(&mut self, place: &Place, event: &Event<'_>) {
        for date in [event.date, event.until].into_iter().flatten() {
            self.day(place, date.text);
        }
        if let Some(month) = event.month.and_then(|month| parse_month(month.text)) {
            add(&mut self.at(place).months, format!("{:04}-{:02}", month.year, month.month));
        }
        if let Some(title) = event.title {
            self.words(place, title.text);
        }
        // As many came to the event as a count may say already.
        if let Some(attendance) = event.attendance.given() {
            self.words(place, attendance.printed());
        }
    }

    fn counts(&mut self, place: &Place, counts: &[CountValue<'_>]) {
        for count in counts {
            self.quantity(place, &count.target);
            self.quantity(place, &count.actual);
            if let Some(prior) = &count.prior {
                self.quantity(place, &prior.value);
            }
            self.all_words(place, count.node, &[Field::Note, Field::Period]);
        }
    }

    fn cost(&mut self, place: &Place, cost: &Slot<'_, Box<Cost<'_>>>) {
        match cost {
            Slot::Given(cost, node) => {
                self.quantity(place, &cost.amount);
                cost.items.iter().for_each(|item| self.quantity(place, &item.amount));
                self.all_words(place, *node, &[Field::Note]);
            }
            Slot::Unreadable(node) => self.quantity(place, &Slot::Unreadable(*node)),
            Slot::Missing(_) | Slot::Absent => {}
        }
    }

    /// The figures in the words of some fields.
    fn all_words(&mut self, place: &Place, node: Node<'_>, fields: &[Field]) {
        for field in fields {
            let Some(value) = node.get(*field) else { continue };
            for item in value.each() {
                let text = item
                    .text()
                    .or_else(|| item.get(Field::Text).and_then(Node::text))
                    .or_else(|| item.get(Field::Note).and_then(Node::text));
                self.words(place, text.unwrap_or_default());
            }
        }
    }

    fn entry(&mut self, place: &Place, entry: &Entry<'_>) {
        self.counts(place, &entry.counts);
        self.cost(place, &entry.cost);
        entry.events.iter().for_each(|event| self.event(place, event));
        let fields = [Field::Plan, Field::Result, Field::Reason, Field::Effect, Field::Audience, Field::Note, Field::DirectionReason];
        self.all_words(place, entry.node, &fields);
        if let Some(next) = &entry.next {
            self.counts(place, &next.counts);
            next.events.iter().for_each(|event| self.event(place, event));
            self.all_words(place, next.node, &[Field::Plan, Field::Counts]);
        }
    }

    fn report(&mut self, report: &Report<'_>, year: Option<String>) {
        for entry in &report.entries {
            let department = entry.departments.first().map(|id| format!("/{}", id.text)).unwrap_or_default();
            self.entry(&(format!("{}{department}", entry.measure.text), year.clone()), entry);
        }
        for indicator in &report.indicators {
            let place = (format!("indicator:{}", indicator.indicator.text), year.clone());
            indicator.values.iter().for_each(|value| self.quantity(&place, &value.value));
            if let Some(target) = indicator.node.get(Field::Target) {
                self.quantity(&place, &Slot::quantity(target.get(Field::Value).unwrap_or(target)));
            }
        }
        for table in &report.tables {
            let place = (format!("table:{}", table.id.text), year.clone());
            if let Some(base) = &table.base {
                self.quantity(&place, &base.of);
            }
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                self.quantity(&place, &cell.value);
                self.quantity(&place, &cell.share);
            }
        }
        for (index, meeting) in report.meetings.iter().enumerate() {
            let place = (format!("meeting:{}", index + 1), year.clone());
            for day in [meeting.date, meeting.until].into_iter().flatten() {
                self.day(&place, day.text);
            }
            for count in meeting.attendees.iter().filter_map(|attendee| attendee.count).chain(meeting.attendee_count) {
                self.quantity(&place, &Slot::quantity(count));
            }
            self.all_words(&place, meeting.node, &[Field::Note]);
        }
    }

    /// What the plan itself says. The target of an indicator that the report prints again is one
    /// figure in print where the plan is not the document it was taken from.
    fn plan(&mut self, plan: &Plan<'_>) {
        for indicator in &plan.indicators {
            let place = (format!("indicator:{}", indicator.id.text), None);
            for value in [&indicator.baseline, &indicator.target].into_iter().flatten() {
                self.quantity(&place, &value.value);
            }
        }
        for measure in &plan.measures {
            let mut places: Vec<Place> =
                self.0.keys().filter(|(place, _)| place.split('/').next() == Some(measure.id.text)).cloned().collect();
            if places.is_empty() {
                places.push((measure.id.text.to_owned(), None));
            }
            for place in places {
                self.all_words(&place, measure.node, &[Field::Summary, Field::Note]);
                for part in measure.schedule.iter().filter_map(|part| part.text) {
                    self.words(&place, part.text);
                }
                for note in measure.counts.iter().filter_map(|count| count.node.get(Field::Note)).filter_map(Node::text) {
                    self.words(&place, note);
                }
            }
        }
    }
}

/// Figures of the model that the print gives in words.
const IN_WORDS: &[(&str, &str, &str, &str)] = &[
    ("tomakomai", "57", "2024-07-01", "ランチルーム開放 7月1日実施"),
    ("tomakomai", "79", "0", "なし"),
    ("akiruno", "community-centre", "3", "3講座ずつ, once for each of two schools"),
    ("akiruno", "health-consultation-bereaved", "0", "相談はなかった"),
    ("akiruno", "multiples-support", "0", "派遣世帯はない"),
];

/// The targets that a plan's file and its report both hold and that the print gives once.
fn said_twice(city: &str, place: &str, figure: &str) -> bool {
    city == "tomakomai" && place.starts_with("indicator:") && !figure.is_empty()
}

fn places(city: &str) -> Places {
    let folder = std::path::Path::new("examples").join(city);
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let loaded: Vec<Loaded> = names
        .iter()
        .enumerate()
        .map(|(index, path)| files::of_bytes(index, path.to_str().unwrap(), Role::Named, std::fs::read(path).unwrap()))
        .collect();
    let settings = common::settings(None, None);
    let parsed = Parsed::new(&loaded, &settings, &|| {});
    let workbench = Workbench::new(&parsed, &loaded);
    let [set] = workbench.workspace.plans.as_slice() else { panic!("{city}: one plan") };
    let mut places = Places::default();
    let latest = set.reports.last().unwrap().year;
    for report in &set.reports {
        places.report(report, (report.year != latest).then(|| report.year.number().to_string()));
    }
    places.plan(&set.plan);
    places
}

fn check(city: &str) {
    let mut printed: BTreeMap<Place, Figures> = BTreeMap::new();
    for line in figures::printed(city) {
        add(printed.entry((line.place, line.year)).or_default(), line.figure);
    }
    let found = places(city);
    let mut faults = Vec::new();
    let none = Found::default();
    let nothing = Figures::new();
    let all: std::collections::BTreeSet<&Place> = printed.keys().chain(found.0.keys()).collect();
    for place in all {
        let print = printed.get(place).unwrap_or(&nothing);
        let yaml = found.0.get(place).unwrap_or(&none);
        let missing = beyond(&beyond(&beyond(print, &yaml.figures), &yaml.months), &yaml.words);
        if !missing.is_empty() {
            faults.push(format!("{place:?}: printed, but not in the YAML: {missing:?}"));
        }
        for (figure, times) in beyond(&yaml.figures, print) {
            let in_words = IN_WORDS.iter().any(|(known, at, said, _)| (*known, *at, *said) == (city, &place.0, &figure));
            if !in_words && !said_twice(city, &place.0, &figure) {
                faults.push(format!("{place:?}: in the YAML, but not printed: {figure} ({times} times)"));
            }
        }
    }
    assert!(faults.is_empty(), "{city}:\n{}", faults.join("\n"));
    assert!(printed.values().map(|figures| figures.values().sum::<usize>()).sum::<usize>() > 20, "{city}: an empty list");
}

#[test]
fn otaru() {
    check("otaru");
}

#[test]
fn tomakomai() {
    check("tomakomai");
}

#[test]
fn matsudo() {
    check("matsudo");
}

#[test]
fn kawaguchi() {
    check("kawaguchi");
}

#[test]
fn akiruno() {
    check("akiruno");
}

#[test]
fn every_exception_is_needed() {
    for (city, place, figure, why) in IN_WORDS {
        let found = places(city);
        let yaml = &found.0[&((*place).to_owned(), None)];
        assert!(yaml.figures.contains_key(*figure), "{city} {place}: no {figure} ({why})");
    }
}

#[test]
fn figures_are_read_in_one_spelling() {
    let list = |text: &str| figures::list(text).join(" ");
    assert_eq!(list("12,567人"), "12567");
    assert_eq!(list("44, 822"), "44822");
    assert_eq!(list("41万8000件"), "418000");
    assert_eq!(list("１5校、16.7％"), "15 16.7");
    assert_eq!(list("5万くらい"), "50000");
    assert!(list("令和元年10月25日").starts_with("2019-10-25"));
    assert!(list("令和2年3月").starts_with("2020-03"));
}
