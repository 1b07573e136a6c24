//! Who pays for the plans of a pooled problem: at once by what fits, and exactly by a solver.
//!
//! The solver is asked of the projects of a plan alone, one decision of each, everything else as it is. It says who
//! pays, or that nobody does, in 0.01 to 0.5 s, seldom more. A plan for which nobody pays is taken down from the pooled
//! board, so that what is sought is the best plan for which somebody does.
//!
//! Tried and left: annealing of what is passed, one project and two at a time (a million moves in 0.1 s find who pays where much
//! is left, and where little is they pass a tenth of a project for good, ten times as many too); the solver asked for the best part of a plan with its
//! helpers open, which takes up to 3 s.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::Pooled;
use super::filled::Filling;
use crate::formulation::Formulation;
use crate::solve::backend::{Backend, Task};
use crate::solve::board::{Board, Found};
use crate::solve::improve::Limit;
use crate::solve::model::Model;
use crate::solve::restricted::Restricted;
use crate::solve::watching::Within;

/// What the solver may take, in seconds or what stands for them.
const LONGEST: f64 = 3.0;
/// It is asked for another plan after so many times what it took for the last one.
const REST: f64 = 2.0;
/// Seconds before the end, beside what it took last, after which it is asked for the last time.
const LAST: f64 = 0.2;

/// Says who pays for the plans of a pooled problem, and puts them up as plans of the whole one.
pub(in crate::solve) struct Paying<'a> {
    /// Of the whole problem.
    board: &'a Board<'a>,
    backend: &'a dyn Backend,
    pooled: &'a Pooled,
    filling: Filling<'a>,
    model: Model,
    pace: Mutex<Pace>,
}

/// When the solver may be asked.
#[derive(Debug, Default)]
struct Pace {
    is_busy: bool,
    /// Not before, in seconds of the search or what stands for them.
    next: f64,
    /// What it took last.
    took: f64,
    /// The plan it was asked for last.
    asked: Vec<bool>,
}

impl<'a> Paying<'a> {
    pub fn new(board: &'a Board<'a>, backend: &'a dyn Backend, pooled: &'a Pooled) -> Paying<'a> {
        Paying {
            board,
            backend,
            pooled,
            filling: Filling::new(board.formulation, pooled),
            model: Model::plain(board.formulation),
            pace: Mutex::default(),
        }
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The board of the whole problem.
    pub fn board(&self) -> &'a Board<'a> {
        self.board
    }

    /// The pooled problem.
    pub fn formulation(&self) -> &'a Formulation {
        &self.pooled.formulation
    }

    /// Puts up what can be said at once of a plan.
    pub fn at_once(&self, taken: &[bool]) {
        self.board.put(self.filling.filled(taken));
    }

    /// Asks the solver who pays for the best plan of the pooled board, if it is time, `now` seconds or what
    /// stands for them into the search; the simplex iterations it took.
    pub fn look(&self, pooled: &Board<'_>, best: &Found, now: f64, limit: Limit) -> i64 {
        if !self.begins(best, pooled.bound(), now) {
            return 0;
        }
        let started = Instant::now();
        let iterations = self.ask(&best.taken, limit);
        if self.board.best_value() < Some(best.value)
            && let Some(other) = self.board.best()
        {
            pooled.refuse(best.taken.clone(), self.pooled.open(&other.taken));
        }
        let took = limit.took(started, iterations);
        *self.pace() = Pace {
            is_busy: false,
            next: now + took * (1.0 + REST),
            took,
            asked: best.taken.clone(),
        };
        iterations
    }

    /// Whether the solver is to be asked now, which nobody else is to do until it has answered.
    fn begins(&self, best: &Found, bound: Option<i64>, now: f64) -> bool {
        let known = self.board.best_value();
        let mut pace = self.pace();
        if pace.is_busy || known.is_some_and(|known| known >= best.value) {
            return false;
        }
        let proves = bound.is_some_and(|bound| self.board.settings.reaches(best.value, bound));
        let left = self.board.time_left().map(|left| left.as_secs_f64());
        let is_last = left.is_some_and(|left| left < 2.0 * pace.took + LAST);
        // Without a plan of the whole problem none is refused, and the best stays what it was.
        let is_pressing = (proves || known.is_none()) && pace.asked != best.taken;
        pace.is_busy = is_pressing || is_last || now >= pace.next;
        pace.is_busy
    }

    /// Asks the solver who pays for a plan, and puts up what it says; its simplex iterations.
    fn ask(&self, taken: &[bool], limit: Limit) -> i64 {
        let (any, open, always) = self.question(taken);
        let values = self.model.values(self.board.formulation, &any);
        let is_free = |place: usize| open.get(place).copied().unwrap_or(false);
        let Some(mut part) = Restricted::new(&self.model, &values, is_free) else {
            return 0;
        };
        part.take_one_of(&always);
        part.without_costs();
        let mut watch = Within {
            board: self.board,
            part: &part,
            taken: &any,
            most: limit.most(LONGEST),
        };
        let answer = self.backend.optimise(
            &part.model,
            Task {
                time: limit.time(LONGEST, self.board.time_left()),
                watch: Some(&mut watch),
                ..Task::exact()
            },
        );
        if let Some(own) = &answer.values {
            self.board.put(part.decisions(&any, own));
        }
        answer.iterations
    }

    /// A plan as anybody would pay for it; which decisions are open, where several may; and of which one is to be
    /// taken each.
    fn question(&self, taken: &[bool]) -> (Vec<bool>, Vec<bool>, Vec<Range<usize>>) {
        let formulation = self.board.formulation;
        let group_of = formulation.group_of();
        let mut any = vec![false; formulation.benefit().len()];
        let mut open = any.clone();
        let mut always = Vec::new();
        let own = self.pooled.members.iter().zip(taken);
        for (members, _) in own.filter(|own| *own.1) {
            any[members[0]] = true;
            if let [first, _, ..] = members[..] {
                for &member in members {
                    open[member] = true;
                }
                always.push(formulation.groups()[group_of[first]].clone());
            }
        }
        (any, open, always)
    }
}
