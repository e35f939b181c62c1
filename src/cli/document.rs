//! `planlint document`.

use std::io::Write;

use super::args::{Common, Document, FormArg, Selection};
use super::inputs::{self, Inputs};
use super::progress::Progress;
use super::{CLEAN, End, Ended, FINDINGS, Failure, NOTHING, deliver, paper};
use crate::catalogue::{Lang, RuleId};
use crate::check::{Outcome, Parsed, Workbench};
use crate::files::Role;
use crate::model::{Edition, PlanSet, Report};
use crate::report::document::{self, DocumentView, Layout};
#[cfg(feature = "docx")]
use crate::report::docx;
use crate::report::template::Form;
#[cfg(feature = "xlsx")]
use crate::report::xlsx;
use crate::report::{Rendering, human};
use crate::source::Source;

/// Renders reports as documents.
pub(super) fn run(common: &Common, args: &Document, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    let selection = Selection { paths: args.paths.clone(), ..Selection::default() };
    let inputs = inputs::read(common, &selection, &Progress::new(false), err)?;
    let lang = inputs.settings.lang.value;
    let parsed = Parsed::new(&inputs.files, &inputs.settings, &|| {});
    let workbench = Workbench::new(&parsed, &inputs.files);
    let damaged = tell_damage(&inputs, workbench.check(&inputs.settings), lang, err)?;
    let chosen = chosen(args, &inputs, &workbench, lang)?;
    if chosen.is_empty() {
        writeln!(err, "{}", if lang == Lang::Ja { "報告が見つかりませんでした" } else { "no report was found" })?;
        return Ok(End::Status(NOTHING));
    }
    if chosen.len() > 1 && args.paper.out.is_none() && !args.dump_data {
        let names: Vec<String> = chosen.iter().map(|(_, report)| report.node.source().name.clone()).collect();
        return Err(paper::several(&names, lang));
    }
    if args.dump_data {
        return dump(&chosen, args, lang, damaged, out);
    }
    let extension = args.paper.extension(false);
    for (set, report) in &chosen {
        let bytes = rendered(args, &document::view(set, report, lang), lang)?;
        match &args.paper.out {
            None => {
                if !args.paper.print(&bytes, false, lang, out)? {
                    return Ok(End::ReaderGone);
                }
            }
            Some(place) => {
                let name = name(report, args.layout.map(Layout::from), extension);
                let path = args.paper.place(place, &name, extension, chosen.len() == 1);
                paper::write(&path, &bytes)?;
                writeln!(err, "{}", path.display())?;
            }
        }
    }
    Ok(End::Status(if damaged { FINDINGS } else { CLEAN }))
}

fn rendered(args: &Document, view: &DocumentView, lang: Lang) -> Result<Vec<u8>, Failure> {
    let layout = args.layout.map_or(Layout::Activities, Layout::from);
    let text = match (&args.template, args.paper.to) {
        (Some(path), _) => document::render_with(view, path, args.paper.template_form(lang)?, lang),
        #[cfg(feature = "docx")]
        (None, FormArg::Docx) => return docx::document(view, layout, lang).map_err(|fault| Failure(fault.to_string())),
        #[cfg(feature = "xlsx")]
        (None, FormArg::Xlsx) => return xlsx::document(view, layout, lang).map_err(|fault| Failure(fault.to_string())),
        (None, FormArg::Html) => document::render(view, layout, Form::Html, lang),
        (None, FormArg::Md) => document::render(view, layout, Form::Markdown, lang),
    };
    text.map(String::into_bytes).map_err(|fault| Failure(fault.to_string()))
}

/// What stops a part of a file from being read; what else is wrong with it is shown as it is.
const HOLES: [RuleId; 5] = [RuleId::UnreadableYaml, RuleId::NotUtf8, RuleId::DuplicateKey, RuleId::UnknownKey, RuleId::SchemaViolation];

/// Files that cannot be read whole would leave holes in the document: they are named, and the exit
/// status says so.
fn tell_damage(inputs: &Inputs, outcome: Outcome, lang: Lang, err: &mut dyn Write) -> Result<bool, Failure> {
    let findings: Vec<_> = outcome.findings.into_iter().filter(|finding| HOLES.contains(&finding.rule)).collect();
    if findings.is_empty() {
        return Ok(!inputs.trouble.is_empty());
    }
    let outcome = Outcome { findings, ..Outcome::default() };
    let sources: Vec<&Source> = inputs.files.iter().map(|file| &file.source).collect();
    human::write(&Rendering { outcome: &outcome, sources: &sources, lang, checked: &[] }, err, false)?;
    Ok(true)
}

type Chosen<'w, 'a> = Vec<(&'w PlanSet<'a>, &'w Report<'a>)>;

/// The reports that are asked for. An excerpt is no document: it is left out unless its file or
/// its year is named.
fn chosen<'w, 'a>(args: &Document, inputs: &Inputs, workbench: &'w Workbench<'a>, lang: Lang) -> Result<Chosen<'w, 'a>, Failure> {
    let year = args.paper.fiscal_year(lang)?;
    if let Some(id) = &args.paper.plan
        && workbench.workspace.plan(id).is_none()
    {
        return Err(Failure(match lang {
            Lang::Ja => format!("「{id}」という計画はありません"),
            Lang::En => format!("there is no plan `{id}`"),
        }));
    }
    let role = |report: &Report<'_>| inputs.files.get(report.node.source().id.0 as usize).map(|file| file.role);
    let wanted = |report: &Report<'_>| match role(report) {
        _ if year.is_some_and(|year| report.year != year) => false,
        Some(Role::Context) | None => false,
        Some(Role::Found) => report.edition != Edition::Excerpt || year.is_some(),
        Some(Role::Named) => true,
    };
    let sets = workbench.workspace.plans.iter().filter(|set| args.paper.plan.as_ref().is_none_or(|id| set.plan.id.text == id));
    let mut chosen: Chosen<'w, 'a> = sets.flat_map(|set| set.reports.iter().map(move |report| (set, report))).collect();
    chosen.retain(|(_, report)| wanted(report));
    if chosen.is_empty()
        && let Some(orphan) = workbench.workspace.orphans.iter().find(|report| wanted(report))
    {
        return Err(Failure(match lang {
            Lang::Ja => format!("{} の計画「{}」が見つかりません", orphan.node.source().name, orphan.plan.text),
            Lang::En => format!("{}: its plan `{}` was not found", orphan.node.source().name, orphan.plan.text),
        }));
    }
    Ok(chosen)
}

/// The name of a document's file.
fn name(report: &Report<'_>, layout: Option<Layout>, extension: &str) -> String {
    paper::file_name(report.plan.text, report.year, report.edition, layout.map_or("", Layout::name), extension)
}

/// The data that templates see: one object for one report, a list for several.
fn dump(chosen: &Chosen<'_, '_>, args: &Document, lang: Lang, damaged: bool, out: &mut dyn Write) -> Ended {
    let views: Vec<DocumentView> = chosen.iter().map(|(set, report)| document::view(set, report, lang)).collect();
    let status = End::Status(if damaged { FINDINGS } else { CLEAN });
    if let Some(place) = &args.paper.out {
        for (view, (_, report)) in views.iter().zip(chosen) {
            let path = args.paper.place(place, &name(report, None, "json"), "json", views.len() == 1);
            paper::write(&path, pretty(view)?.as_bytes())?;
        }
        return Ok(status);
    }
    let text = match views.as_slice() {
        [one] => pretty(one)?,
        all => pretty(&all)?,
    };
    Ok(if deliver(out, text.as_bytes())? { status } else { End::ReaderGone })
}

fn pretty(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|error| Failure(error.to_string()))
}
