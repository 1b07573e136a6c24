//! A plan that is torn down and built up, decision by decision, with how far it fills the rows.

use super::Place;
use super::tally::Tally;
use crate::formulation::Formulation;

/// A plan in the making.
pub(super) struct Standing<'a> {
    benefit: &'a [i64],
    pub tally: Tally,
    /// The project of each decision.
    group_of: Vec<usize>,
    /// The decision taken of each project.
    taken: Vec<Option<Place>>,
    /// What the decisions taken are worth, in thousandths of a point.
    pub value: i64,
}

impl<'a> Standing<'a> {
    pub fn new(formulation: &'a Formulation, base: &[bool]) -> Standing<'a> {
        let mut standing = Standing {
            benefit: formulation.benefit(),
            tally: Tally::new(formulation, base),
            group_of: formulation.group_of(),
            taken: vec![None; formulation.groups().len()],
            value: 0,
        };
        for (decision, _) in (0..).zip(base).filter(|(_, taken)| **taken) {
            standing.take(decision);
        }
        standing
    }

    pub fn take(&mut self, decision: Place) {
        let at = decision as usize;
        self.tally.take(at);
        self.taken[self.group_of[at]] = Some(decision);
        self.value += self.benefit[at];
    }

    pub fn leave(&mut self, decision: Place) {
        let at = decision as usize;
        self.tally.leave(at);
        self.taken[self.group_of[at]] = None;
        self.value -= self.benefit[at];
    }

    /// What the plan would be worth with the decision.
    pub fn value_with(&self, decision: Place) -> i64 {
        self.value + self.benefit[decision as usize]
    }

    /// The project of a decision, and what it is worth.
    pub fn worth(&self, decision: Place) -> (usize, i64) {
        let at = decision as usize;
        (self.group_of[at], self.benefit[at])
    }

    /// Whether the decision's project is not decided on, and no row would be missed with it.
    pub fn fits(&self, decision: Place) -> bool {
        let at = decision as usize;
        self.taken[self.group_of[at]].is_none() && self.tally.fits(at)
    }

    /// Whether it fits once others fill with it what it opens.
    pub fn opens(&self, decision: Place) -> bool {
        let at = decision as usize;
        self.taken[self.group_of[at]].is_none() && self.tally.opens(at)
    }

    /// Whether it fits and fills a row that is missed.
    pub fn mends(&self, decision: Place) -> bool {
        self.tally.mends(decision as usize) && self.fits(decision)
    }

    /// The decisions taken.
    pub fn chosen(&self) -> impl Iterator<Item = Place> + '_ {
        self.taken.iter().copied().flatten()
    }

    /// Whether each decision is taken.
    pub fn flags(&self) -> Vec<bool> {
        let mut flags = vec![false; self.benefit.len()];
        for decision in self.chosen() {
            flags[decision as usize] = true;
        }
        flags
    }
}
