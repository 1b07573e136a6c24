//! The exact search: the whole model in the solver, watched, fed and cut off by the board.

use super::backend::{Answer, Backend, End, Moment, Task, Watch};
use super::board::Board;
use super::model::Model;
use crate::formulation::Taken;

/// What the exact search does at its pauses, beside watching.
pub(super) trait Pause {
    /// Called often, with the linear iterations that the search has made.
    fn pause(&mut self, iterations: i64);

    /// Whether the search is to end, though the board goes on.
    fn is_over(&self) -> bool {
        false
    }

    /// Whether no other search seeks plans, so that this one is to seek them too.
    fn is_alone(&self) -> bool {
        false
    }
}

/// No pauses, and no search beside.
pub(super) struct Unpaused;

impl Pause for Unpaused {
    fn pause(&mut self, _: i64) {}

    fn is_alone(&self) -> bool {
        true
    }
}

/// Runs the exact search until the board closes or the search ends.
///
/// Where another search seeks plans this one does not: that takes most of the tree's time (37 of 55 s of HiGHS
/// 1.16 on tight of 100, s1, 2,051 nodes in 60 s instead of 5,845). Bounds after 60 s alone from the same plan,
/// thousands of points:
///
/// | instance | it seeks | it does not |
/// |---|---|---|
/// | tight of 100, s1 | 3969.9 | 3966.3 |
/// | tight of 100, s3 | 3892.2 | 3891.6 |
/// | tight of 200, s1 | 7249.6 | 7248.3 |
/// | tight of 200, s3 | 8118.9 | 8118.5 |
pub(super) fn run(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    pause: &mut dyn Pause,
) -> Answer {
    let best = board.best();
    let start = best.map(|best| model.values(board.formulation, &best.taken));
    let answer = run_from(board, backend, model, pause, start.as_deref());
    if start.is_some() && stopped_early(board, &answer) {
        return run_from(board, backend, model, pause, None);
    }
    answer
}

/// Whether the solver says that it is done with a plan that keeps every row, though by its own bound it is
/// not: now and then HiGHS 1.16 ends so where it begins with a plan (two in 590 solves of programmes of a
/// dozen projects, which ended well without one).
fn stopped_early(board: &Board<'_>, answer: &Answer) -> bool {
    let plan = answer.values.as_ref().map(|own| board.decisions(own));
    let is_kept = plan.is_some_and(|own| board.formulation.admits(&Taken(&own)));
    is_kept && answer.end == End::Finished && !board.is_proven() && board.goes_on()
}

/// Runs it once from what it is told to begin with.
fn run_from(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    pause: &mut dyn Pause,
    start: Option<&[f64]>,
) -> Answer {
    let seeks = pause.is_alone();
    let mut watch = Exact {
        board,
        model,
        pause,
        known: board.best_value(),
    };
    let settings = board.settings;
    let answer = backend.optimise(
        model,
        Task {
            gap: settings.gap,
            time: board.time_left(),
            nodes: settings.work_limit,
            seed: settings.seed,
            start,
            seeks,
            watch: Some(&mut watch),
        },
    );
    if let Some(values) = &answer.values {
        board.put(board.decisions(values));
    }
    if let Some(bound) = answer.bound {
        board.put_bound(model.objective_bound(bound), 0);
    }
    answer
}

struct Exact<'a> {
    board: &'a Board<'a>,
    model: &'a Model,
    pause: &'a mut dyn Pause,
    /// The best value that the search knows of.
    known: Option<i64>,
}

impl Watch for Exact<'_> {
    fn goes_on(&mut self, at: &Moment) -> bool {
        if let Some(bound) = at.bound.filter(|bound| bound.is_finite()) {
            self.board
                .put_bound(self.model.objective_bound(bound), at.nodes);
        }
        if self.board.goes_on() {
            self.pause.pause(at.iterations);
        }
        self.board.goes_on() && !self.pause.is_over()
    }

    fn improved(&mut self, values: &[f64]) {
        self.board.put(self.board.decisions(values));
        self.known = self.board.best_value();
    }

    fn offer(&mut self) -> Option<Vec<f64>> {
        let best = self.board.best()?;
        if self.known.is_some_and(|known| known >= best.value) {
            return None;
        }
        self.known = Some(best.value);
        Some(self.model.values(self.board.formulation, &best.taken))
    }
}
