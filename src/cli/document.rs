//! `planlint document`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{Common, Document, Selection};
use super::check::write_beside;
use super::inputs::{self, Inputs};
use super::progress::Progress;
use super::{CLEAN, End, Ended, FINDINGS, Failure, NOTHING, deliver};
use crate::calendar::{FiscalYear, parse_fiscal_year};
use crate::catalogue::{Lang, RuleId};
use crate::check::{Outcome, Parsed, Workbench};
use crate::files::Role;
use crate::model::{Edition, PlanSet, Report};
use crate::report::document::{self, DocumentView, Layout};
use crate::report::template::{Form, TemplateFault};
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
    if chosen.len() > 1 && args.out.is_none() && !args.dump_data {
        return Err(several(&chosen, lang));
    }
    if args.dump_data {
        return dump(&chosen, args, lang, damaged, out);
    }
    let form = Form::from(args.to);
    for (set, report) in &chosen {
        let view = document::view(set, report, lang);
        let text = rendered(args, &view, form, lang).map_err(|fault| Failure(fault.to_string()))?;
        match &args.out {
            None => {
                if !deliver(out, text.as_bytes())? {
                    return Ok(End::ReaderGone);
                }
            }
            Some(place) => {
                let name = name(report, args.layout.map(Layout::from), form.extension());
                let path = if chosen.len() == 1 && is_file(place, form.extension()) { place.clone() } else { place.join(name) };
                write(&path, text.as_bytes())?;
                writeln!(err, "{}", path.display())?;
            }
        }
    }
    Ok(End::Status(if damaged { FINDINGS } else { CLEAN }))
}

fn rendered(args: &Document, view: &DocumentView, form: Form, lang: Lang) -> Result<String, TemplateFault> {
    match (&args.template, args.layout) {
        (Some(path), _) => document::render_with(view, path, form, lang),
        (None, layout) => document::render(view, layout.map_or(Layout::Activities, Layout::from), form, lang),
    }
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
    let year = args.year.as_deref().map(|text| fiscal_year(text, lang)).transpose()?;
    if let Some(id) = &args.plan
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
    let sets = workbench.workspace.plans.iter().filter(|set| args.plan.as_ref().is_none_or(|id| set.plan.id.text == id));
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

fn fiscal_year(text: &str, lang: Lang) -> Result<FiscalYear, Failure> {
    parse_fiscal_year(text).ok_or_else(|| {
        Failure(match lang {
            Lang::Ja => format!("--year の「{text}」を年度として読めません（2024、令和6年度、R6 など）"),
            Lang::En => format!("--year: `{text}` is no fiscal year (write 2024, 令和6年度 or R6)"),
        })
    })
}

fn several(chosen: &Chosen<'_, '_>, lang: Lang) -> Failure {
    let names: Vec<&str> = chosen.iter().map(|(_, report)| report.node.source().name.as_str()).collect();
    Failure(match lang {
        Lang::Ja => format!(
            "報告が{}件あります（{}）。-o で出力先のフォルダを指定するか、--plan と --year で選んでください",
            names.len(),
            names.join("、")
        ),
        Lang::En => {
            format!("there are {} reports ({}): give a folder with -o, or choose with --plan and --year", names.len(), names.join(", "))
        }
    })
}

/// The name of a document: plan, year, edition where it is not the year's, and layout.
fn name(report: &Report<'_>, layout: Option<Layout>, extension: &str) -> PathBuf {
    let plan: String = report
        .plan
        .text
        .chars()
        .map(|character| if character.is_alphanumeric() || "-_".contains(character) { character } else { '_' })
        .collect();
    let edition = match report.edition {
        Edition::Annual => "",
        Edition::Interim => "-interim",
        Edition::Excerpt => "-excerpt",
    };
    let layout = layout.map(|layout| format!("-{}", layout.name())).unwrap_or_default();
    PathBuf::from(format!("{plan}-{}{edition}{layout}.{extension}", report.year.number()))
}

/// Whether a place is that of a file: its name has the ending of the form, and no folder is there.
fn is_file(place: &Path, extension: &str) -> bool {
    !place.is_dir() && place.extension().is_some_and(|known| known.eq_ignore_ascii_case(extension))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| Failure(format!("{}: {error}", folder.display())))?;
    }
    write_beside(path, bytes)
}

/// The data that templates see: one object for one report, a list for several.
fn dump(chosen: &Chosen<'_, '_>, args: &Document, lang: Lang, damaged: bool, out: &mut dyn Write) -> Ended {
    let views: Vec<DocumentView> = chosen.iter().map(|(set, report)| document::view(set, report, lang)).collect();
    let status = End::Status(if damaged { FINDINGS } else { CLEAN });
    if let Some(place) = &args.out {
        for (view, (_, report)) in views.iter().zip(chosen) {
            let path = if views.len() == 1 && is_file(place, "json") { place.clone() } else { place.join(name(report, None, "json")) };
            write(&path, pretty(view)?.as_bytes())?;
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
