//! Trials of a conflict's members: whether some of them, without the others, admit a plan.

use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};

use super::{Known, MemberKind, Search, is_hard};
use crate::plan::{Decision, Outcome, Plan};
use crate::problem::{Conditions, Problem};
use crate::rules::Verdict;
use crate::solve::{Settings, relax, solve_under};

/// What a test came upon.
pub enum Found {
    /// A plan.
    Plan(Plan),
    /// That there is none.
    Nothing,
    /// Neither in the time it had.
    TooLate,
}

impl Search<'_> {
    /// The problem with these members alone; `None` where it is no problem at all, as when a project
    /// is required that a gate refuses.
    pub(super) fn restricted(&self, labels: &BTreeSet<String>) -> Option<Problem<'_>> {
        let own = self.problem.conditions();
        let demanded = |how: &str, codes: &[String]| -> Vec<String> {
            let is_kept = |code: &&String| labels.contains(&format!("{how}[{code}]"));
            codes.iter().filter(is_kept).cloned().collect()
        };
        let left_out = self
            .members
            .iter()
            .filter(|(label, kind)| *kind != MemberKind::Demand && !labels.contains(label));
        let mut all = own.left_out.clone();
        all.extend(left_out.map(|(label, _)| label.clone()));
        let conditions = Conditions {
            left_out: all,
            require: demanded("require", &own.require),
            forbid: demanded("forbid", &own.forbid),
            ..own.clone()
        };
        Problem::new(self.problem.programme(), self.problem.policy(), &conditions).ok()
    }

    /// Whether the members of these labels admit no plan even of parts of projects.
    pub(super) fn is_refuted(&self, labels: &BTreeSet<String>) -> bool {
        let Some(problem) = self.restricted(labels) else {
            return true;
        };
        let whole = problem.formulate_with(is_hard);
        let relaxed = relax(&whole, &self.in_time());
        relaxed.is_ok_and(|own| own.value.is_none())
    }

    /// Whether the members of these labels, but for some cases, admit a plan; `None` if that is not
    /// known in time.
    pub fn has_plan(&self, labels: &BTreeSet<String>, but: &BTreeSet<String>) -> Option<bool> {
        match self.plan(labels, but) {
            Found::Plan(_) => Some(true),
            Found::Nothing => Some(false),
            Found::TooLate => None,
        }
    }

    /// A plan that keeps the members of these labels, but for some cases.
    pub fn plan(&self, labels: &BTreeSet<String>, but: &BTreeSet<String>) -> Found {
        let keeps = |own: &&Known| own.broken.is_disjoint(labels);
        if let Some(own) = self.known().iter().find(keeps) {
            return Found::Plan(own.plan.clone());
        }
        let found = self.sought(labels, but);
        if let Found::Plan(plan) = &found {
            self.know(plan);
        }
        found
    }

    /// Takes a plan for an answer to other questions.
    pub fn know(&self, plan: &Plan) {
        let broken = self.broken_by(plan);
        let plan = plan.clone();
        self.known().push(Known { plan, broken });
    }

    fn sought(&self, labels: &BTreeSet<String>, but: &BTreeSet<String>) -> Found {
        let Some(problem) = self.restricted(labels) else {
            return Found::Nothing;
        };
        let whole = problem.formulate_with(is_hard);
        let formulation = if but.is_empty() {
            whole
        } else {
            whole.without_rows(|label| but.contains(label))
        };
        // Any plan will do. Without an objective it is shown soonest that there is none; with it, the
        // searches for good plans may come upon one where that takes too long.
        let nothing = vec![0; formulation.benefit().len()];
        let unguided = formulation.with_objective(nothing);
        for formulation in [&unguided, &formulation] {
            let solved = solve_under(formulation, &self.in_time(), &self.asking.control());
            match &solved.outcome {
                Outcome::Proven { plan, .. } | Outcome::Feasible { plan, .. } => {
                    return Found::Plan(problem.plan(formulation, plan));
                }
                Outcome::Infeasible => return Found::Nothing,
                Outcome::Unknown { .. } => {}
            }
        }
        Found::TooLate
    }

    /// The settings of a trial that begins now.
    fn in_time(&self) -> Settings {
        let (own, left) = (self.settings.time_limit, self.asking.left());
        Settings {
            time_limit: own.into_iter().chain(left).min(),
            ..self.settings.clone()
        }
    }

    fn known(&self) -> MutexGuard<'_, Vec<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The members that a plan breaks, by their own checkers; some that do not bind it may be among
    /// them.
    fn broken_by(&self, plan: &Plan) -> BTreeSet<String> {
        let programme = self.problem.programme();
        let mut broken = BTreeSet::new();
        for own in self.problem.standing() {
            let findings = own.rule.check(programme, plan);
            if findings.iter().any(|finding| !finding.is_kept()) {
                broken.insert(own.rule.label());
            }
        }
        // What is promised passes every gate.
        let chosen: Vec<&Decision> = plan
            .choices()
            .filter(|own| !programme.is_promised(own.project))
            .collect();
        for gate in self.problem.gates() {
            let refuses =
                |own: &&Decision| matches!(gate.judge(programme, own), Verdict::Refused(_));
            if chosen.iter().any(refuses) {
                broken.insert(gate.label());
            }
        }
        let demands = self.problem.demands().check(programme, plan).into_iter();
        let missed = demands.filter(|finding| !finding.is_kept());
        broken.extend(missed.map(|finding| finding.label));
        broken
    }
}
