//! Weights from judgements: a rank order, or comparisons of pairs. Mathematics alone, no words.
//!
//! Eigenvectors are found in floating point, by additions, multiplications and divisions only, so
//! that every machine finds the same; what leaves this module are whole numbers.

mod centroid;
mod pairs;

pub use centroid::{MOST_RANKED, rank_order_centroid};
pub use pairs::{Comparison, MOST_COMPARED, Priorities, priorities};
