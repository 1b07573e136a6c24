//! Which plan is best? Formulate, solve in the order of the tiers, audit.

use super::tiers::{DrawnTier, in_order};
use crate::formulation::{Certificate, Formulation};
use crate::plan::{Outcome, Plan};
use crate::problem::{Audit, Problem};
use crate::record::Fault;
use crate::solve::{Control, Settings};

/// A problem solved: its formulation, what was found, and how it stands to every rule.
#[derive(Debug)]
pub struct Drawn {
    /// The rows that were solved, those of the tiers among them.
    pub formulation: Formulation,
    /// What became of each tier, the first one first; none where the policy has no tiers.
    pub tiers: Vec<DrawnTier>,
    /// What was found. Its bound is that of the plans that hold the tiers; it is proven only if
    /// every tier is.
    pub outcome: Outcome<Plan>,
    /// A bound on the outcome's benefit that integers alone prove; `None` where the solver gives no
    /// prices or there is no plan.
    pub certificate: Option<Certificate>,
    /// Plans that the last solve came upon, nearly as good as the one found, as flags of the decisions
    /// in column order; each keeps every row.
    pub kept: Vec<Vec<bool>>,
    /// The exact audit of the plan found; `None` without a plan.
    pub audit: Option<Audit>,
}

impl Drawn {
    /// Holds a plan, from anyone, to every rule and to what the tiers were held at, exactly.
    #[must_use]
    pub fn hold(&self, problem: &Problem<'_>, plan: &Plan) -> Audit {
        audit(problem, &self.formulation, &self.tiers, plan)
    }

    /// What each tier is held at.
    #[must_use]
    pub fn tiers_held(&self) -> Vec<i64> {
        held(&self.tiers)
    }

    /// How many tiers, from the first, are proven one after another: so far the order may be
    /// called lexicographic.
    #[must_use]
    pub fn proven_tiers(&self) -> usize {
        self.tiers.iter().take_while(|tier| tier.is_proven).count()
    }
}

/// Draws up the best plan of a problem in the order of its tiers, and audits it.
///
/// # Errors
/// The faults of a problem whose rows cannot be trusted to a solver.
pub fn draw_up(problem: &Problem<'_>, settings: &Settings) -> Result<Drawn, Vec<Fault>> {
    draw_up_under(problem, settings, &Control::default())
}

/// [`draw_up`], watched and cancelled from outside. Of a policy with tiers the listener hears of the
/// last solve alone, that of the benefit.
///
/// # Errors
/// The faults of a problem whose rows cannot be trusted to a solver.
pub fn draw_up_under(
    problem: &Problem<'_>,
    settings: &Settings,
    control: &Control<'_>,
) -> Result<Drawn, Vec<Fault>> {
    Ok(draw_from(problem, problem.formulate()?, settings, control))
}

/// Draws up a problem that differs in little from one whose plan is known, beginning with that plan:
/// decisions that are none here are left out, and rules that it breaks here are mended first.
///
/// # Errors
/// The faults of a problem whose rows cannot be trusted to a solver.
pub(super) fn redraw(
    problem: &Problem<'_>,
    plan: &Plan,
    settings: &Settings,
    control: &Control<'_>,
) -> Result<Drawn, Vec<Fault>> {
    let formulation = problem.formulate()?;
    let start = formulation.flags(plan.choices());
    let control = Control {
        start: Some(&start),
        ..*control
    };
    Ok(draw_from(problem, formulation, settings, &control))
}

fn draw_from(
    problem: &Problem<'_>,
    formulation: Formulation,
    settings: &Settings,
    control: &Control<'_>,
) -> Drawn {
    let ordered = in_order(problem, formulation, settings, control);
    let (formulation, tiers) = (ordered.formulation, ordered.tiers);
    let outcome = ordered
        .outcome
        .map(|taken| problem.plan(&formulation, &taken));
    let audit = outcome
        .plan()
        .map(|plan| audit(problem, &formulation, &tiers, plan));
    Drawn {
        formulation,
        tiers,
        outcome,
        certificate: ordered.certificate,
        kept: ordered.kept,
        audit,
    }
}

fn audit(
    problem: &Problem<'_>,
    formulation: &Formulation,
    tiers: &[DrawnTier],
    plan: &Plan,
) -> Audit {
    let mut audit = problem.audit(formulation, plan);
    audit
        .checked
        .extend(problem.check_tiers(plan, &held(tiers)));
    audit
}

fn held(tiers: &[DrawnTier]) -> Vec<i64> {
    tiers.iter().map(|tier| tier.held).collect()
}
