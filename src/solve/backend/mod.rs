//! The solvers, behind one small trait. This folder alone names `good_lp` and `highs`.

#[cfg(feature = "highs")]
mod highs;
#[cfg(feature = "microlp")]
mod microlp;

use std::time::Duration;

use super::model::Model;
use super::{Settings, Solver};

/// Why a solver stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It reached the gap asked for.
    Finished,
    /// It proved that there is no solution.
    Infeasible,
    /// The time ran out.
    Time,
    /// The work ran out; of the solvers here HiGHS alone can be given work.
    #[cfg_attr(not(feature = "highs"), allow(dead_code))]
    Work,
    /// It gave up.
    GaveUp,
}

/// What a solver says of a model.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub end: End,
    /// The value of every column of the best solution, if there is one.
    pub values: Option<Vec<f64>>,
    /// No solution has a larger objective; the optimum of a linear model.
    pub bound: Option<f64>,
    /// The price of every row, for a linear model.
    pub prices: Option<Vec<f64>>,
    /// What it says in its own words.
    pub words: String,
}

impl Answer {
    fn without_solution(end: End, words: impl Into<String>) -> Answer {
        Answer {
            end,
            values: None,
            bound: None,
            prices: None,
            words: words.into(),
        }
    }
}

/// A solver.
pub(super) trait Backend {
    /// Its name and version.
    fn name(&self) -> String;

    /// Maximises the model within the settings; `time` is what is left of the time limit.
    fn optimise(&self, model: &Model, settings: &Settings, time: Option<Duration>) -> Answer;
}

/// The backend of a solver.
pub(super) fn of(solver: Solver) -> &'static dyn Backend {
    match solver {
        #[cfg(feature = "highs")]
        Solver::Highs => &highs::Highs,
        #[cfg(feature = "microlp")]
        Solver::Microlp => &microlp::Microlp,
    }
}
