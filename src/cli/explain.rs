//! `planlint explain` and `planlint rules`.

use std::fmt::Write as _;
use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

use super::args::{Common, Explain, ListFormat, Rules};
use super::{Failure, deliver};
use crate::catalogue::{Example, Lang, RULES, Rule, RuleId};
use crate::config::show;
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
    let _ = writeln!(text, "## {}\n", word("指摘のことば", "Words"));
    for (_, words) in rule.messages {
        let _ = writeln!(text, "- {}", words.get(lang));
    }
    text.push('\n');
    if let Some((_, question)) = rule.questions.first() {
        let _ = writeln!(text, "## {}\n\n{}\n", word("照会の文", "Question"), question.get(lang));
    }
    if let Some((_, help)) = rule.helps.first() {
        let _ = writeln!(text, "## {}\n\n{}\n", word("対処", "What to do"), help.get(lang));
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
    for (heading, examples) in [(word("指摘する例", "Bad"), rule.bad), (word("指摘しない例", "Good"), rule.good)] {
        let _ = writeln!(text, "## {heading}\n");
        for example in examples {
            write_example(&mut text, example, lang);
        }
    }
    text
}

fn write_example(text: &mut String, example: &Example, lang: Lang) {
    let yaml = example.yaml.replace(['«', '»'], "");
    let _ = writeln!(text, "{}\n\n```yaml\n{}\n```\n", example.title.get(lang), yaml.trim_end());
}

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
