//! HiGHS through its own bindings, which give bound and gap where `good_lp` drops them.

use std::time::Duration;

use highs::{HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

use super::{Answer, Backend, End};
use crate::solve::Settings;
use crate::solve::model::Model;

/// The version of highs-sys, which is that of HiGHS; a test holds it against Cargo.lock.
const VERSION: &str = "1.15.0";

pub(in crate::solve) struct Highs;

impl Backend for Highs {
    fn name(&self) -> String {
        format!("HiGHS {VERSION}")
    }

    fn optimise(&self, model: &Model, settings: &Settings, time: Option<Duration>) -> Answer {
        let is_integer = model.columns.iter().any(|column| column.is_integer);
        let problem = problem(model);
        let Ok(mut highs) = problem.try_optimise(Sense::Maximise) else {
            return Answer::without_solution(End::GaveUp, "HiGHS refused the model");
        };
        highs.make_quiet();
        if let Err(option) = set_options(&mut highs, settings, time) {
            let words = format!("HiGHS refused the option {option}");
            return Answer::without_solution(End::GaveUp, words);
        }
        match highs.try_solve() {
            Ok(solved) => answer(&solved, is_integer),
            Err(status) => {
                let words = format!("HiGHS stopped with {status:?}");
                Answer::without_solution(End::GaveUp, words)
            }
        }
    }
}

fn problem(model: &Model) -> RowProblem {
    let mut problem = RowProblem::default();
    let columns: Vec<_> = model
        .columns
        .iter()
        .map(|column| {
            let bounds = column.lower..=column.upper;
            problem.add_column_with_integrality(column.cost, bounds, column.is_integer)
        })
        .collect();
    for row in &model.rows {
        let terms = row
            .terms
            .iter()
            .map(|&(place, coefficient)| (columns[place], coefficient));
        problem.add_row(row.lower..=row.upper, terms);
    }
    problem
}

fn set_options(
    highs: &mut highs::Model,
    settings: &Settings,
    time: Option<Duration>,
) -> Result<(), &'static str> {
    let mut set = |name: &'static str, value: Value| {
        let outcome = match value {
            Value::Real(value) => highs.try_set_option(name, value),
            Value::Whole(value) => highs.try_set_option(name, value),
            Value::Text(value) => highs.try_set_option(name, value),
        };
        outcome.map_err(|_| name)
    };
    let whole = |value: u32| Value::Whole(i32::try_from(value).unwrap_or(i32::MAX));
    set("mip_rel_gap", Value::Real(settings.gap))?;
    set("mip_abs_gap", Value::Real(0.0))?;
    set("random_seed", whole(settings.seed))?;
    set("threads", whole(settings.threads))?;
    set(
        "parallel",
        Value::Text(if settings.threads > 1 { "on" } else { "off" }),
    )?;
    if let Some(nodes) = settings.work_limit {
        set("mip_max_nodes", whole(nodes))?;
    }
    if let Some(time) = time {
        set("time_limit", Value::Real(time.as_secs_f64()))?;
    }
    Ok(())
}

enum Value {
    Real(f64),
    Whole(i32),
    Text(&'static str),
}

fn answer(solved: &highs::SolvedModel, is_integer: bool) -> Answer {
    let status = solved.status();
    let end = match status {
        HighsModelStatus::Optimal
        | HighsModelStatus::ObjectiveBound
        | HighsModelStatus::ObjectiveTarget
        | HighsModelStatus::ModelEmpty => End::Finished,
        HighsModelStatus::Infeasible => End::Infeasible,
        HighsModelStatus::ReachedTimeLimit => End::Time,
        HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ReachedIterationLimit
        | HighsModelStatus::ReachedInterrupt
        | HighsModelStatus::ReachedMemoryLimit => End::Work,
        _ => End::GaveUp,
    };
    let words = format!("HiGHS: {status:?}");
    if end == End::Infeasible {
        return Answer::without_solution(end, words);
    }
    let has_solution = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let solution = solved.get_solution();
    let bound = if is_integer {
        solved.double_info_value(c"mip_dual_bound").ok()
    } else {
        Some(solved.objective_value())
    };
    Answer {
        end,
        values: has_solution.then(|| solution.columns().to_vec()),
        bound: bound.filter(|bound| bound.is_finite()),
        prices: (has_solution && !is_integer).then(|| solution.dual_rows().to_vec()),
        words,
    }
}
