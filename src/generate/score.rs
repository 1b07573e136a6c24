//! Scores of a candidate on the criteria of merit.

use super::candidate::Candidate;
use super::draw::Draw;
use crate::programme::{CriterionRecord, Kind};
use crate::quantities::Money;
use crate::record::Known;

/// Scores from 30 to 95: a quality of the candidate, a little for advantage and kind, and chance.
/// Pilots are harder to run, small grants in weak places are often good: focus has a price.
pub(super) fn scores(
    criteria: &[CriterionRecord],
    own: &Candidate,
    draw: &mut Draw,
) -> Vec<Known<i64>> {
    let quality = draw.between(34, 92).midpoint(draw.between(34, 92)) + of_candidate(own);
    let score = |criterion: &CriterionRecord| {
        let chance = draw.between(-12, 12);
        let score = (quality + chance + of_criterion(&criterion.criterion, own)).clamp(30, 95);
        if draw.chance(2) {
            Known::Unknown
        } else {
            Known::Is(score)
        }
    };
    criteria.iter().map(score).collect()
}

fn of_candidate(own: &Candidate) -> i64 {
    let weak = own.advantage.is_none_or(|advantage| advantage < 30);
    let small = own.support() < Money(80 * Money::MILLION.0);
    let of_kind = match own.kind {
        Kind::Single => 0,
        Kind::Group => -2,
        Kind::Pilot => -10,
    };
    of_kind + if weak { 4 } else { 0 } + if small { 3 } else { 0 }
}

fn of_criterion(criterion: &str, own: &Candidate) -> i64 {
    let advantage = own.advantage.unwrap_or(0);
    let by_kind = |group, pilot| match own.kind {
        Kind::Single => 0,
        Kind::Group => group,
        Kind::Pilot => pilot,
    };
    match criterion {
        "orientation" => advantage / 14 + by_kind(0, 2),
        "feasibility" => by_kind(-4, -28),
        "capacity" => by_kind(-2, -24),
        "added_value" => advantage / 25 + by_kind(1, -12),
        "replicability" => by_kind(2, 4),
        _ => 0,
    }
}
