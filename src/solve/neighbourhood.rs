//! Which projects are decided anew around a plan, the rest staying as it is.
//!
//! Several kinds, of which those that find better plans are drawn more often (Ropke & Pisinger 2006,
//! “An adaptive large neighborhood search heuristic”, Transportation Science 40(4)):
//!
//! | kind | opens |
//! |---|---|
//! | dispute | projects on which plan and linear relaxation disagree (Danna, Rothberg & Le Pape 2005, RINS), filled up at random |
//! | core | every project, but of its decisions those alone whose reduced cost leaves them in question |
//! | row | projects that stand in one or two rows drawn at random, tight ones first |
//! | mixed | half of the chosen ones, half of the best that are not |
//! | cross | projects on which two plans differ, filled up at random (Rothberg 2007, INFORMS Journal on Computing 19(4)) |
//!
//! Tried and left, as bringing no plan that these did not bring as soon: opening every project of
//! groups that a helper opens or shuts; solving with decisions taken in part anew from the best plan
//! when stuck.

mod counted;
mod merged;

use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::model::TOLERANCE;
use super::relaxation::Relaxation;
use crate::formulation::{Formulation, Taken};
use counted::Counted;

/// How the projects to be opened are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Dispute,
    Core,
    Row,
    Mixed,
    Cross,
}

pub(super) const KINDS: [Kind; 5] = [
    Kind::Dispute,
    Kind::Core,
    Kind::Row,
    Kind::Mixed,
    Kind::Cross,
];

/// How many decisions are more than enough to round the relaxation. With 4,500 (900 candidates) that
/// brought a better plan in a second than HiGHS in twenty; with 1,500 and fewer it brought now and then
/// one from which the search hardly got away.
const ROUNDED_ABOVE: usize = 3000;

/// How often projects that a helper holds together are opened where something else is counted.
const HELD_TOGETHER: f64 = 0.5;

/// What neighbourhoods are drawn from.
pub(super) struct Ground<'a> {
    /// With the covers, as the relaxation's rows are counted.
    formulation: &'a Formulation,
    relaxation: &'a Relaxation,
    /// The project, by position among the groups, of each decision.
    group_of: Vec<usize>,
    /// What is counted, where a search counts something else than the relaxation.
    counted: Option<Counted<'a>>,
}

impl<'a> Ground<'a> {
    pub fn new(relaxation: &'a Relaxation) -> Ground<'a> {
        let formulation = &relaxation.formulation;
        Ground {
            formulation,
            relaxation,
            group_of: formulation.group_of(),
            counted: None,
        }
    }

    /// Whether a plan takes a project.
    fn is_chosen(&self, group: usize, taken: &[bool]) -> bool {
        taken[self.formulation.groups()[group].clone()].contains(&true)
    }

    /// The projects of a row.
    fn groups_in(&self, place: usize) -> Vec<usize> {
        let decisions = self.formulation.rows()[place].decisions.iter();
        let mut own: Vec<usize> = decisions.map(|(id, _)| self.group_of[id.index()]).collect();
        own.sort_unstable();
        own.dedup();
        own
    }

    /// The problem with the covers.
    pub fn formulation(&self) -> &'a Formulation {
        self.formulation
    }

    /// The relaxation.
    pub fn relaxation(&self) -> &'a Relaxation {
        self.relaxation
    }

    /// Whether there are so many decisions that the relaxation is rounded first for a plan, and anew
    /// when stuck.
    pub fn is_wide(&self) -> bool {
        self.group_of.len() > ROUNDED_ABOVE
    }

    /// How many projects there are.
    #[allow(clippy::cast_precision_loss)] // a number of projects
    pub fn projects(&self) -> f64 {
        self.formulation.groups().len() as f64
    }

    /// How many projects have as many decisions as the relaxation takes in part or whole.
    #[allow(clippy::cast_precision_loss)] // numbers of decisions
    pub fn support(&self) -> f64 {
        let values = self.relaxation.values.iter();
        let taken = values.filter(|&&value| value > TOLERANCE).count();
        taken as f64 * self.projects() / self.group_of.len() as f64
    }

    /// Whether each decision is open, with about `size` projects open.
    pub fn open(
        &self,
        kind: Kind,
        size: usize,
        taken: &[bool],
        other: &[bool],
        rng: &mut ChaCha8Rng,
    ) -> Vec<bool> {
        let size = size.clamp(1, self.formulation.groups().len());
        if self.is_counting() && rng.random_bool(HELD_TOGETHER) {
            return self.of_groups(&self.held_together(2 * size, taken, rng));
        }
        match kind {
            Kind::Core => self.core(size, taken),
            Kind::Dispute => self.of_groups(&self.dispute(size, taken, rng)),
            Kind::Cross => self.of_groups(&self.cross(size, taken, other, rng)),
            Kind::Row => self.of_groups(&self.row(size, taken, rng)),
            Kind::Mixed => self.of_groups(&self.mixed(size, taken, rng)),
        }
    }

    /// The decisions of the groups.
    fn of_groups(&self, groups: &[usize]) -> Vec<bool> {
        let mut open = vec![false; self.group_of.len()];
        for &group in groups {
            open[self.formulation.groups()[group].clone()].fill(true);
        }
        open
    }

    /// What a decision loses against the relaxation if it is turned over from `taken`.
    fn loss(&self, decision: usize, taken: &[bool]) -> f64 {
        let gain = self.relaxation.reduced_costs[decision];
        if taken[decision] { gain } else { -gain }
    }

    /// The decisions with the smallest loss, as many as `size` whole projects have.
    fn core(&self, size: usize, taken: &[bool]) -> Vec<bool> {
        let decisions = self.group_of.len();
        let share = decisions * size / self.formulation.groups().len().max(1);
        let mut order: Vec<usize> = (0..decisions).collect();
        let count = share.clamp(1, decisions) - 1;
        order.select_nth_unstable_by(count, |&a, &b| {
            self.loss(a, taken)
                .total_cmp(&self.loss(b, taken))
                .then(a.cmp(&b))
        });
        let mut open = vec![false; decisions];
        for &decision in &order[..=count] {
            open[decision] = true;
        }
        // A chosen project must be able to leave its place for an open one.
        for (decision, is_taken) in taken.iter().enumerate() {
            let group = self.formulation.groups()[self.group_of[decision]].clone();
            if *is_taken && group.clone().any(|other| open[other]) {
                open[decision] = true;
            }
        }
        open
    }

    /// The decisions of the projects that a choice or a plan takes.
    pub fn of_choice(&self, choice: &[f64], taken: &[bool]) -> Vec<bool> {
        let is_in =
            |own: &std::ops::Range<usize>| own.clone().any(|d| choice[d] > TOLERANCE || taken[d]);
        let groups = self.formulation.groups().iter().enumerate();
        let own = groups.filter(|(_, own)| is_in(own));
        self.of_groups(&own.map(|(group, _)| group).collect::<Vec<_>>())
    }

    fn dispute(&self, size: usize, taken: &[bool], rng: &mut ChaCha8Rng) -> Vec<usize> {
        let differs = |group: usize| {
            let mut own = self.formulation.groups()[group].clone();
            own.any(|d| {
                let whole = if taken[d] { 1.0 } else { 0.0 };
                (self.relaxation.values[d] - whole).abs() > 0.01
            })
        };
        self.those(size, differs, rng)
    }

    fn cross(
        &self,
        size: usize,
        taken: &[bool],
        other: &[bool],
        rng: &mut ChaCha8Rng,
    ) -> Vec<usize> {
        let differs = |group: usize| {
            let own = self.formulation.groups()[group].clone();
            taken.get(own.clone()) != other.get(own)
        };
        self.those(size, differs, rng)
    }

    /// The projects that differ, filled up or cut down to `size` at random.
    fn those(
        &self,
        size: usize,
        differs: impl Fn(usize) -> bool,
        rng: &mut ChaCha8Rng,
    ) -> Vec<usize> {
        let all = 0..self.formulation.groups().len();
        let (mut disputed, mut rest): (Vec<usize>, Vec<usize>) =
            all.partition(|&group| differs(group));
        disputed.shuffle(rng);
        disputed.truncate(size);
        let missing = size.saturating_sub(disputed.len());
        let (filled, _) = rest.partial_shuffle(rng, missing);
        disputed.extend_from_slice(filled);
        disputed
    }

    /// The projects of rows drawn one after another, each cut down to what is missing: the chosen
    /// ones, and of the others those that the relaxation would miss least.
    fn row(&self, size: usize, taken: &[bool], rng: &mut ChaCha8Rng) -> Vec<usize> {
        let mut opened = vec![false; self.formulation.groups().len()];
        let mut groups = Vec::new();
        for _ in 0..8 {
            let tight = self.relaxation.tight_rows.choose(rng);
            let any = self.relaxation.wide_rows.choose(rng);
            let place = if rng.random_bool(0.7) {
                tight.or(any)
            } else {
                any
            };
            let Some(&place) = place else { break };
            let mut own = self.groups_in(place);
            own.retain(|&group| !opened[group]);
            let missing = size - groups.len();
            if own.len() > missing {
                self.keep_likely(&mut own, missing, taken, rng);
            }
            for &group in &own {
                opened[group] = true;
            }
            groups.extend(own);
            if groups.len() >= size {
                break;
            }
        }
        groups
    }

    /// Cuts groups down to `count`: half of them chosen ones, at random, the others those with the
    /// best reduced cost with some chance between them. Where something else is counted, up to half of
    /// either are such as could add to it, at random.
    fn keep_likely(
        &self,
        groups: &mut Vec<usize>,
        count: usize,
        taken: &[bool],
        rng: &mut ChaCha8Rng,
    ) {
        let is_chosen = |group: &usize| self.is_chosen(*group, taken);
        let (mut chosen, mut others): (Vec<usize>, Vec<usize>) =
            groups.iter().copied().partition(is_chosen);
        chosen.shuffle(rng);
        self.counted_first(&mut chosen, count / 4, taken);
        chosen.truncate(count.div_ceil(2));
        if self.counted.is_some() {
            others.shuffle(rng);
            let first = self.counted_first(&mut others, count / 4, taken);
            chosen.extend(others.drain(..first));
        }
        let missing = count - chosen.len();
        let mut ranked: Vec<(f64, usize)> = Vec::with_capacity(others.len());
        for group in others.drain(..) {
            let best = self.formulation.groups()[group].clone();
            let best = best.map(|d| self.relaxation.reduced_costs[d]);
            let best = best.fold(f64::NEG_INFINITY, f64::max);
            let chance: f64 = rng.random_range(0.0..1.0);
            ranked.push((best + self.relaxation.scale * chance, group));
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        chosen.extend(ranked.into_iter().take(missing).map(|(_, group)| group));
        *groups = chosen;
    }

    /// The decisions of the projects that stand in rows which `taken` misses, and of as many likely
    /// others as make up `size`.
    pub fn mending(&self, size: usize, taken: &[bool], rng: &mut ChaCha8Rng) -> Vec<bool> {
        let misses = self.formulation.misses(&Taken(taken));
        let rows = misses.iter().enumerate().filter(|(_, missed)| **missed > 0);
        let mut own: Vec<usize> = rows.flat_map(|(place, _)| self.groups_in(place)).collect();
        own.sort_unstable();
        own.dedup();
        if own.len() > size {
            self.keep_likely(&mut own, size, taken, rng);
        }
        let missing = size - own.len();
        let mut others = self.mixed(size, taken, rng);
        others.retain(|group| !own.contains(group));
        own.extend(others.into_iter().take(missing));
        self.of_groups(&own)
    }

    fn mixed(&self, size: usize, taken: &[bool], rng: &mut ChaCha8Rng) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.formulation.groups().len()).collect();
        if all.len() > size {
            self.keep_likely(&mut all, size, taken, rng);
        }
        all
    }
}
