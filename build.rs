//! Reads `rules/*.yaml` into a static table, so that nothing is parsed when the program starts and
//! an id without its file does not compile; and the schemas into another (`build/forms.rs`). It also
//! tells the program what it was made from, so that it believes no result that another program has
//! kept.

#[path = "build/forms.rs"]
mod forms;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use serde_yaml::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    level: String,
    tier: String,
    group: String,
    #[serde(default)]
    expects: Vec<String>,
    profile: Option<String>,
    title: Words,
    message: Value,
    #[serde(default)]
    label: Value,
    #[serde(default)]
    related: Value,
    #[serde(default)]
    question: Value,
    help: Value,
    why: Words,
    source: Words,
    #[serde(default)]
    options: Vec<Opt>,
    examples: Examples,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    ja: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opt {
    name: String,
    r#type: String,
    default: Value,
    #[serde(default)]
    min: Value,
    #[serde(default)]
    max: Value,
    title: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    bad: Vec<Example>,
    good: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    title: Words,
    yaml: String,
    date: Option<String>,
    config: Option<String>,
    encoding: Option<String>,
    count: Option<u32>,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut rules = BTreeMap::new();
    for entry in fs::read_dir("rules")? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let rule: Rule = serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        if path.file_stem().and_then(|stem| stem.to_str()) != Some(rule.id.as_str()) {
            return Err(format!("{}: the id is {}", path.display(), rule.id).into());
        }
        rules.insert(rule.id.clone(), rule);
    }
    let mut out = String::new();
    writeln!(out, "/// Every rule, in the order of its name.")?;
    writeln!(
        out,
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u8)]\n#[allow(missing_docs)]\npub enum RuleId {{"
    )?;
    for id in rules.keys() {
        writeln!(out, "    {},", camel(id))?;
    }
    writeln!(
        out,
        "}}\n\n/// What is true of each rule besides its code, by the number of its id.\npub static RULES: [Rule; {}] = [",
        rules.len()
    )?;
    for rule in rules.values() {
        write_rule(&mut out, rule).map_err(|error| format!("rules/{}.yaml: {error}", rule.id))?;
    }
    writeln!(out, "];")?;
    let folder = env::var("OUT_DIR")?;
    fs::write(Path::new(&folder).join("catalogue.rs"), out)?;
    fs::write(Path::new(&folder).join("forms.rs"), forms::write(&["plan", "report", "config"])?)?;
    println!("cargo::rustc-env=PLANLINT_SOURCES={:032x}", sources()?);
    Ok(())
}

/// What a result may rest on: the code, the rules, the schemas, and the versions of libraries.
const SOURCES: [&str; 7] = ["Cargo.lock", "Cargo.toml", "build", "build.rs", "rules", "schemas", "src"];

/// A number for what the program is made from: FNV-1a over names and bytes.
fn sources() -> Result<u128, Failure> {
    let mut files = Vec::new();
    for name in SOURCES {
        println!("cargo::rerun-if-changed={name}");
        list(Path::new(name), &mut files)?;
    }
    files.sort();
    let mut number: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        for byte in name.bytes().chain([0]).chain(fs::read(&file)?).chain([0]) {
            number = (number ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
    Ok(number)
}

/// The files of a folder, or the file itself; what is not there is left out.
fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            list(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

fn write_rule(out: &mut String, rule: &Rule) -> Result<(), Failure> {
    let level = variant(&rule.level, &["off", "note", "warning", "error"])?;
    let tier = variant(&rule.tier, &["file", "report", "years", "sources", "plan", "disclosure"])?;
    writeln!(
        out,
        "Rule {{ id: RuleId::{}, name: {:?}, level: Level::{level}, tier: Tier::{tier}, group: {:?},",
        camel(&rule.id),
        rule.id,
        rule.group
    )?;
    let profile = match rule.profile.as_deref() {
        None => "Profile::Standard".to_owned(),
        Some(name) => format!("Profile::{}", variant(name, &["strict", "publication"])?),
    };
    writeln!(out, "  profile: {profile}, expects: &{:?},", rule.expects)?;
    writeln!(out, "  title: {}, why: {}, source: {},", words(&rule.title), words(&rule.why), words(&rule.source))?;
    for (name, value, required) in [
        ("messages", &rule.message, true),
        ("labels", &rule.label, false),
        ("related", &rule.related, false),
        ("questions", &rule.question, false),
        ("helps", &rule.help, true),
    ] {
        let variants = variants(value)?;
        if required && variants.is_empty() {
            return Err(format!("{name} is empty").into());
        }
        write!(out, "  {name}: &[")?;
        for (variant, text) in &variants {
            let (ja, en) = (places(&text.ja), places(&text.en));
            if ja != en {
                return Err(format!("{name}.{variant}: the Japanese names {ja:?} and the English {en:?}").into());
            }
            write!(out, "({variant:?}, {}), ", words(text))?;
        }
        writeln!(out, "],")?;
    }
    write!(out, "  options: &[")?;
    for option in &rule.options {
        if option.name == "level" {
            return Err(format!("{}: an option cannot be named level: that is the level of the rule", rule.id).into());
        }
        let default = option_value(&option.r#type, &option.default)?;
        let bound = |value: &Value| match value {
            Value::Null => Ok("None".to_owned()),
            value => option_value(&option.r#type, value).map(|text| format!("Some({text})")),
        };
        write!(
            out,
            "RuleOption {{ name: {:?}, default: {default}, min: {}, max: {}, title: {} }}, ",
            option.name,
            bound(&option.min)?,
            bound(&option.max)?,
            words(&option.title)
        )?;
    }
    writeln!(out, "],")?;
    for (name, examples) in [("bad", &rule.examples.bad), ("good", &rule.examples.good)] {
        if examples.is_empty() {
            return Err(format!("no {name} example").into());
        }
        write!(out, "  {name}: &[")?;
        for example in examples {
            write!(
                out,
                "Example {{ title: {}, yaml: {:?}, date: {:?}, config: {:?}, encoding: {:?}, count: {} }}, ",
                words(&example.title),
                example.yaml,
                example.date,
                example.config,
                example.encoding,
                example.count.unwrap_or(1)
            )?;
        }
        writeln!(out, "],")?;
    }
    writeln!(out, "}},")?;
    Ok(())
}

fn words(words: &Words) -> String {
    format!("Words {{ ja: {:?}, en: {:?} }}", words.ja.trim_end(), words.en.trim_end())
}

fn variants(value: &Value) -> Result<Vec<(String, Words)>, Failure> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Mapping(map) if map.contains_key("ja") || map.contains_key("en") => {
            Ok(vec![("default".to_owned(), serde_yaml::from_value(value.clone())?)])
        }
        value => {
            let map: BTreeMap<String, Words> = serde_yaml::from_value(value.clone())?;
            Ok(map.into_iter().collect())
        }
    }
}

/// The names between braces, sorted.
fn places(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn option_value(kind: &str, value: &Value) -> Result<String, Failure> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    match kind {
        "percent" => {
            let number: f64 = text.trim_end_matches('%').parse()?;
            Ok(format!("OptionValue::Percent({})", (number * 100.0).round() as i64))
        }
        "integer" => Ok(format!("OptionValue::Integer({})", text.parse::<i64>()?)),
        "boolean" => Ok(format!("OptionValue::Flag({})", text.parse::<bool>()?)),
        "words" => {
            let list: Vec<String> = serde_yaml::from_value(value.clone())?;
            Ok(format!("OptionValue::Words(&{list:?})"))
        }
        other => Err(format!("{other} is no type of an option").into()),
    }
}

fn variant(name: &str, known: &[&str]) -> Result<String, Failure> {
    if known.contains(&name) { Ok(camel(name)) } else { Err(format!("{name} is none of {known:?}").into()) }
}

fn camel(id: &str) -> String {
    id.split('-')
        .map(|part| {
            let mut letters = part.chars();
            letters.next().map_or(String::new(), |first| first.to_ascii_uppercase().to_string() + letters.as_str())
        })
        .collect()
}
