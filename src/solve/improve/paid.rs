//! Who pays for the best plan, asked beside the search for better ones.

use super::Improver;

impl Improver<'_> {
    /// Has it said who pays for the best plan, where that is left open and it is time.
    pub(super) fn pay(&mut self) {
        if let Some((paying, best)) = self.board.paying().zip(self.board.best()) {
            let now = self.limit.took(self.board.started(), self.iterations);
            self.iterations += paying.look(self.board, &best, now, self.limit);
        }
    }
}
