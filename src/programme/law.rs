//! Law as dated data: the norm or definition in force when a project starts.

use super::{ActivityId, Class, DefinitionRecord, Kind, Level, Programme, Territory};
use crate::quantities::{Date, Money, Ratio, Share, Year};

/// A spending norm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// The activity.
    pub activity: ActivityId,
    /// Where it holds.
    pub territory: Territory,
    /// The largest part of the total cost.
    pub percent: Option<Share>,
    /// The largest support for one unit of quantity.
    pub cap: Option<Money>,
    /// What the cap is per.
    pub per: String,
    /// By what the cap is multiplied in a difficult or specially difficult area.
    pub difficult_factor: Option<Ratio>,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// The document.
    pub document: String,
}

impl Norm {
    /// The most that the cap allows for `quantity` units in an area of a class, rounded down to the
    /// đồng; `None` without a cap. Where the class is unknown the factor for difficult areas does
    /// not count.
    #[must_use]
    pub fn capped(&self, quantity: i64, class: Option<Class>) -> Option<Money> {
        let is_difficult = matches!(class, Some(Class::Difficult | Class::SpeciallyDifficult));
        let factor = self.difficult_factor.filter(|_| is_difficult);
        let factor = factor.unwrap_or(Ratio(Ratio::ONE));
        let most = factor.of(self.cap?.0) * i128::from(quantity) / i128::from(Ratio::ONE);
        Some(Money(i64::try_from(most).unwrap_or(i64::MAX)))
    }

    /// The most that the percentage allows of a total cost, rounded down to the đồng; `None`
    /// without a percentage.
    #[must_use]
    pub fn part_of(&self, cost: Money) -> Option<Money> {
        let most = self.percent?.of(cost.0) / i128::from(Share::WHOLE);
        Some(Money(i64::try_from(most).unwrap_or(i64::MAX)))
    }
}

impl Programme {
    /// The norm that holds for `activity` and a fund's `level` in a start year: the one in force
    /// on its first day, else the first that comes into force in it; for other than national
    /// money the province's goes before the nation's.
    #[must_use]
    pub fn norm(&self, activity: ActivityId, level: Level, start: Year) -> Option<&Norm> {
        let of = |territory| {
            let norms = self
                .norms
                .iter()
                .filter(move |norm| norm.activity == activity && norm.territory == territory);
            in_force(norms, start, |norm| (norm.valid_from, norm.valid_to))
        };
        match level {
            Level::National => of(Territory::Nation),
            Level::Local | Level::Combined => {
                of(Territory::Province).or_else(|| of(Territory::Nation))
            }
        }
    }

    /// The definition of a kind that holds in a start year, chosen as [`Programme::norm`] does.
    #[must_use]
    pub fn definition(&self, kind: Kind, start: Year) -> Option<&DefinitionRecord> {
        let of_kind = self.definitions.iter().filter(|row| row.kind == kind);
        in_force(of_kind, start, |row| (row.valid_from, row.valid_to))
    }
}

/// The row in force on the first day of `year`, else the first that comes into force during it.
fn in_force<'a, T>(
    rows: impl Iterator<Item = &'a T>,
    year: Year,
    validity: impl Fn(&T) -> (Date, Option<Date>),
) -> Option<&'a T> {
    let (first, last) = (year.first_day(), year.last_day());
    rows.filter(|row| {
        let (from, to) = validity(row);
        from <= last && to.is_none_or(|to| to >= first)
    })
    .min_by_key(|row| {
        let (from, _) = validity(row);
        from.max(first)
    })
}
