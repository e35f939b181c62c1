//! `planlint memo`.

use std::io::Write;

use super::args::{Common, FormArg, Memo as Args};
use super::inputs::{self, Inputs};
use super::progress::Progress;
use super::{CLEAN, End, Ended, FINDINGS, Failure, NOTHING, baseline, paper};
use crate::calendar::FiscalYear;
use crate::catalogue::Lang;
use crate::check::{Outcome, Parsed, Workbench};
use crate::files::{self, Loaded, Role};
use crate::model::{Edition, PlanSet, Report};
#[cfg(feature = "docx")]
use crate::report::docx;
use crate::report::memo::{self, Audience, Memo, Study};
use crate::report::template::Form;
#[cfg(feature = "xlsx")]
use crate::report::xlsx;
use crate::source::Source;

/// A report to write a memo of, and the files that it needs.
struct Target {
    plan: String,
    year: FiscalYear,
    edition: Edition,
    /// The report's place among those of its plan.
    place: usize,
    /// The numbers of the files: those of the plan and of the plan before it.
    files: Vec<usize>,
    /// The files that the memo is about.
    own: Vec<usize>,
    /// The file of the report of the year before.
    prior: Option<usize>,
}

/// Renders memos.
pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    let progress = Progress::new(!args.selection.no_progress && args.paper.out.is_some());
    let inputs = inputs::read(common, &args.selection, &progress, err)?;
    let lang = inputs.settings.lang.value;
    let year = args.paper.fiscal_year(lang)?;
    let known = baseline::find(args.baseline.as_deref(), args.no_baseline, &inputs.settings)?;
    let (targets, unread) = targets(args, &inputs, year);
    progress.finish();
    for name in &unread {
        writeln!(err, "planlint: {}", unread_words(name, lang))?;
    }
    let status = if unread.is_empty() { CLEAN } else { FINDINGS };
    if targets.is_empty() {
        let words = match lang {
            Lang::Ja => "メモにする報告が見つかりませんでした",
            Lang::En => "no report was found to write a memo of",
        };
        writeln!(err, "planlint: {words}")?;
        return Ok(End::Status(if unread.is_empty() { NOTHING } else { FINDINGS }));
    }
    let Some(place) = &args.paper.out else {
        let [target] = targets.as_slice() else {
            let names: Vec<String> = targets.iter().map(|target| format!("{} {}", target.plan, target.year.number())).collect();
            return Err(paper::several(&names, lang));
        };
        let bytes = render(args, &inputs, target, known.as_ref())?;
        return Ok(if args.paper.print(&bytes, args.dump_data, lang, out)? { End::Status(status) } else { End::ReaderGone });
    };
    for target in &targets {
        let path = args.paper.place(place, &file_name(target, args), args.paper.extension(args.dump_data), targets.len() == 1);
        paper::write(&path, &render(args, &inputs, target, known.as_ref())?)?;
        writeln!(err, "{}", path.display())?;
    }
    Ok(End::Status(status))
}

fn unread_words(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{name} は読めないため、メモに入っていません（planlint check で確かめてください）"),
        Lang::En => format!("{name} cannot be read and is in no memo (see planlint check)"),
    }
}

/// The reports to write memos of, in the order of plans and years, and the files that cannot be read.
///
/// A report that holds a few figures only is left out, unless its year is asked for or there is no other.
fn targets(args: &Args, inputs: &Inputs, year: Option<FiscalYear>) -> (Vec<Target>, Vec<String>) {
    let parsed = Parsed::new(&inputs.files, &inputs.settings, &|| {});
    let workbench = Workbench::new(&parsed, &inputs.files);
    let workspace = &workbench.workspace;
    let read: Vec<u32> = parsed.documents().map(|document| document.source().id.0).collect();
    let is_broken = |file: &&Loaded| file.role != Role::Context && file.unread.is_some();
    let unread = inputs.files.iter().filter(is_broken).map(|file| file.source.name.clone()).collect();
    let shown = |report: &Report<'_>| inputs.files.get(report.node.source().id.0 as usize).is_some_and(|file| file.role != Role::Context);
    let mut targets = Vec::new();
    for set in &workspace.plans {
        if args.paper.plan.as_deref().is_some_and(|plan| plan != set.plan.id.text) {
            continue;
        }
        let mut files = files_of(set);
        if let Some(earlier) = set.plan.succeeds.and_then(|id| workspace.plan(id.text)) {
            files.extend(files_of(earlier));
        }
        files.sort_unstable();
        files.dedup();
        files.retain(|file| u32::try_from(*file).is_ok_and(|file| read.contains(&file)));
        let wanted: Vec<(usize, &Report<'_>)> =
            set.reports.iter().enumerate().filter(|(_, report)| shown(report) && year.is_none_or(|year| year == report.year)).collect();
        let whole = wanted.iter().any(|(_, report)| report.edition != Edition::Excerpt);
        for (place, report) in wanted {
            if report.edition == Edition::Excerpt && whole {
                continue;
            }
            targets.push(Target {
                plan: set.plan.id.text.to_owned(),
                year: report.year,
                edition: report.edition,
                place,
                files: files.clone(),
                own: vec![set.plan.node.source().id.0 as usize, report.node.source().id.0 as usize],
                prior: set.prior(workspace, report).map(|prior| prior.node.source().id.0 as usize),
            });
        }
    }
    (targets, unread)
}

fn files_of(set: &PlanSet<'_>) -> Vec<usize> {
    std::iter::once(set.plan.node).chain(set.reports.iter().map(|report| report.node)).map(|node| node.source().id.0 as usize).collect()
}

/// Checks the files of one report alone, so that its numbers are its own, and renders its memo.
fn render(args: &Args, inputs: &Inputs, target: &Target, known: Option<&baseline::File>) -> Result<Vec<u8>, Failure> {
    let lang = inputs.settings.lang.value;
    let loaded = loaded(inputs, target, &target.own);
    let parsed = Parsed::new(&loaded, &inputs.settings, &|| {});
    let workbench = Workbench::new(&parsed, &loaded);
    let outcome = workbench.check(&inputs.settings);
    let sources: Vec<&Source> = loaded.iter().map(|file| &file.source).collect();
    let gone = || Failure(format!("{}: {}", target.plan, target.year.number()));
    let set = workbench.workspace.plan(&target.plan).ok_or_else(gone)?;
    let report = set.reports.get(target.place).ok_or_else(gone)?;
    let study = Study::new(&workbench.workspace, set, report, &outcome, &sources, &inputs.settings, lang);
    let study = match target.prior {
        Some(prior) => study.with_before(&checked(inputs, &self::loaded(inputs, target, &[prior]))),
        None => study,
    };
    let study = match known {
        Some(known) => study.with_known(known.findings()),
        None => study,
    };
    let audience = Audience::from(args.audience);
    let memo = Memo::of(&study, audience);
    if args.dump_data {
        let mut text = serde_json::to_string_pretty(&memo).map_err(|error| Failure(error.to_string()))?;
        text.push('\n');
        return Ok(text.into_bytes());
    }
    rendered(args, &memo, audience, lang)
}

fn rendered(args: &Args, memo: &Memo, audience: Audience, lang: Lang) -> Result<Vec<u8>, Failure> {
    let text = match (&args.template, args.paper.to) {
        (Some(path), _) => memo::render_with(memo, path, args.paper.template_form(lang)?, lang),
        #[cfg(feature = "docx")]
        (None, FormArg::Docx) if audience == Audience::Reviewer => return Err(not_for(args, audience, lang)),
        #[cfg(feature = "docx")]
        (None, FormArg::Docx) => return docx::memo(memo, audience, lang).map_err(|fault| Failure(fault.to_string())),
        #[cfg(feature = "xlsx")]
        (None, FormArg::Xlsx) if audience != Audience::Author => return Err(not_for(args, audience, lang)),
        #[cfg(feature = "xlsx")]
        (None, FormArg::Xlsx) => return xlsx::memo(memo, lang).map_err(|fault| Failure(fault.to_string())),
        (None, FormArg::Html) => memo::render(memo, audience, Form::Html, lang),
        (None, FormArg::Md) => memo::render(memo, audience, Form::Markdown, lang),
    };
    text.map(String::into_bytes).map_err(|fault| Failure(fault.to_string()))
}

/// Not every reader gets every form.
#[cfg(any(feature = "docx", feature = "xlsx"))]
fn not_for(args: &Args, audience: Audience, lang: Lang) -> Failure {
    let (to, audience) = (args.paper.to.extension(), audience.name());
    Failure(match lang {
        Lang::Ja => {
            format!("--for {audience} のメモは {to} では作れません（docx は committee と author、xlsx は author のメモに使えます）")
        }
        Lang::En => format!("there is no {to} memo for {audience} (docx is for committee and author, xlsx for author)"),
    })
}

/// The files that a report needs; findings are wanted of `own`.
fn loaded(inputs: &Inputs, target: &Target, own: &[usize]) -> Vec<Loaded> {
    let load = |(index, file): (usize, &usize)| {
        let source = &inputs.files[*file].source;
        let role = if own.contains(file) { Role::Found } else { Role::Context };
        files::of_bytes(index, &source.name, role, source.text().as_bytes().to_vec())
    };
    target.files.iter().enumerate().map(load).collect()
}

fn checked(inputs: &Inputs, loaded: &[Loaded]) -> Outcome {
    let parsed = Parsed::new(loaded, &inputs.settings, &|| {});
    Workbench::new(&parsed, loaded).check(&inputs.settings)
}

/// The name of a memo's file.
fn file_name(target: &Target, args: &Args) -> String {
    let extension = args.paper.extension(args.dump_data);
    paper::file_name(&target.plan, target.year, target.edition, Audience::from(args.audience).name(), extension)
}
