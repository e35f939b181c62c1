//! Under the profile `publication` no output shows a value or an excerpt of what a disclosure
//! finding is about, whichever rule speaks of the line.

#![allow(clippy::unwrap_used)]

mod common;

use planlint::catalogue::Lang;
use planlint::report::{Rendering, concise, github, gitlab, grouped, human, json, junit, markdown, sarif};
use planlint::source::Source;

/// Words that stand only on lines that must not be shown.
const HIDDEN: [&str; 5] = ["秘地区", "71.9", "秘男性", "秘山秘太郎", "秘の名所"];

const TEXT: &str = "kind: plan
id: p
title: 計画
measures: [{ id: \"57\", title: 相談, counts: [{ id: cases, unit: 件, sensitive: true }] }]
---
kind: report
plan: p
year: 2024
entries:
  - measure: \"57\"
    result: 40代の男性（秘男性）が来所した。40代の男性が搬送された。秘男性の件である。
    counts:
      cases: { actual: 3, note: 秘地区の件数 }
    effect: 講師は秘山秘太郎氏。
    reason: 自殺の名所（秘の名所）を巡回した。
tables:
  - id: t
    title: 相談者
    source: { statistic: 集計 }
    sensitive: true
    columns: [{ id: total, title: 計, sum_of: [men, women] }, { id: men, title: 男性, share_of: total }, { id: women, title: 女性, share_of: total }]
    rows:
      - { id: a, title: 秘地区, cells: { total: 32, men: [9, 71.9], women: [23, 71.9] } }
      - { id: b, title: 公地区, cells: { total: 320, men: [160, 50.0], women: [160, 50.0] } }
      - { id: c, title: 明地区, cells: { total: 321, men: [160, 50.0], women: [160, 50.0] } }
      - { id: d, title: 表地区, cells: { total: 320, men: [160, 50.0], women: [160, 50.0] } }
      - { id: e, title: 伏地区, cells: { total: 320, men: { missing: withheld }, women: [160, 50.0] } }
";

#[test]
fn no_output_shows_what_is_withheld() {
    let settings = common::settings(Some("profile: publication"), None);
    let (loaded, outcome) = common::check(&[("example.yaml", TEXT.as_bytes().to_vec())], &settings);
    assert!(outcome.breakdowns.is_empty());
    let rules: Vec<&str> = outcome.findings.iter().filter(|finding| finding.sensitive).map(|finding| finding.rule.name()).collect();
    for rule in ["small-cell", "case-narrative", "named-person", "unsafe-wording", "share-mismatch", "recoverable-cell"] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    let sources: Vec<&Source> = loaded.iter().map(|file| &file.source).collect();
    for lang in [Lang::Ja, Lang::En] {
        let rendering = Rendering { outcome: &outcome, sources: &sources, lang, checked: &[true] };
        let mut out = Vec::new();
        human::write(&rendering, &mut out, false).unwrap();
        for write in
            [concise::write, github::write, gitlab::write, grouped::write, json::write, junit::write, markdown::write, sarif::write]
        {
            write(&rendering, &mut out).unwrap();
        }
        let shown = String::from_utf8(out).unwrap();
        for hidden in HIDDEN {
            assert!(!shown.contains(hidden), "{hidden} is shown: {shown}");
        }
        // A line that nothing is withheld of, and none beside it, is shown as ever.
        assert!(shown.contains("明地区"), "{shown}");
    }
}

#[test]
fn a_withheld_place_is_only_its_line() {
    let settings = common::settings(Some("profile: publication"), None);
    let (loaded, outcome) = common::check(&[("example.yaml", TEXT.as_bytes().to_vec())], &settings);
    let sources: Vec<&Source> = loaded.iter().map(|file| &file.source).collect();
    let rendering = Rendering { outcome: &outcome, sources: &sources, lang: Lang::En, checked: &[true] };
    for finding in outcome.findings.iter().filter(|finding| finding.sensitive) {
        let view = rendering.finding(finding);
        assert_eq!(view.place.span.start.column, 1);
        assert_eq!(view.place.span.start.offset, view.place.span.end.offset);
    }
}

#[test]
fn without_the_profile_everything_is_shown() {
    let (_, outcome) = common::check(&[("example.yaml", TEXT.as_bytes().to_vec())], &common::settings(None, None));
    assert!(outcome.findings.iter().all(|finding| !finding.sensitive));
    assert!(outcome.messages(Lang::Ja).iter().any(|message| message.contains("71.9")));
}

#[test]
fn an_accepted_finding_is_withheld_as_well() {
    let text = TEXT.replace(
        "      cases: { actual: 3, note: 秘地区の件数 }",
        "      # planlint: ignore[small-cell] 推進会議で了承\n      # planlint: ignore[unit-mismatch] 前年の名残\n      cases: { actual: 3, note: 秘地区の件数 }",
    );
    let (loaded, outcome) = common::check(&[("example.yaml", text.into_bytes())], &common::settings(Some("profile: publication"), None));
    assert!(outcome.accepted.iter().any(|accepted| accepted.finding.rule.name() == "small-cell" && accepted.finding.sensitive));
    let sources: Vec<&Source> = loaded.iter().map(|file| &file.source).collect();
    let mut out = Vec::new();
    human::write(&Rendering { outcome: &outcome, sources: &sources, lang: Lang::Ja, checked: &[] }, &mut out, false).unwrap();
    let shown = String::from_utf8(out).unwrap();
    assert!(shown.contains("unused-ignore"), "{shown}");
    for hidden in HIDDEN {
        assert!(!shown.contains(hidden), "{hidden} is shown: {shown}");
    }
}
