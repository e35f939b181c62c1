//! What a schema says of one place: the keys that may stand there, and what a value may be.

use serde_json::Value;

use crate::catalogue::{Lang, Words};
use crate::diagnostic::Arg;

/// The part of a schema that describes the node at a path.
#[derive(Clone, Copy)]
pub(super) struct Shape<'s> {
    root: &'s Value,
    at: &'s Value,
    /// The title that stands beside a reference: nearer to the place than that of its target.
    title: Option<&'s str>,
}

impl<'s> Shape<'s> {
    /// The whole schema.
    pub fn root(root: &'s Value) -> Self {
        Self { root, at: root, title: None }.followed()
    }

    fn followed(mut self) -> Self {
        self.title = self.at.get("title").and_then(Value::as_str);
        while let Some(pointer) = self.at.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#')) {
            match self.root.pointer(pointer) {
                Some(target) => {
                    self.at = target;
                    self.title = self.title.or_else(|| target.get("title").and_then(Value::as_str));
                }
                None => break,
            }
        }
        self
    }

    /// What describes a member or an item.
    pub fn step(self, segment: &str) -> Option<Self> {
        let member = self.at.get("properties").and_then(|properties| properties.get(segment));
        let item = || {
            let index: usize = segment.parse().ok()?;
            self.at.get("prefixItems").and_then(|items| items.get(index)).or_else(|| self.at.get("items"))
        };
        let other = || self.at.get("additionalProperties").filter(|schema| schema.is_object());
        let at = member.or_else(item).or_else(other)?;
        Some(Self { root: self.root, at, title: None }.followed())
    }

    /// The names of the keys that may stand here.
    pub fn keys(self) -> Vec<&'s str> {
        let properties = self.at.get("properties").and_then(Value::as_object);
        properties.map(|properties| properties.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    /// The words that may stand here, where the schema lists them.
    pub fn words(self) -> Vec<&'s str> {
        let list = self.at.get("examples").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether something else than a mapping may stand here.
    pub fn is_union(self) -> bool {
        self.at.get("type").is_some_and(Value::is_array)
    }

    /// The title of the place.
    pub fn title(self) -> Option<Arg> {
        self.title.map(bilingual)
    }

    /// What may stand here, in words.
    pub fn expected(self) -> Arg {
        let format = self.at.get("format").and_then(Value::as_str).and_then(format_words);
        if let Some(words) = format {
            return words.into();
        }
        let types: Vec<Words> = match self.at.get("type") {
            Some(Value::String(name)) => vec![type_words(name)],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(type_words).collect(),
            _ => Vec::new(),
        };
        let join = |lang: Lang, separator: &str| {
            let mut words: Vec<&str> = types.iter().map(|words| words.get(lang)).collect();
            words.dedup();
            words.join(separator)
        };
        Arg::both(join(Lang::Ja, "か"), join(Lang::En, " or "))
    }
}

/// A text that holds both languages with ` / ` between them.
pub(super) fn bilingual(text: &str) -> Arg {
    match text.split_once(" / ") {
        Some((ja, en)) => Arg::both(ja, en),
        None => Arg::from(text),
    }
}

/// A type of JSON in words.
pub(super) fn type_words(name: &str) -> Words {
    match name {
        "string" => Words { ja: "文字列", en: "text" },
        "integer" => Words { ja: "整数", en: "a whole number" },
        "number" => Words { ja: "数", en: "a number" },
        "boolean" => Words { ja: "true か false", en: "true or false" },
        "array" => Words { ja: "一覧（- で始まる行）", en: "a list" },
        "object" => Words { ja: "項目の組（キー: 値）", en: "a mapping (key: value)" },
        _ => Words { ja: "空", en: "nothing" },
    }
}

fn format_words(name: &str) -> Option<Words> {
    Some(match name {
        "quantity" => Words {
            ja: "数量（例: 1300、約1300、50以上、3〜4、45名）か { missing: 理由 }",
            en: "a quantity (1300, 約1300, 50以上, 3〜4, 45名) or { missing: reason }",
        },
        "date" => Words { ja: "日付（例: 2025-03-31、令和7年3月31日）", en: "a date (2025-03-31 or 令和7年3月31日)" },
        "month" => Words { ja: "年月（例: 2026-02、令和8年2月）", en: "a month (2026-02 or 令和8年2月)" },
        "fiscal-year" => Words { ja: "年度（例: 2024、令和6年度）", en: "a fiscal year (2024 or 令和6年度)" },
        "id" => Words { ja: "英小文字・数字・ハイフンの識別名", en: "an id of lower-case letters, digits and hyphens" },
        "measure-id" => Words { ja: "引用符で囲んだ番号か識別名（例: \"57\"）", en: "a quoted number or an id (\"57\")" },
        "reference" => {
            Words { ja: "「事業番号/数値id」か「table:表id/列/行」", en: "\"measure/count\" or \"table:ID/column/row\"" }
        }
        "count-reference" => Words { ja: "数値のidか「事業番号/数値id」", en: "a count or \"measure/count\"" },
        "day" => Words { ja: "日付（例: 2025-03-31、令和7年3月31日）", en: "a date (2025-03-31 or 令和7年3月31日)" },
        "percent-or-number" => Words { ja: "数か百分率", en: "a number or a percentage" },
        _ => return None,
    })
}

impl Shape<'_> {
    /// Whether nothing but text may stand here.
    pub fn is_text(self) -> bool {
        self.at.get("type").and_then(Value::as_str) == Some("string")
    }
}
