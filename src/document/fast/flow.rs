//! Flow collections of one line.

use super::{Beyond, LONGEST_KEY, Read, Reader};

/// The bytes of which names and figures are made, nearly always.
static IN_NAMES: [bool; 256] = {
    let mut names = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        names[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_' || byte as u8 == b'-';
        byte += 1;
    }
    names
};

/// The bytes at which a plain scalar inside a flow collection may end.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut index = 0;
    while index < b",]}:\n{[#".len() {
        stops[b",]}:\n{[#"[index] as usize] = true;
        index += 1;
    }
    stops
};

impl Reader<'_> {
    /// A flow collection of one line.
    pub(super) fn flow(&mut self) -> Read<()> {
        let map = self.here() == b'{';
        let close = if map { b'}' } else { b']' };
        self.open(map)?;
        self.at += 1;
        loop {
            self.gap();
            if self.here() == close {
                self.at += 1;
                self.builder.close(Some(self.at as u32));
                return Ok(());
            }
            self.flow_node(map)?;
            self.gap();
            if map {
                if self.here() != b':' || self.byte(self.at + 1) != b' ' {
                    return Err(Beyond);
                }
                self.at += 1;
                self.gap();
                self.flow_node(false)?;
                self.gap();
            }
            match self.here() {
                b',' => {
                    self.at += 1;
                    if self.here() != b' ' && self.here() != close {
                        return Err(Beyond);
                    }
                }
                byte if byte == close => {}
                _ => return Err(Beyond),
            }
        }
    }

    /// A node inside a flow collection; `key` where it stands before a colon.
    fn flow_node(&mut self, key: bool) -> Read<()> {
        let first = self.here();
        match first {
            b'{' | b'[' if key => Err(Beyond),
            b'{' | b'[' => self.flow(),
            b'"' | b'\'' => {
                self.quoted(first)?;
                // `"a":b` is a pair inside a sequence.
                if !key && self.here() == b':' { Err(Beyond) } else { Ok(()) }
            }
            _ => self.flow_plain(key),
        }
    }

    fn flow_plain(&mut self, key: bool) -> Read<()> {
        let start = self.at;
        let first = self.here();
        if !Self::begins_plain(first, self.byte(start + 1)) || matches!(first, b'?' | b'-' | b':') && !self.byte(start + 1).is_ascii_digit()
        {
            return Err(Beyond);
        }
        let mut at = start + self.bytes[start..].iter().take_while(|byte| IN_NAMES[usize::from(**byte)]).count();
        let next = self.byte(at + 1);
        let is_whole = match self.byte(at) {
            b',' | b'}' | b']' => true,
            b' ' => matches!(next, b'}' | b']'),
            b':' => key && next == b' ',
            _ => false,
        };
        if is_whole && at > start && !(key && at - start > LONGEST_KEY) {
            self.builder.borrowed(Self::span(start, at), false);
            self.at = at;
            return Ok(());
        }
        loop {
            at = self.bytes[at..].iter().position(|byte| STOPS[usize::from(*byte)]).map_or(self.bytes.len(), |length| at + length);
            match self.byte(at) {
                b',' | b'}' | b']' => break,
                b':' if key && self.byte(at + 1) == b' ' => break,
                b':' if matches!(self.byte(at + 1), b' ' | b',' | b'}' | b']' | b'\n' | b'[' | b'{') => return Err(Beyond),
                b'\n' | b'{' | b'[' => return Err(Beyond),
                b'#' if self.byte(at - 1) == b' ' => return Err(Beyond),
                _ => at += 1,
            }
        }
        let mut end = at;
        while end > start && self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        if end == start || (key && at - start > LONGEST_KEY) {
            return Err(Beyond);
        }
        self.builder.borrowed(Self::span(start, end), false);
        self.at = at;
        Ok(())
    }
}
