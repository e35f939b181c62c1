//! What earlier runs have found, kept in a folder beside the settings.
//!
//! A result is known by everything that it rests on: the program, the settings, and the names and
//! contents of its files. Times and sizes of files are not asked, so a result is never one of
//! another text. What is damaged, cut off or written by another program is passed over, and a folder
//! that cannot be written to makes a run slower and nothing else.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::Xxh3Default;

use crate::config::Settings;
use crate::files::{Raw, Unread};

/// The name of the folder.
pub const FOLDER: &str = ".planlint_cache";

/// How many bytes make it worth while to keep results: about a hundred plans. A run over less is
/// over before anybody waits for it, and leaves nothing behind.
const MANY_BYTES: usize = 16 << 20;

/// What every file of results begins with: a name, and what its results rest on.
const MARK: &[u8; 16] = b"planlint-cache-1";
const HEAD: usize = MARK.len() + 16;

/// A record's key, the day of its last use, its length, and what it is checked by.
const ROW: usize = 16 + 4 + 4 + 8;

/// How long a result is kept that no run asks for, in days.
const KEPT_DAYS: u32 = 14;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What the program was made from; see `build.rs`.
const PROGRAM: &str = env!("PLANLINT_SOURCES");

/// The results of earlier runs under the same settings.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    basis: u128,
    bytes: Vec<u8>,
    rows: HashMap<u128, Row>,
    today: u32,
}

/// Where a record stands.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: usize,
    length: usize,
    day: u32,
}

/// What files and results are known by.
pub(super) struct Digest(Xxh3Default);

impl Digest {
    pub fn new() -> Self {
        Self(Xxh3Default::new())
    }

    /// Takes in bytes of any length.
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    pub fn number(mut self, number: u128) -> Self {
        self.0.update(&number.to_le_bytes());
        self
    }

    pub fn end(self) -> u128 {
        self.0.digest128()
    }

    /// What a file is known by: its name, how it came into the run, and its bytes.
    pub fn of(file: &Raw) -> u128 {
        let digest = Self::new().bytes(file.name.as_bytes()).number(file.role as u128);
        match &file.bytes {
            Ok(bytes) => digest.number(0).bytes(bytes),
            Err(Unread::Refused(kind)) => digest.number(1).bytes(format!("{kind:?}").as_bytes()),
            Err(Unread::TooLarge(limit)) => digest.number(2).number((*limit).into()),
            Err(Unread::NotUtf8(encoding)) => digest.number(3).bytes(encoding.as_bytes()),
        }
        .end()
    }
}

impl Cache {
    /// Whether results of a run over these files are worth keeping.
    #[must_use]
    pub fn is_worth_while(files: &[Raw]) -> bool {
        let bytes: usize = files.iter().map(|file| file.bytes.as_ref().map_or(0, Vec::len)).sum();
        bytes > MANY_BYTES
    }

    /// The results that are kept for these settings; none where nothing can be read.
    #[must_use]
    pub fn open(settings: &Settings) -> Self {
        let folder = settings.root.join(FOLDER);
        let basis = Digest::new().bytes(PROGRAM.as_bytes()).bytes(settings.basis().as_bytes()).end();
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let today = u32::try_from(now.as_secs() / DAY.as_secs()).unwrap_or(0);
        let mut cache = Self { folder, basis, bytes: Vec::new(), rows: HashMap::new(), today };
        cache.bytes = fs::read(cache.file()).unwrap_or_default();
        if cache.bytes.starts_with(&cache.head()) {
            cache.rows = rows(&cache.bytes);
        }
        cache
    }

    fn file(&self) -> PathBuf {
        self.folder.join(format!("{:032x}.results", self.basis))
    }

    fn head(&self) -> Vec<u8> {
        [MARK.as_slice(), &self.basis.to_le_bytes()].concat()
    }

    /// The record of a key, where there is one that is whole.
    pub(super) fn find(&self, key: u128) -> Option<&[u8]> {
        let row = self.rows.get(&key)?;
        let record = self.bytes.get(row.start..row.start + row.length)?;
        let check = self.bytes.get(row.start - 8..row.start)?;
        (check == self.check(key, row.day, record)).then_some(record)
    }

    /// What a record is checked by.
    fn check(&self, key: u128, day: u32, record: &[u8]) -> [u8; 8] {
        let digest = Digest::new().number(self.basis).number(key).number(day.into()).bytes(record).end();
        (digest as u64).to_le_bytes()
    }

    /// Keeps new records beside those that were used now or lately. Where another run writes at the
    /// same time, what one of them has found is kept.
    pub(super) fn keep(&self, used: &[u128], new: &[(u128, Vec<u8>)]) {
        let is_fresh = |key: &u128| self.rows.get(key).is_some_and(|row| row.day == self.today);
        if new.is_empty() && used.iter().all(is_fresh) {
            return;
        }
        let mut out = self.head();
        let mut put = |key: u128, day: u32, record: &[u8]| {
            let Ok(length) = u32::try_from(record.len()) else { return };
            out.extend(key.to_le_bytes());
            out.extend(day.to_le_bytes());
            out.extend(length.to_le_bytes());
            out.extend(self.check(key, day, record));
            out.extend(record);
        };
        let mut keys: Vec<u128> = self.rows.keys().copied().collect();
        keys.sort_unstable();
        let used: HashSet<u128> = used.iter().copied().collect();
        let made: HashSet<u128> = new.iter().map(|(key, _)| *key).collect();
        for key in keys {
            let day = if used.contains(&key) { self.today } else { self.rows[&key].day };
            let is_kept = !made.contains(&key) && day.saturating_add(KEPT_DAYS) >= self.today;
            if let Some(record) = self.find(key).filter(|_| is_kept) {
                put(key, day, record);
            }
        }
        for (key, record) in new {
            put(*key, self.today, record);
        }
        // Without it the next run takes longer, and nothing else happens.
        let _ = self.write(&out);
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if !self.folder.is_dir() {
            fs::create_dir(&self.folder)?;
        }
        for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)] {
            let path = self.folder.join(name);
            if !path.exists() {
                fs::write(path, text)?;
            }
        }
        let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().subsec_nanos();
        let part = self.folder.join(format!("{}-{moment}.part", std::process::id()));
        let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, self.file()));
        if written.is_err() {
            let _ = fs::remove_file(&part);
        }
        self.sweep();
        written
    }

    /// Takes away what other settings and earlier programs have left.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let is_ours = path.extension().is_some_and(|extension| extension == "results" || extension == "part");
            let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
            if is_ours && path != self.file() && age.is_some_and(|age| age > DAY * KEPT_DAYS) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// Signature: bford.info/cachedir, so that backups pass over the folder.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Results that planlint keeps; `planlint clean` takes them away.\n";

/// The records of a file, as far as they can be told apart.
fn rows(bytes: &[u8]) -> HashMap<u128, Row> {
    let mut rows = HashMap::new();
    let mut at = HEAD;
    while let Some(head) = bytes.get(at..at + ROW) {
        let number = |from: usize| u32::from_le_bytes([head[from], head[from + 1], head[from + 2], head[from + 3]]);
        let Ok(key) = head[..16].try_into().map(u128::from_le_bytes) else { break };
        let length = number(20) as usize;
        rows.insert(key, Row { start: at + ROW, length, day: number(16) });
        at += ROW + length;
    }
    rows
}

/// Takes away what was kept; whether there was anything.
///
/// # Errors
/// Where the folder cannot be removed.
pub fn clean(root: &Path) -> io::Result<bool> {
    match fs::remove_dir_all(root.join(FOLDER)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
