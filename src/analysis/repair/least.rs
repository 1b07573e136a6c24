//! The least change to a member with which it holds together with others.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::conflict::{Found, MemberKind, Search};
use super::super::{Asking, CeilingOf};
use super::{Changed, Remedy};
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId, Variant};
use crate::quantities::Money;
use crate::rules::kind_of;
use crate::solve::Settings;

/// The most notches that a rule is loosened by.
const MOST_NOTCHES: usize = 4_096;
/// How many of the plans come upon last are tried first.
const MOST_PLANS: usize = 16;
/// How many projects are tried, one at a time, at a gate.
const MOST_PROJECTS: usize = 12;
/// How many of those that suffice are told.
const TOLD_PROJECTS: usize = 3;

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

/// Trials of changes to a problem.
pub(super) struct Trying<'a> {
    /// The problem whose members are changed; for a plan alone, that of any changes will do.
    pub problem: &'a Problem<'a>,
    /// The changes made so far.
    pub changed: &'a Changed,
    /// Labels of the members that are not taken in yet.
    pub without: &'a BTreeSet<String>,
    /// Plans come upon so far, which may be plans under other changes too.
    pub plans: &'a Mutex<Vec<Plan>>,
    pub settings: &'a Settings,
    pub asking: Asking<'a>,
}

impl Trying<'_> {
    /// The least changes to a member, each by itself, with which it holds together with those
    /// taken in.
    pub fn remedies(&self, label: &str, kind: MemberKind) -> Vec<Vec<Remedy>> {
        let leave_out = || {
            let says = self.problem.sentence(label).unwrap_or_default();
            vec![Remedy::LeaveOut(label.to_owned(), says)]
        };
        let mut all = Vec::new();
        match kind {
            MemberKind::Demand => all.push(vec![Remedy::Withdraw(label.to_owned())]),
            MemberKind::LawGate => all.extend(self.waived(label, kind)),
            MemberKind::Gate => {
                all.extend(self.loosened(label));
                all.extend(self.waived(label, kind));
                all.push(leave_out());
            }
            MemberKind::Rule => {
                all.extend(self.loosened(label));
                all.push(leave_out());
            }
            MemberKind::Fact => {
                let of = ceiling(self.problem.programme(), label);
                all.extend(of.map_or_else(|| self.loosened(label), |of| self.raised(of)));
                let is_word = ["commitment", "prerequisite", "exclusion"];
                if is_word.contains(&kind_of(label)) {
                    all.push(leave_out());
                }
            }
        }
        all
    }

    /// Whether a plan exists under more changes.
    fn admits(&self, more: &[Remedy]) -> bool {
        self.plan(more).is_some()
    }

    /// A plan under more changes.
    pub fn plan(&self, more: &[Remedy]) -> Option<Plan> {
        let changed = self.changed.with(more);
        let problem = changed.problem(self.problem)?;
        let search = Search::new(&problem, self.settings, self.asking);
        for plan in self.plans().iter().rev().take(MOST_PLANS) {
            search.know(plan);
        }
        let labels = search.labels() - self.without;
        match search.plan(&labels, &BTreeSet::new()) {
            Found::Plan(plan) => {
                let mut known = self.plans();
                if !known.contains(&plan) {
                    known.push(plan.clone());
                }
                Some(plan)
            }
            Found::Nothing | Found::TooLate => None,
        }
    }

    fn plans(&self) -> MutexGuard<'_, Vec<Plan>> {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The least number, up to `most`, with which `remedy` admits a plan.
    fn least(&self, most: i64, remedy: impl Fn(i64) -> Option<Remedy>) -> Option<Remedy> {
        let admits = |number: i64| remedy(number).is_some_and(|own| self.admits(&[own]));
        let (mut low, mut high) = (0, 1);
        while !admits(high) {
            if high >= most || self.asking.is_cancelled() {
                return None;
            }
            low = high;
            high = (high * 2).min(most);
        }
        while high - low > 1 && !self.asking.is_cancelled() {
            let middle = i64::midpoint(low, high);
            if admits(middle) {
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
            .map(Variant::support)
            .sum();
        let unit = Money::MILLION.0;
        let raise = |millions: i64| Some(Remedy::Raise(of, Money(millions * unit)));
        Some(vec![self.least(asked.0 / unit + 1, raise)?])
    }

    fn loosened(&self, label: &str) -> Option<Vec<Remedy>> {
        let loosen = |notches: i64| {
            let notches = usize::try_from(notches).ok()?;
            let says = self.looser(label, notches)?;
            Some(Remedy::Loosen(label.to_owned(), notches, says))
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
    fn waived(&self, label: &str, kind: MemberKind) -> Vec<Vec<Remedy>> {
        let waive = |project: ProjectId| {
            let remedy = self.asked_by(label, project);
            Remedy::Waive(label.to_owned(), project, remedy)
        };
        let search = Search::new(self.problem, self.settings, self.asking);
        let labels = search.labels() - self.without;
        let refused = search.refused(&labels, label, kind);
        let all: Vec<Remedy> = refused.iter().map(|&own| waive(own)).collect();
        let Some(plan) = self.plan(&all) else {
            return Vec::new();
        };
        // Those that a plan funds are likelier to be what was missing.
        let is_funded = |own: &ProjectId| plan.choice(*own).is_some();
        let (funded, others): (Vec<ProjectId>, Vec<ProjectId>) =
            refused.into_iter().partition(is_funded);
        let mut single = Vec::new();
        for &project in funded.iter().chain(&others).take(MOST_PROJECTS) {
            if single.len() < TOLD_PROJECTS && self.admits(&[waive(project)]) {
                single.push(vec![waive(project)]);
            }
        }
        if single.is_empty() {
            let funded: Vec<Remedy> = funded.into_iter().map(waive).collect();
            // A rule may speak of candidates that are let in and not funded.
            let suffice = self.admits(&funded);
            single.push(self.fewest(if suffice { funded } else { all }));
        }
        single
    }

    /// As few of the remedies as admit a plan: many are left out at once, then fewer, at last
    /// each by itself.
    fn fewest(&self, mut all: Vec<Remedy>) -> Vec<Remedy> {
        let mut some = all.len();
        while some > 1 {
            some = some.div_ceil(2);
            let mut at = 0;
            while at < all.len() && !self.asking.is_cancelled() {
                let mut without = all.clone();
                without.drain(at..(at + some).min(all.len()));
                if self.admits(&without) {
                    all = without;
                } else {
                    at += some;
                }
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
