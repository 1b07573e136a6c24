//! The first plan, for a search that has none.
//!
//! Two ways in turn. One searches among the decisions that the relaxation takes or hardly loses by,
//! or around a plan to begin with that does not keep every row. The other rounds the relaxation
//! first: of thousands of projects, the few hundred that it takes in part do not fill the groups that
//! it opens in part. What is opened grows until there is a plan.
//!
//! Tried and left, for a plan under a ceiling 5 per cent lower (three instances, 10 s): letting the
//! cheapest projects go until no row is missed, in 0.1 s. It costs 0.8 to 1.9 per cent of the plan, and
//! from there the searches end where they do now, or a tenth of a per cent below.

use super::rounding::Rounded;
use super::{INNER_GAP, Improver, SECONDS};
use crate::solve::neighbourhood::Kind;

/// The gap at which a first plan is good enough.
const FIRST_GAP: f64 = 0.01;
/// How many decisions are opened at most: on more HiGHS spends long without looking at the clock.
const MOST_OPENED: usize = 20_000;
/// How many decisions of a rounded relaxation are opened at first.
pub(super) const IN_QUESTION: usize = 500;
/// Steps without a better plan after which the relaxation is rounded otherwise: at first, and at
/// most while that brings nothing.
pub(super) const INTERVALS: (u32, u32) = (15, 240);
/// By how much more is opened, and longer searched, after a vain try; and the most seconds.
const MORE: f64 = 1.5;
const LONGEST: f64 = 600.0;

/// How hard a first plan is sought, and other roundings later.
pub(super) struct Beginning {
    /// Projects opened.
    size: f64,
    /// Seconds, or what stands for them, of a try.
    seconds: f64,
    tries: u32,
    rounded: Option<Rounded>,
    /// How many of its decisions are opened.
    pub question: usize,
    /// Idle steps between two roundings.
    pub interval: u32,
}

impl Beginning {
    pub fn new(size: f64) -> Beginning {
        Beginning {
            size,
            seconds: SECONDS.1 / 4.0,
            tries: 0,
            rounded: None,
            question: IN_QUESTION,
            interval: INTERVALS.0,
        }
    }
}

impl Improver<'_> {
    /// Tries to find a first plan.
    pub(super) fn begin(&mut self) {
        self.beginning.tries += 1;
        let is_even = self.beginning.tries.is_multiple_of(2);
        let seconds = self.beginning.seconds;
        if is_even != self.ground.is_wide() && self.board.start().is_none() {
            self.lasting(seconds, Improver::begin_rounded);
            self.beginning.seconds = (seconds * MORE).min(LONGEST);
        } else {
            self.lasting(seconds, Improver::begin_near);
            self.beginning.size = (self.beginning.size * MORE).min(self.ground.projects());
        }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of projects
    #[allow(clippy::cast_precision_loss)] // numbers of decisions
    fn begin_near(&mut self) {
        let none = vec![false; self.board.formulation.benefit().len()];
        let start = self.board.start();
        let taken = start.unwrap_or(&none);
        let decisions = none.len().max(MOST_OPENED) as f64;
        let most = self.ground.projects() * MOST_OPENED as f64 / decisions;
        let size = self.beginning.size.min(most) as usize;
        let open = match start {
            Some(start) => self.ground.mending(size, start, &mut self.rng),
            None => self
                .ground
                .open(Kind::Core, size, &none, &none, &mut self.rng),
        };
        self.search(taken, &open, FIRST_GAP);
    }

    /// Searches among the decisions in question once the relaxation is rounded.
    fn begin_rounded(&mut self) {
        if self.beginning.rounded.is_none() {
            self.beginning.rounded = self.round(0.0);
        }
        let Some(rounded) = self.beginning.rounded.take() else {
            return;
        };
        let count = self.beginning.question.max(2 * rounded.in_part);
        self.search(&rounded.taken, &rounded.open(count), INNER_GAP);
        // All of them are as many as can be opened, however often it is tried.
        self.beginning.question = (2 * count).min(rounded.order.len().max(IN_QUESTION));
        self.beginning.rounded = (count < rounded.order.len()).then_some(rounded);
    }
}

#[cfg(all(test, feature = "highs"))]
mod tests {
    use super::super::Limit;
    use super::*;
    use crate::formulation::{DecisionId, Formulation, numbered};
    use crate::solve::board::Board;
    use crate::solve::model::Model;
    use crate::solve::relaxation::Relaxation;
    use crate::solve::{Control, Settings, Solver, backend};

    #[test]
    fn hundreds_of_vain_tries_neither_overflow_nor_end_the_search() {
        // Threes come to 50 in parts alone, and 100 is too much.
        let weights = [6, 9, 12, 15, 18, 21, 24, 27, 30, 100];
        let all = (0..10).map(|own| (numbered(own), format!("x{own}"), 1));
        let mut made = Formulation::new(all.collect(), |own| format!("{:?}", own.project));
        let terms = || (0..10).map(DecisionId::at).zip(weights).collect();
        made.at_most("at most 50".to_owned(), terms(), 50);
        made.at_least("at least 50".to_owned(), terms(), 50);
        let (settings, control) = (Settings::default(), Control::default());
        let (board, backend) = (
            Board::new(&made, &settings, &control),
            backend::of(Solver::Highs),
        );
        let model = Model::new(&made, &settings);
        let relaxation = Relaxation::of(&board, backend);
        assert!(relaxation.is_some());
        if let Some(relaxation) = &relaxation {
            let mut search = Improver::new(&board, backend, &model, relaxation, Limit::Time, 1);
            for _ in 0..300 {
                search.begin();
            }
            assert!(board.best().is_none() && search.goes_on());
        }
    }
}
