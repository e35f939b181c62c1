//! What a rule is and what it may see.
//!
//! A rule is a function of a scope that writes into a [`Ledger`]: it says of each thing that it
//! looks at whether it was evaluated, whether it failed, or why it was not evaluated. It does no
//! input or output and knows no clock; the day of the run is a setting.

mod dates;
mod standing;

use std::ops::Deref;
use std::rc::Rc;

pub use self::dates::Dates;
pub use self::standing::{Standing, Standings};
use crate::calendar::{FoundDate, find_dates};
use crate::catalogue::{Level, RULES, RuleId, Words};
use crate::config::Settings;
use crate::diagnostic::{Finding, Subject};
use crate::document::{Document, Node};
use crate::model::{Edition, Entry, Measure, Plan, PlanSet, Report, Table, Workspace};

macro_rules! reasons {
    ($($variant:ident: $ja:literal, $en:literal;)*) => {
        /// Why a rule was not evaluated.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Reason { $($variant,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Reason] = &[$(Reason::$variant,)*];

            /// The reason in both languages; JSON uses the English one.
            #[must_use]
            pub fn words(self) -> Words {
                match self { $(Self::$variant => Words { ja: $ja, en: $en },)* }
            }
        }
    };
}

reasons! {
    NotExpected: "計画が求めていない", "not expected by the plan";
    Excerpt: "抜粋の報告", "excerpt";
    Interim: "中間報告", "interim report";
    Ended: "終了した事業", "ended";
    Damaged: "書式の誤りが先にある", "format error first";
    NoTarget: "予定の数値がない", "no target";
    NoActual: "実績の数値がない", "no actual";
    NoRating: "評価がない", "no rating";
    NoReason: "理由の記載がない", "no reason given";
    NoBand: "計画に評価の基準がない", "no bands in the plan";
    NoScale: "計画に評価の段階がない", "no scale in the plan";
    NoPrior: "前年度の報告がない", "no prior report";
    NoPriorFigure: "前年度の数値がない", "no prior figure";
    UnitDiffers: "単位が違う", "different units";
    TallyDiffers: "延べと実の違い", "different tallies";
    PeriodDiffers: "期間が違う", "different periods";
    ZeroDenominator: "分母が0", "zero denominator";
    Bound: "以上・以下などの数値", "a bound";
    Undecided: "四捨五入の幅で決まらない", "undecided within rounding";
    PartMissing: "内訳に欠けがある", "a part is missing";
    TotalMissing: "合計がない", "no total";
    NotComparable: "比べられない", "not comparable";
    Undefined: "参照先がない", "undefined reference";
    NoDate: "日付がない", "no date";
    NoText: "文章がない", "no text";
    Answered: "理由の記載がある", "a reason is given";
    NoSource: "出典の記載がない", "no source stated";
    NoShares: "割合がない", "no shares";
    NoTotal: "合計の指定がない", "no total declared";
    Few: "件数が少ない", "too few";
    Sensitive: "公表用でない", "not for publication";
    NoIndicator: "指標の数値がない", "no indicator value";
    NoBaseline: "基準値がない", "no baseline";
    NoDirections: "計画に方向性の選択肢がない", "no directions in the plan";
    Draft: "案や暫定の数値", "a draft or provisional figure";
    FileUnread: "読めないファイルがある", "a file could not be read";
    Asked: "ほかの規則が尋ねている", "another rule asks";
    Repeat: "再掲の事業", "shown again";
    NoCounts: "数値をとらない事業", "no counts are kept";
    NoEntries: "事業の記載がない報告", "a report without entries";
    NotStarted: "まだ始まっていない事業", "not started yet";
    NoAsOf: "基準日がない", "no as-of date";
    YearUncertain: "年が決まらない日付", "a date whose year is uncertain";
    NotEvaluated: "対象の規則を使っていない", "the rule itself was not evaluated";
}

/// How often a rule was evaluated, how often it failed, and how often it was not evaluated, by
/// reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How often it looked at something.
    pub evaluated: u64,
    /// How often it found something.
    pub failed: u64,
    /// How often it could not look, by reason.
    pub not_evaluated: Vec<(Reason, u64)>,
}

impl Score {
    /// Adds another score.
    pub fn add(&mut self, other: &Score) {
        self.evaluated += other.evaluated;
        self.failed += other.failed;
        for (reason, times) in &other.not_evaluated {
            self.skip(*reason, *times);
        }
    }

    fn skip(&mut self, reason: Reason, times: u64) {
        match self.not_evaluated.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += times,
            None => {
                self.not_evaluated.push((reason, times));
                self.not_evaluated.sort_unstable();
            }
        }
    }
}

/// Where rules write what they find.
#[derive(Debug)]
pub struct Ledger {
    levels: Vec<Level>,
    scores: Vec<Score>,
    findings: Vec<Finding>,
    subject: Subject,
}

impl Ledger {
    /// A ledger for one file.
    #[must_use]
    pub fn new(settings: &Settings, file: &str) -> Self {
        Self {
            levels: RULES.iter().map(|rule| settings.level_in(rule.id, file)).collect(),
            scores: RULES.iter().map(|_| Score::default()).collect(),
            findings: Vec::new(),
            subject: Subject::default(),
        }
    }

    /// Whether a rule is on.
    #[inline]
    #[must_use]
    pub fn is_on(&self, rule: RuleId) -> bool {
        self.levels[rule as usize] > Level::Off
    }

    /// What the next findings are about.
    pub fn set_subject(&mut self, subject: Subject) {
        self.subject = subject;
    }

    /// The next findings are about an entry of the same plan and year.
    pub fn set_entry(&mut self, scope: &EntryScope<'_>) {
        let measure = self.subject.measure.get_or_insert_default();
        measure.clear();
        measure.push_str(scope.entry.measure.text);
        let departments = scope.departments();
        self.subject.departments.truncate(departments.len());
        for (index, department) in departments.enumerate() {
            match self.subject.departments.get_mut(index) {
                Some(known) => department.clone_into(known),
                None => self.subject.departments.push(department.to_owned()),
            }
        }
    }

    /// What findings are about at present.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The rule looked at something and it is right.
    #[inline]
    pub fn pass(&mut self, rule: RuleId) {
        if self.is_on(rule) {
            self.scores[rule as usize].evaluated += 1;
        }
    }

    /// The rule looked at so many things and they are right.
    pub fn pass_times(&mut self, rule: RuleId, times: u64) {
        if self.is_on(rule) {
            self.scores[rule as usize].evaluated += times;
        }
    }

    /// The rule could not look.
    pub fn skip(&mut self, rule: RuleId, reason: Reason) {
        if self.is_on(rule) {
            self.scores[rule as usize].skip(reason, 1);
        }
    }

    /// The rule found something.
    pub fn fail(&mut self, mut finding: Finding) {
        let rule = finding.rule;
        if !self.is_on(rule) {
            return;
        }
        let score = &mut self.scores[rule as usize];
        score.evaluated += 1;
        score.failed += 1;
        finding.level = self.levels[rule as usize];
        if finding.subject == Subject::default() {
            finding.subject = self.subject.clone();
        }
        self.findings.push(finding);
    }

    /// Passes where there is no finding, and fails where there is one.
    pub fn judge(&mut self, rule: RuleId, finding: Option<Finding>) {
        match finding {
            Some(finding) => self.fail(finding),
            None => self.pass(rule),
        }
    }

    /// What was written.
    #[must_use]
    pub fn close(self) -> (Vec<Finding>, Vec<Score>) {
        (self.findings, self.scores)
    }
}

/// A plan as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct PlanScope<'a> {
    /// Everything that was read.
    pub workspace: &'a Workspace<'a>,
    /// The plan with its reports.
    pub set: &'a PlanSet<'a>,
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// The settings.
    pub settings: &'a Settings,
}

/// A report as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct ReportScope<'a> {
    /// Everything that was read.
    pub workspace: &'a Workspace<'a>,
    /// The plan with its reports.
    pub set: &'a PlanSet<'a>,
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// The report.
    pub report: &'a Report<'a>,
    /// The report of the year before.
    pub prior: Option<&'a Report<'a>>,
    /// The settings.
    pub settings: &'a Settings,
}

impl<'a> ReportScope<'a> {
    /// A report of a plan.
    #[must_use]
    pub fn new(workspace: &'a Workspace<'a>, set: &'a PlanSet<'a>, report: &'a Report<'a>, settings: &'a Settings) -> Self {
        Self { workspace, set, plan: &set.plan, report, prior: set.prior(workspace, report), settings }
    }

    /// Why nothing of that name is asked of the report, if it is not.
    #[must_use]
    pub fn not_asked(&self, name: &str) -> Option<Reason> {
        if self.report.edition == Edition::Excerpt {
            Some(Reason::Excerpt)
        } else if !name.is_empty() && !self.plan.expects.has(name) {
            Some(Reason::NotExpected)
        } else {
            None
        }
    }

    /// Whether an entry is about a measure that the plan does not know: it may be the one that is
    /// missed elsewhere.
    #[must_use]
    pub fn has_unknown_entry(&self) -> bool {
        self.report.entries.iter().any(|entry| !self.plan.knows_measure(entry.measure.text))
    }

    /// Whether something inside a node is damaged, so that a rule had better not ask for it.
    #[must_use]
    pub fn is_damaged(&self, node: Node<'_>) -> bool {
        self.workspace.damage.is_in(node)
    }

    /// The entry of a measure in a report of this plan or the one before it, for the same
    /// departments where several report separately.
    #[must_use]
    pub fn entry_in(&self, report: &'a Report<'a>, measure: &Measure<'a>, entry: &Entry<'a>) -> Option<&'a Entry<'a>> {
        let same_plan = report.plan.text == self.plan.id.text;
        let entries = measure.entries_in(report, same_plan);
        let same = |other: &Entry<'_>| other.departments.iter().map(|id| id.text).eq(entry.departments.iter().map(|id| id.text));
        let only = entries.clone().next().filter(|_| entries.len() == 1);
        match only {
            Some(only) if entry.departments.is_empty() || only.departments.is_empty() => Some(only),
            _ => entries.clone().find(|other| same(other)),
        }
    }
}

/// An entry as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct EntryScope<'a> {
    /// The report.
    pub report: ReportScope<'a>,
    /// The entry.
    pub entry: &'a Entry<'a>,
    /// Its measure.
    pub measure: Option<&'a Measure<'a>>,
    /// The entry of the year before.
    pub prior_entry: Option<&'a Entry<'a>>,
    /// Whether something in it is damaged.
    pub damaged: bool,
    /// The dates of its texts, where several rules ask for them.
    pub dates: Option<&'a Dates>,
    /// How its actuals stand to their targets, where several rules ask for it.
    pub standings: Option<&'a Standings>,
}

impl<'a> Deref for EntryScope<'a> {
    type Target = ReportScope<'a>;

    fn deref(&self) -> &ReportScope<'a> {
        &self.report
    }
}

impl<'a> EntryScope<'a> {
    /// An entry of a report.
    #[must_use]
    pub fn new(report: ReportScope<'a>, entry: &'a Entry<'a>) -> Self {
        let measure = report.plan.measure(entry.measure.text);
        let prior_entry = report.prior.zip(measure).and_then(|(prior, measure)| report.entry_in(prior, measure, entry));
        Self { report, entry, measure, prior_entry, damaged: report.is_damaged(entry.node), dates: None, standings: None }
    }

    /// The dates in a text of the entry.
    #[must_use]
    pub fn dates_in(&self, node: Node<'_>, text: &str) -> Rc<[FoundDate]> {
        match self.dates {
            Some(dates) => dates.of(node, text),
            None => find_dates(text).collect(),
        }
    }

    /// Why nothing of that name is asked of the entry, if it is not. An entry that has ended is
    /// asked for no rating and no target.
    #[must_use]
    pub fn not_asked(&self, name: &str) -> Option<Reason> {
        if let Some(reason) = self.report.not_asked(name) {
            return Some(reason);
        }
        if self.damaged {
            return Some(Reason::Damaged);
        }
        let ends = matches!(name, "ratings" | "reasons" | "targets" | "next" | "directions");
        (ends && self.entry.has_ended()).then_some(Reason::Ended)
    }

    /// The departments that answer for it.
    #[must_use]
    pub fn departments(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let own = &self.entry.departments;
        let list =
            if own.is_empty() { self.measure.map(|measure| measure.departments.as_slice()).unwrap_or_default() } else { own.as_slice() };
        list.iter().map(|department| department.text)
    }

    /// What findings about it are about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            plan: Some(self.plan.id.text.to_owned()),
            year: Some(self.report.report.year.number()),
            measure: Some(self.entry.measure.text.to_owned()),
            departments: self.departments().map(ToOwned::to_owned).collect(),
        }
    }
}

/// A table as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct TableScope<'a> {
    /// The report.
    pub report: ReportScope<'a>,
    /// The table.
    pub table: &'a Table<'a>,
}

impl<'a> Deref for TableScope<'a> {
    type Target = ReportScope<'a>;

    fn deref(&self) -> &ReportScope<'a> {
        &self.report
    }
}

/// The function of a family of rules, by what it looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// Found while files are read, parsed and held against the schema.
    Loader,
    /// Found when every other finding is known.
    Outcome,
    /// Looks at the text of a plan or report, whatever it means.
    Document(fn(&Document<'_>, &Settings, &mut Ledger)),
    /// Looks at a plan.
    Plan(fn(&PlanScope<'_>, &mut Ledger)),
    /// Looks at a report.
    Report(fn(&ReportScope<'_>, &mut Ledger)),
    /// Looks at an entry.
    Entry(fn(&EntryScope<'_>, &mut Ledger)),
    /// Looks at a table.
    Table(fn(&TableScope<'_>, &mut Ledger)),
}
