//! Documents: every city in every layout, the figures in print, and nothing from a plan that is
//! anything but text.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/figures.rs"]
mod figures;

use std::ffi::OsString;

use figures::{Figures, add, beyond};
use planlint::catalogue::Lang;
use planlint::check::{Parsed, Workbench};
use planlint::files::{self, Loaded, Role};
use planlint::model::Edition;
use planlint::report::document::{self, DocumentView, Layout};
use planlint::report::template::Form;

/// The cities with the layout that each of them publishes.
const CITIES: [(&str, Layout); 5] = [
    ("otaru", Layout::Activities),
    ("tomakomai", Layout::EvaluationSheet),
    ("matsudo", Layout::InterimReport),
    ("kawaguchi", Layout::ProjectTable),
    ("akiruno", Layout::ProgressSheet),
];

const FORMS: [Form; 2] = [Form::Html, Form::Markdown];

/// The views of every report among some files, with the report's year.
fn views(files: &[(&str, &str)], lang: Lang) -> Vec<(i16, Edition, DocumentView)> {
    let loaded: Vec<Loaded> =
        files.iter().enumerate().map(|(index, (name, text))| files::of_bytes(index, name, Role::Named, text.as_bytes().to_vec())).collect();
    let settings = common::settings(None, None);
    let parsed = Parsed::new(&loaded, &settings, &|| {});
    let workbench = Workbench::new(&parsed, &loaded);
    let sets = &workbench.workspace.plans;
    sets.iter()
        .flat_map(|set| set.reports.iter().map(move |report| (report.year.number(), report.edition, document::view(set, report, lang))))
        .collect()
}

fn city(name: &str, lang: Lang) -> Vec<(i16, Edition, DocumentView)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(format!("examples/{name}"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    views(&files, lang)
}

fn render(view: &DocumentView, layout: Layout, form: Form) -> String {
    document::render(view, layout, form, Lang::Ja).unwrap_or_else(|fault| panic!("{}: {fault}", view.plan.id))
}

/// A tag of a page.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    closes: bool,
}

/// The tags of a page and the text between them, which is what a reader sees.
fn parts(html: &str) -> (Vec<Tag>, String) {
    let mut tags = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let (tag, tail) = after.split_once('>').expect("an open tag");
        rest = tail;
        if tag.starts_with('!') {
            continue;
        }
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default().to_owned();
        if name == "style" && !tag.starts_with('/') {
            let (_, tail) = rest.split_once("</style>").expect("an open style");
            rest = tail;
            continue;
        }
        tags.push(Tag { attributes: attributes(tag), closes: tag.starts_with('/'), name });
    }
    text.push_str(rest);
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, character);
    }
    (tags, text)
}

fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = tag.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    while let Some((name, tail)) = rest.split_once("=\"") {
        let (value, tail) = tail.split_once('"').expect("an open attribute");
        attributes.push((name.trim().to_owned(), value.to_owned()));
        rest = tail;
    }
    assert!(rest.trim().is_empty(), "an attribute without quotes in <{tag}>");
    attributes
}

/// Tags that a document is made of.
const TAGS: [&str; 33] = [
    "html",
    "head",
    "meta",
    "title",
    "body",
    "header",
    "main",
    "section",
    "footer",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "div",
    "span",
    "br",
    "ul",
    "li",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "style",
    "figcaption",
    "dl",
    "a",
];
const VOID: [&str; 3] = ["meta", "br", "col"];
const ATTRIBUTES: [&str; 9] = ["class", "colspan", "rowspan", "style", "lang", "charset", "name", "content", "http-equiv"];

/// Whether a page is well formed and made of nothing but its own tags.
fn check_html(name: &str, html: &str) {
    let (tags, _) = parts(html);
    let mut open: Vec<&str> = Vec::new();
    for tag in &tags {
        assert!(TAGS.contains(&tag.name.as_str()), "{name}: <{}>", tag.name);
        for (attribute, value) in &tag.attributes {
            assert!(ATTRIBUTES.contains(&attribute.as_str()), "{name}: <{} {attribute}=\"{value}\">", tag.name);
            assert!(!value.contains("javascript:") && !value.contains("url("), "{name}: {value}");
        }
        if VOID.contains(&tag.name.as_str()) {
            continue;
        }
        if tag.closes {
            assert_eq!(open.pop(), Some(tag.name.as_str()), "{name}: </{}>", tag.name);
        } else {
            open.push(&tag.name);
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} left open");
    check_tables(name, &tags);
}

/// Whether every row of every table has as many cells as the first, spans counted.
fn check_tables(name: &str, tags: &[Tag]) {
    let mut width = None;
    // For each column how many more rows a cell above covers.
    let mut covered: Vec<usize> = Vec::new();
    let mut column = 0;
    for tag in tags {
        let span = |wanted: &str| {
            let value = tag.attributes.iter().find(|(attribute, _)| attribute == wanted);
            value.map_or(1, |(_, value)| value.parse::<usize>().unwrap())
        };
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => (width, covered) = (None, Vec::new()),
            ("tbody" | "thead", true) => assert!(covered.iter().all(|rows| *rows == 0), "{name}: a cell covers rows of another part"),
            ("tr", false) => column = 0,
            ("th" | "td", false) => {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    covered[column] -= 1;
                    column += 1;
                }
                for _ in 0..span("colspan") {
                    if covered.len() <= column {
                        covered.push(0);
                    }
                    covered[column] = span("rowspan") - 1;
                    column += 1;
                }
            }
            ("tr", true) => {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    covered[column] -= 1;
                    column += 1;
                }
                assert_eq!(column, *width.get_or_insert(column), "{name}: a row of another width");
            }
            _ => {}
        }
    }
}

/// The cells of a line of a table in Markdown: bars that are not escaped part them.
fn cells(line: &str) -> usize {
    let mut bars = 0;
    let mut escaped = false;
    for character in line.chars() {
        bars += usize::from(character == '|' && !escaped);
        escaped = character == '\\' && !escaped;
    }
    bars.saturating_sub(1)
}

/// Whether Markdown holds no tag but `<br>`, and every table's rows have as many cells as its head.
fn check_markdown(name: &str, text: &str) {
    for (index, _) in text.match_indices('<') {
        assert!(text[index..].starts_with("<br>"), "{name}: {}", text[index..].chars().take(40).collect::<String>());
    }
    let mut head = None;
    let mut tables = 0;
    let mut before = "";
    for line in text.lines() {
        let begins = line.starts_with('#') || (line.starts_with('|') && head.is_none());
        let goes_on = !line.starts_with('|') && !line.is_empty() && before.starts_with('|');
        assert!(!begins || before.is_empty(), "{name}: no empty line before {line}");
        assert!(!goes_on, "{name}: no empty line after the table before {line}");
        before = line;
        if line.starts_with('|') {
            assert!(line.ends_with('|'), "{name}: {line}");
            tables += usize::from(head.is_none());
            assert_eq!(cells(line), *head.get_or_insert(cells(line)), "{name}: {line}");
        } else {
            head = None;
        }
    }
    assert!(tables > 0, "{name}: no table");
}

/// What a reader of Markdown sees.
fn plain(text: &str) -> String {
    let mut plain = text.replace("<br>", "\n");
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&#58;", ":"), ("&#64;", "@"), ("&amp;", "&")] {
        plain = plain.replace(entity, character);
    }
    plain.replace('\\', "")
}

#[test]
fn every_city_fits_every_layout() {
    for (name, _) in CITIES {
        for lang in [Lang::Ja, Lang::En] {
            for (year, _, view) in city(name, lang) {
                for layout in Layout::ALL {
                    let which = format!("{name} {year} {}", layout.name());
                    let html = render(&view, layout, Form::Html);
                    check_html(&which, &html);
                    assert!(html.starts_with("<!DOCTYPE html>"), "{which}");
                    assert!(html.contains(&format!("<html lang=\"{}\">", lang.name())), "{which}");
                    let markdown = render(&view, layout, Form::Markdown);
                    check_markdown(&which, &markdown);
                    for (_, text) in [("html", parts(&html).1), ("markdown", plain(&markdown))] {
                        for word in ["none", "undefined", "{{", "{%"] {
                            assert!(!text.contains(word), "{which}: {word}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_printed_figure_is_in_the_city_s_own_layout() {
    for (name, layout) in CITIES {
        let views = city(name, Lang::Ja);
        let latest = views.last().unwrap().0;
        for (year, _, view) in &views {
            let mut printed = Figures::new();
            for line in figures::printed(name) {
                let of = line.year.map_or(latest, |year| year.parse().unwrap());
                if of == *year {
                    add(&mut printed, line.figure);
                }
            }
            assert!(printed.len() > 5, "{name} {year}: {printed:?}");
            for form in FORMS {
                let text = render(view, layout, form);
                let text = if form == Form::Html { parts(&text).1 } else { plain(&text) };
                let missing = beyond(&printed, &figures::of(&text));
                assert!(missing.is_empty(), "{name} {year} {form:?}: not in the document: {missing:?}");
            }
        }
    }
}

/// Every figure of the data, as it is to be printed.
fn figures_of(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| figures_of(item, found)),
        serde_json::Value::Object(fields) => {
            if let (Some(text), Some(_)) = (fields.get("text").and_then(|text| text.as_str()), fields.get("printed")) {
                found.push(text.to_owned());
            }
            if fields.contains_key("share") {
                found.extend(["text", "share"].iter().filter_map(|name| fields[*name].as_str()).map(str::to_owned));
            }
            // The series of an indicator holds its values a second time.
            fields.iter().filter(|(name, _)| *name != "series").for_each(|(_, field)| figures_of(field, found));
        }
        _ => {}
    }
}

#[test]
fn every_figure_of_the_yaml_stands_there_as_it_is_printed() {
    for (name, layout) in CITIES {
        for (year, _, view) in city(name, Lang::Ja) {
            let data = serde_json::to_value(&view).unwrap();
            let mut wanted = Vec::new();
            figures_of(&data, &mut wanted);
            wanted.sort();
            for form in FORMS {
                let text = render(&view, layout, form);
                let text = if form == Form::Html { parts(&text).1 } else { plain(&text) };
                for same in wanted.chunk_by(|one, other| one == other) {
                    let found = text.matches(same[0].as_str()).count();
                    assert!(found >= same.len(), "{name} {year} {form:?}: {:?} {found} of {} times", same[0], same.len());
                }
            }
        }
    }
}

#[test]
fn a_page_is_one_file_without_script_or_reference() {
    for (name, layout) in CITIES {
        for (_, _, view) in city(name, Lang::Ja) {
            let html = render(&view, layout, Form::Html);
            let markup = html.to_lowercase();
            for forbidden in ["<script", "<link", "<img", "<iframe", "@import", "url(", " src=", " href=", "http:", "https:", "javascript:"]
            {
                assert!(!markup.contains(forbidden), "{name}: {forbidden}");
            }
            for wanted in [
                "@page",
                "counter(page)",
                "table-header-group",
                "line-break: strict",
                "BIZ UDPGothic",
                "Noto Sans CJK JP",
                "Hiragino",
                "Meiryo",
            ] {
                assert!(html.contains(wanted), "{name}: {wanted}");
            }
        }
    }
}

/// A plan whose every text tries to be something else.
const HOSTILE_PLAN: &str = r##"kind: plan
id: hostile
title: "<script>alert(1)</script> & \"quoted\" 'title'"
municipality: { code: "012131", name: "<b>市</b>" }
numbered: true
ratings: [{ grade: "A|B", label: "<i>" }]
departments: [{ id: one, name: "課|課 <img src=x onerror=alert(1)>" }]
policies: [{ id: p, title: "# 施策 | <td>", tier: basic, summary: "- 一覧\n> 引用" }]
indicators: [{ id: i, title: "指標 | `code`", unit: "%", target: { year: 2024, value: 10% } }]
measures:
  - id: "1"
    title: "事業 <td> | [link](javascript:alert(1))"
    policy: p
    departments: [one]
    stages: ["</td></tr></table>"]
    audience: "{{ 7919 * 7 }} {% raw %}"
    summary: "一行目\n二行目 | 三つ目 *強調* _下線_ ~~消~~ ![絵](x)"
    mark: "<新>"
    note: "&amp; &lt;"
    schedule: [{ first: 2024, text: "<tr>|" }]
    counts: [{ id: c, title: "数 | <u>", unit: "人<br>" }]
helplines: [{ name: "<h1>", phone: "0120|1" }]
"##;

const HOSTILE_REPORT: &str = r##"kind: report
plan: hostile
year: 2024
as_of: 2025-03-31
headline: "<script>alert(2)</script> | 1. 番号"
notes: ["<!-- 注 -->", "1. 番号\n# 見出し"]
indicators: [{ indicator: i, values: [{ year: 2023, value: 9% }], note: "<" }]
entries:
  - measure: "1"
    result: "行った\r\n<div>二行目</div>\n| 表 |\n|---|"
    counts: { c: { target: 5, actual: 4, note: "<s> | 備考" } }
    rating: "A|B"
    reason: [{ department: one, text: "``` | <pre>" }]
    effect: "<object>"
    direction: "継続|<b>"
    cost: { amount: 1000, note: "<b>|" }
    events: [{ date: 2024-10-25, title: "<a href='x'>催し</a> | x" }]
    next: { plan: "<next> | x", counts: { c: { target: 6 } } }
    note: "\\| <"
tables:
  - id: t
    title: "表 | <table>"
    unit: "<人>"
    notes: ["<note> | x"]
    columns: [{ id: a, title: "列 <th> | x" }, { id: b, title: 言葉, kind: text }]
    rows: [{ id: r, title: "行 </tr> | x", cells: { a: [5, 50.0], b: "<cell> | x" } }]
meetings:
  - { title: "会 <b> |", date: 2024-10-25, venue: "<v> |", attendees: ["<p> |", { title: "人 |", count: 3 }], agenda: ["<1> |"], note: "<n> |" }
"##;

#[test]
fn everything_from_a_plan_is_escaped() {
    let views = views(&[("plan.yaml", HOSTILE_PLAN), ("2024.yaml", HOSTILE_REPORT)], Lang::Ja);
    let (_, _, view) = &views[0];
    for layout in Layout::ALL {
        let html = render(view, layout, Form::Html);
        check_html(layout.name(), &html);
        assert!(html.contains("&lt;script&gt;alert(2)&lt;/script&gt;"), "{}", layout.name());
        assert!(!html.contains("55433"), "{}: a text was run as a template", layout.name());
        let markdown = render(view, layout, Form::Markdown);
        check_markdown(layout.name(), &markdown);
        assert!(!markdown.replace("\\]", "").contains("]("), "{}: a link", layout.name());
        assert!(markdown.lines().all(|line| !line.starts_with("<!--") && !line.starts_with("> ")), "{}", layout.name());
        assert!(!markdown.contains("55433"), "{}", layout.name());
    }
    let every: String = Layout::ALL.iter().map(|layout| parts(&render(view, *layout, Form::Html)).1).collect();
    for text in ["事業 <td> | [link](javascript:alert(1))", "<object>", "<note> | x", "<cell> | x", "\\| <", "{{ 7919 * 7 }} {% raw %}"] {
        assert!(every.contains(text), "{text} is lost");
    }
}

#[test]
fn a_plan_with_nothing_in_it_is_rendered() {
    let files = [("plan.yaml", "kind: plan\nid: bare\ntitle: 計画\n"), ("r.yaml", "kind: report\nplan: bare\nyear: 2024\n")];
    let views = views(&files, Lang::Ja);
    for layout in Layout::ALL {
        let html = render(&views[0].2, layout, Form::Html);
        check_html(layout.name(), &html);
        assert!(html.contains("計画 令和6年度 年次報告"));
        assert!(render(&views[0].2, layout, Form::Markdown).contains("令和6年度"));
    }
}

#[test]
fn an_entry_without_its_measure_is_not_lost() {
    let report = "kind: report\nplan: bare\nyear: 2024\nentries: [{ measure: \"9\", result: 行った }]\n";
    let views = views(&[("plan.yaml", "kind: plan\nid: bare\ntitle: 計画\n"), ("r.yaml", report)], Lang::Ja);
    for layout in Layout::ALL {
        assert!(render(&views[0].2, layout, Form::Html).contains("行った"), "{}", layout.name());
    }
}

/// Runs the program.
fn run(args: &[&str]) -> (String, String, String) {
    let args = ["planlint", "--lang", "en"].iter().chain(args).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = planlint::cli::run(args, &mut out, &mut err);
    (format!("{status:?}"), String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn is_status(status: &str, wanted: u8) -> bool {
    status == format!("{:?}", std::process::ExitCode::from(wanted))
}

#[test]
fn a_document_goes_where_it_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let (status, text, _) = run(&["document", "examples/otaru", "--layout", "activities"]);
    assert!(is_status(&status, 0) && text.starts_with("<!DOCTYPE html>"));
    let five = CITIES.map(|(city, _)| format!("examples/{city}"));
    let with = |more: &[&str]| -> (String, String, String) {
        let paths = five.iter().map(String::as_str);
        run(&["document"].into_iter().chain(paths).chain(["--layout", "activities"]).chain(more.iter().copied()).collect::<Vec<_>>())
    };
    let (status, text, err) = with(&["--to", "md", "-o", out.to_str().unwrap()]);
    assert!(is_status(&status, 0) && text.is_empty(), "{err}");
    let mut names: Vec<String> = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let wanted = ["akiruno-2025-interim", "kawaguchi-2022", "matsudo-2023-interim", "otaru-2019", "tomakomai-2024"];
    assert_eq!(names, wanted.map(|name| format!("{name}-activities.md")));
    let (status, text, err) = with(&[]);
    assert!(is_status(&status, 2) && text.is_empty() && err.contains("there are 5 reports"), "{err}");
    let file = folder.path().join("new").join("otaru.html");
    let (status, _, err) = run(&["document", "examples/otaru", "--layout", "activities", "-o", file.to_str().unwrap()]);
    assert!(is_status(&status, 0) && file.is_file(), "{err}");
    let (status, text, _) = run(&["document", "examples/tomakomai", "--layout", "evaluation-sheet", "--year", "令和5年度", "--to", "md"]);
    assert!(is_status(&status, 0) && text.contains("41施設"), "an excerpt is rendered where its year is named");
    let (status, _, _) = run(&["document", "examples/otaru", "--layout", "activities", "--year", "1999"]);
    assert!(is_status(&status, 3));
    let (status, _, err) = run(&["document", "examples/otaru", "--layout", "activities", "--plan", "nowhere"]);
    assert!(is_status(&status, 2) && err.contains("there is no plan `nowhere`"));
    let (status, _, err) = run(&["document", "examples/otaru"]);
    assert!(is_status(&status, 2) && err.contains("--layout"), "{err}");
}

#[test]
fn a_hole_in_a_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("plan.yaml"), "kind: plan\nid: bare\ntitle: 計画\nmeasures: [{ id: \"1\", title: 事業 }]\n").unwrap();
    std::fs::write(folder.path().join("r.yaml"), "kind: report\nplan: bare\nyear: 2024\nentries: [{ measure: \"1\", reslt: 行った }]\n")
        .unwrap();
    let (status, text, err) = run(&["document", folder.path().to_str().unwrap(), "--layout", "activities"]);
    assert!(is_status(&status, 1) && text.contains("事業") && err.contains("reslt"), "{err}");
}

#[test]
fn a_template_of_one_s_own_sees_the_same_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.html");
    let own = "{% extends \"document/base.html\" %}\n{% block content %}{% for m in policies[0].measures %}<p>{{ m.title }}</p>{% endfor %}{% endblock %}\n";
    std::fs::write(&path, own).unwrap();
    let (status, text, err) = run(&["document", "examples/otaru", "--template", path.to_str().unwrap()]);
    assert!(is_status(&status, 0) && text.contains("<p>小樽市自殺対策協議会の開催</p>"), "{err}");
    std::fs::write(&path, "<p>{{ title }}</p>\n\n{{ plan.titel }}\n").unwrap();
    let (status, text, err) = run(&["document", "examples/otaru", "--template", path.to_str().unwrap()]);
    assert!(is_status(&status, 2) && text.is_empty() && err.contains("own.html:3"), "{err}");
    std::fs::write(&path, "<p>\n{% if %}\n").unwrap();
    let (status, _, err) = run(&["document", "examples/otaru", "--template", path.to_str().unwrap()]);
    assert!(is_status(&status, 2) && err.contains("own.html:2"), "{err}");
}

#[test]
fn the_data_is_dumped() {
    let (status, text, _) = run(&["document", "examples/tomakomai/2024.yaml", "--dump-data"]);
    assert!(is_status(&status, 0));
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(data["version"], 1);
    assert_eq!(data["policies"][0]["measures"][0]["rows"][0]["entry"]["counts"][0]["actual"]["text"], "13,878人");
    assert_eq!(data["report"]["ratings"][0]["entries"], 45);
}

/// The tables of `docs/templates.md`: for each section its fields, each with the section of what it
/// holds.
fn documented() -> std::collections::BTreeMap<String, std::collections::BTreeMap<String, Option<String>>> {
    let text = std::fs::read_to_string("docs/templates.md").unwrap();
    let (_, text) = text.split_once("## The data of documents").expect("the section on documents");
    let text = text.split("\n## ").next().unwrap();
    let mut sections = std::collections::BTreeMap::new();
    for section in text.split("\n### ").skip(1) {
        let (name, body) = section.split_once('\n').unwrap();
        let fields = body.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | ")).map(|(field, rest)| {
            let linked = rest.split_once("](#").and_then(|(_, link)| link.split_once(')')).map(|(link, _)| link.to_owned());
            (field.to_owned(), linked)
        });
        sections.insert(name.trim().to_owned(), fields.collect());
    }
    sections
}

#[test]
fn the_data_is_documented_field_by_field() {
    let sections = documented();
    let mut seen = std::collections::BTreeSet::new();
    fn walk(
        section: &str,
        value: &serde_json::Value,
        sections: &std::collections::BTreeMap<String, std::collections::BTreeMap<String, Option<String>>>,
        seen: &mut std::collections::BTreeSet<String>,
    ) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(section, item, sections, seen)),
            serde_json::Value::Object(fields) => {
                seen.insert(section.to_owned());
                let known = sections.get(section).unwrap_or_else(|| panic!("docs/templates.md has no section {section}"));
                let named: Vec<&String> = known.keys().collect();
                let mut found: Vec<&String> = fields.keys().collect();
                found.sort();
                assert_eq!(found, named, "docs/templates.md, {section}");
                for (field, value) in fields {
                    match &known[field] {
                        Some(linked) => walk(linked, value, sections, seen),
                        None if field == "words" && value.is_object() => {}
                        None => {
                            let plain = |value: &serde_json::Value| !value.is_object() && !value.is_array();
                            let list = value.as_array().is_some_and(|items| items.iter().all(plain));
                            assert!(plain(value) || list, "docs/templates.md, {section}: {field} holds more than it says");
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let files = [("plan.yaml", HOSTILE_PLAN), ("2024.yaml", HOSTILE_REPORT)];
    let all = CITIES.iter().flat_map(|(name, _)| city(name, Lang::Ja)).chain(views(&files, Lang::En));
    for (_, _, view) in all {
        walk("document", &serde_json::to_value(&view).unwrap(), &sections, &mut seen);
    }
    let unseen: Vec<&String> = sections.keys().filter(|name| !seen.contains(*name)).collect();
    assert!(unseen.is_empty(), "docs/templates.md describes what no document has: {unseen:?}");
}

#[test]
fn the_example_of_the_documentation_works() {
    let text = std::fs::read_to_string("docs/templates.md").unwrap();
    let (_, rest) = text.split_once("```jinja\n").unwrap();
    let (template, _) = rest.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.html");
    std::fs::write(&path, template).unwrap();
    let (status, text, err) = run(&["document", "examples/otaru", "--template", path.to_str().unwrap()]);
    assert!(is_status(&status, 0) && text.contains("12,567人"), "{err}");
    check_html("own", &text);
}

#[test]
fn every_word_of_the_layouts_is_used() {
    let templates: String =
        std::fs::read_dir("templates/document").unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let (_, _, view) = &city("otaru", Lang::Ja)[0];
    let idle: Vec<_> = view.words.keys().filter(|word| !templates.contains(&format!("w.{word}"))).collect();
    assert!(idle.is_empty(), "{idle:?}");
}
