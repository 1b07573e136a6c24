//! When a candidate can start, and over how many years it spends.

use super::Profile;
use super::candidate::Candidate;
use super::draw::Draw;
use super::ground::Ground;
use super::slot::{Gate, Slot};
use crate::programme::{CeilingRecord, Kind};
use crate::quantities::{Money, Year};

/// Percent of the support by year.
pub(super) fn profile(ground: &Ground, slot: Slot, draw: &mut Draw) -> Vec<i64> {
    let weights: [i64; 3] = match (slot.kind, ground.profile) {
        (Kind::Pilot, Profile::Tight) => [0, 45, 55],
        (_, Profile::Tight) => [22, 44, 34],
        (Kind::Pilot, _) => [0, 55, 45],
        (Kind::Group, _) => [78, 22, 0],
        (Kind::Single, _) => match slot.activity.code {
            "demonstration_model" | "technology_line" => [72, 28, 0],
            "machinery" | "cleaner_production" => [94, 6, 0],
            _ => [100, 0, 0],
        },
    };
    let drawn = i64::try_from(draw.weighted(weights.into_iter())).unwrap_or(0) + 1;
    let rows = ground
        .facts
        .definitions
        .iter()
        .filter(|row| row.kind == slot.kind);
    let most = rows
        .filter_map(|row| row.most_years)
        .min()
        .unwrap_or(10)
        .clamp(1, 10);
    let least = ground.most_asked(slot.kind, |row| row.least_years);
    let open = i64::try_from(ground.years()).unwrap_or(10);
    let fitting = drawn.clamp(least.min(most).max(1), most).min(open);
    let years = if slot.gate == Some(Gate::Completion) {
        fitting.max(2)
    } else {
        fitting
    };
    match years {
        1 => vec![100],
        2 => vec![50, 50],
        3 => vec![40, 30, 30],
        _ => {
            let mut even = vec![100 / years; usize::try_from(years).unwrap_or(1)];
            even[0] += 100 % years;
            even
        }
    }
}

/// The first and the last year of start.
pub(super) fn window(ground: &Ground, slot: Slot, profile: &[i64], draw: &mut Draw) -> (u16, u16) {
    let (open, last) = (ground.first, ground.last);
    match slot.gate {
        Some(Gate::Window) if draw.chance(65) => {
            let end = open.saturating_sub(1);
            return (end.saturating_sub(u16::from(draw.chance(50))), end);
        }
        Some(Gate::Window) => {
            let start = last.saturating_add(1);
            return (start, start.saturating_add(u16::from(draw.chance(50))));
        }
        Some(Gate::Completion) => return (last, last),
        _ => {}
    }
    let years = ground.years();
    let starts = (years + 1).saturating_sub(profile.len()).max(1);
    let drawn = draw.weighted(early(years).into_iter().take(starts));
    let width = draw.weighted([20, 32, 30, 18].into_iter());
    let plus = |later: usize| open.saturating_add(u16::try_from(later).unwrap_or(0));
    (plus(drawn), plus((drawn + width).min(starts - 1)))
}

/// Weights of the years in which windows begin: nine tenths in the first three fifths.
fn early(years: usize) -> Vec<i64> {
    let soon = (years * 3).div_ceil(5);
    let weights = (0..soon).map(|year| 400 - 100 * i64::try_from(year).unwrap_or(0) / 2);
    let mut weights: Vec<_> = weights.map(|weight| weight.max(100)).collect();
    let all: i64 = weights.iter().sum();
    let late = years - soon;
    let each = all / 9 / i64::try_from(late.max(1)).unwrap_or(1);
    weights.extend(std::iter::repeat_n(each.max(1), late));
    weights
}

/// Lets some candidates start later, until what can start in a year comes to 1.6 times its
/// ceilings, as far as there are such candidates.
pub(super) fn stretch(
    ground: &Ground,
    ceilings: &[CeilingRecord],
    candidates: &mut [Candidate],
    seed: u64,
) {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    Draw::new(seed, 3, 0).shuffle(&mut order);
    for year in ground.first..=ground.last {
        let own = ceilings.iter().filter(|row| row.year == Some(Year(year)));
        let wanted = own.map(|row| row.amount).sum::<Money>().percent(160);
        let starting = candidates
            .iter()
            .filter(|own| (own.first..=own.last).contains(&year));
        let mut found: Money = starting.map(Candidate::admissible).sum();
        for &position in &order {
            if found >= wanted {
                break;
            }
            let own = &mut candidates[position];
            let end = usize::from(year) + own.profile.len();
            let has_time = end <= usize::from(ground.last) + 1;
            if own.gate.is_none() && has_time && own.last < year {
                own.last = year;
                found += own.support();
            } else if own.gate.is_none() && has_time && own.first > year {
                own.first = year;
                found += own.support();
            }
        }
    }
}
