//! Who asks many questions at once: told how many are answered, free to stop, keeping the answers.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::solve::Control;

/// Where answers are kept from one run to the next, by question. An answer that is not there is
/// looked for anew.
pub trait Memory: Sync {
    /// The answer to a question, if it was kept.
    fn recall(&self, question: &str) -> Option<Value>;

    /// Keeps the answer to a question.
    fn keep(&self, question: &str, answer: &Value);
}

/// Who is told how many questions are answered, of how many.
pub type Counting<'a> = dyn Fn(usize, usize) + Sync + 'a;

/// The outside of an analysis. The default watches nothing, keeps nothing and never cancels.
#[derive(Default, Clone, Copy)]
pub struct Asking<'a> {
    /// Set to true, it ends the analysis within a second with what is answered.
    pub cancelled: Option<&'a AtomicBool>,
    /// When it ends, with what is answered.
    pub until: Option<Instant>,
    /// Who is told how many questions are answered.
    pub listener: Option<&'a Counting<'a>>,
    /// Where answers are kept.
    pub memory: Option<&'a dyn Memory>,
}

impl std::fmt::Debug for Asking<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asking")
            .field("cancelled", &self.cancelled)
            .field("until", &self.until)
            .field("listener", &self.listener.is_some())
            .field("memory", &self.memory.is_some())
            .finish()
    }
}

impl<'a> Asking<'a> {
    /// Whether who asks has lost patience, or the time is over.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        let is_over = self.until.is_some_and(|until| Instant::now() >= until);
        let cancelled = self.cancelled;
        is_over || cancelled.is_some_and(|cancelled| cancelled.load(Ordering::Relaxed))
    }

    /// The time left, where it is limited.
    pub(super) fn left(&self) -> Option<Duration> {
        let now = Instant::now();
        self.until.map(|until| until.saturating_duration_since(now))
    }

    /// The control of a solve for one of the questions.
    pub(super) fn control(&self) -> Control<'a> {
        Control {
            cancelled: self.cancelled,
            ..Control::default()
        }
    }

    /// A count of so many questions.
    pub(super) fn count(self, all: usize) -> Count<'a> {
        if let Some(listener) = self.listener {
            listener(0, all);
        }
        Count {
            asking: self,
            done: AtomicUsize::new(0),
            all,
        }
    }

    pub(super) fn recall<T: serde::de::DeserializeOwned>(&self, question: &str) -> Option<T> {
        serde_json::from_value(self.memory?.recall(question)?).ok()
    }

    pub(super) fn keep<T: serde::Serialize>(&self, question: &str, answer: &T) {
        let written = serde_json::to_value(answer).ok();
        if let Some((memory, value)) = self.memory.zip(written) {
            memory.keep(question, &value);
        }
    }

    /// The answer kept for a question, or the one found now, which is kept unless the analysis is
    /// cancelled meanwhile.
    pub(super) fn kept<T: serde::Serialize + serde::de::DeserializeOwned>(
        &self,
        question: &str,
        find: impl FnOnce() -> T,
    ) -> T {
        self.recall(question).unwrap_or_else(|| {
            let found = find();
            if !self.is_cancelled() {
                self.keep(question, &found);
            }
            found
        })
    }
}

/// How many questions are answered.
pub(super) struct Count<'a> {
    asking: Asking<'a>,
    done: AtomicUsize,
    all: usize,
}

impl Count<'_> {
    /// One more is answered.
    pub fn one(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(listener) = self.asking.listener {
            listener(done, self.all);
        }
    }
}
