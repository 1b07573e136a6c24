//! What the decisions taken use of every limit, kept while decisions come and go.

use std::sync::Arc;

use super::{DecisionId, Formulation, Row, Sense, Taken};

/// What the decisions taken use of every limit: a row “at most” without helpers, kept as a running
/// sum; rows with helpers are held to the helpers' witnesses whenever they are asked about.
#[derive(Debug, Clone)]
pub struct Occupancy<'a> {
    formulation: &'a Formulation,
    /// The limits in which each decision stands, with its coefficient; copies share them.
    columns: Arc<[Vec<(usize, i64)>]>,
    left: Vec<i64>,
    taken: Vec<bool>,
    has_helpers: bool,
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
            left: vec![0; formulation.rows().len()],
            taken: vec![false; columns.len()],
            has_helpers: !formulation.helpers().is_empty(),
            columns: columns.into(),
        }
    }

    /// Takes a decision.
    pub fn take(&mut self, id: DecisionId) {
        self.taken[id.index()] = true;
        for &(row, coefficient) in &self.columns[id.index()] {
            self.left[row] += coefficient;
        }
    }

    /// Gives a decision up again.
    pub fn drop(&mut self, id: DecisionId) {
        self.taken[id.index()] = false;
        for &(row, coefficient) in &self.columns[id.index()] {
            self.left[row] -= coefficient;
        }
    }

    /// Gives a decision up again in the limits that satisfy `which`, and keeps its place in the others.
    pub fn drop_from(&mut self, id: DecisionId, which: impl Fn(&Row) -> bool) {
        let rows = self.formulation.rows();
        self.taken[id.index()] = false;
        for &(row, coefficient) in &self.columns[id.index()] {
            if which(&rows[row]) {
                self.left[row] -= coefficient;
            }
        }
    }

    /// Whether every limit in which the decision stands is kept now, whether it is taken or not.
    #[must_use]
    pub fn is_kept_around(&self, id: DecisionId) -> bool {
        let rows = self.formulation.rows();
        let mut limits = self.columns[id.index()].iter();
        limits.all(|&(row, _)| self.left[row] <= rows[row].bound)
            && self.missed_with_helpers().is_none()
    }

    /// Whether every limit that the decision uses more of would still be kept with it.
    pub fn has_room_for(&mut self, id: DecisionId) -> bool {
        self.full_for(id).is_none()
    }

    /// The first limit that would not be kept with the decision.
    pub fn full_for(&mut self, id: DecisionId) -> Option<&'a Row> {
        let rows = self.formulation.rows();
        let mut limits = self.columns[id.index()].iter();
        let passed = limits.find(|&&(row, coefficient)| {
            coefficient > 0 && self.left[row] + coefficient > rows[row].bound
        });
        if let Some(&(row, _)) = passed {
            return Some(&rows[row]);
        }
        let was_taken = std::mem::replace(&mut self.taken[id.index()], true);
        let missed = self.missed_with_helpers();
        self.taken[id.index()] = was_taken;
        missed
    }

    /// The first row with helpers that what is taken misses.
    fn missed_with_helpers(&self) -> Option<&'a Row> {
        if !self.has_helpers {
            return None;
        }
        let taken = Taken(&self.taken);
        let helpers = self.formulation.witnesses(&taken);
        let mut rows = self.formulation.rows().iter();
        rows.find(|row| !row.helpers.is_empty() && row.missed(&taken, &helpers) > 0)
    }
}
