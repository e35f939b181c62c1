//! What several tests share: a run over texts, without the command line.

#![allow(dead_code, clippy::unwrap_used)]

use std::path::PathBuf;

use planlint::check::{Outcome, Parsed, Workbench};
use planlint::config::Settings;
use planlint::document::{self, Limits};
use planlint::files::{self, Loaded, Role};

/// The day on which examples are checked unless they say otherwise.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2025, 11, 1);

/// Checks files, given as name and bytes.
pub fn check(inputs: &[(&str, Vec<u8>)], settings: &Settings) -> (Vec<Loaded>, Outcome) {
    let loaded: Vec<Loaded> =
        inputs.iter().enumerate().map(|(index, (name, bytes))| files::of_bytes(index, name, Role::Named, bytes.clone())).collect();
    let outcome = {
        let parsed = Parsed::new(&loaded, settings, &|| {});
        let workbench = Workbench::new(&parsed, &loaded);
        workbench.check(settings)
    };
    (loaded, outcome)
}

/// Settings where nothing is set but what a text of planlint.yaml says.
pub fn settings(config: Option<&str>, date: Option<&str>) -> Settings {
    let date = date.map_or(TODAY, |date| date.parse().unwrap());
    let mut settings = Settings::new(PathBuf::from("."), date);
    if let Some(text) = config {
        let loaded = files::of_bytes(0, "planlint.yaml", Role::Named, text.as_bytes().to_vec());
        let document = document::parse(&loaded.source, &Limits::default()).unwrap();
        let mut findings = Vec::new();
        settings.read(&PathBuf::from("planlint.yaml"), document.roots().next().unwrap(), &mut findings);
        assert!(findings.is_empty(), "{findings:?}");
    }
    settings
}
