//! Which plan is best? Formulate, solve, audit.

use crate::formulation::Formulation;
use crate::plan::{Outcome, Plan};
use crate::problem::{Audit, Problem};
use crate::record::Fault;
use crate::solve::{Settings, solve};

/// A problem solved: its formulation, what was found, and how it stands to every rule.
#[derive(Debug)]
pub struct Drawn {
    /// The rows that were solved.
    pub formulation: Formulation,
    /// What was found.
    pub outcome: Outcome<Plan>,
    /// The exact audit of the plan found; `None` without a plan.
    pub audit: Option<Audit>,
}

/// Draws up the best plan of a problem, and audits it.
///
/// # Errors
/// The faults of a problem whose rows cannot be trusted to a solver.
pub fn draw_up(problem: &Problem<'_>, settings: &Settings) -> Result<Drawn, Vec<Fault>> {
    let formulation = problem.formulate()?;
    let outcome = solve(&formulation, settings).map(|taken| problem.plan(&formulation, &taken));
    let audit = outcome.plan().map(|plan| problem.audit(&formulation, plan));
    Ok(Drawn {
        formulation,
        outcome,
        audit,
    })
}
