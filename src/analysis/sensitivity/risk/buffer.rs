//! How much more must be approved than there is money for, so that enough of it is used?
//!
//! A buffer of b per cent is the plan drawn up under every ceiling raised by b per cent. In each draw
//! the real ceilings hold: of those due, the most benefit per đồng starts first, and who finds no room
//! waits (see the head of this module). The smallest buffer is sought with which at least the asked
//! part of the money is used in at least the asked part of the draws. That a larger buffer does so more
//! often is not proven (another plan is another set of projects), so a rising list is tried, then the
//! whole per cents between the last that fails and the first that suffices, halving: what is found
//! suffices, and the per cent below it was tried and does not.

use super::super::money::ceilings;
use super::super::sampled::{Chance, Mean};
use super::super::varied::Base;
use super::tally::{Noted, Tally};
use super::{Faced, ReserveOrder};
use crate::plan::Plan;
use crate::programme::{Programme, ProjectId};
use crate::quantities::{Money, Share, rounded};

/// The buffers tried first, in per cent.
const TRIED: [i64; 7] = [0, 2, 5, 10, 15, 20, 30];

/// The use of the money that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BufferAsked {
    /// At least this part of the money is used …
    pub used: Share,
    /// … with at least this chance.
    pub chance: Share,
}

/// A buffer that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct BufferTried {
    /// By how much the ceilings are raised, in per cent.
    pub percent: i64,
    /// The plan drawn up so; `None` where none was found.
    pub plan: Option<Plan>,
    /// How often it uses enough of the money.
    pub reached: Chance,
    /// The part of the money that it uses, in basis points.
    pub used: Mean,
    /// Its benefit, in thousandths of a point.
    pub benefit: Mean,
}

/// The buffer that was looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct BufferSought {
    /// What was asked.
    pub asked: BufferAsked,
    /// Those tried, the smallest first.
    pub tried: Vec<BufferTried>,
    /// The place among them of the one found; `None` where none suffices.
    pub found: Option<usize>,
    /// The projects that the buffer found funds more than the plan.
    pub more: Vec<ProjectId>,
    /// The projects of the plan that it does not fund.
    pub fewer: Vec<ProjectId>,
    /// The projects that both fund, but not alike: in another year or variant, from another source.
    pub otherwise: Vec<ProjectId>,
}

impl BufferSought {
    /// The buffer found.
    #[must_use]
    pub fn enough(&self) -> Option<&BufferTried> {
        self.tried.get(self.found?)
    }

    /// The one that uses enough of the money most often, the smallest of equals.
    #[must_use]
    pub fn best(&self) -> Option<&BufferTried> {
        let mut tried = self.tried.iter().rev();
        let first = tried.next()?;
        Some(tried.fold(first, |best, own| {
            if own.reached.share() >= best.reached.share() {
                own
            } else {
                best
            }
        }))
    }
}

impl BufferTried {
    /// Whether it uses enough of the money often enough, exactly.
    #[must_use]
    pub fn suffices(&self, asked: BufferAsked) -> bool {
        let [times, draws] = [self.reached.times, self.reached.draws]
            .map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        let wanted = asked.chance.of(draws);
        draws > 0 && i128::from(times) * i128::from(Share::WHOLE) >= wanted
    }
}

/// Looks for the smallest buffer; `noted` are the draws of the plan itself.
pub(super) fn sought(
    faced: &Faced<'_>,
    base: &Base<'_>,
    asked: BufferAsked,
    noted: &[Option<Noted>],
) -> BufferSought {
    let mut tried: Vec<BufferTried> = Vec::new();
    let mut last_failing = None;
    let mut suffices = |percent: i64| {
        let own = match percent {
            0 => {
                let tallies = noted.iter().flatten().map(|own| &own.tally);
                measured(0, Some(base.plan.clone()), asked, &tallies)
            }
            _ => try_out(faced, base, asked, percent),
        };
        let is_enough = own.suffices(asked);
        tried.push(own);
        is_enough
    };
    let mut found = None;
    for percent in TRIED {
        if faced.asking.is_cancelled() {
            break;
        }
        if suffices(percent) {
            found = Some(percent);
            break;
        }
        last_failing = Some(percent);
    }
    if let (Some(mut low), Some(mut high)) = (last_failing, found) {
        while high - low > 1 && !faced.asking.is_cancelled() {
            let middle = i64::midpoint(low, high);
            if suffices(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        found = Some(high);
    }
    tried.sort_by_key(|own| own.percent);
    let found = found.and_then(|found| tried.iter().position(|own| own.percent == found));
    let plan = found.and_then(|place| tried[place].plan.as_ref());
    let plan = plan.unwrap_or(base.plan);
    let differs = |project: &ProjectId| {
        let both = base.plan.choice(*project).zip(plan.choice(*project));
        both.is_some_and(|(one, other)| one != other)
    };
    BufferSought {
        asked,
        more: plan.only_in(base.plan),
        fewer: base.plan.only_in(plan),
        otherwise: faced.ground.programme.ids().filter(differs).collect(),
        tried,
        found,
    }
}

fn try_out(faced: &Faced<'_>, base: &Base<'_>, asked: BufferAsked, percent: i64) -> BufferTried {
    let raised = raised(faced.ground.programme, percent);
    let drawn = base.drawn_under(&raised, base.problem.conditions());
    let plan = drawn.and_then(|drawn| drawn.outcome.plan().cloned());
    let Some(plan) = plan else {
        return measured(percent, None, asked, &std::iter::empty());
    };
    let count = faced.asking.count(faced.asked.draws);
    let rehearsal = faced.rehearsal(&plan, Some(ReserveOrder::PerDong));
    let tallies = faced.over_draws(&rehearsal, &count, Tally::of);
    measured(percent, Some(plan), asked, &tallies.iter().flatten())
}

fn measured<'t>(
    percent: i64,
    plan: Option<Plan>,
    asked: BufferAsked,
    tallies: &(impl Iterator<Item = &'t Tally> + Clone),
) -> BufferTried {
    let mean =
        |figure: fn(&Tally) -> i64| Mean::of(&tallies.clone().map(figure).collect::<Vec<_>>());
    BufferTried {
        percent,
        plan,
        reached: Chance::of(tallies.clone().map(|own| own.uses(asked.used))),
        used: mean(Tally::part_used),
        benefit: mean(|own| own.benefit),
    }
}

/// The facts with every ceiling raised.
fn raised(programme: &Programme, percent: i64) -> Programme {
    let all = ceilings(programme).into_iter();
    all.fold(programme.clone(), |changed, own| {
        let amount = rounded(i128::from(own.amount.0) * i128::from(100 + percent), 100);
        changed.with_ceiling(own.fund, own.year, Money(amount))
    })
}
