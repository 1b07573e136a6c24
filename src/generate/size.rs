//! Requests against ceilings: candidates sized to the ceilings of a frame, or ceilings to them.

use super::Profile;
use super::candidate::{Candidate, Scale};
use super::ground::Ground;
use super::slot::Slot;
use crate::programme::CeilingRecord;
use crate::quantities::{Money, Year};

/// Admissible requests wanted, in percent of the ceilings.
const WANTED: i64 = 222;

/// The candidates of all slots, at a scale.
fn drawn(ground: &Ground, slots: &[Slot], scale: Scale, seed: u64) -> Vec<Candidate> {
    let slots = slots.iter().enumerate();
    slots
        .map(|(position, &slot)| Candidate::new(ground, slot, position, scale, seed))
        .collect()
}

/// What the candidates ask for that no gate refuses.
pub(super) fn requested(candidates: &[Candidate]) -> Money {
    candidates.iter().map(Candidate::admissible).sum()
}

/// Candidates as large as published. Where the frame has ceilings they are sized until they ask
/// for enough, within the norms: single investments are made smaller first, groups and pilots
/// larger first.
pub(super) fn fitted(ground: &Ground, slots: &[Slot], seed: u64) -> Vec<Candidate> {
    let published = Scale {
        large: 100,
        single: 100,
    };
    let ceilings = ground
        .facts
        .ceilings
        .iter()
        .map(|row| row.amount)
        .sum::<Money>();
    if ceilings == Money::ZERO {
        return drawn(ground, slots, published, seed);
    }
    let wanted = ceilings.percent(WANTED);
    let asks = |scale| requested(&drawn(ground, slots, scale, seed)) >= wanted;
    let mut scale = published;
    if asks(scale) {
        scale.single = least((75, 100), |single| asks(Scale { single, ..scale }));
        scale.large = least((60, 100), |large| asks(Scale { large, ..scale }));
    } else {
        // A little, then half as large again, then whatever it takes.
        for (groups, singles) in [(135, 108), (150, 150), (250, 250)] {
            scale.large = least((scale.large, groups), |large| {
                asks(Scale { large, ..scale })
            });
            scale.single = least((scale.single, singles), |single| {
                asks(Scale { single, ..scale })
            });
        }
    }
    drawn(ground, slots, scale, seed)
}

/// The least number of a range that is enough; its end if none is.
fn least((mut low, mut high): (i64, i64), enough: impl Fn(i64) -> bool) -> i64 {
    while low < high {
        let middle = low.midpoint(high);
        if enough(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

/// Ceilings for candidates as they are: a part of what they ask for.
pub(super) fn ceilings(ground: &Ground, candidates: &[Candidate]) -> Vec<CeilingRecord> {
    let (percent, years): (i64, [i64; 5]) = match ground.profile {
        Profile::Province | Profile::Nation => (45, [188, 194, 200, 206, 212]),
        Profile::Tight => (35, [250, 140, 260, 160, 190]),
    };
    let funds = [20, 80];
    let all = requested(candidates).percent(percent).0;
    let step = 10 * Money::MILLION.0;
    let mut rows = Vec::new();
    for (fund, share) in ground.facts.funds.iter().zip(funds) {
        for (year, weight) in (ground.facts.about.first_year..).zip(years) {
            let amount = all / 100 * share / 1000 * weight;
            rows.push(CeilingRecord {
                fund: fund.fund.clone(),
                year: Some(Year(year)),
                amount: Money(amount - amount % step),
            });
        }
    }
    rows
}
