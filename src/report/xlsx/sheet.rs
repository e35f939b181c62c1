//! A sheet as plain data, the heights of its rows, and how it is written: all of it in one file,
//! since each needs the same look and widths.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use unicode_width::UnicodeWidthChar as _;

use super::figure::Number;
use crate::catalogue::Lang;

/// The tallest row of a workbook, in points.
const TALLEST: f64 = 409.0;
/// The most that a cell of a workbook holds, in UTF-16 units.
const LONGEST: usize = 32_767;
/// The widest that a column grows for a cell that is too tall.
const WIDEST: f64 = 90.0;
/// What stands above and below the words of a cell, in points.
const PADDING: f64 = 5.0;

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The title of a sheet.
    Title,
    /// A line below it, without a frame.
    Plain,
    /// The head of a table.
    Head,
    /// A heading within a table.
    Band,
    /// A lower one.
    SubBand,
    /// What a row is about.
    Strong,
    /// Words.
    Text,
    /// A word or two.
    Centre,
    /// A figure.
    Figure,
    /// What is to be filled in.
    Answer,
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Words.
    Text(String),
    /// A figure to reckon with.
    Number(Number),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        let lines = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n").replace('\t', " ");
        Self::Text(lines.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect())
    }
}

impl Value {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => &number.text,
        }
    }
}

/// A cell, perhaps over several columns and rows.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub at: u16,
    pub columns: u16,
    pub rows: u32,
    pub value: Value,
    pub style: Style,
}

impl Cell {
    /// A cell of one column and row.
    pub fn new(at: u16, value: impl Into<Value>, style: Style) -> Self {
        Self { at, columns: 1, rows: 1, value: value.into(), style }
    }

    /// The same over several columns and rows.
    pub fn over(self, columns: u16, rows: u32) -> Self {
        Self { columns: columns.max(1), rows: rows.max(1), ..self }
    }
}

/// A list to choose a word of a column from.
#[derive(Debug)]
pub(super) struct Choice {
    pub column: u16,
    pub words: Vec<&'static str>,
    pub hint: &'static str,
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// What its tab says.
    pub name: String,
    /// The widths of its columns, in digits of the usual size.
    pub widths: Vec<f64>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// The first and last row of the head, which stays in view and stands on every page.
    pub head: Option<(u32, u32)>,
    /// How many columns stay in view.
    pub kept: u16,
    /// Whether the head has filters.
    pub filter: bool,
    /// What a column may hold.
    pub choice: Option<Choice>,
}

/// What all sheets of a workbook share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub lang: Lang,
}

impl Look {
    fn format(self, style: Style) -> Format {
        let font = match self.lang {
            Lang::Ja => "BIZ UDPゴシック",
            Lang::En => "BIZ UDPGothic",
        };
        let format = Format::new().set_font_name(font).set_font_family(3).set_font_charset(128).set_font_size(size(style)).set_text_wrap();
        let format = match style {
            Style::Title | Style::Plain => format,
            _ => format.set_border(FormatBorder::Thin).set_border_color("#7F7F7F"),
        };
        match style {
            Style::Title => format.set_bold().set_align(FormatAlign::VerticalCenter),
            Style::Plain | Style::Text => format.set_align(FormatAlign::Top),
            Style::Head => {
                format.set_bold().set_background_color("#E4E4E4").set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
            }
            Style::Band => format.set_bold().set_background_color("#D0D0D0").set_align(FormatAlign::VerticalCenter),
            Style::SubBand => format.set_bold().set_background_color("#EFEFEF").set_align(FormatAlign::VerticalCenter),
            Style::Strong => format.set_bold().set_align(FormatAlign::Top),
            Style::Centre => format.set_align(FormatAlign::Center).set_align(FormatAlign::Top),
            Style::Figure => format.set_align(FormatAlign::Right).set_align(FormatAlign::Top),
            Style::Answer => format.set_background_color("#FFF9E5").set_align(FormatAlign::Top).set_unlocked(),
        }
    }
}

/// The size of the letters, in points.
fn size(style: Style) -> f64 {
    match style {
        Style::Title => 14.0,
        Style::Band => 10.0,
        _ => 9.0,
    }
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: impl Into<String>, widths: &[f64]) -> Self {
        Self { name: name.into(), widths: widths.to_vec(), rows: Vec::new(), head: None, kept: 0, filter: false, choice: None }
    }

    /// How many columns it has.
    pub fn columns(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(u16::MAX)
    }

    /// A row that is one cell over all columns.
    pub fn line(&mut self, text: impl Into<String>, style: Style) {
        let columns = self.columns();
        self.rows.push(vec![Cell::new(0, text.into(), style).over(columns, 1)]);
    }

    /// The head: its rows stay in view and stand on every page.
    pub fn head(&mut self, rows: Vec<Vec<Cell>>) {
        let first = self.next_row();
        self.rows.extend(rows);
        self.head = Some((first, self.next_row().saturating_sub(1).max(first)));
    }

    /// A head of one row.
    pub fn titles<'t>(&mut self, titles: impl IntoIterator<Item = &'t str>) {
        let cells = (0..).zip(titles).map(|(at, title)| Cell::new(at, title, Style::Head)).collect();
        self.head(vec![cells]);
    }

    /// The number of the next row.
    pub fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    fn width_of(&self, cell: &Cell) -> f64 {
        let first = usize::from(cell.at);
        self.widths.iter().skip(first).take(usize::from(cell.columns)).sum()
    }

    fn need(&self, cell: &Cell) -> f64 {
        let size = size(cell.style);
        let letter = size * 2.0 / 3.0;
        let room = (self.width_of(cell) * 7.0 / letter).floor() - 1.0;
        // a width is a small whole number here
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let room = room.max(2.0) as usize;
        let lines = u32::try_from(lines(cell.value.text(), room)).unwrap_or(u32::MAX);
        f64::from(lines) * size * 1.45 + PADDING
    }

    /// The heights of the rows: the tallest cell of each decides, and a cell over several rows
    /// makes the last of them taller where it does not fit.
    fn heights(&self) -> Vec<f64> {
        let own = |row: &Vec<Cell>| row.iter().filter(|cell| cell.rows == 1).map(|cell| self.need(cell)).fold(0.0, f64::max);
        let mut heights: Vec<f64> = self.rows.iter().map(|row| own(row).max(15.0)).collect();
        for (first, row) in self.rows.iter().enumerate() {
            for cell in row.iter().filter(|cell| cell.rows > 1) {
                let end = (first + cell.rows as usize).min(heights.len());
                let short = self.need(cell) - heights[first..end].iter().sum::<f64>();
                if short > 0.0 {
                    heights[end - 1] += short;
                }
            }
        }
        heights
    }

    /// Makes columns wider as long as a row is taller than a workbook's rows may be.
    fn widen(&mut self) {
        for _ in 0..24 {
            let too_tall = self.rows.iter().flatten().filter(|cell| cell.rows == 1 && cell.columns == 1 && self.need(cell) > TALLEST);
            let mut columns: Vec<usize> = too_tall.map(|cell| usize::from(cell.at)).collect();
            columns.sort_unstable();
            columns.dedup();
            columns.retain(|column| self.widths[*column] < WIDEST);
            if columns.is_empty() {
                return;
            }
            for column in columns {
                self.widths[column] = (self.widths[column] * 1.1).min(WIDEST);
            }
        }
    }

    /// A row that is still too tall becomes several, over which its cells are merged. A sheet with
    /// filters keeps one row a record.
    fn split(&mut self) -> Vec<f64> {
        let heights = self.heights();
        if self.filter {
            return heights.into_iter().map(|height| height.min(TALLEST)).collect();
        }
        let last_of_head = self.head.map_or(0, |(_, last)| last as usize);
        let mut parts = Vec::with_capacity(heights.len());
        for (row, height) in heights.iter().enumerate() {
            let mut several = 1_u32;
            while height / f64::from(several) > TALLEST && row > last_of_head {
                several += 1;
            }
            parts.push(several);
        }
        let mut split = Vec::with_capacity(heights.len());
        for (row, cells) in self.rows.iter_mut().enumerate() {
            for cell in cells.iter_mut() {
                cell.rows = parts.iter().skip(row).take(cell.rows as usize).sum();
            }
            let several = parts[row];
            split.extend((0..several).map(|_| (heights[row] / f64::from(several)).min(TALLEST)));
        }
        let mut rows = Vec::with_capacity(split.len());
        for (cells, several) in std::mem::take(&mut self.rows).into_iter().zip(parts) {
            rows.push(cells);
            rows.extend((1..several).map(|_| Vec::new()));
        }
        self.rows = rows;
        split
    }

    /// Writes the sheet.
    pub fn write(mut self, sheet: &mut Worksheet, title: &str, look: Look) -> Result<(), XlsxError> {
        self.widen();
        let heights = self.split();
        for (column, width) in (0..).zip(&self.widths) {
            sheet.set_column_width(column, *width)?;
        }
        for (row, height) in (0..).zip(&heights) {
            sheet.set_row_height(row, *height)?;
        }
        for (row, cells) in (0..).zip(&self.rows) {
            for cell in cells {
                self.write_cell(sheet, row, cell, look)?;
            }
        }
        self.set_up(sheet, title)
    }

    fn write_cell(&self, sheet: &mut Worksheet, row: u32, cell: &Cell, look: Look) -> Result<(), XlsxError> {
        let format = look.format(cell.style);
        if cell.columns > 1 || cell.rows > 1 {
            sheet.merge_range(row, cell.at, row + cell.rows - 1, cell.at + cell.columns - 1, "", &format)?;
        }
        match &cell.value {
            Value::Number(number) if cells(&number.text) as f64 * 6.0 < self.width_of(cell) * 7.0 - 6.0 => {
                let format = format.set_num_format(&number.format);
                let format = if cell.style == Style::Text { format.set_align(FormatAlign::Right) } else { format };
                sheet.write_number_with_format(row, cell.at, number.value, &format)?;
            }
            value if value.text().is_empty() => {
                sheet.write_blank(row, cell.at, &format)?;
            }
            value => {
                sheet.write_string_with_format(row, cell.at, cut(value.text(), LONGEST), &format)?;
            }
        }
        Ok(())
    }

    /// Paper, footer, what stays in view, filters and lists.
    fn set_up(&self, sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.45, 0.6, 0.2, 0.3);
        if self.widths.iter().sum::<f64>() > 105.0 {
            sheet.set_landscape();
        }
        let title = cut(&title.replace(['\n', '\r'], " "), 80).replace('&', "&&");
        sheet.set_footer(format!("&L{title}&R&P / &N"));
        let Some((first, last)) = self.head else { return Ok(()) };
        sheet.set_repeat_rows(first, last)?;
        sheet.set_freeze_panes(last + 1, self.kept)?;
        let end = u32::try_from(self.rows.len()).unwrap_or(u32::MAX).saturating_sub(1);
        if end <= last {
            return Ok(());
        }
        if self.filter {
            sheet.autofilter(last, 0, end, self.columns().saturating_sub(1))?;
        }
        if let Some(choice) = &self.choice {
            let list = DataValidation::new().allow_list_strings(&choice.words)?.set_input_message(choice.hint)?;
            sheet.add_data_validation(last + 1, choice.column, end, choice.column, &list)?;
        }
        Ok(())
    }
}

/// How wide a letter is: what is wide in some fonts only is wide in Japanese ones.
fn cells_of(letter: char) -> usize {
    letter.width_cjk().unwrap_or(0)
}

/// How wide a text is, in half-width letters.
pub(super) fn cells(text: &str) -> usize {
    text.chars().map(cells_of).sum()
}

/// How many lines a text takes in a column: a word of Latin letters stays whole where it fits, and
/// a mark that may not begin a line takes the letter before it along.
pub(super) fn lines(text: &str, room: usize) -> usize {
    text.split('\n').map(|line| lines_of(line, room.max(2))).sum()
}

fn lines_of(line: &str, room: usize) -> usize {
    let (mut lines, mut used, mut word) = (1, 0, 0);
    let mut before = 0;
    for letter in line.chars() {
        let width = cells_of(letter);
        let in_word = letter.is_ascii_graphic();
        word = if in_word { word + width } else { 0 };
        if used + width > room {
            lines += 1;
            used = if in_word && word < room {
                word
            } else if "、。，．）」』】〉》！？ー々".contains(letter) {
                before + width
            } else {
                width
            };
        } else {
            used += width;
        }
        before = width;
    }
    lines
}

/// The beginning of a text that is no longer than so many UTF-16 units.
pub(super) fn cut(text: &str, longest: usize) -> String {
    if text.encode_utf16().take(longest + 1).count() <= longest {
        return text.to_owned();
    }
    let mut left = longest.saturating_sub(1);
    let mut kept = String::new();
    for letter in text.chars() {
        let Some(rest) = left.checked_sub(letter.len_utf16()) else { break };
        left = rest;
        kept.push(letter);
    }
    kept.push('…');
    kept
}

/// A name that a sheet may have and that no other sheet of the workbook has.
pub(super) fn unique(wanted: &str, names: &mut Vec<String>) -> String {
    let clean: String =
        wanted.chars().filter(|letter| !letter.is_control()).map(|l| if "[]:*?/\\".contains(l) { '_' } else { l }).collect();
    let clean = clean.trim_matches(['\'', ' ', '\u{3000}']);
    let clean = if clean.is_empty() || clean.eq_ignore_ascii_case("history") { "sheet" } else { clean };
    let mut name = cut(clean, 31);
    let mut next = 2;
    while names.contains(&name.to_lowercase()) {
        let end = format!(" ({next})");
        name = format!("{}{end}", cut(clean, 31 - end.len()));
        next += 1;
    }
    names.push(name.to_lowercase());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_by_width() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("あいうえお", 10), 1);
        assert_eq!(lines("あいうえおか", 10), 2);
        assert_eq!(lines("あいうえお。", 10), 2);
        assert_eq!(lines("a\nb\n", 10), 3);
        assert_eq!(lines("abcdefgh ijkl", 10), 2);
    }

    #[test]
    fn names_of_sheets_are_clean_and_unique() {
        let mut names = Vec::new();
        assert_eq!(unique("a/b:[c]", &mut names), "a_b__c_");
        assert_eq!(unique("A/B:[c]", &mut names), "A_B__c_ (2)");
        assert_eq!(unique("''", &mut names), "sheet");
        assert_eq!(unique("History", &mut names), "sheet (2)");
        let long = unique(&"長".repeat(40), &mut names);
        assert_eq!((long.chars().count(), long.chars().last()), (31, Some('…')));
        assert_eq!(unique(&"長".repeat(40), &mut names).chars().count(), 31);
    }

    #[test]
    fn a_tall_row_becomes_several() {
        let mut sheet = Sheet::new("a", &[10.0, 10.0]);
        sheet.titles(["a", "b"]);
        sheet.rows.push(vec![Cell::new(0, "長".repeat(4000), Style::Text), Cell::new(1, "b", Style::Text)]);
        sheet.widen();
        let heights = sheet.split();
        assert!(heights.len() > 2 && heights.iter().all(|height| *height <= TALLEST), "{heights:?}");
        assert_eq!(sheet.rows[1][0].rows as usize, heights.len() - 1);
    }
}
