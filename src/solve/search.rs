//! The searches of a solve put together: the exact one, and beside it the one for better plans.
//!
//! A search for plans works in the pauses of the exact one, as many simplex iterations as that one has
//! made. With one thread, or where work is limited, that is all, so that the same run gives the same
//! plan. With two threads or more a second search for plans runs beside, and they exchange plans as
//! they find them.
//!
//! Measured on six instances (tight of 100 and 200, provinces of 300 candidates), two threads, two to
//! three seeds, geometric mean of the gaps in per cent:
//!
//! | searches | 2 s | 5 s | 10 s |
//! |---|---|---|---|
//! | exact, and one for plans beside it | 1.73 | 1.15 | 0.90 |
//! | the same, and one for plans in the pauses | 1.56 | 1.03 | 0.82 |
//! | the same with three times as much work in the pauses (one seed) | 1.98 | 1.33 | 1.11 |
//! | the same, each leaving the best plan for a worse one when stuck | 1.52 | 1.07 | 0.87 |
//! | the same, half of the neighbourhoods without the decisions that lose most (one seed) | 2.06 | 1.39 | 0.97 |

use super::backend::{Answer, Backend, End};
use super::board::Board;
use super::exact::{self, Pause, Unpaused};
use super::improve::{Improver, Limit};
use super::model::Model;
use super::relaxation::Relaxation;

/// Below this number of decisions the exact search is left alone: it ends in no time.
const FEW: usize = 60;
/// Above this number of decisions, and with a limit of time, there is no exact search: before it
/// begins, HiGHS spends minutes on cliques without looking at the clock (70 s for 30,000 candidates
/// of a nation, 10 s for the linear relaxation), and its bound would hardly be better.
const MANY: usize = 60_000;

/// Runs the searches until the board closes or the exact one ends.
pub(super) fn run(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    relaxation: Option<&Relaxation>,
) -> Answer {
    let is_small = board.formulation.benefit().len() < FEW;
    let Some(relaxation) = relaxation.filter(|_| !is_small) else {
        return exact::run(board, backend, model, &mut Unpaused);
    };
    let is_large = board.settings.time_limit.is_some() && board.formulation.benefit().len() > MANY;
    let improver = |limit, seed| Improver::new(board, backend, model, relaxation, limit, seed);
    let seed = u64::from(board.settings.seed);
    if board.settings.threads > 1 && board.settings.work_limit.is_none() {
        let mut beside = improver(Limit::Time, seed);
        let mut turns = Turns {
            improver: improver(Limit::Time, !seed),
        };
        std::thread::scope(|scope| {
            scope.spawn(|| beside.go_on());
            let answer = if is_large {
                turns.improver.go_on();
                Answer::without_solution(End::Interrupted, "")
            } else {
                exact::run(board, backend, model, &mut turns)
            };
            board.close();
            answer
        })
    } else {
        let mut turns = Turns {
            improver: improver(Limit::Iterations, seed),
        };
        exact::run(board, backend, model, &mut turns)
    }
}

/// The search for plans in the pauses of the exact one.
struct Turns<'a> {
    improver: Improver<'a>,
}

impl Pause for Turns<'_> {
    fn pause(&mut self, iterations: i64) {
        if self.improver.iterations() >= iterations {
            return;
        }
        // A thread of its own: HiGHS cannot run inside a run of its own thread.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while self.improver.iterations() < iterations && self.improver.goes_on() {
                    self.improver.step();
                }
            });
        });
    }
}
