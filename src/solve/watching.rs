//! A watch that only ends a search: when the board closes, or when its own work is done.

use super::backend::{Moment, Watch};
use super::board::Board;

/// Ends a search when the board closes.
pub(super) struct Closing<'a>(pub &'a Board<'a>);

impl Watch for Closing<'_> {
    fn goes_on(&mut self, _: &Moment) -> bool {
        self.0.goes_on()
    }
}

/// Ends a search when the board closes or after so many simplex iterations.
pub(super) struct Counting<'a> {
    pub board: &'a Board<'a>,
    pub most: i64,
}

impl Watch for Counting<'_> {
    fn goes_on(&mut self, at: &Moment) -> bool {
        at.iterations < self.most && self.board.goes_on()
    }
}
