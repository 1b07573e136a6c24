//! The words and shapes that cells of a dataset may hold.

use crate::phrase;
use crate::phrase::{Language, Phrase, Said, grouped};
use crate::record;
use crate::words;

words! {
    /// The kind of a project in law (Circular 17/2018/TT-BCT).
    pub enum Kind {
        /// One beneficiary (đề án đơn).
        Single = "single",
        /// A group project (đề án nhóm).
        Group = "group",
        /// A pilot project (đề án điểm).
        Pilot = "pilot",
    }
}

words! {
    /// The level of a fund.
    pub enum Level {
        /// National industrial promotion money (KCQG).
        National = "national",
        /// Local industrial promotion money (KCĐP).
        Local = "local",
        /// Combined from other programmes (lồng ghép).
        Combined = "combined",
    }
}

words! {
    /// How difficult living and working in an area is, by the State's lists.
    pub enum Class {
        /// On no list.
        Ordinary = "ordinary",
        /// Difficult.
        Difficult = "difficult",
        /// Specially difficult.
        SpeciallyDifficult = "specially_difficult",
    }
}

words! {
    /// Where a norm holds.
    pub enum Territory {
        /// A circular of the ministries.
        Nation = "nation",
        /// A resolution of the province's People's Council.
        Province = "province",
    }
}

words! {
    /// What is asked of a set of projects.
    pub enum RelationKind {
        /// `project` starts only in a year in which all `others` have started, or after.
        RequiresStarted = "requires_started",
        /// `project` starts only after the last year of spending of all `others`.
        RequiresCompleted = "requires_completed",
        /// If `project` is funded, none of `others` is.
        Excludes = "excludes",
        /// At most `most` of `others` are funded; `project` stays blank.
        AtMost = "at_most",
    }
}

words! {
    /// What a target counts.
    pub enum Counted {
        /// Funded projects.
        Projects = "projects",
        /// The quantities of the selected contents.
        Quantity = "quantity",
    }
}

words! {
    /// How far a published figure can be trusted.
    pub enum Confidence {
        /// Read in an official text, a portal of the State or a newspaper that names the place.
        High = "high",
        /// Secondary, partial or approximate.
        Medium = "medium",
        /// Doubtful.
        Low = "low",
    }
}

/// Percent of the support in each year since the start.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Profile(pub Vec<i64>);

impl record::Cell for Profile {
    const ALLOWED: &'static str = "percentages by year, as `100`, `50|50` or `40|30|30`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        match percentages(text) {
            Some(parts) if parts.iter().sum::<i64>() == 100 && parts.last() != Some(&0) => {
                Ok(Profile(parts))
            }
            _ => Err(phrase!(
                "“{text}” không phải là tỷ lệ theo năm có tổng bằng 100 và năm cuối khác 0",
                "“{text}” is no list of yearly percentages that add up to 100 and do not end in 0"
            )),
        }
    }

    fn print(&self) -> String {
        printed(&self.0)
    }
}

/// Percent of a payment that comes back in each year after it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Schedule(pub Vec<i64>);

impl record::Cell for Schedule {
    const ALLOWED: &'static str = "percentages by year after the payment, as `0|30|30|40`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        match percentages(text) {
            Some(parts) if (1..=100).contains(&parts.iter().sum::<i64>()) => Ok(Schedule(parts)),
            _ => Err(phrase!(
                "“{text}” không phải là tỷ lệ thu hồi theo năm có tổng từ 1 đến 100",
                "“{text}” is no list of yearly percentages that add up to 1 to 100"
            )),
        }
    }

    fn print(&self) -> String {
        printed(&self.0)
    }
}

/// Up to ten percentages, separated by `|`.
fn percentages(text: &str) -> Option<Vec<i64>> {
    let parts: Option<Vec<i64>> = text
        .split('|')
        .map(|part| part.trim().parse().ok().filter(|p| (0..=100).contains(p)))
        .collect();
    parts.filter(|parts| parts.len() <= 10)
}

fn printed(percentages: &[i64]) -> String {
    let parts: Vec<_> = percentages.iter().map(i64::to_string).collect();
    parts.join("|")
}

/// A surface in hundredths of a square kilometre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SquareKilometres(pub i64);

impl record::Cell for SquareKilometres {
    const ALLOWED: &'static str = "km², as `25.09`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        let surface = crate::quantities::decimal(text, 2, 100_000_000)?;
        if surface < 0 {
            return Err(phrase!("“{text}” là số âm", "“{text}” is negative"));
        }
        Ok(SquareKilometres(surface))
    }

    fn print(&self) -> String {
        crate::quantities::plain(self.0, 2)
    }
}

/// A figure of the regional structure, in thousandths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure(pub i64);

impl record::Cell for Figure {
    const ALLOWED: &'static str = "a number, 0 or more, with at most three decimals, as `131.2`";

    fn parse(text: &str) -> Result<Self, Phrase> {
        let figure = crate::quantities::decimal(text, 3, 1_000_000_000_000_000)?;
        if figure < 0 {
            return Err(phrase!(
                "“{text}” là số âm; số liệu không được âm",
                "“{text}” is negative; a figure cannot be"
            ));
        }
        Ok(Figure(figure))
    }

    fn print(&self) -> String {
        crate::quantities::plain(self.0, 3)
    }
}

impl Said for Figure {
    fn said(&self, language: Language) -> String {
        grouped(&crate::quantities::plain(self.0, 3), language)
    }
}
