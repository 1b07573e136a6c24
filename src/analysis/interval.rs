//! A value known to lie between two: what was found, and what nothing passes.
//!
//! A search that a limit ends knows its optimum only as the interval [found, bound]. What a change
//! is worth is the difference of two optima, so it is an interval as well, as wide as both together
//! (Moore, *Interval Analysis*, 1966): its least is the least of the one less the most of the other.

use serde::{Deserialize, Serialize};

use super::Drawn;
use crate::plan::Outcome;
use crate::rules::Unit;

/// A value that lies between `least` and `most`; `None` where nothing is known on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// It is not below this.
    pub least: Option<i64>,
    /// It is not above this.
    pub most: Option<i64>,
}

/// How much an interval says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The value is known exactly.
    Decided,
    /// It is known between two limits of one sign.
    Interval,
    /// It may be more than 0, or less: smaller than the gaps of the solves.
    Undecided,
    /// Nothing is known on one side, within the limits of the solves.
    Unknown,
}

impl Interval {
    /// A value known exactly.
    #[must_use]
    pub fn exactly(value: i64) -> Interval {
        Interval {
            least: Some(value),
            most: Some(value),
        }
    }

    /// The optimum of a solve: not below what was found, not above its bound.
    #[must_use]
    pub fn of<P>(outcome: &Outcome<P>) -> Interval {
        Interval {
            least: outcome.found(),
            most: outcome.bound(),
        }
    }

    /// By how much it is more than another.
    #[must_use]
    pub fn less(self, other: Interval) -> Interval {
        let difference = |one: Option<i64>, other: Option<i64>| Some(one? - other?);
        Interval {
            least: difference(self.least, other.most),
            most: difference(self.most, other.least),
        }
    }

    /// What both say of one value; one that contradicts the other is left aside where they do.
    #[must_use]
    pub fn and(self, other: Interval) -> Interval {
        let both = Interval {
            least: self.least.max(other.least),
            most: [self.most, other.most].into_iter().flatten().min(),
        };
        match (both.least, both.most) {
            (Some(least), Some(most)) if least > most => self,
            _ => both,
        }
    }

    /// How much it says.
    #[must_use]
    pub fn certainty(self) -> Certainty {
        match (self.least, self.most) {
            (Some(least), Some(most)) if least == most => Certainty::Decided,
            (Some(least), Some(_)) if least > 0 => Certainty::Interval,
            (Some(_), Some(most)) if most < 0 => Certainty::Interval,
            (Some(_), Some(_)) => Certainty::Undecided,
            _ => Certainty::Unknown,
        }
    }
}

/// An objective of a problem: a tier, or the benefit that comes last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// The tier's label, or `benefit`.
    pub label: String,
    /// What it is counted in.
    pub unit: Unit,
    /// Its optimum, with the tiers before it held.
    pub value: Interval,
}

/// What a problem comes to: its tiers in their order, then its benefit.
#[must_use]
pub(super) fn objectives(drawn: &Drawn) -> Vec<Objective> {
    let tiers = drawn.tiers.iter().map(|tier| Objective {
        label: tier.label.clone(),
        unit: tier.unit,
        value: Interval {
            least: Some(tier.found),
            most: tier.bound,
        },
    });
    let benefit = Objective {
        label: "benefit".to_owned(),
        unit: Unit::Benefit,
        value: Interval::of(&drawn.outcome),
    };
    tiers.chain([benefit]).collect()
}

/// By how much each objective is more than in another drawing of the same tiers; those of tiers that
/// one of them lacks are left out.
#[must_use]
pub(super) fn changes(of: &[Objective], from: &[Objective]) -> Vec<Objective> {
    let alike = |own: &Objective| from.iter().find(|other| other.label == own.label).cloned();
    let changed = of.iter().filter_map(|own| {
        let other = alike(own)?;
        Some(Objective {
            value: own.value.less(other.value),
            ..own.clone()
        })
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_as_wide_as_both() {
        let interval = |least, most| Interval { least, most };
        let (one, other) = (interval(Some(10), Some(12)), interval(Some(5), Some(6)));
        assert_eq!(one.less(other), interval(Some(4), Some(7)));
        assert_eq!(one.less(interval(None, Some(6))), interval(Some(4), None));
        assert_eq!(
            one.and(interval(Some(11), None)),
            interval(Some(11), Some(12))
        );
        assert_eq!(one.and(interval(Some(13), None)), one);
    }

    #[test]
    fn smaller_than_the_gaps_is_undecided() {
        let said = |least, most| Interval { least, most }.certainty();
        assert_eq!(said(Some(3), Some(3)), Certainty::Decided);
        assert_eq!(said(Some(1), Some(3)), Certainty::Interval);
        assert_eq!(said(Some(-3), Some(-1)), Certainty::Interval);
        assert_eq!(said(Some(0), Some(3)), Certainty::Undecided);
        assert_eq!(said(None, Some(3)), Certainty::Unknown);
    }
}
