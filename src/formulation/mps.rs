//! The formulation in free MPS format, which every solver reads.

use std::fmt::Write;

use super::{Column, Exported, Formulation, Sense, Values};

/// The rows that a column stands in, with its coefficients.
type Entries = Vec<(usize, i128)>;

impl Formulation {
    /// The formulation as an `.mps` text. MPS minimises, so the objective is the benefit negated,
    /// in thousandths of a point.
    #[must_use]
    pub fn to_mps(&self) -> Exported {
        let mut text = String::from("* objective: minus the benefit in thousandths of a point\n");
        text += "NAME trongdiem\nROWS\n N obj\n";
        for (position, row) in self.rows().iter().enumerate() {
            let sense = match row.sense {
                Sense::AtMost => 'L',
                Sense::AtLeast => 'G',
            };
            let _ = writeln!(text, " {sense} r{position}");
        }
        text += "COLUMNS\n";
        let (decisions, helpers, bounds) = self.by_column();
        marker(&mut text, "INTORG");
        for (position, terms) in decisions.iter().enumerate() {
            let name = format!("x{position}");
            let _ = writeln!(text, " {name} obj {}", -self.benefit()[position]);
            column(&mut text, &name, terms);
        }
        for position in self.helpers_of(Values::Binary) {
            column(&mut text, &format!("h{position}"), &helpers[position]);
        }
        marker(&mut text, "INTEND");
        for values in [Values::Amount, Values::Number] {
            for position in self.helpers_of(values) {
                let name = format!("h{position}");
                if let Some(price) = self.helpers()[position].price {
                    let _ = writeln!(text, " {name} obj {}", price.thousandths);
                }
                column(&mut text, &name, &helpers[position]);
            }
        }
        text += "RHS\n";
        for (position, bound) in bounds.iter().enumerate() {
            let _ = writeln!(text, " rhs r{position} {bound}");
        }
        // Two spaces: CBC takes a short first bound for the fixed format otherwise, and misreads it.
        text += "BOUNDS\n";
        for position in 0..decisions.len() {
            let _ = writeln!(text, " UP bound  x{position}  1");
        }
        for position in self.helpers_of(Values::Binary) {
            let _ = writeln!(text, " UP bound  h{position}  1");
        }
        text += "ENDATA\n";
        Exported {
            model: text,
            map: self.name_map(),
        }
    }

    /// The rows and coefficients of each decision and of each helper, and the bound of each row.
    fn by_column(&self) -> (Vec<Entries>, Vec<Entries>, Vec<i128>) {
        let mut decisions = vec![Vec::new(); self.benefit().len()];
        let mut helpers = vec![Vec::new(); self.helpers().len()];
        let mut bounds = Vec::with_capacity(self.rows().len());
        for (position, row) in self.rows().iter().enumerate() {
            let (terms, bound) = self.exported(row);
            bounds.push(bound);
            for (column, coefficient) in terms {
                match column {
                    Column::Decision(id) => decisions[id.index()].push((position, coefficient)),
                    Column::Helper(id) => helpers[id.index()].push((position, coefficient)),
                }
            }
        }
        (decisions, helpers, bounds)
    }
}

fn column(text: &mut String, name: &str, terms: &[(usize, i128)]) {
    for (row, coefficient) in terms {
        let _ = writeln!(text, " {name} r{row} {coefficient}");
    }
}

fn marker(text: &mut String, which: &str) {
    let _ = writeln!(text, " marker 'MARKER' '{which}'");
}
