//! A candidate project, its variants and their contents.

use super::records::{Kind, Profile};
use super::{ActivityId, AreaId, SectorId, UnitId};
use crate::quantities::{Money, Share, Year};
use crate::record::Known;

/// One candidate project. Columns of table `projects` mean what they mean there.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// Its code.
    pub code: String,
    /// What it does.
    pub name: String,
    /// Its kind in law.
    pub kind: Kind,
    /// Where; `None` for an activity without a place.
    pub area: Option<AreaId>,
    /// Its sector.
    pub sector: Option<SectorId>,
    /// The units that could do it; none if nobody is named yet.
    pub units: Vec<UnitId>,
    /// An anonymous code of the beneficiary.
    pub beneficiary: String,
    /// What the beneficiary is.
    pub beneficiary_type: String,
    /// Groups of people served first.
    pub groups: Vec<String>,
    /// Other marks.
    pub tags: Vec<String>,
    /// Whether the beneficiary has committed its share.
    pub counterpart_committed: Known<bool>,
    /// Whether another state source pays for the same content.
    pub other_state_source: Known<bool>,
    /// First year in which it can start.
    pub first_start: Year,
    /// Last year in which it can start.
    pub last_start: Year,
    /// Percent of the support in each year since the start.
    pub profile: Profile,
    /// Beneficiaries.
    pub beneficiaries: Known<i64>,
    /// Jobs.
    pub jobs: Known<i64>,
    /// Staff-months that it takes in each year in which it is open; `None` where not stated.
    pub staff_months: Option<i64>,
    /// The advantage of its place in its sector; `None` where unknown.
    pub advantage: Option<Share>,
    /// Its scopes; at least one.
    pub variants: Vec<Variant>,
    /// A score from 0 to 100 for each criterion.
    pub scores: Vec<Known<i64>>,
}

/// A scope in which a project can be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// The part of the full benefit that it keeps.
    pub benefit_share: Share,
    /// What is paid for; at least one content.
    pub contents: Vec<Content>,
}

/// One content: what is paid for.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// What it is.
    pub name: String,
    /// Its activity.
    pub activity: ActivityId,
    /// How many of the activity's unit.
    pub quantity: i64,
    /// Total cost, all sources.
    pub total_cost: Known<Money>,
    /// Support asked of the funds.
    pub support: Money,
}

impl Variant {
    /// The support of all its contents.
    #[must_use]
    pub fn support(&self) -> Money {
        self.contents.iter().map(|content| content.support).sum()
    }

    /// The total cost of all its contents; `None` if any is unknown.
    #[must_use]
    pub fn total_cost(&self) -> Option<Money> {
        self.contents
            .iter()
            .map(|content| content.total_cost.get())
            .sum()
    }
}

impl Variant {
    /// Cuts the support to at most `most`: every content by the same part, rounded down to the đồng,
    /// the last one taking the exact remainder.
    pub fn cut_to(&mut self, most: Money) {
        let all = self.support();
        if all <= most {
            return;
        }
        let mut left = most;
        let last = self.contents.len() - 1;
        for (position, content) in self.contents.iter_mut().enumerate() {
            let part = i128::from(content.support.0) * i128::from(most.0);
            let part = i64::try_from(part / i128::from(all.0)).unwrap_or(0);
            content.support = if position == last { left } else { Money(part) };
            left -= content.support;
        }
    }
}

impl Project {
    /// The variant that gives the project its size: the one named `full`, else the largest share
    /// of benefit, ties in table order.
    #[must_use]
    pub fn full(&self) -> &Variant {
        let named = self.variants.iter().find(|variant| variant.name == "full");
        named.unwrap_or_else(|| {
            let first = &self.variants[0];
            self.variants.iter().fold(first, |best, variant| {
                if variant.benefit_share > best.benefit_share {
                    variant
                } else {
                    best
                }
            })
        })
    }

    /// How many years it spends in.
    #[must_use]
    pub fn years_of_spending(&self) -> usize {
        self.profile.0.len()
    }

    /// The last year in which it is open if it starts in `start`.
    #[must_use]
    pub fn last_open(&self, start: Year) -> Year {
        start.plus(self.years_of_spending() - 1)
    }

    /// Whether it is open in `year` if it starts in `start`.
    #[must_use]
    pub fn is_open(&self, start: Year, year: Year) -> bool {
        start <= year && year <= self.last_open(start)
    }

    /// `support` spread over the years since the start: each share rounded down to the đồng, the
    /// last year taking the exact remainder.
    pub fn instalments(&self, support: Money) -> impl Iterator<Item = Money> + '_ {
        let last = self.profile.0.len() - 1;
        let mut left = support;
        self.profile
            .0
            .iter()
            .enumerate()
            .map(move |(age, &percent)| {
                let part = if age == last {
                    left
                } else {
                    support.percent(percent)
                };
                left -= part;
                part
            })
    }
}
