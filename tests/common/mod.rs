//! What several tests share: a run over texts, without the command line.

#![allow(dead_code, clippy::unwrap_used)]

use std::path::PathBuf;

use planlint::check::{Outcome, Parsed, Workbench};
use planlint::config::Settings;
use planlint::document::{self, Limits};
use planlint::files::{self, Loaded, Role};

/// The day on which examples are checked unless they say otherwise.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2025, 11, 1);

/// A small plan of this id, with more keys where there are some.
pub fn plan(id: &str, more: &str) -> String {
    format!(
        "kind: plan\nid: {id}\ntitle: 試験の計画\nmunicipality: {{ code: \"131016\", name: 千代田区 }}\nyears: {{ first: 2022, last: 2026 }}\n{more}expects: [results, targets, actuals]\n\
         departments:\n  - {{ id: health, name: 健康課 }}\nmeasures:\n  - id: \"1\"\n    title: 相談\n    departments: [health]\n    counts: [{{ id: visits, title: 相談, unit: 件 }}]\n"
    )
}

/// Its report for a year, with these figures.
pub fn report(plan: &str, year: u16, figures: &str) -> String {
    format!(
        "kind: report\nplan: {plan}\nyear: {year}\nentries:\n  - measure: \"1\"\n    result: 電話と窓口で相談に応じた。\n    counts:\n      visits: {figures}\n"
    )
}

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
