//! Known findings and accepted ones.

use planlint::catalogue::{Level, RULES};
use planlint::check::{Parsed, Workbench};
use planlint::config::{Origin, Set, Settings};
use planlint::files::{Role, of_bytes};
use serde_json::Value;

use super::{Folder, plan, report};

const MEASURES: usize = 80;

fn straight() -> Vec<usize> {
    (1..=MEASURES).collect()
}

/// A repository with a baseline of two bare marks.
fn with_baseline() -> Folder {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("a/plan.yaml", &plan("a", MEASURES));
    folder.write("a/2024.yaml", &report("a", 2024, &straight(), &[3, 60]));
    let ran = folder.run(&["baseline", "create", "--lang", "en"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(ran.err, "planlint-baseline.json holds 2 findings at 2 places\n");
    folder
}

#[test]
fn what_is_known_does_not_count() {
    let folder = with_baseline();
    let ran = folder.run(&["check", "--lang", "en"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("2 findings known (planlint-baseline.json)"), "{}", ran.err);
    let summary = &folder.json(&[])["summary"];
    assert_eq!((&summary["warnings"], &summary["baseline"], &summary["stale"]), (&0.into(), &2.into(), &0.into()));
    assert_eq!(folder.findings(&["--no-baseline"]).len(), 2);
    assert_eq!(folder.run(&["check", "--no-baseline"]).status, 1);
    for lang in ["ja", "en"] {
        assert!(folder.run(&["check", "-f", "markdown", "--lang", lang]).out.contains(if lang == "ja" { "既知 2" } else { "known 2" }));
    }
}

#[test]
fn the_file_follows_its_schema_and_holds_no_line() {
    let folder = with_baseline();
    let text = folder.read("planlint-baseline.json");
    let schema: Value = serde_json::from_str(&folder.run(&["schema", "baseline"]).out).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&value));
    for known in value["findings"].as_object().unwrap().values() {
        assert_eq!(known.as_object().unwrap().keys().collect::<Vec<_>>(), ["rule", "file", "plan", "year", "path"]);
    }
    assert!(text.contains("\"path\":\"/entries/60/counts/sessions/actual\""), "{text}");
    let findings: Value = serde_json::from_str(&folder.run(&["schema", "findings"]).out).unwrap();
    folder.write("a/2024.yaml", &report("a", 2024, &straight(), &[3]));
    assert!(jsonschema::validator_for(&findings).unwrap().is_valid(&folder.json(&[])));
}

#[test]
fn a_block_that_moves_stays_known() {
    let folder = with_baseline();
    let before = folder.read("planlint-baseline.json");
    // 35 entries of 6 lines, the faulty ones among them, go from the end to the start.
    let moved: Vec<usize> = (46..=MEASURES).chain(1..46).collect();
    folder.write("a/2024.yaml", &format!("# 注\n\n{}", report("a", 2024, &moved, &[3, 60])));
    let view = folder.json(&[]);
    assert_eq!(
        (&view["findings"], &view["summary"]["baseline"], &view["summary"]["stale"]),
        (&Value::from(Vec::<Value>::new()), &2.into(), &0.into())
    );
    assert_eq!(folder.run(&["baseline", "update"]).status, 0);
    assert_eq!(folder.read("planlint-baseline.json"), before);
}

#[test]
fn one_fault_exchanged_for_another_shows_the_new_one() {
    let folder = with_baseline();
    folder.write("a/2024.yaml", &report("a", 2024, &straight(), &[3, 61]));
    let view = folder.json(&[]);
    let found: Vec<&str> = view["findings"].as_array().unwrap().iter().map(|finding| finding["measure"].as_str().unwrap()).collect();
    assert_eq!(found, ["61"]);
    assert_eq!(view["stale"][0]["path"], "/entries/60/counts/sessions/actual");
    assert_eq!(view["stale"].as_array().unwrap().len(), 1);
}

#[test]
fn a_second_fault_of_the_kind_is_new() {
    let folder = with_baseline();
    folder.write("a/2024.yaml", &report("a", 2024, &straight(), &[3, 4, 60]));
    assert_eq!(folder.findings(&[]), ["null-marker a/2024.yaml /entries/3/counts/sessions/actual"]);
}

#[test]
fn a_fault_at_several_places_is_known_place_by_place() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    let text = plan("a", 9);
    let wrong = |numbers: &[usize]| {
        let mut text = text.clone();
        for number in numbers {
            let right = format!("title: 講座{number}\n    departments: [health]");
            text = text.replace(&right, &right.replace("[health]", "[helth]"));
        }
        text
    };
    folder.write("plan.yaml", &wrong(&[2, 5, 8]));
    assert_eq!(folder.findings(&[]).len(), 1);
    assert_eq!(folder.run(&["baseline", "create"]).status, 0);
    assert_eq!(folder.run(&["check"]).status, 0);
    // One of them is put right: nothing is new.
    folder.write("plan.yaml", &wrong(&[5, 8]));
    let view = folder.json(&[]);
    assert_eq!((&view["summary"]["errors"], &view["summary"]["stale"]), (&0.into(), &1.into()));
    // Another one joins them, before or after.
    for joining in [1, 9] {
        folder.write("plan.yaml", &wrong(&[2, 5, 8, joining]));
        assert_eq!(folder.findings(&[]).len(), 1, "{joining}");
    }
}

#[test]
fn what_is_gone_is_named_and_taken_out() {
    let folder = with_baseline();
    folder.write("a/2024.yaml", &report("a", 2024, &straight(), &[3]));
    let ran = folder.run(&["check", "--lang", "en"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("1 known finding gone (planlint baseline prune"), "{}", ran.err);
    assert!(ran.err.contains("null-marker a 2024 /entries/60/counts/sessions/actual"), "{}", ran.err);
    assert!(folder.run(&["check"]).err.contains("なくなったもの 1件"));
    let shown: Value = serde_json::from_str(&folder.run(&["baseline", "show", "-f", "json"]).out).unwrap();
    let states: Vec<&str> = shown["findings"].as_array().unwrap().iter().map(|known| known["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["present", "gone"]);
    // Pruning takes in nothing new.
    folder.write("a/2024.yaml", &report("a", 2024, &straight(), &[3, 4]));
    assert_eq!(folder.run(&["baseline", "prune"]).status, 0);
    assert_eq!(folder.findings(&[]).len(), 1);
    assert_eq!(folder.json(&[])["summary"]["stale"], 0);
    assert_eq!(folder.run(&["baseline", "update"]).status, 0);
    assert_eq!(folder.run(&["check"]).status, 0);
    assert_eq!(folder.run(&["baseline", "create"]).status, 2);
}

#[test]
fn a_run_over_a_part_leaves_the_rest_alone() {
    let folder = with_baseline();
    folder.write("b/plan.yaml", &plan("b", 3));
    folder.write("b/2024.yaml", &report("b", 2024, &[1, 2, 3], &[2]));
    assert_eq!(folder.json(&["b"])["summary"]["stale"], 0);
    assert_eq!(folder.run(&["baseline", "update", "b"]).status, 0);
    assert_eq!(folder.run(&["check"]).status, 0);
    // A rule that is not looked at says nothing of its known findings.
    assert_eq!(folder.json(&["--select", "duplicate-id"])["summary"]["stale"], 0);
    // A file of another name is known by what is in it.
    folder.rename("a/2024.yaml", "古い 報告/令和6年度.yaml");
    folder.rename("a/plan.yaml", "古い 報告/計画.yaml");
    let view = folder.json(&[]);
    assert_eq!((&view["summary"]["baseline"], &view["summary"]["stale"]), (&3.into(), &0.into()));
    assert_eq!(folder.json(&["b"])["summary"]["stale"], 0);
    folder.remove("古い 報告/令和6年度.yaml");
    assert_eq!(folder.json(&["b"])["summary"]["stale"], 0);
    assert_eq!(folder.json(&[])["summary"]["stale"], 2);
}

#[test]
fn reports_of_one_year_are_told_apart() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("plan.yaml", &plan("a", 3));
    let annual = |faulty: &[usize]| report("a", 2024, &[1, 2, 3], faulty);
    let interim = |faulty: &[usize]| annual(faulty).replace("entries:", "edition: interim\nas_of: 2024-10-01\nentries:");
    folder.write("1.yaml", &annual(&[2]));
    folder.write("2.yaml", &interim(&[]));
    assert_eq!(folder.run(&["baseline", "create"]).status, 0);
    folder.write("1.yaml", &annual(&[]));
    folder.write("2.yaml", &interim(&[2]));
    assert_eq!(folder.findings(&["--select", "null-marker"]), ["null-marker 2.yaml /entries/1/counts/sessions/actual"]);
}

#[test]
fn locked_rules_are_neither_accepted_nor_known() {
    let folder = with_baseline();
    let text =
        folder.read("a/2024.yaml").replacen("        actual: ―", "        # planlint: ignore[null-marker] 集計中\n        actual: ―", 1);
    folder.write("a/2024.yaml", &text);
    assert_eq!(folder.run(&["check"]).status, 0);
    folder.write("planlint.yaml", "locked: [null-marker]\n");
    let view = folder.json(&[]);
    assert_eq!(
        (&view["summary"]["warnings"], &view["summary"]["baseline"], &view["summary"]["ignored"]),
        (&2.into(), &0.into(), &0.into())
    );
    let ignores: Value = serde_json::from_str(&folder.run(&["ignores", "-f", "json"]).out).unwrap();
    assert_eq!(ignores["ignores"][0]["state"], "locked");
    assert!(folder.run(&["baseline", "show", "--lang", "en"]).out.contains("locked"));
    folder.remove("planlint-baseline.json");
    let ran = folder.run(&["baseline", "create", "--lang", "en"]);
    assert!(ran.err.contains("holds 0 findings at 0 places\n2 findings of locked rules left out"), "{}", ran.err);
}

#[test]
fn a_baseline_that_cannot_be_used_stops_the_run() {
    let folder = with_baseline();
    folder.rename("planlint-baseline.json", "known/first.json");
    assert_eq!(folder.run(&["check"]).status, 1);
    assert_eq!(folder.run(&["check", "--baseline", "known/first.json"]).status, 0);
    folder.write("planlint.yaml", "baseline: known/first.json\n");
    assert_eq!(folder.run(&["check"]).status, 0);
    assert_eq!(folder.run(&["check", "a/2024.yaml"]).status, 0);
    folder.write("planlint.yaml", "baseline: null\n");
    folder.write("planlint-baseline.json", &folder.read("known/first.json"));
    assert_eq!(folder.run(&["check"]).status, 1);
    folder.write("planlint.yaml", "baseline: nowhere.json\n");
    let ran = folder.run(&["check", "--lang", "en"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "planlint: nowhere.json does not exist\n"));
    folder.write("planlint.yaml", "");
    for (text, ja, en) in [
        (
            "{\n<<<<<<< main\n",
            "planlint-baseline.json は既知の指摘の一覧として読めません（2行目）",
            "planlint-baseline.json is not a baseline (line 2)",
        ),
        ("{ \"version\": 9 }", "第9版", "version 9"),
    ] {
        folder.write("planlint-baseline.json", text);
        for (lang, words) in [("ja", ja), ("en", en)] {
            let ran = folder.run(&["check", "--lang", lang]);
            assert_eq!(ran.status, 2);
            assert!(ran.err.contains(words), "{}", ran.err);
        }
    }
}

#[test]
fn comments_are_listed() {
    let folder = Folder::new();
    let text = report("a", 2024, &[1, 2, 3, 4], &[1, 2, 3]);
    let comments = [
        "# planlint: ignore[null-marker] until=2025-12-01 集計中（推進会議で了承）",
        "# planlint: ignore[null-marker] until=2025-03-31 集計中",
        "# planlint: ignore[null-marker]",
        "# planlint: ignore[null-marker, unit-mismatch] もう要らない",
    ];
    let mut parts = text.split("        actual:");
    let mut text = parts.next().unwrap().to_owned();
    for (part, comment) in parts.zip(comments) {
        text.push_str(&format!("        {comment}\n        actual:{part}"));
    }
    folder.write("計画.yaml", &plan("a", 4));
    folder.write("報告 R6.yaml", &text);
    let list = |args: &[&str]| folder.run(&[&["ignores", "--date", "2025-11-01"], args].concat());
    let value: Value = serde_json::from_str(&list(&["--format", "json"]).out).unwrap();
    let rows = value["ignores"].as_array().unwrap();
    let states: Vec<&str> = rows.iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["active", "expired", "no-reason", "unused"]);
    assert_eq!((&rows[0]["days_left"], &rows[0]["until"], &rows[0]["hides"]), (&30.into(), &"2025-12-01".into(), &1.into()));
    assert_eq!(
        (&rows[0]["file"], &rows[0]["line"], &rows[0]["reason"]),
        (&"報告 R6.yaml".into(), &10.into(), &"集計中（推進会議で了承）".into())
    );
    assert_eq!(rows[3]["rules"], serde_json::json!(["null-marker", "unit-mismatch"]));
    let table = list(&[]).out;
    assert!(table.contains("2025-12-01（あと30日）") && table.contains("期限切れ"), "{table}");
    assert!(list(&["--lang", "en"]).out.contains("30 days left"));
    assert!(list(&["-f", "md"]).out.starts_with("| 場所 |"));
    folder.remove("報告 R6.yaml");
    assert_eq!(list(&["--lang", "en"]).out, "no comment accepts a finding\n");
}

/// The fingerprints of the findings in a file of several documents.
fn prints(text: &str, settings: &Settings) -> Vec<String> {
    let files = [of_bytes(0, "example.yaml", Role::Named, text.as_bytes().to_vec())];
    let parsed = Parsed::new(&files, settings, &|| {});
    let outcome = Workbench::new(&parsed, &files).check(settings);
    let mut prints: Vec<String> = outcome.findings.iter().flat_map(|finding| finding.prints()).collect();
    let all = prints.len();
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), all, "two findings have one fingerprint: {:?}", outcome.messages(planlint::catalogue::Lang::En));
    prints
}

#[test]
fn no_rule_knows_its_findings_by_the_line() {
    let space = "# 注\n".repeat(200);
    for rule in &RULES {
        for example in rule.bad.iter().filter(|example| example.encoding.is_none()) {
            let date = example.date.and_then(|date| date.parse().ok()).unwrap_or(jiff::civil::date(2025, 11, 1));
            let mut settings = Settings::new(std::path::PathBuf::new(), date);
            settings.rules[rule.id as usize].level = Some(Set { value: Level::Warning, origin: Origin::Default });
            let text = example.yaml.replace(['«', '»'], "");
            if text.starts_with('\u{feff}') || text.starts_with('%') {
                continue;
            }
            assert_eq!(prints(&text, &settings), prints(&format!("{space}{text}"), &settings), "{}: {}", rule.name, example.title.en);
        }
    }
}

#[test]
fn the_order_of_entries_makes_nothing_new() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folder = Folder::new();
    folder.write("planlint.yaml", "profile: publication\n");
    for city in ["akiruno", "kawaguchi", "matsudo", "otaru", "tomakomai"] {
        for entry in std::fs::read_dir(here.join(city)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{city}/{}", path.file_name().unwrap().to_str().unwrap());
            folder.write(&name, &std::fs::read_to_string(&path).unwrap());
        }
    }
    assert_eq!(folder.run(&["baseline", "create", "--select", "all", "--date", "2025-11-01"]).status, 0);
    // The second half of the entries of every report goes before the first.
    for path in folder.snapshot().into_keys().filter(|path| path.extension().is_some_and(|extension| extension == "yaml")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let Some((head, rest)) = text.split_once("\nentries:\n") else { continue };
        let lines: Vec<&str> = rest.lines().collect();
        let end = lines.iter().position(|line| line.starts_with(|first: char| first.is_ascii_lowercase())).unwrap_or(lines.len());
        let starts: Vec<usize> = (0..end).filter(|line| lines[*line].starts_with("  - ")).collect();
        let middle = starts[starts.len() / 2];
        let moved = [&lines[middle..end], &lines[starts[0]..middle], &lines[end..]].concat().join("\n");
        std::fs::write(&path, format!("{head}\nentries:\n{moved}\n")).unwrap();
    }
    let view = folder.json(&["--select", "all"]);
    assert!(view["summary"]["baseline"].as_u64().unwrap() > 50);
    assert_eq!((&view["findings"], &view["summary"]["stale"]), (&Value::from(Vec::<Value>::new()), &0.into()));
}
