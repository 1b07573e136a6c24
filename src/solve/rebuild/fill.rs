//! What best fills the room that projects leave which are let go: a search in depth, millions of
//! steps a second, for the first few hundred ways.

use super::standing::{Place, Standing};

/// How many decisions are put into the room at most.
const DEEPEST: usize = 40;

/// What is remembered from one search to the next, so that nothing is allocated in it.
pub(super) struct Fill {
    /// What still fits, by depth.
    lists: Vec<Vec<Place>>,
    stack: Vec<Place>,
    best: Vec<Place>,
    worth: i64,
    steps: u32,
}

/// What a search is asked.
pub(super) struct Asked<'a> {
    /// The decisions in the order they are tried.
    pub order: &'a [Place],
    /// What each decision would add to the relaxation.
    pub gains: &'a [f64],
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
    pub fn new() -> Fill {
        Fill {
            lists: vec![Vec::new(); DEEPEST],
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
        let mut first = std::mem::take(&mut self.lists[0]);
        first.clear();
        let affordable = |&decision: &Place| loss(asked, decision) <= asked.budget;
        let all = asked.order.iter().copied().filter(affordable);
        first.extend(all.filter(|&decision| standing.fits(decision)));
        self.deepen(standing, asked, &first, asked.budget);
        self.lists[0] = first;
        &self.best
    }

    fn deepen(
        &mut self,
        standing: &mut Standing<'_>,
        asked: &Asked<'_>,
        list: &[Place],
        budget: f64,
    ) {
        for (at, &decision) in list.iter().enumerate() {
            if self.steps == 0 {
                return;
            }
            let left = budget - loss(asked, decision);
            if left < 0.0 {
                continue;
            }
            self.steps -= 1;
            standing.take(decision);
            self.stack.push(decision);
            self.note(standing, asked);
            let depth = self.stack.len();
            if depth < DEEPEST {
                let mut next = std::mem::take(&mut self.lists[depth]);
                next.clear();
                let rest = list[at + 1..].iter().copied();
                next.extend(rest.filter(|&other| standing.fits(other)));
                self.deepen(standing, asked, &next, left);
                self.lists[depth] = next;
            }
            self.stack.pop();
            standing.leave(decision);
        }
    }

    fn note(&mut self, standing: &Standing<'_>, asked: &Asked<'_>) {
        let is_better = standing.value > self.worth && standing.tally.is_kept();
        if is_better && !is_same(&self.stack, asked.gone) {
            self.worth = standing.value;
            self.best.clone_from(&self.stack);
        }
    }
}

fn loss(asked: &Asked<'_>, decision: Place) -> f64 {
    (-asked.gains[decision as usize]).max(0.0)
}

fn is_same(came: &[Place], gone: &[Place]) -> bool {
    came.len() == gone.len() && came.iter().all(|own| gone.contains(own))
}
