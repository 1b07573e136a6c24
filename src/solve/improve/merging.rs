//! Merging: what good plans agree to take stays taken, the few projects in which they differ are chosen
//! anew, and when and from which money each is taken is decided anew for all of them, exactly.
//!
//! Plans that are tempered apart (see `tempering`) come to the same focal points and nearly the same projects. Of six
//! plans of tight of 200, s2, each tempered alone for 100 s, five take 5 to 9 projects otherwise than the best,
//! which takes 67, and 23 to 29 of the others in another year or from other money. Scheduling is what little steps find hard:
//! kept to the projects of the best plan, tempering came to it after 3 and 14 s, and twice not in 20. HiGHS does so in 5 s, and
//! then knows that nothing is better; it makes 7304.5 thousand points of four of those plans (7296.6 to 7299.7) in 37 s, and
//! 7301.5 in 13 s of the four coldest plans after 12 s of tempering (7291.9 and less).
//!
//! One thread merges what the other tempers, and tempers plans itself where that brings nothing. Two threads, 60 s, gaps in
//! per cent, of seeds 1 to 4, of 100 1 and 2; differences of a tenth are chance:
//!
//! | tight programmes | tempered alone | merged too |
//! |---|---|---|
//! | of 200, s1 | 0.525, 0.473, 0.371, 0.503 | 0.403, 0.473, 0.348, 0.417 |
//! | of 200, s2 | 0.337, 0.374, 0.189, 0.345 | 0.324, 0.228, 0.189, 0.345 |
//! | of 200, s3 | 0.483, 0.501, 0.437, 0.456 | 0.487, 0.485, 0.494, 0.497 |
//! | of 100, s1 to s3 | 1.38, 1.47; 1.36, 1.36; 1.27, 1.09 | 1.54, 1.55; 1.24, 1.48; 1.09, 1.08 |
//!
//! On s1 of 200 more than [`MOST_OPEN`] decisions would be open: those were measured without that limit, and with it seeds 5
//! and 6 came to 0.403 and 0.431, so nothing was to be gained there. What a merging finds it finds at once: 9.4 thousand points
//! of 8,080 on s3, seed 5.
//!
//! Tried and left: a third of the time left for each, and no tempering between (of 200 0.510, 0.303 and 0.502, seed 1); on tight
//! of 400, s1 and s2, where nearly all are cut off, 0.302 and 0.240 instead of 0.204 and 0.181; forty projects alone
//! scheduled anew, more while that is easy: 0.524, 0.331, 0.455, and of 400 0.281 and 0.266. On provinces of 300, of which
//! some 550 decisions would be open, all are cut off too: at 30 s, s1 to s3, 0.10 and 0.29, 0.18 and 0.27, 0.41 and 0.31
//! (seeds 1 and 2), without 0.19, 0.18 and 0.17 (seed 1).

use std::time::Duration;

use super::{EASY, INNER_GAP, Improver};
use crate::solve::backend::End;
use crate::solve::board::Found;

/// How many projects are in dispute at first, and at least.
const DISPUTED: (f64, f64) = (8.0, 4.0);
/// The most decisions that are open: with more a merging seldom comes to an end.
const MOST_OPEN: usize = 500;
/// The part of the time left that a merging takes at most, and the fewest and the most seconds.
const PART: u32 = 6;
const SECONDS: (f64, f64) = (2.0, 20.0);
/// Mergings without a better plan until plans are tempered again; one that is cut off counts for two.
const VAIN: u32 = 4;

/// How much is merged, and whether it is.
pub(super) struct Merging {
    is_wanted: bool,
    /// How many projects are in dispute.
    size: f64,
    /// What brought no better plan since plans were last tempered.
    vain: u32,
}

impl Merging {
    pub fn new() -> Merging {
        Merging {
            is_wanted: false,
            size: DISPUTED.0,
            vain: 0,
        }
    }

    pub fn is_due(&self) -> bool {
        self.is_wanted && self.vain < VAIN
    }

    /// There are other plans to merge.
    pub fn restart(&mut self) {
        self.vain = 0;
    }
}

impl Improver<'_> {
    /// To begin with merging what others have found, and to temper plans where that brings nothing.
    pub fn merging_first(mut self) -> Self {
        self.merging.is_wanted = true;
        self.tempering.come_next();
        self
    }

    /// Merges the best plan with others.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of projects
    pub(super) fn merge(&mut self, best: &Found) {
        let (size, plans) = (self.merging.size as usize, self.board.kept());
        let merged = self.ground.merged(size, &best.taken, &plans, &mut self.rng);
        if merged.open.iter().filter(|is_open| **is_open).count() > MOST_OPEN {
            self.merging.is_wanted = false;
            return;
        }
        let left = self.board.time_left().unwrap_or(Duration::MAX);
        let longest = (left / PART).as_secs_f64().clamp(SECONDS.0, SECONDS.1);
        let (end, took) = self.lasting(longest, |own| {
            own.search_keeping(&best.taken, &merged.open, &merged.always, INNER_GAP)
        });
        let is_ended = matches!(end, End::Finished | End::Infeasible);
        let is_better = self.board.best_value() > Some(best.value);
        self.merging.vain = match (is_better, is_ended) {
            (true, _) => 0,
            (false, true) => self.merging.vain + 1,
            (false, false) => self.merging.vain + 2,
        };
        let is_easy = took < EASY * longest;
        self.merging.size = self.grown(self.merging.size, DISPUTED.1, end, is_easy);
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
    fn a_project_that_stays_taken_leaves_no_room_and_one_in_dispute_does() {
        // Two small projects bring 14 together, the large one that fills the ceiling 10.
        let all = [(0, 10), (1, 7), (2, 7)].map(|(own, benefit)| {
            let project = numbered(own);
            (project, format!("x{own}"), benefit)
        });
        let mut made = Formulation::new(all.to_vec(), |own| format!("{:?}", own.project));
        let terms = [(0, 4), (1, 2), (2, 2)].map(|(own, takes)| (DecisionId::at(own), takes));
        made.at_most("ceiling".to_owned(), terms.to_vec(), 4);
        let (settings, control) = (Settings::default(), Control::default());
        let board = Board::new(&made, &settings, &control);
        let (backend, model) = (backend::of(Solver::Highs), Model::new(&made, &settings));
        let relaxation = Relaxation::of(&board, backend);
        assert!(relaxation.is_some());
        if let Some(relaxation) = &relaxation {
            let large = [true, false, false];
            board.put(large.to_vec());
            let mut own = Improver::new(&board, backend, &model, relaxation, Limit::Time, 1);
            own.seconds = 10.0;
            own.search_keeping(&large, &[true; 3], std::slice::from_ref(&(0..1)), 0.0);
            assert_eq!(board.best_value(), Some(10));
            let best = board.best();
            assert!(best.is_some());
            if let Some(best) = &best {
                own.merge(best);
            }
            assert_eq!(board.best_value(), Some(14));
        }
    }
}
