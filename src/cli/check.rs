//! `trongdiem check`: every fault of a dataset, and of a policy for it.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::exit::{print, warn};
use super::options::{folder_fault, located};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::{Conditions, Problem};
use crate::record::Fault;
use crate::tables::{read_policy, read_programme};

/// List every fault of a dataset, and of a policy for it.
#[derive(Debug, Args)]
#[command(after_help = "Example: trongdiem check datasets/son-la models/directive-20")]
pub(super) struct CheckArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policy's folder.
    model: Option<PathBuf>,
}

pub(super) fn run(arguments: &CheckArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let paths = [Some(&arguments.dataset), arguments.model.as_ref()];
    let mut faults: Vec<_> = paths
        .into_iter()
        .flatten()
        .filter_map(|path| folder_fault(path))
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut keep = |more: Vec<Fault>| faults.extend(more);
    let programme = read_programme(&arguments.dataset, &[]).map_err(&mut keep);
    let policy = arguments
        .model
        .as_ref()
        .map(|path| read_policy(path, &[]).map_err(&mut keep));
    let Ok((programme, _)) = programme else {
        return Err(faults);
    };
    let (projects, years) = (programme.projects.len(), programme.years.len());
    let mut text = phrase!(
        "{projects} đề án trong {years} năm, không có lỗi.",
        "No fault; projects: {projects}, years: {years}.";
        projects, years
    );
    match policy {
        None => {}
        Some(Err(())) => return Err(faults),
        Some(Ok((policy, _))) => {
            let place = |faults| located(faults, &arguments.dataset);
            let problem = Problem::new(&programme, &policy, &Conditions::default());
            let problem = problem.map_err(place)?;
            warn(&place(problem.warnings()), language);
            problem.formulate().map_err(place)?;
            let admission = problem.admission();
            let (open, asked) = (
                projects - admission.refused().len(),
                admission.requested(problem.programme()),
            );
            let fit = phrase!(
                " Chính sách phù hợp với dữ liệu: {open} đề án đủ điều kiện, đề nghị {asked}.",
                " The policy fits the data: admissible candidates: {open}, asking for {asked}.";
                open, asked
            );
            text.vi += &fit.vi;
            text.en += &fit.en;
        }
    }
    print(&format!("{}\n", text.say(language)))?;
    Ok(Exit::Done)
}
