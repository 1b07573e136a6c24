//! Figures of the regional structure: whose they are, and which are the latest.

use std::collections::HashMap;

use super::Directory;
use crate::phrase;
use crate::programme::resolve::Place;
use crate::programme::{AreaId, Facts, Locality, QuotientRecord, StructureRecord, ZoneId};
use crate::record::Fault;

/// Whose a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// The whole province.
    Province,
    /// One place.
    Place(Locality),
}

/// The latest figure of each measure, owner and sector, as a position in table `structure`.
#[derive(Debug, Default)]
pub(super) struct Latest<'a> {
    rows: HashMap<(&'a str, Owner, usize), usize>,
    /// Measure, owner and sector of each figure, in order of first use.
    pub order: Vec<(&'a str, Owner, usize)>,
}

impl Latest<'_> {
    /// The latest figure of an owner in a sector.
    pub fn row(&self, measure: &str, owner: Owner, sector: usize) -> Option<usize> {
        self.rows.get(&(measure, owner, sector)).copied()
    }
}

/// The place of a name: an area, else a zone.
pub(super) fn locality(name: &str, directory: &Directory) -> Option<Locality> {
    let area = directory.areas.get(name).map(AreaId::at);
    let zone = || directory.zones.get(name).copied().map(ZoneId::at);
    area.map(Locality::Area)
        .or_else(|| zone().map(Locality::Zone))
}

/// The fault of a name that is no place.
pub(super) fn no_place(name: &str, place: &Place) -> Fault {
    place.fault(
        phrase!(
            "không có địa bàn hay vùng nào tên “{name}”",
            "there is no area or zone “{name}”"
        ),
        phrase!(
            "hãy dùng một tên trong bảng areas",
            "use a name from table areas"
        ),
    )
}

/// The latest figures of table `structure`.
pub(super) fn latest<'a>(
    facts: &'a Facts,
    directory: &Directory,
    faults: &mut Vec<Fault>,
) -> Latest<'a> {
    let mut found = Latest::default();
    let mut seen = HashMap::new();
    for (record, row) in facts.structure.iter().enumerate() {
        let place = |column| Place {
            table: "structure",
            record,
            column,
        };
        let sector = directory
            .sectors
            .find(&row.sector, &place("sector"), faults);
        let owner = if row.place == "province" {
            Some(Owner::Province)
        } else {
            locality(&row.place, directory).map(Owner::Place)
        };
        if owner.is_none() {
            faults.push(no_place(&row.place, &place("place")));
        }
        let (Some(owner), Some(sector)) = (owner, sector) else {
            continue;
        };
        let key = (row.measure.as_str(), owner, sector);
        if let Some(first) = seen.insert((key, row.year), record) {
            faults.push(twice(row, first, &place("year")));
        }
        match found.rows.get_mut(&key) {
            None => {
                found.rows.insert(key, record);
                found.order.push(key);
            }
            Some(own) if facts.structure[*own].year < row.year => *own = record,
            Some(_) => {}
        }
    }
    units(facts, faults);
    found
}

fn twice(row: &StructureRecord, first: usize, place: &Place) -> Fault {
    let (name, sector, year, first) = (&row.place, &row.sector, row.year, first + 2);
    place.fault(
        phrase!(
            "{name}, {sector}, năm {year} đã có số liệu ở dòng {first}",
            "{name} has a figure for {sector} in {year} already, in row {first}"
        ),
        phrase!(
            "hãy giữ số liệu đáng tin cậy hơn và bỏ dòng kia",
            "keep the figure that can be trusted more and remove the other"
        ),
    )
}

/// One unit in a measure and sector; in the whole measure where its sectors are added up.
fn units(facts: &Facts, faults: &mut Vec<Fault>) {
    let added_up = |row: &StructureRecord| {
        let of_measure = |own: &&QuotientRecord| own.measure == row.measure;
        let mut own = facts.quotients.iter().filter(of_measure);
        own.any(|own| own.quotient.needs_all_sectors())
    };
    let mut units: HashMap<(&str, &str), (&str, usize)> = HashMap::new();
    for (record, row) in facts.structure.iter().enumerate() {
        let sector = if added_up(row) { "" } else { &row.sector };
        let own = (row.unit.as_str(), record);
        let &mut (unit, first) = units.entry((&row.measure, sector)).or_insert(own);
        if unit != row.unit {
            let (measure, own, first) = (&row.measure, &row.unit, first + 2);
            let place = Place {
                table: "structure",
                record,
                column: "unit",
            };
            faults.push(place.fault(
                phrase!(
                    "chỉ tiêu thống kê {measure} tính bằng {own}, nhưng ở dòng {first} lại bằng {unit}",
                    "{measure} is in {own} here, but in {unit} in row {first}"
                ),
                phrase!(
                    "hãy quy đổi về một đơn vị, hoặc đặt tên chỉ tiêu thống kê khác",
                    "convert it to one unit, or give the measure another name"
                ),
            ));
        }
    }
}
