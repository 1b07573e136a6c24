//! The linear relaxation as the searches use it: strengthened by covers and portions, with where it puts
//! the decisions, what each would gain or lose, and the bound that its prices prove.

use std::sync::Mutex;

use super::backend::{Answer, Backend, End, Live, Task};
use super::board::Board;
use super::covers;
use super::model::{Model, ModelRow};
use super::portions;
use super::watching::Closing;
use crate::formulation::{Certificate, Formulation, STEP};

/// The linear relaxation, solved.
pub(super) struct Relaxation {
    /// The problem with the covers and portions that were found.
    pub formulation: Formulation,
    /// The value of each decision.
    pub values: Vec<f64>,
    /// What the objective would gain by a unit more of each decision, in thousandths of a point.
    pub reduced_costs: Vec<f64>,
    /// The price of each row, in thousandths of a point for one unit of its bound.
    pub prices: Vec<f64>,
    /// The rows over many projects whose price is not 0.
    pub tight_rows: Vec<usize>,
    /// The rows over many projects.
    pub wide_rows: Vec<usize>,
    /// A middling reduced cost, to mix chance into an order.
    pub scale: f64,
    /// The problem in the solver, for the one search at a time that changes it.
    pub live: Mutex<Box<dyn Live>>,
    /// What its prices prove.
    pub certificate: Option<Certificate>,
}

/// The least number of decisions for a row to be over many projects.
const WIDE: usize = 8;
/// How often rows that it breaks are sought.
const ROUNDS: usize = 20;

impl Relaxation {
    /// Solves it; `None` where it has no solution, the solver cannot keep it, or the board closes
    /// before.
    pub fn of(board: &Board<'_>, backend: &dyn Backend) -> Option<Relaxation> {
        let mut formulation = board.formulation.clone();
        let model = Model::plain(&formulation).relaxed();
        let mut live = backend.live(&model)?;
        let (floors, portions) = (formulation.floors(), formulation.portions());
        let mut scales: Vec<f64> = model.rows.iter().map(ModelRow::scale).collect();
        let mut round = 0;
        let answer = loop {
            let answer = live.optimise(Task {
                time: board.time_left(),
                watch: Some(&mut Closing(board)),
                ..Task::exact()
            });
            if answer.end != End::Finished {
                return None;
            }
            board.put_bound(model.objective_bound(answer.bound?), 0);
            let values = answer.values.as_ref()?;
            let mut rows = covers::broken(&formulation, &floors, values);
            rows.extend(portions::broken(&formulation, &portions, values));
            round += 1;
            if rows.is_empty() || round > ROUNDS {
                break answer;
            }
            let added: Vec<ModelRow> = rows
                .iter()
                .map(|row| ModelRow::of(&formulation, row))
                .collect();
            if !live.add_rows(&added) {
                break answer;
            }
            scales.extend(added.iter().map(ModelRow::scale));
            formulation = formulation.with_rows(rows);
        };
        let relaxation = Relaxation::read(formulation, &model, &scales, live, answer)?;
        if let Some(certificate) = &relaxation.certificate {
            board.put_bound(certificate.bound, 0);
        }
        Some(relaxation)
    }

    fn read(
        formulation: Formulation,
        model: &Model,
        scales: &[f64],
        live: Box<dyn Live>,
        answer: Answer,
    ) -> Option<Relaxation> {
        let decisions = formulation.benefit().len();
        let (mut values, mut reduced_costs) = (answer.values?, answer.reduced_costs?);
        values.truncate(decisions);
        reduced_costs.truncate(decisions);
        for own in &mut reduced_costs {
            *own = model.objective_value(*own);
        }
        let prices: Vec<f64> = answer
            .prices?
            .iter()
            .zip(scales)
            .map(|(price, scale)| model.objective_value(price / scale))
            .collect();
        let rows = formulation.rows().iter().enumerate();
        let wide = rows.filter(|(_, row)| row.decisions.len() >= WIDE);
        let wide_rows: Vec<usize> = wide.map(|(position, _)| position).collect();
        let is_tight = |row: &usize| prices.get(*row).is_some_and(|price| price.abs() > 0.0);
        let tight_rows = wide_rows.iter().copied().filter(is_tight).collect();
        let mut sizes: Vec<f64> = reduced_costs
            .iter()
            .map(|gain| gain.abs())
            .filter(|&size| size > 0.0)
            .collect();
        sizes.sort_by(f64::total_cmp);
        let certificate = certify(&formulation, &prices);
        Some(Relaxation {
            live: Mutex::new(live),
            certificate,
            formulation,
            values,
            tight_rows,
            wide_rows,
            scale: sizes.get(sizes.len() / 2).copied().unwrap_or(1.0),
            reduced_costs,
            prices,
        })
    }
}

/// What prices prove, in thousandths of a point for one unit of each row's bound: the multipliers
/// nearest to them, and the bound that integers give for those.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // any multiplier is valid
pub(super) fn certify(formulation: &Formulation, prices: &[f64]) -> Option<Certificate> {
    let once = formulation.groups().len();
    let multiplier = |(position, price): (usize, &f64)| {
        // That a project is decided once is said by the bound itself.
        if position < once {
            0
        } else {
            (price.abs() * STEP as f64).round() as i128
        }
    };
    let all: Vec<i128> = prices.iter().enumerate().map(multiplier).collect();
    let held = formulation.held_back(&all);
    let bound = formulation.bound_by(&held)?;
    let named = formulation.rows().iter().zip(&held);
    let multipliers = named
        .filter(|(_, times)| **times > 0)
        .map(|(row, &times)| (row.label.clone(), times))
        .collect();
    Some(Certificate { bound, multipliers })
}
