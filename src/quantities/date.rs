//! Budget years and calendar days.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::phrase::{Language, Phrase, Said};

/// A budget year, which in Việt Nam is the calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(pub u16);

impl Year {
    /// Reads a year written with four digits.
    ///
    /// # Errors
    /// Anything but a year between 1990 and 2199.
    pub fn parse(text: &str) -> Result<Year, Phrase> {
        match text.parse() {
            Ok(year) if (1990..2200).contains(&year) && text.len() == 4 => Ok(Year(year)),
            _ => Err(crate::phrase!(
                "“{text}” không phải là năm; hãy viết bốn chữ số như 2027",
                "“{text}” is not a year; write four digits, as 2027"
            )),
        }
    }

    /// The year `later` years after this one.
    #[must_use]
    pub fn plus(self, later: usize) -> Year {
        Year(
            self.0
                .saturating_add(u16::try_from(later).unwrap_or(u16::MAX)),
        )
    }

    /// How many years this year comes after `earlier`; `None` if it comes before.
    #[must_use]
    pub fn since(self, earlier: Year) -> Option<usize> {
        self.0.checked_sub(earlier.0).map(usize::from)
    }

    /// Its first of January.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date {
            year: self,
            month: 1,
            day: 1,
        }
    }

    /// Its thirty-first of December.
    #[must_use]
    pub fn last_day(self) -> Date {
        Date {
            year: self,
            month: 12,
            day: 31,
        }
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Said for Year {
    fn said(&self, _: Language) -> String {
        self.to_string()
    }
}

impl Serialize for Year {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: Year,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2026-10-06`.
    ///
    /// # Errors
    /// Anything that is not a day of the calendar in that form.
    pub fn parse(text: &str) -> Result<Date, Phrase> {
        let wrong = || {
            crate::phrase!(
                "“{text}” không phải là ngày; hãy viết năm-tháng-ngày như 2026-10-06",
                "“{text}” is not a date; write year-month-day, as 2026-10-06"
            )
        };
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let year = Year::parse(year).map_err(|_| wrong())?;
        if month.len() != 2 || day.len() != 2 {
            return Err(wrong());
        }
        let month: u8 = month.parse().map_err(|_| wrong())?;
        let day: u8 = day.parse().map_err(|_| wrong())?;
        let leap =
            year.0.is_multiple_of(4) && (!year.0.is_multiple_of(100) || year.0.is_multiple_of(400));
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return Err(wrong()),
        };
        if !(1..=last).contains(&day) {
            return Err(wrong());
        }
        Ok(Date { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for right in ["2026-10-06", "2028-02-29", "2000-02-29"] {
            assert_eq!(
                Date::parse(right).map(|date| date.to_string()),
                Ok(right.to_owned())
            );
        }
        for wrong in [
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-4-1",
            "06/10/2026",
            "2026-10-06-1",
            "2026-00-10",
            "2026-04-31",
        ] {
            assert!(Date::parse(wrong).is_err(), "{wrong} was read");
        }
    }
}
