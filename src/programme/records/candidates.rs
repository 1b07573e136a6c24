//! The tables of candidates and of what is promised, asked and published of them.

use super::words::{Counted, Kind, Profile, RelationKind};
use crate::quantities::{Money, Share, Year};
use crate::record;
use crate::record::Known;

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
        /// Percent of the support in each year since the start, as `100` or `50|50`; they add up to 100 and do not end in 0.
        profile: Profile,
        /// Beneficiaries.
        beneficiaries: Known<i64>,
        /// Jobs made or kept.
        jobs: Known<i64>,
        /// Staff-months of the implementing unit that it takes in each year in which it is open; needed where a unit of its own has a limit of them.
        staff_months: Option<i64>,
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
        /// The variant's name; the one called `full` (else the one that keeps most benefit) gives the project its size.
        variant: String,
        /// The part of the full benefit that it keeps.
        benefit_share: Share,
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
        /// The fund, or mix of funds, that pays.
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
        /// Which projects, in the selection language; blank: all.
        select: Option<String>,
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

record! {
    /// Support that a beneficiary was given before or beside this programme (table `earlier_grants`).
    pub struct EarlierGrantRecord {
        /// The beneficiary's anonymous code.
        beneficiary: String,
        /// The year in which the support started.
        year: Year,
        /// The activity (an `activity` of `activities`).
        activity: String,
        /// The support given.
        support: Known<Money>,
    }
}

record! {
    /// A typical rural industrial product that was recognised (table `recognitions`).
    pub struct RecognitionRecord {
        /// The anonymous code of the beneficiary who makes it.
        beneficiary: String,
        /// The product.
        product: String,
        /// The year of recognition.
        year: Year,
        /// The level of the vote: commune, province, region, nation.
        level: String,
        /// Where it was published, or that it is illustrative.
        source: String,
    }
}
