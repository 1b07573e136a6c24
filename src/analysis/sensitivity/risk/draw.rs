//! One draw: what becomes of a plan, year by year, when chance has its say.

use super::chances::Chances;
use super::ground::Ground;
use super::list::Waiting;
use super::money::{Flowing, Funds};
use super::realised::{Loss, Lost, Realised, Started};
use crate::formulation::{DecisionId, Occupancy};
use crate::plan::{Decision, Plan};
use crate::quantities::Money;
use crate::rules::kind_of;

/// A plan and its reserve list, ready to be drawn.
#[derive(Debug)]
pub(super) struct Rehearsal<'a> {
    ground: &'a Ground<'a>,
    reserve: Vec<Waiting>,
    /// What the plan spends, by fund and year, in đồng.
    wanted: Vec<Vec<i64>>,
    beginning: Beginning<'a>,
}

/// How every draw begins.
#[derive(Debug, Clone)]
struct Beginning<'a> {
    running: View<'a>,
    pledged: View<'a>,
    /// The planned decisions that are still to start, by year.
    due: Vec<Vec<DecisionId>>,
    /// Those that run already.
    open: Vec<DecisionId>,
}

/// What some decisions use of the limits and of the money.
#[derive(Debug, Clone)]
struct View<'a> {
    occupancy: Occupancy<'a>,
    money: Flowing,
}

impl View<'_> {
    fn take(&mut self, ground: &Ground<'_>, id: DecisionId) {
        self.occupancy.take(id);
        self.money.add(&ground.flows[id.index()]);
    }

    fn drop(&mut self, ground: &Ground<'_>, id: DecisionId) {
        self.occupancy.drop(id);
        self.money.take_off(&ground.flows[id.index()], 0);
    }

    /// From `year` on it takes no more capacity and no more money; what excludes it still does.
    fn stop(&mut self, ground: &Ground<'_>, id: DecisionId, year: usize) {
        let is_left = |label: &str| kind_of(label) != "exclusion";
        self.occupancy.drop_from(id, |row| is_left(&row.label));
        self.money.take_off(&ground.flows[id.index()], year);
    }
}

impl<'a> Rehearsal<'a> {
    pub fn new(ground: &'a Ground<'a>, plan: &Plan, reserve: Vec<Waiting>) -> Rehearsal<'a> {
        let nothing = View {
            occupancy: Occupancy::new(&ground.limits),
            money: Flowing::nothing(ground),
        };
        let mut beginning = Beginning {
            running: nothing.clone(),
            pledged: nothing,
            due: vec![Vec::new(); ground.years()],
            open: Vec::new(),
        };
        for id in plan.choices().filter_map(|own| ground.limits.find(own)) {
            let start = ground.start(id);
            beginning.pledged.take(ground, id);
            if start < ground.open_from {
                beginning.open.push(id);
            } else {
                beginning.due[start].push(id);
            }
            // A promise keeps its room from the first year on.
            if start < ground.open_from || ground.is_promised(id) {
                beginning.running.take(ground, id);
            }
        }
        Rehearsal {
            ground,
            reserve,
            wanted: beginning.pledged.money.spent.clone(),
            beginning,
        }
    }

    /// What becomes of the plan with these chances.
    pub fn draw(&self, chances: &Chances) -> Realised {
        let ground = self.ground;
        let mut course = Course {
            of: self,
            ground,
            chances,
            now: self.beginning.clone(),
            funds: Funds::new(ground),
            open: Vec::new(),
            called: vec![false; self.reserve.len()],
            started: Vec::new(),
            lost: Vec::new(),
            ceilings: ground.programme.ceilings.clone(),
        };
        for &id in &self.beginning.open {
            course.note(id, false);
        }
        for year in 0..ground.years() {
            if year >= ground.open_from {
                course.year(year);
            }
            course.funds.close(&course.now.running.money);
        }
        course.realised()
    }
}

/// A draw in its course.
struct Course<'a, 'c> {
    of: &'c Rehearsal<'a>,
    ground: &'a Ground<'a>,
    chances: &'c Chances,
    now: Beginning<'a>,
    funds: Funds,
    /// The decisions that run, with their places among those that started.
    open: Vec<(DecisionId, usize)>,
    called: Vec<bool>,
    started: Vec<Started>,
    lost: Vec<Lost>,
    ceilings: Vec<Vec<Money>>,
}

impl Course<'_, '_> {
    fn year(&mut self, year: usize) {
        let due = self.meet_chances(year);
        self.cut(year);
        self.start(due);
        self.call(year);
    }

    /// Who of those due in a year neither drops out nor slips, the most benefit per đồng first. A
    /// promise starts at once.
    fn meet_chances(&mut self, year: usize) -> Vec<DecisionId> {
        let ground = self.ground;
        let mut due = Vec::new();
        for id in std::mem::take(&mut self.now.due[year]) {
            let (drop_out, slip) = ground.risks[id.index()];
            let number = self.chances.due(ground.limits.decision(id).project, year);
            if number < drop_out.0 {
                self.lose(id, Loss::DroppedOut);
            } else if number < drop_out.0 + slip.0 {
                self.postpone(id, Loss::DroppedOut);
            } else if ground.is_promised(id) {
                self.note(id, false);
            } else {
                due.push(id);
            }
        }
        due.sort_by(|&one, &other| ground.by_worth(one, other));
        due
    }

    /// Makes the cuts of a year known, and stops what the ceilings no longer carry.
    fn cut(&mut self, year: usize) {
        let ground = self.ground;
        for (position, own) in ground.cuts.iter().enumerate() {
            if own.year == year && self.chances.is_cut(position, own.chance) {
                self.funds.amounts[own.fund][year] = own.amount;
                self.ceilings[own.fund][year] = own.ceiling;
            }
        }
        for fund in 0..ground.funds() {
            while self.funds.left(&self.now.running.money, fund) < 0 {
                let pays = |id: DecisionId| {
                    let mut paid = ground.flows[id.index()].paid.iter();
                    paid.any(|own| own.fund == fund && own.year == year)
                };
                let places = (0..self.open.len()).filter(|&place| pays(self.open[place].0));
                // Promises last; else the least benefit per đồng first.
                let worst = places.max_by(|&one, &other| {
                    let [one, other] = [one, other].map(|place| self.open[place].0);
                    let is_free = |id| !ground.is_promised(id);
                    let by_promise = is_free(one).cmp(&is_free(other));
                    by_promise.then_with(|| ground.by_worth(one, other))
                });
                let Some(worst) = worst else { break };
                self.stop(worst, year);
            }
        }
    }

    /// Starts those due for whom there is room, in their order; again as long as one that started
    /// makes room for another, as a project that others require does. The rest wait a year.
    fn start(&mut self, mut due: Vec<DecisionId>) {
        loop {
            let before = due.len();
            due.retain(|&id| !self.starts(id));
            if due.len() == before {
                break;
            }
        }
        for id in due {
            self.postpone(id, Loss::NoRoom);
        }
    }

    /// Starts a planned decision if there is room for it: beside what runs, or, of money, with
    /// everything that is still to come.
    fn starts(&mut self, id: DecisionId) -> bool {
        let flows = &self.ground.flows[id.index()];
        let has_room = self.now.running.occupancy.has_room_for(id)
            && (self.funds.suffice(&self.now.pledged.money, &flows.funds)
                || self.funds.can_pay(&self.now.running.money, flows));
        if has_room {
            self.now.running.take(self.ground, id);
            self.note(id, false);
        }
        has_room
    }

    /// Calls the reserve list while a fund spends less in a year than the plan wanted.
    fn call(&mut self, year: usize) {
        let (of, ground) = (self.of, self.ground);
        let mut left = self.left();
        for (position, candidate) in of.reserve.iter().enumerate() {
            let spent = &self.now.pledged.money.spent;
            let is_short = |fund: usize| spent[fund][year] < of.wanted[fund][year];
            if !(0..ground.funds()).any(is_short) {
                return;
            }
            if self.called[position] {
                continue;
            }
            let helps = |id: &DecisionId| {
                let now = || {
                    let paid = ground.flows[id.index()].paid.iter();
                    paid.filter(|own| own.year == year)
                };
                now().any(|own| is_short(own.fund)) && now().all(|own| own.amount <= left[own.fund])
            };
            let options: Vec<DecisionId> = candidate.by_year[year]
                .iter()
                .copied()
                .filter(helps)
                .collect();
            let Some(id) = options.into_iter().find(|&id| self.has_place(id)) else {
                continue;
            };
            self.called[position] = true;
            if self.chances.called(candidate.project) < ground.risks[id.index()].0.0 {
                self.lost.push(Lost {
                    project: candidate.project,
                    loss: Loss::DroppedOut,
                    is_called: true,
                });
                continue;
            }
            self.now.pledged.take(ground, id);
            self.now.running.take(ground, id);
            self.note(id, true);
            left = self.left();
        }
    }

    /// Whether there is room for a candidate beside what runs and what is still to come.
    fn has_place(&mut self, id: DecisionId) -> bool {
        let pledged = &mut self.now.pledged;
        let flows = &self.ground.flows[id.index()];
        pledged.occupancy.has_room_for(id) && self.funds.can_pay(&pledged.money, flows)
    }

    /// What each fund could still pay this year.
    fn left(&self) -> Vec<i64> {
        let money = &self.now.pledged.money;
        let funds = 0..self.ground.funds();
        funds.map(|fund| self.funds.left(money, fund)).collect()
    }

    fn note(&mut self, id: DecisionId, is_called: bool) {
        self.open.push((id, self.started.len()));
        self.started.push(Started {
            decision: *self.ground.limits.decision(id),
            is_called,
            stopped: None,
        });
    }

    fn stop(&mut self, place: usize, year: usize) {
        let (id, started) = self.open.swap_remove(place);
        self.now.running.stop(self.ground, id, year);
        self.now.pledged.stop(self.ground, id, year);
        self.started[started].stopped = Some(self.ground.programme.years[year]);
    }

    fn lose(&mut self, id: DecisionId, loss: Loss) {
        self.now.pledged.drop(self.ground, id);
        if self.ground.is_promised(id) {
            self.now.running.drop(self.ground, id);
        }
        self.lost.push(Lost {
            project: self.ground.limits.decision(id).project,
            loss,
            is_called: false,
        });
    }

    /// Lets a decision start a year later, where that is admissible; a promise has no other year.
    fn postpone(&mut self, id: DecisionId, loss: Loss) {
        let ground = self.ground;
        let own = ground.limits.decision(id);
        let later = ground.limits.find(&Decision {
            start: own.start.plus(1),
            ..*own
        });
        let Some(later) = later else {
            self.lose(id, loss);
            return;
        };
        self.now.pledged.drop(ground, id);
        self.now.pledged.take(ground, later);
        self.now.due[ground.start(later)].push(later);
    }

    fn realised(self) -> Realised {
        let ground = self.ground;
        let stays = self.started.iter().filter(|own| own.stopped.is_none());
        let found = stays.filter_map(|own| ground.limits.find(&own.decision));
        let benefit = found.map(|id| ground.benefit(id)).sum();
        let spent = &self.now.running.money.spent;
        let open = ground.open_from..ground.years();
        let sum = |amounts: &[i64]| amounts.iter().sum::<i64>();
        let used = spent.iter().map(|own| sum(&own[open.clone()])).sum();
        let money = |own: &Vec<i64>| own.iter().copied().map(Money).collect();
        Realised {
            used: Money(used),
            usable: Money(ground.usable(&self.funds.amounts, spent)),
            spent: spent.iter().map(money).collect(),
            started: self.started,
            lost: self.lost,
            ceilings: self.ceilings,
            benefit,
        }
    }
}
