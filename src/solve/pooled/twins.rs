//! Decisions that differ only in who pays, and the rows that go together by that.

use std::collections::{BTreeMap, HashMap};

use crate::formulation::{Decision, DecisionId, Formulation, Sense};

/// A pool is made of rows where so many hundredths of the decisions of each have a twin in the other.
const SHARED: usize = 50;

/// What a decision adds to each row, by position.
pub(super) type Column = Vec<(usize, i64)>;

/// What each decision adds to each row, but to that which says that its project is decided once.
pub(super) fn columns(formulation: &Formulation) -> Vec<Column> {
    let mut columns = vec![Vec::new(); formulation.benefit().len()];
    let rows = formulation.rows().iter().enumerate();
    for (place, row) in rows.skip(formulation.groups().len()) {
        for &(id, times) in &row.decisions {
            columns[id.index()].push((place, times));
        }
    }
    columns
}

/// What twins have in common: all but their source.
fn apart_from_source(decision: &Decision, benefit: i64) -> impl Ord + use<> {
    (decision.variant, decision.start, decision.unit, benefit)
}

/// The rows that go together, two or more each.
pub(super) fn pools(formulation: &Formulation, columns: &[Column]) -> Vec<Vec<usize>> {
    // The least row of the pool of each.
    let mut pool_of: BTreeMap<usize, usize> = BTreeMap::new();
    for ((one, other), count) in shared(formulation, columns) {
        let is_most = |row: usize| count * 100 >= formulation.rows()[row].decisions.len() * SHARED;
        if is_most(one) && is_most(other) {
            let root = *pool_of.entry(one).or_insert(one);
            let second = *pool_of.entry(other).or_insert(root);
            let joined = pool_of.values_mut().filter(|own| **own == second);
            joined.for_each(|own| *own = root);
        }
    }
    let mut pools: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, root) in pool_of {
        pools.entry(root).or_default().push(row);
    }
    pools.into_values().filter(|own| own.len() > 1).collect()
}

/// How many twins any two rows share.
fn shared(formulation: &Formulation, columns: &[Column]) -> BTreeMap<(usize, usize), usize> {
    let mut shared = BTreeMap::new();
    for group in formulation.groups() {
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for at in group.clone() {
            let decision = formulation.decision(DecisionId::at(at));
            let key = apart_from_source(decision, formulation.benefit()[at]);
            alike.entry(key).or_default().push(at);
        }
        for twins in alike.values() {
            let pairs = twins.iter().enumerate();
            let pairs =
                pairs.flat_map(|(at, &one)| twins[at + 1..].iter().map(move |&other| (one, other)));
            for (one, other) in pairs {
                for pair in matched(formulation, &columns[one], &columns[other]) {
                    *shared.entry(pair).or_default() += 1;
                }
            }
        }
    }
    shared
}

/// The rows to which one decision adds what another adds to a row of the same kind in their place.
fn matched(
    formulation: &Formulation,
    one: &[(usize, i64)],
    other: &[(usize, i64)],
) -> Vec<(usize, usize)> {
    let apart = |from: &[(usize, i64)], of: &[(usize, i64)]| -> Vec<(usize, i64)> {
        from.iter()
            .filter(|own| !of.contains(own))
            .copied()
            .collect()
    };
    let (firsts, mut seconds) = (apart(one, other), apart(other, one));
    let mut pairs = Vec::new();
    for (row, times) in firsts {
        let goes = |own: &(usize, i64)| own.1 == times && go_together(formulation, row, own.0);
        if let Some(at) = seconds.iter().position(goes) {
            let second = seconds.remove(at).0;
            pairs.push((row.min(second), row.max(second)));
        }
    }
    pairs
}

/// Whether two rows are of the same kind, with nothing but decisions in them.
fn go_together(formulation: &Formulation, one: usize, other: usize) -> bool {
    let (one, other) = (&formulation.rows()[one], &formulation.rows()[other]);
    let kind = |label: &str| label.split('[').next().map(str::to_owned);
    one.sense == Sense::AtMost
        && other.sense == one.sense
        && one.helpers.is_empty()
        && other.helpers.is_empty()
        && kind(&one.label) == kind(&other.label)
}

/// What each decision becomes once some rows are added up: the same as an earlier one of its project that
/// differs only in its source and adds the same to each sum.
pub(super) fn becomes(
    formulation: &Formulation,
    columns: &[Column],
    added: &[Vec<usize>],
) -> Vec<usize> {
    let mut sum_of = HashMap::new();
    for (sum, rows) in added.iter().enumerate() {
        sum_of.extend(rows.iter().map(|&row| (row, sum)));
    }
    let summed = |at: usize| {
        let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
        for (row, times) in &columns[at] {
            if let Some(&sum) = sum_of.get(row) {
                *sums.entry(sum).or_default() += times;
            }
        }
        sums
    };
    let mut becomes = Vec::new();
    let mut count = 0;
    for group in formulation.groups() {
        let mut known = BTreeMap::new();
        for at in group.clone() {
            let decision = formulation.decision(DecisionId::at(at));
            let alike = apart_from_source(decision, formulation.benefit()[at]);
            let own = *known.entry((alike, summed(at))).or_insert(count);
            count += usize::from(own == count);
            becomes.push(own);
        }
    }
    becomes
}
