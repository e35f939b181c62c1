//! `check --watch`: checks again whenever a file is saved, and shows what has changed.
//!
//! Files are looked at twice a second, by their time and size. That costs a few milliseconds for
//! thousands of files, needs no library, and works where the system reports no changes: on shared
//! drives and in containers.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::args::{Check, Common};
use super::check::{Run, write_formats};
use super::{End, Ended, Failure, deliver, inputs};
use crate::catalogue::{Lang, Level};
use crate::check::Outcome;
use crate::config::{BASELINE_NAME, FILE_NAME, Settings};
use crate::files;
use crate::report::Rendering;
use crate::source::Source;

/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(500);

/// How long nothing may change before files are read: editors save in several steps.
const CALM: Duration = Duration::from_millis(50);

/// A finding of the run before, as it is told of when it is gone.
struct Shown {
    keys: BTreeSet<String>,
    line: String,
}

/// Checks until it is stopped.
pub(super) fn run(common: &Common, args: &Check, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    refuse(common, args, err)?;
    let mut before: Option<Vec<Shown>> = None;
    loop {
        let seen = look(common, args);
        // A mistake in the settings or the baseline is told and can be put right.
        match Run::new(common, args, err) {
            Err(Failure(message)) if before.is_none() => return Err(Failure(message)),
            Err(Failure(message)) => writeln!(err, "planlint: {message}")?,
            Ok(mut run) => {
                let now = shown(&run, args.level.into());
                let whole = std::mem::take(&mut run.outcome.findings);
                let known: BTreeSet<&String> = before.iter().flatten().flat_map(|shown| &shown.keys).collect();
                let is_new = |keys: &BTreeSet<String>| keys.iter().any(|key| !known.contains(key));
                run.outcome.findings = whole.iter().filter(|finding| is_new(&finding.prints())).cloned().collect();
                let text = gone(before.as_deref().unwrap_or_default(), &now, run.inputs.settings.lang.value);
                if !write_formats(common, args, &run.inputs, &run.outcome, out)? || !deliver(out, text.as_bytes())? {
                    return Ok(End::ReaderGone);
                }
                run.outcome.findings = whole;
                if !args.quiet {
                    err.write_all(run.summary().as_bytes())?;
                    err.flush()?;
                }
                before = Some(now);
            }
        }
        wait(common, args, &seen);
    }
}

/// Standard input is read once, and the forms for machines hold a whole run.
fn refuse(common: &Common, args: &Check, err: &mut dyn Write) -> Result<(), Failure> {
    let lang = inputs::settings(common, &args.selection, err)?.lang.value;
    let words = |ja: &str, en: &str| Err(Failure(if lang == Lang::Ja { ja.to_owned() } else { en.to_owned() }));
    if args.selection.paths.iter().any(|path| path.as_os_str() == "-") {
        return words("--watch は標準入力には使えません", "--watch cannot read standard input");
    }
    if args.outputs.iter().any(|(format, _)| !format.is_for_people()) {
        return words("--watch に使える形式は full、concise、grouped です", "--watch takes the formats full, concise and grouped");
    }
    Ok(())
}

fn shown(run: &Run, level: Level) -> Vec<Shown> {
    let sources: Vec<&Source> = run.inputs.files.iter().map(|file| &file.source).collect();
    let outcome = Outcome::default();
    let rendering = Rendering { outcome: &outcome, sources: &sources, lang: run.inputs.settings.lang.value, checked: &[] };
    let line = |finding| {
        let view = rendering.finding(finding);
        format!("{}:{} [{}] {}", view.place.file, view.place.span.start.line, view.rule, view.message.replace('\n', " "))
    };
    let findings = run.outcome.findings.iter().filter(|finding| finding.level >= level);
    findings.map(|finding| Shown { keys: finding.prints(), line: line(finding) }).collect()
}

/// The findings of the run before that are gone.
fn gone(before: &[Shown], now: &[Shown], lang: Lang) -> String {
    let present: BTreeSet<&String> = now.iter().flat_map(|shown| &shown.keys).collect();
    let gone = before.iter().filter(|shown| !shown.keys.iter().any(|key| present.contains(key)));
    let word = if lang == Lang::Ja { "解消" } else { "gone" };
    gone.map(|shown| format!("{word}: {}\n", shown.line)).collect()
}

/// What tells one state of the files from another.
type State = Vec<(PathBuf, Option<(SystemTime, u64)>)>;

/// Waits until something has changed and all is calm again.
fn wait(common: &Common, args: &Check, seen: &State) {
    loop {
        std::thread::sleep(PAUSE);
        let mut state = look(common, args);
        if state == *seen {
            continue;
        }
        loop {
            std::thread::sleep(CALM);
            let again = look(common, args);
            if again == state {
                return;
            }
            state = again;
        }
    }
}

/// The files of a run with their times and sizes: the settings and the baseline are among them.
fn look(common: &Common, args: &Check) -> State {
    // Settings with a mistake in them find no file; the run says what it is.
    let settings = inputs::settings(common, &args.selection, &mut std::io::sink()).ok();
    let mut paths: Vec<PathBuf> = settings.iter().flat_map(|settings| found(args, settings)).collect();
    let start = args.selection.paths.first().cloned().unwrap_or_else(|| PathBuf::from("."));
    let root = files::root_of(&start);
    paths.extend(common.config.clone());
    paths.extend(args.baseline.clone());
    paths.extend(settings.and_then(|settings| settings.baseline.value).map(|name| root.join(name)));
    paths.extend([FILE_NAME, BASELINE_NAME].map(|name| root.join(name)));
    let state = |path: PathBuf| {
        let meta = std::fs::metadata(&path).ok();
        let state = meta.and_then(|meta| Some((meta.modified().ok()?, meta.len())));
        (path, state)
    };
    paths.into_iter().map(state).collect()
}

fn found(args: &Check, settings: &Settings) -> Vec<PathBuf> {
    let here = [PathBuf::from(".")];
    let paths: &[PathBuf] = if args.selection.paths.is_empty() { &here } else { &args.selection.paths };
    files::discover(paths, settings).map(|(inputs, _)| inputs.into_iter().map(|input| input.path).collect()).unwrap_or_default()
}
