//! Tempering: a plan at each of several warmths, torn down and built up for seconds on end (see
//! `rebuild`); plans of neighbouring warmths change places now and then.
//!
//! Hukushima & Nemoto 1996, “Exchange Monte Carlo method and application to spin glass simulations”,
//! Journal of the Physical Society of Japan 65(6). Small problems settle: on tight programmes of 100
//! candidates within seconds at a plan half a per cent and more below the best. A warm plan leaves the best
//! one for worse ones; what it comes upon passes down to the cold ones, which fill the ceilings to the last.
//!
//! One plan alone that is annealed from warm to cold keeps the focal points with which it cools: a minute
//! brings it no nearer to the best plans known than 30 s do. Tempering goes on gaining. Alone in one thread
//! from the first plan on, two seeds, mean distance from the best plans known in per cent:
//!
//! | tight programmes | annealed from 4 to 0.2 | tempered, six from 4 to 0.6 |
//! |---|---|---|
//! | of 100, s3, and of 200, s1 to s3, 46 s | 0.22 | 0.12 |
//! | of 100, s1 and s2, 46 s | 0.39 | 0.22 |
//! | of 400, s1 and s2, 46 s | 0.23 | 0.18 |
//!
//! Other warmths on the first row: six to 0.4 0.17, to 0.8 0.18; six from 6 to 0.4 0.18, from 2.5 to 0.4 0.19;
//! eight to 0.4 0.19, five from 4 to 1.1 0.16, from 3 to 0.7 0.20, four from 3 to 0.5 0.23. Differences below 0.04 are
//! chance.
//!
//! How warm is reckoned from what a project is worth divided by their number: programmes of 30 projects
//! freeze where those of 130 are still warm.
//!
//! It takes half of the time left at a time, so that small problems have a turn between, in both threads;
//! the plans are kept from one turn to the next. Two threads, 60 s, seed 2, gaps in per cent, the last with about
//! twice as many ruins a second (see `rebuild`):
//!
//! | tight programmes | annealed | tempered | with more ruins |
//! |---|---|---|---|
//! | of 100, s1 to s3 | 2.42, 1.64, 1.20 | 2.40, 1.33, 1.20 | 1.98, 1.33, 1.20 |
//! | of 200, s1 to s3 | 0.59, 0.53, 0.51 | 0.49, 0.41, 0.55 | 0.51, 0.20, 0.50 |
//! | of 400, s1 and s2 | 0.31, 0.26 | 0.32, 0.23 | 0.27, 0.25 |
//!
//! Provinces of 300 gain nothing by annealing in 30 s: 0.26 per cent with, 0.25 without (s1 and s3, two seeds,
//! geometric mean).
//!
//! Tried and left: a warmth that is a part of the value, the same for all programmes; plans compared with the
//! best so far instead of the one before (record-to-record travel); fillings in the order of a relaxation whose
//! helpers are as in the plan, every 0.02 to 1 s (annealed alone for 10 s 0.38, without 0.41; tempered for 20 s
//! 0.30 and 0.27); the coldest plan replaced by the best one at each turn (both threads then end at one plan); plans
//! that begin far from one another; fillings that may lose more the warmer it is.
//!
//! Nor did plans that take over what another has in half of the ceilings. Alone in one thread, 30 s, two seeds, tight of 200, s1 to
//! s3, and of 400, s1, mean distance from the best plans known in per cent: tempered 0.15; the warmest now and then such a
//! cross of two others 0.17 and 0.18, the third warmest 0.14; twelve plans of which two are crossed and annealed again
//! and again, with 3,000 ruins for each 0.18, with 10,000 and with 30,000 0.16.

use std::time::{Duration, Instant};

use rand::RngExt;

use super::{Improver, Limit};
use crate::solve::board::Found;
use crate::solve::rebuild::Rebuild;

/// How many plans there are.
const PLANS: i32 = 6;
/// How warm the warmest and the coldest are.
const WARMTH: (f64, f64) = (4.0, 0.6);
/// Ruins of a plan between two looks at the clock, the board and its neighbours.
const LOOK: u32 = 64;
/// Steps without a better plan after which it is their turn.
const STUCK: u32 = 15;
/// The same after a turn that brought nothing.
const AGAIN: u32 = 5;
/// The part of the time left that a turn takes, and the least.
const PART: f64 = 0.5;
const LEAST: Duration = Duration::from_secs(4);
/// How often plans are put up to be merged, but for the so many warmest.
const TOLD: Duration = Duration::from_secs(2);
const WARM: usize = 2;
/// How many times longer each turn after the first, where there is no limit of time.
const LONGER: f64 = 1.5;

/// The plans, and when they have their turn.
pub(super) struct Tempering {
    /// Steps without a better plan after which they do.
    stuck: u32,
    over: Duration,
    /// From the warmest to the coldest; none before the first turn.
    plans: Vec<Found>,
}

impl Tempering {
    pub fn new() -> Tempering {
        Tempering {
            stuck: STUCK,
            over: LEAST,
            plans: Vec::new(),
        }
    }

    /// To have their turn at once.
    pub fn come_next(&mut self) {
        self.stuck = 0;
    }

    /// A better plan was found.
    pub fn restart(&mut self) {
        self.stuck = STUCK;
    }
}

/// How warm the plans are, from the warmest to the coldest.
fn warmths() -> Vec<f64> {
    let part = |place: i32| f64::from(place) / f64::from(PLANS - 1);
    let warmth = |place| WARMTH.0 * (WARMTH.1 / WARMTH.0).powf(part(place));
    (0..PLANS).map(warmth).collect()
}

/// How likely two plans change places: surely where the warmer one is `ahead`, by so much in what a
/// warmth of 1 allows.
fn likelihood(warmer: f64, colder: f64, ahead: f64) -> f64 {
    ((1.0 / colder - 1.0 / warmer) * ahead).exp().min(1.0)
}

impl Improver<'_> {
    /// Whether small problems have brought nothing for long. Only where time is the limit: how far
    /// tempering comes in so many seconds is not the same every time.
    pub(super) fn is_stuck(&self) -> bool {
        self.limit == Limit::Time && !self.ground.is_counting() && self.idle >= self.tempering.stuck
    }

    /// A turn of the tempered plans: for a part of the time left; where there is no limit, longer each time.
    pub(super) fn temper(&mut self, best: &Found) {
        let own = self.tempering.over;
        self.tempering.over = own.mul_f64(LONGER);
        self.tempering.stuck = self.idle + AGAIN;
        self.merging.restart();
        let left = self.board.time_left();
        let until = Instant::now() + left.map_or(own, |left| left.mul_f64(PART).max(LEAST));
        let (board, relaxation) = (self.board, self.ground.relaxation());
        let own = Rebuild::new(board.formulation, relaxation, &best.taken, &mut self.rng);
        let Some(mut own) = own else {
            return;
        };
        if self.tempering.plans.is_empty() {
            self.tempering.plans = (0..PLANS).map(|_| best.clone()).collect();
        }
        let mut told = Instant::now();
        let (warmths, mut known) = (warmths(), best.value);
        while board.goes_on() && Instant::now() < until {
            for (place, &warmth) in warmths.iter().enumerate() {
                own.go_on_from(&self.tempering.plans[place].taken);
                for _ in 0..LOOK {
                    self.ruin(&mut own, warmth, &mut known);
                }
                self.tempering.plans[place] = Found {
                    taken: own.plan(),
                    value: own.value(),
                };
            }
            self.exchange(&warmths, own.grain());
            self.pay();
            known = board.best_value().unwrap_or(known);
            if told.elapsed() > TOLD {
                told = Instant::now();
                for plan in &self.tempering.plans[WARM..] {
                    board.put(plan.taken.clone());
                }
            }
        }
        // Where the coldest ends is another plan to cross with.
        if let Some(coldest) = self.tempering.plans.last() {
            board.put(coldest.taken.clone());
        }
    }

    /// Lets plans of neighbouring warmths change places. `grain` is what a warmth of 1 allows.
    #[allow(clippy::cast_precision_loss)] // a small part of a plan's value
    fn exchange(&mut self, warmths: &[f64], grain: f64) {
        let plans = &mut self.tempering.plans;
        for place in 1..plans.len() {
            let ahead = (plans[place - 1].value - plans[place].value) as f64 / grain;
            let likely = likelihood(warmths[place - 1], warmths[place], ahead);
            if self.rng.random_bool(likely) {
                plans.swap(place - 1, place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warmths_fall_from_the_first_to_the_last_by_the_same_part() {
        let all = warmths();
        assert!((all[0] - WARMTH.0).abs() < 1e-9 && (all[5] - WARMTH.1).abs() < 1e-9);
        let part = all[1] / all[0];
        assert!(
            part < 1.0
                && all
                    .windows(2)
                    .all(|own| (own[1] / own[0] - part).abs() < 1e-9)
        );
    }

    #[test]
    fn a_better_plan_becomes_the_colder_one_for_sure_and_a_worse_one_as_the_warmths_say() {
        assert!((likelihood(4.0, 2.0, 0.5) - 1.0).abs() < 1e-9);
        assert!((likelihood(4.0, 2.0, 0.0) - 1.0).abs() < 1e-9);
        assert!((likelihood(4.0, 2.0, -8.0) - (-2.0_f64).exp()).abs() < 1e-9);
        assert!(likelihood(1.0, 0.5, -1e9).abs() < 1e-9);
    }
}
