//! For people: an excerpt with carets, what is wrong, what to do, and what the office would ask.

use std::fmt;
use std::io::{self, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan,
    SpanContents,
};

use super::Rendering;
use crate::catalogue::{Lang, Level};
use crate::diagnostic::{ALIAS_WORDS, Finding, Place};
use crate::source::{Source, Span};

/// miette asks for a place twice: with no context for the position that stands over the excerpt,
/// and with this much for the excerpt itself. One more than the lines that are shown around it.
const CONTEXT: usize = 1;

/// How wide the text may be, in cells of a terminal.
const WIDTH: usize = 110;

/// How many other places of a finding are shown.
const MOST_LABELS: usize = 20;

/// The widest part of a line that is shown around a place, in characters.
const LONGEST_LINE: usize = 400;

/// The most other places that are listed where no excerpt shows them.
const MOST_PLACES: usize = 5;

/// Writes every finding with its excerpt.
///
/// # Errors
/// Those of the output.
pub fn write(rendering: &Rendering<'_>, out: &mut dyn Write, colour: bool) -> io::Result<()> {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    for finding in &rendering.outcome.findings {
        out.write_all(excerpt(rendering, finding, &theme).as_bytes())?;
    }
    Ok(())
}

/// One finding as people see it.
#[must_use]
pub fn excerpt(rendering: &Rendering<'_>, finding: &Finding, theme: &GraphicalTheme) -> String {
    if finding.sensitive {
        return without_excerpt(rendering, finding, theme);
    }
    let lang = rendering.lang;
    let mut labels = vec![(finding.place.clone(), finding.label(lang), true)];
    for related in finding.related.iter().take(MOST_LABELS) {
        labels.push((related.place.clone(), Some(finding.related_words(related, lang)), false));
    }
    if let Some(alias) = finding.alias {
        let place = Place { file: finding.place.file, span: alias, pointer: String::new() };
        labels.push((place, Some(ALIAS_WORDS.get(lang).to_owned()), false));
    }
    let (here, elsewhere): (Vec<_>, Vec<_>) = labels.into_iter().partition(|(place, _, _)| place.file == finding.place.file);
    let mut text = String::new();
    let head = Excerpt {
        message: finding.message(lang),
        code: Some(format!("{}[{}]", finding.level.words().get(lang), finding.rule.name())),
        severity: severity(finding.level),
        source: rendering.source(finding.place.file).map(Shown),
        labels: here.into_iter().map(|(place, words, primary)| label(rendering, &place, words, primary)).collect(),
    };
    let footer = if elsewhere.is_empty() { self::footer(rendering, finding) } else { String::new() };
    draw(&head, theme, footer, &mut text);
    let mut others = elsewhere.into_iter().peekable();
    while let Some((place, label_words, _)) = others.next() {
        let other = Excerpt {
            message: label_words.unwrap_or_default(),
            code: None,
            severity: Severity::Advice,
            source: rendering.source(place.file).map(Shown),
            labels: vec![label(rendering, &place, None, true)],
        };
        let end = if others.peek().is_none() { self::footer(rendering, finding) } else { String::new() };
        draw(&other, theme, end, &mut text);
    }
    text.push('\n');
    text
}

/// A finding of which nothing may be shown: its words hold no value, and each place is a line.
fn without_excerpt(rendering: &Rendering<'_>, finding: &Finding, theme: &GraphicalTheme) -> String {
    let lang = rendering.lang;
    let view = rendering.finding(finding);
    let words = |ja: &'static str, en: &'static str| if lang == Lang::Ja { ja } else { en };
    let mut footer = format!("{}{}:{} {}", words("場所：", "place: "), view.place.file, view.place.span.start.line, view.place.pointer);
    for related in view.related.iter().take(MOST_PLACES) {
        footer.push_str(&format!(
            "\n{}{}:{} {}",
            words("関連：", "related: "),
            related.place.file,
            related.place.span.start.line,
            related.place.pointer
        ));
    }
    if let Some(more) = view.related.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
        footer.push_str(&match lang {
            Lang::Ja => format!("\n関連：ほか{more}か所"),
            Lang::En => format!("\nrelated: {more} more places"),
        });
    }
    for line in [self::footer(rendering, finding), words("値と抜粋は伏せています", "values and excerpts are withheld").to_owned()]
    {
        footer.push('\n');
        footer.push_str(&line);
    }
    let head = Excerpt {
        message: finding.message(lang),
        code: Some(format!("{}[{}]", finding.level.words().get(lang), finding.rule.name())),
        severity: severity(finding.level),
        source: None,
        labels: Vec::new(),
    };
    let mut text = String::new();
    draw(&head, theme, footer, &mut text);
    text.push('\n');
    text
}

fn footer(rendering: &Rendering<'_>, finding: &Finding) -> String {
    let lang = rendering.lang;
    let words = |ja: &'static str, en: &'static str| if lang == Lang::Ja { ja } else { en };
    let help = finding.help(lang).map(|help| format!("{}{help}", words("対処：", "help: ")));
    let question = finding.question(lang).map(|question| format!("{}{question}", words("照会：", "question: ")));
    let rest = finding.related.len().saturating_sub(MOST_LABELS);
    let more = (rest > 0 && !finding.sensitive).then(|| match lang {
        Lang::Ja => format!("ほかに{rest}か所あります"),
        Lang::En => format!("and {rest} more places"),
    });
    more.into_iter().chain(help).chain(question).collect::<Vec<_>>().join("\n")
}

fn draw(excerpt: &Excerpt<'_>, theme: &GraphicalTheme, footer: String, text: &mut String) {
    let mut handler = GraphicalReportHandler::new_themed(theme.clone()).with_width(WIDTH).with_links(false).with_context_lines(CONTEXT);
    if !footer.is_empty() {
        handler = handler.with_footer(footer);
    }
    // Writing into a text does not fail.
    let _ = handler.render_report(text, excerpt);
}

fn label(rendering: &Rendering<'_>, place: &Place, words: Option<String>, primary: bool) -> LabeledSpan {
    let span = rendering.source(place.file).map_or(place.span, |source| first_line(source, place.span));
    let span = (span.start as usize, span.len() as usize);
    if primary { LabeledSpan::new_primary_with_span(words, span) } else { LabeledSpan::new_with_span(words, span) }
}

/// A place of many lines is shown by its first one.
fn first_line(source: &Source, span: Span) -> Span {
    let line = source.line_span(source.line_index(span.start));
    Span::new(span.start, span.end.min(line.end).max(span.start))
}

fn severity(level: Level) -> Severity {
    match level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Note | Level::Off => Severity::Advice,
    }
}

/// A file as miette reads it: by the lines that we know already, and no more of a long line than
/// can be looked at.
#[derive(Debug)]
struct Shown<'a>(&'a Source);

impl SourceCode for Shown<'_> {
    fn read_span<'b>(&'b self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let source = self.0;
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let first = source.line_index(at(span.offset()));
        let last = source.line_index(at(span.offset() + span.len().saturating_sub(1)));
        let text = source.shown();
        if before == 0 {
            let position = source.position(at(span.offset()));
            let shown = text.get(span.offset()..span.offset() + span.len()).ok_or(MietteError::OutOfBounds)?;
            let column = (position.column - 1) as usize;
            return Ok(Box::new(MietteSpanContents::new_named(
                source.name.clone(),
                shown.as_bytes(),
                *span,
                first,
                column,
                last - first + 1,
            )));
        }
        let from_line = first.saturating_sub(before - CONTEXT);
        let to_line = (last + after - CONTEXT).min(source.line_starts().len() - 1);
        let mut start = source.line_span(from_line).start as usize;
        let mut end = source.line_span(to_line).end as usize;
        let mut column = 0;
        if first == last && end - start > LONGEST_LINE * 4 {
            let from = floor(text, span.offset().saturating_sub(LONGEST_LINE / 4));
            if from > start {
                column = text[start..from].chars().count();
                start = from;
            }
            end = end.min(floor(text, (span.offset() + span.len()).max(start) + LONGEST_LINE / 4));
        }
        let shown = text.get(start..end).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            source.name.clone(),
            shown.as_bytes(),
            SourceSpan::from((start, end - start)),
            from_line,
            column,
            to_line - from_line + 1,
        )))
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Excerpt<'a> {
    message: String,
    code: Option<String>,
    severity: Severity,
    source: Option<Shown<'a>>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Debug for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Excerpt<'_> {}

impl Diagnostic for Excerpt<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let source = self.source.as_ref()?;
        if source.0.text().is_empty() { None } else { Some(source) }
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
