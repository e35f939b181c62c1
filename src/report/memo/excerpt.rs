//! The line of a file that a finding speaks of, with carets under the bytes.

use serde::Serialize;
use unicode_width::UnicodeWidthChar as _;

use super::study::Study;
use crate::diagnostic::Place;
use crate::source::{Source, Span};

/// A line of a file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ExcerptView {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// What stands before the place.
    pub before: String,
    /// The place.
    pub mark: String,
    /// What stands after it.
    pub after: String,
    /// Blanks as wide as what stands before: a full-width one for each wide character.
    pub blanks: String,
    /// Carets as wide as the place.
    pub carets: String,
    /// The words at the place, or empty.
    pub label: String,
}

/// The widest part of a line that is shown, in cells.
const ROOM: usize = 76;

/// The excerpt of a place; nothing where its bytes may not be shown.
#[must_use]
pub fn excerpt(study: &Study<'_>, place: &Place, label: String) -> Option<ExcerptView> {
    let source = study.rendering().source(place.file)?;
    let line = source.line_span(source.line_index(place.span.start));
    if source.text().is_empty() || study.is_hushed_at(place.file, line) {
        return None;
    }
    Some(of(source, place.span, label))
}

/// The excerpt of some bytes of a file: of several lines, the first.
#[must_use]
pub fn of(source: &Source, span: Span, label: String) -> ExcerptView {
    let line = source.line_span(source.line_index(span.start));
    let start = span.start.max(line.start).min(line.end);
    let end = span.end.clamp(start, line.end.max(start));
    let position = source.position(start);
    let clean = |text: &str| text.replace('\u{feff}', "").replace('\t', " ");
    let before = clean(source.slice(Span::new(line.start, start)));
    let mark = head(&clean(source.slice(Span::new(start, end))), ROOM * 2 / 3);
    let after = clean(source.slice(Span::new(end, line.end)));
    let room = ROOM.saturating_sub(cells(&mark));
    let before = tail(&before, room.saturating_sub(cells(&after).min(room / 3)));
    let after = head(&after, room.saturating_sub(cells(&before)));
    let before = match before.strip_prefix(' ') {
        Some(_) => before.trim_start().to_owned(),
        None => before,
    };
    ExcerptView {
        file: source.name.clone(),
        line: position.line,
        column: position.column,
        blanks: before.chars().map(|letter| if wide(letter) { '\u{3000}' } else { ' ' }).collect(),
        carets: "^".repeat(cells(&mark).max(1)),
        before,
        mark,
        after,
        label,
    }
}

fn wide(letter: char) -> bool {
    letter.width() == Some(2)
}

fn cells(text: &str) -> usize {
    text.chars().map(|letter| letter.width().unwrap_or(0)).sum()
}

/// The beginning of a text that fits.
fn head(text: &str, room: usize) -> String {
    if cells(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut left = room.saturating_sub(1);
    for letter in text.chars() {
        let width = letter.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        out.push(letter);
    }
    out.push('…');
    out
}

/// The end of a text that fits.
fn tail(text: &str, room: usize) -> String {
    if cells(text) <= room {
        return text.to_owned();
    }
    let mut kept = Vec::new();
    let mut left = room.saturating_sub(1);
    for letter in text.chars().rev() {
        let width = letter.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        kept.push(letter);
    }
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn excerpt_of(text: &str, part: &str) -> ExcerptView {
        let source = Source::new(SourceId(0), "a.yaml", text);
        let start = u32::try_from(text.find(part).unwrap()).unwrap();
        of(&source, Span::new(start, start + u32::try_from(part.len()).unwrap()), String::new())
    }

    #[test]
    fn carets_stand_under_wide_characters() {
        let view = excerpt_of("a: 1\n  title: 市⾧とミーティング\n", "⾧");
        assert_eq!((view.line, view.column), (2, 11));
        assert_eq!(view.before, "title: 市");
        assert_eq!(view.blanks, "       \u{3000}");
        assert_eq!(view.carets, "^^");
        assert_eq!(view.after, "とミーティング");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let long = format!("x: {}★{}", "長い文章".repeat(1000), "終わり".repeat(1000));
        let view = excerpt_of(&long, "★");
        assert!(view.before.starts_with('…') && view.after.ends_with('…'));
        assert!(cells(&view.before) + cells(&view.mark) + cells(&view.after) <= ROOM);
        assert_eq!(view.mark, "★");
    }

    #[test]
    fn a_place_of_many_lines_is_shown_by_its_first() {
        let source = Source::new(SourceId(0), "a.yaml", "a:\n  - b\n  - c\n");
        let view = of(&source, Span::new(5, 15), String::new());
        assert_eq!((view.line, view.mark.as_str()), (2, "- b"));
    }

    #[test]
    fn an_empty_place_has_one_caret() {
        let source = Source::new(SourceId(0), "a.yaml", "a:\n");
        assert_eq!(of(&source, Span::new(2, 2), String::new()).carets, "^");
    }
}
