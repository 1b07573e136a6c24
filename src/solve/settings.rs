//! What a solve is asked: gap, time, work, threads, seed, solver. The one page of settings.
//!
//! | setting | option | default | meaning |
//! |---|---|---|---|
//! | gap | `--gap 0.1%` | 0.1 % | stop once (bound − found) / bound is this small |
//! | time | `--time-limit 60s` | 60 s | stop after so many seconds with the best plan so far |
//! | work | `--work-limit N` | none | stop after N nodes of the search tree; reproducible |
//! | threads | `--threads N` | 2 (library: 1) | `plan` solves the policy and the one beside it at once, each with its part; with two for a solve, better plans are sought beside the exact search, and more add nothing |
//! | seed | `--seed N` | 1 | the random seed of all searches |
//! | memory | (library) | none | stop once the process holds so many bytes; known on Linux alone |
//! | solver | `--solver highs` | highs | `highs` or `microlp`, as compiled in |
//!
//! A policy with tiers is several solves: they share the time, while gap and work hold for each.
//!
//! A run stopped by work, or by its gap with one thread, gives the same plan for the same inputs,
//! settings and seed. With more threads the searches for plans and for the bound run at once and
//! exchange what they find as it comes, so that two runs may end with different plans of the same
//! quality; so may runs stopped by time: the outcome says what stopped it. microlp has no work limit
//! and reports no bound: it is stopped by time or by a proof, and its bound is then that of the
//! linear relaxation. It cannot be watched: there is no search for better plans beside it, no
//! certificate, and it is not cancelled before its time.

use std::time::Duration;

/// The solvers that can be compiled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solver {
    /// HiGHS, in C++.
    #[cfg(feature = "highs")]
    Highs,
    /// microlp, in Rust alone.
    #[cfg(feature = "microlp")]
    Microlp,
}

impl Default for Solver {
    fn default() -> Solver {
        Solver::ALL[0]
    }
}

impl Solver {
    /// The solvers compiled in, the best first.
    pub const ALL: &'static [Solver] = &[
        #[cfg(feature = "highs")]
        Solver::Highs,
        #[cfg(feature = "microlp")]
        Solver::Microlp,
    ];

    /// Its name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            #[cfg(feature = "highs")]
            Solver::Highs => "highs",
            #[cfg(feature = "microlp")]
            Solver::Microlp => "microlp",
        }
    }
}

/// What a solve is asked. See this file's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Stop once (bound − found) / bound is this small.
    pub gap: f64,
    /// Stop after so long with the best plan so far.
    pub time_limit: Option<Duration>,
    /// Stop after so many nodes.
    pub work_limit: Option<u32>,
    /// Threads of the solve: with two or more, better plans are sought beside the exact search.
    pub threads: u32,
    /// The random seed of all searches.
    pub seed: u32,
    /// Stop once the process holds so many bytes.
    pub memory_limit: Option<u64>,
    /// Which solver.
    pub solver: Solver,
    /// Whether each project gets a column of its own, “selected”, that the solver may branch on.
    pub selected: bool,
}

impl Settings {
    /// Whether better plans are sought beside the exact search, and not in its pauses.
    pub(super) fn seeks_beside(&self) -> bool {
        self.threads > 1 && self.work_limit.is_none()
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            gap: 0.001,
            time_limit: Some(Duration::from_mins(1)),
            work_limit: None,
            threads: 1,
            seed: 1,
            memory_limit: None,
            solver: Solver::default(),
            selected: true,
        }
    }
}

impl Settings {
    /// To the very optimum, without limits.
    #[must_use]
    pub fn exact(solver: Solver) -> Settings {
        Settings {
            gap: 0.0,
            time_limit: None,
            solver,
            ..Settings::default()
        }
    }

    /// Whether the gap between a plan and a bound is small enough.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // benefits stay far below 2^53
    pub fn reaches(&self, found: i64, bound: i64) -> bool {
        (bound - found) as f64 <= self.gap * bound.abs() as f64 + 0.5
    }
}

#[cfg(not(any(feature = "highs", feature = "microlp")))]
compile_error!(
    "compile with feature `highs` (default) or `microlp`: without a solver there is no plan"
);
