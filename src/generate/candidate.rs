//! One candidate: where it lies, what it asks for, when it can start.

use super::Profile;
use super::activity::Activity;
use super::content::Item;
use super::draw::Draw;
use super::ground::{Ground, Site};
use super::pilot;
use super::slot::{Gate, Slot};
use super::window;
use crate::programme::Kind;
use crate::quantities::Money;

/// A candidate, before its words are written.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its kind.
    pub kind: Kind,
    /// The gate that refuses it.
    pub gate: Option<Gate>,
    /// Its area.
    pub area: Option<usize>,
    /// Its sector.
    pub sector: Option<usize>,
    /// The advantage of its place in its sector, in percent, where known.
    pub advantage: Option<i64>,
    /// Its contents, the main one first.
    pub items: Vec<Item>,
    /// How many beneficiaries it has.
    pub beneficiaries: i64,
    /// Percent of the support by year.
    pub profile: Vec<i64>,
    /// The first year in which it can start.
    pub first: u16,
    /// The last one.
    pub last: u16,
    /// Whose project it is, by position of the candidate that the code was made for.
    pub beneficiary: usize,
}

/// How much larger than published the amounts are, in percent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Of groups and pilots.
    pub large: i64,
    /// Of single investments.
    pub single: i64,
}

/// The purposes of the streams of one candidate.
pub(super) mod purpose {
    /// Place.
    pub const PLACE: u64 = 8;
    /// Contents.
    pub const CONTENTS: u64 = 9;
    /// Years.
    pub const YEARS: u64 = 10;
    /// Words, scores, answers.
    pub const WORDS: u64 = 11;
}

impl Candidate {
    /// The candidate of a slot, at a position.
    pub fn new(ground: &Ground, slot: Slot, position: usize, scale: Scale, seed: u64) -> Candidate {
        let stream = |purpose| Draw::new(seed, purpose, position);
        let (area, sector) = place(ground, slot, &mut stream(purpose::PLACE));
        let mut draw = stream(purpose::CONTENTS);
        let (mut items, mut beneficiaries) = contents(ground, slot, scale, &mut draw);
        match slot.gate {
            Some(Gate::Norm) => {
                if let Some(main) = items.first_mut() {
                    *main = main.overstepping(ground.bounds(main.activity), &mut draw);
                }
            }
            Some(Gate::Definition) => {
                lack(ground, slot.kind, &mut items, &mut beneficiaries, &mut draw);
            }
            _ => {}
        }
        let mut draw = stream(purpose::YEARS);
        let profile = window::profile(ground, slot, &mut draw);
        let (first, last) = window::window(ground, slot, &profile, &mut draw);
        let codes: Vec<_> = items.iter().map(|item| item.activity.code).collect();
        let unpaid = !ground.is_paid(&codes, slot.kind, Site::In(area));
        Candidate {
            kind: slot.kind,
            gate: slot.gate.or(unpaid.then_some(Gate::Eligibility)),
            area,
            sector,
            advantage: area
                .zip(sector)
                .and_then(|(area, sector)| ground.advantage(area, sector)),
            items,
            beneficiaries,
            profile,
            first,
            last,
            beneficiary: position,
        }
    }

    /// The support asked for.
    pub fn support(&self) -> Money {
        self.items.iter().map(|item| item.support).sum()
    }

    /// The support that counts: nothing where a gate refuses it.
    pub fn admissible(&self) -> Money {
        if self.gate.is_none() {
            self.support()
        } else {
            Money::ZERO
        }
    }

    /// Its main activity.
    pub fn activity(&self) -> Option<&'static Activity> {
        self.items.first().map(|item| item.activity)
    }

    /// Whether it is a single project of an activity.
    pub fn is_single(&self, code: &str) -> bool {
        self.kind == Kind::Single && self.activity().is_some_and(|own| own.code == code)
    }
}

/// Area and sector: pilots mostly where the advantage is, the others scattered.
fn place(ground: &Ground, slot: Slot, draw: &mut Draw) -> (Option<usize>, Option<usize>) {
    if !slot.activity.is_placed || ground.zones.is_empty() {
        return (None, None);
    }
    let seeks_advantage = slot.kind == Kind::Pilot && draw.chance(65);
    let strong = ground.cells.iter().filter(|cell| cell.advantage > 0);
    let strong: Vec<_> = strong.collect();
    if seeks_advantage && !strong.is_empty() {
        let cell = strong[draw.weighted(strong.iter().map(|cell| cell.advantage + 20))];
        let areas = &ground.zones[cell.zone].areas;
        let area = cell.area.or_else(|| draw.one_of(areas).copied());
        return (area, Some(cell.sector));
    }
    let zone = &ground.zones[draw.weighted(ground.zones.iter().map(|zone| zone.weight))];
    let area = draw.one_of(&zone.areas).copied();
    let own = zone.cells.iter().map(|&cell| ground.cells[cell]);
    let own: Vec<_> = own
        .filter(|cell| cell.area.is_none() || cell.area == area)
        .collect();
    if !own.is_empty() && draw.chance(60) {
        let cell = own[draw.weighted(own.iter().map(|cell| cell.advantage + 20))];
        return (area, Some(cell.sector));
    }
    let trades = if draw.chance(60) {
        &zone.usual
    } else {
        &ground.sectors
    };
    (area, draw.one_of(trades).copied())
}

fn contents(ground: &Ground, slot: Slot, scale: Scale, draw: &mut Draw) -> (Vec<Item>, i64) {
    let activity = slot.activity;
    let bounds = ground.bounds(activity);
    match (slot.kind, ground.profile) {
        (Kind::Pilot, _) => pilot::contents(ground, scale.large, draw),
        (Kind::Group, profile) => {
            let (low, high) = if profile == Profile::Tight {
                (400, 2400)
            } else {
                (300, 900)
            };
            let size = (draw.between(low, high) * scale.large / 100).clamp(low, high);
            let least = ground
                .most_asked(Kind::Group, |row| row.least_beneficiaries)
                .max(2);
            let few = draw.between(2, 5).max(least);
            let enough = bounds
                .least_cap
                .map_or(0, |cap| size * Money::MILLION.0 / cap.0.max(1) + 1);
            let beneficiaries = few.max(enough);
            let target = Money(size * Money::MILLION.0);
            (
                vec![Item::by_support(
                    activity,
                    beneficiaries,
                    target,
                    bounds,
                    draw,
                )],
                beneficiaries,
            )
        }
        (Kind::Single, Profile::Tight) => {
            let size = draw.between(400, 3000).min(draw.between(400, 3000)) * scale.single / 100;
            let target = Money(size * Money::MILLION.0);
            let enough = bounds
                .least_cap
                .map_or(1, |cap| target.0 / cap.0.max(1) + 1);
            (
                vec![Item::by_support(activity, enough, target, bounds, draw)],
                1,
            )
        }
        (Kind::Single, _) => {
            let quantities = activity.quantities.iter().copied();
            let quantity = i64::try_from(draw.weighted(quantities)).unwrap_or(0) + 1;
            let item = Item::by_cost(activity, quantity, scale.single, bounds, draw);
            let beneficiaries = match activity.code {
                "training" => draw.between(25, 35),
                "product_voting" | "fair" => draw.between(8, 40),
                _ => 1,
            };
            (vec![item], beneficiaries)
        }
    }
}

/// Takes from a candidate what the definition of its kind asks for.
fn lack(
    ground: &Ground,
    kind: Kind,
    items: &mut Vec<Item>,
    beneficiaries: &mut i64,
    draw: &mut Draw,
) {
    let can_lack_contents =
        kind == Kind::Pilot && ground.asks(kind, |row| row.least_contents).is_some();
    let can_lack_people = ground.asks(kind, |row| row.least_beneficiaries).is_some();
    if can_lack_contents && (!can_lack_people || draw.chance(60)) {
        items.truncate(1);
    } else {
        *beneficiaries = 1;
    }
}
