//! A plan and a report → the view of a document.

use std::collections::{BTreeSet, HashMap};

use super::entry;
use super::figure::{self, Print, days, figure, missing, owned, text, texts, word};
use super::view::{
    AttendeeView, DepartmentView, DocumentView, GradeView, HasView, HelplineView, MeasureNameView, MeasureView, MeetingView, PlanView,
    PolicyView, RatedView, ReportView, RowView, StageView, ToolView, VERSION, WordView,
};
use super::{indicator, schedule, table, words};
use crate::arithmetic::{NotAQuantity, Quantity};
use crate::calendar::FiscalYear;
use crate::catalogue::Lang;
use crate::document::{Field, Node};
use crate::model::{Entry, Measure, Meeting, Plan, PlanSet, Report, Slot, Table};

/// What every part of the view is made from.
pub(super) struct Maker<'v, 'a> {
    /// The plan.
    pub plan: &'v Plan<'a>,
    /// The report.
    pub report: &'v Report<'a>,
    /// The language of the words.
    pub lang: Lang,
    /// How its figures are put on paper.
    pub print: Print,
    /// The entries of each measure that the plan has.
    entries: HashMap<&'a str, Vec<&'v Entry<'a>>>,
}

/// The view of a report.
#[must_use]
pub fn view(set: &PlanSet<'_>, report: &Report<'_>, lang: Lang) -> DocumentView {
    Maker::new(&set.plan, report, lang).document()
}

impl<'v, 'a> Maker<'v, 'a> {
    fn new(plan: &'v Plan<'a>, report: &'v Report<'a>, lang: Lang) -> Self {
        let mut entries: HashMap<&'a str, Vec<&'v Entry<'a>>> = HashMap::new();
        for entry in &report.entries {
            entries.entry(entry.measure.text).or_default().push(entry);
        }
        let print = Print { lang, groups: !groups_some(report) };
        Self { plan, report, lang, print, entries }
    }

    /// A department; one that the plan does not know has its id for a name.
    pub(super) fn department(&self, id: &str) -> DepartmentView {
        match self.plan.department(id) {
            Some(known) => DepartmentView {
                id: id.to_owned(),
                name: known.title().to_owned(),
                external: known.external,
                group: known.group,
                note: text(known.node, Field::Note),
            },
            None => DepartmentView { id: id.to_owned(), name: id.to_owned(), external: false, group: false, note: None },
        }
    }

    fn departments(&self, ids: &[crate::model::Text<'_>]) -> Vec<DepartmentView> {
        ids.iter().map(|id| self.department(id.text)).collect()
    }

    /// What people call another measure: No.72 where numbers are printed, its title where not.
    pub(super) fn measure_name(&self, id: &str) -> String {
        match self.plan.measure(id) {
            Some(measure) if !self.plan.numbered => measure.name().to_owned(),
            _ => format!("No.{id}"),
        }
    }

    fn year(&self, year: FiscalYear) -> super::view::YearView {
        figure::year(year, self.lang)
    }

    fn document(&self) -> DocumentView {
        let (policies, measures) = self.policies();
        let (indicators, indicator_years) = indicator::all(self);
        DocumentView {
            version: VERSION,
            lang: self.lang.name(),
            tool: ToolView { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            words: words::all(self.lang),
            title: self.title(),
            plan: self.plan_view(),
            report: self.report_view(),
            policies,
            measures,
            indicators,
            indicator_years,
            schedule: schedule::grid(self),
            tables: self.report.tables.iter().map(|table| table::view(self, table)).collect(),
            meetings: self.report.meetings.iter().map(|meeting| self.meeting(meeting)).collect(),
        }
    }

    /// The printed headline; where there is none, or a spreadsheet has left an error in its place,
    /// plan, year and edition.
    fn title(&self) -> String {
        let printed = self.headline().filter(|text| Quantity::parse(text) != Err(NotAQuantity::SpreadsheetError));
        printed.unwrap_or_else(|| {
            let plan = self.plan.title.map_or(self.plan.id.text, |title| title.text).trim_end();
            let edition = words::edition(self.report.edition).1.get(self.lang);
            format!("{plan} {} {edition}", self.year(self.report.year).text)
        })
    }

    fn headline(&self) -> Option<String> {
        owned(self.report.headline)
    }

    fn plan_view(&self) -> PlanView {
        let plan = self.plan;
        PlanView {
            id: plan.id.text.to_owned(),
            title: owned(plan.title).unwrap_or_else(|| plan.id.text.to_owned()),
            municipality: owned(plan.municipality),
            first: plan.first.map(|year| self.year(year)),
            last: plan.last.map(|year| self.year(year)),
            numbered: plan.numbered,
            ratings: plan.grades.iter().map(|grade| GradeView { grade: grade.grade.text.to_owned(), label: owned(grade.label) }).collect(),
            directions: plan.directions.iter().map(|direction| direction.text.to_owned()).collect(),
            departments: plan.departments.iter().map(|department| self.department(department.id.text)).collect(),
            helplines: plan
                .helplines
                .iter()
                .map(|line| HelplineView { name: line.name.text.to_owned(), phone: owned(line.phone), hours: owned(line.hours) })
                .collect(),
            note: text(plan.node, Field::Note),
        }
    }

    fn report_view(&self) -> ReportView {
        let report = self.report;
        let (edition, edition_text) = words::edition(report.edition);
        let status = report.status.map(words::status);
        ReportView {
            year: self.year(report.year),
            next_year: self.year(report.year.next().unwrap_or(report.year)),
            edition,
            edition_text: edition_text.get(self.lang),
            status: status.map(|(name, _)| name),
            status_text: status.map(|(_, words)| words.get(self.lang)),
            as_of: report.as_of.as_ref().and_then(|(_, node)| node.text()).map(|day| figure::day(day, self.lang)),
            headline: self.headline(),
            notes: texts(report.node, Field::Notes),
            next_draft: report.entries.iter().any(|entry| entry.next.as_ref().is_some_and(|next| next.draft)),
            ratings: self.rated(),
            has: self.has(),
        }
    }

    /// How often each grade was given; those that the scale does not have come last.
    fn rated(&self) -> Vec<RatedView> {
        let given: Vec<&str> = self.report.entries.iter().filter_map(|entry| entry.rating.given().copied()).collect();
        let times = |grade: &str| given.iter().filter(|given| **given == grade).count();
        let mut rated: Vec<RatedView> = self
            .plan
            .grades
            .iter()
            .map(|grade| RatedView { grade: grade.grade.text.to_owned(), label: owned(grade.label), entries: times(grade.grade.text) })
            .collect();
        let others: BTreeSet<&str> = given.iter().filter(|given| self.plan.rank(given).is_none()).copied().collect();
        rated.extend(others.into_iter().map(|grade| RatedView { grade: grade.to_owned(), label: None, entries: times(grade) }));
        rated
    }

    fn has(&self) -> HasView {
        let measures = || self.plan.measures.iter().filter(|measure| self.entries.contains_key(measure.id.text));
        let entries = &self.report.entries;
        let any = |test: &dyn Fn(&Entry<'_>) -> bool| entries.iter().any(test);
        let own_words = |measure: &Measure<'_>, field| measure.by_department.iter().any(|part| part.get(field).is_some());
        HasView {
            numbers: self.plan.numbered && measures().next().is_some(),
            stages: measures().any(|measure| !measure.stages.is_empty()),
            departments: measures().any(|measure| !measure.departments.is_empty()) || any(&|entry| !entry.departments.is_empty()),
            summaries: measures().any(|measure| measure.summary.is_some() || own_words(measure, Field::Summary)),
            audiences: measures().any(|measure| measure.audience.is_some() || own_words(measure, Field::Audience))
                || any(&|entry| !entry.audience.is_absent()),
            plans: any(&|entry| !entry.plan.is_absent()),
            results: any(&|entry| !entry.result.is_absent()),
            targets: any(&|entry| entry.counts.iter().any(|count| !count.target.is_absent())),
            actuals: any(&|entry| entry.counts.iter().any(|count| !count.actual.is_absent())),
            ratings: any(&|entry| !entry.rating.is_absent()),
            reasons: any(&|entry| !entry.reason.is_absent()),
            effects: any(&|entry| !entry.effect.is_absent()),
            directions: any(&|entry| !entry.direction.is_absent()),
            costs: any(&|entry| !entry.cost.is_absent()),
            progress: any(&|entry| !entry.progress.is_absent()),
            next_plans: any(&|entry| entry.next.as_ref().is_some_and(|next| !next.plan.is_absent())),
            next_counts: any(&|entry| entry.next.as_ref().is_some_and(|next| !next.counts.is_empty() || next.counts_missing.is_some())),
        }
    }

    /// The policies as a tree, and the measures that belong to none.
    fn policies(&self) -> (Vec<PolicyView>, Vec<MeasureView>) {
        let mut own: HashMap<&str, Vec<MeasureView>> = HashMap::new();
        let mut others = Vec::new();
        for measure in &self.plan.measures {
            let view = self.measure(measure);
            match measure.policy.filter(|policy| self.plan.policy(policy.text).is_some()) {
                Some(policy) => own.entry(policy.text).or_default().push(view),
                None => others.push(view),
            }
        }
        others.extend(self.unknown_measures());
        (self.below(None, &mut own), others)
    }

    fn below(&self, parent: Option<usize>, own: &mut HashMap<&str, Vec<MeasureView>>) -> Vec<PolicyView> {
        let mut views: Vec<PolicyView> = Vec::new();
        for (index, policy) in self.plan.policies.iter().enumerate() {
            if policy.parent != parent {
                continue;
            }
            let tier = policy.tier.map(words::tier);
            let name = tier.map(|(name, _)| name);
            let measures = own.remove(policy.id.text).unwrap_or_default();
            let policies = self.below(Some(index), own);
            let reported = measures.iter().filter(|measure| measure.reported).count();
            views.push(PolicyView {
                id: policy.id.text.to_owned(),
                title: owned(policy.title).unwrap_or_else(|| policy.id.text.to_owned()),
                tier: name,
                tier_text: tier.map(|(_, words)| words.get(self.lang)),
                number: views.iter().filter(|view| view.tier == name).count() + 1,
                depth: policy.depth,
                summary: owned(policy.summary),
                reported: reported + policies.iter().map(|policy| policy.reported).sum::<usize>(),
                measures,
                policies,
            });
        }
        views
    }

    fn measure(&self, measure: &Measure<'_>) -> MeasureView {
        let rows = self.rows(measure);
        MeasureView {
            id: measure.id.text.to_owned(),
            number: self.plan.numbered.then(|| measure.id.text.to_owned()),
            title: measure.name().to_owned(),
            mark: owned(measure.mark),
            repeats: measure.repeats.map(|id| MeasureNameView {
                id: id.text.to_owned(),
                title: self.plan.measure(id.text).map_or(id.text, |measure| measure.name()).to_owned(),
            }),
            formerly: measure
                .formerly
                .iter()
                .map(|former| MeasureNameView { id: owned(former.id).unwrap_or_default(), title: owned(former.title).unwrap_or_default() })
                .collect(),
            departments: self.departments(&measure.departments),
            stages: measure.stages.iter().map(|stage| stage.text.to_owned()).collect(),
            audience: owned(measure.audience),
            summary: owned(measure.summary),
            first: measure.first.map(|year| self.year(year)),
            last: measure.last.map(|year| self.year(year)),
            note: text(measure.node, Field::Note),
            schedule: measure
                .schedule
                .iter()
                .map(|stage| StageView {
                    first: stage.first.map(|year| self.year(year)),
                    last: stage.last.or(stage.first).map(|year| self.year(year)),
                    text: owned(stage.text),
                    audience: owned(stage.audience),
                })
                .collect(),
            reported: !rows.is_empty(),
            rows,
        }
    }

    /// The rows of a measure in the order of its departments; where some of them report and others
    /// do not, the others have a row of their own.
    fn rows(&self, measure: &Measure<'_>) -> Vec<RowView> {
        let Some(entries) = self.entries.get(measure.id.text) else { return Vec::new() };
        let split = entries.iter().any(|entry| !entry.departments.is_empty());
        if !split {
            return entries.iter().map(|entry| self.row(measure, Vec::new(), Some(entry))).collect();
        }
        let place = |id: &str| measure.departments.iter().position(|department| department.text == id).unwrap_or(usize::MAX);
        let mut rows: Vec<(usize, RowView)> = entries
            .iter()
            .map(|entry| {
                let ids: Vec<&str> = entry.departments.iter().map(|department| department.text).collect();
                let first = ids.iter().map(|id| place(id)).min().unwrap_or(0);
                (first, self.row(measure, ids, Some(entry)))
            })
            .collect();
        let reporting: BTreeSet<&str> = entries.iter().flat_map(|entry| &entry.departments).map(|department| department.text).collect();
        let all = entries.iter().any(|entry| entry.departments.is_empty());
        for silent in measure.departments.iter().filter(|department| !all && !reporting.contains(department.text)) {
            rows.push((place(silent.text), self.row(measure, vec![silent.text], None)));
        }
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn row(&self, measure: &Measure<'_>, ids: Vec<&str>, entry: Option<&Entry<'_>>) -> RowView {
        let part = measure.by_department.iter().find(|part| {
            let department = part.get(Field::Department).and_then(Node::text);
            department.is_some_and(|department| ids.contains(&department))
        });
        let own = |field| part.and_then(|part| text(*part, field));
        let audience = entry.and_then(|entry| word(&entry.audience, self.lang));
        let planned = own(Field::Audience).or_else(|| owned(measure.audience));
        let departments =
            if ids.is_empty() { self.departments(&measure.departments) } else { ids.iter().map(|id| self.department(id)).collect() };
        RowView {
            departments,
            summary: own(Field::Summary).or_else(|| owned(measure.summary)),
            audience: audience.or_else(|| planned.map(|text| WordView { text, missing: None })),
            entry: entry.map(|entry| entry::entry(self, Some(measure), entry)),
        }
    }

    /// Entries on measures that the plan does not have are shown under their ids: a document never
    /// leaves out what the report says.
    fn unknown_measures(&self) -> Vec<MeasureView> {
        let mut ids: Vec<&str> = Vec::new();
        for entry in &self.report.entries {
            let id = entry.measure.text;
            if self.plan.measure(id).is_none() && !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids.into_iter()
            .map(|id| MeasureView {
                id: id.to_owned(),
                number: self.plan.numbered.then(|| id.to_owned()),
                title: id.to_owned(),
                mark: None,
                repeats: None,
                formerly: Vec::new(),
                departments: Vec::new(),
                stages: Vec::new(),
                audience: None,
                summary: None,
                first: None,
                last: None,
                note: None,
                schedule: Vec::new(),
                reported: true,
                rows: self.entries[id]
                    .iter()
                    .map(|entry| RowView {
                        departments: self.departments(&entry.departments),
                        summary: None,
                        audience: word(&entry.audience, self.lang),
                        entry: Some(entry::entry(self, None, entry)),
                    })
                    .collect(),
            })
            .collect()
    }

    fn meeting(&self, meeting: &Meeting<'_>) -> MeetingView {
        let of = |text: Option<crate::model::Text<'_>>| text.map(|text| text.text.to_owned());
        let people = |node: Option<Node<'_>>| node.and_then(|node| figure(&Slot::quantity(node), Some("名"), None, self.print));
        MeetingView {
            title: owned(meeting.title).unwrap_or_default(),
            when: days(of(meeting.date).as_deref(), of(meeting.until).as_deref(), None, self.lang),
            venue: owned(meeting.venue),
            attendees: meeting
                .attendees
                .iter()
                .map(|attendee| AttendeeView { title: owned(attendee.title).unwrap_or_default(), count: people(attendee.count) })
                .collect(),
            attendee_count: people(meeting.attendee_count),
            absent: texts(meeting.node, Field::Absent),
            agenda: meeting.agenda.iter().map(|item| item.text.to_owned()).collect(),
            note: text(meeting.node, Field::Note),
        }
    }

    /// Why there is no value, in words.
    pub(super) fn missing(&self, node: Node<'_>) -> Option<super::view::MissingView> {
        crate::model::Missing::of(node).map(|why| missing(&why, self.lang))
    }
}

/// Whether a report writes any figure in groups of three.
fn groups_some(report: &Report<'_>) -> bool {
    let figures = |entry: &Entry<'_>| {
        let next = entry.next.iter().flat_map(|next| &next.counts);
        entry.counts.iter().chain(next).any(|count| figure::is_grouped(&count.target) || figure::is_grouped(&count.actual))
    };
    let cells = |table: &Table<'_>| table.rows.iter().flat_map(|row| &row.cells).any(|cell| figure::is_grouped(&cell.value));
    report.entries.iter().any(figures) || report.tables.iter().any(cells)
}
