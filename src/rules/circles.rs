//! Definitions that lead back to themselves: a total that is a part of itself, a row within a row
//! that lies within it.

use std::collections::BTreeMap;

use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Measure, Plan, Text};
use crate::rule::Ledger;

/// A link from one of some things to another, and where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The thing that it is written at.
    pub from: usize,
    /// The thing that it names.
    pub to: usize,
    /// Where it is written.
    pub at: Node<'a>,
}

/// What leads back to itself.
#[derive(Debug, Default)]
pub struct Circles<'a> {
    /// The links that close a circle, each with the things of the circle, the one it names first.
    pub closing: Vec<(Link<'a>, Vec<usize>)>,
    /// The things that lie on one.
    pub members: Vec<usize>,
}

impl<'a> Circles<'a> {
    /// Follows every link once.
    #[must_use]
    pub fn of(things: usize, links: &[Link<'a>]) -> Self {
        let mut found = Self::default();
        if links.is_empty() {
            return found;
        }
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); things];
        for (at, link) in links.iter().enumerate() {
            if let Some(list) = out.get_mut(link.from) {
                list.push(at);
            }
        }
        let mut seen = vec![false; things];
        for start in 0..things {
            if !seen[start] && !out[start].is_empty() {
                found.walk(start, links, &out, &mut seen);
            }
        }
        found.members.sort_unstable();
        found.members.dedup();
        found
    }

    fn walk(&mut self, start: usize, links: &[Link<'a>], out: &[Vec<usize>], seen: &mut [bool]) {
        let mut path = vec![(start, 0)];
        let mut on_path = vec![false; seen.len()];
        seen[start] = true;
        on_path[start] = true;
        while let Some((thing, next)) = path.last_mut() {
            let Some(link) = out[*thing].get(*next).map(|at| links[*at]) else {
                on_path[*thing] = false;
                path.pop();
                continue;
            };
            *next += 1;
            if link.to >= seen.len() {
                continue;
            }
            if on_path[link.to] {
                let from = path.iter().position(|(thing, _)| *thing == link.to).unwrap_or(0);
                let circle: Vec<usize> = path[from..].iter().map(|(thing, _)| *thing).collect();
                self.members.extend(&circle);
                self.closing.push((link, circle));
            } else if !seen[link.to] {
                seen[link.to] = true;
                on_path[link.to] = true;
                path.push((link.to, 0));
            }
        }
    }

    /// Whether a thing lies on a circle.
    #[must_use]
    pub fn has(&self, thing: usize) -> bool {
        self.members.binary_search(&thing).is_ok()
    }
}

/// The finding for a link that closes a circle; `names` are those of the things on it.
#[must_use]
pub fn finding(at: Node<'_>, id: &str, names: &[&str], context: &str) -> Finding {
    let path = names.iter().chain(names.first()).copied().collect::<Vec<_>>().join(" → ");
    let variant = if names.len() > 1 { "circle" } else { "itself" };
    Finding::new(RuleId::UndefinedCount, at).variant(variant).arg("id", id).arg("context", context).arg("path", path).discriminator(id)
}

/// Counts of a plan that are totals of themselves, or lie within themselves.
pub fn plan(plan: &Plan<'_>, ledger: &mut Ledger) {
    let subject = ledger.subject().clone();
    for measure in &plan.measures {
        let sums = |at: usize| measure.counts[at].sum_of.iter().flatten().copied();
        let within = |at: usize| measure.counts[at].within.into_iter();
        let mut findings = of_measure(measure, sums);
        findings.extend(of_measure(measure, within));
        for mut finding in findings {
            finding.subject = subject.clone();
            finding.subject.measure = Some(measure.id.text.to_owned());
            finding.subject.departments = measure.departments.iter().map(|department| department.text.to_owned()).collect();
            ledger.fail(finding);
        }
    }
}

/// A measure with more counts than this is not looked through count by count.
const MANY: usize = 32;

fn of_measure<'a, I: Iterator<Item = Text<'a>>>(measure: &Measure<'a>, named: impl Fn(usize) -> I) -> Vec<Finding> {
    let all = measure.counts.len();
    let leads_on = |at: usize| named(at).next().is_some();
    // No circle closes where what is named names nothing itself.
    let goes_on = |text: Text<'a>| {
        let id = text.text.split_once('/').map_or(text.text, |(_, count)| count);
        all > MANY || (0..all).any(|at| measure.counts[at].id.text == id && leads_on(at))
    };
    if !(0..all).any(|at| named(at).any(&goes_on)) {
        return Vec::new();
    }
    let index: BTreeMap<&str, usize> = measure.counts.iter().enumerate().rev().map(|(at, count)| (count.id.text, at)).collect();
    let own = |text: Text<'a>| match text.text.split_once('/') {
        Some((other, count)) if other == measure.id.text => index.get(count).copied(),
        Some(_) => None,
        None => index.get(text.text).copied(),
    };
    let links: Vec<Link<'a>> = (0..measure.counts.len())
        .flat_map(|from| named(from).map(move |text| (from, text)))
        .filter_map(|(from, text)| Some(Link { from, to: own(text)?, at: text.node }))
        .collect();
    let circles = Circles::of(measure.counts.len(), &links);
    let name = |at: &usize| measure.counts[*at].id.text;
    circles
        .closing
        .iter()
        .map(|(link, circle)| finding(link.at, name(&link.to), &circle.iter().map(name).collect::<Vec<_>>(), measure.name()))
        .collect()
}
