//! Who pays, as well as it can be said at once: the largest projects first, each by who has most left.

use super::Pooled;
use crate::formulation::Formulation;

/// What somebody who may pay for a project takes of the pooled rows, by their position.
struct Way {
    decision: usize,
    takes: Vec<(usize, i64)>,
}

/// A plan of the whole problem: a pooled plan but for the projects for which nobody has enough left.
pub(super) fn filled(whole: &Formulation, pooled: &Pooled, taken: &[bool]) -> Vec<bool> {
    let rows: Vec<usize> = pooled.pools.iter().flatten().copied().collect();
    let bounds: Vec<i64> = rows.iter().map(|&row| whole.rows()[row].bound).collect();
    let mut projects = ways(whole, pooled, &rows, taken);
    let largest = |ways: &Vec<Way>| {
        let all = ways.iter().flat_map(|way| &way.takes);
        std::cmp::Reverse(all.map(|own| own.1).max())
    };
    projects.sort_by_key(largest);
    let mut left = bounds.clone();
    let mut made = vec![false; whole.benefit().len()];
    for ways in projects {
        let fits = |way: &&Way| way.takes.iter().all(|&(row, by)| by <= left[row]);
        // The part of a row that is left, in millionths; the fullest row of each decides.
        let part = |way: &&Way| {
            let parts = way.takes.iter().map(|&(row, by)| {
                i128::from(left[row] - by) * 1_000_000 / i128::from(bounds[row].max(1))
            });
            parts.min().unwrap_or(i128::MAX)
        };
        let Some(best) = ways.iter().filter(fits).max_by_key(part) else {
            continue;
        };
        made[best.decision] = true;
        for &(row, by) in &best.takes {
            left[row] -= by;
        }
    }
    made
}

/// Who may pay for each project of a pooled plan.
fn ways(whole: &Formulation, pooled: &Pooled, rows: &[usize], taken: &[bool]) -> Vec<Vec<Way>> {
    let mut of_each = vec![Vec::new(); whole.benefit().len()];
    for (place, &row) in rows.iter().enumerate() {
        for &(id, by) in &whole.rows()[row].decisions {
            of_each[id.index()].push((place, by));
        }
    }
    let way = |&decision: &usize| Way {
        decision,
        takes: of_each[decision].clone(),
    };
    let own = pooled.members.iter().zip(taken).filter(|own| *own.1);
    own.map(|(members, _)| members.iter().map(way).collect())
        .collect()
}
