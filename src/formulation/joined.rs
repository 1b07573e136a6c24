//! The same problem with some decisions taken for one and some rows added up.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{DecisionId, Formulation, Row, Taken, Witness};

/// The problem that another was joined from, as far as helpers see it.
pub(super) struct Origin {
    /// The first of its decisions that becomes each joined one.
    firsts: Vec<usize>,
    /// How many it has.
    decisions: usize,
    /// The witnesses of its helpers.
    pub witnesses: Vec<Witness>,
}

impl Origin {
    /// Its decisions, the first of each joined one that is taken.
    pub fn standing_for(&self, taken: &Taken<'_>) -> Vec<bool> {
        let mut whole = vec![false; self.decisions];
        for (&at, _) in self.firsts.iter().zip(taken.0).filter(|own| *own.1) {
            whole[at] = true;
        }
        whole
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} decisions", self.firsts.len(), self.decisions)
    }
}

impl Formulation {
    /// The problem in which decisions are one that become the same of `becomes`, and each of `added` rows
    /// stand for their sum. Decisions that become one are of one project and worth the same; what they
    /// become is counted from 0 as it comes up; they add the same to each of the sums. Rows that are nowhere in `added` are left out, but those
    /// that say that a project is decided once; rows that are added up have no helpers and the same sense.
    ///
    /// Whatever is joined, a plan of this problem is one of that. The other way round somebody must say which
    /// of its decisions a joined one stands for.
    #[must_use]
    pub fn joined(&self, becomes: &[usize], added: &[Vec<usize>]) -> Formulation {
        let origin = Arc::new(Origin {
            firsts: firsts(becomes),
            decisions: self.decisions.len(),
            witnesses: self.helpers.iter().map(|own| own.witness.clone()).collect(),
        });
        let own = |&at: &usize| (self.decisions[at], self.names[at].clone(), self.benefit[at]);
        let mut made = Formulation::new(origin.firsts.iter().map(own).collect(), |_| String::new());
        for (row, whole) in made.rows.iter_mut().zip(&self.rows) {
            row.label.clone_from(&whole.label);
        }
        made.not_applicable.clone_from(&self.not_applicable);
        for helper in &self.helpers {
            let (witness, origin) = (helper.witness.clone(), origin.clone());
            let price = helper.price;
            made.helper(helper.label.clone(), helper.values, move |taken| {
                witness(&Taken(&origin.standing_for(taken)))
            });
            if let Some(own) = made.helpers.last_mut() {
                own.price = price;
            }
        }
        let sums = added.iter().map(|rows| self.sum(becomes, rows));
        made.rows.extend(sums.flatten());
        made.origin = Some(origin);
        made
    }

    /// The sum of some rows over joined decisions.
    fn sum(&self, becomes: &[usize], rows: &[usize]) -> Option<Row> {
        let first = &self.rows[*rows.first()?];
        let mut of_each: BTreeMap<usize, i64> = BTreeMap::new();
        for &(id, times) in rows.iter().flat_map(|&row| &self.rows[row].decisions) {
            *of_each.entry(id.index()).or_default() += times;
        }
        let mut terms = BTreeMap::new();
        for (at, times) in of_each {
            terms.entry(becomes[at]).or_insert(times);
        }
        Some(Row {
            label: first.label.clone(),
            decisions: linear(terms),
            helpers: first.helpers.clone(),
            sense: first.sense,
            bound: rows.iter().map(|&row| self.rows[row].bound).sum(),
        })
    }
}

fn linear(terms: BTreeMap<usize, i64>) -> Vec<(DecisionId, i64)> {
    let own = terms.into_iter().filter(|own| own.1 != 0);
    own.map(|(at, times)| (DecisionId::at(at), times)).collect()
}

/// The first decision that becomes each joined one.
fn firsts(becomes: &[usize]) -> Vec<usize> {
    let mut firsts = Vec::new();
    for (at, &place) in becomes.iter().enumerate() {
        if place == firsts.len() {
            firsts.push(at);
        }
    }
    firsts
}
