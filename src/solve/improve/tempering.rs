//! Annealing: a plan torn down and built up for seconds on end, ever colder (see `rebuild`).
//!
//! Small problems settle: on tight programmes of 100 candidates within seconds at a plan half a per cent
//! and more below the best. A warm plan leaves the best one for worse ones and comes back by another way.
//!
//! How warm is reckoned from what a project is worth divided by their number: programmes of 30 projects
//! freeze where those of 130 are still warm. Two threads, 60 s, seed 1, gaps in per cent with annealing in
//! both threads (8 s at first in the one beside the tree), and in that of the tree alone:
//!
//! | instance | both | one |
//! |---|---|---|
//! | tight of 100, s1 | 2.02 | 2.31 |
//! | tight of 100, s2 | 1.60 | 1.69 |
//! | tight of 100, s3 | 1.28 | 1.10 |
//! | tight of 200, s3 | 0.50 | 0.68 |
//! | tight of 400, s1 | 0.36 | 0.35 |
//! | province of 300, s2 | 0.23 | 0.30 |
//!
//! With 4 s at first, and a tree that goes on where the gap is below 0.3 per cent: 2.02, 1.80, 1.10, 0.48, 0.41 on
//! the tight ones, and 0.36, 0.31, 0.29, 0.39 on tight of 200, s1 and s2, and of 400, s2 and s3. Without annealing,
//! and with ruins whose fillings could lose anything, it was 2.37, 1.80, 1.21, 0.81, 0.32, and 0.93 on tight of 200, s1.
//! Those were of 4 s at first, and longer each time. An annealing gains until about 20 s: alone, 0.30, 0.19 and 0.22
//! per cent from the best plans known after 10, 30 and 60 s (tight of 100, s3, of 200, s1 and s3, of 400, s2, two
//! seeds), and four of 5 s come no nearer than one of 20. So each takes half of the time left, in both threads.
//! Provinces of 300 gain nothing by it in 30 s: 0.26 per cent with, 0.25 without (s1 and s3, two seeds, geometric mean).
//!
//! Tried and left: a warmth that is a part of the value, the same for all programmes; plans compared with the
//! best so far instead of the one before (record-to-record travel: 0.60 and 0.75 per cent from the best plans
//! known where annealing had 0.59, greedy fillings, 14 s alone, two seeds of four tight programmes).

use std::time::{Duration, Instant};

use super::{Improver, Limit};
use crate::solve::rebuild::Rebuild;

/// How warm it is at first and at last.
const WARMTH: (f64, f64) = (4.0, 0.2);
/// Ruins between two looks at the clock and the board.
const LOOK: u32 = 64;
/// Steps without a better plan after which the best one is annealed.
const STUCK: u32 = 15;
/// The same once it was annealed in vain.
const AGAIN: u32 = 5;
/// The part of the time left that it takes, and the least.
const PART: f64 = 0.5;
const LEAST: Duration = Duration::from_secs(4);
/// How many times longer each time after the first, where there is no limit of time.
const LONGER: f64 = 1.5;

/// When a search anneals, and for how long.
pub(super) struct Annealing {
    /// Steps without a better plan after which it does.
    stuck: u32,
    over: Duration,
}

impl Annealing {
    pub fn new() -> Annealing {
        Annealing {
            stuck: STUCK,
            over: LEAST,
        }
    }

    /// A better plan was found.
    pub fn restart(&mut self) {
        self.stuck = STUCK;
    }
}

impl Improver<'_> {
    /// Whether small problems have brought nothing for long. Only where time is the limit: how far an
    /// annealing comes in so many seconds is not the same every time.
    pub(super) fn is_stuck(&self) -> bool {
        self.limit == Limit::Time && !self.ground.is_counting() && self.idle >= self.annealing.stuck
    }

    /// Anneals the best plan for a part of the time left; where there is no limit, longer each time.
    pub(super) fn anneal(&mut self) {
        let own = self.annealing.over;
        self.annealing.over = own.mul_f64(LONGER);
        self.annealing.stuck = self.idle + AGAIN;
        let left = self.board.time_left();
        self.anneal_over(left.map_or(own, |left| left.mul_f64(PART).max(LEAST)));
    }

    /// To begin with annealing.
    pub fn annealing_first(mut self) -> Self {
        self.annealing.stuck = 0;
        self
    }

    /// Anneals the best plan for so long, or until the board closes.
    fn anneal_over(&mut self, over: Duration) {
        let (board, relaxation) = (self.board, self.ground.relaxation());
        let Some(best) = board.best() else {
            return;
        };
        let own = Rebuild::new(board.formulation, relaxation, &best.taken, &mut self.rng);
        let Some(mut own) = own else {
            return;
        };
        let (began, mut known) = (Instant::now(), best.value);
        while board.goes_on() && began.elapsed() < over {
            let part = began.elapsed().as_secs_f64() / over.as_secs_f64();
            let warmth = WARMTH.0 * (WARMTH.1 / WARMTH.0).powf(part);
            for _ in 0..LOOK {
                own.round(warmth, &mut self.rng);
                if own.value() > known {
                    known = own.value();
                    board.put(own.plan());
                }
            }
        }
        // Where it ends is another plan to cross with.
        board.put(own.plan());
    }
}
