//! Formulation in, outcome out. It sees decisions grouped by project, labelled rows and helper
//! columns, and has no idea what a pilot is.

// microlp cannot be watched: without HiGHS the searches beside the exact one have no use.
#![cfg_attr(not(feature = "highs"), allow(dead_code))]

mod backend;
mod board;
mod choosing;
mod control;
mod covers;
mod depth;
mod exact;
mod hulls;
mod improve;
mod kept;
mod model;
mod nearby;
mod neighbourhood;
mod pooled;
mod portions;
mod rebuild;
mod relaxation;
mod restricted;
mod search;
mod settings;
mod together;
mod watching;

pub use control::{Control, Listener, Progress};
pub use kept::KeptRelaxation;
pub use nearby::Nearby;
pub use settings::{Settings, Solver};

use crate::formulation::{Certificate, DecisionId, Formulation, Linear, Sense, Taken, Values};
use crate::plan::{Outcome, Stop};
use backend::{Answer, End, Task};
use board::Board;
use model::Model;
use pooled::Pooled;
use relaxation::Relaxation;

/// How often a row that the solver's tolerance let slip is tightened before giving in.
const MOST_TIGHTENINGS: usize = 8;

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
    solve_under(formulation, settings, &Control::default()).outcome
}

/// What a solve found, and what it can prove.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    /// Which decisions to take, by position, with bound and gap.
    pub outcome: Outcome<Vec<bool>>,
    /// A bound that integers alone prove, never below that of the outcome where it has one; `None`
    /// without a solver that gives prices.
    pub certificate: Option<Certificate>,
    /// No plan has more than this, by the solver's claim: that of the outcome, also where it has no
    /// plan; `None` where no plan exists or no bound is known.
    pub bound: Option<i64>,
    /// Plans that were the best once, or nearly so, the newest last.
    pub kept: Vec<Vec<bool>>,
}

impl Solved {
    fn without_search(outcome: Outcome<Vec<bool>>) -> Solved {
        Solved {
            bound: outcome.bound(),
            kept: outcome.plan().cloned().into_iter().collect(),
            outcome,
            certificate: None,
        }
    }
}

/// [`solve`], watched and cancelled from outside.
#[must_use]
pub fn solve_under(
    formulation: &Formulation,
    settings: &Settings,
    control: &Control<'_>,
) -> Solved {
    // A fresh thread: HiGHS keeps its scheduler by thread, and refuses another number of threads.
    std::thread::scope(|scope| {
        let solving = scope.spawn(|| solve_here(formulation, settings, control));
        solving.join().unwrap_or_else(|_| {
            let words = "the solver stopped unexpectedly".to_owned();
            Solved::without_search(unknown(Stop::Solver, words))
        })
    })
}

fn solve_here(formulation: &Formulation, settings: &Settings, control: &Control<'_>) -> Solved {
    if formulation.benefit().is_empty() {
        return Solved::without_search(without_decisions(formulation));
    }
    let backend = backend::of(settings.solver);
    let board = Board::new(formulation, settings, control);
    if let Some(start) = control.start {
        board.put(start.to_vec());
    }
    if formulation.has_objective()
        && let Some(pooled) = Pooled::of(formulation)
        && let Some((answer, certificate)) = pooled::run(&board, backend, &pooled, control)
    {
        return solved(&board, &answer, certificate);
    }
    // Where any plan will do there is nothing to bound: on 24 questions of a conflict (5,000 decisions)
    // the exact search alone took 0.1 to 1 s each, beside 0.3 to more than 10 s with all others.
    let relaxation = if formulation.has_objective() {
        Relaxation::of(&board, backend)
    } else {
        None
    };
    let whole = relaxation
        .as_ref()
        .map_or(formulation, |own| &own.formulation);
    let mut model = Model::new(whole, settings);
    let mut last = None;
    for round in 0..MOST_TIGHTENINGS {
        let answer = search::run(&board, backend, &model, relaxation.as_ref());
        if round == 0
            && let Some(bound) = answer.bound
        {
            board.put_bound(model.objective_bound(bound), 0);
        }
        let misses = answer.values.as_ref().map(|values| {
            let taken = board.decisions(values);
            let misses = formulation.misses(&Taken(&taken));
            if misses.iter().all(|&missed| missed == 0) {
                board.put(taken);
            }
            misses
        });
        let is_clean = misses.iter().flatten().all(|&missed| missed == 0);
        last = Some(answer);
        board.reopen();
        match misses {
            Some(misses) if !is_clean && !board.is_proven() && board.goes_on() => {
                model.tighten(&misses);
                board.tighten();
            }
            _ => break,
        }
    }
    let answer = last.unwrap_or_else(|| Answer::without_solution(End::GaveUp, "no solve was made"));
    solved(&board, &answer, relaxation.and_then(|own| own.certificate))
}

/// What the board has once the searches are over.
fn solved(board: &Board<'_>, answer: &Answer, certificate: Option<Certificate>) -> Solved {
    let outcome = outcome(board, answer);
    Solved {
        bound: match outcome {
            Outcome::Infeasible => None,
            _ => board.bound(),
        },
        outcome,
        certificate,
        kept: board.kept(),
    }
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
        End::Finished | End::Infeasible | End::Interrupted | End::GaveUp => Stop::Solver,
    }
}

/// What became of the solve, by the board and the last words of the exact search.
fn outcome(board: &Board<'_>, answer: &Answer) -> Outcome<Vec<bool>> {
    let stop = board.stop().unwrap_or(stop_of(answer.end));
    match board.best() {
        Some(best) => {
            let (plan, found) = (best.taken, best.value);
            match board.bound() {
                Some(bound) if board.is_proven() => Outcome::Proven { plan, found, bound },
                bound => Outcome::Feasible {
                    plan,
                    found,
                    bound,
                    stop,
                },
            }
        }
        None if answer.end == End::Infeasible && !board.is_tightened() => Outcome::Infeasible,
        None => unknown(stop, answer.words.clone()),
    }
}

fn unknown(stop: Stop, why: String) -> Outcome<Vec<bool>> {
    Outcome::Unknown { stop, why }
}

/// The formulation with the covers that its linear relaxation breaks, which every plan keeps: for
/// many solves that differ in little, each of which would seek them anew.
#[must_use]
pub fn covered(formulation: &Formulation, settings: &Settings) -> Formulation {
    let nearby = Nearby::new(formulation, settings);
    nearby.map_or_else(|| formulation.clone(), |own| own.formulation().clone())
}

/// The formulation as the engine hands it to its solver: [`covered`], and with a “selected” helper
/// for each project that has several decisions. Every plan keeps the added rows. For comparison
/// with other solvers, which may read it as an .mps.
#[must_use]
pub fn tightened(formulation: &Formulation, settings: &Settings) -> Formulation {
    let mut whole = covered(formulation, settings);
    for group in formulation.groups().iter().filter(|group| group.len() > 1) {
        let own = group.clone();
        let is_selected = move |taken: &Taken<'_>| i64::from(taken.0[own.clone()].contains(&true));
        let label = format!("selected[{}]", group.start);
        let helper = whole.helper(label.clone(), Values::Binary, is_selected);
        let terms: Linear = group
            .clone()
            .map(|place| (DecisionId::at(place), 1))
            .collect();
        whole.row(
            label.clone(),
            terms.clone(),
            vec![(helper, -1)],
            Sense::AtMost,
            0,
        );
        whole.row(
            format!("{label} at least"),
            terms,
            vec![(helper, -1)],
            Sense::AtLeast,
            0,
        );
    }
    whole
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

/// Solves the linear relaxation, which alone has prices: an integer problem has none. Of the settings
/// it takes the solver and the limit of time.
///
/// # Errors
/// The solver's words where it gave up.
pub fn relax(formulation: &Formulation, settings: &Settings) -> Result<Relaxed, String> {
    let model = Model::plain(formulation).relaxed();
    let task = Task {
        time: settings.time_limit,
        ..Task::exact()
    };
    relaxed(&model, backend::of(settings.solver).optimise(&model, task))
}

/// What a solver says of a linear model, in the units of the formulation.
fn relaxed(model: &Model, answer: Answer) -> Result<Relaxed, String> {
    let value = match answer.end {
        End::Finished => answer.bound.map(|value| model.objective_value(value)),
        End::Infeasible => None,
        End::Time | End::Work | End::Interrupted | End::GaveUp => return Err(answer.words),
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
    let answer = backend::of(solver).optimise(&model, Task::exact());
    match (answer.end, answer.bound) {
        (End::Finished, Some(value)) => Ok(-value),
        _ => Err(answer.words),
    }
}
