//! `planlint clean`: takes away the results that runs have kept.

use std::io::Write;
use std::path::PathBuf;

use super::args::{Clean, Common};
use super::{CLEAN, End, Ended, Failure};
use crate::catalogue::Lang;
use crate::check::cache;
use crate::files;

/// Takes away the folder of results of each path.
pub(super) fn run(common: &Common, args: &Clean, err: &mut dyn Write) -> Ended {
    let lang = common.lang.map(Lang::from).unwrap_or_default();
    let here = [PathBuf::from(".")];
    let paths = if args.folders.is_empty() { &here[..] } else { &args.folders };
    for path in paths {
        let root = files::root_of(path);
        let name = root.join(cache::FOLDER).display().to_string();
        let was_there = cache::clean(&root).map_err(|error| Failure(format!("{name}: {error}")))?;
        match (was_there, lang) {
            (true, Lang::Ja) => writeln!(err, "{name} を削除しました")?,
            (true, Lang::En) => writeln!(err, "{name} removed")?,
            (false, Lang::Ja) => writeln!(err, "{name} はありません")?,
            (false, Lang::En) => writeln!(err, "{name} does not exist")?,
        }
    }
    Ok(End::Status(CLEAN))
}
