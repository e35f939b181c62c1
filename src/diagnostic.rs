//! One finding: which rule, where, and with what words. Pure data.
//!
//! Words are kept as the values that go into them and are only made into sentences, in the
//! language asked for, when they are shown.

use std::borrow::Cow;

use crate::catalogue::{Lang, Level, RuleId, Words, variant};
use crate::document::Node;
use crate::source::{SourceId, Span, visible};

/// A value that goes into a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// The same in both languages: a figure, a name, an id.
    Text(String),
    /// A word of the tool.
    Words(Words),
    /// A number of the settings, the same in both languages: it says nothing of the data.
    Setting(String),
    /// A text made in both languages.
    Both {
        /// Japanese.
        ja: String,
        /// English.
        en: String,
    },
    /// A word of the tool, as it was kept from an earlier run.
    Kept {
        /// Japanese.
        ja: String,
        /// English.
        en: String,
    },
}

impl Arg {
    /// The value in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Self::Text(text) | Self::Setting(text), _) => text,
            (Self::Words(words), lang) => words.get(lang),
            (Self::Both { ja, .. } | Self::Kept { ja, .. }, Lang::Ja) => ja,
            (Self::Both { en, .. } | Self::Kept { en, .. }, Lang::En) => en,
        }
    }

    /// A text made in both languages.
    #[must_use]
    pub fn both(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Both { ja: ja.into(), en: en.into() }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Cow<'_, str>> for Arg {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into_owned())
    }
}

impl From<Words> for Arg {
    fn from(words: Words) -> Self {
        Self::Words(words)
    }
}

macro_rules! number_args {
    ($($kind:ty),*) => { $(impl From<$kind> for Arg {
        fn from(number: $kind) -> Self {
            Self::Text(number.to_string())
        }
    })* };
}
number_args!(i16, i32, i64, u32, u64, usize);

/// The values of a sentence, by name.
pub type Args = Vec<(&'static str, Arg)>;

/// Puts values into the places of a text: `{name}`.
#[must_use]
pub fn fill(text: &str, args: &[(&'static str, Arg)], lang: Lang) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match args.iter().find(|(known, _)| *known == name) {
            Some((_, arg)) => out.extend(arg.get(lang).chars().map(visible)),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: SourceId,
    /// Its bytes.
    pub span: Span,
    /// The JSON Pointer in the YAML document.
    pub pointer: String,
}

impl Place {
    /// Where a node is shown.
    #[must_use]
    pub fn of(node: Node<'_>) -> Self {
        Self { file: node.source().id, span: node.place(), pointer: node.pointer() }
    }
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// The name of its words in the rule's `related`.
    pub name: &'static str,
    /// The values of its words.
    pub args: Args,
}

/// The words for a place that a finding was reached through.
pub const ALIAS_WORDS: Words = Words { ja: "この別名（*）を通して読まれています", en: "it is read through this alias" };

/// What stands for a value that is not shown.
pub const WITHHELD: &str = "■";
/// The name of a place that has the same fault again.
const AGAIN: &str = "again";

/// What a finding is about, besides its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The plan's id.
    pub plan: Option<String>,
    /// The fiscal year of the report.
    pub year: Option<i16>,
    /// The measure's id.
    pub measure: Option<String>,
    /// The departments that answer for it, by id.
    pub departments: Vec<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that made it.
    pub rule: RuleId,
    /// Its level, settings applied.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// Which of the rule's wordings.
    pub variant: &'static str,
    /// The values of the words.
    pub args: Args,
    /// Other places, in the order in which they help.
    pub related: Vec<Related>,
    /// The alias through which the place was reached.
    pub alias: Option<Span>,
    /// What it is about.
    pub subject: Subject,
    /// The path of the place with items named by their ids.
    pub path: String,
    /// What tells this finding from another of the same rule at the same path.
    pub discriminator: String,
    /// Whether it is known by its discriminator alone, whichever place it is shown at.
    pub is_shared: bool,
    /// The paths of the other places at which the same fault was found again.
    pub again: Vec<String>,
    /// Whether no value may be shown.
    pub sensitive: bool,
    /// Made by the check when all findings are known: 32 hexadecimal digits.
    pub fingerprint: String,
    /// The fingerprints of the other places at which the same fault was found again.
    pub keys: Vec<String>,
}

impl Finding {
    /// A finding of a rule at a node.
    #[must_use]
    pub fn new(rule: RuleId, node: Node<'_>) -> Self {
        let mut finding = Self::at(rule, Place::of(node));
        finding.alias = node.alias();
        finding.path = node.stable_path();
        finding
    }

    /// A finding of a rule at a place that is no node.
    #[must_use]
    pub fn at(rule: RuleId, place: Place) -> Self {
        Self {
            rule,
            level: rule.rule().level,
            path: place.pointer.clone(),
            place,
            variant: "default",
            args: Vec::new(),
            related: Vec::new(),
            alias: None,
            subject: Subject::default(),
            discriminator: String::new(),
            is_shared: false,
            again: Vec::new(),
            sensitive: false,
            fingerprint: String::new(),
            keys: Vec::new(),
        }
    }

    /// Shows no value and no excerpt of it anywhere.
    #[must_use]
    pub fn withhold(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Narrows the place to some bytes.
    #[must_use]
    pub fn span(mut self, span: Span) -> Self {
        self.place.span = span;
        self
    }

    /// Chooses a wording.
    #[must_use]
    pub fn variant(mut self, variant: &'static str) -> Self {
        self.variant = variant;
        self
    }

    /// Gives a value to the words.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Says that a node has the same fault: it is known by itself, named or not.
    #[must_use]
    pub fn again(mut self, node: Node<'_>) -> Self {
        self.again.push(node.stable_path());
        self
    }

    /// Names another place. One that is named `again` has the same fault.
    #[must_use]
    pub fn related(mut self, name: &'static str, node: Node<'_>) -> Self {
        if name == AGAIN {
            self = self.again(node);
        }
        self.related_with(name, Place::of(node), Vec::new())
    }

    /// Names another place, with values of its own.
    #[must_use]
    pub fn related_with(mut self, name: &'static str, place: Place, args: Args) -> Self {
        self.related.push(Related { place, name, args });
        self
    }

    /// Says that the fault is of several things together, whichever of them is written first: it is
    /// known by what they share and not by a place.
    #[must_use]
    pub fn shared(mut self, words: impl Into<String>) -> Self {
        self.is_shared = true;
        self.discriminator(words)
    }

    /// Tells it from others of the same rule at the same path.
    #[must_use]
    pub fn discriminator(mut self, text: impl Into<String>) -> Self {
        self.discriminator = text.into();
        self
    }

    /// Every fingerprint: its own, and one for each other place of the same fault.
    #[must_use]
    pub fn prints(&self) -> std::collections::BTreeSet<String> {
        self.keys.iter().chain([&self.fingerprint]).cloned().collect()
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.words(self.rule.rule().messages, lang).unwrap_or_default()
    }

    /// The words under the carets.
    #[must_use]
    pub fn label(&self, lang: Lang) -> Option<String> {
        self.words(self.rule.rule().labels, lang)
    }

    /// What the office would ask.
    #[must_use]
    pub fn question(&self, lang: Lang) -> Option<String> {
        self.words(self.rule.rule().questions, lang)
    }

    /// What to do.
    #[must_use]
    pub fn help(&self, lang: Lang) -> Option<String> {
        self.words(self.rule.rule().helps, lang)
    }

    /// The words at another place.
    #[must_use]
    pub fn related_words(&self, related: &Related, lang: Lang) -> String {
        let list = self.rule.rule().related;
        let words = list.iter().find(|(name, _)| *name == related.name).map(|(_, words)| *words);
        let mut args = related.args.clone();
        args.extend(self.args.iter().cloned());
        words.map(|words| fill(words.get(lang), &self.shown(args), lang)).unwrap_or_default()
    }

    /// The values that may be shown: all of them, or only words of the tool.
    fn shown(&self, args: Args) -> Args {
        if !self.sensitive {
            return args;
        }
        let hide =
            |arg: Arg| if matches!(arg, Arg::Words(_) | Arg::Setting(_) | Arg::Kept { .. }) { arg } else { Arg::Text(WITHHELD.to_owned()) };
        args.into_iter().map(|(name, arg)| (name, hide(arg))).collect()
    }

    fn words(&self, list: &'static [(&'static str, Words)], lang: Lang) -> Option<String> {
        let fill =
            |text: &str| if self.sensitive { fill(text, &self.shown(self.args.clone()), lang) } else { fill(text, &self.args, lang) };
        variant(list, self.variant).map(|words| fill(words.get(lang))).filter(|text| !text.is_empty())
    }
}
