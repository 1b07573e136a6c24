//! A model folder: `model.toml`, the weights, and a table for each kind of rule chosen.

use std::path::Path;

use super::Change;
use super::dataset::{read_folder, toml_fault};
use super::file::{Input, read_text};
use crate::policy::{Model, ModelAbout, Policy, Weights};
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
    let given: Vec<_> = Weights::TABLES
        .iter()
        .filter_map(|name| folder.tables.remove(*name))
        .collect();
    let accepted = about.benefit.consistency_accepted.as_deref();
    let weights = Weights::read(&given, accepted)
        .map_err(|more| faults.extend(more.into_iter().map(|fault| inside(path, fault))));
    let Ok(weights) = weights else {
        return Err(faults);
    };
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
    let locate = |faults: Vec<Fault>| -> Vec<Fault> {
        faults
            .into_iter()
            .map(|fault| inside(path, fault))
            .collect()
    };
    let policy = Policy::new(model).map_err(locate)?;
    Ok((policy, inputs))
}

/// The fault with the path of the folder's file that it names.
fn inside(folder: &Path, mut fault: Fault) -> Fault {
    if ["model.toml", "weights.csv"].contains(&fault.table.as_str()) {
        fault.table = folder.join(&fault.table).display().to_string();
    }
    fault
}

fn read_about(path: &Path) -> Result<(ModelAbout, Input), Fault> {
    let (text, input) = read_text(path)?;
    let about = toml::from_str(&text).map_err(|error| toml_fault(path, &text, &error))?;
    Ok((about, input))
}
