//! `planlint explain` and `planlint rules`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use unicode_width::UnicodeWidthStr as _;

use super::args::{Common, Explain, ListFormat, Rules};
use super::{Failure, deliver};
use crate::catalogue::{Example, Lang, Level, RULES, Rule, RuleId};
use crate::check::{Parsed, Workbench};
use crate::config::{Origin, Set, Settings, show};
use crate::files::{self, Role};
use crate::report::{Rendering, human};
use crate::text;

fn lang(common: &Common) -> Lang {
    common.lang.map(Lang::from).unwrap_or_default()
}

/// Says what a rule means.
pub(super) fn explain(common: &Common, args: &Explain, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = lang(common);
    let id: RuleId = args.rule.parse().map_err(|()| {
        let near = text::did_you_mean(&args.rule, RULES.iter().map(|rule| rule.name));
        Failure(match (lang, near) {
            (Lang::Ja, Some(near)) => format!("「{}」という規則はありません。もしかして: {near}", args.rule),
            (Lang::Ja, None) => format!("「{}」という規則はありません（一覧: planlint rules）", args.rule),
            (Lang::En, Some(near)) => format!("there is no rule `{}`; did you mean `{near}`?", args.rule),
            (Lang::En, None) => format!("there is no rule `{}` (see planlint rules)", args.rule),
        })
    })?;
    deliver(out, page(id.rule(), lang).as_bytes())?;
    Ok(())
}

/// The page of a rule, in Markdown; `docs/rules.md` holds the same.
#[must_use]
pub fn page(rule: &Rule, lang: Lang) -> String {
    let word = |ja: &'static str, en: &'static str| if lang == Lang::Ja { ja } else { en };
    let mut text = String::new();
    let _ = writeln!(text, "# {}\n\n{}\n", rule.name, rule.title.get(lang));
    let _ = writeln!(
        text,
        "{}: {} · {}: {} · {}: {}\n",
        word("水準", "level"),
        rule.level.words().get(lang),
        word("層", "tier"),
        rule.tier.words().get(lang),
        word("系統", "group"),
        rule.group
    );
    let _ = writeln!(text, "## {}\n\n{}\n", word("なぜ", "Why"), rule.why.get(lang));
    if !rule.source.get(lang).is_empty() {
        let _ = writeln!(text, "{}: {}\n", word("根拠", "Source"), rule.source.get(lang));
    }
    if !rule.options.is_empty() {
        let _ = writeln!(text, "## {}\n", word("選択肢", "Options"));
        for option in rule.options {
            let bounds = match (option.min, option.max) {
                (Some(least), Some(most)) => format!("（{}〜{}）", show(least), show(most)),
                _ => String::new(),
            };
            let _ = writeln!(text, "- `{}`: {} — {}{bounds}", option.name, show(option.default), option.title.get(lang));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "## {}\n", word("指摘する例", "Bad"));
    for example in rule.bad {
        write_example(&mut text, example, lang);
        let _ = writeln!(text, "```text\n{}\n```\n", found(rule, example, lang).trim());
    }
    let _ = writeln!(text, "## {}\n", word("指摘しない例", "Good"));
    for example in rule.good {
        write_example(&mut text, example, lang);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn write_example(text: &mut String, example: &Example, lang: Lang) {
    let _ = writeln!(text, "{}\n\n```yaml\n{}\n```\n", example.title.get(lang), plain(example).trim_end());
}

/// The text of an example without the marks around the place of the finding.
fn plain(example: &Example) -> String {
    example.yaml.replace(['«', '»'], "")
}

/// What a run says of an example: the rule's own words, with the values in them.
fn found(rule: &Rule, example: &Example, lang: Lang) -> String {
    let text = plain(example);
    let bytes = match example.encoding.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes())) {
        Some(encoding) => encoding.encode(&text).0.into_owned(),
        None => text.into_bytes(),
    };
    let date = example.date.and_then(|date| date.parse().ok()).unwrap_or(EXAMPLE_DATE);
    let mut settings = Settings::new(PathBuf::new(), date);
    if rule.level == Level::Off || rule.profile > settings.profile.value {
        settings.rules[rule.id as usize].level = Some(Set { value: Level::Note, origin: Origin::Default });
    }
    let files = [files::of_bytes(0, EXAMPLE_NAME, Role::Named, bytes)];
    let parsed = Parsed::new(&files, &settings, &|| {});
    let mut outcome = Workbench::new(&parsed, &files).check(&settings);
    outcome.findings.retain(|finding| finding.rule == rule.id);
    let mut out = Vec::new();
    let sources = [&files[0].source];
    // Writing into memory does not fail.
    let _ = human::write(&Rendering { outcome: &outcome, sources: &sources, lang, checked: &[] }, &mut out, false);
    String::from_utf8_lossy(&out).into_owned()
}

/// What the file of an example is called.
const EXAMPLE_NAME: &str = "example.yaml";

/// The day on which examples are checked that name none.
const EXAMPLE_DATE: jiff::civil::Date = jiff::civil::date(2025, 11, 1);

/// Lists the rules.
pub(super) fn rules(common: &Common, args: &Rules, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = lang(common);
    let text = match args.format {
        ListFormat::Table => table(lang),
        ListFormat::Md => markdown(lang),
        ListFormat::Json => json(),
    };
    deliver(out, text.as_bytes())?;
    Ok(())
}

fn table(lang: Lang) -> String {
    let mut text = String::new();
    for rule in &RULES {
        let level = rule.level.words().get(lang);
        let pad = 8usize.saturating_sub(level.width());
        let _ = writeln!(text, "{:<30} {level}{:pad$} {:<11} {}", rule.name, "", rule.tier.name(), rule.title.get(lang));
    }
    text
}

/// The catalogue as a table in Markdown, as the README holds it.
#[must_use]
pub fn markdown(lang: Lang) -> String {
    let mut text = match lang {
        Lang::Ja => String::from("| 規則 | 水準 | 層 | 内容 |\n|---|---|---|---|\n"),
        Lang::En => String::from("| rule | level | tier | fault |\n|---|---|---|---|\n"),
    };
    for rule in &RULES {
        let _ = writeln!(text, "| `{}` | {} | {} | {} |", rule.name, rule.level.words().get(lang), rule.tier.name(), rule.title.get(lang));
    }
    text
}

fn json() -> String {
    let words = |words: crate::catalogue::Words| serde_json::json!({ "ja": words.ja, "en": words.en });
    let rules: Vec<serde_json::Value> = RULES
        .iter()
        .map(|rule| {
            serde_json::json!({
                "id": rule.name, "level": rule.level.name(), "tier": rule.tier.name(), "group": rule.group,
                "title": words(rule.title), "why": words(rule.why), "source": words(rule.source),
                "options": rule.options.iter().map(|option| serde_json::json!({ "name": option.name, "default": show(option.default), "title": words(option.title) })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&serde_json::json!({ "version": 1, "rules": rules })).unwrap_or_default();
    text.push('\n');
    text
}
