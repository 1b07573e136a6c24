//! Ruin and recreate: some projects of a plan are let go and the room they leave is filled anew,
//! thousands of times a second and with no solver.
//!
//! Schrimpf, Schneider, Stamm-Wilbrandt & Dueck 2000, “Record breaking optimization results using the
//! ruin and recreate principle”, Journal of Computational Physics 159(2). Half a rank above a greedy
//! filling, the room is searched in depth: of what fits, in the order of what the relaxation would gain
//! or lose by it, as long as the losses together may still be made up for. Now and then something is
//! opened first that takes several projects to fill, such as a focal point with its critical mass. A
//! plan a little worse than the one before goes on now and then, the warmer the search the more often (simulated
//! annealing; see `improve` for how warm it is).
//!
//! How much a filling may lose decides over the search. Alone in one thread from the first plan on, annealed for
//! 9 s on tight of 100, s3, of 200, s1 and s3, and of 400, s1, two seeds each: mean distance from the
//! best plan known in per cent:
//!
//! | room filled | distance |
//! |---|---|
//! | greedily alone | 0.48 |
//! | in depth, 500 steps, losing up to 0.001 of the value beside what was let go | 0.32 |
//! | the same, up to 0.005 | 0.44 |
//! | up to 0.0003 | 0.27 |
//! | up to 0.001, 200 steps | 0.20 |
//! | up to 0.001, 1,500 steps | 0.33 |
//! | up to 0.005, 60 steps | 0.53 |
//!
//! Where projects are few and large the part is not what counts, but what a project is worth divided by their
//! number: tempered alone for 20 s, three seeds, tight of 100 with up to 0.0003, 0.001, 0.003 and 0.005 are 0.28,
//! 0.19, 0.20 and 0.28 per cent away, of 200 with the first three 0.14, 0.20 and 0.30; of 400 all the same.
//!
//! Single runs differ by 0.1 to 0.3; of the smallest programme there are few plans near the best one. What
//! is opened brings most where the opened focal points of the first plan are not the best: with up to 0.0003 and
//! 200 steps, and a province of 300, s2, beside those, 0.30 without opening and 0.22 with half of the greedy fillings
//! opening something.
//!
//! How often something is opened, annealed alone for 15 s, three seeds each; mean distance from the best plan
//! known in per cent, tight of 200, s1 to s3, and of 400, s2; then tight of 100, s1 and s3, and of 400, s1:
//!
//! | opened | distance | of the others |
//! |---|---|---|
//! | in a tenth of the rounds | 0.32 | 0.52 |
//! | in three tenths | 0.23 | – |
//! | in four tenths | – | 0.45 |
//! | in half | 0.28 | – |
//! | in eight tenths | 0.35 | – |
//!
//! It brings a bad plan near the best in tenths of a second. Before the losses were limited well, and without
//! opening, ruins alone came no further than 0.3 per cent from the best plan, on tight programmes 0.6; mean gaps in
//! per cent on three provinces of 300 and three tight programmes, two threads, one or two seeds; differences below
//! a tenth of a figure are chance:
//!
//! | searches | seeds | 2 s | 5 s | 10 s | 20 s | 30 s |
//! |---|---|---|---|---|---|---|
//! | small problems alone, the whole problem beside | 1 | 1.60 | 1.05 | 0.68 | 0.58 | 0.50 |
//! | the same, and ruins in half of the steps | 1 | 1.27 | 0.94 | 0.69 | 0.59 | 0.55 |
//! | choosing first, its choices scheduled, ruins in half of the steps | 2 | 1.45 | 0.80 | 0.64 | 0.57 | 0.53 |
//! | the same, ruins as long as they bring better plans | 2 | 1.53 | 0.79 | 0.64 | 0.54 | 0.50 |
//!
//! Larger programmes gain more: 900 candidates are within 0.62 per cent in 2 s, vinh-long within 0.68
//! (5.7 s to one per cent before).
//!
//! Speed decides too. Few decisions have room at any time, so they are looked up by the row that is
//! likeliest to be full (see `order`), and a search in depth leaves what cannot bring as much as is sought, counted
//! by project. Rounds a second and thread on tight of 100, s1, of 200, s2, and of 400, s2: 144, 141 and 92 thousand,
//! instead of 76, 60 and 39 with every decision asked and every step taken; six tight programmes tempered alone for
//! 24 s end 0.19 per cent from the best plans known instead of 0.28.
//! A row that counts the largest of a ranking is mostly kept without them: asked of them only otherwise, there are
//! 4 to 11 per cent more; and on programmes of 100 another 10 where what a decision opens is looked up once.
//!
//! Tried and left: moves of one or two projects at a time under penalties for missed rows; four and eight plans
//! searched in turn instead of the best one; 100 and 400 orders instead of 12; room that is left counted as a part
//! of what it may yet take in; ceilings that may be passed at a price that rises as it cools; losing fifteen
//! times as much in a fifth of the rounds; whole groups of a helper let go for others; annealing with greedy
//! fillings alone. Rows that a ruin leaves missed are not mended before the filling,
//! but for what is opened: that takes a third of the speed.
//!
//! Most rounds that go on leave the value as it is: projects change years. Tempered alone for 20 to 25 s on tight of
//! 200, s1 and s3, and of 400, s1 and s2, three or four seeds, mean distance from the best plans known in per cent:
//! plans preferred whose room is in few ceilings (the square of what each has left, at its price) 0.16 instead of
//! 0.17; fillings with the value before passed over in 0.3, 0.7 and all of the rounds 0.18, 0.16 and 0.20 instead
//! of 0.13; what the relaxation would lose most by let go first, in 0.3 and 0.7 of the rounds, 0.15 and 0.16
//! instead of 0.17. Differences below 0.04 are chance. The row that last did not hold a decision asked first,
//! and bits that tell rows apart: 1 to 5 per cent more rounds a second.
//!
//! Of two plans that 30 s brought on tight programmes of 100 candidates, no project could be put in the
//! place of another with a gain, whatever the others' years and funds (each of 640 and 690 swaps asked of
//! HiGHS alone): better plans differ in several projects at once.

mod fill;
mod opening;
mod order;
mod ranked;
mod roles;
mod standing;
mod tally;
#[cfg(test)]
mod test;
mod whole;

use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::relaxation::Relaxation;
use crate::formulation::Formulation;
use fill::{Asked, Fill};
use order::{Order, Shelves, Tried, orders};
use standing::Standing;

/// A decision, a project, a row, a helper or a ranking, by position.
type Place = u32;

/// The most projects let go at once.
const MOST: usize = 8;
/// How often they are drawn from one row.
const RELATED: f64 = 0.9;
/// How often the room is searched in depth, and in how many steps.
const DEEP: (f64, u32) = (0.9, 200);
/// How often something is opened that takes several projects to fill.
const OPENED: f64 = 0.3;
/// How often a decision that fits is passed over, where the room is filled greedily.
const SKIPPED: f64 = 0.08;
/// How many decisions are asked at most whether they open something.
const MOST_ASKED: usize = 200;
/// What a filling may lose at most beside what was let go: such a part of the plan's value, or so many times
/// what a warmth of 1 allows, if that is more. Of 30 large projects, 0.0003 of the value lets none in that loses
/// anything to speak of.
const SLACK: (f64, f64) = (3e-4, 1.2);

/// A plan that is torn down and built up.
pub(super) struct Rebuild<'a> {
    standing: Standing<'a>,
    gains: &'a [f64],
    orders: Vec<Order>,
    shelves: Shelves,
    fill: Fill,
    /// What a filling may lose, in thousandths of a point.
    slack: f64,
    /// The decisions of the plan as it stands between two rounds, in ascending order.
    chosen: Vec<Place>,
}

impl<'a> Rebuild<'a> {
    /// Begins with a plan; `None` where helpers have a price, or where what follows from them misses
    /// a row that the plan keeps.
    pub fn new(
        formulation: &'a Formulation,
        relaxation: &'a Relaxation,
        base: &[bool],
        rng: &mut ChaCha8Rng,
    ) -> Option<Rebuild<'a>> {
        if formulation.helpers().iter().any(|own| own.price.is_some()) {
            return None;
        }
        let standing = Standing::new(formulation, base);
        if !standing.tally.is_kept() {
            return None;
        }
        let orders = orders(relaxation, rng);
        let tried = orders.first().map_or(&[][..], |own| &own.tried);
        let mut own = Rebuild {
            gains: &relaxation.reduced_costs,
            shelves: Shelves::new(&standing.tally, tried),
            orders,
            fill: Fill::new(formulation.groups().len()),
            slack: 0.0,
            chosen: standing.chosen().collect(),
            standing,
        };
        own.slack = (SLACK.0 * whole(own.value())).max(SLACK.1 * own.grain());
        Some(own)
    }

    /// The plan as it stands.
    pub fn plan(&self) -> Vec<bool> {
        self.standing.flags()
    }

    /// What it is worth.
    pub fn value(&self) -> i64 {
        self.standing.value
    }

    /// Goes on from another plan of the same problem.
    pub fn go_on_from(&mut self, taken: &[bool]) {
        for &decision in &self.chosen {
            if !taken[decision as usize] {
                self.standing.leave(decision);
            }
        }
        let wanted = (0..).zip(taken).filter(|(_, is_taken)| **is_taken);
        for (decision, _) in wanted {
            if self.chosen.binary_search(&decision).is_err() {
                self.standing.take(decision);
            }
        }
        self.choose();
    }

    fn choose(&mut self) {
        self.chosen.clear();
        self.chosen.extend(self.standing.chosen());
    }

    /// Lets some projects go and fills their room; the plan before stays where what comes of it is
    /// worse by more than chance allows. A warmth of 1 allows about the worth of a middling project of
    /// the plan divided by their number: the more there are, the less plans differ.
    pub fn round(&mut self, warmth: f64, rng: &mut ChaCha8Rng) {
        let before = self.standing.value;
        let chance: f64 = rng.random_range(f64::MIN_POSITIVE..1.0);
        let allowed = warmth * self.grain() * -chance.ln();
        let gone = self.gone(rng);
        for &decision in &gone {
            self.standing.leave(decision);
        }
        let order = rng.random_range(0..self.orders.len());
        let above = before.saturating_sub(thousandths(allowed));
        let mut came = Vec::new();
        if rng.random_bool(OPENED) {
            self.open(order, &mut came, rng);
        }
        if rng.random_bool(DEEP.0) {
            self.deep(order, &gone, above, &mut came, rng);
        } else {
            self.greedy(order, &mut came, rng);
        }
        if !came.is_empty() && self.standing.tally.is_kept() && self.standing.value > above {
            return self.choose();
        }
        for &decision in came.iter().rev() {
            self.standing.leave(decision);
        }
        for &decision in &gone {
            self.standing.take(decision);
        }
    }

    /// Draws the decisions to let go: of one row, mostly.
    fn gone(&self, rng: &mut ChaCha8Rng) -> Vec<Place> {
        let mut pool = self.chosen.clone();
        if let Some(&first) = self.chosen.choose(rng)
            && rng.random_bool(RELATED)
        {
            let tally = &self.standing.tally;
            if let Some(row) = tally.rows_of(first as usize).choose(rng) {
                pool.retain(|&own| tally.rows_of(own as usize).contains(row));
            }
        }
        let count = rng.random_range(1..=MOST);
        let (gone, _) = pool.partial_shuffle(rng, count);
        gone.to_vec()
    }

    /// The worth of a middling project of the plan divided by their number, in thousandths of a point: what a
    /// warmth of 1 allows.
    pub fn grain(&self) -> f64 {
        let count = i64::try_from(self.chosen.len()).unwrap_or(i64::MAX).max(1);
        whole(self.standing.value).abs() / whole(count).powi(2)
    }

    /// Takes a decision that opens what it alone does not fill, and others that fill it.
    fn open(&mut self, order: usize, came: &mut Vec<Place>, rng: &mut ChaCha8Rng) {
        let own = &self.orders[order];
        let (before, after) = own.tried.split_at(rng.random_range(0..=own.tried.len()));
        let likely = after.iter().chain(before).take(MOST_ASKED);
        let mut likely = likely.map(|tried| tried.decision);
        let Some(first) = likely.find(|&own| self.standing.opens(own)) else {
            return;
        };
        self.standing.take(first);
        came.push(first);
        let mut mending: Vec<Place> = self.standing.tally.mending().collect();
        mending.sort_unstable_by_key(|&decision| (own.stand(decision), decision));
        mending.dedup();
        for decision in mending {
            if self.standing.tally.is_kept() {
                return;
            }
            if self.standing.mends(decision) && !rng.random_bool(SKIPPED) {
                self.standing.take(decision);
                came.push(decision);
            }
        }
    }

    /// Fills the room with the best that a search in depth finds.
    fn deep(
        &mut self,
        order: usize,
        gone: &[Place],
        above: i64,
        came: &mut Vec<Place>,
        rng: &mut ChaCha8Rng,
    ) {
        let lost: f64 = gone.iter().map(|&own| -self.gains[own as usize]).sum();
        let asked = Asked {
            order: &self.orders[order],
            shelves: &self.shelves,
            gone,
            budget: lost + self.slack * rng.random_range(0.0..1.0),
            above,
            steps: DEEP.1,
        };
        for &decision in self.fill.search(&mut self.standing, &asked) {
            self.standing.take(decision);
            came.push(decision);
        }
    }

    /// Takes what fits, one after another, passing some over the first time.
    fn greedy(&mut self, order: usize, came: &mut Vec<Place>, rng: &mut ChaCha8Rng) {
        let (mut likely, mut skipped) = (Vec::new(), Vec::new());
        let order = &self.orders[order];
        let shelves = &self.shelves;
        shelves.list(&self.standing, order, f64::INFINITY, &mut likely);
        for Tried { decision, .. } in likely {
            if !self.standing.fits(decision) {
                continue;
            }
            if rng.random_bool(SKIPPED) {
                skipped.push(decision);
            } else {
                self.standing.take(decision);
                came.push(decision);
            }
        }
        for decision in skipped {
            if self.standing.fits(decision) {
                self.standing.take(decision);
                came.push(decision);
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // how warm a search is
fn whole(value: i64) -> f64 {
    value as f64
}

#[allow(clippy::cast_possible_truncation)] // a small part of a plan's value
fn thousandths(value: f64) -> i64 {
    value as i64
}
