//! Scores on a criterion of merit, from 0 to 100.

use std::fmt;

use super::decimal;
use crate::phrase::{Language, Phrase, Said};

/// A score or a mark, in whole points from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(pub i64);

impl Score {
    /// The full score.
    pub const FULL: i64 = 100;

    /// Reads a whole number from 0 to 100.
    ///
    /// # Errors
    /// The text is no whole number, negative, or above 100.
    pub fn parse(text: &str) -> Result<Score, Phrase> {
        let score = decimal(text, 0, 10_000_000)?;
        if score < 0 {
            return Err(crate::phrase!("“{text}” là số âm", "“{text}” is negative"));
        }
        if score > Self::FULL {
            return Err(crate::phrase!(
                "“{text}” lớn hơn 100",
                "“{text}” is above 100"
            ));
        }
        Ok(Score(score))
    }

    /// A tenth lower, by at least one point; `None` below 0.
    #[must_use]
    pub fn lowered(self) -> Option<Score> {
        (self.0 > 0).then(|| Score(self.0 - (self.0 / 10).max(1)))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Said for Score {
    fn said(&self, _: Language) -> String {
        self.to_string()
    }
}
