//! Faults planted in made plans: each is found by exactly one rule, at a known line.
//!
//! The list is in `faults.rs`; here is how a fault gets into a text. A fault changes the lines of
//! one block (an entry, a measure, a table) and says at which line it is to be found.

use std::ops::Range;

use super::faults::FAULTS;
use super::made::{Dice, File, cell};

/// The file that a fault goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Into {
    /// The plan.
    Plan,
    /// The last report, anywhere.
    Report,
    /// An entry of the last report. Several such faults may stand in one report.
    Entry,
}

/// What a run needs to find a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// `--profile publication`.
    Publication,
    /// Settings that turn the rule on.
    Setting,
    /// A run of its own: a file that cannot be read makes other rules hold their tongue.
    Alone,
}

/// A kind of fault.
pub struct Fault {
    /// The rule that finds it.
    pub rule: &'static str,
    /// Where it goes.
    pub into: Into,
    /// What the line holds that is changed first.
    pub holds: &'static str,
    /// What a run needs to find it.
    pub needs: Needs,
    /// The change: where the finding then stands, or nothing where it cannot be made here.
    pub change: fn(&mut Spot<'_>) -> Option<Place>,
}

/// A line, by the number of its file and its own, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: usize,
    /// The line.
    pub line: usize,
}

/// A planted fault.
#[derive(Clone, Debug)]
pub struct Planted {
    /// The rule that must find it.
    pub rule: &'static str,
    /// The number of its file.
    pub file: usize,
    /// Its line, from 1.
    pub line: usize,
}

/// A line that may be changed, and everything around it.
pub struct Spot<'a> {
    /// The lines of every file of the plan.
    pub files: &'a mut [Vec<String>],
    /// The file.
    pub file: usize,
    /// The line.
    pub line: usize,
}

impl Spot<'_> {
    /// The lines of the file.
    pub fn lines(&mut self) -> &mut Vec<String> {
        &mut self.files[self.file]
    }

    /// The line.
    pub fn text(&self) -> &str {
        &self.files[self.file][self.line]
    }

    /// A place in the file.
    pub fn at(&self, line: usize) -> Option<Place> {
        Some(Place { file: self.file, line })
    }

    /// The line, changed.
    pub fn put(&mut self, text: String) -> Option<Place> {
        let line = self.line;
        self.lines()[line] = text;
        self.at(line)
    }

    /// Puts one word for another, once.
    pub fn swap(&mut self, from: &str, to: &str) -> Option<Place> {
        let text = self.text();
        let new = text.contains(from).then(|| text.replacen(from, to, 1))?;
        self.put(new)
    }

    /// Changes the number behind a word.
    pub fn number(&mut self, behind: &str, change: impl Fn(i64) -> i64) -> Option<Place> {
        let (before, number, after) = number(self.text(), behind)?;
        let new = format!("{before}{}{after}", change(number));
        self.put(new)
    }

    /// Puts words before the first `mark` of the line.
    pub fn before(&mut self, mark: &str, words: &str) -> Option<Place> {
        self.swap(mark, &format!("{words}{mark}"))
    }

    /// Puts words behind the line.
    pub fn append(&mut self, words: &str) -> Option<Place> {
        let new = format!("{}{words}", self.text());
        self.put(new)
    }

    /// Puts a line above.
    pub fn above(&mut self, text: String) -> Option<Place> {
        let line = self.line;
        self.lines().insert(line, text);
        self.at(line)
    }

    /// Takes the line away.
    pub fn remove(&mut self) -> String {
        let line = self.line;
        self.lines().remove(line)
    }

    /// The first line of the block, and the one behind its last.
    pub fn block(&self) -> (usize, usize) {
        let lines = &self.files[self.file];
        let is_edge = |line: &String| line.is_empty() || line.starts_with("  #");
        let start = lines[..self.line].iter().rposition(is_edge).map_or(0, |edge| edge + 1);
        let start = if lines[start].starts_with(' ') { start } else { start + 1 };
        let end = lines[self.line..].iter().position(String::is_empty).map_or(lines.len(), |edge| self.line + edge);
        (start, end)
    }

    /// The first line of the block.
    pub fn head(&self) -> usize {
        self.block().0
    }

    /// The head of the block that ends above the line.
    pub fn head_above(&self) -> usize {
        Spot { files: &mut [self.files[self.file][..self.line].to_vec()], file: 0, line: self.line - 1 }.head()
    }

    /// The first line of the block that holds some words.
    pub fn find(&self, holds: &str) -> Option<usize> {
        let (start, end) = self.block();
        (start..end).find(|line| self.files[self.file][*line].contains(holds))
    }

    /// The same spot at another line.
    pub fn go(&mut self, line: usize) -> Spot<'_> {
        Spot { files: self.files, file: self.file, line }
    }

    /// What a line of the file says.
    pub fn text_of(&self, line: usize) -> String {
        self.files[self.file][line].clone()
    }

    /// Puts a value in place of the digits and the point behind a word.
    pub fn put_value(&mut self, behind: &str, value: &str) -> Option<Place> {
        let start = self.text().find(behind)? + behind.len();
        let rest = self.text()[start..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let new = format!("{}{value}{rest}", &self.text()[..start]);
        self.put(new)
    }

    /// Puts people into a row of the table of wards, with their total and shares.
    pub fn put_cells(&mut self, women: i64, men: i64) -> Option<Place> {
        let start = self.text().find("cells: ")?;
        let (women, men) = (women.unsigned_abs(), men.unsigned_abs());
        let total = women + men;
        let cells = format!("cells: {{ women: {}, men: {}, total: {total} }} }}", cell(women, total), cell(men, total));
        let new = format!("{}{cells}", &self.text()[..start]);
        self.put(new)
    }

    /// The first line of a file that holds some words.
    pub fn find_in(&self, file: usize, holds: &str) -> Option<usize> {
        self.files[file].iter().position(|line| line.contains(holds))
    }
}

/// The number behind a word, with what stands before and behind it.
pub fn number<'t>(text: &'t str, behind: &str) -> Option<(&'t str, i64, &'t str)> {
    let start = text.find(behind)? + behind.len();
    let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    Some((&text[..start], text[start..start + length].parse().ok()?, &text[start + length..]))
}

fn lines(files: &[File]) -> Vec<Vec<String>> {
    files.iter().map(|file| file.text.lines().map(str::to_owned).collect()).collect()
}

fn give_back(lines: Vec<Vec<String>>, files: &mut [File]) {
    for (file, lines) in files.iter_mut().zip(lines) {
        let text = lines.join("\n") + "\n";
        if text != file.text {
            file.text = text;
        }
    }
}

/// Tries a fault at each line of a range that it fits, from a random one on.
fn try_at(lines: &mut Vec<Vec<String>>, file: usize, range: Range<usize>, fault: &Fault, dice: &mut Dice) -> Option<Place> {
    let fitting: Vec<usize> = range.filter(|line| fault.fits(&lines[file][*line])).collect();
    let turn = dice.roll(0, fitting.len().max(1) as u64 - 1) as usize;
    for index in 0..fitting.len() {
        let mut changed = lines.clone();
        let line = fitting[(index + turn) % fitting.len()];
        if let Some(place) = (fault.change)(&mut Spot { files: &mut changed, file, line }) {
            *lines = changed;
            return Some(place);
        }
    }
    None
}

/// The lines of the entries of a report: each from its first to its last, comments left out. The
/// first and the row that shows it again are not among them: what is wrong with one would be wrong
/// with both.
fn entries(lines: &[Vec<String>], file: usize) -> Vec<Range<usize>> {
    let repeats = lines[0].iter().any(|line| line.starts_with("    repeats: "));
    let lines = &lines[file];
    let starts = (0..lines.len()).filter(|line| lines[*line].starts_with("  - measure: ")).skip(1);
    let end = |start: usize| lines[start..].iter().position(String::is_empty).map_or(lines.len(), |length| start + length);
    let mut found: Vec<Range<usize>> = starts.map(|start| start..end(start)).collect();
    if repeats {
        found.pop();
    }
    found
}

impl Fault {
    /// Whether a line is one that the fault may change: words that begin with a space begin a line.
    fn fits(&self, line: &str) -> bool {
        if self.holds.starts_with(' ') { line.starts_with(self.holds) } else { line.contains(self.holds) }
    }

    /// Whether a run finds it that has no settings.
    pub fn is_everyday(&self) -> bool {
        self.needs == Needs::Nothing
    }

    /// Whether several may stand in one report.
    pub fn is_small(&self) -> bool {
        self.into == Into::Entry
    }

    /// Plants it once, where the plan has a place for it.
    pub fn plant(&self, files: &mut [File], dice: &mut Dice) -> Option<Planted> {
        let file = if self.into == Into::Plan { 0 } else { files.len() - 1 };
        let mut text = lines(files);
        let range = 0..text[file].len();
        let range = if self.is_small() {
            let entries = entries(&text, file);
            entries.first()?.start..entries.last()?.end
        } else {
            range
        };
        let place = try_at(&mut text, file, range, self, dice)?;
        give_back(text, files);
        Some(Planted { rule: self.rule, file: place.file, line: place.line + 1 })
    }
}

/// Plants faults in a share of the entries of the last report: each rule at most once in a plan, and
/// a fault of the whole report or plan alone in it.
pub fn plant_share(files: &mut [File], wanted: &[&'static Fault], share: f64, dice: &mut Dice) -> Vec<Planted> {
    let (mut small, large): (Vec<&Fault>, Vec<&Fault>) = wanted.iter().copied().partition(|fault| fault.is_small());
    if !large.is_empty() && (small.is_empty() || dice.happens(share)) {
        return dice.pick(&large).plant(files, dice).into_iter().collect();
    }
    let file = files.len() - 1;
    let mut text = lines(files);
    let mut planted: Vec<Planted> = Vec::new();
    // From the last entry on, so that those before stay where they are.
    for entry in entries(&text, file).into_iter().rev() {
        if small.is_empty() || !dice.happens(share) {
            continue;
        }
        for _ in 0..8 {
            let at = dice.roll(0, small.len() as u64 - 1) as usize;
            let before = text[file].len();
            let Some(place) = try_at(&mut text, file, entry.clone(), small[at], dice) else { continue };
            for earlier in planted.iter_mut().filter(|earlier| earlier.file == file) {
                earlier.line = earlier.line + text[file].len() - before;
            }
            planted.push(Planted { rule: small.swap_remove(at).rule, file: place.file, line: place.line + 1 });
            break;
        }
    }
    if !planted.is_empty() {
        give_back(text, files);
    }
    planted
}

/// Every kind of fault.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    FAULTS.iter().copied().flatten()
}

/// The kinds of faults of a rule.
pub fn of_rule(rule: &str) -> impl Iterator<Item = &'static Fault> {
    all().filter(move |fault| fault.rule == rule)
}
