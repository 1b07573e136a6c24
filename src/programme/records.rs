//! The tables of a dataset as their rows are written: names, not yet resolved.

use crate::quantities::{Date, Money, Share, Year};
use crate::record;
use crate::record::Known;
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

record! {
    /// A candidate project (table `projects`).
    pub struct ProjectRecord {
        /// Its code, unique in the dataset.
        project: String,
        /// What it does, in one line.
        name: String,
        /// Its kind in law.
        kind: Kind,
        /// The commune or ward (an `area` of `areas`), or `none` for an activity without a place.
        area: String,
        /// The sector (a `sector` of `sectors`), or `none`.
        sector: String,
        /// The implementing unit, or several that could do it, separated by `;` (each a `unit` of `implementers`); `unknown` if nobody is named yet.
        unit: Vec<String>,
        /// An anonymous code of the beneficiary; the same code is the same establishment.
        beneficiary: String,
        /// What the beneficiary is, one lower-case word (`cooperative`, `company`, `household_business`, …).
        beneficiary_type: String,
        /// Groups of people served first (`women`, `ethnic_minority`, `artisans`, …), separated by `;`.
        groups: Vec<String>,
        /// Other marks (`green`, `digital`, `typical_product`, …), separated by `;`.
        tags: Vec<String>,
        /// Whether the beneficiary has committed its own share of the cost.
        counterpart_committed: Known<bool>,
        /// Whether another state source pays for the same content.
        other_state_source: Known<bool>,
        /// First year in which it can start.
        first_start: Year,
        /// Last year in which it can start.
        last_start: Year,
        /// Percent of the support in each year since the start, as `100` or `50|50`; they add up to 100.
        profile: Profile,
        /// Beneficiaries.
        beneficiaries: Known<i64>,
        /// Jobs made or kept.
        jobs: Known<i64>,
        /// A remark; nothing is computed from it.
        note: Option<String>,
    }
}

record! {
    /// One content of a project (table `contents`); support and cost of a project are the sums of its contents.
    pub struct ContentRecord {
        /// The project.
        project: String,
        /// The variant that it belongs to; blank: every variant of the project.
        variant: Option<String>,
        /// What is paid for.
        content: String,
        /// The activity (an `activity` of `activities`).
        activity: String,
        /// How many of the activity's unit (establishments, models, …), at least 1.
        quantity: i64,
        /// Total cost, all sources.
        total_cost: Known<Money>,
        /// Support asked of the industrial promotion funds.
        support: Money,
    }
}

record! {
    /// A scope in which a project can be done (table `variants`); a project not listed has one, `full`.
    pub struct VariantRecord {
        /// The project.
        project: String,
        /// The variant's name; the one called `full` gives the project its size.
        variant: String,
        /// The part of the full benefit that it keeps.
        benefit_share: Share,
    }
}

record! {
    /// A criterion of merit (table `criteria`); scores run from 0 to 100.
    pub struct CriterionRecord {
        /// Its code, a column of `scores`.
        criterion: String,
        /// Its name in Vietnamese.
        name_vi: String,
        /// Its name in English.
        name_en: String,
    }
}

record! {
    /// A source of money (table `funds`).
    pub struct FundRecord {
        /// Its code.
        fund: String,
        /// Its name in Vietnamese.
        name_vi: String,
        /// Its name in English.
        name_en: String,
        /// Its level.
        level: Level,
    }
}

record! {
    /// What a fund may pay for (table `eligibility`); a fund with no row pays for everything, blank cells match anything.
    pub struct EligibilityRecord {
        /// The fund.
        fund: String,
        /// The activity.
        activity: Option<String>,
        /// The area's class.
        area_class: Option<Class>,
        /// The project's kind.
        kind: Option<Kind>,
    }
}

record! {
    /// A ceiling (table `ceilings`); every fund and year of the programme has one.
    pub struct CeilingRecord {
        /// The fund.
        fund: String,
        /// The year.
        year: Year,
        /// The most that the fund may spend in the year.
        amount: Money,
    }
}

record! {
    /// A commune or ward (table `areas`).
    pub struct AreaRecord {
        /// Its name, unique in the dataset.
        area: String,
        /// The zone that it lies in, as its former district.
        zone: String,
        /// Its class of difficulty.
        class: Known<Class>,
        /// Its surface in km².
        km2: Known<SquareKilometres>,
        /// Its official code.
        code: Option<String>,
    }
}

record! {
    /// A sector (table `sectors`).
    pub struct SectorRecord {
        /// Its code.
        sector: String,
        /// Its name in Vietnamese.
        name_vi: String,
        /// Its name in English.
        name_en: String,
    }
}

record! {
    /// An activity of industrial promotion (table `activities`).
    pub struct ActivityRecord {
        /// Its code.
        activity: String,
        /// Its name in Vietnamese.
        name_vi: String,
        /// Its name in English.
        name_en: String,
        /// What `quantity` counts: establishments, models, classes, …
        unit: String,
    }
}

record! {
    /// An implementing unit (table `implementers`).
    pub struct ImplementerRecord {
        /// Its code.
        unit: String,
        /// Its name in Vietnamese.
        name_vi: String,
        /// Its name in English.
        name_en: String,
        /// The most projects that it can have open in one year; blank: no limit.
        most_open: Option<i64>,
    }
}

record! {
    /// A spending norm (table `norms`): support of a content ≤ min(percent × total cost, cap × quantity).
    pub struct NormRecord {
        /// The activity.
        activity: String,
        /// Where it holds: the nation's for national money, the province's (else the nation's) for other money.
        territory: Territory,
        /// The largest part of the total cost; blank: any.
        percent: Option<Share>,
        /// The largest support for one unit of quantity; blank: any.
        cap: Option<Money>,
        /// What the cap is per, as in the document.
        per: String,
        /// First day in force.
        valid_from: Date,
        /// Last day in force; blank: still in force.
        valid_to: Option<Date>,
        /// The document and its standing.
        document: String,
    }
}

record! {
    /// What the law asks of a kind of project (table `definitions`); blank cells ask nothing.
    pub struct DefinitionRecord {
        /// The kind.
        kind: Kind,
        /// Fewest different activities among its contents.
        least_contents: Option<i64>,
        /// Fewest beneficiaries.
        least_beneficiaries: Option<i64>,
        /// Fewest years of spending.
        least_years: Option<i64>,
        /// Most years of spending.
        most_years: Option<i64>,
        /// First day in force.
        valid_from: Date,
        /// Last day in force; blank: still in force.
        valid_to: Option<Date>,
        /// The document.
        document: String,
    }
}

record! {
    /// The advantage of a place in a sector (table `advantage`); a cell that is not listed is unknown.
    pub struct AdvantageRecord {
        /// An area or a zone; an area's own row goes before its zone's.
        place: String,
        /// The sector.
        sector: String,
        /// From 0% (none) to 100% (the strongest in the province).
        advantage: Share,
        /// Where it comes from.
        reason: String,
    }
}

record! {
    /// What some projects ask of others (table `relations`).
    pub struct RelationRecord {
        /// What is asked.
        relation: RelationKind,
        /// The project that requires or excludes; blank for `at_most`.
        project: Option<String>,
        /// The other projects, separated by `;`.
        others: Vec<String>,
        /// For `at_most`, how many of the others may be funded; otherwise blank.
        most: Option<i64>,
    }
}

record! {
    /// A promise made (table `commitments`): it passes every gate and counts in every rule.
    pub struct CommitmentRecord {
        /// The project.
        project: String,
        /// The variant promised.
        variant: String,
        /// The fund that pays.
        fund: String,
        /// The year in which it started or starts.
        start: Year,
        /// The implementing unit; blank where the project names none.
        unit: Option<String>,
    }
}

record! {
    /// A published target (table `targets`); the policy says whether it is held or reported.
    pub struct TargetRecord {
        /// Its code.
        target: String,
        /// Its name in Vietnamese.
        name_vi: String,
        /// Its name in English.
        name_en: String,
        /// Which projects, in the selection language.
        select: String,
        /// What is counted.
        counted: Counted,
        /// The least; blank: none.
        at_least: Option<i64>,
        /// The most; blank: none.
        at_most: Option<i64>,
        /// First year whose starts count; blank: the programme's first.
        from: Option<Year>,
        /// Last year whose starts count; blank: the programme's last.
        to: Option<Year>,
        /// Where it was published.
        source: String,
    }
}

/// Percent of the support in each year since the start.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Profile(pub Vec<i64>);

impl record::Cell for Profile {
    const ALLOWED: &'static str = "percentages by year, as `100`, `50|50` or `40|30|30`";

    fn parse(text: &str) -> Result<Self, crate::phrase::Phrase> {
        let parts: Option<Vec<i64>> = text
            .split('|')
            .map(|part| part.trim().parse().ok().filter(|p| (0..=100).contains(p)))
            .collect();
        match parts {
            Some(parts) if parts.iter().sum::<i64>() == 100 && parts.len() <= 10 => {
                Ok(Profile(parts))
            }
            _ => Err(crate::phrase!(
                "“{text}” không phải là tỷ lệ theo năm có tổng bằng 100",
                "“{text}” is no list of yearly percentages that add up to 100"
            )),
        }
    }

    fn print(&self) -> String {
        let parts: Vec<_> = self.0.iter().map(i64::to_string).collect();
        parts.join("|")
    }
}

/// A surface in hundredths of a square kilometre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SquareKilometres(pub i64);

impl record::Cell for SquareKilometres {
    const ALLOWED: &'static str = "km², as `25.09`";

    fn parse(text: &str) -> Result<Self, crate::phrase::Phrase> {
        crate::quantities::decimal(text, 2, 100_000_000).map(SquareKilometres)
    }

    fn print(&self) -> String {
        crate::quantities::plain(self.0, 2)
    }
}
