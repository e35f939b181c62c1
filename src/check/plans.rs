//! A run over any number of files, one plan after the other.
//!
//! What a rule says of a plan or report rests on the files of that plan, on those of the plans that
//! it succeeds, and on three things about all files: whether any could not be read, whether any rule
//! broke down, and which plans there are. So files are put into sets by the ids that they name, each
//! set is worked on by itself, and only its texts and findings stay in memory. A result that turns
//! out to rest on something that was assumed wrongly is made again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::cache::{Cache, Digest};
use super::header::{self, Header};
use super::load::{Parsed, Spread};
use super::outcome::Outcome;
use super::record::Record;
use super::settle::Settled;
use super::workbench::{Ids, Workbench, World};
use crate::config::Settings;
use crate::files::{Loaded, Raw};
use crate::source::SourceId;

/// Checks files. What a cache holds is not made again. `done` is called after each file that has
/// been looked at.
///
/// A file of which nothing is said comes back without its text where its result was in the cache.
#[must_use]
pub fn check(files: Vec<Raw>, settings: &Settings, cache: Option<Cache>, done: &(dyn Fn() + Sync)) -> (Vec<Loaded>, Outcome) {
    let mut run = Run { sets: sets(members(files, cache.is_some())), world: World::default() };
    run.recall(cache.as_ref(), settings);
    while run.is_open() {
        run.work(settings, done);
        run.regroup();
        run.recall(cache.as_ref(), settings);
    }
    if let Some(cache) = cache {
        run.keep(&cache, settings);
    }
    run.finish()
}

/// How many bytes make it worth while to start threads.
const FEW_BYTES: usize = 96 << 10;

/// A run on its way.
struct Run {
    sets: Vec<Set>,
    /// What is known of all files.
    world: World,
}

/// A file of a run.
struct Member {
    number: usize,
    /// What the file is known by; 0 where there is no cache.
    digest: u128,
    header: Header,
    file: File,
}

enum File {
    Raw(Raw),
    Loaded(Loaded),
}

/// Files that are worked on together, in the order of their numbers.
struct Set {
    members: Vec<Member>,
    seen: Option<Seen>,
    /// What its result is known by, where that was in the cache.
    kept: Option<u128>,
}

/// What came of a look at a set.
struct Seen {
    /// Whether some file of the run was taken to be unreadable.
    any_unread: bool,
    /// Whether some rule was taken to break down.
    any_broken: bool,
    /// What the ids of all plans were known by.
    all_ids: Option<u128>,
    /// How many files could not be read.
    unread: usize,
    /// The ids of the plans, each with its file.
    ids: Vec<(SourceId, String)>,
    /// Ids that files name besides those in their headers.
    missed: Vec<(SourceId, String)>,
    /// Whether the headers of its files have shown every id.
    is_sure: bool,
    /// What was found; nothing where something has to be known first.
    settled: Option<Settled>,
}

fn members(files: Vec<Raw>, has_cache: bool) -> Vec<Member> {
    let bytes: usize = files.iter().map(|file| file.bytes.as_ref().map_or(0, Vec::len)).sum();
    let member = |(number, file): (usize, Raw)| {
        let header = file.bytes.as_deref().map(Header::of).unwrap_or_default();
        let digest = if has_cache { Digest::of(&file) } else { 0 };
        Member { number, digest, header, file: File::Raw(file) }
    };
    // A look at the lines is quick: a hundred times as quick as the rest.
    if bytes < 32 * FEW_BYTES {
        files.into_iter().enumerate().map(member).collect()
    } else {
        files.into_par_iter().enumerate().map(member).collect()
    }
}

/// Puts files that name an id in common into one set.
fn sets(members: Vec<Member>) -> Vec<Set> {
    let mut joined = Joined::new(members.len());
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, member) in members.iter().enumerate() {
        for id in &member.header.ids {
            joined.join(*first.entry(id).or_insert(index), index);
        }
    }
    let mut sets: BTreeMap<usize, Set> = BTreeMap::new();
    for (index, member) in members.into_iter().enumerate() {
        sets.entry(joined.of(index)).or_insert_with(|| Set { members: Vec::new(), seen: None, kept: None }).members.push(member);
    }
    sets.into_values().collect()
}

/// Which things are joined: each leads to an earlier one, or to itself.
struct Joined(Vec<usize>);

impl Joined {
    fn new(things: usize) -> Self {
        Self((0..things).collect())
    }

    fn of(&mut self, thing: usize) -> usize {
        let mut at = thing;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one.max(other)] = one.min(other);
    }
}

impl Run {
    /// Whether something is still to be done.
    fn is_open(&self) -> bool {
        self.world.ids.is_none() || self.sets.iter().any(|set| set.is_open(&self.world))
    }

    /// Looks at every set that is open: the largest first, so that threads end together.
    fn work(&mut self, settings: &Settings, done: &(dyn Fn() + Sync)) {
        let world = &self.world;
        let all = self.sets.len();
        let mut open: Vec<&mut Set> = self.sets.iter_mut().filter(|set| set.is_ready(world)).collect();
        let bytes: usize = open.iter().map(|set| set.bytes()).sum();
        if open.len() < 2 || bytes < FEW_BYTES {
            for set in open {
                set.look(settings, world, Spread::Wide, all == 1, done);
            }
            return;
        }
        open.sort_by_key(|set| std::cmp::Reverse(set.bytes()));
        let threads = rayon::current_num_threads();
        let spread = if open.len() < threads * 4 { Spread::Wide } else { Spread::Narrow };
        let queue = Mutex::new(open.into_iter());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        rayon::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|_| {
                    while let Some(set) = next() {
                        set.look(settings, world, spread, false, done);
                    }
                });
            }
        });
    }

    /// Puts sets together where a file has named more than its header had shown.
    fn regroup(&mut self) {
        let mut amended = false;
        for set in &mut self.sets {
            for (file, id) in set.missed() {
                if let Some(member) = set.members.get_mut(file.0 as usize) {
                    amended |= member.header.ids.insert(id);
                    member.header.has_plan = true;
                }
            }
        }
        if !amended {
            return;
        }
        let mut seen = HashMap::new();
        let mut members = Vec::new();
        for set in std::mem::take(&mut self.sets) {
            seen.insert(set.numbers(), (set.seen, set.kept));
            members.extend(set.members);
        }
        members.sort_by_key(|member| member.number);
        self.sets = sets(members);
        for set in &mut self.sets {
            (set.seen, set.kept) = seen.remove(&set.numbers()).unwrap_or_default();
        }
    }

    /// Takes from the cache what it has, and looks at what is known of all files then.
    fn recall(&mut self, cache: Option<&Cache>, settings: &Settings) {
        if let Some(cache) = cache {
            self.sets.iter_mut().filter(|set| set.seen.is_none()).for_each(|set| set.recall(cache, settings));
        }
        self.look_around();
    }

    /// Gives the cache what is new.
    fn keep(&self, cache: &Cache, settings: &Settings) {
        let used: Vec<u128> = self.sets.iter().filter_map(|set| set.kept).collect();
        let fresh = self.sets.iter().filter(|set| set.kept.is_none());
        let new: Vec<(u128, Vec<u8>)> = fresh.filter_map(|set| Some((set.key(), set.record(settings)?))).collect();
        cache.keep(&used, &new);
    }

    /// What is now known of all files.
    fn look_around(&mut self) {
        let seen = || self.sets.iter().filter_map(|set| set.seen.as_ref());
        let mut ids: Vec<(usize, &String)> = Vec::new();
        for set in &self.sets {
            let own = set.seen.iter().flat_map(|seen| &seen.ids);
            ids.extend(own.map(|(file, id)| (set.members[file.0 as usize].number, id)));
        }
        ids.sort_by_key(|(number, _)| *number);
        let is_whole = self.sets.iter().all(|set| set.seen.is_some() || !set.may_hold_plan());
        self.world = World {
            unread: seen().any(|seen| seen.unread > 0),
            broken: seen().filter_map(|seen| seen.settled.as_ref()).any(|settled| !settled.outcome.breakdowns.is_empty()),
            ids: is_whole.then(|| Ids::of(ids.into_iter().map(|(_, id)| id.clone()).collect())),
        };
    }

    /// The files and what was found in them.
    fn finish(self) -> (Vec<Loaded>, Outcome) {
        let mut files = Vec::new();
        let mut settled = Vec::new();
        for set in self.sets {
            let numbers = set.members.iter().map(|member| id(member.number)).collect();
            settled.extend(set.seen.and_then(|seen| seen.settled).map(|settled| (settled, numbers)));
            files.extend(set.members.into_iter().map(|member| (member.number, member.file)));
        }
        files.sort_by_key(|(number, _)| *number);
        let outcome = Outcome::of_several(settled);
        let spoken_of = outcome.files();
        let load = |(number, file): (usize, File)| match file {
            File::Raw(raw) if !spoken_of.contains(&id(number)) => raw.without_text(number),
            file => file.load(number),
        };
        (files.into_iter().map(load).collect(), outcome)
    }
}

impl File {
    /// The file as text, with a number.
    fn load(self, number: usize) -> Loaded {
        match self {
            Self::Raw(raw) => raw.load(number),
            Self::Loaded(mut file) => {
                file.source.id = id(number);
                file
            }
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Raw(raw) => raw.bytes.as_ref().map_or(0, Vec::len),
            Self::Loaded(file) => file.source.text().len(),
        }
    }
}

fn id(number: usize) -> SourceId {
    SourceId(u32::try_from(number).unwrap_or(u32::MAX))
}

impl Set {
    fn bytes(&self) -> usize {
        self.members.iter().map(|member| member.file.bytes()).sum()
    }

    fn numbers(&self) -> Vec<usize> {
        self.members.iter().map(|member| member.number).collect()
    }

    /// Whether there is no result yet, or one that rests on something else than what is known.
    fn is_open(&self, world: &World) -> bool {
        let Some(seen) = &self.seen else { return true };
        let Some(Settled { asked, .. }) = &seen.settled else { return true };
        (asked.unread && seen.any_unread != world.unread)
            || (asked.ids && world.ids.as_ref().is_some_and(|ids| seen.all_ids != Some(ids.digest)))
            || (asked.complete && (seen.any_unread || seen.any_broken) != (world.unread || world.broken))
    }

    /// Whether there may be a plan in it.
    fn may_hold_plan(&self) -> bool {
        self.members.iter().any(|member| member.header.has_plan)
    }

    /// Whether it is worth while to look now: reports without a plan wait until it is known which
    /// plans there are, and what was seen already until all has been seen.
    fn is_ready(&self, world: &World) -> bool {
        self.is_open(world) && (world.ids.is_some() || (self.seen.is_none() && self.may_hold_plan()))
    }

    /// What its result is known by: its files.
    fn key(&self) -> u128 {
        self.members.iter().fold(Digest::new(), |digest, member| digest.number(member.digest)).end()
    }

    /// Takes its result from the cache, where it is there.
    fn recall(&mut self, cache: &Cache, settings: &Settings) {
        let key = self.key();
        let Some(record) = cache.find(key).and_then(Record::read) else { return };
        if record.day.is_some_and(|day| day != settings.date) || record.files != self.members.len() {
            return;
        }
        let Record { settled, unread, ids, any_unread, any_broken, all_ids, .. } = record;
        self.kept = Some(key);
        self.seen = Some(Seen { any_unread, any_broken, all_ids, unread, ids, missed: Vec::new(), is_sure: true, settled: Some(settled) });
    }

    /// Its result for the cache; nothing where it may not be believed another time.
    fn record(&self, settings: &Settings) -> Option<Vec<u8>> {
        let seen = self.seen.as_ref().filter(|seen| seen.is_sure)?;
        let settled = seen.settled.as_ref().filter(|settled| settled.outcome.breakdowns.is_empty())?;
        Record::bytes(&Record {
            files: self.members.len(),
            settled,
            unread: seen.unread,
            ids: &seen.ids,
            any_unread: seen.any_unread,
            any_broken: seen.any_broken,
            all_ids: seen.all_ids,
            day: (!settled.outcome.acceptances.is_empty()).then_some(settings.date),
        })
    }

    /// Parses the files and runs every rule.
    fn look(&mut self, settings: &Settings, world: &World, spread: Spread, alone: bool, done: &(dyn Fn() + Sync)) {
        let (shells, files): (Vec<_>, Vec<_>) = std::mem::take(&mut self.members)
            .into_iter()
            .enumerate()
            .map(|(index, member)| ((member.number, member.digest, member.header), member.file.load(index)))
            .unzip();
        let spread = if spread == Spread::Wide { Spread::of(&files) } else { spread };
        let parsed = Parsed::spread(&files, settings, done, spread);
        let missed = header::missed(&parsed, shells.iter().map(|(_, _, header)| header));
        let is_sure = missed.is_empty();
        let unread = parsed.unread;
        let mut world = World { unread: world.unread || unread > 0, ..world.clone() };
        let bench = Workbench::among(&parsed, &files, world.unread);
        let ids: Vec<(SourceId, String)> = bench.ids().map(|(file, id)| (file, id.to_owned())).collect();
        if alone {
            world.ids = Some(Ids::of(ids.iter().map(|(_, id)| id.clone()).collect()));
        }
        let waits = !alone && (!is_sure || (world.ids.is_none() && bench.orphans().next().is_some()));
        let settled = (!waits).then(|| bench.settle(settings, &world));
        drop(parsed);
        let member = |((number, digest, header), file)| Member { number, digest, header, file: File::Loaded(file) };
        self.members = shells.into_iter().zip(files).map(member).collect();
        self.kept = None;
        self.seen = Some(Seen {
            any_unread: world.unread,
            any_broken: world.broken,
            all_ids: world.ids.map(|ids| ids.digest),
            unread,
            ids,
            missed: if alone { Vec::new() } else { missed },
            is_sure,
            settled,
        });
    }

    /// The ids that files have named besides those in their headers.
    fn missed(&mut self) -> Vec<(SourceId, String)> {
        let Some(seen) = &mut self.seen else { return Vec::new() };
        let misplaced = seen.settled.iter_mut().flat_map(|settled| std::mem::take(&mut settled.misplaced));
        std::mem::take(&mut seen.missed).into_iter().chain(misplaced).collect()
    }
}
