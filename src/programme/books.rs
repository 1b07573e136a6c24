//! The books of a fund, closed year by year: what it may spend in each, the oldest money first.

use super::CarryOver;
use crate::quantities::Share;

/// The books of a fund, from the programme's first year to the one closed last. Money of a fund
/// without carry-over lapses at the end of its year. What of recoverable support comes back in a year
/// is spent first and lapses with it, or counts as the year's own money where it is carried over.
#[derive(Debug, Clone)]
pub struct Books {
    terms: Option<CarryOver>,
    used: Vec<i64>,
    left: Vec<i64>,
}

/// A year of a fund when its books are closed, in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClosedYear {
    /// What could be spent.
    pub available: i64,
    /// What was spent beyond that.
    pub lacking: i64,
}

impl Books {
    /// Empty books.
    #[must_use]
    pub fn new(terms: Option<CarryOver>) -> Books {
        Books {
            terms,
            used: Vec::new(),
            left: Vec::new(),
        }
    }

    /// Closes the next year: its own amount, what came back in it and what was spent, in đồng.
    pub fn close(&mut self, amount: i64, repaid: i64, spent: i64) -> ClosedYear {
        let carries_repayments = self.terms.is_some_and(|terms| terms.of_repayments);
        let (own, lapsing) = if carries_repayments {
            (repaid, 0)
        } else {
            (0, repaid)
        };
        let now = self.left.len();
        let first = now.saturating_sub(self.terms.map_or(0, |terms| terms.years));
        self.left.push(amount + own);
        self.left[..first].fill(0);
        self.used.clear();
        self.used.resize(now + 1, 0);
        let available = self.left[first..].iter().sum::<i64>() + lapsing;
        let mut due = (spent - lapsing).max(0);
        for of in first..=now {
            let used = due.min(self.left[of]);
            due -= used;
            self.used[of] = used;
            self.left[of] = self.carried(self.left[of] - used);
        }
        ClosedYear {
            available,
            lacking: due,
        }
    }

    /// What of each year's money the year closed last used, in đồng, by year.
    #[must_use]
    pub fn used(&self) -> &[i64] {
        &self.used
    }

    /// What of each year's money is carried out of the year closed last, in đồng, by year.
    #[must_use]
    pub fn left(&self) -> &[i64] {
        &self.left
    }

    /// What of an amount left at the end of a year is carried over, rounded down to the đồng.
    fn carried(&self, left: i64) -> i64 {
        let Some(terms) = self.terms else { return 0 };
        let carried = terms.share.of(left) / i128::from(Share::WHOLE);
        i64::try_from(carried).unwrap_or(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_lapses_or_is_carried_over_the_oldest_first() {
        let mut lapsing = Books::new(None);
        lapsing.close(250, 0, 150);
        let closed = lapsing.close(150, 20, 180);
        assert_eq!((closed.available, closed.lacking), (170, 10));
        // Half of what is left, for one year.
        let mut carried = Books::new(Some(CarryOver {
            share: Share(5_000),
            years: 1,
            of_repayments: false,
        }));
        assert_eq!(carried.close(250, 0, 150).lacking, 0);
        let closed = carried.close(150, 0, 60);
        assert_eq!((closed.available, closed.lacking), (200, 0));
        assert_eq!(
            (carried.used(), carried.left()),
            (&[50, 10][..], &[0, 70][..])
        );
        assert_eq!(carried.close(100, 0, 171).lacking, 1);
    }
}
