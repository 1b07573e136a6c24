//! Promises and relations among the candidates: few, and never so that nothing is feasible.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::content::Item;
use super::draw::Draw;
use super::ground::{Ground, Site};
use crate::programme::{
    CeilingRecord, CommitmentRecord, Kind, Level, ProjectRecord, RelationKind, RelationRecord,
};
use crate::quantities::{Money, Year};

/// Positions of candidates in an order drawn.
fn order(candidates: &[Candidate], seed: u64, purpose: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    Draw::new(seed, purpose, 0).shuffle(&mut order);
    order
}

/// Gives a few single candidates the beneficiary of an earlier one in the same area; the pairs.
pub(super) fn share_beneficiaries(candidates: &mut [Candidate], seed: u64) -> Vec<(usize, usize)> {
    let mut draw = Draw::new(seed, 5, 0);
    let mut latest: BTreeMap<usize, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for position in 0..candidates.len() {
        let own = &candidates[position];
        let Some(area) = own.area.filter(|_| own.kind == Kind::Single) else {
            continue;
        };
        if let Some(&earlier) = latest.get(&area).filter(|_| draw.chance(5)) {
            candidates[position].beneficiary = candidates[earlier].beneficiary;
            pairs.push((earlier, position));
        } else {
            latest.insert(area, position);
        }
    }
    pairs
}

/// What the admissible candidates of each zone and sector ask for.
fn masses(ground: &Ground, candidates: &[Candidate]) -> BTreeMap<(usize, usize), Money> {
    let mut masses = BTreeMap::new();
    for own in candidates {
        if let Some((area, sector)) = own.area.zip(own.sector) {
            *masses.entry((ground.zone_of(area), sector)).or_default() += own.admissible();
        }
    }
    masses
}

/// What may still be promised.
struct Room<'a> {
    ground: &'a Ground<'a>,
    fund: String,
    year: u16,
    /// Money left.
    left: Money,
    /// Promises left.
    count: usize,
    /// The least that a zone and sector asks for where anything is promised.
    enough: Money,
    masses: BTreeMap<(usize, usize), Money>,
    /// Promises by unit.
    open: BTreeMap<String, i64>,
}

impl Room<'_> {
    /// Whether a candidate can be promised: it starts in the year, its fund pays for it, much is
    /// asked for around it, and it takes no more than half of what several promises share.
    fn takes(&self, own: &Candidate, unit: Option<&str>) -> bool {
        let cell = own.area.zip(own.sector);
        let cell = cell.map(|(area, sector)| (self.ground.zone_of(area), sector));
        let mass = cell.and_then(|cell| self.masses.get(&cell).copied());
        let portion = if self.count > 2 {
            self.left.percent(50)
        } else {
            self.left
        };
        let site = Site::In(own.area);
        let is_paid = |item: &Item| {
            self.ground
                .pays(&self.fund, item.activity.code, own.kind, site)
        };
        own.gate.is_none()
            && own.kind != Kind::Pilot
            && own.first <= self.year.max(self.ground.first)
            && own.items.iter().all(is_paid)
            && mass.is_none_or(|mass| mass >= self.enough)
            && own.support() <= portion
            && unit.is_none_or(|unit| self.is_free(unit))
    }

    /// Whether a unit has promises for less than a quarter of what it can run.
    fn is_free(&self, unit: &str) -> bool {
        let rows = &self.ground.facts.implementers;
        let most = rows
            .iter()
            .find(|row| row.unit == unit)
            .and_then(|row| row.most_open);
        most.is_none_or(|most| self.open.get(unit).copied().unwrap_or(0) < most / 4)
    }

    fn take(&mut self, own: &Candidate, unit: Option<&str>) {
        self.left -= own.support();
        self.count -= 1;
        if let Some(unit) = unit {
            *self.open.entry(unit.to_owned()).or_default() += 1;
        }
    }
}

/// Promised projects: about three in two hundred, from the first year on, with local money where
/// there is some, below 8 % of what the fund has in that year. They lie where much is asked for (a
/// fortieth of the ceilings, or half of what the largest cell asks), so that a focal point that a
/// promise opens can reach a critical mass. Their positions come with them.
pub(super) fn commitments(
    ground: &Ground,
    ceilings: &[CeilingRecord],
    candidates: &[Candidate],
    projects: &[ProjectRecord],
    seed: u64,
) -> (Vec<CommitmentRecord>, Vec<usize>) {
    let year = ground.facts.about.first_year;
    let mut rows = Vec::new();
    let mut promised = Vec::new();
    let payer = payer(ground, ceilings, year).filter(|_| candidates.len() >= 40);
    let Some((fund, ceiling)) = payer else {
        return (rows, promised);
    };
    let masses = masses(ground, candidates);
    let whole: Money = ceilings.iter().map(|row| row.amount).sum();
    let largest = masses.values().copied().max().unwrap_or_default();
    let mut room = Room {
        ground,
        fund,
        year,
        left: ceiling.percent(8),
        count: (candidates.len() * 3).div_ceil(200),
        enough: Money(whole.0 / 40).min(largest.percent(50)),
        masses,
        open: BTreeMap::new(),
    };
    for position in order(candidates, seed, 6) {
        let (own, record) = (&candidates[position], &projects[position]);
        let unit = record
            .unit
            .first()
            .map(String::as_str)
            .filter(|unit| *unit != "unknown");
        if room.count == 0 {
            break;
        }
        if room.takes(own, unit) {
            room.take(own, unit);
            promised.push(position);
            rows.push(CommitmentRecord {
                project: record.project.clone(),
                variant: "full".to_owned(),
                fund: room.fund.clone(),
                start: Year(year),
                unit: unit.map(str::to_owned),
            });
        }
    }
    (rows, promised)
}

/// The fund that promises are paid from, and its ceiling: a local one if it has money.
fn payer(ground: &Ground, ceilings: &[CeilingRecord], year: u16) -> Option<(String, Money)> {
    let funds = &ground.facts.funds;
    let of = |row: &&CeilingRecord| {
        let fund = funds.iter().find(|fund| fund.fund == row.fund);
        fund.is_some_and(|fund| fund.level == Level::Local)
    };
    let mut rows = ceilings
        .iter()
        .filter(|row| row.year == Some(Year(year)) && row.amount > Money::ZERO);
    let local = rows.clone().find(of);
    local
        .or_else(|| rows.next())
        .map(|row| (row.fund.clone(), row.amount))
}

/// A handful of relations. A project stands in one of them at most, so there is no cycle, and no
/// promised or refused project stands in any.
pub(super) fn relations(
    ground: &Ground,
    candidates: &[Candidate],
    codes: &[String],
    pairs: &[(usize, usize)],
    promised: &[usize],
    seed: u64,
) -> Vec<RelationRecord> {
    let most = (candidates.len() / 200).clamp(1, 300);
    let mut is_free: Vec<bool> = candidates.iter().map(|own| own.gate.is_none()).collect();
    for &position in promised {
        is_free[position] = false;
    }
    let row = |relation, project: Option<usize>, others: &[usize], most| RelationRecord {
        relation,
        project: project.map(|position| codes[position].clone()),
        others: others
            .iter()
            .map(|&position| codes[position].clone())
            .collect(),
        most,
    };
    let mut rows = Vec::new();
    let (mut models, mut replicas) = (BTreeMap::new(), BTreeMap::new());
    for position in order(candidates, seed, 7) {
        let own = &candidates[position];
        let (Some(area), Some(sector)) = (own.area, own.sector) else {
            continue;
        };
        if is_free[position] && own.is_single("demonstration_model") {
            let of_zone: &mut Vec<usize> = models.entry(ground.zone_of(area)).or_default();
            of_zone.push(position);
        } else if is_free[position] && own.is_single("machinery") {
            replicas.entry(sector).or_insert(position);
        }
    }
    let mut started = 0;
    for of_zone in models
        .values_mut()
        .filter(|of_zone| of_zone.len() > 1)
        .take(most)
    {
        rows.push(row(RelationKind::AtMost, None, of_zone, Some(1)));
        for &position in of_zone.iter() {
            is_free[position] = false;
        }
    }
    for &model in models.values().flatten() {
        let sector = candidates[model].sector.unwrap_or_default();
        let replica = replicas.get(&sector).copied();
        let later = replica.filter(|&own| candidates[own].last >= candidates[model].first);
        let free = later.filter(|&own| started < most && is_free[own] && is_free[model]);
        if let Some(replica) = free {
            rows.push(row(
                RelationKind::RequiresStarted,
                Some(replica),
                &[model],
                None,
            ));
            (is_free[model], is_free[replica]) = (false, false);
            started += 1;
        }
    }
    let mut excluded = 0;
    for &(one, other) in pairs {
        if excluded < most && is_free[one] && is_free[other] {
            rows.push(row(RelationKind::Excludes, Some(one), &[other], None));
            (is_free[one], is_free[other]) = (false, false);
            excluded += 1;
        }
    }
    rows
}
