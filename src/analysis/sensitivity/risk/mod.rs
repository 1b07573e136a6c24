//! What becomes of a plan when projects drop out or slip and ceilings are cut late?
//!
//! Monte Carlo on the plan as it stands: nothing is decided anew. Each draw goes through the years
//! that are still open, one by one:
//!
//! 1. Each planned project that is due drops out with its chance, for good, or slips with its chance:
//!    it is due a year later, if the same variant, source and unit are admissible then, and is drawn
//!    again; else it is lost. A cost overrun is its beneficiary's and shows as a drop-out.
//! 2. The cuts of the year become known. Where what runs needs more than a fund has, the running
//!    project with the least benefit per đồng of those that the fund pays in the year is stopped,
//!    again and again until the money holds: it is paid no more, its benefit is lost, what it had is
//!    sunk.
//! 3. Those due start, the most benefit per đồng first, while money (this year's as it turned out,
//!    later years' as planned), capacity and relations have room. One without room waits a year as one
//!    that slipped.
//! 4. While a fund then spends less this year than the plan wanted, the reserve list is called in its
//!    order: a candidate starts if an admissible decision of this year has room beside all that runs
//!    or is still to come, after its own chance to drop out, drawn once. So a draw without a loss is the
//!    plan itself.
//!
//! So no ceiling, capacity or relation is broken in any draw. A promise keeps its room from the first
//! year on and is stopped last, where promises alone need more than a fund has.
//!
//! Simplified: projects fail independently of each other, and before they are paid anything; a cut
//! takes a fixed part; nobody starts earlier than planned, or in another variant or from another
//! source; a called candidate does not slip; money planned to come back in later years counts as
//! coming when those due are let in, and who then runs short is stopped. Rules of the policy are judged
//! on the projects carried out; money sunk in those stopped is none of theirs. The ceilings are those of
//! the facts, also where a scenario leaves them out or loosens them.
//!
//! **Used** is what is spent in the open years, as a part of what projects can take of their ceilings
//! as they turned out, after management: of money that was cut nobody could have used more. It can
//! pass 100 % where money carried over or paid back is spent.
//!
//! All orders of the reserve list and all buffers face the same draws (see `chances`); differences are
//! paired. Sampling errors: standard errors of means, Wilson's intervals of chances (see `sampled`).
//! Monte Carlo and common random numbers: Law, *Simulation Modeling and Analysis*, ch. 9 and 11.

mod assumed;
mod buffer;
mod chances;
mod draw;
mod ground;
mod list;
mod money;
mod orders;
mod realised;
mod tally;

pub use assumed::{CutRecord, DropOut, LateCut, Risks};
pub use buffer::{BufferAsked, BufferSought, BufferTried};
pub use list::ReserveOrder;
pub use orders::OrderTried;
pub use realised::{Loss, Lost, Realised, Started};
pub use tally::{Fate, RuleKept, Spread, UnderRisk, YearMoney};

use std::ops::Range;

use rayon::prelude::*;

use super::super::asking::Count;
use super::super::{Asking, Drawn};
use super::varied::Base;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::solve::Settings;
use chances::Chances;
use draw::Rehearsal;
use ground::Ground;
use list::{listed, waiting};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RiskAsked {
    /// How many draws.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
    /// The use of the money that a buffer is to reach; `None`: not asked.
    pub buffer: Option<BufferAsked>,
}

/// A problem under risks, its plan to be drawn.
struct Faced<'a> {
    problem: &'a Problem<'a>,
    ground: Ground<'a>,
    asked: RiskAsked,
    asking: Asking<'a>,
}

impl Faced<'_> {
    /// A plan with its reserve list in an order, or without one.
    fn rehearsal(&self, plan: &Plan, order: Option<ReserveOrder>) -> Rehearsal<'_> {
        let list = match order {
            Some(order) => {
                let waiting = waiting(self.problem, &self.ground, plan);
                listed(self.problem, &self.ground, waiting, order)
            }
            None => Vec::new(),
        };
        Rehearsal::new(&self.ground, plan, list)
    }

    /// What becomes of a plan in one draw.
    fn realised(&self, rehearsal: &Rehearsal<'_>, draw: usize) -> Realised {
        let programme = self.ground.programme;
        let sizes = (
            programme.projects.len(),
            programme.years.len(),
            self.ground.cuts.len(),
        );
        rehearsal.draw(&Chances::new(self.asked.seed, draw, sizes))
    }

    /// What is noted of every draw, in their order; `None` of those that were not drawn since who asks
    /// lost patience.
    fn over_draws<T: Send>(
        &self,
        rehearsal: &Rehearsal<'_>,
        count: &Count<'_>,
        note: impl Fn(&Realised) -> T + Sync,
    ) -> Vec<Option<T>> {
        let draws = 0..self.asked.draws;
        let draws = draws.into_par_iter().map(|draw| {
            if self.asking.is_cancelled() {
                return None;
            }
            let noted = note(&self.realised(rehearsal, draw));
            count.one();
            Some(noted)
        });
        draws.collect()
    }
}

/// What becomes of the plan found when things go wrong, which reserve list repairs best, and which
/// buffer suffices, where that is asked; `None` without a plan. Each solve for a buffer takes at most
/// the settings' time.
#[must_use]
pub fn under_risk(
    problem: &Problem<'_>,
    drawn: &Drawn,
    risks: &Risks,
    asked: RiskAsked,
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<UnderRisk> {
    let base = Base::new(problem, drawn, settings, asking)?;
    let faced = Faced {
        problem,
        ground: Ground::new(problem, risks),
        asked,
        asking,
    };
    // The reserve list in each order, and none.
    let count = asking.count(asked.draws * (ReserveOrder::ALL.len() + 1));
    let noted = tally::noted(&faced, &base, &count);
    let orders = orders::tried(&faced, base.plan, &noted, &count);
    let mut told = tally::told(&faced, &base, &noted);
    told.orders = orders;
    told.buffer = asked
        .buffer
        .map(|wanted| buffer::sought(&faced, &base, wanted, &noted));
    Some(told)
}

/// What becomes of a plan in some draws, one after another, with its reserve list in an order or
/// without one.
#[must_use]
pub fn realised(
    problem: &Problem<'_>,
    plan: &Plan,
    risks: &Risks,
    order: Option<ReserveOrder>,
    (seed, draws): (u64, Range<usize>),
) -> Vec<Realised> {
    let faced = Faced {
        problem,
        ground: Ground::new(problem, risks),
        asked: RiskAsked {
            draws: draws.len(),
            seed,
            buffer: None,
        },
        asking: Asking::default(),
    };
    let rehearsal = faced.rehearsal(plan, order);
    draws.map(|draw| faced.realised(&rehearsal, draw)).collect()
}
