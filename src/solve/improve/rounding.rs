//! The relaxation rounded: binary helpers one batch after another, the largest first, the relaxation
//! solved anew in place after each; then the decisions that it takes whole.
//!
//! What groups are opened is the coarse half of a programme. With it settled, the relaxation takes
//! nearly all decisions whole or not at all, and a small exact problem finds the rest.

use rand::RngExt;

use super::Improver;
use crate::formulation::Values;
use crate::solve::backend::{Answer, End, Live, Task};
use crate::solve::model::Model;
use crate::solve::restricted::closed;
use crate::solve::watching::Closing;

/// One in so many of the helpers taken in part is rounded at once.
const BATCH: usize = 4;
/// What is as good as 0 or 1.
const NEAR: f64 = 1e-6;

/// The relaxation with its helpers rounded.
pub(super) struct Rounded {
    /// The decisions that it takes whole.
    pub taken: Vec<bool>,
    /// The decisions that can be taken, those taken in part first, then by how
    /// little the objective changes where they are turned over.
    pub order: Vec<usize>,
    /// How many it takes in part.
    pub in_part: usize,
}

impl Rounded {
    /// Whether each decision is open, so many of those in question.
    pub fn open(&self, count: usize) -> Vec<bool> {
        let mut open = vec![false; self.taken.len()];
        for &place in self.order.iter().take(count) {
            open[place] = true;
        }
        open
    }
}

impl Improver<'_> {
    /// Rounds the relaxation; `None` where another search does, or no rounding was found.
    pub(super) fn round(&mut self, chance: f64) -> Option<Rounded> {
        let mut live = self.ground.relaxation().live.try_lock().ok()?;
        let live = live.as_mut()?;
        let formulation = self.ground.formulation();
        let decisions = formulation.benefit().len();
        let helpers = formulation.helpers().iter().enumerate();
        let binary: Vec<usize> = helpers
            .filter(|(_, helper)| helper.values == Values::Binary)
            .map(|(position, _)| decisions + position)
            .collect();
        let answer = self.round_helpers(live.as_mut(), &binary, chance);
        for &place in &binary {
            live.change_bounds(place, 0.0, 1.0);
        }
        let answer = answer?;
        let (values, gains) = (answer.values?, answer.reduced_costs?);
        let settled: Vec<f64> = values.iter().map(|value| value.round()).collect();
        let mut is_settled = vec![false; values.len()];
        for &place in &binary {
            is_settled[place] = true;
        }
        let closed = closed(&Model::plain(formulation), &settled, |place| {
            is_settled[place]
        });
        let mut order: Vec<usize> = (0..decisions).filter(|&place| !closed[place]).collect();
        let own = &values[..decisions];
        let doubt = |place: usize| {
            if is_in_part(own[place]) {
                -1.0
            } else {
                gains[place].abs()
            }
        };
        order.sort_by(|&a, &b| doubt(a).total_cmp(&doubt(b)).then(a.cmp(&b)));
        Some(Rounded {
            taken: own.iter().map(|&value| value > 1.0 - NEAR).collect(),
            order,
            in_part: own.iter().filter(|&&value| is_in_part(value)).count(),
        })
    }

    /// Solves and rounds until no helper is taken in part.
    fn round_helpers(
        &mut self,
        live: &mut dyn Live,
        binary: &[usize],
        chance: f64,
    ) -> Option<Answer> {
        let mut batch: Vec<usize> = Vec::new();
        loop {
            let answer = live.optimise(Task {
                time: self.board.time_left(),
                watch: Some(&mut Closing(self.board)),
                ..Task::exact()
            });
            if answer.end == End::Infeasible {
                // The batch was too much: its first alone is kept out, the others are let go.
                let first = *batch.first()?;
                for place in batch.drain(..) {
                    live.change_bounds(place, 0.0, 1.0);
                }
                live.change_bounds(first, 0.0, 0.0);
                continue;
            }
            let values = answer
                .values
                .as_ref()
                .filter(|_| answer.end == End::Finished)?;
            batch = binary
                .iter()
                .copied()
                .filter(|&place| is_in_part(values[place]))
                .collect();
            if batch.is_empty() {
                return Some(answer);
            }
            let mut merits: Vec<(f64, usize)> = Vec::new();
            for &place in &batch {
                let luck = self.rng.random_range(0.0..1.0);
                merits.push((values[place] + chance * luck, place));
            }
            merits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            merits.truncate(merits.len().div_ceil(BATCH));
            batch = merits.into_iter().map(|(_, place)| place).collect();
            for &place in &batch {
                live.change_bounds(place, 1.0, 1.0);
            }
        }
    }
}

fn is_in_part(value: f64) -> bool {
    value > NEAR && value < 1.0 - NEAR
}
