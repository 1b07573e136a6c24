//! The left sides of rows of pure decisions, kept while decisions come and go.

use super::{DecisionId, Formulation, Row, Sense};

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
        self.full_for(id).is_none()
    }

    /// The first limit that the decision uses more of and that would not be kept with it.
    #[must_use]
    pub fn full_for(&self, id: DecisionId) -> Option<&'a Row> {
        let rows = self.formulation.rows();
        let mut limits = self.columns[id.index()].iter();
        let full = limits.find(|&&(row, coefficient)| {
            coefficient > 0 && self.left[row] + coefficient > rows[row].bound
        });
        full.map(|&(row, _)| &rows[row])
    }
}
