//! What best fills the room that projects leave which are let go: a search in depth, millions of
//! steps a second, for the first few hundred ways.

use super::Place;
use super::order::{Order, Shelves, Tried};
use super::standing::Standing;

/// How many decisions are put into the room at most.
const DEEPEST: usize = 40;

/// What is remembered from one search to the next, so that nothing is allocated in it.
pub(super) struct Fill {
    /// What still fits, by depth.
    lists: Vec<List>,
    /// What each project brings at most, of those counted.
    brings: Vec<i64>,
    stack: Vec<Place>,
    best: Vec<Place>,
    worth: i64,
    steps: u32,
}

/// Decisions that are tried one after another.
#[derive(Debug, Clone, Default)]
struct List {
    tried: Vec<Tried>,
    /// What each and those after it bring at most.
    most: Vec<i64>,
}

/// What a search is asked.
pub(super) struct Asked<'a> {
    /// The order in which decisions are tried.
    pub order: &'a Order,
    /// The decisions.
    pub shelves: &'a Shelves,
    /// The decisions that were let go, which are not to come back all alone.
    pub gone: &'a [Place],
    /// What the decisions taken may lose against the relaxation together.
    pub budget: f64,
    /// The plan is to be worth more than this.
    pub above: i64,
    /// How many decisions are tried.
    pub steps: u32,
}

impl Fill {
    /// For so many projects.
    pub fn new(projects: usize) -> Fill {
        Fill {
            lists: vec![List::default(); DEEPEST],
            brings: vec![0; projects],
            stack: Vec::new(),
            best: Vec::new(),
            worth: 0,
            steps: 0,
        }
    }

    /// The decisions with which the plan keeps every row and is worth the most, of those tried.
    pub fn search(&mut self, standing: &mut Standing<'_>, asked: &Asked<'_>) -> &[Place] {
        self.best.clear();
        self.worth = asked.above;
        self.steps = asked.steps;
        self.go_on(standing, asked, asked.budget, |standing, list| {
            let own = asked.shelves;
            own.list(standing, asked.order, asked.budget, list);
        });
        &self.best
    }

    fn deepen(&mut self, standing: &mut Standing<'_>, asked: &Asked<'_>, list: &List, budget: f64) {
        for (at, &Tried { decision, loss }) in list.tried.iter().enumerate() {
            if self.steps == 0 || standing.value + list.most[at] <= self.worth {
                return;
            }
            let (left, rest) = (budget - loss, &list.tried[at + 1..]);
            self.steps -= 1;
            self.stack.push(decision);
            let goes_on = self.steps > 0 && rest.iter().any(|other| other.loss <= left);
            if !goes_on && standing.tally.is_kept() {
                // What fits into a plan that keeps every row leaves it so.
                self.note(standing.value_with(decision), asked);
            } else {
                standing.take(decision);
                if standing.tally.is_kept() {
                    self.note(standing.value, asked);
                }
                self.go_on(standing, asked, left, |standing, list| {
                    let fits = |own: &&Tried| own.loss <= left && standing.fits(own.decision);
                    list.clear();
                    list.extend(rest.iter().filter(fits));
                });
                standing.leave(decision);
            }
            self.stack.pop();
        }
    }

    /// Puts more into the room beside what is taken, of those that are put into a list.
    fn go_on(
        &mut self,
        standing: &mut Standing<'_>,
        asked: &Asked<'_>,
        left: f64,
        put: impl FnOnce(&Standing<'_>, &mut Vec<Tried>),
    ) {
        let depth = self.stack.len();
        if depth < DEEPEST {
            let mut next = std::mem::take(&mut self.lists[depth]);
            put(standing, &mut next.tried);
            self.sum(standing, &mut next);
            self.deepen(standing, asked, &next, left);
            self.lists[depth] = next;
        }
    }

    /// Sums up what the decisions of a list bring at most, one of each project.
    fn sum(&mut self, standing: &Standing<'_>, list: &mut List) {
        list.most.clear();
        list.most.resize(list.tried.len(), 0);
        let mut most = 0;
        for (own, sum) in list.tried.iter().zip(&mut list.most).rev() {
            let (project, benefit) = standing.worth(own.decision);
            let brought = &mut self.brings[project];
            if benefit > *brought {
                most += benefit - *brought;
                *brought = benefit;
            }
            *sum = most;
        }
        for own in &list.tried {
            self.brings[standing.worth(own.decision).0] = 0;
        }
    }

    /// Notes a plan that keeps every row.
    fn note(&mut self, value: i64, asked: &Asked<'_>) {
        if value > self.worth && !is_same(&self.stack, asked.gone) {
            self.worth = value;
            self.best.clone_from(&self.stack);
        }
    }
}

fn is_same(came: &[Place], gone: &[Place]) -> bool {
    came.len() == gone.len() && came.iter().all(|own| gone.contains(own))
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::formulation::{DecisionId, Formulation, Taken, numbered};

    /// Five projects of two decisions each, in two years that hold some of them.
    fn formulation(rng: &mut ChaCha8Rng) -> (Formulation, Vec<i64>) {
        let costs: Vec<i64> = (0..10).map(|_| rng.random_range(1..9)).collect();
        let decision = |own: usize| numbered(u32::try_from(own / 2).unwrap_or(0));
        let all = (0..10).map(|own| (decision(own), format!("x{own}"), costs[own] + 1));
        let mut made = Formulation::new(all.collect(), |own| format!("{:?}", own.project));
        for year in 0..2 {
            let own = (0..5).map(|project| 2 * project + year);
            let terms = own.map(|own| (DecisionId::at(own), costs[own])).collect();
            made.at_most(format!("year {year}"), terms, rng.random_range(8..16));
        }
        let benefit = made.benefit().to_vec();
        (made, benefit)
    }

    /// What the best plan is worth.
    fn best(made: &Formulation) -> i64 {
        let flags = |bits: u32| (0..10).map(|own| bits >> own & 1 == 1).collect();
        let all = (0..1_u32 << 10).map(flags);
        let kept = all.filter(|taken: &Vec<bool>| made.admits(&Taken(taken)));
        kept.map(|taken| made.value(&Taken(&taken)))
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn with_steps_enough_nothing_fills_the_room_better() {
        for seed in 0..50 {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let (made, benefit) = formulation(&mut rng);
            let mut standing = Standing::new(&made, &[false; 10]);
            let tried = |decision| Tried {
                decision,
                loss: 0.0,
            };
            let tried: Vec<Tried> = (0..10).map(tried).collect();
            let shelves = Shelves::new(&standing.tally, &tried);
            let asked = Asked {
                order: &Order::new(tried, 10),
                shelves: &shelves,
                gone: &[],
                budget: 0.0,
                above: 0,
                steps: 100_000,
            };
            let mut fill = Fill::new(5);
            let came = fill.search(&mut standing, &asked);
            let worth: i64 = came.iter().map(|&own| benefit[own as usize]).sum();
            assert_eq!(worth, best(&made), "{seed}: {came:?}");
        }
    }
}
