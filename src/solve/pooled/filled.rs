//! Who pays, as well as it can be said at once: the largest projects first, each by who has most left.

use super::Pooled;
use crate::formulation::Formulation;

/// The rows that are pooled, and what is taken of them.
#[derive(Debug)]
pub(super) struct Filling<'a> {
    pooled: &'a Pooled,
    bounds: Vec<i64>,
    /// What each decision of the whole problem takes of which of them.
    takes: Vec<Vec<(usize, i64)>>,
}

impl<'a> Filling<'a> {
    pub fn new(whole: &Formulation, pooled: &'a Pooled) -> Filling<'a> {
        let mut takes = vec![Vec::new(); whole.benefit().len()];
        let mut bounds = Vec::new();
        for (place, &row) in pooled.pools.iter().flatten().enumerate() {
            let row = &whole.rows()[row];
            bounds.push(row.bound);
            for &(id, by) in &row.decisions {
                takes[id.index()].push((place, by));
            }
        }
        Filling {
            pooled,
            bounds,
            takes,
        }
    }

    /// A plan of the whole problem: a pooled plan but for the projects for which nobody has enough left.
    pub fn filled(&self, taken: &[bool]) -> Vec<bool> {
        let projects = self.pooled.members.iter().zip(taken);
        let projects = projects.filter(|own| *own.1);
        // Who may pay for each, by decision.
        let mut ways: Vec<&[usize]> = projects.map(|own| own.0.as_slice()).collect();
        ways.sort_by_key(|own| std::cmp::Reverse(self.most(own)));
        let mut left = self.bounds.clone();
        let mut made = vec![false; self.takes.len()];
        for own in ways {
            let fits = |way: &&usize| self.takes[**way].iter().all(|&(row, by)| by <= left[row]);
            let part = |way: &&usize| self.part(**way, &left);
            if let Some(&best) = own.iter().filter(fits).max_by_key(part) {
                made[best] = true;
                for &(row, by) in &self.takes[best] {
                    left[row] -= by;
                }
            }
        }
        made
    }

    /// The most that any of the decisions takes of a row.
    fn most(&self, ways: &[usize]) -> Option<i64> {
        let all = ways.iter().flat_map(|&way| &self.takes[way]);
        all.map(|own| own.1).max()
    }

    /// The part of a row that a decision leaves of what is `left`, in millionths; its fullest row decides.
    fn part(&self, way: usize, left: &[i64]) -> i128 {
        let parts = self.takes[way].iter().map(|&(row, by)| {
            i128::from(left[row] - by) * 1_000_000 / i128::from(self.bounds[row].max(1))
        });
        parts.min().unwrap_or(i128::MAX)
    }
}
