//! The advantage of places in sectors: its value, and the figures that it comes from.

use std::collections::HashMap;

use super::{AreaId, SectorId, ZoneId};
use crate::quantities::Share;
use crate::quotient::Weighed;

/// An area or a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locality {
    /// A commune or ward.
    Area(AreaId),
    /// A zone.
    Zone(ZoneId),
}

/// What a place's figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// The province's own row, by its position in `Programme::structure`.
    Published(usize),
    /// The sum of all places.
    Summed,
    /// The sum of those places that have a figure, since the province has no row: the total is too
    /// small, and the quotient an upper bound.
    StandIn,
    /// Nothing: the measure is kept as a fact.
    Unused,
}

/// One measure of one place and sector: its latest figure, and the quotient made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The figure, by its position in `Programme::structure`.
    pub figure: usize,
    /// How it is used, by its position in `Programme::quotients`; `None`: kept as a fact.
    pub used: Option<usize>,
    /// What it is compared with.
    pub total: Total,
    /// The quotient; `None` where it is unknown or not asked for.
    pub quotient: Option<Weighed>,
}

/// An expert's own value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The value.
    pub advantage: Share,
    /// Why.
    pub reason: String,
}

/// The advantage of one place in one sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvantageCell {
    /// The place.
    pub locality: Locality,
    /// The sector.
    pub sector: SectorId,
    /// Its figures, in order of first use in table `structure`.
    pub readings: Vec<Reading>,
    /// What the figures give; `None` where they give nothing.
    pub computed: Option<Share>,
    /// What overrides them.
    pub stated: Option<Stated>,
}

impl AdvantageCell {
    /// The advantage: the expert's own value, else the computed one; `None` is unknown.
    #[must_use]
    pub fn advantage(&self) -> Option<Share> {
        let stated = self.stated.as_ref().map(|own| own.advantage);
        stated.or(self.computed)
    }
}

/// The advantages of a programme. A place and sector without a cell is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advantage {
    cells: Vec<AdvantageCell>,
    positions: HashMap<(Locality, SectorId), usize>,
}

impl Advantage {
    /// Every cell with a figure or a stated value, in order of first use in the tables.
    #[must_use]
    pub fn cells(&self) -> &[AdvantageCell] {
        &self.cells
    }

    /// The cell of a place and sector.
    #[must_use]
    pub fn cell(&self, locality: Locality, sector: SectorId) -> Option<&AdvantageCell> {
        let position = self.positions.get(&(locality, sector))?;
        self.cells.get(*position)
    }

    /// The cell that says how strong an area is in a sector: its own, else its zone's; `None`
    /// where neither knows.
    #[must_use]
    pub fn of(&self, area: AreaId, zone: ZoneId, sector: SectorId) -> Option<&AdvantageCell> {
        let known = |locality| {
            self.cell(locality, sector)
                .filter(|cell| cell.advantage().is_some())
        };
        known(Locality::Area(area)).or_else(|| known(Locality::Zone(zone)))
    }

    /// The cell of a place and sector, made if there is none yet.
    pub(super) fn cell_mut(&mut self, locality: Locality, sector: SectorId) -> &mut AdvantageCell {
        let next = self.cells.len();
        let position = *self.positions.entry((locality, sector)).or_insert(next);
        if position == next {
            self.cells.push(AdvantageCell {
                locality,
                sector,
                readings: Vec::new(),
                computed: None,
                stated: None,
            });
        }
        &mut self.cells[position]
    }

    /// Every cell, to be filled in.
    pub(super) fn cells_mut(&mut self) -> impl Iterator<Item = &mut AdvantageCell> {
        self.cells.iter_mut()
    }
}
