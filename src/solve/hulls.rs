//! What a ceiling truly leaves room for: inequalities that all its whole plans keep, and a point of
//! the relaxation does not.
//!
//! For a row Σ wⱼ xⱼ ≤ C with wⱼ > 0, where a project takes at most one of its decisions, the most
//! violated inequality Σ πⱼ xⱼ ≤ 1 of its whole plans is an optimum of
//!
//! ```text
//! maximise  Σ πⱼ x*ⱼ     such that  Σ of πⱼ over S ≤ 1  for every set S of decisions that fits
//! ```
//!
//! whose rows come one by one from a dynamic program over C (Boyd 1994, “Fenchel cutting planes for
//! integer programs”, Operations Research 42(1)). It is asked of the decisions that the point takes;
//! the others are lifted into the inequality in the order of what the relaxation loses by them (Balas
//! & Zemel 1978, SIAM Journal on Applied Mathematics 34(1)). Multiples are whole and the bound is
//! computed in integers, with weights rounded down to parts of C, so what comes out holds whatever the
//! solver's tolerances.
//!
//! Alone they bring little: each ceiling by itself can be filled, not all of them at once. The relaxation
//! of tight programmes of 100 candidates, s1 and s3, falls by 0.4 and 1.4 per cent until few are found. With
//! the projects chosen whole (see `choosing`) they bound them lower than choosing without them does, in
//! the same seconds. Two threads, thousands of points, seed 1; found and gap after 60 s, for provinces
//! of 300 candidates after 30 s:
//!
//! | instance | choosing without | choosing with | found without | gap | found with | gap |
//! |---|---|---|---|---|---|---|
//! | tight of 100, s1 | 3975.2 | 3966.2 | 3854.6 | 3.03 | 3858.8 | 2.60 |
//! | tight of 100, s2 | 3335.9 | 3324.6 | 3263.8 | 1.96 | 3262.9, 3275.1 | 1.86, 1.47 |
//! | tight of 100, s3 | 3938.6 | 3891.7 | 3818.3 | 2.02 | 3843.2 | 1.21 |
//! | tight of 200, s3 | 8125.2 | 8123.4 | 8047.0 | 0.95 | 8062.4 | 0.75 |
//! | province of 300, s1 | 2871.4 | 2871.4 | 2860.0 | 0.24 | 2862.2 | 0.16 |
//! | province of 300, s2 | – | – | 2827.1 | 0.22 | 2827.4 | 0.21 |
//!
//! (Without, tight of 100, s1 and s3, are after 30 s; two figures are of two runs.) In the small problems of
//! `improve` too they brought no better plans: 2828.1, 2862.2 and 3843.2, but 3264.7 instead of 3275.1 and
//! 7180.9 instead of 7195.6 (tight of 200, s1).
//!
//! Several ceilings at once: see `together`.

use std::ops::Range;

use super::backend::{Backend, Task};
use super::model::{Model, ModelColumn, ModelRow, TOLERANCE};
use crate::formulation::{Formulation, Row, Sense};

/// The parts into which a ceiling is divided for the dynamic program.
const PARTS: i64 = 2_000;
/// The bound of an inequality, of which its multiples are parts.
const WHOLE: i64 = 4_096;
/// The same to a solver.
const WHOLE_FLOAT: f64 = 4_096.0;
/// A ceiling of which the decisions take less than one part in so many, each on average, is filled with
/// whole ones as well as with parts.
const SMALL: i128 = 20;
/// By how much of its bound a point must break an inequality.
const WORTH: f64 = 1e-4;
/// The most sets that describe what fits, and the most decisions that a point takes: a corner of what
/// they describe needs as many.
const SETS: usize = 200;

/// A row that limits what decisions take together.
pub(super) struct Ceiling {
    pub decisions: Vec<usize>,
    /// What each takes, in parts.
    pub weights: Vec<usize>,
    /// The positions of each project's decisions.
    projects: Vec<Range<usize>>,
    pub capacity: usize,
}

/// The rows of a problem whose whole plans may say more than the row.
pub(super) fn ceilings(formulation: &Formulation) -> Vec<Ceiling> {
    let group_of = formulation.group_of();
    let rows = formulation.rows().iter();
    rows.filter_map(|row| Ceiling::of(row, &group_of)).collect()
}

/// Whether a row limits what decisions take together, and nothing else.
pub(super) fn is_ceiling(row: &Row) -> bool {
    row.sense == Sense::AtMost && row.helpers.is_empty() && row.bound > 0
}

/// The positions of each project's decisions, where those of a project follow one another.
pub(super) fn by_project(decisions: &[usize], group_of: &[usize]) -> Vec<Range<usize>> {
    let is_same = |&one: &usize, &other: &usize| group_of[one] == group_of[other];
    let mut projects: Vec<Range<usize>> = Vec::new();
    for chunk in decisions.chunk_by(is_same) {
        let start = projects.last().map_or(0, |last| last.end);
        projects.push(start..start + chunk.len());
    }
    projects
}

impl Ceiling {
    fn of(row: &Row, group_of: &[usize]) -> Option<Ceiling> {
        let weights = || row.decisions.iter().map(|&(_, weight)| weight);
        let (least, most) = (weights().min()?, weights().max()?);
        let (all, bound) = (
            weights().map(i128::from).sum::<i128>(),
            i128::from(row.bound),
        );
        let count = i128::try_from(row.decisions.len()).ok()?;
        let is_small = all * SMALL < bound * count;
        if !is_ceiling(row) || all <= bound || is_small || least <= 0 || least == most {
            return None;
        }
        let part = row.bound.div_euclid(PARTS) + 1;
        let parts = |amount: i64| usize::try_from(amount / part).ok();
        let mut own: Vec<(usize, usize)> = Vec::with_capacity(row.decisions.len());
        for &(id, weight) in &row.decisions {
            own.push((id.index(), parts(weight)?));
        }
        own.sort_by_key(|&(decision, _)| (group_of[decision], decision));
        let decisions: Vec<usize> = own.iter().map(|own| own.0).collect();
        Some(Ceiling {
            projects: by_project(&decisions, group_of),
            decisions,
            weights: own.iter().map(|own| own.1).collect(),
            capacity: parts(row.bound)?,
        })
    }

    /// Whether what keeps it keeps another over the same decisions, but for a part.
    pub fn implies(&self, other: &Ceiling) -> bool {
        let mut weights = self.weights.iter().zip(&other.weights);
        let is_more = |(own, of_other): (&usize, &usize)| {
            (own + 1) * other.capacity >= of_other * self.capacity
        };
        self.decisions == other.decisions && weights.all(is_more)
    }

    /// The most violated inequality that a point breaks by enough; the point has a value for each
    /// decision, `gains` what each would add to the relaxation.
    pub fn broken(
        &self,
        backend: &dyn Backend,
        model: &Model,
        values: &[f64],
        gains: &[f64],
    ) -> Option<ModelRow> {
        let value = |position: usize| values[self.decisions[position]];
        let taken = (0..self.decisions.len()).filter(|&own| value(own) > TOLERANCE);
        let taken: Vec<usize> = taken.collect();
        if taken.len() > SETS || taken.iter().all(|&own| value(own) > 1.0 - TOLERANCE) {
            return None;
        }
        let mut multiples = vec![0; self.decisions.len()];
        self.most_broken(backend, model, &taken, values, &mut multiples)?;
        self.lift(gains, &mut multiples);
        let terms = self.decisions.iter().zip(&multiples);
        let terms = terms.filter(|(_, own)| **own > 0);
        let terms = terms.map(|(&decision, &own)| (decision, whole(own)));
        Some(ModelRow::at_most(terms.collect(), WHOLE_FLOAT))
    }

    /// Multiples of the decisions taken that every set which fits keeps, and the point breaks most.
    fn most_broken(
        &self,
        backend: &dyn Backend,
        model: &Model,
        taken: &[usize],
        values: &[f64],
        multiples: &mut [i64],
    ) -> Option<()> {
        let column = |&position: &usize| ModelColumn::part(values[self.decisions[position]]);
        let columns: Vec<ModelColumn> = taken.iter().map(column).collect();
        let mut live = backend.live(&model.with(columns, Vec::new()))?;
        for _ in 0..SETS {
            let found = live.optimise(Task::exact()).values?;
            let mut reached = 0.0;
            for (&position, own) in taken.iter().zip(&found) {
                multiples[position] = parts_of_whole(*own);
                reached += whole(multiples[position]) * values[self.decisions[position]];
            }
            if reached <= WHOLE_FLOAT * (1.0 + WORTH) {
                return None;
            }
            let (most, set) = self.fullest(multiples);
            if most <= WHOLE {
                return Some(());
            }
            let place = |own| taken.binary_search(own).ok().map(|place| (place, 1.0));
            let terms = set.iter().filter_map(place).collect();
            if !live.add_rows(&[ModelRow::at_most(terms, 1.0)]) {
                return None;
            }
        }
        None
    }

    /// The most that a set of decisions which fits comes to, and such a set.
    fn fullest(&self, multiples: &[i64]) -> (i64, Vec<usize>) {
        let mut most = vec![0; self.capacity + 1];
        let mut chosen: Vec<Vec<Option<usize>>> = Vec::new();
        let counts = |own: &usize| has_multiple(&multiples[self.projects[*own].clone()]);
        for project in (0..self.projects.len()).filter(counts) {
            let mut choice = vec![None; self.capacity + 1];
            self.add(project, multiples, &mut most, |room, position| {
                choice[room] = Some(position);
            });
            chosen.push(choice);
        }
        let (mut room, mut set) = (self.capacity, Vec::new());
        for choice in chosen.iter().rev() {
            if let Some(position) = choice[room] {
                room -= self.weights[position];
                set.push(position);
            }
        }
        (most[self.capacity], set)
    }

    /// The most that sets which fit come to, for each room, without one project.
    fn most(&self, multiples: &[i64], without: usize) -> Vec<i64> {
        let mut most = vec![0; self.capacity + 1];
        for project in (0..self.projects.len()).filter(|&own| own != without) {
            self.add(project, multiples, &mut most, |_, _| {});
        }
        most
    }

    /// Lets a project into the most that sets come to, and says where one of its decisions makes it more.
    fn add(
        &self,
        project: usize,
        multiples: &[i64],
        most: &mut [i64],
        mut note: impl FnMut(usize, usize),
    ) {
        let own = self.projects[project].clone();
        if !has_multiple(&multiples[own.clone()]) {
            return;
        }
        let before = most.to_vec();
        for position in own.filter(|&own| multiples[own] > 0) {
            let (weight, worth) = (self.weights[position], multiples[position]);
            for room in weight..=self.capacity {
                if before[room - weight] + worth > most[room] {
                    most[room] = before[room - weight] + worth;
                    note(room, position);
                }
            }
        }
    }

    /// Gives the decisions without a multiple as much as the inequality bears, one after another,
    /// those first that the relaxation would miss least.
    fn lift(&self, gains: &[f64], multiples: &mut [i64]) {
        let gain = |own: Range<usize>| {
            let own = own.map(|position| gains[self.decisions[position]]);
            own.fold(f64::NEG_INFINITY, f64::max)
        };
        let mut order: Vec<(f64, usize)> = Vec::with_capacity(self.projects.len());
        for (project, own) in self.projects.iter().enumerate() {
            order.push((gain(own.clone()), project));
        }
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut most = self.most(multiples, usize::MAX);
        for (_, project) in order {
            let own = self.projects[project].clone();
            if multiples[own.clone()].iter().all(|&own| own > 0) {
                continue;
            }
            // Of one project no two are taken: none stands in another's way.
            if has_multiple(&multiples[own.clone()]) {
                most = self.most(multiples, project);
            }
            for position in own.filter(|&own| self.weights[own] <= self.capacity) {
                if multiples[position] == 0 {
                    multiples[position] = WHOLE - most[self.capacity - self.weights[position]];
                }
            }
            self.add(project, multiples, &mut most, |_, _| {});
        }
    }
}

fn has_multiple(multiples: &[i64]) -> bool {
    multiples.iter().any(|&own| own > 0)
}

#[allow(clippy::cast_precision_loss)] // a part of WHOLE
fn whole(multiple: i64) -> f64 {
    multiple as f64
}

#[allow(clippy::cast_possible_truncation)] // a part of WHOLE
fn parts_of_whole(multiple: f64) -> i64 {
    (multiple * WHOLE_FLOAT).floor().max(0.0) as i64
}

#[cfg(all(test, feature = "highs"))]
mod tests {
    use proptest::prelude::*;

    use super::super::backend;
    use super::*;
    use crate::formulation::{DecisionId, numbered};
    use crate::solve::Solver;

    const PROJECTS: usize = 6;

    /// Projects with two decisions each, which take so much of one ceiling.
    fn ceiling(weights: &[i64], bound: i64) -> Formulation {
        let project = |own: usize| numbered(u32::try_from(own / 2).unwrap_or(0));
        let all = (0..weights.len()).map(|own| (project(own), format!("x{own}"), 1));
        let mut made = Formulation::new(all.collect(), |own| format!("{:?}", own.project));
        let terms = weights.iter().enumerate();
        let terms = terms.map(|(own, &weight)| (DecisionId::at(own), weight));
        made.at_most("ceiling".to_owned(), terms.collect(), bound);
        made
    }

    /// Every set of decisions that fits, of each project one at most.
    fn whole(weights: &[i64], bound: i64) -> Vec<Vec<f64>> {
        let mut all: Vec<(i64, Vec<f64>)> = vec![(0, Vec::new())];
        for own in weights.chunks(2) {
            let ways = [(0, [0.0, 0.0]), (own[0], [1.0, 0.0]), (own[1], [0.0, 1.0])];
            let more = |(taken, before): &(i64, Vec<f64>)| {
                let (taken, before) = (*taken, before.clone());
                ways.map(|(weight, way)| (taken + weight, [&before[..], &way[..]].concat()))
            };
            all = all.iter().flat_map(more).collect();
        }
        let fits = all.into_iter().filter(|(taken, _)| *taken <= bound);
        fits.map(|(_, values)| values).collect()
    }

    fn reached(row: &ModelRow, values: &[f64]) -> f64 {
        let terms = row.terms.iter();
        terms.map(|&(place, times)| times * values[place]).sum()
    }

    fn broken(formulation: &Formulation, values: &[f64]) -> Option<ModelRow> {
        let gains = vec![0.0; values.len()];
        let backend = backend::of(Solver::Highs);
        let own = ceilings(formulation);
        own.first()?
            .broken(backend, &Model::plain(formulation), values, &gains)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whole_plans_keep_what_a_point_breaks(
            weights in prop::collection::vec(1..900_i64, 2 * PROJECTS),
            parts in prop::collection::vec(0.0..1.0_f64, 2 * PROJECTS),
            bound in 700..1500_i64,
        ) {
            let formulation = ceiling(&weights, bound);
            let all = whole(&weights, bound);
            let halves: Vec<f64> = parts.iter().map(|part| part / 2.0).collect();
            if let Some(row) = broken(&formulation, &halves) {
                prop_assert!(reached(&row, &halves) > row.upper);
                for own in &all {
                    prop_assert!(reached(&row, own) <= row.upper, "{row:?} {own:?}");
                }
            }
            // Midway between two whole plans no inequality of whole plans is broken.
            let (one, other) = (&all[all.len() / 3], &all[all.len() - 1]);
            let midway: Vec<f64> = one.iter().zip(other).map(|(a, b)| f64::midpoint(*a, *b)).collect();
            prop_assert!(broken(&formulation, &midway).is_none());
        }
    }

    #[test]
    fn two_halves_that_do_not_fit_together_are_one() {
        let formulation = ceiling(&[60, 60, 60, 60, 10, 10, 10, 11, 10, 10, 10, 10], 100);
        let mut values = vec![0.0; 12];
        (values[0], values[2]) = (0.83, 0.83);
        let row = broken(&formulation, &values).map(|row| row.terms);
        let row = row.unwrap_or_default();
        assert!(
            row.starts_with(&[(0, 4096.0), (1, 4096.0), (2, 4096.0), (3, 4096.0)]),
            "{row:?}"
        );
    }
}
