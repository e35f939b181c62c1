//! The command line: cases as data in `tests/cmd`, and what holds for every case.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

#[test]
fn cases() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}

fn planlint(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planlint")).current_dir(folder).args(args).env_remove("CLICOLOR_FORCE").output().unwrap()
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    for format in ["full", "concise", "json"] {
        let one = planlint(here(), &["check", "examples", "-f", format, "-j", "1", "--date", "2025-11-01"]);
        assert!(!one.stdout.is_empty());
        for _ in 0..5 {
            let eight = planlint(here(), &["check", "examples", "-f", format, "-j", "8", "--date", "2025-11-01"]);
            assert!(one.stdout == eight.stdout, "{format} differs");
            assert_eq!(one.status.code(), eight.status.code());
        }
    }
}

#[test]
fn json_follows_its_schema() {
    let output = planlint(here(), &["check", "examples", "-f", "json", "--lang", "en"]);
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let schema = planlint(here(), &["schema", "findings"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&findings).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(findings["findings"].as_array().unwrap().len() > 10);
}

#[test]
fn spans_point_at_the_bytes_that_lines_and_columns_name() {
    let output = planlint(here(), &["check", "examples", "-f", "json"]);
    let view: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for finding in view["findings"].as_array().unwrap() {
        let Ok(text) = std::fs::read_to_string(here().join(finding["file"].as_str().unwrap())) else { continue };
        for end in ["start", "end"] {
            let point = &finding["span"][end];
            let offset = point["offset"].as_u64().unwrap() as usize;
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            assert_eq!((line, column), (point["line"].as_u64().unwrap() as usize, point["column"].as_u64().unwrap() as usize), "{finding}");
        }
    }
}

#[test]
fn fingerprints_are_unique_and_survive_edits_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let plan = std::fs::read_to_string(here().join("examples/broken/undefined-department.yaml")).unwrap();
    let prints = |text: &str| {
        std::fs::write(folder.path().join("plan.yaml"), text).unwrap();
        let output = planlint(folder.path(), &["check", "plan.yaml", "-f", "json"]);
        let view: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = view["findings"].as_array().unwrap().iter().map(|finding| finding["fingerprint"].as_str().unwrap().to_owned());
        list.collect::<Vec<String>>()
    };
    let before = prints(&plan);
    let after = prints(&plan.replace("measures:", "# 注\n\nmeasures:\n  - { id: \"0\", title: 新しい事業 }"));
    assert_eq!(before.len(), 1);
    assert_eq!(before, after);
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    use std::io::Read as _;
    use std::process::Stdio;
    let mut child = Command::new(env!("CARGO_BIN_EXE_planlint"))
        .current_dir(here())
        .args(["check", "examples"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0u8; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    assert!(matches!(output.status.code(), Some(0 | 1)));
}

#[test]
fn nothing_read_makes_it_panic() {
    let folder = tempfile::tempdir().unwrap();
    let cases: &[(&str, &[u8], &[i32])] = &[
        ("empty.yaml", b"", &[1]),
        ("picture.yaml", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02\x03", &[1]),
        ("nul.yaml", b"kind: plan\nid: p\ntitle: a\0b\n", &[1]),
        ("mark.yaml", b"\xef\xbb\xbf", &[1]),
        ("list.yaml", b"- 1\n- 2\n", &[1]),
        ("merge.yaml", b"kind: plan\nid: p\ntitle: t\nmeasures:\n  - &a { id: \"1\", title: t }\n  - { <<: *a, id: \"2\" }\n", &[1]),
        ("complex.yaml", b"kind: plan\nid: p\ntitle: t\n? [a, b]\n: c\n", &[1]),
        ("unknown-alias.yaml", b"kind: plan\nid: *nope\ntitle: t\n", &[1]),
        ("crlf.yaml", b"kind: plan\r\nid: p\r\ntitle: t\r\n", &[0]),
    ];
    for (name, bytes, statuses) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = planlint(folder.path(), &["check", name]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(statuses.contains(&output.status.code().unwrap()), "{name}: {:?} {told}", output.status);
        assert!(!told.contains("panicked"), "{name}: {told}");
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_line_of_ten_megabytes_and_a_file_over_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("kind: plan\nid: p\ntitle: {}\npolcy: 1\n", "あ".repeat(3_500_000));
    std::fs::write(folder.path().join("long.yaml"), &text).unwrap();
    let output = planlint(folder.path(), &["check", "long.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.len() < 10_000);
    std::fs::write(folder.path().join("planlint.yaml"), "max-file-size: 1MB\n").unwrap();
    let output = planlint(folder.path(), &["check", "long.yaml", "-f", "concise", "--lang", "en"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("too large"), "{output:?}");
}
