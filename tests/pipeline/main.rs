//! A repository of plans under CI: known findings, what a change brings, saving and packaging.

#![allow(clippy::unwrap_used)]

mod baseline;
mod packaging;
mod settings;
mod since;
mod stability;
#[cfg(unix)]
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The rules that these tests are about; what others find in the same files is not their matter.
pub(crate) const RULES: &str =
    "null-marker,undefined-measure,undefined-department,unreadable-yaml,target-below-actual,unit-mismatch,sum-mismatch";

/// A folder of its own, with files and, where it is asked for, a git repository.
pub(crate) struct Folder(tempfile::TempDir);

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.path().join(to);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::rename(self.path().join(from), to).unwrap();
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_planlint"));
        clean(command.current_dir(self.path()));
        command
    }

    /// Runs planlint, where nothing else is said with the rules of these tests.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let steps = match args {
            _ if args.contains(&"--select") => 0,
            ["check" | "ignores", ..] => 1,
            ["baseline", _, ..] => 2,
            _ => 0,
        };
        let (command, rest) = args.split_at(steps);
        let rules: &[&str] = if steps > 0 { &["--select", RULES] } else { &[] };
        ran(self.command().args(command).args(rules).args(rest).output().unwrap())
    }

    /// `check` as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let ran = self.run(&[&["check", "-f", "json", "--lang", "en", "--date", "2025-11-01"], args].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{args:?}: {} {}", ran.out, ran.err))
    }

    /// The findings of `check`: rule, file and pointer.
    pub(crate) fn findings(&self, args: &[&str]) -> Vec<String> {
        let list = |finding: &Value| ["rule", "file", "pointer"].map(|field| finding[field].as_str().unwrap().to_owned()).join(" ");
        self.json(args)["findings"].as_array().unwrap().iter().map(list).collect()
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        let mut command = Command::new("git");
        clean(command.current_dir(self.path())).args(["-c", "user.name=a", "-c", "user.email=a@example.jp", "-c", "commit.gpgsign=false"]);
        let output = command.args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Everything as a commit; the first makes the repository.
    pub(crate) fn commit(&self) {
        if !self.path().join(".git").exists() {
            self.git(&["init", "-q", "-b", "main"]);
        }
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "c"]);
    }

    /// Every file with its bytes.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        fn look(folder: &Path, all: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    look(&path, all);
                } else {
                    all.insert(path.clone(), std::fs::read(&path).unwrap_or_default());
                }
            }
        }
        let mut all = BTreeMap::new();
        look(self.path(), &mut all);
        all
    }
}

/// Nothing of the machine that runs the tests.
pub(crate) fn clean(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("GIT_") || text.starts_with("GITHUB_") || text.starts_with("CLICOLOR") {
            command.env_remove(&name);
        }
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null")
}

pub(crate) fn ran(output: Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A plan of some measures, each with one count.
pub(crate) fn plan(id: &str, measures: usize) -> String {
    let mut text = format!("kind: plan\nid: {id}\ntitle: 健康づくり計画\ndepartments: [{{ id: health, name: 健康課 }}]\nmeasures:\n");
    for number in 1..=measures {
        text.push_str(&format!(
            "  - id: \"{number}\"\n    title: 講座{number}\n    departments: [health]\n    counts:\n      - {{ id: sessions, title: 開催回数, unit: 回 }}\n"
        ));
    }
    text
}

/// A report on those measures; `faulty` ones have a bare mark for an actual.
pub(crate) fn report(id: &str, year: u16, order: &[usize], faulty: &[usize]) -> String {
    let mut text = format!("kind: report\nplan: {id}\nyear: {year}\nentries:\n");
    for number in order {
        let actual = if faulty.contains(number) { "―" } else { "12" };
        text.push_str(&format!(
            "  - measure: \"{number}\"\n    result: 講座{number}を開催した。\n    counts:\n      sessions:\n        target: 12\n        actual: {actual}\n"
        ));
    }
    text
}
