//! A relaxation kept in the solver: changed in place and solved again from where it stands.
//!
//! A bound that moves, a decision that is held, another objective: the basis of the last solve stays,
//! so that a re-solve takes a few steps. Sensitivities ask thousands of these.

use super::backend::{self, Live, Task};
use super::model::Model;
use super::{Relaxed, Solver, relaxed};
use crate::formulation::{DecisionId, Formulation};

/// A linear relaxation that stays in the solver.
pub struct KeptRelaxation {
    live: Box<dyn Live>,
    model: Model,
}

impl std::fmt::Debug for KeptRelaxation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptRelaxation").finish_non_exhaustive()
    }
}

/// What is said where the solver does not take a change.
const REFUSED: &str = "the solver refused the change";

impl KeptRelaxation {
    /// The relaxation of a formulation; `None` where the solver cannot keep one.
    #[must_use]
    pub fn new(formulation: &Formulation, solver: Solver) -> Option<KeptRelaxation> {
        let model = Model::plain(formulation).relaxed();
        let live = backend::of(solver).live(&model)?;
        Some(KeptRelaxation { live, model })
    }

    /// Holds a decision at taken or not taken, or lets it go again.
    ///
    /// # Errors
    /// The solver does not take the change.
    pub fn hold(&mut self, decision: DecisionId, value: Option<bool>) -> Result<(), String> {
        let (lower, upper) = match value {
            Some(true) => (1.0, 1.0),
            Some(false) => (0.0, 0.0),
            None => (0.0, 1.0),
        };
        let is_taken = self.live.change_bounds(decision.index(), lower, upper);
        is_taken.then_some(()).ok_or_else(|| REFUSED.to_owned())
    }

    /// Moves the bound of a row by so many of its units.
    ///
    /// # Errors
    /// There is no such row, or the solver does not take the change.
    #[allow(clippy::cast_precision_loss)] // bounds stay below 2^53, checked by their spread
    pub fn move_bound(&mut self, row: usize, by: i64) -> Result<(), String> {
        let own = self.model.rows.get_mut(row);
        let own = own.ok_or_else(|| format!("there is no row {row}"))?;
        let by = by as f64 / own.scale();
        (own.lower, own.upper) = (own.lower + by, own.upper + by);
        let is_taken = self.live.change_row(row, own.lower, own.upper);
        is_taken.then_some(()).ok_or_else(|| REFUSED.to_owned())
    }

    /// Makes another sum as large as possible: what each decision adds to it, in column order.
    ///
    /// # Errors
    /// The solver does not take the change.
    pub fn aim_at(&mut self, coefficients: &[i64]) -> Result<(), String> {
        let costs = self.model.costs(coefficients);
        let is_taken = self.live.change_costs(&costs);
        is_taken.then_some(()).ok_or_else(|| REFUSED.to_owned())
    }

    /// Solves it as it is now.
    ///
    /// # Errors
    /// The solver's words where it gave up.
    pub fn relax(&mut self) -> Result<Relaxed, String> {
        relaxed(&self.model, self.live.optimise(Task::exact()))
    }
}
