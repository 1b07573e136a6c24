//! A model with most of its columns fixed, written out without them.

use std::ops::Range;

use super::model::{Model, ModelColumn, ModelRow, TOLERANCE};

/// A smaller model and where its columns stand in the whole one.
pub(super) struct Restricted {
    pub model: Model,
    /// The position of each column in the whole model.
    pub places: Vec<usize>,
}

impl Restricted {
    /// The model of the columns that `is_free` leaves open; the others keep their `values`. `None`
    /// where a row without open columns is missed, by more than a solver's tolerance.
    pub fn new(
        model: &Model,
        values: &[f64],
        is_free: impl Fn(usize) -> bool,
    ) -> Option<Restricted> {
        let mut position = vec![usize::MAX; model.columns.len()];
        let mut places = Vec::new();
        let mut columns: Vec<ModelColumn> = Vec::new();
        for (place, column) in model.columns.iter().enumerate() {
            if is_free(place) {
                position[place] = places.len();
                places.push(place);
                columns.push(*column);
            }
        }
        let mut rows = Vec::new();
        for row in &model.rows {
            let mut terms = Vec::new();
            let mut fixed = 0.0;
            for &(place, coefficient) in &row.terms {
                if position[place] == usize::MAX {
                    fixed += coefficient * values[place];
                } else {
                    terms.push((position[place], coefficient));
                }
            }
            let (lower, upper) = (row.lower - fixed, row.upper - fixed);
            if terms.is_empty() {
                if lower > TOLERANCE || upper < -TOLERANCE {
                    return None;
                }
                continue;
            }
            if let [(column, times)] = terms[..] {
                // Thousands of groups outside a neighbourhood would each leave such a row.
                if !columns[column].narrow(lower / times, upper / times) {
                    return None;
                }
                continue;
            }
            rows.push(row.with(terms, lower, upper));
        }
        Some(Restricted {
            model: model.with(columns, rows),
            places,
        })
    }

    /// Has one of the open columns of each of some ranges of the whole model taken.
    pub fn take_one_of(&mut self, all: &[Range<usize>]) {
        // Places stand in order.
        let position = |place: usize| self.places.partition_point(|&own| own < place);
        let columns = |own: &Range<usize>| position(own.start)..position(own.end);
        let rows = all.iter().map(|own| {
            let terms = columns(own).map(|column| (column, -1.0)).collect();
            ModelRow::at_most(terms, -1.0)
        });
        let rows: Vec<ModelRow> = rows.collect();
        self.model.rows.extend(rows);
    }

    /// Asks for any solution, whatever it is worth.
    pub fn without_costs(&mut self) {
        for column in &mut self.model.columns {
            column.cost = 0.0;
        }
    }

    /// The values of its columns among those of the whole model.
    pub fn part_of(&self, values: &[f64]) -> Vec<f64> {
        self.places.iter().map(|&place| values[place]).collect()
    }

    /// The decisions of the whole model: its own, which are the first columns, and those of `taken`
    /// elsewhere.
    pub fn decisions(&self, taken: &[bool], own: &[f64]) -> Vec<bool> {
        let mut decisions = taken.to_vec();
        for (&place, &value) in self.places.iter().zip(own) {
            if let Some(flag) = decisions.get_mut(place) {
                *flag = value > 0.5;
            }
        }
        decisions
    }
}

/// The columns that must be 0 once the settled ones have their values: those of rows that leave
/// nothing to columns which all take from it.
pub(super) fn closed(
    model: &Model,
    values: &[f64],
    is_settled: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let mut closed = vec![false; model.columns.len()];
    for row in &model.rows {
        let is_own = |(place, _): &&(usize, f64)| is_settled(*place);
        let settled = row.terms.iter().filter(is_own);
        let fixed: f64 = settled.map(|&(place, times)| times * values[place]).sum();
        let free = || row.terms.iter().filter(|term| !is_own(term));
        let takes =
            |&(place, times): &(usize, f64)| times > 0.0 && model.columns[place].lower >= 0.0;
        if row.upper - fixed <= TOLERANCE && free().all(takes) {
            for &(place, _) in free() {
                closed[place] = true;
            }
        }
    }
    closed
}
