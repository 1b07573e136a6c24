//! `trongdiem sensitivity`: what every đồng, rule, project and judgement is worth.

mod judgement;
mod money;
mod projects;
mod risk;
mod rules;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;

use super::Exit;
use super::conflict::search_conflicts;
use super::exit::{print, warn};
use super::memory::KeptAnswers;
use super::options::{Form, Scenario, ScenarioOptions, SolveOptions, located, seconds};
use super::progress::{Counted, Progress};
use crate::analysis::{Asking, Drawn, Memory, draw_up_under};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::plan::Outcome;
use crate::problem::Problem;
use crate::record::Fault;
use crate::report::{Told, conflicts_text, verdict};
use crate::solve::{self, Control, Settings, solver_name};
use crate::tables::Input;

/// What it is worth: every answer comes from solving again under the stated change.
#[derive(Debug, Args)]
pub(super) struct SensitivityArguments {
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// What more or less money is worth, in which fund and year.
    Money(money::MoneyArguments),
    /// What each rule costs, and what a notch looser would bring.
    Rules(rules::RulesArguments),
    /// Which projects are certain, and what each would cost to replace.
    Projects(projects::ProjectsArguments),
    /// Whether the plan survives other weights, scores and benefits.
    Judgement(judgement::JudgementArguments),
    /// What becomes of the plan when projects drop out or slip and ceilings are cut late.
    Risk(risk::RiskArguments),
}

/// What every question is asked of.
#[derive(Debug, Args)]
pub(super) struct AskedOf {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policy's folder.
    model: PathBuf,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The longest that each solve under a change may take, as 10s or 1m.
    #[arg(long, default_value = "10s", value_parser = seconds)]
    each: f64,
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    solve: SolveOptions,
}

/// Where answers are kept.
#[derive(Debug, Args)]
pub(super) struct Kept {
    /// Keep answers in this file as they come, and take those that it has from an earlier run.
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
}

impl AskedOf {
    /// The settings of the plan that is asked about, with half of the gap: a difference of two optima
    /// is as wide as both gaps together.
    fn settings_of_plan(&self) -> Settings {
        let settings = self.solve.settings(1);
        Settings {
            gap: settings.gap / 2.0,
            ..settings
        }
    }

    /// The settings of one solve at a time under a change.
    pub fn settings_alone(&self) -> Settings {
        Settings {
            threads: self.solve.threads,
            ..self.settings()
        }
    }

    /// The settings of a solve under a change: one thread, since as many run at once as there are.
    pub fn settings(&self) -> Settings {
        let settings = self.settings_of_plan();
        Settings {
            time_limit: settings
                .time_limit
                .map(|_| Duration::from_secs_f64(self.each)),
            threads: 1,
            ..settings
        }
    }
}

pub(super) fn run(
    arguments: &SensitivityArguments,
    language: Language,
) -> Result<Exit, Vec<Fault>> {
    match &arguments.question {
        Question::Money(own) => money::run(own, language),
        Question::Rules(own) => rules::run(own, language),
        Question::Projects(own) => projects::run(own, language),
        Question::Judgement(own) => judgement::run(own, language),
        Question::Risk(own) => risk::run(own, language),
    }
}

/// An answer, from the problem, its plan and who asks: `None` without a plan, faults where the question
/// does not fit the problem.
pub(super) type Answer<'a> =
    dyn Fn(&Problem<'_>, &Drawn, Asking<'_>) -> Result<Option<Told>, Vec<Fault>> + 'a;

/// Draws up the plan that the question is about, answers it, and prints the answer; where there is
/// no plan, says why. `question` says what is looked for, `kept` where answers are kept, with words that
/// no other question's have.
pub(super) fn answered(
    of: &AskedOf,
    asked: (&Phrase, Option<(&str, &Kept)>),
    language: Language,
    answer: &Answer<'_>,
) -> Result<Exit, Vec<Fault>> {
    let scenario = of.scenario.read(&of.dataset, &of.model)?;
    answered_of(of, scenario, asked, language, answer)
}

/// [`answered`], of a scenario that is read already.
fn answered_of(
    of: &AskedOf,
    scenario: Scenario,
    (question, kept): (&Phrase, Option<(&str, &Kept)>),
    language: Language,
    answer: &Answer<'_>,
) -> Result<Exit, Vec<Fault>> {
    let Scenario {
        programme,
        policy,
        inputs,
    } = scenario;
    let place = |faults| located(faults, &of.dataset);
    let problem = Problem::new(&programme, &policy, &of.scenario.conditions()).map_err(place)?;
    warn(&place(problem.warnings()), language);
    let memory = match kept {
        Some((words, Kept { resume: Some(path) })) => Some(memory(of, words, path, &inputs)?),
        _ => None,
    };
    let drawn = drawn(of, &problem, language).map_err(place)?;
    let counted = Counted::start(question.say(language), language);
    let tell = |done, all| counted.tell(done, all);
    let asking = Asking {
        listener: Some(&tell),
        memory: memory.as_ref().map(|own| own as &dyn Memory),
        ..Asking::default()
    };
    let told = answer(&problem, &drawn, asking);
    drop(counted);
    let Some(told) = told? else {
        return without_plan(of, &problem, &drawn, language);
    };
    print(&of.format.of(&told))?;
    Ok(Exit::Done)
}

fn drawn(of: &AskedOf, problem: &Problem<'_>, language: Language) -> Result<Drawn, Vec<Fault>> {
    let text = phrase!("Đang tìm kế hoạch tốt nhất", "Looking for the best plan");
    let progress = Progress::start(text.say(language), language);
    let tell = |at: &solve::Progress| progress.tell(at);
    let control = Control {
        listener: Some(&tell),
        ..Control::default()
    };
    draw_up_under(problem, &of.settings_of_plan(), &control)
}

/// Where there is no plan there is nothing to ask: the verdict, and the conflict where none exists.
fn without_plan(
    of: &AskedOf,
    problem: &Problem<'_>,
    drawn: &Drawn,
    language: Language,
) -> Result<Exit, Vec<Fault>> {
    let mut text = verdict(problem, drawn).say(language).to_owned() + "\n";
    if drawn.outcome != Outcome::Infeasible {
        print(&text)?;
        return Ok(Exit::GaveUp);
    }
    let (conflicts, repairs) = search_conflicts(problem, &of.solve.settings(1), language);
    text += &conflicts_text(problem, &conflicts, &repairs, language);
    print(&text)?;
    Ok(Exit::Refused)
}

/// The answers kept in a file.
fn memory(
    of: &AskedOf,
    words: &str,
    path: &Path,
    inputs: &[Input],
) -> Result<KeptAnswers, Vec<Fault>> {
    let settings = of.solve.settings(1);
    let about = json!({
        "question": words,
        "version": env!("CARGO_PKG_VERSION"),
        "solver": solver_name(settings.solver),
        "settings": format!("{settings:?}, each {}s", of.each),
        "scenario": of.scenario.words(),
        "inputs": inputs.iter().map(|own| own.sha256.clone()).collect::<Vec<_>>(),
    });
    KeptAnswers::open(path, &about)
}
