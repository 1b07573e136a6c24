//! Which rules bind? Those whose slack is smaller than the smallest thing that could still be
//! added: one project, or the smallest admissible support.

use crate::plan::Plan;
use crate::problem::{Audit, Checked, Problem};
use crate::rules::Unit;

/// A finding that leaves less room than the smallest thing that could be added.
pub type Binding<'a> = &'a Checked;

/// The held findings that bind, the tightest rules of each kind in table order. Rules on single
/// projects (commitments, relations) always bind and are left out.
#[must_use]
pub fn binding<'a>(problem: &Problem<'_>, plan: &Plan, audit: &'a Audit) -> Vec<Binding<'a>> {
    let programme = problem.programme();
    let decisions = problem.admission().decisions().iter();
    let open = decisions.filter(|decision| plan.choice(decision.project).is_none());
    let least = open
        .map(|decision| decision.support(programme).0)
        .filter(|&s| s > 0)
        .min();
    let binds = |checked: &&Checked| {
        let single = ["commitment[", "prerequisite[", "exclusion["];
        let is_single = single.iter().any(|kind| checked.rule.starts_with(kind));
        let room = match checked.finding.unit {
            Unit::Dong => least.unwrap_or(1),
            Unit::Projects | Unit::Quantity | Unit::Points => 1,
        };
        checked.is_held && checked.is_applicable && !is_single && checked.finding.slack < room
    };
    audit.checked.iter().filter(binds).collect()
}
