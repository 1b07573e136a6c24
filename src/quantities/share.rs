//! Shares in basis points, read and printed as percentages.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{decimal, plain};
use crate::phrase::{Language, Phrase, Said, grouped};

/// A share in basis points: 10 000 is the whole, 1 500 is 15 %.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(pub i64);

impl Share {
    /// The whole in basis points.
    pub const WHOLE: i64 = 10_000;

    /// Reads `15%` or `0.25%`; the sign is compulsory, so that 0.15 is never taken for 15 %.
    ///
    /// # Errors
    /// No percent sign, no number, more than two decimals, below 0 % or above 100 %.
    pub fn parse(text: &str) -> Result<Share, Phrase> {
        let Some(number) = text.strip_suffix('%') else {
            return Err(crate::phrase!(
                "“{text}” thiếu dấu %; hãy viết tỷ lệ như 15%",
                "“{text}” lacks the % sign; write a share as 15%"
            ));
        };
        let share = decimal(number.trim_end(), 2, Self::WHOLE)?;
        if share < 0 {
            return Err(crate::phrase!(
                "“{text}” là số âm; tỷ lệ nằm trong khoảng 0% đến 100%",
                "“{text}” is negative; a share lies between 0% and 100%"
            ));
        }
        Ok(Share(share))
    }

    /// The share of an amount, in exact ten-thousandths of its unit.
    #[must_use]
    pub fn of(self, amount: i64) -> i128 {
        i128::from(self.0) * i128::from(amount)
    }

    /// How large a part of `whole` is `part`, in basis points rounded to the nearest; 0 of nothing.
    #[must_use]
    pub fn ratio(part: i64, whole: i64) -> Share {
        if whole <= 0 {
            return Share(0);
        }
        Share(super::rounded(
            i128::from(part) * i128::from(Self::WHOLE),
            i128::from(whole),
        ))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", plain(self.0, 2))
    }
}

impl Said for Share {
    fn said(&self, language: Language) -> String {
        format!("{}%", grouped(&plain(self.0, 2), language))
    }
}

/// As percentage text (`15%`).
impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_need_their_sign_and_their_range() {
        let read = |text| Share::parse(text).map_err(|phrase| phrase.en);
        assert_eq!(read("15%"), Ok(Share(1_500)));
        assert_eq!(read("0.25 %"), Ok(Share(25)));
        assert_eq!(Share(25).to_string(), "0.25%");
        assert_eq!(Share::ratio(1, 3), Share(3_333));
        for wrong in ["15", "0.15", "101%", "-1%", "1.234%", "%"] {
            assert!(read(wrong).is_err(), "{wrong} was read");
        }
    }
}
