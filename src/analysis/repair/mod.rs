//! What would make a plan possible? Changes that repair conflicts, each proven by an audited plan.
//!
//! For each member of a conflict the least change to it is sought that makes a plan possible, or, where
//! no change to it alone can, that breaks the conflict: a ceiling is raised by whole million đồng, a
//! rule is loosened by whole notches, both by doubling and halving; a gate is waived for a project that it refuses; a rule of
//! the policy, a promise or a demand is left out. Then the whole problem is drawn up with the change.
//! Where another conflict still stands it is found and repaired in turn, so that every repair told
//! ends with a plan that keeps every rule; they are ranked by the benefit that plan has. A change is
//! the least for its own member and conflict, not the least of all combinations.

mod least;

use std::time::Instant;

use rayon::prelude::*;

use super::conflict::{Member, Search};
use super::{Asking, CeilingOf, Conflict, Drawn, Interval, draw_up_under};
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::problem::{Audit, Conditions, Problem};
use crate::programme::{Programme, ProjectId};
use crate::quantities::Money;
use crate::rules::kind_of;
use crate::solve::Settings;
use least::remedies;

/// The most conflicts that one repair resolves.
const MOST_STEPS: usize = 6;
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
/// those of the plan that proves each; three times their time is what all together may take.
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
    let asking = Asking {
        until: settings.time_limit.map(|limit| Instant::now() + limit * 3),
        ..asking
    };
    let changed = Changed::of(problem);
    let beginnings: Vec<Vec<Remedy>> = first
        .members
        .iter()
        .flat_map(|member| remedies(problem, &changed, first, member, settings, asking))
        .collect();
    let count = asking.count(beginnings.len());
    let complete = |beginning: &Vec<Remedy>| {
        let repair = completed(problem, &changed, beginning, settings, asking);
        count.one();
        repair
    };
    let mut all: Vec<Repair> = Vec::new();
    let found: Vec<Repair> = beginnings.par_iter().filter_map(complete).collect();
    for repair in found {
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

/// Carries a repair to its end: draws up the problem with it, and repairs the conflicts left.
fn completed(
    problem: &Problem<'_>,
    changed: &Changed,
    beginning: &[Remedy],
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<Repair> {
    let mut changed = changed.with(beginning);
    for _ in 0..MOST_STEPS {
        if asking.is_cancelled() {
            return None;
        }
        let more = {
            let own = changed.problem(problem)?;
            let drawn = draw_up_under(&own, settings, &asking.control()).ok()?;
            if let Some(repair) = proven(&changed, &drawn) {
                return Some(repair);
            }
            let conflict = Search::new(&own, settings, asking).next()?;
            // What was changed before is changed more, where it is at fault again.
            let (again, others): (Vec<&Member>, Vec<&Member>) = conflict
                .members
                .iter()
                .partition(|member| changed.remedies.iter().any(|own| is_of(own, member)));
            let mut members = again.into_iter().chain(others);
            members.find_map(|member| {
                let all = remedies(&own, &changed, &conflict, member, settings, asking);
                all.into_iter().next()
            })?
        };
        changed = changed.with(&more);
    }
    None
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

/// Whether a remedy changes a member.
fn is_of(remedy: &Remedy, member: &Member) -> bool {
    match remedy {
        Remedy::Loosen(label, ..) => *label == member.label,
        Remedy::Waive(gate, ..) => *gate == member.label,
        Remedy::Raise(..) => kind_of(&member.label) == "ceiling",
        Remedy::LeaveOut(..) | Remedy::Withdraw(_) => false,
    }
}
