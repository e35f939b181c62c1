//! Sentences of a text.

use std::ops::Range;

use super::letter::{char_at, length};

/// A sentence, without its bullet and surrounding spaces, with its full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence<'t> {
    /// Its words.
    pub text: &'t str,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The sentences of one text. See [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    at: usize,
}

/// Splits a text into sentences: at 。！？ outside brackets, at line breaks, at the bullets ●○■□◆◇▪
/// and at ・ where it begins a line. Empty pieces are left out.
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, at: 0 }
}

const BULLETS: [char; 16] = ['●', '○', '■', '□', '◆', '◇', '▪', '◎', '・', '･', '•', '＊', '-', '‐', '－', '*'];

impl<'t> Iterator for Sentences<'t> {
    type Item = Sentence<'t>;

    fn next(&mut self) -> Option<Sentence<'t>> {
        while self.at < self.text.len() {
            let start = self.at;
            let end = start + piece(&self.text[start..]);
            self.at = end;
            let written = &self.text[start..end];
            let trimmed = written.trim_start_matches(|letter: char| letter.is_whitespace() || BULLETS.contains(&letter));
            let from = end - trimmed.len();
            let sentence = trimmed.trim_end();
            if !sentence.is_empty() && !sentence.chars().all(is_stop) {
                return Some(Sentence { text: sentence, range: from..from + sentence.len() });
            }
        }
        None
    }
}

/// The length of the first piece of a text, with what closes it.
fn piece(text: &str) -> usize {
    let bytes = text.as_bytes();
    let words = text.trim_start_matches(|letter: char| letter.is_whitespace() || BULLETS.contains(&letter));
    // Bullets at the beginning belong to this piece.
    let started = text.len() - words.len();
    let (mut depth, mut at) = (0usize, 0);
    while let Some(&lead) = bytes.get(at) {
        let start = at;
        at += length(lead);
        // What follows looks at brackets, stops and bullets alone: ASCII, E2 (●), E3 80 (。「), EF (（！).
        let plain = match lead {
            b'\n' | b'(' | b')' | 0xE2 | 0xEF => false,
            0xE3 => bytes.get(at - 2) != Some(&0x80),
            _ => true,
        };
        if plain {
            continue;
        }
        let Some(letter) = char_at(text, start) else {
            return text.len();
        };
        match letter {
            '\n' => return at,
            '「' | '『' | '（' | '(' | '【' | '［' => depth += 1,
            '」' | '』' | '）' | ')' | '】' | '］' => depth = depth.saturating_sub(1),
            '●' | '■' | '◆' | '▪' | '◇' | '□' if start > started && depth == 0 => {
                return start;
            }
            _ if is_stop(letter) && (depth == 0 || unclosed(&text[at..])) => {
                while let Some(stop) = char_at(text, at).filter(|next| is_stop(*next)) {
                    at += stop.len_utf8();
                }
                return at;
            }
            _ => {}
        }
    }
    text.len()
}

/// Whether no bracket closes on the rest of the line: the one that opened was left open.
fn unclosed(rest: &str) -> bool {
    let line = rest.split('\n').next().unwrap_or(rest);
    !line.contains(['」', '』', '）', ')', '】', '］'])
}

fn is_stop(letter: char) -> bool {
    matches!(letter, '。' | '！' | '？' | '｡' | '．')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        for sentence in sentences(text) {
            assert_eq!(&text[sentence.range.clone()], sentence.text);
        }
        sentences(text).map(|sentence| sentence.text).collect()
    }

    #[test]
    fn splits() {
        assert_eq!(split("講座を開いた。相談に応じる。"), ["講座を開いた。", "相談に応じる。"]);
        assert_eq!(split("・講座を開いた\n・相談に応じる\n\n"), ["講座を開いた", "相談に応じる"]);
        assert_eq!(split("●講座●相談 ■訪問"), ["講座", "相談", "訪問"]);
        assert_eq!(split("障害者・高齢者に会う"), ["障害者・高齢者に会う"]);
        assert_eq!(split("開いた（年1回。参加は無料。）。次も"), ["開いた（年1回。参加は無料。）。", "次も"]);
        assert_eq!(split("「来た。見た。」と述べた。"), ["「来た。見た。」と述べた。"]);
        assert_eq!(split("開いた（年1回。次も開く。"), ["開いた（年1回。", "次も開く。"]);
        assert_eq!(split("  。\n\n"), Vec::<&str>::new());
        assert_eq!(split(""), Vec::<&str>::new());
        assert_eq!(split("なぜか？！　次へ"), ["なぜか？！", "次へ"]);
        assert_eq!(split("- 一つ\n- 二つ"), ["一つ", "二つ"]);
    }
}
