//! A run: documents × rules → ignore, sort → [`Outcome`]. The only place, besides reading files,
//! that uses threads.

mod accept;
mod run;

pub use accept::{Accepted, Acceptance};
pub use run::{Outcome, Parsed, Summary, Workbench};
