//! The least change to a member of a conflict that makes a plan possible, or breaks the conflict.

use std::collections::BTreeSet;

use super::super::conflict::{Member, MemberKind, Search};
use super::super::{Asking, CeilingOf, Conflict};
use super::{Changed, Remedy};
use crate::phrase::Phrase;
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId, Variant};
use crate::quantities::Money;
use crate::rules::kind_of;
use crate::solve::Settings;

/// The most notches that a rule is loosened by.
const MOST_NOTCHES: usize = 4_096;
/// How many projects are tried, one at a time, at a gate.
const MOST_PROJECTS: usize = 12;
/// How many of those that suffice are told.
const TOLD_PROJECTS: usize = 3;

/// The least changes to one member, each by itself, that break a conflict.
pub(super) fn remedies(
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
            .map(Variant::support)
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
