//! The tables of the regional structure, and what is made of them.

use super::words::{Confidence, Figure};
use crate::quantities::{Share, Year};
use crate::quotient::Comparison;
use crate::record;

record! {
    /// A published figure of the regional structure (table `structure`); a cell that is not listed is unknown, never zero.
    pub struct StructureRecord {
        /// An area or a zone (an area, where both bear the name), or `province` for the province's own total.
        place: String,
        /// The sector (a `sector` of `sectors`).
        sector: String,
        /// What is measured (`area`, `output`, `workers`, …), one word; of several years of a place, sector and measure the latest is used.
        measure: String,
        /// The figure; a known 0 is written as 0.
        value: Figure,
        /// Its unit (`ha`, `t`, …), the same throughout a measure and sector.
        unit: String,
        /// The year it is of.
        year: Year,
        /// Where it was published.
        source: String,
        /// How far it can be trusted.
        confidence: Confidence,
    }
}

record! {
    /// How a measure of `structure` is made into advantage (table `quotients`); a measure that is not listed is kept as a fact and not used.
    pub struct QuotientRecord {
        /// The measure (a `measure` of `structure`), once.
        measure: String,
        /// Its name in Vietnamese.
        name_vi: String,
        /// Its name in English.
        name_en: String,
        /// How a place is compared with its province: by the sector's part of all sectors (`location`; `symmetric`: the same, from −1 to 1), by value per km² (`density`), or by its part of the province (`share`).
        quotient: Comparison,
        /// How much it counts beside other measures known for the same place and sector; 0: shown, not counted.
        weight: i64,
        /// The base at which the quotient counts half, as a part of the province's total (of all sectors of the measure for `location` and `symmetric`, of the sector for `density`): smaller bases are drawn towards 1; blank: none is, always so for `share`.
        half_at: Option<Share>,
    }
}

record! {
    /// An expert's own value for the advantage of a place in a sector (table `advantage`): it overrides what `structure` gives; a cell in neither table is unknown.
    pub struct AdvantageRecord {
        /// An area or a zone (an area, where both bear the name); an area's own row goes before its zone's.
        place: String,
        /// The sector.
        sector: String,
        /// From 0% (none) to 100% (the strongest in the province).
        advantage: Share,
        /// Why this value, and where it comes from.
        reason: String,
    }
}
