//! How far may the weight of a criterion move before the plan is no longer near the best?
//!
//! As criterion c weighs the part t of all, the others keeping their proportions, every plan's value
//! is linear in t (but for the rounding of merit to a hundredth of a point), so the best value V(t) is
//! the highest of straight lines and the plan's shortfall (1 − ε) · V(t) − value(t) is convex: the
//! parts at which the plan is within ε of the best form one interval, around its own where it is
//! within ε there, which is asked first (parametric programming; Jenkins, *Annals of Operations Research* 27 (1990)). Merit gates and tiers are held.
//!
//! Each end is found on the grid of basis points. The plans at hand say from where on one of them beats
//! the plan by more than ε; just before that place a search asks whether any plan does. If one does, the
//! end lies nearer and the search is made again there; if none does, the end is found. A search that a
//! limit ends is made nearer to the weight's own part, and the end told as an interval.

use std::sync::Mutex;

use rayon::prelude::*;

use super::super::super::Asking;
use super::judgements::{Held, Judgements, value};
use crate::quantities::Share;
use crate::solve::{Control, Settings, solve_under};

/// How many searches that a limit ends are made for one end.
const MOST_OPEN_SEARCHES: usize = 4;

/// Weights are brought to at most this, so that multiples of them stay whole numbers of 64 bits.
const MOST_WEIGHT: i64 = 1_000_000_000;

/// How far the weight of a criterion may move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightStability {
    /// The criterion, by its position among the programme's.
    pub criterion: usize,
    /// Its part of all weights now, rounded to the basis point.
    pub own: Share,
    /// Downwards.
    pub down: Edge,
    /// Upwards.
    pub up: Edge,
}

/// One end of the interval in which a plan stays near the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The furthest part of all weights at which the plan is shown to stay; `None` where it is not shown to
    /// stay even at the nearest.
    pub stays: Option<Share>,
    /// The nearest part at which another plan is shown to beat it by more than ε; `None` where none is.
    pub leaves: Option<Share>,
}

impl Edge {
    /// Where the plan is not shown to stay even at the nearest place.
    fn nowhere(leaves: Option<Share>) -> Edge {
        Edge {
            stays: None,
            leaves,
        }
    }

    /// Whether the plan stays however far the weight moves this way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let end = |own: Share| own.0 == 0 || own.0 == Share::WHOLE;
        self.leaves.is_none() && self.stays.is_some_and(end)
    }
}

/// The problem of one criterion: the plan, and those known to beat it.
struct Moving<'a> {
    judgements: &'a Judgements<'a>,
    plan: &'a Held,
    pool: &'a Mutex<Vec<Held>>,
    weights: &'a [i64],
    criterion: usize,
    within: Share,
    settings: Settings,
    asking: Asking<'a>,
}

/// How far each weight may move before `plan` is not within a part of the best.
pub(super) fn stabilities(
    judgements: &mut Judgements<'_>,
    plan: &Held,
    within: Share,
    settings: &Settings,
    asking: Asking<'_>,
) -> Vec<WeightStability> {
    let weights = brought_down(judgements.problem.scoring().weights());
    let total: i64 = weights.iter().sum();
    // With one criterion that weighs there is nothing to shift.
    let movable = |criterion: &usize| weights[*criterion] < total;
    let criteria: Vec<usize> = (0..weights.len()).filter(movable).collect();
    let pool = Mutex::new(judgements.pool.clone());
    let count = asking.count(criteria.len() * 2);
    let here: &Judgements<'_> = judgements;
    let ends = criteria.iter().flat_map(|&own| [(own, false), (own, true)]);
    let ends: Vec<(usize, bool)> = ends.collect();
    let edges: Vec<Edge> = ends
        .par_iter()
        .map(|&(criterion, is_up)| {
            let moving = Moving {
                judgements: here,
                plan,
                pool: &pool,
                weights: &weights,
                criterion,
                within,
                settings: Settings {
                    gap: 0.0,
                    ..settings.clone()
                },
                asking,
            };
            let edge = moving.edge(is_up);
            count.one();
            edge
        })
        .collect();
    for held in pool.into_inner().unwrap_or_default() {
        judgements.keep(&held.flags);
    }
    let told = criteria.iter().zip(edges.chunks(2));
    told.map(|(&criterion, edges)| WeightStability {
        criterion,
        own: Share::ratio(weights[criterion], total),
        down: edges[0],
        up: edges[1],
    })
    .collect()
}

/// Weights in the same proportions, small enough to be multiplied.
fn brought_down(weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|&own| i128::from(own)).sum();
    let most = i128::from(MOST_WEIGHT);
    if total <= most {
        return weights.to_vec();
    }
    let small = |&own: &i64| i64::try_from(i128::from(own) * most / total).unwrap_or(0);
    weights.iter().map(small).collect()
}

impl Moving<'_> {
    /// The plans at hand.
    fn pool(&self) -> std::sync::MutexGuard<'_, Vec<Held>> {
        let pool = self.pool.lock();
        pool.unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The weights of all criteria when this one has the part `part` of them.
    fn weights_at(&self, part: i64) -> Vec<i64> {
        let total: i64 = self.weights.iter().sum();
        let others = total - self.weights[self.criterion];
        let weight = |(at, &own): (usize, &i64)| {
            if at == self.criterion {
                part * others
            } else {
                own * (Share::WHOLE - part)
            }
        };
        self.weights.iter().enumerate().map(weight).collect()
    }

    fn benefit_at(&self, part: i64) -> Vec<i64> {
        let (problem, own) = (self.judgements.problem, self.judgements.problem.scoring());
        let programme = problem.programme();
        let judged = own.weighed(programme, self.weights_at(part), own.strength());
        self.judgements.benefit_by(&judged)
    }

    /// The least value that beats the plan by more than a part of it, by these benefits.
    fn wanted(&self, benefit: &[i64]) -> i64 {
        let own = i128::from(value(benefit, self.plan)) * i128::from(Share::WHOLE);
        // Of a value below 0, as soft rules may make it, a part of it less lies above it.
        let lost = if own < 0 {
            -self.within.0
        } else {
            self.within.0
        };
        let kept = i128::from((Share::WHOLE - lost).max(1));
        i64::try_from(own.div_euclid(kept) + 1).unwrap_or(i64::MAX)
    }

    /// Whether a plan at hand beats the plan where the criterion has this part.
    fn is_beaten(&self, part: i64) -> bool {
        let benefit = self.benefit_at(part);
        let wanted = self.wanted(&benefit);
        let pool = self.pool();
        pool.iter().any(|own| value(&benefit, own) >= wanted)
    }

    /// Whether any plan beats it there; `None` where a limit ended the search. A plan that does is kept.
    fn asks(&self, part: i64) -> Option<bool> {
        if self.is_beaten(part) {
            return Some(true);
        }
        if self.asking.is_cancelled() {
            return None;
        }
        let benefit = self.benefit_at(part);
        let wanted = self.wanted(&benefit);
        let formulation = self.judgements.formulation.with_benefit(benefit);
        let control = Control {
            start: Some(&self.plan.flags),
            wanted: Some(wanted),
            ..self.asking.control()
        };
        let solved = solve_under(&formulation, &self.settings, &control);
        if let Some(taken) = solved.outcome.plan()
            && solved.outcome.found() >= Some(wanted)
        {
            let plan = self.judgements.problem.plan(&formulation, taken);
            let held = self.judgements.hold(&plan);
            self.pool().push(held);
            return Some(true);
        }
        solved
            .bound
            .is_some_and(|bound| bound < wanted)
            .then_some(false)
    }

    /// One end: upwards or downwards.
    fn edge(&self, is_up: bool) -> Edge {
        let total: i64 = self.weights.iter().sum();
        let own = i128::from(self.weights[self.criterion]) * i128::from(Share::WHOLE);
        let floor = i64::try_from(own.div_euclid(i128::from(total))).unwrap_or_default();
        let is_on_grid = own.rem_euclid(i128::from(total)) == 0;
        // Places are counted from the weight's own part outwards.
        let first = if is_up && !is_on_grid {
            floor + 1
        } else {
            floor
        };
        let length = if is_up { Share::WHOLE - first } else { first };
        let part = |place: i64| if is_up { first + place } else { first - place };
        // At `stays` and nearer the plan is shown to stay, at `leaves` and further to leave.
        let (mut stays, mut leaves) = (0, length + 1);
        // Convexity speaks of an interval around a place where the plan stays.
        match self.asks(part(0)) {
            Some(false) => {}
            Some(true) => return Edge::nowhere(Some(Share(part(0)))),
            None => return Edge::nowhere(None),
        }
        let mut place = length;
        let mut open = 0;
        while stays < leaves - 1 && open < MOST_OPEN_SEARCHES {
            match self.asks(part(place)) {
                Some(true) => {
                    leaves = self.first_beaten(stays, place, &part);
                    place = leaves - 1;
                }
                Some(false) => {
                    stays = place;
                    place = leaves - 1;
                    if open > 0 {
                        place = i64::midpoint(stays, leaves);
                    }
                }
                None => {
                    open += 1;
                    place = i64::midpoint(stays, place);
                }
            }
            if place <= stays {
                break;
            }
        }
        Edge {
            stays: Some(Share(part(stays))),
            leaves: (leaves <= length).then(|| Share(part(leaves))),
        }
    }

    /// The nearest place, after one at which it stays, at which a plan at hand beats the plan, which one
    /// does at `beaten`.
    fn first_beaten(&self, stays: i64, beaten: i64, part: &impl Fn(i64) -> i64) -> i64 {
        let (mut low, mut high) = (stays, beaten);
        while low + 1 < high {
            let middle = i64::midpoint(low, high);
            if self.is_beaten(part(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }
}
