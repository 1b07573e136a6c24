//! Advantage: quotients of the regional structure, weighed and scaled; an expert's value overrides.

use std::collections::HashMap;

use ndarray::{Array1, Array2};

use super::Directory;
use super::structure::{Latest, Owner, latest, locality, no_place};
use crate::phrase;
use crate::programme::resolve::Place;
use crate::programme::{
    Advantage, AdvantageCell, Area, AreaId, Facts, Locality, QuotientRecord, Reading, SectorId,
    Stated, Total, ZoneId,
};
use crate::quotient::{Comparison, Figures, combined, scaled};
use crate::record::Fault;

/// The advantage of every place and sector that the tables know of.
pub(super) fn advantage(
    facts: &Facts,
    directory: &Directory,
    areas: &[Area],
    faults: &mut Vec<Fault>,
) -> Advantage {
    let latest = latest(facts, directory, faults);
    let mut all = Advantage::default();
    for &(measure, owner, sector) in &latest.order {
        let (Owner::Place(locality), Some(figure)) = (owner, latest.row(measure, owner, sector))
        else {
            continue;
        };
        let cell = all.cell_mut(locality, SectorId::at(sector));
        cell.readings.push(Reading {
            figure,
            used: None,
            total: Total::Unused,
            quotient: None,
        });
    }
    let ground = Ground {
        facts,
        areas,
        zones: directory.zones.len(),
        latest,
    };
    for (record, row) in facts.quotients.iter().enumerate() {
        ground.check(record, row, faults);
        ground.weigh(record, row, &mut all, faults);
    }
    weightless(facts, faults);
    compute(facts, &mut all);
    state(facts, directory, &mut all, faults);
    all
}

/// What quotients stand on: places as rows, zones first, and the latest figures.
struct Ground<'a> {
    facts: &'a Facts,
    areas: &'a [Area],
    zones: usize,
    latest: Latest<'a>,
}

fn at(record: usize, column: &'static str) -> Place {
    Place {
        table: "quotients",
        record,
        column,
    }
}

impl Ground<'_> {
    /// The row of a place.
    fn position(&self, locality: Locality) -> usize {
        match locality {
            Locality::Zone(zone) => zone.index(),
            Locality::Area(area) => self.zones + area.index(),
        }
    }

    /// The place of a row.
    fn locality(&self, position: usize) -> Locality {
        match position.checked_sub(self.zones) {
            None => Locality::Zone(ZoneId::at(position)),
            Some(area) => Locality::Area(AreaId::at(area)),
        }
    }

    fn check(&self, record: usize, row: &QuotientRecord, faults: &mut Vec<Fault>) {
        let measure = &row.measure;
        let before = &self.facts.quotients[..record];
        if before.iter().any(|other| other.measure == *measure) {
            faults.push(at(record, "measure").fault(
                phrase!(
                    "chỉ tiêu thống kê {measure} có hai dòng",
                    "the measure {measure} stands twice"
                ),
                phrase!("hãy bỏ một dòng", "remove one of the rows"),
            ));
        }
        if !self
            .facts
            .structure
            .iter()
            .any(|own| own.measure == *measure)
        {
            faults.push(at(record, "measure").fault(
                phrase!(
                    "bảng structure không có chỉ tiêu thống kê “{measure}”",
                    "table structure has no measure “{measure}”"
                ),
                phrase!(
                    "hãy sửa tên chỉ tiêu thống kê, hoặc bỏ dòng này",
                    "mend the measure's name, or remove this row"
                ),
            ));
        }
        if row.quotient == Comparison::Share && row.half_at.is_some() {
            faults.push(at(record, "half_at").fault(
                phrase!(
                    "tỷ trọng trong tỉnh không được hiệu chỉnh theo quy mô",
                    "a share of the province is not shrunk"
                ),
                phrase!("hãy để trống ô này", "leave the cell blank"),
            ));
        }
        let surfaceless = self.areas.iter().find(|area| area.km2.get().is_none());
        if let Some(area) = surfaceless.filter(|_| row.quotient == Comparison::Density) {
            let area = &area.name;
            faults.push(at(record, "quotient").fault(
                phrase!(
                    "mật độ cần diện tích của mọi địa bàn, nhưng chưa biết diện tích của {area}",
                    "density needs the surface of every area, and that of {area} is unknown"
                ),
                phrase!(
                    "hãy ghi km2 trong bảng areas, hoặc dùng location, symmetric hay share",
                    "fill in km2 in table areas, or use location, symmetric or share"
                ),
            ));
        }
    }

    /// Puts the quotients of one measure into its cells.
    fn weigh(
        &self,
        record: usize,
        row: &QuotientRecord,
        all: &mut Advantage,
        faults: &mut Vec<Fault>,
    ) {
        let (figures, totals) = self.figures(record, row, faults);
        let quotients = figures.weigh(row.quotient, row.half_at);
        for &(measure, owner, sector) in &self.latest.order {
            let Owner::Place(locality) = owner else {
                continue;
            };
            let figure = self.latest.row(measure, owner, sector);
            let cell = all.cell_mut(locality, SectorId::at(sector));
            let mut readings = cell.readings.iter_mut();
            let reading = readings.find(|own| Some(own.figure) == figure);
            if let Some(reading) = reading.filter(|_| measure == row.measure) {
                reading.used = Some(record);
                reading.total = totals[sector];
                reading.quotient = quotients[[self.position(locality), sector]];
            }
        }
    }

    /// The figures of a measure, and what each sector is compared with.
    fn figures(
        &self,
        record: usize,
        row: &QuotientRecord,
        faults: &mut Vec<Fault>,
    ) -> (Figures, Vec<Total>) {
        let (places, sectors) = (self.zones + self.areas.len(), self.facts.sectors.len());
        let structure = &self.facts.structure;
        let values = Array2::from_shape_fn((places, sectors), |(position, sector)| {
            let owner = Owner::Place(self.locality(position));
            let found = self.latest.row(&row.measure, owner, sector)?;
            Some(structure[found].value.0)
        });
        let (mut totals, mut province) = (Vec::new(), Vec::new());
        let mut without = Vec::new();
        for (sector, column) in values.columns().into_iter().enumerate() {
            let column: Vec<_> = column.to_vec();
            let own = self.latest.row(&row.measure, Owner::Province, sector);
            let (total, value) = match own {
                Some(own) => {
                    self.too_large(&row.measure, sector, own, faults);
                    (Total::Published(own), Some(structure[own].value.0))
                }
                None => self.sum(&column, row.quotient),
            };
            if value.is_none() && column.iter().any(Option::is_some) {
                without.push(self.facts.sectors[sector].sector.as_str());
            }
            totals.push(total);
            province.push(value);
        }
        if !without.is_empty() {
            faults.push(no_total(record, row, &without.join(", ")));
        }
        let (surfaces, surface) = self.surfaces();
        let figures = Figures {
            values,
            province: Array1::from_vec(province),
            surfaces,
            surface,
        };
        (figures, totals)
    }

    /// The total of a sector whose province has no row: the sum of all zones, or of all areas;
    /// where one sector is enough, the sum of those that have a figure.
    fn sum(&self, column: &[Option<i64>], comparison: Comparison) -> (Total, Option<i64>) {
        let (zones, areas) = column.split_at(self.zones);
        let all = |values: &[Option<i64>]| {
            let known: Option<Vec<i64>> = values.iter().copied().collect();
            known.filter(|known| !known.is_empty())
        };
        if let Some(known) = all(zones).or_else(|| all(areas)) {
            return (Total::Summed, Some(sum(known)));
        }
        // An area's figure is part of its zone's.
        let of_areas = areas.iter().zip(self.areas);
        let alone = of_areas.filter(|(_, area)| zones[area.zone.index()].is_none());
        let known = zones.iter().chain(alone.map(|(value, _)| value));
        let known: Vec<i64> = known.copied().flatten().collect();
        if known.is_empty() || comparison.needs_all_sectors() {
            return (Total::Unused, None);
        }
        (Total::StandIn, Some(sum(known)))
    }

    /// The surface of each place and of the province; unknown where a part of it is.
    fn surfaces(&self) -> (Array1<Option<i64>>, Option<i64>) {
        let of = |area: &Area| area.km2.get().map(|km2| km2.0);
        let zone = |zone: usize| {
            let own = self.areas.iter().filter(|area| area.zone.index() == zone);
            own.map(of).sum()
        };
        let areas = self.areas.iter().map(of);
        let surfaces = (0..self.zones).map(zone).chain(areas).collect();
        (surfaces, self.areas.iter().map(of).sum())
    }

    /// Places that have more than the whole province.
    fn too_large(&self, measure: &str, sector: usize, own: usize, faults: &mut Vec<Fault>) {
        let structure = &self.facts.structure;
        for &(other, owner, of) in &self.latest.order {
            let Some(record) = self.latest.row(other, owner, of) else {
                continue;
            };
            let is_compared = other == measure && of == sector;
            if is_compared && structure[record].value > structure[own].value {
                let (value, most) = (structure[record].value, structure[own].value);
                let (year, row) = (structure[own].year, own + 2);
                let place = Place {
                    table: "structure",
                    record,
                    column: "value",
                };
                faults.push(place.fault(
                    phrase!(
                        "{value} lớn hơn số của toàn tỉnh ({most}, năm {year}, dòng {row})",
                        "{value} is more than the whole province has ({most} in {year}, row {row})";
                        value, most
                    ),
                    phrase!(
                        "hãy kiểm tra đơn vị và năm, hoặc bỏ dòng của tỉnh",
                        "check unit and year, or remove the province's row"
                    ),
                ));
            }
        }
    }
}

fn sum(known: Vec<i64>) -> i64 {
    known.into_iter().fold(0, i64::saturating_add)
}

fn no_total(record: usize, row: &QuotientRecord, sectors: &str) -> Fault {
    let (measure, word) = (&row.measure, row.quotient.word());
    at(record, "quotient").fault(
        phrase!(
            "{word} cần số liệu toàn tỉnh của mọi ngành nghề về chỉ tiêu thống kê {measure}; còn thiếu: {sectors}",
            "{word} needs the province's total of {measure} in every sector; there is none for: {sectors}"
        ),
        phrase!(
            "hãy thêm dòng province cho các ngành này vào bảng structure, hoặc dùng density hay share",
            "add a row `province` for these sectors to table structure, or use density or share"
        ),
    )
}

fn weightless(facts: &Facts, faults: &mut Vec<Fault>) {
    let is_weightless = facts.quotients.iter().all(|row| row.weight == 0);
    if is_weightless && !facts.quotients.is_empty() {
        faults.push(at(0, "weight").fault(
            phrase!("mọi trọng số đều bằng 0", "every weight is 0"),
            phrase!(
                "hãy cho ít nhất một chỉ tiêu thống kê trọng số từ 1 trở lên",
                "give at least one measure a weight of 1 or more"
            ),
        ));
    }
}

/// What the figures of each cell give, beside the strongest place of its sector.
fn compute(facts: &Facts, all: &mut Advantage) {
    let excess = |cell: &AdvantageCell| {
        let parts = cell.readings.iter().filter_map(|reading| {
            let row = &facts.quotients[reading.used?];
            Some((row.weight, row.quotient.excess(reading.quotient?.shrunk)))
        });
        combined(&parts.collect::<Vec<_>>())
    };
    let mut largest: HashMap<SectorId, i64> = HashMap::new();
    for cell in all.cells() {
        if let Some(excess) = excess(cell) {
            let own = largest.entry(cell.sector).or_default();
            *own = excess.max(*own);
        }
    }
    for cell in all.cells_mut() {
        let largest = largest.get(&cell.sector).copied().unwrap_or_default();
        cell.computed = excess(cell).map(|excess| scaled(excess, largest));
    }
}

/// Table `advantage` over what was computed.
fn state(facts: &Facts, directory: &Directory, all: &mut Advantage, faults: &mut Vec<Fault>) {
    for (record, row) in facts.advantage.iter().enumerate() {
        let place = |column| Place {
            table: "advantage",
            record,
            column,
        };
        let sector = directory
            .sectors
            .find(&row.sector, &place("sector"), faults);
        let Some(locality) = locality(&row.place, directory) else {
            faults.push(no_place(&row.place, &place("place")));
            continue;
        };
        let Some(sector) = sector else { continue };
        let stated = Stated {
            advantage: row.advantage,
            reason: row.reason.clone(),
        };
        let cell = all.cell_mut(locality, SectorId::at(sector));
        if cell.stated.replace(stated).is_some() {
            let (name, sector) = (&row.place, &row.sector);
            faults.push(place("place").fault(
                phrase!(
                    "lợi thế của {name} về {sector} có hai dòng",
                    "{name} has two rows for {sector}"
                ),
                phrase!("hãy bỏ một dòng", "remove one of the rows"),
            ));
        }
    }
}
