//! The same problem with something changed: its objective, its rows.

use std::ops::Range;

use super::{DecisionId, Formulation, HelperId, Price, Row, Sense};
use crate::quantities::Money;

impl Formulation {
    /// The same decisions and rows with another objective: what each decision adds to it, in
    /// column order; prices of soft rules are left out. Everything that says benefit then means that.
    #[must_use]
    pub fn with_objective(&self, coefficients: Vec<i64>) -> Formulation {
        let mut other = self.with_benefit(coefficients);
        for helper in &mut other.helpers {
            helper.price = None;
        }
        other
    }

    /// The same with other benefits of the decisions, in column order; prices of soft rules stay.
    #[must_use]
    pub fn with_benefit(&self, benefit: Vec<i64>) -> Formulation {
        let mut other = self.clone();
        other.benefit = benefit;
        other
    }

    /// The same without the rows of the labels that satisfy `is_left_out`.
    #[must_use]
    pub fn without_rows(&self, is_left_out: impl Fn(&str) -> bool) -> Formulation {
        let mut other = self.clone();
        other.rows.retain(|row| !is_left_out(&row.label));
        other
    }

    /// The same problem with rows that every plan keeps, after its own.
    #[must_use]
    pub fn with_rows(&self, rows: impl IntoIterator<Item = Row>) -> Formulation {
        let mut other = self.clone();
        other.rows.extend(rows);
        other
    }

    /// The same with the project of these decisions funded, or not funded.
    #[must_use]
    pub fn with_funded(&self, decisions: Range<usize>, is_funded: bool) -> Formulation {
        let mut other = self.clone();
        let terms = decisions.map(|place| (DecisionId::at(place), 1)).collect();
        if is_funded {
            other.at_least("with".to_owned(), terms, 1);
        } else {
            other.at_most("without".to_owned(), terms, 0);
        }
        other
    }

    /// The same with a row, `worth`, that a plan keeps if its value is at least `wanted` thousandths
    /// of a point. Exactly: a cost is at most a whole number where it is so rounded up.
    #[must_use]
    pub fn worth_at_least(&self, wanted: i64) -> Formulation {
        let priced = self.helpers().iter().enumerate();
        let priced: Vec<(usize, Price)> = priced
            .filter_map(|(place, helper)| Some((place, helper.price?)))
            .collect();
        let times = if priced.is_empty() {
            1
        } else {
            Money::MILLION.0
        };
        let benefit = self.benefit().iter().enumerate();
        let decisions = benefit.map(|(place, own)| (DecisionId::at(place), own * times));
        let cost = |&(place, price): &(usize, Price)| {
            (HelperId::at(place), -price.thousandths * (times / price.of))
        };
        let helpers = priced.iter().map(cost).collect();
        let mut other = self.clone();
        other.row(
            "worth".to_owned(),
            decisions.collect(),
            helpers,
            Sense::AtLeast,
            wanted * times,
        );
        other
    }
}
