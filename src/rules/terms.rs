//! Words that one report writes in several ways: one finding for each word, not for each place.

use std::cell::LazyCell;
use std::sync::LazyLock;

use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::Node;
use crate::model::Text;
use crate::rule::{Ledger, ReportScope};
use crate::text::{FirstLook, TERM_FAMILIES, TermIndex};

use super::phrasing::is_in_quotes;
use super::running::Found;

const RULE: RuleId = RuleId::TermVariant;

/// How many places of a form are kept.
const KEPT: usize = 60;

/// The forms that were met, by family and form.
pub(super) struct Terms<'a> {
    index: Option<&'static TermIndex<'static>>,
    met: Vec<Vec<Vec<Found<'a>>>>,
}

/// The names of a plan and its report; a form inside one is not a choice of the writer.
struct Names<'a>(Vec<&'a str>);

impl<'a> Names<'a> {
    /// The names that a report may use.
    fn of(scope: &ReportScope<'a>) -> Self {
        let plan = scope.plan;
        let texts = plan
            .measures
            .iter()
            .flat_map(|measure| measure.title.into_iter().chain(measure.formerly.iter().filter_map(|former| former.title)))
            .chain(plan.policies.iter().filter_map(|policy| policy.title))
            .chain(plan.departments.iter().flat_map(|department| department.name.into_iter().chain(department.aliases.iter().copied())))
            .chain(plan.title)
            .chain(plan.helplines.iter().map(|helpline| helpline.name))
            .chain(scope.report.tables.iter().filter_map(|table| table.title))
            .chain(scope.report.meetings.iter().filter_map(|meeting| meeting.title))
            .chain(scope.report.entries.iter().flat_map(|entry| entry.events.iter().filter_map(|event| event.title)));
        Self(texts.map(|text: Text<'a>| text.text).collect())
    }

    /// Whether a place of a text lies inside a name.
    fn cover(&self, found: &Found<'_>) -> bool {
        let (Some(text), Some(range)) = (found.node.text(), &found.range) else { return false };
        self.0.iter().filter(|name| name.contains(found.words)).any(|name| {
            name.match_indices(found.words).any(|(place, _)| {
                let start = range.start.checked_sub(place);
                start.and_then(|start| text.get(start..)).is_some_and(|rest| rest.starts_with(name) && name.len() > found.words.len())
            })
        })
    }
}

impl<'a> Terms<'a> {
    /// Ready to look, where the rule is on.
    pub fn new(ledger: &Ledger) -> Self {
        static INDEX: LazyLock<TermIndex<'static>> = LazyLock::new(|| TermIndex::new(TERM_FAMILIES));
        let index = ledger.is_on(RULE).then(|| &*INDEX);
        let met = TERM_FAMILIES.iter().map(|family| vec![Vec::new(); family.forms.len()]).collect();
        Self { index, met }
    }

    /// The forms, where the rule is on.
    pub fn index(&self) -> Option<&'static TermIndex<'static>> {
        self.index
    }

    /// Looks at a text, of which a first look was had with the index.
    pub fn look(&mut self, node: Node<'a>, text: &'a str, first: &FirstLook, ledger: &mut Ledger) {
        let Some(index) = self.index else { return };
        ledger.pass(RULE);
        for found in first.terms(index, text) {
            let places = &mut self.met[found.family][found.form];
            if places.len() < KEPT && !is_in_quotes(text, found.range.start) {
                places.push(Found::part(node, found.range));
            }
        }
    }

    /// Says which words are written in several ways.
    pub fn settle(mut self, scope: &ReportScope<'a>, ledger: &mut Ledger) {
        if self.index.is_none() {
            return;
        }
        let settings = scope.settings;
        let names = LazyCell::new(|| Names::of(scope));
        let least = usize::try_from(settings.integer(RULE, "times")).unwrap_or(1);
        let exempt = settings.words(RULE, "exempt");
        for (family, forms) in self.met.iter_mut().enumerate() {
            let several = forms.iter().filter(|places| !places.is_empty()).count() > 1;
            if !several || TERM_FAMILIES[family].forms.iter().any(|form| exempt.contains(form)) {
                continue;
            }
            for places in forms.iter_mut() {
                places.retain(|found| !names.cover(found));
            }
            forms.retain(|places| !places.is_empty());
            let times: usize = forms.iter().map(Vec::len).sum();
            if forms.len() < 2 || times < least {
                continue;
            }
            if let Some(finding) = variants(forms) {
                ledger.fail(finding);
            }
        }
    }
}

/// One finding at the first place of the rarest form, with a place of each of the others.
fn variants(forms: &mut [Vec<Found<'_>>]) -> Option<Finding> {
    forms.sort_by_key(|places| (std::cmp::Reverse(places.len()), places.first().map(|found| found.node.id())));
    let (rare, others) = forms.split_last()?;
    let first = rare.first()?;
    let list = |before: &str, between: &str, after: &str, join: &str| {
        let shown = forms.iter().filter_map(|places| Some((places.first()?, places.len())));
        shown.map(|(found, times)| format!("{before}{}{between}{times}{after}", found.words)).collect::<Vec<_>>().join(join)
    };
    let forms_listed = Arg::both(list("「", "」", "か所", "、"), list("", " (", ")", ", "));
    let mut finding = first.finding(RULE).arg("found", first.words).arg("forms", forms_listed).discriminator(first.words);
    for places in others {
        if let Some(model) = places.first() {
            let place = model.finding(RULE).place;
            finding = finding.related_with("other", place, vec![("form", model.words.into())]);
        }
    }
    finding = rare.iter().skip(1).fold(finding, |finding, again| finding.again(again.node));
    for again in rare.iter().skip(1).take(4) {
        let place = again.finding(RULE).place;
        finding = finding.related_with("again", place, vec![("form", again.words.into())]);
    }
    Some(finding)
}
