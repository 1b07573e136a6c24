//! The tables that candidates refer to: places, money, law, criteria.

use super::words::{Class, Kind, Level, Schedule, SquareKilometres, Territory};
use crate::quantities::{Date, Money, Ratio, Share, Year};
use crate::record;
use crate::record::Known;

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
        /// The part of each ceiling that pays for managing the programme, not for projects; blank: none.
        management: Option<Share>,
        /// The part of what is unspent at the end of a year that is carried over; blank: none, it lapses.
        carried_over: Option<Share>,
        /// For how many years after its own a year's money may be carried over; blank where nothing is.
        expires_after: Option<i64>,
        /// For recoverable support: percent of each payment that comes back in the first, second, … year after it, as `0|30|30|40`; blank: none.
        repaid: Option<Schedule>,
        /// Whether repayments not spent are carried over as the year's own money is; blank where nothing comes back.
        repayments_carry: Option<bool>,
    }
}

record! {
    /// A fund's part in a mix of funds that pays for a project (table `mixes`); the parts of a mix add up to 100%.
    pub struct MixRecord {
        /// The mix's code, none of a fund.
        mix: String,
        /// The fund.
        fund: String,
        /// Its part.
        share: Share,
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
    /// A ceiling (table `ceilings`); every fund has one for each year of the programme, and may have one for the whole.
    pub struct CeilingRecord {
        /// The fund.
        fund: String,
        /// The year; blank: the whole programme.
        year: Option<Year>,
        /// The most that the fund may spend in the year, or in all years.
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
        /// People who live there; blank: unknown.
        people: Option<i64>,
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
        /// Staff-months that it can give to projects in one year; blank: no limit.
        staff_months: Option<i64>,
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
        /// By what the cap is multiplied in a difficult or specially difficult area, as `1.5`; blank: by nothing.
        difficult_factor: Option<Ratio>,
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
