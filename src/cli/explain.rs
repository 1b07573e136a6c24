//! `trongdiem explain`: everything about one candidate, its benefit written out.

use std::path::PathBuf;

use clap::Args;
use unicode_normalization::UnicodeNormalization;

use super::Exit;
use super::exit::print;
use super::options::{Format, Scenario, ScenarioOptions};
use crate::analysis::explain;
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::programme::Programme;
use crate::record::Fault;
use crate::report::{explain_json, explain_text};

/// Explain one candidate: its merit, its benefit, what each gate says of it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem explain datasets/tiny models/directive-20 tea-line --lang vi"
)]
pub(super) struct ExplainArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policy's folder.
    model: PathBuf,
    /// The candidate's code.
    project: String,
    /// How the result is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    scenario: ScenarioOptions,
}

pub(super) fn run(arguments: &ExplainArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let Scenario {
        programme, policy, ..
    } = arguments
        .scenario
        .read(&arguments.dataset, &arguments.model)?;
    let code: String = arguments.project.nfc().collect();
    let Some(project) = programme.find(&code) else {
        return Err(vec![no_project(&programme, &code)]);
    };
    let problem = Problem::new(&programme, &policy, &arguments.scenario.conditions())?;
    let explanation = explain(&problem, project);
    let text = match arguments.format {
        Format::Text => explain_text(&problem, &explanation, language),
        Format::Json => {
            let json = explain_json(&problem, &explanation);
            serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
        }
    };
    print(&text)?;
    Ok(Exit::Done)
}

fn no_project(programme: &Programme, code: &str) -> Fault {
    let near = programme.near(code).join(", ");
    let remedy = if near.is_empty() {
        phrase!(
            "hãy dùng mã trong bảng projects",
            "use a code of table projects"
        )
    } else {
        phrase!("có phải là: {near}?", "did you mean: {near}?")
    };
    let cause = phrase!("không có đề án “{code}”", "there is no project “{code}”");
    Fault::of("projects", cause, remedy).column("project")
}
