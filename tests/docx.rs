//! Word documents: every part can be read, nothing of a plan is anything but text, nothing outside
//! is referred to, and the same data makes the same bytes.

#![cfg(feature = "docx")]
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read as _};
use std::process::Command;

use quick_xml::events::Event;

const LAYOUTS: [&str; 5] = ["activities", "evaluation-sheet", "interim-report", "project-table", "progress-sheet"];
const CITIES: [(&str, &str); 5] =
    [("akiruno", "2025"), ("kawaguchi", "2022"), ("matsudo", "2023"), ("otaru", "2019"), ("tomakomai", "2024")];

/// What a plan may try.
const HOSTILE: [&str; 5] =
    ["<script>alert(1)</script>", "{{ 71*73 }} {% raw %}", "=HYPERLINK(\"http://x.example\")", "a | b ]]> & 'c' <w:p/>", "👩‍👩‍👧 &amp;"];

fn made(command: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_planlint")).arg(command).args(args).args(["--to", "docx"]).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn memo(path: &str, audience: &str) -> Vec<u8> {
    made("memo", &[path, "--for", audience, "--date", "2025-11-01"])
}

/// The parts of a package with their names.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = package.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut parts = Vec::new();
    for name in names {
        let mut text = String::new();
        package.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        parts.push((name, text));
    }
    parts
}

/// The words of a part, a line a paragraph; every tag must be closed, and a cell must end with a
/// paragraph.
fn words(name: &str, part: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(part);
    reader.config_mut().check_end_names = true;
    let (mut words, mut depth, mut is_text, mut last) = (String::new(), 0, false, Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(tag) => {
                for attribute in tag.attributes() {
                    attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                }
                depth += 1;
                is_text = tag.name().as_ref() == b"w:t";
            }
            Event::End(tag) => {
                depth -= 1;
                is_text = false;
                if tag.name().as_ref() == b"w:tc" {
                    assert_eq!(last, b"w:p", "{name}: a cell does not end with a paragraph");
                }
                if tag.name().as_ref() == b"w:p" {
                    words.push('\n');
                }
                last = tag.name().as_ref().to_vec();
            }
            Event::Empty(tag) if tag.name().as_ref() == b"w:br" => words.push('\n'),
            Event::Text(text) if is_text => words.push_str(&text.decode().unwrap()),
            Event::GeneralRef(reference) if is_text => words.push(match &reference[..] {
                b"amp" => '&',
                b"lt" => '<',
                b"gt" => '>',
                b"quot" => '"',
                b"#39" => '\'',
                other => panic!("{name}: {}", String::from_utf8_lossy(other)),
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name}: a tag is open");
    words
}

/// Looks at every part and gives the words of the main one.
fn document(bytes: &[u8]) -> String {
    let parts = parts(bytes);
    let mut main = String::new();
    for (name, part) in &parts {
        assert!(
            !part.contains("TargetMode") && !part.contains("<w:hyperlink") && !part.contains("HYPERLINK \""),
            "{name} refers to something outside"
        );
        assert!(part.chars().all(|letter| letter == '\n' || !letter.is_control()), "{name}: a control character");
        let words = words(name, part);
        if name == "word/document.xml" {
            main = words;
            let known = &parts.iter().find(|(name, _)| name == "word/styles.xml").unwrap().1;
            for style in part.split("Style w:val=\"").skip(1) {
                let style = style.split('"').next().unwrap();
                assert!(known.contains(&format!("w:styleId=\"{style}\"")), "there is no style {style}");
            }
        }
    }
    for wanted in ["[Content_Types].xml", "_rels/.rels", "word/styles.xml", "word/settings.xml", "word/footer1.xml", "docProps/core.xml"] {
        assert!(parts.iter().any(|(name, _)| name == wanted), "{wanted}");
    }
    main
}

#[test]
fn every_city_has_its_documents() {
    for (city, year) in CITIES {
        let path = format!("examples/{city}");
        for layout in LAYOUTS {
            let bytes = made("document", &[&path, "--year", year, "--layout", layout]);
            assert!(document(&bytes).lines().count() > 40, "{city} {layout}");
            let main = &parts(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
            assert!(main.contains("<w:tblHeader/>"), "{city} {layout}: the head of a table stands on every page");
            let is_wide = !matches!(layout, "activities" | "interim-report");
            assert!(!is_wide || main.contains("w:orient=\"landscape\""), "{city} {layout}");
        }
        for audience in ["committee", "author"] {
            let bytes = made("memo", &[&path, "--year", year, "--for", audience, "--date", "2025-11-01"]);
            assert!(document(&bytes).lines().count() > 40, "{city} {audience}");
        }
    }
}

#[test]
fn the_same_data_makes_the_same_bytes() {
    assert_eq!(memo("examples/matsudo", "committee"), memo("examples/matsudo", "committee"));
    let sheet = || made("document", &["examples/minimal", "--year", "2024", "--layout", "evaluation-sheet", "--lang", "en"]);
    assert_eq!(sheet(), sheet());
}

#[test]
fn text_of_a_plan_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    let long = "長い文を続ける。".repeat(500);
    let text = HOSTILE.join(" ").replace('\'', "''");
    let plan = format!(
        "kind: plan\nid: hostile\ntitle: '{text}'\nmunicipality: {{ code: \"012131\", name: '{text}' }}\n\
         ratings: [{{ grade: A, label: '{text}' }}]\ndepartments: [{{ id: d, name: '{text}' }}]\npolicies: [{{ id: p, title: '{text}' }}]\n\
         measures:\n  - {{ id: \"1\", title: '{text}', policy: p, departments: [d], summary: '{text}', counts: [{{ id: c, title: '{text}', unit: '人' }}] }}\n"
    );
    let report = format!(
        "kind: report\nplan: hostile\nyear: 2024\nentries:\n  - measure: \"1\"\n    result: '{long}'\n    effect: \"一\\b行\\u000b目\\uFFFE\\n二行目\"\n\
         \x20   rating: A\n    reason: '{text}'\n    counts: {{ c: {{ target: 10, actual: 8, note: '{text}' }} }}\n"
    );
    std::fs::write(folder.path().join("plan.yaml"), plan).unwrap();
    std::fs::write(folder.path().join("2024.yaml"), report).unwrap();
    let path = folder.path().to_str().unwrap();
    let mut made: Vec<(&str, Vec<u8>)> = LAYOUTS.iter().map(|layout| (*layout, made("document", &[path, "--layout", layout]))).collect();
    made.extend(["committee", "author"].map(|audience| (audience, memo(path, audience))));
    for (name, bytes) in made {
        let words = document(&bytes);
        for text in HOSTILE {
            assert!(words.contains(text), "{name}: {text} is lost");
        }
        assert!(!words.contains("5183"), "{name}: a text was run as a template");
        if name != "author" {
            assert!(words.contains(&long), "{name}: a long cell is whole");
        }
        if matches!(name, "activities" | "project-table" | "committee") {
            assert!(words.contains("一行目\n二行目"), "{name}");
        }
    }
}
