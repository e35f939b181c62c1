//! A run: documents × rules → ignore, sort → [`Outcome`]. The only place, besides reading files,
//! that uses threads.
//!
//! A run over many files works on one plan after the other, each with its reports and the plans
//! that it names (`plans`): files → documents that hold to their schema (`load`) → plans and
//! reports × rules (`workbench`) → what is said of it (`settle`). What of all files has to be known
//! for that is put together there too, so that the result is that of one look at everything.
//! What an earlier run has found in the same files (`cache`) is not looked for again.

mod accept;
mod audit;
pub mod baseline;
pub mod cache;
mod fingerprint;
mod header;
mod load;
mod outcome;
mod plans;
mod record;
mod settle;
mod workbench;

pub use accept::{Acceptance, Accepted};
pub use baseline::Baseline;
pub use cache::Cache;
pub use load::Parsed;
pub use outcome::{Outcome, Summary};
pub use plans::check;
pub use workbench::Workbench;
