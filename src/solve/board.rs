//! What the searches of one solve share: the best plan, the bound, and whether to go on.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::control::{Control, Progress, bytes_held};
use super::pooled::Paying;
use super::settings::Settings;
use crate::formulation::{Formulation, Taken};
use crate::plan::Stop;

/// What the searches of one solve share.
pub(super) struct Board<'a> {
    pub formulation: &'a Formulation,
    pub settings: &'a Settings,
    control: &'a Control<'a>,
    /// By how much a plan's value may lie below what a solver makes of it; asked at every look.
    rounding: i64,
    started: Instant,
    state: Mutex<State>,
    is_closed: AtomicBool,
    /// Whether rows were tightened after a plan that missed one.
    is_tightened: AtomicBool,
    /// Who says who pays for a plan, where the problem leaves that open.
    paying: Option<&'a Paying<'a>>,
}

#[derive(Debug, Default)]
struct State {
    best: Option<Found>,
    bound: Option<i64>,
    stop: Option<Stop>,
    nodes: i64,
    /// Plans that were the best once, or nearly so, the newest last.
    kept: Vec<Found>,
    /// Plans for which nobody pays, or nobody was found.
    refused: HashSet<Vec<bool>>,
    /// How much of each decision a choice takes that is not scheduled yet.
    choice: Option<Vec<f64>>,
}

/// How many plans are kept.
const MOST_KEPT: usize = 20;

/// A plan that keeps every row, exactly.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub taken: Vec<bool>,
    pub value: i64,
}

impl<'a> Board<'a> {
    pub fn new(
        formulation: &'a Formulation,
        settings: &'a Settings,
        control: &'a Control<'a>,
    ) -> Board<'a> {
        Board {
            formulation,
            settings,
            control,
            rounding: formulation.rounding(),
            started: Instant::now(),
            state: Mutex::default(),
            is_closed: AtomicBool::new(false),
            is_tightened: AtomicBool::new(false),
            paying: None,
        }
    }

    /// The board of a problem that leaves open who pays: its plans and bounds go to the board of the whole
    /// problem, and it is closed with that.
    pub fn with_payers_open(
        paying: &'a Paying<'a>,
        settings: &'a Settings,
        control: &'a Control<'a>,
    ) -> Board<'a> {
        Board {
            started: paying.board().started,
            paying: Some(paying),
            ..Board::new(paying.formulation(), settings, control)
        }
    }

    /// Who says who pays, where that is left open.
    pub fn paying(&self) -> Option<&'a Paying<'a>> {
        self.paying
    }

    /// Takes no more bounds: rows are tightened from here on, which may leave out plans.
    pub fn tighten(&self) {
        self.is_tightened.store(true, Ordering::Relaxed);
    }

    /// Whether rows were tightened, so that an empty model says nothing of the problem.
    pub fn is_tightened(&self) -> bool {
        self.is_tightened.load(Ordering::Relaxed)
    }

    /// The state; a search that panicked leaves a whole state, since every change is one step.
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Puts up a plan if it keeps every row and is better than the best; whether it does and is.
    pub fn put(&self, taken: Vec<bool>) -> bool {
        let value = self.formulation.value(&Taken(&taken));
        if self
            .best_value()
            .is_some_and(|best| best - best.abs() / 100 >= value)
        {
            return false;
        }
        if !self.formulation.admits(&Taken(&taken)) {
            return false;
        }
        let mut state = self.state();
        if state.refused.contains(&taken) {
            return false;
        }
        let is_better = state.best.as_ref().is_none_or(|best| best.value < value);
        if !state.kept.iter().any(|kept| kept.taken == taken) {
            if state.kept.len() >= MOST_KEPT {
                state.kept.remove(0);
            }
            let taken = taken.clone();
            state.kept.push(Found { taken, value });
        }
        if is_better {
            let own = self.paying.map(|_| taken.clone());
            state.best = Some(Found { taken, value });
            // No bound of ours lies below a plan that exists.
            state.bound = state.bound.map(|bound| bound.max(value));
            let progress = self.progress(&state);
            drop(state);
            self.control.tell(&progress);
            if let Some((paying, own)) = self.paying.zip(own) {
                paying.at_once(&own);
            }
        }
        is_better
    }

    /// Takes a plan down for good for which nobody pays, or nobody was found in the time there is for that;
    /// another becomes the best.
    pub fn refuse(&self, refused: Vec<bool>, other: Vec<bool>) {
        let value = self.formulation.value(&Taken(&other));
        let mut state = self.state();
        if state
            .best
            .as_ref()
            .is_some_and(|best| best.taken == refused)
        {
            state.best = Some(Found {
                taken: other,
                value,
            });
        }
        state.kept.retain(|own| own.taken != refused);
        state.refused.insert(refused);
    }

    /// Notes a choice of projects that is not scheduled yet: how much it takes of each decision.
    pub fn put_choice(&self, values: &[f64]) {
        let own = values[..self.formulation.benefit().len()].to_vec();
        self.state().choice = Some(own);
    }

    /// The last choice noted, once.
    pub fn take_choice(&self) -> Option<Vec<f64>> {
        self.state().choice.take()
    }

    /// Whether a choice is noted that is not scheduled yet.
    pub fn has_choice(&self) -> bool {
        self.state().choice.is_some()
    }

    /// Notes that no plan has more than `bound`.
    pub fn put_bound(&self, bound: i64, nodes: i64) {
        let mut state = self.state();
        state.nodes = nodes;
        if self.is_tightened() {
            return;
        }
        let bound = bound.max(state.best.as_ref().map_or(i64::MIN, |best| best.value));
        if state.bound.is_none_or(|known| bound < known) {
            state.bound = Some(bound);
            let progress = self.progress(&state);
            drop(state);
            self.control.tell(&progress);
            if let Some(paying) = self.paying {
                paying.board().put_bound(bound, nodes);
            }
        }
    }

    fn progress(&self, state: &State) -> Progress {
        Progress {
            found: state.best.as_ref().map(|best| best.value),
            bound: state.bound,
            seconds: self.started.elapsed().as_secs_f64(),
            nodes: state.nodes,
        }
    }

    /// When the solve began.
    pub fn started(&self) -> Instant {
        self.started
    }

    /// The decisions of a solution: the first columns, rounded.
    pub fn decisions(&self, values: &[f64]) -> Vec<bool> {
        let decisions = &values[..self.formulation.benefit().len()];
        decisions.iter().map(|&value| value > 0.5).collect()
    }

    /// The plan to begin with, where it does not keep every row.
    pub fn start(&self) -> Option<&[bool]> {
        let start = self.control.start?;
        (!self.formulation.admits(&Taken(start))).then_some(start)
    }

    /// What is left of the time; `None` without a limit.
    pub fn time_left(&self) -> Option<std::time::Duration> {
        let limit = self.settings.time_limit?;
        Some(limit.saturating_sub(self.started.elapsed()))
    }

    /// One of the kept plans, at random; empty where there is none.
    pub fn other(&self, rng: &mut ChaCha8Rng) -> Vec<bool> {
        let state = self.state();
        state
            .kept
            .choose(rng)
            .map(|kept| kept.taken.clone())
            .unwrap_or_default()
    }

    /// The kept plans, the newest last.
    pub fn kept(&self) -> Vec<Vec<bool>> {
        let state = self.state();
        state.kept.iter().map(|own| own.taken.clone()).collect()
    }

    pub fn best(&self) -> Option<Found> {
        self.state().best.clone()
    }

    pub fn best_value(&self) -> Option<i64> {
        self.state().best.as_ref().map(|best| best.value)
    }

    pub fn bound(&self) -> Option<i64> {
        self.state().bound
    }

    /// Whether the gap between the best plan and the bound is as small as asked.
    pub fn is_proven(&self) -> bool {
        let state = self.state();
        match (&state.best, state.bound) {
            (Some(best), Some(bound)) => {
                let found = best.value + self.rounding;
                self.settings.reaches(found, bound)
            }
            _ => false,
        }
    }

    /// Whether the gap is known and more than so many thousandths of the bound.
    pub fn is_wide(&self, thousandths: i64) -> bool {
        let gap = self.bound().zip(self.best_value());
        gap.is_some_and(|(bound, best)| (bound - best) / thousandths > bound.abs() / 1_000)
    }

    /// Whether it is only asked if some value is reached.
    pub fn is_question(&self) -> bool {
        self.control.wanted.is_some()
    }

    /// Whether a plan of the value wanted is found, or shown to be out of reach.
    pub fn is_decided(&self) -> bool {
        let Some(wanted) = self.control.wanted else {
            return false;
        };
        let state = self.state();
        let is_found = state.best.as_ref().is_some_and(|best| best.value >= wanted);
        is_found || state.bound.is_some_and(|bound| bound < wanted)
    }

    /// Whether the searches are to go on: nobody closed the board, the gap is not reached, what is
    /// wanted not decided, and the time, the memory and the patience of who asked last.
    pub fn goes_on(&self) -> bool {
        if self.is_closed.load(Ordering::Relaxed) || self.is_proven() {
            return false;
        }
        if let Some(paying) = self.paying {
            return paying.board().goes_on();
        }
        let stop = if self.is_decided() {
            Some(Stop::Decided)
        } else if self.control.is_cancelled() {
            Some(Stop::Cancelled)
        } else if self.time_left().is_some_and(|left| left.is_zero()) {
            Some(Stop::Time)
        } else if self.is_out_of_memory() {
            Some(Stop::Memory)
        } else {
            None
        };
        if stop.is_some() {
            self.state().stop = stop;
            self.close();
        }
        stop.is_none()
    }

    fn is_out_of_memory(&self) -> bool {
        let limit = self.settings.memory_limit;
        limit.is_some_and(|limit| bytes_held().is_some_and(|held| held > limit))
    }

    /// Ends every search at its next look.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
    }

    /// Lets searches go on again, unless a limit ended them.
    pub fn reopen(&self) {
        let is_over = self.state().stop.is_some();
        self.is_closed.store(is_over, Ordering::Relaxed);
    }

    /// What closed it, where a limit did.
    pub fn stop(&self) -> Option<Stop> {
        self.state().stop
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::{Price, Values};

    #[test]
    fn a_better_plan_below_nothing_is_put_up_and_tightened_rows_bound_nothing() {
        // Each of two flags lowers what a helper takes, from 10,000 by 50 and by 100.
        let mut formulation = Formulation::default();
        let taken = |taken: &Taken<'_>| {
            let less = [(0, 50), (1, 100)]
                .into_iter()
                .filter(|(at, _)| taken.0[*at]);
            10_000 - less.map(|(_, by)| by).sum::<i64>()
        };
        let helper = formulation.helper("short".to_owned(), Values::Number, taken);
        let price = Price {
            thousandths: 1,
            of: 1,
        };
        formulation.price(helper, price);
        let (settings, control) = (Settings::default(), Control::default());
        let board = Board::new(&formulation, &settings, &control);
        for (plan, value) in [
            ([false, false], -10_000),
            ([true, false], -9_950),
            ([true, true], -9_850),
        ] {
            assert!(board.put(plan.to_vec()), "{plan:?}");
            assert_eq!(board.best_value(), Some(value));
        }
        board.put_bound(-5_000, 0);
        board.tighten();
        board.put_bound(-9_000, 0);
        assert_eq!(board.bound(), Some(-5_000));
    }
}
