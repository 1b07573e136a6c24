//! Short Vietnamese names: what is done, in which trade, where. No persons, no establishments.

use super::activity::Activity;
use super::candidate::Candidate;
use super::ground::Ground;
use crate::programme::{Kind, SectorRecord};

/// Trades that process a harvest or a catch.
const PROCESSED: &[&str] = &[
    "banana",
    "cassava",
    "citrus",
    "coconut",
    "coffee",
    "custard_apple",
    "dairy",
    "dried_fish",
    "durian",
    "fish",
    "fruit",
    "honey",
    "longan",
    "maize",
    "mango",
    "mangosteen",
    "meat",
    "medicinal",
    "orange",
    "peanut",
    "plum",
    "pomelo",
    "rambutan",
    "rice",
    "rubber",
    "seafood",
    "shrimp",
    "shrimp_hitech",
    "son_tra",
    "sugarcane",
    "sweet_potato",
    "tea",
    "vegetables",
    "wood",
    "sedge",
];
/// Trades named by their ware.
const MADE: &[&str] = &[
    "bamboo_rattan",
    "brick_ceramics",
    "building_materials",
    "coconut_broom",
    "coconut_candy",
    "coir",
    "coir_mats",
    "dong_noodles",
    "food_craft",
    "food_noodle",
    "liquor",
    "puffed_cake",
    "rice_paper",
    "sedge_mats",
    "seedlings_ornamentals",
    "sugar",
    "tofu_skin",
];

/// The name of a candidate.
pub(super) fn name(ground: &Ground, own: &Candidate) -> String {
    let begins = own.activity().map_or("Đề án", |activity| activity.begins);
    let sector = own.sector.map(|sector| &ground.facts.sectors[sector]);
    let done = sector
        .map(|sector| format!(" {}", trade(sector, own.activity())))
        .unwrap_or_default();
    let place = own.area.map(|area| {
        format!(
            " tại {}",
            low(&ground.facts.areas[area].area, &["Xã ", "Phường "])
        )
    });
    let place = place.unwrap_or_default();
    match own.kind {
        Kind::Single => format!("{begins}{done}{place}"),
        Kind::Group => format!("Đề án nhóm: {}{done}{place}", low(begins, &[""])),
        Kind::Pilot => {
            let parts: Vec<_> = own
                .items
                .iter()
                .map(|item| low(item.activity.content, &[""]))
                .collect();
            format!("Đề án điểm{done}{place}: {}", parts.join("; "))
        }
    }
}

/// “chế biến dừa”, “sản xuất bánh tráng”; “ngành may mặc” where nothing is processed or made, the
/// sector's name says so already, or the activity is no investment.
fn trade(sector: &SectorRecord, activity: Option<&Activity>) -> String {
    let code = sector.sector.as_str();
    let is_plain = activity.is_none_or(|activity| !activity.is_investment)
        || sector.name_vi.contains("chế biến");
    let verb = if is_plain {
        "ngành"
    } else if PROCESSED.contains(&code) {
        "chế biến"
    } else if MADE.contains(&code) {
        "sản xuất"
    } else {
        "ngành"
    };
    let name = sector
        .name_vi
        .split(" và ")
        .next()
        .unwrap_or(&sector.name_vi);
    format!("{verb} {}", low(name, &[""]))
}

/// The text with a small first letter, if it begins with one of `beginnings`.
fn low(text: &str, beginnings: &[&str]) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first)
            if beginnings
                .iter()
                .any(|beginning| text.starts_with(beginning)) =>
        {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}
