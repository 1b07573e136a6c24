//! The most that decisions come to which several ceilings leave room for, by a search in depth.
//!
//! Projects are decided one after another, those first that fill the ceilings most. What the others may
//! still bring is bounded by dynamic programs, one for each ceiling: exact in that one, and with the prices of
//! the relaxation for the others. On the five national years of tight programmes of 100 candidates (up to 283
//! decisions, of which seven fit) that takes 0.02 to 0.3 s, where the solver takes 1.5 to 5. Multiples, amounts
//! and prices are whole, so what is found holds whatever the solver.
//!
//! Tried and left: a table of all ceilings added up at those prices beside them (a tenth fewer steps, each a
//! tenth longer), and decisions left out before with which no table comes to more than the set known (as many steps).

use std::ops::Range;

use super::{CEILINGS, Group, index};
use crate::solve::backend::{Backend, Task};
use crate::solve::model::{Model, ModelColumn, ModelRow};

/// Parts of a multiple in which prices and bounds are counted.
const FINE: i64 = 1 << 10;
/// The most steps.
const MOST: u32 = 1 << 29;
/// The steps between two looks whether to go on.
const LOOK: u32 = 1 << 20;

/// Counts the steps of searches, and ends them.
pub(in crate::solve) struct Steps<'a> {
    made: u32,
    /// Asked now and then, with the steps made.
    goes_on: &'a mut dyn FnMut(u32) -> bool,
    is_over: bool,
}

impl<'a> Steps<'a> {
    /// No steps so far; `goes_on` is asked now and then, with the steps made.
    pub fn new(goes_on: &'a mut dyn FnMut(u32) -> bool) -> Steps<'a> {
        Steps {
            made: 0,
            goes_on,
            is_over: false,
        }
    }

    /// Asks whether to go on.
    pub(super) fn look(&mut self) -> bool {
        self.is_over |= self.made >= MOST || !(self.goes_on)(self.made);
        !self.is_over
    }

    /// Counts one; whether more are to follow.
    fn step(&mut self) -> bool {
        if self.made.is_multiple_of(LOOK) {
            self.look();
        }
        self.made += u32::from(!self.is_over);
        !self.is_over
    }
}

/// A decision that is tried.
#[derive(Debug, Clone, Copy)]
struct Tried {
    position: usize,
    /// What it comes to.
    worth: i64,
    /// What it takes of each ceiling, in its parts.
    takes: [i64; CEILINGS],
    /// What that costs.
    cost: i64,
}

/// The most that the projects from each one on bring, by the room left in a ceiling.
type Table = Vec<Vec<i64>>;

/// A search for the fullest set.
struct Search<'a, 'b> {
    projects: &'a [Vec<Tried>],
    /// One a ceiling.
    tables: &'a [Table],
    /// The price of a part of each ceiling.
    prices: [i64; CEILINGS],
    best: i64,
    set: Option<Vec<usize>>,
    stack: Vec<usize>,
    steps: &'a mut Steps<'b>,
}

/// What a search found.
pub(super) struct Fullest {
    /// No set that fits comes to more.
    pub most: i64,
    /// The set that does, if it comes to more than was asked.
    pub set: Option<Vec<usize>>,
}

/// The set that fits and comes to most, if that is more than `least`; a decision comes to its multiple. `None`
/// where the search does not end, or the relaxation has no prices.
pub(super) fn fullest(
    group: &Group,
    backend: &dyn Backend,
    model: &Model,
    multiples: &[i64],
    least: i64,
    steps: &mut Steps<'_>,
) -> Option<Fullest> {
    let prices = prices(group, backend, model, multiples)?;
    let projects = tried(group, multiples, &prices);
    let table = |own| table(&projects, own, prices[own], group.capacities[own]);
    let mut search = Search {
        projects: &projects,
        tables: &(0..group.count).map(table).collect::<Vec<Table>>(),
        prices,
        best: least * FINE,
        set: None,
        stack: Vec::new(),
        steps,
    };
    let room = group.capacities;
    search.deepen(0, room, cost(&room, &prices), 0);
    (!search.steps.is_over).then_some(Fullest {
        most: search.best / FINE,
        set: search.set,
    })
}

/// The decisions of each project that come to something and fit, those projects first that cost most.
fn tried(group: &Group, multiples: &[i64], prices: &[i64; CEILINGS]) -> Vec<Vec<Tried>> {
    let of = |range: &Range<usize>| {
        let own = range.clone().filter(|&own| multiples[own] > 0);
        let own = own.filter(|&own| fits(&group.weights[own], &group.capacities));
        let tried = own.map(|position| Tried {
            position,
            worth: multiples[position] * FINE,
            takes: group.weights[position],
            cost: cost(&group.weights[position], prices),
        });
        let mut tried: Vec<Tried> = tried.collect();
        tried.sort_by_key(|own| (own.cost - own.worth, own.position));
        tried
    };
    let mut projects: Vec<Vec<Tried>> = group.projects.iter().map(of).collect();
    projects.retain(|own| !own.is_empty());
    projects.sort_by_key(|own| -own.iter().map(|own| own.cost).max().unwrap_or(0));
    projects
}

fn cost(takes: &[i64; CEILINGS], prices: &[i64; CEILINGS]) -> i64 {
    takes.iter().zip(prices).map(|(own, by)| own * by).sum()
}

fn fits(takes: &[i64; CEILINGS], room: &[i64; CEILINGS]) -> bool {
    takes.iter().zip(room).all(|(own, room)| own <= room)
}

/// The table that is exact in one ceiling, of which a part costs `price`.
fn table(projects: &[Vec<Tried>], ceiling: usize, price: i64, capacity: i64) -> Table {
    let size = index(capacity) + 1;
    let mut most = vec![vec![0; size]; projects.len() + 1];
    for (place, project) in projects.iter().enumerate().rev() {
        let mut own = most[place + 1].clone();
        for tried in project {
            let takes = index(tried.takes[ceiling]);
            let worth = tried.worth - (tried.cost - price * tried.takes[ceiling]);
            for room in takes..size {
                own[room] = own[room].max(most[place + 1][room - takes] + worth);
            }
        }
        most[place] = own;
    }
    most
}

impl Search<'_, '_> {
    /// Decides the projects from one on; `costs` says what the room left costs.
    fn deepen(&mut self, place: usize, room: [i64; CEILINGS], costs: i64, worth: i64) {
        if worth > self.best {
            self.best = worth;
            self.set = Some(self.stack.clone());
        }
        let projects = self.projects;
        let Some(project) = projects.get(place) else {
            return;
        };
        for own in project {
            if !self.steps.step() {
                return;
            }
            if fits(&own.takes, &room) {
                let mut left = room;
                for (left, takes) in left.iter_mut().zip(own.takes) {
                    *left -= takes;
                }
                let (costs, worth) = (costs - own.cost, worth + own.worth);
                if self.may_be_better(place + 1, &left, costs, worth) {
                    self.stack.push(own.position);
                    self.deepen(place + 1, left, costs, worth);
                    self.stack.pop();
                }
            }
        }
        if self.may_be_better(place + 1, &room, costs, worth) {
            self.deepen(place + 1, room, costs, worth);
        }
    }

    /// Whether the projects from one on may bring more than the best set.
    fn may_be_better(&self, place: usize, room: &[i64; CEILINGS], costs: i64, worth: i64) -> bool {
        let mut tables = self.tables.iter().zip(room).zip(&self.prices);
        tables.all(|((table, &room), price)| {
            worth + table[place][index(room)] + costs - price * room > self.best
        })
    }
}

/// What a part of each ceiling costs in the relaxation, in parts of a multiple. Any prices bound the search.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // any prices are valid
fn prices(
    group: &Group,
    backend: &dyn Backend,
    model: &Model,
    multiples: &[i64],
) -> Option<[i64; CEILINGS]> {
    let column = |&own: &i64| ModelColumn::part(own as f64);
    let of_ceiling = |own: usize| {
        let all = group.weights.iter().enumerate();
        let terms = all.map(|(position, takes)| (position, takes[own] as f64));
        let terms = terms.filter(|term| term.1 > 0.0).collect();
        ModelRow::at_most(terms, group.capacities[own] as f64)
    };
    let of_project = |own: &Range<usize>| {
        ModelRow::at_most(own.clone().map(|position| (position, 1.0)).collect(), 1.0)
    };
    let rows = (0..group.count).map(of_ceiling);
    let rows = rows.chain(group.projects.iter().map(of_project)).collect();
    let small = model.with(multiples.iter().map(column).collect(), rows);
    let told = backend.live(&small)?.optimise(Task::exact()).prices?;
    let mut prices = [0; CEILINGS];
    for (own, price) in prices.iter_mut().zip(&told[..group.count]) {
        *own = (price.abs() * FINE as f64).round() as i64;
    }
    Some(prices)
}
