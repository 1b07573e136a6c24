//! Another solver on the exported model: CBC and HiGHS agree on generated programmes, gap 0.

use std::path::Path;
use std::process::Command;

use rayon::prelude::*;
use trongdiem::generate::{Profile, generate};
use trongdiem::plan::Outcome;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::Programme;
use trongdiem::solve::{Settings, Solver, solve};
use trongdiem::tables;

use crate::tiny;

const INSTANCES: usize = 30;
const POLICIES: [&str; 3] = ["directive-20", "spread-thin", "directive-20"];

/// What CBC finds in an `.mps` file that minimises, `None` if it finds that there is no plan.
fn cbc(model: &Path) -> Option<f64> {
    let solution = model.with_extension("txt");
    let run = Command::new("cbc")
        .arg(model)
        .args(["-ratio", "0", "-solve", "-solu"])
        .arg(&solution)
        .output()
        .unwrap();
    assert!(run.status.success());
    let said = String::from_utf8_lossy(&run.stdout);
    // Of a problem that its presolve finds infeasible it writes no solution.
    let Ok(text) = std::fs::read_to_string(&solution) else {
        assert!(said.contains("infeasible"), "{said}");
        return None;
    };
    let first = text.lines().next().unwrap();
    if first.starts_with("Infeasible") || first.starts_with("Integer infeasible") {
        return None;
    }
    assert!(first.starts_with("Optimal"), "{first}");
    first.split_whitespace().last().unwrap().parse().ok()
}

/// The optimum in thousandths of a point by our own solver and by CBC, and how many candidates.
fn both(number: usize, folder: &Path) -> (usize, Option<i64>, Option<f64>) {
    let profile = [Profile::Province, Profile::Tight][number % 2];
    let size = 12 + number * 7 % 20;
    let facts = generate(profile, size, u64::try_from(number).unwrap(), None);
    let programme =
        Programme::new(facts).unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
    let path = tiny::root()
        .join("models")
        .join(POLICIES[number % POLICIES.len()]);
    let (policy, _) = tables::read_policy(&path, &[]).unwrap();
    let problem = Problem::new(&programme, &policy, &Conditions::default())
        .unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
    let formulation = problem.formulate().unwrap();
    let ours = match solve(&formulation, &Settings::exact(Solver::default())) {
        // A bound that a solver computes in floating point is padded by its rounding.
        Outcome::Proven { found, bound, .. }
        | Outcome::Feasible {
            found,
            bound: Some(bound),
            ..
        } if bound - found <= bound.abs() / 100_000_000 => Some(found),
        Outcome::Infeasible => None,
        other => panic!("{number}: gap {:?}", other.gap()),
    };
    let model = folder.join(format!("{number}.mps"));
    std::fs::write(&model, formulation.to_mps().model).unwrap();
    (size, ours, cbc(&model))
}

#[test]
fn cbc_agrees_on_thirty_generated_programmes() {
    if Solver::default().word() != "highs" {
        println!("skipped: microlp is too slow for these, and takes no work limit");
        return;
    }
    if Command::new("cbc").arg("-quit").output().is_err() {
        println!("skipped: cbc is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let plans: Vec<bool> = (0..INSTANCES)
        .into_par_iter()
        .map(|number| {
            let (size, ours, theirs) = both(number, folder.path());
            println!("{number}: {size} candidates, ours {ours:?}, cbc {theirs:?}");
            match (ours, theirs) {
                (Some(ours), Some(theirs)) => {
                    // The file is minimised; CBC prints about ten digits.
                    #[allow(clippy::cast_precision_loss)]
                    let ours = -(ours as f64);
                    assert!(
                        (ours - theirs).abs() <= 1e-6 * ours.abs().max(1.0),
                        "{number}: cbc has {theirs}, we have {ours}"
                    );
                }
                (ours, theirs) => assert!(ours.is_none() && theirs.is_none(), "{number}"),
            }
            ours.is_some()
        })
        .collect();
    let with_plan = plans.iter().filter(|has| **has).count();
    assert!(
        with_plan >= 20,
        "only {with_plan} of {INSTANCES} have a plan"
    );
}
