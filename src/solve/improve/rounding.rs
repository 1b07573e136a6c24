//! The relaxation rounded: binary helpers one batch after another, the largest first, the relaxation
//! solved anew in place after each; then the decisions that it takes whole.
//!
//! What groups are opened is the coarse half of a programme. With it settled, the relaxation takes
//! nearly all decisions whole or not at all, and a small exact problem finds the rest.
//!
//! A helper that is 1 stays so. Left free, helpers that are alike pass their parts on: of 30,000 candidates of
//! a nation four were in part from one step to the next for more than a minute, and there was no plan after
//! 120 s; so there is one of 0.03 per cent after 35 s, and for 100,000 candidates one of 0.15 after 65 s. The
//! gap of a province of 3,000 after 60 s: 0.60 per cent instead of 0.89; of 900 and vinh-long: the same.

use rand::RngExt;

use super::begin::{IN_QUESTION, INTERVALS};
use super::{INNER_GAP, Improver, SECONDS};
use crate::formulation::Values;
use crate::solve::backend::{Answer, End, Live, Task};
use crate::solve::model::{Model, TOLERANCE};
use crate::solve::restricted::closed;
use crate::solve::watching::Closing;

/// One in so many of the helpers taken in part is rounded at once.
const BATCH: usize = 4;

/// How much longer a search around another rounding takes than one around a plan.
const AROUND_LONGER: f64 = 5.0;
/// How much chance counts beside the relaxation where it is rounded otherwise, at most.
const MOST_CHANCE: f64 = 0.5;

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
    /// Rounds the relaxation otherwise, and searches around that: how many decisions are opened
    /// grows while the search ends in its time.
    pub(super) fn round_anew(&mut self) {
        let chance = self.rng.random_range(0.0..MOST_CHANCE);
        let Some(rounded) = self.round(chance) else {
            return;
        };
        let open = rounded.open(self.beginning.question);
        let best = self.board.best_value();
        let longer = (self.seconds * AROUND_LONGER).min(SECONDS.1);
        let (end, _) = self.lasting(longer, |own| own.search(&rounded.taken, &open, INNER_GAP));
        let is_better = self.board.best_value() > best;
        let interval = self.beginning.interval;
        self.beginning.interval = if is_better {
            INTERVALS.0
        } else {
            (interval * 2).min(INTERVALS.1)
        };
        let before = self.beginning.question;
        self.beginning.question = match end {
            End::Finished | End::Infeasible => (before * 3 / 2).min(open.len()),
            _ => (before * 3 / 4).max(IN_QUESTION / 4),
        };
    }

    /// Rounds the relaxation; `None` where another search does, or no rounding was found.
    pub(super) fn round(&mut self, chance: f64) -> Option<Rounded> {
        let mut live = self.ground.relaxation().live.try_lock().ok()?;
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
            taken: own.iter().map(|&value| value > 1.0 - TOLERANCE).collect(),
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
            let in_part = binary.iter().filter(|&&place| is_in_part(values[place]));
            let mut merits: Vec<(f64, usize)> = in_part
                .map(|&place| {
                    let luck: f64 = self.rng.random_range(0.0..1.0);
                    (values[place] + chance * luck, place)
                })
                .collect();
            if merits.is_empty() {
                return Some(answer);
            }
            // Where many are alike, what one gives up another takes, step by step through all of them.
            let whole = binary
                .iter()
                .filter(|&&place| values[place] > 1.0 - TOLERANCE);
            for &place in whole {
                live.change_bounds(place, 1.0, 1.0);
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
    value > TOLERANCE && value < 1.0 - TOLERANCE
}
