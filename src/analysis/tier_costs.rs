//! What does a tier cost the next? The optimum of the next objective with the tier held and
//! without.
//!
//! The tiers before it are held in both. The optimum with the tier held is that of the plan drawn
//! up; the one without is solved here, with as much time as one solve of the order gets. Both are
//! intervals [found, bound], and so is the difference; where the two overlap it is undecided.
//! Tiers that select no admissible candidate cost nothing and are passed over.

use super::Drawn;
use super::tiers::{solve_beside, within};
use crate::phrase;
use crate::phrase::Phrase;
use crate::problem::Problem;
use crate::rules::Unit;
use crate::solve::{Control, Settings};

/// What holding a tier takes from the next objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierCost {
    /// The tier's label.
    pub tier: String,
    /// The next objective: the label of the next tier, or `benefit`.
    pub next: String,
    /// What the next objective makes as large as possible, as part of a sentence.
    pub what: Phrase,
    /// What the intervals are counted in.
    pub unit: Unit,
    /// Found and bound of the next objective with the tier held.
    pub with: (i64, Option<i64>),
    /// Found and bound of the next objective without it.
    pub without: (i64, Option<i64>),
}

impl TierCost {
    /// Between what and what the cost lies; `None` where the intervals overlap.
    #[must_use]
    pub fn interval(&self) -> Option<(i64, i64)> {
        let (with, without) = (self.with, self.without);
        let (most_with, most_without) = (with.1?, without.1?);
        let (least, most) = (without.0 - most_with, most_without - with.0);
        (least > 0 || most == 0).then_some((least.max(0), most.max(0)))
    }
}

/// What each tier of a plan drawn up costs the next objective, two solves at a time where the
/// settings have two threads; nothing without a plan.
#[must_use]
pub fn tier_costs(problem: &Problem<'_>, drawn: &Drawn, settings: &Settings) -> Vec<TierCost> {
    if drawn.outcome.plan().is_none() {
        return Vec::new();
    }
    let solves = u32::try_from(drawn.tiers.len() + 1).unwrap_or(u32::MAX);
    let at_once = settings.threads.clamp(1, 2);
    let own = Settings {
        time_limit: settings.time_limit.map(|limit| limit / solves),
        threads: settings.threads / at_once,
        ..settings.clone()
    };
    let cost = |position: usize| cost_of(problem, drawn, &own, position);
    let of_tiers = drawn.tiers.iter().enumerate();
    let applicable = of_tiers.filter(|(_, tier)| tier.is_applicable);
    let positions: Vec<usize> = applicable.map(|(position, _)| position).collect();
    let mut costs = Vec::new();
    for pair in positions.chunks(2) {
        match *pair {
            [one, other] if at_once == 2 => {
                let (one, other) = rayon::join(|| cost(one), || cost(other));
                costs.extend([one, other]);
            }
            _ => costs.extend(pair.iter().map(|&position| cost(position))),
        }
    }
    costs
}

fn cost_of(problem: &Problem<'_>, drawn: &Drawn, settings: &Settings, position: usize) -> TierCost {
    let mut formulation = problem.formulate_held();
    for (tier, own) in problem.tiers().iter().zip(&drawn.tiers).take(position) {
        problem.hold(tier, own.held, &mut formulation);
    }
    // A plan that holds the tier is a plan without it.
    let start = drawn
        .outcome
        .plan()
        .map(|plan| formulation.flags(plan.choices()));
    let start = start.as_deref();
    let tier = drawn.tiers[position].label.clone();
    let mut later = problem.tiers().iter().zip(&drawn.tiers).skip(position + 1);
    let next = later.find(|(_, own)| own.is_applicable);
    let with = match next {
        Some((_, own)) => (own.found, own.bound),
        None => (
            drawn.outcome.found().unwrap_or_default(),
            drawn.outcome.bound(),
        ),
    };
    let (name, what, unit, outcome) = match next {
        Some((next, _)) => {
            let objective = problem.objective(next, &formulation);
            let settings = within(settings, next.slack().0);
            let objective = formulation.with_objective(objective);
            let outcome = solve_beside(&objective, &settings, start, &Control::default()).outcome;
            (next.label(), next.what(), next.unit(), outcome)
        }
        None => (
            "benefit".to_owned(),
            phrase!("lợi ích của mọi đề án", "the benefit of all projects"),
            Unit::Benefit,
            solve_beside(&formulation, settings, start, &Control::default()).outcome,
        ),
    };
    let found = outcome.found().unwrap_or(with.0).max(with.0);
    let bound = outcome.bound().map(|bound| bound.max(found));
    let tighter = match (with.1, bound) {
        (Some(with), Some(without)) => Some(with.min(without)),
        (with, without) => with.or(without),
    };
    TierCost {
        tier,
        next: name,
        what,
        unit,
        with: (with.0, tighter),
        without: (found, bound),
    }
}
