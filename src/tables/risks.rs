//! A folder of risks: tables `drop_outs` and `cuts`, as the planner judges them.

use std::path::Path;

use super::dataset::read_folder;
use super::file::Input;
use crate::phrase;
use crate::record::{Fault, Table};

/// The tables that the folder may have; those marked `true` it must.
const TABLES: [(&str, bool); 2] = [("drop_outs", true), ("cuts", false)];

/// The tables of a folder of risks, with the files read.
///
/// # Errors
/// The folder cannot be read, a table is missing or unknown, every fault of each file's form.
pub fn read_risks(folder: &Path) -> Result<(Vec<Table>, Vec<Input>), Vec<Fault>> {
    let mut found = read_folder(folder, "", known)?;
    let missing = |(name, needed): &(&str, bool)| *needed && !found.tables.contains_key(*name);
    let faults = TABLES.iter().filter(|own| missing(own)).map(|(name, _)| {
        Fault::of(
            folder.join(format!("{name}.csv")).display().to_string(),
            phrase!("thiếu bảng {name}", "the table {name} is missing"),
            phrase!(
                "hãy thêm tệp với các cột select, drop_out, slip; mẫu có trong examples/risks",
                "add it with the columns select, drop_out, slip; examples/risks shows the form"
            ),
        )
    });
    let faults: Vec<Fault> = faults.collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let tables = TABLES
        .iter()
        .filter_map(|(name, _)| found.tables.remove(*name));
    Ok((tables.collect(), found.inputs))
}

fn known(name: &str) -> Result<(), Fault> {
    if TABLES.iter().any(|(own, _)| *own == name) {
        return Ok(());
    }
    Err(Fault::of(
        name,
        phrase!(
            "thư mục rủi ro không có bảng nào tên “{name}”",
            "a folder of risks has no table “{name}”"
        ),
        phrase!("các bảng: drop_outs, cuts", "the tables: drop_outs, cuts"),
    ))
}
