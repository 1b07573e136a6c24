//! The searches of a solve put together: the exact one, and beside it the one for better plans.
//!
//! With two threads or more they run at once and exchange plans as they find them. With one thread,
//! or where work is limited, the search for plans works in the pauses of the exact one, as many
//! simplex iterations as that one has made, so that the same run gives the same plan.

use super::backend::{Answer, Backend};
use super::board::Board;
use super::exact::{self, Pause, Unpaused};
use super::improve::{Improver, Limit};
use super::model::Model;
use super::relaxation::Relaxation;

/// Below this number of decisions the exact search is left alone: it ends in no time.
const FEW: usize = 60;

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
    if board.settings.threads > 1 && board.settings.work_limit.is_none() {
        let improver = Improver::new(board, backend, model, relaxation, Limit::Time);
        side_by_side(board, backend, model, improver)
    } else {
        let improver = Improver::new(board, backend, model, relaxation, Limit::Iterations);
        exact::run(board, backend, model, &mut Turns { improver })
    }
}

fn side_by_side(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    mut improver: Improver<'_>,
) -> Answer {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while board.goes_on() {
                improver.step();
            }
        });
        let answer = exact::run(board, backend, model, &mut Unpaused);
        board.close();
        answer
    })
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
