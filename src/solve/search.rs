//! The searches of a solve put together: the exact one, and beside it the one for better plans.
//!
//! What choosing alone reaches, without scheduling, bounds the problem first (see `choosing`); then the
//! whole problem is searched. Where time is limited and the gap large, that search is given up once its
//! bound stays for a twelfth of the time left: it is over by then for good (on tight of 100, s1, the tree next
//! lowered the bound after 38 s, while on programmes that it proves it moves within three). What is left of the
//! time goes to plans. Where the gap is a per cent or more after choosing, it is not begun (on tight of 100, s3,
//! it took 4 s for nothing), and where it is one and a half after five seconds it is given up even while its
//! bound moves: on tight of 100, s2, that went on for 14 to 18 s, to no lower bound than choosing has after 15;
//! programmes that it proves within a minute are at 0.8 to 1.3 per cent by then.
//!
//! Below 600 decisions the whole problem comes first, and choosing once it is given up: the tree alone proves
//! such programmes sooner. Seconds to 0.1 per cent, two to three seeds:
//!
//! | instance | choosing first, two threads | the whole problem first | one thread, seed 1 |
//! |---|---|---|---|
//! | son-la | 3.0, 3.0, 2.1 | 1.7, 1.8, 1.6 | 4.4 and 1.8 |
//! | province of 100, s1 | 0.7, 1.4, 0.9 | 0.6, 0.8, 0.9 | – |
//! | hoa-binh | 12.2, 18.1 | 9.4, 10.8, 14.7 | 26.3 and 10.3 |
//!
//! With two threads or more a search for plans runs beside the exact one, and they exchange plans as
//! they find them. With one thread, or where work is limited, it works in the pauses of the exact one:
//! at first as much as that one does, less and less while it brings nothing, and not at all while that
//! one's bound moves; work is counted in simplex iterations, so that the same run gives the same plan.
//! A choice that comes (see `choosing`) is scheduled at once: waiting for its turn it was mostly too
//! late. One thread, six instances and two seeds (vinh-long, provinces of 900 and 300, tight of 200 and
//! 400), geometric mean of the gaps in per cent:
//!
//! | a choice is scheduled | 5 s | 10 s |
//! |---|---|---|
//! | in its turn | 1.16 | 0.73 |
//! | at once | 0.85 | 0.47 |
//! | at once, after ten searches for plans before the exact one | 0.83 | 0.54 |
//!
//! Measured on six instances (tight of 100 and 200, provinces of 300 candidates), two threads, one to
//! three seeds, geometric mean of the gaps in per cent; differences below about a tenth of a figure
//! are chance:
//!
//! | searches | 2 s | 5 s | 10 s |
//! |---|---|---|---|
//! | exact, and one for plans beside it | 1.7 | 1.15 | 0.90 |
//! | the same, and one for plans in the pauses | 1.6 | 1.05 | 0.85 |
//! | the same, with three times as much work in the pauses | 2.0 | 1.3 | 1.1 |
//! | the same, each leaving the best plan for a worse one when stuck | 1.5 | 1.1 | 0.87 |
//! | the same, each with a best plan of its own until it is stuck | 1.7 | 1.2 | 0.97 |
//! | the same, beginning with a rounded relaxation | 1.7 | 1.15 | 0.95 |
//! | the same, half of the neighbourhoods without the decisions that lose most | 2.1 | 1.4 | 0.97 |
//!
//! The first two again, and pauses from the end of the root on, on three provinces of 300 and one tight
//! instance of 200, where later seconds count too:
//!
//! | searches | 2 s | 5 s | 10 s | 20 s | 30 s |
//! |---|---|---|---|---|---|
//! | exact, and one for plans beside it | 1.29 | 0.75 | 0.53 | 0.50 | 0.42 |
//! | the same, and one for plans in the pauses | 2.1 | 1.03 | 0.82 | 0.45 | 0.40 |
//! | the same, but not before the first node | 1.26 | 0.88 | 0.70 | 0.46 | 0.42 |
//!
//! Pauses keep the root's bound back for seconds, and where the tree proves the plan they cost half as
//! much time again (28 s instead of 19 on hoa-binh): with two threads there are none.
//! Nor with choosing before and ruins beside: a mean gap of 0.50 per cent at 30 s with and without pauses
//! (six instances, two seeds), hoa-binh 19.7 s instead of 14.4.

use std::time::{Duration, Instant};

use super::backend::{Answer, Backend, End};
use super::board::Board;
use super::choosing;
use super::depth;
use super::exact::{self, Pause, Unpaused};
use super::improve::{Improver, Limit};
use super::model::Model;
use super::relaxation::Relaxation;

/// Below this number of decisions the exact search is left alone: it ends in no time.
const FEW: usize = 60;
/// Below this number the whole problem is searched before choosing.
const SMALL: usize = 600;
/// Above this number of decisions there is no exact search where time is the limit: before it begins,
/// HiGHS spends a minute and more on cliques without looking at the clock, and on 30,000 candidates of a nation
/// (65,000 decisions once who pays is left open) it had no plan after 110 s, its bound 0.006 per cent lower than
/// that of the relaxation, where rounding has one of 0.03 per cent after 35 s.
const MANY: usize = 60_000;

/// Runs the searches until the board closes or the exact one ends.
pub(super) fn run(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    relaxation: Option<&Relaxation>,
) -> Answer {
    if let Some(answer) = relaxation.and_then(|own| depth::run(board, own)) {
        return answer;
    }
    if !board.goes_on() {
        return Answer::without_solution(End::Interrupted, "");
    }
    let is_small = board.formulation.benefit().len() < FEW;
    let Some(relaxation) = relaxation.filter(|_| !is_small) else {
        return exact::run(board, backend, model, &mut Unpaused);
    };
    let improver = |limit, seed| Improver::new(board, backend, model, relaxation, limit, seed);
    let seed = u64::from(board.settings.seed);
    if board.settings.seeks_beside() {
        let mut beside = improver(Limit::Time, seed);
        std::thread::scope(|scope| {
            let closing = ClosingAtLast(board);
            let beside = scope.spawn(|| beside.go_on());
            let answer = if is_without_tree(board) {
                plans_alone(&mut improver(Limit::Time, !seed))
            } else {
                let improver = || improver(Limit::Time, !seed);
                in_turn(board, backend, model, relaxation, improver)
            };
            drop(closing);
            // What it put up before it panicked, if it did, is as good as any.
            let _ = beside.join();
            answer
        })
    } else {
        let mut improver = improver(Limit::Iterations, seed);
        if is_without_tree(board) {
            plans_alone(&mut improver)
        } else {
            let turns = &mut Turns::new(board, improver);
            let sharper = if is_whole_first(board) {
                None
            } else {
                choosing::run(board, backend, model, turns)
            };
            let model = sharper.as_ref().unwrap_or(model);
            exact::run(board, backend, model, turns)
        }
    }
}

/// Closes the board whatever ends the search here, so that the one beside ends too.
struct ClosingAtLast<'a>(&'a Board<'a>);

impl Drop for ClosingAtLast<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Bounds by choosing alone, then searches the whole problem for as long as its bound moves; what is
/// left of the time is better spent on a sharper kind of choosing, and on plans.
fn in_turn<'a>(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    relaxation: &Relaxation,
    improver: impl FnOnce() -> Improver<'a>,
) -> Answer {
    let is_whole_first = is_whole_first(board);
    let choose = || choosing::run(board, backend, model, &mut Unpaused);
    let sharper = if is_whole_first { None } else { choose() };
    let mut moving = Moving::new(board);
    let answer = if !is_whole_first && moving.is_in_vain(choosing::WIDE) {
        moving.is_over = true;
        Answer::without_solution(End::Interrupted, "")
    } else {
        let model = sharper.as_ref().unwrap_or(model);
        exact::run(board, backend, model, &mut moving)
    };
    if moving.is_over() && board.goes_on() {
        let sharper = if is_whole_first { choose() } else { sharper };
        let model = sharper.as_ref().unwrap_or(model);
        choosing::run_nearly_whole(board, backend, model, relaxation);
        improver().merging_first().go_on();
    }
    answer
}

/// Whether the whole problem is searched at once, without choosing before.
fn is_whole_first(board: &Board<'_>) -> bool {
    board.formulation.benefit().len() < SMALL
}

/// Whether there are too many decisions for an exact search within a limit of time.
fn is_without_tree(board: &Board<'_>) -> bool {
    let settings = board.settings;
    let is_timed = settings.time_limit.is_some() && settings.work_limit.is_none();
    is_timed && board.formulation.benefit().len() > MANY
}

fn plans_alone(improver: &mut Improver<'_>) -> Answer {
    improver.go_on();
    Answer::without_solution(End::Interrupted, "")
}

/// An exact search is over whose bound does not move in one of so many parts of the time left.
const PATIENCE: u32 = 12;
/// A gap of so many thousandths of the bound is too large for a tree to close.
const WIDE: i64 = 2;
/// A gap of so many thousandths is too large even where the bound moves, after that time and so long.
const VERY_WIDE: i64 = 15;
const LONG: Duration = Duration::from_secs(5);

/// Ends an exact search once its bound moves too little, where time is limited and the gap large.
struct Moving<'a> {
    board: &'a Board<'a>,
    begun: Instant,
    /// When its bound was last seen to move, and the bound then.
    moved: (Instant, i64),
    patience: Option<Duration>,
    is_over: bool,
}

impl<'a> Moving<'a> {
    fn new(board: &'a Board<'a>) -> Moving<'a> {
        let left = board.time_left().filter(|_| !board.is_question());
        Moving {
            board,
            begun: Instant::now(),
            moved: (Instant::now(), board.bound().unwrap_or(i64::MAX)),
            patience: left.map(|left| left / PATIENCE),
            is_over: false,
        }
    }

    /// Whether time is limited and the gap so many thousandths or more.
    fn is_in_vain(&self, thousandths: i64) -> bool {
        self.patience.is_some() && self.board.is_wide(thousandths)
    }
}

impl Pause for Moving<'_> {
    fn pause(&mut self, _: i64) {
        let (Some(bound), Some(best)) = (self.board.bound(), self.board.best_value()) else {
            return;
        };
        if self.moved.1.saturating_sub(bound) > (bound - best) / MOVED {
            self.moved = (Instant::now(), bound);
        }
        let Some(patience) = self.patience else {
            return;
        };
        let stays = self.moved.0.elapsed() > patience && self.board.is_wide(WIDE);
        let is_late = self.begun.elapsed() > patience.max(LONG);
        // Asked again while it ends, it stays so, whatever was found since.
        self.is_over |= stays || (is_late && self.board.is_wide(VERY_WIDE));
    }

    fn is_over(&self) -> bool {
        self.is_over
    }
}

/// The search for plans in the pauses of the exact one.
struct Turns<'a> {
    board: &'a Board<'a>,
    improver: Improver<'a>,
    /// The iterations of the searches before this one, and those of this one when last told.
    before: (i64, i64),
    /// The iterations of the exact search and its bound when its progress was last looked at.
    looked: (i64, i64),
    /// Whether its bound has moved since the look before.
    earns: bool,
}

/// Iterations between two looks at the progress of the exact search.
const LOOK: i64 = 10_000;
/// By how much of the gap its bound must have moved for it to be left alone: one in so many parts.
const MOVED: i64 = 50;

impl<'a> Turns<'a> {
    fn new(board: &'a Board<'a>, improver: Improver<'a>) -> Turns<'a> {
        Turns {
            board,
            improver,
            before: (0, 0),
            looked: (0, i64::MAX),
            earns: false,
        }
    }

    /// The iterations of all searches so far: each counts from 0.
    fn in_all(&mut self, iterations: i64) -> i64 {
        let (before, last) = self.before;
        let before = if iterations < last {
            before + last
        } else {
            before
        };
        self.before = (before, iterations);
        before + iterations
    }

    fn look(&mut self, iterations: i64) {
        let (Some(bound), Some(best)) = (self.board.bound(), self.board.best_value()) else {
            return;
        };
        if iterations >= self.looked.0 + LOOK {
            let moved = self.looked.1.saturating_sub(bound);
            self.earns = self.looked.1 != i64::MAX && moved > (bound - best) / MOVED;
            self.looked = (iterations, bound);
        }
    }
}

impl Pause for Turns<'_> {
    fn pause(&mut self, iterations: i64) {
        let iterations = self.in_all(iterations);
        self.look(iterations);
        let (board, earns, improver) = (self.board, self.earns, &mut self.improver);
        let is_due =
            |improver: &Improver<'_>| board.has_choice() || (!earns && improver.is_due(iterations));
        if !is_due(improver) {
            return;
        }
        // A thread of its own: HiGHS cannot run inside a run of its own thread.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while is_due(improver) && improver.goes_on() {
                    improver.step();
                }
            });
        });
    }
}
