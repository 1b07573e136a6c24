//! Which decisions are taken: as flags in column order, and as positions.

use super::{Decision, DecisionId, Formulation};

/// Which decisions are taken, by position.
#[derive(Debug, Clone, Copy)]
pub struct Taken<'a>(pub &'a [bool]);

impl Taken<'_> {
    /// Whether a decision is taken.
    #[must_use]
    pub fn has(&self, id: DecisionId) -> bool {
        self.0[id.index()]
    }

    /// The value of a linear expression.
    #[must_use]
    pub fn value(&self, terms: &[(DecisionId, i64)]) -> i64 {
        let taken = terms.iter().filter(|(id, _)| self.has(*id));
        taken.map(|&(_, coefficient)| coefficient).sum()
    }
}

impl Formulation {
    /// The positions of the decisions that a list of flags takes.
    #[must_use]
    pub fn positions(taken: &[bool]) -> Vec<usize> {
        let taken = taken.iter().enumerate().filter(|(_, own)| **own);
        taken.map(|(position, _)| position).collect()
    }

    /// The flags of the decisions at these positions; one that is not among them is left out.
    #[must_use]
    pub fn flags_at(&self, positions: &[usize]) -> Vec<bool> {
        let mut flags = vec![false; self.decisions.len()];
        for &position in positions {
            if let Some(flag) = flags.get_mut(position) {
                *flag = true;
            }
        }
        flags
    }

    /// The decisions taken as a list of flags in column order.
    #[must_use]
    pub fn flags<'a>(&self, taken: impl IntoIterator<Item = &'a Decision>) -> Vec<bool> {
        let mut flags = vec![false; self.decisions.len()];
        for found in taken.into_iter().filter_map(|decision| self.find(decision)) {
            flags[found.index()] = true;
        }
        flags
    }
}
