//! How much is spent, by fund and year, beside the ceilings?

use crate::plan::Plan;
use crate::programme::{FundId, Programme};
use crate::quantities::Money;

/// What a fund spends in each year, beside its ceilings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyLine {
    /// The fund.
    pub fund: FundId,
    /// What is spent in each year of the programme.
    pub spent: Vec<Money>,
    /// What comes back in each year of support that is repaid.
    pub repaid: Vec<Money>,
    /// The ceiling of each year.
    pub ceilings: Vec<Money>,
}

/// A line a fund, in table order.
#[must_use]
pub fn money(programme: &Programme, plan: &Plan) -> Vec<MoneyLine> {
    let line = |fund: FundId| {
        let spent = |&year| plan.spent(programme, |_, p| p.fund == fund && p.year == year);
        let repaid = |&year| {
            let back = plan.choices().flat_map(|d| d.repayments(programme));
            let own = back.filter(|p| p.fund == fund && p.year == year);
            own.map(|payment| payment.amount).sum()
        };
        MoneyLine {
            fund,
            repaid: programme.years.iter().map(repaid).collect(),
            spent: programme.years.iter().map(spent).collect(),
            ceilings: programme.ceilings[fund.index()].clone(),
        }
    };
    programme.fund_ids().map(line).collect()
}
