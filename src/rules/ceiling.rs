//! # Ceiling · Trần kinh phí
//!
//! In each year a fund spends no more than its ceiling. What is not spent lapses: industrial
//! promotion money is annual recurrent spending, so nothing is carried over.
//!
//! Tiếng Việt: trong mỗi năm, mỗi nguồn kinh phí không chi vượt trần.
//!
//! ## Legal basis
//!
//! The approved programme and the annual plans of the ministry (national money) and of the
//! province's People's Council (local money).
//!
//! ## Table
//!
//! Dataset table `ceilings`; every fund and year of the programme has a row.
//!
//! ```csv
//! fund,year,amount
//! national,2026,150
//! national,2027,50
//! national,2028,50
//! local,2026,250
//! local,2027,250
//! local,2028,250
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2026
//! broken  tea-line@2026, tea-dryer@2026, training@2026
//! broken  tea-line:national@2026
//! ```
//!
//! The tea line takes 150 in 2026 and 150 in 2027, the dryer 100: with it 250 of 250 local money
//! in 2026; the training adds 40. Paid by national money the tea line takes 150 of 150 in 2026,
//! but in 2027 150 of 50.
//!
//! ## Formulation
//!
//! ```text
//! for each fund f, year y:   sum over d of paid[d,f,y] x[d]  <=  amount[f,y]
//! ```

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::{FundId, Programme};
use crate::quantities::{Money, Year};
use crate::record::Fault;

/// `fund` spends at most `amount` in `year`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    fund: FundId,
    fund_code: String,
    fund_name: Phrase,
    year: Year,
    amount: Money,
}

impl OfFacts for Ceiling {
    const TABLE: &'static str = "ceilings";

    fn gather(programme: &Programme) -> Vec<Ceiling> {
        let of_fund = |fund: FundId| {
            let named = &programme.funds[fund.index()].named;
            programme.years.iter().map(move |&year| Ceiling {
                fund,
                fund_code: named.code.clone(),
                fund_name: named.name.clone(),
                year,
                amount: programme.ceiling(fund, year),
            })
        };
        programme.fund_ids().flat_map(of_fund).collect()
    }
}

impl Rule for Ceiling {
    fn label(&self) -> String {
        label("ceiling", &[&self.fund_code, &self.year.to_string()])
    }

    fn family(&self) -> Family {
        Family::Money
    }

    fn sentence(&self) -> Phrase {
        let (fund, year, amount) = (&self.fund_name, self.year, self.amount);
        phrase!(
            "Năm {year}, nguồn {fund} chi không quá {amount}.",
            "In {year}, the fund {fund} spends at most {amount}.";
            fund, year, amount
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        let terms = formulation.linear(|decision| {
            let payments = decision.payments(programme);
            let own = payments.filter(|p| p.fund == self.fund && p.year == self.year);
            own.map(|payment| payment.amount.0).sum()
        });
        formulation.at_most(self.label(), terms, self.amount.0);
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let spent = plan.spent(programme, |_, p| p.fund == self.fund && p.year == self.year);
        let (ceiling, margin) = (self.amount, self.amount - spent);
        let stand = phrase!("{spent} trên {ceiling}", "{spent} of {ceiling}"; spent, ceiling);
        vec![Finding::of(self.label(), margin.0, Unit::Dong, stand)]
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let notch = Money(self.amount.0 / 100).max(Money::MILLION);
        let mut looser = self.clone();
        looser.amount += notch;
        Some(Box::new(looser))
    }
}
