//! Plans merged: of projects that they agree to take only when and from which money is decided anew.

use std::ops::Range;

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::Ground;

/// What is decided anew.
#[derive(Debug)]
pub(in crate::solve) struct Merged {
    /// Whether each decision is open.
    pub open: Vec<bool>,
    /// The decisions of the projects that stay taken, one of each.
    pub always: Vec<Range<usize>>,
}

impl Ground<'_> {
    /// Puts `count` projects in dispute: those that `taken` takes and another plan does not, or the other way
    /// round, and where they are too few likely others. What `taken` takes of the rest stays taken, by whichever
    /// of its decisions.
    pub fn merged(
        &self,
        count: usize,
        taken: &[bool],
        plans: &[Vec<bool>],
        rng: &mut ChaCha8Rng,
    ) -> Merged {
        let disputed = self.disputed(count, taken, plans, rng);
        let groups = self.formulation.groups();
        let stays = |group: &usize| self.is_chosen(*group, taken) && !disputed.contains(group);
        let always: Vec<usize> = (0..groups.len()).filter(stays).collect();
        Merged {
            open: self.of_groups(&[&disputed[..], &always].concat()),
            always: always.iter().map(|&own| groups[own].clone()).collect(),
        }
    }

    /// Projects that one plan takes and another does not: those of whole plans, one after another, as long as
    /// they are no more than `count`; then likely others.
    fn disputed(
        &self,
        count: usize,
        taken: &[bool],
        plans: &[Vec<bool>],
        rng: &mut ChaCha8Rng,
    ) -> Vec<usize> {
        let mut order: Vec<&Vec<bool>> = plans.iter().collect();
        order.shuffle(rng);
        let all = 0..self.formulation.groups().len();
        let (mut disputed, mut fewest): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for plan in order {
            let differs = |group: &usize| {
                self.is_chosen(*group, plan) != self.is_chosen(*group, taken)
                    && !disputed.contains(group)
            };
            let new: Vec<usize> = all.clone().filter(differs).collect();
            if disputed.len() + new.len() <= count {
                disputed.extend(new);
            } else if fewest.is_empty() || new.len() < fewest.len() {
                fewest = new;
            }
        }
        if disputed.is_empty() {
            disputed.extend_from_slice(fewest.partial_shuffle(rng, count).0);
        }
        let mut likely = self.mixed(count, taken, rng);
        likely.retain(|own| !disputed.contains(own));
        likely.truncate(count - disputed.len());
        disputed.extend(likely);
        disputed
    }
}

#[cfg(all(test, feature = "highs"))]
mod tests {
    use rand::{RngExt, SeedableRng};

    use super::*;
    use crate::formulation::{DecisionId, Formulation, numbered};
    use crate::solve::board::Board;
    use crate::solve::relaxation::Relaxation;
    use crate::solve::{Control, Settings, Solver, backend};

    /// Twelve projects, each in one of two years.
    fn formulation() -> Formulation {
        let all = (0..24).map(|own| (numbered(own / 2), format!("x{own}"), 3 + i64::from(own % 5)));
        let mut made = Formulation::new(all.collect(), |own| format!("{:?}", own.project));
        for year in 0..2 {
            let terms = (0..12).map(|project| (DecisionId::at(2 * project + year), 3));
            made.at_most(format!("year {year}"), terms.collect(), 10);
        }
        made
    }

    fn plan(rng: &mut ChaCha8Rng) -> Vec<bool> {
        let years = (0..12).map(|_| rng.random_range(0..3));
        years.flat_map(|year| [year == 1, year == 2]).collect()
    }

    #[test]
    fn what_is_taken_stays_taken_but_for_few_projects_on_which_plans_differ_first() {
        let made = formulation();
        let (settings, control) = (Settings::default(), Control::default());
        let board = Board::new(&made, &settings, &control);
        let relaxation = Relaxation::of(&board, backend::of(Solver::Highs));
        assert!(relaxation.is_some());
        let Some(relaxation) = &relaxation else {
            return;
        };
        let (ground, mut rng) = (Ground::new(relaxation), ChaCha8Rng::seed_from_u64(1));
        for _ in 0..100 {
            let (taken, other) = (plan(&mut rng), plan(&mut rng));
            let merged = ground.merged(4, &taken, std::slice::from_ref(&other), &mut rng);
            let (mut disputed, mut differing) = (0, 0);
            for own in made.groups() {
                let is_open = merged.open[own.clone()].contains(&true);
                let is_chosen = taken[own.clone()].contains(&true);
                let stays = merged.always.contains(own);
                assert!(is_open || !is_chosen, "what is taken may move");
                assert!(is_open && is_chosen || !stays, "what stays is taken");
                if is_open && !stays {
                    disputed += 1;
                    differing += usize::from(other[own.clone()].contains(&true) != is_chosen);
                }
            }
            let all = made.groups().iter().filter(|own| {
                taken[(*own).clone()].contains(&true) != other[(*own).clone()].contains(&true)
            });
            assert!(disputed <= 4);
            assert!(differing >= all.count().min(4), "{taken:?} and {other:?}");
        }
    }
}
