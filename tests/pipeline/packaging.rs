//! Hooks, the action, the job and the lines of the documents.

use std::path::Path;

use planlint::document::{self, Document, Limits, Node};
use planlint::files::{Loaded, Role, of_bytes};

use super::{Folder, clean, plan, ran, report};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

fn file(name: &str, text: &str) -> Loaded {
    of_bytes(0, name, Role::Named, text.as_bytes().to_vec())
}

fn parse<'a>(file: &'a Loaded) -> Document<'a> {
    let document = document::parse(&file.source, &Limits::default());
    document.unwrap_or_else(|fault| panic!("{}: {fault:?} in {}", file.source.name, file.source.text()))
}

fn get<'a>(node: Node<'a>, path: &str) -> Node<'a> {
    path.split('/').fold(node, |node, step| match step.parse::<usize>() {
        Ok(index) => node.items().nth(index).unwrap_or_else(|| panic!("no {path}")),
        Err(_) => node.member(step).unwrap_or_else(|| panic!("no {path}")).1,
    })
}

fn string<'a>(node: Node<'a>, path: &str) -> &'a str {
    get(node, path).text().unwrap_or_else(|| panic!("{path} is no text"))
}

/// Whether a command line is one that planlint takes, with nothing done.
fn takes(line: &str) {
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words[0], "planlint", "{line}");
    let end = words.iter().position(|word| word.starts_with('>') || *word == "&&").unwrap_or(words.len());
    let folder = Folder::new();
    let ran = ran(folder.command().args(&words[1..end]).arg("--help").output().unwrap());
    assert_eq!(ran.status, 0, "{line}: {}", ran.err);
}

#[test]
fn hooks_of_pre_commit() {
    let file = file("hooks.yaml", &text(".pre-commit-hooks.yaml"));
    let document = parse(&file);
    let hooks: Vec<Node<'_>> = document.roots().next().unwrap().items().collect();
    let ids: Vec<&str> = hooks.iter().map(|hook| string(*hook, "id")).collect();
    assert_eq!(ids, ["planlint", "planlint-staged"]);
    for hook in hooks {
        takes(string(hook, "entry"));
        assert_eq!(string(hook, "language"), "rust");
        assert_eq!(string(hook, "pass_filenames"), "false");
        assert!(!string(hook, "name").is_empty() && string(hook, "files").contains("ya?ml"));
    }
}

/// The action's own script, run with its own program.
#[cfg(unix)]
#[test]
fn the_action_runs() {
    let file = file("action.yml", &text("action.yml"));
    let document = parse(&file);
    let action = document.roots().next().unwrap();
    assert_eq!(string(action, "runs/using"), "composite");
    let inputs: Vec<&str> = get(action, "inputs").members().map(|(name, _)| name.key_text()).collect();
    let (script, env) = (string(action, "runs/steps/1/run"), get(action, "runs/steps/1/env"));
    assert!(!script.contains("${{"), "inputs come in as variables");
    let variables: Vec<(String, &str)> = env.members().map(|(name, value)| (name.key_text().to_owned(), value.text().unwrap())).collect();
    assert_eq!(variables.len(), inputs.len());
    for (input, (variable, value)) in inputs.iter().zip(&variables) {
        assert_eq!(*variable, format!("INPUT_{}", input.to_uppercase().replace('-', "_")));
        assert_eq!(*value, format!("${{{{ inputs.{input} }}}}"));
    }
    for step in get(action, "runs/steps").items() {
        assert_eq!(string(step, "shell"), "bash");
    }
    let folder = Folder::new();
    folder.write("plans/planlint.yaml", "");
    folder.write("plans/a b/plan.yaml", &plan("a", 2));
    folder.write("plans/a b/2024.yaml", &report("a", 2024, &[1, 2], &[1]));
    folder.commit();
    let bin = folder.path().join("temp/planlint/bin");
    std::fs::create_dir_all(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_planlint"), bin.join("planlint")).unwrap();
    let run = |given: &[(&str, &str)]| {
        let mut command = std::process::Command::new("bash");
        clean(command.current_dir(folder.path())).args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        for (input, (variable, _)) in inputs.iter().zip(&variables) {
            let default = string(action, &format!("inputs/{input}/default"));
            command.env(variable, given.iter().find(|(name, _)| name == input).map_or(default, |(_, value)| value));
        }
        command.env("RUNNER_TEMP", folder.path().join("temp")).env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"));
        ran(command.output().unwrap())
    };
    let checked = run(&[("paths", "plans/a b\nplans\n"), ("lang", "en"), ("sarif", "out put.sarif"), ("junit", "junit.xml")]);
    assert_eq!(checked.status, 1, "{}", checked.err);
    assert!(checked.out.starts_with("::warning file=a b/2024.yaml,line=10,"), "{}", checked.out);
    assert!(folder.read("summary.md").contains("null") && folder.read("out put.sarif").contains("null-marker"));
    assert!(folder.read("junit.xml").contains("<testsuite"));
    assert_eq!(run(&[("paths", "plans"), ("since", "HEAD")]).status, 0);
    assert_eq!(run(&[("paths", "plans"), ("fail-on", "never")]).status, 0);
    assert_eq!(run(&[("paths", "plans"), ("since", "$(touch x); x")]).status, 2);
    assert!(!folder.path().join("x").exists());
}

#[test]
fn the_job_of_gitlab() {
    let file = file("gitlab.yml", &text("ci/gitlab.yml"));
    let document = parse(&file);
    let job = get(document.roots().next().unwrap(), "planlint");
    assert_eq!(string(job, "artifacts/reports/codequality"), "gl-code-quality-report.json");
    assert_eq!(string(job, "artifacts/reports/junit"), "planlint-junit.xml");
    assert_eq!(string(job, "artifacts/when"), "always");
    assert_eq!(get(job, "image/entrypoint").items().next().and_then(Node::text), Some(""));
    let script: Vec<&str> = get(job, "script").items().map(|line| line.text().unwrap()).collect();
    assert_eq!(script.len(), 2);
    for (line, output) in script.iter().zip(["gl-code-quality-report.json", "planlint-junit.xml"]) {
        assert!(line.contains(&format!("-o {output}")), "{line}");
        takes(&line.replace("${CI_MERGE_REQUEST_DIFF_BASE_SHA:+--since \"$CI_MERGE_REQUEST_DIFF_BASE_SHA\"}", "--since abc"));
    }
}

#[test]
fn the_container_builds_what_it_runs() {
    let lines: Vec<String> = text("Dockerfile").lines().map(ToOwned::to_owned).collect();
    let stages = lines.iter().filter(|line| line.starts_with("FROM ")).count();
    assert_eq!(stages, 2);
    assert!(lines.iter().any(|line| line == "ENTRYPOINT [\"planlint\"]"));
    assert!(lines.iter().any(|line| line.contains("apk add --no-cache git")));
    assert!(lines.iter().any(|line| line.contains("cargo build --release --locked")));
}

/// The blocks of a document, each with its language.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(block)) => blocks.push(block),
            (None, Some((language, text))) => open = Some((language, format!("{text}{line}\n"))),
            (None, None) => {}
        }
    }
    blocks
}

#[test]
fn the_lines_of_the_documents() {
    let read = |name: &str| blocks(&text(name));
    let (english, japanese) = (read("docs/ci.md"), read("docs/ci.ja.md"));
    assert_eq!(english.len(), japanese.len());
    let hooks = text(".pre-commit-hooks.yaml");
    let action = text("action.yml");
    for (language, block) in english.iter().chain(&japanese) {
        match language.as_str() {
            "yaml" => {
                let file = file("block.yaml", block);
                let document = parse(&file);
                let root = document.roots().next().unwrap();
                for repo in root.member("repos").into_iter().flat_map(|(_, repos)| repos.items()) {
                    for hook in get(repo, "hooks").items() {
                        assert!(hooks.contains(&format!("- id: {}\n", string(hook, "id"))), "{block}");
                    }
                }
                let jobs = root.member("jobs").into_iter().flat_map(|(_, jobs)| jobs.members()).map(|(_, job)| job);
                for step in jobs.chain([root]).filter_map(|job| job.member("steps")).flat_map(|(_, steps)| steps.items()) {
                    let is_ours = step.member("uses").is_some_and(|(_, uses)| uses.text().is_some_and(|uses| uses.contains("/planlint@")));
                    for (input, _) in step.member("with").filter(|_| is_ours).into_iter().flat_map(|(_, with)| with.members()) {
                        assert!(action.contains(&format!("\n  {}:\n", input.key_text())), "{}", input.key_text());
                    }
                }
            }
            "sh" => block.lines().filter(|line| line.starts_with("planlint ")).for_each(takes),
            other => panic!("a block of {other}"),
        }
    }
}

#[test]
fn pages_of_the_manual_in_both_languages() {
    let folder = Folder::new();
    for (lang, heading, words) in [("en", ".SH NAME", "Only what this commit"), ("ja", ".SH 名前", "この版（コミット・枝・札）")]
    {
        let page = folder.run(&["man", "check", "--lang", lang]).out;
        assert!(page.contains(".TH planlint-check 1") && page.contains(heading) && page.contains(words), "{page}");
        assert!(folder.run(&["man", "--lang", lang]).out.contains("planlint\\-baseline(1)"));
        assert!(folder.run(&["man", "baseline", "create", "--lang", lang]).out.contains("planlint\\-baseline\\-create"));
    }
    assert_eq!(folder.run(&["man", "nothing"]).status, 2);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&["completions", shell]).out.contains("--since") || shell == "powershell" || shell == "fish");
    }
}
