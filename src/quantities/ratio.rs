//! Ratios, as a factor on a cap or đồng of counterpart for each đồng of support.

use std::fmt;

use super::{decimal, plain};
use crate::phrase::{Language, Phrase, Said, grouped};

/// A ratio in ten-thousandths: 15 000 is 1.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ratio(pub i64);

impl Ratio {
    /// One in ten-thousandths.
    pub const ONE: i64 = 10_000;

    /// Reads `1.5`, to four decimals, from 0 to 1000.
    ///
    /// # Errors
    /// No plain decimal, negative, above 1000.
    pub fn parse(text: &str) -> Result<Ratio, Phrase> {
        let ratio = decimal(text, 4, 1000 * Self::ONE)?;
        if ratio < 0 {
            return Err(crate::phrase!(
                "“{text}” là số âm; tỷ số không được âm",
                "“{text}” is negative; a ratio cannot be"
            ));
        }
        Ok(Ratio(ratio))
    }

    /// The ratio of an amount, in exact ten-thousandths of its unit.
    #[must_use]
    pub fn of(self, amount: i64) -> i128 {
        i128::from(self.0) * i128::from(amount)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(self.0, 4))
    }
}

impl Said for Ratio {
    fn said(&self, language: Language) -> String {
        grouped(&plain(self.0, 4), language)
    }
}
