//! `trongdiem formulate`: the optimisation problem for another solver.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::exit::print;
use super::options::{Scenario, ScenarioOptions, located};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::record::Fault;
use crate::tables::write_file;

/// Write the optimisation problem for another solver.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem formulate datasets/tiny models/directive-20 --to tiny.mps"
)]
pub(super) struct FormulateArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policy's folder.
    model: PathBuf,
    /// Where to: a file that ends in .lp or .mps; a map of its names is written beside it.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    #[command(flatten)]
    scenario: ScenarioOptions,
}

pub(super) fn run(arguments: &FormulateArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let Scenario {
        programme, policy, ..
    } = arguments
        .scenario
        .read(&arguments.dataset, &arguments.model)?;
    let problem = Problem::new(&programme, &policy, &arguments.scenario.conditions());
    let problem = problem.map_err(|faults| located(faults, &arguments.dataset))?;
    let formulation = problem.formulate()?;
    let exported = match arguments.to.extension().and_then(|end| end.to_str()) {
        Some("lp") => formulation.to_lp(),
        Some("mps") => formulation.to_mps(),
        _ => {
            return Err(vec![Fault::of(
                arguments.to.display().to_string(),
                phrase!("không biết định dạng này", "this format is not known"),
                phrase!(
                    "hãy dùng tên tệp kết thúc bằng .lp hoặc .mps",
                    "end the name in .lp or .mps"
                ),
            )]);
        }
    };
    let mut map = arguments.to.clone().into_os_string();
    map.push(".names.csv");
    let one = |fault| vec![fault];
    write_file(&arguments.to, &exported.model).map_err(one)?;
    write_file(&PathBuf::from(&map), &exported.map).map_err(one)?;
    let (columns, rows) = (formulation.benefit().len(), formulation.rows().len());
    let helpers = formulation.helpers().len();
    let (to, map) = (arguments.to.display(), map.to_string_lossy().into_owned());
    let text = phrase!(
        "Đã ghi {columns} biến quyết định, {helpers} biến phụ, {rows} ràng buộc vào {to}; tên ở {map}.",
        "Wrote {columns} decisions, {helpers} helper columns and {rows} rows to {to}; names in {map}.";
        columns, helpers, rows
    );
    print(&format!("{}\n", text.say(language)))?;
    Ok(Exit::Done)
}
