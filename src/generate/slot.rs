//! How many candidates of each kind and activity there are, and which gate refuses which.

use super::Profile;
use super::activity::Activity;
use super::draw::Draw;
use super::ground::{Ground, Purse, Site};
use super::pilot;
use crate::programme::Kind;

/// What a candidate is to be, before anything else of it is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Its kind.
    pub kind: Kind,
    /// Its first activity.
    pub activity: &'static Activity,
    /// The gate that is to refuse it.
    pub gate: Option<Gate>,
}

/// The gates of law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// Its years of start are not open.
    Window,
    /// It ends after the programme.
    Completion,
    /// No fund pays for it.
    Eligibility,
    /// It asks for more than the norm allows.
    Norm,
    /// Its counterpart is not committed.
    Counterpart,
    /// Another state source pays.
    OtherStateSource,
    /// It is not what the law calls its kind.
    Definition,
}

/// Of a thousand candidates, how many each gate refuses.
const REFUSED: usize = 25;

/// The slots of `projects` candidates, in an order drawn.
pub(super) fn slots(ground: &Ground, projects: usize, seed: u64) -> Vec<Slot> {
    let singles = ground.activities(Kind::Single, true);
    let machinery = Activity::find("machinery");
    let grouped = machinery.filter(|own| {
        ground.has(own.code) && ground.is_paid(&[own.code], Kind::Group, Site::Anywhere)
    });
    let chain = pilot::chains(ground)
        .next()
        .and_then(|chain| Activity::find(chain[0]));
    let (pilot_share, group_share) = match (ground.profile, ground.purse) {
        (Profile::Tight, _) => (300, 250),
        (_, Purse::Large) => (47, 225),
        (_, Purse::Middle | Purse::Small) => (105, 120),
    };
    let of = |share: usize, is_possible: bool| {
        if is_possible {
            projects * share / 1000
        } else {
            0
        }
    };
    let (pilots, groups) = (
        of(pilot_share, chain.is_some()),
        of(group_share, grouped.is_some()),
    );
    let unpaid = ground.activities(Kind::Single, false);
    let ineligible = of(REFUSED, !unpaid.is_empty());
    let slot = |kind, activity| Slot {
        kind,
        activity,
        gate: None,
    };
    let mut slots = Vec::with_capacity(projects);
    slots.extend(
        chain
            .iter()
            .cycle()
            .take(pilots)
            .map(|own| slot(Kind::Pilot, *own)),
    );
    slots.extend(
        grouped
            .iter()
            .cycle()
            .take(groups)
            .map(|own| slot(Kind::Group, *own)),
    );
    let left = projects - slots.len() - ineligible;
    for (activity, count) in singles.iter().zip(counts(ground, &singles, left, groups)) {
        slots.extend(std::iter::repeat_n(slot(Kind::Single, *activity), count));
    }
    refuse(ground, &mut slots, projects, seed);
    slots.extend(unpaid.iter().cycle().take(ineligible).map(|own| Slot {
        gate: Some(Gate::Eligibility),
        ..slot(Kind::Single, *own)
    }));
    Draw::new(seed, 1, 0).shuffle(&mut slots);
    slots
}

/// How many single candidates of each activity: by weight, but enough for the targets.
fn counts(ground: &Ground, activities: &[&Activity], all: usize, groups: usize) -> Vec<usize> {
    let weights: Vec<_> = activities
        .iter()
        .map(|own| own.weight_in(ground.profile))
        .collect();
    let mut weights: Vec<_> = weights
        .iter()
        .map(|&own| usize::try_from(own).unwrap_or(0))
        .collect();
    if weights.iter().all(|&weight| weight == 0) {
        weights.fill(1);
    }
    let whole: usize = weights.iter().sum();
    if whole == 0 {
        return Vec::new();
    }
    let with_groups = all + groups;
    let machinery = activities.iter().position(|own| own.code == "machinery");
    let mut counts: Vec<_> = weights
        .iter()
        .map(|weight| with_groups * weight / whole)
        .collect();
    if let Some(count) = machinery.and_then(|position| counts.get_mut(position)) {
        *count = count.saturating_sub(groups);
    }
    let floors = floors(ground, activities, all, groups);
    for (count, floor) in counts.iter_mut().zip(&floors) {
        *count = (*count).max(*floor);
    }
    let largest = |counts: &[usize]| {
        let spare = counts
            .iter()
            .zip(&floors)
            .map(|(count, floor)| count.saturating_sub(*floor));
        spare
            .enumerate()
            .max_by_key(|&(position, spare)| (spare, counts.len() - position))
    };
    loop {
        let sum: usize = counts.iter().sum();
        let heaviest = (0..weights.len()).max_by_key(|&position| (weights[position], position));
        match (sum.cmp(&all), largest(&counts), heaviest) {
            (std::cmp::Ordering::Less, _, Some(position)) => counts[position] += all - sum,
            (std::cmp::Ordering::Greater, Some((position, spare)), _) => {
                let runner_up = spare.div_ceil(2).max(1);
                counts[position] = counts[position].saturating_sub(runner_up.min(sum - all));
            }
            _ => return counts,
        }
    }
}

/// The fewest single candidates of each activity that let a target be reached, with a fifth more
/// for those that the gates refuse; all together at most nine tenths of the candidates.
fn floors(ground: &Ground, activities: &[&Activity], all: usize, groups: usize) -> Vec<usize> {
    let floor = |activity: &&Activity| {
        let select = format!("activity={}", activity.code);
        let own = ground
            .facts
            .targets
            .iter()
            .filter(|target| target.select.as_ref() == Some(&select));
        let wanted = own.map(|target| {
            let twice = target.at_least.unwrap_or(0).saturating_mul(2);
            target.at_most.unwrap_or(twice).max(4)
        });
        let wanted = wanted
            .max()
            .and_then(|wanted| usize::try_from(wanted).ok())
            .unwrap_or(0);
        let grouped = if activity.code == "machinery" {
            groups * 2
        } else {
            0
        };
        (wanted + wanted.div_ceil(5)).saturating_sub(grouped)
    };
    let floors: Vec<usize> = activities.iter().map(floor).collect();
    let sum: usize = floors.iter().sum();
    let most = all * 9 / 10;
    if sum <= most {
        return floors;
    }
    floors.iter().map(|floor| floor * most / sum).collect()
}

/// Spreads refusals evenly: every gate gets its part of the candidates, and no activity loses much
/// more than another, so that no target is lost with a rare activity.
fn refuse(ground: &Ground, slots: &mut [Slot], projects: usize, seed: u64) {
    let each = projects * REFUSED / 1000;
    let mut draw = Draw::new(seed, 2, 0);
    let defined: Vec<usize> = (0..slots.len())
        .filter(|&position| is_definable(ground, slots[position].kind))
        .collect();
    for position in spread(defined.len(), each.min(defined.len() / 4), &mut draw) {
        slots[defined[position]].gate = Some(Gate::Definition);
    }
    let free: Vec<usize> = (0..slots.len())
        .filter(|&position| slots[position].gate.is_none())
        .collect();
    let gates = [
        Gate::Window,
        Gate::Norm,
        Gate::Completion,
        Gate::Counterpart,
        Gate::OtherStateSource,
    ];
    let first = draw.position(gates.len());
    let mut owed = [each; 5];
    let refused = spread(free.len(), each * gates.len(), &mut draw);
    for (turn, position) in (first..).zip(refused) {
        let slot = &mut slots[free[position]];
        let bounds = ground.bounds(slot.activity);
        let can_overstep =
            bounds.most_percent.is_some_and(|percent| percent < 9000) || bounds.most_cap.is_some();
        let next = (0..gates.len()).map(|step| (turn + step) % gates.len());
        let possible =
            |&gate: &usize| owed[gate] > 0 && (gates[gate] != Gate::Norm || can_overstep);
        if let Some(gate) = next.into_iter().find(possible) {
            owed[gate] -= 1;
            slot.gate = Some(gates[gate]);
        }
    }
}

/// Whether a definition of the kind asks for something that a candidate can lack.
fn is_definable(ground: &Ground, kind: Kind) -> bool {
    ground.asks(kind, |row| row.least_beneficiaries).is_some()
        || (kind == Kind::Pilot && ground.asks(kind, |row| row.least_contents).is_some())
}

/// `count` positions below `length` at even distances.
fn spread(length: usize, count: usize, draw: &mut Draw) -> Vec<usize> {
    let count = count.min(length);
    let offset = draw.position(length);
    (0..count)
        .map(|turn| (offset + turn * length / count) % length)
        .collect()
}
