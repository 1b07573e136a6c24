//! HiGHS, with bound and gap, watched and interrupted while it runs, and re-solved in place.

mod interface;

use std::ffi::CStr;

use highs_sys as c;

use self::interface::{Instance, Value};
use super::{Answer, Backend, End, Live, Task};
use crate::solve::model::{Model, ModelRow};

/// The version of highs-sys, which is that of HiGHS; a test holds it against Cargo.lock.
const VERSION: &str = "1.16.0";

pub(in crate::solve) struct Highs;

impl Backend for Highs {
    fn name(&self) -> String {
        format!("HiGHS {VERSION}")
    }

    fn optimise(&self, model: &Model, task: Task<'_>) -> Answer {
        match Instance::new(model) {
            Some(mut instance) => run(&mut instance, model.is_integer(), task),
            None => Answer::without_solution(End::GaveUp, "HiGHS refused the model"),
        }
    }

    fn live(&self, model: &Model) -> Option<Box<dyn Live>> {
        let instance = Instance::new(model)?;
        Some(Box::new(LiveModel {
            instance,
            is_integer: model.is_integer(),
        }))
    }
}

/// A model kept in the solver, with its basis.
struct LiveModel {
    instance: Instance,
    is_integer: bool,
}

impl Live for LiveModel {
    fn change_bounds(&mut self, column: usize, lower: f64, upper: f64) -> bool {
        self.instance.change_bounds(column, lower, upper)
    }

    fn change_costs(&mut self, costs: &[f64]) -> bool {
        self.instance.change_costs(costs)
    }

    fn change_row(&mut self, row: usize, lower: f64, upper: f64) -> bool {
        self.instance.change_row(row, lower, upper)
    }

    fn add_rows(&mut self, rows: &[ModelRow]) -> bool {
        self.instance.add_rows(rows)
    }

    fn optimise(&mut self, task: Task<'_>) -> Answer {
        run(&mut self.instance, self.is_integer, task)
    }
}

fn run(instance: &mut Instance, is_integer: bool, task: Task<'_>) -> Answer {
    if let Err(option) = set_options(instance, &task) {
        let words = format!("HiGHS refused the option {}", option.to_string_lossy());
        return Answer::without_solution(End::GaveUp, words);
    }
    if let Some(start) = task.start {
        // A start that HiGHS refuses is no error: it then begins without one.
        instance.start_from(start);
    }
    match instance.run(task.watch) {
        Some(status) => answer(instance, status, is_integer),
        None => Answer::without_solution(End::GaveUp, "HiGHS stopped with an error"),
    }
}

/// The part of its work that HiGHS spends on looking for solutions, as it is by itself.
const EFFORT: f64 = 0.05;

fn set_options(instance: &mut Instance, task: &Task<'_>) -> Result<(), &'static CStr> {
    let whole = |value: u32| Value::Whole(i32::try_from(value).unwrap_or(i32::MAX));
    let time = task.time.map_or(f64::INFINITY, |time| time.as_secs_f64());
    let nodes = task.nodes.map_or(Value::Whole(i32::MAX), whole);
    let effort = if task.seeks { EFFORT } else { 0.0 };
    let options = [
        (c"mip_heuristic_effort", Value::Real(effort)),
        (c"mip_rel_gap", Value::Real(task.gap)),
        (c"mip_abs_gap", Value::Real(0.0)),
        (c"random_seed", whole(task.seed)),
        (c"threads", Value::Whole(1)),
        (c"parallel", Value::Text(c"off")),
        (c"mip_max_nodes", nodes),
        (c"time_limit", Value::Real(time)),
    ];
    for (name, value) in options {
        let is_set = instance.set(name, value);
        is_set.then_some(()).ok_or(name)?;
    }
    Ok(())
}

fn answer(instance: &Instance, status: i32, is_integer: bool) -> Answer {
    let end = match status {
        c::MODEL_STATUS_OPTIMAL
        | c::MODEL_STATUS_OBJECTIVE_BOUND
        | c::MODEL_STATUS_OBJECTIVE_TARGET
        | c::MODEL_STATUS_MODEL_EMPTY => End::Finished,
        c::MODEL_STATUS_INFEASIBLE => End::Infeasible,
        c::MODEL_STATUS_REACHED_TIME_LIMIT => End::Time,
        c::MODEL_STATUS_REACHED_INTERRUPT => End::Interrupted,
        c::MODEL_STATUS_REACHED_SOLUTION_LIMIT
        | c::MODEL_STATUS_REACHED_ITERATION_LIMIT
        | c::MODEL_STATUS_REACHED_MEMORY_LIMIT => End::Work,
        _ => End::GaveUp,
    };
    let words = format!("HiGHS ended with model status {status}");
    let mut answer = Answer::without_solution(end, words);
    answer.iterations = instance.count(c"simplex_iteration_count");
    if end == End::Infeasible {
        return answer;
    }
    let bound = if is_integer {
        instance.number(c"mip_dual_bound")
    } else {
        // Where a linear problem was left may lie below its optimum.
        let value = instance.number(c"objective_function_value");
        value.filter(|_| end == End::Finished)
    };
    let vectors = instance.has_solution().then(|| instance.vectors());
    answer.bound = bound.filter(|bound| bound.is_finite());
    if let Some(vectors) = vectors {
        answer.values = Some(vectors.columns);
        if !is_integer {
            answer.prices = Some(vectors.prices);
            answer.reduced_costs = Some(vectors.reduced_costs);
        }
    }
    answer
}
