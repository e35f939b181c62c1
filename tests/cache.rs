//! What an earlier run has found is what this one finds: with and without a cache, the same bytes.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{plan, report};
use corpus::{Faults, Size};
use planlint::catalogue::Lang;
use planlint::check::{self, Cache};
use planlint::config::Settings;
use planlint::files::{Loaded, Raw, Role};
use planlint::report::{Rendering, human, json, sarif};
use planlint::source::Source;
use proptest::prelude::*;

const SIZE: Size = Size { plans: 2, measures: 6, long_tail: true, first: 2022, years: 3 };

/// Files of a run: names and bytes.
type Files = Vec<(String, Vec<u8>)>;

const CARRIED: &str = "{ target: 10, carried_over: 2022, actual: 12 }";

/// A made city with faults, and by hand what rests on other files: plans that succeed one another,
/// reports of a plan that is not there, comments with and without a day.
fn city() -> Files {
    let mut files: Files = Vec::new();
    for plan in corpus::plans(3, SIZE, Faults { share: 0.3, rule: None }) {
        files.extend(plan.files.iter().map(|file| (format!("{}/{}", plan.folder, file.name), file.bytes())));
    }
    let until = |day: &str| format!("{CARRIED} # planlint: ignore[carry-over-unverifiable] until={day} 確認済み");
    let by_hand = [
        ("by-hand/a.yaml", plan("kenko-a", "")),
        ("by-hand/a-2024.yaml", report("kenko-a", 2024, &until("2025-12-31"))),
        ("by-hand/b.yaml", plan("kenko-b", "succeeds: kenko-a\n")),
        ("by-hand/b-2024.yaml", report("kenko-b", 2024, "{ target: ten }")),
        ("by-hand/c.yaml", "# planlint: ignore[sum-mismatch] 確認済み\n".to_owned() + &plan("another", "")),
        ("by-hand/c-2024.yaml", report("another", 2024, &until("2025-01-31"))),
        ("by-hand/lost-1.yaml", report("kenko-x", 2024, CARRIED)),
        ("by-hand/lost-2.yaml", report("nothing-like-it", 2024, CARRIED)),
        ("by-hand/odd.yaml", report("zzz", 2023, CARRIED).replace("plan: zzz", "plan: \"\\x61nother\"")),
        ("by-hand/rest.yaml", "hello: 1\n".to_owned()),
    ];
    files.extend(by_hand.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())));
    files.sort();
    files
}

fn examples() -> Files {
    fn look(folder: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "yaml") && !path.ends_with("planlint.yaml") {
                files.push((path.to_string_lossy().replace('\\', "/"), std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut files = Files::new();
    look(Path::new("examples"), &mut files);
    files.sort();
    files
}

/// Everything that a run says, and how many files it has looked at.
#[derive(PartialEq)]
struct Said {
    texts: Vec<String>,
    looked: usize,
}

fn run(files: &Files, settings: &Settings, with_cache: bool) -> Said {
    // Some files are only read as context.
    let role = |name: &str| if name.ends_with("c-2024.yaml") { Role::Context } else { Role::Found };
    let raw = files.iter().map(|(name, bytes)| Raw { name: name.clone(), role: role(name), bytes: Ok(bytes.clone()) }).collect();
    let looked = AtomicUsize::new(0);
    let cache = with_cache.then(|| Cache::open(settings));
    let done = || _ = looked.fetch_add(1, Ordering::Relaxed);
    let (loaded, outcome) = check::check(raw, settings, cache, &done);
    assert!(loaded.iter().map(|file| &file.source.name).eq(files.iter().map(|(name, _)| name)));
    let sources: Vec<&Source> = loaded.iter().map(|file: &Loaded| &file.source).collect();
    let checked: Vec<bool> = loaded.iter().map(|file| file.role != Role::Context).collect();
    let mut texts = vec![format!("{:?} {:?}", outcome.acceptances, outcome.accepted.iter().map(|one| one.by).collect::<Vec<_>>())];
    for lang in [Lang::Ja, Lang::En] {
        let rendering = Rendering { outcome: &outcome, sources: &sources, lang, checked: &checked };
        let mut forms = [Vec::new(), Vec::new()];
        json::write(&rendering, &mut forms[0]).unwrap();
        match lang {
            Lang::Ja => human::write(&rendering, &mut forms[1], false).unwrap(),
            Lang::En => sarif::write(&rendering, &mut forms[1]).unwrap(),
        }
        texts.extend(forms.map(|form| String::from_utf8(form).unwrap()));
        texts.push(rendering.evaluated());
    }
    Said { texts, looked: looked.into_inner() }
}

/// Holds a run with a cache against one without; how many files it has looked at.
fn same(files: &Files, settings: &Settings, what: &str) -> usize {
    let (without, with) = (run(files, settings, false), run(files, settings, true));
    for (one, other) in without.texts.iter().zip(&with.texts) {
        let line = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(one == other, "{what}: {line:?}");
    }
    with.looked
}

/// Settings with a folder of their own for results.
fn settings(folder: &tempfile::TempDir, config: Option<&str>, date: Option<&str>) -> Settings {
    let mut settings = common::settings(config, date);
    settings.root = folder.path().to_path_buf();
    settings
}

/// The files of results in a folder.
fn kept(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder.join(check::cache::FOLDER)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "results"));
    paths.sort();
    paths
}

const PROFILES: [&str; 3] = ["profile: standard", "profile: strict", "profile: publication"];

#[test]
fn a_second_run_looks_at_nothing() {
    for (name, files) in [("examples", examples()), ("city", city())] {
        let folder = tempfile::tempdir().unwrap();
        for profile in PROFILES {
            let settings = settings(&folder, Some(profile), None);
            assert!(same(&files, &settings, name) >= files.len(), "{name}, {profile}");
            let again = same(&files, &settings, name);
            // A file whose plan shows itself only when it is parsed is looked at to learn it.
            assert!(again <= if name == "city" { 12 } else { 0 }, "{name}, {profile}: {again}");
        }
        assert_eq!(kept(folder.path()).len(), PROFILES.len());
    }
}

#[test]
fn after_an_edit_of_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&folder, Some("profile: publication"), None);
    let files = city();
    same(&files, &settings, "cold");
    for index in 0..files.len() {
        let text = String::from_utf8_lossy(&files[index].1).into_owned();
        let half = text.len() / 2;
        let cut = text.char_indices().map(|(at, _)| at).find(|at| *at >= half).unwrap();
        let edits = [text.clone() + "# 注\n", text.replacen("2024", "2025", 1), text.replacen("id: ", "id: x", 1), text[..cut].to_owned()];
        for edited in edits {
            let mut now = files.clone();
            now[index].1 = edited.into_bytes();
            let looked = same(&now, &settings, &files[index].0);
            assert!(looked < 3 * files.len(), "{}: {looked}", files[index].0);
        }
    }
    same(&files, &settings, "as it was");
    let mut one = files.clone();
    one[files.iter().position(|(name, _)| name.starts_with("plan-0001/")).unwrap()].1.extend(b"# end\n");
    let looked = same(&one, &settings, "one");
    assert!(looked <= 4 + 12, "{looked}");
}

#[test]
fn after_a_file_has_come_or_gone() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&folder, None, None);
    let files = city();
    same(&files, &settings, "cold");
    for index in 0..files.len() {
        let mut fewer = files.clone();
        let (name, _) = fewer.remove(index);
        same(&fewer, &settings, &name);
        let mut moved = files.clone();
        moved[index].0 = format!("z/{name}");
        moved.sort();
        same(&moved, &settings, &name);
    }
    let broken: [(&str, &[u8]); 4] = [
        ("0.yaml", b"a: ["),
        ("by-hand/z.yaml", b"kind: plan\nid: \x83\x65\n"),
        ("z.yaml", b"kind: plan\nid: kenko-xx\n"),
        ("y.yaml", b""),
    ];
    for (name, bytes) in broken {
        let mut more = files.clone();
        more.push((name.to_owned(), bytes.to_vec()));
        more.sort();
        for what in ["come", "still there"] {
            same(&more, &settings, what);
        }
        same(&files, &settings, "gone");
    }
    for id in ["kenko-x", "kenko-y", "nothing-like"] {
        let mut more = files.clone();
        more.push((format!("new/{id}.yaml"), plan(id, "").into_bytes()));
        more.sort();
        same(&more, &settings, id);
    }
}

#[test]
fn under_other_settings_or_on_another_day() {
    let folder = tempfile::tempdir().unwrap();
    let files = city();
    let configs = [
        "rules: { carry-over-unverifiable: error }",
        "rules: { carry-over-unverifiable: off }",
        "rules: { sum-mismatch: note, target-below-actual: error }",
        "rules: { carry-over-mismatch: { tolerance: 20% } }",
        "overrides: [{ files: [\"by-hand/**\"], rules: { carry-over-unverifiable: note } }]",
        "overrides: [{ files: [\"plan-*/**\"], rules: { carry-over-unverifiable: note } }]",
        "locked: [carry-over-unverifiable]",
    ];
    for _ in 0..2 {
        for config in configs.iter().chain(&PROFILES) {
            same(&files, &settings(&folder, Some(config), None), config);
        }
        for day in ["2025-01-31", "2025-02-01", "2026-01-05", "2025-11-01"] {
            same(&files, &settings(&folder, None, Some(day)), day);
        }
        let mut changed = settings(&folder, None, None);
        changed.no_ignores = true;
        same(&files, &changed, "no comments");
        changed.select = vec![planlint::config::Selector::parse("carry-over-unverifiable").unwrap()];
        same(&files, &changed, "one rule");
        changed.no_ignores = false;
        changed.ignore = std::mem::take(&mut changed.select);
        same(&files, &changed, "all but one rule");
        changed.lang.value = Lang::En;
        same(&files, &changed, "English");
    }
}

/// What may happen to a file of results.
#[derive(Clone, Debug)]
enum Damage {
    Flip(usize, u8),
    Cut(usize),
    Lose(usize, usize),
    Insert(usize, Vec<u8>),
    Replace(Vec<u8>),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || any::<usize>();
    let bytes = || prop::collection::vec(any::<u8>(), 0..80);
    prop_oneof![
        6 => (at(), 1..=255u8).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        2 => (0..64usize, 1..=255u8).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        2 => at().prop_map(Damage::Cut),
        1 => (at(), 1..200usize).prop_map(|(at, length)| Damage::Lose(at, length)),
        1 => (at(), bytes()).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => bytes().prop_map(Damage::Replace),
    ]
}

impl Damage {
    fn apply(&self, whole: &[u8]) -> Vec<u8> {
        let mut bytes = whole.to_vec();
        let within = |at: usize| at % whole.len();
        match self {
            Self::Flip(at, mask) => bytes[within(*at)] ^= mask,
            Self::Cut(at) => bytes.truncate(within(*at)),
            Self::Lose(at, length) => drop(bytes.drain(within(*at)..(within(*at) + length).min(whole.len()))),
            Self::Insert(at, more) => drop(bytes.splice(within(*at)..within(*at), more.iter().copied())),
            Self::Replace(other) => bytes.clone_from(other),
        }
        bytes
    }
}

#[test]
fn what_is_damaged_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&folder, None, None);
    let files: Files = city().into_iter().filter(|(name, _)| name.starts_with("by-hand/")).collect();
    let truth = run(&files, &settings, false).texts;
    run(&files, &settings, true);
    let path = kept(folder.path()).remove(0);
    let whole = std::fs::read(&path).unwrap();
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(120) });
    let outcome = runner.run(&prop::collection::vec(damage(), 1..4), |damages| {
        let bytes = damages.iter().fold(whole.clone(), |bytes, damage| if bytes.is_empty() { bytes } else { damage.apply(&bytes) });
        std::fs::write(&path, bytes).unwrap();
        prop_assert!(run(&files, &settings, true).texts == truth);
        // What this run has put right is believed again.
        prop_assert!(run(&files, &settings, true).texts == truth);
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_record_is_not_taken_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, strict) = (settings(&folder, None, None), settings(&folder, Some("profile: publication"), None));
    let files = city();
    let truth = run(&files, &plain, false).texts;
    run(&files, &plain, true);
    let first = kept(folder.path()).remove(0);
    run(&files, &strict, true);
    let second = kept(folder.path()).into_iter().find(|path| *path != first).unwrap();
    std::fs::copy(&second, &first).unwrap();
    assert!(run(&files, &plain, true).texts == truth, "another settings' results were believed");
}

#[test]
fn where_nothing_can_be_kept_a_run_is_as_without() {
    let files = city();
    let truth = run(&files, &settings(&tempfile::tempdir().unwrap(), None, None), false).texts;
    let place = |make: &dyn Fn(&Path)| {
        let folder = tempfile::tempdir().unwrap();
        make(&folder.path().join(check::cache::FOLDER));
        for _ in 0..2 {
            assert!(run(&files, &settings(&folder, None, None), true).texts == truth);
        }
    };
    place(&|path| std::fs::write(path, "a file").unwrap());
    place(&|path| std::fs::create_dir_all(path.join(".gitignore")).unwrap());
    let mut gone = settings(&tempfile::tempdir().unwrap(), None, None);
    gone.root.push("gone");
    assert!(run(&files, &gone, true).texts == truth);
    // Where the results should be there is a folder.
    let folder = tempfile::tempdir().unwrap();
    run(&files, &settings(&folder, None, None), true);
    let path = kept(folder.path()).remove(0);
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(run(&files, &settings(&folder, None, None), true).texts == truth);
    let parts = std::fs::read_dir(path.parent().unwrap()).unwrap();
    assert!(!parts.map(|entry| entry.unwrap().path()).any(|path| path.extension().is_some_and(|extension| extension == "part")));
}

#[test]
fn runs_at_the_same_time() {
    let folder = tempfile::tempdir().unwrap();
    let files = city();
    let truth = run(&files, &settings(&folder, None, None), false).texts;
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for round in 0..4 {
                    let mut own = files.clone();
                    own[round].1.extend(b"\n");
                    run(&own, &settings(&folder, None, None), true);
                    assert!(run(&files, &settings(&folder, None, None), true).texts == truth);
                }
            });
        }
    });
    assert_eq!(kept(folder.path()).len(), 1);
}

fn planlint(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planlint")).current_dir(folder).args(args).args(["--lang", "en"]).output().unwrap()
}

/// A folder of plans on the disk.
fn on_disk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("planlint.yaml"), "").unwrap();
    for (name, bytes) in city() {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn flags_and_folder() {
    let folder = on_disk();
    let cache = folder.path().join(check::cache::FOLDER);
    let say = |args: &[&str]| {
        let output = planlint(folder.path(), &[args, &["--date", "2025-11-01"]].concat());
        (output.status.code(), output.stdout, output.stderr)
    };
    for format in ["full", "concise", "grouped", "json", "sarif", "github", "gitlab", "junit", "markdown"] {
        let args = ["check", "-f", format];
        let without = say(&args);
        assert!(!without.1.is_empty());
        assert!(!cache.exists(), "a small run leaves a folder behind");
        for _ in 0..2 {
            assert!(say(&[&args[..], &["--cache"]].concat()) == without, "{format}");
        }
        assert!(say(&[&args[..], &["--no-cache"]].concat()) == without, "{format}");
        for name in [".gitignore", "CACHEDIR.TAG"] {
            assert!(cache.join(name).is_file(), "{name}");
        }
        for (words, path) in [("removed", "."), ("does not exist", "by-hand/a.yaml")] {
            let said = planlint(folder.path(), &["clean", path]);
            assert_eq!((said.status.code(), cache.exists()), (Some(0), false));
            assert!(String::from_utf8_lossy(&said.stderr).trim_end().ends_with(words), "{said:?}");
        }
    }
    for args in [&["ignores"][..], &["ignores", "-f", "json"], &["baseline", "show"], &["check", "by-hand/a-2024.yaml"]] {
        let without = say(args);
        for _ in 0..2 {
            assert!(say(&[args, &["--cache"]].concat()) == without, "{args:?}");
        }
    }
    assert_eq!(say(&["check", "--cache", "--no-cache"]).0, Some(2));
    let (status, _, err) = say(&["check", "--cache", "--no-cache", "--lang", "ja"]);
    assert!(status == Some(2) && !err.is_empty());
}

#[test]
fn runs_of_several_processes() {
    let folder = on_disk();
    let args = ["check", "-f", "json", "--date", "2025-11-01"];
    let truth = planlint(folder.path(), &args).stdout;
    for _ in 0..3 {
        let start = |_| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_planlint"));
            command.current_dir(folder.path()).args(args).args(["--lang", "en", "--cache"]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        };
        let children: Vec<_> = (0..6).map(start).collect();
        for child in children {
            assert!(child.wait_with_output().unwrap().stdout == truth);
        }
    }
    assert_eq!(kept(folder.path()).len(), 1);
}
