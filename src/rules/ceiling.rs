//! # Ceiling · Trần kinh phí
//!
//! In each year a fund spends no more than its ceiling, less what managing the programme takes of
//! it (rounded up to the đồng), plus what of recoverable support comes back in that year. What is
//! not spent lapses: industrial promotion money is annual recurrent spending; a fund that may carry
//! money over has the rule `carry_over` instead. A fund, one with carry-over too, may have a
//! ceiling for the whole programme beside those of its years; management is taken of that as well.
//!
//! Tiếng Việt: trong mỗi năm, mỗi nguồn kinh phí không chi vượt trần, sau khi trừ chi phí quản lý
//! (làm tròn lên đến đồng) và cộng phần kinh phí thu hồi trong năm. Nguồn có thể có thêm trần của cả
//! chương trình. Kinh phí không chi hết thì hủy; nguồn được chuyển nguồn theo quy tắc `carry_over`.
//!
//! ## Legal basis
//!
//! The approved programme and the annual plans of the ministry (national money) and of the province's
//! People's Council (local money). That unspent money lapses is from memory, unverified.
//!
//! ## Table
//!
//! Dataset table `ceilings`; every fund and year of the programme has a row, and a row without a
//! year is the fund's ceiling for the whole programme. Columns `management` and `repaid` of `funds`.
//!
//! ```csv
//! fund,year,amount
//! national,2026,200
//! national,2027,70
//! national,2028,50
//! local,2026,250
//! local,2027,250
//! local,2028,250
//! local,,400
//! ```
//!
//! ## Worked example
//!
//! ```funds
//! fund,name_vi,name_en,level,management,carried_over,expires_after,repaid,repayments_carry
//! local,Khuyến công địa phương,Local industrial promotion,local,,,,,
//! national,Khuyến công quốc gia,National industrial promotion,national,10%,,,60|40,
//! ```
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2026
//! broken  tea-line@2026, tea-dryer@2026, training@2026
//! kept    tea-line:national@2026
//! broken  tea-line:national@2027
//! broken  tea-line@2026, tea-dryer@2026, training@2028
//! ```
//!
//! The tea line takes 150 in 2026 and 150 in 2027, the dryer 100: with it 250 of 250 local money
//! in 2026; the training adds 40. Of national money management takes a tenth, and 60 % of what is
//! paid comes back a year later: the tea line takes 150 of 180 in 2026, and 150 of 63 and 90 repaid in
//! 2027. Begun in 2027 it would take 150 of 63. Line and dryer come to 400 of 400 local money in all:
//! the training is too much in any year.
//!
//! ## Formulation
//!
//! ```text
//! for each fund f, year y:   sum over d of (paid[d,f,y] - repaid[d,f,y]) x[d]  <=  amount[f,y] - management[f,y]
//! for each fund f:           the same, all years together
//! ```

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::{Formulation, Grain, Sense};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Payment, Plan};
use crate::programme::{FundId, Programme};
use crate::quantities::{Money, Year};
use crate::record::Fault;

/// `fund` spends at most `amount` in `year`, or in the whole programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceiling {
    fund: FundId,
    fund_code: String,
    fund_name: Phrase,
    year: Option<Year>,
    /// What projects may take: the ceiling less management.
    amount: Money,
    management: Money,
}

impl OfFacts for Ceiling {
    const TABLE: &'static str = "ceilings";

    fn gather(programme: &Programme) -> Vec<Ceiling> {
        let of_fund = |id: FundId| {
            let fund = &programme.funds[id.index()];
            let ceiling = move |year, all| {
                let amount = programme.without_management(id, all);
                Ceiling {
                    fund: id,
                    fund_code: fund.named.code.clone(),
                    fund_name: fund.named.name.clone(),
                    year,
                    amount,
                    management: all - amount,
                }
            };
            let carries = fund.carry_over.is_some();
            let years = programme.years.iter().filter(move |_| !carries);
            let yearly = years.map(move |&year| ceiling(Some(year), programme.ceiling(id, year)));
            let whole = programme.whole_ceilings[id.index()].map(|all| ceiling(None, all));
            yearly.chain(whole)
        };
        programme.fund_ids().flat_map(of_fund).collect()
    }
}

impl Ceiling {
    fn covers(&self, payment: &Payment) -> bool {
        payment.fund == self.fund && self.year.is_none_or(|year| payment.year == year)
    }

    /// What the decision takes of the ceiling: paid less repaid, in đồng.
    fn taken(&self, programme: &Programme, decision: &Decision) -> i64 {
        let sum = |payments: &mut dyn Iterator<Item = Payment>| -> i64 {
            payments.filter(|payment| self.covers(payment)).map(|payment| payment.amount.0).sum()
        };
        sum(&mut decision.payments(programme)) - sum(&mut decision.repayments(programme))
    }
}

impl Rule for Ceiling {
    fn label(&self) -> String {
        let year = self.year.map_or_else(|| "whole".to_owned(), |year| year.to_string());
        label("ceiling", &[&self.fund_code, &year])
    }

    fn family(&self) -> Family {
        Family::Money
    }

    fn sentence(&self) -> Phrase {
        let (fund, amount) = (&self.fund_name, self.amount);
        match self.year {
            Some(year) => phrase!(
                "Năm {year}, nguồn {fund} chi không quá {amount}.",
                "In {year}, the fund {fund} spends at most {amount}.";
                fund, year, amount
            ),
            None => phrase!(
                "Cả chương trình, nguồn {fund} chi không quá {amount}.",
                "Over the whole programme, the fund {fund} spends at most {amount}.";
                fund, amount
            ),
        }
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        let terms = formulation.linear(|decision| self.taken(programme, decision));
        formulation.limit(self.label(), Grain::Dong, terms, Vec::new(), Sense::AtMost, self.amount.0);
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let spent = plan.spent(programme, |_, payment| self.covers(payment));
        let back = plan.choices().flat_map(|d| d.repayments(programme));
        let back: Money = back.filter(|p| self.covers(p)).map(|p| p.amount).sum();
        let (ceiling, management) = (self.amount, self.management);
        let margin = ceiling + back - spent;
        let mut stand = phrase!("{spent} trên {ceiling}", "{spent} of {ceiling}"; spent, ceiling);
        if back > Money::ZERO {
            stand = phrase!("{stand}, cộng {back} thu hồi", "{stand}, plus {back} repaid"; stand, back);
        }
        if management > Money::ZERO {
            stand = phrase!(
                "{stand} (đã trừ {management} chi phí quản lý)",
                "{stand} (after {management} for management)";
                stand, management
            );
        }
        vec![Finding::of(self.label(), margin.0, Unit::Dong, stand)]
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let notch = Money(self.amount.0 / 100).max(Money::MILLION);
        let mut looser = self.clone();
        looser.amount += notch;
        (looser.amount <= Money::MOST_IN_ALL).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
