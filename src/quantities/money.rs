//! Money in whole đồng, read and printed in million đồng.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use serde::{Serialize, Serializer};

use super::{decimal, plain};
use crate::phrase::{Language, Phrase, Said, grouped};

/// An amount in whole đồng. Tables and reports show it in million đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);
    /// One million đồng.
    pub const MILLION: Money = Money(1_000_000);
    /// The largest amount that a table may hold: ten thousand billion đồng.
    pub const MOST: Money = Money(10_000_000_000_000);
    /// The largest sum of ceilings, and of supports, that a programme may have, so that a sum
    /// times a share in basis points stays within 64 bits.
    pub const MOST_IN_ALL: Money = Money(500_000_000_000_000);

    /// Reads an amount in million đồng (`193.5`), to the đồng.
    ///
    /// # Errors
    /// The text is no plain decimal, names less than a đồng, is negative, or passes [`Money::MOST`].
    pub fn parse_millions(text: &str) -> Result<Money, Phrase> {
        let amount = decimal(text, 6, Money::MOST.0)?;
        if amount < 0 {
            return Err(crate::phrase!(
                "“{text}” là số âm; số tiền không được âm",
                "“{text}” is negative; an amount cannot be"
            ));
        }
        Ok(Money(amount))
    }

    /// The amount in million đồng as a plain decimal, exact (`193.5`).
    #[must_use]
    pub fn millions(self) -> String {
        plain(self.0, 6)
    }

    /// `percent` hundredths of the amount, rounded down to the đồng.
    #[must_use]
    pub fn percent(self, percent: i64) -> Money {
        let part = i128::from(self.0) * i128::from(percent) / 100;
        Money(i64::try_from(part).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.millions())
    }
}

impl Said for Money {
    fn said(&self, language: Language) -> String {
        let amount = grouped(&self.millions(), language);
        match language {
            Language::Vietnamese => format!("{amount} triệu đồng"),
            Language::English => format!("{amount} million đồng"),
        }
    }
}

/// In million đồng, as exact decimal text.
impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.millions())
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        self.0 -= other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        Money(amounts.map(|amount| amount.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millions_are_read_and_printed_to_the_dong() {
        let read = |text| Money::parse_millions(text).map_err(|phrase| phrase.en);
        assert_eq!(read("193.5"), Ok(Money(193_500_000)));
        assert_eq!(read("0.000001"), Ok(Money(1)));
        assert_eq!(Money(193_500_000).millions(), "193.5");
        assert_eq!(Money(-1).millions(), "-0.000001");
        assert_eq!(Money(1_000_000).millions(), "1");
        for wrong in [
            "",
            "1,250",
            "1.2.3",
            "12.",
            ".5",
            "0.0000001",
            "-3",
            "1e6",
            "99999999999",
            "١",
        ] {
            assert!(read(wrong).is_err(), "{wrong} was read");
        }
    }
}
