//! `planlint ignores`: the comments that accept findings.

use std::io::Write;

use super::args::{Common, Ignores, ListFormat};
use super::inputs::{self, Inputs};
use super::progress::Progress;
use super::{CLEAN, End, Ended, deliver, table};
use crate::catalogue::{Lang, RuleId};
use crate::check::{Acceptance, Outcome};

/// Whether a comment does what it says.
#[derive(Clone, Copy)]
enum State {
    /// It hides something.
    Active,
    /// It hides nothing.
    Unused,
    /// Its last day is past.
    Expired,
    /// Its last day cannot be read.
    BadDate,
    /// It gives no reason.
    NoReason,
    /// A rule that it names cannot be switched off.
    Locked,
}

impl State {
    fn of(comment: &Acceptance, hides: usize, inputs: &Inputs) -> Self {
        let locked = |name: &str| name.parse::<RuleId>().is_ok_and(|rule| inputs.settings.locked.contains(&rule));
        if comment.bad_date {
            Self::BadDate
        } else if comment.is_expired(inputs.settings.date) {
            Self::Expired
        } else if comment.reason.is_empty() {
            Self::NoReason
        } else if hides > 0 {
            Self::Active
        } else if comment.rules.iter().any(|(name, _)| locked(name)) {
            Self::Locked
        } else {
            Self::Unused
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Unused => "unused",
            Self::Expired => "expired",
            Self::BadDate => "bad-date",
            Self::NoReason => "no-reason",
            Self::Locked => "locked",
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (_, Lang::En) => self.name(),
            (Self::Active, Lang::Ja) => "有効",
            (Self::Unused, Lang::Ja) => "対象なし",
            (Self::Expired, Lang::Ja) => "期限切れ",
            (Self::BadDate, Lang::Ja) => "期限を読めない",
            (Self::NoReason, Lang::Ja) => "理由なし",
            (Self::Locked, Lang::Ja) => "外せない規則",
        }
    }
}

/// A comment as it is listed.
struct Row {
    file: String,
    line: u32,
    column: u32,
    rules: Vec<String>,
    until: Option<jiff::civil::Date>,
    days_left: Option<i64>,
    state: State,
    hides: usize,
    reason: String,
}

/// Lists the comments.
pub(super) fn run(common: &Common, args: &Ignores, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    let progress = Progress::new(!args.selection.no_progress);
    let (inputs, outcome) = inputs::begin(common, &args.selection, &progress, err)?.check(&args.caching, &progress);
    let rows: Vec<Row> =
        outcome.acceptances.iter().enumerate().filter_map(|(index, comment)| row(index, comment, &inputs, &outcome)).collect();
    let lang = inputs.settings.lang.value;
    let text = match args.format {
        ListFormat::Json => table::json(&json(&rows)),
        ListFormat::Md => table::in_markdown(&head(lang), &cells(&rows, lang)),
        ListFormat::Table if rows.is_empty() => match lang {
            Lang::Ja => "指摘を了承する注釈はありません\n".to_owned(),
            Lang::En => "no comment accepts a finding\n".to_owned(),
        },
        ListFormat::Table => table::plain(&head(lang), &cells(&rows, lang)),
    };
    deliver(out, text.as_bytes())?;
    Ok(End::Status(CLEAN))
}

fn row(index: usize, comment: &Acceptance, inputs: &Inputs, outcome: &Outcome) -> Option<Row> {
    let source = &inputs.files.get(comment.file.0 as usize)?.source;
    let start = source.position(comment.span.start);
    let hides = outcome.accepted.iter().filter(|accepted| accepted.by == index).count();
    let left = |until: jiff::civil::Date| inputs.settings.date.until(until).ok().map(|span| i64::from(span.get_days()));
    Some(Row {
        file: source.name.clone(),
        line: start.line,
        column: start.column,
        rules: comment.rules.iter().map(|(name, _)| name.clone()).collect(),
        until: comment.until,
        days_left: comment.until.and_then(left),
        state: State::of(comment, hides, inputs),
        hides,
        reason: comment.reason.clone(),
    })
}

fn json(rows: &[Row]) -> serde_json::Value {
    let ignores: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            serde_json::json!({
                "file": row.file, "line": row.line, "column": row.column, "rules": row.rules, "reason": row.reason,
                "until": row.until.map(|until| until.to_string()), "days_left": row.days_left,
                "state": row.state.name(), "hides": row.hides,
            })
        })
        .collect();
    serde_json::json!({ "version": 1, "ignores": ignores })
}

fn head(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Ja => ["場所", "規則", "状態", "指摘", "期限", "理由"],
        Lang::En => ["place", "rule", "state", "findings", "until", "reason"],
    }
}

fn cells(rows: &[Row], lang: Lang) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| {
            let until = match (row.until, row.days_left, lang) {
                (None, _, _) => "-".to_owned(),
                (Some(until), Some(days), Lang::Ja) if days >= 0 => format!("{until}（あと{days}日）"),
                (Some(until), Some(days), Lang::En) if days >= 0 => format!("{until} ({days} days left)"),
                (Some(until), _, _) => until.to_string(),
            };
            let place = format!("{}:{}", row.file, row.line);
            vec![place, row.rules.join(", "), row.state.words(lang).to_owned(), row.hides.to_string(), until, row.reason.clone()]
        })
        .collect()
}
