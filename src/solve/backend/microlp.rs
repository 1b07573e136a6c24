//! microlp through `good_lp`, which would carry the same model to any other solver it knows.
//!
//! `good_lp` reports no bound. A solve that ended by itself is exact, its bound the value found; one
//! stopped by time is bounded by the linear relaxation.

use std::time::Duration;

use good_lp::solvers::{ResolutionError, SolutionStatus, WithMipGap, WithTimeLimit};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, variable};

use super::{Answer, Backend, End, Task};
use crate::solve::model::Model;

/// A test holds it against Cargo.lock.
const VERSION: &str = "0.6.0";

pub(in crate::solve) struct Microlp;

impl Backend for Microlp {
    fn name(&self) -> String {
        format!("microlp {VERSION}")
    }

    fn optimise(&self, model: &Model, task: Task<'_>) -> Answer {
        if task.nodes.is_some() {
            let words = "microlp takes no work limit: give it a time limit";
            return Answer::without_solution(End::GaveUp, words);
        }
        let mut answer = carry(model, task.gap, task.time);
        if answer.end == End::Time && answer.bound.is_none() {
            answer.bound = carry(&model.clone().relaxed(), 0.0, None).bound;
        }
        answer
    }
}

fn carry(model: &Model, gap: f64, time: Option<Duration>) -> Answer {
    let mut variables = ProblemVariables::new();
    let columns: Vec<_> = model
        .columns
        .iter()
        .map(|column| {
            let bounded = variable().min(column.lower).max(column.upper);
            variables.add(if column.is_integer {
                bounded.integer()
            } else {
                bounded
            })
        })
        .collect();
    let costs = columns.iter().zip(&model.columns);
    let objective: Expression = costs.map(|(&column, own)| own.cost * column).sum();
    let mut problem = variables
        .maximise(objective.clone())
        .using(good_lp::microlp);
    for row in &model.rows {
        let left: Expression = row.terms.iter().map(|&(place, c)| c * columns[place]).sum();
        if row.upper.is_finite() {
            problem.add_constraint(left.clone().leq(row.upper));
        }
        if row.lower.is_finite() {
            problem.add_constraint(left.geq(row.lower));
        }
    }
    if let Some(time) = time {
        problem = problem.with_time_limit(time.as_secs_f64());
    }
    // The gap is a ratio below one, far inside the range of f32.
    #[allow(clippy::cast_possible_truncation)]
    let largest_gap = gap as f32;
    let problem = match problem.with_mip_gap(largest_gap) {
        Ok(problem) => problem,
        Err(error) => return Answer::without_solution(End::GaveUp, error.to_string()),
    };
    match problem.solve() {
        Ok(solution) => {
            let found = solution.eval(&objective);
            let (end, bound) = match solution.status() {
                SolutionStatus::Optimal => (End::Finished, Some(found)),
                // microlp's gap is relative to the value found.
                SolutionStatus::GapLimit => (End::Finished, Some(found + gap * found.abs())),
                SolutionStatus::TimeLimit => (End::Time, None),
            };
            Answer {
                end,
                values: Some(
                    columns
                        .iter()
                        .map(|&column| solution.value(column))
                        .collect(),
                ),
                bound,
                prices: None,
                reduced_costs: None,
                iterations: 0,
                words: "microlp".to_owned(),
            }
        }
        Err(ResolutionError::Infeasible) => {
            Answer::without_solution(End::Infeasible, "microlp: infeasible")
        }
        Err(error) => {
            let words = error.to_string();
            let end = if words.contains("Time limit") {
                End::Time
            } else {
                End::GaveUp
            };
            Answer::without_solution(end, words)
        }
    }
}
