//! The template environment that memos and documents share: escaping by form, filters, and faults
//! with their line.
//!
//! Everything from a plan is data: it is escaped for the form it goes into. A template of the
//! program is part of it; one of the user's may extend or include those.

use std::fmt::Write as _;

use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value};
use serde::Serialize;

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One self-contained page.
    Html,
    /// Markdown with tables.
    Markdown,
}

impl Form {
    /// The ending of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }
}

/// The templates of the program.
const TEMPLATES: &[(&str, &str)] = &[
    ("document/base.html", include_str!("../../templates/document/base.html")),
    ("document/parts.html", include_str!("../../templates/document/parts.html")),
    ("document/activities.html", include_str!("../../templates/document/activities.html")),
    ("document/evaluation-sheet.html", include_str!("../../templates/document/evaluation-sheet.html")),
    ("document/interim-report.html", include_str!("../../templates/document/interim-report.html")),
    ("document/project-table.html", include_str!("../../templates/document/project-table.html")),
    ("document/progress-sheet.html", include_str!("../../templates/document/progress-sheet.html")),
    ("document/parts.md", include_str!("../../templates/document/parts.md")),
    ("document/activities.md", include_str!("../../templates/document/activities.md")),
    ("document/evaluation-sheet.md", include_str!("../../templates/document/evaluation-sheet.md")),
    ("document/interim-report.md", include_str!("../../templates/document/interim-report.md")),
    ("document/project-table.md", include_str!("../../templates/document/project-table.md")),
    ("document/progress-sheet.md", include_str!("../../templates/document/progress-sheet.md")),
];

/// What is wrong with a template.
#[derive(Debug)]
pub struct TemplateFault {
    /// The template's name.
    pub name: String,
    /// The line, from 1; 0 where it is not known.
    pub line: usize,
    /// What is wrong, in the words of the template engine.
    pub message: String,
}

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.name, self.message),
            line => write!(f, "{}:{line}: {}", self.name, self.message),
        }
    }
}

impl std::error::Error for TemplateFault {}

impl TemplateFault {
    fn of(error: &Error, name: &str) -> Self {
        let mut message = error.kind().to_string();
        if let Some(detail) = error.detail() {
            let _ = write!(message, ": {detail}");
        }
        Self { name: error.name().unwrap_or(name).to_owned(), line: error.line().unwrap_or(0), message }
    }
}

/// Renders a template of the program.
///
/// # Errors
/// A template that cannot be read or rendered.
pub fn render(name: &str, data: &impl Serialize, form: Form) -> Result<String, TemplateFault> {
    let environment = environment(form)?;
    let fault = |error: Error| TemplateFault::of(&error, name);
    let template = environment.get_template(name).map_err(fault)?;
    template.render(Value::from(minijinja::value::Serde(data))).map_err(fault)
}

/// Renders a template of the user's.
///
/// # Errors
/// A template that cannot be read or rendered.
pub fn render_source(name: &str, source: &str, data: &impl Serialize, form: Form) -> Result<String, TemplateFault> {
    let mut environment = environment(form)?;
    let fault = |error: Error| TemplateFault::of(&error, name);
    environment.add_template_owned(name.to_owned(), source.to_owned()).map_err(fault)?;
    let template = environment.get_template(name).map_err(fault)?;
    template.render(Value::from(minijinja::value::Serde(data))).map_err(fault)
}

fn environment(form: Form) -> Result<Environment<'static>, TemplateFault> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(move |_| match form {
        Form::Html => AutoEscape::Html,
        Form::Markdown => AutoEscape::Custom("markdown".into()),
    });
    environment.set_formatter(move |out: &mut Output, state: &mut State, value: &Value| {
        if value.is_none() {
            return Ok(());
        }
        if value.is_undefined() {
            return minijinja::escape_formatter(out, state, value);
        }
        match (value.as_str(), value.is_safe()) {
            (Some(text), false) => out.write_str(&escape(text, form)).map_err(Error::from),
            _ => write!(out, "{value}").map_err(Error::from),
        }
    });
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).map_err(|error| TemplateFault::of(&error, name))?;
    }
    Ok(environment)
}

/// A text that is nothing but text in a form.
#[must_use]
pub fn escape(text: &str, form: Form) -> String {
    match form {
        Form::Html => html(text),
        Form::Markdown => markdown(text),
    }
}

fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Safe in a paragraph, a heading and a cell of a table.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut start = true;
    let mut number = false;
    let mut characters = text.trim_end().chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => continue,
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' | '^' => {
                out.push('\\');
                out.push(character);
            }
            '+' | '-' | '=' | ':' if start => {
                out.push('\\');
                out.push(character);
            }
            '.' | ')' if number && characters.peek().is_none_or(|next| next.is_whitespace()) => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
        number = (start || number) && character.is_ascii_digit();
        start = character == '\n' || (start && character == ' ');
    }
    out
}
