//! One measure of a province, and the quotients made of it.

use ndarray::{Array1, Array2, Axis, Zip};

use super::{Comparison, Quotient};
use crate::quantities::Share;

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

#[cfg(test)]
mod tests {
    use ndarray::{arr1, arr2};
    use proptest::prelude::*;

    use super::*;

    /// Figures of which all are known, the province being the sum of its places.
    fn whole(values: &Array2<i64>) -> Figures {
        Figures {
            province: values.sum_axis(Axis(0)).mapv(Some),
            surfaces: Array1::from_elem(values.nrows(), Some(1)),
            surface: i64::try_from(values.nrows()).ok(),
            values: values.mapv(Some),
        }
    }

    fn raw(figures: &Figures, comparison: Comparison) -> Array2<Option<i64>> {
        let weighed = figures.weigh(comparison, None);
        weighed.mapv(|own| own.map(|own| own.raw.0))
    }

    /// Two places, two sectors: 30 and 10, 20 and 40; the province has 50 and 50.
    #[test]
    fn each_quotient_is_worked_by_hand() {
        let mut figures = whole(&arr2(&[[30, 10], [20, 40]]));
        figures.surfaces = arr1(&[Some(100), Some(300)]);
        figures.surface = Some(400);
        assert_eq!(
            raw(&figures, Comparison::Location),
            arr2(&[
                [Some(1_500_000), Some(500_000)],
                [Some(666_667), Some(1_333_333)]
            ])
        );
        assert_eq!(
            raw(&figures, Comparison::Symmetric),
            arr2(&[
                [Some(200_000), Some(-333_333)],
                [Some(-200_000), Some(142_857)]
            ])
        );
        // 0.3 and 0.1 a km² against 0.125.
        assert_eq!(
            raw(&figures, Comparison::Density).row(0),
            arr1(&[Some(2_400_000), Some(800_000)])
        );
        assert_eq!(
            raw(&figures, Comparison::Share).row(1),
            arr1(&[Some(400_000), Some(800_000)])
        );
    }

    /// k is 20 % of 100 in all, or of the 50 of the sector: Z is 30/50, or 30/40.
    #[test]
    fn small_bases_are_drawn_towards_one() {
        let figures = whole(&arr2(&[[30, 10], [20, 40]]));
        let first = |comparison| figures.weigh(comparison, Some(Share(2_000)))[[0, 0]].unwrap();
        assert_eq!(first(Comparison::Location).shrunk, Quotient(1_300_000));
        assert_eq!(
            first(Comparison::Symmetric).shrunk,
            Quotient(130_435),
            "0.3 / 2.3"
        );
        assert_eq!(first(Comparison::Density).raw, Quotient(1_200_000));
        assert_eq!(first(Comparison::Density).shrunk, Quotient(1_150_000));
        assert_eq!(
            first(Comparison::Share).shrunk,
            Quotient(600_000),
            "never shrunk"
        );
    }

    /// A place with one unknown sector has no location quotient, but its density in the other.
    #[test]
    fn missing_is_unknown_and_never_zero() {
        let mut figures = whole(&arr2(&[[30, 10], [20, 40], [25, 25]]));
        figures.values[[0, 1]] = None;
        let quotients = raw(&figures, Comparison::Location);
        assert!(quotients.row(0).iter().all(Option::is_none));
        assert!(quotients.row(1).iter().all(Option::is_some));
        assert!(raw(&figures, Comparison::Density)[[0, 0]].is_some());
        assert!(raw(&figures, Comparison::Share)[[0, 1]].is_none());
        // Without the province's total of one sector there is no total of all.
        figures.province[1] = None;
        let quotients = raw(&figures, Comparison::Location);
        assert!(quotients.iter().all(Option::is_none));
        // A known zero is a figure: no advantage, and no infinity.
        let figures = whole(&arr2(&[[0, 10], [0, 40]]));
        assert!(raw(&figures, Comparison::Location)[[0, 0]].is_none());
        assert_eq!(
            raw(&figures, Comparison::Location)[[0, 1]],
            Some(Quotient::UNIT)
        );
    }

    #[test]
    fn a_sector_without_any_figure_does_not_count() {
        let mut figures = whole(&arr2(&[[30, 10, 0], [20, 40, 0]]));
        figures.values.column_mut(2).fill(None);
        figures.province[2] = None;
        assert_eq!(raw(&figures, Comparison::Location)[[0, 0]], Some(1_500_000));
    }

    proptest! {
        /// Weighed by the size of the places, location quotients of a sector have the mean 1.
        #[test]
        fn location_quotients_have_the_mean_one(values in prop::collection::vec(1_i64..10_000_000, 12)) {
            let figures = whole(&Array2::from_shape_vec((4, 3), values).unwrap());
            let values = figures.values.mapv(number);
            let (of_place, all) = (values.sum_axis(Axis(1)), values.sum());
            let province = figures.province.mapv(number);
            let quotients = location(&values, &province, all, &[0, 1, 2]);
            for sector in 0..3 {
                let mean = (&of_place / all * quotients.column(sector)).sum();
                prop_assert!((mean - 1.0).abs() < 1e-9, "{mean}");
            }
        }

        /// Between 1 and the quotient, nearer to the quotient the larger the base.
        #[test]
        fn shrinkage_stays_between_and_grows_with_the_base(
            quotient in 0.0_f64..50.0,
            small in 0.1_f64..1e6,
            more in 0.1_f64..1e6,
            half in 0.1_f64..1e6,
        ) {
            let quotients = arr2(&[[quotient], [quotient]]);
            let drawn = shrunk(&quotients, &arr2(&[[small], [small + more]]), &arr1(&[half]));
            let (low, high) = (quotient.min(1.0), quotient.max(1.0));
            for own in &drawn {
                prop_assert!((low - 1e-12..=high + 1e-12).contains(own));
            }
            prop_assert!((drawn[[1, 0]] - quotient).abs() <= (drawn[[0, 0]] - quotient).abs() + 1e-12);
        }
    }
}
