//! One labelled linear row with integer coefficients.

use std::fmt;

use super::{DecisionId, HelperId, Linear, Taken};

/// Which side of a row is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// The left side stays at or below the bound.
    AtMost,
    /// The left side reaches the bound.
    AtLeast,
}

impl Sense {
    /// The factor of a row that reads it as “at most”: 1 or −1.
    #[must_use]
    pub fn sign(self) -> i64 {
        match self {
            Sense::AtMost => 1,
            Sense::AtLeast => -1,
        }
    }
}

/// A column of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A decision.
    Decision(DecisionId),
    /// A helper.
    Helper(HelperId),
}

/// One linear row. The label is what prices, conflicts and findings refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its label, unique in the formulation, as `minimum_share[kind=pilot,2027]`.
    pub label: String,
    /// Multiples of decisions.
    pub decisions: Linear,
    /// Multiples of helpers.
    pub helpers: Vec<(HelperId, i64)>,
    /// Which side is bounded.
    pub sense: Sense,
    /// The bound.
    pub bound: i64,
}

impl Row {
    /// A row divided by the greatest common divisor of its coefficients. The bound is rounded
    /// inward where every column is whole (`whole`), which loses no whole point; otherwise the
    /// divisor must divide the bound too.
    pub(super) fn new(
        label: String,
        mut decisions: Linear,
        mut helpers: Vec<(HelperId, i64)>,
        sense: Sense,
        bound: i64,
        whole: bool,
    ) -> Row {
        decisions.retain(|&(_, coefficient)| coefficient != 0);
        helpers.retain(|&(_, coefficient)| coefficient != 0);
        let coefficients = decisions
            .iter()
            .map(|&(_, c)| c)
            .chain(helpers.iter().map(|&(_, c)| c));
        let start = if whole { 0 } else { bound.unsigned_abs() };
        let divisor = coefficients.fold(start, |divisor, c| gcd(divisor, c.unsigned_abs()));
        let divisor = i64::try_from(divisor).unwrap_or(1).max(1);
        for (_, coefficient) in &mut decisions {
            *coefficient /= divisor;
        }
        for (_, coefficient) in &mut helpers {
            *coefficient /= divisor;
        }
        let bound = match sense {
            Sense::AtMost => bound.div_euclid(divisor),
            Sense::AtLeast => bound.div_euclid(divisor) + i64::from(bound.rem_euclid(divisor) > 0),
        };
        Row {
            label,
            decisions,
            helpers,
            sense,
            bound,
        }
    }

    /// Whether it has no columns and holds.
    pub(super) fn is_void(&self) -> bool {
        self.decisions.is_empty()
            && self.helpers.is_empty()
            && match self.sense {
                Sense::AtMost => self.bound >= 0,
                Sense::AtLeast => self.bound <= 0,
            }
    }

    /// Its columns with their coefficients.
    pub fn terms(&self) -> impl Iterator<Item = (Column, i64)> + '_ {
        let decisions = self
            .decisions
            .iter()
            .map(|&(id, c)| (Column::Decision(id), c));
        decisions.chain(self.helpers.iter().map(|&(id, c)| (Column::Helper(id), c)))
    }

    /// The left side for the decisions taken and the helpers' values.
    #[must_use]
    pub fn left(&self, taken: &Taken<'_>, helpers: &[i64]) -> i128 {
        let of_decisions = self.decisions.iter().filter(|(id, _)| taken.has(*id));
        let of_decisions: i128 = of_decisions.map(|&(_, c)| i128::from(c)).sum();
        let of_helpers = self.helpers.iter().map(|&(id, c)| {
            let value = helpers[id.index()];
            i128::from(c) * i128::from(value)
        });
        of_decisions + of_helpers.sum::<i128>()
    }

    /// By how much the row is missed; 0 where it is kept.
    #[must_use]
    pub fn missed(&self, taken: &Taken<'_>, helpers: &[i64]) -> i128 {
        let left = self.left(taken, helpers);
        let bound = i128::from(self.bound);
        match self.sense {
            Sense::AtMost => (left - bound).max(0),
            Sense::AtLeast => (bound - left).max(0),
        }
    }

    /// The largest coefficient over the smallest, in absolute value, rounded up; 1 for a row
    /// without columns. Far apart, a solver's tolerance swallows the small ones. `unit` is what a
    /// column's own unit is worth: solvers count amounts in [`AMOUNT_UNIT`](super::AMOUNT_UNIT).
    #[must_use]
    pub fn spread(&self, unit: impl Fn(Column) -> i64) -> u128 {
        let sizes = || {
            let scaled = self
                .terms()
                .map(|(column, c)| i128::from(c) * i128::from(unit(column)));
            scaled.map(i128::unsigned_abs)
        };
        match (sizes().max(), sizes().min()) {
            (Some(most), Some(least)) => most.div_ceil(least.max(1)),
            _ => 1,
        }
    }
}

/// The greatest common divisor; of 0 and a number, that number.
#[must_use]
pub fn gcd<N>(a: N, b: N) -> N
where
    N: Copy + Default + PartialEq + std::ops::Rem<Output = N>,
{
    if b == N::default() { a } else { gcd(b, a % b) }
}

/// `label: +3 x0 -1 h2 <= 5`, with columns by position.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.label)?;
        for (column, coefficient) in self.terms() {
            match column {
                Column::Decision(id) => write!(f, " {coefficient:+} x{}", id.0)?,
                Column::Helper(id) => write!(f, " {coefficient:+} h{}", id.0)?,
            }
        }
        let sense = match self.sense {
            Sense::AtMost => "<=",
            Sense::AtLeast => ">=",
        };
        write!(f, " {sense} {}", self.bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(coefficients: &[i64], sense: Sense, bound: i64, whole: bool) -> Row {
        let ids = (0..).map(DecisionId);
        let decisions = ids.zip(coefficients.iter().copied()).collect();
        Row::new("r".into(), decisions, Vec::new(), sense, bound, whole)
    }

    #[test]
    fn bounds_of_whole_rows_round_inward() {
        for (sense, bound, text) in [
            (Sense::AtMost, 25, "r: +2 x0 -3 x1 <= 2"),
            (Sense::AtMost, -25, "r: +2 x0 -3 x1 <= -3"),
            (Sense::AtLeast, 25, "r: +2 x0 -3 x1 >= 3"),
            (Sense::AtLeast, -25, "r: +2 x0 -3 x1 >= -2"),
            (Sense::AtLeast, 30, "r: +2 x0 -3 x1 >= 3"),
        ] {
            assert_eq!(row(&[20, -30], sense, bound, true).to_string(), text);
        }
    }

    #[test]
    fn bounds_of_other_rows_are_divided_exactly_or_not_at_all() {
        let text = row(&[20, -30], Sense::AtMost, 25, false).to_string();
        assert_eq!(text, "r: +4 x0 -6 x1 <= 5");
        let text = row(&[20, -30], Sense::AtMost, 7, false).to_string();
        assert_eq!(text, "r: +20 x0 -30 x1 <= 7");
    }

    #[test]
    fn a_row_divided_admits_the_same_whole_points() {
        for bound in -70..70 {
            for sense in [Sense::AtMost, Sense::AtLeast] {
                let divided = row(&[20, -30, 10], sense, bound, true);
                for taken in 0..8_u8 {
                    let taken: Vec<bool> = (0..3).map(|bit| taken >> bit & 1 == 1).collect();
                    let left = Taken(&taken).value(&[
                        (DecisionId(0), 20),
                        (DecisionId(1), -30),
                        (DecisionId(2), 10),
                    ]);
                    let kept = match sense {
                        Sense::AtMost => left <= bound,
                        Sense::AtLeast => left >= bound,
                    };
                    assert_eq!(divided.missed(&Taken(&taken), &[]) == 0, kept);
                }
            }
        }
    }

    #[test]
    fn zero_coefficients_and_rows_that_always_hold_are_left_out() {
        assert_eq!(
            row(&[0, 5], Sense::AtMost, 10, true).to_string(),
            "r: +1 x1 <= 2"
        );
        assert!(row(&[0], Sense::AtMost, 0, true).is_void());
        assert!(!row(&[0], Sense::AtLeast, 1, true).is_void());
        assert_eq!(row(&[3, -10], Sense::AtMost, 0, true).spread(|_| 1), 4);
    }
}
