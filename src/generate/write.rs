//! Candidates as the tables hold them.

use super::Profile;
use super::candidate::{Candidate, purpose};
use super::content::Item;
use super::draw::Draw;
use super::ground::Ground;
use super::slot::Gate;
use super::{name, score, traits};
use crate::programme::{
    ContentRecord, Kind, Profile as Instalments, ProjectRecord, ScoreRecord, VariantRecord,
};
use crate::quantities::{Share, Year};
use crate::record::Known;

/// The tables of the candidates.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Table `projects`.
    pub projects: Vec<ProjectRecord>,
    /// Table `contents`.
    pub contents: Vec<ContentRecord>,
    /// Table `variants`.
    pub variants: Vec<VariantRecord>,
    /// Table `scores`.
    pub scores: Vec<ScoreRecord>,
}

/// Codes `P0001`, `P0002`, …, wide enough for all.
pub(super) fn codes(letter: char, count: usize) -> Vec<String> {
    let width = count.to_string().len().max(4);
    (1..=count)
        .map(|number| format!("{letter}{number:0width$}"))
        .collect()
}

/// Every candidate, written.
pub(super) fn written(
    ground: &Ground,
    candidates: &[Candidate],
    codes: &[String],
    seed: u64,
) -> Written {
    let people = self::codes('B', candidates.len());
    let mut written = Written::default();
    for (position, own) in candidates.iter().enumerate() {
        let mut draw = Draw::new(seed, purpose::WORDS, position);
        let code = &codes[position];
        written.projects.push(project(
            ground,
            own,
            code,
            &people[own.beneficiary],
            &mut draw,
        ));
        written.scores.push(ScoreRecord {
            project: code.clone(),
            scores: score::scores(&ground.facts.criteria, own, &mut draw),
        });
        if own.gate.is_none() && own.area.is_some() && draw.chance(15) {
            variants(own, code, &mut written, &mut draw);
        } else {
            let is_unknown = own.gate.is_none() && own.kind == Kind::Single && draw.chance(3);
            let rows = own
                .items
                .iter()
                .map(|item| content(code, None, item, is_unknown));
            written.contents.extend(rows);
        }
    }
    written
}

fn project(
    ground: &Ground,
    own: &Candidate,
    code: &str,
    beneficiary: &str,
    draw: &mut Draw,
) -> ProjectRecord {
    let unit = units(ground, own, draw);
    let beneficiary_type = traits::beneficiary_type(own, draw).to_owned();
    let groups = traits::groups(ground, draw);
    let tags = traits::tags(own, draw);
    let (asks_counterpart, asks_source) = (draw.chance(21), draw.chance(11));
    let is_placed = own.area.is_some();
    ProjectRecord {
        project: code.to_owned(),
        name: name::name(ground, own),
        kind: own.kind,
        area: own
            .area
            .map_or("none", |area| &ground.facts.areas[area].area)
            .to_owned(),
        sector: own
            .sector
            .map_or("none", |sector| &ground.facts.sectors[sector].sector)
            .to_owned(),
        unit,
        beneficiary: beneficiary.to_owned(),
        beneficiary_type,
        groups: if is_placed { groups } else { Vec::new() },
        tags,
        counterpart_committed: match own.gate {
            Some(Gate::Counterpart) => Known::Is(false),
            None if asks_counterpart && is_placed => Known::Unknown,
            _ => Known::Is(true),
        },
        other_state_source: match own.gate {
            Some(Gate::OtherStateSource) => Known::Is(true),
            None if asks_source => Known::Unknown,
            _ => Known::Is(false),
        },
        first_start: Year(own.first),
        last_start: Year(own.last),
        profile: Instalments(own.profile.clone()),
        beneficiaries: Known::Is(own.beneficiaries),
        jobs: traits::jobs(own, draw),
        staff_months: Some(traits::staff_months(own, draw)),
        note: None,
    }
}

/// One unit, or two in three candidates of ten; in a nation the unit of the zone.
fn units(ground: &Ground, own: &Candidate, draw: &mut Draw) -> Vec<String> {
    let rows = &ground.facts.implementers;
    if rows.is_empty() {
        return vec!["unknown".to_owned()];
    }
    let of_zone = own.area.map(|area| ground.zone_of(area));
    if ground.profile == Profile::Nation && rows.len() == ground.zones.len() {
        let unit = of_zone.unwrap_or_else(|| draw.position(rows.len()));
        return vec![rows[unit].unit.clone()];
    }
    let weights = rows.iter().map(|row| row.most_open.unwrap_or(20));
    let first = match of_zone.filter(|_| draw.chance(50)) {
        Some(zone) => zone % rows.len(),
        None => draw.weighted(weights.clone()),
    };
    let second = draw.weighted(weights);
    let mut units = vec![rows[first].unit.clone()];
    if draw.chance(36) && second != first {
        units.push(rows[second].unit.clone());
    }
    units
}

fn content(project: &str, variant: Option<&str>, item: &Item, is_unknown: bool) -> ContentRecord {
    ContentRecord {
        project: project.to_owned(),
        variant: variant.map(str::to_owned),
        content: item.activity.content.to_owned(),
        activity: item.activity.code.to_owned(),
        quantity: item.quantity,
        total_cost: if is_unknown {
            Known::Unknown
        } else {
            Known::Is(item.cost)
        },
        support: item.support,
    }
}

/// The variants `full` and `small`, each with its own contents.
fn variants(own: &Candidate, code: &str, written: &mut Written, draw: &mut Draw) {
    let kept = Share(draw.between(60, 75) * 100);
    for (variant, benefit_share) in [("full", Share(Share::WHOLE)), ("small", kept)] {
        written.variants.push(VariantRecord {
            project: code.to_owned(),
            variant: variant.to_owned(),
            benefit_share,
        });
        let scope = |item: &Item| {
            if variant == "full" {
                *item
            } else {
                item.smaller()
            }
        };
        let rows = own
            .items
            .iter()
            .map(|item| content(code, Some(variant), &scope(item), false));
        written.contents.extend(rows);
    }
}
