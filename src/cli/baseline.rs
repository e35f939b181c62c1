//! `planlint baseline`, and the baseline of `planlint check`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{BaselineCommand, BaselineFile, Common, ListFormat};
use super::check::{plural, write_beside};
use super::inputs::{self, Inputs};
use super::progress::Progress;
use super::{CLEAN, End, Ended, Failure, deliver, table};
use crate::catalogue::{Lang, RuleId};
use crate::check::baseline::{Fault, Known, Reach, Stale};
use crate::check::{Baseline, Outcome};
use crate::config::{BASELINE_NAME, Origin, Settings};
use crate::files;

/// How many findings that are gone a summary names.
const NAMED: usize = 10;

/// A baseline as it was read.
pub(super) struct File {
    name: String,
    path: PathBuf,
    baseline: Baseline,
}

/// The baseline of a run: the one that is named, else that of the settings, else the one that
/// stands beside them.
pub(super) fn find(named: Option<&Path>, none: bool, settings: &Settings) -> Result<Option<File>, Failure> {
    if none {
        return Ok(None);
    }
    let is_named = named.is_some() || settings.baseline.value.is_some();
    let Some(path) = place(named, settings) else { return Ok(None) };
    let name = files::name_of(&path, &settings.root);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(File { baseline: parse(&bytes, &name, settings.lang.value)?, name, path })),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !is_named => Ok(None),
        Err(error) => Err(inputs::unreadable(&name, error.kind(), settings.lang.value)),
    }
}

/// Where the baseline of a run is, if it has one.
fn place(named: Option<&Path>, settings: &Settings) -> Option<PathBuf> {
    match (named, &settings.baseline.value) {
        (Some(path), _) => Some(path.to_path_buf()),
        (None, Some(name)) => Some(settings.root.join(name)),
        (None, None) if settings.baseline.origin == Origin::Default => Some(settings.root.join(BASELINE_NAME)),
        (None, None) => None,
    }
}

fn parse(bytes: &[u8], name: &str, lang: Lang) -> Result<Baseline, Failure> {
    let text = String::from_utf8_lossy(bytes);
    Baseline::parse(&text).map_err(|fault| {
        Failure(match (fault, lang) {
            (Fault::Form(line), Lang::Ja) => format!("{name} は既知の指摘の一覧として読めません（{line}行目）"),
            (Fault::Form(line), Lang::En) => format!("{name} is not a baseline (line {line})"),
            (Fault::Version(version), Lang::Ja) => format!("{name} は第{version}版の一覧です。この planlint が読めるのは第1版です"),
            (Fault::Version(version), Lang::En) => format!("{name} is a baseline of version {version}; this planlint reads version 1"),
        })
    })
}

/// What a run has looked at.
fn with_reach<T>(inputs: &Inputs, work: impl FnOnce(&Reach<'_>) -> T) -> T {
    work(&Reach { settings: &inputs.settings, checked: &inputs.checked(), whole: inputs.is_whole() })
}

impl File {
    /// The known findings.
    pub(super) fn findings(&self) -> &Baseline {
        &self.baseline
    }

    /// Takes what is known out of the findings.
    pub(super) fn apply(&self, outcome: &mut Outcome, inputs: &Inputs) {
        with_reach(inputs, |reach| self.baseline.apply(outcome, reach));
    }

    /// What a run says of the baseline.
    pub(super) fn summary(&self, outcome: &Outcome, lang: Lang) -> String {
        let (known, stale) = (outcome.known.len(), outcome.stale.len());
        let mut text = match lang {
            Lang::Ja => format!("既知 {known}件（{}）\n", self.name),
            Lang::En => format!("{} known ({})\n", plural(known, "finding"), self.name),
        };
        if stale == 0 {
            return text;
        }
        text.push_str(&match lang {
            Lang::Ja => format!("既知の指摘のうち、なくなったもの {stale}件（planlint baseline prune で一覧から除けます）\n"),
            Lang::En => format!("{} gone (planlint baseline prune takes them out)\n", plural(stale, "known finding")),
        });
        for gone in outcome.stale.iter().take(NAMED) {
            let _ = writeln!(text, "  {}", describe(gone));
        }
        if stale > NAMED {
            let _ = match lang {
                Lang::Ja => writeln!(text, "  ほかに{}件", stale - NAMED),
                Lang::En => writeln!(text, "  and {} more", stale - NAMED),
            };
        }
        text
    }
}

/// A known finding in a line.
fn describe(stale: &Stale) -> String {
    let known = &stale.known;
    let year = known.year.map(|year| format!(" {year}")).unwrap_or_default();
    format!("{} {}{year} {}", known.rule, known.plan.as_deref().unwrap_or(&known.file), known.path.as_deref().unwrap_or_default())
        .trim_end()
        .to_owned()
}

/// Keeps the baseline.
pub(super) fn run(common: &Common, command: &BaselineCommand, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    match command {
        BaselineCommand::Create(args) => create(common, args, err),
        BaselineCommand::Update(args) => change(common, args, true, err),
        BaselineCommand::Prune(args) => change(common, args, false, err),
        BaselineCommand::Show(args) => {
            let (inputs, outcome) = examine(common, &args.file, err)?;
            let file = existing(&args.file, &inputs)?;
            deliver(out, show(&file, &inputs, &outcome, args.format).as_bytes())?;
            Ok(End::Status(CLEAN))
        }
    }
}

/// Runs every rule; what breaks down keeps the baseline as it is.
fn examine(common: &Common, args: &BaselineFile, err: &mut dyn Write) -> Result<(Inputs, Outcome), Failure> {
    let progress = Progress::new(!args.selection.no_progress);
    let (inputs, outcome) = inputs::begin(common, &args.selection, &progress, err)?.check(&args.caching, &progress);
    match outcome.breakdowns.first() {
        None => Ok((inputs, outcome)),
        Some(breakdown) if inputs.settings.lang.value == Lang::Ja => Err(Failure(format!("内部エラー: {breakdown}"))),
        Some(breakdown) => Err(Failure(format!("internal error: {breakdown}"))),
    }
}

fn existing(args: &BaselineFile, inputs: &Inputs) -> Result<File, Failure> {
    find(args.baseline.as_deref(), false, &inputs.settings)?.ok_or_else(|| {
        Failure(match inputs.settings.lang.value {
            Lang::Ja => format!("{BASELINE_NAME} がありません（planlint baseline create で作れます）"),
            Lang::En => format!("{BASELINE_NAME} does not exist (planlint baseline create makes it)"),
        })
    })
}

fn present(inputs: &Inputs, outcome: &Outcome) -> Baseline {
    let name = |file: crate::source::SourceId| inputs.files.get(file.0 as usize).map_or("", |file| file.source.name.as_str());
    Baseline::of(outcome, &inputs.settings, name)
}

fn create(common: &Common, args: &BaselineFile, err: &mut dyn Write) -> Ended {
    let (inputs, outcome) = examine(common, args, err)?;
    let settings = &inputs.settings;
    let path = place(args.baseline.as_deref(), settings).unwrap_or_else(|| settings.root.join(BASELINE_NAME));
    let name = files::name_of(&path, &settings.root);
    if path.exists() {
        return Err(Failure(match settings.lang.value {
            Lang::Ja => format!("{name} はすでにあります（planlint baseline update で新しくできます）"),
            Lang::En => format!("{name} exists already (planlint baseline update brings it up to date)"),
        }));
    }
    let baseline = present(&inputs, &outcome);
    write_beside(&path, baseline.text().as_bytes())?;
    let (places, locked) = (baseline.findings.len(), locked(&inputs, &outcome));
    let written = outcome.findings.len() - locked;
    match settings.lang.value {
        Lang::Ja => writeln!(err, "{name} に指摘を{written}件書きました（{places}か所）")?,
        Lang::En => writeln!(err, "{name} holds {} at {}", plural(written, "finding"), plural(places, "place"))?,
    }
    tell_locked(&inputs, &outcome, err)?;
    Ok(End::Status(CLEAN))
}

/// Takes in new findings, where they are wanted, and leaves out those that are gone.
fn change(common: &Common, args: &BaselineFile, takes_in: bool, err: &mut dyn Write) -> Ended {
    let (inputs, outcome) = examine(common, args, err)?;
    let mut file = existing(args, &inputs)?;
    let before = file.baseline.text();
    let stale = with_reach(&inputs, |reach| file.baseline.stale(&outcome, reach));
    file.baseline.prune(&stale);
    let kept = file.baseline.findings.len();
    let present = present(&inputs, &outcome);
    if takes_in {
        file.baseline.findings.extend(present.findings);
    }
    let added = file.baseline.findings.len() - kept;
    let text = file.baseline.text();
    if text != before {
        write_beside(&file.path, text.as_bytes())?;
    }
    let (name, gone) = (&file.name, stale.len());
    match inputs.settings.lang.value {
        Lang::Ja => writeln!(err, "{name}：加えた所 {added}、除いた所 {gone}、いま {}か所", kept + added)?,
        Lang::En => writeln!(err, "{name}: {added} taken in, {gone} left out, {} in all", plural(kept + added, "place"))?,
    }
    for gone in &stale {
        writeln!(err, "  {}", describe(gone))?;
    }
    if takes_in {
        tell_locked(&inputs, &outcome, err)?;
    }
    Ok(End::Status(CLEAN))
}

/// How many findings are of locked rules, which are never known.
fn locked(inputs: &Inputs, outcome: &Outcome) -> usize {
    outcome.findings.iter().filter(|finding| inputs.settings.locked.contains(&finding.rule)).count()
}

fn tell_locked(inputs: &Inputs, outcome: &Outcome, err: &mut dyn Write) -> Result<(), Failure> {
    let locked = locked(inputs, outcome);
    if locked > 0 {
        match inputs.settings.lang.value {
            Lang::Ja => writeln!(err, "変えられない規則（locked）の指摘 {locked}件は入れていません")?,
            Lang::En => writeln!(err, "{} of locked rules left out", plural(locked, "finding"))?,
        }
    }
    Ok(())
}

/// What has become of a known finding.
#[derive(Clone, Copy)]
enum State {
    Present,
    Gone,
    Unchecked,
    Locked,
}

impl State {
    fn of(key: &str, known: &Known, present: &std::collections::BTreeSet<&str>, reach: &Reach<'_>) -> Self {
        let is_locked = known.rule.parse::<RuleId>().is_ok_and(|rule| reach.settings.locked.contains(&rule));
        match present.contains(key) {
            true if is_locked => Self::Locked,
            true => Self::Present,
            false if reach.covers(known) => Self::Gone,
            false => Self::Unchecked,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Gone => "gone",
            Self::Unchecked => "unchecked",
            Self::Locked => "locked",
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (_, Lang::En) => self.name(),
            (Self::Present, Lang::Ja) => "ある",
            (Self::Gone, Lang::Ja) => "なくなった",
            (Self::Unchecked, Lang::Ja) => "調べていない",
            (Self::Locked, Lang::Ja) => "効かない",
        }
    }
}

fn show(file: &File, inputs: &Inputs, outcome: &Outcome, format: ListFormat) -> String {
    let lang = inputs.settings.lang.value;
    let present = outcome.prints();
    let mut known: Vec<(&String, &Known)> = file.baseline.findings.iter().collect();
    known.sort_by_key(|(key, known)| (&known.plan, known.year, &known.rule, &known.path, *key));
    let state = |key: &str, known: &Known| with_reach(inputs, |reach| State::of(key, known, &present, reach));
    if matches!(format, ListFormat::Json) {
        let findings: Vec<serde_json::Value> = known
            .into_iter()
            .map(|(key, known)| {
                let mut value = serde_json::json!({ "fingerprint": key, "state": state(key, known).name() });
                if let (Some(value), Ok(serde_json::Value::Object(rest))) = (value.as_object_mut(), serde_json::to_value(known)) {
                    value.extend(rest);
                }
                value
            })
            .collect();
        return table::json(&serde_json::json!({ "version": 1, "file": file.name, "findings": findings }));
    }
    let rows: Vec<Vec<String>> = known
        .into_iter()
        .map(|(key, known)| {
            let year = known.year.map(|year| year.to_string()).unwrap_or_default();
            let path = known.path.clone().unwrap_or_default();
            vec![
                state(key, known).words(lang).to_owned(),
                known.rule.clone(),
                known.plan.clone().unwrap_or_default(),
                year,
                known.file.clone(),
                path,
            ]
        })
        .collect();
    let head = match lang {
        Lang::Ja => ["状態", "規則", "計画", "年度", "ファイル", "所"],
        Lang::En => ["state", "rule", "plan", "year", "file", "path"],
    };
    if matches!(format, ListFormat::Md) { table::in_markdown(&head, &rows) } else { table::plain(&head, &rows) }
}
