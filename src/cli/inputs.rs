//! Settings and files of a run, from the arguments.

use std::collections::BTreeSet;
use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::Failure;
use super::args::{Caching, Common, Selection};
use super::progress::Progress;
use crate::catalogue::{Lang, RuleId};
use crate::check::{self, Cache, Outcome};
use crate::config::{FILE_NAME, Selector, Set, Settings};
use crate::document::{self, Limits};
use crate::files::{self, Loaded, Raw, Role, Trouble};
use crate::report::{Rendering, human};
use crate::source::Source;

/// Everything that a run begins with.
pub(super) struct Inputs {
    pub settings: Settings,
    pub files: Vec<Loaded>,
    pub trouble: Vec<Trouble>,
    /// The files and folders that were asked for.
    pub paths: Vec<PathBuf>,
}

impl Inputs {
    /// The names of the files that were checked, and not only read as context.
    pub(super) fn checked(&self) -> BTreeSet<String> {
        self.files.iter().filter(|file| file.role != Role::Context).map(|file| file.source.name.clone()).collect()
    }

    /// Whether every file of the repository was checked.
    pub(super) fn is_whole(&self) -> bool {
        self.paths.iter().any(|path| files::name_of(path, &self.settings.root).is_empty())
    }
}

/// Settings and files as they were read, before anything is made of them.
pub(super) struct Begun {
    pub settings: Settings,
    pub files: Vec<Raw>,
    pub trouble: Vec<Trouble>,
    /// The files and folders that were asked for.
    pub paths: Vec<PathBuf>,
}

impl Begun {
    /// Runs every rule.
    pub(super) fn check(self, caching: &Caching, progress: &Progress) -> (Inputs, Outcome) {
        let Self { settings, files, trouble, paths } = self;
        let is_on = caching.cache || (!caching.no_cache && Cache::is_worth_while(&files));
        let cache = is_on.then(|| Cache::open(&settings));
        let (files, outcome) = check::check(files, &settings, cache, &|| progress.step());
        progress.finish();
        (Inputs { settings, files, trouble, paths }, outcome)
    }
}

/// Japan is nine hours ahead of universal time, on every machine.
fn today() -> Date {
    let now = jiff::Timestamp::now();
    jiff::tz::Offset::constant(9).to_datetime(now).date()
}

/// Reads the settings. What is wrong in them is written, and the run is not made.
pub(super) fn settings(common: &Common, selection: &Selection, err: &mut dyn Write) -> Result<Settings, Failure> {
    let start = selection.paths.first().filter(|path| path.as_os_str() != "-").map_or_else(|| PathBuf::from("."), Clone::clone);
    let root = common.config.as_ref().map_or_else(|| files::root_of(&start), |_| files::root_of(&start));
    let lang = common.lang.map(Lang::from);
    let mut settings = Settings::new(root, selection.date.unwrap_or_else(today));
    let path = common.config.clone().or_else(|| Some(settings.root.join(FILE_NAME)).filter(|path| path.is_file()));
    if let Some(path) = path {
        read_file(&path, &mut settings, lang, err)?;
    }
    if let Some(lang) = lang {
        settings.lang = Set { value: lang, origin: crate::config::Origin::CommandLine };
    }
    let lang = settings.lang.value;
    if let Some(profile) = selection.profile {
        settings.profile = Set { value: profile.into(), origin: crate::config::Origin::CommandLine };
    }
    settings.select = selectors(&selection.select, lang)?;
    settings.ignore = selectors(&selection.ignore, lang)?;
    settings.no_ignores = selection.no_ignores;
    settings.parser = selection.parser.map(Into::into).unwrap_or_default();
    Ok(settings)
}

fn selectors(names: &[String], lang: Lang) -> Result<Vec<Selector>, Failure> {
    names
        .iter()
        .map(|name| {
            Selector::parse(name.trim()).map_err(|near| {
                Failure(match (lang, near) {
                    (Lang::Ja, Some(near)) => format!("「{name}」という規則・系統・層はありません。もしかして: {near}"),
                    (Lang::Ja, None) => format!("「{name}」という規則・系統・層はありません（一覧: planlint rules）"),
                    (Lang::En, Some(near)) => format!("there is no rule, group or tier `{name}`; did you mean `{near}`?"),
                    (Lang::En, None) => format!("there is no rule, group or tier `{name}` (see planlint rules)"),
                })
            })
        })
        .collect()
}

fn read_file(path: &Path, settings: &mut Settings, lang: Option<Lang>, err: &mut dyn Write) -> Result<(), Failure> {
    let name = files::name_of(path, &settings.root);
    let bytes = std::fs::read(path).map_err(|error| unreadable(&name, error.kind(), lang.unwrap_or_default()))?;
    let loaded = files::of_bytes(0, &name, Role::Named, bytes);
    let mut findings = Vec::new();
    if loaded.unread.is_some() {
        return Err(Failure(match lang.unwrap_or_default() {
            Lang::Ja => format!("{name} はUTF-8で書かれていません"),
            Lang::En => format!("{name} is not UTF-8"),
        }));
    }
    match document::parse(&loaded.source, &Limits::default()) {
        Ok(document) => {
            if let Some(root) = document.roots().next() {
                settings.read(path, root, &mut findings);
            }
            for (again, first) in document.duplicates() {
                findings.push(
                    crate::diagnostic::Finding::new(RuleId::DuplicateKey, again).arg("key", again.key_text()).related("first", first),
                );
            }
        }
        Err(fault) => {
            let words = fault.kind.words();
            let place = crate::diagnostic::Place { file: loaded.source.id, span: fault.span, pointer: String::new() };
            findings.push(
                crate::diagnostic::Finding::at(RuleId::UnreadableYaml, place)
                    .arg("what", crate::diagnostic::Arg::both(words.ja, words.en))
                    .arg("help", crate::diagnostic::Arg::both(words.help_ja, words.help_en)),
            );
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    let lang = lang.unwrap_or(settings.lang.value);
    let outcome = Outcome { findings, ..Outcome::default() };
    let sources: [&Source; 1] = [&loaded.source];
    human::write(&Rendering { outcome: &outcome, sources: &sources, lang, checked: &[] }, err, false)?;
    Err(Failure(match lang {
        Lang::Ja => format!("{name} に誤りがあるため、点検しませんでした"),
        Lang::En => format!("nothing was checked, because of the mistakes in {name}"),
    }))
}

/// A file that the system does not let be read, in words.
pub(super) fn unreadable(name: &str, kind: std::io::ErrorKind, lang: Lang) -> Failure {
    use std::io::ErrorKind;
    Failure(match (lang, kind) {
        (Lang::Ja, ErrorKind::NotFound) => format!("{name} がありません"),
        (Lang::En, ErrorKind::NotFound) => format!("{name} does not exist"),
        (Lang::Ja, ErrorKind::PermissionDenied) => format!("{name} を読む権限がありません"),
        (Lang::En, ErrorKind::PermissionDenied) => format!("{name}: no permission to read it"),
        (Lang::Ja, kind) => format!("{name} を読めません（{kind}）"),
        (Lang::En, kind) => format!("{name} cannot be read ({kind})"),
    })
}

/// Reads settings and files, the files as text.
pub(super) fn read(common: &Common, selection: &Selection, progress: &Progress, err: &mut dyn Write) -> Result<Inputs, Failure> {
    let Begun { settings, files, trouble, paths } = begin(common, selection, progress, err)?;
    let files = files.into_iter().enumerate().map(|(number, file)| file.load(number)).collect();
    Ok(Inputs { settings, files, trouble, paths })
}

/// Reads settings and files.
pub(super) fn begin(common: &Common, selection: &Selection, progress: &Progress, err: &mut dyn Write) -> Result<Begun, Failure> {
    let settings = settings(common, selection, err)?;
    let lang = settings.lang.value;
    if let Some(jobs) = selection.jobs {
        // A second call in one process finds the pool built already; its size then stays.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let mut paths = selection.paths.clone();
    let stdin = paths.iter().any(|path| path.as_os_str() == "-");
    paths.retain(|path| path.as_os_str() != "-");
    if paths.is_empty() && !stdin {
        paths.push(PathBuf::from("."));
    }
    let piped = selection.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin.yaml"));
    let mut discovered = paths.clone();
    if stdin && selection.stdin_filename.is_some() && piped.exists() {
        discovered.push(piped.clone());
    }
    let (inputs, trouble) = files::discover(&discovered, &settings).map_err(|error| Failure(error.to_string()))?;
    if let Some(Trouble::NotFound(path)) = trouble.iter().find(|trouble| matches!(trouble, Trouble::NotFound(_))) {
        return Err(unreadable(&path.display().to_string(), std::io::ErrorKind::NotFound, lang));
    }
    progress.expect(inputs.len() * 2);
    let mut files = files::read(&inputs, &settings, &|| progress.step());
    if stdin {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        let name = files::name_of(&piped, &settings.root);
        let at = files.iter().position(|file| file.name == name);
        let file = Raw { name, role: Role::Named, bytes: Ok(bytes) };
        match at {
            Some(at) => files[at] = file,
            None => files.push(file),
        }
    }
    Ok(Begun { settings, files, trouble, paths: discovered })
}
