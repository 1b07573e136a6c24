//! Rows that follow from a floor: of projects without which it cannot be reached, one is needed.
//!
//! A floor says that so much must come together, once a helper is 1 (a focal point that is opened,
//! say) or always. The projects outside a *cover* give less than the floor even all together, so
//!
//! ```text
//! sum over decisions of the cover's projects of x  >=  helper   (or 1)
//! ```
//!
//! (minimal covers of the complemented knapsack: Balas 1975, Mathematical Programming 8.) Every plan
//! keeps such a row, while a relaxation would open a focal point with parts of projects. The row is
//! made here alone, and only where integers say that the projects are a cover.

use std::collections::{BTreeMap, BTreeSet};

use super::{DecisionId, Formulation, HelperId, Row, Sense, Values};

/// A floor that one binary helper asks for, or that always holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    /// The position of its row.
    pub row: usize,
    /// The helper that asks for it; `None`: it always holds.
    pub helper: Option<HelperId>,
    /// What must come together.
    pub least: i128,
    /// The projects that can give something, by position among the groups: the most that one
    /// gives, and its decisions in the row.
    pub parts: BTreeMap<usize, (i128, Vec<DecisionId>)>,
}

impl Floor {
    /// Whether the floor cannot be reached without the projects, given by position among the groups.
    #[must_use]
    pub fn is_cover(&self, groups: &[usize]) -> bool {
        let outside = self
            .parts
            .iter()
            .filter(|(group, _)| !groups.contains(group));
        outside.map(|(_, (most, _))| most).sum::<i128>() < self.least
    }
}

impl Formulation {
    /// The floors over decisions with at most one helper, a binary one that asks for them, which a
    /// single project does not reach by being in part.
    #[must_use]
    pub fn floors(&self) -> Vec<Floor> {
        let group_of = self.group_of();
        let rows = self.rows.iter().enumerate();
        rows.filter_map(|(position, row)| self.floor_of(position, row, &group_of))
            .collect()
    }

    fn floor_of(&self, position: usize, row: &Row, group_of: &[usize]) -> Option<Floor> {
        if row.sense != Sense::AtLeast || row.helpers.len() > 1 {
            return None;
        }
        let mut least = i128::from(row.bound);
        let helper = row.helpers.first();
        if let Some(&(id, coefficient)) = helper {
            if coefficient >= 0 || self.helpers[id.index()].values != Values::Binary {
                return None;
            }
            least -= i128::from(coefficient);
        }
        // Unit coefficients are said by the row itself.
        let is_plain = row.decisions.iter().all(|&(_, own)| own == 1);
        if least <= 1 || is_plain || row.decisions.iter().any(|&(_, own)| own < 0) {
            return None;
        }
        let mut parts: BTreeMap<usize, (i128, Vec<DecisionId>)> = BTreeMap::new();
        for &(id, coefficient) in &row.decisions {
            let (most, decisions) = parts.entry(group_of[id.index()]).or_default();
            *most = (*most).max(i128::from(coefficient));
            decisions.push(id);
        }
        Some(Floor {
            row: position,
            helper: helper.map(|&(id, _)| id),
            least,
            parts,
        })
    }

    /// The row that a cover of a floor gives; `None` where the projects are no cover.
    #[must_use]
    pub fn cover_row(&self, floor: &Floor, groups: &[usize]) -> Option<Row> {
        if !floor.is_cover(groups) {
            return None;
        }
        let mut decisions: Vec<(DecisionId, i64)> = Vec::new();
        let groups: BTreeSet<usize> = groups.iter().copied().collect();
        for group in &groups {
            let (_, own) = floor.parts.get(group)?;
            decisions.extend(own.iter().map(|&id| (id, 1)));
        }
        decisions.sort_unstable();
        let helpers: Vec<(HelperId, i64)> = floor.helper.iter().map(|&id| (id, -1)).collect();
        let bound = i64::from(helpers.is_empty());
        let label = self.label_after("cover", floor.row, &groups)?;
        Some(Row::new(
            label,
            decisions,
            helpers,
            Sense::AtLeast,
            bound,
            true,
        ))
    }

    /// The label of a row that follows from another for some groups, `cover[row;P1;P2]`; `None` where
    /// one has no name.
    pub(super) fn label_after(
        &self,
        kind: &str,
        row: usize,
        groups: &BTreeSet<usize>,
    ) -> Option<String> {
        let names: Option<Vec<&str>> = groups.iter().map(|&own| self.group_name(own)).collect();
        let label = &self.rows[row].label;
        Some(format!("{kind}[{label};{}]", names?.join(";")))
    }

    /// The project of a group as its row says it: `P1` of `once[P1]`.
    pub(super) fn group_name(&self, group: usize) -> Option<&str> {
        // The first rows are those of the groups, in their order.
        let label = &self.rows.get(group)?.label;
        label.strip_prefix("once[")?.strip_suffix(']')
    }
}
