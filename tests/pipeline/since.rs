//! Only what a change brings.

use super::{Folder, plan, report};

fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("計画 集/plan.yaml", &plan("a", 6));
    folder.write("計画 集/令和6年度.yaml", &report("a", 2024, &[1, 2, 3, 4, 5, 6], &[2]));
    folder.commit();
    folder
}

#[test]
fn a_finding_caused_in_an_unchanged_file_is_shown() {
    let folder = repository();
    assert_eq!(folder.findings(&[]).len(), 1);
    assert!(folder.findings(&["--since", "HEAD"]).is_empty());
    // The report uses a measure that the plan loses.
    folder.write("計画 集/plan.yaml", &plan("a", 5));
    assert_eq!(folder.findings(&["--since", "HEAD"]), ["undefined-measure 計画 集/令和6年度.yaml /entries/5/measure"]);
    folder.commit();
    assert!(folder.findings(&["--since", "HEAD"]).is_empty());
    assert_eq!(folder.findings(&["--since", "HEAD~1"]).len(), 1);
    assert_eq!(folder.run(&["check", "--since", "HEAD~1"]).status, 1);
    let ran = folder.run(&["check", "--since", "HEAD", "--lang", "en"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("2 findings earlier (HEAD)"), "{}", ran.err);
    assert_eq!(folder.json(&["--since", "HEAD"])["summary"]["earlier"], 2);
}

#[test]
fn what_moves_is_not_new() {
    let folder = repository();
    let text = format!("# 注\n{}", report("a", 2024, &[4, 5, 6, 1, 2, 3], &[2]));
    folder.write("計画 集/令和6年度.yaml", &text);
    folder.rename("計画 集/令和6年度.yaml", "計画 集/2024年度（確定）.yaml");
    assert!(folder.findings(&["--since", "HEAD"]).is_empty());
    assert!(folder.findings(&["--since", "HEAD", "計画 集/2024年度（確定）.yaml"]).is_empty());
    folder.write("計画 集/2024年度（確定）.yaml", &text.replace("target: 12", "target: ―"));
    assert_eq!(folder.findings(&["--since", "HEAD", "計画 集/2024年度（確定）.yaml", "--select", "null-marker"]).len(), 6);
}

#[test]
fn a_file_that_is_named_is_held_against_itself() {
    let folder = repository();
    folder.write("計画 集/令和6年度.yaml", &report("a", 2024, &[1, 2, 3, 4, 5, 6], &[2, 3]));
    for path in [".", "計画 集", "計画 集/令和6年度.yaml"] {
        assert_eq!(
            folder.findings(&["--since", "HEAD", path]),
            ["null-marker 計画 集/令和6年度.yaml /entries/2/counts/sessions/actual"],
            "{path}"
        );
    }
    assert!(folder.findings(&["--since", "HEAD", "計画 集/plan.yaml"]).is_empty());
}

#[test]
fn taking_an_ignore_away_is_a_change() {
    let folder = repository();
    let text = folder.read("計画 集/令和6年度.yaml");
    let accepted = text.replace("        actual: ―", "        # planlint: ignore[null-marker] 集計中\n        actual: ―");
    folder.write("計画 集/令和6年度.yaml", &accepted);
    folder.commit();
    assert!(folder.findings(&["--since", "HEAD"]).is_empty());
    folder.write("計画 集/令和6年度.yaml", &text);
    assert_eq!(folder.findings(&["--since", "HEAD"]).len(), 1);
}

#[test]
fn the_index_stands_for_what_will_be_committed() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("plan.yaml", &plan("a", 3));
    folder.git(&["init", "-q", "-b", "main"]);
    let faulty = report("a", 2024, &[1, 2, 3], &[2]);
    folder.write("2024.yaml", &faulty);
    // Before the first commit everything is new, but what is not in the index is not there.
    assert_eq!(folder.run(&["check", "--staged"]).status, 3);
    folder.git(&["add", "-A"]);
    assert_eq!(folder.findings(&["--staged"]).len(), 1);
    folder.git(&["commit", "-qm", "1"]);
    assert!(folder.findings(&["--staged"]).is_empty());
    // In the work tree, not in the index.
    folder.write("2024.yaml", &report("a", 2024, &[1, 2, 3], &[2, 3]));
    assert!(folder.findings(&["--staged"]).is_empty());
    assert_eq!(folder.findings(&["--since", "HEAD"]).len(), 1);
    // In the index, put right in the work tree since.
    folder.git(&["add", "-A"]);
    folder.write("2024.yaml", &faulty);
    assert_eq!(folder.findings(&["--staged"]), ["null-marker 2024.yaml /entries/2/counts/sessions/actual"]);
    assert!(folder.findings(&["--since", "HEAD"]).is_empty());
    // Only in the index.
    folder.remove("2024.yaml");
    assert_eq!(folder.findings(&["--staged"]).len(), 1);
}

#[test]
fn a_hook_of_git_sees_the_index_of_the_commit() {
    let folder = repository();
    let hook =
        format!("#!/bin/sh\nexec '{}' check --staged -f concise --lang en --select {}\n", env!("CARGO_BIN_EXE_planlint"), super::RULES);
    folder.write(".git/hooks/pre-commit", &hook);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder.path().join(".git/hooks/pre-commit"), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let commit = |args: &[&str]| {
        let mut command = std::process::Command::new("git");
        super::clean(command.current_dir(folder.path())).args(["-c", "user.name=a", "-c", "user.email=a@example.jp", "commit", "-qm", "c"]);
        super::ran(command.args(args).output().unwrap())
    };
    folder.write("計画 集/plan.yaml", &plan("a", 5));
    // `commit -a` and `commit FILE` have an index of their own.
    for args in [&["-a"][..], &["--", "計画 集/plan.yaml"]] {
        let ran = commit(args);
        assert_eq!(ran.status, 1, "{}", ran.err);
        assert!((ran.out + &ran.err).contains("undefined-measure"), "{args:?}");
    }
    folder.write("計画 集/plan.yaml", &plan("a", 7));
    assert_eq!(commit(&["-a"]).status, 0);
}

#[test]
fn the_root_may_be_a_folder_of_the_repository() {
    let folder = Folder::new();
    folder.write("docs/x.yaml", "a: 1\n");
    folder.write("plans/planlint.yaml", "exclude: [old/**]\n");
    folder.write("plans/a/plan.yaml", &plan("a", 3));
    folder.write("plans/a/2024.yaml", &report("a", 2024, &[1, 2, 3], &[2]));
    folder.write("plans/old/2020.yaml", &report("a", 2020, &[1, 2, 3], &[1]));
    folder.write("plans/.hidden/2021.yaml", &report("a", 2021, &[1, 2, 3], &[1]));
    folder.write(".gitignore", "*.tmp.yaml\n");
    folder.write("plans/a/b.tmp.yaml", &plan("a", 1));
    folder.git(&["init", "-q", "-b", "main"]);
    folder.git(&["add", "-f", "plans/a/b.tmp.yaml"]);
    folder.commit();
    for path in ["plans", "plans/a", "plans/a/2024.yaml"] {
        assert_eq!(folder.findings(&[path]).len(), 1, "{path}");
        assert!(folder.findings(&["--since", "HEAD", path]).is_empty(), "{path}");
        assert!(folder.findings(&["--staged", path]).is_empty(), "{path}");
    }
    folder.write("plans/a/2024.yaml", &report("a", 2024, &[1, 2, 3], &[2, 3]));
    assert_eq!(folder.findings(&["--since", "HEAD", "plans"]), ["null-marker a/2024.yaml /entries/2/counts/sessions/actual"]);
}

#[test]
fn the_point_where_branches_parted() {
    let folder = repository();
    folder.git(&["checkout", "-qb", "work"]);
    folder.commit();
    folder.git(&["checkout", "-q", "main"]);
    // main has put the fault right since; the branch did not bring it.
    folder.write("計画 集/令和6年度.yaml", &report("a", 2024, &[1, 2, 3, 4, 5, 6], &[]));
    folder.commit();
    folder.git(&["checkout", "-q", "work"]);
    assert_eq!(folder.findings(&["--since", "main"]).len(), 1);
    assert!(folder.findings(&["--since", "main..."]).is_empty());
}

#[test]
fn a_clone_that_does_not_hold_the_commit_is_told_of() {
    let folder = repository();
    folder.write("計画 集/plan.yaml", &plan("a", 7));
    folder.commit();
    let from = format!("file://{}", folder.path().display());
    let shallow = Folder::new();
    shallow.git(&["clone", "-q", "--depth", "1", &from, "."]);
    assert_eq!(shallow.run(&["check", "--since", "HEAD"]).status, 0);
    let ran = shallow.run(&["check", "--since", "HEAD~1", "--lang", "en"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("there is no commit HEAD~1 here; this clone is shallow") && ran.err.contains("fetch-depth: 0"), "{}", ran.err);
    assert!(shallow.run(&["check", "--since", "HEAD~1"]).err.contains("浅い複製"));
    shallow.git(&["fetch", "-q", "--unshallow"]);
    assert!(shallow.findings(&["--since", "HEAD~1"]).is_empty());
    let ran = folder.run(&["check", "--since", "--output=x", "--lang", "en"]);
    assert_eq!(ran.status, 2);
    assert!(!folder.path().join("x").exists());
    let ran = folder.run(&["check", "--since=-x", "--lang", "en"]);
    assert!(ran.err.contains("there is no commit -x here; check its name"), "{}", ran.err);
}

#[test]
fn without_git_or_a_repository_the_run_says_so() {
    let folder = Folder::new();
    folder.write("planlint.yaml", "");
    folder.write("plan.yaml", &plan("a", 1));
    for (lang, none, no_git) in
        [("ja", "リポジトリの中で使えます", "見つかりません"), ("en", "need a git repository", "need git, which was not found")]
    {
        let ran = folder.run(&["check", "--since", "HEAD", "--lang", lang]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(none), "{}", ran.err);
        let ran = super::ran(folder.command().args(["check", "--staged", "--lang", lang]).env("PATH", "").output().unwrap());
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(no_git), "{}", ran.err);
    }
}

#[test]
fn a_merge_that_is_not_over_is_told_of() {
    let folder = repository();
    folder.git(&["checkout", "-qb", "work"]);
    folder.write("計画 集/plan.yaml", &plan("a", 7));
    folder.commit();
    folder.git(&["checkout", "-q", "main"]);
    folder.write("計画 集/plan.yaml", &plan("a", 8));
    folder.commit();
    let mut command = std::process::Command::new("git");
    super::clean(command.current_dir(folder.path()))
        .args(["-c", "user.name=a", "-c", "user.email=a@example.jp", "merge", "work"])
        .output()
        .unwrap();
    let ran = folder.run(&["check", "--staged", "--lang", "en"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("計画 集/plan.yaml is in the middle of a merge"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn links_and_large_files_are_read_as_in_the_work_tree() {
    let folder = repository();
    folder.write("planlint.yaml", "exclude: [store/**]\nmax-file-size: 20KB\n");
    folder.write("store/2023.yaml", &report("a", 2023, &[1, 2, 3, 4, 5, 6], &[4]));
    std::os::unix::fs::symlink("../store/2023.yaml", folder.path().join("計画 集/2023.yaml")).unwrap();
    folder.write("計画 集/2022.yaml", &format!("{}# {}\n", report("a", 2022, &[1], &[]), "x".repeat(20_000)));
    folder.commit();
    assert_eq!(folder.findings(&["--select", "null-marker,unreadable-yaml"]).len(), 3);
    assert!(folder.findings(&["--since", "HEAD"]).is_empty());
    assert!(folder.findings(&["--staged"]).is_empty());
}

#[test]
fn results_of_earlier_runs_change_nothing() {
    let folder = repository();
    folder.write("b/plan.yaml", &plan("b", 3));
    folder.write("b/2024.yaml", &report("b", 2024, &[1, 2, 3], &[3]));
    folder.commit();
    folder.write("計画 集/plan.yaml", &plan("a", 5));
    folder.write("b/2024.yaml", &report("b", 2024, &[3, 1, 2], &[2, 3]));
    for args in [&["--since", "HEAD"][..], &["--staged"], &["--since", "HEAD~1"], &["--since", "HEAD", "b/2024.yaml"], &[]] {
        let without = folder.findings(args);
        for _ in 0..2 {
            assert_eq!(folder.findings(&[args, &["--cache"]].concat()), without, "{args:?}");
        }
    }
    assert!(folder.git(&["status", "--porcelain", "--ignored=no"]).lines().all(|line| !line.contains("planlint_cache")));
    folder.run(&["baseline", "create"]);
    folder.write("b/2024.yaml", &report("b", 2024, &[3, 1], &[1, 3]));
    let without = folder.json(&[]);
    for _ in 0..2 {
        assert_eq!(folder.json(&["--cache"]), without);
    }
    assert_eq!(without["summary"]["baseline"], 3);
}
