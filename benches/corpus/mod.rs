//! Corpora: made plans of several sizes, without a fault or with a share of planted ones.

#![allow(dead_code)]

pub mod faults;
pub mod made;
pub mod planted;

use made::{Dice, File};

pub use made::Size;
use planted::{Fault, Planted};

const ONE: Size = Size { plans: 1, measures: 65, long_tail: false, first: 2023, years: 2 };

/// The sizes by their names.
pub const SIZES: &[(&str, Size)] = &[
    ("tiny", Size { years: 1, ..ONE }),
    ("city", ONE),
    ("large-city", Size { measures: 300, first: 2020, years: 5, ..ONE }),
    ("prefecture", Size { plans: 100, long_tail: true, ..ONE }),
    ("nation", Size { plans: 1788, long_tail: true, ..ONE }),
];

/// A made plan with its reports, and what was planted in it.
pub struct Plan {
    /// The name of its folder.
    pub folder: String,
    /// `plan.yaml`, and a file a year.
    pub files: Vec<File>,
    /// The planted faults.
    pub planted: Vec<Planted>,
}

impl Plan {
    /// A line for each planted fault: file, rule and line, parted by tabs.
    pub fn manifest(&self) -> impl Iterator<Item = String> + '_ {
        self.planted.iter().map(|fault| format!("{}/{}\t{}\t{}", self.folder, self.files[fault.file].name, fault.rule, fault.line))
    }
}

/// Which faults are planted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults<'a> {
    /// The share of the entries of the last report that are at fault.
    pub share: f64,
    /// Faults of this rule only; otherwise those that a run without settings finds.
    pub rule: Option<&'a str>,
}

impl Faults<'_> {
    fn wanted(&self) -> Vec<&'static Fault> {
        let fits = |fault: &&Fault| self.rule.map_or(fault.is_everyday(), |rule| fault.rule == rule);
        planted::all().filter(fits).collect()
    }
}

/// The plan of a number in a corpus.
pub fn plan(seed: u64, number: u64, size: Size, faults: Faults<'_>) -> Plan {
    let seed = seed * 1_000_000 + number;
    let files = made::plan(seed, size);
    let mut plan = Plan { folder: format!("plan-{number:04}"), files, planted: Vec::new() };
    if faults.share > 0.0 {
        plan.planted = planted::plant_share(&mut plan.files, &faults.wanted(), faults.share, &mut Dice::new(seed ^ 0xFA17));
    }
    plan
}

/// Every plan of a corpus, one at a time.
pub fn plans<'a>(seed: u64, size: Size, faults: Faults<'a>) -> impl Iterator<Item = Plan> + 'a {
    (0..size.plans).map(move |number| plan(seed, number, size, faults))
}
