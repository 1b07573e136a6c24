//! Why is there no plan? Rules that cannot hold together.
//!
//! A deletion filter over the policy's rules (Chinneck and Dravnieks, ORSA Journal on Computing 3
//! (1991)): the rules are left out one after another, and stay out while the rest is still shown
//! to have no plan. What stays is a set of rules that, with the facts, admits no plan. It is
//! minimal where every solve ended with a proof; a rule whose solve ran out of time stays named.

use std::time::Duration;

use crate::formulation::Formulation;
use crate::plan::Outcome;
use crate::problem::{Problem, Standing};
use crate::solve::{Settings, solve};

/// Rules that cannot hold together, given the facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflict {
    /// Labels of the rules. Those of the facts stand here only if the facts alone admit no plan.
    pub rules: Vec<String>,
    /// Labels of rules that are named because a solve ran out of time.
    pub undecided: Vec<String>,
}

/// Rules of an infeasible problem that cannot hold together. Each solve gets at most ten seconds.
#[must_use]
pub fn conflict(problem: &Problem<'_>, settings: &Settings) -> Conflict {
    let is_fact = |own: &Standing<'_>| own.is_of_facts && !own.is_target();
    // A rule that may be broken at a price admits every plan.
    let is_chosen = |own: &Standing<'_>| own.is_held && own.price.is_none() && !is_fact(own);
    let chosen = filter(problem, settings, &is_chosen, &is_fact);
    if !chosen.rules.is_empty() {
        return chosen;
    }
    // The facts alone: which of them.
    filter(problem, settings, &is_fact, &|_| false)
}

/// The deletion filter over the rules that satisfy `is_filtered`; of the others those that satisfy
/// `stays` are in force throughout.
fn filter(
    problem: &Problem<'_>,
    settings: &Settings,
    is_filtered: &dyn Fn(&Standing<'_>) -> bool,
    stays: &dyn Fn(&Standing<'_>) -> bool,
) -> Conflict {
    let standing = || problem.standing().iter();
    let labels: Vec<String> = standing()
        .filter(|own| is_filtered(own))
        .map(|own| own.rule.label())
        .collect();
    let mut kept = labels.clone();
    let mut undecided = Vec::new();
    for label in &labels {
        let without: Vec<_> = kept.iter().filter(|own| *own != label).cloned().collect();
        let formulation = problem.formulate_with(|own| {
            if is_filtered(own) {
                without.contains(&own.rule.label())
            } else {
                stays(own)
            }
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
    let most = Duration::from_secs(10);
    let anything = Settings {
        gap: 1.0,
        time_limit: Some(settings.time_limit.map_or(most, |limit| limit.min(most))),
        ..settings.clone()
    };
    match solve(formulation, &anything) {
        Outcome::Proven { .. } | Outcome::Feasible { .. } => Some(true),
        Outcome::Infeasible => Some(false),
        Outcome::Unknown { .. } => None,
    }
}
