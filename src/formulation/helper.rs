//! Helper columns: what a rule needs beside decisions to be said in rows.

use std::fmt;
use std::sync::Arc;

use super::{Price, Taken};

/// What values a helper column may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// 0 or 1.
    Binary,
    /// Any amount of đồng, 0 or more; never an integer column, since solvers' integers are small.
    Amount,
    /// Any number, 0 or more.
    Number,
}

/// How many đồng one unit of an amount column stands for in a solver: 2^20, about a million, so
/// that scaling by it is exact in floating point.
pub const AMOUNT_UNIT: i64 = 1 << 20;

/// Computes the value of a helper for the decisions taken.
pub type Witness = Arc<dyn Fn(&Taken<'_>) -> i64 + Send + Sync>;

/// A helper column: with its witness's value every row holds for exactly the plans that keep the
/// rule.
#[derive(Clone)]
pub struct Helper {
    /// Its label, unique in the formulation.
    pub label: String,
    /// Its values.
    pub values: Values,
    /// Its exact value for any plan.
    pub witness: Witness,
    /// What its value takes from the benefit.
    pub price: Option<Price>,
}

impl fmt::Debug for Helper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.label, self.values)
    }
}
