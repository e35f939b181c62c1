//! `check --since` and `check --staged`: only what a change brings.
//!
//! Both versions are checked whole, by the same rules and settings, and the findings of the earlier
//! one are taken from those of the later one by fingerprint. So a finding that a change causes in a
//! file that it does not touch is shown, and one that was there before is not.

use std::collections::BTreeSet;

use super::Failure;
use super::args::{Caching, Check};
use super::inputs::{Begun, Inputs};
use super::progress::Progress;
use crate::catalogue::Lang;
use crate::check::Outcome;
use crate::config::Settings;
use crate::files::{Raw, Role, Scope};
use crate::git::{Fault, Kept, Repository};

/// The version that a run is held against.
pub(super) struct Earlier {
    repository: Repository,
    /// What people call it.
    pub name: String,
    /// Its commit; none where there is no commit yet.
    commit: Option<String>,
    /// What stands on the disk and is to be looked at.
    present: BTreeSet<String>,
    scope: Scope,
    caching: Caching,
}

/// The version that a run is held against, if it is held against one. With `--staged` the files of
/// the run become those of the index.
pub(super) fn find(args: &Check, begun: &mut Begun) -> Result<Option<Earlier>, Failure> {
    if args.since.is_none() && !args.staged {
        return Ok(None);
    }
    let lang = begun.settings.lang.value;
    let failed = |fault: Fault| Failure(words(&fault, lang));
    let repository = Repository::open(&begun.settings.root).map_err(failed)?;
    let (name, commit) = match &args.since {
        Some(name) => (name.clone(), Some(repository.commit(name).map_err(failed)?)),
        None => ("HEAD".to_owned(), repository.head().map_err(failed)?),
    };
    let present = begun.files.iter().map(|file| file.name.clone()).collect();
    let scope = Scope::new(&begun.paths, &begun.settings).map_err(|error| Failure(error.to_string()))?;
    let earlier = Earlier { repository, name, commit, present, scope, caching: args.caching.clone() };
    if args.staged {
        let kept = earlier.repository.index().map_err(failed)?;
        begun.files = earlier.load(&kept, &begun.settings, |role| role).map_err(failed)?;
    }
    Ok(Some(earlier))
}

impl Earlier {
    /// Takes out what the earlier version had too.
    pub(super) fn subtract(&self, outcome: &mut Outcome, inputs: &Inputs, progress: &Progress) -> Result<(), Failure> {
        let kept = match &self.commit {
            Some(commit) => self.repository.tree(commit),
            None => Ok(Vec::new()),
        };
        // A file of the run may have had another name before: whatever was beside it counts.
        let files = kept.and_then(|kept| self.load(&kept, &inputs.settings, |role| role.max(Role::Found)));
        let files = files.map_err(|fault| Failure(words(&fault, inputs.settings.lang.value)))?;
        let before = Begun { settings: inputs.settings.clone(), files, trouble: Vec::new(), paths: Vec::new() };
        outcome.subtract(&before.check(&self.caching, progress).1);
        Ok(())
    }

    fn load(&self, kept: &[Kept], settings: &Settings, role: impl Fn(Role) -> Role) -> Result<Vec<Raw>, Fault> {
        // What stands on the disk and was not found there is left out by .gitignore.
        let is_left_out = |name: &str| !self.present.contains(name) && settings.root.join(name).exists();
        let wanted = |name: &str| self.scope.role(name).filter(|_| !is_left_out(name)).map(&role);
        self.repository.load(kept, wanted, settings.max_file_size.value)
    }

    /// What a run says of the earlier version.
    pub(super) fn summary(&self, outcome: &Outcome, lang: Lang) -> String {
        let earlier = outcome.summary.earlier.unwrap_or(0);
        match lang {
            Lang::Ja => format!("前からある指摘 {earlier}件（{}）\n", self.name),
            Lang::En => format!("{} earlier ({})\n", super::check::plural(earlier, "finding"), self.name),
        }
    }
}

fn words(fault: &Fault, lang: Lang) -> String {
    let fetch = |shallow: bool| match (shallow, lang) {
        (true, Lang::Ja) => {
            "履歴を途中までしか持たない複製です（浅い複製）。git fetch --unshallow か、CIの設定（fetch-depth: 0、GIT_DEPTH: 0）で取り寄せてください"
        }
        (true, Lang::En) => "this clone is shallow: fetch more with git fetch --unshallow, or in CI with fetch-depth: 0 or GIT_DEPTH: 0",
        (false, Lang::Ja) => "名前を確かめるか、git fetch で取り寄せてください",
        (false, Lang::En) => "check its name, or fetch it with git fetch",
    };
    match (fault, lang) {
        (Fault::NoProgram, Lang::Ja) => "--since と --staged には git が要りますが、見つかりません".to_owned(),
        (Fault::NoProgram, Lang::En) => "--since and --staged need git, which was not found".to_owned(),
        (Fault::NoRepository, Lang::Ja) => "--since と --staged は git のリポジトリの中で使えます。ここはその中ではありません".to_owned(),
        (Fault::NoRepository, Lang::En) => "--since and --staged need a git repository, and this is none".to_owned(),
        (Fault::NoCommit(name, shallow), Lang::Ja) => format!("{name} という版がここにありません。{}", fetch(*shallow)),
        (Fault::NoCommit(name, shallow), Lang::En) => format!("there is no commit {name} here; {}", fetch(*shallow)),
        (Fault::NoCommon(name, shallow), Lang::Ja) => format!("{name}：HEAD と分かれた所がここにありません。{}", fetch(*shallow)),
        (Fault::NoCommon(name, shallow), Lang::En) => format!("{name}: where it and HEAD parted is not here; {}", fetch(*shallow)),
        (Fault::Unmerged(name), Lang::Ja) => format!("{name} の合流（merge）が終わっていません"),
        (Fault::Unmerged(name), Lang::En) => format!("{name} is in the middle of a merge"),
        (Fault::Missing, Lang::Ja) => {
            "比べる版のファイルがこの複製にありません（部分的な複製）。git fetch --refetch で取り寄せてください".to_owned()
        }
        (Fault::Missing, Lang::En) => {
            "files of the earlier version are not in this clone, which is partial; fetch them with git fetch --refetch".to_owned()
        }
        (Fault::Failed(words), _) => format!("git: {words}"),
    }
}
