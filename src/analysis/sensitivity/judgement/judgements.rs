//! The judgements drawn, the plans come upon, and what each is worth under each.

use std::collections::HashSet;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::super::{Asking, Drawn, Interval};
use super::regret::{LeastRegret, Regrets};
use super::weights::WeightSet;
use super::{JudgementAsked, Named};
use crate::formulation::{Formulation, Taken};
use crate::phrase::Phrase;
use crate::plan::{Gap, Plan};
use crate::policy::Scoring;
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId};
use crate::quantities::{Share, rounded};
use crate::solve::{Control, KeptRelaxation, Settings, covered, solve_under};

/// How many judgements are searched before the plans found speak for the others.
const BLOCK: usize = 16;

/// A plan as its decisions, with what its breaches of soft rules cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub flags: Vec<bool>,
    decisions: Vec<usize>,
    cost: i64,
}

/// What is known of one judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Known {
    /// The best plan found, by its position in the pool.
    best: usize,
    found: i64,
    bound: Option<i64>,
    is_answered: bool,
}

/// An answer that is kept from one run to the next.
#[derive(Serialize, Deserialize)]
struct KeptAnswer {
    decisions: Vec<usize>,
    bound: Option<i64>,
}

pub(super) struct Judgements<'a> {
    pub problem: &'a Problem<'a>,
    pub formulation: Formulation,
    /// What the tiers are held at: other problems have other answers.
    tiers_held: Vec<i64>,
    asked: &'a JudgementAsked,
    weights: Vec<Vec<i64>>,
    pub set: WeightSet,
    pub pool: Vec<Held>,
    known: Vec<Known>,
}

impl<'a> Judgements<'a> {
    pub fn new(
        problem: &'a Problem<'a>,
        drawn: &'a Drawn,
        asked: &'a JudgementAsked,
    ) -> Result<Judgements<'a>, Phrase> {
        let set = WeightSet::new(problem.scoring().weights(), asked.weights, &asked.ranges)?;
        let mut judgements = Judgements {
            problem,
            formulation: drawn.formulation.clone(),
            tiers_held: drawn.tiers_held(),
            asked,
            weights: set.draw(asked.seed, asked.samples),
            set,
            pool: Vec::new(),
            known: vec![Known::default(); asked.samples + asked.named.len()],
        };
        for flags in &drawn.kept {
            judgements.keep(flags);
        }
        if let Some(plan) = drawn.outcome.plan() {
            let own = judgements.hold(plan);
            judgements.keep(&own.flags);
        }
        Ok(judgements)
    }

    /// A plan, to be held against judgements.
    pub fn hold(&self, plan: &Plan) -> Held {
        self.held(self.formulation.flags(plan.choices()))
    }

    fn of_decisions(&self, decisions: &[usize]) -> Held {
        self.held(self.formulation.flags_at(decisions))
    }

    /// Whether a plan keeps every row, those of the tiers too.
    pub fn is_admitted(&self, held: &Held) -> bool {
        self.formulation.admits(&Taken(&held.flags))
    }

    fn held(&self, flags: Vec<bool>) -> Held {
        let decisions = Formulation::positions(&flags);
        let benefit = self.formulation.benefit();
        let own: i64 = decisions.iter().map(|&at| benefit[at]).sum();
        Held {
            cost: own - self.formulation.value(&Taken(&flags)),
            flags,
            decisions,
        }
    }

    /// Keeps a plan come upon.
    pub fn keep(&mut self, flags: &[bool]) {
        if self.pool.iter().all(|own| own.flags != flags) {
            let held = self.held(flags.to_vec());
            self.pool.push(held);
        }
    }

    /// The benefit of every decision under a judgement: those drawn first, then those with a name.
    pub fn benefit(&self, at: usize) -> Vec<i64> {
        let (programme, own) = (self.problem.programme(), self.problem.scoring());
        if let Some(named) = at.checked_sub(self.weights.len()) {
            return self.benefit_by(&self.asked.named[named].1);
        }
        let mut draws = ChaCha8Rng::seed_from_u64(self.asked.seed);
        draws.set_stream(1 + u64::try_from(at).unwrap_or(u64::MAX - 1));
        let strength = match self.asked.strength {
            Some((least, most)) => Share(draws.random_range(least.0..=most.0.max(least.0))),
            None => own.strength(),
        };
        let by = self.asked.scores;
        let scores: Vec<Vec<i64>> = if by == 0 {
            Vec::new()
        } else {
            let score = |project, criterion| {
                let score = own.score(programme, project, criterion);
                draws.random_range((score - by).max(0)..=(score + by).min(100))
            };
            scores(programme, score)
        };
        let score = |project: ProjectId, criterion: usize| match scores.get(project.index()) {
            Some(scores) => scores[criterion],
            None => own.score(programme, project, criterion),
        };
        let weights = self.weights[at].clone();
        let mut benefit = self.benefit_by(&own.judged(programme, (weights, strength), score));
        let spread = self.asked.benefit.0;
        if spread > 0 {
            for group in self.formulation.groups() {
                let part = i128::from(Share::WHOLE + draws.random_range(-spread..=spread));
                for own in &mut benefit[group.clone()] {
                    *own = rounded(i128::from(*own) * part, i128::from(Share::WHOLE));
                }
            }
        }
        benefit
    }

    /// The benefit of every decision by a scoring.
    pub fn benefit_by(&self, scoring: &Scoring) -> Vec<i64> {
        let programme = self.problem.programme();
        let decisions = self.formulation.decisions();
        decisions
            .map(|(_, own)| scoring.benefit(programme, own))
            .collect()
    }

    /// Finds the best plan under every judgement, as far as the settings of one search allow.
    pub fn answer(&mut self, settings: &Settings, asking: Asking<'_>) {
        let formulation = covered(&self.formulation, settings);
        let count = asking.count(self.known.len());
        self.relax(&formulation, settings, asking);
        let mut open = 0..self.known.len();
        while !open.is_empty() && !asking.is_cancelled() {
            let mut block = Vec::new();
            while block.len() < BLOCK {
                let Some(at) = open.next() else { break };
                if self.is_near(at, settings) {
                    self.known[at].is_answered = true;
                    count.one();
                } else {
                    block.push(at);
                }
            }
            let search = |&at: &usize| (at, self.search(at, &formulation, settings, asking));
            let answers: Vec<_> = block.par_iter().map(search).collect();
            for (at, answer) in answers {
                self.take(at, answer);
                count.one();
            }
        }
        // Plans found last may be the best of judgements answered first.
        let last = 0..self.known.len();
        let best: Vec<_> = last.into_par_iter().map(|at| self.best(at)).collect();
        for (known, (best, found)) in self.known.iter_mut().zip(best) {
            (known.best, known.found) = (best, found);
        }
    }

    /// Bounds every judgement by the linear relaxation, a part of them for each thread.
    fn relax(&mut self, formulation: &Formulation, settings: &Settings, asking: Asking<'_>) {
        let all: Vec<usize> = (0..self.known.len()).collect();
        let part = all.len().div_ceil(rayon::current_num_threads()).max(1);
        let bounds_of = |part: &[usize]| -> Vec<Option<i64>> {
            let mut kept = KeptRelaxation::new(formulation, settings.solver);
            let bound = |&at: &usize| {
                let kept = kept.as_mut().filter(|_| !asking.is_cancelled())?;
                kept.aim_at(&self.benefit(at)).ok()?;
                kept.bound().ok()?
            };
            part.iter().map(bound).collect()
        };
        let bounds: Vec<Vec<Option<i64>>> = all.par_chunks(part).map(bounds_of).collect();
        for (known, bound) in self.known.iter_mut().zip(bounds.into_iter().flatten()) {
            known.bound = bound;
        }
    }

    /// Whether the best plan at hand is as near to the bound of a judgement as was asked.
    fn is_near(&mut self, at: usize, settings: &Settings) -> bool {
        let (best, found) = self.best(at);
        let known = &mut self.known[at];
        (known.best, known.found) = (best, found);
        known
            .bound
            .is_some_and(|bound| settings.reaches(found, bound))
    }

    /// The best plan of the pool for a judgement, by its position, with what it is worth.
    fn best(&self, at: usize) -> (usize, i64) {
        let benefit = self.benefit(at);
        let values = self.pool.iter().map(|own| value(&benefit, own));
        // Of plans that are worth the same the first stands.
        let best = values.enumerate().rev().max_by_key(|(_, value)| *value);
        best.unwrap_or_default()
    }

    fn search(
        &self,
        at: usize,
        formulation: &Formulation,
        settings: &Settings,
        asking: Asking<'_>,
    ) -> Option<KeptAnswer> {
        let words = format!("judgement {at} {:?}", self.tiers_held);
        let kept = asking.recall::<KeptAnswer>(&words);
        if let Some(kept) = kept.filter(|own| self.is_admitted(&self.of_decisions(&own.decisions)))
        {
            return Some(kept);
        }
        let altered = formulation.with_benefit(self.benefit(at));
        let control = Control {
            start: self.pool.get(self.known[at].best).map(|own| &own.flags[..]),
            ..asking.control()
        };
        let solved = solve_under(&altered, settings, &control);
        if asking.is_cancelled() {
            return None;
        }
        let taken = solved.outcome.plan()?;
        let answer = KeptAnswer {
            decisions: Formulation::positions(taken),
            bound: solved.bound,
        };
        asking.keep(&words, &answer);
        Some(answer)
    }

    fn take(&mut self, at: usize, answer: Option<KeptAnswer>) {
        let Some(answer) = answer else { return };
        let held = self.of_decisions(&answer.decisions);
        self.keep(&held.flags);
        let known = &mut self.known[at];
        known.is_answered = true;
        known.bound = [known.bound, answer.bound].into_iter().flatten().min();
    }

    /// How many of the judgements drawn are answered.
    pub fn answered(&self) -> usize {
        let drawn = self.known[..self.weights.len()].iter();
        drawn.filter(|own| own.is_answered).count()
    }

    /// The judgements over which regret is measured: those with a name where there are any, else those
    /// drawn; those that are answered.
    pub fn scenarios(&self) -> Vec<usize> {
        let first = if self.asked.named.is_empty() {
            0
        } else {
            self.weights.len()
        };
        let all = first..self.known.len();
        all.filter(|&at| self.known[at].is_answered).collect()
    }

    /// What the best plan under a judgement is worth.
    pub fn optimum(&self, at: usize) -> Interval {
        let known = self.known[at];
        Interval {
            least: Some(known.found),
            most: known.bound.map(|bound| bound.max(known.found)),
        }
    }

    /// How many of the best plans found fund each project, over the judgements drawn and answered.
    pub fn accepted(&self) -> Vec<usize> {
        let mut accepted = vec![0; self.problem.programme().projects.len()];
        let drawn = self.known[..self.weights.len()].iter();
        for known in drawn.filter(|own| own.is_answered) {
            for decision in self.plan(&self.pool[known.best]).choices() {
                accepted[decision.project.index()] += 1;
            }
        }
        accepted
    }

    /// How many different plans are the best of some judgement drawn.
    pub fn different(&self) -> usize {
        let drawn = self.known[..self.weights.len()].iter();
        let best = drawn.filter(|own| own.is_answered).map(|own| own.best);
        best.collect::<HashSet<usize>>().len()
    }

    /// How far a judgement drawn may be from its best, on average, in basis points.
    pub fn mean_gap(&self) -> Option<i64> {
        let drawn = self.known[..self.weights.len()].iter();
        let answered = drawn.filter(|own| own.is_answered);
        let gap = |own: &Known| {
            let bound = own.bound?;
            Some(Gap::between(own.found, bound.max(own.found)).share().0)
        };
        let gaps: Vec<i64> = answered.map(gap).collect::<Option<_>>()?;
        let count = i128::try_from(gaps.len()).unwrap_or(1).max(1);
        Some(rounded(
            gaps.iter().map(|&own| i128::from(own)).sum(),
            count,
        ))
    }

    /// The plan that is held.
    pub fn plan(&self, held: &Held) -> Plan {
        self.problem.plan(&self.formulation, &held.flags)
    }

    pub fn regrets(&self, plan: &Held, scenarios: &[usize], within: Share) -> Regrets {
        let of = |&at: &usize| (value(&self.benefit(at), plan), self.optimum(at));
        Regrets::over(&scenarios.iter().map(of).collect::<Vec<_>>(), within)
    }

    pub fn named(&self, plan: &Held, least: &LeastRegret) -> Vec<Named> {
        let least = self.hold(&least.plan);
        let named = self.asked.named.iter().enumerate();
        let told = named.map(|(place, (name, _))| {
            let at = self.weights.len() + place;
            let benefit = self.benefit(at);
            Named {
                name: name.clone(),
                best: self.optimum(at),
                value: value(&benefit, plan),
                least_regret: value(&benefit, &least),
            }
        });
        told.collect()
    }
}

/// What a plan is worth by these benefits, less what it breaks.
pub(super) fn value(benefit: &[i64], plan: &Held) -> i64 {
    let own: i64 = plan.decisions.iter().map(|&at| benefit[at]).sum();
    own - plan.cost
}

/// A score for each project and criterion, project by project.
fn scores(programme: &Programme, mut score: impl FnMut(ProjectId, usize) -> i64) -> Vec<Vec<i64>> {
    let criteria = 0..programme.criteria.len();
    let of = |project| {
        let own = criteria.clone().map(|criterion| score(project, criterion));
        own.collect()
    };
    programme.ids().map(of).collect()
}
