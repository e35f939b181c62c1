//! A run works on one plan after the other: what it finds is what one look at everything finds.

mod common;

use common::{plan, report};
use planlint::check::{self, Outcome, Parsed, Workbench};
use planlint::config::Settings;
use planlint::files::{Loaded, Raw, Role};

fn raw(files: &[(&str, Vec<u8>)]) -> Vec<Raw> {
    files.iter().map(|(name, bytes)| Raw { name: (*name).to_owned(), role: Role::Found, bytes: Ok(bytes.clone()) }).collect()
}

fn at_once(files: &[(&str, Vec<u8>)], settings: &Settings) -> Outcome {
    let loaded: Vec<Loaded> = raw(files).into_iter().enumerate().map(|(number, file)| file.load(number)).collect();
    let parsed = Parsed::new(&loaded, settings, &|| {});
    Workbench::new(&parsed, &loaded).check(settings)
}

/// Holds a run against one look at everything, and hands back what it has found.
fn same(files: &[(&str, String)]) -> Outcome {
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, text)| (*name, text.clone().into_bytes())).collect();
    same_bytes(&files)
}

fn same_bytes(files: &[(&str, Vec<u8>)]) -> Outcome {
    let settings = common::settings(None, None);
    let (loaded, outcome) = check::check(raw(files), &settings, None, &|| {});
    assert_eq!(format!("{outcome:#?}"), format!("{:#?}", at_once(files, &settings)));
    assert_eq!(loaded.len(), files.len());
    assert!(loaded.iter().enumerate().all(|(number, file)| file.source.id.0 as usize == number && file.source.name == files[number].0));
    outcome
}

fn names(outcome: &Outcome) -> Vec<&str> {
    let mut names: Vec<&str> = outcome.findings.iter().map(|finding| finding.rule.name()).collect();
    names.dedup();
    names
}

const FIGURES: &str = "{ target: 10, actual: 12 }";

#[test]
fn plans_beside_each_other() {
    let outcome = same(&[
        ("a/plan.yaml", plan("a", "")),
        ("a/2023.yaml", report("a", 2023, FIGURES)),
        ("a/2024.yaml", report("a", 2024, "{ target: 10, carried_over: 2022, actual: 12 }")),
        ("b/plan.yaml", plan("b", "succeeds: a\n")),
        ("b/2024.yaml", report("b", 2024, "{ target: ten }")),
        ("notes.yaml", "hello: 1\n".to_owned()),
    ]);
    assert!(names(&outcome).contains(&"carry-over-unverifiable"), "{:?}", names(&outcome));
    assert_eq!((outcome.summary.plans, outcome.summary.reports), (2, 3));
}

#[test]
fn ids_that_a_look_at_the_lines_misses() {
    let written = ["\"plan\": a", "plan: &x a", "plan: >-\n  a", "plan: \"\\x61\"", "? plan\n: a", "plan: !!str a"];
    for line in written {
        let odd = report("zzz", 2024, FIGURES).replace("plan: zzz", line);
        let outcome = same(&[
            ("1.yaml", odd),
            ("2.yaml", report("a", 2023, FIGURES)),
            ("a.yaml", plan("a", "")),
            ("b.yaml", "{ kind: plan, id: b }\n".to_owned()),
            ("c.yaml", report("b", 2024, FIGURES)),
        ]);
        assert!(!names(&outcome).contains(&"undefined-plan"), "{line}: {:?}", names(&outcome));
    }
}

#[test]
fn a_plan_that_is_not_there_is_looked_for_among_all() {
    let files = [
        ("1.yaml", report("kenko-plam", 2024, FIGURES)),
        ("2.yaml", report("nothing-like-it", 2024, FIGURES)),
        ("a.yaml", plan("another", "")),
        ("b.yaml", plan("kenko-plan", "")),
        ("c.yaml", plan("kenko-plan", "")),
    ];
    let outcome = same(&files);
    let undefined: Vec<_> = outcome.findings.iter().filter(|finding| finding.rule.name() == "undefined-plan").collect();
    assert_eq!(undefined.len(), 2);
    assert_eq!(undefined[0].related[0].place.file.0, 3);
    assert!(names(&outcome).contains(&"duplicate-id"));
}

#[test]
fn a_file_that_cannot_be_read_makes_rules_careful_everywhere() {
    let comment = "# planlint: ignore[sum-mismatch] 確認済み\n";
    let mut files = vec![
        ("a/2024.yaml", report("a", 2024, "{ target: 10, carried_over: 2022, actual: 12 }").into_bytes()),
        ("a/plan.yaml", (comment.to_owned() + &plan("a", "")).into_bytes()),
        ("b/2024.yaml", report("nowhere", 2024, FIGURES).into_bytes()),
    ];
    let careless = same_bytes(&files);
    let resting = ["carry-over-unverifiable", "undefined-plan", "unused-ignore"];
    assert!(resting.iter().all(|rule| names(&careless).contains(rule)));
    for broken in [b"a: [".to_vec(), b"kind: plan\nid: \x83\x65\n".to_vec()] {
        files.push(("z.yaml", broken));
        let careful = same_bytes(&files);
        assert!(!resting.iter().any(|rule| names(&careful).contains(rule)), "{:?}", names(&careful));
        files.pop();
    }
}

#[test]
fn what_no_plan_tells_apart_is_numbered_through_all_files() {
    let odd = || report("a", 2024, FIGURES).replace("plan: a\n", "");
    let outcome = same(&[("1.yaml", odd()), ("2.yaml", odd()), ("3.yaml", odd()), ("b.yaml", plan("b", "")), ("c.yaml", plan("c", ""))]);
    let prints = outcome.prints();
    assert_eq!(prints.len(), outcome.findings.iter().map(|finding| 1 + finding.keys.len()).sum::<usize>());
    assert_eq!(names(&outcome), ["schema-violation"]);
    assert_eq!(prints.len(), 3);
}

#[test]
fn comments_accept_in_every_plan() {
    let line = "{ target: 10, carried_over: 2022, actual: 12 } # planlint: ignore[carry-over-unverifiable] 確認済み";
    let accepting = |plan: &str| report(plan, 2024, line);
    let outcome =
        same(&[("b/2024.yaml", accepting("b")), ("a.yaml", plan("a", "")), ("b.yaml", plan("b", "")), ("a/2024.yaml", accepting("a"))]);
    assert_eq!((outcome.accepted.len(), outcome.acceptances.len()), (2, 2));
    assert_eq!(outcome.accepted.iter().map(|accepted| accepted.by).collect::<Vec<_>>(), [0, 1]);
}
