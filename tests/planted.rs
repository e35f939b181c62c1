//! One fault planted in a clean report: the right rule, at the right line, and nothing else.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "../benches/corpus/made.rs"]
mod made;

use made::{Dice, File, Size};
use planlint::catalogue::Lang;

const CITY: Size = Size { measures: 24, long_tail: false, first: 2023, years: 2 };

/// Which file of a made plan a fault goes into.
#[derive(Clone, Copy)]
enum Where {
    Plan,
    Last,
}

/// A fault: the rule that must find it, the file, and the change of one line. `line` picks the line
/// to change among those that hold `holds`; the finding stands in that line unless `at` names
/// another that follows it in the same entry.
struct Fault {
    rule: &'static str,
    file: Where,
    holds: &'static str,
    change: fn(&str) -> String,
    at: Option<&'static str>,
}

fn number_after(line: &str, name: &str) -> (usize, usize, i64) {
    let start = line.find(name).unwrap() + name.len();
    let length = line[start..].bytes().take_while(u8::is_ascii_digit).count();
    (start, start + length, line[start..start + length].parse().unwrap())
}

fn with_number(line: &str, name: &str, change: impl Fn(i64) -> i64) -> String {
    let (start, end, number) = number_after(line, name);
    format!("{}{}{}", &line[..start], change(number), &line[end..])
}

const fn fault(rule: &'static str, file: Where, holds: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { rule, file, holds, change, at: None }
}

fn faults() -> Vec<Fault> {
    use Where::{Last, Plan};
    vec![
        fault("carry-over-mismatch", Last, "carried_over: 2023, actual", |line| with_number(line, "target: ", |n| n + 1)),
        fault("schema-violation", Last, "  - measure: \"", |line| line.replace('"', "")),
        fault("undefined-measure", Last, "  - measure: \"", |line| line.replacen('"', "\"x", 1)),
        fault("unknown-key", Last, "    rating: ", |line| line.replace("rating", "ratng")),
        fault("undefined-grade", Last, "    rating: ", |_| "    rating: E".to_owned()),
        fault("unknown-key", Plan, "    departments: [", |line| line.replace("departments", "departmets")),
        fault("undefined-department", Plan, "    departments: [part-", |line| line.replace("part-", "prt-")),
        fault("undefined-policy", Plan, "    policy: policy-", |line| line.replace("policy-", "polcy-")),
        fault("duplicate-id", Plan, "  - id: \"7\"", |_| "  - id: \"6\"".to_owned()),
        fault("undefined-count", Last, "      sessions: { target: ", |line| line.replacen("sessions", "session", 1)),
        fault("spreadsheet-error", Last, "    cost: ", |_| "    cost: \"#REF!\"".to_owned()),
        fault("null-marker", Last, "      sessions: { target: ", |line| {
            let (start, end, _) = number_after(line, "target: ");
            format!("{}―{}", &line[..start], &line[end..])
        }),
        fault("radical-glyph", Last, "    effect: ", |line| line.replace("人が", "⼈が")),
        fault("bad-municipality-code", Plan, "municipality: {", |line| {
            let at = line.find("code: \"").unwrap() + 12;
            let digit = (line.as_bytes()[at] - b'0' + 1) % 10;
            format!("{}{digit}{}", &line[..at], &line[at + 1..])
        }),
        fault("missing-reason", Last, "    reason: ", |_| String::new()),
        fault("missing-rating", Last, "    rating: ", |_| String::new()),
        fault(
            "unit-mismatch",
            Last,
            "actual: ",
            |line| if line.contains("sessions") { line.replace(" }", "人 }") } else { line.to_owned() },
        ),
        fault("ambiguous-scalar", Last, "    cost: ", |_| "    cost: 1_000_000".to_owned()),
        fault("duplicate-key", Last, "    direction: 継続", |line| format!("{line}\n{line}")),
        fault("unreadable-yaml", Last, "    direction: 継続", |_| "    direction: [継続".to_owned()),
        fault("within-exceeds-whole", Last, "      first-time: ", |line| with_number(line, "actual: ", |n| n + 100_000)),
        fault("sum-mismatch", Last, "      old: ", |line| with_number(line, "actual: ", |n| n + 7)),
    ]
}

/// The lines of a text that a fault may change.
fn places(text: &str, fault: &Fault) -> Vec<usize> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.contains(fault.holds) && (fault.change)(line) != *line)
        .map(|(index, _)| index)
        .collect()
}

fn planted(text: &str, line: usize, fault: &Fault) -> String {
    let mut out = String::new();
    for (index, old) in text.lines().enumerate() {
        let new = if index == line { (fault.change)(old) } else { old.to_owned() };
        if index != line || !new.is_empty() {
            out.push_str(&new);
            out.push('\n');
        }
    }
    out
}

fn check(files: &[File]) -> Vec<(String, usize, String)> {
    let inputs: Vec<(&str, Vec<u8>)> = files.iter().map(|file| (file.name.as_str(), file.text.clone().into_bytes())).collect();
    let (loaded, outcome) = common::check(&inputs, &common::settings(None, None));
    let line = |finding: &planlint::diagnostic::Finding| {
        let source = &loaded[finding.place.file.0 as usize].source;
        source.position(finding.place.span.start).line as usize
    };
    outcome.findings.iter().map(|finding| (finding.rule.name().to_owned(), line(finding), finding.message(Lang::En))).collect()
}

#[test]
fn made_plans_are_clean() {
    for seed in 1..=30 {
        let files = made::plan(seed, Size { long_tail: true, ..CITY });
        let found = check(&files);
        assert!(found.is_empty(), "seed {seed}: {found:#?}");
    }
}

#[test]
fn one_planted_fault_is_one_finding_in_its_place() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for seed in 1..=12u64 {
        for fault in faults() {
            let mut files = made::plan(seed, CITY);
            let at = match fault.file {
                Where::Plan => 0,
                Where::Last => files.len() - 1,
            };
            let lines = places(&files[at].text, &fault);
            if lines.is_empty() {
                continue;
            }
            let line = Dice::new(seed ^ 77).pick(&lines);
            let old = files[at].text.lines().nth(line).unwrap().to_owned();
            files[at].text = planted(&files[at].text, line, &fault);
            let found = check(&files);
            tried += 1;
            let names: Vec<&str> = found.iter().map(|(rule, _, _)| rule.as_str()).collect();
            let near = |found: usize| {
                found.abs_diff(line + 1)
                    <= if fault.at.is_some()
                        || (fault.change)(&old).is_empty()
                        || fault.rule == "sum-mismatch"
                        || fault.rule == "duplicate-key"
                        || fault.rule == "unreadable-yaml"
                    {
                        8
                    } else {
                        0
                    }
            };
            if names != [fault.rule] || !near(found[0].1) {
                wrong.push(format!("{}: seed {seed}, line {}: {old}: {found:#?}", fault.rule, line + 1));
            }
        }
    }
    assert!(tried > 200, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}
