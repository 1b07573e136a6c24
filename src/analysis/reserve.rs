//! Who comes next? The reserve list: admissible candidates not chosen, by benefit per đồng.
//!
//! A candidate is on the list if, when one funded project of at least its size dropped out, one of
//! its decisions would keep every ceiling, capacity and relation. Shares and focal points of the
//! policy are not asked here: they are for the plan that is drawn up anew.

use std::cmp::Reverse;

use crate::formulation::{Decision, DecisionId, Occupancy};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::quantities::Money;

/// A candidate in reserve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserve {
    /// How it would be funded.
    pub decision: Decision,
    /// Its support.
    pub support: Money,
    /// Its benefit in thousandths of a point.
    pub benefit: i64,
    /// The first funded project, by table order, whose place it could take.
    pub instead_of: Decision,
}

/// The reserve list, the best benefit per đồng first; a candidate stands once, in its best
/// decision that fits.
#[must_use]
pub fn reserve(problem: &Problem<'_>, plan: &Plan) -> Vec<Reserve> {
    let programme = problem.programme();
    let limits = problem.limits();
    let mut occupancy = Occupancy::new(&limits);
    let funded: Vec<(DecisionId, Decision, Money)> = plan
        .choices()
        .filter_map(|d| Some((limits.find(d)?, *d, d.support(programme))))
        .collect();
    for &(id, ..) in &funded {
        occupancy.take(id);
    }
    let promised = |decision: &Decision| {
        programme
            .commitments
            .iter()
            .any(|own| own.project == decision.project)
    };
    let leaving: Vec<_> = funded
        .into_iter()
        .filter(|(_, d, _)| !promised(d))
        .collect();
    let mut list = Vec::new();
    for group in limits.groups() {
        let mut options: Vec<DecisionId> = (group.start..group.end).map(position).collect();
        if plan.choice(limits.decision(options[0]).project).is_some() {
            continue;
        }
        options.sort_by_key(|id| Reverse(limits.benefit()[id.index()]));
        let found = options.into_iter().find_map(|id| {
            let decision = *limits.decision(id);
            let support = decision.support(programme);
            let mut places = leaving.iter().filter(|(_, _, size)| *size >= support);
            let instead_of = places.find_map(|&(other, instead_of, _)| {
                occupancy.drop(other);
                let fits = occupancy.has_room_for(id);
                occupancy.take(other);
                fits.then_some(instead_of)
            })?;
            Some(Reserve {
                decision,
                support,
                benefit: limits.benefit()[id.index()],
                instead_of,
            })
        });
        list.extend(found);
    }
    // Exact comparison of benefit / support by cross-multiplication.
    list.sort_by(|a, b| {
        let of =
            |one: &Reserve, other: &Reserve| i128::from(one.benefit) * i128::from(other.support.0);
        of(b, a).cmp(&of(a, b))
    });
    list
}

fn position(position: usize) -> DecisionId {
    DecisionId(u32::try_from(position).unwrap_or(u32::MAX))
}
