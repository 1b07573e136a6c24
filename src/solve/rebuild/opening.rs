//! What a decision opens: the rows that a helper fills which it may come to need.

use super::Place;

/// A helper that a decision may come to need, with the rows that it fills.
pub(super) struct Opening {
    helper: usize,
    fills: Vec<Filled>,
}

/// A row that a helper fills.
struct Filled {
    row: Place,
    /// What the helper and the decision add to it together.
    by: i64,
    /// Whether the decision eases it.
    is_eased: bool,
}

impl Opening {
    /// Of a helper that adds to `rows`, and a decision with its parts: rows and what is added to each.
    pub fn new(helper: Place, rows: &[(Place, i64)], parts: &[(Place, i64)]) -> Opening {
        let filled = |&(row, more): &(Place, i64)| {
            let own = parts.iter().find(|part| part.0 == row);
            let own = own.map_or(0, |part| part.1);
            Filled {
                row,
                by: more + own,
                is_eased: own < 0,
            }
        };
        let rows = rows.iter().filter(|own| own.1 > 0);
        Opening {
            helper: helper as usize,
            fills: rows.map(filled).collect(),
        }
    }

    pub fn is_of(&self, helper: usize) -> bool {
        self.helper == helper
    }

    /// Whether every row has room for it; rows that the decision eases may be missed by it where it is `opening`.
    pub fn holds(&self, room: &[i64], opening: bool) -> bool {
        let has_room = |own: &Filled| own.by <= room[own.row as usize];
        let mut rows = self.fills.iter();
        rows.all(|own| has_room(own) || opening && own.is_eased)
    }
}
