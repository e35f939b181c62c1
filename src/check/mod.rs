//! A run: documents × rules → ignore, sort → [`Outcome`]. The only place, besides reading files,
//! that uses threads.

mod accept;
mod audit;
pub mod baseline;
mod run;

pub use accept::{Accepted, Acceptance};
pub use baseline::Baseline;
pub use run::{Outcome, Parsed, Summary, Workbench};
