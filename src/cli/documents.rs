//! The parts of the documentation that are made from the catalogue; a test keeps them fresh.

use super::explain;
use crate::catalogue::{Lang, RULES};

/// The catalogue as a table in Markdown.
#[must_use]
pub fn rule_table(lang: Lang) -> String {
    explain::markdown(lang)
}

/// The page of every rule, one after the other.
#[must_use]
pub fn rule_pages(lang: Lang) -> String {
    let mut text = String::from(match lang {
        Lang::Ja => "# 規則の一覧\n\n",
        Lang::En => "# The rules\n\n",
    });
    text.push_str(&explain::markdown(lang));
    for rule in &RULES {
        text.push('\n');
        // Each heading goes one level down: the page has a title of its own.
        let mut in_code = false;
        for line in explain::page(rule, lang).lines() {
            in_code ^= line.starts_with("```");
            if !in_code && line.starts_with('#') {
                text.push('#');
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
