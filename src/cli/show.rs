//! `planlint config`, `planlint schema`, `planlint completions`.

use std::fmt::Write as _;
use std::io::Write;

use super::args::{self, Common, Completions, Config, ConfigCommand, SchemaName, Selection};
use super::{CLEAN, End, Ended, Failure, deliver, inputs};
use crate::catalogue::{Lang, RULES};
use crate::config::{FailOn, Origin, Settings, Value, show, show_percent};
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
    ];
    let mut text = String::new();
    for (name, value, from) in rows {
        let _ = writeln!(text, "{:<44}# {from}", format!("{name}: {value}"));
    }
    text.push_str("rules:\n");
    for rule in &RULES {
        let level = settings.level_with_origin(rule.id);
        let name = rule.name;
        if rule.options.is_empty() {
            let _ = writeln!(text, "{:<44}# {}", format!("  {name}: {}", level.value), from(&level.origin));
            continue;
        }
        let _ = writeln!(text, "  {name}:");
        let _ = writeln!(text, "{:<44}# {}", format!("    level: {}", level.value), from(&level.origin));
        for (index, option) in rule.options.iter().enumerate() {
            let set = settings.rules[rule.id as usize].options.iter().find(|(number, _)| *number == index);
            let (value, origin) = match set {
                Some((_, set)) => (shown(&set.value), from(&set.origin)),
                None => (show(option.default), from(&Origin::Default)),
            };
            let _ = writeln!(text, "{:<44}# {origin}", format!("    {}: {value}", option.name));
        }
    }
    text
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
