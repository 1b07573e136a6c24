//! A plan: which decision was taken for which project, and what it spends and brings.

mod decision;
mod gap;
mod outcome;

pub use decision::{Decision, Payment};
pub use gap::Gap;
pub use outcome::{Outcome, Stop};

use crate::programme::{Programme, ProjectId};
use crate::quantities::{Money, Year};

/// The decision taken for each project; `None` where the project is not funded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plan {
    choices: Vec<Option<Decision>>,
}

impl Plan {
    /// The plan that takes these decisions. Of two for one project the later one stands.
    #[must_use]
    pub fn new(programme: &Programme, decisions: impl IntoIterator<Item = Decision>) -> Plan {
        let mut choices = vec![None; programme.projects.len()];
        for decision in decisions {
            choices[decision.project.index()] = Some(decision);
        }
        Plan { choices }
    }

    /// The decision for a project.
    #[must_use]
    pub fn choice(&self, project: ProjectId) -> Option<&Decision> {
        self.choices[project.index()].as_ref()
    }

    /// Every decision taken, in the order of the projects.
    pub fn choices(&self) -> impl Iterator<Item = &Decision> {
        self.choices.iter().flatten()
    }

    /// The projects that it funds and another does not.
    #[must_use]
    pub fn only_in(&self, other: &Plan) -> Vec<ProjectId> {
        let own = self.choices().map(|decision| decision.project);
        own.filter(|&project| other.choice(project).is_none())
            .collect()
    }

    /// How many projects it funds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.choices().count()
    }

    /// Whether it funds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What it spends, inside the programme's years, in the payments that satisfy `which`.
    pub fn spent(
        &self,
        programme: &Programme,
        which: impl Fn(&Decision, &Payment) -> bool,
    ) -> Money {
        let of = |decision: &Decision| -> Money {
            let payments = decision.payments(programme);
            let counted = payments.filter(|payment| which(decision, payment));
            counted.map(|payment| payment.amount).sum()
        };
        self.choices().map(of).sum()
    }

    /// How many decisions satisfy `which`.
    pub fn count(&self, which: impl Fn(&Decision) -> bool) -> i64 {
        i64::try_from(self.choices().filter(|decision| which(decision)).count()).unwrap_or(i64::MAX)
    }

    /// How many projects are open in `year`.
    #[must_use]
    pub fn open_in(&self, programme: &Programme, year: Year) -> i64 {
        self.count(|d| programme.project(d.project).is_open(d.start, year))
    }
}
