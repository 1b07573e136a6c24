//! A model folder: `model.toml`, `weights.csv`, and a table for each kind of rule chosen.

use std::path::Path;

use super::Change;
use super::dataset::{read_folder, toml_fault};
use super::file::{Input, read_text};
use crate::phrase;
use crate::policy::{Model, ModelAbout, Policy};
use crate::record::Fault;

/// The model of a folder, changed by `changes`, with the files read.
///
/// # Errors
/// Every fault of every file.
pub fn read_model(path: &Path, changes: &[Change]) -> Result<(Model, Vec<Input>), Vec<Fault>> {
    let mut faults = Vec::new();
    let mut keep = |more: Vec<Fault>| faults.extend(more);
    let about = read_about(&path.join("model.toml")).map_err(|fault| keep(vec![fault]));
    // Which tables are rules is the policy's to say.
    let folder = read_folder(path, "model.toml", |_| Ok(())).map_err(&mut keep);
    let (Ok((about, input)), Ok(mut folder)) = (about, folder) else {
        return Err(faults);
    };
    folder.inputs.insert(0, input);
    for change in changes {
        change
            .apply(&mut folder.tables)
            .unwrap_or_else(|fault| faults.push(fault));
    }
    let mut weights = Vec::new();
    if let Some(table) = folder.tables.remove("weights") {
        match table.records() {
            Ok(records) => weights = records,
            Err(more) => faults.extend(more),
        }
    } else {
        faults.push(Fault::of(
            path.join("weights.csv").display().to_string(),
            phrase!("thiếu bảng trọng số", "the table of weights is missing"),
            phrase!(
                "hãy thêm tệp với các cột criterion,weight",
                "add it, with columns criterion,weight"
            ),
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let model = Model {
        about,
        weights,
        tables: folder.tables.into_values().collect(),
    };
    Ok((model, folder.inputs))
}

/// The policy of a model folder, with the files read.
///
/// # Errors
/// Every fault of every file, then of the rules.
pub fn read_policy(path: &Path, changes: &[Change]) -> Result<(Policy, Vec<Input>), Vec<Fault>> {
    let (model, inputs) = read_model(path, changes)?;
    let policy = Policy::new(model).map_err(|faults| {
        let locate = |mut fault: Fault| {
            if fault.table == "model.toml" {
                fault.table = path.join("model.toml").display().to_string();
            }
            fault
        };
        faults.into_iter().map(locate).collect::<Vec<_>>()
    })?;
    Ok((policy, inputs))
}

fn read_about(path: &Path) -> Result<(ModelAbout, Input), Fault> {
    let (text, input) = read_text(path)?;
    let about = toml::from_str(&text).map_err(|error| toml_fault(path, &text, &error))?;
    Ok((about, input))
}
