//! What happened before the programme: earlier grants, and products that were recognised.

use super::draw::Draw;
use crate::programme::{
    ContentRecord, EarlierGrantRecord, Kind, ProjectRecord, RecognitionRecord, SectorRecord,
};
use crate::quantities::{Money, Year};
use crate::record::Known;

/// A grant in the four years before the programme to seven in a hundred of the candidates of one
/// beneficiary, for the activity that it asks for again.
pub(super) fn earlier_grants(
    projects: &[ProjectRecord],
    contents: &[ContentRecord],
    first_year: u16,
    seed: u64,
) -> Vec<EarlierGrantRecord> {
    let mut grants: Vec<EarlierGrantRecord> = Vec::new();
    for (position, project) in projects.iter().enumerate() {
        let mut draw = Draw::new(seed, 14, position);
        let is_drawn = draw.chance(7) && has_one_beneficiary(project);
        let content = contents.iter().find(|row| row.project == project.project);
        let is_new = grants
            .iter()
            .all(|row| row.beneficiary != project.beneficiary);
        let Some(content) = content.filter(|_| is_drawn && is_new) else {
            continue;
        };
        grants.push(EarlierGrantRecord {
            beneficiary: project.beneficiary.clone(),
            year: before(first_year, draw.between(1, 4)),
            activity: content.activity.clone(),
            support: Known::Is(Money(draw.between(6, 40) * 5 * Money::MILLION.0)),
        });
    }
    grants
}

/// A recognition around the first year for six in ten of the candidates that carry the mark of a
/// typical product, one a beneficiary.
pub(super) fn recognitions(
    projects: &[ProjectRecord],
    sectors: &[SectorRecord],
    first_year: u16,
    seed: u64,
) -> Vec<RecognitionRecord> {
    let mut rows: Vec<RecognitionRecord> = Vec::new();
    for (position, project) in projects.iter().enumerate() {
        let mut draw = Draw::new(seed, 15, position);
        let is_typical = project.tags.iter().any(|tag| tag == "typical_product");
        let sector = sectors.iter().find(|row| row.sector == project.sector);
        let is_new = rows
            .iter()
            .all(|row| row.beneficiary != project.beneficiary);
        let is_drawn = draw.chance(60) && is_typical && is_new && has_one_beneficiary(project);
        let Some(sector) = sector.filter(|_| is_drawn) else {
            continue;
        };
        let level = ["province", "region", "nation"][draw.weighted([75, 20, 5].into_iter())];
        rows.push(RecognitionRecord {
            beneficiary: project.beneficiary.clone(),
            product: sector.name_vi.clone(),
            year: before(first_year, draw.between(-1, 2)),
            level: level.to_owned(),
            source: "illustrative: drawn by seed".to_owned(),
        });
    }
    rows
}

fn has_one_beneficiary(project: &ProjectRecord) -> bool {
    project.kind == Kind::Single && project.area != "none"
}

fn before(year: u16, years: i64) -> Year {
    let moved = i64::from(year) - years;
    Year(u16::try_from(moved).unwrap_or(year))
}
