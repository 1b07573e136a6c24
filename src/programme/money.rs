//! Funds, what becomes of their money over the years, and the sources of payment that they make.

use super::{FundId, Level, Named, Programme};
use crate::quantities::{Money, Share, Year};

/// A fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// Its code and name.
    pub named: Named,
    /// Its level.
    pub level: Level,
    /// The part of each ceiling that pays for managing the programme.
    pub management: Share,
    /// What is carried over from year to year; `None` where it lapses.
    pub carry_over: Option<CarryOver>,
    /// Percent of each payment that comes back in each year after it; empty where nothing does.
    pub repaid: Vec<i64>,
}

/// How the money of a fund that is unspent at the end of a year is carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CarryOver {
    /// The part that is carried over, each year anew.
    pub share: Share,
    /// For how many years after its own.
    pub years: usize,
    /// Whether repayments are carried over too.
    pub of_repayments: bool,
}

/// What pays for a project: shares of funds that add up to the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its code: the fund's or the mix's.
    pub code: String,
    /// The funds and their shares.
    pub parts: Vec<(FundId, Share)>,
}

impl Programme {
    /// What a fund may spend on projects of its ceiling in a year: what is left after management,
    /// which is rounded up to the đồng.
    #[must_use]
    pub fn spendable(&self, fund: FundId, year: Year) -> Money {
        self.without_management(fund, self.ceiling(fund, year))
    }

    /// An amount of a fund less what managing the programme takes of it.
    #[must_use]
    pub fn without_management(&self, fund: FundId, amount: Money) -> Money {
        let kept = Share(Share::WHOLE - self.funds[fund.index()].management.0);
        let left = kept.of(amount.0) / i128::from(Share::WHOLE);
        Money(i64::try_from(left).unwrap_or(amount.0))
    }
}
