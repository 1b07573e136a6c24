//! The solvers, behind one small trait. This folder alone names `good_lp` and `highs_sys`.

#[cfg(feature = "highs")]
mod highs;
#[cfg(feature = "microlp")]
mod microlp;

use std::time::Duration;

use super::Solver;
use super::model::{Model, ModelRow};

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
    /// Its watch stopped it.
    #[cfg_attr(not(feature = "highs"), allow(dead_code))]
    Interrupted,
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
    /// What the objective would gain by a unit more of each column, for a linear model.
    pub reduced_costs: Option<Vec<f64>>,
    /// Simplex iterations that it took; 0 where it does not say.
    pub iterations: i64,
    /// What it says in its own words.
    pub words: String,
}

impl Answer {
    pub fn without_solution(end: End, words: impl Into<String>) -> Answer {
        Answer {
            end,
            values: None,
            bound: None,
            prices: None,
            reduced_costs: None,
            iterations: 0,
            words: words.into(),
        }
    }
}

/// Where a running search stands.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "highs"), allow(dead_code))]
pub(super) struct Moment {
    /// No solution has a larger objective, so far as is known; `None` inside a linear solve.
    pub bound: Option<f64>,
    /// Nodes of the search tree that are done.
    pub nodes: i64,
    /// Simplex iterations that are done.
    pub iterations: i64,
}

/// Watches a search while it runs. microlp cannot be watched: it is stopped by its time alone.
pub(super) trait Watch {
    /// Asked often: whether the search is to go on.
    fn goes_on(&mut self, at: &Moment) -> bool;

    /// Told of a solution better than those before.
    fn improved(&mut self, _values: &[f64]) {}

    /// Asked now and then for a better solution that was found elsewhere.
    fn offer(&mut self) -> Option<Vec<f64>> {
        None
    }
}

/// What a solver is asked of a model.
pub(super) struct Task<'a> {
    /// Stop once (bound − found) / found is this small.
    pub gap: f64,
    /// Stop after so long.
    pub time: Option<Duration>,
    /// Stop after so many nodes of the search tree.
    pub nodes: Option<u32>,
    pub seed: u32,
    /// A solution to start from, a value for every column.
    pub start: Option<&'a [f64]>,
    /// Whether it looks for solutions of its own beside those that its tree comes upon.
    pub seeks: bool,
    pub watch: Option<&'a mut dyn Watch>,
}

impl Task<'_> {
    /// To the very optimum, without limits.
    pub fn exact() -> Task<'static> {
        Task {
            gap: 0.0,
            time: None,
            nodes: None,
            seed: 1,
            start: None,
            seeks: true,
            watch: None,
        }
    }
}

/// A solver.
pub(super) trait Backend: Sync {
    /// Its name and version.
    fn name(&self) -> String;

    /// Maximises the model.
    fn optimise(&self, model: &Model, task: Task<'_>) -> Answer;

    /// The model kept in the solver, to be changed and solved again from where it stands; `None`
    /// where the solver cannot.
    fn live(&self, _model: &Model) -> Option<Box<dyn Live>> {
        None
    }
}

/// A model that stays in a solver.
pub(super) trait Live: Send {
    /// Changes the bounds of a column.
    fn change_bounds(&mut self, column: usize, lower: f64, upper: f64) -> bool;

    /// Changes what every column adds to the objective.
    fn change_costs(&mut self, costs: &[f64]) -> bool;

    /// Changes the bounds of a row.
    fn change_row(&mut self, row: usize, lower: f64, upper: f64) -> bool;

    /// Adds rows after those it has.
    fn add_rows(&mut self, rows: &[ModelRow]) -> bool;

    /// Maximises it as it is now.
    fn optimise(&mut self, task: Task<'_>) -> Answer;
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
