//! The engine: bounds that need no trust, rows that follow, and what may go wrong around a solve.

use std::time::Duration;

use rand::RngExt;
use rand::seq::IndexedRandom;
use trongdiem::formulation::{DecisionId, Derivations, Formulation, STEP, Taken};
use trongdiem::plan::Outcome;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::Programme;
use trongdiem::solve::{Control, Progress, Settings, Solver, solve, solve_under, tightened};

use crate::{random, tiny};

/// The tables of rules with floors and helpers.
const POLICY: [(&str, &str); 4] = [
    (
        "focal_points",
        "by,select,each,most,critical\narea,,,2,10%\n",
    ),
    (
        "minimum_share",
        "select,of,base,each,within,share\nactivity=machinery,,spent,,,20%\n",
    ),
    (
        "top_share",
        "by,select,each,largest,at_least,at_most\narea,,,1,40%,\n",
    ),
    ("minimum_money", "select,each,amount\n,,60\n"),
];

fn problem_of(seed: u64) -> (Programme, Vec<(&'static str, String)>) {
    let mut rng = random::numbers(900_000 + seed);
    let programme = random::programme(&mut rng, &[]);
    let chosen = POLICY.iter().filter(|_| rng.random_bool(0.7));
    let tables = chosen
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    (programme, tables)
}

/// Every plan over the groups of a formulation, as flags, whether it keeps the rows or not.
fn every_plan(formulation: &Formulation, mut each: impl FnMut(&[bool])) {
    let groups = formulation.groups().to_vec();
    let mut places = vec![0; groups.len()];
    loop {
        let mut taken = vec![false; formulation.benefit().len()];
        for (group, &place) in groups.iter().zip(&places) {
            if place > 0 {
                taken[group.start + place - 1] = true;
            }
        }
        each(&taken);
        let Some(at) = places
            .iter()
            .zip(&groups)
            .position(|(place, group)| *place < group.len())
        else {
            return;
        };
        places[at] += 1;
        places[..at].fill(0);
    }
}

/// Whatever the multipliers, no plan passes the bound that they give; and every plan keeps every
/// row that follows from a floor or a portion.
#[test]
fn bounds_and_rows_that_follow_hold_for_every_plan() {
    let (mut bounds, mut covers, mut portions, mut touched) = (0, 0, 0, 0);
    for seed in 0..40 {
        let (programme, tables) = problem_of(seed);
        let policy = random::policy(&tables);
        let Ok(problem) = Problem::new(&programme, &policy, &Conditions::default()) else {
            continue;
        };
        let Ok(formulation) = problem.formulate() else {
            continue;
        };
        let mut rng = random::numbers(seed);
        let derivations = Derivations::of(&formulation);
        let mut rows = Vec::new();
        for floor in formulation.floors() {
            let parts: Vec<usize> = floor.parts.keys().copied().collect();
            for _ in 0..6 {
                let count = rng.random_range(1..=parts.len());
                let some: Vec<usize> = parts.sample(&mut rng, count).copied().collect();
                let row = formulation.cover_row(&floor, &some);
                assert_eq!(row.is_some(), floor.is_cover(&some));
                if let Some(row) = row {
                    let again = derivations.row(&row.label);
                    assert_eq!(again.as_ref(), Some(&row), "derived anew from its label");
                    rows.push(row);
                }
            }
        }
        covers += rows.len();
        for portion in formulation.portions() {
            let parts: Vec<usize> = portion.parts.keys().copied().collect();
            for _ in 0..6 {
                let count = rng.random_range(1..=parts.len());
                let some: Vec<usize> = parts.sample(&mut rng, count).copied().collect();
                let row = formulation.portion_row(&portion, &some).unwrap();
                let again = derivations.row(&row.label);
                assert_eq!(again.as_ref(), Some(&row), "derived anew from its label");
                rows.push(row);
                portions += 1;
            }
        }
        let with = formulation.with_rows(rows);
        let largest = 3 * STEP;
        let multipliers: Vec<Vec<i128>> = (0..5)
            .map(|_| {
                let each = with.rows().iter();
                each.map(|_| {
                    if rng.random_bool(0.3) {
                        rng.random_range(0..largest)
                    } else {
                        0
                    }
                })
                .collect()
            })
            .collect();
        let held: Vec<Vec<i128>> = multipliers.iter().map(|own| with.held_back(own)).collect();
        let proven: Vec<i64> = held.iter().filter_map(|own| with.bound_by(own)).collect();
        bounds += proven.len();
        every_plan(&formulation, |taken| {
            let taken = Taken(taken);
            if formulation.admits(&taken) {
                assert!(with.admits(&taken), "seed {seed}: a row that a plan breaks");
                let value = formulation.value(&taken);
                assert!(
                    proven.iter().all(|&bound| value <= bound),
                    "seed {seed}: {value} over {proven:?}"
                );
                touched += 1;
            }
        });
    }
    println!("{bounds} bounds, {covers} covers, {portions} portions, {touched} plans");
    assert!(
        bounds >= 100 && covers >= 100 && portions >= 100 && touched >= 1_000,
        "{bounds} {covers} {portions} {touched}"
    );
}

/// What is no cover gives no row: without the projects the floor can still be reached.
#[test]
fn what_is_no_cover_is_refused() {
    let programme = tiny::programme();
    let policy = random::policy(&[("minimum_money", "select,each,amount\n,,60\n".to_owned())]);
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let formulation = problem.formulate().unwrap();
    let floors = formulation.floors();
    let floor = floors.first().expect("a floor");
    let parts: Vec<usize> = floor.parts.keys().copied().collect();
    assert!(
        formulation.cover_row(floor, &parts).is_some(),
        "all of them are a cover"
    );
    assert!(formulation.cover_row(floor, &[]).is_none());
    let derivations = Derivations::of(&formulation);
    for label in ["cover[nothing;P1]", "ceiling[local,2026]"] {
        assert!(derivations.row(label).is_none(), "{label}");
    }
}

/// The tightened form has the same optimum.
#[test]
fn the_tightened_form_has_the_same_optimum() {
    let mut compared = 0;
    for seed in 0..12 {
        let (programme, tables) = problem_of(seed);
        let policy = random::policy(&tables);
        let Ok(problem) = Problem::new(&programme, &policy, &Conditions::default()) else {
            continue;
        };
        let Ok(formulation) = problem.formulate() else {
            continue;
        };
        let exact = Settings::exact(Solver::default());
        let plain = solve(&formulation, &exact);
        let tight = solve(&tightened(&formulation, &exact), &exact);
        assert_eq!(plain.found(), tight.found(), "seed {seed}");
        compared += usize::from(plain.found().is_some());
    }
    assert!(compared >= 3, "{compared} have a plan");
}

/// Changed in place, a relaxation comes to what a new one comes to.
#[cfg(feature = "highs")]
#[test]
fn a_kept_relaxation_agrees_with_a_new_one() {
    use trongdiem::solve::{KeptRelaxation, relax};
    let close = |one: Option<f64>, other: Option<f64>| match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-6 * one.abs().max(1.0),
        (one, other) => one.is_none() && other.is_none(),
    };
    let solver = Solver::default();
    let mut formulation = son_la();
    let mut kept = KeptRelaxation::new(&formulation, solver).unwrap();
    let mut rng = random::numbers(11);
    for _ in 0..30 {
        let decision = DecisionId::at(rng.random_range(0..formulation.benefit().len()));
        for (value, bound) in [(true, 1), (false, 0)] {
            kept.hold(decision, Some(value)).unwrap();
            let mut other = formulation.clone();
            if value {
                other.at_least("held".to_owned(), vec![(decision, 1)], bound);
            } else {
                other.at_most("held".to_owned(), vec![(decision, 1)], bound);
            }
            let (one, another) = (
                kept.relax().unwrap().value,
                relax(&other, &Settings::exact(solver)).unwrap().value,
            );
            assert!(close(one, another), "{one:?} {another:?}");
        }
        kept.hold(decision, None).unwrap();
    }
    let aim: Vec<i64> = (0..formulation.benefit().len())
        .map(|_| rng.random_range(0..1_000))
        .collect();
    kept.aim_at(&aim).unwrap();
    formulation = formulation.with_objective(aim);
    let (one, another) = (
        kept.relax().unwrap().value,
        relax(&formulation, &Settings::exact(solver)).unwrap().value,
    );
    assert!(close(one, another), "{one:?} {another:?}");
    // No more than one project less than all: a bound moved there and back.
    let before = kept.relax().unwrap().value;
    kept.move_bound(0, -1).unwrap();
    assert!(kept.relax().unwrap().value <= before);
    kept.move_bound(0, 1).unwrap();
    assert!(close(kept.relax().unwrap().value, before));
    assert!(kept.move_bound(1_000_000, 1).is_err());
}

fn son_la() -> Formulation {
    directed(&tiny::programme_of(&tiny::root().join("datasets/son-la")))
}

/// The problem of a programme under Directive 20.
fn directed(programme: &Programme) -> Formulation {
    let path = tiny::root().join("models/directive-20");
    let (policy, _) = trongdiem::tables::read_policy(&path, &[]).unwrap();
    let problem = Problem::new(programme, &policy, &Conditions::default()).unwrap();
    problem.formulate().unwrap()
}

/// With thousands of decisions the relaxation is rounded for a first plan, by a search beside the
/// exact one as by one in its pauses.
#[cfg(feature = "highs")]
#[test]
fn a_wide_programme_has_a_plan() {
    use trongdiem::generate::{Profile, generate};
    let facts = generate(Profile::Province, 700, 1, None);
    let formulation = directed(&Programme::new(facts).unwrap());
    assert!(formulation.benefit().len() > 3000, "as wide as is rounded");
    for threads in [1, 2] {
        let settings = Settings {
            gap: 0.08,
            time_limit: Some(Duration::from_mins(2)),
            threads,
            ..Settings::default()
        };
        let solved = solve_under(&formulation, &settings, &Control::default());
        assert!(solved.outcome.plan().is_some(), "{threads} threads");
        holds(&formulation, &solved.outcome);
    }
}

/// A policy with tiers, whose rows give wide covers: both searches, at once and in turns, from the
/// plan of the tier before.
#[cfg(feature = "highs")]
#[test]
fn tiers_are_solved_by_both_searches() {
    let programme = tiny::programme_of(&tiny::root().join("datasets/son-la"));
    let path = tiny::root().join("models/order-of-law");
    let (policy, _) = trongdiem::tables::read_policy(&path, &[]).unwrap();
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    for threads in [1, 2] {
        let settings = Settings {
            time_limit: Some(Duration::from_secs(8)),
            threads,
            ..Settings::default()
        };
        let drawn = trongdiem::analysis::draw_up(&problem, &settings).unwrap();
        assert!(drawn.audit.expect("a plan").is_clean());
        let certificate = drawn.certificate.expect("a certificate");
        assert_eq!(
            certificate.recomputed(&drawn.formulation),
            Some(certificate.bound)
        );
        assert!(Some(certificate.bound) >= drawn.outcome.found());
    }
}

fn holds(formulation: &Formulation, outcome: &Outcome<Vec<bool>>) {
    if let (Some(plan), Some(found)) = (outcome.plan(), outcome.found()) {
        assert!(formulation.admits(&Taken(plan)));
        assert_eq!(formulation.value(&Taken(plan)), found);
        assert!(outcome.bound().is_none_or(|bound| bound >= found));
    }
}

/// Cancelled at any moment, a solve ends with a plan that holds, or with none.
#[cfg(feature = "highs")]
#[test]
fn a_solve_cancelled_at_any_moment_ends_well() {
    let formulation = son_la();
    let mut rng = random::numbers(7);
    let mut cancelled_runs = 0;
    for case in 0..200_u32 {
        let cancelled = std::sync::atomic::AtomicBool::new(false);
        let after = Duration::from_micros(rng.random_range(0..60_000));
        let settings = Settings {
            gap: 0.0,
            threads: 1 + case % 2,
            seed: case,
            ..Settings::default()
        };
        let outcome = std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(after);
                cancelled.store(true, std::sync::atomic::Ordering::Relaxed);
            });
            let control = Control {
                cancelled: Some(&cancelled),
                ..Control::default()
            };
            solve_under(&formulation, &settings, &control).outcome
        });
        holds(&formulation, &outcome);
        cancelled_runs += u32::from(outcome.stop() == Some(trongdiem::plan::Stop::Cancelled));
    }
    assert!(
        cancelled_runs > 100,
        "only {cancelled_runs} were cancelled in time"
    );
}

/// Deadlines of no time at all give an answer all the same.
#[test]
fn deadlines_of_no_time_give_an_answer() {
    let formulation = son_la();
    for milliseconds in [0, 1, 10] {
        for threads in [1, 2] {
            let settings = Settings {
                time_limit: Some(Duration::from_millis(milliseconds)),
                threads,
                ..Settings::default()
            };
            let outcome = solve(&formulation, &settings);
            holds(&formulation, &outcome);
            assert!(outcome.stop().is_some(), "{milliseconds} ms: {outcome:?}");
        }
    }
}

/// Sixteen solves at once find what one finds.
#[cfg(feature = "highs")]
#[test]
fn solves_beside_each_other_do_not_disturb_each_other() {
    let formulations: Vec<Formulation> = (0..4)
        .filter_map(|seed| {
            let (programme, tables) = problem_of(seed);
            let policy = random::policy(&tables);
            let problem = Problem::new(&programme, &policy, &Conditions::default()).ok()?;
            problem.formulate().ok()
        })
        .collect();
    let exact = Settings::exact(Solver::default());
    let alone: Vec<Option<i64>> = formulations
        .iter()
        .map(|own| solve(own, &exact).found())
        .collect();
    std::thread::scope(|scope| {
        for case in 0..16 {
            let (own, expected) = (
                &formulations[case % formulations.len()],
                alone[case % formulations.len()],
            );
            let exact = &exact;
            scope.spawn(move || assert_eq!(solve(own, exact).found(), expected));
        }
    });
}

/// No decision, one decision, and rows that nothing can keep.
#[test]
fn the_smallest_problems_are_solved() {
    let exact = Settings::exact(Solver::default());
    let none = Formulation::new(Vec::new(), |_| String::new());
    assert_eq!(solve(&none, &exact).found(), Some(0));
    let programme = tiny::programme();
    let decision = tiny::decision(&programme, "training@2026");
    let one = |asked: i64| {
        let mut one = Formulation::new(vec![(decision, "x0".to_owned(), 5)], |_| "p".to_owned());
        one.at_least("asked".to_owned(), vec![(DecisionId::at(0), 1)], asked);
        one
    };
    assert_eq!(solve(&one(0), &exact).found(), Some(5));
    assert_eq!(solve(&one(2), &exact), Outcome::Infeasible);
}

/// Who listens hears of plans that only get better and of bounds that only get tighter, and a plan
/// to begin with is never lost.
#[test]
fn a_listener_hears_of_progress() {
    let formulation = son_la();
    let settings = Settings {
        time_limit: Some(Duration::from_secs(3)),
        ..Settings::default()
    };
    let heard = std::sync::Mutex::new(Vec::new());
    let listener = |at: &Progress| heard.lock().unwrap().push(*at);
    let control = Control {
        listener: Some(&listener),
        ..Control::default()
    };
    let solved = solve_under(&formulation, &settings, &control);
    if Solver::default().word() == "highs" {
        let heard = heard.lock().unwrap();
        assert!(heard.len() > 2);
        for pair in heard.windows(2) {
            assert!(pair[0].found <= pair[1].found, "{pair:?}");
            let bounds = pair[0].bound.zip(pair[1].bound);
            assert!(
                bounds.is_none_or(|(before, after)| before >= after),
                "{pair:?}"
            );
        }
        assert_eq!(
            heard.last().and_then(|own| own.found),
            solved.outcome.found()
        );
        let certificate = solved.certificate.expect("a certificate");
        assert_eq!(
            certificate.recomputed(&formulation),
            Some(certificate.bound)
        );
        assert!(Some(certificate.bound) >= solved.outcome.found());
    }
    let plan = solved.outcome.plan().cloned().unwrap_or_default();
    let begun = Control {
        start: (!plan.is_empty()).then_some(&plan),
        ..Control::default()
    };
    let short = Settings {
        time_limit: Some(Duration::from_millis(50)),
        ..settings
    };
    let again = solve_under(&formulation, &short, &begun).outcome;
    assert!(again.found() >= solved.outcome.found());
}

/// A limit of memory that is passed already ends the solve.
#[cfg(all(feature = "highs", target_os = "linux"))]
#[test]
fn a_limit_of_memory_ends_a_solve() {
    let formulation = son_la();
    let settings = Settings {
        memory_limit: Some(1),
        time_limit: Some(Duration::from_mins(1)),
        ..Settings::default()
    };
    let outcome = solve(&formulation, &settings);
    assert_eq!(outcome.stop(), Some(trongdiem::plan::Stop::Memory));
}
