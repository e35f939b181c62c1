//! The arguments. One definition feeds the parser, the help in both languages and the completions;
//! the file is as long as their list.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::words;
use crate::catalogue::{Lang, Level, Profile};
use crate::config::FailOn;
use crate::report::document::Layout;
use crate::report::memo::Audience;

/// Checks public plans and their yearly reports, and renders memos from them.
#[derive(Debug, Parser)]
#[command(name = "planlint", version, disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Language of every word
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// Settings to use instead of planlint.yaml
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: Colour,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LangArg {
    Ja,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Ja => Lang::Ja,
            LangArg::En => Lang::En,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find what is wrong in plans and reports
    Check(Check),
    /// Render review memos
    Memo(Memo),
    /// Render a report as the document that a city publishes
    Document(Document),
    /// Say what a rule means, why, and show examples
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// List the comments that accept findings
    Ignores(Ignores),
    /// Keep a file of known findings, so that only new ones count
    Baseline(Baseline),
    /// Take away the results that runs have kept
    Clean(Clean),
    /// Show the settings in force, or their schema
    Config(Config),
    /// Print a JSON Schema
    Schema(Schema),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print a page of the manual
    #[command(hide = true)]
    Man(Man),
}

/// Which files are read and which rules are on.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Selection {
    /// Files or folders; - for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Name of the file that standard input stands for
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<PathBuf>,
    /// Only these rules, groups or tiers
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Not these rules, groups or tiers
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Which rules are on
    #[arg(long, value_enum)]
    pub profile: Option<ProfileArg>,
    /// The day of the run, for rules that need one
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<jiff::civil::Date>,
    /// Pass over comments that accept findings
    #[arg(long)]
    pub no_ignores: bool,
    /// Number of threads
    #[arg(short = 'j', long, value_name = "N")]
    pub jobs: Option<usize>,
    /// No progress bar
    #[arg(long)]
    pub no_progress: bool,
    /// Which parser reads files; the findings are the same
    #[arg(long, value_enum, hide = true)]
    pub parser: Option<ParserArg>,
}

/// What is done with the results of earlier runs.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Caching {
    /// Keep results for the next run, however little there is to check
    #[arg(long, conflicts_with = "no_cache")]
    pub cache: bool,
    /// Check everything anew, and keep no results for the next run
    #[arg(long)]
    pub no_cache: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ParserArg {
    Fast,
    Granit,
}

impl From<ParserArg> for crate::document::Parser {
    fn from(parser: ParserArg) -> Self {
        match parser {
            ParserArg::Fast => Self::Fast,
            ParserArg::Granit => Self::Granit,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub caching: Caching,
    /// Form of the output; may be given several times, each with its own -o
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Vec<Format>,
    /// File for the output of the format before it
    #[arg(short, long, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Each format with its file; none is standard output.
    #[arg(skip)]
    pub outputs: Vec<(Format, Option<PathBuf>)>,
    /// Least level that is shown
    #[arg(long, value_enum, default_value = "note")]
    pub level: LevelArg,
    /// Least level that makes the exit status 1
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOnArg>,
    /// Count the findings of each rule instead of showing them
    #[arg(long)]
    pub statistics: bool,
    /// No summary
    #[arg(short, long)]
    pub quiet: bool,
    /// File of known findings, which do not count
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub baseline: Option<PathBuf>,
    /// No file of known findings
    #[arg(long)]
    pub no_baseline: bool,
    /// Only what this commit, branch or tag did not have yet; REF... for where it and HEAD parted
    #[arg(long, value_name = "REF")]
    pub since: Option<String>,
    /// The index instead of the work tree, against HEAD or --since
    #[arg(long)]
    pub staged: bool,
    /// Stay, and check again whenever a file is saved
    #[arg(long, conflicts_with_all = ["staged", "output", "statistics"])]
    pub watch: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// An excerpt with carets
    Full,
    /// A line a finding
    Concise,
    /// By file
    Grouped,
    /// JSON, version 1
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code quality of GitLab
    Gitlab,
    /// JUnit XML
    Junit,
    /// A table for a merge request
    Markdown,
}

impl Format {
    /// Whether people read it: then `--level` and colours count.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Full | Self::Concise | Self::Grouped)
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LevelArg {
    Error,
    Warning,
    Note,
}

impl From<LevelArg> for Level {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::Error => Level::Error,
            LevelArg::Warning => Level::Warning,
            LevelArg::Note => Level::Note,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FailOnArg {
    Error,
    Warning,
    Note,
    Never,
}

impl From<FailOnArg> for FailOn {
    fn from(fail_on: FailOnArg) -> Self {
        match fail_on {
            FailOnArg::Error => FailOn::Level(Level::Error),
            FailOnArg::Warning => FailOn::Level(Level::Warning),
            FailOnArg::Note => FailOn::Level(Level::Note),
            FailOnArg::Never => FailOn::Never,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ProfileArg {
    Standard,
    Strict,
    Publication,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Standard => Profile::Standard,
            ProfileArg::Strict => Profile::Strict,
            ProfileArg::Publication => Profile::Publication,
        }
    }
}

/// Which reports are put on paper, in which form and where.
#[derive(Debug, Args)]
pub(super) struct Paper {
    /// Form of the file
    #[arg(long, value_enum, default_value = "html")]
    pub to: FormArg,
    /// Folder for the files, or a file where there is one
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Only this plan
    #[arg(long, value_name = "ID")]
    pub plan: Option<String>,
    /// Only this fiscal year
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Memo {
    #[command(flatten)]
    pub selection: Selection,
    /// For whom the memo is
    #[arg(long = "for", value_enum, value_name = "READER", default_value = "committee")]
    pub audience: AudienceArg,
    #[command(flatten)]
    pub paper: Paper,
    /// File of known findings; the others are new
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub baseline: Option<PathBuf>,
    /// No file of known findings
    #[arg(long)]
    pub no_baseline: bool,
    /// Template to use instead of ours
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Print the data that templates see, as JSON
    #[arg(long, conflicts_with = "template")]
    pub dump_data: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AudienceArg {
    Committee,
    Author,
    Reviewer,
}

impl From<AudienceArg> for Audience {
    fn from(audience: AudienceArg) -> Self {
        match audience {
            AudienceArg::Committee => Audience::Committee,
            AudienceArg::Author => Audience::Author,
            AudienceArg::Reviewer => Audience::Reviewer,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Document {
    /// Files or folders
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Shape of the document
    #[arg(long, value_enum, required_unless_present_any = ["template", "dump_data"])]
    pub layout: Option<LayoutArg>,
    #[command(flatten)]
    pub paper: Paper,
    /// Template to use instead of a layout
    #[arg(long, value_name = "FILE", conflicts_with = "layout")]
    pub template: Option<PathBuf>,
    /// Print the data that templates see, as JSON
    #[arg(long, conflicts_with_all = ["template", "layout"])]
    pub dump_data: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LayoutArg {
    Activities,
    EvaluationSheet,
    InterimReport,
    ProjectTable,
    ProgressSheet,
}

impl From<LayoutArg> for Layout {
    fn from(layout: LayoutArg) -> Self {
        match layout {
            LayoutArg::Activities => Layout::Activities,
            LayoutArg::EvaluationSheet => Layout::EvaluationSheet,
            LayoutArg::InterimReport => Layout::InterimReport,
            LayoutArg::ProjectTable => Layout::ProjectTable,
            LayoutArg::ProgressSheet => Layout::ProgressSheet,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormArg {
    Html,
    Md,
    #[cfg(feature = "docx")]
    Docx,
    #[cfg(feature = "xlsx")]
    Xlsx,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule's id
    #[arg(value_name = "RULE")]
    pub rule: String,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    /// Form of the list
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ListFormat {
    Table,
    Json,
    Md,
}

#[derive(Debug, Args)]
pub(super) struct Ignores {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub caching: Caching,
    /// Form of the list
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct Baseline {
    #[command(subcommand)]
    pub command: BaselineCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Write every present finding into a new file
    Create(BaselineFile),
    /// Take in new findings and leave out those that are gone
    Update(BaselineFile),
    /// Leave out findings that are gone
    Prune(BaselineFile),
    /// List the known findings, and which of them are gone
    #[command(name = "show")]
    Show(BaselineShow),
}

#[derive(Debug, Args)]
pub(super) struct BaselineFile {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub caching: Caching,
    /// File of known findings
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct BaselineShow {
    #[command(flatten)]
    pub file: BaselineFile,
    /// Form of the list
    #[arg(short, long, value_enum, default_value = "table")]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct Clean {
    /// Files or folders whose results are taken away
    #[arg(value_name = "PATH")]
    pub folders: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Command whose page it is
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(subcommand)]
    pub command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// The settings in force, and where each comes from
    Show,
    /// The JSON Schema of planlint.yaml
    Schema,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which schema
    #[arg(value_enum)]
    pub name: SchemaName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaName {
    Plan,
    Report,
    Config,
    Rule,
    Findings,
    Baseline,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// What is printed instead of a run: help, the version, or what is wrong with the arguments.
pub(super) struct Message {
    pub text: String,
    pub is_help: bool,
}

/// The command with its words in one language.
pub(super) fn command(lang: Lang) -> clap::Command {
    words::localise(Cli::command(), lang)
}

/// Reads the arguments.
pub(super) fn parse(args: &[OsString]) -> Result<Cli, Message> {
    let lang = lang_of(args);
    let message = |error: clap::Error| {
        let is_help = !error.use_stderr();
        Message { text: words::error(&error, lang), is_help }
    };
    let matches = command(lang).try_get_matches_from(args).map_err(message)?;
    let mut cli = Cli::from_arg_matches(&matches).map_err(message)?;
    if let (Command::Check(check), Some(matches)) = (&mut cli.command, matches.subcommand_matches("check")) {
        check.outputs = pairs(check, matches).ok_or_else(|| Message { text: words::unpaired(lang), is_help: false })?;
    }
    Ok(cli)
}

/// Each `-o` belongs to the `-f` before it; nothing where one has no format of its own.
fn pairs(check: &Check, matches: &clap::ArgMatches) -> Option<Vec<(Format, Option<PathBuf>)>> {
    let at = |name: &str| matches.indices_of(name).into_iter().flatten();
    let mut marks: Vec<(usize, Option<Format>, Option<&PathBuf>)> =
        at("format").zip(&check.format).map(|(at, format)| (at, Some(*format), None)).collect();
    marks.extend(at("output").zip(&check.output).map(|(at, file)| (at, None, Some(file))));
    marks.sort_by_key(|(at, _, _)| *at);
    if check.format.is_empty() {
        marks.insert(0, (0, Some(Format::Full), None));
    }
    let mut pairs: Vec<(Format, Option<PathBuf>)> = Vec::new();
    for (_, format, file) in marks {
        match (format, file, pairs.last_mut()) {
            (Some(format), _, _) => pairs.push((format, None)),
            (None, Some(file), Some((_, slot @ None))) => *slot = Some(file.clone()),
            _ => return None,
        }
    }
    Some(pairs)
}

/// The language of help and of mistakes in the arguments: `--lang` wherever it stands.
fn lang_of(args: &[OsString]) -> Lang {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        let value = if arg == "--lang" { args.next() } else { arg.strip_prefix("--lang=") };
        match value {
            Some("en") => return Lang::En,
            Some("ja") => return Lang::Ja,
            _ => {}
        }
    }
    Lang::default()
}
