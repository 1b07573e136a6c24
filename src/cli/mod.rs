//! Arguments to the library to an exit code. Results go to stdout, progress and faults to stderr.

mod advantage;
mod alternatives;
mod audit;
mod check;
mod compare;
mod conflict;
mod exit;
mod explain;
mod formulate;
mod frontier;
mod generate;
mod memory;
mod options;
mod plan;
mod progress;
mod rules;
mod sensitivity;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use exit::Exit;
pub use options::{Lang, SolveOptions};

/// Selects, schedules and finances the projects of an industrial promotion programme, with proof.
#[derive(Debug, Parser)]
#[command(name = "trongdiem", version, about, after_help = AFTER)]
struct Arguments {
    /// Language of what is printed.
    #[arg(long, global = true, value_enum, default_value_t = Lang::En)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "Exit codes: 0 a plan was found and audited, or the audited plan keeps every rule; \
1 no plan exists, or the audited plan breaks a rule; 2 faults in the data or the arguments; \
3 gave up before an answer; 4 our own solver's plan failed our audit (a bug).";

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw up the best plan of a dataset under a policy.
    Plan(plan::PlanArguments),
    /// List every fault of a dataset, and of a policy for it.
    Check(check::CheckArguments),
    /// Hold a plan, from anyone, to every rule, exactly.
    Audit(audit::AuditArguments),
    /// Explain one candidate: its merit, its benefit, what each gate says of it.
    Explain(explain::ExplainArguments),
    /// Find the most benefit at each level of focus, equity, jobs or mobilised money.
    Frontier(frontier::FrontierArguments),
    /// Find plans nearly as good as the best that differ most from each other.
    Alternatives(alternatives::AlternativesArguments),
    /// Say what cannot hold together where no plan exists, and what would repair it.
    Conflict(conflict::ConflictArguments),
    /// What every đồng, rule, project and judgement is worth.
    Sensitivity(sensitivity::SensitivityArguments),
    /// Show which places are strong in which sector, and the figures that say so.
    Advantage(advantage::AdvantageArguments),
    /// Draw up plans under several policies, side by side, or say what changed between two plans.
    Compare(compare::CompareArguments),
    /// Show the rule book, or the manual of one rule.
    Rules(rules::RulesArguments),
    /// Write the optimisation problem for another solver.
    Formulate(formulate::FormulateArguments),
    /// Make a dataset by seed.
    Generate(generate::GenerateArguments),
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            let exit = if error.use_stderr() {
                Exit::Faults
            } else {
                Exit::Done
            };
            return exit.into();
        }
    };
    let language = arguments.lang.into();
    let outcome = match &arguments.command {
        Command::Plan(own) => plan::run(own, language),
        Command::Check(own) => check::run(own, language),
        Command::Audit(own) => audit::run(own, language),
        Command::Explain(own) => explain::run(own, language),
        Command::Frontier(own) => frontier::run(own, language),
        Command::Alternatives(own) => alternatives::run(own, language),
        Command::Conflict(own) => conflict::run(own, language),
        Command::Sensitivity(own) => sensitivity::run(own, language),
        Command::Advantage(own) => advantage::run(own, language),
        Command::Compare(own) => compare::run(own, language),
        Command::Rules(own) => rules::run(own, language),
        Command::Formulate(own) => formulate::run(own, language),
        Command::Generate(own) => generate::run(own),
    };
    outcome
        .unwrap_or_else(|faults| exit::report(&faults, language))
        .into()
}
