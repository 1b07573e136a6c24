//! Weights from comparisons of pairs (AHP), and how consistent the comparisons are.
//!
//! The weights are the principal eigenvector of the matrix of comparisons, `a[i][j]` times `i` is as
//! important as `j`, `a[j][i] = 1 / a[i][j]`; found by power iteration. The consistency ratio is
//! CR = ((λ − n) / (n − 1)) / RI(n), λ the largest eigenvalue, RI(n) the mean index of random
//! matrices; 0 says that every comparison follows from the weights.
//!
//! T. L. Saaty, A Scaling Method for Priorities in Hierarchical Structures, Journal of
//! Mathematical Psychology 15, 1977; The Analytic Hierarchy Process, McGraw-Hill, 1980 (RI).

/// The most criteria that can be compared: as far as the published RI go.
pub const MOST_COMPARED: usize = RANDOM_INDEX.len();

/// RI of 1 to 10 criteria (Saaty 1980).
const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/// Far more steps than a matrix of comparisons from 1/9 to 9 needs.
const STEPS: usize = 2_000;

/// `first` is `times / of` times as important as `second`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// The position of one criterion.
    pub first: usize,
    /// The position of the other.
    pub second: usize,
    /// Numerator, at least 1.
    pub times: u32,
    /// Denominator, at least 1.
    pub of: u32,
}

/// What comparisons make of the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Priorities {
    /// The weight of each criterion in ten-thousandths of the whole, to the nearest.
    pub weights: Vec<i64>,
    /// The consistency ratio in ten-thousandths, to the nearest; 0 up to two criteria.
    pub ratio: i64,
    /// The comparison that disagrees most with the weights, by position, the first of several.
    pub worst: Option<usize>,
    /// How many times as important its first is as its second by the weights, in hundredths.
    pub implied: i64,
}

/// The weights of `criteria` criteria by their comparisons, one for each pair; `None` of none or of
/// more than [`MOST_COMPARED`]. A pair without a comparison counts as equal.
#[must_use]
pub fn priorities(criteria: usize, comparisons: &[Comparison]) -> Option<Priorities> {
    let random = *RANDOM_INDEX.get(criteria.checked_sub(1)?)?;
    let mut matrix = vec![vec![1.0; criteria]; criteria];
    for own in comparisons {
        let times = value(own);
        matrix[own.first][own.second] = times;
        matrix[own.second][own.first] = 1.0 / times;
    }
    let (weights, largest) = principal(&matrix);
    let number = f64::from(u8::try_from(criteria).ok()?);
    let ratio = if random > 0.0 {
        (largest - number) / (number - 1.0) / random
    } else {
        0.0
    };
    let implied = |own: &Comparison| weights[own.first] / weights[own.second];
    let mut worst: Option<(usize, f64)> = None;
    for (position, own) in comparisons.iter().enumerate() {
        let off = value(own) / implied(own);
        let off = off.max(1.0 / off);
        if worst.is_none_or(|(_, most)| off > most) {
            worst = Some((position, off));
        }
    }
    let worst = worst.map(|(position, _)| position);
    Some(Priorities {
        weights: weights.iter().map(|&own| units(own, 10_000.0)).collect(),
        // A consistent matrix may miss 0 by a rounding of the last binary digit.
        ratio: units(ratio, 10_000.0).max(0),
        implied: worst.map_or(0, |position| units(implied(&comparisons[position]), 100.0)),
        worst,
    })
}

fn value(comparison: &Comparison) -> f64 {
    f64::from(comparison.times) / f64::from(comparison.of)
}

/// The principal eigenvector of a positive matrix, its parts adding up to 1, and the eigenvalue.
fn principal(matrix: &[Vec<f64>]) -> (Vec<f64>, f64) {
    let mut vector = vec![1.0; matrix.len()];
    let mut eigenvalue = 0.0;
    for _ in 0..STEPS {
        let product = |row: &Vec<f64>| row.iter().zip(&vector).map(|(a, part)| a * part).sum();
        let next: Vec<f64> = matrix.iter().map(product).collect();
        let before: f64 = vector.iter().sum();
        let whole: f64 = next.iter().sum();
        eigenvalue = whole / before;
        let next: Vec<f64> = next.iter().map(|part| part / whole).collect();
        if next == vector {
            break;
        }
        vector = next;
    }
    (vector, eigenvalue)
}

/// To the nearest whole number of `1 / unit`.
#[allow(clippy::cast_possible_truncation)] // weights and ratios are far below 2^52
fn units(value: f64, unit: f64) -> i64 {
    (value * unit).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The upper half of a matrix, row by row, of whole times.
    fn upper(criteria: usize, times: &[u32]) -> Vec<Comparison> {
        let mut times = times.iter();
        let mut comparisons = Vec::new();
        for first in 0..criteria {
            for second in first + 1..criteria {
                let times = *times.next().unwrap();
                comparisons.push(Comparison {
                    first,
                    second,
                    times,
                    of: 1,
                });
            }
        }
        comparisons
    }

    /// Three criteria can be worked out by hand: the weights are as the cube roots of the rows'
    /// products, ∛15 : ∛1 : ∛(1/15) = 2.4662 : 1 : 0.4055, and λ = 1 + t + 1/t with
    /// t = ∛(3·3/5) = 1.21644, so λ = 3.03851 and CR = 0.01926 / 0.58 = 0.0332.
    #[test]
    fn three_criteria_come_out_as_by_hand() {
        let found = priorities(3, &upper(3, &[3, 5, 3])).unwrap();
        assert_eq!(found.weights, [6_370, 2_583, 1_047]);
        assert_eq!(found.ratio, 332);
    }

    /// Saaty 1977, brightness of four chairs seen by two people: λ = 4.39 of the first matrix, whose
    /// CR of 0.14 is too much, and λ = 4.10 of the second.
    #[test]
    fn saatys_chairs_come_out_as_published() {
        let first = priorities(4, &upper(4, &[5, 6, 7, 4, 6, 4])).unwrap();
        assert_eq!(first.weights, [6_187, 2_353, 1_009, 451]);
        assert_eq!(first.ratio, 1_447);
        let second = priorities(4, &upper(4, &[4, 6, 7, 3, 4, 2])).unwrap();
        assert_eq!(second.weights, [6_168, 2_238, 972, 621]);
        assert_eq!(second.ratio, 379);
    }

    #[test]
    fn the_comparison_that_disagrees_most_is_found() {
        // 1 : 1/2 : 1/4 but for the last, which turns round what the others say.
        let mut comparisons = upper(4, &[2, 4, 8, 2, 4, 2]);
        assert_eq!(priorities(4, &comparisons).unwrap().ratio, 0);
        comparisons[5] = Comparison {
            first: 2,
            second: 3,
            times: 1,
            of: 9,
        };
        let found = priorities(4, &comparisons).unwrap();
        assert_eq!(found.worst, Some(5));
        assert!(found.ratio > 1_000 && found.implied > 11);
    }

    #[test]
    fn as_contradictory_as_can_be_still_settles() {
        // Each of three is nine times as important as the next, in a circle.
        let circle = [(0, 1), (1, 2), (2, 0)];
        let circle = circle.map(|(first, second)| Comparison {
            first,
            second,
            times: 9,
            of: 1,
        });
        let found = priorities(3, &circle).unwrap();
        assert_eq!(found.weights, [3_333; 3]);
        // λ = 1 + 9 + 1/9: CR = (64/9) / 2 / 0.58.
        assert_eq!(found.ratio, 61_303);
    }

    #[test]
    fn one_and_two_criteria_cannot_contradict() {
        assert_eq!(priorities(1, &[]).unwrap().weights, [10_000]);
        let two = priorities(2, &upper(2, &[3])).unwrap();
        assert_eq!((two.weights, two.ratio), (vec![7_500, 2_500], 0));
        assert_eq!(priorities(0, &[]), None);
        assert_eq!(priorities(11, &[]), None);
    }

    proptest! {
        /// Comparisons that follow from weights give the weights back, and CR = 0.
        #[test]
        fn consistent_comparisons_give_back_their_weights(own in prop::collection::vec(1_u32..1_000, 1..=10)) {
            let mut comparisons = Vec::new();
            for first in 0..own.len() {
                for second in first + 1..own.len() {
                    comparisons.push(Comparison { first, second, times: own[first], of: own[second] });
                }
            }
            let found = priorities(own.len(), &comparisons).unwrap();
            prop_assert_eq!(found.ratio, 0);
            let whole: u32 = own.iter().sum();
            for (weight, given) in found.weights.iter().zip(&own) {
                let exact = f64::from(*given) * 10_000.0 / f64::from(whole);
                prop_assert!((f64::from(i32::try_from(*weight).unwrap()) - exact).abs() < 0.500_1);
            }
        }

        /// On which side of a pair a criterion is named, and in which row, changes nothing.
        #[test]
        fn the_way_of_writing_changes_nothing(times in prop::collection::vec(1_u32..=9, 6)) {
            let straight = upper(4, &times);
            let turned: Vec<_> = straight
                .iter()
                .rev()
                .map(|own| Comparison {
                    first: own.second,
                    second: own.first,
                    times: own.of,
                    of: own.times,
                })
                .collect();
            let one = priorities(4, &straight).unwrap();
            let other = priorities(4, &turned).unwrap();
            // The last binary digit may round the other way.
            prop_assert!(one.ratio.abs_diff(other.ratio) <= 1);
            for (one, other) in one.weights.iter().zip(&other.weights) {
                prop_assert!(one.abs_diff(*other) <= 1);
            }
        }
    }
}
