//! Where the rules and gates of a policy are written: table, row, cells.

use super::Policy;
use crate::record::{Fault, Table};
use crate::rules::{KINDS, Kind};

/// The row of a rule or gate in its table.
#[derive(Debug, Clone)]
pub struct WrittenRow<'a> {
    /// The label of the rule or gate.
    pub label: String,
    /// The table.
    pub table: &'a Table,
    /// The record, from 0.
    pub record: usize,
}

impl Policy {
    /// The rows of every rule and gate, the rules first, each in the order of its table.
    pub fn rows(&self) -> impl Iterator<Item = WrittenRow<'_>> {
        let rules = self.rules.iter().map(|rule| rule.label());
        let gates = self.gates.iter().map(|gate| gate.label());
        let places = self.rule_rows.iter().chain(&self.gate_rows);
        let labelled = rules.chain(gates).zip(places);
        labelled.map(|(label, &(table, record))| WrittenRow {
            label,
            table: &self.tables[table],
            record,
        })
    }

    /// A fault of the rule or gate of this label, with its row where the policy writes it.
    #[must_use]
    pub fn place(&self, label: &str, fault: Fault) -> Fault {
        match self.rows().find(|row| row.label == label) {
            Some(row) => row.located(fault),
            None => Fault {
                rule: Some(label.to_owned()),
                ..fault
            },
        }
    }
}

impl<'a> WrittenRow<'a> {
    /// A fault of this rule with its file, line and text.
    #[must_use]
    pub fn located(&self, fault: Fault) -> Fault {
        Fault {
            rule: Some(self.label.clone()),
            ..fault.at(self.record).located(self.table)
        }
    }

    /// The cells that are filled in, of the columns that hold what `allowed` says, by column.
    pub fn cells_like(
        &self,
        allowed: &'static str,
    ) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
        let table = self.table;
        let cells = &table.rows[self.record];
        let kind: Option<&Kind> = KINDS.iter().find(|kind| kind.name == table.name);
        let columns = kind.map_or(&[][..], |kind| kind.columns).iter();
        let columns = columns.filter(move |column| column.allowed == allowed);
        columns.filter_map(move |column| {
            let place = table.columns.iter().position(|name| name == column.name)?;
            let text = cells.get(place)?.as_str();
            (!text.is_empty()).then_some((column.name, text))
        })
    }
}
