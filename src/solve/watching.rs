//! A watch that only ends a search: when the board closes, or when its own work is done.

use super::backend::{Moment, Watch};
use super::board::Board;
use super::restricted::Restricted;

/// Ends a search when the board closes.
pub(super) struct Closing<'a>(pub &'a Board<'a>);

impl Watch for Closing<'_> {
    fn goes_on(&mut self, _: &Moment) -> bool {
        self.0.goes_on()
    }
}

/// Watches the search of a neighbourhood: puts up each better plan at once, and ends it when the
/// board closes or after so many simplex iterations.
pub(super) struct Within<'a> {
    pub board: &'a Board<'a>,
    pub part: &'a Restricted,
    /// The decisions outside the neighbourhood are as in these.
    pub taken: &'a [bool],
    pub most: i64,
}

impl Watch for Within<'_> {
    fn goes_on(&mut self, at: &Moment) -> bool {
        at.iterations < self.most && self.board.goes_on()
    }

    fn improved(&mut self, values: &[f64]) {
        self.board.put(self.part.decisions(self.taken, values));
    }
}
