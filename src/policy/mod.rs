//! A policy: the rules and gates that a planner chooses, how benefit is measured, and in what order
//! a plan is drawn up.

mod ledger;
mod model;
mod order;
mod tier_table;
mod tiers;

pub use ledger::{CriterionLine, Ledger, Scoring};
pub use model::{Basis, BenefitSettings, Model, ModelAbout, TargetsAre, WeightRecord};
pub use order::{PassedOver, RuleOrder, rule_order};
pub use tier_table::Tiers;
pub use tiers::{Measure, Tier, tiers_manual};

use crate::phrase;
use crate::record::{Fault, Table};
use crate::rules::{Gate, KINDS, Kind, Origin, Rule};

/// The rules and gates of a model folder, with its weights and settings.
#[derive(Debug)]
pub struct Policy {
    /// Titles, reasons, settings.
    pub about: ModelAbout,
    /// Weights of criteria, by code.
    pub weights: Vec<WeightRecord>,
    /// Chosen rules.
    pub rules: Vec<Box<dyn Rule>>,
    /// Chosen gates.
    pub gates: Vec<Box<dyn Gate>>,
    /// The order in which a plan is drawn up.
    pub tiers: Tiers,
}

impl Policy {
    /// The policy of a model folder.
    ///
    /// # Errors
    /// Every fault of every table: a table that is no kind of rule, cells that cannot be read.
    pub fn new(model: Model) -> Result<Policy, Vec<Fault>> {
        let mut faults = model.about.faults();
        let mut rules = Vec::new();
        let mut gates = Vec::new();
        let mut tiers = Tiers::default();
        for table in &model.tables {
            let made = match Kind::find(&table.name).map(|kind| kind.origin) {
                Some(Origin::Policy(read)) => read(table).map(|more| rules.extend(more)),
                Some(Origin::PolicyGate(read)) => read(table).map(|more| gates.extend(more)),
                Some(Origin::Facts { .. } | Origin::LawGate(_)) => Err(vec![of_facts(table)]),
                None if table.name == "tiers" => Tiers::read(table).map(|read| tiers = read),
                None => Err(vec![no_rule(table)]),
            };
            if let Err(more) = made {
                faults.extend(more);
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Policy {
            about: model.about,
            weights: model.weights,
            rules,
            gates,
            tiers,
        })
    }
}

fn of_facts(table: &Table) -> Fault {
    let name = &table.name;
    table.fault(
        phrase!(
            "“{name}” là quy tắc của pháp luật hoặc của dữ liệu, không phải lựa chọn của chính sách",
            "“{name}” comes from the facts; a policy cannot choose it"
        ),
        phrase!(
            "hãy bỏ tệp này; `trongdiem rules {name}` cho biết bảng dữ liệu tương ứng",
            "remove this file; `trongdiem rules {name}` names the dataset table"
        ),
    )
}

fn no_rule(table: &Table) -> Fault {
    let name = &table.name;
    let chosen = KINDS
        .iter()
        .filter(|kind| matches!(kind.origin, Origin::Policy(_) | Origin::PolicyGate(_)));
    let names = chosen.map(|kind| kind.name).chain(["tiers"]);
    let names = names.collect::<Vec<_>>().join(", ");
    table.fault(
        phrase!(
            "không có quy tắc nào tên “{name}”",
            "there is no rule “{name}”"
        ),
        phrase!(
            "các quy tắc có thể chọn: {names}",
            "the rules to choose from: {names}"
        ),
    )
}
