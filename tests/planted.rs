//! Faults planted in clean plans: the right rule, at the right line, and nothing else.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::collections::BTreeSet;

use corpus::faults::NOT_PLANTED;
use corpus::made::{self, Dice, File, Size};
use corpus::planted::{self, Needs};
use corpus::{Faults, SIZES};
use planlint::catalogue::{Lang, RULES};
use planlint::config::Settings;

const CITY: Size = Size { plans: 1, measures: 24, long_tail: false, first: 2022, years: 3 };

/// Settings under which every rule speaks.
fn everything() -> Settings {
    common::settings(Some("profile: publication\nrules: { sentence-too-long: note, vague-progress: note }\n"), None)
}

/// What is found: file, rule and line as in a manifest, and the message.
fn check<'f>(files: impl Iterator<Item = (String, &'f File)>, settings: &Settings) -> Vec<(String, String)> {
    let inputs: Vec<(String, Vec<u8>)> = files.map(|(name, file)| (name, file.bytes())).collect();
    let inputs: Vec<(&str, Vec<u8>)> = inputs.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let (loaded, outcome) = common::check(&inputs, settings);
    let place = |finding: &planlint::diagnostic::Finding| {
        let source = &loaded[finding.place.file.0 as usize].source;
        format!("{}\t{}\t{}", source.name, finding.rule.name(), source.position(finding.place.span.start).line)
    };
    outcome.findings.iter().map(|finding| (place(finding), finding.message(Lang::En))).collect()
}

fn check_plan(files: &[File]) -> Vec<(String, String)> {
    check(files.iter().map(|file| (file.name.clone(), file)), &everything())
}

#[test]
fn made_plans_are_clean() {
    for seed in 1..=20 {
        let files = made::plan(seed, Size { long_tail: true, years: 1 + (seed % 3) as i16, ..CITY });
        let found = check_plan(&files);
        assert!(found.is_empty(), "seed {seed}: {found:#?}");
    }
    for (name, size) in SIZES.iter().filter(|(_, size)| size.plans == 1) {
        let found = check_plan(&made::plan(4, *size));
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

/// How many times each fault is planted, and how many plans are tried for a place.
const TIMES: usize = 2;
const TRIES: u64 = 80;

#[test]
fn one_planted_fault_is_one_finding_in_its_place() {
    let mut wrong = Vec::new();
    for (number, fault) in planted::all().enumerate() {
        let mut dice = Dice::new(number as u64 + 1);
        let mut planted = 0;
        for _ in 0..TRIES {
            let size = Size { years: dice.roll(1, 3) as i16, ..CITY };
            let mut files = made::plan(dice.roll(1, 30_000), size);
            let Some(place) = fault.plant(&mut files, &mut dice) else { continue };
            let wanted = format!("{}\t{}\t{}", files[place.file].name, place.rule, place.line);
            let found = check_plan(&files);
            if found.len() != 1 || found[0].0 != wanted {
                let line = files[place.file].text.lines().nth(place.line - 1).unwrap_or_default();
                wrong.push(format!("{wanted}: {line}: {found:#?}"));
            }
            planted += 1;
            if planted == TIMES {
                break;
            }
        }
        if planted < TIMES {
            wrong.push(format!("{}: planted {planted} times only", fault.rule));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_fault_or_a_reason_for_having_none() {
    let planted: BTreeSet<&str> = planted::all().map(|fault| fault.rule).chain(NOT_PLANTED.iter().copied()).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(planted, rules);
    assert!(NOT_PLANTED.iter().all(|rule| planted::of_rule(rule).next().is_none()));
    // Without settings, a run finds those of most rules.
    assert!(planted::all().filter(|fault| fault.needs == Needs::Nothing).count() > 100);
}

#[test]
fn a_corpus_has_the_faults_of_its_manifest() {
    let size = Size { plans: 16, long_tail: true, years: 2, ..CITY };
    let plans: Vec<corpus::Plan> = corpus::plans(5, size, Faults { share: 0.08, rule: None }).collect();
    let wanted: BTreeSet<String> = plans.iter().flat_map(corpus::Plan::manifest).collect();
    assert!(wanted.len() > 16, "{wanted:#?}");
    let files = plans.iter().flat_map(|plan| plan.files.iter().map(|file| (format!("{}/{}", plan.folder, file.name), file)));
    let found = check(files, &common::settings(None, None));
    let places: BTreeSet<String> = found.iter().map(|(place, _)| place.clone()).collect();
    assert_eq!(places, wanted, "{found:#?}");
    assert_eq!(found.len(), wanted.len());
}

#[test]
fn a_corpus_of_one_rule_has_its_faults_alone() {
    for rule in ["sum-mismatch", "missing-rating", "wrong-weekday"] {
        let size = Size { plans: 6, ..CITY };
        let plans: Vec<corpus::Plan> = corpus::plans(9, size, Faults { share: 1.0, rule: Some(rule) }).collect();
        let planted: Vec<&str> = plans.iter().flat_map(|plan| plan.planted.iter().map(|fault| fault.rule)).collect();
        assert_eq!(planted, [rule; 6]);
    }
}
