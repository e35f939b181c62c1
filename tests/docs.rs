//! What the documents say is what the program does. `UPDATE=1 cargo test --test docs` writes the
//! generated parts anew.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use planlint::catalogue::Lang;
use planlint::cli::documents;

/// Replaces what stands between two marks.
fn with_part(text: &str, name: &str, part: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("no mark {name}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("no end of {name}"));
    format!("{before}{open}{part}{close}{after}")
}

fn hold(path: &str, wanted: &str) {
    let found = std::fs::read_to_string(path).unwrap_or_default();
    if found == wanted {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(path, wanted).unwrap();
        return;
    }
    panic!("{path} is out of date: UPDATE=1 cargo test --test docs");
}

#[test]
fn the_readme_files() {
    for (path, lang, args) in [("README.md", Lang::En, &["--lang", "en"][..]), ("README.ja.md", Lang::Ja, &[])] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_planlint"))
            .args(["check", "examples/broken/carry-over.yaml"])
            .args(args)
            .output()
            .unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let text = with_part(&text, "rules", &documents::rule_table(lang));
        hold(path, &with_part(&text, "example", &format!("```text\n{}\n```\n", shown.trim())));
    }
}

#[test]
fn the_pages_of_the_rules() {
    hold("docs/rules.md", &documents::rule_pages(Lang::En));
    hold("docs/rules.ja.md", &documents::rule_pages(Lang::Ja));
}
