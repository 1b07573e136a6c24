//! What changed from one plan to another, project by project, and why?
//!
//! Both plans are held to one problem. The decision that was given up (or, for a project that only the
//! later plan funds, the one that was taken) is put into the plan that does without it, and the rules
//! that plan would then break, and does not break by itself, are named by their own checkers: money,
//! where all of them are ceilings; another rule else; none, where nothing but benefit
//! keeps it out. Who stands in its place is found the same way: each of the other changes is undone
//! alone, and those by which all of the rules named are kept again have displaced it. Where none does
//! alone, all are undone and done again one by one as long as the rules named stay kept: those left
//! displaced it together, none of them without the others.

use rayon::prelude::*;

use super::difference::{Broken, broken, broken_of, worth};
use super::{Figures, Worth, figures};
use crate::formulation::{Decision, Formulation};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::rules::kind_of;

/// How many projects that stand in another's place are named.
const MOST_NAMED: usize = 3;

/// What changed from one plan to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The figures of the earlier plan and of the later one.
    pub figures: [Figures; 2],
    /// How many projects both fund by the same decision.
    pub alike: usize,
    /// The others that one of them funds, in table order.
    pub projects: Vec<Change>,
}

/// What changed for a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The project.
    pub project: ProjectId,
    /// The earlier decision; `None` where it was not funded.
    pub before: Option<Worth>,
    /// The later decision; `None` where it is not funded.
    pub after: Option<Worth>,
    /// Why.
    pub reason: Reason,
    /// For a project put out or moved, those that took its place; for one taken in, those that made
    /// room.
    pub places: Places,
}

/// The projects that stand in another's place: with their changes undone it has room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    /// Each of these alone, the first few; none where no change of another stands in its way.
    Each(Vec<ProjectId>),
    /// These together, and none without the others.
    Together(Vec<ProjectId>),
}

impl Places {
    /// The projects.
    #[must_use]
    pub fn projects(&self) -> &[ProjectId] {
        match self {
            Places::Each(own) | Places::Together(own) => own,
        }
    }
}

/// Why a project was put out, taken in or moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no money for it beside the rest of the other plan: the ceilings that it would pass.
    Money(Vec<String>),
    /// Beside the rest of the other plan it would break these rules.
    Rules(Vec<String>),
    /// It would break no rule there: nothing but benefit, or the gap of a solve, says otherwise.
    Benefit,
}

impl Reason {
    /// The rules named.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        match self {
            Reason::Money(labels) | Reason::Rules(labels) => labels,
            Reason::Benefit => &[],
        }
    }
}

/// What changed from `before` to `after`, by the rules and the benefit of one problem.
#[must_use]
pub fn changes(
    problem: &Problem<'_>,
    formulation: &Formulation,
    [before, after]: [&Plan; 2],
) -> Changes {
    let both = [before, after].map(|plan| Held {
        plan,
        broken: broken(problem, formulation, plan),
    });
    let ids = problem.programme().ids();
    let changed: Vec<ProjectId> = ids
        .filter(|&own| before.choice(own) != after.choice(own))
        .collect();
    let change = |&project: &ProjectId| {
        let (reason, places) = why(problem, formulation, &both, &changed, project);
        let worth = |plan: &Plan| plan.choice(project).map(|own| worth(problem, own));
        Change {
            project,
            before: worth(before),
            after: worth(after),
            reason,
            places,
        }
    };
    Changes {
        figures: [before, after].map(|plan| {
            let audit = problem.audit(formulation, plan);
            figures(problem, plan, &audit)
        }),
        alike: before
            .choices()
            .filter(|own| after.choice(own.project) == Some(own))
            .count(),
        projects: changed.par_iter().map(change).collect(),
    }
}

/// A plan with the rules that it breaks by itself.
struct Held<'a> {
    plan: &'a Plan,
    broken: Vec<Broken>,
}

fn why(
    problem: &Problem<'_>,
    formulation: &Formulation,
    [before, after]: &[Held<'_>; 2],
    changed: &[ProjectId],
    project: ProjectId,
) -> (Reason, Places) {
    // A project put out or moved is put back into the later plan; one taken in, into the earlier.
    let (decision, host, other) = match before.plan.choice(project) {
        Some(decision) => (Some(decision), after, before),
        None => (after.plan.choice(project), before, after),
    };
    let Some(decision) = decision else {
        return (Reason::Benefit, Places::Each(Vec::new()));
    };
    let with = with(problem, host.plan, project, Some(decision));
    let mut missed = broken(problem, formulation, &with);
    missed.retain(|own| !host.broken.contains(own));
    if missed.is_empty() {
        return (Reason::Benefit, Places::Each(Vec::new()));
    }
    let places = places(problem, (&with, other.plan), (project, changed), &missed);
    let is_ceiling = |own: &Broken| matches!(kind_of(&own.label), "ceiling" | "carry_over");
    let is_money = missed.iter().all(is_ceiling);
    let labels = missed.into_iter().map(|own| own.label).collect();
    let reason = if is_money {
        Reason::Money(labels)
    } else {
        Reason::Rules(labels)
    };
    (reason, places)
}

/// Whose changes, undone in a plan, let it keep again what it misses with a project.
fn places(
    problem: &Problem<'_>,
    (plan, other): (&Plan, &Plan),
    (project, changed): (ProjectId, &[ProjectId]),
    missed: &[Broken],
) -> Places {
    let undo = |plan: &Plan, rival: ProjectId| with(problem, plan, rival, other.choice(rival));
    let is_rival = |rival: &&ProjectId| **rival != project && plan.choice(**rival).is_some();
    let rivals: Vec<ProjectId> = changed.iter().filter(is_rival).copied().collect();
    let alone = |rival: &&ProjectId| keeps(problem, &undo(plan, **rival), missed);
    let each: Vec<ProjectId> = rivals
        .iter()
        .filter(alone)
        .take(MOST_NAMED)
        .copied()
        .collect();
    let all_undone = rivals
        .iter()
        .fold(plan.clone(), |plan, &own| undo(&plan, own));
    if !each.is_empty() || !keeps(problem, &all_undone, missed) {
        return Places::Each(each);
    }
    let mut undone = all_undone;
    let mut together = rivals;
    // One that is needed in the first pass may not be in the next, where rules are floors.
    loop {
        let before = together.len();
        together.retain(|&rival| {
            let redone = with(problem, &undone, rival, plan.choice(rival));
            let is_needed = !keeps(problem, &redone, missed);
            if !is_needed {
                undone = redone;
            }
            is_needed
        });
        if together.len() == before {
            break;
        }
    }
    Places::Together(together)
}

/// A plan with another decision for one project, or none.
fn with(
    problem: &Problem<'_>,
    plan: &Plan,
    project: ProjectId,
    decision: Option<&Decision>,
) -> Plan {
    let others = plan.choices().filter(|own| own.project != project);
    let decisions = others.chain(decision).copied();
    Plan::new(problem.programme(), decisions)
}

/// Whether a plan keeps what these say.
fn keeps(problem: &Problem<'_>, plan: &Plan, missed: &[Broken]) -> bool {
    let mut places: Vec<usize> = missed.iter().map(|own| own.rule).collect();
    places.dedup();
    places.into_iter().all(|rule| {
        let mut still = broken_of(problem, plan, rule).into_iter();
        !still.any(|own| missed.contains(&own))
    })
}
