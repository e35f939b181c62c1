//! SARIF 2.1.0. Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
//!
//! Results are findings; accepted ones are there with their suppression. What was not evaluated is
//! no result.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, Message, MultiformatMessageString, PhysicalLocation, PropertyBag, Region,
    ReportingConfiguration, ReportingDescriptor, Result as SarifResult, ResultLevel, Run, ResultColumnKind, Sarif, Suppression, Tool,
    ToolComponent,
};

use super::{FindingView, PlaceView, Rendering};
use crate::catalogue::{Lang, Level, RULES, Rule};
use crate::diagnostic::Finding;

/// The characters of a path that stand in a URI as they are (RFC 3986, unreserved and `/`).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The name under which SARIF keeps our fingerprints.
const FINGERPRINT: &str = "planlint/v1";

/// Writes SARIF.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<&Rule> = RULES.iter().collect();
    let plain = rendering.outcome.findings.iter().map(|finding| result(rendering, finding, None));
    let accepted = rendering.outcome.accepted.iter().map(|accepted| {
        let reason = rendering.outcome.acceptances.get(accepted.by).map(|acceptance| acceptance.reason.as_str());
        result(rendering, &accepted.finding, Some(reason.unwrap_or_default()))
    });
    let driver = ToolComponent::builder()
        .name("planlint")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .language(rendering.lang.name())
        .rules(rules.into_iter().map(|rule| descriptor(rule, rendering.lang)).collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(serde_json::to_value(ResultColumnKind::UnicodeCodePoints)?)
        .invocations(vec![Invocation::builder().execution_successful(rendering.outcome.breakdowns.is_empty()).build()])
        .results(plain.chain(accepted).collect::<Vec<_>>())
        .build();
    let sarif = Sarif::builder().version(serde_json::Value::from("2.1.0")).schema("https://json.schemastore.org/sarif-2.1.0.json").runs(vec![run]).build();
    serde_json::to_writer_pretty(&mut *out, &sarif)?;
    out.write_all(b"\n")
}

fn descriptor(rule: &Rule, lang: Lang) -> ReportingDescriptor {
    let words = |text: &str| MultiformatMessageString::builder().text(text).build();
    // Each tag stands once, and some groups are named as their tier is.
    let names: BTreeSet<&str> = [rule.tier.name(), rule.group].into();
    let mut tags = BTreeMap::new();
    tags.insert("tags".to_owned(), serde_json::json!(names));
    let markdown = format!("{}\n\n{}\n\n`planlint explain {}`", rule.why.get(lang), rule.source.get(lang), rule.name);
    ReportingDescriptor::builder()
        .id(rule.name)
        .short_description(words(rule.title.get(lang)))
        .full_description(words(rule.why.get(lang)))
        .help(MultiformatMessageString::builder().text(rule.why.get(lang)).markdown(markdown).build())
        .default_configuration(ReportingConfiguration::builder().level(serde_json::json!(level(rule.level))).enabled(rule.level > Level::Off).build())
        .properties(PropertyBag::builder().additional_properties(tags).build())
        .build()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
        Level::Off => "none",
    }
}

fn result(rendering: &Rendering<'_>, finding: &Finding, accepted: Option<&str>) -> SarifResult {
    let view = rendering.finding(finding);
    let mut prints = BTreeMap::new();
    prints.insert(FINGERPRINT.to_owned(), view.fingerprint.clone());
    let related: Vec<Location> = view
        .related
        .iter()
        .enumerate()
        .map(|(index, related)| {
            let mut place = location(&related.place);
            place.id = i64::try_from(index).ok();
            place.message = Some(message(&related.message));
            place
        })
        .collect();
    let suppressions = accepted.map(|reason| {
        vec![Suppression::builder().kind(serde_json::Value::from("inSource")).justification(reason).build()]
    });
    let mut result = SarifResult::builder()
        .rule_id(view.rule)
        .rule_index(finding.rule as i64)
        .level(sarif_level(finding.level))
        .message(message(&text(&view)))
        .locations(vec![location(&view.place)])
        .partial_fingerprints(prints)
        .build();
    if !related.is_empty() {
        result.related_locations = Some(related);
    }
    result.suppressions = suppressions;
    result
}

fn sarif_level(level: Level) -> ResultLevel {
    match level {
        Level::Error => ResultLevel::Error,
        Level::Warning => ResultLevel::Warning,
        Level::Note | Level::Off => ResultLevel::Note,
    }
}

fn text(view: &FindingView) -> String {
    match &view.question {
        Some(question) => format!("{}\n{question}", view.message),
        None => view.message.clone(),
    }
}

fn message(text: &str) -> Message {
    Message::builder().text(text).build()
}

fn location(place: &PlaceView) -> Location {
    let uri = utf8_percent_encode(&place.file, PATH).to_string();
    let (start, end) = (place.span.start, place.span.end);
    let region = Region::builder()
        .start_line(i64::from(start.line))
        .start_column(i64::from(start.column))
        .end_line(i64::from(end.line))
        .end_column(i64::from(end.column))
        .byte_offset(i64::from(start.offset))
        .byte_length(i64::from(end.offset - start.offset))
        .build();
    Location::builder()
        .physical_location(
            PhysicalLocation::builder()
                .artifact_location(ArtifactLocation::builder().uri(uri).uri_base_id("%SRCROOT%").build())
                .region(region)
                .build(),
        )
        .build()
}
