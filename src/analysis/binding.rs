//! Which rules bind? Those whose slack is smaller than the smallest thing that could still be added
//! to a limit, or taken from a floor.
//!
//! A limit over decisions alone binds if it would be passed by every admissible decision, of a
//! project not funded, that uses more of it; one that no such decision uses binds nobody. A floor
//! over decisions alone binds if it would be missed without the smallest of its funded decisions.
//! The number of focal points binds at its limit; a top share, if its slack is smaller than the
//! smallest funded support. Critical masses of single focal points and rules on single projects
//! (commitments, relations, demands) are left out, and rules that may be broken at a price bind
//! nobody.

use std::collections::HashMap;

use crate::formulation::{Formulation, Row, Sense, Taken};
use crate::plan::Plan;
use crate::problem::{Audit, Checked, Problem};
use crate::rules::Unit;

/// The held findings that bind, in the order of the rules.
#[must_use]
pub fn binding<'a>(
    problem: &Problem<'_>,
    formulation: &Formulation,
    plan: &Plan,
    audit: &'a Audit,
) -> Vec<&'a Checked> {
    let rows: HashMap<&str, &Row> = formulation
        .rows()
        .iter()
        .map(|row| (row.label.as_str(), row))
        .collect();
    let flags = formulation.flags(plan.choices());
    let programme = problem.programme();
    let least = plan
        .choices()
        .map(|decision| decision.support(programme).0)
        .min();
    let single = [
        "commitment[",
        "prerequisite[",
        "exclusion[",
        "require[",
        "forbid[",
    ];
    let binds = |checked: &&Checked| {
        if !checked.is_held || !checked.is_applicable || checked.price.is_some() {
            return false;
        }
        if single.iter().any(|kind| checked.rule.starts_with(kind)) {
            return false;
        }
        let slack = checked.finding.slack;
        match rows.get(checked.finding.label.as_str()) {
            Some(row) if row.helpers.is_empty() => row_binds(formulation, plan, row, &flags),
            _ if checked.finding.unit == Unit::Points => slack == 0,
            _ => checked.rule.starts_with("top_share[") && least.is_some_and(|least| slack < least),
        }
    };
    audit.checked.iter().filter(binds).collect()
}

/// Whether a row over decisions alone leaves too little room.
fn row_binds(formulation: &Formulation, plan: &Plan, row: &Row, flags: &[bool]) -> bool {
    let taken = Taken(flags);
    let left = row.left(&taken, &[]);
    let bound = i128::from(row.bound);
    let is_open = |id| plan.choice(formulation.decision(id).project).is_none();
    let (room, smallest) = match row.sense {
        Sense::AtMost => {
            let open = row
                .decisions
                .iter()
                .filter(|(id, c)| *c > 0 && is_open(*id));
            (bound - left, open.map(|&(_, c)| c).min())
        }
        Sense::AtLeast => {
            let funded = row
                .decisions
                .iter()
                .filter(|(id, c)| *c > 0 && taken.has(*id));
            (left - bound, funded.map(|&(_, c)| c).min())
        }
    };
    smallest.is_some_and(|smallest| room < i128::from(smallest))
}
