//! Formulation in, outcome out. It sees decisions grouped by project, labelled rows and helper
//! columns, and has no idea what a pilot is.

mod backend;
mod model;
mod settings;

pub use settings::{Settings, Solver};

use crate::formulation::{Formulation, Taken};
use crate::plan::{Outcome, Stop};
use backend::{Answer, End};
use model::Model;

/// How often a row that the solver's tolerance let slip is tightened before giving in.
const MOST_TIGHTENINGS: usize = 8;
/// What a tightened solve gets at the least, so that the end of the time does not leave a plan
/// that misses a row by the tolerance.
const TIGHTENING_TIME: std::time::Duration = std::time::Duration::from_secs(5);

/// Which solver will run, with its version.
#[must_use]
pub fn solver_name(solver: Solver) -> String {
    backend::of(solver).name()
}

/// Solves the formulation: which decisions to take, by position, with bound and gap.
///
/// A plan that misses a row by the solver's tolerance is never returned while another can be had:
/// the row is tightened by what it was missed by and the problem solved again. The bound stays
/// that of the first solve, since later ones may leave out plans that keep every row.
#[must_use]
pub fn solve(formulation: &Formulation, settings: &Settings) -> Outcome<Vec<bool>> {
    // A fresh thread: HiGHS keeps its scheduler by thread, and refuses another number of threads.
    std::thread::scope(|scope| {
        let solving = scope.spawn(|| solve_here(formulation, settings));
        solving.join().unwrap_or_else(|_| Outcome::Unknown {
            stop: Stop::Solver,
            why: "the solver stopped unexpectedly".to_owned(),
        })
    })
}

fn solve_here(formulation: &Formulation, settings: &Settings) -> Outcome<Vec<bool>> {
    if formulation.benefit().is_empty() {
        return without_decisions(formulation);
    }
    let started = std::time::Instant::now();
    let backend = backend::of(settings.solver);
    let mut model = Model::new(formulation, settings);
    let mut bound: Option<i64> = None;
    let mut best: Option<(Vec<bool>, i64, End)> = None;
    for round in 0..MOST_TIGHTENINGS {
        let left = settings.time_limit.map(|limit| {
            let left = limit.saturating_sub(started.elapsed());
            if round == 0 {
                left
            } else {
                left.max(TIGHTENING_TIME)
            }
        });
        let answer = backend.optimise(&model, settings, left);
        let claimed = answer.bound.map(|value| model.objective_bound(value));
        if round == 0 {
            bound = claimed;
        }
        let Some(values) = &answer.values else {
            return no_plan(best, bound, answer);
        };
        let taken: Vec<bool> = values[..formulation.benefit().len()]
            .iter()
            .map(|&v| v > 0.5)
            .collect();
        let found = formulation.value(&Taken(&taken));
        let misses = formulation.misses(&Taken(&taken));
        let is_clean = misses.iter().all(|&missed| missed == 0);
        best = Some((taken, found, answer.end));
        if is_clean {
            break;
        }
        model.tighten(&misses);
    }
    finish(best, bound, formulation.rounding(), settings)
}

/// With nothing to decide on, the empty plan is the only one: it keeps every row or none does.
fn without_decisions(formulation: &Formulation) -> Outcome<Vec<bool>> {
    if formulation.admits(&Taken(&[])) {
        Outcome::Proven {
            plan: Vec::new(),
            found: 0,
            bound: 0,
        }
    } else {
        Outcome::Infeasible
    }
}

fn stop_of(end: End) -> Stop {
    match end {
        End::Time => Stop::Time,
        End::Work => Stop::Work,
        End::Finished | End::Infeasible | End::GaveUp => Stop::Solver,
    }
}

type Best = Option<(Vec<bool>, i64, End)>;

fn no_plan(best: Best, bound: Option<i64>, answer: Answer) -> Outcome<Vec<bool>> {
    if let Some((plan, found, end)) = best {
        // A tightened problem without a plan says nothing of the problem itself.
        let bound = bound.map(|bound| bound.max(found));
        return Outcome::Feasible {
            plan,
            found,
            bound,
            stop: stop_of(end),
        };
    }
    match answer.end {
        End::Infeasible => Outcome::Infeasible,
        End::Time => unknown(Stop::Time, answer.words),
        End::Work => unknown(Stop::Work, answer.words),
        End::Finished | End::GaveUp => unknown(Stop::Solver, answer.words),
    }
}

fn unknown(stop: Stop, why: String) -> Outcome<Vec<bool>> {
    Outcome::Unknown { stop, why }
}

/// What was found with its bound. A solver counts shortfalls of soft limits more finely than plans
/// are valued; a bound that lies above the plan by that `rounding` alone leaves no gap.
fn finish(
    best: Best,
    bound: Option<i64>,
    rounding: i64,
    settings: &Settings,
) -> Outcome<Vec<bool>> {
    let Some((plan, found, end)) = best else {
        return unknown(Stop::Solver, "no solve was made".to_owned());
    };
    // No bound of ours lies below a plan that exists.
    let bound = bound.map(|bound| bound.max(found));
    let stop = stop_of(end);
    match bound {
        Some(bound) if end == End::Finished && settings.reaches(found + rounding, bound) => {
            Outcome::Proven { plan, found, bound }
        }
        bound => Outcome::Feasible {
            plan,
            found,
            bound,
            stop,
        },
    }
}

/// The linear relaxation of a formulation: every decision anywhere between 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxed {
    /// The value of the relaxation in thousandths of a point; `None` where it has no solution.
    pub value: Option<f64>,
    /// The price of each row in thousandths of a point for one unit of its bound, in row order,
    /// where the solver gives prices.
    pub prices: Option<Vec<f64>>,
}

/// Solves the linear relaxation, which alone has prices: an integer problem has none.
///
/// # Errors
/// The solver's words where it gave up.
pub fn relax(formulation: &Formulation, solver: Solver) -> Result<Relaxed, String> {
    let model = Model::plain(formulation).relaxed();
    let answer = backend::of(solver).optimise(&model, &Settings::exact(solver), None);
    let value = match answer.end {
        End::Finished => answer.bound.map(|value| model.objective_value(value)),
        End::Infeasible => None,
        End::Time | End::Work | End::GaveUp => return Err(answer.words),
    };
    let prices = answer.prices.map(|prices| model.row_prices(&prices));
    Ok(Relaxed { value, prices })
}

/// The least by which the rows must be missed together when the decisions are `taken` and binary
/// helpers have the values `binary`: 0 where amounts exist that keep every row. In the rows' own
/// units (đồng for rows of money). For tests of rows against checkers.
///
/// # Errors
/// The solver's words where it gave up.
pub fn least_miss(
    formulation: &Formulation,
    taken: &[bool],
    binary: &[bool],
    solver: Solver,
) -> Result<f64, String> {
    let model = Model::plain(formulation)
        .with_decisions(formulation, taken, binary)
        .elastic();
    let answer = backend::of(solver).optimise(&model, &Settings::exact(solver), None);
    match (answer.end, answer.bound) {
        (End::Finished, Some(value)) => Ok(-value),
        _ => Err(answer.words),
    }
}
