//! What a plain scalar stands for, by the core schema of YAML 1.2.

use super::node::Kind;

/// The kind of a plain scalar. Source: YAML 1.2.2, section 10.3.2.
#[must_use]
#[inline]
pub(super) fn resolve(bytes: &[u8]) -> Kind {
    match bytes.first() {
        None => Kind::Null,
        Some(b'0'..=b'9' | b'-' | b'+' | b'.') => number(bytes).unwrap_or(Kind::Str),
        Some(b'n' | b'N' | b'~') => match bytes {
            b"~" | b"null" | b"Null" | b"NULL" => Kind::Null,
            _ => Kind::Str,
        },
        Some(b't' | b'T' | b'f' | b'F') => match bytes {
            b"true" | b"True" | b"TRUE" | b"false" | b"False" | b"FALSE" => Kind::Bool,
            _ => Kind::Str,
        },
        Some(_) => Kind::Str,
    }
}

fn number(bytes: &[u8]) -> Option<Kind> {
    let (sign, rest) = match bytes {
        [b'-' | b'+', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && digits == rest.len() {
        return Some(Kind::Int);
    }
    match rest {
        b".inf" | b".Inf" | b".INF" => return Some(Kind::Float),
        b".nan" | b".NaN" | b".NAN" if !sign => return Some(Kind::Float),
        [b'0', b'x', hex @ ..] if !sign && !hex.is_empty() && hex.iter().all(u8::is_ascii_hexdigit) => {
            return Some(Kind::Int);
        }
        [b'0', b'o', octal @ ..] if !sign && !octal.is_empty() && octal.iter().all(|byte| matches!(byte, b'0'..=b'7')) => {
            return Some(Kind::Int);
        }
        _ => {}
    }
    let mut at = digits;
    let mut fraction = 0;
    if rest.get(at) == Some(&b'.') {
        at += 1;
        fraction = rest[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at += fraction;
    }
    if digits + fraction == 0 {
        return None;
    }
    if let Some(b'e' | b'E') = rest.get(at) {
        at += 1;
        if let Some(b'-' | b'+') = rest.get(at) {
            at += 1;
        }
        let exponent = rest[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if exponent == 0 {
            return None;
        }
        at += exponent;
    }
    (at == rest.len()).then_some(Kind::Float)
}

/// Whether a plain scalar is one thing to YAML 1.2 and another to a reader of YAML 1.1: `No`,
/// `9:30`, `1_000`. Source: yaml.org/type (bool, int, float).
#[must_use]
pub fn is_ambiguous(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'0'..=b'9' | b'-' | b'+') => {
            let (mut marks, mut signs) = (0, 0);
            for byte in bytes {
                match byte {
                    b'0'..=b'9' => {}
                    b'_' | b':' => marks += 1,
                    b'-' | b'+' => signs += 1,
                    _ => return false,
                }
            }
            marks > 0 && signs <= 1 && !bytes.ends_with(b":") && !text.contains("::")
        }
        Some(b'y' | b'Y' | b'n' | b'N' | b'o' | b'O') => {
            matches!(text, "yes" | "Yes" | "YES" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_schema() {
        for (text, kind) in [
            ("", Kind::Null),
            ("~", Kind::Null),
            ("null", Kind::Null),
            ("nul", Kind::Str),
            ("true", Kind::Bool),
            ("No", Kind::Str),
            ("12", Kind::Int),
            ("-3", Kind::Int),
            ("012131", Kind::Int),
            ("0x1F", Kind::Int),
            ("0o17", Kind::Int),
            ("1.5", Kind::Float),
            (".5", Kind::Float),
            ("5.", Kind::Float),
            ("1e3", Kind::Float),
            ("1e", Kind::Str),
            ("-.inf", Kind::Float),
            (".nan", Kind::Float),
            ("-.nan", Kind::Str),
            (".", Kind::Str),
            ("2024-10-25", Kind::Str),
            ("1_000", Kind::Str),
            ("9:30", Kind::Str),
            ("-", Kind::Str),
            ("13,878", Kind::Str),
            ("約1300", Kind::Str),
        ] {
            assert_eq!(resolve(text.as_bytes()), kind, "{text}");
        }
    }
}
