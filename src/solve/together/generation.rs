//! Inequalities by column generation: the relaxation with the decisions of a group made up of whole sets.
//!
//! Its prices π ask for the set that comes to most by them, until no set comes to more than those known
//! (Dantzig & Wolfe 1960, “Decomposition principle for linear programs”, Operations Research 8(1)). Where no
//! set comes to more than M (see `fullest`), Σ πⱼ xⱼ ≤ M holds for all whole plans, and in the end the
//! relaxation with such inequalities is as low as the one made up of sets. They are sought half way between
//! those prices and what the relaxation with the inequalities so far pays (Wentges 1997, “Weighted
//! Dantzig–Wolfe decomposition for linear mixed-integer programming”, International Transactions in
//! Operational Research 4(2)).
//!
//! On the national years of tight of 100, s1, eleven searches bring the two relaxations within 0.04 per cent of
//! each other in 3.8 s. Half way from the prices asked before, with sets taken that a short search finds, it took
//! 33 to 60 sets and as many seconds to 0.1 per cent.

use super::Group;
use super::fullest::{Steps, fullest};
use crate::solve::backend::{Backend, Live, Task};
use crate::solve::model::{Model, ModelColumn, ModelRow, TOLERANCE};

/// The most sets.
const SETS: usize = 100;
/// The largest multiple.
const WHOLE: f64 = 16_384.0;
/// By how much of the objective a set must come to more than those known.
const MORE: f64 = 1e-6;
/// What is left between the two relaxations, as a part of the objective; what lowers it by less is in vain.
const CLOSE: f64 = 1e-5;

/// Inequalities of what fits into a group's ceilings, as many as the relaxation presses against; `plans` say
/// which decisions they take. None where less than [`CLOSE`] is to be gained.
pub(in crate::solve) fn inequalities<'a>(
    group: &'a Group,
    backend: &'a dyn Backend,
    relaxed: &'a Model,
    plans: &[Vec<bool>],
    steps: Steps<'a>,
) -> Vec<ModelRow> {
    let set = |plan: &Vec<bool>| {
        let all = 0..group.decisions.len();
        all.filter(|&own| plan[group.decisions[own]]).collect()
    };
    let Some(mut live) = backend.live(relaxed) else {
        return Vec::new();
    };
    let highest = live.optimise(Task::exact()).bound.unwrap_or_default();
    let mut generation = Generation {
        group,
        backend,
        relaxed,
        sets: plans.iter().map(set).collect(),
        highest,
        above: Above {
            live,
            objective: highest,
            rows: Vec::new(),
        },
        steps,
    };
    while generation.step().is_some() {}
    let rows = generation.above.rows.into_iter();
    let tight = rows.filter(|(_, pays)| *pays > TOLERANCE);
    tight.map(|(row, _)| row).collect()
}

struct Generation<'a> {
    group: &'a Group,
    backend: &'a dyn Backend,
    relaxed: &'a Model,
    /// The sets known, as positions in the group.
    sets: Vec<Vec<usize>>,
    /// What the relaxation comes to without inequalities.
    highest: f64,
    above: Above,
    steps: Steps<'a>,
}

/// The relaxation with the inequalities that were shown: never lower than the one made up of sets.
struct Above {
    live: Box<dyn Live>,
    objective: f64,
    /// The inequalities, each with what the relaxation pays for it.
    rows: Vec<(ModelRow, f64)>,
}

/// The relaxation made up of the sets known.
struct Below {
    objective: f64,
    /// What each decision is worth.
    prices: Vec<f64>,
    /// What the sets known come to at most by the prices.
    known: f64,
}

impl Generation<'_> {
    /// Finds a set that lifts the lower relaxation; `None` where there is none, or where the search ends.
    fn step(&mut self) -> Option<()> {
        if self.sets.len() >= SETS || !self.steps.look() {
            return None;
        }
        let below = self.below()?;
        let is_open = |above: f64| below.objective < above - CLOSE * above.abs();
        if !is_open(self.highest) || !is_open(self.above.objective) {
            return None;
        }
        let most = below.known + MORE * below.objective.abs();
        for prices in [self.between(&below.prices), Some(below.prices.clone())] {
            let Some(prices) = prices else { continue };
            let set = self.ask(&prices)?;
            let worth: f64 = set.iter().map(|&own| below.prices[own]).sum();
            if worth > most {
                self.sets.push(set);
                return Some(());
            }
        }
        None
    }

    /// The relaxation with the decisions of the group made up of sets.
    fn below(&self) -> Option<Below> {
        let (first, rows) = (self.relaxed.columns.len(), self.relaxed.rows.len());
        let mut made = self.relaxed.clone();
        for (position, &decision) in self.group.decisions.iter().enumerate() {
            let sets = self.sets.iter().enumerate();
            let in_sets = sets.filter(|(_, set)| set.contains(&position));
            let mut terms = vec![(decision, 1.0)];
            terms.extend(in_sets.map(|(set, _)| (first + set, -1.0)));
            made.rows.push(ModelRow::at_most(terms, 0.0));
        }
        let terms = (0..self.sets.len()).map(|set| (first + set, 1.0));
        made.rows.push(ModelRow::at_most(terms.collect(), 1.0));
        let sets = self.sets.iter().map(|_| ModelColumn::part(0.0));
        made.columns.extend(sets);
        let answer = self.backend.live(&made)?.optimise(Task::exact());
        let prices: Vec<f64> = answer.prices?[rows..].iter().map(|own| own.abs()).collect();
        let (own, known) = prices.split_at(self.group.decisions.len());
        Some(Below {
            objective: answer.bound?,
            prices: own.to_vec(),
            known: *known.first()?,
        })
    }

    /// Half way from prices to what the decisions cost by the inequalities; nothing before there are any.
    fn between(&self, prices: &[f64]) -> Option<Vec<f64>> {
        let mut costs = vec![0.0; self.relaxed.columns.len()];
        for (row, pays) in &self.above.rows {
            for &(column, multiple) in &row.terms {
                costs[column] += multiple * pays;
            }
        }
        let is_any = !self.above.rows.is_empty();
        let own = self.group.decisions.iter().zip(prices);
        is_any.then(|| own.map(|(&id, own)| (own + costs[id]) / 2.0).collect())
    }

    /// The set that comes to most by prices, whose inequality is added; `None` where the search does not end.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // parts of WHOLE
    fn ask(&mut self, prices: &[f64]) -> Option<Vec<usize>> {
        let largest = prices.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let multiples = prices.iter().map(|own| (own / largest * WHOLE) as i64);
        let multiples: Vec<i64> = multiples.collect();
        let (group, backend) = (self.group, self.backend);
        let worth = |set: &Vec<usize>| set.iter().map(|&own| multiples[own]).sum::<i64>();
        let known = self.sets.iter().max_by_key(|set| worth(set)).cloned();
        let known = known.unwrap_or_default();
        let least = worth(&known);
        let found = fullest(
            group,
            backend,
            self.relaxed,
            &multiples,
            least,
            &mut self.steps,
        )?;
        let terms = group.decisions.iter().zip(&multiples);
        let terms = terms.filter(|(_, own)| **own > 0);
        let terms = terms.map(|(&decision, &own)| (decision, own as f64));
        let row = ModelRow::at_most(terms.collect(), found.most as f64);
        self.above.put(row)?;
        Some(found.set.unwrap_or(known))
    }
}

impl Above {
    /// Adds an inequality.
    fn put(&mut self, row: ModelRow) -> Option<()> {
        if !self.live.add_rows(std::slice::from_ref(&row)) {
            return None;
        }
        self.rows.push((row, 0.0));
        let answer = self.live.optimise(Task::exact());
        self.objective = answer.bound?;
        let prices = answer.prices?;
        // The inequalities are the last rows.
        for ((_, pays), price) in self.rows.iter_mut().rev().zip(prices.iter().rev()) {
            *pays = price.abs();
        }
        Some(())
    }
}
