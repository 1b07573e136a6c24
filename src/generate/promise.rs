//! Promises and relations among the candidates: few, and never so that nothing is feasible.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::draw::Draw;
use super::ground::Ground;
use crate::programme::{
    CeilingRecord, CommitmentRecord, Kind, Level, RelationKind, RelationRecord,
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

/// Promised projects: about three in two hundred, from the first year on, with local money where
/// there is some, below 8 % of what the fund has in that year. They lie where much is asked for (a
/// fortieth of the ceilings, or half of what the largest cell asks), so that a focal point that a
/// promise opens can reach a critical mass.
pub(super) fn commitments(
    ground: &Ground,
    ceilings: &[CeilingRecord],
    candidates: &[Candidate],
    codes: &[String],
    units: &[Vec<String>],
    seed: u64,
) -> (Vec<CommitmentRecord>, Vec<usize>) {
    let year = ground.facts.about.first_year;
    let mut rows = Vec::new();
    let mut promised = Vec::new();
    let Some((fund, ceiling)) = payer(ground, ceilings, year) else {
        return (rows, promised);
    };
    let most = (candidates.len() * 3).div_ceil(200);
    let masses = masses(ground, candidates);
    let whole: Money = ceilings.iter().map(|row| row.amount).sum();
    let largest = masses.values().copied().max().unwrap_or_default();
    let enough = Money(whole.0 / 40).min(largest.percent(50));
    let mut left = ceiling.percent(8);
    let mut open: BTreeMap<&str, i64> = BTreeMap::new();
    for position in order(candidates, seed, 6) {
        let (own, support) = (&candidates[position], candidates[position].support());
        let cell = own
            .area
            .zip(own.sector)
            .map(|(area, sector)| (ground.zone_of(area), sector));
        let mass = cell.and_then(|cell| masses.get(&cell).copied());
        let fits = own.gate.is_none()
            && own.kind != Kind::Pilot
            && own.first <= year.max(ground.first)
            && mass.is_none_or(|mass| mass >= enough);
        if rows.len() == most || candidates.len() < 40 {
            break;
        }
        // Half of what is left, so that one of several promises does not take all of it.
        let portion = if most > 2 { left.percent(50) } else { left };
        if !fits || support > portion || own.activity().is_none() {
            continue;
        }
        let unit = units[position].first().filter(|unit| *unit != "unknown");
        let limit = |code: &&String| {
            let own = ground
                .facts
                .implementers
                .iter()
                .find(|row| row.unit == **code);
            own.and_then(|row| row.most_open).unwrap_or(i64::MAX) / 4
        };
        if let Some((code, most)) = unit.map(|code| (code, limit(&code))) {
            let count = open.entry(code).or_default();
            if *count >= most {
                continue;
            }
            *count += 1;
        }
        left = left - support;
        promised.push(position);
        rows.push(CommitmentRecord {
            project: codes[position].clone(),
            variant: "full".to_owned(),
            fund: fund.clone(),
            start: Year(year),
            unit: unit.cloned(),
        });
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
        .filter(|row| row.year.0 == year && row.amount > Money::ZERO);
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
        of_zone
            .iter()
            .for_each(|&position| is_free[position] = false);
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
