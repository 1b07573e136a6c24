//! Rows that follow from others, derived anew from their labels.

use std::collections::{BTreeSet, HashMap};

use super::{Floor, Formulation, Portion, Row};

/// The rows of a formulation by label, and what others are derived from, gathered once for many labels.
#[derive(Debug)]
pub struct Derivations<'a> {
    /// The formulation.
    pub(super) formulation: &'a Formulation,
    /// By its label, the position of each row.
    rows: HashMap<&'a str, usize>,
    /// By the label of their row.
    floors: HashMap<&'a str, Floor>,
    portions: HashMap<&'a str, Portion>,
    /// By its name, the position of each project.
    groups: HashMap<&'a str, usize>,
}

impl<'a> Derivations<'a> {
    /// What the rows of a formulation give.
    #[must_use]
    pub fn of(formulation: &'a Formulation) -> Derivations<'a> {
        let label = |row: usize| formulation.rows()[row].label.as_str();
        let rows = 0..formulation.rows().len();
        let floors = formulation.floors().into_iter();
        let portions = formulation.portions().into_iter();
        let groups = 0..formulation.groups().len();
        Derivations {
            formulation,
            rows: rows.map(|own| (label(own), own)).collect(),
            floors: floors.map(|own| (label(own.row), own)).collect(),
            portions: portions.map(|own| (label(own.row), own)).collect(),
            groups: groups
                .filter_map(|own| Some((formulation.group_name(own)?, own)))
                .collect(),
        }
    }

    /// The position of the row of a label; `None` where the formulation itself has none.
    #[must_use]
    pub fn position(&self, label: &str) -> Option<usize> {
        self.rows.get(label).copied()
    }

    /// The row of a label that [`Formulation::cover_row`] or [`Formulation::portion_row`] gave; `None` where
    /// the label is of no such row.
    #[must_use]
    pub fn row(&self, label: &str) -> Option<Row> {
        if let Some((floor, groups)) = self.parts("cover", label, &self.floors) {
            return self.formulation.cover_row(floor, &groups);
        }
        let (portion, groups) = self.parts("portion", label, &self.portions)?;
        self.formulation.portion_row(portion, &groups)
    }

    /// What `kind[row;P1;P2]` names: what is known of the row, and the projects. A row's label may have
    /// semicolons itself.
    fn parts<'s, T>(
        &self,
        kind: &str,
        label: &str,
        known: &'s HashMap<&str, T>,
    ) -> Option<(&'s T, Vec<usize>)> {
        let inner = label.strip_prefix(kind)?.strip_prefix('[')?;
        let inner = inner.strip_suffix(']')?;
        inner.match_indices(';').find_map(|(at, _)| {
            let own = known.get(&inner[..at])?;
            let names = inner[at + 1..].split(';');
            let groups: Option<BTreeSet<usize>> =
                names.map(|own| self.groups.get(own).copied()).collect();
            Some((own, groups?.into_iter().collect()))
        })
    }
}
