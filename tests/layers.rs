//! The layering of the modules: each uses only those to its left.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// The modules from left to right; those of one group do not know each other, but for `text`,
/// which reads dates.
const LAYERS: &[&[&str]] = &[
    &["source", "arithmetic", "statistics", "calendar"],
    &["text"],
    &["document", "catalogue"],
    &["diagnostic"],
    &["schema"],
    &["config"],
    &["files"],
    &["git"],
    &["model"],
    &["rule"],
    &["rules"],
    &["check"],
    &["report"],
    &["cli"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module at the top of the crate that a file belongs to.
fn module_of(path: &Path) -> String {
    let first = path.strip_prefix("src").unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// What a file uses of the crate, tests left out.
fn uses(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>())
        .filter(|name| !name.is_empty() && name.chars().next().is_some_and(|c| c.is_ascii_lowercase()))
        .collect()
}

#[test]
fn modules_use_only_those_to_their_left() {
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    assert!(found.len() > 40);
    let mut faults = Vec::new();
    for path in found {
        let module = module_of(&path);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let own = layer(&module).unwrap_or_else(|| panic!("{module} has no place in the layers"));
        for used in uses(&std::fs::read_to_string(&path).unwrap()) {
            if used == module {
                continue;
            }
            match layer(&used) {
                Some(other) if other < own => {}
                Some(_) => faults.push(format!("{}: {module} uses {used}", path.display())),
                None => faults.push(format!("{}: {used} has no place in the layers", path.display())),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_one_file_names_the_yaml_parser() {
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    let naming: Vec<_> = found.iter().filter(|path| std::fs::read_to_string(path).unwrap().contains("granit_parser")).collect();
    assert_eq!(naming, [Path::new("src/document/granit.rs")]);
}

#[test]
fn main_is_short() {
    assert!(std::fs::read_to_string("src/main.rs").unwrap().lines().count() < 40);
}

#[test]
fn what_ships_forbids_unsafe_code() {
    for root in ["src/lib.rs", "src/main.rs"] {
        assert!(std::fs::read_to_string(root).unwrap().contains("#![forbid(unsafe_code)]"), "{root}");
    }
}
