//! A policy: the rules and gates that a planner chooses, how benefit is measured, and in what order
//! a plan is drawn up.

mod ledger;
mod model;
mod order;
mod rows;
mod tier_table;
mod tiers;
mod weights;

pub use ledger::{CriterionLine, Ledger, Scoring};
pub use model::{AboveNorm, Basis, BenefitSettings, Model, ModelAbout, SoftRecord, TargetsAre};
pub use order::{PassedOver, RuleOrder, rule_order};
pub use rows::WrittenRow;
pub use tier_table::Tiers;
pub use tiers::{Measure, Tier, tiers_manual};
pub use weights::{Made, PairRecord, RankRecord, Times, WeightRecord, Weights};

use crate::phrase;
use crate::record::{Fault, Table};
use crate::rules::{Gate, KINDS, Kind, Origin, Rule, kind_of};

/// The rules and gates of a model folder, with its weights and settings.
#[derive(Debug)]
pub struct Policy {
    /// Titles, reasons, settings.
    pub about: ModelAbout,
    /// Weights of criteria, by code, and how they were made.
    pub weights: Weights,
    /// Chosen rules.
    pub rules: Vec<Box<dyn Rule>>,
    /// Chosen gates.
    pub gates: Vec<Box<dyn Gate>>,
    /// Rules that may be broken at a price, with the line of each in its table.
    pub soft: Vec<SoftRecord>,
    /// The order in which a plan is drawn up.
    pub tiers: Tiers,
    tables: Vec<Table>,
    /// The table and record of each rule, and of each gate, in their order.
    rule_rows: Vec<(usize, usize)>,
    gate_rows: Vec<(usize, usize)>,
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
        let mut soft = Vec::new();
        let soft_table = model.tables.iter().find(|table| table.name == "soft");
        if let Some(table) = soft_table {
            match table.records() {
                Ok(records) => soft = records,
                Err(more) => faults.extend(more),
            }
        }
        let (mut rule_rows, mut gate_rows) = (Vec::new(), Vec::new());
        for (position, table) in model.tables.iter().enumerate() {
            if table.name == "soft" {
                continue;
            }
            let row = |record| (position, record);
            let made = match Kind::find(&table.name).map(|kind| kind.origin) {
                Some(Origin::Policy(read)) => read(table).map(|more| {
                    rule_rows.extend((0..more.len()).map(row));
                    rules.extend(more);
                }),
                Some(Origin::PolicyGate(read)) => read(table).map(|more| {
                    gate_rows.extend((0..more.len()).map(row));
                    gates.extend(more);
                }),
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
            soft,
            tiers,
            tables: model.tables,
            rule_rows,
            gate_rows,
        })
    }

    /// The price of a unit of breach of a rule, in thousandths of a point; `None` if it holds. A
    /// row that names the rule itself goes before one that names its kind.
    #[must_use]
    pub fn price(&self, label: &str) -> Option<i64> {
        let kind = kind_of(label);
        let of = |name: &str| self.soft.iter().find(|row| row.rule == name);
        of(label).or_else(|| of(kind)).map(|row| row.price * 1000)
    }

    /// The faults of rows of table `soft` that name none of the rules that may be soft, by label.
    #[must_use]
    pub fn soft_faults(&self, labels: &[String]) -> Vec<Fault> {
        // A policy may speak of targets that this province has not published.
        let is_known = |name: &String| {
            name == "targets" || labels.iter().any(|own| own == name || kind_of(own) == name)
        };
        let mut faults = Vec::new();
        for (record, row) in self.soft.iter().enumerate() {
            let repeated = self.soft[..record].iter().any(|own| own.rule == row.rule);
            if is_known(&row.rule) && !repeated {
                continue;
            }
            let (name, known) = (&row.rule, labels.join("; "));
            let fault = if repeated {
                Fault::of(
                    "soft",
                    phrase!("“{name}” có hai dòng", "“{name}” stands twice"),
                    phrase!("hãy bỏ một dòng", "remove one of the rows"),
                )
            } else {
                Fault::of(
                    "soft",
                    phrase!(
                        "không có quy tắc “{name}” có thể nới",
                        "there is no rule “{name}” that may be soft"
                    ),
                    phrase!(
                        "các quy tắc có thể nới ở đây: {known}",
                        "the rules that may be soft here: {known}"
                    ),
                )
            };
            let fault = fault.at(record).column("rule");
            faults.push(
                match self.tables.iter().find(|table| table.name == "soft") {
                    Some(table) => fault.located(table),
                    None => fault,
                },
            );
        }
        faults
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
