//! What became of a solve. That no plan exists is an answer, not an error.

use serde::Serialize;

use super::Gap;

/// Why a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The time allowed ran out.
    Time,
    /// The work allowed ran out.
    Work,
    /// The memory allowed ran out.
    Memory,
    /// Who asked cancelled it.
    Cancelled,
    /// What was wanted to know was decided.
    Decided,
    /// The solver gave up by itself.
    Solver,
}

/// What became of a solve that was to find a `P`. Found and bound are in thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<P> {
    /// The best there is, within the gap asked for.
    Proven {
        /// What was found.
        plan: P,
        /// Its benefit.
        found: i64,
        /// No plan has more than this, by the solver's claim.
        bound: i64,
    },
    /// A plan, with how much better another could be.
    Feasible {
        /// What was found.
        plan: P,
        /// Its benefit.
        found: i64,
        /// No plan has more than this, by the solver's claim; `None` if it had no bound yet.
        bound: Option<i64>,
        /// What ended the solve.
        stop: Stop,
    },
    /// No plan exists.
    Infeasible,
    /// Neither a plan nor a proof that there is none.
    Unknown {
        /// What ended the solve.
        stop: Stop,
        /// In the solver's words.
        why: String,
    },
}

impl<P> Outcome<P> {
    /// The plan, if one was found.
    pub fn plan(&self) -> Option<&P> {
        match self {
            Outcome::Proven { plan, .. } | Outcome::Feasible { plan, .. } => Some(plan),
            Outcome::Infeasible | Outcome::Unknown { .. } => None,
        }
    }

    /// The benefit of the plan found.
    pub fn found(&self) -> Option<i64> {
        match self {
            Outcome::Proven { found, .. } | Outcome::Feasible { found, .. } => Some(*found),
            Outcome::Infeasible | Outcome::Unknown { .. } => None,
        }
    }

    /// The bound claimed.
    pub fn bound(&self) -> Option<i64> {
        match self {
            Outcome::Proven { bound, .. } => Some(*bound),
            Outcome::Feasible { bound, .. } => *bound,
            Outcome::Infeasible | Outcome::Unknown { .. } => None,
        }
    }

    /// The gap of the plan; `None` without a plan or a bound.
    pub fn gap(&self) -> Option<Gap> {
        Some(Gap::between(self.found()?, self.bound()?))
    }

    /// What ended the solve, where a limit did.
    pub fn stop(&self) -> Option<Stop> {
        match self {
            Outcome::Feasible { stop, .. } | Outcome::Unknown { stop, .. } => Some(*stop),
            Outcome::Proven { .. } | Outcome::Infeasible => None,
        }
    }

    /// The same outcome with what was found turned into something else.
    pub fn map<Q>(self, turn: impl FnOnce(P) -> Q) -> Outcome<Q> {
        match self {
            Outcome::Proven { plan, found, bound } => Outcome::Proven {
                plan: turn(plan),
                found,
                bound,
            },
            Outcome::Feasible {
                plan,
                found,
                bound,
                stop,
            } => Outcome::Feasible {
                plan: turn(plan),
                found,
                bound,
                stop,
            },
            Outcome::Infeasible => Outcome::Infeasible,
            Outcome::Unknown { stop, why } => Outcome::Unknown { stop, why },
        }
    }
}
