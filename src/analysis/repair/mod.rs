//! What would make a plan possible? Changes that repair conflicts, each proven by an audited plan.
//!
//! For each member of the first conflict, all others are taken in, and at last that member, each as it
//! is where that can be, else changed by the least that admits a plan (see `mending`): a ceiling is
//! raised by whole million đồng, a rule is loosened by whole notches, both by doubling and halving; a
//! gate is waived for a project that it refuses; a rule of the policy, a promise or a demand is left
//! out. Last the whole problem is drawn up with the changes, so that every repair told has a plan that
//! keeps every rule; they are ranked by the benefit that plan has. A change is the least that trials
//! found for its own member with all else as it is, not the least of all combinations.

mod least;
mod mending;

use std::time::Instant;

use rayon::prelude::*;

use super::conflict::Member;
use super::drawn::redraw;
use super::{Asking, CeilingOf, Conflict, Drawn, Interval, draw_up_under};
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::problem::{Audit, Conditions, Problem};
use crate::programme::{Programme, ProjectId};
use crate::quantities::Money;
use crate::solve::Settings;
use mending::mended;

/// How many times the time of a plan the repairs that begin with one member may take.
const PATIENCE: u32 = 6;
/// How many trials of what admits a plan are to take no longer than a plan.
const TRIALS: u32 = 4;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// A ceiling raised by so much.
    Raise(CeilingOf, Money),
    /// A rule or gate loosened by so many notches, with what it says then.
    Loosen(String, usize, Phrase),
    /// A project let through a gate, with what the gate asks for.
    Waive(String, ProjectId, Phrase),
    /// A rule, gate or promise left out, with what it says.
    LeaveOut(String, Phrase),
    /// A demand of the scenario withdrawn, by its label.
    Withdraw(String),
}

/// Changes under which a plan exists, with that plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The changes.
    pub remedies: Vec<Remedy>,
    /// The plan that proves it.
    pub plan: Plan,
    /// Its audit under the changes, which is clean.
    pub audit: Audit,
    /// What the optimum under the changes lies between.
    pub benefit: Interval,
}

/// Repairs of a problem with these conflicts, those that keep most benefit first. `settings` are
/// those of the plan that proves each; six times their time is what those that begin with one member
/// of the first conflict may take.
#[must_use]
pub fn repairs(
    problem: &Problem<'_>,
    conflicts: &[Conflict],
    settings: &Settings,
    asking: Asking<'_>,
) -> Vec<Repair> {
    let Some(first) = conflicts.first() else {
        return Vec::new();
    };
    let count = asking.count(first.members.len());
    let trials = Settings {
        time_limit: settings.time_limit.map(|limit| limit / TRIALS),
        ..settings.clone()
    };
    let of_member = |member: &Member| -> Vec<Repair> {
        let asking = Asking {
            until: settings
                .time_limit
                .map(|limit| Instant::now() + limit * PATIENCE),
            ..asking
        };
        let ways = mended(problem, &member.label, &trials, asking).into_iter();
        let complete = |(changed, plan)| completed(problem, &changed, plan, settings, asking);
        let found = ways.filter_map(complete).collect();
        count.one();
        found
    };
    let mut all: Vec<Repair> = Vec::new();
    let found: Vec<Vec<Repair>> = first.members.par_iter().map(of_member).collect();
    for repair in found.into_iter().flatten() {
        if all.iter().all(|own| own.remedies != repair.remedies) {
            all.push(repair);
        }
    }
    all.sort_by_key(|own| (std::cmp::Reverse(own.benefit.least), own.remedies.len()));
    all
}

/// Facts and conditions as remedies change them.
#[derive(Clone)]
struct Changed {
    programme: Programme,
    conditions: Conditions,
    remedies: Vec<Remedy>,
}

impl Changed {
    fn of(problem: &Problem<'_>) -> Changed {
        Changed {
            programme: problem.programme().clone(),
            conditions: problem.conditions().clone(),
            remedies: Vec::new(),
        }
    }

    fn with(&self, more: &[Remedy]) -> Changed {
        let mut other = self.clone();
        for remedy in more {
            other.apply(remedy);
            other.note(remedy);
        }
        other
    }

    fn apply(&mut self, remedy: &Remedy) {
        let conditions = &mut self.conditions;
        match remedy {
            Remedy::Raise(of, by) => {
                let amount = match of.year {
                    Some(year) => self.programme.ceiling(of.fund, year),
                    None => of.amount,
                };
                self.programme = self.programme.with_ceiling(of.fund, of.year, amount + *by);
            }
            Remedy::Loosen(label, notches, _) => {
                let named = std::iter::repeat_n(label.clone(), *notches);
                conditions.loosen.extend(named);
            }
            Remedy::Waive(gate, project, _) => {
                let code = &self.programme.project(*project).code;
                conditions.waive.push(format!("{gate}[{code}]"));
            }
            Remedy::LeaveOut(label, _) => conditions.left_out.push(label.clone()),
            Remedy::Withdraw(label) => {
                let is_kept = |how: &str, code: &String| format!("{how}[{code}]") != *label;
                conditions.require.retain(|code| is_kept("require", code));
                conditions.forbid.retain(|code| is_kept("forbid", code));
            }
        }
    }

    /// Adds a remedy to those told: more of the same is told as one.
    fn note(&mut self, remedy: &Remedy) {
        for own in &mut self.remedies {
            match (own, remedy) {
                (Remedy::Raise(of, by), Remedy::Raise(same, more))
                    if (of.fund, of.year) == (same.fund, same.year) =>
                {
                    *by += *more;
                    return;
                }
                (Remedy::Loosen(label, notches, says), Remedy::Loosen(same, more, then))
                    if label == same =>
                {
                    *notches += more;
                    says.clone_from(then);
                    return;
                }
                _ => {}
            }
        }
        self.remedies.push(remedy.clone());
    }

    fn problem<'a>(&'a self, like: &Problem<'a>) -> Option<Problem<'a>> {
        Problem::new(&self.programme, like.policy(), &self.conditions).ok()
    }
}

/// Draws up the problem with the changes, beginning with a plan that trials found: at the edge of what
/// can be, the benefit is a poor guide to a first one.
fn completed(
    problem: &Problem<'_>,
    changed: &Changed,
    plan: Option<Plan>,
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<Repair> {
    let own = changed.problem(problem)?;
    let control = asking.control();
    let drawn = match plan {
        Some(plan) => redraw(&own, &plan, settings, &control),
        None => draw_up_under(&own, settings, &control),
    };
    proven(changed, &drawn.ok()?)
}

fn proven(changed: &Changed, drawn: &Drawn) -> Option<Repair> {
    let audit = drawn.audit.as_ref().filter(|audit| audit.is_clean())?;
    Some(Repair {
        remedies: changed.remedies.clone(),
        plan: drawn.outcome.plan()?.clone(),
        audit: audit.clone(),
        benefit: Interval::of(&drawn.outcome),
    })
}
