//! Rank-order centroid weights (Barron and Barrett 1996), exact.
//!
//! Of n criteria the one in place i weighs `w[i] = (1/n) Σ_{k=i..n} 1/k`: the centroid of all weights
//! that keep the order. F. H. Barron and B. E. Barrett, Decision Quality Using Ranked Attribute
//! Weights, Management Science 42(11), 1996. Criteria of one rank share the mean of the weights of
//! the places that they take together.
//!
//! Worked example: four criteria weigh 25/48, 13/48, 7/48 and 3/48.

use std::collections::BTreeMap;

/// The most criteria that can be ranked: beyond, the weights pass 64 bits.
pub const MOST_RANKED: usize = 20;

/// The weights of criteria by their ranks (1 is the most important; only the order matters), as
/// the smallest whole numbers in their proportions. None of none, or of more than
/// [`MOST_RANKED`].
#[must_use]
pub fn rank_order_centroid(ranks: &[i64]) -> Vec<i64> {
    let count = i64::try_from(ranks.len()).unwrap_or(i64::MAX);
    if ranks.is_empty() || ranks.len() > MOST_RANKED {
        return Vec::new();
    }
    // Every 1/k is whole over `common`, and so is the mean of any number of places.
    let common = (1..=count).fold(1, |common, k| common / divisor(common, k) * k);
    let of_place = |place: i64| (place..=count).map(|k| common / k).sum::<i64>();
    let mut tied: BTreeMap<i64, i64> = BTreeMap::new();
    for &rank in ranks {
        *tied.entry(rank).or_default() += 1;
    }
    let mut weights = BTreeMap::new();
    let mut place = 1;
    for (rank, number) in tied {
        let together: i64 = (place..place + number).map(of_place).sum();
        weights.insert(rank, together * (common / number));
        place += number;
    }
    let shared = weights
        .values()
        .fold(0, |shared, &own| divisor(own, shared));
    ranks.iter().map(|rank| weights[rank] / shared).collect()
}

/// The greatest common divisor of two whole numbers that are not both 0.
fn divisor(one: i64, other: i64) -> i64 {
    if other == 0 {
        one
    } else {
        divisor(other, one % other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_ranks_weigh_as_published() {
        // 25/48, 13/48, 7/48, 3/48.
        assert_eq!(rank_order_centroid(&[1, 2, 3, 4]), [25, 13, 7, 3]);
        assert_eq!(rank_order_centroid(&[4, 1, 3, 2]), [3, 25, 7, 13]);
        // 11/18, 5/18, 2/18; 3/4, 1/4.
        assert_eq!(rank_order_centroid(&[1, 2, 3]), [11, 5, 2]);
        assert_eq!(rank_order_centroid(&[10, 20]), [3, 1]);
        assert_eq!(rank_order_centroid(&[7]), [1]);
    }

    #[test]
    fn ties_share_the_mean_of_their_places() {
        // (13 + 7) / 2 = 10 of 48 each.
        assert_eq!(rank_order_centroid(&[1, 2, 2, 4]), [25, 10, 10, 3]);
        assert_eq!(rank_order_centroid(&[1, 2, 2, 3]), [25, 10, 10, 3]);
        // (25 + 13 + 7) / 3 = 15 of 48 each.
        assert_eq!(rank_order_centroid(&[1, 1, 1, 2]), [5, 5, 5, 1]);
        assert_eq!(rank_order_centroid(&[3, 3]), [1, 1]);
    }

    #[test]
    fn as_many_as_can_be_ranked_stay_within_64_bits_and_in_order() {
        let most = i64::try_from(MOST_RANKED).unwrap();
        let ranks: Vec<i64> = (1..=most).collect();
        let weights = rank_order_centroid(&ranks);
        assert!(weights.is_sorted_by(|a, b| a > b));
        assert!(weights.iter().all(|&weight| weight > 0));
        assert!(
            weights
                .iter()
                .map(|&weight| i128::from(weight))
                .sum::<i128>()
                < i128::from(i64::MAX)
        );
        let mut tied = ranks;
        tied[17..].fill(18);
        assert_eq!(rank_order_centroid(&tied).len(), MOST_RANKED);
        assert!(rank_order_centroid(&(0..=most).collect::<Vec<_>>()).is_empty());
        assert!(rank_order_centroid(&[]).is_empty());
    }
}
