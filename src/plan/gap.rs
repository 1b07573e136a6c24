//! How far a plan may be from the best at most, exactly.

use serde::{Serialize, Serializer};

use crate::phrase::{Language, Said, grouped};
use crate::quantities::{Share, rounded};

/// What a plan is short of a bound, as a part of that bound. It is said as a percentage with two decimals and
/// serialised as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    short: i128,
    of: i128,
}

impl Gap {
    /// (bound − found) / |bound|, in the same unit both; 0 where both are 0.
    #[must_use]
    pub fn between(found: i64, bound: i64) -> Gap {
        let (found, bound) = (i128::from(found), i128::from(bound));
        Gap {
            short: bound - found,
            of: bound.abs().max(1),
        }
    }

    /// In basis points, rounded to the nearest.
    #[must_use]
    pub fn share(self) -> Share {
        Share(rounded(self.short * i128::from(Share::WHOLE), self.of))
    }

    /// As a fraction, for files that others read and for pictures.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // nothing is decided by it
    pub fn fraction(self) -> f64 {
        self.short as f64 / self.of as f64
    }
}

impl Said for Gap {
    fn said(&self, language: Language) -> String {
        let Share(points) = self.share();
        let sign = if points < 0 { "-" } else { "" };
        let (whole, parts) = (points.unsigned_abs() / 100, points.unsigned_abs() % 100);
        format!(
            "{}%",
            grouped(&format!("{sign}{whole}.{parts:02}"), language)
        )
    }
}

impl Serialize for Gap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.fraction())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_to_two_decimals_and_nothing_of_nothing_is_none() {
        let said = |found, bound| Gap::between(found, bound).said(Language::English);
        assert_eq!(said(9_990, 10_000), "0.10%");
        assert_eq!(said(0, 0), "0.00%");
        assert_eq!(said(-12, -10), "20.00%");
        assert_eq!(said(0, 1_000), "100.00%");
        assert_eq!(Gap::between(2, 3).said(Language::Vietnamese), "33,33%");
        assert_eq!(
            serde_json::json!(Gap::between(3, 4)),
            serde_json::json!(0.25)
        );
        assert_eq!(Gap::between(i64::MIN, i64::MAX).share(), Share(20_000));
    }
}
