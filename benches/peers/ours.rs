//! One instance for the comparison with other solvers: solved and told as it goes, exported for
//! them, or their plan evaluated exactly. `compare.py` beside it calls this.
//!
//! ```text
//! ours INSTANCE --time 60 --gap 0.001 --threads 2 --seed 1 [--solution FILE]   lines of JSON
//! ours INSTANCE --export FOLDER                   plain.mps and tightened.mps
//! ours INSTANCE --evaluate FILE                   the value of the decisions named in FILE
//! ours INSTANCE --change 5 --time 10              the dearest ceiling 5 % less and more: cold, and from the plan before
//! INSTANCE: --dataset FOLDER --model FOLDER | --mkp FILE --number K | --mmkp FILE
//! ```

#[allow(dead_code)] // what changes a budget is for the comparison of sensitivities
mod knapsack;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use trongdiem::formulation::{Formulation, Taken};
use trongdiem::problem::{Conditions, Problem};
use trongdiem::solve::{Control, Progress, Settings, Solver, relax, solve_under, tightened};
use trongdiem::tables::{read_policy, read_programme};

/// What the linear relaxation may take that a certificate is held against.
const LINEAR: Duration = Duration::from_secs(30);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let formulation = instance(&value);
    if let Some(folder) = value("--export") {
        export(&formulation, Path::new(&folder));
    } else if let Some(file) = value("--evaluate") {
        evaluate(&formulation, Path::new(&file));
    } else {
        let number = |name: &str, default: f64| {
            value(name).map_or(default, |text| text.parse().expect("a number"))
        };
        let whole = |name: &str, default: u32| {
            value(name).map_or(default, |text| text.parse().expect("a whole number"))
        };
        let settings = Settings {
            gap: number("--gap", 0.001),
            time_limit: Some(Duration::from_secs_f64(number("--time", 60.0))),
            threads: whole("--threads", 2),
            seed: whole("--seed", 1),
            ..Settings::default()
        };
        match value("--change") {
            Some(percent) => {
                let percent = percent.parse().expect("a whole number of per cent");
                change(&formulation, &settings, percent);
            }
            None => solve(&formulation, &settings, value("--solution")),
        }
    }
}

fn instance(value: &dyn Fn(&str) -> Option<String>) -> Formulation {
    if let Some(file) = value("--mkp") {
        let number = value("--number").map_or(1, |text| text.parse().expect("a number"));
        return knapsack::several_dimensions(Path::new(&file), number);
    }
    if let Some(file) = value("--mmkp") {
        return knapsack::multiple_choice(Path::new(&file));
    }
    let dataset = PathBuf::from(value("--dataset").expect("--dataset FOLDER"));
    let model = PathBuf::from(value("--model").expect("--model FOLDER"));
    let programme = read_programme(&dataset, &[])
        .expect("a dataset without faults")
        .0;
    let policy = read_policy(&model, &[]).expect("a policy without faults").0;
    let problem = Problem::new(&programme, &policy, &Conditions::default()).expect("a fit");
    problem.formulate().expect("rows that can be trusted")
}

fn export(formulation: &Formulation, folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    let write = |name: &str, own: &Formulation| {
        std::fs::write(folder.join(name), own.to_mps().model).expect("a file written");
    };
    write("plain.mps", formulation);
    write(
        "tightened.mps",
        &tightened(formulation, &Settings::default()),
    );
}

fn evaluate(formulation: &Formulation, file: &Path) {
    let text = std::fs::read_to_string(file).expect("a file of names");
    let mut taken = vec![false; formulation.benefit().len()];
    for name in text.split_whitespace() {
        let place: usize = name.trim_start_matches('x').parse().expect("a name as x12");
        taken[place] = true;
    }
    let taken = Taken(&taken);
    println!(
        "{}",
        json!({ "value": formulation.value(&taken), "keeps": formulation.admits(&taken) })
    );
}

fn solve(formulation: &Formulation, settings: &Settings, solution: Option<String>) {
    let size = json!({
        "decisions": formulation.benefit().len(),
        "helpers": formulation.helpers().len(),
        "rows": formulation.rows().len(),
        "projects": formulation.groups().len(),
    });
    println!("{size}");
    let tell = |at: &Progress| {
        println!(
            "{}",
            json!({ "seconds": at.seconds, "found": at.found, "bound": at.bound, "gap": at.gap(), "nodes": at.nodes })
        );
    };
    let control = Control {
        listener: Some(&tell),
        ..Control::default()
    };
    let started = Instant::now();
    let solved = solve_under(formulation, settings, &control);
    let seconds = started.elapsed().as_secs_f64();
    let outcome = &solved.outcome;
    if let (Some(path), Some(taken)) = (solution, outcome.plan()) {
        let names = taken.iter().enumerate().filter(|(_, taken)| **taken);
        let names: Vec<String> = names.map(|(place, _)| format!("x{place}")).collect();
        std::fs::write(path, names.join(" ")).expect("a file written");
    }
    let linear = Settings {
        time_limit: Some(LINEAR),
        ..Settings::default()
    };
    let linear = relax(formulation, &linear).ok().and_then(|own| own.value);
    let certified = solved.certificate.as_ref().map(|own| own.bound);
    println!("{}", json!({ "certified": certified, "linear": linear }));
    println!(
        "{}",
        json!({ "end": seconds, "found": outcome.found(), "bound": outcome.bound(), "gap": outcome.gap() })
    );
}

/// The ceiling with the highest price, so many per cent less and more: when a cold solve comes upon its
/// last plan, and when one from the plan before the change comes upon one as good.
fn change(formulation: &Formulation, settings: &Settings, percent: i64) {
    let before = solve_under(formulation, settings, &Control::default());
    let start = before.outcome.plan().expect("a plan before the change");
    let prices = relax(formulation, &Settings::exact(Solver::default())).expect("a relaxation");
    let prices = prices.prices.expect("prices");
    let rows = formulation.rows().iter().zip(prices);
    let ceilings = rows.filter(|(row, _)| row.label.starts_with("ceiling["));
    let dearest = ceilings.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let (dearest, _) = dearest.expect("a ceiling");
    for by in [-percent, percent] {
        let mut row = dearest.clone();
        row.bound += row.bound * by / 100;
        let changed = formulation.without_rows(|label| label == dearest.label);
        let changed = changed.with_rows([row]);
        let cold = last_plan(&changed, settings, None, i64::MAX);
        let enough = cold.map_or(i64::MAX, |(_, value)| value);
        // It goes on below the gap asked for, which a cold one may have passed by chance.
        let onward = Settings {
            gap: 0.0,
            ..settings.clone()
        };
        let warm = last_plan(&changed, &onward, Some(start), enough);
        println!(
            "{}",
            json!({ "ceiling": dearest.label, "percent": by, "cold": cold, "warm": warm })
        );
    }
}

/// The seconds until the last plan of a solve, from a plan or cold, and its value. One that is worth `enough`
/// is the last: the solve is cancelled then, not told before what is wanted, which it would search for otherwise.
fn last_plan(
    formulation: &Formulation,
    settings: &Settings,
    start: Option<&[bool]>,
    enough: i64,
) -> Option<(f64, i64)> {
    let (last, cancelled) = (Mutex::new(None), AtomicBool::new(false));
    let tell = |at: &Progress| {
        let mut last = last.lock().expect("a listener does not panic");
        if let Some(found) = at.found
            && last.is_none_or(|(_, value)| value < found.min(enough))
        {
            *last = Some((at.seconds, found));
            cancelled.store(found >= enough, Ordering::Relaxed);
        }
    };
    let control = Control {
        cancelled: Some(&cancelled),
        listener: Some(&tell),
        start,
        ..Control::default()
    };
    // What counts is when the plans came, which the listener has noted.
    let _ = solve_under(formulation, settings, &control);
    last.into_inner().expect("a listener does not panic")
}
