//! Stage × data set, with throughput; beside the stages, in the same run, what others do with the
//! same bytes. `cargo bench --bench stages -- parse/city` runs a part of it.
//!
//! Everything runs on one thread but `check-all-threads`. Data sets are made from a seed, in memory;
//! `read` alone looks at a disk. `render` writes the JSON of a run in which 1% of the entries are at
//! fault.

// missing_docs: `criterion_group!` makes a public function.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../corpus/mod.rs"]
mod corpus;
mod peers;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use corpus::{Faults, SIZES, Size};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use planlint::catalogue::Lang;
use planlint::check::{Outcome, Parsed, Workbench};
use planlint::config::Settings;
use planlint::document::{self, Document, Field, Limits, Node, Parser};
use planlint::files::{self, Input, Loaded, Role};
use planlint::model::{Damage, Workspace};
use planlint::report::{Rendering, json};
use planlint::schema::Schema;
use rayon::ThreadPool;

type Group<'a> = BenchmarkGroup<'a, WallTime>;

const SEED: u64 = 7;
const DAY: jiff::civil::Date = jiff::civil::date(2025, 11, 1);

/// A data set: files as a run has them after reading.
struct Data {
    name: &'static str,
    files: Vec<Loaded>,
    bytes: u64,
}

impl Data {
    fn new(name: &'static str, size: Size, share: f64) -> Self {
        let mut files = Vec::new();
        for plan in corpus::plans(SEED, size, Faults { share, rule: None }) {
            for file in &plan.files {
                files.push(files::of_bytes(files.len(), &format!("{}/{}", plan.folder, file.name), Role::Found, file.bytes()));
            }
        }
        let bytes = files.iter().map(|file| file.source.text().len() as u64).sum();
        Self { name, files, bytes }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.source.text())
    }
}

fn settings() -> Settings {
    Settings::new(PathBuf::from("."), DAY)
}

fn parse(data: &Data, parser: Parser) -> Vec<Document<'_>> {
    let limits = Limits::default();
    data.files.iter().map(|file| document::parse_with(&file.source, &limits, parser).unwrap()).collect()
}

fn schema_of(root: Node<'_>) -> Schema {
    if root.get(Field::Kind).and_then(Node::text) == Some("plan") { Schema::Plan } else { Schema::Report }
}

fn hold_against_schemas(documents: &[Document<'_>]) -> usize {
    let mut findings = Vec::new();
    for root in documents.iter().flat_map(Document::roots) {
        schema_of(root).check(root, &mut findings).unwrap();
    }
    findings.len()
}

fn check(data: &Data, settings: &Settings) -> Outcome {
    let parsed = Parsed::new(&data.files, settings, &|| {});
    Workbench::new(&parsed, &data.files).check(settings)
}

fn render(data: &Data, outcome: &Outcome) -> Vec<u8> {
    let sources: Vec<_> = data.files.iter().map(|file| &file.source).collect();
    let checked = vec![true; sources.len()];
    let rendering = Rendering { outcome, sources: &sources, lang: Lang::Ja, checked: &checked };
    let mut out = Vec::new();
    json::write(&rendering, &mut out).unwrap();
    out
}

/// Files of a data set on the disk, and what a run would be told to read.
fn on_disk(data: &Data) -> (tempfile::TempDir, Vec<Input>) {
    let folder = tempfile::tempdir().unwrap();
    let inputs = data
        .files
        .iter()
        .map(|file| {
            let path = folder.path().join(&file.source.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, file.source.text()).unwrap();
            Input { path, name: file.source.name.clone(), role: Role::Found }
        })
        .collect();
    (folder, inputs)
}

/// Measures a piece of work inside a pool, so that what it divides is divided among its threads.
fn measure_in<T>(group: &mut Group<'_>, pool: &ThreadPool, stage: &str, data: &Data, work: impl Fn() -> T + Sync) {
    group.bench_function(BenchmarkId::new(stage, data.name), |bencher| {
        bencher.iter_custom(|times| {
            pool.install(|| {
                let start = Instant::now();
                for _ in 0..times {
                    drop(black_box(work()));
                }
                start.elapsed()
            })
        });
    });
}

/// The stages of a run, on one thread each.
fn stages(group: &mut Group<'_>, one: &ThreadPool, data: &Data) {
    let settings = settings();
    let (_folder, inputs) = on_disk(data);
    let mut measure = |stage: &str, work: &(dyn Fn() -> usize + Sync)| measure_in(group, one, stage, data, work);
    measure("read", &|| files::read(&inputs, &settings, &|| {}).len());
    measure("parse", &|| parse(data, Parser::Fast).len());
    measure("parse-granit", &|| parse(data, Parser::Granit).len());
    let documents = parse(data, Parser::Fast);
    assert_eq!(hold_against_schemas(&documents), 0);
    measure("schema", &|| hold_against_schemas(&documents));
    measure("model", &|| Workspace::of(documents.iter(), Damage::default()).plans.len());
    let parsed = Parsed::new(&data.files, &settings, &|| {});
    let workbench = Workbench::new(&parsed, &data.files);
    assert!(workbench.check(&settings).findings.is_empty());
    measure("rules", &|| workbench.check(&settings).findings.len());
    measure("check", &|| check(data, &settings).findings.len());
}

fn of_data(criterion: &mut Criterion, name: &'static str, size: Size) {
    let data = Data::new(name, size, 0.0);
    let faulty = Data::new(name, size, 0.01);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (one, all) = (pool(1), pool(0));
    let settings = settings();
    let mut group = criterion.benchmark_group("stages");
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(15)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .throughput(Throughput::Bytes(data.bytes));
    stages(&mut group, &one, &data);
    measure_in(&mut group, &all, "check-all-threads", &data, || check(&data, &settings));
    peers::measure(&mut group, &one, &data);
    group.throughput(Throughput::Bytes(faulty.bytes));
    let outcome = check(&faulty, &settings);
    measure_in(&mut group, &one, "check-at-fault", &faulty, || check(&faulty, &settings));
    measure_in(&mut group, &one, "render", &faulty, || render(&faulty, &outcome));
    group.finish();
}

fn benches(criterion: &mut Criterion) {
    // `cargo test --bench stages` runs everything once and measures nothing: small sets will do.
    let is_measured = std::env::args().any(|arg| arg == "--bench") && !std::env::args().any(|arg| arg == "--test");
    for (name, size) in SIZES {
        // The nation is for whole processes (benches/peers).
        let is_wanted = if is_measured { *name != "nation" } else { matches!(*name, "tiny" | "city") };
        if is_wanted {
            of_data(criterion, name, *size);
        }
    }
}

criterion_group!(all, benches);
criterion_main!(all);
