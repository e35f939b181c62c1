//! Characters that do not belong in Japanese text.

use std::ops::Range;

use super::letter::length;
use super::plane::Plane;
use super::{jis, radical};

/// What is wrong with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GlyphFault {
    /// A radical in place of the ideograph it looks like.
    Radical {
        /// The ideograph that is meant.
        right: char,
    },
    /// A Han character outside JIS X 0208, JIS X 0213 and the IBM extensions.
    Foreign,
    /// A symbol that comes from a broken conversion.
    Stray(Stray),
    /// Half-width katakana or its punctuation (ｶﾀｶﾅ, ｡).
    HalfwidthKana,
}

/// Where a stray symbol comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stray {
    /// A modifier letter (ʷ, U+02B0 to U+02FF and U+1D2C to U+1D6A).
    Modifier,
    /// The replacement character (U+FFFC, U+FFFD).
    Replacement,
    /// A control character other than tab and line break, or a line separator (U+2028, U+2029).
    Control,
    /// A character without width: zero-width space, direction marks, byte-order mark, soft hyphen.
    ZeroWidth,
    /// A private-use character: 外字, which another machine shows as something else.
    PrivateUse,
    /// A code point that is never a character.
    Noncharacter,
}

/// A character that does not belong, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundGlyph {
    /// Where it stands. A run of half-width kana is one.
    pub range: Range<usize>,
    /// The character, the first of a run.
    pub found: char,
    /// What is wrong with it.
    pub fault: GlyphFault,
}

/// A radical and the ideograph it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadicalGlyph {
    /// Where it stands.
    pub range: Range<usize>,
    /// The radical.
    pub found: char,
    /// The ideograph that is meant.
    pub right: char,
}

/// The faults of one text, in order. See [`glyphs`].
#[derive(Clone, Debug)]
pub struct Glyphs<'t> {
    text: &'t str,
    at: usize,
    han: bool,
}

/// All characters of a text that do not belong in it, in one pass.
pub fn glyphs(text: &str) -> Glyphs<'_> {
    Glyphs { text, at: 0, han: true }
}

/// All but the foreign ones: no ideograph has to be looked up.
fn symbols(text: &str) -> Glyphs<'_> {
    Glyphs { text, at: 0, han: false }
}

/// Radicals in place of ideographs: ⾧ for 長.
pub fn radical_glyphs(text: &str) -> impl Iterator<Item = RadicalGlyph> {
    symbols(text).filter_map(|glyph| match glyph.fault {
        GlyphFault::Radical { right } => Some(RadicalGlyph { range: glyph.range, found: glyph.found, right }),
        _ => None,
    })
}

/// Han characters that no Japanese character set has: 书, 们.
pub fn foreign_glyphs(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    glyphs(text).filter(|glyph| glyph.fault == GlyphFault::Foreign).map(|glyph| (glyph.range, glyph.found))
}

/// Symbols from broken conversions: ʷ, replacement, control, zero-width and private-use characters.
pub fn stray_symbols(text: &str) -> impl Iterator<Item = (Range<usize>, char, Stray)> {
    symbols(text).filter_map(|glyph| match glyph.fault {
        GlyphFault::Stray(stray) => Some((glyph.range, glyph.found, stray)),
        _ => None,
    })
}

/// Runs of half-width katakana.
pub fn halfwidth_kana(text: &str) -> impl Iterator<Item = Range<usize>> {
    symbols(text).filter(|glyph| glyph.fault == GlyphFault::HalfwidthKana).map(|glyph| glyph.range)
}

impl Iterator for Glyphs<'_> {
    type Item = FoundGlyph;

    fn next(&mut self) -> Option<FoundGlyph> {
        let bytes = self.text.as_bytes();
        let mut rest = &bytes[self.at..];
        loop {
            // Nearly every character is at home, and can be told from its bytes.
            match rest {
                [byte @ 0..=0x7F, behind @ ..] if PLAIN.has_ascii(*byte) => rest = behind,
                [lead @ 0xE0..=0xEF, second, third, behind @ ..] if PLAIN.has(*lead, *second, *third) => rest = behind,
                [] => {
                    self.at = bytes.len();
                    return None;
                }
                [lead, ..] => {
                    let at = bytes.len() - rest.len();
                    if let Some(found) = self.judge(at) {
                        self.at = found.range.end;
                        return Some(found);
                    }
                    rest = &rest[length(*lead).min(rest.len())..];
                }
            }
        }
    }
}

/// The characters that are at home wherever they stand; what is not here is looked at closely.
static PLAIN: Plane = {
    let ranges = Plane::EMPTY
        .with('\t', '\n')
        .with('\r', '\r')
        .with(' ', '~')
        // Such as … and ※: none of the marks without width among U+2000 to U+206F.
        .with('\u{2000}', '\u{200A}')
        .with('\u{2010}', '\u{2027}')
        .with('\u{202F}', '\u{203F}')
        .with('\u{2080}', '\u{2E7F}')
        // Punctuation and kana, and what stands before the ideographs of extension A.
        .with('\u{3000}', '\u{33FF}')
        // Full-width forms up to ｠.
        .with('\u{FF00}', '\u{FF60}');
    ranges.with_words(0x4E00 / 64, &jis::UNIFIED)
};

impl Glyphs<'_> {
    fn judge(&self, at: usize) -> Option<FoundGlyph> {
        let rest = &self.text[at..];
        let found = rest.chars().next()?;
        let mut end = at + found.len_utf8();
        let fault = match found {
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => {
                if !self.han || jis::contains(found) {
                    return None;
                }
                GlyphFault::Foreign
            }
            '\u{FF61}'..='\u{FF9F}' => {
                let run = rest.find(|letter| !('\u{FF61}'..='\u{FF9F}').contains(&letter)).unwrap_or(rest.len());
                end = at + run;
                GlyphFault::HalfwidthKana
            }
            '\u{2E80}'..='\u{2FD5}' => match radical::ideograph(found) {
                Some(right) => GlyphFault::Radical { right },
                None => GlyphFault::Foreign,
            },
            _ => GlyphFault::Stray(self.stray(at, found)?),
        };
        Some(FoundGlyph { range: at..end, found, fault })
    }

    fn stray(&self, at: usize, found: char) -> Option<Stray> {
        Some(match found {
            '\t' | '\n' | '\r' => return None,
            '\u{2B0}'..='\u{2FF}' | '\u{1D2C}'..='\u{1D6A}' => Stray::Modifier,
            '\u{FFFC}' | '\u{FFFD}' => Stray::Replacement,
            '\u{200D}' if self.joins_emoji(at) => return None,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => Stray::ZeroWidth,
            '\u{2028}' | '\u{2029}' => Stray::Control,
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' => Stray::PrivateUse,
            '\u{FDD0}'..='\u{FDEF}' => Stray::Noncharacter,
            _ if u32::from(found) & 0xFFFE == 0xFFFE => Stray::Noncharacter,
            _ if found.is_control() => Stray::Control,
            _ => return None,
        })
    }

    /// A zero-width joiner between two emoji belongs to them.
    fn joins_emoji(&self, at: usize) -> bool {
        let emoji = |letter: char| matches!(letter, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}');
        self.text[..at].chars().next_back().is_some_and(emoji) && self.text[at..].chars().nth(1).is_some_and(emoji)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean() {
        let text = "令和6年度は、子育て支援センター（髙橋・﨑田）①②※Ⅳ㎡％“”…—\n\t一般 abc 々〆〇 Ω я 葛\u{E0100}城 👨‍👩‍👧 é ＡＢ１２";
        assert_eq!(glyphs(text).collect::<Vec<_>>(), []);
    }

    #[test]
    fn radicals() {
        let text = "校⾧と市⺠";
        let found: Vec<_> = radical_glyphs(text).map(|glyph| (&text[glyph.range], glyph.right)).collect();
        assert_eq!(found, [("⾧", '長'), ("⺠", '民')]);
    }

    #[test]
    fn foreign() {
        let found: Vec<_> = foreign_glyphs("報告书を他们に").map(|(_, letter)| letter).collect();
        assert_eq!(found, ['书', '们']);
    }

    #[test]
    fn stray() {
        let text = "a\u{FEFF}b\u{2B7}c\u{FFFD}d\u{85}e\u{E000}f\u{200B}g\u{7}h\u{AD}\u{F0000}";
        let found: Vec<_> = stray_symbols(text).map(|(_, _, stray)| stray).collect();
        use Stray::*;
        assert_eq!(found, [ZeroWidth, Modifier, Replacement, Control, PrivateUse, ZeroWidth, Control, ZeroWidth, PrivateUse]);
        assert_eq!(stray_symbols("参加者３０人ʷ").next().map(|(range, ..)| range), Some(18..20));
    }

    #[test]
    fn kana() {
        let text = "ﾎﾞﾗﾝﾃｨｱと｡カナ";
        let found: Vec<_> = halfwidth_kana(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["ﾎﾞﾗﾝﾃｨｱ", "｡"]);
    }
}
