//! Events of granit-parser → arena. The only place that names the parser.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::arena::{Builder, Document, Limits};
use super::fault::{Fault, FaultKind};
use crate::source::{Source, Span};

/// Parses a file with granit-parser.
pub(super) fn parse<'a>(source: &'a Source, limits: &Limits) -> Result<Document<'a>, Fault> {
    let text = source.text();
    let options = granit_parser::options! { max_buffered_comment_events: usize::MAX };
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut builder = Builder::new(source, limits);
    while let Some(event) = parser.next_event() {
        let (event, at) = event.map_err(|error| fault(&error, text))?;
        let start = offset(at.start.byte_offset());
        let end = offset(at.end.byte_offset());
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let is_text = tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix() == "str");
                let id = scalar(&mut builder, text, Span::new(start, end), &value, style);
                if is_text {
                    builder.force_text(id);
                }
                if anchor != 0 {
                    builder.anchor(id, anchor);
                }
            }
            Event::SequenceStart(style, anchor, _) => {
                let start = if style == StructureStyle::Block && builder.is_in_mapping() { first_dash(text, start) } else { start };
                let id = builder.open(start, false)?;
                if anchor != 0 {
                    builder.anchor(id, anchor);
                }
            }
            Event::MappingStart(_, anchor, _) => {
                let id = builder.open(start, true)?;
                if anchor != 0 {
                    builder.anchor(id, anchor);
                }
            }
            Event::SequenceEnd | Event::MappingEnd => builder.close((end > start).then_some(end)),
            Event::Alias(anchor) => {
                builder.alias(Span::new(start, end), anchor)?;
            }
            Event::Comment(..) => builder.comment(Span::new(start, end)),
            Event::DocumentEnd => builder.end_document(),
            _ => {}
        }
    }
    Ok(builder.finish())
}

fn scalar(builder: &mut Builder<'_>, text: &str, span: Span, value: &str, style: ScalarStyle) -> u32 {
    let written = text.get(span.start as usize..span.end as usize).unwrap_or("");
    match style {
        ScalarStyle::Plain if span.is_empty() => builder.nothing(span.start),
        ScalarStyle::Plain if written == value => builder.borrowed(span, false),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if written.get(1..written.len().saturating_sub(1)) == Some(value) => {
            builder.borrowed(span, true)
        }
        ScalarStyle::Plain => builder.owned(span, false, value.into()),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => builder.owned(span, true, value.into()),
        _ => {
            let shown = written.trim_end_matches(['\n', '\r', ' ', '\t']).len();
            let end = span.start + u32::try_from(shown).unwrap_or(0);
            builder.owned(Span::new(span.start, end), true, value.into())
        }
    }
}

/// A block sequence begins at its first dash. The parser says where its first item begins when the
/// dashes stand no further in than the key above them.
fn first_dash(text: &str, start: u32) -> u32 {
    let before = text.get(..start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let spaces = text[line..].bytes().take_while(|byte| *byte == b' ').count();
    if text.as_bytes().get(line + spaces) == Some(&b'-') { offset(Some(line + spaces)) } else { start }
}

fn offset(bytes: Option<usize>) -> u32 {
    u32::try_from(bytes.unwrap_or(0)).unwrap_or(u32::MAX)
}

fn fault(error: &ScanError, text: &str) -> Fault {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let kind = match error.kind() {
        ErrorKind::UnclosedFlowCollection { open } => FaultKind::UnclosedBracket(*open),
        ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => FaultKind::StrayBracket,
        ErrorKind::UnexpectedEofFlowSequence | ErrorKind::ExpectedFlowSequenceSeparator => FaultKind::ListSeparator,
        ErrorKind::UnexpectedEofFlowMapping | ErrorKind::UnexpectedEofImplicitFlowMapping | ErrorKind::ExpectedFlowMappingSeparator => {
            FaultKind::MappingSeparator
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => FaultKind::UnclosedQuote,
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => FaultKind::AfterQuote,
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => FaultKind::Escape,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => FaultKind::Tab,
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::MappingKeyNotAllowed => FaultKind::Indentation,
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::FlowMappingValueAdjacentCollection => FaultKind::Colon,
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => FaultKind::MissingColon,
        ErrorKind::UnknownAnchor => FaultKind::UnknownAlias,
        ErrorKind::RecursionLimitExceeded => FaultKind::TooDeep,
        ErrorKind::CommentNotSeparated | ErrorKind::CommentInterceptedScalar => FaultKind::Comment,
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::PlainScalarStartsWithDashFlowIndicator => FaultKind::Character,
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => FaultKind::BlockHeader,
        ErrorKind::BomInsideDocument => FaultKind::ByteOrderMark,
        _ => FaultKind::Other,
    };
    let start = u32::try_from(at).unwrap_or(u32::MAX);
    let control = text[floor(text, at)..].chars().next().is_some_and(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let kind = if control { FaultKind::Control } else { kind };
    let width = text[floor(text, at)..].chars().next().filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
    Fault::new(kind, Span::new(start, start + u32::try_from(width).unwrap_or(0)))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
