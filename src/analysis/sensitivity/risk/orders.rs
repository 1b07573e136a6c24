//! Which reserve list repairs best? The same draws with the list in several orders, and without one.

use super::super::super::asking::Count;
use super::super::sampled::Mean;
use super::tally::{Noted, Tally};
use super::{Faced, ReserveOrder};
use crate::plan::Plan;

/// What a reserve list in some order comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrderTried {
    /// The order; `None` for no reserve list at all.
    pub order: Option<ReserveOrder>,
    /// The benefit, in thousandths of a point.
    pub benefit: Mean,
    /// The money used, in đồng.
    pub used: Mean,
    /// By how much the best one has more benefit, draw by draw, in thousandths of a point.
    pub behind: Mean,
}

impl OrderTried {
    /// Whether it is not shown to be worse than the best: the difference is within two standard errors.
    #[must_use]
    pub fn is_as_good(&self) -> bool {
        self.behind.value <= 2.0 * self.behind.error
    }
}

/// Every order, the best first; `noted` are the draws in the order of benefit per đồng.
pub(super) fn tried(
    faced: &Faced<'_>,
    plan: &Plan,
    noted: &[Option<Noted>],
    count: &Count<'_>,
) -> Vec<OrderTried> {
    let own = |order: Option<ReserveOrder>| -> Vec<Option<Tally>> {
        if order == Some(ReserveOrder::PerDong) {
            let tallies = noted
                .iter()
                .map(|own| own.as_ref().map(|own| own.tally.clone()));
            return tallies.collect();
        }
        faced.over_draws(&faced.rehearsal(plan, order), count, Tally::of)
    };
    let orders = ReserveOrder::ALL.into_iter().map(Some).chain([None]);
    let mut all: Vec<_> = orders.map(|order| (order, own(order))).collect();
    let benefit = |own: &[Option<Tally>]| mean(own, |tally| tally.benefit);
    // Of equals the first stays first.
    all.sort_by(|one, other| benefit(&other.1).value.total_cmp(&benefit(&one.1).value));
    let best: Vec<Option<Tally>> = all[0].1.clone();
    let tried = all.iter().map(|(order, own)| {
        let pairs = best.iter().zip(own);
        let pairs = pairs.filter_map(|(best, own)| best.as_ref().zip(own.as_ref()));
        let behind: Vec<i64> = pairs
            .map(|(best, own)| best.benefit - own.benefit)
            .collect();
        OrderTried {
            order: *order,
            benefit: benefit(own),
            used: mean(own, |tally| tally.used.0),
            behind: Mean::of(&behind),
        }
    });
    tried.collect()
}

fn mean(tallies: &[Option<Tally>], figure: impl Fn(&Tally) -> i64) -> Mean {
    Mean::of(&tallies.iter().flatten().map(figure).collect::<Vec<_>>())
}
