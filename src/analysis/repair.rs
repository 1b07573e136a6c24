//! What would make a plan possible? Changes that repair conflicts, each proven by an audited plan.
//!
//! For each member of a conflict the least change to it is sought that makes a plan possible, or, where
//! no change to it alone can, that breaks the conflict: a ceiling is raised by whole million đồng, a
//! rule is loosened by whole notches, both by doubling and halving; a gate is waived for a project that it refuses; a rule of
//! the policy, a promise or a demand is left out. Then the whole problem is drawn up with the change.
//! Where another conflict still stands it is found and repaired in turn, so that every repair told
//! ends with a plan that keeps every rule; they are ranked by the benefit that plan has. A change is
//! the least for its own member and conflict, not the least of all combinations.

use std::collections::BTreeSet;
use std::time::Instant;

use rayon::prelude::*;

use super::conflict::{Member, MemberKind, Search};
use super::{Asking, CeilingOf, Conflict, Drawn, Interval, draw_up_under};
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::problem::{Audit, Conditions, Problem};
use crate::programme::{Programme, ProjectId};
use crate::quantities::Money;
use crate::rules::kind_of;
use crate::solve::Settings;

/// The most conflicts that one repair resolves.
const MOST_STEPS: usize = 6;
/// The most notches that a rule is loosened by.
const MOST_NOTCHES: usize = 4_096;
/// How many projects are tried, one at a time, at a gate.
const MOST_PROJECTS: usize = 12;
/// How many of those that suffice are told.
const TOLD_PROJECTS: usize = 3;

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

/// The least changes to one member, each by itself, that break a conflict.
fn remedies(
    problem: &Problem<'_>,
    changed: &Changed,
    conflict: &Conflict,
    member: &Member,
    settings: &Settings,
    asking: Asking<'_>,
) -> Vec<Vec<Remedy>> {
    let search = Search::new(problem, settings, asking);
    let mut others = search.labels().clone();
    others.remove(&member.label);
    // Where the member alone is in the way of all others, it is changed until all hold.
    let labels = match search.has_plan(&others, &BTreeSet::new()) {
        Some(true) => search.labels().clone(),
        _ => conflict.labels().into_iter().collect(),
    };
    let test = Test {
        problem,
        changed,
        labels,
        settings,
        asking,
    };
    let leave_out = || {
        let says = problem.sentence(&member.label).unwrap_or_default();
        vec![Remedy::LeaveOut(member.label.clone(), says)]
    };
    let mut all = Vec::new();
    match member.kind {
        MemberKind::Demand => all.push(vec![Remedy::Withdraw(member.label.clone())]),
        MemberKind::LawGate => all.extend(test.waived(member)),
        MemberKind::Gate => {
            all.extend(test.loosened(member));
            all.extend(test.waived(member));
            all.push(leave_out());
        }
        MemberKind::Rule => {
            all.extend(test.loosened(member));
            all.push(leave_out());
        }
        MemberKind::Fact => {
            let of = ceiling(problem.programme(), &member.label);
            all.extend(of.map_or_else(|| test.loosened(member), |of| test.raised(of)));
            let is_word = ["commitment", "prerequisite", "exclusion"];
            if is_word.contains(&kind_of(&member.label)) {
                all.push(leave_out());
            }
        }
    }
    all
}

/// The ceiling of a label, as `ceiling[local,2027]`.
fn ceiling(programme: &Programme, label: &str) -> Option<CeilingOf> {
    let all = programme.fund_ids().flat_map(|fund| {
        let code = &programme.funds[fund.index()].named.code;
        let years = programme.years.iter().map(move |&year| {
            let amount = programme.ceiling(fund, year);
            let of = CeilingOf {
                fund,
                year: Some(year),
                amount,
            };
            (format!("ceiling[{code},{year}]"), of)
        });
        let whole = programme.whole_ceilings[fund.index()].map(|amount| {
            let of = CeilingOf {
                fund,
                year: None,
                amount,
            };
            (format!("ceiling[{code},whole]"), of)
        });
        years.chain(whole)
    });
    let mut own = all.filter(|(own, _)| own == label);
    own.next().map(|(_, of)| of)
}

/// Tests of a set of members under changes.
struct Test<'a> {
    problem: &'a Problem<'a>,
    changed: &'a Changed,
    labels: BTreeSet<String>,
    settings: &'a Settings,
    asking: Asking<'a>,
}

impl Test<'_> {
    /// Whether the members admit a plan under more changes.
    fn breaks(&self, more: &[Remedy]) -> bool {
        let changed = self.changed.with(more);
        let Some(problem) = changed.problem(self.problem) else {
            return false;
        };
        let search = Search::new(&problem, self.settings, self.asking);
        search.has_plan(&self.labels, &BTreeSet::new()) == Some(true)
    }

    /// The least number, up to `most`, with which `remedy` breaks the conflict.
    fn least(&self, most: i64, remedy: impl Fn(i64) -> Option<Remedy>) -> Option<Remedy> {
        let breaks = |number: i64| remedy(number).is_some_and(|own| self.breaks(&[own]));
        let (mut low, mut high) = (0, 1);
        while !breaks(high) {
            if high >= most || self.asking.is_cancelled() {
                return None;
            }
            low = high;
            high = (high * 2).min(most);
        }
        while high - low > 1 && !self.asking.is_cancelled() {
            let middle = i64::midpoint(low, high);
            if breaks(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        remedy(high)
    }

    fn raised(&self, of: CeilingOf) -> Option<Vec<Remedy>> {
        let programme = self.problem.programme();
        let asked: Money = programme
            .projects
            .iter()
            .flat_map(|project| project.variants.iter())
            .map(crate::programme::Variant::support)
            .sum();
        let unit = Money::MILLION.0;
        let raise = |millions: i64| Some(Remedy::Raise(of, Money(millions * unit)));
        Some(vec![self.least(asked.0 / unit + 1, raise)?])
    }

    fn loosened(&self, member: &Member) -> Option<Vec<Remedy>> {
        let label = &member.label;
        let loosen = |notches: i64| {
            let notches = usize::try_from(notches).ok()?;
            let says = self.looser(label, notches)?;
            Some(Remedy::Loosen(label.clone(), notches, says))
        };
        // As far as it can be loosened at all.
        let (mut most, mut past) = (0, MOST_NOTCHES);
        while past - most > 1 {
            let middle = usize::midpoint(most, past);
            if self.looser(label, middle).is_some() {
                most = middle;
            } else {
                past = middle;
            }
        }
        if most == 0 {
            return None;
        }
        let most = i64::try_from(most).unwrap_or(1);
        Some(vec![self.least(most, loosen)?])
    }

    /// What a rule or gate says so many notches looser; `None` where it cannot be.
    fn looser(&self, label: &str, notches: usize) -> Option<Phrase> {
        let programme = self.problem.programme();
        let mut standing = self.problem.standing().iter();
        if let Some(own) = standing.find(|own| own.rule.label() == label) {
            let mut rule = own.rule.loosened(programme)?;
            for _ in 1..notches {
                rule = rule.loosened(programme)?;
            }
            return Some(rule.sentence());
        }
        let mut gates = self.problem.gates();
        let own = gates.find(|own| own.label() == label)?;
        let mut gate = own.loosened(programme)?;
        for _ in 1..notches {
            gate = gate.loosened(programme)?;
        }
        Some(gate.sentence())
    }

    /// Projects let through a gate: one at a time, else all that it refuses.
    fn waived(&self, member: &Member) -> Vec<Vec<Remedy>> {
        let waive = |project: ProjectId| {
            let remedy = self.asked_by(&member.label, project);
            Remedy::Waive(member.label.clone(), project, remedy)
        };
        let mut single = Vec::new();
        for &project in member.refuses.iter().take(MOST_PROJECTS) {
            if single.len() < TOLD_PROJECTS && self.breaks(&[waive(project)]) {
                single.push(vec![waive(project)]);
            }
        }
        let all: Vec<Remedy> = member.refuses.iter().map(|&own| waive(own)).collect();
        if single.is_empty() && !all.is_empty() && self.breaks(&all) {
            single.push(self.fewest(all));
        }
        single
    }

    /// As few of the remedies as break the conflict: each is left out in turn.
    fn fewest(&self, mut all: Vec<Remedy>) -> Vec<Remedy> {
        let mut at = 0;
        while at < all.len() {
            let mut without = all.clone();
            without.remove(at);
            if self.breaks(&without) {
                all = without;
            } else {
                at += 1;
            }
        }
        all
    }

    /// What a gate asks of a project.
    fn asked_by(&self, gate: &str, project: ProjectId) -> Phrase {
        let judged = self.problem.judged(project);
        let reasons = judged.iter().flat_map(|own| &own.refusals);
        let mut own = reasons.filter(|reason| reason.code == kind_of(gate));
        own.next()
            .map(|reason| reason.remedy.clone())
            .unwrap_or_default()
    }
}
