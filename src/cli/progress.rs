//! The progress bar: on standard error, only for a person, only when a run takes long.

use std::io::IsTerminal as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a run takes before people are told how far it is.
const PATIENCE: Duration = Duration::from_millis(500);

/// How far a run is.
pub(super) struct Progress {
    started: Instant,
    wanted: bool,
    done: AtomicU64,
    total: AtomicU64,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// A bar that shows itself when it is wanted and there is somebody to see it.
    pub(super) fn new(wanted: bool) -> Self {
        let wanted = wanted && std::io::stderr().is_terminal();
        Self { started: Instant::now(), wanted, done: AtomicU64::new(0), total: AtomicU64::new(0), bar: OnceLock::new() }
    }

    /// How many steps there are.
    pub(super) fn expect(&self, steps: usize) {
        self.total.store(steps as u64, Ordering::Relaxed);
    }

    /// One step is done.
    pub(super) fn step(&self) {
        if !self.wanted {
            return;
        }
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let total = self.total.load(Ordering::Relaxed);
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            match ProgressStyle::with_template("{bar:40} {pos}/{len}") {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        bar.set_position(done);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
