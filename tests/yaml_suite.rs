//! The parser against the YAML test suite (github.com/yaml/yaml-test-suite, data release), which
//! is not in the repository: `PLANLINT_YAML_SUITE=FOLDER cargo test --features shared-data`.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use planlint::document::{self, Kind, Limits, Node, Parser};
use planlint::files::{Role, of_bytes};

/// What is read although the specification refuses it: lines of a flow collection that stand
/// further left than their parent. PyYAML and ruamel.yaml read them too.
const LENIENT: &[&str] = &["9C9N"];

fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if path.join("in.yaml").is_file() {
                found.push(path);
            } else {
                cases(&path, found);
            }
        }
    }
}

/// Spans lie inside their parents, follow one another and fall on characters.
fn look(node: Node<'_>, faults: &mut Vec<String>) {
    let span = node.span();
    let text = node.source().text();
    if span.start > span.end || text.get(span.start as usize..span.end as usize).is_none() {
        faults.push(format!("{node:?} at {span:?}"));
        return;
    }
    let mut at = span.start;
    let children: Vec<Node<'_>> = match node.kind() {
        Kind::Seq => node.items().collect(),
        Kind::Map => node.members().flat_map(|(key, value)| [key, value]).collect(),
        _ => Vec::new(),
    };
    for child in children {
        if child.alias().is_some() {
            continue;
        }
        if child.span().start < at || child.span().end > span.end {
            faults.push(format!("{child:?} at {:?} in {span:?}, after {at}", child.span()));
        }
        at = child.span().end.max(at);
        look(child, faults);
    }
}

#[test]
fn every_case_is_read_or_refused_as_the_suite_says() {
    let folder = std::env::var("PLANLINT_YAML_SUITE").expect("PLANLINT_YAML_SUITE names the folder of the suite");
    let mut found = Vec::new();
    cases(Path::new(&folder), &mut found);
    assert!(found.len() > 300, "{} cases in {folder}", found.len());
    let (mut wrong, mut faults) = (Vec::new(), Vec::new());
    for case in &found {
        let bytes = std::fs::read(case.join("in.yaml")).unwrap();
        let file = of_bytes(0, "in.yaml", Role::Named, bytes);
        let name = case.strip_prefix(&folder).unwrap().display().to_string();
        if file.unread.is_some() {
            continue;
        }
        match document::parse(&file.source, &Limits::default()) {
            Ok(document) => {
                if case.join("error").exists() && !LENIENT.contains(&name.as_str()) {
                    wrong.push(format!("{name}: read, though it is no YAML"));
                }
                let mut here = Vec::new();
                for root in document.roots() {
                    look(root, &mut here);
                }
                // Whichever parser read it, the other one reads the same.
                let granit =
                    document::parse_with(&file.source, &Limits::default(), Parser::Granit).map(|granit| document.difference(&granit));
                if granit != Ok(None) {
                    here.push(format!("{granit:?}"));
                }
                faults.extend(here.into_iter().map(|fault| format!("{name}: {fault}")));
            }
            Err(fault) => {
                if !case.join("error").exists() {
                    wrong.push(format!("{name}: refused: {fault:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} spans: {faults:#?}", faults.len());
    assert!(wrong.is_empty(), "{} of {} cases: {wrong:#?}", wrong.len(), found.len());
}
