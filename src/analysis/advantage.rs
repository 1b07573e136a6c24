//! Which places are strong in which sector?

use std::cmp::Reverse;

use crate::programme::{AdvantageCell, Programme, Reading, SectorId};
use crate::quantities::Share;
use crate::quotient::Quotient;

/// A sector with its places, strongest first.
#[derive(Debug, Clone)]
pub struct Strength<'a> {
    /// The sector.
    pub sector: SectorId,
    /// Its places, ties in table order; those of unknown strength come last.
    pub places: Vec<Standing<'a>>,
}

/// How strong a place is in a sector.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// The place and the sector.
    pub cell: &'a AdvantageCell,
    /// The figures asked for.
    pub readings: Vec<Reading>,
    /// Its advantage, all measures together; `None` is unknown.
    pub advantage: Option<Share>,
    /// Where one measure is asked for, its quotient after shrinkage.
    pub quotient: Option<Quotient>,
}

/// Every sector that has a figure or a stated advantage, in table order: all measures together, or
/// `measure` alone, by which places are then ranked.
#[must_use]
pub fn strengths<'a>(programme: &'a Programme, measure: Option<&str>) -> Vec<Strength<'a>> {
    let standing = |cell: &'a AdvantageCell| {
        let own = |reading: &&Reading| {
            measure.is_none_or(|asked| programme.structure[reading.figure].measure == asked)
        };
        let readings: Vec<_> = cell.readings.iter().filter(own).copied().collect();
        let quotient = readings.iter().find_map(|reading| reading.quotient);
        Standing {
            cell,
            advantage: cell.advantage(),
            quotient: quotient.filter(|_| measure.is_some()).map(|own| own.shrunk),
            readings,
        }
    };
    let of_sector = |position: usize| {
        let sector = SectorId::at(position);
        let cells = programme.advantage.cells().iter();
        let cells = cells.filter(|cell| cell.sector == sector);
        let mut places: Vec<_> = cells
            .map(standing)
            .filter(|own| measure.is_none() || !own.readings.is_empty())
            .collect();
        places.sort_by_key(|own| match measure {
            Some(_) => Reverse(own.quotient.map(|quotient| quotient.0)),
            None => Reverse(own.advantage.map(|share| share.0)),
        });
        Strength { sector, places }
    };
    let sectors = (0..programme.sectors.len()).map(of_sector);
    sectors.filter(|own| !own.places.is_empty()).collect()
}
