//! A run: documents × rules → ignore, sort → [`Outcome`]. The only place, besides reading files,
//! that uses threads.

mod accept;
mod audit;
mod run;

pub use accept::{Accepted, Acceptance};
pub use run::{Outcome, Parsed, Summary, Workbench};
