//! Which other plans are nearly as good? Plans within ε of the best that differ most from each other.
//!
//! After the plan found, with value v, each next plan is sought that keeps every rule, has a value of
//! at least ⌈(1 − ε) · v⌉, and differs most from the plans before it, that is, makes
//!
//! ```text
//! sum over plans q before of  |funded(p) Δ funded(q)|  =  constant + sum over projects of
//!     (plans before without it − plans before with it) · funded
//! ```
//!
//! as large as possible: the Hamming distance over projects, as in Danna, Fenelon, Gu and Wunderling
//! (IPCO 2007) for sets of diverse solutions, by an objective of its own and not from what a solver
//! happens to leave over. The value is a row of the problem; a plan under soft rules is held to its
//! benefit less their cost through their shortfalls. The distance is known as an interval too: no
//! plan is further than its bound.

use super::{Asking, Drawn, Interval};
use crate::formulation::{Formulation, Taken};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::quantities::Share;
use crate::solve::{Control, Settings, solve_under};

/// A plan nearly as good as the best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The plan, which keeps every rule.
    pub plan: Plan,
    /// Its value in thousandths of a point: benefit less the cost of soft rules.
    pub value: i64,
    /// In how many projects it differs from each plan before it, the best one first.
    pub differs: Vec<usize>,
    /// What the sum of those lies between, over all plans within ε.
    pub distance: Interval,
}

/// Plans within a part of the best that differ most from it and from each other, at most `most`;
/// fewer where no other plan is within it, or none was found in time. `None` without a plan.
#[must_use]
pub fn alternatives(
    problem: &Problem<'_>,
    drawn: &Drawn,
    (within, most): (Share, usize),
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<Vec<Alternative>> {
    let plan = drawn.outcome.plan()?;
    let found = drawn.outcome.found()?;
    let wanted = super::sensitivity::within(found, within);
    let floor = drawn.formulation.worth_at_least(wanted);
    let mut flags = vec![drawn.formulation.flags(plan.choices())];
    let mut all = Vec::new();
    let count = asking.count(most);
    while all.len() < most && !asking.is_cancelled() {
        let Some(next) = furthest(&floor, drawn, &flags, settings, asking) else {
            break;
        };
        let (taken, distance) = next;
        all.push(Alternative {
            plan: problem.plan(&drawn.formulation, &taken),
            value: drawn.formulation.value(&Taken(&taken)),
            differs: flags
                .iter()
                .map(|other| differences(&drawn.formulation, &taken, other))
                .collect(),
            distance,
        });
        flags.push(taken);
        count.one();
    }
    Some(all)
}

/// The plan that differs most from those before, with what the sum of its distances lies between;
/// `None` where there is no other, or none was found.
fn furthest(
    floor: &Formulation,
    drawn: &Drawn,
    before: &[Vec<bool>],
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<(Vec<bool>, Interval)> {
    let mut coefficients = vec![0; floor.benefit().len()];
    let mut constant = 0;
    for group in floor.groups() {
        let with = before
            .iter()
            .filter(|own| own[group.clone()].contains(&true));
        let with = i64::try_from(with.count()).unwrap_or(i64::MAX);
        let all = i64::try_from(before.len()).unwrap_or(i64::MAX);
        constant += with;
        coefficients[group.clone()].fill(all - with - with);
    }
    let objective = floor.with_objective(coefficients);
    // A plan at hand that is within the floor is a start.
    let own = drawn
        .kept
        .iter()
        .filter(|own| objective.admits(&Taken(own)));
    let start = own.max_by_key(|own| objective.value(&Taken(own)));
    let control = Control {
        start: start.or(before.last()).map(Vec::as_slice),
        ..asking.control()
    };
    let solved = solve_under(&objective, settings, &control);
    let taken = solved.outcome.plan()?.clone();
    let distance = Interval {
        least: solved.outcome.found().map(|own| own + constant),
        most: solved.outcome.bound().map(|own| own + constant),
    };
    let is_other = before.iter().all(|own| differences(floor, own, &taken) > 0);
    is_other.then_some((taken, distance))
}

/// In how many projects two plans differ: one funds it, the other does not.
fn differences(formulation: &Formulation, one: &[bool], other: &[bool]) -> usize {
    let funds = |plan: &[bool], group: &std::ops::Range<usize>| plan[group.clone()].contains(&true);
    let groups = formulation.groups().iter();
    let differing = groups.filter(|group| funds(one, group) != funds(other, group));
    differing.count()
}
