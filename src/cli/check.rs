//! `planlint check`.

use std::io::{IsTerminal as _, Write};
use std::path::Path;

use super::args::{Check, Colour, Common, Format};
use super::inputs::{self, Inputs};
use super::progress::Progress;
use super::since::{self, Earlier};
use super::{CLEAN, End, Ended, FAILED, FINDINGS, Failure, NOTHING, baseline, deliver, watch};
use crate::catalogue::{Lang, Level, RULES};
use crate::check::Outcome;
use crate::config::FailOn;
use crate::files::Role;
use crate::files::Trouble;
use crate::report::{self, Rendering, concise, github, gitlab, grouped, human, json, junit, markdown, sarif};
use crate::source::Source;

/// A run, ready to be written.
pub(super) struct Run {
    pub inputs: Inputs,
    pub outcome: Outcome,
    known: Option<baseline::File>,
    earlier: Option<Earlier>,
}

impl Run {
    /// Checks files and takes out what is known or was there before.
    pub(super) fn new(common: &Common, args: &Check, err: &mut dyn Write) -> Result<Self, Failure> {
        let progress = Progress::new(!args.selection.no_progress && !args.quiet);
        let mut begun = inputs::begin(common, &args.selection, &progress, err)?;
        let known = baseline::find(args.baseline.as_deref(), args.no_baseline, &begun.settings)?;
        let earlier = since::find(args, &mut begun)?;
        let (inputs, mut outcome) = begun.check(&args.caching, &progress);
        if let Some(file) = &known {
            file.apply(&mut outcome, &inputs);
        }
        if let Some(earlier) = &earlier {
            earlier.subtract(&mut outcome, &inputs, &progress)?;
        }
        let lang = inputs.settings.lang.value;
        tell_trouble(&inputs, lang, err)?;
        for breakdown in &outcome.breakdowns {
            writeln!(err, "planlint: {}: {breakdown}", if lang == Lang::Ja { "内部エラー" } else { "internal error" })?;
        }
        Ok(Self { inputs, outcome, known, earlier })
    }

    /// What was found, in a few lines.
    pub(super) fn summary(&self) -> String {
        summary(&self.outcome, self.known.as_ref(), self.earlier.as_ref(), self.inputs.settings.lang.value)
    }
}

/// Checks files and writes what was found.
pub(super) fn run(common: &Common, args: &Check, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    if args.watch {
        return watch::run(common, args, out, err);
    }
    let run = Run::new(common, args, err)?;
    if !write_formats(common, args, &run.inputs, &run.outcome, out)? {
        return Ok(End::ReaderGone);
    }
    if !args.quiet {
        err.write_all(run.summary().as_bytes())?;
    }
    Ok(End::Status(status(args, &run.inputs, &run.outcome)))
}

fn status(args: &Check, inputs: &Inputs, outcome: &Outcome) -> u8 {
    let fail_on = args.fail_on.map_or(inputs.settings.fail_on.value, FailOn::from);
    let fails = match fail_on {
        FailOn::Level(level) => outcome.worst().is_some_and(|worst| worst >= level) || !inputs.trouble.is_empty(),
        FailOn::Never => false,
    };
    if !outcome.breakdowns.is_empty() {
        FAILED
    } else if outcome.summary.plans + outcome.summary.reports == 0 && outcome.findings.is_empty() && inputs.trouble.is_empty() {
        NOTHING
    } else if fails {
        FINDINGS
    } else {
        CLEAN
    }
}

fn tell_trouble(inputs: &Inputs, lang: Lang, err: &mut dyn Write) -> Result<(), Failure> {
    for trouble in &inputs.trouble {
        let (Trouble::Folder(path, kind), _) = (trouble, ()) else { continue };
        let Failure(message) = inputs::unreadable(&path.display().to_string(), *kind, lang);
        writeln!(err, "planlint: {message}")?;
    }
    Ok(())
}

/// Writes every format to its place; `false` where the reader of standard output has gone.
pub(super) fn write_formats(
    common: &Common,
    args: &Check,
    inputs: &Inputs,
    outcome: &Outcome,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let lang = inputs.settings.lang.value;
    let sources: Vec<&Source> = inputs.files.iter().map(|file| &file.source).collect();
    let checked: Vec<bool> = inputs.files.iter().map(|file| file.role != Role::Context).collect();
    for (format, file) in &args.outputs {
        let colour = file.is_none() && colour(common.color, std::io::stdout().is_terminal());
        let shown = shown(outcome, *format, args.level.into());
        let rendering = Rendering { outcome: shown.as_ref().unwrap_or(outcome), sources: &sources, lang, checked: &checked };
        let mut text = Vec::new();
        if args.statistics && format.is_for_people() {
            text = statistics(outcome, lang).into_bytes();
        } else {
            match format {
                Format::Full => human::write(&rendering, &mut text, colour)?,
                Format::Concise => concise::write(&rendering, &mut text)?,
                Format::Grouped => grouped::write(&rendering, &mut text)?,
                Format::Json => json::write(&rendering, &mut text)?,
                Format::Sarif => sarif::write(&rendering, &mut text)?,
                Format::Github => {
                    github::write(&rendering, &mut text)?;
                    append_summary(&rendering)?;
                }
                Format::Gitlab => gitlab::write(&rendering, &mut text)?,
                Format::Junit => junit::write(&rendering, &mut text)?,
                Format::Markdown => markdown::write(&rendering, &mut text)?,
            }
        }
        match file {
            Some(path) => write_beside(path, &text)?,
            None => {
                if !deliver(out, &text)? {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}

/// Machine formats hold every level; people see those from `--level` on.
fn shown(outcome: &Outcome, format: Format, level: Level) -> Option<Outcome> {
    if !format.is_for_people() || level <= Level::Note {
        return None;
    }
    let findings = outcome.findings.iter().filter(|finding| finding.level >= level).cloned().collect();
    Some(Outcome { findings, ..Outcome::default() })
}

/// Where GitHub Actions asks for it, the job summary.
fn append_summary(rendering: &Rendering<'_>) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(&github::summary(rendering))?;
    Ok(())
}

/// Writes a file whole or not at all: beside its place first, then renamed. What is no plain file
/// (a pipe, a terminal, `/dev/null`) is written to as it is.
pub(super) fn write_beside(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure(format!("{}: {error}", path.display()));
    let present = std::fs::metadata(path).ok();
    if present.as_ref().is_some_and(|meta| !meta.is_file()) {
        return std::fs::write(path, bytes).map_err(failed);
    }
    // A link stays a link: what it leads to is written.
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let beside = place.with_file_name(format!(".planlint-{}.part", std::process::id()));
    let written = std::fs::write(&beside, bytes)
        .and_then(|()| present.map_or(Ok(()), |meta| std::fs::set_permissions(&beside, meta.permissions())))
        .and_then(|()| std::fs::rename(&beside, &place));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written.map_err(failed)
}

/// Whether to use colours. Source: no-color.org, bixense.com/clicolors.
pub(super) fn colour(choice: Colour, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if set("NO_COLOR") => false,
        Colour::Auto if std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0" && !value.is_empty()) => true,
        Colour::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

fn statistics(outcome: &Outcome, lang: Lang) -> String {
    let mut rows: Vec<(usize, &str, &str)> = RULES
        .iter()
        .map(|rule| (outcome.findings.iter().filter(|finding| finding.rule == rule.id).count(), rule.name, rule.title.get(lang)))
        .filter(|(count, _, _)| *count > 0)
        .collect();
    rows.sort_by_key(|(count, name, _)| (std::cmp::Reverse(*count), *name));
    rows.iter().map(|(count, name, title)| format!("{count:>6}  {name:<28}  {title}\n")).collect()
}

/// What was found, in a line or two.
fn summary(outcome: &Outcome, known: Option<&baseline::File>, earlier: Option<&Earlier>, lang: Lang) -> String {
    let numbers = &outcome.summary;
    if numbers.plans + numbers.reports == 0 && outcome.findings.is_empty() {
        return match lang {
            Lang::Ja => "計画も報告も見つかりませんでした\n".to_owned(),
            Lang::En => "no plan or report was found\n".to_owned(),
        };
    }
    let mut text = match lang {
        Lang::Ja => format!(
            "誤り {}件、要確認 {}件、参考 {}件（計画 {}、報告 {}、ファイル {}）\n",
            numbers.errors, numbers.warnings, numbers.notes, numbers.plans, numbers.reports, numbers.files
        ),
        Lang::En => format!(
            "{}, {}, {} in {}, {}, {}\n",
            plural(numbers.errors, "error"),
            plural(numbers.warnings, "warning"),
            plural(numbers.notes, "note"),
            plural(numbers.plans, "plan"),
            plural(numbers.reports, "report"),
            plural(numbers.files, "file")
        ),
    };
    text.push_str(&report::evaluated(outcome, lang));
    text.push('\n');
    if numbers.ignored > 0 {
        text.push_str(&match lang {
            Lang::Ja => format!("了承済み {}件\n", numbers.ignored),
            Lang::En => format!("{} accepted\n", plural(numbers.ignored, "finding")),
        });
    }
    if let Some(file) = known {
        text.push_str(&file.summary(outcome, lang));
    }
    if let Some(earlier) = earlier {
        text.push_str(&earlier.summary(outcome, lang));
    }
    text
}

pub(super) fn plural(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
