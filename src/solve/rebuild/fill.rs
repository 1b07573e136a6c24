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
        self.go_on(standing, asked, asked.order, asked.budget);
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
            let (left, rest) = (budget - loss(asked, decision), &list[at + 1..]);
            self.steps -= 1;
            self.stack.push(decision);
            let goes_on = self.steps > 0 && rest.iter().any(|&other| loss(asked, other) <= left);
            if !goes_on && standing.tally.is_kept() {
                // What fits into a plan that keeps every row leaves it so.
                self.note(standing.value_with(decision), asked);
            } else {
                standing.take(decision);
                if standing.tally.is_kept() {
                    self.note(standing.value, asked);
                }
                self.go_on(standing, asked, rest, left);
                standing.leave(decision);
            }
            self.stack.pop();
        }
    }

    /// Puts more into the room beside what is taken: of the rest what fits and loses no more than is left.
    fn go_on(&mut self, standing: &mut Standing<'_>, asked: &Asked<'_>, rest: &[Place], left: f64) {
        let depth = self.stack.len();
        if depth < DEEPEST {
            let mut next = std::mem::take(&mut self.lists[depth]);
            next.clear();
            let is_open = |&own: &Place| loss(asked, own) <= left && standing.fits(own);
            next.extend(rest.iter().copied().filter(is_open));
            self.deepen(standing, asked, &next, left);
            self.lists[depth] = next;
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

fn loss(asked: &Asked<'_>, decision: Place) -> f64 {
    (-asked.gains[decision as usize]).max(0.0)
}

fn is_same(came: &[Place], gone: &[Place]) -> bool {
    came.len() == gone.len() && came.iter().all(|own| gone.contains(own))
}
