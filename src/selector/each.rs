//! What a rule is said for each of: years, funds, and places or units among the candidates.

use std::collections::BTreeSet;

use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Payment};
use crate::programme::{FundId, Programme};
use crate::quantities::Year;
use crate::record::{Cell, Fault};
use crate::words;

words! {
    /// One of the things that a rule can be said for each of.
    pub enum Dimension {
        /// Years of the programme.
        Year = "year",
        /// Funds.
        Fund = "fund",
        /// Areas.
        Area = "area",
        /// Zones.
        Zone = "zone",
        /// Sectors.
        Sector = "sector",
        /// Cells: an area in a sector.
        Cell = "cell",
        /// Implementing units.
        Unit = "unit",
    }
}

/// The dimensions that a rule is said for each of; none: once for the whole programme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Each(Vec<Dimension>);

/// One case of a rule: a year, a fund, a group of places or units, or any of them left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The year, if the rule is said for each.
    pub year: Option<Year>,
    /// The fund, if the rule is said for each.
    pub fund: Option<FundId>,
    each: Each,
    group: Vec<u32>,
    /// The case as part of a label: `2027,local,Mang Thít`.
    pub name: String,
}

impl Each {
    /// Whether the rule is said once for the whole programme.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `dimension` is one of them.
    #[must_use]
    pub fn has(&self, dimension: Dimension) -> bool {
        self.0.contains(&dimension)
    }

    /// The faults of a table whose `column` must name groups of places, sectors or cells.
    #[must_use]
    pub fn faults_of_grouping(&self, column: &str) -> Vec<Fault> {
        let groups = |d: &Dimension| !matches!(d, Dimension::Year | Dimension::Fund);
        if !self.is_whole() && self.0.iter().all(groups) {
            return Vec::new();
        }
        vec![
            Fault::of(
                column,
                phrase!(
                    "cột {column} phải nêu cách chia nhóm",
                    "column {column} must name groups"
                ),
                phrase!(
                    "hãy ghi area, zone, sector, cell hoặc unit, có thể nối bằng &",
                    "write area, zone, sector, cell or unit, or several joined by &"
                ),
            )
            .column(column),
        ]
    }

    /// The faults of a table whose `column` may be `year` or blank.
    #[must_use]
    pub fn faults_of_period(&self, column: &str) -> Vec<Fault> {
        if self.0.iter().all(|&dimension| dimension == Dimension::Year) {
            return Vec::new();
        }
        vec![
            Fault::of(
                column,
                phrase!(
                    "cột {column} chỉ nhận year",
                    "column {column} takes year only"
                ),
                phrase!("hãy ghi year hoặc để trống", "write year or leave it blank"),
            )
            .column(column),
        ]
    }

    /// The faults of a table whose `column` may name anything but funds.
    #[must_use]
    pub fn faults_of_period_or_place(&self, column: &str) -> Vec<Fault> {
        if !self.has(Dimension::Fund) {
            return Vec::new();
        }
        vec![
            Fault::of(
                column,
                phrase!(
                    "cột {column} không nhận fund",
                    "column {column} does not take fund"
                ),
                phrase!(
                    "hãy ghi year, area, zone, sector, cell hoặc unit, hoặc để trống",
                    "write year, area, zone, sector, cell or unit, or leave it blank"
                ),
            )
            .column(column),
        ]
    }

    /// The faults of a table whose `column` may name anything but years, since every year is a case
    /// already.
    #[must_use]
    pub fn faults_of_anything_but_years(&self, column: &str) -> Vec<Fault> {
        if !self.has(Dimension::Year) {
            return Vec::new();
        }
        vec![
            Fault::of(
                column,
                phrase!(
                    "quy tắc này luôn xét từng năm; cột {column} không nhận year",
                    "this rule always looks at each year; column {column} does not take year"
                ),
                phrase!(
                    "hãy bỏ year khỏi cột {column}",
                    "leave year out of column {column}"
                ),
            )
            .column(column),
        ]
    }

    /// The same dimensions with `dimension` first among them.
    #[must_use]
    pub fn with(&self, dimension: Dimension) -> Each {
        let others = self.0.iter().copied().filter(|&other| other != dimension);
        Each(std::iter::once(dimension).chain(others).collect())
    }

    /// Whether it names years and funds only, so that no candidate is outside every case.
    #[must_use]
    pub fn is_of_money_only(&self) -> bool {
        self.0
            .iter()
            .all(|d| matches!(d, Dimension::Year | Dimension::Fund))
    }

    /// The cases: every year and fund, and the groups that occur among the candidates, in the
    /// order of their tables.
    #[must_use]
    pub fn cases(&self, programme: &Programme) -> Vec<Case> {
        let open = |is: bool, values: usize| -> Vec<Option<usize>> {
            if is {
                (0..values).map(Some).collect()
            } else {
                vec![None]
            }
        };
        let years = open(self.has(Dimension::Year), programme.years.len());
        let funds = open(self.has(Dimension::Fund), programme.funds.len());
        let groups = self.groups(programme);
        let mut cases = Vec::new();
        for &year in &years {
            for &fund in &funds {
                for group in &groups {
                    let year = year.map(|position| programme.years[position]);
                    let fund = fund.map(FundId::at);
                    cases.push(Case {
                        year,
                        fund,
                        each: self.clone(),
                        group: group.clone(),
                        name: self.name(programme, year, fund, group),
                    });
                }
            }
        }
        cases
    }

    /// The groups that occur among the candidates.
    fn groups(&self, programme: &Programme) -> BTreeSet<Vec<u32>> {
        let mut groups = BTreeSet::new();
        for project in &programme.projects {
            let units: Vec<_> = if project.units.is_empty() {
                vec![None]
            } else {
                project.units.iter().copied().map(Some).collect()
            };
            for unit in units {
                groups.extend(self.group(programme, project, unit));
            }
        }
        groups
    }

    /// The group of a decision: the position of its place or unit in each dimension but year and
    /// fund; `None` where it has none.
    #[must_use]
    pub fn group_of(&self, programme: &Programme, decision: &Decision) -> Option<Vec<u32>> {
        self.group(
            programme,
            programme.project(decision.project),
            decision.unit,
        )
    }

    fn group(
        &self,
        programme: &Programme,
        project: &crate::programme::Project,
        unit: Option<crate::programme::UnitId>,
    ) -> Option<Vec<u32>> {
        let mut group = Vec::new();
        for dimension in &self.0 {
            match dimension {
                Dimension::Year | Dimension::Fund => {}
                Dimension::Area => group.push(project.area?.0),
                Dimension::Zone => group.push(programme.zone(project)?.0),
                Dimension::Sector => group.push(project.sector?.0),
                Dimension::Cell => group.extend([project.area?.0, project.sector?.0]),
                Dimension::Unit => group.push(unit?.0),
            }
        }
        Some(group)
    }

    /// The name of a group, as `Mang Thít,brick_ceramics`.
    #[must_use]
    pub fn group_name(&self, programme: &Programme, group: &[u32]) -> String {
        self.name(programme, None, None, group)
    }

    fn name(
        &self,
        programme: &Programme,
        year: Option<Year>,
        fund: Option<FundId>,
        group: &[u32],
    ) -> String {
        let mut positions = group.iter().map(|&position| position as usize);
        let mut next = || positions.next().unwrap_or_default();
        let mut parts: Vec<String> = Vec::new();
        parts.extend(year.map(|year| year.to_string()));
        parts.extend(fund.map(|fund| programme.funds[fund.index()].named.code.clone()));
        for dimension in &self.0 {
            match dimension {
                Dimension::Year | Dimension::Fund => {}
                Dimension::Area => parts.push(programme.areas[next()].name.clone()),
                Dimension::Zone => parts.push(programme.zones[next()].clone()),
                Dimension::Sector => parts.push(programme.sectors[next()].code.clone()),
                Dimension::Cell => {
                    parts.push(programme.areas[next()].name.clone());
                    parts.push(programme.sectors[next()].code.clone());
                }
                Dimension::Unit => parts.push(programme.units[next()].named.code.clone()),
            }
        }
        parts.join(",")
    }

    /// The dimensions as the last part of a rule's label: `each year`, or nothing.
    #[must_use]
    pub fn label(&self) -> String {
        if self.is_whole() {
            String::new()
        } else {
            format!("each {}", self.print())
        }
    }

    /// “in each year”, “for each fund and zone”, or nothing, as the end of a sentence.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        let words = |word: fn(Dimension) -> &'static str, and: &str| {
            let words: Vec<_> = self.0.iter().copied().map(word).collect();
            words.join(and)
        };
        if self.is_whole() {
            return Phrase::new("trong cả giai đoạn", "over the whole programme");
        }
        let vi = |dimension| match dimension {
            Dimension::Year => "năm",
            Dimension::Fund => "nguồn kinh phí",
            Dimension::Area => "địa bàn",
            Dimension::Zone => "vùng (huyện cũ)",
            Dimension::Sector => "ngành nghề",
            Dimension::Cell => "cặp địa bàn – ngành nghề",
            Dimension::Unit => "đơn vị thực hiện",
        };
        let en = |dimension| match dimension {
            Dimension::Cell => "pair of area and sector",
            Dimension::Unit => "implementing unit",
            other => other.word(),
        };
        let (vi, en) = (words(vi, " và mỗi "), words(en, " and each "));
        phrase!("đối với mỗi {vi}", "for each {en}")
    }
}

impl Case {
    /// Whether the decision belongs to the case's group of places or units.
    #[must_use]
    pub fn holds(&self, programme: &Programme, decision: &Decision) -> bool {
        self.each.is_of_money_only()
            || self.each.group_of(programme, decision).as_ref() == Some(&self.group)
    }

    /// Whether the payment falls in the case's year and fund.
    #[must_use]
    pub fn covers(&self, payment: &Payment) -> bool {
        self.year.is_none_or(|year| payment.year == year)
            && self.fund.is_none_or(|fund| payment.fund == fund)
    }

    /// Whether a count of the case takes the decision in: it starts in the year, the fund pays
    /// some of it, and it belongs to the group.
    #[must_use]
    pub fn counts(&self, programme: &Programme, decision: &Decision) -> bool {
        self.year.is_none_or(|year| decision.start == year)
            && self
                .fund
                .is_none_or(|fund| decision.is_paid_by(programme, fund))
            && self.holds(programme, decision)
    }

    /// The ceilings of the case's year and fund that satisfy `which`, together, in đồng.
    pub fn ceilings(&self, programme: &Programme, which: impl Fn(FundId, Year) -> bool) -> i64 {
        let years = programme.years.iter().copied();
        let years = years.filter(|&year| self.year.is_none_or(|own| own == year));
        let in_year = |year: Year| -> i64 {
            let funds = programme.fund_ids();
            let funds = funds.filter(|&fund| self.fund.is_none_or(|own| own == fund));
            let funds = funds.filter(|&fund| which(fund, year));
            funds.map(|fund| programme.ceiling(fund, year).0).sum()
        };
        years.map(in_year).sum()
    }
}

impl Cell for Each {
    const ALLOWED: &'static str = "any of `year`, `fund`, `area`, `zone`, `sector`, `cell`, `unit`, joined by `&`; blank: the whole programme";
    const MAY_BE_BLANK: bool = true;

    fn parse(text: &str) -> Result<Self, Phrase> {
        let parts = text
            .split('&')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let dimensions = parts.map(Dimension::parse).collect::<Result<Vec<_>, _>>()?;
        let repeats = |(at, dimension): (usize, &Dimension)| dimensions[..at].contains(dimension);
        if dimensions.iter().enumerate().any(repeats) {
            return Err(phrase!(
                "“{text}” nêu một từ hai lần",
                "“{text}” names a word twice"
            ));
        }
        Ok(Each(dimensions))
    }

    fn print(&self) -> String {
        let words: Vec<_> = self.0.iter().map(|dimension| dimension.word()).collect();
        words.join("&")
    }
}
