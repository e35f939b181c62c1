//! The words of a cell: passages, figures, events and costs, a line each.

use crate::report::document::view::{
    CostView, CountView, DepartmentView, DocumentView, EntryView, EventView, FigureView, MeasureView, PassageView, PolicyView,
};

/// Which figures of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What was counted.
    Actual,
    /// What was planned.
    Target,
}

/// A word of the layouts, or of workbooks alone.
pub(super) fn word(view: &DocumentView, name: &str) -> &'static str {
    let own = OWN.iter().find(|(own, ..)| *own == name).map(|(_, ja, en)| if view.lang == "ja" { *ja } else { *en });
    own.or_else(|| view.words.get(name).copied()).unwrap_or_default()
}

/// What the templates have no word for, in both languages.
const OWN: [(&str, &str, &str); 3] = [("figure", "数値", "figure"), ("figures", "数値一覧", "figures"), ("meeting", "会議", "meeting")];

/// Lines that are not empty, one below the other.
pub(super) fn stack(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// Words, or what stands for missing ones.
pub(super) fn passage(passage: Option<&PassageView>) -> String {
    passage.map(|passage| passage.text.clone()).unwrap_or_default()
}

/// The names of departments.
pub(super) fn names(departments: &[DepartmentView], joined: &str) -> String {
    departments.iter().map(|department| department.name.as_str()).collect::<Vec<_>>().join(joined)
}

/// A measure's title with its marks.
pub(super) fn measure(view: &DocumentView, measure: &MeasureView) -> String {
    let mark = measure.mark.as_ref().map(|mark| format!("【{mark}】")).unwrap_or_default();
    let repeats = if measure.repeats.is_some() { format!("【{}】", word(view, "repeats")) } else { String::new() };
    format!("{mark}{repeats}{}", measure.title)
}

/// A measure's number and title.
pub(super) fn numbered(view: &DocumentView, of: &MeasureView) -> String {
    let number = of.number.as_ref().map(|number| format!("{number}　")).unwrap_or_default();
    format!("{number}{}", measure(view, of))
}

/// A policy's tier, place and title.
pub(super) fn policy(policy: &PolicyView) -> String {
    match (policy.depth, policy.tier_text) {
        (0, Some(tier)) => format!("{tier}{}　{}", policy.number, policy.title),
        (1, _) => format!("({})　{}", policy.number, policy.title),
        _ => policy.title.clone(),
    }
}

/// The figure of a count.
pub(super) fn figure(count: &CountView, kind: Kind) -> Option<&FigureView> {
    match kind {
        Kind::Actual => count.actual.as_ref(),
        Kind::Target => count.target.as_ref(),
    }
}

/// What a count is called, after what it is a part of.
pub(super) fn label(view: &DocumentView, count: &CountView) -> String {
    let own = count.label.as_deref().unwrap_or_default();
    let of = if count.relation == Some("within") && !own.contains("うち") { word(view, "of") } else { "" };
    format!("{of}{own}")
}

/// The figures of one kind, parts below their totals.
pub(super) fn counts(view: &DocumentView, list: &[CountView], kind: Kind) -> String {
    let mut lines = Vec::new();
    push_counts(view, list, kind, "", &mut lines);
    lines.join("\n")
}

fn push_counts(view: &DocumentView, list: &[CountView], kind: Kind, indent: &str, lines: &mut Vec<String>) {
    let mut above: Option<&str> = None;
    for count in list {
        let shown = match kind {
            Kind::Actual => count.has_actual,
            Kind::Target => count.has_target,
        };
        if !shown && count.missing.is_none() {
            continue;
        }
        if let Some(department) = &count.department
            && above != Some(department)
        {
            lines.push(format!("{indent}《{department}》"));
        }
        above = count.department.as_deref();
        let figure = figure(count, kind);
        let name = label(view, count);
        let colon = if count.label.is_some() && (figure.is_some() || count.missing.is_some()) { "：" } else { "" };
        let value = match (&count.missing, figure) {
            (Some(why), _) => why.text.clone(),
            (None, figure) => format!("{}{}", figure.map(|figure| figure.text.as_str()).unwrap_or_default(), remark(view, count, kind)),
        };
        lines.push(format!("{indent}{name}{colon}{value}"));
        push_counts(view, &count.parts, kind, &format!("{indent}　"), lines);
    }
}

/// What is said of a figure, in brackets.
pub(super) fn remark(view: &DocumentView, count: &CountView, kind: Kind) -> String {
    let mut text = String::new();
    if let Some(prior) = count.prior.as_ref().filter(|_| kind == Kind::Actual || !count.has_actual) {
        let period = count.prior_period.as_deref().unwrap_or(word(view, "prior"));
        text.push_str(&format!("（{period}：{}）", prior.text));
    }
    if let Some(year) = count.carried_over.as_ref().filter(|_| kind == Kind::Target) {
        let words = if count.carried_over_about { "carried_over_about" } else { "carried_over" };
        text.push_str(&format!("（{}{}）", year.text, word(view, words)));
    }
    let own = match kind {
        Kind::Actual => &count.actual_remark,
        Kind::Target => &count.target_remark,
    };
    if !own.is_empty() {
        text.push_str(&format!("（{own}）"));
    }
    text
}

/// Actual figures with their breakdowns, planned ones beside them.
pub(super) fn both(view: &DocumentView, list: &[CountView], indent: &str) -> String {
    let lines = list.iter().map(|count| {
        let name = label(view, count);
        let colon = if count.label.is_some() { "：" } else { "" };
        let mut text = format!("{indent}{name}{colon}");
        if let Some(why) = &count.missing {
            text.push_str(&why.text);
        } else {
            if let Some(actual) = &count.actual {
                text.push_str(&actual.text);
            }
            if count.has_actual {
                text.push_str(&remark(view, count, Kind::Actual));
            }
            if let Some(target) = &count.target {
                let gap = if count.actual.is_some() { "　" } else { "" };
                text.push_str(&format!("{gap}{} {}{}", word(view, "targets"), target.text, remark(view, count, Kind::Target)));
            }
        }
        stack([text, both(view, &count.parts, &format!("{indent}　"))])
    });
    stack(lines)
}

/// Dated events, a line each.
pub(super) fn events(view: &DocumentView, list: &[EventView]) -> String {
    stack(list.iter().map(|event| {
        let title = event.title.as_ref().map(|title| format!("　{title}")).unwrap_or_default();
        let came = event.attendance.as_ref().map(|came| format!("（{}）", came.text)).unwrap_or_default();
        let off = if event.held { String::new() } else { format!("（{}）", word(view, "called_off")) };
        format!("{}{title}{came}{off}", event.when)
    }))
}

/// What a measure cost.
pub(super) fn cost(view: &DocumentView, cost: &CostView) -> String {
    let mut lines = Vec::new();
    lines.extend(cost.missing.as_ref().map(|why| why.text.clone()));
    lines.extend(cost.amount.as_ref().map(|amount| amount.text.clone()));
    for item in &cost.items {
        lines.extend(item.title.clone());
        lines.extend(item.amount.as_ref().map(|amount| amount.text.clone()));
        lines.extend(item.same_as.as_ref().map(|id| format!("（{id} {}）", word(view, "same_as"))));
    }
    match (&cost.note, &cost.missing) {
        (None, _) if !cost.shared_with.is_empty() => {
            lines.push(format!("（{}：{}）", word(view, "shared"), cost.shared_with.join(word(view, "joined"))));
        }
        (Some(note), None) => lines.push(format!("（{note}）")),
        _ => {}
    }
    stack(lines)
}

/// A remark on an entry.
pub(super) fn note(entry: &EntryView) -> String {
    entry.note.as_ref().map(|note| format!("（{note}）")).unwrap_or_default()
}

/// A rating behind its word.
pub(super) fn rating(view: &DocumentView, entry: &EntryView) -> String {
    let Some(rating) = &entry.rating else { return String::new() };
    let label = rating.label.as_ref().map(|label| format!("（{label}）")).unwrap_or_default();
    let missing = rating.missing.as_ref().map(|why| why.text.as_str()).unwrap_or_default();
    format!("{}：{}{label}{missing}", word(view, "rating"), rating.grade)
}

/// Why there are no figures.
pub(super) fn counts_missing(entry: &EntryView) -> String {
    entry.counts_missing.as_ref().map(|why| why.text.clone()).unwrap_or_default()
}
