//! The rules and gates: one file each, listed once at the foot of this page.
//!
//! To add a rule, copy the file whose rule is most like it, write its manual (the `//!` header),
//! its table row (the [`record!`](crate::record!)) and the methods of [`Rule`], then add one line
//! to the registry. The tests say what is still missing.

mod finding;

use std::fmt::{self, Debug};

use serde::Serialize;

use crate::formulation::Formulation;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::record::{Column, Fault, Record, Table};
use crate::selector::Claim;
pub use finding::{Family, Finding, Unit};

/// A rule: what it says, how it binds the solver, how a plan is held to it.
pub trait Rule: Debug + Send + Sync {
    /// Its kind, with what tells it from others of the kind: `minimum_share[kind=pilot]`. The
    /// labels of its rows and findings begin alike and add the case.
    fn label(&self) -> String;

    /// Law, money, focus, balance or order.
    fn family(&self) -> Family;

    /// The rule with its numbers, as one sentence a planner would sign.
    fn sentence(&self) -> Phrase;

    /// The article or document that it rests on, where its table gives one.
    fn basis(&self) -> Option<&str> {
        None
    }

    /// What in it does not fit this programme.
    fn faults(&self, programme: &Programme) -> Vec<Fault>;

    /// What it asks of measures that other rules may speak of too: a floor above a cap for the same
    /// is a fault.
    fn claims(&self, _: &Programme) -> Vec<Claim> {
        Vec::new()
    }

    /// Writes the rule as rows; a helper column comes with its witness, its exact value for any
    /// plan.
    fn formulate(&self, programme: &Programme, formulation: &mut Formulation);

    /// Holds `plan` to the rule, exactly and without looking at any row: a finding a case.
    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding>;

    /// One notch looser, for prices and repairs; `None` where nothing looser makes sense.
    fn loosened(&self, programme: &Programme) -> Option<Box<dyn Rule>>;
}

/// What a gate says of one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may pass.
    Passes,
    /// It passes, but something it rests on is unknown.
    Doubted(Reason),
    /// It may not pass.
    Refused(Reason),
}

/// Why a gate refuses or doubts a decision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Reason {
    /// The gate, with the case where it has several: `norm`, `definition`.
    pub code: String,
    /// Why, in one sentence.
    pub sentence: Phrase,
    /// What would change it.
    pub remedy: Phrase,
}

/// A gate: decides on one decision alone, before any solve.
pub trait Gate: Debug + Send + Sync {
    /// Its kind, with what tells it from others of the kind.
    fn label(&self) -> String;

    /// The gate as one sentence a planner would sign.
    fn sentence(&self) -> Phrase;

    /// The article or document that it rests on, where its table gives one.
    fn basis(&self) -> Option<&str> {
        None
    }

    /// What in it does not fit this programme.
    fn faults(&self, programme: &Programme) -> Vec<Fault>;

    /// What it says of a decision; what it does with "unknown" is in its manual.
    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict;

    /// One notch looser; `None` where nothing looser makes sense.
    fn loosened(&self, programme: &Programme) -> Option<Box<dyn Gate>>;
}

/// A rule that the facts make: always in force, one for each row of its dataset table.
pub trait OfFacts: Rule + Sized + 'static {
    /// The dataset table that it reads.
    const TABLE: &'static str;

    /// The rules that the programme's table makes.
    fn gather(programme: &Programme) -> Vec<Self>;
}

/// The rules or gates of a table, or all its faults.
pub type Read<T> = Result<Vec<Box<T>>, Vec<Fault>>;

/// Where the rules or gates of a kind come from.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// Rules made by the facts of a dataset table.
    Facts {
        /// The table.
        table: &'static str,
        /// The rules that it makes.
        gather: fn(&Programme) -> Vec<Box<dyn Rule>>,
    },
    /// Rules chosen by a policy, one for each row of the model table named after the kind.
    Policy(fn(&Table) -> Read<dyn Rule>),
    /// A gate that always stands.
    LawGate(fn() -> Box<dyn Gate>),
    /// Gates chosen by a policy, one for each row of the model table named after the kind.
    PolicyGate(fn(&Table) -> Read<dyn Gate>),
}

/// A kind of rule or gate, known before any of that kind is written down.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name: of its file, its table, its labels and its page in `trongdiem rules`.
    pub name: &'static str,
    /// Where rules of the kind come from.
    pub origin: Origin,
    /// The columns of its table, where a policy chooses rules of the kind.
    pub columns: &'static [Column],
    source: &'static str,
}

impl Kind {
    /// The manual: the `//!` header of the kind's own source file.
    #[must_use]
    pub fn manual(&self) -> String {
        manual_of(self.source)
    }

    /// Its title, from the first line of its manual: `# Norm · Mức chi`.
    #[must_use]
    pub fn title(&self) -> Phrase {
        let first = self.source.lines().next().unwrap_or_default();
        let titles = first.trim_start_matches("//! # ");
        match titles.split_once(" · ") {
            Some((en, vi)) => Phrase::new(vi, en),
            None => Phrase::same(titles),
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}

impl Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The manual in a source file: its `//!` header.
pub(crate) fn manual_of(source: &str) -> String {
    let header = source.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<_> = header
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n")
}

/// The kind of a label: `minimum_share` of `minimum_share[kind=pilot,2027]`.
#[must_use]
pub fn kind_of(label: &str) -> &str {
    label.split('[').next().unwrap_or(label)
}

/// `kind[part,part]`, blank parts left out.
fn label(kind: &str, parts: &[&str]) -> String {
    let parts: Vec<_> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}[{}]", parts.join(","))
    }
}

/// `i128` arithmetic brought back to `i64` by rounding down to whole units of 10 000.
fn whole_units(ten_thousandths: i128) -> i64 {
    let units = ten_thousandths.div_euclid(i128::from(crate::quantities::Share::WHOLE));
    i64::try_from(units).unwrap_or(if units < 0 { i64::MIN } else { i64::MAX })
}

/// The fault of a column where the terms of a row, at most `largest` together, could pass 64 bits.
fn too_large(column: &str, largest: i128) -> Option<Fault> {
    let fault = || {
        let cause = crate::phrase!(
            "số tiền của chương trình quá lớn để tính chính xác với tỷ lệ này",
            "the programme's amounts are too large to be computed exactly at this rate"
        );
        let remedy = crate::phrase!(
            "hãy kiểm tra đơn vị (triệu đồng) và tỷ lệ ở cột {column}",
            "check the unit (million đồng) and the rate in column {column}"
        );
        Fault::of(column, cause, remedy).column(column)
    };
    (largest > i128::from(i64::MAX)).then(fault)
}

fn boxed_rules<R: Rule + Record + 'static>(table: &Table) -> Read<dyn Rule> {
    let rules = table.records::<R>()?;
    Ok(rules
        .into_iter()
        .map(|rule| Box::new(rule) as Box<dyn Rule>)
        .collect())
}

fn boxed_gates<G: Gate + Record + 'static>(table: &Table) -> Read<dyn Gate> {
    let gates = table.records::<G>()?;
    Ok(gates
        .into_iter()
        .map(|gate| Box::new(gate) as Box<dyn Gate>)
        .collect())
}

fn gathered<R: OfFacts>(programme: &Programme) -> Vec<Box<dyn Rule>> {
    let rules = R::gather(programme).into_iter();
    rules.map(|rule| Box::new(rule) as Box<dyn Rule>).collect()
}

macro_rules! origin {
    (facts $rule:path) => {
        Origin::Facts {
            table: <$rule as OfFacts>::TABLE,
            gather: gathered::<$rule>,
        }
    };
    (policy $rule:path) => {
        Origin::Policy(boxed_rules::<$rule>)
    };
    (law_gate $gate:path) => {
        Origin::LawGate(|| Box::new($gate))
    };
    (policy_gate $gate:path) => {
        Origin::PolicyGate(boxed_gates::<$gate>)
    };
}

macro_rules! columns {
    (policy $rule:path) => {
        <$rule as Record>::COLUMNS
    };
    (policy_gate $gate:path) => {
        <$gate as Record>::COLUMNS
    };
    ($from:ident $rule:path) => {
        &[]
    };
}

macro_rules! registry {
    ($($from:ident $file:ident::$rule:ident,)+) => {
        $(pub mod $file;)+

        /// Every kind of gate and rule, in the order of the rule book.
        pub const KINDS: &[Kind] = &[$(Kind {
            name: stringify!($file),
            origin: origin!($from $file::$rule),
            columns: columns!($from $file::$rule),
            source: include_str!(concat!(stringify!($file), ".rs")),
        },)+];
    };
}

registry! {
    law_gate window::Window,
    law_gate completion::Completion,
    law_gate eligibility::Eligibility,
    law_gate norm::Norm,
    law_gate counterpart::Counterpart,
    law_gate other_state_source::OtherStateSource,
    law_gate definition::Definition,
    policy_gate least_grant::LeastGrant,
    policy_gate least_score::LeastScore,
    policy_gate pass_mark::PassMark,
    policy_gate least_instalment::LeastInstalment,
    policy_gate fund_part::FundPart,
    facts ceiling::Ceiling,
    facts carry_over::CarryOver,
    facts commitment::Commitment,
    facts prerequisite::Prerequisite,
    facts exclusion::Exclusion,
    facts open_limit::OpenLimit,
    facts staff_months::StaffMonths,
    facts targets::Target,
    policy minimum_share::MinimumShare,
    policy maximum_share::MaximumShare,
    policy minimum_count::MinimumCount,
    policy maximum_count::MaximumCount,
    policy minimum_money::MinimumMoney,
    policy maximum_money::MaximumMoney,
    policy focal_points::FocalPoints,
    policy top_share::TopShare,
    policy start_limit::StartLimit,
    policy maximum_open::MaximumOpen,
    policy mobilised_money::MobilisedMoney,
    policy steadiness::Steadiness,
    policy proportional_share::ProportionalShare,
    policy grant_interval::GrantInterval,
    policy follow_up::FollowUp,
    policy replication::Replication,
}
