//! Quotients of regional advantage: how strong is a place in a sector, beside its province?
//!
//! With E\[a,s\] the value of one measure (hectares, workers, output) in place a and sector s, E\[a\]
//! all sectors of a, E\[s\] the province in s and E the province in all sectors:
//!
//! | quotient | formula | as strong as the province |
//! |---|---|---|
//! | location | (E\[a,s\] / E\[a\]) / (E\[s\] / E) | 1 |
//! | symmetric | (location − 1) / (location + 1), from −1 to 1 | 0 |
//! | density | (E\[a,s\] / km² of a) / (E\[s\] / km² of the province) | 1 |
//! | share | E\[a,s\] / E\[s\] | none: 0 is nothing |
//!
//! **Unknown is not zero.** The location quotient needs the place's figure in *every* sector of the
//! measure and the province's total in every sector; where one is missing it is unknown, since a
//! quotient from a thin table would be false. Density and share need one sector only.
//!
//! **Small bases.** A quotient over-rewards a place where little of anything is done. It is drawn
//! towards 1 by the size of what it rests on: Z = n / (n + k), shrunk = 1 + Z·(q − 1), where n =
//! E\[a,s\] and k is a share of the province's total (location and symmetric: of E; density: of
//! E\[s\]). At n = k the quotient counts half. A symmetric quotient is that of the shrunk location
//! quotient. A share of the province is small where the base is, and is not shrunk.
//!
//! **Several measures** are weighed on their excess over "as strong as the province" (q − 1 for
//! location and density, the quotient itself for the others), over the measures known for the cell.
//! The excess of a cell over the largest of its sector is its advantage: the strongest place of a
//! sector has 100 %, a place no stronger than the province 0 %.
//!
//! Quotients are computed in floating point and rounded to millionths; from there on everything is
//! exact, so that a printed advantage can be recomputed from printed quotients.
//!
//! Sources: location quotient: P. S. Florence in the *Report on the Location of Industry in Great
//! Britain* (Political and Economic Planning, 1939) and W. Isard, *Methods of Regional Analysis*
//! (1960). Symmetric form: B. Dalum, K. Laursen and G. Villumsen, "Structural change in OECD export
//! specialisation patterns" (*International Review of Applied Economics* 12(3), 1998). Shrinkage:
//! H. Bühlmann, "Experience rating and credibility" (*ASTIN Bulletin* 4(3), 1967), whose k comes
//! from variances; a table with one figure a cell has none, so here k is stated. The density
//! quotient is the same comparison with land in the place of all sectors.

#[cfg(test)]
mod tests;

use ndarray::{Array1, Array2, Axis, Zip};

use crate::quantities::{Share, plain, rounded};

crate::words! {
    /// How a place is compared with its province.
    pub enum Comparison {
        /// By the sector's part of all sectors.
        Location = "location",
        /// The same, from −1 to 1.
        Symmetric = "symmetric",
        /// By the sector's value per square kilometre.
        Density = "density",
        /// By the place's part of the province.
        Share = "share",
    }
}

impl Comparison {
    /// Whether it needs every sector of the measure.
    #[must_use]
    pub fn needs_all_sectors(self) -> bool {
        matches!(self, Comparison::Location | Comparison::Symmetric)
    }

    /// How far a quotient lies above "as strong as the province", in millionths.
    #[must_use]
    pub fn excess(self, quotient: Quotient) -> i64 {
        match self {
            Comparison::Location | Comparison::Density => quotient.0 - Quotient::UNIT,
            Comparison::Symmetric | Comparison::Share => quotient.0,
        }
    }
}

/// A quotient in millionths: 3 481 000 is 3.481.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quotient(pub i64);

impl Quotient {
    /// Millionths in 1.
    pub const UNIT: i64 = 1_000_000;

    /// The quotient nearest to a number; `None` where it is unknown or beyond all reason.
    fn nearest(number: f64) -> Option<Quotient> {
        let millionths = (number * 1e6).round();
        // Within ±10^15 a whole number in floating point is exact, and so is the cast.
        #[allow(clippy::cast_possible_truncation)]
        (millionths.abs() < 1e15).then_some(Quotient(millionths as i64))
    }
}

impl std::fmt::Display for Quotient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&plain(self.0, 6))
    }
}

/// A quotient before and after shrinkage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// As the formula gives it.
    pub raw: Quotient,
    /// Drawn towards 1 by the size of its base.
    pub shrunk: Quotient,
}

/// One measure of a province: a row a place, a column a sector; `None` is unknown. Values are in
/// thousandths of the measure's unit and surfaces in hundredths of a km², but any unit will do if
/// it is the same throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The value of each place and sector.
    pub values: Array2<Option<i64>>,
    /// The province's total of each sector.
    pub province: Array1<Option<i64>>,
    /// The surface of each place.
    pub surfaces: Array1<Option<i64>>,
    /// The surface of the province.
    pub surface: Option<i64>,
}

impl Figures {
    /// The quotient of each place and sector; `half_at` is the share of the province's total at
    /// which a quotient counts half (`None`: it counts whole).
    #[must_use]
    pub fn weigh(&self, comparison: Comparison, half_at: Option<Share>) -> Array2<Option<Weighed>> {
        let values = self.values.mapv(number);
        let province = self.province.mapv(number);
        let (raw, whole) = match comparison {
            Comparison::Location | Comparison::Symmetric => {
                let measured = self.measured_sectors();
                let whole = province.select(Axis(0), &measured).sum();
                let raw = location(&values, &province, whole, &measured);
                (raw, Array1::from_elem(province.len(), whole))
            }
            Comparison::Density => {
                let surfaces = self.surfaces.mapv(number).insert_axis(Axis(1));
                let mean = &province / number(self.surface);
                (&values / &surfaces / &mean, province)
            }
            Comparison::Share => (&values / &province, province),
        };
        let half = half_at.filter(|_| comparison != Comparison::Share);
        let shrunk = match half.filter(|share| share.0 > 0) {
            None => raw.clone(),
            Some(share) => shrunk(&raw, &values, &(whole * (number(Some(share.0)) / 1e4))),
        };
        let told = |quotients: Array2<f64>| match comparison {
            Comparison::Symmetric => quotients.mapv(|q| (q - 1.0) / (q + 1.0)),
            _ => quotients,
        };
        Zip::from(&told(raw))
            .and(&told(shrunk))
            .map_collect(|&raw, &shrunk| {
                Some(Weighed {
                    raw: Quotient::nearest(raw)?,
                    shrunk: Quotient::nearest(shrunk)?,
                })
            })
    }

    /// The sectors for which the measure has any figure.
    fn measured_sectors(&self) -> Vec<usize> {
        let has = |&sector: &usize| {
            let column = self.values.column(sector);
            self.province[sector].is_some() || column.iter().any(Option::is_some)
        };
        (0..self.province.len()).filter(has).collect()
    }
}

/// An unknown figure is no number, so that it makes every sum and quotient that it enters unknown.
fn number(figure: Option<i64>) -> f64 {
    // Figures of the tables stay below 2^53, where the cast is exact.
    #[allow(clippy::cast_precision_loss)]
    figure.map_or(f64::NAN, |figure| figure as f64)
}

/// (E\[a,s\] / E\[a\]) / (E\[s\] / E), E\[a\] over the measured sectors.
fn location(
    values: &Array2<f64>,
    province: &Array1<f64>,
    whole: f64,
    measured: &[usize],
) -> Array2<f64> {
    let of_place = values.select(Axis(1), measured).sum_axis(Axis(1));
    let parts = values / &of_place.insert_axis(Axis(1));
    parts / &(province / whole)
}

/// 1 + Z·(q − 1) with Z = n / (n + k), n the value of the cell and k that of its sector.
fn shrunk(quotients: &Array2<f64>, bases: &Array2<f64>, half: &Array1<f64>) -> Array2<f64> {
    let credibility = bases / &(bases + half);
    1.0 + credibility * (quotients - 1.0)
}

/// The mean of excesses in millionths, each with its weight; `None` where nothing has weight.
#[must_use]
pub fn combined(parts: &[(i64, i64)]) -> Option<i64> {
    let weights: i64 = parts.iter().map(|(weight, _)| weight).sum();
    let products = parts
        .iter()
        .map(|&(weight, excess)| i128::from(weight) * i128::from(excess));
    (weights > 0).then(|| rounded(products.sum(), i128::from(weights)))
}

/// The advantage that an excess makes where the sector's largest is `largest`: 0 % for none.
#[must_use]
pub fn scaled(excess: i64, largest: i64) -> Share {
    Share::ratio(excess.max(0), largest)
}
