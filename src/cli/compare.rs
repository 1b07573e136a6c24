//! `trongdiem compare`: several policies on one dataset, side by side.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use super::Exit;
use super::exit::print;
use super::options::{SolveOptions, folder_fault, located};
use super::progress::Progress;
use crate::analysis::{Drawn, Figures, conflict, draw_up, figures};
use crate::phrase;
use crate::phrase::Language;
use crate::plan::Outcome;
use crate::policy::Policy;
use crate::problem::{Conditions, Problem};
use crate::programme::Programme;
use crate::record::Fault;
use crate::report::{Compared, compare_csv, compare_text};
use crate::tables::{csv_text, read_policy, read_programme, write_file};

/// Draw up a plan of a dataset under each of several policies, and show them side by side.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem compare datasets/son-la models/directive-20 models/equity models/spread-thin --lang vi"
)]
pub(super) struct CompareArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policies' folders; benefit and broken rules are measured by the first.
    #[arg(required = true)]
    models: Vec<PathBuf>,
    /// Write the table to this CSV file.
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    solve: SolveOptions,
}

pub(super) fn run(arguments: &CompareArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let folders = std::iter::once(&arguments.dataset).chain(&arguments.models);
    let missing: Vec<_> = folders.filter_map(|path| folder_fault(path)).collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let (programme, _) = read_programme(&arguments.dataset, &[])?;
    let mut policies = Vec::new();
    for model in &arguments.models {
        policies.push(read_policy(model, &[])?.0);
    }
    let all = compared(arguments, &programme, &policies, language)?;
    if let Some(path) = &arguments.out {
        let text = csv_text(&compare_csv(&all, language));
        write_file(path, &text).map_err(|fault| vec![fault])?;
    }
    print(&compare_text(&all, language))?;
    let has_all = all.iter().all(|own| own.figures.is_some());
    Ok(if has_all { Exit::Done } else { Exit::Refused })
}

/// Draws up every policy's plan, as many at once as there are threads.
fn compared(
    arguments: &CompareArguments,
    programme: &Programme,
    policies: &[Policy],
    language: Language,
) -> Result<Vec<Compared>, Vec<Fault>> {
    let place = |faults| located(faults, &arguments.dataset);
    let mut problems = Vec::new();
    for policy in policies {
        let problem = Problem::new(programme, policy, &Conditions::default());
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
