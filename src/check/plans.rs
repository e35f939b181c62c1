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

use super::header::{self, Header};
use super::load::{Parsed, Spread};
use super::outcome::Outcome;
use super::settle::Settled;
use super::workbench::{Workbench, World};
use crate::config::Settings;
use crate::files::{Loaded, Raw};
use crate::source::SourceId;

/// Checks files. `done` is called after each has been looked at.
#[must_use]
pub fn check(files: Vec<Raw>, settings: &Settings, done: &(dyn Fn() + Sync)) -> (Vec<Loaded>, Outcome) {
    let mut run = Run { sets: sets(members(files)), world: World::default() };
    while run.is_open() {
        run.work(settings, done);
        run.regroup();
        run.look_around();
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
}

/// What came of a look at a set.
struct Seen {
    /// What was assumed of all files.
    world: World,
    /// How many files could not be read.
    unread: usize,
    /// The ids of the plans, each with its file.
    ids: Vec<(SourceId, String)>,
    /// Ids that files name besides those in their headers.
    missed: Vec<(SourceId, String)>,
    /// What was found; nothing where something has to be known first.
    settled: Option<Settled>,
}

fn members(files: Vec<Raw>) -> Vec<Member> {
    let bytes: usize = files.iter().map(|file| file.bytes.as_ref().map_or(0, Vec::len)).sum();
    let member = |(number, file): (usize, Raw)| {
        let header = file.bytes.as_deref().map(Header::of).unwrap_or_default();
        Member { number, header, file: File::Raw(file) }
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
        sets.entry(joined.of(index)).or_insert_with(|| Set { members: Vec::new(), seen: None }).members.push(member);
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
            seen.insert(set.numbers(), set.seen);
            members.extend(set.members);
        }
        members.sort_by_key(|member| member.number);
        self.sets = sets(members);
        for set in &mut self.sets {
            set.seen = seen.remove(&set.numbers()).flatten();
        }
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
        self.world = World {
            unread: seen().any(|seen| seen.unread > 0),
            broken: seen().filter_map(|seen| seen.settled.as_ref()).any(|settled| !settled.outcome.breakdowns.is_empty()),
            ids: Some(ids.into_iter().map(|(_, id)| id.clone()).collect()),
        };
    }

    /// The files and what was found in them.
    fn finish(self) -> (Vec<Loaded>, Outcome) {
        let mut files = Vec::new();
        let mut settled = Vec::new();
        for set in self.sets {
            let numbers = set.members.iter().map(|member| id(member.number)).collect();
            settled.extend(set.seen.and_then(|seen| seen.settled).map(|settled| (settled, numbers)));
            files.extend(set.members.into_iter().map(|member| (member.number, member.file.load(member.number))));
        }
        files.sort_by_key(|(number, _)| *number);
        (files.into_iter().map(|(_, file)| file).collect(), Outcome::of_several(settled))
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
        let Some(Seen { world: assumed, settled: Some(settled), .. }) = &self.seen else { return true };
        let asked = &settled.asked;
        (asked.unread && assumed.unread != world.unread)
            || (asked.ids && assumed.ids != world.ids)
            || (asked.complete && (assumed.unread || assumed.broken) != (world.unread || world.broken))
    }

    /// Whether it is worth while to look now: reports without a plan wait until it is known which
    /// plans there are.
    fn is_ready(&self, world: &World) -> bool {
        let has_plan = self.members.iter().any(|member| member.header.has_plan);
        self.is_open(world) && (has_plan || world.ids.is_some())
    }

    /// Parses the files and runs every rule.
    fn look(&mut self, settings: &Settings, world: &World, spread: Spread, alone: bool, done: &(dyn Fn() + Sync)) {
        let mut files = Vec::with_capacity(self.members.len());
        let mut shells = Vec::with_capacity(self.members.len());
        for (index, Member { number, header, file }) in std::mem::take(&mut self.members).into_iter().enumerate() {
            files.push(file.load(index));
            shells.push((number, header));
        }
        let spread = if spread == Spread::Wide { Spread::of(&files) } else { spread };
        let parsed = Parsed::spread(&files, settings, done, spread);
        let headers: Vec<&Header> = shells.iter().map(|(_, header)| header).collect();
        let missed = if alone { Vec::new() } else { header::missed(&parsed, &headers) };
        let unread = parsed.unread;
        let bench = Workbench::among(&parsed, &files, world.unread || unread > 0);
        let ids: Vec<(SourceId, String)> = bench.ids().map(|(file, id)| (file, id.to_owned())).collect();
        let mut world = World { unread: world.unread || unread > 0, ..world.clone() };
        if alone {
            world.ids = Some(ids.iter().map(|(_, id)| id.clone()).collect());
        }
        let waits = !missed.is_empty() || (world.ids.is_none() && bench.orphans().next().is_some());
        let settled = (!waits).then(|| bench.settle(settings, &world));
        drop(bench);
        drop(parsed);
        self.members =
            shells.into_iter().zip(files).map(|((number, header), file)| Member { number, header, file: File::Loaded(file) }).collect();
        self.seen = Some(Seen { world, unread, ids, missed, settled });
    }

    /// The ids that files have named besides those in their headers.
    fn missed(&mut self) -> Vec<(SourceId, String)> {
        let Some(seen) = &mut self.seen else { return Vec::new() };
        let misplaced = seen.settled.iter_mut().flat_map(|settled| std::mem::take(&mut settled.misplaced));
        std::mem::take(&mut seen.missed).into_iter().chain(misplaced).collect()
    }
}
