//! The formulation in the LP format of CPLEX, which HiGHS, SCIP, CBC and Gurobi read.

use std::fmt::Write;

use super::{Exported, Formulation, Price, Sense, Values};
use crate::quantities::plain;

impl Formulation {
    /// The formulation as an `.lp` text: benefit in thousandths of a point is maximised.
    #[must_use]
    pub fn to_lp(&self) -> Exported {
        let mut text = String::from("\\ benefit in thousandths of a point; names: see the map\n");
        text += "Maximize\n obj:";
        for (id, _) in self.decisions() {
            term(&mut text, self.benefit()[id.index()], &format!("x{}", id.0));
        }
        for (position, price) in self.prices() {
            let name = format!("h{position}");
            let _ = write!(text, "\n  - {} {name}", decimal(price));
        }
        if self.benefit().iter().all(|&benefit| benefit == 0) {
            text += " 0 x0";
        }
        text += "\nSubject To\n";
        for (position, row) in self.rows().iter().enumerate() {
            let _ = write!(text, " r{position}:");
            for (column, coefficient) in row.terms() {
                term(&mut text, coefficient, &Formulation::column_name(column));
            }
            if row.decisions.is_empty() && row.helpers.is_empty() {
                text += " 0 x0";
            }
            let sense = match row.sense {
                Sense::AtMost => "<=",
                Sense::AtLeast => ">=",
            };
            let _ = writeln!(text, " {sense} {}", row.bound);
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

/// A price for one unit, as a decimal: its divisor is a power of ten.
pub(super) fn decimal(price: Price) -> String {
    plain(price.thousandths, price.of.ilog10())
}

fn term(text: &mut String, coefficient: i64, name: &str) {
    if coefficient != 0 {
        let sign = if coefficient < 0 { '-' } else { '+' };
        let _ = write!(text, "\n  {sign} {} {name}", coefficient.unsigned_abs());
    }
}
