//! Draws by seed: whole numbers only, so that every machine draws the same.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// One stream of draws. Each candidate has streams of its own, so that what is drawn for one never
/// depends on what was drawn for another.
#[derive(Debug)]
pub(super) struct Draw(ChaCha8Rng);

/// A weight and the range, both ends included, that it stands for.
pub(super) type Bin = (i64, i64, i64);

impl Draw {
    /// The stream of a seed, a purpose and a position.
    pub fn new(seed: u64, purpose: u64, position: usize) -> Draw {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let position = u64::try_from(position).unwrap_or(u64::MAX);
        rng.set_stream(position.wrapping_mul(16).wrapping_add(purpose));
        Draw(rng)
    }

    /// A position below `length`; 0 if that is 0.
    pub fn position(&mut self, length: usize) -> usize {
        let length = u128::try_from(length).unwrap_or(u128::MAX);
        let drawn = u128::from(self.0.next_u64()).saturating_mul(length) >> 64;
        usize::try_from(drawn).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both included; `low` if they are out of order.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let length = usize::try_from(high - low + 1).unwrap_or(0);
        low + i64::try_from(self.position(length)).unwrap_or(0)
    }

    /// True in `percent` of a hundred draws.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// A position by weight; the first if nothing weighs anything.
    pub fn weighted(&mut self, weights: impl Iterator<Item = i64> + Clone) -> usize {
        let all: i64 = weights.clone().sum();
        let mut left = self.between(0, all - 1);
        for (position, weight) in weights.enumerate() {
            if left < weight {
                return position;
            }
            left -= weight;
        }
        0
    }

    /// A whole number from one of the bins, each drawn by its weight.
    pub fn of_bins(&mut self, bins: &[Bin]) -> i64 {
        let bin = self.weighted(bins.iter().map(|&(weight, _, _)| weight));
        bins.get(bin)
            .map_or(0, |&(_, low, high)| self.between(low, high))
    }

    /// One of `items`.
    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let position = self.position(items.len());
        items.get(position)
    }

    /// The items in an order drawn.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.position(last + 1);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_keep_their_range_and_their_weights() {
        let mut draw = Draw::new(7, 0, 0);
        let mut seen = [0; 3];
        for _ in 0..3000 {
            seen[draw.weighted([10, 0, 20].into_iter())] += 1;
            assert!((-3..=4).contains(&draw.between(-3, 4)));
        }
        assert_eq!(seen[1], 0);
        assert!((900..1100).contains(&seen[0]), "{seen:?}");
        assert_eq!((draw.between(5, 4), draw.position(0)), (5, 0));
    }
}
