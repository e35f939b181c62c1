//! Text of a plan in Markdown: it stays text.
//!
//! What would mean something to a reader of Markdown is escaped wherever it stands, so that a value
//! is the same in a paragraph, in a list and in the cell of a table. A line break becomes `<br>`,
//! because a new line could begin a heading or a list, and would end the row of a table.

use std::fmt;

/// Writes a text so that Markdown reads it as text.
///
/// # Errors
/// Those of the output.
pub fn markdown(text: &str, out: &mut dyn fmt::Write) -> fmt::Result {
    let mut letters = text.trim_end_matches(['\n', '\r']).chars().peekable();
    let mut first = true;
    let mut number = true;
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}' => {
                out.write_str("<br>")?;
                continue;
            }
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '&' => out.write_str("&amp;")?,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '$' => write!(out, "\\{letter}")?,
            '#' | '+' | '-' | '=' if first => write!(out, "\\{letter}")?,
            '.' | ')' if number && !first && letters.peek().is_none_or(|next| *next == ' ') => write!(out, "\\{letter}")?,
            // A link needs its colon and slashes, a mention its at sign, together.
            ':' if letters.peek() == Some(&'/') => out.write_str("&#58;")?,
            '@' => out.write_str("&#64;")?,
            '\t' => out.write_char(' ')?,
            control if control.is_control() => {}
            other => out.write_char(other)?,
        }
        number = number && letter.is_ascii_digit();
        first = first && letter == ' ';
    }
    Ok(())
}

/// A block of text as it is: a fence that nothing in it closes.
#[must_use]
pub fn fenced(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}text\n{}\n{fence}", text.trim_end_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        markdown(text, &mut out).unwrap();
        out
    }

    #[test]
    fn markdown_stays_text() {
        assert_eq!(escaped("a|b"), "a\\|b");
        assert_eq!(escaped("一行\n# 二行\r\n三行\n"), "一行<br># 二行<br>三行");
        assert_eq!(escaped("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert_eq!(escaped("{{ 7*7 }}"), "\\{\\{ 7\\*7 \\}\\}");
        assert_eq!(escaped("# 見出し"), "\\# 見出し");
        assert_eq!(escaped("- 項目"), "\\- 項目");
        assert_eq!(escaped("1. 項目 2.5"), "1\\. 項目 2.5");
        assert_eq!(escaped("https://example.jp"), "https&#58;//example.jp");
        assert_eq!(escaped("16.7"), "16.7");
    }

    #[test]
    fn nothing_in_a_block_closes_it() {
        assert_eq!(fenced("a"), "```text\na\n```");
        assert_eq!(fenced("```\nb````"), "`````text\n```\nb````\n`````");
    }
}
