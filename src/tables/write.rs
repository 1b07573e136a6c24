//! Facts to a dataset folder.

use std::path::Path;

use super::file::{csv_text, write_file};
use crate::programme::Facts;
use crate::record::{Cell, Fault, Record, Table};

/// Writes every table of a dataset; optional tables without rows are left out.
///
/// # Errors
/// A file cannot be written.
pub fn write_facts(folder: &Path, facts: &Facts) -> Result<(), Fault> {
    let write = |name: &str, text: &str| write_file(&folder.join(name), text);
    write(
        "dataset.toml",
        &toml::to_string(&facts.about).unwrap_or_default(),
    )?;
    for table in tables(facts) {
        write(&format!("{}.csv", table.name), &csv_text(&table))?;
    }
    Ok(())
}

fn tables(facts: &Facts) -> Vec<Table> {
    fn optional<R: Record>(name: &str, records: &[R]) -> Option<Table> {
        (!records.is_empty()).then(|| Table::of(name, records))
    }
    let needed = [
        Table::of("projects", &facts.projects),
        Table::of("contents", &facts.contents),
        Table::of("criteria", &facts.criteria),
        scores(facts),
        Table::of("funds", &facts.funds),
        Table::of("ceilings", &facts.ceilings),
        Table::of("areas", &facts.areas),
        Table::of("sectors", &facts.sectors),
        Table::of("activities", &facts.activities),
    ];
    let more = [
        optional("variants", &facts.variants),
        optional("eligibility", &facts.eligibility),
        optional("implementers", &facts.implementers),
        optional("norms", &facts.norms),
        optional("definitions", &facts.definitions),
        optional("advantage", &facts.advantage),
        optional("relations", &facts.relations),
        optional("commitments", &facts.commitments),
        optional("targets", &facts.targets),
    ];
    needed
        .into_iter()
        .chain(more.into_iter().flatten())
        .collect()
}

fn scores(facts: &Facts) -> Table {
    let criteria = facts.criteria.iter().map(|row| row.criterion.clone());
    let row = |record: &crate::programme::ScoreRecord| {
        let scores = record.scores.iter().map(Cell::print);
        std::iter::once(record.project.clone())
            .chain(scores)
            .collect()
    };
    Table {
        name: "scores".to_owned(),
        file: "scores.csv".to_owned(),
        columns: std::iter::once("project".to_owned())
            .chain(criteria)
            .collect(),
        rows: facts.scores.iter().map(row).collect(),
        lines: Vec::new(),
    }
}
