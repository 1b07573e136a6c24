//! What one cell of a table may hold, and how it is read and written.

use crate::phrase::Phrase;
use crate::quantities::{Date, Money, Ratio, Score, Share, Size, Year, decimal};

/// A value that one cell of a table can hold.
pub trait Cell: Sized {
    /// What the cell may hold, with its unit, for the data dictionary.
    const ALLOWED: &'static str;
    /// Whether a blank cell has a meaning.
    const MAY_BE_BLANK: bool = false;
    /// Whether the cell may say `unknown`.
    const MAY_BE_UNKNOWN: bool = false;

    /// The value of a cell's text, already trimmed.
    ///
    /// # Errors
    /// What is wrong with the text.
    fn parse(text: &str) -> Result<Self, Phrase>;

    /// The text of the value.
    fn print(&self) -> String;
}

/// A figure that may be unknown: `unknown` is a value, not a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known<T> {
    /// The figure.
    Is(T),
    /// Nobody has said.
    Unknown,
}

impl<T: Copy> Known<T> {
    /// The figure, where it is known.
    pub fn get(self) -> Option<T> {
        match self {
            Known::Is(value) => Some(value),
            Known::Unknown => None,
        }
    }
}

impl<T: Cell> Cell for Known<T> {
    const ALLOWED: &'static str = T::ALLOWED;
    const MAY_BE_UNKNOWN: bool = true;

    fn parse(text: &str) -> Result<Self, Phrase> {
        if text == "unknown" {
            return Ok(Known::Unknown);
        }
        T::parse(text).map(Known::Is)
    }

    fn print(&self) -> String {
        match self {
            Known::Is(value) => value.print(),
            Known::Unknown => "unknown".to_owned(),
        }
    }
}

/// A blank cell is `None`.
impl<T: Cell> Cell for Option<T> {
    const ALLOWED: &'static str = T::ALLOWED;
    const MAY_BE_BLANK: bool = true;

    fn parse(text: &str) -> Result<Self, Phrase> {
        if text.is_empty() {
            return Ok(None);
        }
        T::parse(text).map(Some)
    }

    fn print(&self) -> String {
        self.as_ref().map(Cell::print).unwrap_or_default()
    }
}

impl Cell for String {
    const ALLOWED: &'static str = "text";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Ok(text.to_owned())
    }

    fn print(&self) -> String {
        self.clone()
    }
}

/// Several texts, separated by `;`; blank is none.
impl Cell for Vec<String> {
    const ALLOWED: &'static str = "texts separated by `;`";
    const MAY_BE_BLANK: bool = true;

    fn parse(text: &str) -> Result<Self, Phrase> {
        let parts = text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        Ok(parts.map(str::to_owned).collect())
    }

    fn print(&self) -> String {
        self.join(";")
    }
}

impl Cell for i64 {
    const ALLOWED: &'static str = "a whole number, 0 or more";

    fn parse(text: &str) -> Result<Self, Phrase> {
        let value = decimal(text, 0, 10_000_000)?;
        if value < 0 {
            return Err(crate::phrase!("“{text}” là số âm", "“{text}” is negative"));
        }
        Ok(value)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Cell for bool {
    const ALLOWED: &'static str = "`yes` or `no`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        match text {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(crate::phrase!(
                "“{text}” không phải là yes hoặc no",
                "“{text}” is neither yes nor no"
            )),
        }
    }

    fn print(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl Cell for Money {
    const ALLOWED: &'static str = "million đồng, as `193.5`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Money::parse_millions(text)
    }

    fn print(&self) -> String {
        self.millions()
    }
}

impl Cell for Share {
    const ALLOWED: &'static str = "a percentage with its sign, as `15%`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Share::parse(text)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Cell for Ratio {
    const ALLOWED: &'static str = "a ratio, as `1.5`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Ratio::parse(text)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Cell for Score {
    const ALLOWED: &'static str = "a whole number from 0 to 100";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Score::parse(text)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Cell for Year {
    const ALLOWED: &'static str = "a year, as `2027`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Year::parse(text)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Cell for Date {
    const ALLOWED: &'static str = "a day, as `2026-10-06`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Date::parse(text)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Cell for Size {
    const ALLOWED: &'static str =
        "million đồng, as `500`, or a percentage of the ceilings, as `2%`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        Size::parse(text)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}
