//! Limits that may be broken at a price: what a unit of breach is, and what it costs.

use super::{Formulation, HelperId, Linear, Sense, Taken, Values, Witness};
use crate::quantities::{Money, Share};

/// What one unit of a row's two sides is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// One of what is counted: a project, a focal point.
    One,
    /// A đồng.
    Dong,
    /// A ten-thousandth of a đồng, as in rows of shares.
    PartOfDong,
}

impl Grain {
    /// The values of a shortfall.
    pub(super) fn values(self) -> Values {
        match self {
            Grain::One => Values::Number,
            Grain::Dong | Grain::PartOfDong => Values::Amount,
        }
    }

    /// How many units of the row make one of a shortfall.
    pub(super) fn parts(self) -> i64 {
        match self {
            Grain::One | Grain::Dong => 1,
            Grain::PartOfDong => Share::WHOLE,
        }
    }

    /// How many units of a shortfall its price is for: one counted, or a million đồng.
    #[must_use]
    pub fn priced(self) -> i64 {
        match self {
            Grain::One => 1,
            Grain::Dong | Grain::PartOfDong => Money::MILLION.0,
        }
    }
}

/// What a helper's value takes from the benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// Thousandths of a point.
    pub thousandths: i64,
    /// For so many units of the helper.
    pub of: i64,
}

impl Price {
    /// What values cost together, each at its price, in thousandths of a point: added up exactly
    /// and rounded up once.
    pub fn cost(priced: impl IntoIterator<Item = (Price, i64)>) -> i64 {
        // Every price is for one unit or for a million, so the sum is one of millionths.
        let whole = i128::from(Money::MILLION.0);
        let exact = |(price, value): (Price, i64)| {
            i128::from(value) * i128::from(price.thousandths) * (whole / i128::from(price.of))
        };
        let cost: i128 = priced.into_iter().map(exact).sum();
        let rounded = cost.div_euclid(whole) + i128::from(cost.rem_euclid(whole) > 0);
        i64::try_from(rounded).unwrap_or(i64::MAX)
    }
}

impl Formulation {
    /// By how much the value of a plan may lie below what a solver makes of it, in thousandths of a
    /// point: a shortfall of money is rounded up to the đồng, and the cost of all to a thousandth.
    #[must_use]
    pub fn rounding(&self) -> i64 {
        let amounts = self
            .helpers()
            .iter()
            .filter(|helper| helper.values == Values::Amount)
            .filter_map(|helper| Some((helper.price?, 1)));
        let rounding = Price::cost(amounts);
        rounding + i64::from(self.helpers().iter().any(|helper| helper.price.is_some()))
    }
}

impl Formulation {
    /// Adds rows over decisions that say one thing together, of which a plan misses each by the
    /// same or not at all, under labels of their own; `label` is that of their finding. While
    /// rules are soft they share one shortfall: the largest miss.
    pub fn limit_together(
        &mut self,
        label: &str,
        grain: Grain,
        rows: Vec<(String, Linear)>,
        sense: Sense,
        bound: i64,
    ) {
        let mut short = Vec::new();
        if let Some(price) = self.softness {
            let miss =
                |(_, terms): &(String, Linear)| Miss::new(self, terms, &[], sense, bound, grain);
            let misses: Vec<Miss> = rows.iter().map(miss).collect();
            short.push(self.shortfall(label, grain, price, sense, move |taken| {
                misses
                    .iter()
                    .map(|row| row.units(taken))
                    .max()
                    .unwrap_or_default()
            }));
        }
        for (name, terms) in rows {
            self.row(name, terms, short.clone(), sense, bound);
        }
    }

    /// Lets the value of a helper take from the benefit.
    pub fn price(&mut self, helper: HelperId, price: Price) {
        self.helpers[helper.index()].price = Some(price);
    }

    /// A shortfall column for what is asked under `label`, with its multiple in the rows that it
    /// lets be broken.
    pub(super) fn shortfall(
        &mut self,
        label: &str,
        grain: Grain,
        thousandths: i64,
        sense: Sense,
        witness: impl Fn(&Taken<'_>) -> i64 + Send + Sync + 'static,
    ) -> (HelperId, i64) {
        let id = self.helper(format!("short[{label}]"), grain.values(), witness);
        let of = grain.priced();
        self.price(id, Price { thousandths, of });
        let sign = match sense {
            Sense::AtMost => -1,
            Sense::AtLeast => 1,
        };
        (id, sign * grain.parts())
    }
}

/// By how much the decisions taken miss a row.
pub(super) struct Miss {
    decisions: Linear,
    helpers: Vec<(Witness, i64)>,
    sense: Sense,
    bound: i64,
    grain: Grain,
}

impl Miss {
    pub fn new(
        formulation: &Formulation,
        decisions: &Linear,
        helpers: &[(HelperId, i64)],
        sense: Sense,
        bound: i64,
        grain: Grain,
    ) -> Miss {
        let witness = |&(id, coefficient): &(HelperId, i64)| {
            let own = &formulation.helpers()[id.index()];
            (own.witness.clone(), coefficient)
        };
        Miss {
            decisions: decisions.clone(),
            helpers: helpers.iter().map(witness).collect(),
            sense,
            bound,
            grain,
        }
    }

    /// In whole units of a shortfall, rounded up.
    pub fn units(&self, taken: &Taken<'_>) -> i64 {
        let of_decisions = i128::from(taken.value(&self.decisions));
        let of_helpers = self
            .helpers
            .iter()
            .map(|(witness, coefficient)| i128::from(witness(taken)) * i128::from(*coefficient));
        let left = of_decisions + of_helpers.sum::<i128>();
        let bound = i128::from(self.bound);
        let missed = match self.sense {
            Sense::AtMost => left - bound,
            Sense::AtLeast => bound - left,
        };
        let parts = i128::from(self.grain.parts());
        let units = missed.max(0).div_euclid(parts) + i128::from(missed.max(0) % parts > 0);
        i64::try_from(units).unwrap_or(i64::MAX)
    }
}
