//! The money of one draw: what is paid and comes back, and whether more can be paid.

use super::ground::{Flow, Flows, Ground};
use crate::programme::Books;

/// What some decisions pay and bring back, by fund and year, in đồng.
#[derive(Debug, Clone)]
pub(super) struct Flowing {
    pub spent: Vec<Vec<i64>>,
    repaid: Vec<Vec<i64>>,
}

impl Flowing {
    /// Of no decisions.
    pub fn nothing(ground: &Ground<'_>) -> Flowing {
        let nothing = vec![vec![0; ground.years()]; ground.funds()];
        Flowing {
            spent: nothing.clone(),
            repaid: nothing,
        }
    }

    /// Adds a decision.
    pub fn add(&mut self, flows: &Flows) {
        self.change(flows, 0, 1);
    }

    /// Takes off what a decision pays from a year on, and what would have come back of that.
    pub fn take_off(&mut self, flows: &Flows, from: usize) {
        self.change(flows, from, -1);
    }

    fn change(&mut self, flows: &Flows, from: usize, sign: i64) {
        for own in flows.paid.iter().filter(|own| own.year >= from) {
            self.spent[own.fund][own.year] += sign * own.amount;
        }
        for (own, _) in flows.back.iter().filter(|(_, of)| *of >= from) {
            self.repaid[own.fund][own.year] += sign * own.amount;
        }
    }
}

/// The funds of one draw, their books closed up to the year that is running.
#[derive(Debug, Clone)]
pub(super) struct Funds {
    books: Vec<Books>,
    /// What projects may take of each fund in each year: as it turned out up to now, then as planned.
    pub amounts: Vec<Vec<i64>>,
    whole: Vec<Option<i64>>,
    /// The position of the year that is running.
    now: usize,
}

impl Funds {
    /// Before the first year.
    pub fn new(ground: &Ground<'_>) -> Funds {
        let funds = ground.programme.funds.iter();
        Funds {
            books: funds.map(|fund| Books::new(fund.carry_over)).collect(),
            amounts: ground.amounts.clone(),
            whole: ground.whole.clone(),
            now: 0,
        }
    }

    /// Closes the year that is running.
    pub fn close(&mut self, money: &Flowing) {
        let now = self.now;
        for (fund, books) in self.books.iter_mut().enumerate() {
            let (repaid, spent) = (money.repaid[fund][now], money.spent[fund][now]);
            books.close(self.amounts[fund][now], repaid, spent);
        }
        self.now += 1;
    }

    /// What a fund could still pay in the year that is running; negative where it lacks.
    pub fn left(&self, money: &Flowing, fund: usize) -> i64 {
        let (now, mut books) = (self.now, self.books[fund].clone());
        let (repaid, spent) = (money.repaid[fund][now], money.spent[fund][now]);
        let closed = books.close(self.amounts[fund][now], repaid, spent);
        if closed.lacking > 0 {
            -closed.lacking
        } else {
            closed.available - spent
        }
    }

    /// Whether each of these funds can pay everything from now on.
    pub fn suffice(&self, money: &Flowing, funds: &[usize]) -> bool {
        funds.iter().all(|&fund| {
            let lacks = self.lacking(money, fund).into_iter().any(|own| own > 0);
            let net = net(&money.spent[fund], &money.repaid[fund]);
            !lacks && self.whole[fund].is_none_or(|whole| net <= whole)
        })
    }

    /// Whether a decision can be paid beside what flows already: no year from now on lacks more for it.
    pub fn can_pay(&self, money: &Flowing, flows: &Flows) -> bool {
        let is_within = |own: &Flow| {
            let is_now = own.year == self.now;
            !is_now || own.amount <= self.left(money, own.fund)
        };
        if !flows.paid.iter().all(is_within) {
            return false;
        }
        let mut with = money.clone();
        with.add(flows);
        flows.funds.iter().all(|&fund| {
            let before = self.lacking(money, fund);
            let after = self.lacking(&with, fund);
            let lacks_more = after.iter().zip(&before).any(|(own, other)| own > other);
            let whole = |own: &Flowing| net(&own.spent[fund], &own.repaid[fund]);
            let is_in_whole =
                self.whole[fund].is_none_or(|most| whole(&with) <= most.max(whole(money)));
            !lacks_more && is_in_whole
        })
    }

    /// What a fund lacks in each year from now on.
    fn lacking(&self, money: &Flowing, fund: usize) -> Vec<i64> {
        let mut books = self.books[fund].clone();
        let years = self.now..self.amounts[fund].len();
        let close = |year: usize| {
            let (repaid, spent) = (money.repaid[fund][year], money.spent[fund][year]);
            books.close(self.amounts[fund][year], repaid, spent).lacking
        };
        years.map(close).collect()
    }
}

fn net(spent: &[i64], repaid: &[i64]) -> i64 {
    spent.iter().sum::<i64>() - repaid.iter().sum::<i64>()
}
