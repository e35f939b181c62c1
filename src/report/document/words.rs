//! The words that the layouts themselves put on paper, in both languages, and those that stand for
//! the values of the data model. No city's words are among them.

use std::collections::BTreeMap;

use crate::catalogue::{Lang, Words};
use crate::model::{Edition, MissingReason, Status, TierOfPolicy};

const fn words(ja: &'static str, en: &'static str) -> Words {
    Words { ja, en }
}

/// The words of the layouts, by the name that templates use.
const WORDS: &[(&str, Words)] = &[
    ("actual", words("実績", "actual")),
    ("actuals", words("実績数", "actual figures")),
    ("agenda", words("議事", "agenda")),
    ("all", words("計", "total")),
    ("as_of", words("現在", "as of")),
    ("attendees", words("出席者", "attendees")),
    ("absent", words("欠席者", "absent")),
    ("audience", words("対象者", "audience")),
    ("base", words("回答者数", "people who answered")),
    ("baseline", words("基準値", "baseline")),
    ("called_off", words("中止", "called off")),
    ("carried_over", words("実績", "actual")),
    ("carried_over_about", words("実績と同程度", "actual, about")),
    ("cost", words("経費", "cost")),
    ("date", words("日時", "date")),
    ("department", words("担当課", "department")),
    ("direction", words("方向性", "direction")),
    ("draft", words("案", "draft")),
    ("effect", words("効果", "effect")),
    ("help", words("相談窓口", "where to get help")),
    ("indicator", words("指標", "indicator")),
    ("indicators", words("数値目標", "indicators")),
    ("joined", words("、", ", ")),
    ("measure", words("事業名", "measure")),
    ("meetings", words("会議の開催状況", "meetings")),
    ("multiple", words("複数回答", "several answers each")),
    ("next_counts", words("予定数", "planned figures")),
    ("next_plan", words("実施計画", "plan")),
    ("note", words("備考", "note")),
    ("notes", words("注記", "notes")),
    ("number", words("No.", "No.")),
    ("of", words("うち", "of which ")),
    ("plan", words("計画", "plan")),
    ("policy", words("施策", "policy")),
    ("prior", words("前年度", "last year")),
    ("progress_words", words("取組の進捗状況", "progress")),
    ("project", words("取組", "action")),
    ("projects", words("主な取組", "main actions")),
    ("provisional", words("暫定値", "provisional")),
    ("rating", words("評価", "rating")),
    ("rating_scale", words("評価の区分", "ratings")),
    ("reason", words("評価の理由", "reason")),
    ("repeats", words("再掲", "repeated")),
    ("result", words("実績", "result")),
    ("results", words("実施結果", "results")),
    ("same_as", words("再掲", "same as")),
    ("schedule", words("年度別計画", "schedule")),
    ("shared", words("共通", "shared with")),
    ("source", words("出典", "source")),
    ("stage", words("対象", "stage of life")),
    ("statistics", words("統計", "statistics")),
    ("summary", words("事業概要", "summary")),
    ("target", words("目標値", "target")),
    ("targets", words("予定数", "planned figures")),
    ("unit", words("単位", "unit")),
    ("venue", words("場所", "venue")),
];

/// The words of the layouts in one language.
#[must_use]
pub fn all(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    WORDS.iter().map(|(name, words)| (*name, words.get(lang))).collect()
}

/// A reason as the files write it.
#[must_use]
pub fn reason(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::NotPlanned => "not-planned",
        MissingReason::NotHeld => "not-held",
        MissingReason::NotCounted => "not-counted",
        MissingReason::NotApplicable => "not-applicable",
        MissingReason::Pending => "pending",
        MissingReason::Withheld => "withheld",
        MissingReason::Ended => "ended",
        MissingReason::Unknown => "unknown",
        MissingReason::Unstated => "unstated",
    }
}

/// What is printed where a value is missing: a bare mark only where the report gives no reason.
#[must_use]
pub fn missing(reason: MissingReason) -> Words {
    match reason {
        MissingReason::NotPlanned => words("予定なし", "none planned"),
        MissingReason::NotHeld => words("実施なし", "not held"),
        MissingReason::NotCounted => words("集計なし", "not counted"),
        MissingReason::NotApplicable => words("該当なし", "not applicable"),
        MissingReason::Pending => words("集計中", "pending"),
        MissingReason::Withheld => words("非公表", "not published"),
        MissingReason::Ended => words("終了", "ended"),
        MissingReason::Unknown => words("不明", "unknown"),
        MissingReason::Unstated => words("―", "–"),
    }
}

/// A state of progress in words; as written where it is none of the model's.
#[must_use]
pub fn progress(state: &str, lang: Lang) -> String {
    let known = match state {
        "done" => words("実施済み", "done"),
        "ongoing" => words("実施中", "ongoing"),
        "scheduled" => words("実施予定", "scheduled"),
        "not-started" => words("未実施", "not started"),
        "ended" => words("終了", "ended"),
        other => return other.to_owned(),
    };
    known.get(lang).to_owned()
}

/// An edition as the files write it, and in words.
#[must_use]
pub fn edition(edition: Edition) -> (&'static str, Words) {
    match edition {
        Edition::Annual => ("annual", words("年次報告", "annual report")),
        Edition::Interim => ("interim", words("中間報告", "interim report")),
        Edition::Excerpt => ("excerpt", words("抜粋", "excerpt")),
    }
}

/// A status as the files write it, and in words.
#[must_use]
pub fn status(status: Status) -> (&'static str, Words) {
    match status {
        Status::Draft => ("draft", words("案", "draft")),
        Status::Final => ("final", words("確定", "final")),
    }
}

/// A tier as the files write it, and in words.
#[must_use]
pub fn tier(tier: TierOfPolicy) -> (&'static str, Words) {
    match tier {
        TierOfPolicy::Basic => ("basic", words("基本施策", "Basic policy")),
        TierOfPolicy::Priority => ("priority", words("重点施策", "Priority policy")),
    }
}

/// A statistic in words; as written where it has no name of its own in the model.
#[must_use]
pub fn statistic(name: &str, lang: Lang) -> String {
    let known = match name {
        "vital" => words("人口動態統計", "vital statistics"),
        "police" => words("警察の統計", "police statistics"),
        "survey" => words("アンケート調査", "survey"),
        other => return other.to_owned(),
    };
    known.get(lang).to_owned()
}

/// What a source says of its figures: settled or not; as written where it says something else.
#[must_use]
pub fn source_status(status: &str, lang: Lang) -> String {
    let known = match status {
        "final" => words("確定値", "final"),
        "provisional" => words("暫定値", "provisional"),
        other => return other.to_owned(),
    };
    known.get(lang).to_owned()
}
