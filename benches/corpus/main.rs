//! Writes made plans into a folder: `cargo run --release --example corpus -- nation FOLDER [SEED]`.
//!
//! `--faults 0.01` plants a fault in that share of the entries of each last report, and writes
//! `planted.tsv` into the folder: file, rule and line of each. `--rule ID` plants that rule alone.

#[path = "mod.rs"]
mod corpus;

use std::path::Path;

use corpus::{Faults, SIZES};

const USAGE: &str = "usage: corpus tiny|city|large-city|prefecture|nation FOLDER [SEED] [--faults SHARE] [--rule ID]";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = Vec::new();
    let (mut share, mut rule) = (0.0, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--faults" => share = args.next().ok_or(USAGE)?.parse()?,
            "--rule" => rule = Some(args.next().ok_or(USAGE)?),
            _ => words.push(arg),
        }
    }
    let (Some(name), Some(folder)) = (words.first(), words.get(1)) else { return Err(USAGE.into()) };
    let seed: u64 = words.get(2).map_or(Ok(1), |seed| seed.parse())?;
    let size = SIZES.iter().find(|(known, _)| known == name).ok_or_else(|| format!("no size {name}"))?.1;
    let folder = Path::new(folder);
    let mut planted = String::new();
    for plan in corpus::plans(seed, size, Faults { share, rule: rule.as_deref() }) {
        let inside = folder.join(&plan.folder);
        std::fs::create_dir_all(&inside)?;
        for file in &plan.files {
            std::fs::write(inside.join(&file.name), file.bytes())?;
        }
        for line in plan.manifest() {
            planted.push_str(&line);
            planted.push('\n');
        }
    }
    if share > 0.0 {
        std::fs::write(folder.join("planted.tsv"), planted)?;
    }
    Ok(())
}
