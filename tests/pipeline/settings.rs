//! Settings for some of the files, and where each value comes from.

use super::{Folder, plan};

/// A report whose target for the next year is under this year's actual.
fn lower(year: u16) -> String {
    format!(
        "kind: report\nplan: a\nyear: {year}\nentries:\n  - measure: \"1\"\n    counts: {{ sessions: {{ target: 100, actual: 100 }} }}\n    next: {{ counts: {{ sessions: {{ target: 70 }} }} }}\n"
    )
}

fn folder(settings: &str) -> Folder {
    let folder = Folder::new();
    folder.write("planlint.yaml", settings);
    folder.write("plan.yaml", &plan("a", 1));
    folder.write("2020.yaml", &lower(2020));
    folder.write("old/2010.yaml", &lower(2010));
    folder
}

fn files(folder: &Folder) -> Vec<String> {
    folder.findings(&["--select", "target-below-actual"]).iter().map(|finding| finding.split(' ').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn levels_and_options_for_some_of_the_files() {
    assert_eq!(files(&folder("")), ["2020.yaml", "old/2010.yaml"]);
    let level = "overrides:\n  - files: [old/**]\n    rules: { target-below-actual: off }\n";
    assert_eq!(files(&folder(level)), ["2020.yaml"]);
    let option = "overrides:\n  - files: [old/**]\n    rules: { target-below-actual: { margin: 40% } }\n";
    assert_eq!(files(&folder(option)), ["2020.yaml"]);
    let other_way = "rules: { target-below-actual: { margin: 40% } }\noverrides:\n  - files: [\"2020.yaml\"]\n    rules: { target-below-actual: { margin: 5% } }\n";
    assert_eq!(files(&folder(other_way)), ["2020.yaml"]);
    let last = format!("{option}  - files: [\"**/2010.yaml\"]\n    rules: {{ target-below-actual: {{ margin: 5% }} }}\n");
    assert_eq!(files(&folder(&last)), ["2020.yaml", "old/2010.yaml"]);
    let mixed = "overrides:\n  - files: [old/**]\n    rules: { target-below-actual: { level: error } }\n";
    let view = folder(mixed).json(&["--select", "target-below-actual"]);
    let levels: Vec<&str> = view["findings"].as_array().unwrap().iter().map(|finding| finding["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["note", "error"]);
}

#[test]
fn every_value_says_where_it_comes_from() {
    let text = "lang: en\nbaseline: known.json\nlocked: [small-cell, sum-mismatch]\nrules:\n  null-marker: error\noverrides:\n  - files: [old/**]\n    rules:\n      target-below-actual: { level: warning, margin: 40% }\n";
    let folder = folder(&text.replace("small-cell", "unit-mismatch"));
    let shown = folder.run(&["config", "show"]).out;
    let line = |start: &str| {
        let found = shown.lines().find(|line| line.trim_start().starts_with(start)).unwrap_or_else(|| panic!("no {start} in {shown}"));
        found.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("baseline:"), "baseline: \"known.json\" # planlint.yaml, line 2");
    assert_eq!(line("locked:"), "locked: [\"unit-mismatch\", \"sum-mismatch\"] # planlint.yaml, line 3");
    assert_eq!(line("null-marker:"), "null-marker: error # planlint.yaml, line 5");
    assert_eq!(line("- files:"), "- files: [\"old/**\"] # planlint.yaml, line 7");
    assert_eq!(line("margin: 40%"), "margin: 40% # planlint.yaml, line 9");
    assert_eq!(line("exclude:"), "exclude: [] # default");
    // What is shown can be used as settings.
    folder.write("planlint.yaml", &shown);
    folder.write("known.json", "{ \"version\": 1, \"findings\": {} }");
    assert_eq!(folder.run(&["check"]).status, 0, "{}", folder.run(&["check"]).err);
    let again = folder.run(&["config", "show"]).out;
    let values = |text: &str| text.lines().map(|line| line.split(" #").next().unwrap().trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(values(&again), values(&shown));
}

#[test]
fn mistakes_in_overrides_are_told_at_their_place() {
    let folder = folder("overrides:\n  - files: [old/**]\n    rules: { target-below-actual: { margn: 40% } }\nlocked: [nul-marker]\n");
    let ran = folder.run(&["check", "--lang", "en"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("planlint.yaml:3:37") && ran.err.contains("`margin`"), "{}", ran.err);
    assert!(ran.err.contains("planlint.yaml:4:10") && ran.err.contains("`null-marker`"), "{}", ran.err);
}
