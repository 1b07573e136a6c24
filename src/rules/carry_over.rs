//! # Carry-over · Chuyển nguồn
//!
//! A fund that may carry money over spends in each year no more than its ceiling of that year and
//! what is carried over from earlier ones. At the end of each year a part of what is unspent is
//! carried into the next, rounded down to the đồng, and again at the end of that one, until it
//! expires a number of years after its own; the oldest money is spent first. Management (rounded up)
//! is taken from the ceiling of its year. What of recoverable support comes back in a year is spent
//! first and lapses with it, or, where repayments are carried over, counts as the year's own money.
//! A fund without carry-over has the rule `ceiling`: its money lapses.
//!
//! Tiếng Việt: nguồn được chuyển nguồn thì mỗi năm chi không quá trần của năm cộng phần các năm trước
//! chuyển sang. Cuối mỗi năm, một tỷ lệ của phần chưa chi được chuyển sang năm sau (làm tròn xuống
//! đến đồng) cho đến khi hết thời hạn; kinh phí cũ được chi trước. Chi phí quản lý (làm tròn lên) trừ
//! vào trần của năm. Kinh phí thu hồi trong năm được chi trước và hết năm thì hủy, hoặc, nơi được
//! chuyển nguồn, tính như kinh phí của năm. Nguồn không được chuyển nguồn theo quy tắc `ceiling`.
//!
//! ## Legal basis
//!
//! Industrial promotion money is annual recurrent spending: what is not spent lapses unless a
//! carry-over is approved (from memory, unverified); so no fund has one by default. Recoverable
//! support: Lâm Đồng 2019, paid back over three to five years.
//!
//! ## Table
//!
//! Dataset table `funds`: columns `carried_over`, `expires_after`, `management`, `repaid` and
//! `repayments_carry`; the amounts are those of `ceilings`.
//!
//! ```csv
//! fund,name_vi,name_en,level,management,carried_over,expires_after,repaid,repayments_carry
//! local,Khuyến công địa phương,Local industrial promotion,local,,50%,1,,
//! national,Khuyến công quốc gia,National industrial promotion,national,10%,100%,2,60|40,no
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, training@2027 under rule 1
//! broken  tea-line@2026, tea-dryer@2027 under rule 1
//! broken  coffee-roaster@2028 under rule 1
//! kept    tea-line:national@2026, tea-dryer:national@2028 under rule 2
//! broken  tea-line:national@2026, tea-dryer:national@2027 under rule 2
//! kept    coffee-roaster:national@2028 under rule 2
//! broken  coffee-roaster:national@2026 under rule 2
//! ```
//!
//! Local ceilings are 250, 150 and 100. The tea line takes 150 of 250 in 2026; half of the other 100
//! is carried over, so 2027 has 200: enough for the line's second 150 and the training's 40, not for
//! the dryer's 100. In 2028 there are 100 and half of 150: 2026's money has expired, and 175 are not
//! 200.
//!
//! National ceilings are 200, 50 and 0, of which management takes a tenth. The line takes 150 of 180
//! in 2026; 2027 has 30 carried over, 45 of its own and 90 repaid, together 165: enough for its
//! second 150, not for the dryer too. In 2028 60 and 90 come back. For the roaster 180 + 45 are
//! carried into 2028, and its 200 are too much for 2026.
//!
//! ## Formulation
//!
//! ```text
//! for each year t, and each year y from t - expires_after to t:   use[y,t] >= 0  (of y's money, in t)
//!                                                      left[y,t] >= 0 (of y's money, carried out of t)
//! for each t:    sum over y of use[y,t]  >=  spent[t] - repaid[t]
//! for each y:    use[y,y]  <=  amount[y];    left[y,y]  <=  share (amount[y] - use[y,y])
//! for t > y:     use[y,t]  <=  left[y,t-1];  left[y,t]  <=  share (left[y,t-1] - use[y,t])
//! where repayments carry, repaid[y] is added to amount[y] instead
//! witness: the oldest money first, what is carried rounded down
//! ```
//!
//! Other values of the columns may keep fractions of a đồng that rounding down takes; such a plan
//! misses the rows with the witness's values, by a đồng or so, and is refused by them.

use std::sync::Arc;

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::{Formulation, HelperId, Linear, Sense, Taken, Values};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Payment, Plan};
use crate::programme::{Books, CarryOver as Terms, ClosedYear, FundId, Programme};
use crate::quantities::{Money, Share, Year};
use crate::record::Fault;

/// `fund` spends what its ceilings and the money carried over allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarryOver {
    fund: FundId,
    code: String,
    name: Phrase,
    terms: Terms,
    years: Vec<Year>,
    /// What projects may take of each year's ceiling, in đồng.
    amounts: Vec<i64>,
}

/// The books of every year.
#[derive(Debug, Clone)]
struct Entries {
    /// What of year y's money is used in year t, by y then t.
    used: Vec<Vec<i64>>,
    /// What of year y's money is carried out of year t.
    left: Vec<Vec<i64>>,
    /// What each year could have spent, and lacks.
    closed: Vec<ClosedYear>,
}

impl CarryOver {
    /// Keeps the books for what is spent and repaid in each year, in đồng.
    fn books(&self, spent: &[i64], repaid: &[i64]) -> Entries {
        let years = self.years.len();
        let mut books = Books::new(Some(self.terms));
        let mut entries = Entries {
            used: vec![vec![0; years]; years],
            left: vec![vec![0; years]; years],
            closed: Vec::with_capacity(years),
        };
        for now in 0..years {
            let closed = books.close(self.amounts[now], repaid[now], spent[now]);
            entries.closed.push(closed);
            for of in 0..=now {
                entries.used[of][now] = books.used()[of];
                entries.left[of][now] = books.left()[of];
            }
        }
        entries
    }

    fn part_label(&self, year: Year, part: &str) -> String {
        label("carry_over", &[&self.code, &year.to_string(), part])
    }

    /// What each year pays, or gets back, of a decision, in đồng.
    fn by_year(&self, payments: impl Iterator<Item = Payment>) -> Vec<i64> {
        let mut amounts = vec![0; self.years.len()];
        for payment in payments.filter(|payment| payment.fund == self.fund) {
            let place = payment.year.since(self.years[0]);
            if let Some(amount) = place.and_then(|place| amounts.get_mut(place)) {
                *amount += payment.amount.0;
            }
        }
        amounts
    }

    /// What every decision pays in each year.
    fn flows(&self, formulation: &Formulation, flow: impl Fn(&Decision) -> Vec<i64>) -> Vec<Linear> {
        let mut flows = vec![Linear::new(); self.years.len()];
        for (id, decision) in formulation.decisions() {
            for (year, amount) in flow(decision).into_iter().enumerate() {
                if amount != 0 {
                    flows[year].push((id, amount));
                }
            }
        }
        flows
    }

    /// The columns use[y,t] and left[y,t]; `None` outside the years in which y's money can be used
    /// or carried further.
    fn columns(&self, formulation: &mut Formulation, flows: &Arc<[Vec<Linear>; 2]>) -> Columns {
        let years = self.years.len();
        let mut columns = Columns {
            used: vec![vec![None; years]; years],
            left: vec![vec![None; years]; years],
        };
        for of in 0..years {
            let last = (of + self.terms.years).min(years - 1);
            for now in of..=last {
                let mut column = |part: &str, pick: fn(&Entries) -> &Vec<Vec<i64>>| {
                    let (rule, flows) = (self.clone(), Arc::clone(flows));
                    let name = format!("{part} of {}", self.years[of]);
                    let name = self.part_label(self.years[now], &name);
                    formulation.helper(name, Values::Amount, move |taken: &Taken<'_>| {
                        let value = |flow: &[Linear]| -> Vec<i64> {
                            flow.iter().map(|terms| taken.value(terms)).collect()
                        };
                        pick(&rule.books(&value(&flows[0]), &value(&flows[1])))[of][now]
                    })
                };
                columns.used[of][now] = Some(column("used", |books| &books.used));
                if now < last {
                    columns.left[of][now] = Some(column("left", |books| &books.left));
                }
            }
        }
        columns
    }
}

struct Columns {
    used: Vec<Vec<Option<HelperId>>>,
    left: Vec<Vec<Option<HelperId>>>,
}

impl OfFacts for CarryOver {
    const TABLE: &'static str = "funds";

    fn gather(programme: &Programme) -> Vec<CarryOver> {
        let of_fund = |id: FundId| {
            let fund = &programme.funds[id.index()];
            let years = programme.years.iter();
            Some(CarryOver {
                fund: id,
                code: fund.named.code.clone(),
                name: fund.named.name.clone(),
                terms: fund.carry_over?,
                amounts: years.map(|&year| programme.spendable(id, year).0).collect(),
                years: programme.years.clone(),
            })
        };
        programme.fund_ids().filter_map(of_fund).collect()
    }
}

impl Rule for CarryOver {
    fn label(&self) -> String {
        label("carry_over", &[&self.code])
    }

    fn family(&self) -> Family {
        Family::Money
    }

    fn sentence(&self) -> Phrase {
        let (name, share, years) = (&self.name, self.terms.share, self.terms.years);
        phrase!(
            "Mỗi năm, nguồn {name} chi không quá trần của năm và phần được chuyển nguồn: cuối năm được chuyển {share} phần chưa chi, đến hết {years} năm sau năm của trần, kinh phí cũ chi trước.",
            "In each year the fund {name} spends at most its ceiling and what is carried over: {share} of what is unspent at the end of a year, until the year of its ceiling + {years}, the oldest money first.";
            name, share, years
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        let spent = self.flows(formulation, |d| self.by_year(d.payments(programme)));
        let repaid = self.flows(formulation, |d| self.by_year(d.repayments(programme)));
        let net = self.flows(formulation, |d| {
            let repaid = self.by_year(d.repayments(programme));
            let spent = self.by_year(d.payments(programme));
            spent.into_iter().zip(repaid).map(|(out, back)| out - back).collect()
        });
        let flows = Arc::new([spent, repaid]);
        let columns = self.columns(formulation, &flows);
        let (share, whole) = (self.terms.share.0, Share::WHOLE);
        let times = |linear: &Linear, factor: i64| -> Linear {
            linear.iter().map(|&(id, c)| (id, c * factor)).collect()
        };
        for (now, &year) in self.years.iter().enumerate() {
            let own_money = if self.terms.of_repayments { flows[1][now].clone() } else { Linear::new() };
            let due = if self.terms.of_repayments { &flows[0][now] } else { &net[now] };
            let used: Vec<_> = columns.used.iter().filter_map(|of| of[now]).collect();
            let helpers = used.iter().map(|&id| (id, -1)).collect();
            formulation.row(self.part_label(year, ""), due.clone(), helpers, Sense::AtMost, 0);
            for of in 0..=now {
                let Some(used) = columns.used[of][now] else { continue };
                let name = |part: &str| self.part_label(year, &format!("{part} of {}", self.years[of]));
                let left = columns.left[of][now];
                let (decisions, helpers, amount) = if of == now {
                    (own_money.clone(), Vec::new(), self.amounts[now])
                } else {
                    let before = columns.left[of][now - 1].into_iter();
                    (Linear::new(), before.map(|id| (id, -1)).collect::<Vec<_>>(), 0)
                };
                let mut row = helpers.clone();
                row.push((used, 1));
                formulation.row(name("use"), times(&decisions, -1), row, Sense::AtMost, amount);
                if let Some(left) = left {
                    let mut row: Vec<_> = helpers.iter().map(|&(id, c)| (id, c * share)).collect();
                    row.extend([(used, share), (left, whole)]);
                    let decisions = times(&decisions, -share);
                    formulation.row(name("carry"), decisions, row, Sense::AtMost, share * amount);
                }
            }
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let spent = self.by_year(plan.choices().flat_map(|d| d.payments(programme)));
        let repaid = self.by_year(plan.choices().flat_map(|d| d.repayments(programme)));
        let books = self.books(&spent, &repaid);
        let finding = |(now, &year): (usize, &Year)| {
            let (used, available) = (Money(spent[now]), Money(books.closed[now].available));
            let own = Money(self.amounts[now]);
            let stand = phrase!(
                "{used} trên {available} (trần của năm: {own})",
                "{used} of {available} (the year's own: {own})";
                used, available, own
            );
            let lacking = books.closed[now].lacking;
            let margin = if lacking > 0 { -lacking } else { (available - used).0 };
            Finding::of(self.part_label(year, ""), margin, Unit::Dong, stand)
        };
        self.years.iter().enumerate().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        for amount in &mut looser.amounts {
            *amount += (*amount / 100).max(Money::MILLION.0);
        }
        let is_sane = looser.amounts.iter().all(|&amount| amount <= Money::MOST_IN_ALL.0);
        is_sane.then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
