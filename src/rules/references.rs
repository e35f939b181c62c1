//! Ids that lead nowhere, or to two places: of every kind of id, side by side.
//!
//! One wrong id that is used twenty times is one finding with twenty places.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::document::Node;
use crate::model::{CountValue, Entry, Measure, Plan, Report, Text, Workspace};
use crate::rule::{EntryScope, Ledger, PlanScope, Reason, ReportScope};
use crate::text;

/// Uses of ids that are not defined, by id, in the order in which they were met.
struct Undefined<'a> {
    rule: RuleId,
    uses: BTreeMap<(usize, String), Vec<Use<'a>>>,
    order: Vec<String>,
}

struct Use<'a> {
    node: Node<'a>,
    subject: Subject,
}

impl<'a> Undefined<'a> {
    fn new(rule: RuleId) -> Self {
        Self { rule, uses: BTreeMap::new(), order: Vec::new() }
    }

    fn add(&mut self, id: &str, node: Node<'a>, subject: &Subject) {
        let index = self.order.iter().position(|known| known == id).unwrap_or_else(|| {
            self.order.push(id.to_owned());
            self.order.len() - 1
        });
        self.uses.entry((index, id.to_owned())).or_default().push(Use { node, subject: subject.clone() });
    }

    /// A finding for each id; `near` names a defined one that was perhaps meant.
    fn settle(self, ledger: &mut Ledger, near: impl Fn(&str) -> Option<(String, Option<Node<'a>>)>, context: &str) {
        for ((_, id), uses) in self.uses {
            let Some(first) = uses.first() else { continue };
            let mut finding = Finding::new(self.rule, first.node).arg("id", id.clone()).arg("context", context).discriminator(id.clone());
            finding.subject = first.subject.clone();
            if uses.len() == 1 {
                if let Some((known, node)) = near(&id) {
                    finding = finding.variant("near").arg("known", known);
                    if let Some(node) = node {
                        finding = finding.related("definition", node);
                    }
                }
            } else {
                finding = finding.variant("several").arg("times", uses.len());
                if let Some((known, node)) = near(&id) {
                    finding = finding.variant("several-near").arg("known", known);
                    if let Some(node) = node {
                        finding = finding.related("definition", node);
                    }
                }
                for other in &uses[1..] {
                    finding = finding.related("again", other.node);
                }
            }
            ledger.fail(finding);
        }
    }
}

fn nearest<'a>(id: &str, known: impl Iterator<Item = Text<'a>>) -> Option<(String, Option<Node<'a>>)> {
    let known: Vec<Text<'a>> = known.collect();
    let near = text::did_you_mean(id, known.iter().map(|text| text.text))?;
    let node = known.iter().find(|text| text.text == near).map(|text| text.node);
    Some((near.to_owned(), node))
}

/// Holds the ids of a plan together.
pub fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    municipality_code(scope.plan, ledger);
    duplicates_in_plan(scope, ledger);
    departments_of_plan(scope.plan, ledger);
    policies(scope.plan, ledger);
    measures_of_plan(scope.plan, ledger);
    counts_of_plan(scope.plan, ledger);
    super::circles::plan(scope.plan, ledger);
}

/// The check digit of a code of a local government. Source: the code table of the Ministry of
/// Internal Affairs and Communications; JIS X 0401 and X 0402.
#[must_use]
pub fn check_digit(five: &[u8]) -> u8 {
    let sum: u32 = five.iter().zip([6u32, 5, 4, 3, 2]).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let rest = if sum < 11 { 11 - sum } else { 11 - sum % 11 };
    b'0' + u8::try_from(rest % 10).unwrap_or(0)
}

fn municipality_code(plan: &Plan<'_>, ledger: &mut Ledger) {
    let rule = RuleId::BadMunicipalityCode;
    let Some(node) = plan.code else { return };
    let Some(code) = node.as_str() else { return };
    let digits = code.as_bytes();
    if digits.len() != 6 || !digits.iter().all(u8::is_ascii_digit) {
        return ledger.fail(Finding::new(rule, node).variant("form").arg("code", code));
    }
    let expected = check_digit(&digits[..5]);
    if digits[5] == expected {
        return ledger.pass(rule);
    }
    let right = format!("{}{}", &code[..5], char::from(expected));
    ledger.fail(Finding::new(rule, node).arg("code", code).arg("right", right));
}

/// Whether no id stands twice: nearly always, and ids are nearly always in order.
fn are_different(ids: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    let mut sorted: Vec<&str> = ids.iter().map(|(id, _)| &**id).collect();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

fn duplicates<'a>(ids: impl Iterator<Item = (Cow<'a, str>, Node<'a>)>, subject: &dyn Fn() -> Subject, ledger: &mut Ledger) {
    let ids: Vec<(Cow<'a, str>, Node<'a>)> = ids.collect();
    if are_different(&ids) {
        return ledger.pass_times(RuleId::DuplicateId, ids.len() as u64);
    }
    let mut seen: BTreeMap<Cow<'a, str>, Node<'a>> = BTreeMap::new();
    for (id, node) in ids {
        match seen.get(&id) {
            Some(first) => {
                let mut finding = Finding::new(RuleId::DuplicateId, node).arg("id", &*id).related("first", *first).discriminator(id);
                finding.subject = subject();
                ledger.fail(finding);
            }
            None => {
                seen.insert(id, node);
                ledger.pass(RuleId::DuplicateId);
            }
        }
    }
}

fn named<'a>(texts: impl Iterator<Item = Text<'a>>) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> {
    texts.map(|text| (Cow::Borrowed(text.text), text.node))
}

fn duplicates_in_plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    let plan = scope.plan;
    let own = ledger.subject().clone();
    let subject = || own.clone();
    double(scope, ledger);
    duplicates(named(plan.departments.iter().map(|department| department.id)), &subject, ledger);
    duplicates(named(plan.policies.iter().map(|policy| policy.id)), &subject, ledger);
    duplicates(named(plan.indicators.iter().map(|indicator| indicator.id)), &subject, ledger);
    duplicates(named(plan.grades.iter().map(|grade| grade.grade)), &subject, ledger);
    duplicates(named(plan.measures.iter().map(|measure| measure.id)), &subject, ledger);
    for measure in &plan.measures {
        duplicates(named(measure.counts.iter().map(|count| count.id)), &|| about(&own, measure), ledger);
    }
}

/// A plan whose id another plan of the repository has too.
fn double(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    let (rule, id) = (RuleId::DuplicateId, scope.plan.id);
    match scope.workspace.plan(id.text) {
        Some(first) if first.plan.id.node != id.node => {
            ledger.fail(Finding::new(rule, id.node).arg("id", id.text).related("first", first.plan.id.node).discriminator(id.text));
        }
        _ => ledger.pass(rule),
    }
}

fn about(subject: &Subject, measure: &Measure<'_>) -> Subject {
    Subject {
        measure: Some(measure.id.text.to_owned()),
        departments: measure.departments.iter().map(|department| department.text.to_owned()).collect(),
        ..subject.clone()
    }
}

fn departments_of_plan(plan: &Plan<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedDepartment;
    let mut undefined = Undefined::new(rule);
    let subject = ledger.subject().clone();
    let mut used: Vec<(Text<'_>, Option<&Measure<'_>>)> =
        plan.departments.iter().filter_map(|department| department.successor).map(|successor| (successor, None)).collect();
    for measure in &plan.measures {
        let parts = measure.by_department.iter().filter_map(|part| part.get(crate::document::Field::Department).and_then(Text::of));
        let counts = measure.counts.iter().filter_map(|count| count.department);
        used.extend(measure.departments.iter().copied().chain(parts).chain(counts).map(|department| (department, Some(measure))));
    }
    for (department, measure) in used {
        match plan.department(department.text) {
            Some(_) => ledger.pass(rule),
            None => {
                let subject = measure.map_or_else(|| subject.clone(), |measure| about(&subject, measure));
                undefined.add(department.text, department.node, &subject);
            }
        }
    }
    undefined.settle(ledger, |id| near_department(plan, id), "");
    for measure in &plan.measures {
        for id in &measure.departments {
            retired_in_plan(plan, measure, *id, ledger);
        }
    }
}

/// A measure may outlive its department; it may not begin after the department has ended.
fn retired_in_plan(plan: &Plan<'_>, measure: &Measure<'_>, id: Text<'_>, ledger: &mut Ledger) {
    let Some(department) = plan.department(id.text) else { return };
    let Some((first, last)) = measure.first.zip(department.last) else { return };
    if first <= last {
        return ledger.pass(RuleId::RetiredDepartment);
    }
    let mut finding = Finding::new(RuleId::RetiredDepartment, id.node)
        .variant("begins-after")
        .arg("department", department.title())
        .arg("year", first.number())
        .arg("last", last.number())
        .related("definition", department.node);
    finding.subject = about(ledger.subject(), measure);
    ledger.fail(finding);
}

/// A name or alias where an id should stand, or an id nearly right.
fn near_department<'a>(plan: &Plan<'a>, id: &str) -> Option<(String, Option<Node<'a>>)> {
    if let Some(department) = plan.department_named(id) {
        return Some((department.id.text.to_owned(), Some(department.id.node)));
    }
    nearest(id, plan.departments.iter().map(|department| department.id)).or_else(|| {
        let names = plan.departments.iter().flat_map(|department| department.name.into_iter().chain(department.aliases.iter().copied()));
        let (name, _) = nearest(id, names)?;
        let department = plan.department_named(&name)?;
        Some((department.id.text.to_owned(), Some(department.id.node)))
    })
}

fn policies(plan: &Plan<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedPolicy;
    let mut undefined = Undefined::new(rule);
    let subject = ledger.subject().clone();
    for measure in &plan.measures {
        let Some(policy) = measure.policy else { continue };
        match plan.policy(policy.text) {
            Some(_) => ledger.pass(rule),
            None => undefined.add(policy.text, policy.node, &about(&subject, measure)),
        }
    }
    undefined.settle(ledger, |id| nearest(id, plan.policies.iter().map(|policy| policy.id)), "");
}

fn measures_of_plan(plan: &Plan<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedMeasure;
    let mut undefined = Undefined::new(rule);
    let subject = ledger.subject().clone();
    for measure in &plan.measures {
        let Some(repeats) = measure.repeats else { continue };
        match plan.measure(repeats.text) {
            Some(_) => ledger.pass(rule),
            None => undefined.add(repeats.text, repeats.node, &about(&subject, measure)),
        }
    }
    undefined.settle(ledger, |id| nearest(id, plan.measures.iter().map(|measure| measure.id)), "");
}

fn counts_of_plan(plan: &Plan<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedCount;
    let subject = ledger.subject().clone();
    for measure in &plan.measures {
        let mut undefined = Undefined::new(rule);
        for count in &measure.counts {
            let sums = count.sum_of.iter().flatten().copied();
            let rate = count.rate.into_iter().flat_map(|rate| [rate.of, rate.over]);
            let product = count.product_of.iter().copied().filter(|factor| factor.node.as_str().is_some());
            for id in sums.chain(rate).chain(product).chain(count.within).chain(count.same_as.iter().copied()) {
                if is_defined(plan, measure, id) {
                    ledger.pass(rule);
                } else {
                    undefined.add(id.text, id.node, &about(&subject, measure));
                }
            }
        }
        undefined.settle(ledger, |id| nearest(id, measure.counts.iter().map(|count| count.id)), measure.name());
    }
}

/// `count`, `measure/count`; a reference into a table is looked up in the report.
fn is_defined(plan: &Plan<'_>, measure: &Measure<'_>, id: Text<'_>) -> bool {
    let defined = match id.text.split_once('/') {
        Some((other, count)) => plan.measure(other).is_some_and(|other| other.count(count).is_some()),
        None => measure.count(id.text).is_some(),
    };
    defined || id.text.starts_with("table:") || crate::arithmetic::Quantity::parse(id.text).is_ok()
}

/// Holds the ids of a report against its plan.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    ledger.pass(RuleId::UndefinedPlan);
    measures_of_report(scope, ledger);
    grades(scope, ledger);
    directions(scope, ledger);
    departments_of_report(scope, ledger);
    for entry in &scope.report.entries {
        if let Some(measure) = scope.plan.measure(entry.measure.text) {
            counts_of_entry(scope, entry, measure, ledger);
        }
    }
    duplicates_in_report(scope, ledger);
}

/// A report whose plan is not there. `near` is the id of a plan that may have been meant.
pub fn orphan(workspace: &Workspace<'_>, report: &Report<'_>, near: Option<Text<'_>>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedPlan;
    if workspace.damage.has_unreadable_file() {
        return ledger.skip(rule, Reason::FileUnread);
    }
    ledger.set_subject(Subject { plan: Some(report.plan.text.to_owned()), year: Some(report.year.number()), ..Subject::default() });
    let finding = Finding::new(rule, report.plan.node).arg("id", report.plan.text);
    ledger.fail(match near {
        Some(known) => finding.variant("near").arg("known", known.text).related("definition", known.node),
        None => finding,
    });
}

fn of_entry<'a>(scope: &ReportScope<'a>, entry: &'a Entry<'a>) -> Subject {
    EntryScope::new(*scope, entry).subject()
}

fn measures_of_report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedMeasure;
    let mut undefined = Undefined::new(rule);
    for entry in &scope.report.entries {
        let shared = entry.cost.given().into_iter().flat_map(|cost| {
            let items = cost.items.iter().filter_map(|item| item.same_as);
            cost.shared_with.iter().copied().chain(items)
        });
        for id in std::iter::once(entry.measure).chain(shared) {
            if scope.plan.knows_measure(id.text) {
                ledger.pass(rule);
            } else if scope.plan.has_double_measures() {
                // The number that is missing is perhaps the one that was written twice.
                ledger.skip(rule, Reason::Undefined);
            } else {
                undefined.add(id.text, id.node, &of_entry(scope, entry));
            }
        }
    }
    undefined.settle(ledger, |id| nearest(id, scope.plan.measures.iter().map(|measure| measure.id)), "");
}

fn grades(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedGrade;
    let plan = scope.plan;
    let mut undefined = Undefined::new(rule);
    for entry in &scope.report.entries {
        let crate::model::Slot::Given(grade, node) = entry.rating else { continue };
        if plan.grades.is_empty() {
            ledger.skip(rule, Reason::NoScale);
        } else if plan.rank(grade).is_some() {
            ledger.pass(rule);
        } else {
            undefined.add(grade, node, &of_entry(scope, entry));
        }
    }
    let scale = plan.grades.iter().map(|grade| grade.grade.text).collect::<Vec<_>>().join("・");
    undefined.settle(ledger, |id| near_grade(plan, id), &scale);
}

/// A label or a full-width letter where a grade should stand.
fn near_grade<'a>(plan: &Plan<'a>, id: &str) -> Option<(String, Option<Node<'a>>)> {
    let folded = text::fold(id);
    let grade = plan
        .grades
        .iter()
        .find(|grade| grade.label.is_some_and(|label| label.text == id) || text::fold(grade.grade.text).eq_ignore_ascii_case(&folded))?;
    Some((grade.grade.text.to_owned(), Some(grade.grade.node)))
}

fn directions(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedDirection;
    let known = &scope.plan.directions;
    let mut undefined = Undefined::new(rule);
    for entry in &scope.report.entries {
        let crate::model::Slot::Given(direction, node) = entry.direction else { continue };
        if known.is_empty() {
            ledger.skip(rule, Reason::NoDirections);
        } else if known.iter().any(|text| text.text == direction) {
            ledger.pass(rule);
        } else {
            undefined.add(direction, node, &of_entry(scope, entry));
        }
    }
    let choices = known.iter().map(|direction| direction.text).collect::<Vec<_>>().join("・");
    undefined.settle(ledger, |id| nearest(id, known.iter().copied()), &choices);
}

fn departments_of_report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedDepartment;
    let mut undefined = Undefined::new(rule);
    let mut retired = Undefined::new(RuleId::RetiredDepartment);
    for entry in &scope.report.entries {
        let next = entry.next.as_ref().map(|next| &next.plan);
        let passages = [&entry.plan, &entry.result, &entry.reason, &entry.effect].into_iter().chain(next);
        let parts = passages.filter_map(|passage| passage.given()).flat_map(|passage| passage.parts()).filter_map(|part| part.department);
        let mut none = true;
        for id in entry.departments.iter().copied().chain(parts) {
            none = false;
            match scope.plan.department(id.text) {
                None => undefined.add(id.text, id.node, &of_entry(scope, entry)),
                Some(department) if department.exists_in(scope.report.year) => {
                    ledger.pass(rule);
                    ledger.pass(RuleId::RetiredDepartment);
                }
                Some(_) => retired.add(id.text, id.node, &of_entry(scope, entry)),
            }
        }
        if none {
            serving(scope, entry, &mut retired, ledger);
        }
    }
    undefined.settle(ledger, |id| near_department(scope.plan, id), "");
    settle_retired(scope, retired, ledger);
}

/// Where an entry names no department, those of its measure report, each in the years it exists.
fn serving<'a>(scope: &ReportScope<'a>, entry: &Entry<'a>, retired: &mut Undefined<'a>, ledger: &mut Ledger) {
    let Some(measure) = scope.plan.measure(entry.measure.text) else { return };
    let known: Vec<_> = measure.departments.iter().filter_map(|id| scope.plan.department(id.text)).collect();
    if known.is_empty() || known.iter().any(|department| department.exists_in(scope.report.year)) {
        return ledger.pass(RuleId::RetiredDepartment);
    }
    retired.add(known[0].id.text, entry.measure.node, &of_entry(scope, entry));
}

fn settle_retired(scope: &ReportScope<'_>, retired: Undefined<'_>, ledger: &mut Ledger) {
    let year = scope.report.year;
    for ((_, id), uses) in retired.uses {
        let (Some(first), Some(department)) = (uses.first(), scope.plan.department(&id)) else { continue };
        let variant = if department.first.is_some_and(|first| year < first) { "not-yet" } else { "default" };
        let limit = if variant == "not-yet" { department.first } else { department.last };
        let mut finding = Finding::new(RuleId::RetiredDepartment, first.node)
            .variant(variant)
            .arg("department", department.title())
            .arg("year", year.number())
            .arg("last", limit.map_or(0, |year| year.number()))
            .discriminator(id.clone())
            .related("definition", department.node);
        if let Some(successor) = department.successor.and_then(|successor| scope.plan.department(successor.text)) {
            finding = finding.variant("successor").arg("successor", successor.title());
        }
        for other in &uses[1..] {
            finding = finding.related("again", other.node);
        }
        finding.subject = first.subject.clone();
        ledger.fail(finding);
    }
}

fn counts_of_entry<'a>(scope: &ReportScope<'a>, entry: &'a Entry<'a>, measure: &Measure<'_>, ledger: &mut Ledger) {
    let rule = RuleId::UndefinedCount;
    let mut undefined = Undefined::new(rule);
    let next = entry.next.iter().flat_map(|next| &next.counts);
    for value in entry.counts.iter().chain(next) {
        let keys = std::iter::once((value.id(), value.key));
        for (id, node) in keys.chain(parts(value)) {
            match measure.count(id) {
                Some(_) => ledger.pass(rule),
                None => undefined.add(id, node, &of_entry(scope, entry)),
            }
        }
    }
    undefined.settle(ledger, |id| nearest(id, measure.counts.iter().map(|count| count.id)), measure.name());
}

fn parts<'a>(value: &CountValue<'a>) -> impl Iterator<Item = (&'a str, Node<'a>)> {
    value.sum_of.iter().flatten().map(|part| (part.text, part.node))
}

fn duplicates_in_report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let own = ledger.subject().clone();
    let subject = || own.clone();
    let entries = scope.report.entries.iter().map(|entry| {
        let mut departments: Vec<&str> = entry.departments.iter().map(|department| department.text).collect();
        departments.sort_unstable();
        let id = if departments.is_empty() {
            Cow::Borrowed(entry.measure.text)
        } else {
            Cow::Owned(format!("{}（{}）", entry.measure.text, departments.join("・")))
        };
        (id, entry.measure.node)
    });
    duplicates(entries, &subject, ledger);
    duplicates(named(scope.report.tables.iter().map(|table| table.id)), &subject, ledger);
    for table in &scope.report.tables {
        duplicates(named(table.columns.iter().map(|column| column.id)), &subject, ledger);
        duplicates(named(table.rows.iter().map(|row| row.id)), &subject, ledger);
    }
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn check_digits_of_real_codes() {
        for code in ["012131", "112038", "122076", "012033", "132284", "131016", "011002"] {
            let digits = code.as_bytes();
            assert_eq!(check_digit(&digits[..5]), digits[5], "{code}");
        }
    }
}
