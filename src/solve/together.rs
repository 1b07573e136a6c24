//! What several ceilings leave room for together, such as the years of a fund: inequalities that all whole
//! plans keep, and the relaxation does not.
//!
//! Each ceiling by itself can be filled (see `hulls`), not all of them at once: of a fund whose years hold
//! seven grants together, hardly two years are filled to the last. The relaxation with the decisions of such
//! ceilings made up of sets that fit is solved by column generation (see `generation`), and what it is lower by
//! is kept as inequalities, one to four. Bounds in thousands of points, two threads, 60 s, tight of 100, with
//! the ceilings one by one and with the five national years together:
//!
//! | instance | relaxation | together | choosing | together | large decisions whole too | together |
//! |---|---|---|---|---|---|---|
//! | s1 | 3979.9 | 3950.8 | 3963.7 | 3946.1 | 3955.1 | 3942.6 |
//! | s2 | 3338.1 | 3328.4 | 3323.3 | 3322.7 | 3323.2 | 3320.8 |
//! | s3 | 3924.5 | 3904.7 | 3892.1 | 3886.0 | 3886.9 | 3882.6 |
//!
//! It takes 5.5, 1.5 and 1.5 s. Ceilings that hold more are left out: the local years of those programmes (nine
//! grants each) and the national ones of 200 candidates (25 together) take as long and bring nothing, or come to no
//! end. So are those that are not full: the five years of a unit lower the relaxation of s3 from 3904.7 to
//! 3892.3 and choosing not at all, for 0.5 to 2 s each.
//!
//! Tried and left: more inequalities where choosing ends, from sets for its choice of projects (40 searches at
//! most), and choosing again, as often as time is left: s3 goes from 3886.0 to 3883.9 in four rounds of 13 s, s1
//! from 3947.1 to 3946.4, since other choices come to as much; with large decisions whole s3 stays at 3882.2.

mod fullest;
mod generation;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::hulls::{Ceiling, by_project};
pub(super) use fullest::Steps;
pub(super) use generation::inequalities;

/// The most ceilings of a group.
const CEILINGS: usize = 8;
/// Ceilings are together where one in so many of their decisions is in both.
const SHARED: usize = 5;
/// The parts in which that is counted.
const WHOLE_SHARE: usize = 1_000;
/// The most ceilings among which groups are sought.
const MANY: usize = 500;
/// The most decisions of mean size that fit into a group's ceilings, and into each.
const HELD: usize = 20;
const EACH: usize = 5;
/// The most projects of a group.
const PROJECTS: usize = 250;
/// A ceiling is full where less than one part in so many is left.
const FULL: f64 = 20.0;

/// Ceilings that much the same decisions fill.
pub(super) struct Group {
    decisions: Vec<usize>,
    /// The positions of each project's decisions.
    projects: Vec<Range<usize>>,
    /// What each takes of each ceiling, in its parts.
    weights: Vec<[i64; CEILINGS]>,
    capacities: [i64; CEILINGS],
    /// How many ceilings.
    count: usize,
}

/// The groups of ceilings that hold few decisions.
pub(super) fn groups(ceilings: &[Ceiling], group_of: &[usize]) -> Vec<Group> {
    if ceilings.len() > MANY {
        return Vec::new();
    }
    let sets = together(&tightest(ceilings));
    let groups = sets.iter().map(|set| Group::of(set, group_of));
    groups.filter(Group::holds_few).collect()
}

/// The ceilings without those that others of them imply.
fn tightest(ceilings: &[Ceiling]) -> Vec<&Ceiling> {
    let mut tightest: Vec<&Ceiling> = Vec::new();
    for own in ceilings {
        if !tightest.iter().any(|other| other.implies(own)) {
            tightest.retain(|other| !own.implies(other));
            tightest.push(own);
        }
    }
    tightest
}

/// Ceilings in sets, those that share most first.
fn together<'a>(ceilings: &[&'a Ceiling]) -> Vec<Vec<&'a Ceiling>> {
    let mut pairs: Vec<_> = shared(ceilings).into_iter().collect();
    pairs.retain(|own| own.1 * SHARED >= WHOLE_SHARE);
    pairs.sort_by_key(|&(pair, shared)| (Reverse(shared), pair));
    let mut sets: Vec<usize> = (0..ceilings.len()).collect();
    for ((first, second), _) in pairs {
        let (own, other) = (sets[first], sets[second]);
        let joined = sets.iter().filter(|&&set| set == own || set == other);
        if joined.count() <= CEILINGS {
            let others = sets.iter_mut().filter(|set| **set == other);
            others.for_each(|set| *set = own);
        }
    }
    let of = |set: usize| {
        let own = sets.iter().zip(ceilings).filter(move |own| *own.0 == set);
        own.map(|own| *own.1).collect()
    };
    let sets = (0..ceilings.len()).map(of);
    sets.filter(|set: &Vec<&Ceiling>| set.len() > 1).collect()
}

/// The part of the decisions of two ceilings that is in both, in parts of [`WHOLE_SHARE`].
fn shared(ceilings: &[&Ceiling]) -> BTreeMap<(usize, usize), usize> {
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, own) in ceilings.iter().enumerate() {
        for &decision in &own.decisions {
            of.entry(decision).or_default().push(place);
        }
    }
    let mut both: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for places in of.values() {
        for (at, &second) in places.iter().enumerate() {
            for &first in &places[..at] {
                *both.entry((first, second)).or_default() += 1;
            }
        }
    }
    for ((first, second), both) in &mut both {
        let size = |own: usize| ceilings[own].decisions.len();
        *both = *both * WHOLE_SHARE / (size(*first) + size(*second) - *both);
    }
    both
}

impl Group {
    fn of(ceilings: &[&Ceiling], group_of: &[usize]) -> Group {
        let all = ceilings.iter().flat_map(|own| &own.decisions);
        let mut decisions: Vec<usize> = all.copied().collect();
        decisions.sort_unstable_by_key(|&own| (group_of[own], own));
        decisions.dedup();
        let mut weights = vec![[0; CEILINGS]; decisions.len()];
        let mut capacities = [0; CEILINGS];
        for (place, own) in ceilings.iter().enumerate() {
            capacities[place] = parts(own.capacity);
            for (&decision, &weight) in own.decisions.iter().zip(&own.weights) {
                let key = (group_of[decision], decision);
                if let Ok(at) = decisions.binary_search_by_key(&key, |&own| (group_of[own], own)) {
                    weights[at][place] = parts(weight);
                }
            }
        }
        Group {
            projects: by_project(&decisions, group_of),
            decisions,
            weights,
            capacities,
            count: ceilings.len(),
        }
    }

    /// Whether few decisions of mean size fit: more are not searched to the end.
    fn holds_few(&self) -> bool {
        let held = |own: usize| {
            let taken = self
                .weights
                .iter()
                .map(|all| all[own])
                .filter(|&own| own > 0);
            let (sum, count) = taken.fold((0, 0), |(sum, count), own| (sum + own, count + 1));
            index(self.capacities[own] * count / sum.max(1))
        };
        let held: Vec<usize> = (0..self.count).map(held).collect();
        let is_few = held.iter().all(|&own| own <= EACH) && held.iter().sum::<usize>() <= HELD;
        is_few && self.projects.len() <= PROJECTS
    }

    /// Whether every ceiling is full at a point of the relaxation: where one is not, little is gained that the
    /// whole choice of projects does not bring too.
    #[allow(clippy::cast_precision_loss)] // parts of a ceiling
    pub fn is_full(&self, values: &[f64]) -> bool {
        let is_full = |own: usize| {
            let all = self.decisions.iter().zip(&self.weights);
            let filled: f64 = all.map(|(&id, takes)| values[id] * takes[own] as f64).sum();
            filled * FULL >= self.capacities[own] as f64 * (FULL - 1.0)
        };
        (0..self.count).all(is_full)
    }
}

fn index(parts: i64) -> usize {
    usize::try_from(parts).unwrap_or(0)
}

fn parts(own: usize) -> i64 {
    i64::try_from(own).unwrap_or(i64::MAX)
}

#[cfg(all(test, feature = "highs"))]
mod tests {
    use proptest::prelude::*;

    use super::fullest::fullest;
    use super::*;
    use crate::formulation::{DecisionId, Formulation, numbered};
    use crate::solve::Solver;
    use crate::solve::backend::{self, Backend, Task};
    use crate::solve::hulls;
    use crate::solve::model::Model;

    const PROJECTS: usize = 6;
    const DECISIONS: usize = 2 * PROJECTS;

    fn backend() -> &'static dyn Backend {
        backend::of(Solver::Highs)
    }

    /// Projects with two decisions each, which take so much of two ceilings.
    fn formulation(takes: &[(i64, i64)], benefits: &[i64], bounds: (i64, i64)) -> Formulation {
        let project = |own: usize| numbered(u32::try_from(own / 2).unwrap_or(0));
        let all = (0..takes.len()).map(|own| (project(own), format!("x{own}"), benefits[own]));
        let mut made = Formulation::new(all.collect(), |own| format!("{:?}", own.project));
        let mut ceiling = |label: &str, of: fn(&(i64, i64)) -> i64, bound| {
            let terms = takes.iter().enumerate();
            let terms = terms.map(|(own, takes)| (DecisionId::at(own), of(takes)));
            made.at_most(label.to_owned(), terms.collect(), bound);
        };
        ceiling("one", |own| own.0, bounds.0);
        ceiling("other", |own| own.1, bounds.1);
        made
    }

    /// Every set of decisions that fits, of each project one at most.
    fn whole(takes: &[(i64, i64)], bounds: (i64, i64)) -> Vec<Vec<usize>> {
        let mut all: Vec<((i64, i64), Vec<usize>)> = vec![((0, 0), Vec::new())];
        for own in (0..takes.len()).step_by(2) {
            let more = |(taken, set): &((i64, i64), Vec<usize>)| {
                let with = |other: usize| {
                    let (one, two) = takes[other];
                    (
                        (taken.0 + one, taken.1 + two),
                        [&set[..], &[other]].concat(),
                    )
                };
                [(*taken, set.clone()), with(own), with(own + 1)]
            };
            all = all.iter().flat_map(more).collect();
        }
        let fits = |own: &((i64, i64), Vec<usize>)| own.0.0 <= bounds.0 && own.0.1 <= bounds.1;
        let all = all.into_iter().filter(fits);
        all.map(|(_, set)| set).collect()
    }

    /// Every set that fits by the parts of the ceilings, rounded down.
    fn fitting(group: &Group) -> Vec<Vec<usize>> {
        let takes = group.weights.iter().map(|own| (own[0], own[1]));
        whole(
            &takes.collect::<Vec<_>>(),
            (group.capacities[0], group.capacities[1]),
        )
    }

    /// The one group of a problem, whether or not it is full.
    fn group(formulation: &Formulation) -> Option<Group> {
        let ceilings = hulls::ceilings(formulation);
        let sets = together(&tightest(&ceilings));
        let own = sets
            .first()
            .map(|set| Group::of(set, &formulation.group_of()));
        own.filter(Group::holds_few)
    }

    fn best(sets: &[Vec<usize>], worth: &[i64]) -> i64 {
        let of = |set: &Vec<usize>| set.iter().map(|&own| worth[own]).sum();
        sets.iter().map(of).max().unwrap_or(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_fullest_set_is_the_best_of_all(
            takes in prop::collection::vec((1..900_i64, 1..900_i64), DECISIONS),
            worth in prop::collection::vec(0..1_000_i64, DECISIONS),
            bounds in (700..1_500_i64, 700..1_500_i64),
            least in 0..1_500_i64,
        ) {
            let formulation = formulation(&takes, &worth, bounds);
            let Some(group) = group(&formulation) else {
                return Err(TestCaseError::reject("no two ceilings"));
            };
            let most = best(&fitting(&group), &worth);
            let model = Model::plain(&formulation);
            let mut goes_on = |_| true;
            let steps = &mut Steps::new(&mut goes_on);
            let found = fullest(&group, backend(), &model, &worth, least, steps);
            prop_assert_eq!(found.as_ref().map(|own| own.most), Some(most.max(least)));
            let set = found.and_then(|own| own.set).map(|set| best(&[set], &worth));
            prop_assert_eq!(set, (most > least).then_some(most));
        }

        #[test]
        fn whole_plans_keep_the_inequalities_and_the_relaxation_is_as_low_as_they_are(
            takes in prop::collection::vec((1..900_i64, 1..900_i64), DECISIONS),
            benefits in prop::collection::vec(1_000..9_000_i64, DECISIONS),
            bounds in (700..1_500_i64, 700..1_500_i64),
        ) {
            let formulation = formulation(&takes, &benefits, bounds);
            let Some(group) = group(&formulation) else {
                return Err(TestCaseError::reject("no two ceilings"));
            };
            let model = Model::plain(&formulation).relaxed();
            let mut goes_on = |_| true;
            let steps = Steps::new(&mut goes_on);
            let nothing = [vec![false; DECISIONS]];
            let rows = inequalities(&group, backend(), &model, &nothing, steps);
            for row in &rows {
                for set in &whole(&takes, bounds) {
                    let own = row.terms.iter().filter(|(id, _)| set.contains(id));
                    let reached: f64 = own.map(|(_, multiple)| multiple).sum();
                    prop_assert!(reached <= row.upper, "{reached} > {}", row.upper);
                }
            }
            let model = model.with_rows(rows);
            let bound = backend().optimise(&model, Task::exact()).bound;
            let bound = bound.map(|own| model.objective_bound(own)).unwrap_or_default();
            prop_assert!(bound >= best(&whole(&takes, bounds), &benefits));
            let most = best(&fitting(&group), &benefits);
            prop_assert!(bound - most <= most / 1_000, "{bound} > {most}");
        }
    }

    #[test]
    fn a_search_ends_where_it_is_told_to() {
        let takes: Vec<(i64, i64)> = (0..12)
            .map(|own| (400 + 40 * own, 900 - 40 * own))
            .collect();
        let formulation = formulation(&takes, &[1; DECISIONS], (1_500, 1_500));
        let model = Model::plain(&formulation);
        let is_ended = group(&formulation).map(|group| {
            let mut goes_on = |_| false;
            let steps = &mut Steps::new(&mut goes_on);
            fullest(&group, backend(), &model, &[1; DECISIONS], 0, steps).is_none()
        });
        assert_eq!(is_ended, Some(true));
    }
}
