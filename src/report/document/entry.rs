//! Entries: what a report says of a measure, with its counts as a tree of totals and parts.

use super::figure::{days, figure, missing, owned, passage, text, word, yen};
use super::make::Maker;
use super::view::{CostItemView, CostView, CountView, EntryView, EventView, FigureView, MissingView, NextView, RatingView};
use super::words;
use crate::arithmetic::Quantity;
use crate::calendar::FiscalYear;
use crate::catalogue::Lang;
use crate::document::Field;
use crate::model::{Cost, Count, CountValue, Entry, Event, Fit, Measure, Next, Slot, Tally};

/// Whose actual a target is may be said of an entry of this year or of the next one's plan: both
/// are shown in the same way.
pub(super) fn entry(maker: &Maker<'_, '_>, measure: Option<&Measure<'_>>, entry: &Entry<'_>) -> EntryView {
    let lang = maker.lang;
    let mut counts = counts(maker, measure, &entry.counts);
    if entry.departments.len() == 1 {
        counts.iter_mut().for_each(|count| count.department = None);
    }
    let name = |id: &str| maker.department(id).name;
    let words_of = |slot: &_| passage(slot, &name, lang);
    let progress = word(&entry.progress, lang);
    EntryView {
        progress: entry.progress.given().map(|state| (*state).to_owned()),
        progress_text: progress.map(|word| if word.missing.is_some() { word.text } else { words::progress(&word.text, lang) }),
        plan: words_of(&entry.plan),
        result: words_of(&entry.result),
        has_actuals: counts.iter().any(|count| count.has_actual),
        has_targets: counts.iter().any(|count| count.has_target),
        actuals_missing: one_reason(&counts, |count| count.actual.as_ref()),
        targets_missing: one_reason(&counts, |count| count.target.as_ref()),
        counts,
        counts_missing: entry.counts_missing.as_ref().map(|why| missing(why, lang)),
        rating: rating(maker, &entry.rating),
        reason: words_of(&entry.reason),
        effect: words_of(&entry.effect),
        direction: word(&entry.direction, lang),
        direction_reason: owned(entry.direction_reason),
        cost: cost(maker, &entry.cost),
        events: entry.events.iter().map(|event| self::event(maker, event)).collect(),
        next: entry.next.as_ref().map(|next| self::next(maker, measure, next)),
        note: owned(entry.note),
    }
}

fn next(maker: &Maker<'_, '_>, measure: Option<&Measure<'_>>, next: &Next<'_>) -> NextView {
    let name = |id: &str| maker.department(id).name;
    NextView {
        plan: passage(&next.plan, &name, maker.lang),
        counts: counts(maker, measure, &next.counts),
        counts_missing: next.counts_missing.as_ref().map(|why| missing(why, maker.lang)),
        events: next.events.iter().map(|event| self::event(maker, event)).collect(),
        draft: next.draft,
    }
}

fn rating(maker: &Maker<'_, '_>, slot: &Slot<'_, &str>) -> Option<RatingView> {
    let view = word(slot, maker.lang)?;
    if let Some(why) = view.missing {
        return Some(RatingView { grade: String::new(), label: None, missing: Some(why) });
    }
    let label = maker.plan.grades.iter().find(|grade| grade.grade.text == view.text).and_then(|grade| owned(grade.label));
    Some(RatingView { grade: view.text, label, missing: None })
}

fn cost(maker: &Maker<'_, '_>, slot: &Slot<'_, Box<Cost<'_>>>) -> Option<CostView> {
    let none = || CostView { amount: None, items: Vec::new(), shared_with: Vec::new(), missing: None, note: None };
    match slot {
        Slot::Absent => None,
        Slot::Missing(why) => Some(CostView { missing: Some(missing(why, maker.lang)), ..none() }),
        Slot::Unreadable(node) => {
            let amount: Slot<'_, Quantity<'_>> = Slot::Unreadable(*node);
            Some(CostView { amount: figure(&amount, None, None, maker.print), ..none() })
        }
        Slot::Given(cost, _) => Some(CostView {
            amount: yen(&cost.amount, maker.print),
            items: cost
                .items
                .iter()
                .map(|item| CostItemView {
                    title: owned(item.title),
                    amount: yen(&item.amount, maker.print),
                    same_as: item.same_as.map(|id| maker.measure_name(id.text)),
                })
                .collect(),
            shared_with: cost.shared_with.iter().map(|id| maker.measure_name(id.text)).collect(),
            missing: None,
            note: owned(cost.note),
        }),
    }
}

fn event(maker: &Maker<'_, '_>, event: &Event<'_>) -> EventView {
    let of = |text: Option<crate::model::Text<'_>>| text.map(|text| text.text.to_owned());
    let (date, until, month) = (of(event.date), of(event.until), of(event.month));
    EventView {
        when: days(date.as_deref(), until.as_deref(), month.as_deref(), maker.lang),
        title: owned(event.title),
        attendance: figure(&event.attendance, Some("人"), None, maker.print),
        held: event.held,
    }
}

/// The counts of an entry as a tree: parts stand below their total, and a count that lies within
/// another stands below that one.
fn counts(maker: &Maker<'_, '_>, measure: Option<&Measure<'_>>, values: &[CountValue<'_>]) -> Vec<CountView> {
    let parents = parents(measure, values);
    let below = |index: usize| -> Vec<usize> {
        (0..values.len()).filter(|child| parents[*child].is_some_and(|(parent, _)| parent == index)).collect()
    };
    fn build(
        maker: &Maker<'_, '_>,
        measure: Option<&Measure<'_>>,
        values: &[CountValue<'_>],
        parents: &[Option<(usize, &'static str)>],
        below: &dyn Fn(usize) -> Vec<usize>,
        index: usize,
    ) -> CountView {
        let parts: Vec<CountView> = below(index).into_iter().map(|child| build(maker, measure, values, parents, below, child)).collect();
        let of = |index: usize| measure.and_then(|measure| measure.count(values[index].id()));
        let total = parents[index].and_then(|(parent, _)| of(parent));
        let mut view = count(maker, of(index), total, &values[index]);
        view.relation = parents[index].map(|(_, relation)| relation);
        view.has_actual |= parts.iter().any(|part| part.has_actual);
        view.has_target |= parts.iter().any(|part| part.has_target);
        view.parts = parts;
        view
    }
    let roots = (0..values.len()).filter(|index| parents[*index].is_none());
    roots.map(|index| build(maker, measure, values, &parents, &below, index)).collect()
}

/// For each count the one that it stands below, and how it belongs to it. A count stands below one
/// other at most, and never below itself.
fn parents(measure: Option<&Measure<'_>>, values: &[CountValue<'_>]) -> Vec<Option<(usize, &'static str)>> {
    let at = |id: &str| values.iter().position(|value| value.id() == id);
    let mut parents: Vec<Option<(usize, &'static str)>> = vec![None; values.len()];
    let set = |child: usize, parent: usize, relation: &'static str, parents: &mut Vec<Option<(usize, &'static str)>>| {
        let mut above = Some(parent);
        while let Some(index) = above {
            if index == child {
                return;
            }
            above = parents[index].map(|(parent, _)| parent);
        }
        if parents[child].is_none() {
            parents[child] = Some((parent, relation));
        }
    };
    for (index, value) in values.iter().enumerate() {
        let defined = measure.and_then(|measure| measure.count(value.id()));
        let sums = if value.sum_of.is_empty() { defined.map_or(&[][..], |count| &count.sum_of) } else { &value.sum_of };
        for part in sums.iter().flatten() {
            if let Some(child) = at(part.text) {
                set(child, index, "part", &mut parents);
            }
        }
    }
    for (index, value) in values.iter().enumerate() {
        let within = measure.and_then(|measure| measure.count(value.id())).and_then(|count| count.within);
        if let Some(parent) = within.and_then(|within| at(within.text)) {
            set(index, parent, "within", &mut parents);
        }
    }
    parents
}

fn count(maker: &Maker<'_, '_>, defined: Option<&Count<'_>>, total: Option<&Count<'_>>, value: &CountValue<'_>) -> CountView {
    let lang = maker.lang;
    let unit = defined.and_then(|count| count.unit).map(|unit| unit.text);
    let title = defined.and_then(|count| owned(count.title));
    let tally = defined.and_then(|count| count.tally);
    let prefix = tally.filter(|tally| !says(title.as_deref(), *tally));
    let figure = |slot: &_| figure(slot, unit, prefix, maker.print);
    let (target, actual) = (figure(&value.target), figure(&value.actual));
    let prior = value.prior.as_ref();
    let carried = |year: FiscalYear| super::figure::year(year, lang);
    let as_of = value.as_of.map(|day| super::figure::day(day.text, lang));
    let scope = owned(value.scope).or_else(|| defined.and_then(|count| owned(count.scope)));
    let (period, note) = (owned(value.period), owned(value.note));
    let own = defined.and_then(|count| text(count.node, Field::Note));
    let noted = note.clone().or(own);
    let day = as_of.as_ref().map(|day| if lang == Lang::Ja { format!("{day}現在") } else { format!("as of {day}") });
    let about_target = (actual.is_none() && target.is_some())
        || (target.is_some() && noted.as_deref().is_some_and(|note| speaks_of_plan(note, target.as_ref())));
    let circumstances = [scope.clone(), period.clone(), day].into_iter().flatten();
    let mut remarks: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    remarks[usize::from(actual.is_none() && target.is_some())].extend(circumstances);
    remarks[usize::from(about_target)].extend(noted);
    let [actual_remark, target_remark] = remarks.map(|remarks| remarks.join(if lang == Lang::Ja { "、" } else { ", " }));
    CountView {
        id: value.id().to_owned(),
        label: label(title.as_deref(), total.and_then(|count| count.title).map(|title| title.text)),
        title,
        unit: unit.map(ToOwned::to_owned),
        tally: tally.map(|tally| if tally == Tally::Gross { "gross" } else { "distinct" }),
        department: defined.and_then(|count| count.department).map(|id| maker.department(id.text).name),
        relation: None,
        // Last year's figure or a remark stands with the counted figure, or in its place.
        has_actual: actual.is_some() || (target.is_none() && (prior.is_some() || !actual_remark.is_empty() || !target_remark.is_empty())),
        has_target: target.is_some(),
        target,
        actual,
        prior: prior.and_then(|prior| figure(&prior.value)),
        prior_period: prior.and_then(|prior| owned(prior.period)),
        carried_over: value.carried_over.as_ref().map(|from| carried(from.year)),
        carried_over_about: value.carried_over.as_ref().is_some_and(|from| from.fit == Fit::About),
        missing: value.missing.as_ref().map(|why| missing(why, lang)),
        as_of,
        period,
        scope,
        note,
        actual_remark,
        target_remark,
        sensitive: defined.is_some_and(|count| count.sensitive),
        parts: Vec::new(),
    }
}

/// Why every figure of a kind is missing, where there are several and all say the same and nothing
/// else is said of them.
fn one_reason(counts: &[CountView], figure: fn(&CountView) -> Option<&FigureView>) -> Option<MissingView> {
    let silent = |count: &CountView| count.prior.is_none() && count.actual_remark.is_empty() && count.target_remark.is_empty();
    let plain = |count: &CountView| count.parts.is_empty() && count.missing.is_none() && silent(count);
    let figures: Vec<&FigureView> = counts.iter().filter_map(figure).collect();
    let first = figures.first()?.missing.as_ref()?;
    let same = |figure: &&FigureView| figure.missing.as_ref().is_some_and(|why| why.text == first.text);
    (counts.iter().all(plain) && figures.len() == counts.len() && figures.iter().all(same)).then(|| first.clone())
}

/// Whether a remark is about what was planned rather than about what was counted.
fn speaks_of_plan(note: &str, target: Option<&FigureView>) -> bool {
    let figure = target.and_then(|target| target.printed.as_deref()).unwrap_or_default();
    let digits = figure.trim_matches(|character: char| !character.is_ascii_digit());
    note.contains("予定") || note.contains("計画") || (digits.len() > 1 && note.contains(digits))
}

/// Whether a title says already how people are counted.
fn says(title: Option<&str>, tally: Tally) -> bool {
    let word = if tally == Tally::Gross { "延" } else { "実" };
    title.is_some_and(|title| title.contains(word) || (tally == Tally::Gross && title.contains("述べ")))
}

/// A title without what its total says already.
fn label(title: Option<&str>, total: Option<&str>) -> Option<String> {
    let title = title?;
    let Some(rest) = total.and_then(|total| title.strip_prefix(total)) else { return Some(title.to_owned()) };
    let rest = rest.trim();
    let inner = rest.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')'])).unwrap_or(rest);
    Some(if inner.is_empty() { title.to_owned() } else { inner.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_leaves_out_what_the_total_says() {
        assert_eq!(label(Some("受講者数（職員）"), Some("受講者数")).as_deref(), Some("職員"));
        assert_eq!(label(Some("電話 うち遺族"), Some("電話")).as_deref(), Some("うち遺族"));
        assert_eq!(label(Some("通常巡回"), Some("巡回")).as_deref(), Some("通常巡回"));
        assert_eq!(label(Some("相談"), Some("相談")).as_deref(), Some("相談"));
        assert_eq!(label(None, Some("相談")), None);
    }

    #[test]
    fn a_title_may_say_the_tally() {
        assert!(says(Some("延べ相談件数"), Tally::Gross));
        assert!(!says(Some("相談件数"), Tally::Gross));
        assert!(says(Some("年度末実利用者数"), Tally::Distinct));
        assert!(!says(None, Tally::Distinct));
    }
}
