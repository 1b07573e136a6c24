//! Facts to a dataset folder.

use std::path::Path;

use super::dataset::is_optional;
use super::file::{csv_text, remove_file, write_file};
use crate::programme::Facts;
use crate::record::{Cell, Fault, Table};

/// Writes every table of a dataset. Optional tables without rows are left out, and taken away where
/// an older dataset of the folder had them, so that none of its rows stays in force.
///
/// # Errors
/// A file cannot be written, or not taken away.
pub fn write_facts(folder: &Path, facts: &Facts) -> Result<(), Fault> {
    let write = |name: &str, text: &str| write_file(&folder.join(name), text);
    write(
        "dataset.toml",
        &toml::to_string(&facts.about).unwrap_or_default(),
    )?;
    for table in tables(facts) {
        let name = format!("{}.csv", table.name);
        if table.rows.is_empty() && is_optional(&table.name) {
            remove_file(&folder.join(name))?;
        } else {
            write(&name, &csv_text(&table))?;
        }
    }
    Ok(())
}

fn tables(facts: &Facts) -> Vec<Table> {
    vec![
        Table::of("projects", &facts.projects),
        Table::of("contents", &facts.contents),
        Table::of("variants", &facts.variants),
        Table::of("criteria", &facts.criteria),
        scores(facts),
        Table::of("funds", &facts.funds),
        Table::of("mixes", &facts.mixes),
        Table::of("eligibility", &facts.eligibility),
        Table::of("ceilings", &facts.ceilings),
        Table::of("areas", &facts.areas),
        Table::of("sectors", &facts.sectors),
        Table::of("activities", &facts.activities),
        Table::of("implementers", &facts.implementers),
        Table::of("norms", &facts.norms),
        Table::of("definitions", &facts.definitions),
        Table::of("structure", &facts.structure),
        Table::of("quotients", &facts.quotients),
        Table::of("advantage", &facts.advantage),
        Table::of("relations", &facts.relations),
        Table::of("commitments", &facts.commitments),
        Table::of("targets", &facts.targets),
        Table::of("earlier_grants", &facts.earlier_grants),
        Table::of("recognitions", &facts.recognitions),
    ]
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
