//! What every solver's file format takes: names, with a map back to the labels, and amounts in
//! million đồng, since solvers are misled by columns of thousands of millions.

use super::{Column, Formulation, Price, Row, Values, gcd};
use crate::quantities::Money;

/// A formulation as a text that other solvers read, and the map of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The model.
    pub model: String,
    /// CSV: the name used in the model, what it is, the label it stands for.
    pub map: String,
}

impl Formulation {
    /// The name of a column in an exported model: `x12`, `h3`.
    pub(super) fn column_name(column: Column) -> String {
        match column {
            Column::Decision(id) => format!("x{}", id.0),
            Column::Helper(id) => format!("h{}", id.0),
        }
    }

    /// Which exported name stands for which decision, helper or row.
    pub(super) fn name_map(&self) -> String {
        let mut map = String::from("name,what,label\n");
        let mut line = |name: String, what: &str, label: &str| {
            let label = label.replace('"', "\"\"");
            map += &format!("{name},{what},\"{label}\"\n");
        };
        for (id, _) in self.decisions() {
            line(format!("x{}", id.0), "decision", self.decision_name(id));
        }
        for (position, helper) in self.helpers().iter().enumerate() {
            let what = match helper.values {
                Values::Binary => "binary helper",
                Values::Amount => "amount helper (million đồng)",
                Values::Number => "number helper",
            };
            line(format!("h{position}"), what, &helper.label);
        }
        for (position, row) in self.rows().iter().enumerate() {
            line(format!("r{position}"), "row", &row.label);
        }
        map
    }

    /// A row as it is exported: its columns' coefficients and its bound, amounts counted in million
    /// đồng, all divided by their greatest common divisor.
    pub(super) fn exported(&self, row: &Row) -> (Vec<(Column, i128)>, i128) {
        let unit = |column: Column| match column {
            Column::Helper(id) if self.helpers()[id.index()].values == Values::Amount => {
                i128::from(Money::MILLION.0)
            }
            Column::Helper(_) | Column::Decision(_) => 1,
        };
        let mut terms: Vec<_> = row
            .terms()
            .map(|(column, c)| (column, i128::from(c) * unit(column)))
            .collect();
        let mut bound = i128::from(row.bound);
        let sizes = terms.iter().map(|(_, c)| c.unsigned_abs());
        let divisor = sizes.fold(bound.unsigned_abs(), gcd).max(1);
        let divisor = i128::try_from(divisor).unwrap_or(1);
        for (_, coefficient) in &mut terms {
            *coefficient /= divisor;
        }
        bound /= divisor;
        (terms, bound)
    }

    /// The positions of the helpers that have a price, with it.
    pub(super) fn prices(&self) -> impl Iterator<Item = (usize, Price)> + '_ {
        let all = self.helpers().iter().enumerate();
        all.filter_map(|(position, helper)| Some((position, helper.price?)))
    }

    /// The positions of the helpers of one kind.
    pub(super) fn helpers_of(&self, values: Values) -> impl Iterator<Item = usize> + '_ {
        let all = self.helpers().iter().enumerate();
        all.filter(move |(_, helper)| helper.values == values)
            .map(|(position, _)| position)
    }
}
