//! The fast parser against the other one: the same arena, or none at all. Over the examples, over
//! random texts made of the pieces of YAML, and over random changes of real files.

#![allow(clippy::unwrap_used)]

#[path = "common/difference.rs"]
mod difference;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use difference::difference;
use planlint::document::{self, Limits};
use planlint::source::{Source, SourceId};
use proptest::prelude::*;

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            yaml_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
}

fn real_texts() -> &'static [(PathBuf, String)] {
    static TEXTS: OnceLock<Vec<(PathBuf, String)>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut found = Vec::new();
        yaml_files(Path::new("examples"), &mut found);
        yaml_files(Path::new("rules"), &mut found);
        found.into_iter().filter_map(|path| std::fs::read_to_string(&path).ok().map(|text| (path, text))).collect()
    })
}

#[test]
fn real_files_are_read_alike_and_mostly_fast() {
    let limits = Limits::default();
    let (mut fast, mut all) = (0, 0);
    for (path, text) in real_texts() {
        assert_eq!(difference(text), None, "{}", path.display());
        if path.starts_with("examples") && !path.starts_with("examples/broken") {
            all += 1;
            fast += usize::from(document::is_everyday(&Source::new(SourceId(0), "a", text.as_str()), &limits));
        }
    }
    assert_eq!(fast, all, "every example is everyday YAML");
}

/// A place in a text where something is put, taken away or doubled.
fn changed(text: &str, at: prop::sample::Index, piece: &str, how: u8) -> String {
    let mut cut = at.index(text.len() + 1);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let (before, after) = text.split_at(cut);
    match how {
        0 => format!("{before}{piece}{after}"),
        1 => format!("{before}{}", after.chars().skip(1).collect::<String>()),
        2 => format!("{before}{}{after}", after.lines().next().unwrap_or_default()),
        _ => format!("{before}\n{piece}{after}"),
    }
}

/// How many texts are tried; more with `PLANLINT_CASES=n`.
fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PLANLINT_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

const PIECES: &[&str] = &[
    "a",
    "b: ",
    "- ",
    "-",
    ":",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    "#",
    " # 注",
    "'",
    "\"",
    "''",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ",",
    "|",
    ">",
    "|-",
    ">-",
    "\n\n",
    "年",
    "計画: 一",
    "1",
    "1.5",
    "~",
    "?",
    "? ",
    "&a ",
    "*a",
    "!!str ",
    "---",
    "...",
    "\\",
    "{ a: 1 }",
    "[1, 2]",
    "- x\n",
    "k: |\n  t\n",
    "k:\n",
    "k: v\n",
    "\t",
    "\r\n",
    "@",
    "%",
    "`",
    ": ",
    " :",
    "-1",
    ":a",
    "?a",
    "<<",
    "\u{feff}",
    "\u{85}",
    "null",
    "𠮷",
    "￥",
    "ﾟ",
    "\u{a0}",
    "\u{9f}",
    "\u{2028}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{7f}",
    "'k': ",
    "\"k\": ",
    "id: ",
    "\n- ",
    "\n#",
    "---\n",
    "...\n",
    "|+",
    ">2",
    "'\"'",
    "true",
    "0x1F",
    "+.5",
    "'' ",
    "a, b",
    "year",
    "\r",
    LONG,
];

/// Longer than a key may be.
const LONG: &str = match std::str::from_utf8(&[b'x'; 1030]) {
    Ok(text) => text,
    Err(_) => "",
};

/// What a text may begin with.
const STARTS: &[&str] = &["", "", "", "\u{feff}", "---\n", "\u{feff}---\n", "# 注\n", "--- ", "%YAML 1.2\n---\n", "\n\n"];

/// Keys of which some are one key written in several ways.
const KEYS: &[&str] =
    &["id", "'id'", "\"id\"", "title", "a", "'a'", "b", "people", "pupils", "年", "'年'", "1", "01", "x y", "direction_reason"];

/// The doubled keys of a mapping, each with the first: found by comparing every key with every other.
fn doubled(keys: &[&str]) -> Vec<(usize, usize)> {
    let name = |key: &str| key.trim_matches(['\'', '"']).to_owned();
    let first = |index: usize| (0..index).find(|other| name(keys[*other]) == name(keys[index]));
    (0..keys.len()).filter_map(|index| Some((index, first(index)?))).collect()
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn texts_of_pieces(start in prop::sample::select(STARTS), pieces in prop::collection::vec(prop::sample::select(PIECES), 1..24)) {
        let text = format!("{start}{}", pieces.concat());
        prop_assert_eq!(difference(&text), None, "{:?}", text);
    }

    #[test]
    fn lines_of_pieces(lines in prop::collection::vec((0usize..4, prop::collection::vec(prop::sample::select(PIECES), 1..5)), 1..10)) {
        let text: String = lines.iter().map(|(indent, pieces)| format!("{}{}\n", "  ".repeat(*indent), pieces.concat())).collect();
        prop_assert_eq!(difference(&text), None, "{:?}", text);
    }

    #[test]
    fn doubled_keys_are_found(keys in prop::collection::vec(prop::sample::select(KEYS), 1..32), flow in any::<bool>()) {
        let text = if flow {
            format!("{{ {} }}\n", keys.iter().map(|key| format!("{key}: 1")).collect::<Vec<_>>().join(", "))
        } else {
            keys.iter().map(|key| format!("{key}: 1\n")).collect()
        };
        let source = Source::new(SourceId(0), "a.yaml", text.as_str());
        let document = document::parse(&source, &Limits::default()).unwrap();
        let root = document.roots().next().unwrap();
        let ids: Vec<u32> = root.members().map(|(key, _)| key.id()).collect();
        let place = |id: u32| ids.iter().position(|other| *other == id).unwrap();
        let found: Vec<_> = document.duplicates().map(|(again, first)| (place(again.id()), place(first.id()))).collect();
        prop_assert_eq!(found, doubled(&keys), "{:?}", text);
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn changes_of_real_files(file in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), piece in prop::sample::select(PIECES), how in 0u8..5) {
        let texts = real_texts();
        let (_, text) = &texts[file.index(texts.len())];
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let start = from.index(lines.len());
        let part: String = lines[start..(start + 30).min(lines.len())].concat();
        let text = match how {
            4 => changed(&part, at, piece, 0).replace('\n', "\r\n"),
            how => changed(&part, at, piece, how),
        };
        prop_assert_eq!(difference(&text), None, "{:?}", text);
    }
}
