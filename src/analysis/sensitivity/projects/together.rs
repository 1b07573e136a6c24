//! Many questions answered by one search: plans that serve as many as possible, and proofs for all at
//! once.
//!
//! Of the candidates S for whom it is open whether a plan of at least T funds them, a search makes
//!
//! ```text
//! maximise  number of S funded    such that   value ≥ T
//! ```
//!
//! as large as possible: each plan that it comes upon is a witness for all of S that it funds, and
//! the rest are asked about again, until searches find none. Then proofs are tried, each for several of
//! those that are left: the best value of a plan that funds at least one of them, which if it is below T
//! decides them all. So do the questions without a candidate, with the number of S not funded.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::search::Search;
use crate::formulation::{DecisionId, Formulation, Linear, Sense};
use crate::plan::Outcome;
use crate::solve::{Control, Nearby, solve_under};

/// Of how many candidates a proof is tried at first.
const FIRST_PART: usize = 4;

/// How many questions a search for witnesses must answer: fewer are asked sooner one by one.
const WORTH: usize = 2;

/// How many searches in a row may find too few witnesses, each by another seed, and how many may bring no
/// proof, before they are given up.
const MOST_VAIN: u32 = 3;
const MOST_UNPROVEN: u32 = 2;

/// What came of trying to answer many questions by one proof.
#[derive(Serialize, Deserialize)]
struct Tried {
    /// The plans come upon, as their decisions.
    plans: Vec<Vec<usize>>,
    /// Whether it is shown that no plan answers any of the questions.
    is_none: bool,
}

impl Search<'_> {
    /// Looks for plans of at least `wanted` that fund, or do without, as many as possible of the
    /// candidates of whom that is open, for so many seconds a search, until several in a row answer too few.
    pub fn gather(&self, wanted: i64, is_funded: bool, seconds: f64) {
        let Some(nearby) = &self.nearby else { return };
        let worth = self.formulation.worth_at_least(wanted);
        let mut vain = 0;
        while vain < MOST_VAIN {
            let open = self.open(wanted, is_funded);
            if open.is_empty() || self.asking.is_cancelled() {
                return;
            }
            let held = self.tiers_held();
            let words = format!(
                "projects gathered {is_funded} {wanted} {seconds}s {vain} {held:?} {open:?}"
            );
            let plans = self.asking.kept(&words, || {
                self.widest(nearby, &worth, (&open, is_funded), (seconds, vain))
            });
            self.witness_all(&plans);
            let answered = open.len() - self.open(wanted, is_funded).len();
            vain = if answered < WORTH { vain + 1 } else { 0 };
        }
    }

    /// The plans that a search near the best one for the most answers comes upon.
    fn widest(
        &self,
        nearby: &Nearby,
        worth: &Formulation,
        (open, is_funded): (&[usize], bool),
        (seconds, vain): (f64, u32),
    ) -> Vec<Vec<usize>> {
        let sign = if is_funded { 1 } else { -1 };
        let mut counted = vec![0; worth.benefit().len()];
        for &group in open {
            counted[worth.groups()[group].clone()].fill(sign);
        }
        let control = Control {
            start: Some(&self.best),
            ..self.asking.control()
        };
        let mut settings = self.for_seconds(seconds);
        settings.seed = settings.seed.wrapping_add(vain);
        let asked = worth.with_objective(counted);
        listed(&nearby.count(&asked, &settings, &control))
    }

    /// Tries to show that no plan of at least `wanted` funds any of the candidates of whom that is open,
    /// or does without any: a few at a time, for so many seconds, twice as many after each proof and
    /// half as many after each vain try, until several in a row are vain.
    pub fn disprove(&self, wanted: i64, seconds: f64) {
        let sides = [true, false].into_iter().flat_map(|is_funded| {
            let mut open = self.open(wanted, is_funded);
            let rest = open.split_off(open.len() / 2);
            [(is_funded, open), (is_funded, rest)]
        });
        let sides: Vec<(bool, Vec<usize>)> = sides.collect();
        sides.into_par_iter().for_each(|(is_funded, mut left)| {
            let (mut size, mut vain) = (FIRST_PART, 0);
            while vain < MOST_UNPROVEN && !left.is_empty() && !self.asking.is_cancelled() {
                left.retain(|&group| self.is_open((group, is_funded), wanted));
                let part = left.split_off(left.len().saturating_sub(size));
                let is_shown = self.disprove_part(&part, is_funded, wanted, seconds);
                (size, vain) = if is_shown {
                    (2 * size, 0)
                } else {
                    (size.div_ceil(2), vain + 1)
                };
            }
        });
    }

    /// Whether no plan of at least `wanted` funds, or does without, any of a part of the candidates.
    fn disprove_part(&self, part: &[usize], is_funded: bool, wanted: i64, seconds: f64) -> bool {
        if part.is_empty() {
            return true;
        }
        let held = self.tiers_held();
        let words = format!("projects disproved {is_funded} {wanted} {seconds}s {held:?} {part:?}");
        let tried = self
            .asking
            .kept(&words, || self.best_of(part, is_funded, wanted, seconds));
        self.witness_all(&tried.plans);
        if tried.is_none {
            self.refute(part, is_funded, wanted);
        }
        tried.is_none
    }

    /// The best plan that funds, or does without, at least one of the candidates.
    fn best_of(&self, part: &[usize], is_funded: bool, wanted: i64, seconds: f64) -> Tried {
        let groups = self.formulation.groups();
        let decisions = part.iter().flat_map(|&group| groups[group].clone());
        let terms: Linear = decisions.map(|at| (DecisionId::at(at), 1)).collect();
        let mut asked = self.formulation.worth_at_least(wanted);
        let (sense, bound) = if is_funded {
            (Sense::AtLeast, 1)
        } else {
            (Sense::AtMost, length(part) - 1)
        };
        asked.row("one of them".to_owned(), terms, Vec::new(), sense, bound);
        let control = self.control(&self.best, wanted);
        let solved = solve_under(&asked, &self.for_seconds(seconds), &control);
        Tried {
            is_none: matches!(solved.outcome, Outcome::Infeasible)
                || solved.bound.is_some_and(|bound| bound < wanted),
            plans: listed(&solved.kept),
        }
    }

    pub(super) fn witness_all(&self, plans: &[Vec<usize>]) {
        for plan in plans {
            self.witness(&self.formulation.flags_at(plan));
        }
    }
}

/// Plans as their decisions.
pub(super) fn listed(plans: &[Vec<bool>]) -> Vec<Vec<usize>> {
    let own = plans.iter();
    own.map(|plan| Formulation::positions(plan)).collect()
}

fn length(groups: &[usize]) -> i64 {
    i64::try_from(groups.len()).unwrap_or(i64::MAX)
}
