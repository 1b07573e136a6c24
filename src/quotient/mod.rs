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

mod figures;

pub use figures::{Figures, Weighed};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excesses_are_weighed_and_scaled_exactly() {
        assert_eq!(combined(&[(3, 1_000_000), (1, -200_000)]), Some(700_000));
        assert_eq!(combined(&[(0, 1_000_000)]), None);
        assert_eq!(combined(&[]), None);
        assert_eq!(scaled(-1, 900_000), Share(0));
        assert_eq!(scaled(300_000, 900_000), Share(3_333));
        assert_eq!(scaled(900_000, 900_000), Share(Share::WHOLE));
        assert_eq!(
            scaled(-5, -3),
            Share(0),
            "nobody is stronger than the province"
        );
        let quotient = Quotient(1_250_000);
        assert_eq!(Comparison::Density.excess(quotient), 250_000);
        assert_eq!(Comparison::Share.excess(quotient), 1_250_000);
    }
}
