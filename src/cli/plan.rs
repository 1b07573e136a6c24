//! `trongdiem plan`: the best plan, what stands beside it, and the files.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::conflict::search_conflicts;
use super::exit::{print, warn};
use super::options::{Format, Listed, Scenario, ScenarioOptions, SolveOptions, listed, located};
use super::progress::Progress;
use crate::analysis::{
    Drawn, difference, draw_up, draw_up_under, figures, money, reserve, tier_costs,
};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::plan::{Outcome, Plan};
use crate::policy::Policy;
use crate::problem::{Conditions, Problem};
use crate::programme::Programme;
use crate::record::Fault;
use crate::report::{
    InputHash, Manifest, PlanReport, audit_table, conflicts_text, difference_table, plan_json,
    plan_text,
};
use crate::solve;
use crate::solve::{Control, solver_name};
use crate::tables::{Input, csv_text, plan_table, read_policy, remove_file, write_file};

/// Draw up the best plan of a dataset under a policy.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem plan datasets/vinh-long models/directive-20 --out plans/vinh-long --lang vi"
)]
pub(super) struct PlanArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policy's folder.
    model: PathBuf,
    /// Write plan.csv, plan.json, audit.csv and difference.csv to this folder.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Another policy whose plan stands beside; `none` for none. Default: spread-thin, beside the
    /// policy's folder.
    #[arg(long, value_name = "MODEL")]
    beside: Option<PathBuf>,
    /// How the result is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many projects are listed: a number, or all.
    #[arg(long, default_value = "20", value_parser = listed)]
    list: Listed,
    /// Also show what each tier of the policy costs the next one: a solve more for each tier, two
    /// at a time, each with an equal part of the time limit.
    #[arg(long)]
    tier_costs: bool,
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    solve: SolveOptions,
}

pub(super) fn run(arguments: &PlanArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let Scenario {
        programme,
        policy,
        mut inputs,
    } = arguments
        .scenario
        .read(&arguments.dataset, &arguments.model)?;
    let beside = beside(arguments)?;
    if let Some((_, more)) = &beside {
        inputs.extend(more.iter().cloned());
    }
    let place = |faults| located(faults, &arguments.dataset);
    let problem = Problem::new(&programme, &policy, &arguments.scenario.conditions());
    let problem = problem.map_err(place)?;
    warn(&place(problem.warnings()), language);
    let beside = beside.map(|(policy, _)| policy);
    let solved = solve_both(arguments, &problem, &programme, beside.as_ref(), language);
    let (drawn, other) = solved.map_err(place)?;
    let manifest = manifest(arguments, inputs);
    let mut report = assemble(&problem, &drawn, other, &manifest);
    if drawn.outcome == Outcome::Infeasible {
        (report.conflicts, report.repairs) =
            search_conflicts(&problem, &arguments.solve.settings(1), language);
    }
    if arguments.tier_costs {
        let text = phrase!(
            "Đang tính cái giá của mỗi bậc",
            "Looking for what each tier costs"
        );
        let _progress = Progress::start(text.say(language), language);
        report.tier_costs = tier_costs(&problem, &drawn, &arguments.solve.settings(1));
    }
    if let Some(folder) = &arguments.out {
        write(folder, &report, language)?;
    }
    tell(arguments, &report, language)?;
    Ok(exit(&drawn))
}

/// The policy to stand beside, if there is one.
fn beside(arguments: &PlanArguments) -> Result<Option<(Policy, Vec<Input>)>, Vec<Fault>> {
    let path = match &arguments.beside {
        Some(path) if path == Path::new("none") => return Ok(None),
        Some(path) => path.clone(),
        None => {
            let default = arguments.model.join("..").join("spread-thin");
            let is_same = same(&default, &arguments.model);
            if is_same || !default.is_dir() {
                return Ok(None);
            }
            default
        }
    };
    read_policy(&path, &[]).map(Some)
}

fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

type Other = Option<(Phrase, Plan)>;

/// Solves the problem and the one beside it, at the same time where there are threads for it.
fn solve_both(
    arguments: &PlanArguments,
    problem: &Problem<'_>,
    programme: &Programme,
    beside: Option<&Policy>,
    language: Language,
) -> Result<(Drawn, Other), Vec<Fault>> {
    let text = phrase!("Đang tìm kế hoạch tốt nhất", "Looking for the best plan");
    let progress = Progress::start(text.say(language), language);
    let at_once = if beside.is_some() && arguments.solve.threads > 1 {
        2
    } else {
        1
    };
    let settings = arguments.solve.settings(at_once);
    let tell = |at: &solve::Progress| progress.tell(at);
    let control = Control {
        listener: Some(&tell),
        ..Control::default()
    };
    let own = || draw_up_under(problem, &settings, &control);
    let other = || -> Result<Other, Vec<Fault>> {
        let Some(policy) = beside else {
            return Ok(None);
        };
        let fitting = Problem::new(programme, policy, &Conditions::default());
        // A policy that nobody named and that does not fit is left out.
        let problem = match fitting {
            Err(_) if arguments.beside.is_none() => return Ok(None),
            fitting => fitting?,
        };
        let drawn = draw_up(&problem, &settings)?;
        let plan = drawn.outcome.plan().cloned();
        Ok(plan.map(|plan| (policy.about.title(), plan)))
    };
    let (own, other) = if at_once == 2 {
        rayon::join(own, other)
    } else {
        (own(), other())
    };
    Ok((own?, other?))
}

fn assemble<'a>(
    problem: &'a Problem<'a>,
    drawn: &'a Drawn,
    other: Other,
    manifest: &'a Manifest,
) -> PlanReport<'a> {
    let mut report = PlanReport {
        problem,
        drawn,
        figures: Vec::new(),
        money: Vec::new(),
        reserve: Vec::new(),
        difference: None,
        tier_costs: Vec::new(),
        conflicts: Vec::new(),
        repairs: Vec::new(),
        manifest,
    };
    if let Some((plan, audit)) = drawn.outcome.plan().zip(drawn.audit.as_ref()) {
        let title = phrase!("kế hoạch này", "this plan");
        report.figures.push((title, figures(problem, plan, audit)));
        let (list, passed_over) = problem.rule_order();
        let by_hand = phrase!("lập thủ công theo thứ tự ưu tiên", "rule order, by hand");
        let others = [(by_hand, list.clone())].into_iter().chain(other);
        report.figures.extend(others.map(|(title, plan)| {
            let audit = drawn.hold(problem, &plan);
            (title, figures(problem, &plan, &audit))
        }));
        let by_hand = (&list, passed_over.as_slice());
        report.difference = Some(difference(problem, &drawn.formulation, plan, by_hand));
        report.money = money(problem.programme(), plan);
        report.reserve = reserve(problem, plan);
    }
    report
}

fn manifest(arguments: &PlanArguments, inputs: Vec<Input>) -> Manifest {
    let settings = arguments.solve.settings(1);
    let hash = |input: Input| InputHash {
        path: input.path,
        sha256: input.sha256,
    };
    Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: words(arguments),
        inputs: inputs.into_iter().map(hash).collect(),
        solver: solver_name(settings.solver),
        gap: settings.gap,
        time_limit: settings.time_limit.map(|limit| limit.as_secs_f64()),
        work_limit: settings.work_limit,
        threads: arguments.solve.threads,
        seed: settings.seed,
    }
}

/// The scenario in words, with the policy beside where one was named.
fn words(arguments: &PlanArguments) -> Vec<String> {
    let mut words = arguments.scenario.words();
    words.extend(
        arguments
            .beside
            .iter()
            .map(|path| format!("--beside {}", path.display())),
    );
    words
}

fn write(folder: &Path, report: &PlanReport<'_>, language: Language) -> Result<(), Vec<Fault>> {
    let file =
        |name: &str, text: &str| write_file(&folder.join(name), text).map_err(|fault| vec![fault]);
    let problem = report.problem;
    let programme = problem.programme();
    // Without a plan an older one must not stand beside the new verdict.
    for (name, is_new) in [
        ("plan.csv", report.drawn.outcome.plan().is_some()),
        ("audit.csv", report.drawn.audit.is_some()),
        ("difference.csv", report.difference.is_some()),
    ] {
        if !is_new {
            remove_file(&folder.join(name)).map_err(|fault| vec![fault])?;
        }
    }
    if let Some(plan) = report.drawn.outcome.plan() {
        let table = plan_table(programme, plan, |d| problem.scoring().benefit(programme, d));
        file("plan.csv", &csv_text(&table))?;
    }
    if let Some(audit) = &report.drawn.audit {
        file("audit.csv", &csv_text(&audit_table(audit, language)))?;
    }
    if let Some(table) = difference_table(report, language) {
        file("difference.csv", &csv_text(&table))?;
    }
    file("plan.json", &json_text(report))
}

fn json_text(report: &PlanReport<'_>) -> String {
    let mut text = serde_json::to_string_pretty(&plan_json(report)).unwrap_or_default();
    text.push('\n');
    text
}

fn tell(
    arguments: &PlanArguments,
    report: &PlanReport<'_>,
    language: Language,
) -> Result<(), Vec<Fault>> {
    if arguments.format == Format::Json {
        return print(&json_text(report));
    }
    let mut text = plan_text(report, language, arguments.list.0);
    if report.drawn.outcome == Outcome::Infeasible {
        text += "\n";
        text += &conflicts_text(report.problem, &report.conflicts, &report.repairs, language);
    }
    if let Some(folder) = &arguments.out {
        let folder = folder.display();
        let note = phrase!("Đã ghi vào {folder}.", "Written to {folder}.");
        text += note.say(language);
        text.push('\n');
    }
    print(&text)
}

fn exit(drawn: &Drawn) -> Exit {
    match (&drawn.outcome, &drawn.audit) {
        (Outcome::Infeasible, _) => Exit::Refused,
        (Outcome::Unknown { .. }, _) => Exit::GaveUp,
        (_, Some(audit)) if audit.is_clean() => Exit::Done,
        _ => Exit::Bug,
    }
}
