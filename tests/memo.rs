//! Memos: what readers see of a small plan of two years, what plans cannot do to a memo, and that
//! what is documented of the data is so. `UPDATE=1 cargo test --test memo` writes the pages anew.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use planlint::catalogue::Lang;
use planlint::check::{Parsed, Workbench};
use planlint::files::{Loaded, Role, of_bytes};
use planlint::report::memo::{Audience, Memo, Study, render};
use planlint::report::template::Form;
use planlint::source::Source;
use serde_json::Value;

const CITIES: [&str; 5] = ["akiruno", "kawaguchi", "matsudo", "otaru", "tomakomai"];

/// Rules that the pages rest on, so that another rule does not change them.
const SELECT: &str = "null-marker,carry-over-mismatch,top-rating-below-target,indicator-wrong-direction,target-below-actual";

/// Exit status, standard output and standard error.
fn run(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_planlint")).arg("memo").args(args).args(["--date", "2025-11-01"]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn made(args: &[&str]) -> String {
    let (status, text, err) = run(args);
    assert_eq!((status, err.as_str()), (0, ""), "{args:?}");
    text
}

fn harbour(args: &[&str]) -> String {
    made(&[&["tests/memo", "--year", "2024", "--select", SELECT], args].concat())
}

fn data(path: &str, args: &[&str]) -> Value {
    serde_json::from_str(&made(&[&[path, "--dump-data"], args].concat())).unwrap()
}

/// A folder with a plan and a report.
fn folder(plan: &str, report: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("plan.yaml"), plan).unwrap();
    std::fs::write(folder.path().join("2024.yaml"), report).unwrap();
    folder
}

/// The line that names the version and the number of rules is not what a page is about, and how
/// often a rule has looked at something is a matter of the rule.
fn without_foot(page: &str) -> String {
    let changing = |line: &&str| line.starts_with("planlint ") || (line.starts_with("| ") && line.contains("-marker) | "));
    page.lines().filter(|line| !changing(line)).fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn the_pages_of_a_small_plan() {
    for audience in ["committee", "author", "reviewer"] {
        for lang in ["ja", "en"] {
            let path = format!("tests/memo/pages/{audience}.{lang}.md");
            let page = without_foot(&harbour(&["--to", "md", "--for", audience, "--lang", lang]));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::create_dir_all("tests/memo/pages").unwrap();
                std::fs::write(&path, &page).unwrap();
            }
            let wanted = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(page == wanted, "{path} is out of date: UPDATE=1 cargo test --test memo\n{page}");
        }
    }
}

/// Every table of a page has rows of as many cells as its head.
fn assert_tables_hold(page: &str) {
    let cells = |line: &str| {
        let mut count = 0;
        let mut before = ' ';
        for letter in line.chars() {
            count += usize::from(letter == '|' && before != '\\');
            before = letter;
        }
        count
    };
    let mut wanted = None;
    for line in page.lines() {
        if line.starts_with('|') {
            let wanted = *wanted.get_or_insert_with(|| cells(line));
            assert_eq!(cells(line), wanted, "{line}");
        } else {
            wanted = None;
        }
    }
}

/// Nothing runs, and nothing is fetched.
fn assert_self_contained(page: &str) {
    let low = page.to_lowercase();
    for word in ["<script", "javascript:", "<link", "<img", "<iframe", "<object", "@import", " src=", "http://", "https://"] {
        assert!(!low.contains(word), "{word}");
    }
    for (mark, wanted) in [("url(", "url(#"), ("href=", "href=\"#")] {
        assert_eq!(low.matches(mark).count(), low.matches(wanted).count(), "{mark}");
    }
    for tag in low.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag)) {
        assert!(!tag.split_whitespace().any(|word| word.starts_with("on") && word.contains('=')), "{tag}");
    }
}

#[test]
fn every_city_has_its_memos() {
    for city in CITIES {
        let path = format!("examples/{city}");
        for audience in ["committee", "author", "reviewer"] {
            for lang in if city == "matsudo" { &["ja", "en"][..] } else { &["ja"] } {
                let page = made(&[&path, "--for", audience, "--lang", lang]);
                assert!(page.trim_start().starts_with("<!DOCTYPE html>"), "{}", &page[..60]);
                assert!(page.contains(&format!("<html lang=\"{lang}\">")));
                assert_self_contained(&page);
                assert_tables_hold(&made(&[&path, "--for", audience, "--lang", lang, "--to", "md"]));
            }
        }
    }
}

#[test]
fn a_city_in_numbers() {
    let memo = data("examples/tomakomai", &[]);
    assert_eq!(memo["state"]["sentence"], "55事業、A45 B5 C4 D0、評価なし1");
    assert_eq!(memo["ratings"]["top_without_target_share"], "44.4％（20/45）");
    let point = memo["attainment"]["points"].as_array().unwrap().iter().find(|point| point["number"] == "71").unwrap();
    assert_eq!(point["text"], "市⾧とジェンダーミーティング 66.7％（16/24）");
    let memo = data("examples/matsudo", &[]);
    let rate = &memo["indicators"][0];
    assert_eq!((rate["chance"]["lower"].as_str(), rate["chance"]["upper"].as_str()), (Some("14.0"), Some("21.6")));
    assert_eq!(rate["direction"]["code"], "away");
    assert_eq!(memo["attainment"]["points"], Value::Array(Vec::new()), "an interim report is not held against the year");
}

#[test]
fn years_are_compared() {
    let memo = data("tests/memo", &["--year", "2024", "--select", SELECT]);
    let numbers = |list: &Value| -> Vec<String> { list.as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect() };
    let changes = &memo["changes"];
    assert_eq!(numbers(&changes["new"]), ["3"]);
    assert_eq!(numbers(&changes["ended"]), ["6"]);
    assert_eq!(numbers(&changes["renamed"]), ["5"]);
    assert_eq!(numbers(&changes["merged"]), ["4"]);
    assert_eq!(numbers(&memo["years"]["unchanged"]), ["1", "2", "5"]);
    assert_eq!(memo["ratings"]["policies"][0]["prior"], serde_json::json!([1, 1, 1, 0]), "entries under earlier numbers count");
    assert_eq!(memo["costs"]["total"], "130,000", "what two measures share is counted once");
    assert_eq!(memo["accepted"][0]["days_left"], 60);
    assert_eq!(memo["accepted"][0]["case"]["new"], false, "last year's report had it too");
    assert_eq!(memo["review"]["known"], 0);
    assert_eq!(memo["entries"][3]["counts"][0]["target"]["text"], "30件以上");
}

#[test]
fn two_questions_a_department_at_most() {
    for city in CITIES {
        let memo = data(&format!("examples/{city}"), &[]);
        let questions = memo["questions"].as_array().unwrap();
        assert!(questions.len() <= 5);
        let mut leads = BTreeMap::new();
        for question in questions {
            let lead = question["case"]["departments"].as_str().unwrap().split('、').next().unwrap().to_owned();
            if !lead.is_empty() {
                *leads.entry(lead).or_insert(0) += 1;
            }
            assert_ne!(question["text"], "");
        }
        assert!(leads.values().all(|count| *count <= 2), "{leads:?}");
    }
}

const HOSTILE: &str = "<script>alert(1)</script> {{ 71*73 }} {% raw %} a|b `x` [y](z) 👩‍👩‍👧 </td></table>\"'";

fn hostile() -> tempfile::TempDir {
    let text = HOSTILE.replace('\'', "''");
    let long = "長い文を続ける。".repeat(500);
    let plan = format!(
        "kind: plan\nid: ../../etc\ntitle: '{text}'\nmunicipality: {{ code: \"012131\", name: '{text}' }}\nexpects: [results, targets, ratings]\n\
         ratings: [{{ grade: A, label: '{text}' }}]\ndepartments: [{{ id: d, name: '{text}' }}]\npolicies: [{{ id: p, title: '{text}' }}]\n\
         indicators: [{{ id: i, title: '{text}', unit: '{text}', better: lower, source: '{text}', target: {{ value: 3 }} }}]\n\
         helplines: [{{ name: '{text}', phone: '{text}' }}]\n\
         measures:\n  - {{ id: \"1\", title: '{text}', policy: p, departments: [d], summary: '{text}', mark: '{text}', counts: [{{ id: c, title: '{text}', unit: '{text}' }}] }}\n"
    );
    let report = format!(
        "kind: report\nplan: ../../etc\nyear: 2024\nas_of: 2025-03-31\nentries:\n  - measure: \"1\"\n    result: '{text}'\n    reason: '{long}'\n\
         \x20   # planlint: ignore[null-marker] until=2025-12-31 {HOSTILE}\n    counts: {{ c: {{ target: 10, actual: ―, note: '{text}' }} }}\n    rating: A\n\
         \x20   effect: |\n      一行目\n      # 見出しではない\n      - 項目ではない\n    next: {{ plan: '{text}', counts: {{ c: {{ target: なし }} }} }}\n"
    );
    folder(&plan, &report)
}

#[test]
fn text_of_a_plan_stays_text() {
    let folder = hostile();
    let path = folder.path().to_str().unwrap();
    for audience in ["committee", "author", "reviewer"] {
        let page = made(&[path, "--for", audience]);
        assert!(!page.contains("<script") && !page.contains("5183"), "{audience}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; {{ 71*73 }} {% raw %}"), "{audience}");
        assert!(page.contains("👩‍👩‍👧"));
        assert_eq!(page.matches("<table").count(), page.matches("</table>").count());
        let page = made(&[path, "--for", audience, "--to", "md"]);
        assert_tables_hold(&page);
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; \\{\\{ 71\\*73 \\}\\}"), "{audience}");
        // Outside of blocks that show a file, nothing of it is markup.
        let outside: String = page.split("```").step_by(2).collect();
        assert!(!outside.contains("<script") && !outside.contains("[y](z)"), "{audience}");
    }
    let page = made(&[path, "--to", "md"]);
    assert!(page.contains(&"長い文を続ける。".repeat(500)), "a long cell is whole");
    assert!(page.contains("一行目<br># 見出しではない<br>- 項目ではない"));
}

#[test]
fn a_name_in_a_plan_is_no_path() {
    let folder = hostile();
    let out = tempfile::tempdir().unwrap();
    let place = out.path().join("deep");
    let (status, _, err) = run(&[folder.path().to_str().unwrap(), "-o", place.to_str().unwrap()]);
    assert_eq!(status, 0, "{err}");
    let names: Vec<String> = std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["------etc-2024-committee.html"]);
}

#[test]
fn a_wrong_template_is_shown_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let fault = |text: &str| {
        let path = folder.path().join("own.html");
        std::fs::write(&path, text).unwrap();
        let (status, out, err) = run(&["examples/otaru", "--lang", "en", "--template", path.to_str().unwrap()]);
        assert_eq!((status, out.as_str()), (2, ""));
        err.replace(folder.path().to_str().unwrap(), "")
    };
    assert_eq!(
        fault("<p>{{ plan.title }}\n{{ plan.titel }}\n"),
        "planlint: /own.html:2: this is not in the data: `plan.titel` is undefined\n  |\n2 | {{ plan.titel }}\n  |    ^^^^^^^^^^\n"
    );
    assert!(fault("\n\n{% for e in entries %}").contains("own.html:3: the template cannot be read"));
    assert!(fault("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}").contains("was stopped"));
    assert!(fault("{% include \"../../etc/passwd\" %}").contains("there is no such template"));
    let (status, _, err) = run(&["examples/otaru", "--template", "none.html"]);
    assert_eq!((status, err.contains("none.html")), (2, true));
}

#[test]
fn a_template_of_ones_own_may_use_ours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.html");
    std::fs::write(&path, "{% from \"memo/parts.html\" import chart %}{{ chart(ratings.chart) }}{% include \"part.html\" %}").unwrap();
    std::fs::write(folder.path().join("part.html"), "{{ state.sentence }}").unwrap();
    let page = made(&["examples/tomakomai", "--template", path.to_str().unwrap()]);
    assert!(page.trim_start().starts_with("<svg") && page.contains("A45 B5 C4 D0"));
}

#[test]
fn which_reports_are_rendered() {
    let (status, _, err) = run(&["tests/memo"]);
    assert_eq!(status, 2);
    assert!(err.contains("harbour 2023") && err.contains("harbour 2024"), "{err}");
    assert_eq!(run(&["tests/memo", "--plan", "none"]).0, 3);
    assert_eq!(run(&["tests/memo", "--year", "いつか"]).0, 2);
    assert!(made(&["tests/memo", "--year", "R6", "--to", "md"]).contains("令和6年度（2024年度）"));
    assert!(made(&["examples/tomakomai", "--year", "2023", "--to", "md"]).contains("抜粋"), "an excerpt is rendered where it is asked for");
}

/// A study of the small plan in which one finding is about a person.
#[test]
fn what_is_about_people_shows_no_value() {
    let read = |name: &str| std::fs::read(Path::new("tests/memo").join(name)).unwrap();
    let loaded: Vec<Loaded> = ["plan.yaml", "2024.yaml"].iter().enumerate().map(|(index, name)| of_bytes(index, name, Role::Found, read(name))).collect();
    let settings = common::settings(None, None);
    let parsed = Parsed::new(&loaded, &settings, &|| {});
    let workbench = Workbench::new(&parsed, &loaded);
    let mut outcome = workbench.check(&settings);
    let finding = outcome.findings.iter_mut().find(|finding| finding.rule.name() == "top-rating-below-target").unwrap();
    finding.sensitive = true;
    let count = workbench.workspace.plans[0].reports[0].entries[0].counts[0].actual.node().unwrap();
    finding.place.span = count.span();
    let sources: Vec<&Source> = loaded.iter().map(|file| &file.source).collect();
    let set = &workbench.workspace.plans[0];
    let study = Study::new(&workbench.workspace, set, &set.reports[0], &outcome, &sources, &settings, Lang::Ja);
    let memo = Memo::of(&study, Audience::Author);
    let value = serde_json::to_value(&memo).unwrap();
    assert_eq!(value["entries"][0]["counts"][0]["actual"]["text"], "非表示");
    assert_eq!(value["notes"]["withheld"], 1);
    let case = value["departments"][0]["findings"].as_array().unwrap().iter().find(|case| case["sensitive"] == true).unwrap();
    assert_eq!((case["question"].as_str(), case["excerpts"].as_array().unwrap().len()), (Some(""), 0));
    for form in [Form::Html, Form::Markdown] {
        for audience in [Audience::Committee, Audience::Author, Audience::Reviewer] {
            let page = render(&memo, audience, form, Lang::Ja).unwrap();
            assert!(!page.contains("45/100") && !page.contains("actual: 45"), "{audience:?}");
        }
    }
}

/// A plan of so many measures, in five grades, with every kind of attainment.
fn many(number: usize) -> tempfile::TempDir {
    let mut plan = String::from("kind: plan\nid: many\ntitle: 多い計画\nratings: [{ grade: A }, { grade: B }, { grade: C }, { grade: D }, { grade: E }]\npolicies:\n");
    for policy in 0..number.min(13) {
        let _ = writeln!(plan, "  - {{ id: p{policy}, title: とても長い名前をもつ{policy}番目の施策の柱とその推進 }}");
    }
    plan.push_str("measures:\n");
    let mut report = String::from("kind: report\nplan: many\nyear: 2024\nas_of: 2025-03-31\nentries:\n");
    for index in 0..number {
        let _ = writeln!(plan, "  - {{ id: \"{index}\", title: 事業{index}, policy: p{}, counts: [{{ id: c, unit: 人 }}] }}", index % number.min(13));
        let actual = match index % 4 {
            0 | 1 => 100,
            2 => 40 + index,
            _ => index * 7 % 260,
        };
        let grade = ['A', 'A', 'B', 'C', 'D', 'E'][index % 6];
        let _ = writeln!(report, "  - {{ measure: \"{index}\", rating: {grade}, counts: {{ c: {{ target: 100, actual: {actual} }} }} }}");
    }
    folder(&plan, &report)
}

#[test]
fn words_of_charts_do_not_overlap() {
    let folders: Vec<tempfile::TempDir> = [1, 5, 40, 140].into_iter().map(many).collect();
    let mut paths: Vec<String> = folders.iter().map(|folder| folder.path().to_str().unwrap().to_owned()).collect();
    paths.extend(CITIES.iter().map(|city| format!("examples/{city}")));
    for path in paths {
        let memo = data(&path, &[]);
        for name in ["ratings", "attainment"] {
            let chart = &memo[name]["chart"];
            if chart.is_null() {
                continue;
            }
            let (width, height) = (chart["width"].as_f64().unwrap(), chart["height"].as_f64().unwrap());
            assert!(height < 185.0, "{path} {name}: {height}");
            let mut areas: Vec<(f64, f64, f64, f64, String)> = Vec::new();
            for word in chart["words"].as_array().unwrap() {
                let text = word["text"].as_str().unwrap();
                let size = if word["class"] == "tag" { 7.0 } else { 7.6 };
                let wide: f64 = text.chars().map(|letter| if letter.is_ascii() { size * 0.56 } else { size }).sum();
                let x = word["x"].as_f64().unwrap() - match word["anchor"].as_str().unwrap() {
                    "middle" => wide / 2.0,
                    "end" => wide,
                    _ => 0.0,
                };
                let y = word["y"].as_f64().unwrap();
                assert!(x >= -1.0 && x + wide <= width + 4.0 && y <= height + 1.0, "{path} {name}: {text} lies outside");
                for (x2, y2, wide2, size2, other) in &areas {
                    let apart = x + wide <= x2 + 0.4 || x2 + wide2 <= x + 0.4 || y - size * 0.8 >= *y2 || y2 - size2 * 0.8 >= y;
                    assert!(apart, "{path} {name}: {text} and {other}");
                }
                areas.push((x, y, wide, size, text.to_owned()));
            }
            let inside = |mark: &Value| (0.0..=width).contains(&mark["x"].as_f64().unwrap()) && (0.0..=height).contains(&mark["y"].as_f64().unwrap());
            assert!(chart["marks"].as_array().unwrap().iter().all(inside), "{path} {name}");
        }
        let points = memo["attainment"]["points"].as_array().unwrap().len();
        let marks = memo["attainment"]["chart"]["marks"].as_array().map_or(0, Vec::len);
        assert_eq!(points, marks, "{path}: a mark an entry");
    }
}

/// The tables of `docs/templates.md`: for each section its fields, each with what it is.
fn documented() -> BTreeMap<String, BTreeMap<String, String>> {
    let text = std::fs::read_to_string("docs/templates.md").unwrap();
    let (_, text) = text.split_once("## The data of memos").expect("the section on memos");
    let text = text.split("\n## ").next().unwrap();
    text.split("\n### ")
        .skip(1)
        .map(|section| {
            let (name, body) = section.split_once('\n').unwrap();
            let rows = body.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
            (name.trim().to_owned(), rows.map(|(field, rest)| (field.to_owned(), rest.split(" | ").next().unwrap().to_owned())).collect())
        })
        .collect()
}

/// Holds a value against what is said of it; adds the sections that were seen.
fn hold(place: &str, wanted: &str, value: &Value, sections: &BTreeMap<String, BTreeMap<String, String>>, seen: &mut BTreeSet<String>) {
    if let Some(wanted) = wanted.strip_suffix(" or null") {
        if !value.is_null() {
            hold(place, wanted, value, sections, seen);
        }
        return;
    }
    if let Some(wanted) = wanted.strip_prefix("list of ") {
        let items = value.as_array().unwrap_or_else(|| panic!("{place} is no list"));
        items.iter().for_each(|item| hold(place, wanted, item, sections, seen));
        return;
    }
    let right = match wanted {
        "text" => value.is_string(),
        "number" => value.is_number(),
        "true or false" => value.is_boolean(),
        _ => value.is_object(),
    };
    assert!(right, "{place} is not {wanted}: {value}");
    let Some(fields) = value.as_object() else { return };
    let section = wanted.split_once("](#").map_or(wanted, |(_, link)| link.trim_end_matches(')'));
    let known = sections.get(section).unwrap_or_else(|| panic!("docs/templates.md has no section {section}"));
    let found: BTreeSet<&String> = fields.keys().collect();
    assert_eq!(found, known.keys().collect(), "docs/templates.md, {section}");
    seen.insert(section.to_owned());
    for (field, value) in fields {
        hold(&format!("{section}.{field}"), &known[field], value, sections, seen);
    }
}

#[test]
fn the_data_is_documented_field_by_field() {
    let sections = documented();
    let mut seen = BTreeSet::new();
    for city in CITIES {
        hold("memo", "[memo](#memo)", &data(&format!("examples/{city}"), &[]), &sections, &mut seen);
    }
    hold("memo", "[memo](#memo)", &data("tests/memo", &["--year", "2024", "--lang", "en"]), &sections, &mut seen);
    let unseen: Vec<&String> = sections.keys().filter(|name| !seen.contains(*name)).collect();
    assert!(unseen.is_empty(), "docs/templates.md describes what no memo has: {unseen:?}");
}
