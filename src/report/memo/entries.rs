//! The annex: every entry in full.

use serde::Serialize;

use super::figures::{AttainmentView, FigureView, attained, better, printed};
use super::head::CodeView;
use super::study::Study;
use crate::catalogue::Lang;
use crate::model::{Cost, CountValue, Entry, Event, Fit, Measure, Passage, Slot, Text};
use crate::rule::EntryScope;

/// Words of one or several departments, or why there are none.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WordsView {
    /// The words.
    pub parts: Vec<PartView>,
    /// Why there are none, or empty.
    pub missing: String,
}

/// Words of one department.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// Whose words they are, or empty.
    pub department: String,
    /// The words.
    pub text: String,
}

/// The figures of a count.
#[derive(Clone, Debug, Serialize)]
pub struct CountView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// What was planned.
    pub target: FigureView,
    /// What was counted.
    pub actual: FigureView,
    /// Last year's figure, as this report states it.
    pub prior: FigureView,
    /// The one against the other.
    pub attainment: AttainmentView,
    /// Where the target comes from, or empty.
    pub basis: String,
    /// Period, day, area and remark, or empty.
    pub note: String,
}

/// Something on a day.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    /// When, as printed.
    pub date: String,
    /// What.
    pub title: String,
    /// How many came, or empty.
    pub attendance: String,
    /// Whether it took place.
    pub held: bool,
}

/// What an entry cost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CostView {
    /// The amount, or why there is none; empty where nothing is said.
    pub text: String,
    /// The measures that share it, by number.
    pub shared_with: Vec<String>,
    /// Its parts: title and amount.
    pub items: Vec<String>,
    /// A remark, or empty.
    pub note: String,
}

/// What is planned for the following year.
#[derive(Clone, Debug, Serialize)]
pub struct NextView {
    /// In words.
    pub plan: WordsView,
    /// In figures.
    pub counts: Vec<CountView>,
    /// Why there are no figures, or empty.
    pub counts_missing: String,
    /// On days.
    pub events: Vec<EventView>,
    /// Whether only the plan is a draft.
    pub draft: bool,
}

/// An entry.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// The number that people know it by.
    pub number: String,
    /// The measure's id.
    pub id: String,
    /// The measure's title.
    pub title: String,
    /// A printed mark, or empty.
    pub mark: String,
    /// The number of the measure that it shows again, or empty.
    pub repeats: String,
    /// The policies it serves, the uppermost first.
    pub policies: Vec<String>,
    /// The departments, by id.
    pub department_ids: Vec<String>,
    /// Their names in one text.
    pub departments: String,
    /// For whom, or empty.
    pub audience: String,
    /// What it is, or empty.
    pub summary: String,
    /// How far it has come.
    pub progress: CodeView,
    /// What was planned for the year.
    pub plan: WordsView,
    /// What was done.
    pub result: WordsView,
    /// The figures.
    pub counts: Vec<CountView>,
    /// Why there are no figures, or empty.
    pub counts_missing: String,
    /// The grade, or why there is none.
    pub rating: CodeView,
    /// Why.
    pub reason: WordsView,
    /// What came of it.
    pub effect: WordsView,
    /// Where it goes.
    pub direction: String,
    /// Why it goes there.
    pub direction_reason: String,
    /// What it cost.
    pub cost: CostView,
    /// On which days.
    pub events: Vec<EventView>,
    /// What is planned for the following year.
    pub next: Option<NextView>,
    /// A remark, or empty.
    pub note: String,
    /// How many findings are about it.
    pub findings: usize,
    /// The line of the report.
    pub line: u32,
}

/// Which columns the annex needs: what no entry has is left out.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct ColumnsView {
    /// Some entry has a rating, or a reason why it has none.
    pub rating: bool,
    /// Some entry has a progress.
    pub progress: bool,
    /// Some entry says what came of it.
    pub effect: bool,
    /// Some entry has a direction.
    pub direction: bool,
    /// Some entry says something of its cost.
    pub cost: bool,
    /// Some entry has a plan for the following year.
    pub next: bool,
    /// Some entry has a target.
    pub target: bool,
}

/// The columns that entries need.
#[must_use]
pub fn columns(entries: &[EntryView]) -> ColumnsView {
    let any = |of: &dyn Fn(&EntryView) -> bool| entries.iter().any(of);
    ColumnsView {
        rating: any(&|entry| !entry.rating.text.is_empty() || !entry.reason.parts.is_empty()),
        progress: any(&|entry| !entry.progress.text.is_empty()),
        effect: any(&|entry| !entry.effect.parts.is_empty()),
        direction: any(&|entry| !entry.direction.is_empty()),
        cost: any(&|entry| !entry.cost.text.is_empty()),
        next: any(&|entry| entry.next.is_some()),
        target: any(&|entry| entry.counts.iter().any(|count| !count.target.text.is_empty())),
    }
}

/// Every entry.
#[must_use]
pub fn entries(study: &Study<'_>) -> Vec<EntryView> {
    study.entries().map(|scope| entry(study, &scope)).collect()
}

fn entry(study: &Study<'_>, scope: &EntryScope<'_>) -> EntryView {
    let (entry, measure) = (scope.entry, scope.measure);
    let department_ids: Vec<String> = scope.departments().map(ToOwned::to_owned).collect();
    let span = entry.node.span();
    let file = entry.node.source().id;
    let mut view = EntryView {
        number: study.number(entry),
        id: entry.measure.text.to_owned(),
        title: measure.map_or(entry.measure.text, Measure::name).to_owned(),
        mark: measure.and_then(|measure| measure.mark).map(|mark| mark.text.to_owned()).unwrap_or_default(),
        repeats: measure.and_then(|measure| measure.repeats).map(|id| study.number_of(id.text)).unwrap_or_default(),
        policies: study.policy_path(measure),
        departments: study.department_names(&department_ids),
        department_ids,
        audience: match study.said(&entry.audience) {
            audience if audience.is_empty() => {
                measure.and_then(|measure| measure.audience).map(|text| text.text.to_owned()).unwrap_or_default()
            }
            audience => audience,
        },
        summary: measure.and_then(|measure| measure.summary).map(|text| text.text.to_owned()).unwrap_or_default(),
        progress: progress(study, &entry.progress),
        plan: study.words(&entry.plan),
        result: study.words(&entry.result),
        counts: entry.counts.iter().map(|count| study.count(measure, count, None)).collect(),
        counts_missing: entry.counts_missing.as_ref().map(|missing| study.missing(missing)).unwrap_or_default(),
        rating: rating(study, entry),
        reason: study.words(&entry.reason),
        effect: study.words(&entry.effect),
        direction: study.said(&entry.direction),
        direction_reason: study.text(entry.direction_reason),
        cost: cost(study, &entry.cost),
        events: entry.events.iter().map(|event| study.event(event)).collect(),
        next: entry.next.as_ref().map(|next| NextView {
            plan: study.words(&next.plan),
            counts: next.counts.iter().map(|count| study.count(measure, count, Some(entry))).collect(),
            counts_missing: next.counts_missing.as_ref().map(|missing| study.missing(missing)).unwrap_or_default(),
            events: next.events.iter().map(|event| study.event(event)).collect(),
            draft: next.draft,
        }),
        note: study.text(entry.note),
        findings: study.findings().filter(|finding| finding.place.file == file && span.contains(finding.place.span)).count(),
        line: entry.node.source().position(span.start).line,
    };
    let is_hushed = |count: &CountValue<'_>| {
        [&count.target, &count.actual].into_iter().any(|slot| slot.node().is_some_and(|node| study.is_hushed(node)))
    };
    super::mask::mask(&mut view, entry, &is_hushed);
    view
}

fn progress(study: &Study<'_>, slot: &Slot<'_, &str>) -> CodeView {
    let text = match slot.given().copied() {
        Some("done") => study.word("実施", "done").to_owned(),
        Some("ongoing") => study.word("実施中", "ongoing").to_owned(),
        Some("scheduled") => study.word("予定", "scheduled").to_owned(),
        Some("not-started") => study.word("未着手", "not started").to_owned(),
        Some("ended") => study.word("終了", "ended").to_owned(),
        _ => study.said(slot),
    };
    CodeView { code: slot.given().map_or(String::new(), |code| (*code).to_owned()), text }
}

fn rating(study: &Study<'_>, entry: &Entry<'_>) -> CodeView {
    let Some(grade) = entry.rating.given().copied() else {
        return CodeView { code: String::new(), text: study.said(&entry.rating) };
    };
    let label = study.plan().grades.iter().find(|known| known.grade.text == grade).and_then(|known| known.label);
    let text = label.map_or_else(|| grade.to_owned(), |label| format!("{grade} {}", label.text));
    CodeView { code: grade.to_owned(), text }
}

fn cost(study: &Study<'_>, slot: &Slot<'_, Box<Cost<'_>>>) -> CostView {
    let cost = match slot {
        Slot::Absent => return CostView::default(),
        Slot::Missing(missing) => return CostView { text: study.missing(missing), ..CostView::default() },
        Slot::Unreadable(node) => return CostView { text: node.text().unwrap_or_default().to_owned(), ..CostView::default() },
        Slot::Given(cost, _) => cost,
    };
    let yen = |slot: &Slot<'_, crate::arithmetic::Quantity<'_>>| {
        let figure = study.figure(slot, Some(study.word("円", " yen")));
        format!("{}{}", figure.text, figure.unit)
    };
    let items: Vec<String> = cost
        .items
        .iter()
        .map(|item| {
            let same = item.same_as.map(|id| study.word("（No.{}と同じ）", " (as no. {})").replace("{}", &study.number_of(id.text)));
            format!("{} {}{}", study.text(item.title), yen(&item.amount), same.unwrap_or_default()).trim().to_owned()
        })
        .collect();
    CostView {
        text: match (cost.amount.is_absent(), super::costs::total_of(cost)) {
            (true, Some(total)) if !items.is_empty() => format!("{}{}", super::figures::short(total), study.word("円", " yen")),
            _ => yen(&cost.amount),
        },
        shared_with: cost.shared_with.iter().map(|id| study.number_of(id.text)).collect(),
        items,
        note: study.text(cost.note),
    }
}

impl<'a> Study<'a> {
    /// A text, or nothing where it may not be shown.
    #[must_use]
    pub fn text(&self, text: Option<Text<'_>>) -> String {
        match text {
            Some(text) if self.is_hushed(text.node) => self.word("（非表示）", "(withheld)").to_owned(),
            Some(text) => text.text.trim_end().to_owned(),
            None => String::new(),
        }
    }

    /// A word that a report gives, or why there is none.
    #[must_use]
    pub fn said(&self, slot: &Slot<'_, &str>) -> String {
        match slot {
            Slot::Given(_, node) | Slot::Unreadable(node) if self.is_hushed(*node) => self.word("（非表示）", "(withheld)").to_owned(),
            Slot::Given(text, _) => text.trim_end().to_owned(),
            Slot::Missing(missing) => self.missing(missing),
            Slot::Absent | Slot::Unreadable(_) => String::new(),
        }
    }

    /// Words of departments, or why there are none.
    #[must_use]
    pub fn words(&self, slot: &Slot<'_, Passage<'_>>) -> WordsView {
        match slot {
            Slot::Given(passage, _) => WordsView {
                parts: passage
                    .parts()
                    .map(|part| PartView {
                        department: part.department.map(|id| self.department(id.text).to_owned()).unwrap_or_default(),
                        text: self.text(Some(part.text)),
                    })
                    .collect(),
                missing: String::new(),
            },
            Slot::Missing(missing) => WordsView { parts: Vec::new(), missing: self.missing(missing) },
            Slot::Absent | Slot::Unreadable(_) => WordsView::default(),
        }
    }

    /// The figures of a count. For a plan of the following year, `now` is this year's entry.
    #[must_use]
    pub fn count(&self, measure: Option<&Measure<'_>>, count: &CountValue<'_>, now: Option<&Entry<'_>>) -> CountView {
        let defined = measure.and_then(|measure| measure.count(count.id()));
        let unit = defined.and_then(|count| count.unit).map(|unit| unit.text);
        let pair = self.shown(&count.target).zip(self.shown(&count.actual));
        let attainment = match pair {
            Some((target, actual)) if self.is_measured() => attained(target, actual, better(defined), self.lang),
            _ => AttainmentView::default(),
        };
        let missing = |slot| match &count.missing {
            Some(missing) => FigureView { text: self.missing(missing), ..FigureView::default() },
            None => self.figure(slot, unit),
        };
        CountView {
            id: count.id().to_owned(),
            title: defined.map_or(count.id(), |count| count.name()).to_owned(),
            unit: unit.unwrap_or_default().to_owned(),
            target: self.figure(&count.target, unit),
            actual: match now {
                None => missing(&count.actual),
                Some(now) => now.count(count.id()).map(|now| self.figure(&now.actual, unit)).unwrap_or_default(),
            },
            prior: count.prior.as_ref().map(|prior| self.figure(&prior.value, unit)).unwrap_or_default(),
            attainment,
            basis: self.basis(count),
            note: self.remarks(count),
        }
    }

    fn basis(&self, count: &CountValue<'_>) -> String {
        let Some(carried) = &count.carried_over else { return String::new() };
        let year = self.fiscal(carried.year);
        match (self.lang, carried.fit) {
            (Lang::Ja, Fit::Exact) => format!("{year}の実績と同じ"),
            (Lang::Ja, Fit::About) => format!("{year}の実績と同程度"),
            (Lang::En, Fit::Exact) => format!("the actual of {year}"),
            (Lang::En, Fit::About) => format!("about the actual of {year}"),
        }
    }

    fn remarks(&self, count: &CountValue<'_>) -> String {
        let mut parts = Vec::new();
        if let Some(day) = count.as_of {
            parts.push(match crate::calendar::parse_date(day.text).ok().and_then(|date| date.date) {
                Some(date) => format!("{}{}", self.day(date), self.word("現在", " (as of)")),
                None => day.text.to_owned(),
            });
        }
        for text in [count.period, count.scope, count.note] {
            let text = self.text(text);
            if !text.is_empty() {
                parts.push(text);
            }
        }
        parts.join(self.word("、", "; "))
    }

    /// Something on a day.
    #[must_use]
    pub fn event(&self, event: &Event<'_>) -> EventView {
        let mut date = self.text(event.date.or(event.month));
        if let Some(until) = event.until {
            date.push_str(self.word("〜", " to "));
            date.push_str(until.text);
        }
        let attendance = event.attendance.given().filter(|_| !self.is_hushed(event.node));
        EventView {
            date,
            title: self.text(event.title),
            attendance: attendance.map(|quantity| printed(quantity.printed())).unwrap_or_default(),
            held: event.held,
        }
    }
}
