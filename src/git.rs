//! What git keeps of a repository: the files of a commit and those of the index.
//!
//! The git program is asked; nothing is fetched, nothing is written, no hook and no filter is run.
//! A file is its bytes as git stores them.

use std::collections::BTreeMap;
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::files::{self, Raw, Role, Unread};

/// Why git could not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no git program.
    NoProgram,
    /// The folder is in no repository.
    NoRepository,
    /// There is no such commit here; whether the clone is shallow.
    NoCommit(String, bool),
    /// It has no commit in common with HEAD here; whether the clone is shallow.
    NoCommon(String, bool),
    /// A file is in the middle of a merge.
    Unmerged(String),
    /// An object is not in this clone.
    Missing,
    /// Anything else, in git's own words.
    Failed(String),
}

/// A file that git keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name relative to the root of the run.
    pub name: String,
    object: String,
    is_link: bool,
}

/// A repository, seen from the root of a run.
#[derive(Debug)]
pub struct Repository {
    /// The folder in which git is asked.
    folder: PathBuf,
    /// The top of the work tree.
    top: PathBuf,
    /// From the top to the folder: empty or ending with `/`.
    prefix: String,
    /// The root of the run.
    root: PathBuf,
}

/// The modes of plain files, and of a link.
const PLAIN: [&str; 2] = ["100644", "100755"];
const LINK: &str = "120000";

impl Repository {
    /// The repository that holds the root of a run.
    ///
    /// # Errors
    /// Where there is none, or no git.
    pub fn open(root: &Path) -> Result<Self, Fault> {
        // A hook has a repository named for it; then only the folder it runs in tells the top.
        let folder = if std::env::var_os("GIT_DIR").is_some() { std::path::absolute(".").unwrap_or_default() } else { root.to_path_buf() };
        let mut repository = Self { top: folder.clone(), folder, prefix: String::new(), root: root.to_path_buf() };
        let prefix = repository.ask(&["rev-parse", "--show-prefix"]).map_err(|fault| match fault {
            Fault::Failed(words) if words.contains("not a git repository") => Fault::NoRepository,
            other => other,
        })?;
        repository.prefix = String::from_utf8_lossy(&prefix).trim_end_matches(['\n', '\r']).to_owned();
        for _ in repository.prefix.split_terminator('/') {
            repository.top.pop();
        }
        Ok(repository)
    }

    /// The commit of a name; with `...` behind it, the one where it and HEAD parted.
    ///
    /// # Errors
    /// Where it is not in this clone.
    pub fn commit(&self, name: &str) -> Result<String, Fault> {
        let Some(other) = name.strip_suffix("...") else {
            return self.resolve(name).ok_or_else(|| Fault::NoCommit(name.to_owned(), self.is_shallow()));
        };
        let other = self.commit(other)?;
        let head = self.commit("HEAD")?;
        match self.ask(&["merge-base", &other, &head]) {
            Ok(found) => Ok(String::from_utf8_lossy(&found).trim().to_owned()),
            Err(_) => Err(Fault::NoCommon(name.to_owned(), self.is_shallow())),
        }
    }

    /// The commit of HEAD; nothing where there is no commit yet.
    ///
    /// # Errors
    /// Where HEAD is not in this clone.
    pub fn head(&self) -> Result<Option<String>, Fault> {
        match self.resolve("HEAD") {
            Some(commit) => Ok(Some(commit)),
            None if self.ask(&["symbolic-ref", "--quiet", "HEAD"]).is_ok() => Ok(None),
            None => Err(Fault::NoCommit("HEAD".to_owned(), self.is_shallow())),
        }
    }

    fn resolve(&self, name: &str) -> Option<String> {
        let name = format!("{name}^{{commit}}");
        let found = self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name]).ok()?;
        Some(String::from_utf8_lossy(&found).trim().to_owned()).filter(|found| !found.is_empty())
    }

    fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.starts_with(b"true"))
    }

    /// The files of a commit.
    ///
    /// # Errors
    /// Those of git.
    pub fn tree(&self, commit: &str) -> Result<Vec<Kept>, Fault> {
        let rows = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        let kept = rows.split(|byte| *byte == 0).filter_map(|row| {
            let (head, name) = split(row)?;
            let [mode, _kind, object] = head.split(' ').collect::<Vec<_>>()[..] else { return None };
            self.kept(mode, object, &name)
        });
        Ok(kept.collect())
    }

    /// The files of the index.
    ///
    /// # Errors
    /// Those of git; a file in the middle of a merge is one.
    pub fn index(&self) -> Result<Vec<Kept>, Fault> {
        let rows = self.ask(&["ls-files", "--stage", "-z", "--full-name", ":/"])?;
        let mut kept = Vec::new();
        for row in rows.split(|byte| *byte == 0) {
            let Some((head, name)) = split(row) else { continue };
            let [mode, object, stage] = head.split(' ').collect::<Vec<_>>()[..] else { continue };
            if stage != "0" {
                return Err(Fault::Unmerged(self.name(&name)));
            }
            kept.extend(self.kept(mode, object, &name));
        }
        Ok(kept)
    }

    fn kept(&self, mode: &str, object: &str, name: &str) -> Option<Kept> {
        let is_link = mode == LINK;
        (is_link || PLAIN.contains(&mode)).then(|| Kept { name: self.name(name), object: object.to_owned(), is_link })
    }

    /// The name of a file relative to the root of the run.
    fn name(&self, name: &str) -> String {
        match name.strip_prefix(&self.prefix) {
            Some(rest) if self.folder == self.root => files::in_a_line(rest.to_owned()),
            _ => files::name_of(&self.top.join(name), &self.root),
        }
    }

    /// Reads files that git keeps, in the order of their names.
    ///
    /// # Errors
    /// Those of git; an object that is not in this clone is one.
    pub fn load(&self, all: &[Kept], wanted: impl Fn(&str) -> Option<Role>, limit: u64) -> Result<Vec<Raw>, Fault> {
        let by_name: BTreeMap<&str, &Kept> = all.iter().map(|kept| (kept.name.as_str(), kept)).collect();
        let mut found: Vec<(&str, Role, &str)> = Vec::new();
        for (name, kept) in &by_name {
            let Some(role) = wanted(name) else { continue };
            let target = if kept.is_link { self.follow(kept, &by_name)? } else { Some(*kept) };
            if let Some(target) = target {
                found.push((name, role, &target.object));
            }
        }
        let objects: Vec<&str> = found.iter().map(|(_, _, object)| *object).collect();
        let bytes = self.read(&objects, limit)?;
        Ok(found.into_iter().zip(bytes).map(|((name, role, _), bytes)| Raw { name: name.to_owned(), role, bytes }).collect())
    }

    /// What a link leads to inside the same tree, other links not followed.
    fn follow<'a>(&self, link: &Kept, all: &BTreeMap<&str, &'a Kept>) -> Result<Option<&'a Kept>, Fault> {
        let Some(Ok(target)) = self.read(&[&link.object], 1 << 16)?.pop() else { return Ok(None) };
        let place = self.root.join(&link.name);
        let target = place.parent().unwrap_or(&place).join(String::from_utf8_lossy(&target).as_ref());
        Ok(all.get(files::name_of(&target, &self.root).as_str()).copied().filter(|kept| !kept.is_link))
    }

    /// The bytes of objects, in their order.
    fn read(&self, objects: &[&str], limit: u64) -> Result<Vec<Result<Vec<u8>, Unread>>, Fault> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let failed = |error: std::io::Error| Fault::Failed(error.to_string());
        let mut child = self
            .git(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(missing)?;
        let (Some(mut asking), Some(answers)) = (child.stdin.take(), child.stdout.take()) else { return Err(Fault::Missing) };
        let names: String = objects.iter().map(|object| format!("{object}\n")).collect();
        // Both pipes are of limited size: what is asked is written while the answers are read.
        let writer = std::thread::spawn(move || asking.write_all(names.as_bytes()));
        let mut answers = BufReader::new(answers);
        let mut all = Vec::with_capacity(objects.len());
        for _ in objects {
            all.push(answer(&mut answers, limit).map_err(failed)?.ok_or(Fault::Missing)?);
        }
        let _ = writer.join();
        let _ = child.wait();
        Ok(all)
    }

    fn git(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.folder).arg("--no-pager").args(args);
        // Nothing is fetched and nothing is written, and messages are in one language.
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        command
    }

    fn ask(&self, args: &[&str]) -> Result<Vec<u8>, Fault> {
        let output = self.git(args).stdin(Stdio::null()).output().map_err(missing)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let words = String::from_utf8_lossy(&output.stderr);
        Err(Fault::Failed(words.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned()))
    }
}

fn missing(error: std::io::Error) -> Fault {
    if error.kind() == std::io::ErrorKind::NotFound { Fault::NoProgram } else { Fault::Failed(error.to_string()) }
}

/// A row of git: what is said of a file, and its name.
fn split(row: &[u8]) -> Option<(String, String)> {
    let at = row.iter().position(|byte| *byte == b'\t')?;
    Some((String::from_utf8_lossy(&row[..at]).into_owned(), String::from_utf8_lossy(&row[at + 1..]).into_owned()))
}

/// One answer of `git cat-file --batch`; nothing where the object is not there.
fn answer(answers: &mut impl std::io::BufRead, limit: u64) -> std::io::Result<Option<Result<Vec<u8>, Unread>>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let [_, "blob", size] = head.trim_end().split(' ').collect::<Vec<_>>()[..] else { return Ok(None) };
    let size: u64 = size.parse().map_err(std::io::Error::other)?;
    let mut rest = answers.take(size + 1);
    if size > limit {
        std::io::copy(&mut rest, &mut std::io::sink())?;
        return Ok(Some(Err(Unread::TooLarge(limit))));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    rest.read_to_end(&mut bytes)?;
    bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    Ok(Some(Ok(bytes)))
}
