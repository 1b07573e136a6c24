//! What one content costs and asks for: amounts on a useful grain, inside the norms.

use super::activity::Activity;
use super::draw::Draw;
use super::ground::Bounds;
use crate::quantities::{Money, Share};

/// One content of a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    /// Its activity.
    pub activity: &'static Activity,
    /// How many of its unit.
    pub quantity: i64,
    /// Its total cost.
    pub cost: Money,
    /// The support asked for.
    pub support: Money,
}

/// A tenth of a million đồng: every amount is a multiple of it.
pub(super) const GRAIN: i64 = 100_000;

impl Item {
    /// A content whose cost is drawn first; `scale` in percent stretches investments.
    pub fn by_cost(
        activity: &'static Activity,
        quantity: i64,
        scale: i64,
        bounds: Bounds,
        draw: &mut Draw,
    ) -> Item {
        let stretched = if activity.is_investment { scale } else { 100 };
        let unit = draw.of_bins(activity.cost) * stretched / 100;
        let step = if unit > 200 { 5 } else { 1 };
        let cost = Money(unit.div_euclid(step).max(1) * step * quantity * Money::MILLION.0);
        let share = bounds.share(activity, draw);
        let asked = part(cost, share);
        Item {
            activity,
            quantity,
            cost,
            support: rounded(bounds.capped(asked, quantity), draw),
        }
    }

    /// A content that asks for about `target`, as far as the cap of its quantity lets it.
    pub fn by_support(
        activity: &'static Activity,
        quantity: i64,
        target: Money,
        bounds: Bounds,
        draw: &mut Draw,
    ) -> Item {
        let support = rounded(bounds.capped(target, quantity), draw);
        let share = bounds.share(activity, draw);
        Item {
            activity,
            quantity,
            cost: whole(support, share),
            support,
        }
    }

    /// The same content asking for more than any norm allows, where one sets a limit.
    pub fn overstepping(self, bounds: Bounds, draw: &mut Draw) -> Item {
        let more = draw.between(4, 12) * 100;
        let (cost, support) = match (bounds.most_percent, bounds.most_cap) {
            (Some(percent), _) if percent < 9000 => {
                let share = (percent + more).min(9500);
                (self.cost, up(part(self.cost, share)))
            }
            (_, Some(cap)) => {
                let asked = part(Money(cap.0 * self.quantity), Share::WHOLE + 3 * more);
                (whole(up(asked), 8000).max(self.cost), up(asked))
            }
            _ => (self.cost, self.support),
        };
        Item {
            cost,
            support,
            ..self
        }
    }

    /// Three fifths of it: a smaller scope at the same share of the cost, or a lower one.
    pub fn smaller(self) -> Item {
        let most = part(self.support, 6000).0;
        Item {
            cost: up(part(self.cost, 6000)),
            support: Money(most - most % GRAIN),
            ..self
        }
    }
}

impl Bounds {
    /// The part of the cost asked for, in basis points, inside the norm.
    fn share(self, activity: &Activity, draw: &mut Draw) -> i64 {
        let drawn = draw.of_bins(activity.share) * 100;
        drawn.min(self.least_percent).max(1)
    }

    fn capped(self, amount: Money, quantity: i64) -> Money {
        self.least_cap
            .map_or(amount, |cap| amount.min(Money(cap.0 * quantity)))
    }
}

/// `share` basis points of an amount, rounded down.
fn part(amount: Money, share: i64) -> Money {
    Money(i64::try_from(Share(share).of(amount.0) / i128::from(Share::WHOLE)).unwrap_or(amount.0))
}

/// The amount of which `support` is at most `share` basis points, in whole million đồng.
fn whole(support: Money, share: i64) -> Money {
    let million = Money::MILLION.0;
    let cost = i128::from(support.0) * i128::from(Share::WHOLE) / i128::from(share.max(1));
    Money((i64::try_from(cost).unwrap_or(support.0) / million + 1) * million)
}

/// Rounded up to the grain.
fn up(amount: Money) -> Money {
    Money((amount.0 + GRAIN - 1) / GRAIN * GRAIN)
}

/// Rounded down to five, one, a half or a tenth of a million đồng: most often to a coarse step.
fn rounded(amount: Money, draw: &mut Draw) -> Money {
    let coarse = if amount < Money(30_000_000) { 10 } else { 50 };
    let steps = [(58, coarse), (37, 10), (3, 5), (2, 1)];
    let step = steps[draw.weighted(steps.iter().map(|&(weight, _)| weight))].1 * GRAIN;
    Money((amount.0 - amount.0 % step).max(GRAIN))
}
