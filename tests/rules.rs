//! Every rule against the examples of its own file: in a bad one the finding stands at the place
//! that is marked «so», in a good one there is none.

#![allow(clippy::unwrap_used)]

mod common;

use planlint::catalogue::{Example, Lang, Level, RULES, Rule};
use planlint::config::{Selector, Settings};

/// The text without its marks, and the byte ranges that they enclose.
fn unmarked(yaml: &str) -> (String, Vec<(u32, u32)>) {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut places = Vec::new();
    for character in yaml.chars() {
        match character {
            '«' => open.push(text.len() as u32),
            '»' => places.push((open.pop().unwrap(), text.len() as u32)),
            other => text.push(other),
        }
    }
    assert!(open.is_empty(), "a « without its »");
    places.sort_unstable();
    (text, places)
}

fn settings(rule: &Rule, example: &Example) -> Settings {
    let mut settings = common::settings(example.config, example.date);
    if rule.level == Level::Off || rule.profile > settings.profile.value {
        settings.select = vec![Selector::All];
        settings.rules[rule.id as usize].level =
            Some(planlint::config::Set { value: Level::Note, origin: planlint::config::Origin::CommandLine });
    }
    settings
}

fn bytes(text: &str, encoding: Option<&str>) -> Vec<u8> {
    match encoding {
        None => text.as_bytes().to_vec(),
        Some(name) => {
            let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
            encoding.encode(text).0.into_owned()
        }
    }
}

type Places = Vec<(u32, u32)>;

fn places_of(rule: &Rule, example: &Example) -> (Places, Places, Vec<String>) {
    let (text, wanted) = unmarked(example.yaml);
    let settings = settings(rule, example);
    let (_, outcome) = common::check(&[("example.yaml", bytes(&text, example.encoding))], &settings);
    assert!(outcome.breakdowns.is_empty(), "{}: {:?}", rule.name, outcome.breakdowns);
    let mut found: Vec<(u32, u32)> = outcome
        .findings
        .iter()
        .filter(|finding| finding.rule == rule.id)
        .map(|finding| (finding.place.span.start, finding.place.span.end))
        .collect();
    found.sort_unstable();
    (wanted, found, outcome.messages(Lang::En))
}

#[test]
fn bad_examples_are_found_at_their_places() {
    let mut faults = Vec::new();
    for rule in &RULES {
        for example in rule.bad {
            let (wanted, found, messages) = places_of(rule, example);
            if example.encoding.is_some() {
                if found.len() != example.count as usize {
                    faults.push(format!("{}: {}: {messages:#?}", rule.name, example.title.en));
                }
            } else if wanted.is_empty() || wanted != found {
                faults
                    .push(format!("{}: {}: wanted {wanted:?}, found {found:?}; all findings: {messages:#?}", rule.name, example.title.en));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn good_examples_are_clean() {
    let mut faults = Vec::new();
    for rule in &RULES {
        for example in rule.good {
            let (_, found, messages) = places_of(rule, example);
            if !found.is_empty() {
                faults.push(format!("{}: {}: {messages:#?}", rule.name, example.title.en));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_fault_has_one_finding() {
    let mut faults = Vec::new();
    for rule in &RULES {
        for example in rule.bad {
            let (text, _) = unmarked(example.yaml);
            let (_, outcome) = common::check(&[("example.yaml", bytes(&text, example.encoding))], &settings(rule, example));
            let others: Vec<&str> = outcome
                .findings
                .iter()
                .filter(|finding| finding.rule != rule.id && finding.level >= Level::Warning)
                .map(|finding| finding.rule.name())
                .collect();
            if !others.is_empty() {
                faults.push(format!("{}: {}: also {others:?}", rule.name, example.title.en));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_word_is_filled_in() {
    let mut faults = Vec::new();
    for rule in &RULES {
        for example in rule.bad {
            let (text, _) = unmarked(example.yaml);
            let (_, outcome) = common::check(&[("example.yaml", bytes(&text, example.encoding))], &settings(rule, example));
            for finding in &outcome.findings {
                for lang in [Lang::Ja, Lang::En] {
                    let related = finding.related.iter().map(|related| Some(finding.related_words(related, lang)));
                    let texts = [Some(finding.message(lang)), finding.question(lang), finding.help(lang), finding.label(lang)];
                    for text in texts.into_iter().chain(related).flatten() {
                        let open = text.split('{').skip(1).any(|rest| {
                            rest.split('}')
                                .next()
                                .is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
                        });
                        if open || text.trim().is_empty() {
                            faults.push(format!("{}: {text:?}", finding.rule.name()));
                        }
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rule_files_follow_their_schema() {
    use planlint::document::{self, Limits};
    use planlint::files::{Role, of_bytes};
    use planlint::schema::Schema;
    let mut seen = 0;
    for entry in std::fs::read_dir("rules").unwrap() {
        let path = entry.unwrap().path();
        let loaded = of_bytes(0, path.to_str().unwrap(), Role::Named, std::fs::read(&path).unwrap());
        let document = document::parse(&loaded.source, &Limits::default()).unwrap();
        let mut findings = Vec::new();
        for root in document.roots() {
            Schema::Rule.check(root, &mut findings).unwrap();
        }
        let words: Vec<String> =
            findings.iter().map(|finding| format!("{} {}", finding.place.pointer, finding.message(Lang::En))).collect();
        assert!(words.is_empty(), "{}: {words:#?}", path.display());
        seen += 1;
    }
    assert_eq!(seen, RULES.len());
}
