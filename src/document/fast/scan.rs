//! Looks at many bytes at once.

use memchr::{memchr_iter, memchr3, memmem};

/// Whether the text holds only characters that need no second look: no tab, no carriage return, no
/// other control character, no byte-order mark in the middle.
pub(super) fn is_everyday(text: &str, start: usize) -> bool {
    let bytes = &text.as_bytes()[start..];
    // Control characters, a block at a time: no step waits for another.
    let strange = |found: bool, byte: &u8| found | ((*byte < b' ') & (*byte != b'\n')) | (*byte == 0x7F);
    let mut blocks = bytes.chunks_exact(64);
    if blocks.any(|block| block.iter().fold(false, strange)) || blocks.remainder().iter().fold(false, strange) {
        return false;
    }
    // Control characters of two bytes; marks of byte order and what is no character.
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let controls = || memchr_iter(0xC2, bytes).any(|at| next(at) < 0xA0);
    let marks = || memmem::find(bytes, "\u{feff}".as_bytes()).is_some();
    let nothing = || memmem::find_iter(bytes, b"\xEF\xBF").any(|at| bytes.get(at + 2).is_some_and(|last| *last >= 0xBE));
    u32::try_from(text.len()).is_ok() && bytes.first() != Some(&b'%') && !controls() && !marks() && !nothing()
}

/// Where the next colon, line end or `#` stands: nearly always within a few bytes of a key's
/// beginning, so that eight are looked at at once before the search for far ones starts.
#[inline]
pub(super) fn mark(bytes: &[u8], from: usize) -> Option<usize> {
    // The high bit of each byte that is the one wanted; those above the first may be wrong.
    let is = |eight: u64, byte: u8| {
        let zero = eight ^ u64::from_le_bytes([byte; 8]);
        zero.wrapping_sub(0x0101_0101_0101_0101) & !zero & 0x8080_8080_8080_8080
    };
    let mut at = from;
    while at < from + 16 {
        let Some(eight) = bytes[at..].first_chunk() else { break };
        let eight = u64::from_le_bytes(*eight);
        let found = is(eight, b':') | is(eight, b'\n') | is(eight, b'#');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    memchr3(b':', b'\n', b'#', &bytes[at..]).map(|length| at + length)
}

/// How many spaces bytes begin with.
#[inline]
pub(super) fn leading_spaces(bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Some(eight) = bytes[count..].first_chunk() {
        let others = u64::from_le_bytes(*eight) ^ u64::from_le_bytes([b' '; 8]);
        if others != 0 {
            return count + others.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    count + bytes[count..].iter().take_while(|byte| **byte == b' ').count()
}
