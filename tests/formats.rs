//! The forms for machines, read again by what reads them: names and texts with every character that
//! means something to one of them.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::Value;

const NAME: &str = "100%, a:b \"c\" <d>&'/令和６年度|報告.yaml";

/// A plan that uses departments of strange names, and a report with as many bare marks as are wanted.
fn folder(marks: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let measures: String = (0..=marks)
        .map(|number| {
            format!("  - {{ id: \"{number}\", title: t{number}, departments: [health], counts: [{{ id: n, title: 回数, unit: 回 }}] }}\n")
        })
        .collect();
    let entries: String = (0..=marks)
        .map(|number| format!("  - {{ measure: \"{number}\", counts: {{ n: {{ actual: {} }} }} }}\n", if number == 0 { "1" } else { "―" }))
        .collect();
    let plan = format!(
        "kind: plan\nid: a\ntitle: t\ndepartments: [{{ id: health, name: 健康課 }}]\nmeasures:\n{measures}  - {{ id: x, title: x, departments: [\"x|y\\r\\n::error::z%0A\\u0007\\e[31m<b>&*_\", \"]]>\"] }}\n"
    );
    std::fs::create_dir_all(folder.path().join(NAME).parent().unwrap()).unwrap();
    std::fs::write(folder.path().join(NAME), plan).unwrap();
    std::fs::write(folder.path().join("2024.yaml"), format!("kind: report\nplan: a\nyear: 2024\nentries:\n{entries}")).unwrap();
    std::fs::write(folder.path().join("planlint.yaml"), "lang: en\n").unwrap();
    folder
}

fn check(folder: &Path, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planlint"));
    command.current_dir(folder).args(["check", "-q", "-f", format, "--select", "undefined-department,null-marker"]);
    let output = command.env_remove("GITHUB_STEP_SUMMARY").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn findings(folder: &Path) -> Vec<Value> {
    serde_json::from_str::<Value>(&check(folder, "json")).unwrap()["findings"].as_array().unwrap().clone()
}

/// A workflow command: its name, its properties and its value.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let decode = |text: &str| text.replace("%3A", ":").replace("%2C", ",").replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let (head, value) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).unwrap_or_else(|| panic!("no command: {line}"));
    let (name, properties) = head.split_once(' ').unwrap();
    let properties = properties.split(',').map(|property| {
        let (name, value) = property.split_once('=').unwrap();
        assert!(!value.contains(':'), "{line}");
        (name.to_owned(), decode(value))
    });
    (name.to_owned(), properties.collect(), decode(value))
}

#[test]
fn commands_of_github() {
    let folder = folder(3);
    let findings = findings(folder.path());
    let text = check(folder.path(), "github");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), findings.len());
    for line in lines {
        let (name, properties, value) = command(line);
        let property = |wanted: &str| properties.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).unwrap();
        let number = |wanted: &str| property(wanted).parse::<u64>().unwrap();
        let found = findings.iter().find(|finding| {
            finding["file"] == property("file")
                && finding["span"]["start"]["line"] == number("line")
                && finding["span"]["start"]["column"] == number("col")
        });
        let found = found.unwrap_or_else(|| panic!("{line}"));
        assert_eq!(name, found["level"].as_str().unwrap());
        assert!(value.starts_with(found["message"].as_str().unwrap()), "{value}");
        assert!(property("title").ends_with(found["rule"].as_str().unwrap()));
        assert!(!line.chars().any(char::is_control), "{line}");
    }
}

#[test]
fn github_is_told_how_many_there_are_beyond_ten() {
    let folder = folder(40);
    let text = check(folder.path(), "github");
    let warnings: Vec<&str> = text.lines().filter(|line| line.starts_with("::warning ")).collect();
    assert_eq!(warnings.len(), 10);
    assert_eq!(command(warnings[9]).2, "31 more of level warning (see the job summary)");
    assert!(text.lines().next().unwrap().starts_with("::error "));
}

#[test]
fn the_code_quality_of_gitlab() {
    let folder = folder(3);
    let findings = findings(folder.path());
    let issues: Vec<Value> = serde_json::from_str(&check(folder.path(), "gitlab")).unwrap();
    assert_eq!(issues.len(), findings.len());
    let mut prints = BTreeSet::new();
    for (issue, finding) in issues.iter().zip(&findings) {
        assert_eq!((&issue["description"], &issue["check_name"]), (&finding["message"], &finding["rule"]));
        assert_eq!(issue["location"]["path"], finding["file"]);
        assert_eq!(issue["location"]["lines"]["begin"], finding["span"]["start"]["line"]);
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
        assert!(prints.insert(issue["fingerprint"].as_str().unwrap()));
        let path = issue["location"]["path"].as_str().unwrap();
        assert!(!path.starts_with("./") && !path.starts_with('/'));
    }
}

#[test]
fn junit_is_read_again() {
    let folder = folder(3);
    let findings = findings(folder.path());
    let report = Report::deserialize_from_str(&check(folder.path(), "junit")).unwrap();
    let suites: Vec<&str> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(suites, [NAME, "2024.yaml"].iter().copied().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    let failures = report.test_suites.iter().flat_map(|suite| &suite.test_cases).filter_map(|case| match &case.status {
        TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, ty, message, .. } => {
            Some((ty.clone().unwrap(), message.clone().unwrap()))
        }
        _ => None,
    });
    let failures: Vec<(String, String)> = failures.map(|(ty, message)| (ty.as_str().to_owned(), message.as_str().to_owned())).collect();
    assert_eq!(failures.len(), findings.len());
    for finding in &findings {
        let wanted = finding["message"].as_str().unwrap().replace('\n', " ");
        assert!(
            failures.iter().any(|(ty, message)| finding["rule"] == *ty && message.replace('\n', " ") == wanted),
            "{wanted}: {failures:?}"
        );
    }
    assert_eq!(report.test_suites.iter().map(|suite| suite.failures).sum::<usize>(), findings.len());
}

#[test]
fn a_file_without_findings_passes_in_junit() {
    let folder = folder(0);
    let report = Report::deserialize_from_str(&check(folder.path(), "junit")).unwrap();
    let suite = report.test_suites.iter().find(|suite| suite.name.as_str() == "2024.yaml").unwrap();
    assert!(matches!(suite.test_cases[..], [ref case] if matches!(case.status, TestCaseStatus::Success { .. })));
}

#[test]
fn sarif_names_rules_and_places() {
    let folder = folder(2);
    let findings = findings(folder.path());
    let sarif: Value = serde_json::from_str(&check(folder.path(), "sarif")).unwrap();
    assert_eq!((&sarif["version"], &sarif["runs"][0]["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        assert_eq!((&result["ruleId"], &result["level"]), (&finding["rule"], &finding["level"]));
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains([' ', '"', '<', '|', ':', ',', '&']), "{uri}");
        assert_eq!(percent_encoding::percent_decode_str(uri).decode_utf8().unwrap(), finding["file"].as_str().unwrap());
        let text = std::fs::read_to_string(folder.path().join(finding["file"].as_str().unwrap())).unwrap();
        let number = |name: &str| place["region"][name].as_u64().unwrap() as usize;
        let bytes = &text[number("byteOffset")..number("byteOffset") + number("byteLength")];
        let line: Vec<char> = text.lines().nth(number("startLine") - 1).unwrap().chars().collect();
        let by_columns: String = line[number("startColumn") - 1..number("endColumn") - 1].iter().collect();
        assert_eq!(bytes, by_columns);
        assert_eq!(result["partialFingerprints"]["planlint/v1"], finding["fingerprint"]);
    }
}

#[test]
fn markdown_stays_a_table() {
    let folder = folder(1);
    let text = check(folder.path(), "markdown");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + findings(folder.path()).len());
    for row in rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
        assert!(!row.contains("<b>") && !row.chars().any(char::is_control), "{row}");
    }
}

#[test]
fn lines_for_people_hold_one_finding_each() {
    let folder = folder(1);
    let findings = findings(folder.path());
    let concise = check(folder.path(), "concise");
    assert_eq!(concise.lines().count(), findings.len());
    for line in concise.lines() {
        assert!(findings.iter().any(|finding| line.starts_with(finding["file"].as_str().unwrap())), "{line}");
    }
    for format in ["full", "concise", "grouped"] {
        let text = check(folder.path(), format);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{format}: {text:?}");
    }
}
