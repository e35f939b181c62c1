//! The same bytes on every machine, and no file that nobody asked for.

use super::{Folder, plan, report};

const FORMATS: [&str; 9] = ["full", "concise", "grouped", "json", "sarif", "github", "gitlab", "junit", "markdown"];

#[test]
fn two_thousand_files_in_any_order_on_any_number_of_threads() {
    let files: Vec<(String, String)> = (0..200)
        .flat_map(|plan_number| {
            let id = format!("p{plan_number}");
            let own = move |year: u16| format!("県{}/市 {plan_number}/{year}.yaml", plan_number % 7);
            let reports = (2016..2025).map({
                let id = id.clone();
                move |year| (own(year), report(&id, year, &[1, 2, 3], if year % 3 == 0 { &[2] } else { &[] }))
            });
            std::iter::once((format!("県{}/市 {plan_number}/plan.yaml", plan_number % 7), plan(&id, 3))).chain(reports).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(files.len(), 2000);
    let (one, other) = (Folder::new(), Folder::new());
    for folder in [&one, &other] {
        folder.write("planlint.yaml", "");
    }
    files.iter().for_each(|(name, text)| one.write(name, text));
    files.iter().rev().for_each(|(name, text)| other.write(name, text));
    for format in ["full", "json", "junit"] {
        let args = |jobs| ["check", "-f", format, "-j", jobs, "--date", "2025-11-01"];
        let (first, second) = (one.run(&args("1")), other.run(&args("7")));
        assert_eq!(first.status, 1);
        assert!(first.out == second.out && first.err == second.err, "{format} differs");
    }
    let view = one.json(&[]);
    assert_eq!((&view["summary"]["files"], &view["summary"]["plans"]), (&2000.into(), &200.into()));
    assert_eq!(one.run(&["baseline", "create"]).status, 0);
    assert_eq!(other.run(&["baseline", "create", "-j", "1"]).status, 0);
    assert_eq!(one.read("planlint-baseline.json"), other.read("planlint-baseline.json"));
}

#[test]
fn names_with_spaces_marks_and_japanese() {
    let long = "長".repeat(83);
    let names = [
        "a b/c  d.yaml".to_owned(),
        "令和６年度 進捗報告（案）／抜粋.yaml".to_owned(),
        "100%, a:b#c&d'e\"f<g>.yaml".to_owned(),
        format!("{long}.yaml"),
        format!("{}/{long}.yaml", "深い".repeat(20)),
        "-f.yaml".to_owned(),
    ];
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("plan.yaml", &plan("a", 2));
    for (year, name) in (2018..).zip(&names) {
        folder.write(name, &report("a", year, &[1, 2], &[1]));
    }
    let view = folder.json(&[]);
    let found: std::collections::BTreeSet<&str> =
        view["findings"].as_array().unwrap().iter().map(|finding| finding["file"].as_str().unwrap()).collect();
    assert_eq!(found, names.iter().map(String::as_str).collect());
    for name in &names {
        let ran = folder.run(&["check", "-f", "concise", "--select", "null-marker", "--", name]);
        assert!(ran.out.starts_with(name.as_str()), "{name}: {} {}", ran.out, ran.err);
    }
    for format in FORMATS {
        let file = format!("{}{}.{format}", "出".repeat(80), "a");
        assert_eq!(folder.run(&["check", "-q", "-f", format, "-o", &file]).status, 1, "{format}");
        assert!(!folder.read(&file).is_empty());
    }
    let rests: Vec<_> = folder.snapshot().into_keys().filter(|path| path.to_string_lossy().contains(".part")).collect();
    assert!(rests.is_empty(), "{rests:?}");
}

#[test]
fn a_path_may_lead_up_and_down() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("a/plan.yaml", &plan("a", 2));
    folder.write("a/2024.yaml", &report("a", 2024, &[1, 2], &[1]));
    folder.write("b/x.txt", "");
    let wanted = folder.findings(&[]);
    assert_eq!(wanted, ["null-marker a/2024.yaml /entries/0/counts/sessions/actual"]);
    for path in ["./a", "b/../a", "a/../a/./2024.yaml", "b/.."] {
        assert_eq!(folder.findings(&[path]), wanted, "{path}");
    }
    assert_eq!(folder.findings(&["a", "./a/2024.yaml", "a/plan.yaml"]), wanted);
}

#[test]
fn nothing_is_written_that_was_not_asked_for() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("plan.yaml", &plan("a", 2));
    folder.write("2024.yaml", &report("a", 2024, &[1, 2], &[1]));
    folder.commit();
    assert_eq!(folder.run(&["baseline", "create"]).status, 0);
    let before = folder.snapshot();
    let runs: &[&[&str]] = &[
        &["check"],
        &["check", "--since", "HEAD"],
        &["check", "--staged"],
        &["check", "--since", "nowhere"],
        &["ignores"],
        &["baseline", "show"],
        &["baseline", "prune"],
        &["config", "show"],
        &["schema", "plan"],
        &["completions", "bash"],
        &["man", "check"],
        &["explain", "null-marker"],
        &["rules"],
    ];
    for args in runs {
        folder.run(args);
        assert!(folder.snapshot() == before, "{args:?} has written something");
    }
    for format in FORMATS {
        folder.run(&["check", "-f", format]);
    }
    assert!(folder.snapshot() == before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    folder.write("plans/planlint.yaml", "");
    folder.write("plans/plan.yaml", &plan("a", 2));
    folder.write("plans/2024.yaml", &report("a", 2024, &[1, 2], &[1]));
    let allow = |mode| std::fs::set_permissions(folder.path().join("plans"), std::fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    let ran = folder.run(&["check", "plans", "-f", "concise"]);
    assert_eq!((ran.status, ran.out.lines().count()), (1, 1));
    // Whoever may do everything may write here too.
    if std::fs::write(folder.path().join("plans/x"), "").is_err() {
        assert_eq!(folder.run(&["check", "plans", "-f", "json", "-o", "plans/out.json"]).status, 2);
    }
    allow(0o755);
    assert_eq!(folder.run(&["check", "plans", "-f", "json", "-o", "nowhere/out.json"]).status, 2);
}

#[cfg(unix)]
#[test]
fn a_file_is_written_whole_or_not_at_all() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("plan.yaml", &plan("a", 1));
    folder.write("out/real.json", "old");
    std::fs::set_permissions(folder.path().join("out/real.json"), std::fs::Permissions::from_mode(0o600)).unwrap();
    symlink("out/real.json", folder.path().join("link.json")).unwrap();
    assert_eq!(folder.run(&["check", "-q", "-f", "json", "-o", "link.json"]).status, 0);
    // The link is still one, and what it leads to is as private as it was.
    assert!(folder.path().join("link.json").is_symlink());
    assert!(folder.read("out/real.json").starts_with('{'));
    assert_eq!(std::fs::metadata(folder.path().join("out/real.json")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(folder.run(&["check", "-q", "-f", "json", "-o", "/dev/null"]).status, 0);
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    // A folder stands where the file should be.
    std::fs::create_dir(folder.path().join("taken.json")).unwrap();
    let before = folder.snapshot();
    assert_eq!(folder.run(&["check", "-q", "-f", "json", "-o", "taken.json"]).status, 2);
    assert!(folder.snapshot() == before);
}

#[test]
fn the_program_knows_no_network() {
    fn look(folder: &std::path::Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(!text.contains("std::net") && !text.contains("TcpStream"), "{}", path.display());
            }
        }
    }
    look(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
}
