//! The command line: arguments → settings → a run → an exit status.

mod args;
mod baseline;
mod check;
mod clean;
mod document;
pub mod documents;
mod explain;
mod ignores;
mod inputs;
mod memo;
mod paper;
mod progress;
mod show;
mod since;
mod table;
mod watch;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use args::{Cli, Command};

/// 0: nothing at or above `--fail-on`.
pub const CLEAN: u8 = 0;
/// 1: findings.
pub const FINDINGS: u8 = 1;
/// 2: the run could not be made.
pub const FAILED: u8 = 2;
/// 3: no plan or report was found.
pub const NOTHING: u8 = 3;

/// Why a run could not be made: a sentence in the language of the run.
#[derive(Debug)]
struct Failure(String);

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// What a command came to: an exit status, or that the reader of the output has gone.
enum End {
    Status(u8),
    ReaderGone,
}

type Ended = Result<End, Failure>;

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match args::parse(&args) {
        Ok(cli) => cli,
        Err(message) => {
            let status = if message.is_help { CLEAN } else { FAILED };
            let _ = if message.is_help { out.write_all(message.text.as_bytes()) } else { err.write_all(message.text.as_bytes()) };
            return ExitCode::from(status);
        }
    };
    match dispatch(cli, out, err) {
        Ok(End::Status(status)) => ExitCode::from(status),
        // Whoever read the output has read enough: that is no error.
        Ok(End::ReaderGone) => ExitCode::from(CLEAN),
        Err(Failure(message)) => {
            let _ = writeln!(err, "planlint: {message}");
            ExitCode::from(FAILED)
        }
    }
}

fn dispatch(cli: Cli, out: &mut dyn Write, err: &mut dyn Write) -> Ended {
    match cli.command {
        Command::Check(check) => check::run(&cli.common, &check, out, err),
        Command::Memo(args) => memo::run(&cli.common, &args, out, err),
        Command::Document(document) => document::run(&cli.common, &document, out, err),
        Command::Explain(explain) => written(explain::explain(&cli.common, &explain, out)),
        Command::Rules(rules) => written(explain::rules(&cli.common, &rules, out)),
        Command::Ignores(ignores) => ignores::run(&cli.common, &ignores, out, err),
        Command::Baseline(baseline) => baseline::run(&cli.common, &baseline.command, out, err),
        Command::Clean(clean) => clean::run(&cli.common, &clean, err),
        Command::Config(config) => show::config(&cli.common, &config, out, err),
        Command::Schema(schema) => written(show::schema(&schema, out)),
        Command::Completions(completions) => written(show::completions(&completions, out)),
        Command::Man(man) => written(show::man(&cli.common, &man, out)),
    }
}

/// A command that only writes.
fn written(result: Result<(), Failure>) -> Ended {
    result.map(|()| End::Status(CLEAN))
}

/// Writes a text; `false` where the reader has gone.
fn deliver(out: &mut dyn Write, text: &[u8]) -> Result<bool, Failure> {
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.into()),
    }
}
