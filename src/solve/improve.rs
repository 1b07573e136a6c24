//! Large-neighbourhood search: from good plans to better ones, one small exact problem at a time.
//!
//! A general solver's bound hardly moves after its first seconds on programmes like ours, while its
//! plans are far from the best: what it would spend on the tree is better spent on plans.
//!
//! Neighbourhoods begin small and short; while they bring nothing they may take longer, and each
//! kind opens more projects as long as it is searched to its end in little of its time.
//!
//! Where small problems bring nothing for long, plans are tempered (see `tempering`), and what one thread
//! tempers another merges (see `merging`).

mod begin;
mod limit;
mod merging;
mod paid;
mod rounding;
mod tempering;

use std::ops::Range;
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::backend::{Backend, End, Task};
use super::board::{Board, Found};
use super::model::Model;
use super::neighbourhood::{Ground, KINDS};
use super::rebuild::Rebuild;
use super::relaxation::Relaxation;
use super::restricted::Restricted;
use super::watching::Within;
use crate::formulation::Taken;
use begin::Beginning;
pub(super) use limit::Limit;
use merging::Merging;
use tempering::Tempering;

/// The shortest and the longest time of a neighbourhood, in seconds.
const SECONDS: (f64, f64) = (0.1, 4.0);
/// How much longer neighbourhoods may take when some in a row brought nothing, and how many.
const LONGER: (f64, u32) = (1.15, 4);
/// How much shorter after a better plan.
const SHORTER: f64 = 0.8;
/// How many projects are opened at first.
const FIRST: f64 = 15.0;
/// The fewest projects that are opened.
const FEWEST: f64 = 8.0;
/// A neighbourhood that took less than this part of its limit may grow.
const EASY: f64 = 0.25;
/// The part of a kind's merit that stays from one draw to the next.
const MEMORY: f64 = 0.8;
/// The least merit of a kind, so that each is drawn now and then.
const LEAST_MERIT: f64 = 0.05;
/// Idle steps after which a search in pauses works half as much.
const CALM: u32 = 15;
/// How often a plan is torn down and built up instead of solved in part, as long as that brings
/// better ones.
const REBUILT: f64 = 0.6;
/// How many times, and the simplex iterations that stand for that.
const RUINS: (u32, i64) = (3_000, 4_000);
/// How warm it is at first (see `rebuild`); at last it is cold.
const WARM: f64 = 1.0;
/// Ruins between two looks at the board.
const LOOK: u32 = 100;
/// What scheduling a choice may take, in seconds or what stands for them, and its gap. Where time is the
/// limit it may take longer on large programmes (see [`SCHEDULED`]): cut off, it brings a plan with other
/// focal points than the choice's, from which the searches do not get away. 30 s, two threads, with 1.5 s
/// and with a sixth of the time left: province of 900, 0.142, 0.187, 0.094 per cent (proven after 19.5 s) and
/// 0.099 (9.5 s), 0.100 (27.7 s), 0.187; vinh-long to 0.1 per cent in 23, 20, 22 s and 20, 12, 26; three
/// provinces of 300, two seeds, 0.25 and 0.21 per cent; tight programmes the same (0.85 and 0.84).
const CHOICE: (f64, f64) = (1.5, 1e-3);
/// Decisions that may take a second of it, and the part of the time left that it takes at most.
const SCHEDULED: (u32, u32) = (150, 6);
/// The gap inside a neighbourhood.
const INNER_GAP: f64 = 1e-4;

/// Searches around the plans of a board.
pub(super) struct Improver<'a> {
    board: &'a Board<'a>,
    backend: &'a dyn Backend,
    model: &'a Model,
    ground: Ground<'a>,
    rng: ChaCha8Rng,
    limit: Limit,
    /// What the next neighbourhood may take, in seconds or what stands for them.
    seconds: f64,
    /// Steps since the last better plan.
    idle: u32,
    /// Idle steps after which the relaxation is rounded otherwise.
    stuck: u32,
    /// How many projects each kind opens.
    sizes: [f64; KINDS.len()],
    /// What each kind brought lately.
    merits: [f64; KINDS.len()],
    /// What tearing plans down brought lately.
    ruins: f64,
    tempering: Tempering,
    merging: Merging,
    iterations: i64,
    beginning: Beginning,
}

impl<'a> Improver<'a> {
    pub fn new(
        board: &'a Board<'a>,
        backend: &'a dyn Backend,
        model: &'a Model,
        relaxation: &'a Relaxation,
        limit: Limit,
        seed: u64,
    ) -> Improver<'a> {
        let ground = Ground::new(relaxation);
        Improver {
            board,
            backend,
            model,
            rng: ChaCha8Rng::seed_from_u64(seed),
            limit,
            seconds: SECONDS.0,
            idle: 0,
            stuck: begin::INTERVALS.0,
            sizes: [FIRST; KINDS.len()],
            merits: [1.0; KINDS.len()],
            ruins: 1.0,
            tempering: Tempering::new(),
            merging: Merging::new(),
            iterations: 0,
            beginning: Beginning::new(ground.support().max(FIRST * 4.0)),
            ground,
        }
    }

    /// To mend a plan that is one project away: few are opened at first.
    pub fn opening_few(mut self) -> Improver<'a> {
        self.beginning = Beginning::new(FIRST * 2.0);
        self
    }

    /// To count something else than the relaxation, for few of the decisions.
    pub fn counting(mut self) -> Improver<'a> {
        self.ground.counting(self.board.formulation.benefit());
        self
    }

    /// Whether it is to work on, beside an exact search that has made so many simplex iterations.
    pub fn is_due(&self, iterations: i64) -> bool {
        let share = 1_i32 << (self.idle / CALM).min(20);
        self.iterations * i64::from(share) < iterations
    }

    /// Whether it has anything to do.
    pub fn goes_on(&self) -> bool {
        self.board.goes_on()
    }

    /// Searches until the board closes.
    pub fn go_on(&mut self) {
        while self.goes_on() {
            self.step();
        }
    }

    /// Searches one neighbourhood, or for a first plan where there is none.
    pub fn step(&mut self) {
        self.pay();
        if let Some(choice) = self.board.take_choice() {
            return self.schedule(&choice);
        }
        match self.board.best() {
            Some(best) if self.merging.is_due() => self.merge(&best),
            Some(best) if self.is_stuck() => self.temper(&best),
            Some(best) if self.rebuilds() => self.rebuild(&best),
            Some(best) => {
                self.improve(&best);
                if self.ground.is_wide() && self.idle >= self.stuck {
                    self.stuck = self.idle + self.beginning.interval;
                    self.round_anew();
                }
            }
            None => self.begin(),
        }
    }

    /// Whether a plan is torn down next. What is built up follows the relaxation, and so brings nothing
    /// where something else is counted.
    fn rebuilds(&mut self) -> bool {
        !self.ground.is_counting() && self.rng.random_bool(self.ruins * REBUILT)
    }

    /// Schedules a choice of projects: with what the best plan takes, which is a beginning.
    fn schedule(&mut self, choice: &[f64]) {
        let none = vec![false; choice.len()];
        let best = self.board.best().map_or(none, |best| best.taken);
        let open = self.ground.of_choice(choice, &best);
        let longer = self.for_choice(choice.len());
        self.lasting(longer, |own| own.search(&best, &open, CHOICE.1));
        if let Some(best) = self.board.best() {
            self.rebuild(&best);
        }
    }

    /// What scheduling a choice of so many decisions may take.
    fn for_choice(&self, decisions: usize) -> f64 {
        let left = self.board.time_left().unwrap_or(Duration::MAX);
        let own = Duration::from_secs(decisions as u64) / SCHEDULED.0;
        match self.limit {
            Limit::Time => own.min(left / SCHEDULED.1).as_secs_f64().max(CHOICE.0),
            Limit::Iterations => CHOICE.0,
        }
    }

    /// Tears a plan down and builds it up, many times.
    fn rebuild(&mut self, best: &Found) {
        let board = self.board;
        let relaxation = self.ground.relaxation();
        self.iterations += RUINS.1;
        let Some(mut own) = Rebuild::new(board.formulation, relaxation, &best.taken, &mut self.rng)
        else {
            return;
        };
        let (mut known, mut looks) = (best.value, true);
        for round in 0..RUINS.0 {
            if (looks || round.is_multiple_of(LOOK)) && !board.goes_on() {
                return;
            }
            let left = 1.0 - f64::from(round) / f64::from(RUINS.0);
            looks = self.ruin(&mut own, WARM * left, &mut known);
        }
        self.ruins = merit(self.ruins, known > best.value);
        // Where it ends is another plan to cross with.
        board.put(own.plan());
    }

    /// Tears it down and builds it up once, and puts up what is better than any plan `known`: that is held
    /// to every row, which takes its time on a wide programme. Whether it is.
    fn ruin(&mut self, own: &mut Rebuild<'_>, warmth: f64, known: &mut i64) -> bool {
        own.round(warmth, &mut self.rng);
        let is_better = own.value() > *known;
        if is_better {
            *known = own.value();
            self.board.put(own.plan());
        }
        is_better
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a number of projects
    fn improve(&mut self, best: &Found) {
        let kind = self.draw();
        let other = self.board.other(&mut self.rng);
        let size = self.sizes[kind] as usize;
        let open = self
            .ground
            .open(KINDS[kind], size, &best.taken, &other, &mut self.rng);
        let (end, took) = self.search(&best.taken, &open, INNER_GAP);
        let is_better = self.board.best_value() > Some(best.value);
        self.adapt(kind, end, took, is_better);
    }

    /// Draws a kind by what it brought lately.
    fn draw(&mut self) -> usize {
        let total: f64 = self.merits.iter().sum();
        let mut at = self.rng.random_range(0.0..total);
        for (kind, merit) in self.merits.iter().enumerate() {
            if at < *merit {
                return kind;
            }
            at -= merit;
        }
        KINDS.len() - 1
    }

    fn adapt(&mut self, kind: usize, end: End, took: f64, is_better: bool) {
        self.merits[kind] = merit(self.merits[kind], is_better);
        let is_easy = took < EASY * self.seconds;
        self.sizes[kind] = self.grown(self.sizes[kind], FEWEST, end, is_easy);
        if is_better {
            self.ruins = 1.0;
            self.tempering.restart();
            self.idle = 0;
            self.stuck = self.beginning.interval;
            self.seconds = (self.seconds * SHORTER).max(SECONDS.0);
        } else {
            self.idle += 1;
            if self.idle.is_multiple_of(LONGER.1) {
                self.seconds = (self.seconds * LONGER.0).min(SECONDS.1);
            }
        }
    }

    /// How many projects are opened next, `least` or more, after a search that ended so.
    fn grown(&self, size: f64, least: f64, end: End, is_easy: bool) -> f64 {
        let factor = match end {
            End::Finished | End::Infeasible if is_easy => 1.3,
            End::Finished | End::Infeasible => 1.05,
            _ => 0.75,
        };
        let all = self.ground.projects();
        (size * factor).clamp(least.min(all), all)
    }

    /// Does some work with searches of so many seconds, or what stands for them.
    fn lasting<T>(&mut self, seconds: f64, work: impl FnOnce(&mut Self) -> T) -> T {
        let own = std::mem::replace(&mut self.seconds, seconds);
        let done = work(self);
        self.seconds = own;
        done
    }

    /// Solves the model with the decisions outside `open` as in `taken`, from there where that keeps
    /// every row. How it ended, and the seconds it took, or what stands for them.
    fn search(&mut self, taken: &[bool], open: &[bool], gap: f64) -> (End, f64) {
        self.search_keeping(taken, open, &[], gap)
    }

    /// The same with one decision taken of each of some projects, given by their decisions.
    fn search_keeping(
        &mut self,
        taken: &[bool],
        open: &[bool],
        always: &[Range<usize>],
        gap: f64,
    ) -> (End, f64) {
        let values = self.model.values(self.board.formulation, taken);
        let is_free = |place: usize| open.get(place).copied().unwrap_or(true);
        let Some(mut part) = Restricted::new(self.model, &values, is_free) else {
            return (End::Infeasible, 0.0);
        };
        part.take_one_of(always);
        // One that misses a row would be dropped, after some work.
        let is_plan = self.board.formulation.admits(&Taken(taken));
        let start = is_plan.then(|| part.part_of(&values));
        let mut watch = Within {
            board: self.board,
            part: &part,
            taken,
            most: self.limit.most(self.seconds),
        };
        let time = self.limit.time(self.seconds, self.board.time_left());
        let (started, before) = (Instant::now(), self.iterations);
        let answer = self.backend.optimise(
            &part.model,
            Task {
                gap,
                time,
                start: start.as_deref(),
                seed: self.rng.random_range(0..1 << 30),
                watch: Some(&mut watch),
                ..Task::exact()
            },
        );
        // A problem that presolving ends takes no iterations, yet some time.
        self.iterations += answer.iterations.max(LEAST_ITERATIONS);
        if let Some(own) = &answer.values {
            self.board.put(part.decisions(taken, own));
        }
        let took = self.limit.took(started, self.iterations - before);
        (answer.end, took)
    }
}

/// What a way of searching brought lately, after one search more.
fn merit(before: f64, is_better: bool) -> f64 {
    let earned = if is_better { 1.0 } else { LEAST_MERIT };
    (MEMORY * before + (1.0 - MEMORY) * earned).max(LEAST_MERIT)
}

/// The fewest iterations that a neighbourhood counts.
const LEAST_ITERATIONS: i64 = 100;
