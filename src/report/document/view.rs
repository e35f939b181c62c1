//! What a document template sees: a plan and one of its reports, every reference resolved and
//! every figure as it is printed. Pure data, and long by the number of its fields;
//! `docs/templates.md` describes it field by field.
//!
//! Every field is always there, `null` or empty where the plan or report says nothing, so that a
//! template that asks for a field of another name is a mistake and not silence.

use std::collections::BTreeMap;

use serde::Serialize;

/// The version of this form.
pub const VERSION: u32 = 1;

/// A report as a document.
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// The version of this form.
    pub version: u32,
    /// `ja` or `en`: the language of the words of the tool.
    pub lang: &'static str,
    /// The program.
    pub tool: ToolView,
    /// The words of the tool in that language, by name.
    pub words: BTreeMap<&'static str, &'static str>,
    /// What stands at the top of the document.
    pub title: String,
    /// The plan.
    pub plan: PlanView,
    /// The report.
    pub report: ReportView,
    /// The policies of the first level, each with its measures and the policies below it.
    pub policies: Vec<PolicyView>,
    /// The measures that belong to no policy.
    pub measures: Vec<MeasureView>,
    /// The indicators.
    pub indicators: Vec<IndicatorView>,
    /// Every year of any indicator's series, the earliest first.
    pub indicator_years: Vec<String>,
    /// What the plan foresees year by year, as a grid.
    pub schedule: Option<ScheduleView>,
    /// The statistics.
    pub tables: Vec<TableView>,
    /// The meetings.
    pub meetings: Vec<MeetingView>,
}

/// The program.
#[derive(Debug, Serialize)]
pub struct ToolView {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// A plan.
#[derive(Debug, Serialize)]
pub struct PlanView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The name of the municipality.
    pub municipality: Option<String>,
    /// Its first fiscal year.
    pub first: Option<YearView>,
    /// Its last fiscal year.
    pub last: Option<YearView>,
    /// Whether measures carry printed numbers.
    pub numbered: bool,
    /// The scale of ratings, best first.
    pub ratings: Vec<GradeView>,
    /// The directions that a report may choose from.
    pub directions: Vec<String>,
    /// The departments.
    pub departments: Vec<DepartmentView>,
    /// Where to get help.
    pub helplines: Vec<HelplineView>,
    /// A remark.
    pub note: Option<String>,
}

/// A fiscal year.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    /// The calendar year in which it begins.
    pub number: i16,
    /// 令和6年度, or FY2024 in English.
    pub text: String,
    /// 令和6年度（2024年度）, or FY2024 in English.
    pub full: String,
}

/// A grade of the scale.
#[derive(Debug, Serialize)]
pub struct GradeView {
    /// The grade.
    pub grade: String,
    /// What it is called.
    pub label: Option<String>,
}

/// A department.
#[derive(Clone, Debug, Serialize)]
pub struct DepartmentView {
    /// Its id.
    pub id: String,
    /// Its name; its id where the plan does not know it.
    pub name: String,
    /// Whether it is outside the city's administration.
    pub external: bool,
    /// Whether it is a group, such as all schools.
    pub group: bool,
    /// A remark.
    pub note: Option<String>,
}

/// Where to get help.
#[derive(Debug, Serialize)]
pub struct HelplineView {
    /// Its name.
    pub name: String,
    /// Its number.
    pub phone: Option<String>,
    /// When it can be called.
    pub hours: Option<String>,
}

/// A report.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// Its fiscal year.
    pub year: YearView,
    /// The following fiscal year.
    pub next_year: YearView,
    /// `annual`, `interim` or `excerpt`.
    pub edition: &'static str,
    /// The same in words.
    pub edition_text: &'static str,
    /// `draft`, `final`, or nothing.
    pub status: Option<&'static str>,
    /// The same in words.
    pub status_text: Option<&'static str>,
    /// The day of its figures.
    pub as_of: Option<String>,
    /// The text printed over the sheet.
    pub headline: Option<String>,
    /// Remarks on the whole report.
    pub notes: Vec<String>,
    /// Whether what is planned for the following year is only a draft in any entry.
    pub next_draft: bool,
    /// How many entries each grade was given, in the order of the scale.
    pub ratings: Vec<RatedView>,
    /// Which parts any entry has.
    pub has: HasView,
}

/// How often a grade was given.
#[derive(Debug, Serialize)]
pub struct RatedView {
    /// The grade.
    pub grade: String,
    /// What it is called.
    pub label: Option<String>,
    /// How many entries.
    pub entries: usize,
}

/// Which parts any entry or measure of the report has: a column that nobody fills is left out.
#[derive(Debug, Default, Serialize)]
#[allow(clippy::struct_excessive_bools)]
pub struct HasView {
    /// Measures with a printed number.
    pub numbers: bool,
    /// Stages of life.
    pub stages: bool,
    /// Departments.
    pub departments: bool,
    /// Summaries of measures.
    pub summaries: bool,
    /// Audiences.
    pub audiences: bool,
    /// This year's plan in words.
    pub plans: bool,
    /// Results in words.
    pub results: bool,
    /// Planned figures.
    pub targets: bool,
    /// Counted figures.
    pub actuals: bool,
    /// Ratings.
    pub ratings: bool,
    /// Reasons.
    pub reasons: bool,
    /// Effects.
    pub effects: bool,
    /// Directions.
    pub directions: bool,
    /// Costs.
    pub costs: bool,
    /// Progress.
    pub progress: bool,
    /// What is planned for the following year, in words.
    pub next_plans: bool,
    /// What is planned for the following year, in figures.
    pub next_counts: bool,
}

/// A policy.
#[derive(Debug, Serialize)]
pub struct PolicyView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `basic`, `priority`, or nothing.
    pub tier: Option<&'static str>,
    /// The same in words.
    pub tier_text: Option<&'static str>,
    /// Its place among its neighbours of the same tier, from 1.
    pub number: usize,
    /// How many policies stand above it.
    pub depth: usize,
    /// A sentence or two on it.
    pub summary: Option<String>,
    /// How many of the measures in it and below it are reported.
    pub reported: usize,
    /// Its own measures.
    pub measures: Vec<MeasureView>,
    /// The policies below it.
    pub policies: Vec<PolicyView>,
}

/// A measure.
#[derive(Debug, Serialize)]
pub struct MeasureView {
    /// Its number as printed, or its key.
    pub id: String,
    /// Its number, where the plan prints numbers.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// A printed mark such as 新規.
    pub mark: Option<String>,
    /// The measure that this row shows again.
    pub repeats: Option<MeasureNameView>,
    /// Numbers and titles that it had before.
    pub formerly: Vec<MeasureNameView>,
    /// The departments in charge.
    pub departments: Vec<DepartmentView>,
    /// The stages of life that it is for.
    pub stages: Vec<String>,
    /// Whom it is for.
    pub audience: Option<String>,
    /// What it is.
    pub summary: Option<String>,
    /// Its first fiscal year.
    pub first: Option<YearView>,
    /// Its last fiscal year.
    pub last: Option<YearView>,
    /// A remark.
    pub note: Option<String>,
    /// What the plan foresees for each year.
    pub schedule: Vec<StageView>,
    /// Whether the report has an entry on it.
    pub reported: bool,
    /// What the report says of it: one row, or one for each department that reports separately.
    pub rows: Vec<RowView>,
}

/// Another measure, or an earlier number and title.
#[derive(Debug, Serialize)]
pub struct MeasureNameView {
    /// Its number as printed, or its key; empty where only the title is known.
    pub id: String,
    /// Its title; its id where the plan does not know it.
    pub title: String,
}

/// What a plan foresees for some fiscal years.
#[derive(Debug, Serialize)]
pub struct StageView {
    /// From this year.
    pub first: Option<YearView>,
    /// To this year.
    pub last: Option<YearView>,
    /// What is to be done.
    pub text: Option<String>,
    /// For whom.
    pub audience: Option<String>,
}

/// A row of a measure: the departments that it speaks of, and their entry.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// Whose row it is.
    pub departments: Vec<DepartmentView>,
    /// What these departments do, or what the measure is.
    pub summary: Option<String>,
    /// Whom these departments serve, or whom the measure is for; the entry's words come first.
    pub audience: Option<WordView>,
    /// Their entry; nothing where the other departments have reported and these have not.
    pub entry: Option<EntryView>,
}

/// An entry.
#[derive(Debug, Serialize)]
pub struct EntryView {
    /// `done`, `ongoing`, `scheduled`, `not-started`, `ended`, or nothing.
    pub progress: Option<String>,
    /// The same in words, or why it is missing.
    pub progress_text: Option<String>,
    /// What was planned for the year.
    pub plan: Option<PassageView>,
    /// What was done.
    pub result: Option<PassageView>,
    /// The figures, parts below their totals.
    pub counts: Vec<CountView>,
    /// Why there are no figures.
    pub counts_missing: Option<MissingView>,
    /// Whether any figure was counted.
    pub has_actuals: bool,
    /// Whether any figure was planned.
    pub has_targets: bool,
    /// Why there is no counted figure, where all counts say the same.
    pub actuals_missing: Option<MissingView>,
    /// Why there is no planned figure, where all counts say the same.
    pub targets_missing: Option<MissingView>,
    /// The rating.
    pub rating: Option<RatingView>,
    /// Why it was rated so.
    pub reason: Option<PassageView>,
    /// What came of it.
    pub effect: Option<PassageView>,
    /// Where it goes.
    pub direction: Option<WordView>,
    /// Why it goes there.
    pub direction_reason: Option<String>,
    /// What it cost.
    pub cost: Option<CostView>,
    /// Dated events.
    pub events: Vec<EventView>,
    /// What is planned for the following year.
    pub next: Option<NextView>,
    /// A remark.
    pub note: Option<String>,
}

/// Words, perhaps of several departments.
#[derive(Debug, Serialize)]
pub struct PassageView {
    /// All the words, a line a part.
    pub text: String,
    /// The parts.
    pub parts: Vec<PartView>,
    /// Why there are none.
    pub missing: Option<MissingView>,
}

/// A part of a passage.
#[derive(Debug, Serialize)]
pub struct PartView {
    /// Whose words they are, where the report says so.
    pub department: Option<String>,
    /// The words.
    pub text: String,
}

/// A word or two, or why there is none.
#[derive(Debug, Serialize)]
pub struct WordView {
    /// What to print: the words, or those that stand for the missing ones.
    pub text: String,
    /// Why there are none.
    pub missing: Option<MissingView>,
}

/// Why there is no value.
#[derive(Clone, Debug, Serialize)]
pub struct MissingView {
    /// `not-planned`, `pending` and so on.
    pub reason: &'static str,
    /// What to print: the report's own note, or the reason in words; a dash where none is given.
    pub text: String,
    /// The report's own note.
    pub note: Option<String>,
}

/// A figure.
#[derive(Clone, Debug, Serialize)]
pub struct FigureView {
    /// What to print: the figure with its unit, or the words that stand for a missing one.
    pub text: String,
    /// The figure as written; nothing where it is missing.
    pub printed: Option<String>,
    /// Why there is none.
    pub missing: Option<MissingView>,
}

/// The figures of a count.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// The count's id.
    pub id: String,
    /// Its title; nothing where the plan gives none.
    pub title: Option<String>,
    /// Its title without what its total says already: 職員 of 受講者数（職員） below 受講者数.
    pub label: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// `gross`, `distinct`, or nothing.
    pub tally: Option<&'static str>,
    /// The one department that is asked for it, where the row speaks for several.
    pub department: Option<String>,
    /// `part` of the total above it, `within` the count above it, or nothing.
    pub relation: Option<&'static str>,
    /// What was planned.
    pub target: Option<FigureView>,
    /// What was counted.
    pub actual: Option<FigureView>,
    /// Last year's figure, as this report states it.
    pub prior: Option<FigureView>,
    /// The time that last year's figure covers, where it is not the year.
    pub prior_period: Option<String>,
    /// The year whose actual the target is said to be.
    pub carried_over: Option<YearView>,
    /// Whether it is only about that.
    pub carried_over_about: bool,
    /// Why the whole count has no figure.
    pub missing: Option<MissingView>,
    /// The day of this figure.
    pub as_of: Option<String>,
    /// The period of this figure.
    pub period: Option<String>,
    /// The area of this figure.
    pub scope: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// What follows the counted figure in brackets: area, period, day, remark; may be empty.
    pub actual_remark: String,
    /// What follows the planned figure in brackets; may be empty. A remark that speaks of the plan
    /// or holds the planned figure stands here, any other with the counted one.
    pub target_remark: String,
    /// Whether it is about people in crisis.
    pub sensitive: bool,
    /// Whether it or a part of it was counted.
    pub has_actual: bool,
    /// Whether it or a part of it was planned.
    pub has_target: bool,
    /// The counts that it adds up or that lie within it.
    pub parts: Vec<CountView>,
}

/// A rating.
#[derive(Debug, Serialize)]
pub struct RatingView {
    /// The grade; empty where it is missing.
    pub grade: String,
    /// What it is called.
    pub label: Option<String>,
    /// Why there is none.
    pub missing: Option<MissingView>,
}

/// What a measure cost.
#[derive(Debug, Serialize)]
pub struct CostView {
    /// In yen.
    pub amount: Option<FigureView>,
    /// Its parts.
    pub items: Vec<CostItemView>,
    /// The measures that share it.
    pub shared_with: Vec<String>,
    /// Why there is none.
    pub missing: Option<MissingView>,
    /// A remark.
    pub note: Option<String>,
}

/// A part of a cost.
#[derive(Debug, Serialize)]
pub struct CostItemView {
    /// What for.
    pub title: Option<String>,
    /// In yen.
    pub amount: Option<FigureView>,
    /// The measure that states it too.
    pub same_as: Option<String>,
}

/// Something on a day.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// The day, the days or the month, as people write them.
    pub when: String,
    /// What.
    pub title: Option<String>,
    /// How many came.
    pub attendance: Option<FigureView>,
    /// Whether it took place.
    pub held: bool,
}

/// What is planned for the following year.
#[derive(Debug, Serialize)]
pub struct NextView {
    /// In words.
    pub plan: Option<PassageView>,
    /// In figures.
    pub counts: Vec<CountView>,
    /// Why there are no figures.
    pub counts_missing: Option<MissingView>,
    /// Events that are planned.
    pub events: Vec<EventView>,
    /// Whether it is only a draft.
    pub draft: bool,
}

/// An indicator with its series.
#[derive(Debug, Serialize)]
pub struct IndicatorView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: Option<String>,
    /// `higher` or `lower`.
    pub better: &'static str,
    /// The statistic that it comes from.
    pub source: Option<String>,
    /// The area that it covers.
    pub scope: Option<String>,
    /// Where the plan began.
    pub baseline: Option<IndicatorValueView>,
    /// Where the plan wants to be: as the plan says, or else as this report prints it.
    pub target: Option<IndicatorValueView>,
    /// The target as this report prints it, where it is not the plan's.
    pub report_target: Option<IndicatorValueView>,
    /// The values of this report.
    pub values: Vec<IndicatorValueView>,
    /// The same, one for each of `indicator_years`.
    pub series: Vec<Option<IndicatorValueView>>,
    /// A remark.
    pub note: Option<String>,
}

/// A value of a year.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorValueView {
    /// The year.
    pub year: Option<String>,
    /// The value.
    pub value: FigureView,
    /// Whether it may still change.
    pub provisional: bool,
}

/// What the plan foresees, as a grid of years.
#[derive(Debug, Serialize)]
pub struct ScheduleView {
    /// The years.
    pub years: Vec<YearView>,
    /// The policies that have a part in it.
    pub policies: Vec<ScheduledPolicyView>,
}

/// A policy in the grid.
#[derive(Debug, Serialize)]
pub struct ScheduledPolicyView {
    /// Its title; nothing for measures that belong to no policy.
    pub title: Option<String>,
    /// 基本施策, 重点施策, or nothing.
    pub tier_text: Option<&'static str>,
    /// Its place among its neighbours of the same tier, from 1.
    pub number: usize,
    /// A sentence or two on it.
    pub summary: Option<String>,
    /// The lines of the grid.
    pub lanes: Vec<LaneView>,
}

/// A line of the grid.
#[derive(Debug, Serialize)]
pub struct LaneView {
    /// The measure.
    pub measure: String,
    /// Whether the measure has a line above this one.
    pub continued: bool,
    /// Its cells; their spans add up to the number of years.
    pub cells: Vec<LaneCellView>,
}

/// A cell of the grid.
#[derive(Debug, Serialize)]
pub struct LaneCellView {
    /// How many years it covers.
    pub span: usize,
    /// What is to be done; nothing in a gap.
    pub text: Option<String>,
    /// For whom.
    pub audience: Option<String>,
}

/// A table of statistics.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The unit of its cells.
    pub unit: Option<String>,
    /// Where its figures come from.
    pub source: Option<String>,
    /// The area that it covers.
    pub scope: Option<String>,
    /// The day that it stands for.
    pub as_of: Option<String>,
    /// Whether its figures may still change.
    pub provisional: bool,
    /// How many people answered.
    pub base: Option<FigureView>,
    /// Whether one person may give several answers.
    pub multiple: bool,
    /// Remarks.
    pub notes: Vec<String>,
    /// Whether it is about people in crisis.
    pub sensitive: bool,
    /// The head, line by line; the column of the rows' titles is not in it.
    pub head: Vec<Vec<HeadCellView>>,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The rows.
    pub rows: Vec<TableRowView>,
}

/// A cell of a head.
#[derive(Debug, Serialize)]
pub struct HeadCellView {
    /// What stands there.
    pub text: String,
    /// How many columns it covers.
    pub columns: usize,
    /// How many lines it covers.
    pub lines: usize,
}

/// A column.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its unit, where it is not the table's.
    pub unit: Option<String>,
    /// Whether it is a total.
    pub total: bool,
    /// Whether it holds words.
    pub words: bool,
    /// A remark.
    pub note: Option<String>,
}

/// A row.
#[derive(Debug, Serialize)]
pub struct TableRowView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its unit, where it is not the table's.
    pub unit: Option<String>,
    /// Whether it is a total.
    pub total: bool,
    /// Whether it lies within another row.
    pub within: bool,
    /// Whether its figures may still change.
    pub provisional: bool,
    /// Why it has no figures at all.
    pub missing: Option<MissingView>,
    /// A remark.
    pub note: Option<String>,
    /// Its cells; their spans add up to the number of columns.
    pub cells: Vec<CellView>,
}

/// A cell.
#[derive(Debug, Serialize)]
pub struct CellView {
    /// What stands there: the figure as printed, or words.
    pub text: String,
    /// The share beside it, as printed, with its sign.
    pub share: Option<String>,
    /// Why there is none.
    pub missing: Option<MissingView>,
    /// Whether it holds words.
    pub words: bool,
    /// Whether its column is a total.
    pub total: bool,
    /// How many columns it covers: neighbours that are missing for one reason are one cell.
    pub span: usize,
}

/// A meeting.
#[derive(Debug, Serialize)]
pub struct MeetingView {
    /// What it is called.
    pub title: String,
    /// The day or days.
    pub when: String,
    /// Where it was held.
    pub venue: Option<String>,
    /// Who took part.
    pub attendees: Vec<AttendeeView>,
    /// How many took part, as printed.
    pub attendee_count: Option<FigureView>,
    /// Who did not.
    pub absent: Vec<String>,
    /// What was spoken of.
    pub agenda: Vec<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Somebody who took part.
#[derive(Debug, Serialize)]
pub struct AttendeeView {
    /// Who.
    pub title: String,
    /// How many, where it is said.
    pub count: Option<FigureView>,
}
