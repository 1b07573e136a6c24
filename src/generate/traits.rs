//! Who a candidate is for: beneficiary type, groups of people, tags, jobs.

use super::candidate::Candidate;
use super::draw::Draw;
use super::ground::Ground;
use crate::programme::Kind;
use crate::record::Known;

/// What the beneficiary is.
pub(super) fn beneficiary_type(own: &Candidate, draw: &mut Draw) -> &'static str {
    if own.area.is_none() {
        return "public_body";
    }
    if own.kind != Kind::Single {
        return if draw.chance(75) {
            "several"
        } else {
            "cooperative"
        };
    }
    let types = [
        "household_business",
        "cooperative",
        "company",
        "establishment",
    ];
    types[draw.weighted([34, 28, 26, 12].into_iter())]
}

/// Groups of people served first. In the mountains ethnic minorities are many.
pub(super) fn groups(ground: &Ground, draw: &mut Draw) -> Vec<String> {
    let minority = if ground.is_mountainous { 35 } else { 10 };
    let groups = [
        ("women", 15),
        ("ethnic_minority", minority),
        ("artisans", 5),
    ];
    let drawn = groups
        .into_iter()
        .filter(|&(_, percent)| draw.chance(percent));
    drawn.map(|(group, _)| group.to_owned()).collect()
}

/// Marks that a policy may select by; their rates go by what is done.
pub(super) fn tags(own: &Candidate, draw: &mut Draw) -> Vec<String> {
    let does = |codes: &[&str]| {
        own.items
            .iter()
            .any(|item| codes.contains(&item.activity.code))
    };
    let cleans = does(&["cleaner_production", "pollution_treatment"]);
    let equips = does(&["machinery", "technology_line"]);
    let sells = does(&[
        "trademark",
        "packaging",
        "showroom",
        "fair",
        "product_voting",
    ]);
    let rate = |holds: bool, often: i64, seldom: i64| if holds { often } else { seldom };
    let replicable = rate(does(&["demonstration_model", "existing_model"]), 75, 8);
    let rates = [
        ("green", rate(cleans, 85, 11)),
        ("digital", rate(does(&["digital"]), 100, 6)),
        (
            "cleaner_production",
            rate(does(&["cleaner_production"]), 100, rate(cleans, 20, 4)),
        ),
        ("typical_product", rate(sells, 45, 15)),
        ("export", 9),
        ("replicable", rate(own.kind == Kind::Pilot, 70, replicable)),
        (
            "local_raw_materials",
            rate(own.advantage.is_some(), 65, rate(own.area.is_some(), 30, 0)),
        ),
        (
            "labour_intensive",
            rate(equips, 18, rate(own.area.is_some(), 9, 0)),
        ),
    ];
    let drawn = rates
        .into_iter()
        .filter(|&(_, percent)| draw.chance(percent));
    let mut tags: Vec<String> = drawn.map(|(tag, _)| tag.to_owned()).collect();
    if does(&["demonstration_model"]) {
        let novelty = ["new_technology", "new_product"][draw.position(2)];
        tags.push(novelty.to_owned());
    }
    tags
}

/// Staff-months of the unit in each year in which the project is open.
pub(super) fn staff_months(own: &Candidate, draw: &mut Draw) -> i64 {
    match own.kind {
        Kind::Single => draw.between(2, 4),
        Kind::Group => draw.between(4, 7),
        Kind::Pilot => draw.between(6, 10),
    }
}

/// Jobs made or kept: 5 to 30 for a single project, more for several establishments.
pub(super) fn jobs(own: &Candidate, draw: &mut Draw) -> Known<i64> {
    let is_training = own
        .activity()
        .is_some_and(|activity| activity.code == "training");
    let jobs = match (own.area, own.kind) {
        (None, _) if is_training => draw.between(15, 30),
        (None, _) => 0,
        (Some(_), Kind::Single) => draw.between(5, 30).min(draw.between(5, 36)),
        (Some(_), _) => draw.between(8, 20) * own.beneficiaries.max(2),
    };
    if draw.chance(10) {
        Known::Unknown
    } else {
        Known::Is(jobs)
    }
}
