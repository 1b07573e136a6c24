//! A size that a policy states: an amount, or a share of the ceilings so that it fits any province.

use std::fmt;

use super::{Money, Share, rounded};
use crate::phrase;
use crate::phrase::{Language, Phrase, Said};

/// An amount, or a share of the ceilings of the years and funds that it is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// So much money.
    Amount(Money),
    /// So large a part of the ceilings.
    OfCeilings(Share),
}

impl Size {
    /// Reads `500` (million đồng) or `2%` (of the ceilings).
    ///
    /// # Errors
    /// The text is neither.
    pub fn parse(text: &str) -> Result<Size, Phrase> {
        if text.ends_with('%') {
            return Share::parse(text).map(Size::OfCeilings);
        }
        Money::parse_millions(text).map(Size::Amount)
    }

    /// The size in đồng where the ceilings are `ceilings` đồng, to the nearest đồng.
    #[must_use]
    pub fn of(self, ceilings: i64) -> i64 {
        match self {
            Size::Amount(amount) => amount.0,
            Size::OfCeilings(share) => rounded(share.of(ceilings), i128::from(Share::WHOLE)),
        }
    }

    /// A tenth smaller or larger, rounded so that it never moves the other way; at most all the
    /// money that a programme can have. A part of the ceilings stops at the whole of them first, then
    /// at ten times as much.
    #[must_use]
    pub fn changed(self, larger: bool) -> Size {
        let change = |value: i64, most: i64| {
            let notch = value / 10 + i64::from(value % 10 > 0);
            if larger {
                (value + notch).min(most.max(value))
            } else {
                value - notch
            }
        };
        match self {
            Size::Amount(amount) => Size::Amount(Money(change(amount.0, Money::MOST_IN_ALL.0))),
            Size::OfCeilings(share) => {
                let times = if share.0 < Share::WHOLE { 1 } else { 10 };
                Size::OfCeilings(Share(change(share.0, Share::WHOLE * times)))
            }
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Size::Amount(amount) => amount.fmt(f),
            Size::OfCeilings(share) => share.fmt(f),
        }
    }
}

impl Said for Size {
    fn said(&self, language: Language) -> String {
        let phrase = match *self {
            Size::Amount(amount) => phrase!("{amount}", "{amount}"; amount),
            Size::OfCeilings(share) => {
                phrase!("{share} tổng trần kinh phí", "{share} of the ceilings"; share)
            }
        };
        phrase.say(language).to_owned()
    }
}
