//! SARIF against its schema (OASIS, SARIF 2.1.0), which is not in the repository:
//! `PLANLINT_SARIF_SCHEMA=FILE cargo test --features shared-data`.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn sarif(folder: &Path, args: &[&str]) -> Value {
    let output =
        Command::new(env!("CARGO_BIN_EXE_planlint")).current_dir(folder).args(["check", "-q", "-f", "sarif"]).args(args).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{args:?}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn what_is_written_follows_the_schema() {
    let path = std::env::var("PLANLINT_SARIF_SCHEMA").expect("PLANLINT_SARIF_SCHEMA names the schema");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let hold = |sarif: &Value| {
        let errors: Vec<String> =
            validator.iter_errors(sarif).take(10).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for lang in ["ja", "en"] {
        let all = sarif(here, &["examples", "--profile", "publication", "--lang", lang]);
        assert!(all["runs"][0]["results"].as_array().unwrap().len() > 10);
        hold(&all);
    }
    hold(&sarif(here, &["examples/minimal"]));
    // An accepted finding, with its suppression.
    let folder = tempfile::tempdir().unwrap();
    let plan = "kind: plan\nid: a\ntitle: t\n# planlint: ignore[unknown-key] 移行中\npolcy: 1\n";
    std::fs::write(folder.path().join("plan.yaml"), plan).unwrap();
    let accepted = sarif(folder.path(), &["."]);
    assert_eq!(accepted["runs"][0]["results"][0]["suppressions"][0]["justification"], "移行中");
    hold(&accepted);
}
