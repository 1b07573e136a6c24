//! Members taken in one after another; those that do not hold with the others are changed.
//!
//! As minimal correction sets are found (Marques-Silva, Heras, Janota, Previti and Belov, IJCAI 2013):
//! members are taken in, many at once and then fewer, while they are shown to have a plan together.
//! What cannot be taken in as it is is changed at once, by the least that admits a plan, so that what
//! comes later meets it in force: a ceiling left out would lend the others more money than anyone has.
//! The law and the facts are taken in first, then gates, demands and the rules of the policy, and the
//! member asked about last: where it alone is in the way of the others, only it is changed.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::super::Asking;
use super::super::conflict::{MemberKind, Search};
use super::least::Trying;
use super::{Changed, Remedy};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::rules::kind_of;
use crate::solve::Settings;

/// A label and what it is the label of.
type Named = (String, MemberKind);

/// Changes under which all members hold together, several where the member asked about can be changed
/// in several ways; none where some member can neither be taken in nor changed, or time runs out.
pub(super) fn mended(
    problem: &Problem<'_>,
    asked: &str,
    settings: &Settings,
    asking: Asking<'_>,
) -> Vec<(Changed, Option<Plan>)> {
    let search = Search::new(problem, settings, asking);
    let mut members = search.members().to_vec();
    members.sort_by_key(|(label, kind)| (label == asked, rank(label, *kind)));
    let Some((last, others)) = members.split_last() else {
        return Vec::new();
    };
    let mut mending = Mending {
        problem,
        settings,
        asking,
        changed: Changed::of(problem),
        outside: search.labels().clone(),
        plans: Mutex::default(),
    };
    if !mending.take_in(others) {
        return Vec::new();
    }
    mending.outside.remove(&last.0);
    let ways = match mending.plan() {
        Some(_) => vec![Vec::new()],
        None => mending.remedies(last),
    };
    let of_way = |more: Vec<Remedy>| {
        let changed = mending.needed(mending.changed.with(&more));
        let plan = mending.plan_under(&changed);
        (changed, plan)
    };
    ways.into_iter().map(of_way).collect()
}

/// The order in which members are taken in.
fn rank(label: &str, kind: MemberKind) -> usize {
    match kind {
        MemberKind::LawGate => 0,
        MemberKind::Fact if kind_of(label) != "ceiling" => 1,
        MemberKind::Fact => 2,
        MemberKind::Gate => 3,
        MemberKind::Demand => 4,
        MemberKind::Rule => 5,
    }
}

struct Mending<'a> {
    problem: &'a Problem<'a>,
    settings: &'a Settings,
    asking: Asking<'a>,
    /// The changes so far.
    changed: Changed,
    /// The labels of members that are not taken in yet.
    outside: BTreeSet<String>,
    /// Plans come upon, which may be plans of more members too.
    plans: Mutex<Vec<Plan>>,
}

impl Mending<'_> {
    /// Takes in all of `some` at once if that can be, else half by half; one that cannot be taken in
    /// is changed. Whether it succeeds.
    fn take_in(&mut self, some: &[Named]) -> bool {
        if self.asking.is_cancelled() {
            return false;
        }
        let before = self.outside.clone();
        for (label, _) in some {
            self.outside.remove(label);
        }
        if some.is_empty() || self.plan().is_some() {
            return true;
        }
        if let [one] = some {
            let Some(more) = self.remedies(one).into_iter().next() else {
                return false;
            };
            self.changed = self.changed.with(&more);
            return true;
        }
        self.outside = before;
        let (first, second) = some.split_at(some.len() / 2);
        self.take_in(first) && self.take_in(second)
    }

    /// A plan of the members taken in, as changed.
    fn plan(&self) -> Option<Plan> {
        self.plan_under(&self.changed)
    }

    fn plan_under(&self, changed: &Changed) -> Option<Plan> {
        self.trying(changed, self.problem).plan(&[])
    }

    /// The changes without those that the later ones, or more time, make needless.
    fn needed(&self, mut changed: Changed) -> Changed {
        let mut at = 0;
        while changed.remedies.len() > 1 && at < changed.remedies.len() {
            let mut fewer = changed.remedies.clone();
            fewer.remove(at);
            let fewer = Changed::of(self.problem).with(&fewer);
            if self.plan_under(&fewer).is_some() {
                changed = fewer;
            } else {
                at += 1;
            }
        }
        changed
    }

    /// The least changes to a member, each by itself, with which it holds with those taken in.
    fn remedies(&self, (label, kind): &Named) -> Vec<Vec<Remedy>> {
        let Some(problem) = self.changed.problem(self.problem) else {
            return Vec::new();
        };
        self.trying(&self.changed, &problem).remedies(label, *kind)
    }

    fn trying<'b>(&'b self, changed: &'b Changed, problem: &'b Problem<'b>) -> Trying<'b> {
        Trying {
            problem,
            changed,
            without: &self.outside,
            plans: &self.plans,
            settings: self.settings,
            asking: self.asking,
        }
    }
}
