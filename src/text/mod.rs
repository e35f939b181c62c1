//! Helpers for Japanese text: glyph faults, numbers in prose, tense, comparison forms.
//!
//! Pure functions over `&str` that answer with byte ranges into it. They know nothing of rules:
//! what is a fault, and how grave, is decided elsewhere. The scanning functions allocate nothing
//! on texts that have nothing to report.

mod claim;
mod digits;
mod enumeration;
mod first_look;
mod fold;
mod glyph;
mod jis;
mod letter;
mod note;
mod number;
mod number_modifier;
mod number_read;
mod number_unit;
mod number_words;
mod plane;
mod radical;
mod repeat;
mod residue;
mod sentence;
mod signs;
mod similar;
mod tense;
mod thin;
mod variant;
mod words;

pub use claim::{Against, Claim, FoundClaim, admits_shortfall, claims, speaks_of_last_year};
pub use digits::{MinorityDigits, mixed_digit_widths};
pub use enumeration::{EnumerationFault, EnumerationFaults, Enumerator, enumerators};
pub use first_look::FirstLook;
pub use fold::{fold, folded_chars, same_folded};
pub use glyph::{
    FoundGlyph, GlyphFault, Glyphs, RadicalGlyph, Stray, foreign_glyphs, glyphs, halfwidth_kana, radical_glyphs, stray_symbols,
};
pub use letter::{Script, has_letters, script};
pub use note::{NoteMark, NoteRole, NoteSign, dangling_notes, note_marks};
pub use number::{
    Bound, Change, FoundNumber, FoundNumbers, Grouping, Modifiers, NounLink, Period, Tally, find_numbers, find_numbers_beside,
    operator_between,
};
pub use repeat::doubled_words;
pub use residue::{FoundMarkup, MarkupKind, markup_residue, spreadsheet_error};
pub use sentence::{Sentence, Sentences, sentences};
pub use signs::Signs;
pub use similar::did_you_mean;
pub use tense::{Tense, tense};
pub use thin::{BOILERPLATE, ThinReason, thin_reason};
pub use variant::{FoundVariant, TERM_FAMILIES, TermFamily, TermIndex};
pub use words::Words;
