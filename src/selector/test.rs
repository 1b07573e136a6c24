//! One test of a selector: a key, a comparison, a value or alternatives.

mod sentence;

use std::fmt;

use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::{Class, Content, FundId, Kind, Level, Programme};
use crate::quantities::{Money, Share, Year};
use crate::record::{Cell, Known};
use crate::words;

words! {
    /// What a test looks at.
    pub enum Key {
        /// The project itself.
        Project = "project",
        /// Its kind in law.
        Kind = "kind",
        /// Its marks.
        Tag = "tag",
        /// The groups it serves.
        Group = "group",
        /// The activity of a content.
        Activity = "activity",
        /// Its zone.
        Zone = "zone",
        /// Its area.
        Area = "area",
        /// The class of its area.
        Class = "class",
        /// Its sector.
        Sector = "sector",
        /// The unit that runs it.
        Unit = "unit",
        /// What its beneficiary is.
        BeneficiaryType = "beneficiary_type",
        /// Whether its beneficiary has committed its share: `yes`, `no` or `unknown`.
        Counterpart = "counterpart",
        /// The advantage of its place in its sector.
        Advantage = "advantage",
        /// The support granted.
        Support = "support",
        /// Its jobs.
        Jobs = "jobs",
        /// The fund that pays.
        Fund = "fund",
        /// The level of the fund that pays.
        Level = "level",
        /// The year: of the start for counts, of the payment for money.
        Year = "year",
    }
}

impl Key {
    fn is_figure(self) -> bool {
        matches!(self, Key::Advantage | Key::Support | Key::Jobs | Key::Year)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Is,
    IsNot,
    AtLeast,
    AtMost,
    Above,
    Below,
}

const COMPARISONS: [(&str, Comparison); 6] = [
    ("!=", Comparison::IsNot),
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("=", Comparison::Is),
    (">", Comparison::Above),
    ("<", Comparison::Below),
];

/// A key, a comparison and the values it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    key: Key,
    comparison: Comparison,
    values: Vec<String>,
    /// The values as figures, where the key is one.
    figures: Vec<i64>,
}

impl Test {
    /// Reads one test, as `kind=pilot` or `advantage>=50%`.
    ///
    /// # Errors
    /// No comparison in it, an unknown key, a value that the key cannot have.
    pub fn parse(text: &str) -> Result<Test, Phrase> {
        let at = text.find(['!', '=', '<', '>']);
        let symbols = COMPARISONS.iter();
        let found = at.and_then(|at| {
            let rest = &text[at..];
            let mut fitting = symbols.filter(|(symbol, _)| rest.starts_with(symbol));
            fitting
                .next()
                .map(|&(symbol, comparison)| (at, symbol, comparison))
        });
        let Some((at, symbol, comparison)) = found else {
            return Err(phrase!(
                "“{text}” không có phép so sánh (=, !=, >=, <=, >, <)",
                "“{text}” has no comparison (=, !=, >=, <=, >, <)"
            ));
        };
        let key = Key::parse(text[..at].trim())?;
        let values: Vec<String> = text[at + symbol.len()..]
            .split('|')
            .map(|value| value.trim().to_owned())
            .collect();
        if values.iter().any(String::is_empty) {
            return Err(phrase!("“{text}” thiếu giá trị", "“{text}” lacks a value"));
        }
        let ordering = !matches!(comparison, Comparison::Is | Comparison::IsNot);
        if ordering && !key.is_figure() {
            let key = key.word();
            return Err(phrase!(
                "“{key}” chỉ so sánh được bằng = hoặc !=",
                "“{key}” can only be compared by = or !="
            ));
        }
        if ordering && values.len() > 1 {
            return Err(phrase!(
                "“{text}”: phép so sánh lớn nhỏ chỉ nhận một giá trị",
                "“{text}”: an ordering takes one value"
            ));
        }
        let figures = values
            .iter()
            .map(|value| figure(key, value))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Test {
            key,
            comparison,
            values,
            figures: figures.into_iter().flatten().collect(),
        })
    }

    /// Whether the test holds for one content of a decision.
    #[must_use]
    pub fn holds(&self, programme: &Programme, decision: &Decision, content: &Content) -> bool {
        if self.key.is_figure() {
            return self.compares(programme, decision);
        }
        let project = programme.project(decision.project);
        let any = |names: &[String]| names.iter().any(|name| self.values.contains(name));
        let is = |name: &str| self.values.iter().any(|value| value == name);
        let found = match self.key {
            Key::Project => is(&project.code),
            Key::Kind => is(project.kind.word()),
            Key::Tag => any(&project.tags),
            Key::Group => any(&project.groups),
            Key::Activity => is(&programme.activities[content.activity.index()].code),
            Key::Zone => is(programme
                .zone(project)
                .map_or("none", |zone| &programme.zones[zone.index()])),
            Key::Area => is(project
                .area
                .map_or("none", |area| &programme.areas[area.index()].name)),
            Key::Class => is(project.area.map_or("none", |area| {
                let class = programme.areas[area.index()].class;
                class.get().map_or("unknown", Class::word)
            })),
            Key::Sector => is(project
                .sector
                .map_or("none", |sector| &programme.sectors[sector.index()].code)),
            Key::Unit => is(decision
                .unit
                .map_or("none", |unit| &programme.units[unit.index()].named.code)),
            Key::BeneficiaryType => is(&project.beneficiary_type),
            Key::Counterpart => is(&project.counterpart_committed.print()),
            Key::Fund | Key::Level => {
                let parts = &programme.sources[decision.source.index()].parts;
                parts
                    .iter()
                    .any(|&(fund, _)| is(self.payer(programme, fund)))
            }
            Key::Advantage | Key::Support | Key::Jobs | Key::Year => false,
        };
        found == (self.comparison == Comparison::Is)
    }

    /// Whether it looks at who pays or when, and so at payments rather than projects.
    #[must_use]
    pub fn is_of_money(&self) -> bool {
        matches!(self.key, Key::Fund | Key::Level | Key::Year)
    }

    /// Whether it holds for what `fund` pays in `year`; tests that look at projects always do.
    #[must_use]
    pub fn holds_for(&self, programme: &Programme, fund: FundId, year: Year) -> bool {
        match self.key {
            Key::Fund | Key::Level => {
                let own = self.payer(programme, fund);
                let is_named = self.values.iter().any(|value| value == own);
                is_named == (self.comparison == Comparison::Is)
            }
            Key::Year => self.orders(i64::from(year.0)),
            _ => true,
        }
    }

    /// The fund's code or level, as the key asks.
    fn payer<'a>(&self, programme: &'a Programme, fund: FundId) -> &'a str {
        let fund = &programme.funds[fund.index()];
        match self.key {
            Key::Level => fund.level.word(),
            _ => &fund.named.code,
        }
    }

    fn compares(&self, programme: &Programme, decision: &Decision) -> bool {
        let project = programme.project(decision.project);
        let figure = match self.key {
            Key::Advantage => project.advantage.map(|share| share.0),
            Key::Jobs => project.jobs.get(),
            Key::Year => Some(i64::from(decision.start.0)),
            _ => Some(decision.support(programme).0),
        };
        figure.is_some_and(|figure| self.orders(figure))
    }

    /// Whether a figure stands to the test's own as the comparison says.
    fn orders(&self, figure: i64) -> bool {
        let first = self.figures[0];
        match self.comparison {
            Comparison::Is => self.figures.contains(&figure),
            Comparison::IsNot => !self.figures.contains(&figure),
            Comparison::AtLeast => figure >= first,
            Comparison::AtMost => figure <= first,
            Comparison::Above => figure > first,
            Comparison::Below => figure < first,
        }
    }

    /// The key and each value that no table of the programme knows.
    pub(super) fn unknown(&self, programme: &Programme) -> Vec<(&'static str, String)> {
        let known = |value: &str| match self.key {
            Key::Project => programme.find(value).is_some(),
            Key::Activity => programme.activities.iter().any(|a| a.code == value),
            Key::Zone => value == "none" || programme.zones.iter().any(|zone| zone == value),
            Key::Area => value == "none" || programme.areas.iter().any(|area| area.name == value),
            Key::Sector => value == "none" || programme.sectors.iter().any(|s| s.code == value),
            Key::Unit => value == "none" || programme.units.iter().any(|u| u.named.code == value),
            Key::Fund => programme.funds.iter().any(|fund| fund.named.code == value),
            // “From 2028 on” has a meaning where the programme ends before; “in 2028” has none.
            Key::Year => {
                !matches!(self.comparison, Comparison::Is | Comparison::IsNot)
                    || programme.years.iter().any(|year| year.to_string() == value)
            }
            // Kinds and classes are checked when read. A mark that no candidate bears is no
            // mistake: a policy is written for many provinces.
            _ => true,
        };
        let unknown = self.values.iter().filter(|value| !known(value));
        unknown
            .map(|value| (self.key.word(), value.clone()))
            .collect()
    }

    /// The key and each mark, group or type of beneficiary that no candidate bears.
    pub(super) fn borne_by_none(&self, programme: &Programme) -> Vec<(&'static str, String)> {
        let projects = &programme.projects;
        let is_borne = |value: &String| match self.key {
            Key::Tag => projects.iter().any(|own| own.tags.contains(value)),
            Key::Group => projects.iter().any(|own| own.groups.contains(value)),
            Key::BeneficiaryType => projects.iter().any(|own| &own.beneficiary_type == value),
            _ => true,
        };
        let nobodys = self.values.iter().filter(|value| !is_borne(value));
        nobodys
            .map(|value| (self.key.word(), value.clone()))
            .collect()
    }
}

/// The value as a figure of the key's unit; `None` for keys that are no figures.
fn figure(key: Key, value: &str) -> Result<Option<i64>, Phrase> {
    match key {
        Key::Advantage => Share::parse(value).map(|share| Some(share.0)),
        Key::Support => Money::parse_millions(value).map(|money| Some(money.0)),
        Key::Jobs => i64::parse(value).map(Some),
        Key::Year => Year::parse(value).map(|year| Some(i64::from(year.0))),
        Key::Level => Level::parse(value).map(|_| None),
        Key::Kind => Kind::parse(value).map(|_| None),
        Key::Counterpart => match Known::<bool>::parse(value) {
            Ok(_) => Ok(None),
            Err(_) => Err(phrase!(
                "“{value}” không phải là một trong các từ: yes, no, unknown",
                "“{value}” is none of: yes, no, unknown"
            )),
        },
        Key::Class if value != "none" && value != "unknown" => Class::parse(value).map(|_| None),
        _ => Ok(None),
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbols = COMPARISONS.iter();
        let symbol = symbols
            .filter(|(_, comparison)| *comparison == self.comparison)
            .map(|&(symbol, _)| symbol)
            .next()
            .unwrap_or("=");
        write!(f, "{}{symbol}{}", self.key.word(), self.values.join("|"))
    }
}
