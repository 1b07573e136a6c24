//! The weights that a judgement leaves open: a part of the simplex, its vertices, points drawn evenly.
//!
//! Weights are 0 or more and sum to 1; what is known of them are linear statements (between two
//! limits, one criterion no less than another), so that they form a polytope. Points are drawn evenly
//! from it by hit-and-run (R. L. Smith, Operations Research 32 (1984); for weights: Tervonen, van
//! Valkenhoef, Baştürk and Postmus, European Journal of Operational Research 224 (2013)): from a point
//! along a direction as far as the statements let, to a place drawn evenly there. Directions are
//! drawn as sums of differences of vertices, so that they stay inside a polytope that is flat.
//!
//! A vertex is where as many statements are tight as there are criteria less one: all choices are
//! tried, which few criteria allow.

use std::collections::BTreeSet;

use ndarray::{Array1, Array2, ArrayView1, Axis};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::phrase;
use crate::phrase::Phrase;
use crate::quantities::Share;

/// What is known of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightsKnown {
    /// They are the policy's.
    Exactly,
    /// Each lies within so large a part of the policy's own, up or down.
    Within(Share),
    /// Their order is the policy's; of two that weigh the same either may weigh more.
    Ranked,
    /// Nothing.
    Any,
}

/// A criterion's weight between two limits, as parts of the sum of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightRange {
    /// The criterion, by its position among the programme's.
    pub criterion: usize,
    /// It weighs no less.
    pub least: Share,
    /// It weighs no more.
    pub most: Share,
}

/// The most criteria whose weights may be left open.
pub const MOST_OPEN: usize = 8;

/// Weights are given as whole numbers that sum to about this.
const WHOLE: f64 = 1e6;

/// How near to a limit is on it.
const NEAR: f64 = 1e-9;

/// Moves from one point drawn to the next, for each criterion.
const MOVES: usize = 20;

/// A polytope of weights: `rows` times the weights is at most `limits`, and they sum to 1.
#[derive(Debug, Clone)]
pub(super) struct WeightSet {
    /// A row a statement, a column a criterion.
    rows: Array2<f64>,
    limits: Array1<f64>,
    /// A row a vertex, a column a criterion.
    vertices: Array2<f64>,
    /// Where nothing is open.
    only: Option<Vec<i64>>,
}

impl WeightSet {
    /// The weights of which this is known, from the policy's own.
    ///
    /// # Errors
    /// Too many criteria, or no weights of which all of it is true.
    pub fn new(
        own: &[i64],
        known: WeightsKnown,
        ranges: &[WeightRange],
    ) -> Result<WeightSet, Phrase> {
        let count = own.len();
        if known == WeightsKnown::Exactly && ranges.is_empty() {
            return Ok(WeightSet {
                rows: Array2::zeros((0, count)),
                limits: Array1::zeros(0),
                vertices: Array2::zeros((0, count)),
                only: Some(own.to_vec()),
            });
        }
        if count > MOST_OPEN {
            return Err(phrase!(
                "có {count} tiêu chí; chỉ để ngỏ được trọng số của nhiều nhất {MOST_OPEN} tiêu chí",
                "there are {count} criteria; the weights of at most {MOST_OPEN} can be left open"
            ));
        }
        let (rows, limits) = statements(own, known, ranges);
        let vertices = vertices(&rows, &limits);
        if vertices.nrows() == 0 {
            return Err(phrase!(
                "không có bộ trọng số nào thỏa mọi khoảng đã nêu (tổng các trọng số là 100%)",
                "no weights lie in all of the ranges stated (the weights sum to 100%)"
            ));
        }
        Ok(WeightSet {
            rows,
            limits,
            vertices,
            only: None,
        })
    }

    /// Its vertices, as whole numbers in proportion to the weights.
    pub fn vertices(&self) -> Vec<Vec<i64>> {
        match &self.only {
            Some(only) => vec![only.clone()],
            None => self
                .vertices
                .rows()
                .into_iter()
                .map(|own| whole(&own))
                .collect(),
        }
    }

    /// Points drawn evenly by seed; the first of a longer list are those of a shorter one.
    pub fn draw(&self, seed: u64, number: usize) -> Vec<Vec<i64>> {
        if let Some(only) = &self.only {
            return vec![only.clone(); number];
        }
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let centre = self.vertices.mean_axis(Axis(0));
        let centre = centre.unwrap_or_else(|| Array1::zeros(self.rows.ncols()));
        let from_centre = &self.vertices - &centre;
        let mut point = centre;
        let mut drawn = Vec::with_capacity(number);
        for _ in 0..number {
            for _ in 0..MOVES * point.len() {
                let part = |_| rng.random_range(-1.0..=1.0);
                let parts: Array1<f64> = (0..from_centre.nrows()).map(part).collect();
                let direction = parts.dot(&from_centre);
                let (back, forth) = self.reach(&point, &direction);
                if back < forth {
                    let by = rng.random_range(back..=forth);
                    point = &point + &(direction * by);
                }
            }
            drawn.push(whole(&point.view()));
        }
        drawn
    }

    /// How many times a direction can be gone back and forth from a point.
    fn reach(&self, point: &Array1<f64>, direction: &Array1<f64>) -> (f64, f64) {
        let left = &self.limits - &self.rows.dot(point);
        let speed = self.rows.dot(direction);
        let (mut back, mut forth) = (-1e3_f64, 1e3_f64);
        for (&left, &speed) in left.iter().zip(&speed) {
            let times = left.max(0.0) / speed;
            if speed > NEAR {
                forth = forth.min(times);
            } else if speed < -NEAR {
                back = back.max(times);
            }
        }
        (back, forth)
    }
}

/// What is known, as rows and their limits.
fn statements(
    own: &[i64],
    known: WeightsKnown,
    ranges: &[WeightRange],
) -> (Array2<f64>, Array1<f64>) {
    let count = own.len();
    let part = |share: Share| decimal(share.0) / decimal(Share::WHOLE);
    let total = decimal(own.iter().sum());
    let limits_of = |criterion: usize| {
        let stated = ranges.iter().filter(|own| own.criterion == criterion);
        let both = |(least, most): (f64, f64), own: &WeightRange| {
            (least.max(part(own.least)), most.min(part(own.most)))
        };
        if let Some((first, rest)) = stated.collect::<Vec<_>>().split_first() {
            let first = (part(first.least), part(first.most));
            return rest.iter().fold(first, |limits, own| both(limits, own));
        }
        let own = decimal(own[criterion]) / total;
        match known {
            WeightsKnown::Exactly => (own, own),
            WeightsKnown::Within(by) => {
                let (less, more) = (own * (1.0 - part(by)), own * (1.0 + part(by)));
                (less, more.min(1.0))
            }
            WeightsKnown::Ranked | WeightsKnown::Any => (0.0, 1.0),
        }
    };
    let mut rows: Vec<(Vec<(usize, f64)>, f64)> = Vec::new();
    for criterion in 0..count {
        let (least, most) = limits_of(criterion);
        rows.push((vec![(criterion, -1.0)], -least));
        rows.push((vec![(criterion, 1.0)], most));
    }
    if known == WeightsKnown::Ranked {
        let heavier = |one: usize, other: usize| {
            let between = own
                .iter()
                .any(|some| (own[other] + 1..own[one]).contains(some));
            own[one] > own[other] && !between
        };
        for one in 0..count {
            let lighter = (0..count).filter(|&other| heavier(one, other));
            rows.extend(lighter.map(|other| (vec![(other, 1.0), (one, -1.0)], 0.0)));
        }
    }
    let limits = rows.iter().map(|(_, limit)| *limit).collect();
    let mut matrix = Array2::zeros((rows.len(), count));
    for (row, (terms, _)) in rows.iter().enumerate() {
        for &(criterion, coefficient) in terms {
            matrix[[row, criterion]] = coefficient;
        }
    }
    (matrix, limits)
}

/// The points at which as many rows are tight as there are criteria less one, and no row is missed.
fn vertices(rows: &Array2<f64>, limits: &Array1<f64>) -> Array2<f64> {
    let count = rows.ncols();
    let mut found = BTreeSet::new();
    let mut all = Vec::new();
    let mut tight: Vec<usize> = (0..count.saturating_sub(1)).collect();
    loop {
        if let Some(point) = meeting(rows, limits, &tight) {
            let left = limits - &rows.dot(&point);
            if left.iter().all(|&left| left > -NEAR) && found.insert(whole(&point.view())) {
                all.extend(point);
            }
        }
        if !next_choice(&mut tight, rows.nrows()) {
            break;
        }
    }
    Array2::from_shape_vec((all.len() / count.max(1), count), all)
        .unwrap_or_else(|_| Array2::zeros((0, count)))
}

/// The next choice of positions below `length`, in order; whether there is one.
fn next_choice(chosen: &mut [usize], length: usize) -> bool {
    let count = chosen.len();
    let moving = (0..count)
        .rev()
        .find(|&at| chosen[at] + count < length + at);
    let Some(at) = moving else { return false };
    chosen[at] += 1;
    for later in at + 1..count {
        chosen[later] = chosen[later - 1] + 1;
    }
    true
}

/// The point that sums to 1 at which these rows are tight; `None` where they do not meet in one. By
/// elimination with pivots.
fn meeting(rows: &Array2<f64>, limits: &Array1<f64>, tight: &[usize]) -> Option<Array1<f64>> {
    let count = rows.ncols();
    let mut table = Array2::ones((count, count + 1));
    for (at, &row) in tight.iter().enumerate() {
        for column in 0..count {
            table[[at, column]] = rows[[row, column]];
        }
        table[[at, count]] = limits[row];
    }
    for column in 0..count {
        let size = |&row: &usize| table[[row, column]].abs();
        let pivot = (column..count).max_by(|one, other| size(one).total_cmp(&size(other)))?;
        if size(&pivot) < NEAR {
            return None;
        }
        for place in 0..=count {
            table.swap([column, place], [pivot, place]);
        }
        for row in (0..count).filter(|&row| row != column) {
            let times = table[[row, column]] / table[[column, column]];
            for place in column..=count {
                let own = table[[column, place]];
                table[[row, place]] -= times * own;
            }
        }
    }
    let value = |at: usize| table[[at, count]] / table[[at, at]];
    Some((0..count).map(value).collect())
}

/// Weights as whole numbers.
#[allow(clippy::cast_possible_truncation)] // between 0 and a million
fn whole(weights: &ArrayView1<'_, f64>) -> Vec<i64> {
    let own = weights.iter();
    own.map(|own| (own.max(0.0) * WHOLE).round() as i64)
        .collect()
}

#[allow(clippy::cast_precision_loss)] // weights of criteria, far below 2^53
fn decimal(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(own: &[i64], known: WeightsKnown, ranges: &[WeightRange]) -> WeightSet {
        WeightSet::new(own, known, ranges).unwrap()
    }

    #[test]
    fn vertices_are_those_of_the_field() {
        // Any weights: each criterion alone. Ranked: the first k share everything.
        let any = set(&[3, 2, 1], WeightsKnown::Any, &[]).vertices();
        let alone = [[0, 0, 1_000_000], [0, 1_000_000, 0], [1_000_000, 0, 0]];
        assert_eq!(sorted(any), alone);
        let ranked = set(&[3, 2, 1], WeightsKnown::Ranked, &[]).vertices();
        let shared = [
            [333_333, 333_333, 333_333],
            [500_000, 500_000, 0],
            [1_000_000, 0, 0],
        ];
        assert_eq!(sorted(ranked), shared);
        // Of two that weigh the same either may weigh more.
        let tied = set(&[2, 1, 1], WeightsKnown::Ranked, &[]).vertices();
        assert_eq!(tied.len(), 4, "{tied:?}");
        // A tenth up or down of one half and a quarter.
        let within = set(&[2, 1, 1], WeightsKnown::Within(Share(1_000)), &[]).vertices();
        assert!(
            within.contains(&vec![450_000, 275_000, 275_000]),
            "{within:?}"
        );
        assert_eq!(within.len(), 4, "{within:?}");
    }

    fn sorted(mut vertices: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
        vertices.sort();
        vertices
    }

    #[test]
    fn points_are_drawn_evenly_and_keep_what_is_known() {
        let ranked = set(&[3, 2, 1], WeightsKnown::Ranked, &[]);
        let drawn = ranked.draw(1, 4_000);
        assert_eq!(drawn[..10], ranked.draw(1, 10)[..]);
        for own in &drawn {
            assert!(own[0] >= own[1] && own[1] >= own[2], "{own:?}");
            assert!((own.iter().sum::<i64>() - 1_000_000).abs() <= 3);
        }
        // The mean of an even draw is the rank-order centroid: 11/18, 5/18, 2/18.
        for (criterion, expected) in [(0, 611_111), (1, 277_778), (2, 111_111)] {
            let sum: i64 = drawn.iter().map(|own| own[criterion]).sum();
            let mean = sum / 4_000;
            assert!((mean - expected).abs() < 8_000, "{criterion}: {mean}");
        }
    }

    #[test]
    fn a_flat_set_is_drawn_from_and_an_empty_one_refused() {
        let range = |criterion, least, most| WeightRange {
            criterion,
            least: Share(least),
            most: Share(most),
        };
        // The first weighs one half exactly: a segment is left.
        let half = set(&[1, 1, 1], WeightsKnown::Any, &[range(0, 5_000, 5_000)]);
        let drawn = half.draw(2, 2_000);
        assert!(drawn.iter().all(|own| (own[0] - 500_000).abs() <= 1));
        let mean: i64 = drawn.iter().map(|own| own[1]).sum::<i64>() / 2_000;
        assert!((mean - 250_000).abs() < 12_000, "{mean}");
        let none = WeightSet::new(
            &[1, 1],
            WeightsKnown::Any,
            &[range(0, 6_000, 7_000), range(1, 6_000, 7_000)],
        );
        assert!(none.is_err());
        assert!(WeightSet::new(&[1; 9], WeightsKnown::Any, &[]).is_err());
        let exactly = set(&[5, 3], WeightsKnown::Exactly, &[]);
        assert_eq!(exactly.draw(3, 2), [[5, 3], [5, 3]]);
    }
}
