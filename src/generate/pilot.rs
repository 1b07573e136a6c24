//! Pilot projects (đề án điểm): several linked activities, several beneficiaries, two or three years.

use super::Profile;
use super::activity::Activity;
use super::content::Item;
use super::draw::Draw;
use super::ground::{Ground, Purse, Site};
use crate::programme::Kind;
use crate::quantities::Money;

/// Activities that a pilot links, the main one first.
pub(super) type Chain = &'static [&'static str];

const CHAINS: &[(i64, Chain)] = &[
    (26, &["machinery", "demonstration_model", "trademark"]),
    (16, &["technology_line", "demonstration_model", "trademark"]),
    (18, &["machinery", "cleaner_production", "trademark"]),
    (14, &["machinery", "demonstration_model"]),
    (12, &["technology_line", "machinery", "packaging"]),
    (8, &["machinery", "pollution_treatment", "trademark"]),
    (6, &["machinery", "demonstration_model", "digital"]),
    (4, &["machinery", "trademark"]),
];

/// The chains that the frame has every activity of, and one fund that pays for them.
pub(super) fn chains<'a>(ground: &'a Ground) -> impl Iterator<Item = Chain> + 'a {
    let least = ground.most_asked(Kind::Pilot, |row| row.least_contents);
    let years = ground.most_asked(Kind::Pilot, |row| row.least_years);
    let has_time = i64::try_from(ground.years()).is_ok_and(|open| open >= years.max(2));
    let chains = CHAINS.iter().map(|&(_, chain)| chain);
    chains.filter(move |chain| {
        has_time
            && i64::try_from(chain.len()).is_ok_and(|own| own >= least)
            && chain.iter().all(|code| ground.has(code))
            && ground.is_paid(chain, Kind::Pilot, Site::Anywhere)
    })
}

/// What a pilot asks for before it is stretched, in million đồng.
fn range(ground: &Ground) -> (i64, i64) {
    match (ground.profile, ground.purse) {
        (Profile::Tight, _) => (800, 3000),
        (_, Purse::Small) => (300, 700),
        (_, Purse::Middle) => (400, 1500),
        (_, Purse::Large) => (600, 2500),
    }
}

/// The contents of a pilot and its number of beneficiaries. `scale`, in percent, makes it
/// smaller, never larger: the pilots' part of the requests stays about a fifth.
pub(super) fn contents(ground: &Ground, scale: i64, draw: &mut Draw) -> (Vec<Item>, i64) {
    let (low, high) = range(ground);
    // Two draws: small and large pilots are rarer than middling ones.
    let drawn = draw.between(low, high).midpoint(draw.between(low, high));
    let size = (drawn * scale.min(100) / 100).clamp(low, high);
    let least = ground
        .most_asked(Kind::Pilot, |row| row.least_beneficiaries)
        .max(2);
    let beneficiaries = draw.between(2, 6).max(size / 420).max(least);
    let open: Vec<(i64, Chain)> = {
        let possible: Vec<Chain> = chains(ground).collect();
        CHAINS
            .iter()
            .filter(|(_, chain)| possible.contains(chain))
            .copied()
            .collect()
    };
    let chosen = draw.weighted(open.iter().map(|&(weight, _)| weight));
    let chain: Vec<_> = open
        .get(chosen)
        .map_or(&[][..], |&(_, chain)| chain)
        .iter()
        .collect();
    let activities = chain.into_iter().filter_map(|code| Activity::find(code));
    let (large, small): (Vec<_>, Vec<_>) = activities.partition(|activity| activity.is_investment);
    let mut items = Vec::new();
    for activity in small {
        let quantity = draw.between(1, beneficiaries.min(3));
        items.push(Item::by_cost(
            activity,
            quantity,
            100,
            ground.bounds(activity),
            draw,
        ));
    }
    let soft: Money = items.iter().map(|item| item.support).sum();
    let left = Money((size * Money::MILLION.0 - soft.0).max(40 * Money::MILLION.0));
    let mut all = divided(ground, &large, left, beneficiaries, draw);
    all.extend(items);
    (all, beneficiaries)
}

/// `support` divided over the investments of a pilot; what one may not take the others do.
fn divided(
    ground: &Ground,
    activities: &[&'static Activity],
    support: Money,
    beneficiaries: i64,
    draw: &mut Draw,
) -> Vec<Item> {
    let quantity = |activity: &Activity| match activity.code {
        "machinery" => beneficiaries,
        "technology_line" => beneficiaries.div_euclid(2).max(1),
        _ => 1,
    };
    let room: Vec<i64> = activities
        .iter()
        .map(|own| {
            ground
                .bounds(own)
                .least_cap
                .map_or(support.0, |cap| cap.0 * quantity(own))
        })
        .collect();
    let weights: Vec<i64> = (0..activities.len())
        .map(|turn| {
            if turn == 0 {
                draw.between(45, 65)
            } else {
                draw.between(25, 40)
            }
        })
        .collect();
    let whole: i64 = weights.iter().sum();
    let mut parts: Vec<i64> = room
        .iter()
        .zip(&weights)
        .map(|(&room, weight)| (support.0 / whole.max(1) * weight).min(room))
        .collect();
    for position in 0..parts.len() {
        let left = support.0 - parts.iter().sum::<i64>();
        parts[position] += left.min(room[position] - parts[position]).max(0);
    }
    let items = activities.iter().zip(parts);
    let items = items.map(|(&activity, part)| {
        let bounds = ground.bounds(activity);
        Item::by_support(activity, quantity(activity), Money(part), bounds, draw)
    });
    items.collect()
}
