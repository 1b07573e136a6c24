//! Regret of a plan over judgements, and the plan whose largest regret is least.
//!
//! With v(x, s) what plan x is worth under judgement s and v*(s) the most that any plan is, the plan
//! sought makes max over s of v*(s) − v(x, s) as small as possible (Savage 1951; for discrete problems
//! Kouvelis and Yu, *Robust Discrete Optimization*, 1997; Aissi, Bazgan and Vanderpooten, European
//! Journal of Operational Research 197 (2009)). As a problem of rows: the least θ with
//!
//! ```text
//! v(x, s) + θ ≥ v*(s)        for every judgement s
//! ```
//!
//! solved with some of the judgements first; the one under which the plan found has the largest regret
//! is added, until there is none left. With some judgements alone the least θ is a bound from below.
//! Where v*(s) is known as an interval, the bound from below uses what was found and the regret of a
//! plan is an interval too.

use std::sync::Arc;

use super::super::super::{Asking, Interval};
use super::judgements::{Held, Judgements, value};
use crate::formulation::{DecisionId, Formulation, Helper, Linear, Price, Sense, Taken, Values};
use crate::plan::Plan;
use crate::quantities::{Money, Share, rounded};
use crate::solve::{Control, Settings, solve_under};

/// How often the plan of least regret is sought anew.
const MOST_ROUNDS: usize = 60;

/// The regret of a plan over judgements, in thousandths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regrets {
    /// On average.
    pub mean: Interval,
    /// At most.
    pub most: Interval,
    /// The largest part of what the best plan is worth that it loses, in basis points.
    pub most_part: Interval,
    /// Under how many judgements it is shown to be near the best.
    pub near: usize,
    /// Under how many it is shown not to be.
    pub far: usize,
    /// Over how many judgements.
    pub judgements: usize,
}

/// A plan of least maximum regret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastRegret {
    /// The plan.
    pub plan: Plan,
    /// Its regret.
    pub regrets: Regrets,
    /// No plan's maximum regret is below this, in thousandths of a point.
    pub bound: i64,
}

impl Regrets {
    /// Over judgements: what the plan is worth under each, and what the best plan is.
    pub(super) fn over(judgements: &[(i64, Interval)], within: Share) -> Regrets {
        let side = |end: fn(&Interval) -> Option<i64>| {
            let short = |(value, best): &(i64, Interval)| {
                let best = end(best)?;
                Some(((best - value).max(0), best.abs().max(1)))
            };
            let all: Option<Vec<(i64, i64)>> = judgements.iter().map(short).collect();
            all.filter(|all| !all.is_empty()).map(|all| Side::of(&all))
        };
        let (found, proven) = (side(|own| own.least), side(|own| own.most));
        let between = |said: fn(&Side) -> i64| Interval {
            least: found.as_ref().map(said),
            most: proven.as_ref().map(said),
        };
        let floor = |best: Option<i64>| best.map(|best| super::super::within(best, within));
        let is_near = |(value, best): &&(i64, Interval)| {
            floor(best.most).is_some_and(|floor| *value >= floor)
        };
        let is_far = |(value, best): &&(i64, Interval)| {
            floor(best.least).is_some_and(|floor| *value < floor)
        };
        Regrets {
            mean: between(|own| own.mean),
            most: between(|own| own.most),
            most_part: between(|own| own.most_part),
            near: judgements.iter().filter(is_near).count(),
            far: judgements.iter().filter(is_far).count(),
            judgements: judgements.len(),
        }
    }
}

/// Regret measured from one end of the best values.
struct Side {
    mean: i64,
    most: i64,
    most_part: i64,
}

impl Side {
    /// Of regrets, each with the value that it is measured from.
    fn of(all: &[(i64, i64)]) -> Side {
        let regrets = || all.iter().map(|&(regret, _)| regret);
        let sum: i128 = regrets().map(i128::from).sum();
        let part = |&(regret, best): &(i64, i64)| {
            let whole = i128::from(Share::WHOLE);
            rounded(i128::from(regret) * whole, i128::from(best))
        };
        Side {
            mean: rounded(sum, i128::try_from(all.len()).unwrap_or(1).max(1)),
            most: regrets().max().unwrap_or_default(),
            most_part: all.iter().map(part).max().unwrap_or_default(),
        }
    }
}

/// The plan of least maximum regret over the judgements `scenarios`, beginning with `plan`.
pub(super) fn least(
    judgements: &Judgements<'_>,
    plan: &Held,
    scenarios: &[usize],
    (within, settings): (Share, &Settings),
    asking: Asking<'_>,
) -> LeastRegret {
    // A plan from elsewhere may break rules: it is none to choose then.
    let own = judgements.is_admitted(plan).then_some(plan);
    let all: Vec<&Held> = own.into_iter().chain(&judgements.pool).collect();
    let worst_of = worst(judgements, &all, scenarios).into_iter().zip(all);
    let known = worst_of.filter_map(|(worst, held)| Some((worst?, held.clone())));
    let (mut best, mut bound) = (known.min_by_key(|((most, _), _)| *most), 0);
    let mut asked: Vec<usize> = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let Some(((most, at), held)) = best.clone() else {
            break;
        };
        if asking.is_cancelled() || settings.reaches(-most, -bound) {
            break;
        }
        // The judgement that is worst for the best plan, until it has been asked; then that of the plan
        // found last.
        if !asked.contains(&at) {
            asked.push(at);
        }
        let Some((found, least)) = round(judgements, &asked, &held, settings, asking) else {
            break;
        };
        bound = bound.max(least.unwrap_or(0));
        let [Some((regret, at))] = worst(judgements, &[&found], scenarios)[..] else {
            break;
        };
        let is_new = !asked.contains(&at);
        if is_new {
            asked.push(at);
        }
        if regret < most {
            best = Some(((regret, at), found));
        } else if !is_new {
            break;
        }
    }
    let held = best.map_or_else(|| plan.clone(), |(_, held)| held);
    LeastRegret {
        plan: judgements.plan(&held),
        regrets: judgements.regrets(&held, scenarios, within),
        bound,
    }
}

/// The largest regret of each plan over the judgements, with the first of them that has it; `None` over
/// none. The benefits of a judgement are computed once for all plans.
fn worst(
    judgements: &Judgements<'_>,
    plans: &[&Held],
    scenarios: &[usize],
) -> Vec<Option<(i64, usize)>> {
    let mut worst: Vec<Option<(i64, usize)>> = vec![None; plans.len()];
    for &at in scenarios {
        let benefit = judgements.benefit(at);
        let found = judgements.optimum(at).least.unwrap_or_default();
        for (worst, plan) in worst.iter_mut().zip(plans) {
            let regret = found - value(&benefit, plan);
            if worst.is_none_or(|(most, _)| regret > most) {
                *worst = Some((regret, at));
            }
        }
    }
    worst
}

/// The plan of least maximum regret over a few judgements, and the bound of that regret from below.
fn round(
    judgements: &Judgements<'_>,
    asked: &[usize],
    start: &Held,
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<(Held, Option<i64>)> {
    let of = |&at: &usize| {
        let found = judgements.optimum(at).least.unwrap_or_default();
        (judgements.benefit(at), found)
    };
    let judged: Vec<(Vec<i64>, i64)> = asked.iter().map(of).collect();
    let formulation = falling_short(&judgements.formulation, &judged);
    let control = Control {
        start: Some(&start.flags),
        ..asking.control()
    };
    let solved = solve_under(&formulation, settings, &control);
    let taken = solved.outcome.plan()?;
    let plan = judgements.problem.plan(&judgements.formulation, taken);
    Some((judgements.hold(&plan), solved.bound.map(|own| -own)))
}

/// The problem of falling short least: under each judgement, by its benefits, of a value; what soft
/// rules cost counts under each.
fn falling_short(formulation: &Formulation, judged: &[(Vec<i64>, i64)]) -> Formulation {
    let priced: Vec<(usize, Price, Helper)> = formulation
        .helpers()
        .iter()
        .enumerate()
        .filter_map(|(at, helper)| Some((at, helper.price?, helper.clone())))
        .collect();
    let mut other = formulation.with_objective(vec![0; formulation.benefit().len()]);
    let own: Arc<Vec<(Vec<i64>, i64)>> = Arc::new(judged.to_vec());
    let costs: Vec<(Price, Helper)> = priced
        .iter()
        .map(|(_, price, helper)| (*price, helper.clone()))
        .collect();
    let short = move |taken: &Taken<'_>| {
        let values = costs.iter();
        let cost = Price::cost(values.map(|(price, helper)| (*price, (helper.witness)(taken))));
        let by = own.iter().map(|(benefit, wanted)| {
            let pairs = taken.0.iter().zip(benefit).filter(|(taken, _)| **taken);
            wanted - (pairs.map(|(_, own)| own).sum::<i64>() - cost)
        });
        by.max().unwrap_or_default().max(0)
    };
    // An amount, since it may be as large: whole columns of a solver are small.
    let short = other.helper("regret".to_owned(), Values::Amount, short);
    other.price(
        short,
        Price {
            thousandths: 1,
            of: 1,
        },
    );
    // In whole numbers: prices are for one, or for a million.
    let times = if priced.is_empty() {
        1
    } else {
        Money::MILLION.0
    };
    for (at, (benefit, wanted)) in judged.iter().enumerate() {
        let decisions: Linear = benefit
            .iter()
            .enumerate()
            .map(|(place, own)| (DecisionId::at(place), own * times))
            .collect();
        let mut helpers = vec![(short, times)];
        for (place, price, _) in &priced {
            let cost = price.thousandths * (times / price.of);
            helpers.push((crate::formulation::HelperId::at(*place), -cost));
        }
        let label = format!("regret[{at}]");
        other.row(label, decisions, helpers, Sense::AtLeast, wanted * times);
    }
    other
}
