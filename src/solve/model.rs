//! A formulation in a solver's terms: floating-point columns and rows, scaled exactly.
//!
//! Every factor is a power of two, so no coefficient is changed by scaling.

use std::ops::Range;

use super::Settings;
use crate::formulation::{Column, Formulation, Price, Row, Sense, Taken, Values, gcd};

/// Coefficients of a row are brought to at most this.
const LARGEST: f64 = 4_096.0;

/// A column of a solver's model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ModelColumn {
    pub cost: f64,
    pub lower: f64,
    pub upper: f64,
    pub is_integer: bool,
}

impl ModelColumn {
    /// A continuous column from 0 to 1.
    pub fn part(cost: f64) -> ModelColumn {
        ModelColumn {
            cost,
            lower: 0.0,
            upper: 1.0,
            is_integer: false,
        }
    }

    /// Narrows its bounds to those between two limits, in whatever order; whether a value is left,
    /// but for a solver's tolerance.
    pub fn narrow(&mut self, one: f64, other: f64) -> bool {
        let (mut lower, mut upper) = (one.min(other), one.max(other));
        if self.is_integer {
            (lower, upper) = ((lower - TOLERANCE).ceil(), (upper + TOLERANCE).floor());
        }
        self.lower = self.lower.max(lower);
        self.upper = self.upper.min(upper);
        let is_left = self.lower <= self.upper + TOLERANCE;
        self.upper = self.upper.max(self.lower);
        is_left
    }
}

/// What a solver lets a value be off by, and a row be missed by.
pub(super) const TOLERANCE: f64 = 1e-6;

/// A row of a solver's model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ModelRow {
    pub terms: Vec<(usize, f64)>,
    pub lower: f64,
    pub upper: f64,
    /// What the integer row was divided by.
    scale: f64,
}

impl ModelRow {
    /// A row of a formulation, its coefficients brought down by a power of two.
    pub fn of(formulation: &Formulation, row: &Row) -> ModelRow {
        let decisions = formulation.benefit().len();
        let place = |column: Column| match column {
            Column::Decision(id) => id.index(),
            Column::Helper(id) => decisions + id.index(),
        };
        let terms = row.terms().map(|(column, coefficient)| {
            let unit = exact(formulation.unit(column));
            (place(column), exact(coefficient) * unit)
        });
        let mut terms: Vec<(usize, f64)> = terms.collect();
        let largest = terms
            .iter()
            .fold(0.0, |most: f64, (_, c)| most.max(c.abs()));
        let scale = power_of_two(largest, LARGEST);
        for (_, coefficient) in &mut terms {
            *coefficient /= scale;
        }
        let bound = exact(row.bound) / scale;
        let (lower, upper) = match row.sense {
            Sense::AtMost => (f64::NEG_INFINITY, bound),
            Sense::AtLeast => (bound, f64::INFINITY),
        };
        ModelRow {
            terms,
            lower,
            upper,
            scale,
        }
    }

    /// A row with a greatest value, as it is.
    pub fn at_most(terms: Vec<(usize, f64)>, upper: f64) -> ModelRow {
        ModelRow {
            terms,
            lower: f64::NEG_INFINITY,
            upper,
            scale: 1.0,
        }
    }

    /// A solver's price in the units of the row it was made of.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The row over other columns with other bounds, at the same scale.
    pub fn with(&self, terms: Vec<(usize, f64)>, lower: f64, upper: f64) -> ModelRow {
        ModelRow {
            terms,
            lower,
            upper,
            scale: self.scale,
        }
    }
}

/// A model that is maximised. The first columns are the decisions, then the helpers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    pub columns: Vec<ModelColumn>,
    pub rows: Vec<ModelRow>,
    /// What the integer objective was divided by.
    scale: f64,
    /// The greatest common divisor of the objective's coefficients: every value is a multiple.
    step: i64,
    /// The decisions of each “selected” column, which stand at the end in this order.
    selected: Vec<Range<usize>>,
}

#[allow(clippy::cast_precision_loss)] // coefficients stay below 2^53, checked by their spread
fn exact(value: i64) -> f64 {
    value as f64
}

/// The power of two that brings `largest` to at most `goal`; 1 if it is there already.
fn power_of_two(largest: f64, goal: f64) -> f64 {
    let mut scale = 1.0;
    while largest / scale > goal {
        scale *= 2.0;
    }
    scale
}

impl Model {
    /// The formulation with what helps a solver: a “selected” column for each project that has
    /// several decisions, so that choosing can be branched on before scheduling.
    pub fn new(formulation: &Formulation, settings: &Settings) -> Model {
        let mut model = Model::plain(formulation);
        if settings.selected {
            for group in formulation.groups().iter().filter(|group| group.len() > 1) {
                let selected = model.columns.len();
                model.selected.push(group.clone());
                model.columns.push(ModelColumn {
                    cost: 0.0,
                    lower: 0.0,
                    upper: 1.0,
                    is_integer: true,
                });
                let mut terms: Vec<_> = group.clone().map(|column| (column, 1.0)).collect();
                terms.push((selected, -1.0));
                model.rows.push(ModelRow {
                    terms,
                    lower: 0.0,
                    upper: 0.0,
                    scale: 1.0,
                });
            }
        }
        model
    }

    /// The formulation, column by column and row by row.
    pub fn plain(formulation: &Formulation) -> Model {
        let benefits = formulation.benefit();
        let largest = benefits.iter().map(|benefit| benefit.abs()).max();
        let largest = match largest {
            Some(most) if most > 0 => exact(most),
            // Where helpers alone have a price, theirs are brought to the same size.
            _ => largest_price(formulation),
        };
        let scale = power_of_two(largest, LARGEST);
        let binary = |cost: f64| ModelColumn {
            cost,
            lower: 0.0,
            upper: 1.0,
            is_integer: true,
        };
        let decisions = benefits
            .iter()
            .map(|&benefit| binary(exact(benefit) / scale));
        let units = formulation.helper_units();
        let helpers = formulation
            .helpers()
            .iter()
            .zip(units)
            .map(|(helper, unit)| {
                let cost = helper.price.map_or(0.0, |price| -cost(price, unit) / scale);
                match helper.values {
                    Values::Binary => binary(cost),
                    Values::Amount | Values::Number => ModelColumn {
                        is_integer: false,
                        upper: f64::INFINITY,
                        ..binary(cost)
                    },
                }
            });
        let is_priced = formulation
            .helpers()
            .iter()
            .any(|helper| helper.price.is_some());
        Model {
            columns: decisions.chain(helpers).collect(),
            rows: rows(formulation),
            scale,
            step: if is_priced { 1 } else { step(benefits) },
            selected: Vec::new(),
        }
    }

    /// The model in which the decisions of a project that has a “selected” column are taken in any
    /// parts, but those that are to be whole; `None` where none has one.
    pub fn choosing(&self, whole: &[usize]) -> Option<Model> {
        let mut model = self.clone();
        for group in &self.selected {
            for column in &mut model.columns[group.clone()] {
                column.is_integer = false;
            }
        }
        for &decision in whole {
            model.columns[decision].is_integer = true;
        }
        (!self.selected.is_empty()).then_some(model)
    }

    /// The model with more rows.
    pub fn with_rows(mut self, rows: Vec<ModelRow>) -> Model {
        self.rows.extend(rows);
        self
    }

    /// Whether some column is an integer.
    pub fn is_integer(&self) -> bool {
        self.columns.iter().any(|column| column.is_integer)
    }

    /// The value of every column for the decisions taken.
    #[allow(clippy::cast_precision_loss)] // amounts stay below 2^53
    pub fn values(&self, formulation: &Formulation, taken: &[bool]) -> Vec<f64> {
        let one = |flag: bool| if flag { 1.0 } else { 0.0 };
        let mut values: Vec<f64> = taken.iter().map(|&flag| one(flag)).collect();
        let helpers = formulation.witnesses(&Taken(taken));
        let units = formulation.helper_units();
        values.extend(
            helpers
                .iter()
                .zip(units)
                .map(|(&value, unit)| value as f64 / unit as f64),
        );
        let is_selected = |group: &Range<usize>| one(taken[group.clone()].contains(&true));
        values.extend(self.selected.iter().map(is_selected));
        values
    }

    /// A part of it, with its scales.
    pub fn with(&self, columns: Vec<ModelColumn>, rows: Vec<ModelRow>) -> Model {
        Model {
            columns,
            rows,
            scale: self.scale,
            step: self.step,
            selected: Vec::new(),
        }
    }

    /// Every column continuous.
    pub fn relaxed(mut self) -> Model {
        for column in &mut self.columns {
            column.is_integer = false;
        }
        self
    }

    /// Decisions and binary helpers fixed.
    pub fn with_decisions(
        mut self,
        formulation: &Formulation,
        taken: &[bool],
        binary: &[bool],
    ) -> Model {
        let value = |flag: bool| if flag { 1.0 } else { 0.0 };
        let mut fix = |column: usize, flag: bool| {
            self.columns[column].lower = value(flag);
            self.columns[column].upper = value(flag);
        };
        for (column, &flag) in taken.iter().enumerate() {
            fix(column, flag);
        }
        let helpers = formulation.helpers().iter().enumerate();
        let binaries = helpers.filter(|(_, helper)| helper.values == Values::Binary);
        for ((position, _), &flag) in binaries.zip(binary) {
            fix(taken.len() + position, flag);
        }
        self.relaxed()
    }

    /// The model whose rows may all be missed by one amount, which is minimised: its optimum is
    /// minus the least miss, in the units of the integer rows.
    pub fn elastic(mut self) -> Model {
        for column in &mut self.columns {
            column.cost = 0.0;
        }
        let miss = self.columns.len();
        self.columns.push(ModelColumn {
            cost: -1.0,
            lower: 0.0,
            upper: f64::INFINITY,
            is_integer: false,
        });
        for row in &mut self.rows {
            let sign = if row.upper.is_finite() { -1.0 } else { 1.0 };
            row.terms.push((miss, sign / row.scale));
        }
        self.scale = 1.0;
        self
    }

    /// Tightens each row by what it was missed by, in the units of the integer rows.
    #[allow(clippy::cast_precision_loss)] // a tolerance's worth
    pub fn tighten(&mut self, misses: &[i128]) {
        for (row, &missed) in self.rows.iter_mut().zip(misses) {
            let by = missed as f64 / row.scale;
            row.upper -= by;
            row.lower += by;
        }
    }

    /// Aims at another objective over the decisions, at the scale of this one; helpers add nothing.
    /// What each column adds to it then.
    pub fn aim(&mut self, coefficients: &[i64]) -> Vec<f64> {
        self.step = step(coefficients);
        let own = coefficients.iter().map(|&own| exact(own) / self.scale);
        let own = own.chain(std::iter::repeat(0.0));
        for (column, cost) in self.columns.iter_mut().zip(own) {
            column.cost = cost;
        }
        self.columns.iter().map(|column| column.cost).collect()
    }

    /// A solver's objective value in thousandths of a point.
    pub fn objective_value(&self, value: f64) -> f64 {
        value * self.scale
    }

    /// The largest integer objective that a solver's bound leaves possible. A relative 1e-9 is
    /// added for the solver's own rounding.
    #[allow(clippy::cast_possible_truncation)] // bounded by the sum of the coefficients
    pub fn objective_bound(&self, bound: f64) -> i64 {
        let total: f64 = self.columns.iter().map(|column| column.cost.max(0.0)).sum();
        let bound = bound.min(total) * self.scale;
        let padded = bound + bound.abs() * 1e-9 + 1e-6;
        (padded.floor() as i64).div_euclid(self.step) * self.step
    }

    /// A solver's row prices in thousandths of a point for one unit of the integer row.
    pub fn row_prices(&self, prices: &[f64]) -> Vec<f64> {
        let rows = self.rows.iter().zip(prices);
        rows.map(|(row, price)| price * self.scale / row.scale)
            .collect()
    }
}

/// What a unit of a solver's column of this price costs, in thousandths of a point.
fn cost(price: Price, unit: i64) -> f64 {
    exact(price.thousandths) * exact(unit) / exact(price.of)
}

fn largest_price(formulation: &Formulation) -> f64 {
    let helpers = formulation.helpers().iter().zip(formulation.helper_units());
    let prices = helpers.filter_map(|(helper, unit)| Some(cost(helper.price?, unit)));
    prices.fold(0.0, f64::max)
}

/// The greatest common divisor of an objective's coefficients; 1 where there are none.
fn step(coefficients: &[i64]) -> i64 {
    let own = coefficients.iter().map(|own| own.unsigned_abs());
    let step = own.fold(0, gcd);
    i64::try_from(step).unwrap_or(1).max(1)
}

fn rows(formulation: &Formulation) -> Vec<ModelRow> {
    let rows = formulation.rows().iter();
    rows.map(|row| ModelRow::of(formulation, row)).collect()
}
