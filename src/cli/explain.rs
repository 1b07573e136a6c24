//! `trongdiem explain`: everything about one candidate, its benefit written out.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use unicode_normalization::UnicodeNormalization;

use super::Exit;
use super::exit::print;
use super::options::{Format, Scenario, ScenarioOptions, SolveOptions, seconds};
use super::progress::{Counted, Progress};
use crate::analysis::{Asking, Ticket, draw_up, explain, ticket};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId};
use crate::record::Fault;
use crate::report::{explain_json, explain_text, ticket_json, ticket_text, verdict};
use crate::solve::Settings;

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
    /// Also draw up the plan and say why the candidate is in it or not, who would be displaced, and
    /// what would bring it in: merit, less support, more money, its window, a rule a notch looser.
    #[arg(long)]
    ticket: bool,
    /// The longest that each solve of the ticket may take, as 10s or 1m; its levers together take at most
    /// thirty times as long.
    #[arg(long, default_value = "10s", value_parser = seconds)]
    each: f64,
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    solve: SolveOptions,
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
    let asked = if arguments.ticket {
        asked(arguments, &problem, project, language)?
    } else {
        Asked::Nothing
    };
    let text = match arguments.format {
        Format::Text => {
            let own = match &asked {
                Asked::Ticket(own) => ticket_text(&problem, own, language),
                Asked::NoPlan(why) => why.clone(),
                Asked::Nothing => String::new(),
            };
            let parts = [explain_text(&problem, &explanation, language), own];
            let told = parts.into_iter().filter(|part| !part.is_empty());
            told.collect::<Vec<_>>().join("\n")
        }
        Format::Json => {
            let mut json = explain_json(&problem, &explanation);
            if let Asked::Ticket(own) = &asked {
                json["ticket"] = ticket_json(&problem, own);
            }
            serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
        }
    };
    print(&text)?;
    Ok(match asked {
        Asked::NoPlan(_) => Exit::Refused,
        Asked::Ticket(_) | Asked::Nothing => Exit::Done,
    })
}

/// What became of the question for a ticket.
enum Asked {
    /// None was asked for, or gates refuse the candidate, which is told anyway.
    Nothing,
    /// There is no plan to enter.
    NoPlan(String),
    Ticket(Box<Ticket>),
}

fn asked(
    arguments: &ExplainArguments,
    problem: &Problem<'_>,
    project: ProjectId,
    language: Language,
) -> Result<Asked, Vec<Fault>> {
    let text = phrase!("Đang tìm kế hoạch tốt nhất", "Looking for the best plan");
    let progress = Progress::start(text.say(language), language);
    let settings = arguments.solve.settings(1);
    let drawn = draw_up(problem, &settings)?;
    drop(progress);
    if drawn.outcome.plan().is_none() {
        let why = verdict(problem, &drawn);
        return Ok(Asked::NoPlan(why.say(language).to_owned() + "\n"));
    }
    let text = phrase!("Đang tìm vé vào", "Looking for its entry ticket");
    let counted = Counted::start(text.say(language), language);
    let tell = |done, all| counted.tell(done, all);
    let asking = Asking {
        listener: Some(&tell),
        ..Asking::default()
    };
    let each = Duration::from_secs_f64(arguments.each);
    let own = Settings {
        time_limit: settings.time_limit.map(|_| each),
        threads: 1,
        ..settings
    };
    let found = ticket(problem, &drawn, project, &own, asking);
    drop(counted);
    Ok(found.map_or(Asked::Nothing, |own| Asked::Ticket(Box::new(own))))
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
