//! Text of a plan in a form of the output, where it is nothing but text.

use super::template::Form;

/// A text that is nothing but text in a form.
#[must_use]
pub fn escape(text: &str, form: Form) -> String {
    match form {
        // XML 1.0 forbids two characters more.
        Form::Xml => html(text).replace(['\u{fffe}', '\u{ffff}'], ""),
        Form::Html => html(text),
        Form::Markdown => markdown(text),
    }
}

fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(character),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// The same text in a paragraph, in a list and in the cell of a table: what Markdown would read is
/// escaped, and a line break is `<br>`, for a new line would end the row of a table.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut characters = text.trim_end().chars().peekable();
    // At the beginning of the text, and in the digits that it begins with.
    let (mut start, mut number) = (true, true);
    while let Some(character) = characters.next() {
        let escaped = match character {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '$' => true,
            '#' | '+' | '-' | '=' => start,
            '.' | ')' => number && !start && characters.peek().is_none_or(|next| next.is_whitespace()),
            _ => false,
        };
        match character {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An address does not become a link by itself.
            ':' if characters.peek() == Some(&'/') => out.push_str("&#58;"),
            '@' => out.push_str("&#64;"),
            '\t' => out.push(' '),
            control if control.is_control() => {}
            other => {
                if escaped {
                    out.push('\\');
                }
                out.push(other);
            }
        }
        number = number && character.is_ascii_digit();
        start = start && character == ' ';
    }
    out
}
