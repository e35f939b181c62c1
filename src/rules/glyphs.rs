//! The characters of a text: those that do not belong in it, markup that was left, and figures
//! that are not written alike.

use crate::arithmetic::{self, Quantity};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::{Field, Kind, Node};
use crate::rule::Ledger;
use crate::source::Span;
use crate::text::{self, GlyphFault, Grouping, MarkupKind, Signs, Stray};

use super::running::{self, Found};

const GLYPHS: [RuleId; 4] = [RuleId::ForeignGlyph, RuleId::HalfwidthKana, RuleId::RadicalGlyph, RuleId::StraySymbol];

/// The characters of a scalar or key, in one pass. `spoken_for` is set where another rule has found
/// the whole value to be a mark. Answers whether every character belongs where it stands; then it
/// is up to the caller to say so.
#[must_use]
pub(super) fn characters(node: Node<'_>, spoken_for: bool, ledger: &mut Ledger) -> bool {
    // Quotes are at home: what is written as it reads is looked at without them.
    if node.is_verbatim() && text::glyphs(node.key_text()).next().is_none() {
        return true;
    }
    let raw = node.raw();
    // What is written as an escape ("\u200b") is only in the text.
    let escaped = !node.is_verbatim() && raw.starts_with('"') && raw.contains('\\');
    let text = if escaped { node.text().unwrap_or(raw) } else { raw };
    let mut found = text::glyphs(text).peekable();
    if found.peek().is_none() {
        return true;
    }
    let mut met = [false; 4];
    for glyph in found {
        let rule = match glyph.fault {
            GlyphFault::Radical { .. } => RuleId::RadicalGlyph,
            GlyphFault::Foreign => RuleId::ForeignGlyph,
            GlyphFault::Stray(_) => RuleId::StraySymbol,
            GlyphFault::HalfwidthKana => RuleId::HalfwidthKana,
        };
        let slot = GLYPHS.iter().position(|known| *known == rule).unwrap_or(0);
        let stray = matches!(glyph.fault, GlyphFault::Stray(_));
        let passed_over = (stray && spoken_for)
            || (rule == RuleId::HalfwidthKana && met[slot])
            || ((stray || rule == RuleId::ForeignGlyph) && is_quoted(text, &glyph.range));
        if passed_over {
            continue;
        }
        met[slot] = true;
        let span = if escaped { node.span() } else { node.span().part(glyph.range.clone()) };
        ledger.fail(glyph_finding(rule, node, span, text, &glyph));
    }
    for (rule, met) in GLYPHS.into_iter().zip(met) {
        if !met {
            ledger.pass(rule);
        }
    }
    false
}

/// In so many texts every character belongs where it stands.
pub(super) fn clean(texts: u64, ledger: &mut Ledger) {
    GLYPHS.iter().for_each(|rule| ledger.pass_times(*rule, texts));
}

/// Whether a character stands alone in 「」: it is spoken of.
fn is_quoted(text: &str, range: &std::ops::Range<usize>) -> bool {
    text[..range.start].ends_with('「') && text[range.end..].starts_with('」')
}

fn glyph_finding(rule: RuleId, node: Node<'_>, span: Span, text: &str, glyph: &text::FoundGlyph) -> Finding {
    let words = &text[glyph.range.clone()];
    let finding =
        Finding::new(rule, node).span(span).arg("code", format!("U+{:04X}", u32::from(glyph.found))).discriminator(glyph.found.to_string());
    match glyph.fault {
        GlyphFault::Radical { right } => finding.arg("found", words).arg("right", right.to_string()),
        GlyphFault::HalfwidthKana => finding.arg("found", words).arg("right", text::fold(words)),
        GlyphFault::Foreign => finding.arg("found", words),
        GlyphFault::Stray(stray) => {
            let variant = match stray {
                Stray::Modifier => "default",
                Stray::Replacement => "replacement",
                Stray::Control | Stray::Noncharacter => "control",
                Stray::ZeroWidth => "invisible",
                Stray::PrivateUse => "private",
            };
            // What cannot be seen, or may not be shown, is named by its code alone.
            let shown = if stray == Stray::Modifier { words } else { "" };
            finding.variant(variant).arg("found", shown)
        }
    }
}

/// Markup that another program has left in a text.
pub(super) fn markup(node: Node<'_>, text: &str, signs: Signs, ledger: &mut Ledger) {
    let rule = RuleId::MarkupResidue;
    if !signs.markup() {
        return ledger.pass(rule);
    }
    let mut found = text::markup_residue(text);
    let Some(first) = found.next() else { return ledger.pass(rule) };
    let more = found.count();
    let kind = match first.kind {
        MarkupKind::Tag => Arg::both("HTMLのタグ", "an HTML tag"),
        MarkupKind::Entity => Arg::both("HTMLの文字参照", "an HTML character reference"),
        MarkupKind::Footnote => Arg::both("脚注の記号", "footnote markup"),
        MarkupKind::Emphasis => Arg::both("強調の記号", "emphasis markup"),
        MarkupKind::Link => Arg::both("リンクの記号", "link markup"),
    };
    let words = running::quoted(&text[first.range.clone()]);
    let finding = Finding::new(rule, node).span(node.part(first.range)).arg("found", words).arg("kind", kind);
    ledger.fail(if more == 0 { finding } else { finding.variant("several").arg("more", more) });
}

/// How the figures of a plan or report are written, to be compared when all are known.
#[derive(Default)]
pub(super) struct Figures<'a> {
    mixed: Vec<Found<'a>>,
    full: Vec<Node<'a>>,
    half: usize,
    /// A full-width figure of several digits, or a half-width one of a single digit: they do not
    /// follow the printers' convention.
    unconventional: bool,
    fields: Groups<'a>,
    prose: Groups<'a>,
}

/// Figures of four or more digits with and without separators.
#[derive(Default)]
struct Groups<'a> {
    plain: Vec<Found<'a>>,
    commas: Vec<Found<'a>>,
}

/// The places where a figure stands whose digits are looked at; costs are plain numbers in many
/// reports, whatever the other figures look like.
fn is_compared(field: Option<Field>) -> bool {
    matches!(field, Some(Field::Target | Field::Actual | Field::Prior | Field::Value | Field::Attendance | Field::Cells))
}

impl<'a> Figures<'a> {
    /// Looks at a scalar.
    pub fn look(&mut self, node: Node<'a>, field: Option<Field>, signs: Signs, ledger: &mut Ledger) {
        if is_compared(field)
            && let Ok(quantity) = Quantity::parse(node.text().unwrap_or_default())
        {
            return self.quantity(node, &quantity, ledger);
        }
        if node.kind() == Kind::Str {
            self.words(node, signs, ledger);
        }
    }

    fn quantity(&mut self, node: Node<'a>, quantity: &Quantity<'a>, ledger: &mut Ledger) {
        let digits = quantity.digits();
        let several =
            node.text().unwrap_or_default().chars().filter(|letter| letter.is_ascii_digit() || ('０'..='９').contains(letter)).count() > 1;
        match (digits.full_width, digits.half_width) {
            (true, true) => self.mixed.push(Found::whole(node)),
            (true, false) => {
                self.full.push(node);
                self.unconventional |= several;
            }
            _ => {
                self.half += 1;
                self.unconventional |= !several;
            }
        }
        ledger.pass(RuleId::MixedWidthDigits);
        match digits.grouping {
            arithmetic::Grouping::Broken => return broken(Found::whole(node), ledger),
            arithmetic::Grouping::Plain if !digits.leading_zero => self.fields.plain.push(Found::whole(node)),
            arithmetic::Grouping::Commas => self.fields.commas.push(Found::whole(node)),
            _ => {}
        }
        ledger.pass(RuleId::DigitGrouping);
    }

    fn words(&mut self, node: Node<'a>, signs: Signs, ledger: &mut Ledger) {
        let Some(text) = node.as_str() else { return };
        let minority = || text::mixed_digit_widths(text).next();
        if let Some(range) = signs.both_widths().then(minority).flatten() {
            self.mixed.push(Found::part(node, with_neighbours(text, range)));
        }
        ledger.pass(RuleId::MixedWidthDigits);
        if signs.digit()
            && let Some(end) = end_of_long_figures(text)
        {
            self.grouping(node, text, end, ledger);
        }
        ledger.pass(RuleId::DigitGrouping);
    }

    fn grouping(&mut self, node: Node<'a>, text: &'a str, end: usize, ledger: &mut Ledger) {
        let mut read = 0;
        let mut numbers = text::find_numbers(text);
        while read < end
            && let Some(number) = numbers.next()
        {
            read = number.range.end;
            // 1000円 is an amount, 2000番 and 1000キロ are none of its business.
            let counted = number.unit_word().is_some_and(|unit| !matches!(unit, "円" | "千円" | "万円" | "年" | "番" | "号" | "億円"));
            if !counted {
                continue;
            }
            let found = || Found::part(node, number.range.start..number.unit.as_ref().map_or(number.range.end, |unit| unit.end));
            match number.grouping {
                Grouping::Broken => broken(found(), ledger),
                Grouping::Commas => self.prose.commas.push(found()),
                Grouping::None if number.written().len() >= 4 && number.written().bytes().all(|byte| byte.is_ascii_digit()) => {
                    self.prose.plain.push(found())
                }
                Grouping::None => {}
            }
        }
    }

    /// Says what differs from the rest.
    pub fn settle(mut self, ledger: &mut Ledger) {
        if !running::any_on(ledger, &[RuleId::MixedWidthDigits, RuleId::DigitGrouping]) {
            return;
        }
        let full = std::mem::take(&mut self.full);
        if self.unconventional && !full.is_empty() && full.len() <= self.half {
            self.mixed.extend(full.into_iter().map(Found::whole));
        }
        self.mixed.sort_by_key(|found| found.node.id());
        if let Some(finding) = running::gathered(RuleId::MixedWidthDigits, &self.mixed) {
            ledger.fail(finding);
        }
        for groups in [self.fields, self.prose] {
            let Some(model) = groups.commas.first().filter(|_| groups.commas.len() > groups.plain.len()) else { continue };
            let Some(finding) = running::gathered(RuleId::DigitGrouping, &groups.plain) else { continue };
            let place = model.finding(RuleId::DigitGrouping).place;
            ledger.fail(finding.arg("model", model.words).related_with("model", place, Vec::new()));
        }
    }
}

fn broken(found: Found<'_>, ledger: &mut Ledger) {
    let digits: String = found.words.chars().filter(|letter| !letter.is_whitespace()).collect();
    let start = found.range.as_ref().map_or(0, |range| range.start);
    ledger.fail(
        found
            .finding(RuleId::DigitGrouping)
            .variant("broken")
            .arg("found", found.words)
            .arg("right", digits)
            .discriminator(start.to_string()),
    );
}

/// The run of digits with the digits of the other width that it touches: １5.
fn with_neighbours(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let is_digit = |letter: char| letter.is_ascii_digit() || ('０'..='９').contains(&letter);
    let before: usize = text[..range.start].chars().rev().take_while(|letter| is_digit(*letter)).map(char::len_utf8).sum();
    let after: usize = text[range.end..].chars().take_while(|letter| is_digit(*letter)).map(char::len_utf8).sum();
    range.start - before..range.end + after
}

/// Where the last figure of four digits, or the last one with a comma, ends at the earliest.
/// Nothing where there is none. Years do not count: 2024年度 is never a figure of a count.
fn end_of_long_figures(text: &str) -> Option<usize> {
    const LONG: usize = 4;
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut last = None;
    // A long run has a digit at one of each four places.
    let mut at = LONG - 1;
    while at < bytes.len() {
        if !digit(at) {
            at += LONG;
            continue;
        }
        let start = bytes[..at].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |before| before + 1);
        let end = (at..).find(|at| !digit(*at)).unwrap_or(bytes.len());
        if end - start >= LONG && !bytes[end..].starts_with("年度".as_bytes()) {
            last = Some(end);
        }
        at = end + LONG - 1;
    }
    let last = last.max(memchr::memchr_iter(b',', bytes).rfind(|comma| *comma > 0 && digit(comma - 1)));
    // Full-width digits and commas make such figures too, wherever they stand.
    let full = |at: usize| matches!(bytes[at..], [_, 0xBC, 0x8C | 0x90..=0x99, ..]);
    last.map(|end| if memchr::memchr_iter(0xEF, bytes).any(full) { text.len() } else { end })
}

#[cfg(test)]
mod tests {
    use super::end_of_long_figures;

    #[test]
    fn figures_of_four_digits() {
        for text in ["1331人", "約1331", "あ12、1,331件", "2024年", "5,", "12年度は12345年度から1000円", "a1234"] {
            assert!(end_of_long_figures(text).is_some(), "{text}");
        }
        assert_eq!(end_of_long_figures("約1331人、1人、1,000件。1人"), Some(21));
        assert_eq!(end_of_long_figures("１人。1331人"), Some(16));
        for text in ["", "133人", "2024年度", "2024年度と2025年度は35件、120人", "12345年度", "１３３１", ",123"] {
            assert!(end_of_long_figures(text).is_none(), "{text}");
        }
    }
}
