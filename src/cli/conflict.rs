//! `trongdiem conflict`: what cannot hold together, and what would repair it.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::Exit;
use super::exit::{print, warn};
use super::options::{Form, Scenario, ScenarioOptions, SolveOptions, located};
use super::progress::{Counted, Progress};
use crate::analysis::{Asking, Conflict, Repair, conflicts, repairs};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::record::Fault;
use crate::report::conflict_told;
use crate::solve::Settings;

/// The longest solve of a plan that proves a repair.
const LONGEST: Duration = Duration::from_secs(5);

/// Say what cannot hold together where no plan exists, and what would repair it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem conflict datasets/son-la models/directive-20 --set 'minimum_share[kind=pilot].share=95%' --lang vi"
)]
pub(super) struct ConflictArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policy's folder.
    model: PathBuf,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    solve: SolveOptions,
}

pub(super) fn run(arguments: &ConflictArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let Scenario {
        programme, policy, ..
    } = arguments
        .scenario
        .read(&arguments.dataset, &arguments.model)?;
    let place = |faults| located(faults, &arguments.dataset);
    let problem = Problem::new(&programme, &policy, &arguments.scenario.conditions());
    let problem = problem.map_err(place)?;
    warn(&place(problem.warnings()), language);
    let (conflicts, repairs) = search_conflicts(&problem, &arguments.solve.settings(1), language);
    let told = conflict_told(&problem, &conflicts, &repairs, language);
    print(&arguments.format.of(&told))?;
    Ok(if conflicts.is_empty() {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// The conflicts of a problem and their repairs, with a sign of life.
pub(super) fn search_conflicts(
    problem: &Problem<'_>,
    settings: &Settings,
    language: Language,
) -> (Vec<Conflict>, Vec<Repair>) {
    let searching = phrase!(
        "Đang tìm các quy tắc mâu thuẫn",
        "Looking for the rules in conflict"
    );
    let progress = Progress::start(searching.say(language), language);
    let all = conflicts(problem, settings, Asking::default());
    drop(progress);
    let repairing = phrase!("Đang tìm cách khắc phục", "Looking for repairs");
    let counted = Counted::start(repairing.say(language), language);
    let tell = |done, all| counted.tell(done, all);
    let asking = Asking {
        listener: Some(&tell),
        ..Asking::default()
    };
    let own = Settings {
        time_limit: settings.time_limit.map(|limit| limit.min(LONGEST)),
        threads: 1,
        ..settings.clone()
    };
    let repairs = repairs(problem, &all, &own, asking);
    (all, repairs)
}
