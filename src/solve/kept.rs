//! A relaxation kept in the solver: changed in place and solved again from where it stands.
//!
//! A bound that moves, a decision that is held, another objective: the basis of the last solve stays,
//! so that a re-solve takes a few steps. Sensitivities ask thousands of these.

use std::ops::Range;

use super::backend::{self, End, Live, Task};
use super::model::Model;
use super::{Relaxed, Solver, relaxed};
use crate::formulation::{DecisionId, Formulation, Row, Sense};

/// A linear relaxation that stays in the solver.
pub struct KeptRelaxation {
    live: Box<dyn Live>,
    model: Model,
    /// The decisions of each project, and the row that says that it is decided once; `None` where it
    /// has but one.
    projects: Vec<(Range<usize>, Option<usize>)>,
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
        let mut rows = formulation.rows().iter().enumerate().peekable();
        // The rows of the projects come first, in their order.
        let mut once = |group: &Range<usize>| {
            let is_own = |row: &Row| {
                let own = row.decisions.iter().map(|(id, _)| id.index());
                own.eq(group.clone()) && (row.sense, row.bound) == (Sense::AtMost, 1)
            };
            rows.next_if(|(_, row)| is_own(row)).map(|(place, _)| place)
        };
        let groups = formulation.groups().iter();
        let projects = groups.map(|group| (group.clone(), once(group))).collect();
        Some(KeptRelaxation {
            live,
            model,
            projects,
        })
    }

    /// Asks that the project of a group is funded, or that it is not, or lets it go again.
    ///
    /// # Errors
    /// There is no such group, or the solver does not take the change.
    pub fn fund(&mut self, group: usize, is_funded: Option<bool>) -> Result<(), String> {
        let own = self.projects.get(group).cloned();
        let (decisions, once) = own.ok_or_else(|| format!("there is no group {group}"))?;
        let most = f64::from(u8::from(is_funded != Some(false)));
        let least = f64::from(u8::from(is_funded == Some(true)));
        let mut is_taken = true;
        for decision in decisions {
            // A project with one decision has no row of its own.
            let own = if once.is_none() { least } else { 0.0 };
            is_taken &= self.live.change_bounds(decision, own, most);
        }
        if let Some(row) = once {
            let lower = if is_funded == Some(true) {
                self.model.rows[row].upper
            } else {
                f64::NEG_INFINITY
            };
            let upper = self.model.rows[row].upper;
            is_taken &= self.live.change_row(row, lower, upper);
        }
        is_taken.then_some(()).ok_or_else(|| REFUSED.to_owned())
    }

    /// No plan has more than this as it is now; `None` where there is no plan at all.
    ///
    /// # Errors
    /// The solver's words where it gave up.
    pub fn bound(&mut self) -> Result<Option<i64>, String> {
        let answer = self.live.optimise(Task::exact());
        match (answer.end, answer.bound) {
            (End::Finished, Some(value)) => Ok(Some(self.model.objective_bound(value))),
            (End::Infeasible, _) => Ok(None),
            _ => Err(answer.words),
        }
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
        let costs = self.model.aim(coefficients);
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
