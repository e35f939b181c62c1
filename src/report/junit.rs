//! JUnit XML: a suite a file, a case a finding. A note is no failure.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{FindingView, Rendering};
use crate::catalogue::Level;
use crate::source::SourceId;

/// Writes JUnit XML.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new("planlint");
    let mut suites: Vec<(SourceId, TestSuite)> = rendering
        .sources
        .iter()
        .filter(|source| rendering.is_checked(source.id))
        .map(|source| (source.id, TestSuite::new(source.name.clone())))
        .collect();
    for finding in &rendering.outcome.findings {
        let Some((_, suite)) = suites.iter_mut().find(|(file, _)| *file == finding.place.file) else { continue };
        suite.add_test_case(case(&rendering.finding(finding), finding.level));
    }
    for (_, mut suite) in suites {
        if suite.test_cases.is_empty() {
            let name = suite.name.as_str().to_owned();
            let mut case = TestCase::new("planlint", TestCaseStatus::success());
            case.set_classname(name);
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    report.serialize(&mut *out).map_err(io::Error::other)?;
    Ok(())
}

fn case(view: &FindingView, level: Level) -> TestCase {
    let start = view.place.span.start;
    let name = format!("{} {}:{}", view.rule, start.line, start.column);
    let mut text = view.message.clone();
    for more in [&view.question, &view.help].into_iter().flatten() {
        text.push('\n');
        text.push_str(more);
    }
    let mut case = if level >= Level::Warning {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(view.message.clone()).set_type(view.rule).set_description(text);
        TestCase::new(name, status)
    } else {
        let mut case = TestCase::new(name, TestCaseStatus::success());
        case.set_system_out(text);
        case
    };
    case.set_classname(view.place.file.clone());
    case
}
