//! What other programs leave in a text: spreadsheet errors, HTML, footnote markup.

use std::ops::Range;

/// The errors a spreadsheet prints in place of a value.
const ERRORS: [&str; 9] = ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];

/// The first spreadsheet error in a text.
pub fn spreadsheet_error(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(mark) = text[at..].find('#') {
        let start = at + mark;
        let rest = &text[start..];
        for error in ERRORS {
            let word =
                rest.starts_with(error) && !(error == "#N/A" && rest[error.len()..].starts_with(|next: char| next.is_ascii_alphanumeric()));
            if word {
                return Some(start..start + error.len());
            }
        }
        at = start + 1;
    }
    None
}

/// What kind of markup was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkupKind {
    /// An HTML tag: `<br>`, `</ol>`.
    Tag,
    /// A character entity: `&nbsp;`, `&#160;`.
    Entity,
    /// Footnote markup: `[^1]`, `^{注1)}`.
    Footnote,
    /// Emphasis: `**重点**`.
    Emphasis,
    /// A link: `[計画](https://…)`.
    Link,
}

/// Markup in a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundMarkup {
    /// Where it stands, with both of its ends.
    pub range: Range<usize>,
    /// What kind it is.
    pub kind: MarkupKind,
}

/// Markup left in a text. A lone `<`, `&` or `*` is none, nor is `<A>` as a label.
pub fn markup_residue(text: &str) -> impl Iterator<Item = FoundMarkup> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            at += 1;
            let found = match byte {
                b'<' => tag(bytes, start).map(|end| (end, MarkupKind::Tag)),
                b'&' => entity(bytes, start).map(|end| (end, MarkupKind::Entity)),
                b'^' | b'_' => script(text, start).map(|end| (end, MarkupKind::Footnote)),
                b'[' => bracket(text, start),
                b'*' => {
                    let run = bytes[start..].iter().take_while(|byte| **byte == b'*').count();
                    at = start + run;
                    emphasis(text, start, run).map(|end| (end, MarkupKind::Emphasis))
                }
                _ => None,
            };
            if let Some((end, kind)) = found {
                at = end;
                return Some(FoundMarkup { range: start..end, kind });
            }
        }
        None
    })
}

const TAGS: [&str; 47] = [
    "a",
    "b",
    "i",
    "u",
    "s",
    "p",
    "br",
    "hr",
    "em",
    "tt",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "td",
    "th",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "img",
    "pre",
    "sub",
    "sup",
    "del",
    "ins",
    "wbr",
    "code",
    "font",
    "span",
    "ruby",
    "rt",
    "rp",
    "small",
    "table",
    "tbody",
    "thead",
    "center",
    "strong",
    "strike",
    "blockquote",
];

fn tag(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    if bytes.get(start..start + 4) == Some(b"<!--") {
        return Some(start + 4);
    }
    let closing = bytes.get(at) == Some(&b'/');
    if closing {
        at += 1;
    }
    let name = at;
    while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    let name = &bytes[name..at];
    let known = TAGS.iter().any(|tag| {
        // A capital letter alone is a label: <A>コース.
        tag.as_bytes() == name || (tag.len() > 1 && name.eq_ignore_ascii_case(tag.as_bytes()))
    });
    if !known {
        return None;
    }
    match bytes.get(at)? {
        b'>' => return Some(at + 1),
        b' ' | b'/' | b'\t' => {}
        _ => return None,
    }
    // Attributes: a<b and c>d has none.
    let behind = bytes[at..].iter().take(400).position(|byte| matches!(byte, b'>' | b'<')).filter(|behind| bytes[at + behind] == b'>')?;
    let attributes = bytes[at..at + behind].trim_ascii();
    let fits = attributes.is_empty() || attributes == b"/" || attributes.contains(&b'=');
    fits.then_some(at + behind + 1)
}

fn entity(bytes: &[u8], start: usize) -> Option<usize> {
    const NAMES: [&str; 24] = [
        "nbsp", "amp", "lt", "gt", "quot", "apos", "copy", "reg", "yen", "middot", "hellip", "mdash", "ndash", "times", "divide", "laquo",
        "raquo", "ldquo", "rdquo", "lsquo", "rsquo", "ensp", "emsp", "thinsp",
    ];
    let end = start + bytes[start..].iter().take(12).position(|byte| *byte == b';')?;
    let name = &bytes[start + 1..end];
    let number = match name {
        [b'#', b'x' | b'X', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => NAMES.iter().any(|known| known.as_bytes() == name),
    };
    number.then_some(end + 1)
}

/// `^{注1)}`, `_{2}`
fn script(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start + 1..)?;
    if !rest.starts_with('{') {
        return None;
    }
    let end = rest.char_indices().take(24).find(|(_, letter)| *letter == '}')?.0;
    (end > 1).then_some(start + 1 + end + 1)
}

/// `[^1]`, `[計画](https://…)`
fn bracket(text: &str, start: usize) -> Option<(usize, MarkupKind)> {
    let rest = &text[start + 1..];
    let end = rest.char_indices().take(80).find(|(_, letter)| matches!(letter, ']' | '\n')).filter(|(_, letter)| *letter == ']')?.0;
    let (inside, behind) = (&rest[..end], &rest[end + 1..]);
    if let Some(label) = inside.strip_prefix('^') {
        let word = !label.is_empty() && label.chars().all(char::is_alphanumeric);
        return word.then_some((start + end + 2, MarkupKind::Footnote));
    }
    let target = behind.strip_prefix('(')?;
    if !["http://", "https://", "mailto:", "#", "./"].iter().any(|scheme| target.starts_with(scheme)) {
        return None;
    }
    let close = target.find([')', '\n'])?;
    target[close..].starts_with(')').then_some((start + end + 3 + close + 1, MarkupKind::Link))
}

/// `**重点**` on one line; a mark of significance (`**`) has no partner.
fn emphasis(text: &str, start: usize, run: usize) -> Option<usize> {
    if run != 2 {
        return None;
    }
    let inside = &text[start + 2..];
    if inside.starts_with(char::is_whitespace) {
        return None;
    }
    let close = inside.find("**")?;
    let words = &inside[..close];
    let fits = !words.is_empty() && !words.contains('\n') && !words.ends_with(char::is_whitespace);
    (fits && words.chars().take(81).count() <= 80).then_some(start + 2 + close + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors() {
        assert_eq!(spreadsheet_error("参加者 #REF! 人"), Some(10..15));
        for text in ["#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "(#N/A)"] {
            assert!(spreadsheet_error(text).is_some(), "{text}");
        }
        for text in ["", "#7119", "#いのちSOS", "N/A", "REF!", "#N/Alpha", "C# 参照"] {
            assert_eq!(spreadsheet_error(text), None, "{text}");
        }
    }

    fn markup(text: &str) -> Vec<(&str, MarkupKind)> {
        markup_residue(text).map(|found| (&text[found.range], found.kind)).collect()
    }

    #[test]
    fn residue() {
        use MarkupKind::*;
        assert_eq!(
            markup("<ol><li>相談<br/>訪問</li>&nbsp;A&amp;B&#x3000;"),
            [("<ol>", Tag), ("<li>", Tag), ("<br/>", Tag), ("</li>", Tag), ("&nbsp;", Entity), ("&amp;", Entity), ("&#x3000;", Entity)]
        );
        assert_eq!(markup("相談^{注1)}と[^1]、<a href=\"x\">"), [("^{注1)}", Footnote), ("[^1]", Footnote), ("<a href=\"x\">", Tag)]);
        assert_eq!(markup("**重点**と[計画](https://example.jp/a)"), [("**重点**", Emphasis), ("[計画](https://example.jp/a)", Link)]);
        assert_eq!(markup("10m<sup>2</sup>").len(), 2);
    }

    #[test]
    fn no_residue() {
        for text in [
            "",
            "a<b かつ c>d",
            "<A>コース",
            "<相談>",
            "Q&A",
            "R&D; 研究",
            "p<0.05 **",
            "** 有意",
            "[1]",
            "[注]",
            "2^3",
            "a_b",
            "＜br＞",
            "<3人",
            "5 * 3 ** 2",
            "[資料](別紙)",
            "<p 値",
            "< br >",
        ] {
            assert_eq!(markup(text), [], "{text}");
        }
    }
}
