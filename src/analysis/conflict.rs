//! Why is there no plan? Rules that cannot hold together.
//!
//! A deletion filter over the policy's rules (Chinneck and Dravnieks, ORSA Journal on Computing 3
//! (1991)): the rules are left out one after another, and stay out while the rest is still shown
//! to have no plan. What stays is a set of rules that, with the facts, admits no plan. It is
//! minimal where every solve ended with a proof; a rule whose solve ran out of time stays named.

use crate::formulation::Formulation;
use crate::plan::Outcome;
use crate::problem::{Problem, Standing};
use crate::solve::{Settings, solve};

/// Rules that cannot hold together, given the facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflict {
    /// Labels of the rules; none if the facts alone admit no plan.
    pub rules: Vec<String>,
    /// Labels of rules that are named because a solve ran out of time.
    pub undecided: Vec<String>,
}

/// Rules of an infeasible problem that cannot hold together.
#[must_use]
pub fn conflict(problem: &Problem<'_>, settings: &Settings) -> Conflict {
    // Ceilings and other "at most" rules of the facts alone are kept by the empty plan, so the
    // rules filtered are the policy's and the targets.
    let is_chosen = |own: &Standing<'_>| own.is_held && (!own.is_of_facts || own.is_target());
    let chosen: Vec<String> = problem
        .standing()
        .iter()
        .filter(|own| is_chosen(own))
        .map(|own| own.rule.label())
        .collect();
    let mut kept = chosen.clone();
    let mut undecided = Vec::new();
    for label in &chosen {
        let without: Vec<_> = kept.iter().filter(|own| *own != label).cloned().collect();
        let formulation = problem.formulate_with(|own| {
            own.is_held && (!is_chosen(own) || without.contains(&own.rule.label()))
        });
        match has_plan(&formulation, settings) {
            Some(false) => kept = without,
            Some(true) => {}
            None => undecided.push(label.clone()),
        }
    }
    Conflict {
        rules: kept,
        undecided,
    }
}

/// Whether a formulation has any plan; `None` if the solver could not say.
fn has_plan(formulation: &Formulation, settings: &Settings) -> Option<bool> {
    let anything = Settings {
        gap: 1.0,
        ..settings.clone()
    };
    match solve(formulation, &anything) {
        Outcome::Proven { .. } | Outcome::Feasible { .. } => Some(true),
        Outcome::Infeasible => Some(false),
        Outcome::Unknown { .. } => None,
    }
}
