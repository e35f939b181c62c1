//! Which files a run reads, and reading them.
//!
//! A folder is walked as .gitignore and the settings say; a file that is named is read whatever
//! they say. Beside a named file the other files of its folder are read as context: its plan and
//! the reports of other years are there.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use globset::GlobSet;
use rayon::prelude::*;

use crate::config::{FILE_NAME, Settings};
use crate::source::{Source, SourceId, Span};

/// How a file came into the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Read so that others can be understood; nothing is said of it.
    Context,
    /// Found in a folder.
    Found,
    /// Named.
    Named,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// What people see: relative to the root, with `/`.
    pub name: String,
    /// How it came into the run.
    pub role: Role,
}

/// Why a file could not be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The system refuses; its own words.
    Refused(std::io::ErrorKind),
    /// It is larger than the limit, in bytes.
    TooLarge(u64),
    /// It is not UTF-8: the name of the encoding that it looks like.
    NotUtf8(&'static str),
}

/// A file that was read, or why it was not.
#[derive(Debug)]
pub struct Loaded {
    /// The text; of a file that is not UTF-8, what can be shown of it.
    pub source: Source,
    /// How it came into the run.
    pub role: Role,
    /// Why it could not be read, and where.
    pub unread: Option<(Unread, Span)>,
}

/// A file as it was read: its bytes, not yet looked at.
#[derive(Debug)]
pub struct Raw {
    /// What people see: relative to the root, with `/`.
    pub name: String,
    /// How it came into the run.
    pub role: Role,
    /// The bytes, or why there are none.
    pub bytes: Result<Vec<u8>, Unread>,
}

impl Raw {
    /// The file without its text: for one of which nothing is to be shown.
    #[must_use]
    pub fn without_text(self, index: usize) -> Loaded {
        Loaded { source: Source::new(id(index), self.name, String::new()), role: self.role, unread: None }
    }

    /// The file as text, with its number in a run.
    #[must_use]
    pub fn load(self, index: usize) -> Loaded {
        match self.bytes {
            Ok(bytes) => of_bytes(index, &self.name, self.role, bytes),
            Err(unread) => Loaded {
                source: Source::new(id(index), self.name, String::new()),
                role: self.role,
                unread: Some((unread, Span::default())),
            },
        }
    }
}

/// What could not be walked.
#[derive(Debug)]
pub enum Trouble {
    /// There is no such file or folder.
    NotFound(PathBuf),
    /// A folder, or something in it, cannot be read.
    Folder(PathBuf, std::io::ErrorKind),
}

/// The folder that names are relative to: the nearest one above with planlint.yaml, else the
/// nearest with .git, else the folder itself.
#[must_use]
pub fn root_of(start: &Path) -> PathBuf {
    let folder = if start.is_dir() { start } else { start.parent().unwrap_or(start) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let absolute = absolute(folder);
    let holds = |name: &str| absolute.ancestors().find(|folder| folder.join(name).exists()).map(Path::to_path_buf);
    holds(FILE_NAME).or_else(|| holds(".git")).unwrap_or(absolute)
}

/// A path from the root of the file system on, `.` and `..` resolved as they are written.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// The name of a file as people see it.
#[must_use]
pub fn name_of(path: &Path, root: &Path) -> String {
    let absolute = absolute(path);
    let relative = absolute.strip_prefix(root).unwrap_or(&absolute);
    let mut name = String::new();
    for component in relative.components() {
        match component {
            Component::RootDir => name.push('/'),
            Component::CurDir => {}
            other => {
                if !name.is_empty() && !name.ends_with('/') {
                    name.push('/');
                }
                name.push_str(&other.as_os_str().to_string_lossy());
            }
        }
    }
    in_a_line(name)
}

/// A name without the characters that would break a line or command a terminal.
#[must_use]
pub fn in_a_line(name: String) -> String {
    if name.contains(char::is_control) { name.replace(char::is_control, "\u{fffd}") } else { name }
}

/// The files of a run, in the order of their names.
///
/// # Errors
/// Where a pattern of the settings cannot be read.
pub fn discover(paths: &[PathBuf], settings: &Settings) -> Result<(Vec<Input>, Vec<Trouble>), globset::Error> {
    let scope = Scope::new(paths, settings)?;
    let mut files: BTreeMap<String, Input> = BTreeMap::new();
    let mut trouble = Vec::new();
    let mut add = |path: PathBuf, role: Role| {
        let name = name_of(&path, &settings.root);
        let entry = files.entry(name.clone()).or_insert(Input { path, name, role });
        entry.role = entry.role.max(role);
    };
    let wanted = |path: &Path| scope.is_wanted(&name_of(path, &settings.root));
    for path in paths {
        if path.is_dir() {
            walk(
                path,
                &mut |file| {
                    if wanted(&file) {
                        add(file, Role::Found)
                    }
                },
                &mut trouble,
                None,
            );
        } else if path.exists() || path.is_symlink() {
            add(path.clone(), Role::Named);
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            walk(
                folder,
                &mut |file| {
                    if wanted(&file) {
                        add(file, Role::Context)
                    }
                },
                &mut Vec::new(),
                Some(1),
            );
        } else {
            trouble.push(Trouble::NotFound(path.clone()));
        }
    }
    Ok((files.into_values().collect(), trouble))
}

/// What a run looks at, by names alone: for files that are not on the disk.
#[derive(Debug)]
pub struct Scope {
    folders: Vec<String>,
    named: Vec<String>,
    include: GlobSet,
    exclude: GlobSet,
}

impl Scope {
    /// What files and folders stand for.
    ///
    /// # Errors
    /// Where a pattern of the settings cannot be read.
    pub fn new(paths: &[PathBuf], settings: &Settings) -> Result<Self, globset::Error> {
        let (include, exclude) = settings.globs()?;
        let (folders, named): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.is_dir());
        let names = |paths: Vec<&PathBuf>| paths.into_iter().map(|path| name_of(path, &settings.root)).collect();
        Ok(Self { folders: names(folders), named: names(named), include, exclude })
    }

    fn is_wanted(&self, name: &str) -> bool {
        let last = name.rsplit('/').next().unwrap_or(name);
        self.include.is_match(name) && !self.exclude.is_match(name) && last != FILE_NAME
    }

    /// How a file of that name comes into the run, if it does. Hidden files do not, unless named.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<Role> {
        if self.named.iter().any(|named| named == name) {
            return Some(Role::Named);
        }
        if !self.is_wanted(name) {
            return None;
        }
        let inside = |folder: &str| match folder {
            "" => Some(name).filter(|name| !name.starts_with('/')),
            folder => name.strip_prefix(folder)?.strip_prefix('/'),
        };
        let is_shown = |rest: &str| !rest.split('/').any(|part| part.starts_with('.'));
        if self.folders.iter().any(|folder| inside(folder).is_some_and(is_shown)) {
            return Some(Role::Found);
        }
        let beside = |named: &String| inside(named.rsplit_once('/').map_or("", |(folder, _)| folder));
        self.named.iter().any(|named| beside(named).is_some_and(|rest| !rest.contains('/') && is_shown(rest))).then_some(Role::Context)
    }
}

fn walk(folder: &Path, add: &mut dyn FnMut(PathBuf), trouble: &mut Vec<Trouble>, depth: Option<usize>) {
    let walker = ignore::WalkBuilder::new(folder).max_depth(depth).require_git(false).build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| !kind.is_dir()) => add(entry.into_path()),
            Ok(_) => {}
            Err(error) => {
                let path = path_of(&error).unwrap_or_else(|| folder.to_path_buf());
                if let Some(io) = error.io_error() {
                    trouble.push(Trouble::Folder(path, io.kind()));
                }
            }
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// How many files make it worth while to start threads.
const FEW: usize = 8;

/// Reads files. `done` is called after each.
pub fn read(inputs: &[Input], settings: &Settings, done: &(dyn Fn() + Sync)) -> Vec<Raw> {
    let limit = settings.max_file_size.value;
    let read = |input: &Input| {
        let raw = Raw { name: input.name.clone(), role: input.role, bytes: bytes(&input.path, limit) };
        done();
        raw
    };
    if inputs.len() < FEW { inputs.iter().map(read).collect() } else { inputs.par_iter().map(read).collect() }
}

fn id(index: usize) -> SourceId {
    SourceId(u32::try_from(index).unwrap_or(u32::MAX))
}

fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    let refused = |error: std::io::Error| Unread::Refused(error.kind());
    let file = std::fs::File::open(path).map_err(refused)?;
    let size = file.metadata().map_err(refused)?.len();
    if size > limit {
        return Err(Unread::TooLarge(limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > limit {
        return Err(Unread::TooLarge(limit));
    }
    Ok(bytes)
}

/// A file of these bytes.
#[must_use]
pub fn of_bytes(index: usize, name: &str, role: Role, bytes: Vec<u8>) -> Loaded {
    let source = |text: String| Source::new(id(index), name, text);
    // A check of many bytes at a time and a copy take a fraction of the check that moves the bytes.
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes) {
        return Loaded { source: source(text.to_owned()), role, unread: None };
    }
    match String::from_utf8(bytes) {
        Ok(text) => Loaded { source: source(text), role, unread: None },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let encoding = guess(&bytes);
            // What precedes the first wrong byte stands as it is, so that offsets stay true.
            let line_end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length);
            let shown = if encoding == BINARY { String::new() } else { String::from_utf8_lossy(&bytes[..line_end]).into_owned() };
            let start = u32::try_from(at.min(shown.len())).unwrap_or(0);
            let width = shown.get(start as usize..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let span = Span::new(start, start + u32::try_from(width).unwrap_or(0));
            Loaded { source: source(shown), role, unread: Some((Unread::NotUtf8(encoding), span)) }
        }
    }
}

/// What [`guess`] says of a file that is no text.
pub const BINARY: &str = "binary";

/// The encoding that bytes look like.
fn guess(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xFF, 0xFE, ..] => return "UTF-16LE",
        [0xFE, 0xFF, ..] => return "UTF-16BE",
        _ => {}
    }
    let head = &bytes[..bytes.len().min(64 << 10)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    if zeros(0) + zeros(1) > 0 {
        return match (zeros(0) * 8 > head.len(), zeros(1) * 8 > head.len()) {
            (true, false) => "UTF-16BE",
            (false, true) => "UTF-16LE",
            _ => BINARY,
        };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"jp"), chardetng::Utf8Detection::Deny);
    if encoding.decode_without_bom_handling(head).1 { BINARY } else { encoding.name() }
}
