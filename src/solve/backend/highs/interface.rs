//! The C interface of HiGHS behind safe functions: the one file with `unsafe`.
//!
//! Why not a binding crate: those in use give no callbacks, so a running search could neither be
//! stopped, nor watched, nor handed a plan.
//!
//! What makes it sound: an [`Instance`] owns its solver and is not shared; every array handed over
//! is as long as the solver's own counts say, checked before the call; the solver copies what it is
//! handed. While it runs, the callback alone uses the watch, on the thread that called `run`, since
//! the solver is given one thread or calls back from the one that runs it; a panic inside is kept
//! from crossing into C.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};

use highs_sys as c;

use super::super::{Moment, Watch};
use crate::solve::model::{Model, ModelColumn, ModelRow};

/// A solver with a model in it.
#[derive(Debug)]
pub(super) struct Instance {
    solver: *mut c_void,
    columns: usize,
    rows: usize,
}

/// What an option is set to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Real(f64),
    Whole(i32),
    Flag(bool),
    Text(&'a CStr),
}

/// The values of a solution, as long as there are columns and rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Vectors {
    pub columns: Vec<f64>,
    pub reduced_costs: Vec<f64>,
    pub prices: Vec<f64>,
}

// The solver is a heap object without ties to the thread that made it, and one thread at a time
// holds the instance.
unsafe impl Send for Instance {}

impl Drop for Instance {
    fn drop(&mut self) {
        // Made by `Highs_create`, destroyed once.
        unsafe { c::Highs_destroy(self.solver) }
    }
}

/// A count as the C interface wants it; a model too large for it is refused.
fn whole(count: usize) -> Option<c_int> {
    c_int::try_from(count).ok()
}

fn is_accepted(status: c_int) -> bool {
    status == c::STATUS_OK || status == c::STATUS_WARNING
}

impl Instance {
    /// A quiet solver with the model, which is maximised; `None` where HiGHS refuses it.
    pub fn new(model: &Model) -> Option<Instance> {
        let mut instance = Instance {
            solver: unsafe { c::Highs_create() },
            columns: model.columns.len(),
            rows: model.rows.len(),
        };
        if instance.solver.is_null() {
            return None;
        }
        instance
            .set(c"output_flag", Value::Flag(false))
            .then_some(())?;
        let matrix = Matrix::of(&model.rows, instance.columns)?;
        let each = |part: fn(&ModelColumn) -> f64| -> Vec<f64> {
            model.columns.iter().map(part).collect()
        };
        let (costs, lower, upper) = (
            each(|own| own.cost),
            each(|own| own.lower),
            each(|own| own.upper),
        );
        let kind = |is_integer: bool| {
            if is_integer {
                c::VAR_TYPE_INTEGER
            } else {
                c::VAR_TYPE_CONTINUOUS
            }
        };
        let kinds: Vec<c_int> = model
            .columns
            .iter()
            .map(|own| kind(own.is_integer))
            .collect();
        let is_linear = !model.columns.iter().any(|own| own.is_integer);
        // Every array has the length announced, and HiGHS copies them.
        let status = unsafe {
            c::Highs_passMip(
                instance.solver,
                whole(instance.columns)?,
                whole(instance.rows)?,
                matrix.count,
                c::MATRIX_FORMAT_ROW_WISE,
                c::OBJECTIVE_SENSE_MAXIMIZE,
                0.0,
                costs.as_ptr(),
                lower.as_ptr(),
                upper.as_ptr(),
                matrix.lower.as_ptr(),
                matrix.upper.as_ptr(),
                matrix.starts.as_ptr(),
                matrix.places.as_ptr(),
                matrix.coefficients.as_ptr(),
                if is_linear {
                    std::ptr::null()
                } else {
                    kinds.as_ptr()
                },
            )
        };
        is_accepted(status).then_some(instance)
    }

    /// Sets an option; whether HiGHS knows it and takes the value.
    pub fn set(&mut self, name: &CStr, value: Value<'_>) -> bool {
        let (solver, name) = (self.solver, name.as_ptr());
        // Name and text end in a zero, as their type says.
        let status = unsafe {
            match value {
                Value::Real(value) => c::Highs_setDoubleOptionValue(solver, name, value),
                Value::Whole(value) => c::Highs_setIntOptionValue(solver, name, value),
                Value::Flag(value) => c::Highs_setBoolOptionValue(solver, name, c_int::from(value)),
                Value::Text(value) => c::Highs_setStringOptionValue(solver, name, value.as_ptr()),
            }
        };
        status == c::STATUS_OK
    }

    /// Hands over a solution to start from, a value for every column.
    pub fn start_from(&mut self, values: &[f64]) -> bool {
        let null = std::ptr::null();
        values.len() == self.columns
            && is_accepted(unsafe {
                c::Highs_setSolution(self.solver, values.as_ptr(), null, null, null)
            })
    }

    /// Changes the bounds of a column.
    pub fn change_bounds(&mut self, column: usize, lower: f64, upper: f64) -> bool {
        let place = whole(column).filter(|_| column < self.columns);
        place.is_some_and(|place| {
            is_accepted(unsafe { c::Highs_changeColBounds(self.solver, place, lower, upper) })
        })
    }

    /// Changes the costs of all columns.
    pub fn change_costs(&mut self, costs: &[f64]) -> bool {
        let Some(last) = whole(self.columns).map(|count| count - 1) else {
            return false;
        };
        costs.len() == self.columns
            && is_accepted(unsafe {
                c::Highs_changeColsCostByRange(self.solver, 0, last, costs.as_ptr())
            })
    }

    /// Changes the bounds of a row.
    pub fn change_row(&mut self, row: usize, lower: f64, upper: f64) -> bool {
        let place = whole(row).filter(|_| row < self.rows);
        place.is_some_and(|place| {
            is_accepted(unsafe { c::Highs_changeRowBounds(self.solver, place, lower, upper) })
        })
    }

    /// Adds rows after those it has.
    pub fn add_rows(&mut self, rows: &[ModelRow]) -> bool {
        let (Some(matrix), Some(count)) = (Matrix::of(rows, self.columns), whole(rows.len()))
        else {
            return false;
        };
        // Every array has the length announced, and HiGHS copies them.
        let status = unsafe {
            c::Highs_addRows(
                self.solver,
                count,
                matrix.lower.as_ptr(),
                matrix.upper.as_ptr(),
                matrix.count,
                matrix.starts.as_ptr(),
                matrix.places.as_ptr(),
                matrix.coefficients.as_ptr(),
            )
        };
        self.rows += if is_accepted(status) { rows.len() } else { 0 };
        is_accepted(status)
    }

    /// Solves, watched where a watch is given; HiGHS's model status, `None` where it failed.
    pub fn run(&mut self, watch: Option<&mut dyn Watch>) -> Option<c_int> {
        let mut called = Called {
            watch,
            columns: self.columns,
            is_interrupted: false,
        };
        if called.watch.is_some() {
            let data = (&raw mut called).cast::<c_void>();
            // `called` outlives the run, after which nothing calls back.
            unsafe {
                c::Highs_setCallback(self.solver, Some(called_back), data);
                for kind in CALLED {
                    c::Highs_startCallback(self.solver, kind);
                }
            }
        }
        // A limit of time is held to what the clocks of this instance say, which run on otherwise.
        unsafe { c::Highs_zeroAllClocks(self.solver) };
        let status = unsafe { c::Highs_run(self.solver) };
        if called.watch.is_some() {
            unsafe {
                for kind in CALLED {
                    c::Highs_stopCallback(self.solver, kind);
                }
                c::Highs_setCallback(self.solver, None, std::ptr::null_mut());
            }
        }
        is_accepted(status).then(|| unsafe { c::Highs_getModelStatus(self.solver) })
    }

    /// The values of the solution.
    pub fn vectors(&self) -> Vectors {
        let mut vectors = Vectors {
            columns: vec![0.0; self.columns],
            reduced_costs: vec![0.0; self.columns],
            prices: vec![0.0; self.rows],
        };
        let mut activities = vec![0.0; self.rows];
        // Four arrays of the lengths that HiGHS fills.
        unsafe {
            c::Highs_getSolution(
                self.solver,
                vectors.columns.as_mut_ptr(),
                vectors.reduced_costs.as_mut_ptr(),
                activities.as_mut_ptr(),
                vectors.prices.as_mut_ptr(),
            );
        }
        vectors
    }

    /// A number of HiGHS's information; `None` where it has none of that name.
    pub fn number(&self, name: &CStr) -> Option<f64> {
        let mut value = 0.0;
        let status =
            unsafe { c::Highs_getDoubleInfoValue(self.solver, name.as_ptr(), &raw mut value) };
        (status == c::STATUS_OK).then_some(value)
    }

    /// A count of HiGHS's information; 0 where it has none of that name.
    pub fn count(&self, name: &CStr) -> i64 {
        let mut value = 0;
        let status =
            unsafe { c::Highs_getIntInfoValue(self.solver, name.as_ptr(), &raw mut value) };
        if status == c::STATUS_OK {
            i64::from(value)
        } else {
            0
        }
    }

    /// Whether there is a feasible primal solution.
    pub fn has_solution(&self) -> bool {
        self.count(c"primal_solution_status") == i64::from(c::SOLUTION_STATUS_FEASIBLE)
    }
}

/// Rows as the C interface wants them.
struct Matrix {
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// Where each row's terms begin.
    starts: Vec<c_int>,
    places: Vec<c_int>,
    coefficients: Vec<f64>,
    /// How many terms there are.
    count: c_int,
}

impl Matrix {
    /// `None` where a term lies outside the columns, or there are more than the interface counts.
    fn of(rows: &[ModelRow], columns: usize) -> Option<Matrix> {
        let (mut starts, mut places, mut coefficients) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            starts.push(whole(places.len())?);
            for &(place, coefficient) in &row.terms {
                places.push(whole(place).filter(|_| place < columns)?);
                coefficients.push(coefficient);
            }
        }
        Some(Matrix {
            lower: rows.iter().map(|row| row.lower).collect(),
            upper: rows.iter().map(|row| row.upper).collect(),
            count: whole(places.len())?,
            starts,
            places,
            coefficients,
        })
    }
}

/// What HiGHS calls back for.
const CALLED: [c_int; 4] = [
    c::kHighsCallbackMipInterrupt,
    c::kHighsCallbackMipImprovingSolution,
    c::kHighsCallbackCallbackMipUserSolution,
    c::kHighsCallbackSimplexInterrupt,
];

/// What the callback works with.
struct Called<'a> {
    watch: Option<&'a mut dyn Watch>,
    columns: usize,
    is_interrupted: bool,
}

/// Called by HiGHS while it runs, with the data of [`Instance::run`].
unsafe extern "C" fn called_back(
    kind: c_int,
    _: *const c_char,
    out: *const c::HighsCallbackDataOut,
    input: *mut c::HighsCallbackDataIn,
    data: *mut c_void,
) {
    // HiGHS hands back the pointer that `run` gave it, and its own two structures, which are
    // present for the kinds that were started.
    let (Some(called), Some(out)) = (unsafe { data.cast::<Called<'_>>().as_mut() }, unsafe {
        out.as_ref()
    }) else {
        return;
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| unsafe {
        answer(kind, called, out, input);
    }));
    // A watch that panicked is not asked again: the search is stopped.
    if outcome.is_err() {
        called.is_interrupted = true;
        if let Some(input) = unsafe { input.as_mut() } {
            input.user_interrupt = 1;
        }
    }
}

unsafe fn answer(
    kind: c_int,
    called: &mut Called<'_>,
    out: &c::HighsCallbackDataOut,
    input: *mut c::HighsCallbackDataIn,
) {
    let Some(watch) = called.watch.as_mut() else {
        return;
    };
    match kind {
        c::kHighsCallbackMipInterrupt | c::kHighsCallbackSimplexInterrupt => {
            let moment = Moment {
                bound: (kind == c::kHighsCallbackMipInterrupt).then_some(out.mip_dual_bound),
                nodes: out.mip_node_count,
                iterations: out.mip_total_lp_iterations,
            };
            called.is_interrupted = called.is_interrupted || !watch.goes_on(&moment);
            if called.is_interrupted
                && let Some(input) = unsafe { input.as_mut() }
            {
                input.user_interrupt = 1;
            }
        }
        c::kHighsCallbackMipImprovingSolution if !out.mip_solution.is_null() => {
            // HiGHS says how many values it shows.
            let length = usize::try_from(out.mip_solution_size).unwrap_or_default();
            if length == called.columns {
                watch.improved(unsafe { std::slice::from_raw_parts(out.mip_solution, length) });
            }
        }
        c::kHighsCallbackCallbackMipUserSolution => {
            if let Some(values) = watch
                .offer()
                .filter(|values| values.len() == called.columns)
                && let Some(length) = whole(values.len())
            {
                unsafe { c::Highs_setCallbackSolution(input, length, values.as_ptr()) };
            }
        }
        _ => {}
    }
}
