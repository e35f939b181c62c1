//! The template environment: escaping by form, what a template may do, and its mistakes with their
//! line.
//!
//! Everything from a plan is data: it is escaped for the form it goes into, and never read as a
//! template. A template sees its data and nothing else: it may extend, include or import the
//! templates of the program and those in its own folder, and no other file. One that never ends is
//! stopped.

use std::fmt;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::escape::escape;
use crate::catalogue::{Lang, Words};
use crate::source::{Source, SourceId};

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One self-contained page.
    Html,
    /// Markdown with tables.
    Markdown,
    /// The main part of a Word document.
    Xml,
}

impl Form {
    /// The ending of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Xml => "xml",
        }
    }
}

/// The templates of the program: documents, and memos.
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
    ("memo/style.css", include_str!("../../templates/memo/style.css")),
    ("memo/parts.html", include_str!("../../templates/memo/parts.html")),
    ("memo/committee.html", include_str!("../../templates/memo/committee.html")),
    ("memo/annex.html", include_str!("../../templates/memo/annex.html")),
    ("memo/author.html", include_str!("../../templates/memo/author.html")),
    ("memo/reviewer.html", include_str!("../../templates/memo/reviewer.html")),
    ("memo/parts.md", include_str!("../../templates/memo/parts.md")),
    ("memo/committee.md", include_str!("../../templates/memo/committee.md")),
    ("memo/author.md", include_str!("../../templates/memo/author.md")),
    ("memo/reviewer.md", include_str!("../../templates/memo/reviewer.md")),
];

/// The steps that a template may take; a document of a hundred measures takes less than a
/// hundredth of them.
const FUEL: u64 = 50_000_000;

/// The bytes that a template may write.
const MOST_OUTPUT: usize = 64 << 20;

/// The bytes that a template of a user's may have.
const MOST_SOURCE: u64 = 4 << 20;

/// The names of the escaping of Markdown and of XML.
const MARKDOWN: &str = "markdown";
const XML: &str = "xml";

/// What is wrong with a template, and where.
#[derive(Debug)]
pub struct TemplateFault {
    /// The template's name.
    pub name: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong: a sentence.
    pub message: String,
    /// The line itself with a mark below it.
    pub excerpt: Option<String>,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            None => write!(f, "{}: {}", self.name, self.message)?,
            Some(line) => write!(f, "{}:{line}: {}", self.name, self.message)?,
        }
        self.excerpt.as_ref().map_or(Ok(()), |excerpt| write!(f, "\n{excerpt}"))
    }
}

impl std::error::Error for TemplateFault {}

/// Renders a template of the program.
///
/// # Errors
/// A template that cannot be read or rendered.
pub fn render(name: &str, data: &impl Serialize, form: Form, lang: Lang) -> Result<String, TemplateFault> {
    let texts = Texts::default();
    rendered(&environment(form, lang), name, data, &texts, lang)
}

/// Renders a template of a user's.
///
/// # Errors
/// A template that cannot be read or rendered, with its line.
pub fn render_file(path: &Path, data: &impl Serialize, form: Form, lang: Lang) -> Result<String, TemplateFault> {
    let name = path.display().to_string();
    let text = read(path).map_err(|error| TemplateFault {
        name: name.clone(),
        line: None,
        message: match lang {
            Lang::Ja => format!("テンプレートを読めません（{error}）"),
            Lang::En => format!("the template cannot be read ({error})"),
        },
        excerpt: None,
    })?;
    let texts = Texts::default();
    texts.keep(&name, &text);
    let mut environment = environment(form, lang);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
    let (own, kept) = (name.clone(), texts.clone());
    environment.set_loader(move |wanted| load(wanted, &own, &text, &folder, &kept));
    rendered(&environment, &name, data, &texts, lang)
}

fn rendered(environment: &Environment<'_>, name: &str, data: &impl Serialize, texts: &Texts, lang: Lang) -> Result<String, TemplateFault> {
    let mut out = Limited::default();
    let result = environment.get_template(name).and_then(|template| template.render_captured_to(Serde(data), &mut out).map(|_| ()));
    result.map_err(|error| explain(&error, name, texts, lang))?;
    // Templates and data are texts, so that what they make is one too.
    Ok(String::from_utf8_lossy(&out.bytes).into_owned())
}

/// Nothing that the engine offers by itself reads a file, the clock or the network.
fn environment<'e>(form: Form, lang: Lang) -> Environment<'e> {
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_auto_escape_callback(move |_| match form {
        Form::Html => AutoEscape::Html,
        Form::Markdown => AutoEscape::Custom(MARKDOWN.into()),
        Form::Xml => AutoEscape::Custom(XML.into()),
    });
    environment.set_formatter(move |out: &mut Output, state: &mut State, value: &Value| {
        if value.is_none() {
            return Ok(());
        }
        match (state.auto_escape(), value.as_str()) {
            _ if value.is_undefined() => minijinja::escape_formatter(out, state, value),
            (AutoEscape::Html, Some(text)) if !value.is_safe() => out.write_str(&escape(text, Form::Html)).map_err(Error::from),
            (AutoEscape::Custom(_), Some(text)) if !value.is_safe() => out.write_str(&escape(text, form)).map_err(Error::from),
            (AutoEscape::Custom(_), None) => out.write_str(&escape(&value.to_string(), form)).map_err(Error::from),
            (AutoEscape::Custom(_), Some(text)) => out.write_str(text).map_err(Error::from),
            _ => minijinja::escape_formatter(out, state, value),
        }
    });
    environment.add_function("t", move |ja: String, en: String| if lang == Lang::Ja { ja } else { en });
    environment.add_filter("commas", commas);
    environment.add_filter("fit", |text: &str, most: usize| fit(text, most));
    environment.add_filter("breaks", move |text: &str| Value::from_safe_string(breaks(text, form)));
    environment.add_filter("fenced", |text: &str| Value::from_safe_string(fenced(text)));
    #[cfg(feature = "docx")]
    if form == Form::Xml {
        super::docx::equip(&mut environment);
    }
    for (name, text) in templates(form) {
        // That they can be read is held by a test.
        let _ = environment.add_template(name, text);
    }
    environment
}

/// The templates of the program that a form may use.
fn templates(form: Form) -> &'static [(&'static str, &'static str)] {
    match form {
        Form::Html | Form::Markdown => TEMPLATES,
        #[cfg(feature = "docx")]
        Form::Xml => super::docx::TEMPLATES,
        #[cfg(not(feature = "docx"))]
        Form::Xml => &[],
    }
}

/// A whole number with commas, △ below zero.
fn commas(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "△" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A text of so many characters at most, with … where it goes on.
fn fit(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// A text whose line breaks are seen.
fn breaks(text: &str, form: Form) -> String {
    match form {
        Form::Html => text.trim_end().lines().map(|line| escape(line, form)).collect::<Vec<_>>().join("<br>"),
        Form::Markdown => escape(text, form),
        Form::Xml => {
            let lines: Vec<String> = text.trim_end_matches('\n').lines().map(|line| escape(line, form)).collect();
            lines.join("</w:t><w:br/><w:t xml:space=\"preserve\">")
        }
    }
}

/// A block of text as it is, in Markdown: a fence that nothing in it closes.
fn fenced(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}text\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// The texts of templates that were read, by their names, for the excerpts of mistakes.
#[derive(Clone, Debug, Default)]
struct Texts(Arc<Mutex<Vec<(String, String)>>>);

impl Texts {
    fn keep(&self, name: &str, text: &str) {
        if let Ok(mut texts) = self.0.lock() {
            texts.push((name.to_owned(), text.to_owned()));
        }
    }

    fn get(&self, name: &str) -> Option<String> {
        let texts = self.0.lock().ok()?;
        let read = texts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
        read.or_else(|| TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()))
    }
}

/// The text of a template: the user's own, or a file beside it.
fn load(wanted: &str, own: &str, text: &str, folder: &Path, texts: &Texts) -> Result<Option<String>, Error> {
    if wanted == own {
        return Ok(Some(text.to_owned()));
    }
    let Some(path) = beside(folder, wanted) else { return Ok(None) };
    match read(&path) {
        Ok(text) => {
            texts.keep(wanted, &text);
            Ok(Some(text))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::new(ErrorKind::InvalidOperation, format!("{wanted}: {error}"))),
    }
}

/// A file of the folder: a plain name, and no link that leads elsewhere.
fn beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut parts = Path::new(name).components();
    let plain = matches!(parts.next(), Some(Component::Normal(_))) && parts.next().is_none();
    if !plain || name.contains('\\') {
        return None;
    }
    let path = folder.join(name);
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) if file.parent() != Some(&folder) => None,
        _ => Some(path),
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?.take(MOST_SOURCE).read_to_string(&mut text)?;
    Ok(text)
}

/// A mistake as a sentence with its line; of an included template, the line in that one.
fn explain(error: &Error, name: &str, texts: &Texts, lang: Lang) -> TemplateFault {
    let mut inner = error;
    while let Some(source) = std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>()) {
        inner = source;
    }
    let mut message = words(inner.kind()).get(lang).to_owned();
    if let Some(detail) = inner.detail() {
        message.push_str(&if lang == Lang::Ja { format!("（{detail}）") } else { format!(": {detail}") });
    }
    let name = inner.name().unwrap_or(name).to_owned();
    let excerpt = inner.line().and_then(|line| excerpt(&texts.get(&name)?, line, inner.range()));
    TemplateFault { line: inner.line(), excerpt, message, name }
}

fn words(kind: ErrorKind) -> Words {
    let (ja, en) = match kind {
        ErrorKind::SyntaxError => ("テンプレートの書き方が正しくありません", "the template cannot be read"),
        ErrorKind::TemplateNotFound => ("テンプレートがありません", "there is no such template"),
        ErrorKind::UnknownFilter => ("そのようなフィルターはありません", "there is no such filter"),
        ErrorKind::UnknownFunction => ("そのような関数はありません", "there is no such function"),
        ErrorKind::UnknownTest => ("そのような判定はありません", "there is no such test"),
        ErrorKind::UnknownMethod => ("そのようなメソッドはありません", "there is no such method"),
        ErrorKind::UndefinedError => ("データにないものを使っています", "this is not in the data"),
        ErrorKind::OutOfFuel => ("テンプレートの処理が終わらないため止めました", "the template does not end and was stopped"),
        ErrorKind::WriteFailure => ("テンプレートの出力が大きすぎるため止めました", "the template writes too much and was stopped"),
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => ("引数の数が合いません", "the number of arguments is wrong"),
        _ => ("テンプレートを処理できません", "the template cannot be carried out"),
    };
    Words { ja, en }
}

/// A line with a mark below what is wrong in it.
fn excerpt(text: &str, line: usize, range: Option<std::ops::Range<usize>>) -> Option<String> {
    let source = Source::new(SourceId(0), "", text.to_owned());
    let whole = source.line_span(line.checked_sub(1)?);
    let shown = source.slice(whole).trim_end();
    let (start, end) = (whole.start as usize, whole.start as usize + shown.len());
    let range = range.filter(|range| (start..=end).contains(&range.start)).unwrap_or(start..end);
    let before = text.get(start..range.start)?;
    let marked = text.get(range.start..range.end.min(end).max(range.start))?;
    let number = line.to_string();
    let pad = " ".repeat(number.len());
    let (blanks, carets) = (" ".repeat(before.width()), "^".repeat(marked.width().max(1)));
    Some(format!("{pad} |\n{number} | {shown}\n{pad} | {blanks}{carets}"))
}

/// Bytes up to a limit.
#[derive(Debug, Default)]
struct Limited {
    bytes: Vec<u8>,
}

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > MOST_OUTPUT {
            return Err(std::io::Error::other("too much"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_of_the_program_can_be_read() {
        for form in [Form::Html, Form::Markdown, Form::Xml] {
            let environment = environment(form, Lang::En);
            for (name, text) in templates(form) {
                assert!(environment.get_template(name).is_ok(), "{name}");
                assert!(!text.contains("|safe") && !text.contains("| safe"), "{name} lets data through");
            }
        }
    }

    #[test]
    fn text_stays_text() {
        for (text, wanted) in [
            ("a|b", "a\\|b"),
            ("一行\n# 二行\r\n三行\n", "一行<br># 二行<br>三行"),
            ("<script>", "&lt;script&gt;"),
            ("{{ 7*7 }}", "\\{\\{ 7\\*7 \\}\\}"),
            ("# 見出し", "\\# 見出し"),
            ("- 項目", "\\- 項目"),
            ("1. 項目 2.5", "1\\. 項目 2.5"),
            ("16.7", "16.7"),
            ("50.0%", "50.0%"),
            ("https://example.jp", "https&#58;//example.jp"),
            ("前\u{b}後", "前後"),
        ] {
            assert_eq!(escape(text, Form::Markdown), wanted);
        }
        assert_eq!(escape("<a href='x'>\"&\n次", Form::Html), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;\n次");
    }

    #[test]
    fn a_mistake_has_its_line() {
        let fault = |text: &str| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("own.html");
            std::fs::write(&path, text).unwrap();
            let mut fault = render_file(&path, &serde_json::json!({ "title": "題" }), Form::Html, Lang::En).unwrap_err();
            fault.name = "own.html".to_owned();
            fault.to_string()
        };
        assert_eq!(
            fault("<p>\n題 {{ titel }}\n"),
            "own.html:2: this is not in the data: `titel` is undefined\n  |\n2 | 題 {{ titel }}\n  |       ^^^^^"
        );
        assert!(fault("<p>\n\n{% if %}\n").starts_with("own.html:3: the template cannot be read"));
        assert!(fault("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}").contains("does not end"));
        assert!(fault("{% include \"../other.html\" %}").starts_with("own.html:1: there is no such template"));
        assert!(fault("{% include \"/etc/hostname\" %}").contains("there is no such template"));
    }

    #[test]
    fn nothing_in_a_block_closes_it() {
        assert_eq!(fenced("a"), "```text\na\n```");
        assert_eq!(fenced("```\nb````"), "`````text\n```\nb````\n`````");
    }

    #[test]
    fn figures_and_lines() {
        assert_eq!(commas(-1_234_567), "△1,234,567");
        assert_eq!(fit("長い文章", 3), "長い…");
        assert_eq!(breaks("<b>\n二", Form::Html), "&lt;b&gt;<br>二");
    }

    #[test]
    fn a_template_may_use_those_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.md");
        std::fs::write(&path, "{% include \"part.md\" %}!\n").unwrap();
        std::fs::write(folder.path().join("part.md"), "{{ title }}").unwrap();
        let data = serde_json::json!({ "title": "題|" });
        assert_eq!(render_file(&path, &data, Form::Markdown, Lang::En).unwrap(), "題\\|!");
    }
}
