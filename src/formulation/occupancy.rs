//! The left sides of rows of pure decisions, kept while decisions come and go.

use super::{DecisionId, Formulation, Sense};

/// What the decisions taken use of every limit (a row “at most” without helpers).
#[derive(Debug, Clone)]
pub struct Occupancy<'a> {
    formulation: &'a Formulation,
    /// The limits in which each decision stands, with its coefficient.
    columns: Vec<Vec<(usize, i64)>>,
    left: Vec<i64>,
}

impl<'a> Occupancy<'a> {
    /// With no decision taken.
    #[must_use]
    pub fn new(formulation: &'a Formulation) -> Occupancy<'a> {
        let mut columns = vec![Vec::new(); formulation.benefit().len()];
        for (position, row) in formulation.rows().iter().enumerate() {
            if row.sense == Sense::AtMost && row.helpers.is_empty() {
                for &(id, coefficient) in &row.decisions {
                    columns[id.index()].push((position, coefficient));
                }
            }
        }
        Occupancy {
            formulation,
            columns,
            left: vec![0; formulation.rows().len()],
        }
    }

    /// Takes a decision.
    pub fn take(&mut self, id: DecisionId) {
        for &(row, coefficient) in &self.columns[id.index()] {
            self.left[row] += coefficient;
        }
    }

    /// Gives a decision up again.
    pub fn drop(&mut self, id: DecisionId) {
        for &(row, coefficient) in &self.columns[id.index()] {
            self.left[row] -= coefficient;
        }
    }

    /// Whether every limit in which the decision stands is kept now, whether it is taken or not.
    #[must_use]
    pub fn is_kept_around(&self, id: DecisionId) -> bool {
        let rows = self.formulation.rows();
        let mut limits = self.columns[id.index()].iter();
        limits.all(|&(row, _)| self.left[row] <= rows[row].bound)
    }

    /// Whether every limit that the decision uses more of would still be kept with it.
    #[must_use]
    pub fn has_room_for(&self, id: DecisionId) -> bool {
        let limits = self.columns[id.index()].iter();
        limits
            .filter(|(_, coefficient)| *coefficient > 0)
            .all(|&(row, coefficient)| {
                self.left[row] + coefficient <= self.formulation.rows()[row].bound
            })
    }
}
