//! What a memo is about: the plan, the report, and its state in one sentence.

use serde::Serialize;

use super::figures::share;
use super::study::Study;
use crate::calendar::Date;
use crate::catalogue::Lang;
use crate::model::{Edition, Entry, Status};

/// A day.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// `2025-03-31`.
    pub iso: String,
    /// With its era.
    pub text: String,
}

/// A fiscal year.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    /// The calendar year it begins in.
    pub number: i16,
    /// With its era and its Western number.
    pub text: String,
    /// A short form for the heads of tables.
    pub short: String,
}

/// A word of the data and what people read for it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CodeView {
    /// The word of the data; empty where there is none.
    pub code: String,
    /// What people read.
    pub text: String,
}

/// A plan.
#[derive(Debug, Serialize)]
pub struct PlanView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The municipality, or empty.
    pub municipality: String,
    /// The title with the municipality before it, where it does not begin with that.
    pub heading: String,
    /// Its years, or empty.
    pub years: String,
    /// Its file.
    pub file: String,
    /// Whether measures carry printed numbers.
    pub numbered: bool,
}

/// A report.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// Its fiscal year.
    pub year: YearView,
    /// The fiscal year after it.
    pub next_year: YearView,
    /// The text printed over the sheet, or empty.
    pub headline: String,
    /// Annual, interim or excerpt.
    pub edition: CodeView,
    /// The day of its figures.
    pub as_of: Option<DayView>,
    /// Provisional or final.
    pub status: CodeView,
    /// Its file.
    pub file: String,
    /// The fiscal year of the report it is compared with.
    pub prior_year: Option<YearView>,
}

/// How many entries are in one state.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// The grade, or the word of the data.
    pub key: String,
    /// What people read.
    pub label: String,
    /// Its place in the scale, 0 the best; the last one for those that have none.
    pub rank: usize,
    /// How many.
    pub count: usize,
    /// With a percentage and its fraction.
    pub share: String,
}

/// The state of a report.
#[derive(Debug, Serialize)]
pub struct StateView {
    /// In one sentence.
    pub sentence: String,
    /// How many measures have an entry.
    pub measures: usize,
    /// How many entries there are.
    pub entries: usize,
    /// How many measures the plan has.
    pub planned: usize,
    /// What entries are told apart by: rating, progress, direction or none.
    pub by: &'static str,
    /// What people call that.
    pub by_text: &'static str,
    /// The states, the best first.
    pub groups: Vec<GroupView>,
    /// How many entries have none.
    pub without: usize,
    /// How many have come to an end.
    pub ended: usize,
    /// How many have a figure.
    pub with_figures: usize,
}

/// By what entries are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The plan's scale of ratings.
    Rating,
    /// How far they have come.
    Progress,
    /// Where they go.
    Direction,
    /// Nothing.
    Nothing,
}

const PROGRESS: [(&str, &str, &str); 5] = [
    ("done", "実施", "done"),
    ("ongoing", "実施中", "ongoing"),
    ("scheduled", "予定", "scheduled"),
    ("not-started", "未着手", "not started"),
    ("ended", "終了", "ended"),
];

impl<'a> Study<'a> {
    /// By what the entries of this report are told apart.
    #[must_use]
    pub fn by(&self) -> By {
        let entries = &self.report().entries;
        let any = |of: &dyn Fn(&Entry<'a>) -> bool| entries.iter().any(of);
        if !self.plan().grades.is_empty() && any(&|entry| entry.rating.given().is_some()) {
            By::Rating
        } else if any(&|entry| entry.progress.given().is_some()) && self.plan().expects.has("progress") {
            By::Progress
        } else if any(&|entry| entry.direction.given().is_some()) {
            By::Direction
        } else {
            By::Nothing
        }
    }

    /// The keys of the groups with what people read, the best first.
    #[must_use]
    pub fn keys(&self) -> Vec<(String, String)> {
        let plan = self.plan();
        match self.by() {
            By::Rating => {
                let label = |grade: &crate::model::Grade<'_>| grade.label.map_or(grade.grade.text, |label| label.text).to_owned();
                plan.grades.iter().map(|grade| (grade.grade.text.to_owned(), label(grade))).collect()
            }
            By::Progress => PROGRESS.iter().map(|(key, ja, en)| ((*key).to_owned(), self.word(ja, en).to_owned())).collect(),
            By::Direction => {
                let mut keys: Vec<&str> = plan.directions.iter().map(|direction| direction.text).collect();
                for given in self.report().entries.iter().filter_map(|entry| entry.direction.given()) {
                    if !keys.contains(given) {
                        keys.push(given);
                    }
                }
                keys.into_iter().map(|key| (key.to_owned(), key.to_owned())).collect()
            }
            By::Nothing => Vec::new(),
        }
    }

    /// The key of an entry's group.
    #[must_use]
    pub fn key<'e>(&self, entry: &'e Entry<'a>) -> Option<&'e str> {
        let slot = match self.by() {
            By::Rating => &entry.rating,
            By::Progress => &entry.progress,
            By::Direction => &entry.direction,
            By::Nothing => return None,
        };
        slot.given().copied()
    }

    /// A fiscal year in its forms.
    #[must_use]
    pub fn year_view(&self, year: crate::calendar::FiscalYear) -> YearView {
        let short = match self.lang {
            Lang::Ja => year.era().to_string(),
            Lang::En => year.english().to_string(),
        };
        YearView { number: year.number(), text: self.fiscal(year), short }
    }

    /// A day in its forms.
    #[must_use]
    pub fn day_view(&self, day: Date) -> DayView {
        DayView { iso: day.to_string(), text: self.day(day) }
    }
}

/// The plan.
#[must_use]
pub fn plan(study: &Study<'_>) -> PlanView {
    let plan = study.plan();
    let years = match (plan.first, plan.last) {
        (None, None) => String::new(),
        (first, last) => {
            let text = |year: Option<crate::calendar::FiscalYear>| year.map(|year| study.fiscal(year)).unwrap_or_default();
            format!("{}{}{}", text(first), study.word("〜", " to "), text(last)).trim_end().to_owned()
        }
    };
    let title = plan.title.map_or(plan.id.text, |title| title.text);
    let municipality = plan.municipality.map_or("", |name| name.text);
    let heading = if title.starts_with(municipality) { title.to_owned() } else { format!("{municipality} {title}") };
    PlanView {
        id: plan.id.text.to_owned(),
        title: title.to_owned(),
        municipality: municipality.to_owned(),
        heading,
        years,
        file: plan.node.source().name.clone(),
        numbered: plan.numbered,
    }
}

/// What an edition is called.
#[must_use]
pub fn edition(edition: Edition, study: &Study<'_>) -> CodeView {
    let (code, ja, en) = match edition {
        Edition::Annual => ("annual", "年次報告", "annual report"),
        Edition::Interim => ("interim", "中間報告", "interim report"),
        Edition::Excerpt => ("excerpt", "抜粋", "excerpt"),
    };
    CodeView { code: code.to_owned(), text: study.word(ja, en).to_owned() }
}

/// The report.
#[must_use]
pub fn report(study: &Study<'_>) -> ReportView {
    let report = study.report();
    let (code, ja, en) = match report.status {
        Some(Status::Draft) => ("draft", "案（暫定）", "provisional"),
        Some(Status::Final) => ("final", "確定", "final"),
        None => ("", "確定・暫定の記載なし", "not said whether final"),
    };
    ReportView {
        year: study.year_view(report.year),
        next_year: study.year_view(report.year.next().unwrap_or(report.year)),
        headline: report.headline.filter(|text| !text.text.starts_with('#')).map(|text| text.text.to_owned()).unwrap_or_default(),
        edition: edition(report.edition, study),
        as_of: report.as_of.as_ref().and_then(|(date, _)| date.date).map(|day| study.day_view(day)),
        status: CodeView { code: code.to_owned(), text: study.word(ja, en).to_owned() },
        file: report.node.source().name.clone(),
        prior_year: study.prior().map(|prior| study.year_view(prior.year)),
    }
}

/// The state.
#[must_use]
pub fn state(study: &Study<'_>) -> StateView {
    let entries = &study.report().entries;
    let mut ids: Vec<&str> = entries.iter().map(|entry| entry.measure.text).collect();
    ids.sort_unstable();
    ids.dedup();
    let keys = study.keys();
    let mut groups: Vec<GroupView> = keys
        .iter()
        .enumerate()
        .map(|(rank, (key, label))| {
            let count = entries.iter().filter(|entry| study.key(entry) == Some(key)).count();
            GroupView { key: key.clone(), label: label.clone(), rank, count, share: share(count, entries.len(), study.lang) }
        })
        .collect();
    if study.by() != By::Rating {
        groups.retain(|group| group.count > 0);
    }
    let without = entries.len() - groups.iter().map(|group| group.count).sum::<usize>();
    let ended = entries.iter().filter(|entry| entry.has_ended()).count();
    let with_figures = entries.iter().filter(|entry| entry.counts.iter().any(|count| count.actual.given().is_some())).count();
    let (by, by_text) = match study.by() {
        By::Rating => ("rating", study.word("評価", "rating")),
        By::Progress => ("progress", study.word("進捗", "progress")),
        By::Direction => ("direction", study.word("方向性", "direction")),
        By::Nothing => ("none", ""),
    };
    let mut view = StateView {
        sentence: String::new(),
        measures: ids.len(),
        entries: entries.len(),
        planned: study.plan().measures.len(),
        by,
        by_text,
        groups,
        without,
        ended,
        with_figures,
    };
    view.sentence = sentence(study, &view);
    view
}

fn sentence(study: &Study<'_>, state: &StateView) -> String {
    let ja = study.lang == Lang::Ja;
    let mut text = match (ja, state.measures) {
        (true, measures) => format!("{measures}事業"),
        (false, 1) => "1 measure".to_owned(),
        (false, measures) => format!("{measures} measures"),
    };
    if state.entries > state.measures {
        text.push_str(&if ja { format!("（記載は{}件）", state.entries) } else { format!(" ({} entries)", state.entries) });
    }
    let separator = if ja { "、" } else { ": " };
    if state.by == "none" {
        let figures = share(state.with_figures, state.entries, study.lang);
        text.push_str(separator);
        text.push_str(&if ja { format!("うち数値の実績があるもの {figures}") } else { format!("{figures} with an actual figure") });
        return text;
    }
    let spaced = |group: &GroupView| {
        let ascii = group.key.is_ascii() && state.by == "rating";
        let name = if state.by == "rating" { &group.key } else { &group.label };
        if ascii && ja { format!("{name}{}", group.count) } else { format!("{name} {}", group.count) }
    };
    let groups: Vec<String> = state.groups.iter().map(spaced).collect();
    text.push_str(separator);
    text.push_str(&groups.join(if ja { " " } else { ", " }));
    if state.without > 0 {
        text.push_str(&match ja {
            true => format!("、{}なし{}", state.by_text, state.without),
            false => format!("; {} without a {}", state.without, state.by_text),
        });
    }
    text
}
