//! `trongdiem compare`: several policies on one dataset, side by side.

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::Exit;
use super::exit::print;
use super::options::{
    Form, Listed, Scenario, ScenarioOptions, SolveOptions, folder_fault, listed, located,
};
use super::progress::Progress;
use crate::analysis::{Drawn, Figures, changes, conflict, draw_up, figures};
use crate::phrase;
use crate::phrase::Language;
use crate::plan::Outcome;
use crate::problem::Problem;
use crate::record::Fault;
use crate::report::{Compared, changes_told, compare_csv, compare_text};
use crate::tables::{csv_text, read_plan, write_file};

/// Draw up a plan of a dataset under each of several policies, and show them side by side; or show what
/// changed from one plan to another.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  trongdiem compare datasets/son-la models/directive-20 models/equity models/spread-thin --lang vi\n  trongdiem compare datasets/son-la models/directive-20 --plans before.csv after.csv"
)]
pub(super) struct CompareArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policies' folders; benefit and broken rules are measured by the first.
    #[arg(required = true)]
    models: Vec<PathBuf>,
    /// Instead of drawing up plans, show what changed from one plan to another and why, by the rules
    /// of one policy.
    #[arg(long, num_args = 2, value_names = ["BEFORE.CSV", "AFTER.CSV"])]
    plans: Option<Vec<PathBuf>>,
    /// How the changes from one plan to another are printed.
    #[arg(long, value_enum, default_value_t = Form::Text, requires = "plans")]
    format: Form,
    /// How many projects are listed of those put out, taken in and moved: a number, or all.
    #[arg(long, default_value = "20", value_parser = listed, requires = "plans")]
    list: Listed,
    /// Write the table to this CSV file.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    solve: SolveOptions,
}

pub(super) fn run(arguments: &CompareArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let folders = std::iter::once(&arguments.dataset).chain(&arguments.models);
    let missing: Vec<_> = folders.filter_map(|path| folder_fault(path)).collect();
    let plans = arguments.models.iter().filter_map(|path| plan_fault(path));
    let plans: Vec<_> = plans.collect();
    if !plans.is_empty() || !missing.is_empty() {
        return Err(if plans.is_empty() { missing } else { plans });
    }
    if let Some(plans) = &arguments.plans {
        return between_plans(arguments, plans, language);
    }
    let mut scenarios = Vec::new();
    for model in &arguments.models {
        scenarios.push(arguments.scenario.read(&arguments.dataset, model)?);
    }
    let all = compared(arguments, &scenarios, language)?;
    if let Some(path) = &arguments.out {
        let text = csv_text(&compare_csv(&all, language));
        write_file(path, &text).map_err(|fault| vec![fault])?;
    }
    print(&compare_text(&all, language))?;
    let has_all = all.iter().all(|own| own.figures.is_some());
    Ok(if has_all { Exit::Done } else { Exit::Refused })
}

/// What changed from one plan to another.
fn between_plans(
    arguments: &CompareArguments,
    plans: &[PathBuf],
    language: Language,
) -> Result<Exit, Vec<Fault>> {
    let [model] = &arguments.models[..] else {
        return Err(vec![one_policy()]);
    };
    let own = arguments.scenario.read(&arguments.dataset, model)?;
    let conditions = arguments.scenario.conditions();
    let problem = Problem::new(&own.programme, &own.policy, &conditions);
    let problem = problem.map_err(|faults| located(faults, &arguments.dataset))?;
    let formulation = problem.formulate_held();
    let mut read = Vec::new();
    for path in plans {
        read.push(read_plan(problem.programme(), path)?.0);
    }
    let [before, after] = &read[..] else {
        return Err(vec![one_policy()]);
    };
    let changes = changes(&problem, &formulation, [before, after]);
    let told = changes_told(&problem, &changes, language, arguments.list.0);
    if let Some(path) = &arguments.out {
        write_file(path, &csv_text(&told.table)).map_err(|fault| vec![fault])?;
    }
    print(&arguments.format.of(&told))?;
    Ok(Exit::Done)
}

/// The fault of a plan that stands where a policy's folder is asked for.
fn plan_fault(path: &Path) -> Option<Fault> {
    let is_plan = path.is_file() || path.join("plan.csv").is_file();
    is_plan.then(|| {
        Fault::of(
            path.display().to_string(),
            phrase!(
                "đây là một kế hoạch, không phải thư mục chính sách",
                "this is a plan, not a policy's folder"
            ),
            phrase!(
                "hãy ghi hai tệp kế hoạch sau --plans, ví dụ --plans plans/trước/plan.csv plans/sau/plan.csv",
                "name two plan files after --plans, as --plans before.csv after.csv"
            ),
        )
    })
}

fn one_policy() -> Fault {
    Fault::of(
        "--plans",
        phrase!(
            "hai kế hoạch được so theo quy tắc của đúng một chính sách",
            "two plans are compared by the rules of exactly one policy"
        ),
        phrase!(
            "hãy ghi một thư mục chính sách và hai tệp kế hoạch",
            "name one policy's folder and two plan files"
        ),
    )
}

/// Draws up every policy's plan, as many at once as there are threads.
fn compared(
    arguments: &CompareArguments,
    scenarios: &[Scenario],
    language: Language,
) -> Result<Vec<Compared>, Vec<Fault>> {
    let place = |faults| located(faults, &arguments.dataset);
    let mut problems = Vec::new();
    let conditions = arguments.scenario.conditions();
    for own in scenarios {
        let problem = Problem::new(&own.programme, &own.policy, &conditions);
        problems.push(problem.map_err(place)?);
    }
    let text = phrase!("Đang lập các kế hoạch", "Drawing up the plans");
    let _progress = Progress::start(text.say(language), language);
    let settings = arguments.solve.settings(arguments.solve.threads);
    let at_once = usize::try_from(arguments.solve.threads).unwrap_or(1);
    let mut drawn: Vec<Drawn> = Vec::new();
    for some in problems.chunks(at_once) {
        let more = some.par_iter().map(|problem| draw_up(problem, &settings));
        drawn.extend(more.collect::<Result<Vec<_>, _>>().map_err(place)?);
    }
    let first = (&problems[0], &drawn[0]);
    let of = |(problem, own): (&Problem<'_>, &Drawn)| {
        let figures = own
            .outcome
            .plan()
            .zip(own.audit.as_ref())
            .map(|(plan, audit)| {
                let by_first = first.0.audit(&first.1.formulation, plan);
                // By the first policy's measure, of the supports that this policy grants.
                let benefits = plan
                    .choices()
                    .map(|d| first.0.scoring().benefit(problem.programme(), d));
                Figures {
                    benefit: benefits.sum(),
                    penalty: audit.cost(),
                    ..figures(problem, plan, &by_first)
                }
            });
        Compared {
            title: problem.policy().about.title(),
            figures,
            gap: own.outcome.gap(),
            conflict: (own.outcome == Outcome::Infeasible).then(|| conflict(problem, &settings)),
        }
    };
    Ok(problems.iter().zip(&drawn).map(of).collect())
}
