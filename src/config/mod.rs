//! The settings of a repository: `planlint.yaml` as written → as meant.
//!
//! Every mistake in the file is a finding at its place; the run stops only when all are known. What
//! is set of single rules stands in `options`; here every key is read, and is one arm of a match.

mod options;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;

use crate::catalogue::{Lang, Level, OptionValue, Profile, RULES, Rule, RuleId, Tier, Words};
use crate::diagnostic::Finding;
use crate::document::{Field, Node, Parser};
use crate::schema::Schema;
use crate::text;

pub use self::options::{percent, show, show_percent};
use self::options::{rule_name, rule_settings};

/// The name of the settings' file.
pub const FILE_NAME: &str = "planlint.yaml";

/// The name of the baseline where the settings name none: it is used when it is there.
pub const BASELINE_NAME: &str = "planlint-baseline.json";

/// Where a setting comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    #[default]
    Default,
    /// A line of planlint.yaml.
    File(u32),
    /// A flag.
    CommandLine,
}

/// A value with its origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Set<T> {
    fn given(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

/// The value of a rule's option, as set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// In hundredths of a percent.
    Percent(i64),
    /// A whole number.
    Integer(i64),
    /// On or off.
    Flag(bool),
    /// A list of words.
    Words(Vec<String>),
}

/// What is set for one rule.
#[derive(Clone, Debug, Default)]
pub struct RuleSetting {
    /// Its level.
    pub level: Option<Set<Level>>,
    /// Its options, by their number in the rule's list.
    pub options: Vec<(usize, Set<Value>)>,
}

/// The settings for some files.
#[derive(Clone, Debug)]
pub struct Override {
    files: GlobSet,
    /// The patterns of the files, as written.
    pub patterns: Set<Vec<String>>,
    /// What is set for each rule.
    pub rules: Vec<(RuleId, RuleSetting)>,
}

/// What makes a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// A finding of this level or above.
    Level(Level),
    /// Nothing.
    Never,
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder to which names of files are relative.
    pub root: PathBuf,
    /// The settings' file, if there is one.
    pub file: Option<PathBuf>,
    /// Patterns of files to check.
    pub include: Set<Vec<String>>,
    /// Patterns of files to leave out.
    pub exclude: Set<Vec<String>>,
    /// The language of every word.
    pub lang: Set<Lang>,
    /// Which rules are on.
    pub profile: Set<Profile>,
    /// What makes the run fail.
    pub fail_on: Set<FailOn>,
    /// The largest file that is read, in bytes.
    pub max_file_size: Set<u64>,
    /// What is set for each rule.
    pub rules: Vec<RuleSetting>,
    /// What is set for some files.
    pub overrides: Vec<Override>,
    /// Rules that neither a comment nor the baseline can switch off.
    pub locked: Vec<RuleId>,
    /// Where the list of locked rules comes from.
    pub locked_origin: Origin,
    /// The file of known findings, relative to the root.
    pub baseline: Set<Option<String>>,
    /// Only these rules, where any are chosen.
    pub select: Vec<Selector>,
    /// Not these rules.
    pub ignore: Vec<Selector>,
    /// The day of the run, for every rule that needs one.
    pub date: Date,
    /// Whether comments that accept a finding are passed over.
    pub no_ignores: bool,
    /// Which parser reads files.
    pub parser: Parser,
}

/// 64 MiB.
pub const MAX_FILE_SIZE: u64 = 64 << 20;

impl Settings {
    /// The settings where nothing is set.
    #[must_use]
    pub fn new(root: PathBuf, date: Date) -> Self {
        Self {
            root,
            file: None,
            include: Set { value: vec!["**/*.yaml".to_owned(), "**/*.yml".to_owned()], origin: Origin::Default },
            exclude: Set::default(),
            lang: Set::default(),
            profile: Set::default(),
            fail_on: Set { value: FailOn::Level(Level::Warning), origin: Origin::Default },
            max_file_size: Set { value: MAX_FILE_SIZE, origin: Origin::Default },
            rules: vec![RuleSetting::default(); RULES.len()],
            overrides: Vec::new(),
            locked: Vec::new(),
            locked_origin: Origin::Default,
            baseline: Set::default(),
            select: Vec::new(),
            ignore: Vec::new(),
            date,
            no_ignores: false,
            parser: Parser::default(),
        }
    }

    /// The level of a rule, the file not considered.
    #[must_use]
    pub fn level(&self, id: RuleId) -> Level {
        self.level_with_origin(id).value
    }

    /// The level of a rule and what decided it.
    #[must_use]
    pub fn level_with_origin(&self, id: RuleId) -> Set<Level> {
        let rule = id.rule();
        if !self.select.is_empty() && !self.select.iter().any(|selector| selector.matches(rule)) {
            return Set::given(Level::Off, Origin::CommandLine);
        }
        if self.ignore.iter().any(|selector| selector.matches(rule)) {
            return Set::given(Level::Off, Origin::CommandLine);
        }
        if let Some(level) = &self.rules[id as usize].level {
            return level.clone();
        }
        let selected = self.select.iter().any(|selector| matches!(selector, Selector::Rule(chosen) if *chosen == id));
        let level = match (rule.level, rule.profile) {
            (_, Profile::Publication) if self.profile.value < Profile::Publication && !selected => Level::Off,
            (Level::Off, _) if selected || self.profile.value >= Profile::Strict => Level::Note,
            (level, _) => level,
        };
        Set::given(level, self.profile.origin.clone())
    }

    /// The level of a rule for a file.
    #[must_use]
    pub fn level_in(&self, id: RuleId, file: &str) -> Level {
        let Set { value: level, origin } = self.level_with_origin(id);
        if self.overrides.is_empty() || (level == Level::Off && origin == Origin::CommandLine) {
            return level;
        }
        let set = self.overrides.iter().rev().filter(|set| set.files.is_match(file)).find_map(|set| {
            let rule = set.rules.iter().find(|(rule, _)| *rule == id)?;
            rule.1.level.clone()
        });
        set.map_or(level, |level| level.value)
    }

    /// The settings for a file: the options of the overrides that name it stand in place of the
    /// others, the last one first. Levels are those of [`Settings::level_in`].
    #[must_use]
    pub fn in_file(&self, file: &str) -> Cow<'_, Self> {
        let mut own = Cow::Borrowed(self);
        for set in self.overrides.iter().filter(|set| set.files.is_match(file)) {
            for (id, rule) in set.rules.iter().filter(|(_, rule)| !rule.options.is_empty()) {
                let options = &mut own.to_mut().rules[*id as usize].options;
                for (index, value) in &rule.options {
                    options.retain(|(known, _)| known != index);
                    options.push((*index, value.clone()));
                }
            }
        }
        own
    }

    /// Whether a rule is on for any file.
    #[must_use]
    pub fn is_on(&self, id: RuleId) -> bool {
        self.level(id) > Level::Off
            || self.overrides.iter().any(|set| {
                set.rules.iter().any(|(rule, set)| *rule == id && set.level.as_ref().is_some_and(|level| level.value > Level::Off))
            })
    }

    /// What findings rest on, in a text: two settings that say the same here find the same in the
    /// same files, the day not considered.
    #[must_use]
    pub fn basis(&self) -> String {
        let options = |set: &RuleSetting| {
            let mut options: Vec<(usize, &Value)> = set.options.iter().map(|(number, value)| (*number, &value.value)).collect();
            options.sort_by_key(|(number, _)| *number);
            format!("{options:?}")
        };
        let mut basis = format!("{:?} {} {} {:?}\n", self.locked, self.no_ignores, self.max_file_size.value, self.parser);
        for rule in &RULES {
            let level = self.level_with_origin(rule.id);
            let is_final = level.value == Level::Off && level.origin == Origin::CommandLine;
            let _ = writeln!(basis, "{} {} {is_final} {}", rule.name, level.value, options(&self.rules[rule.id as usize]));
        }
        for set in &self.overrides {
            let _ = writeln!(basis, "{:?}", set.patterns.value);
            for (id, rule) in &set.rules {
                let level = rule.level.as_ref().map(|level| level.value);
                let _ = writeln!(basis, "{} {level:?} {}", id.name(), options(rule));
            }
        }
        basis
    }

    /// What is set for an option, if anything is, and what it is otherwise.
    fn option(&self, id: RuleId, name: &str) -> (Option<&Value>, Option<&'static OptionValue>) {
        let Some(index) = id.rule().options.iter().position(|option| option.name == name) else { return (None, None) };
        let set = self.rules[id as usize].options.iter().find(|(number, _)| *number == index);
        (set.map(|(_, set)| &set.value), Some(&id.rule().options[index].default))
    }

    /// A share, in hundredths of a percent.
    #[must_use]
    pub fn percent(&self, id: RuleId, name: &str) -> i64 {
        match self.option(id, name) {
            (Some(Value::Percent(value)), _) | (_, Some(OptionValue::Percent(value))) => *value,
            _ => 0,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self, id: RuleId, name: &str) -> i64 {
        match self.option(id, name) {
            (Some(Value::Integer(value)), _) | (_, Some(OptionValue::Integer(value))) => *value,
            _ => 0,
        }
    }

    /// On or off.
    #[must_use]
    pub fn flag(&self, id: RuleId, name: &str) -> bool {
        match self.option(id, name) {
            (Some(Value::Flag(value)), _) | (_, Some(OptionValue::Flag(value))) => *value,
            _ => false,
        }
    }

    /// A list of words.
    #[must_use]
    pub fn words(&self, id: RuleId, name: &str) -> Vec<&str> {
        match self.option(id, name) {
            (Some(Value::Words(words)), _) => words.iter().map(String::as_str).collect(),
            (_, Some(OptionValue::Words(words))) => words.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The patterns of files to check, and those of files to leave out.
    ///
    /// # Errors
    /// Where a pattern cannot be read; [`Settings::read`] has said so at its place.
    pub fn globs(&self) -> Result<(GlobSet, GlobSet), globset::Error> {
        Ok((globs(&self.include.value)?, globs(&self.exclude.value)?))
    }

    /// Reads planlint.yaml. What is wrong in it is added to the findings.
    pub fn read(&mut self, path: &Path, node: Node<'_>, findings: &mut Vec<Finding>) {
        self.file = Some(path.to_path_buf());
        // The schemas are held to be sound by a test. What it finds wrong does not keep the rest
        // from being read: people want to see all mistakes at once.
        let _ = Schema::Config.check(node, findings);
        for (key, value) in node.members() {
            let origin = Origin::File(key.source().position(key.span().start).line);
            match key.field() {
                Some(Field::Include) => self.include = Set::given(patterns(value, findings), origin),
                Some(Field::Exclude) => self.exclude = Set::given(patterns(value, findings), origin),
                Some(Field::Lang) => self.lang = Set::given(if value.text() == Some("en") { Lang::En } else { Lang::Ja }, origin),
                Some(Field::Profile) => {
                    let profile = Profile::ALL.into_iter().find(|profile| value.text() == Some(profile.name()));
                    self.profile = Set::given(profile.unwrap_or_default(), origin);
                }
                Some(Field::FailOn) => self.fail_on = Set::given(fail_on(value.text().unwrap_or_default()), origin),
                Some(Field::MaxFileSize) => {
                    if let Some(size) = value.text().and_then(size) {
                        self.max_file_size = Set::given(size, origin);
                    }
                }
                Some(Field::Rules) => {
                    for (id, setting) in rule_settings(value, findings) {
                        self.rules[id as usize] = setting;
                    }
                }
                Some(Field::Locked) => {
                    self.locked = value.items().filter_map(|item| rule_name(item, findings)).collect();
                    self.locked_origin = origin;
                }
                Some(Field::Baseline) => self.baseline = Set::given(value.text().map(ToOwned::to_owned), origin),
                Some(Field::Overrides) => {
                    for item in value.items() {
                        let patterns = item.get(Field::Files).map(|files| patterns(files, findings)).unwrap_or_default();
                        let rules = item.get(Field::Rules).map(|rules| rule_settings(rules, findings)).unwrap_or_default();
                        if let Ok(files) = globs(&patterns) {
                            let line = item.source().position(item.span().start).line;
                            self.overrides.push(Override { files, patterns: Set::given(patterns, Origin::File(line)), rules });
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// What `--fail-on` and `fail-on` may say.
#[must_use]
pub fn fail_on(text: &str) -> FailOn {
    text.parse().map_or(FailOn::Never, FailOn::Level)
}

fn size(text: &str) -> Option<u64> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u64 = text[..digits].parse().ok()?;
    let factor = match text[digits..].trim() {
        "" | "B" => 1,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(factor)
}

fn globs(patterns: &[String]) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern.trim_start_matches("./"))?);
    }
    set.build()
}

fn patterns(node: Node<'_>, findings: &mut Vec<Finding>) -> Vec<String> {
    let mut patterns = Vec::new();
    for item in node.items() {
        let text = item.text().unwrap_or_default();
        match Glob::new(text) {
            Ok(_) => patterns.push(text.to_owned()),
            Err(_) => findings.push(
                Finding::new(RuleId::SchemaViolation, item)
                    .variant("format")
                    .arg("name", Words { ja: "ファイルの型", en: "pattern" })
                    .arg("value", text)
                    .arg("expected", Words { ja: "ファイルの型（例: drafts/**）", en: "a pattern of files (drafts/**)" }),
            ),
        }
    }
    patterns
}

/// What `--select` and `--ignore` name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// One rule.
    Rule(RuleId),
    /// A family.
    Group(&'static str),
    /// A tier.
    Tier(Tier),
    /// Every rule.
    All,
}

impl Selector {
    /// Reads a name.
    ///
    /// # Errors
    /// With the nearest name, where there is no such rule, group or tier.
    pub fn parse(name: &str) -> Result<Self, Option<&'static str>> {
        if name == "all" {
            return Ok(Self::All);
        }
        if let Ok(id) = name.parse() {
            return Ok(Self::Rule(id));
        }
        if let Some(rule) = RULES.iter().find(|rule| rule.group == name) {
            return Ok(Self::Group(rule.group));
        }
        if let Some(tier) = Tier::ALL.into_iter().find(|tier| tier.name() == name) {
            return Ok(Self::Tier(tier));
        }
        let groups = RULES.iter().map(|rule| rule.group);
        let names = RULES.iter().map(|rule| rule.name).chain(groups).chain(Tier::ALL.iter().map(|tier| tier.name()));
        Err(text::did_you_mean(name, names))
    }

    /// Whether it names the rule.
    #[must_use]
    pub fn matches(&self, rule: &Rule) -> bool {
        match self {
            Self::Rule(id) => *id == rule.id,
            Self::Group(group) => *group == rule.group,
            Self::Tier(tier) => *tier == rule.tier,
            Self::All => true,
        }
    }
}
