//! The reserve list: who is called, in which order, when a planned project is missing.

use std::cmp::{Ordering, Reverse};

use super::ground::Ground;
use crate::formulation::DecisionId;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::programme::ProjectId;

/// An order of the reserve list; ties go by the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReserveOrder {
    /// The most benefit per đồng first: the order of the reserve list of a plan.
    PerDong,
    /// The most benefit first.
    Benefit,
    /// The most merit first.
    Merit,
    /// The smallest support first.
    Smallest,
    /// The largest support first.
    Largest,
}

impl ReserveOrder {
    /// Every order.
    pub const ALL: [ReserveOrder; 5] = [
        ReserveOrder::PerDong,
        ReserveOrder::Benefit,
        ReserveOrder::Merit,
        ReserveOrder::Smallest,
        ReserveOrder::Largest,
    ];
}

/// A candidate on the reserve list.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    /// The candidate.
    pub project: ProjectId,
    /// Its decisions by the year in which they start, the most benefit first.
    pub by_year: Vec<Vec<DecisionId>>,
    /// The decision by which it stands in its place: the one with most benefit.
    best: DecisionId,
}

/// The candidates that a plan does not fund and that have an admissible decision, in table order;
/// those that the scenario does not want are left out.
pub(super) fn waiting(problem: &Problem<'_>, ground: &Ground<'_>, plan: &Plan) -> Vec<Waiting> {
    let of_group = |group: &std::ops::Range<usize>| {
        let mut ids: Vec<DecisionId> = group.clone().map(DecisionId::at).collect();
        let project = ground.limits.decision(ids[0]).project;
        if plan.choice(project).is_some() || problem.demands().forbids(project) {
            return None;
        }
        ids.sort_by_key(|&id| Reverse(ground.benefit(id)));
        let mut by_year = vec![Vec::new(); ground.years()];
        for &id in &ids {
            by_year[ground.start(id)].push(id);
        }
        Some(Waiting {
            project,
            by_year,
            best: ids[0],
        })
    };
    ground.limits.groups().iter().filter_map(of_group).collect()
}

/// The candidates in an order.
pub(super) fn listed(
    problem: &Problem<'_>,
    ground: &Ground<'_>,
    mut waiting: Vec<Waiting>,
    order: ReserveOrder,
) -> Vec<Waiting> {
    let benefit = |own: &Waiting| ground.benefit(own.best);
    let support = |own: &Waiting| ground.support(own.best);
    let merit = |own: &Waiting| problem.scoring().merit_of(own.project);
    waiting.sort_by(|one, other| -> Ordering {
        match order {
            ReserveOrder::PerDong => ground.by_worth(one.best, other.best),
            ReserveOrder::Benefit => benefit(other).cmp(&benefit(one)),
            ReserveOrder::Merit => merit(other).cmp(&merit(one)),
            ReserveOrder::Smallest => support(one).cmp(&support(other)),
            ReserveOrder::Largest => support(other).cmp(&support(one)),
        }
    });
    waiting
}
