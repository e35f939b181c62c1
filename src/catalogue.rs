//! What is true of every rule besides its code: level, tier, words, options and examples.
//!
//! The table is made from `rules/*.yaml` when the program is built; nothing is read at start-up.
//! The catalogue itself is `docs/rules.md`.

use std::fmt;
use std::str::FromStr;

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The two languages of the tool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// `ja` or `en`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
}

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Japanese.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The text in one language.
    #[must_use]
    pub fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The rule is not evaluated.
    Off,
    /// A reviewer would like to know.
    Note,
    /// The report contradicts itself or its own rules: a person has to answer.
    Warning,
    /// Impossible, or not fit to publish.
    Error,
}

impl Level {
    /// Every level, the least first.
    pub const ALL: [Level; 4] = [Level::Off, Level::Note, Level::Warning, Level::Error];

    /// The name that settings and JSON use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// What people read.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Off => Words { ja: "無効", en: "off" },
            Self::Note => Words { ja: "参考", en: "note" },
            Self::Warning => Words { ja: "要確認", en: "warning" },
            Self::Error => Words { ja: "誤り", en: "error" },
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|level| level.name() == text).ok_or(())
    }
}

/// What a rule looks at, after the validation levels of official statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The format of a file.
    File,
    /// One report in itself.
    Report,
    /// A report against earlier ones.
    Years,
    /// A figure against another source.
    Sources,
    /// A report against its plan.
    Plan,
    /// What may be published.
    Disclosure,
}

impl Tier {
    /// Every tier.
    pub const ALL: [Tier; 6] = [Tier::File, Tier::Report, Tier::Years, Tier::Sources, Tier::Plan, Tier::Disclosure];

    /// The name that settings and JSON use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Report => "report",
            Self::Years => "years",
            Self::Sources => "sources",
            Self::Plan => "plan",
            Self::Disclosure => "disclosure",
        }
    }

    /// What people read.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::File => Words { ja: "書式", en: "format of a file" },
            Self::Report => Words { ja: "報告書の中", en: "inside one report" },
            Self::Years => Words { ja: "年度間", en: "against earlier reports" },
            Self::Sources => Words { ja: "資料間", en: "against another source" },
            Self::Plan => Words { ja: "計画との照合", en: "against the plan" },
            Self::Disclosure => Words { ja: "公表の可否", en: "what may be published" },
        }
    }
}

/// Which rules are on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Every rule at its own level.
    #[default]
    Standard,
    /// Also the rules that are off by default, as notes.
    Strict,
    /// Also the disclosure rules.
    Publication,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Profile; 3] = [Profile::Standard, Profile::Strict, Profile::Publication];

    /// The name that settings use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Strict => "strict",
            Self::Publication => "publication",
        }
    }
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its number.
    pub id: RuleId,
    /// Its id as people write it.
    pub name: &'static str,
    /// Its level where settings say nothing.
    pub level: Level,
    /// What it looks at.
    pub tier: Tier,
    /// The family it belongs to.
    pub group: &'static str,
    /// The profile that it needs; `Standard` for nearly all.
    pub profile: Profile,
    /// What a plan must expect of its reports for the rule to be evaluated.
    pub expects: &'static [&'static str],
    /// The fault in a few words.
    pub title: Words,
    /// Why it matters.
    pub why: Words,
    /// The standard or evidence that it rests on.
    pub source: Words,
    /// What is wrong, by variant.
    pub messages: &'static [(&'static str, Words)],
    /// The words under the carets, by variant.
    pub labels: &'static [(&'static str, Words)],
    /// The words at the other places, by name.
    pub related: &'static [(&'static str, Words)],
    /// What the office would ask the department, by variant.
    pub questions: &'static [(&'static str, Words)],
    /// What to do, by variant.
    pub helps: &'static [(&'static str, Words)],
    /// What can be set.
    pub options: &'static [RuleOption],
    /// Texts in which the rule finds what is marked «so».
    pub bad: &'static [Example],
    /// Texts in which it finds nothing.
    pub good: &'static [Example],
}

/// Something about a rule that can be set.
#[derive(Debug)]
pub struct RuleOption {
    /// Its name in planlint.yaml.
    pub name: &'static str,
    /// Its value where settings say nothing.
    pub default: OptionValue,
    /// The least value.
    pub min: Option<OptionValue>,
    /// The greatest value.
    pub max: Option<OptionValue>,
    /// What it does.
    pub title: Words,
}

/// The value of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// In hundredths of a percent: 10% is 1000.
    Percent(i64),
    /// A whole number.
    Integer(i64),
    /// On or off.
    Flag(bool),
    /// A list of words.
    Words(&'static [&'static str]),
}

/// A text that shows a rule. In a bad one the place of the finding stands between « and ».
#[derive(Debug)]
pub struct Example {
    /// What it shows.
    pub title: Words,
    /// A file, with several YAML documents where a plan and its reports are needed.
    pub yaml: &'static str,
    /// The day on which it is checked.
    pub date: Option<&'static str>,
    /// planlint.yaml.
    pub config: Option<&'static str>,
    /// The encoding of the file, where it is not UTF-8.
    pub encoding: Option<&'static str>,
    /// How many findings the rule makes.
    pub count: u32,
}

impl RuleId {
    /// What is true of it.
    #[must_use]
    pub fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// Its id as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rule().name
    }
}

impl FromStr for RuleId {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        RULES.binary_search_by(|rule| rule.name.cmp(name)).map(|index| RULES[index].id).map_err(|_| ())
    }
}

/// The words of a variant; those of `default` where the variant has none of its own.
#[must_use]
pub fn variant(list: &'static [(&'static str, Words)], name: &str) -> Option<Words> {
    let find = |wanted: &str| list.iter().find(|(variant, _)| *variant == wanted).map(|(_, words)| *words);
    find(name).or_else(|| find("default"))
}
