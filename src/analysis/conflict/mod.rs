//! Why is there no plan? Rules, gates and demands that cannot hold together.
//!
//! A deletion filter (Chinneck and Dravnieks, ORSA Journal on Computing 3 (1991)): members are left
//! out, many at once and then fewer (as Junker does, AAAI 2004), and stay out while the
//! rest is still shown to have no plan. What stays admits no plan by itself, and is *minimal*: without
//! any one of its members a plan exists. Each test is an exact solve, so this holds for whole
//! projects, not only for their linear relaxation. Members are the rules in force that may not be
//! broken at a price, the gates, and what the scenario demands; facts are left out first, so that a
//! conflict names choices where choices suffice, and the gates of the law last, since without them
//! there is much more to decide on. This is done twice, first with the linear relaxation as the test:
//! what admits no plan even of parts of projects is shown so in hundredths of a second, and most
//! conflicts are of this kind; what it does not decide stays for the exact tests. Then the cases of
//! each rule that stays (a year, a zone) are filtered the same way. A member whose test ran out of
//! time stays, and is said to be undecided: it may not be needed.
//!
//! A plan that a test comes upon answers others as well: it shows that any set of members has a plan
//! of which it breaks none.
//!
//! Where several conflicts have no member in common, each is found: the members of those before it
//! are left out.

mod trial;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Duration;

use super::Asking;
use crate::plan::Plan;
use crate::problem::{Problem, Standing};
use crate::programme::ProjectId;
use crate::solve::Settings;
pub(super) use trial::Found;

/// The longest that one test may take.
const LONGEST: Duration = Duration::from_secs(10);
/// The most conflicts that are looked for.
const MOST: usize = 5;

/// Members that cannot hold together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflict {
    /// Its members, in the order of the rule book.
    pub members: Vec<Member>,
    /// Labels of members that are named because a test ran out of time.
    pub undecided: Vec<String>,
}

impl Conflict {
    /// The labels of its members.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        self.members.iter().map(|own| own.label.clone()).collect()
    }
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemberKind {
    /// A rule that the facts make.
    Fact,
    /// A project that the scenario requires or forbids.
    Demand,
    /// A gate of the policy.
    Gate,
    /// A rule of the policy.
    Rule,
    /// A gate of the law.
    LawGate,
}

/// A rule, gate or demand of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its label.
    pub label: String,
    /// What it is.
    pub kind: MemberKind,
    /// Of a rule with several cases, those that are needed; empty: the whole rule.
    pub cases: Vec<String>,
    /// Of a gate, the projects that it refuses and the conflict turns on: without it they, or more of
    /// their decisions, could be funded.
    pub refuses: Vec<ProjectId>,
}

/// One conflict of a problem without a plan; without members where a plan exists, or may exist.
#[must_use]
pub fn conflict(problem: &Problem<'_>, settings: &Settings) -> Conflict {
    let search = Search::new(problem, settings, Asking::default());
    search.next().unwrap_or_default()
}

/// The conflicts of a problem without a plan that have no member in common, at most five.
#[must_use]
pub fn conflicts(problem: &Problem<'_>, settings: &Settings, asking: Asking<'_>) -> Vec<Conflict> {
    let mut search = Search::new(problem, settings, asking);
    let mut all = Vec::new();
    while all.len() < MOST {
        let Some(conflict) = search.next() else { break };
        for member in &conflict.members {
            search.all.remove(&member.label);
        }
        all.push(conflict);
    }
    all
}

/// Tests of what admits a plan, in one problem.
pub(super) struct Search<'a> {
    problem: &'a Problem<'a>,
    settings: Settings,
    asking: Asking<'a>,
    /// Every member, with what it is.
    members: Vec<(String, MemberKind)>,
    /// The labels of those still in force.
    all: BTreeSet<String>,
    /// The plans come upon.
    known: Mutex<Vec<Known>>,
}

/// A plan that was come upon.
struct Known {
    plan: Plan,
    /// The members that it breaks: it is a plan of all sets without these.
    broken: BTreeSet<String>,
}

impl<'a> Search<'a> {
    pub fn new(problem: &'a Problem<'a>, settings: &Settings, asking: Asking<'a>) -> Search<'a> {
        let longest = settings
            .time_limit
            .map_or(LONGEST, |limit| limit.min(LONGEST));
        let members = members(problem);
        Search {
            problem,
            settings: Settings {
                gap: 1.0,
                time_limit: Some(longest),
                ..settings.clone()
            },
            asking,
            all: members.iter().map(|(label, _)| label.clone()).collect(),
            members,
            known: Mutex::default(),
        }
    }

    /// Every member, with what it is.
    pub fn members(&self) -> &[(String, MemberKind)] {
        &self.members
    }

    /// The labels of the members still in force.
    pub fn labels(&self) -> &BTreeSet<String> {
        &self.all
    }

    /// A conflict among the members still in force; `None` where they are not shown to have none.
    pub fn next(&self) -> Option<Conflict> {
        if self.has_plan(&self.all, &BTreeSet::new()) != Some(false) {
            return None;
        }
        let mut kept = self.all.clone();
        let mut kinds: Vec<MemberKind> = self.members.iter().map(|(_, kind)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut undecided = Vec::new();
        let of_kind = |kind: MemberKind, kept: &BTreeSet<String>| -> Vec<String> {
            let own = self.members.iter().filter(|(_, own)| *own == kind);
            let own = own.map(|(label, _)| label.clone());
            own.filter(|label| kept.contains(label)).collect()
        };
        let in_parts = |rest: &BTreeSet<String>| Some(!self.is_refuted(rest));
        for &kind in &kinds {
            let some = of_kind(kind, &kept);
            self.leave_out(&mut kept, &some, &in_parts, &mut Vec::new());
        }
        let whole = |rest: &BTreeSet<String>| self.has_plan(rest, &BTreeSet::new());
        for &kind in &kinds {
            let some = of_kind(kind, &kept);
            self.leave_out(&mut kept, &some, &whole, &mut undecided);
        }
        self.settle(&mut kept, &undecided);
        let mut dropped = BTreeSet::new();
        let told = self
            .members
            .iter()
            .filter(|(label, _)| kept.contains(label));
        let members = told
            .map(|(label, kind)| Member {
                cases: self.cases(&kept, &mut dropped, label),
                refuses: self.refused(&kept, label, *kind),
                label: label.clone(),
                kind: *kind,
            })
            .collect();
        Some(Conflict { members, undecided })
    }

    /// Makes sure that every member is needed: one left out later, a gate, may let in candidates of
    /// whom a floor speaks that asked nothing before.
    fn settle(&self, kept: &mut BTreeSet<String>, undecided: &[String]) {
        let needless = |kept: &BTreeSet<String>| {
            let own = kept.iter().filter(|label| !undecided.contains(label));
            let without = |label: &String| {
                let mut rest = kept.clone();
                rest.remove(label);
                rest
            };
            own.map(without).find(|rest| {
                !self.asking.is_cancelled() && self.has_plan(rest, &BTreeSet::new()) == Some(false)
            })
        };
        while let Some(fewer) = needless(kept) {
            *kept = fewer;
        }
    }

    /// Leaves out what is not needed of `some`, all at once if that can be, else half by half.
    fn leave_out(
        &self,
        kept: &mut BTreeSet<String>,
        some: &[String],
        has_plan: &dyn Fn(&BTreeSet<String>) -> Option<bool>,
        undecided: &mut Vec<String>,
    ) {
        if some.is_empty() {
            return;
        }
        let mut rest = kept.clone();
        rest.retain(|label| !some.contains(label));
        let answer = if self.asking.is_cancelled() {
            None
        } else {
            has_plan(&rest)
        };
        match (answer, some) {
            (Some(false), _) => *kept = rest,
            (Some(true), [_]) => {}
            (None, [one]) => undecided.push(one.clone()),
            _ => {
                let (first, second) = some.split_at(some.len() / 2);
                self.leave_out(kept, first, has_plan, undecided);
                self.leave_out(kept, second, has_plan, undecided);
            }
        }
    }

    /// The cases of a rule that are needed, beside those `dropped` so far; empty where all are.
    fn cases(
        &self,
        labels: &BTreeSet<String>,
        dropped: &mut BTreeSet<String>,
        label: &str,
    ) -> Vec<String> {
        let mut standing = self.problem.standing().iter();
        let Some(own) = standing.find(|own| own.rule.label() == label) else {
            return Vec::new();
        };
        let programme = self.problem.programme();
        let nothing = Plan::new(programme, []);
        let findings = own.rule.check(programme, &nothing).into_iter();
        let all: BTreeSet<String> = findings.map(|finding| finding.label).collect();
        if all.len() < 2 {
            return Vec::new();
        }
        let some: Vec<String> = all.iter().cloned().collect();
        let mut kept = all.clone();
        let has_plan = |kept: &BTreeSet<String>| {
            let without = dropped.union(&(&all - kept)).cloned().collect();
            self.has_plan(labels, &without)
        };
        // A case that is not settled in time stays; its rule is needed anyway.
        self.leave_out(&mut kept, &some, &has_plan, &mut Vec::new());
        if kept.len() == all.len() {
            return Vec::new();
        }
        dropped.extend(&all - &kept);
        kept.into_iter().collect()
    }

    /// The projects that have more decisions without a gate.
    pub fn refused(
        &self,
        kept: &BTreeSet<String>,
        label: &str,
        kind: MemberKind,
    ) -> Vec<ProjectId> {
        if !matches!(kind, MemberKind::LawGate | MemberKind::Gate) {
            return Vec::new();
        }
        let mut without = kept.clone();
        without.remove(label);
        let decisions = |labels: &BTreeSet<String>| -> BTreeSet<_> {
            let problem = self.restricted(labels);
            let own = problem.as_ref().map(|own| own.admission().decisions());
            own.unwrap_or_default().iter().copied().collect()
        };
        let more = &decisions(&without) - &decisions(kept);
        let projects: BTreeSet<ProjectId> = more.iter().map(|own| own.project).collect();
        projects.into_iter().collect()
    }
}

/// Whether a rule is in force and may not be broken at a price.
fn is_hard(own: &Standing<'_>) -> bool {
    own.is_held && own.price.is_none()
}

/// Every rule that may not be broken at a price, every gate and every demand.
fn members(problem: &Problem<'_>) -> Vec<(String, MemberKind)> {
    let rules = problem.standing().iter().filter(|own| is_hard(own));
    let rules = rules.map(|own| {
        let kind = if own.is_of_facts && !own.is_target() {
            MemberKind::Fact
        } else {
            MemberKind::Rule
        };
        (own.rule.label(), kind)
    });
    let chosen: BTreeSet<String> = problem
        .policy()
        .gates
        .iter()
        .map(|gate| gate.label())
        .collect();
    let gates = problem.gates().map(|gate| {
        let label = gate.label();
        let kind = if chosen.contains(&label) {
            MemberKind::Gate
        } else {
            MemberKind::LawGate
        };
        (label, kind)
    });
    let demands = problem.demands().labels(problem.programme()).into_iter();
    let demands = demands.map(|label| (label, MemberKind::Demand));
    rules.chain(gates).chain(demands).collect()
}
