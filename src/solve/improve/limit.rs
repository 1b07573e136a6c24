//! What ends the search of a neighbourhood: time, or simplex iterations that stand for it.

use std::time::{Duration, Instant};

/// Simplex iterations that stand for a second.
const ITERATIONS: f64 = 20_000.0;

/// What ends the search of a neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::solve) enum Limit {
    /// Time, for searches that run beside the exact one.
    Time,
    /// Simplex iterations, for searches in its pauses, which are the same every time.
    Iterations,
}

impl Limit {
    /// The most simplex iterations of a search that may take so many seconds.
    pub fn most(self, seconds: f64) -> i64 {
        match self {
            Limit::Time => i64::MAX,
            Limit::Iterations => iterations(seconds),
        }
    }

    /// The most time of a search that may take so many seconds of what is `left`.
    pub fn time(self, seconds: f64, left: Option<Duration>) -> Option<Duration> {
        let own = Duration::from_secs_f64(seconds);
        match self {
            Limit::Time => Some(left.map_or(own, |left| left.min(own))),
            Limit::Iterations => left,
        }
    }

    /// The seconds that a search took since it `started`, or what its iterations stand for.
    pub fn took(self, started: Instant, iterations: i64) -> f64 {
        match self {
            Limit::Time => started.elapsed().as_secs_f64(),
            Limit::Iterations => seconds(iterations),
        }
    }
}

#[allow(clippy::cast_precision_loss)] // a number of iterations
fn seconds(iterations: i64) -> f64 {
    iterations as f64 / ITERATIONS
}

#[allow(clippy::cast_possible_truncation)] // a number of iterations
fn iterations(seconds: f64) -> i64 {
    (seconds * ITERATIONS) as i64
}
