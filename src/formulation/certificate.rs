//! A bound that needs no trust: from any multipliers of the rows, by integer arithmetic alone.
//!
//! For multipliers m ≥ 0 of rows written as `a x + h y <= b`, no plan has more than
//!
//! ```text
//! sum over rows of m b  +  sum over projects of max(0, largest over its decisions of c - m a)
//!                       +  sum over helpers of the largest of (p - m h) y  for 0 <= y <= limit
//! ```
//!
//! (Lagrangian relaxation: Geoffrion 1974, Mathematical Programming Study 2; bounds safe from
//! rounding: Neumaier & Shcherbina 2004, Mathematical Programming 99.) Multipliers are whole
//! multiples of [`STEP`]; good ones come from a solver's prices, but the bound holds for any.

use super::{Column, Derivations, Formulation, Row, Values};

/// How many steps of a multiplier make one thousandth of a point for one unit of a row's bound. A
/// multiple of a million, so that prices for a million đồng are exact.
pub const STEP: i128 = 1_000_000 << 20;

/// Rounds in which limits of helpers are derived from one another.
const ROUNDS: usize = 4;

/// A row's factor in the form `<=`.
fn sign(row: &Row) -> i128 {
    i128::from(row.sense.sign())
}

impl Formulation {
    /// No plan has more benefit than this, in thousandths of a point, whatever the multipliers: one
    /// for each row, of any sign (those below 0 count as 0). `None` where a helper without a limit
    /// could gain, or where a number grows too large.
    #[must_use]
    pub fn bound_by(&self, multipliers: &[i128]) -> Option<i64> {
        let reduced = self.reduced(multipliers)?;
        let mut total: i128 = 0;
        for (row, &multiplier) in self.rows.iter().zip(multipliers) {
            let bound = sign(row).checked_mul(i128::from(row.bound))?;
            total = total.checked_add(multiplier.max(0).checked_mul(bound)?)?;
        }
        for group in &self.groups {
            let best = reduced.decisions[group.clone()].iter().max()?;
            total = total.checked_add(*best.max(&0))?;
        }
        let limits = self.helper_limits();
        for (&gain, limit) in reduced.helpers.iter().zip(limits) {
            if gain > 0 {
                total = total.checked_add(gain.checked_mul(limit?)?)?;
            }
        }
        i64::try_from(total.div_euclid(STEP)).ok()
    }

    /// What each decision adds to the objective less what its rows take at the multipliers, in steps of
    /// [`STEP`], in decision order; `None` where a number grows too large.
    #[must_use]
    pub fn gains_by(&self, multipliers: &[i128]) -> Option<Vec<i128>> {
        Some(self.reduced(multipliers)?.decisions)
    }

    /// What each column adds to the objective less what its rows take at the multipliers, in steps.
    fn reduced(&self, multipliers: &[i128]) -> Option<Reduced> {
        let mut decisions: Vec<i128> = Vec::with_capacity(self.benefit.len());
        for &benefit in &self.benefit {
            decisions.push(i128::from(benefit).checked_mul(STEP)?);
        }
        let cost =
            |price: super::Price| -i128::from(price.thousandths) * (STEP / i128::from(price.of));
        let mut helpers: Vec<i128> = self
            .helpers
            .iter()
            .map(|helper| helper.price.map_or(0, cost))
            .collect();
        for (row, &multiplier) in self.rows.iter().zip(multipliers) {
            if multiplier <= 0 {
                continue;
            }
            for (column, coefficient) in row.terms() {
                let taken = multiplier.checked_mul(sign(row) * i128::from(coefficient))?;
                let own = match column {
                    Column::Decision(id) => &mut decisions[id.index()],
                    Column::Helper(id) => &mut helpers[id.index()],
                };
                *own = own.checked_sub(taken)?;
            }
        }
        Some(Reduced { decisions, helpers })
    }

    /// Multipliers no larger than those given, with which no helper without a limit gains, so that
    /// they bound something.
    #[must_use]
    pub fn held_back(&self, multipliers: &[i128]) -> Vec<i128> {
        let mut held: Vec<i128> = multipliers
            .iter()
            .map(|&multiplier| multiplier.max(0))
            .collect();
        let limits = self.helper_limits();
        for _ in 0..ROUNDS {
            let Some(reduced) = self.reduced(&held) else {
                return vec![0; held.len()];
            };
            let gains = |id: super::HelperId| {
                reduced.helpers[id.index()] > 0 && limits[id.index()].is_none()
            };
            let mut is_done = true;
            for (row, multiplier) in self.rows.iter().zip(&mut held) {
                for &(id, coefficient) in &row.helpers {
                    let given = -sign(row) * i128::from(coefficient) * *multiplier;
                    if given > 0 && gains(id) {
                        // Enough for this row alone to take the gain away; others may do it too.
                        let over = reduced.helpers[id.index()].min(given);
                        let per_unit = (sign(row) * i128::from(coefficient)).abs();
                        *multiplier -=
                            over.div_euclid(per_unit) + i128::from(over.rem_euclid(per_unit) > 0);
                        *multiplier = (*multiplier).max(0);
                        is_done = false;
                    }
                }
            }
            if is_done {
                break;
            }
        }
        held
    }

    /// The largest value that each helper has in any solution of the rows, in its own units; `None`
    /// where the rows give none.
    #[must_use]
    pub fn helper_limits(&self) -> Vec<Option<i128>> {
        let first = |helper: &super::Helper| (helper.values == Values::Binary).then_some(1);
        let mut limits: Vec<Option<i128>> = self.helpers.iter().map(first).collect();
        if limits.iter().all(Option::is_some) {
            return limits;
        }
        let group_of = self.group_of();
        for _ in 0..ROUNDS {
            let before = limits.clone();
            for row in self.rows.iter().filter(|row| !row.helpers.is_empty()) {
                limit_by(row, &group_of, &mut limits);
            }
            if limits == before {
                break;
            }
        }
        limits
    }
}

/// What each column gains at given multipliers, in steps.
struct Reduced {
    decisions: Vec<i128>,
    helpers: Vec<i128>,
}

/// Lowers the limits of helpers by what one row leaves them when everything else in it is as small
/// as it can be.
fn limit_by(row: &Row, group_of: &[usize], limits: &mut [Option<i128>]) {
    let sign = sign(row);
    let mut least = least_of_decisions(row, group_of);
    // Helpers that make the left side smaller: without a limit of theirs the row says nothing.
    for &(id, coefficient) in &row.helpers {
        let coefficient = sign * i128::from(coefficient);
        if coefficient < 0 {
            match limits[id.index()] {
                Some(limit) => least += coefficient * limit,
                None => return,
            }
        }
    }
    for &(id, coefficient) in &row.helpers {
        let coefficient = sign * i128::from(coefficient);
        if coefficient > 0 {
            let room = (sign * i128::from(row.bound) - least).max(0);
            let limit = room.div_euclid(coefficient) + i128::from(room.rem_euclid(coefficient) > 0);
            let known = &mut limits[id.index()];
            *known = Some(known.map_or(limit, |known| known.min(limit)));
        }
    }
}

/// The least that decisions add to the left side of a row in the form `<=`, one of each project.
fn least_of_decisions(row: &Row, group_of: &[usize]) -> i128 {
    let mut least: std::collections::BTreeMap<usize, i128> = std::collections::BTreeMap::new();
    for &(id, coefficient) in &row.decisions {
        let own = least.entry(group_of[id.index()]).or_default();
        *own = (*own).min(sign(row) * i128::from(coefficient));
    }
    least.values().sum()
}

/// A bound with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// No plan has more benefit than this, in thousandths of a point.
    pub bound: i64,
    /// The multipliers that prove it, by the label of their row, in
    /// [`STEP`]s; rows that are not named have none. Labels of covers
    /// and portions name rows that follow from others and are derived anew.
    pub multipliers: Vec<(String, i128)>,
}

impl Certificate {
    /// The bound that the multipliers prove for a formulation, worked out anew in integers; `None`
    /// where they name a row that it does not have.
    #[must_use]
    pub fn recomputed(&self, formulation: &Formulation) -> Option<i64> {
        self.recomputed_from(&Derivations::of(formulation))
    }

    /// The same, of what is gathered already.
    pub(crate) fn recomputed_from(&self, known: &Derivations<'_>) -> Option<i64> {
        let formulation = known.formulation;
        let mut derived = Vec::new();
        let mut placed = Vec::new();
        for (label, times) in &self.multipliers {
            let place = if let Some(place) = known.position(label) {
                place
            } else {
                derived.push(known.row(label)?);
                formulation.rows().len() + derived.len() - 1
            };
            placed.push((place, *times));
        }
        let whole = formulation.with_rows(derived);
        let mut multipliers = vec![0; whole.rows().len()];
        for (place, times) in placed {
            multipliers[place] = times;
        }
        whole.bound_by(&multipliers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_divides_a_price_for_a_million() {
        assert_eq!(STEP % i128::from(crate::quantities::Money::MILLION.0), 0);
    }
}
