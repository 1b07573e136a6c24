//! Which rows of portions a point of the relaxation breaks.
//!
//! A least share of the largest few focal points is the rule that a relaxation evades most: it lets a
//! little of every focal point count as large. Linear relaxation without and with these rows, and what
//! choosing bounds (thousands of points):
//!
//! | instance | without | with | choosing |
//! |---|---|---|---|
//! | province of 900, s1 | 7530.4 | 7303.7 | 7198.3 |
//! | province of 300, s2 | 2852.9 | 2848.6 | 2833.4 |
//! | province of 300, s3 | 2933.6 | 2925.6 | 2913.6 |
//!
//! Of 900 candidates 0.1 % is proven within 22 and 23 s (two seeds), where 30 s left 0.22 and 0.25 %; of
//! 300 nothing changes but the certified bound.

use crate::formulation::{AMOUNT_UNIT, Formulation, Portion, Row, Values};

/// By how much of what its projects come to a point must break a row for it to be worth adding.
const WORTH: f64 = 1e-4;

/// The rows of portions that the values of a relaxation break, the most broken of each portion.
pub(super) fn broken(formulation: &Formulation, portions: &[Portion], values: &[f64]) -> Vec<Row> {
    let own = portions.iter();
    own.filter_map(|portion| {
        let inside = inside(formulation, portion, values)?;
        formulation.portion_row(portion, &inside)
    })
    .collect()
}

/// The projects that come to more than what the switch lets through; `None` where the row of these is
/// kept. The sum of the smaller ones of both is the least that a choice of projects can give.
#[allow(clippy::cast_precision_loss)] // amounts beside a solver's values
fn inside(formulation: &Formulation, portion: &Portion, values: &[f64]) -> Option<Vec<usize>> {
    let decisions = formulation.benefit().len();
    let switch = values[decisions + portion.switch.index()];
    let unit = match formulation.helpers()[portion.amount.index()].values {
        Values::Amount => AMOUNT_UNIT as f64,
        Values::Number | Values::Binary => 1.0,
    };
    let amount = values[decisions + portion.amount.index()] * unit;
    let (mut inside, mut least, mut all) = (Vec::new(), 0.0, 0.0);
    for (&group, (most, own)) in &portion.parts {
        let terms = own.iter();
        let comes_to: f64 = terms
            .map(|&(id, own)| own as f64 * values[id.index()])
            .sum();
        let let_through = *most as f64 * switch;
        if comes_to > let_through {
            inside.push(group);
        }
        least += comes_to.min(let_through);
        all += *most as f64;
    }
    (!inside.is_empty() && amount > least + WORTH * all).then_some(inside)
}
