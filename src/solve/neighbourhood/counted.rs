//! Neighbourhoods of a search that counts something else than the relaxation, for few of the decisions.
//!
//! “How many of these projects can a plan of some value fund?” The relaxation's reduced costs say nothing
//! of that, so projects that could add to what is counted are opened first, and in every other
//! neighbourhood with those that a helper holds together with them: a focal point that opens takes the
//! place of another. Plans that answer whether each of 357 candidates may be funded (900 candidates, 1 %
//! off the best), a minute of searches of a second: left open without this, and with plans torn down in
//! between, 329; with both 321; with this and without tearing down 201.

use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::Ground;

/// What a search counts instead of the relaxation's objective.
pub(super) struct Counted<'a> {
    /// What each decision counts.
    of: &'a [i64],
    /// The rows with a helper over several projects in which each group stands: those of a focal
    /// point, say.
    rows_of: Vec<Vec<usize>>,
}

impl<'a> Ground<'a> {
    /// For a search that counts something else than the relaxation, for few of the decisions: their
    /// projects are opened before others, with those that stand in rows of helpers with them.
    pub fn counting(&mut self, counted: &'a [i64]) {
        let rows = self.formulation.rows().iter().enumerate();
        let together = rows.filter(|(_, row)| !row.helpers.is_empty() && row.decisions.len() > 1);
        let mut rows_of = vec![Vec::new(); self.formulation.groups().len()];
        for (place, _) in together {
            for group in self.groups_in(place) {
                rows_of[group].push(place);
            }
        }
        self.counted = Some(Counted {
            of: counted,
            rows_of,
        });
    }

    /// Whether a search counts something else than the relaxation.
    pub fn is_counting(&self) -> bool {
        self.counted.is_some()
    }
}

impl Ground<'_> {
    /// Whether a project that is decided otherwise could add to what is counted.
    fn is_counted(&self, group: usize, taken: &[bool]) -> bool {
        let Some(counted) = self.counted.as_ref().map(|own| own.of) else {
            return false;
        };
        let own = self.formulation.groups()[group].clone();
        let now: i64 = own.clone().filter(|&d| taken[d]).map(|d| counted[d]).sum();
        now < 0 || own.map(|d| counted[d]).max() > Some(now.max(0))
    }

    /// Projects that could add to what is counted, or that the plan takes, each with those that a row of
    /// a helper holds together with it: a focal point that opens takes the place of another.
    pub(super) fn held_together(
        &self,
        size: usize,
        taken: &[bool],
        rng: &mut ChaCha8Rng,
    ) -> Vec<usize> {
        let all = 0..self.formulation.groups().len();
        let is_chosen = |group: &usize| self.is_chosen(*group, taken);
        let wanted: Vec<usize> = all
            .clone()
            .filter(|&own| self.is_counted(own, taken))
            .collect();
        let chosen: Vec<usize> = all.filter(is_chosen).collect();
        let mut opened = Vec::new();
        for first in [&wanted, &chosen, &chosen]
            .into_iter()
            .cycle()
            .take(2 * size)
        {
            let Some(&own) = first.choose(rng) else {
                continue;
            };
            opened.push(own);
            let rows = self.counted.as_ref().map(|counted| &counted.rows_of[own]);
            if let Some(&place) = rows.and_then(|rows| rows.choose(rng)) {
                opened.extend(self.groups_in(place));
            }
            if opened.len() >= size {
                break;
            }
        }
        opened
    }

    /// Moves groups that could add to what is counted to the front, no more than `most`; how many.
    pub(super) fn counted_first(&self, groups: &mut [usize], most: usize, taken: &[bool]) -> usize {
        let mut moved = 0;
        for at in 0..groups.len() {
            if moved < most && self.is_counted(groups[at], taken) {
                groups.swap(moved, at);
                moved += 1;
            }
        }
        moved
    }
}
