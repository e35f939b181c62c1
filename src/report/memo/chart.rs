//! The parts of a chart: places and words, computed here and drawn by a template.
//!
//! Lengths are in the units of the drawing; one is about 0.3 mm on the page. Every mark differs in
//! shape or filling as well as in lightness, so that it reads in black and white.

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

/// A chart.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChartView {
    /// Unique in the memo.
    pub id: &'static str,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What it shows.
    pub title: String,
    /// The same in words, for those who do not see it.
    pub desc: String,
    /// Rectangles.
    pub bars: Vec<BarView>,
    /// Straight lines.
    pub lines: Vec<LineView>,
    /// Marks.
    pub marks: Vec<MarkView>,
    /// Words.
    pub words: Vec<WordView>,
}

/// A rectangle.
#[derive(Clone, Debug, Serialize)]
pub struct BarView {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
    /// Its filling: `g0` for the best grade and so on, `gx` for none; `p` is added for last year's.
    pub class: String,
    /// What it stands for.
    pub title: String,
}

/// A straight line.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    /// Where it begins.
    pub x1: f64,
    /// Where it begins.
    pub y1: f64,
    /// Where it ends.
    pub x2: f64,
    /// Where it ends.
    pub y2: f64,
    /// `axis`, `goal` or `grid`.
    pub class: &'static str,
}

/// A mark of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct MarkView {
    /// Its middle.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// Its size: 1 is the whole one.
    pub scale: f64,
    /// The path of its shape around 0, 0.
    pub path: &'static str,
    /// Its filling.
    pub class: String,
    /// What it stands for.
    pub title: String,
}

/// Words in a chart.
#[derive(Clone, Debug, Serialize)]
pub struct WordView {
    /// Where they stand.
    pub x: f64,
    /// Their base line.
    pub y: f64,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// `label`, `tick`, `in` (on a dark filling), `on` (on a light one), `tag` or `head`.
    pub class: &'static str,
    /// The words.
    pub text: String,
}

/// The shapes by rank: circle, square, triangle, diamond, cross, and a ring for none.
const SHAPES: [&str; 5] = [
    "M-3.4,0a3.4,3.4 0 1,0 6.8,0a3.4,3.4 0 1,0 -6.8,0z",
    "M-3,-3h6v6h-6z",
    "M0,-4L3.8,3.2L-3.8,3.2z",
    "M0,-4.3L4.3,0L0,4.3L-4.3,0z",
    "M-1.2,-3.8h2.4v2.6h2.6v2.4h-2.6v2.6h-2.4v-2.6h-2.6v-2.4h2.6z",
];

/// The shape of a rank.
#[must_use]
pub fn shape(rank: usize) -> &'static str {
    SHAPES[rank % SHAPES.len()]
}

/// The filling of a rank; those past the last known one share its filling.
#[must_use]
pub fn class(rank: Option<usize>) -> String {
    rank.map_or_else(|| "gx".to_owned(), |rank| format!("g{}", rank.min(4)))
}

/// Whether words on a filling are light.
#[must_use]
pub fn is_dark(rank: Option<usize>) -> bool {
    rank == Some(0)
}

/// The width of words at a size: a Japanese character is as wide as high, a Latin one a bit more
/// than half of that.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| letter.to_string().width()).map(|cells| if cells == 2 { size } else { size * 0.58 }).sum()
}

/// Words cut to a width, with `…` where something is left out.
#[must_use]
pub fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    for letter in text.chars() {
        if width(&out, size) + width(&letter.to_string(), size) + size > room {
            break;
        }
        out.push(letter);
    }
    out.push('…');
    out
}

/// A length with one decimal, as drawings need no more.
#[must_use]
pub fn at(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A rectangle of the drawing.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

impl Area {
    /// Whether it has a part in common with another.
    #[must_use]
    pub fn meets(&self, other: &Area) -> bool {
        self.x < other.x + other.w && other.x < self.x + self.w && self.y < other.y + other.h && other.y < self.y + self.h
    }

    /// The area of words.
    #[must_use]
    pub fn of(word: &WordView, size: f64) -> Self {
        let w = width(&word.text, size);
        let x = match word.anchor {
            "middle" => word.x - w / 2.0,
            "end" => word.x - w,
            _ => word.x,
        };
        Self { x, y: word.y - size * 0.88, w, h: size * 1.1 }
    }
}

/// The sizes of words by class.
#[must_use]
pub fn size(class: &str) -> f64 {
    match class {
        "label" | "head" => 8.6,
        "in" | "on" => 8.0,
        "tag" => 7.0,
        _ => 7.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_to_their_room() {
        assert_eq!(fit("地域", 10.0, 20.0), "地域");
        assert_eq!(fit("地域におけるネットワーク", 10.0, 50.0), "地域にお…");
        assert!(width("abc", 10.0) < width("地域", 10.0));
    }

    #[test]
    fn areas_meet_or_not() {
        let area = |x: f64| Area { x, y: 0.0, w: 10.0, h: 10.0 };
        assert!(area(0.0).meets(&area(9.0)));
        assert!(!area(0.0).meets(&area(10.0)));
    }
}
