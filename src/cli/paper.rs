//! What `memo` and `document` share: which report is meant, in which form it is written, and where.

use std::io::{IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use super::args::{FormArg, Paper};
use super::check::write_beside;
use super::{Failure, deliver};
use crate::calendar::{FiscalYear, parse_fiscal_year};
use crate::catalogue::Lang;
use crate::model::Edition;
use crate::report::template::Form;

impl FormArg {
    /// The form of the templates; nothing where the file is made without a template of a user's.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::Html => Some(Form::Html),
            Self::Md => Some(Form::Markdown),
            #[cfg(feature = "docx")]
            Self::Docx => None,
            #[cfg(feature = "xlsx")]
            Self::Xlsx => None,
        }
    }

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            #[cfg(feature = "docx")]
            Self::Docx => "docx",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "xlsx",
        }
    }
}

impl Paper {
    /// The year that is asked for.
    ///
    /// # Errors
    /// What is no fiscal year.
    pub fn fiscal_year(&self, lang: Lang) -> Result<Option<FiscalYear>, Failure> {
        let Some(text) = self.year.as_deref() else { return Ok(None) };
        let year = parse_fiscal_year(text).ok_or_else(|| {
            Failure(match lang {
                Lang::Ja => format!("--year の「{text}」を年度として読めません（2024、令和6年度、R6 など）"),
                Lang::En => format!("--year: `{text}` is no fiscal year (write 2024, 令和6年度 or R6)"),
            })
        })?;
        Ok(Some(year))
    }

    /// The ending of the files that are made.
    pub fn extension(&self, is_data: bool) -> &'static str {
        if is_data { "json" } else { self.to.extension() }
    }

    /// A template of a user's makes text.
    ///
    /// # Errors
    /// A template where the form is made without one.
    pub fn template_form(&self, lang: Lang) -> Result<Form, Failure> {
        self.to.form().ok_or_else(|| {
            let to = self.to.extension();
            Failure(match lang {
                Lang::Ja => format!("--template は html と md で使えます（--to {to} では使えません）"),
                Lang::En => format!("--template makes html or md, not {to}"),
            })
        })
    }

    /// Where a file goes: a folder takes it by its own name; a place that ends like the form is the
    /// file, where there is one only.
    pub fn place(&self, place: &Path, name: &str, extension: &str, is_only: bool) -> PathBuf {
        let is_file = is_only && !place.is_dir() && place.extension().is_some_and(|known| known.eq_ignore_ascii_case(extension));
        if is_file { place.to_path_buf() } else { place.join(name) }
    }

    /// Writes to standard output, which takes no binary form where people look at it. Says whether
    /// anybody still reads.
    ///
    /// # Errors
    /// A terminal, or a stream that cannot be written.
    pub fn print(&self, bytes: &[u8], is_data: bool, lang: Lang, out: &mut dyn Write) -> Result<bool, Failure> {
        if !is_data && self.to.form().is_none() && std::io::stdout().is_terminal() {
            let to = self.to.extension();
            return Err(Failure(match lang {
                Lang::Ja => format!("{to} は画面に表示できません。-o でファイルかフォルダを指定してください"),
                Lang::En => format!("{to} cannot be shown on a terminal: name a file or a folder with -o"),
            }));
        }
        deliver(out, bytes)
    }
}

/// Several reports do not go into one stream.
pub(super) fn several(names: &[String], lang: Lang) -> Failure {
    Failure(match lang {
        Lang::Ja => format!(
            "報告が{}件あります（{}）。-o で出力先のフォルダを指定するか、--plan と --year で1件に絞ってください",
            names.len(),
            names.join("、")
        ),
        Lang::En => {
            format!("there are {} reports ({}); name a folder with -o, or one report with --plan and --year", names.len(), names.join(", "))
        }
    })
}

/// The name of a file: plan, year, edition where it is not the year's, and what is made. An id is
/// a word of the plan: no more of it than letters and digits becomes a file's name.
pub(super) fn file_name(plan: &str, year: FiscalYear, edition: Edition, what: &str, extension: &str) -> String {
    let plan: String =
        plan.chars().map(|letter| if letter.is_alphanumeric() || letter == '-' || letter == '_' { letter } else { '-' }).collect();
    let edition = match edition {
        Edition::Annual => "",
        Edition::Interim => "-interim",
        Edition::Excerpt => "-excerpt",
    };
    let dash = if what.is_empty() { "" } else { "-" };
    format!("{plan}-{}{edition}{dash}{what}.{extension}", year.number())
}

/// Writes a file, with the folders that lead to it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| Failure(format!("{}: {error}", folder.display())))?;
    }
    write_beside(path, bytes)
}
