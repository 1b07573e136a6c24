//! Who pays is left open: funds that the same projects may ask are taken for one.
//!
//! Most projects of a province may be paid by its national or its local funds, in the same years and with the
//! same benefit. Each has twice as many decisions for it, and every year two ceilings to fill instead of one,
//! though who pays can nearly always be said in the end: of the projects of a year some come to
//! what a fund has, to a part in ten thousand. Taken for one, funds leave a problem half as large, in which plans are
//! found and bounded sooner; whatever bounds it bounds the whole problem too. Who pays is then decided for
//! its plans one by one (see `paying`).
//!
//! Two threads, seed 1, gaps in per cent after 60 s, and of provinces after 30 s, or the seconds to 0.1:
//!
//! | instance | funds apart | funds pooled |
//! |---|---|---|
//! | tight of 200, s1 to s3 | 0.50, 0.29, 0.47 | 0.30, 0.30, 0.33 |
//! | tight of 400, s1 to s3 | 0.27, 0.24, 0.19 | 0.13, 58 s, 0.18 |
//! | province of 300, s1 to s3 | 0.17 to 0.19 | 6 s, 0.13, 17 s |
//! | vinh-long | 15 s | 10 s |
//!
//! Where a fund holds one or two projects a year, somebody who pays is seldom found: of a pooled plan of tight of 100, s1 to s3,
//! 4.4, 4.9 and 1.2 per cent were lost. Such funds stay apart.
//!
//! Nothing here knows what a fund is: decisions are twins that differ only in their source, and add the same
//! to different rows of the same kind. Such rows are pooled where most decisions of either have a twin in the other.

mod filled;
mod paying;
mod run;
#[cfg(all(test, feature = "highs"))]
mod test;
mod twins;

use std::collections::HashMap;

use crate::formulation::{Certificate, Derivations, Formulation};
pub(super) use paying::Paying;
pub(super) use run::run;

/// Each row of a pool is to hold so many decisions of mean size: the national years of tight programmes of 100 hold two, of 200
/// and of provinces of 300 four.
const HELD: i128 = 3;
/// Of a hundred decisions at most so many are to be left.
const FEWER: usize = 75;

/// A problem in which who pays is left open.
#[derive(Debug)]
pub(super) struct Pooled {
    /// The problem.
    pub formulation: Formulation,
    /// Which of its decisions each of the whole problem is.
    becomes: Vec<usize>,
    /// The decisions of the whole problem that each of its own stands for.
    members: Vec<Vec<usize>>,
    /// The rows of the whole problem that are pooled, those of a pool together.
    pools: Vec<Vec<usize>>,
}

impl Pooled {
    /// The problem with its funds pooled; `None` where hardly any can be, or where a fund holds too few
    /// projects for somebody to be found who pays.
    pub fn of(formulation: &Formulation) -> Option<Pooled> {
        let columns = twins::columns(formulation);
        let pools = twins::pools(formulation, &columns);
        if pools.is_empty() || !pools.iter().flatten().all(|&row| holds(formulation, row)) {
            return None;
        }
        let mut added: Vec<Vec<usize>> = pools.clone();
        let mut is_alone = vec![true; formulation.rows().len()];
        for &row in pools.iter().flatten() {
            is_alone[row] = false;
        }
        let others = formulation.groups().len()..formulation.rows().len();
        added.extend(others.filter(|&own| is_alone[own]).map(|own| vec![own]));
        added.sort_unstable();
        let becomes = twins::becomes(formulation, &columns, &added);
        let count = becomes.iter().max().map_or(0, |last| last + 1);
        if count * 100 > becomes.len() * FEWER {
            return None;
        }
        let mut members = vec![Vec::new(); count];
        for (at, &own) in becomes.iter().enumerate() {
            members[own].push(at);
        }
        Some(Pooled {
            formulation: formulation.joined(&becomes, &added),
            becomes,
            members,
            pools,
        })
    }

    /// A plan of the whole problem, with who pays left open.
    pub fn open(&self, taken: &[bool]) -> Vec<bool> {
        let mut open = vec![false; self.members.len()];
        for (&own, _) in self.becomes.iter().zip(taken).filter(|own| *own.1) {
            open[own] = true;
        }
        open
    }

    /// What proves a bound of the whole problem: a multiplier of a pooled row is one of each of its rows. What
    /// follows from pooled rows is left out.
    pub fn certificate(&self, whole: &Formulation, own: &Certificate) -> Option<Certificate> {
        let label = |row: usize| whole.rows()[row].label.as_str();
        let pools = self.pools.iter().map(|own| (own[0], own.as_slice()));
        let pool_of: HashMap<usize, &[usize]> = pools.collect();
        let known = Derivations::of(whole);
        let mut multipliers = Vec::new();
        for (name, times) in &own.multipliers {
            let row = known.position(name);
            if let Some(pool) = row.and_then(|own| pool_of.get(&own)) {
                multipliers.extend(pool.iter().map(|&own| (label(own).to_owned(), *times)));
            } else if row.is_some() || known.row(name).is_some() {
                multipliers.push((name.clone(), *times));
            }
        }
        let mut made = Certificate {
            bound: 0,
            multipliers,
        };
        made.bound = made.recomputed_from(&known)?;
        Some(made)
    }
}

/// Whether a row holds some decisions of mean size.
fn holds(formulation: &Formulation, row: usize) -> bool {
    let row = &formulation.rows()[row];
    let sum: i128 = row.decisions.iter().map(|own| i128::from(own.1)).sum();
    let count = row.decisions.len() as i128;
    i128::from(row.bound) * count >= HELD * sum
}
