//! Any bytes: what the fast parser reads, granit-parser reads in the same way: nodes, values, every
//! span, every comment, doubled keys. What it leaves alone must still be read or refused in peace.
//!
//! ```sh
//! fuzz/seed                                    # seeds: the examples, the rules, made plans
//! cargo +nightly fuzz run parsers fuzz/corpus/parsers fuzz/seeds -- -max_len=4096 -dict=fuzz/parsers.dict
//! ```
//!
//! On a stable toolchain: `RUSTC_BOOTSTRAP=1 cargo fuzz run -s none parsers …`.

#![no_main]

#[path = "../../tests/common/difference.rs"]
mod difference;

use libfuzzer_sys::fuzz_target;
use planlint::document::{self, Limits, Parser};
use planlint::source::{Source, SourceId};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(difference) = difference::difference(text) {
        panic!("{difference}");
    }
    let source = Source::new(SourceId(0), "a.yaml", text);
    // A refusal is as good as a document; only a panic is neither.
    let _ = document::parse_with(&source, &Limits::default(), Parser::Fast);
});
