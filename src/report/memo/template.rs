//! Templates: our own, and those of users, which see the same data.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};

use super::excerpt::{ExcerptView, of};
use super::{Audience, Format, Memo, escape};
use crate::catalogue::Lang;
use crate::source::{Source, SourceId, Span};

/// Our own templates.
const OWN: &[(&str, &str)] = &[
    ("memo/style.css", include_str!("../../../templates/memo/style.css")),
    ("memo/parts.html", include_str!("../../../templates/memo/parts.html")),
    ("memo/committee.html", include_str!("../../../templates/memo/committee.html")),
    ("memo/annex.html", include_str!("../../../templates/memo/annex.html")),
    ("memo/author.html", include_str!("../../../templates/memo/author.html")),
    ("memo/reviewer.html", include_str!("../../../templates/memo/reviewer.html")),
    ("memo/parts.md", include_str!("../../../templates/memo/parts.md")),
    ("memo/committee.md", include_str!("../../../templates/memo/committee.md")),
    ("memo/author.md", include_str!("../../../templates/memo/author.md")),
    ("memo/reviewer.md", include_str!("../../../templates/memo/reviewer.md")),
];

/// So many steps a template may take: a memo of 140 entries takes less than a hundredth of them.
const FUEL: u64 = 50_000_000;
/// So many bytes it may write.
const MOST_BYTES: usize = 64 << 20;
/// So many bytes a template of a user may have.
const MOST_SOURCE: u64 = 4 << 20;
const MARKDOWN: &str = "markdown";

/// What lays a memo out.
#[derive(Clone, Debug)]
pub enum Template {
    /// One of ours.
    Own(Audience),
    /// A user's: its file.
    File(PathBuf),
}

/// What is wrong with a template, and where.
#[derive(Clone, Debug)]
pub struct TemplateError {
    /// What is wrong: a sentence.
    pub message: String,
    /// The line of the template, where it is known.
    pub place: Option<ExcerptView>,
}

/// The texts of templates that were read, by their names.
type Texts = Arc<Mutex<Vec<(String, String)>>>;

impl Template {
    /// Lays a memo out.
    ///
    /// # Errors
    /// Where the template cannot be read, or is wrong.
    pub fn render(&self, memo: &Memo, format: Format, lang: Lang) -> Result<String, TemplateError> {
        let texts = Texts::default();
        let mut environment = environment(format, lang);
        let name = match self {
            Self::Own(audience) => format!("memo/{}.{}", audience.name(), format.extension()),
            Self::File(path) => add_file(&mut environment, path, &texts, lang)?,
        };
        let mut out = Limited::default();
        let result = environment.get_template(&name).and_then(|template| template.render_captured_to(Serde(memo), &mut out).map(|_| ()));
        result.map_err(|error| explain(&error, &texts, lang))?;
        String::from_utf8(out.bytes).map_err(|_| sentence(lang, "テンプレートの出力がUTF-8ではありません", "the template has written something that is not UTF-8"))
    }
}

fn sentence(lang: Lang, ja: &str, en: &str) -> TemplateError {
    TemplateError { message: if lang == Lang::Ja { ja.to_owned() } else { en.to_owned() }, place: None }
}

fn environment<'e>(format: Format, lang: Lang) -> Environment<'e> {
    // Nothing that minijinja offers by itself reads files, clocks or the network.
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = minijinja::syntax::SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_auto_escape_callback(move |_| match format {
        Format::Html => AutoEscape::Html,
        Format::Markdown => AutoEscape::Custom(MARKDOWN.into()),
    });
    environment.set_formatter(|out, state, value| match state.auto_escape() {
        AutoEscape::Custom(_) if !value.is_safe() => {
            let value = if value.is_none() { String::new() } else { value.to_string() };
            escape::markdown(&value, out).map_err(Error::from)
        }
        AutoEscape::Custom(_) => std::fmt::Write::write_str(out, value.as_str().unwrap_or_default()).map_err(Error::from),
        _ if value.is_none() => Ok(()),
        _ => minijinja::escape_formatter(out, state, value),
    });
    environment.add_function("t", move |ja: String, en: String| if lang == Lang::Ja { ja } else { en });
    environment.add_filter("commas", |number: i64| super::figures::whole(number.into()));
    environment.add_filter("fenced", |text: String| Value::from_safe_string(escape::fenced(&text)));
    environment.add_filter("fit", |text: String, letters: usize| cut(&text, letters));
    environment.add_filter("marked", |text: String, state: &State| Value::from_safe_string(marked(&text, state)));
    for (name, text) in OWN {
        // That ours are right is held by a test.
        let _ = environment.add_template(name, text);
    }
    environment
}

/// A text of so many characters at most.
fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    text.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
}

/// Lines of a text, each break kept.
fn marked(text: &str, state: &State) -> String {
    let mut out = String::new();
    match state.auto_escape() {
        AutoEscape::Html => {
            for (index, line) in text.trim_end().lines().enumerate() {
                if index > 0 {
                    out.push_str("<br>");
                }
                for letter in line.chars() {
                    match letter {
                        '<' => out.push_str("&lt;"),
                        '>' => out.push_str("&gt;"),
                        '&' => out.push_str("&amp;"),
                        '"' => out.push_str("&quot;"),
                        '\'' => out.push_str("&#x27;"),
                        other => out.push(other),
                    }
                }
            }
        }
        _ => {
            // Writing into a text does not fail.
            let _ = escape::markdown(text, &mut out);
        }
    }
    out
}

/// Reads a user's template; what it includes is looked for in its own folder only.
fn add_file(environment: &mut Environment<'_>, path: &Path, texts: &Texts, lang: Lang) -> Result<String, TemplateError> {
    let shown = path.display().to_string();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
    let text = read(path).map_err(|error| {
        let message = if lang == Lang::Ja { format!("テンプレート {shown} を読めません（{error}）") } else { format!("the template {shown} cannot be read ({error})") };
        TemplateError { message, place: None }
    })?;
    remember(texts, &shown, &text);
    let kept = Arc::clone(texts);
    let own = shown.clone();
    environment.set_loader(move |name| {
        if name == own {
            return Ok(Some(text.clone()));
        }
        let Some(path) = beside(&folder, name) else { return Ok(None) };
        match read(&path) {
            Ok(text) => {
                remember(&kept, name, &text);
                Ok(Some(text))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::new(ErrorKind::InvalidOperation, format!("{name}: {error}"))),
        }
    });
    for (name, text) in OWN {
        let _ = environment.add_template(name, text);
    }
    Ok(shown)
}

/// A file of the template's own folder: a plain name, and no link to elsewhere.
fn beside(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut parts = Path::new(name).components();
    let plain = matches!(parts.next(), Some(std::path::Component::Normal(_))) && parts.next().is_none();
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
    use std::io::Read as _;
    let mut text = String::new();
    std::fs::File::open(path)?.take(MOST_SOURCE).read_to_string(&mut text)?;
    Ok(text)
}

fn remember(texts: &Texts, name: &str, text: &str) {
    if let Ok(mut texts) = texts.lock() {
        texts.push((name.to_owned(), text.to_owned()));
    }
}

/// An error of the engine as a sentence with its line: of an include, the line in the included file.
fn explain(error: &Error, texts: &Texts, lang: Lang) -> TemplateError {
    let mut inner = error;
    while let Some(source) = std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>()) {
        inner = source;
    }
    let words = kind(inner.kind(), lang);
    let detail = inner.detail().map(|detail| if lang == Lang::Ja { format!("（{detail}）") } else { format!(": {detail}") });
    let message = format!("{words}{}", detail.unwrap_or_default());
    TemplateError { message, place: place(inner, texts) }
}

fn place(error: &Error, texts: &Texts) -> Option<ExcerptView> {
    let name = error.name()?;
    let line = u32::try_from(error.line()?).ok()?;
    let known = texts.lock().ok().and_then(|texts| texts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()));
    let text = known.or_else(|| OWN.iter().find(|(own, _)| *own == name).map(|(_, text)| (*text).to_owned()))?;
    let source = Source::new(SourceId(0), name, text);
    let whole = source.line_span(usize::try_from(line).ok()?.saturating_sub(1));
    let range = error.range().and_then(|range| Some(Span::new(u32::try_from(range.start).ok()?, u32::try_from(range.end).ok()?)));
    let span = range.filter(|span| whole.start <= span.start && span.start <= whole.end).unwrap_or(whole);
    Some(of(&source, span, String::new()))
}

fn kind(kind: ErrorKind, lang: Lang) -> &'static str {
    let (ja, en) = match kind {
        ErrorKind::SyntaxError => ("テンプレートの書き方が正しくありません", "the template cannot be read"),
        ErrorKind::TemplateNotFound => ("テンプレートがありません", "there is no such template"),
        ErrorKind::UnknownFilter => ("そのようなフィルターはありません", "there is no such filter"),
        ErrorKind::UnknownFunction => ("そのような関数はありません", "there is no such function"),
        ErrorKind::UnknownTest => ("そのような判定はありません", "there is no such test"),
        ErrorKind::UnknownMethod => ("そのようなメソッドはありません", "there is no such method"),
        ErrorKind::UndefinedError => ("ないデータを使っています", "this is not in the data"),
        ErrorKind::OutOfFuel => ("テンプレートの処理が長すぎるため止めました", "the template takes too long and was stopped"),
        ErrorKind::WriteFailure => ("テンプレートの出力が大きすぎるため止めました", "the template writes too much and was stopped"),
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => ("引数の数が合いません", "the number of arguments is wrong"),
        _ => ("テンプレートを処理できません", "the template cannot be carried out"),
    };
    if lang == Lang::Ja { ja } else { en }
}

/// Bytes up to a limit.
#[derive(Debug, Default)]
struct Limited {
    bytes: Vec<u8>,
}

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > MOST_BYTES {
            return Err(std::io::Error::other("too much"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
