//! Who watches a solve from outside: told of progress, free to cancel.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::plan::Gap;

/// Where a solve stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// The benefit of the best plan so far, in thousandths of a point.
    pub found: Option<i64>,
    /// No plan has more than this.
    pub bound: Option<i64>,
    /// Seconds since the solve began.
    pub seconds: f64,
    /// Nodes of the exact search that are done.
    pub nodes: i64,
}

impl Progress {
    /// (bound − found) / bound; `None` without a plan or a bound.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        Some(Gap::between(self.found?, self.bound?))
    }
}

/// Who is told of every better plan and bound; called from the searches' own threads.
pub type Listener<'a> = dyn Fn(&Progress) + Sync + 'a;

/// The outside of a solve. The default watches nothing and never cancels.
#[derive(Default, Clone, Copy)]
pub struct Control<'a> {
    /// Set to true, it ends the solve within a second with what was found.
    pub cancelled: Option<&'a AtomicBool>,
    /// Who is told of every better plan and bound.
    pub listener: Option<&'a Listener<'a>>,
    /// A plan to begin with, by position: decisions that break a row are mended first, if that can
    /// be done soon.
    pub start: Option<&'a [bool]>,
    /// Ends the solve once a plan of this value is found, or no plan can have it any more: for
    /// questions that only ask whether.
    pub wanted: Option<i64>,
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control")
            .field("cancelled", &self.cancelled)
            .field("listener", &self.listener.is_some())
            .field("start", &self.start.is_some())
            .field("wanted", &self.wanted)
            .finish()
    }
}

impl Control<'_> {
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled
            .is_some_and(|cancelled| cancelled.load(Ordering::Relaxed))
    }

    pub(super) fn tell(&self, progress: &Progress) {
        if let Some(listener) = self.listener {
            listener(progress);
        }
    }
}

/// How many bytes the process holds in memory; `None` where the system does not say.
pub(super) fn bytes_held() -> Option<u64> {
    // Linux alone says it in a file; elsewhere a memory limit is never met.
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}

/// The size of a page on the machines that have the file.
const PAGE: u64 = 4096;
