//! `planlint clean`: takes away the results that runs have kept.

use std::io::Write;
use std::path::PathBuf;

use super::args::{Clean, Common, Selection};
use super::{CLEAN, End, Ended, Failure, inputs};
use crate::catalogue::Lang;
use crate::check::cache;
use crate::files;

/// The language that is asked for, or that the settings say; a mistake in them is no matter here.
fn lang(common: &Common, args: &Clean) -> Lang {
    let selection = Selection { paths: args.folders.clone(), ..Selection::default() };
    let settings = || inputs::settings(common, &selection, &mut std::io::sink()).ok();
    common.lang.map(Lang::from).or_else(|| settings().map(|settings| settings.lang.value)).unwrap_or_default()
}

/// Takes away the folder of results of each path.
pub(super) fn run(common: &Common, args: &Clean, err: &mut dyn Write) -> Ended {
    let lang = lang(common, args);
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
