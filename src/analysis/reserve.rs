//! Who comes next? The reserve list: admissible candidates not chosen, by benefit per đồng.
//!
//! A candidate is on the list if one of its decisions would keep every ceiling, capacity and relation
//! when one funded project of at least its size dropped out, or as things stand. Shares and focal
//! points of the policy are not asked here: they are for the plan that is drawn up anew.

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
    /// The first funded project, by table order, whose place it could take; `None` where it fits
    /// beside all of them.
    pub instead_of: Option<Decision>,
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
    let stays = |decision: &Decision| {
        programme.is_promised(decision.project) || problem.demands().requires(decision.project)
    };
    let leaving: Vec<_> = funded.into_iter().filter(|(_, d, _)| !stays(d)).collect();
    let mut list = Vec::new();
    for group in limits.groups() {
        let mut options: Vec<DecisionId> = group.clone().map(DecisionId::at).collect();
        let project = limits.decision(options[0]).project;
        if plan.choice(project).is_some() || problem.demands().forbids(project) {
            continue;
        }
        options.sort_by_key(|id| Reverse(limits.benefit()[id.index()]));
        let beside = options.iter().find(|id| occupancy.has_room_for(**id));
        let found = match beside {
            Some(&id) => Some((id, None)),
            None => options.into_iter().find_map(|id| {
                let support = limits.decision(id).support(programme);
                let mut places = leaving.iter().filter(|(_, _, size)| *size >= support);
                let (_, instead_of, _) =
                    places.find(|&&(other, ..)| could_replace(&mut occupancy, id, other))?;
                Some((id, Some(*instead_of)))
            }),
        };
        list.extend(found.map(|(id, instead_of)| Reserve {
            decision: *limits.decision(id),
            support: limits.decision(id).support(programme),
            benefit: limits.benefit()[id.index()],
            instead_of,
        }));
    }
    // Exact comparison of benefit / support by cross-multiplication.
    list.sort_by(|a, b| {
        let of =
            |one: &Reserve, other: &Reserve| i128::from(one.benefit) * i128::from(other.support.0);
        of(b, a).cmp(&of(a, b))
    });
    list
}

/// Whether every limit is kept when `id` takes the place of `other`; nothing is changed.
fn could_replace(occupancy: &mut Occupancy<'_>, id: DecisionId, other: DecisionId) -> bool {
    occupancy.drop(other);
    let fits = occupancy.has_room_for(id) && occupancy.is_kept_around(other);
    occupancy.take(other);
    fits
}
