//! Names that every solver's file format accepts, with a map back to the labels.

use super::{Column, Formulation, Price, Values};

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
                Values::Amount => "amount helper (đồng)",
                Values::Number => "number helper",
            };
            line(format!("h{position}"), what, &helper.label);
        }
        for (position, row) in self.rows().iter().enumerate() {
            line(format!("r{position}"), "row", &row.label);
        }
        map
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
