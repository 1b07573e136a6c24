//! Choosing without scheduling: which projects are taken is whole, when and from which money is not.
//!
//! What this problem reaches no plan passes, so its bound is one of the whole problem; and it is
//! solved in seconds where the whole one is not in minutes, since nearly all the difficulty lies in
//! filling years and funds with whole projects. What is known of the ceilings by themselves (see `hulls`) and
//! of several together (see `together`) makes it sharper. Alone in one thread and without that, tightened
//! models, and the bound that the whole problem has after 40 s (thousands of points):
//!
//! | instance | seconds until solved | its bound | of the whole problem | of the linear relaxation |
//! |---|---|---|---|---|
//! | province of 300, s1 | 2.8 | 2871.3 | 2867.2 | 2875.3 |
//! | province of 300, s3 | 3.6 | 2913.9 | 2913.6 | 2933.6 |
//! | tight of 100, s1 | 4.9 | 3975.2 | 3978.2 | 3995.5 |
//! | tight of 200, s1 | 4.1 | 7251.4 | 7253.2 | 7256.2 |
//! | province of 900, s1 | 6.9 | 7198.3 | – | 7530.4 |
//! | vinh-long | 11.4 | 9067.9 | – | 9078.0 |
//! | tight of 400, s1 | not in 30 | 15307.5 | – | 15307.5 |
//!
//! Between choosing and the whole problem stand those in which the decisions that take the largest parts of a
//! ceiling are whole too, a quarter of all. Their bound on tight of 100, s1 and s3, is 3958.5 and 3886.0 after
//! 10 and 16 s more (3966.1 and 3892.0 by choosing), on a province of 300, s1, 2867.4 after 6 s (2871.4), on
//! tight of 100, s2, and of 200 the same to 0.01 per cent; half of all whole brings nothing more in 30 s. Before
//! the tree it costs what the tree proves by itself (hoa-binh 19 s instead of 16): so it comes when the tree is
//! given up, and where the gap is a per cent or more. Seven such steps in a row brought little more.

use std::time::{Duration, Instant};

use super::backend::{Backend, Moment, Task, Watch};
use super::board::Board;
use super::exact::{Pause, Unpaused};
use super::hulls;
use super::model::{Model, ModelRow};
use super::relaxation::Relaxation;
use super::together;
use super::watching::Closing;

/// What it may take beside another thread; half as much before it for the ceilings.
const OWN: Share = Share {
    part: 1.0 / 3.0,
    most: Duration::from_secs(20),
};
/// What choosing with large decisions whole may take: on tight of 100, s1, its bound passes the tree's only
/// after 14 s; with one seed it is solved after 19 (3955.1 instead of 3963.7 thousand points), with another
/// not yet after 21.
const NEARLY_WHOLE: Share = Share {
    part: 0.7,
    most: Duration::from_secs(30),
};
/// The most simplex iterations, so that the same run in one thread ends the same every time.
const ITERATIONS: i64 = 300_000;
/// How often inequalities of the ceilings are sought, and the simplex iterations that stand for once.
const ROUNDS: usize = 60;
const ROUND: usize = 2_000;
/// Steps of a search for a set that stand for a simplex iteration.
const STEP: i64 = 1 << 12;
/// They bring too little when they lower the bound by less than such a part of it in so many rounds.
const LITTLE: f64 = 1e-5;
const LOOK: usize = 3;
/// A gap of so many thousandths of the bound is large enough for large decisions to be whole too.
pub(super) const WIDE: i64 = 10;
/// One of so many decisions is large.
const LARGE: usize = 4;
/// The least cost of a ceiling that tells which are, as a part of the largest.
const COSTLY: f64 = 0.1;
/// Its gap, whatever that of the whole problem is to be: all of it stays in the bound. Ten times as much
/// ends at most half a second sooner, on tight of 400, s1, with 15301.6 instead of 15300.2 thousand points, on
/// tight of 200, s2, with 7321.9 instead of 7321.2; a tenth of it brings 0.1 less on the former.
const GAP: f64 = 1e-5;

/// Bounds the board by what choosing alone reaches; nothing where scheduling is not apart from it. The
/// model with the inequalities of the ceilings that were found, for the whole problem to go on with;
/// `None` where none were.
pub(super) fn run(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    pause: &mut dyn Pause,
) -> Option<Model> {
    let choosing = model.choosing(&[])?;
    let rows = of_ceilings(board, backend, &choosing, pause);
    let whole = choosing.with_rows(rows.clone());
    search(board, backend, &whole, OWN, pause);
    (!rows.is_empty()).then(|| model.clone().with_rows(rows))
}

/// Bounds the board by what is reached with the decisions whole too that take the largest parts of the
/// ceilings; where the gap is small that brings too little.
pub(super) fn run_nearly_whole(
    board: &Board<'_>,
    backend: &dyn Backend,
    model: &Model,
    relaxation: &Relaxation,
) {
    if !board.is_wide(WIDE) {
        return;
    }
    if let Some(choosing) = model.choosing(&large(relaxation)) {
        search(board, backend, &choosing, NEARLY_WHOLE, &mut Unpaused);
    }
}

/// The decisions that take the largest parts of ceilings which cost much, one of [`LARGE`] of all. A
/// ceiling costs its price for one unit, times its bound.
#[allow(clippy::cast_precision_loss)] // amounts stay below 2^53, and an order alone is made of them
fn large(relaxation: &Relaxation) -> Vec<usize> {
    let ceilings = || {
        let rows = relaxation.tight_rows.iter();
        let own = rows.map(|&row| (&relaxation.formulation.rows()[row], relaxation.prices[row]));
        let own = own.filter(|(row, _)| hulls::is_ceiling(row));
        own.map(|(row, price)| (row, price.abs() * row.bound as f64))
    };
    let most = ceilings().map(|(_, cost)| cost).fold(0.0, f64::max);
    let mut parts = vec![0.0_f64; relaxation.values.len()];
    for (row, _) in ceilings().filter(|&(_, cost)| cost >= COSTLY * most) {
        for &(id, weight) in &row.decisions {
            let part = weight as f64 / row.bound as f64;
            parts[id.index()] = parts[id.index()].max(part);
        }
    }
    let mut order: Vec<usize> = (0..parts.len()).filter(|&own| parts[own] > 0.0).collect();
    order.sort_by(|&a, &b| parts[b].total_cmp(&parts[a]).then(a.cmp(&b)));
    order.truncate(parts.len() / LARGE);
    order
}

/// Inequalities of what the ceilings leave room for, each by itself and several together. None for a question
/// whether some value is reached, which is asked by the hundred: there they cost more than they bring.
fn of_ceilings(
    board: &Board<'_>,
    backend: &dyn Backend,
    choosing: &Model,
    pause: &mut dyn Pause,
) -> Vec<ModelRow> {
    if board.is_question() || board.is_tightened() {
        return Vec::new();
    }
    let own = Ceilings {
        board,
        backend,
        all: hulls::ceilings(board.formulation),
        until: until(board),
    };
    let rows = own.by_themselves(choosing, pause);
    let more = own.together(&choosing.clone().relaxed().with_rows(rows.clone()), pause);
    [rows, more].concat()
}

/// The ceilings of a problem, while there is time for them.
struct Ceilings<'a> {
    board: &'a Board<'a>,
    backend: &'a dyn Backend,
    all: Vec<hulls::Ceiling>,
    until: Option<Instant>,
}

impl Ceilings<'_> {
    fn goes_on(&self) -> bool {
        self.board.goes_on() && self.until.is_none_or(|until| Instant::now() < until)
    }

    /// Inequalities of the ceilings' whole plans that the relaxation breaks (see `hulls`), until those
    /// found bring little.
    fn by_themselves(&self, choosing: &Model, pause: &mut dyn Pause) -> Vec<ModelRow> {
        let (mut rows, mut bounds) = (Vec::new(), Vec::new());
        let live = || self.backend.live(&choosing.clone().relaxed());
        let Some(mut live) = (!self.all.is_empty()).then(live).flatten() else {
            return rows;
        };
        for (round, work) in (0..ROUNDS).zip((0..).step_by(ROUND)) {
            pause.pause(work);
            if !self.goes_on() {
                break;
            }
            let left = |until: Instant| until.saturating_duration_since(Instant::now());
            let answer = live.optimise(Task {
                time: self.until.map(left),
                watch: Some(&mut Closing(self.board)),
                ..Task::exact()
            });
            let point = answer.values.zip(answer.reduced_costs);
            let (Some(bound), Some((values, gains))) = (answer.bound, point) else {
                break;
            };
            bounds.push(bound);
            self.board.put_bound(choosing.objective_bound(bound), 0);
            if round >= LOOK && bounds[round - LOOK] - bound <= bound.abs() * LITTLE {
                break;
            }
            let broken = |own: &hulls::Ceiling| own.broken(self.backend, choosing, &values, &gains);
            let open = self.all.iter().take_while(|_| self.goes_on());
            let found: Vec<ModelRow> = open.filter_map(broken).collect();
            if found.is_empty() || !live.add_rows(&found) {
                break;
            }
            rows.extend(found);
        }
        rows
    }

    /// Inequalities of what several ceilings leave room for together (see `together`), from a relaxation that
    /// knows of each what it leaves room for. None where there is no plan to begin with.
    fn together(&self, relaxed: &Model, pause: &mut dyn Pause) -> Vec<ModelRow> {
        let groups = together::groups(&self.all, &self.board.formulation.group_of());
        if groups.is_empty() || self.board.best().is_none() {
            return Vec::new();
        }
        let live = self.backend.live(relaxed);
        let task = Task {
            time: self.board.time_left(),
            watch: Some(&mut Closing(self.board)),
            ..Task::exact()
        };
        let Some(values) = live.and_then(|mut own| own.optimise(task).values) else {
            return Vec::new();
        };
        let mut before = 0;
        let mut rows = Vec::new();
        for group in groups.iter().filter(|own| own.is_full(&values)) {
            let mut last = 0;
            let mut goes_on = |steps: u32| {
                last = i64::from(steps) / STEP;
                pause.pause(before + last);
                self.goes_on()
            };
            let kept = self.board.kept();
            let steps = together::Steps::new(&mut goes_on);
            let own = together::inequalities(group, self.backend, relaxed, &kept, steps);
            rows.extend(own);
            before += last;
        }
        rows
    }
}

/// When the ceilings are to be left, where a limit of time says.
fn until(board: &Board<'_>) -> Option<Instant> {
    let is_timed = board.settings.seeks_beside();
    let left = board.time_left().filter(|_| is_timed)?;
    Some(Instant::now() + OWN.of(left) / 2)
}

/// A part of the time left, and the most.
#[derive(Debug, Clone, Copy)]
struct Share {
    part: f64,
    most: Duration,
}

impl Share {
    fn of(self, left: Duration) -> Duration {
        left.mul_f64(self.part).min(self.most)
    }
}

/// Solves choosing with what is known of its ceilings.
fn search(
    board: &Board<'_>,
    backend: &dyn Backend,
    choosing: &Model,
    share: Share,
    pause: &mut dyn Pause,
) {
    let (left, settings) = (board.time_left(), board.settings);
    let is_timed = settings.seeks_beside();
    let own = left.map_or(share.most, |left| share.of(left));
    let mut watch = Choosing {
        board,
        model: choosing,
        pause,
        most: if is_timed { i64::MAX } else { ITERATIONS },
    };
    let answer = backend.optimise(
        choosing,
        Task {
            gap: GAP,
            time: if is_timed { Some(own) } else { left },
            nodes: settings.work_limit,
            seed: settings.seed,
            watch: Some(&mut watch),
            ..Task::exact()
        },
    );
    if let Some(bound) = answer.bound {
        board.put_bound(choosing.objective_bound(bound), 0);
    }
}

struct Choosing<'a> {
    board: &'a Board<'a>,
    model: &'a Model,
    pause: &'a mut dyn Pause,
    /// After so many simplex iterations it ends.
    most: i64,
}

impl Watch for Choosing<'_> {
    fn goes_on(&mut self, at: &Moment) -> bool {
        if let Some(bound) = at.bound.filter(|bound| bound.is_finite()) {
            self.board.put_bound(self.model.objective_bound(bound), 0);
        }
        if self.board.goes_on() {
            self.pause.pause(at.iterations);
        }
        at.iterations < self.most && self.board.goes_on()
    }

    fn improved(&mut self, values: &[f64]) {
        self.board.put_choice(values);
    }
}
