//! A row as the tally keeps it: over decisions, helpers that follow them and one ranking, with the
//! others put in by what they come to.

use std::collections::BTreeMap;

use super::Place;
use super::roles::{AtMost, Role, Roles};
use crate::formulation::Formulation;

/// A row over decisions, following helpers and a ranking alone.
pub(super) struct Whole {
    pub decisions: BTreeMap<usize, i64>,
    pub following: Vec<(Place, i64)>,
    pub ranked: Option<(Place, i64)>,
    pub bound: i64,
}

impl Whole {
    /// `None` for a row with a helper that does not follow, one without decisions, and one whose sums
    /// could leave 64 bits.
    pub fn of(formulation: &Formulation, row: AtMost<'_>, roles: &Roles<'_>) -> Option<Whole> {
        let mut whole = Whole {
            decisions: BTreeMap::new(),
            following: Vec::new(),
            ranked: None,
            bound: row.bound(),
        };
        whole.take(row, row.sign)?;
        for (helper, times) in row.helpers() {
            match roles.all[helper.index()] {
                Role::Fixed(value) => whole.lower(times.checked_mul(value)?)?,
                Role::Following => whole.following.push((helper.0, times)),
                Role::Opposing => {
                    whole.lower(times)?;
                    whole.following.push((helper.0, times.checked_neg()?));
                }
                Role::Limit(place) => {
                    let limit = AtMost::of(&formulation.rows()[place]);
                    if std::ptr::eq(limit.row, row.row) {
                        return None;
                    }
                    whole.lower(times.checked_mul(limit.bound())?)?;
                    whole.take(limit, times.checked_neg()?.checked_mul(limit.sign)?)?;
                }
                Role::Ranked(ranking) => {
                    let own = (Place::try_from(ranking).ok()?, times);
                    if times > 0 || whole.ranked.is_some_and(|known| known != own) {
                        return None;
                    }
                    whole.ranked = Some(own);
                }
                Role::Unknown => return None,
            }
        }
        whole.decisions.retain(|_, own| *own != 0);
        let is_something = !whole.decisions.is_empty() || !whole.following.is_empty();
        (is_something && whole.stays_small(roles)?).then_some(whole)
    }

    fn lower(&mut self, by: i64) -> Option<()> {
        self.bound = self.bound.checked_sub(by)?;
        Some(())
    }

    fn take(&mut self, row: AtMost<'_>, times: i64) -> Option<()> {
        for &(id, own) in &row.row.decisions {
            let entry = self.decisions.entry(id.index()).or_default();
            *entry = entry.checked_add(own.checked_mul(times)?)?;
        }
        Some(())
    }

    /// Whether no sum of its parts leaves 64 bits.
    fn stays_small(&self, roles: &Roles<'_>) -> Option<bool> {
        let following = self.following.iter().map(|(_, own)| own);
        let mut sizes = self.decisions.values().chain(following);
        let total = sizes.try_fold(self.bound.unsigned_abs(), |sum, own| {
            sum.checked_add(own.unsigned_abs())
        });
        let ranked = match self.ranked {
            Some((ranking, times)) => roles
                .most_ranked(ranking as usize)
                .checked_mul(times.unsigned_abs())?,
            None => 0,
        };
        Some(total?.checked_add(ranked)? < i64::MAX as u64 / 4)
    }
}
