//! What became of a plan in one draw.

use crate::plan::{Decision, Plan};
use crate::programme::{Programme, ProjectId};
use crate::quantities::{Money, Year};

/// What became of a plan in one draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Realised {
    /// The projects that started, in the order in which they did.
    pub started: Vec<Started>,
    /// The projects that never did.
    pub lost: Vec<Lost>,
    /// Every ceiling as it turned out: a row a fund, a column a year.
    pub ceilings: Vec<Vec<Money>>,
    /// What was spent: a row a fund, a column a year.
    pub spent: Vec<Vec<Money>>,
    /// What was spent in the years still open to decisions.
    pub used: Money,
    /// What projects could have taken in those years of the ceilings as they turned out.
    pub usable: Money,
    /// The benefit of the projects that were not stopped, in thousandths of a point.
    pub benefit: i64,
}

/// A project that started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Started {
    /// How, with the year in which it really started.
    pub decision: Decision,
    /// Whether it was called from the reserve list.
    pub is_called: bool,
    /// The year from which nothing was paid any more, where it was stopped.
    pub stopped: Option<Year>,
}

/// A project that never started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// The project.
    pub project: ProjectId,
    /// Why.
    pub loss: Loss,
    /// Whether it was called from the reserve list.
    pub is_called: bool,
}

/// Why a project never started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// It dropped out, or slipped beyond its last year.
    DroppedOut,
    /// There was no room for it in any year in which it could start.
    NoRoom,
}

impl Realised {
    /// The projects that were carried out, as a plan: those that were stopped are left out.
    #[must_use]
    pub fn plan(&self, programme: &Programme) -> Plan {
        let carried_out = self.started.iter().filter(|own| own.stopped.is_none());
        Plan::new(programme, carried_out.map(|own| own.decision))
    }
}
