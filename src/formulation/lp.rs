//! The formulation in the LP format of CPLEX, which HiGHS, SCIP, CBC and Gurobi read.

use std::fmt::Write;

use super::{Exported, Formulation, Sense, Values};

impl Formulation {
    /// The formulation as an `.lp` text: benefit in thousandths of a point is maximised.
    #[must_use]
    pub fn to_lp(&self) -> Exported {
        let mut text = String::from("\\ benefit in thousandths of a point; names: see the map\n");
        text += "Maximize\n obj:";
        for (id, _) in self.decisions() {
            term(
                &mut text,
                i128::from(self.benefit()[id.index()]),
                &format!("x{}", id.0),
            );
        }
        for (position, price) in self.prices() {
            let name = format!("h{position}");
            let _ = write!(text, "\n  - {} {name}", price.thousandths);
        }
        if self.benefit().iter().all(|&benefit| benefit == 0) {
            text += " 0 x0";
        }
        text += "\nSubject To\n";
        for (position, row) in self.rows().iter().enumerate() {
            let _ = write!(text, " r{position}:");
            let (terms, bound) = self.exported(row);
            for (column, coefficient) in terms {
                term(&mut text, coefficient, &Formulation::column_name(column));
            }
            if row.decisions.is_empty() && row.helpers.is_empty() {
                text += " 0 x0";
            }
            let sense = match row.sense {
                Sense::AtMost => "<=",
                Sense::AtLeast => ">=",
            };
            let _ = writeln!(text, " {sense} {bound}");
        }
        // Amounts need no bounds: the format's columns run from 0 upward.
        text += "Binaries\n";
        for (id, _) in self.decisions() {
            let _ = writeln!(text, " x{}", id.0);
        }
        for position in self.helpers_of(Values::Binary) {
            let _ = writeln!(text, " h{position}");
        }
        text += "End\n";
        Exported {
            model: text,
            map: self.name_map(),
        }
    }
}

fn term(text: &mut String, coefficient: i128, name: &str) {
    if coefficient != 0 {
        let sign = if coefficient < 0 { '-' } else { '+' };
        let _ = write!(text, "\n  {sign} {} {name}", coefficient.unsigned_abs());
    }
}
