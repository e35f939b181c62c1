//! `planlint config`, `planlint schema`, `planlint completions`.

use std::fmt::Write as _;
use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

use super::args::{self, Common, Completions, Config, ConfigCommand, Man, SchemaName, Selection};
use super::{CLEAN, End, Ended, Failure, deliver, inputs};
use crate::catalogue::{Lang, RULES};
use crate::config::{BASELINE_NAME, FailOn, Origin, Settings, Value, show, show_percent};
use crate::schema::Schema;

/// Prints the settings in force, or their schema.
pub(super) fn config(common: &Common, config: &Config, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    let text = match config.command {
        ConfigCommand::Schema => Schema::Config.text().to_owned(),
        ConfigCommand::Show => settings(&inputs::settings(common, &Selection::default(), err)?),
    };
    deliver(out, text.as_bytes())?;
    Ok(End::Status(CLEAN))
}

/// Prints a schema.
pub(super) fn schema(schema: &args::Schema, out: &mut dyn Write) -> Result<(), Failure> {
    let text = match schema.name {
        SchemaName::Plan => Schema::Plan.text(),
        SchemaName::Report => Schema::Report.text(),
        SchemaName::Config => Schema::Config.text(),
        SchemaName::Rule => Schema::Rule.text(),
        SchemaName::Baseline => include_str!("../../schemas/baseline.schema.json"),
        SchemaName::Findings => include_str!("../../schemas/findings.schema.json"),
    };
    deliver(out, text.as_bytes())?;
    Ok(())
}

/// Prints the completions of a shell.
pub(super) fn completions(completions: &Completions, out: &mut dyn Write) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(completions.shell, &mut args::command(Lang::En), "planlint", &mut text);
    deliver(out, &text)?;
    Ok(())
}

/// The headings of a page of the manual, as they are generated and in Japanese.
const HEADINGS: &[(&str, &str)] = &[
    ("NAME", "名前"),
    ("SYNOPSIS", "書式"),
    ("DESCRIPTION", "説明"),
    ("OPTIONS", "オプション"),
    ("ARGUMENTS", "引数"),
    ("SUBCOMMANDS", "コマンド"),
    ("VERSION", "版"),
    ("EXTRA", "補足"),
];

/// Prints the page of a command in the form of `man`.
pub(super) fn man(common: &Common, man: &Man, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = common.lang.map(Lang::from).unwrap_or_default();
    let mut command = args::command(lang);
    command.build();
    let mut name = command.get_name().to_owned();
    for step in &man.command {
        command = command.find_subcommand(step).cloned().ok_or_else(|| {
            Failure(match lang {
                Lang::Ja => format!("{step} というコマンドはありません"),
                Lang::En => format!("there is no command `{step}`"),
            })
        })?;
        name = format!("{name}-{}", command.get_name());
    }
    let page = clap_mangen::Man::new(command.display_name(name.clone())).title(name).manual("planlint").source(concat!("planlint ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    page.render(&mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let text = if lang == Lang::Ja { HEADINGS.iter().fold(text, |text, (en, ja)| text.replace(&format!("\n.SH {en}\n"), &format!("\n.SH {ja}\n"))) } else { text };
    deliver(out, text.as_bytes())?;
    Ok(())
}

/// The settings as planlint.yaml would hold them, each with where it comes from.
fn settings(settings: &Settings) -> String {
    let lang = settings.lang.value;
    let from = |origin: &Origin| match (origin, lang) {
        (Origin::Default, Lang::Ja) => "既定".to_owned(),
        (Origin::Default, Lang::En) => "default".to_owned(),
        (Origin::File(line), Lang::Ja) => format!("{}の{line}行目", file_name(settings)),
        (Origin::File(line), Lang::En) => format!("{}, line {line}", file_name(settings)),
        (Origin::CommandLine, Lang::Ja) => "コマンドライン".to_owned(),
        (Origin::CommandLine, Lang::En) => "command line".to_owned(),
    };
    let list = |items: &[String]| format!("[{}]", items.iter().map(|item| format!("{item:?}")).collect::<Vec<_>>().join(", "));
    let fail_on = match settings.fail_on.value {
        FailOn::Level(level) => level.name(),
        FailOn::Never => "never",
    };
    let rows = [
        ("include", list(&settings.include.value), from(&settings.include.origin)),
        ("exclude", list(&settings.exclude.value), from(&settings.exclude.origin)),
        ("lang", lang.name().to_owned(), from(&settings.lang.origin)),
        ("profile", settings.profile.value.name().to_owned(), from(&settings.profile.origin)),
        ("fail-on", fail_on.to_owned(), from(&settings.fail_on.origin)),
        ("max-file-size", settings.max_file_size.value.to_string(), from(&settings.max_file_size.origin)),
        baseline_row(settings, &from),
        ("locked", list(&settings.locked.iter().map(|rule| rule.name().to_owned()).collect::<Vec<_>>()), from(&settings.locked_origin)),
    ];
    let mut text = String::new();
    for (name, value, from) in rows {
        line(&mut text, format!("{name}: {value}"), &from);
    }
    text.push_str("rules:\n");
    for rule in &RULES {
        let level = settings.level_with_origin(rule.id);
        let name = rule.name;
        if rule.options.is_empty() {
            line(&mut text, format!("  {name}: {}", level.value), &from(&level.origin));
            continue;
        }
        let _ = writeln!(text, "  {name}:");
        line(&mut text, format!("    level: {}", level.value), &from(&level.origin));
        for (index, option) in rule.options.iter().enumerate() {
            let set = settings.rules[rule.id as usize].options.iter().find(|(number, _)| *number == index);
            let (value, origin) = match set {
                Some((_, set)) => (shown(&set.value), from(&set.origin)),
                None => (show(option.default), from(&Origin::Default)),
            };
            line(&mut text, format!("    {}: {value}", option.name), &origin);
        }
    }
    overrides(settings, &mut text, &from);
    text
}

/// A setting with where it comes from.
fn line(text: &mut String, setting: String, from: &str) {
    let pad = 43usize.saturating_sub(setting.width());
    let _ = writeln!(text, "{setting}{:pad$} # {from}", "");
}

/// The baseline that a run uses.
fn baseline_row(settings: &Settings, from: &impl Fn(&Origin) -> String) -> (&'static str, String, String) {
    let value = match &settings.baseline.value {
        Some(file) => format!("{file:?}"),
        None if settings.baseline.origin == Origin::Default && settings.root.join(BASELINE_NAME).is_file() => BASELINE_NAME.to_owned(),
        None => "null".to_owned(),
    };
    ("baseline", value, from(&settings.baseline.origin))
}

/// What is set for some of the files.
fn overrides(settings: &Settings, text: &mut String, from: &impl Fn(&Origin) -> String) {
    if settings.overrides.is_empty() {
        return line(text, "overrides: []".to_owned(), &from(&Origin::Default));
    }
    text.push_str("overrides:\n");
    for set in &settings.overrides {
        let patterns = set.patterns.value.iter().map(|pattern| format!("{pattern:?}")).collect::<Vec<_>>().join(", ");
        line(text, format!("  - files: [{patterns}]"), &from(&set.patterns.origin));
        text.push_str("    rules:\n");
        for (id, rule) in &set.rules {
            let _ = writeln!(text, "      {}:", id.name());
            if let Some(level) = &rule.level {
                line(text, format!("        level: {}", level.value), &from(&level.origin));
            }
            for (index, value) in &rule.options {
                line(text, format!("        {}: {}", id.rule().options[*index].name, shown(&value.value)), &from(&value.origin));
            }
        }
    }
}

fn file_name(settings: &Settings) -> String {
    settings.file.as_ref().map(|file| crate::files::name_of(file, &settings.root)).unwrap_or_default()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Percent(share) => show_percent(*share),
        Value::Integer(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Words(words) => format!("[{}]", words.join(", ")),
    }
}
