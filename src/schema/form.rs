//! What an everyday document looks like, by its schema: tables that are made from the schemas when
//! the program is built (`build/forms.rs`).
//!
//! A form accepts nothing that its schema does not; a test holds it to that. What it does not
//! accept may still be right: the validator is asked, and the validator alone says what is wrong.
//! So a run over documents without a fault never compiles a schema.

use super::format::{Format, format};
use crate::document::{FIELDS, Field, Kind, Node};

include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// What may stand in one place.
pub(super) struct Form {
    /// The kinds of nodes, as bits.
    kinds: u8,
    /// Whether a number must be whole.
    whole: bool,
    format: Option<Format>,
    /// The words that a text may be; none: any.
    words: &'static [&'static str],
    least_characters: usize,
    minimum: i64,
    maximum: i64,
    items: &'static Form,
    /// The first items, where they are not as the others.
    first: &'static [&'static Form],
    least_items: usize,
    most_items: usize,
    /// One more than the number of the member that a field is; 0: none of them.
    slots: &'static [u8; FIELDS.len()],
    members: &'static [&'static Form],
    /// Any other member.
    rest: &'static Form,
    names: Option<Format>,
    least_members: usize,
    demands: &'static [Demand],
}

/// Where the members of `of` are as in `when`, those of `then` must be there. The first 64 members
/// of a mapping are bits.
struct Demand {
    of: u64,
    when: u64,
    then: u64,
}

const NULL: u8 = 1 << Kind::Null as u8;
const BOOL: u8 = 1 << Kind::Bool as u8;
const INT: u8 = 1 << Kind::Int as u8;
const FLOAT: u8 = 1 << Kind::Float as u8;
const STR: u8 = 1 << Kind::Str as u8;
const SEQ: u8 = 1 << Kind::Seq as u8;
const MAP: u8 = 1 << Kind::Map as u8;

/// Anything may stand here, and below.
static OPEN: Form = open(&OPEN);
const ANY: Form = open(&OPEN);

/// Nothing may stand here, as far as the form knows.
static SHUT: Form = CLOSED;
const CLOSED: Form = Form { kinds: 0, ..ANY };

const fn open(below: &'static Form) -> Form {
    Form {
        kinds: NULL | BOOL | INT | FLOAT | STR | SEQ | MAP,
        whole: false,
        format: None,
        words: &[],
        least_characters: 0,
        minimum: i64::MIN,
        maximum: i64::MAX,
        items: below,
        first: &[],
        least_items: 0,
        most_items: usize::MAX,
        slots: &[0; FIELDS.len()],
        members: &[],
        rest: below,
        names: None,
        least_members: 0,
        demands: &[],
    }
}

const fn slots(names: &[&str]) -> [u8; FIELDS.len()] {
    let mut slots = [0; FIELDS.len()];
    let mut index = 0;
    while index < names.len() {
        slots[Field::constant(names[index]) as usize] = index as u8 + 1;
        index += 1;
    }
    slots
}

impl Form {
    /// Whether a node is certain to be as the schema wants it.
    pub(super) fn accepts(&self, node: Node<'_>) -> bool {
        let kind = node.kind();
        if self.kinds >> kind as u8 & 1 == 0 {
            return false;
        }
        match kind {
            Kind::Null | Kind::Bool => true,
            Kind::Int => !self.whole && !self.is_bounded() || node.as_i64().is_some_and(|number| self.minimum <= number && number <= self.maximum),
            Kind::Float => !self.is_bounded() || self.accepts_float(node.raw()),
            Kind::Str => self.accepts_text(node),
            Kind::Seq => self.accepts_items(node),
            Kind::Map => self.accepts_members(node),
            Kind::Alias => false,
        }
    }

    fn is_bounded(&self) -> bool {
        self.minimum != i64::MIN || self.maximum != i64::MAX
    }

    #[allow(clippy::cast_precision_loss)]
    fn accepts_float(&self, text: &str) -> bool {
        text.parse().is_ok_and(|number: f64| self.minimum as f64 <= number && number <= self.maximum as f64)
    }

    fn accepts_text(&self, node: Node<'_>) -> bool {
        if self.format.is_none() && self.words.is_empty() && self.least_characters == 0 {
            return true;
        }
        let text = node.as_str().unwrap_or_default();
        self.format.is_none_or(|is_one| is_one(text))
            && (self.words.is_empty() || self.words.contains(&text))
            && (self.least_characters == 0 || text.chars().count() >= self.least_characters)
    }

    fn accepts_items(&self, node: Node<'_>) -> bool {
        let count = node.len();
        if count < self.least_items || count > self.most_items {
            return false;
        }
        let mut first = self.first.iter();
        node.items().all(|item| first.next().copied().unwrap_or(self.items).accepts(item))
    }

    fn accepts_members(&self, node: Node<'_>) -> bool {
        if node.len() < self.least_members {
            return false;
        }
        let mut there = 0u64;
        for (key, value) in node.members() {
            let form = match key.field() {
                Some(field) => match self.slots[field as usize].checked_sub(1) {
                    Some(slot) => {
                        there |= 1 << slot;
                        self.members[usize::from(slot)]
                    }
                    None => self.rest,
                },
                // A key with escapes may be the name of a member.
                None if key.is_verbatim() => self.rest,
                None => return false,
            };
            if self.names.is_some_and(|is_one| !is_one(key.key_text())) || !form.accepts(value) {
                return false;
            }
        }
        self.demands.iter().all(|demand| there & demand.of != demand.when || there & demand.then == demand.then)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::RULES;
    use crate::document::{self, Limits};
    use crate::schema::{Schema, View};
    use crate::source::{Source, SourceId};

    /// Values and keys that are at the edge of what some place may hold.
    const PIECES: &[&str] = &[
        "", "~", "true", "No", "0", "1", "-3", "1.5", "2.0", ".inf", "-.nan", "1e400", "99999999999999999999", "0x10", "2200", "2201",
        "1867", "1868", "2200.0", "\"2024\"", "令和6年度", "R6", "2025-03-31", "2025-02-30", "令和7年3月", "2026-02", "2026-13", "約1300",
        "3〜4", "-", "―", "なし", "#N/A", "5%", "９%", "-5%", "a", "A", "a/b", "a-b", "a_b", "57", "'57'", "'5/7'", "done", "all", "about",
        "annual", "plan", "report", "{ missing: unknown }", "{ missing: nothing }", "{ missing: ended, note: x }", "{ note: x }",
        "{ year: 2023, fit: about }", "{ value: 1, period: x }", "{ period: x }", "{ amount: 1 }", "{ a: 1 }", "{ a: { target: 1 } }",
        "{ \"missin\\u0067\": unknown }", "{ missing: unknown, missing: x }", "{}", "[]", "[a]", "[1, 2]", "[1, 5%]", "[1, 2, 3]", "[[]]",
        "[{ title: x }]", "[{ title: x, date: 2025-04-01 }]", "[{ title: x, month: 2025-04 }]", "[{ department: a, text: b }]", "&x { a: 1 }",
        "*x", "|-\n          text", "off", "error", "10MB",
    ];

    const RIGHT: &str = r#"kind: report
plan: p
year: 2024
entries:
  - measure: "1"
    progress: done
    plan: x
    counts:
      a: { target: 1, actual: 2 }
      b:
        target: 1
        prior: 3
        carried_over: 2023
    cost: 1
    events:
      - title: x
        date: 2025-04-01
    rating: A
    next:
      counts:
        a: { target: 1 }
tables:
  - id: t
    title: x
    columns:
      - id: c
        title: x
    rows: []
meetings:
  - title: x
    date: 2025-04-01
"#;

    fn texts() -> Vec<String> {
        let mut folders = vec![Path::new("examples").to_path_buf()];
        let mut texts: Vec<String> =
            RULES.iter().flat_map(|rule| rule.good.iter().chain(rule.bad)).map(|example| example.yaml.to_owned()).collect();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "yaml") {
                    texts.extend(std::fs::read_to_string(path).ok().filter(|text| text.len() < 60_000));
                }
            }
        }
        texts.sort();
        texts
    }

    /// How often the validator finds a document right, and the form too.
    fn held(text: &str) -> (usize, usize) {
        let source = Source::new(SourceId(0), "a.yaml", text);
        let Ok(document) = document::parse(&source, &Limits::default()) else { return (0, 0) };
        let (mut right, mut accepted) = (0, 0);
        for root in document.roots() {
            for schema in Schema::ALL {
                let is_right = schema.validator().expect("a schema").is_valid(View::Node(root));
                let is_accepted = schema.form().is_some_and(|form| form.accepts(root));
                assert!(is_right || !is_accepted, "{} accepts {text}", schema.name());
                right += usize::from(is_right && schema.form().is_some());
                accepted += usize::from(is_accepted);
            }
        }
        (right, accepted)
    }

    #[test]
    fn every_right_document_of_the_examples_is_accepted() {
        let all: Vec<(usize, usize)> = texts().iter().map(|text| held(text)).collect();
        let (right, accepted) = all.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert!(right > 100, "{right}");
        assert_eq!(right, accepted);
    }

    /// Puts a piece in the place of a value, or of a key, of a line.
    fn changed(text: &str, line: usize, what: usize, piece: usize) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = line % lines.len().max(1);
        let Some(old) = lines.get(at).cloned() else { return String::new() };
        let piece = PIECES[piece % PIECES.len()];
        let name = FIELDS[line.wrapping_mul(31).wrapping_add(what) % FIELDS.len()].name();
        let indent: String = old.chars().take_while(|character| matches!(character, ' ' | '-')).collect();
        lines[at] = match (what % 6, old.split_once(": ")) {
            (0, Some((key, _))) => format!("{key}: {piece}"),
            (0, None) => format!("{indent}{piece}"),
            (1, Some((_, value))) => format!("{indent}{name}: {value}"),
            (2, _) => format!("{}{name}: {piece}\n{old}", indent.replace('-', " ")),
            (3, _) => String::new(),
            (4, _) => format!("{old}\n{old}"),
            _ => old.replacen(&old.chars().filter(char::is_ascii_digit).take(1).collect::<String>(), piece, 1),
        };
        lines.join("\n") + "\n"
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_accepted_that_the_validator_finds_wrong(
            which in any::<usize>(), changes in proptest::collection::vec((any::<usize>(), any::<usize>(), any::<usize>()), 1..4),
        ) {
            static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
            let texts = TEXTS.get_or_init(texts);
            let text = changes.iter().fold(texts[which % texts.len()].clone(), |text, (line, what, piece)| changed(&text, *line, *what, *piece));
            held(&text);
        }

        #[test]
        fn one_change_to_a_right_document_is_judged_alike_or_left_to_the_validator(line in any::<usize>(), piece in 0..PIECES.len()) {
            prop_assert_eq!(held(RIGHT), (1, 1));
            held(&changed(RIGHT, line, 0, piece));
        }
    }
}
