//! What changed from one plan to another: every reason and every place taken is true by the audit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use rand::RngExt;
use trongdiem::analysis::{Change, Places, Reason, changes, draw_up};
use trongdiem::plan::{Decision, Plan};
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::ProjectId;
use trongdiem::quantities::Money;
use trongdiem::rules::{Family, kind_of};

use crate::command_line::{code, err, out, trongdiem};
use crate::random;
use crate::sensitivity::{case, exact, over_cases};

fn with(
    problem: &Problem<'_>,
    plan: &Plan,
    project: ProjectId,
    decision: Option<&Decision>,
) -> Plan {
    let others = plan.choices().filter(|own| own.project != project);
    Plan::new(problem.programme(), others.chain(decision).copied())
}

/// The labels of the breaches of a plan, with their families.
fn breaches(problem: &Problem<'_>, plan: &Plan) -> BTreeMap<String, Family> {
    let audit = problem.audit(&problem.formulate_held(), plan);
    let own = audit.breaches();
    own.map(|own| (own.finding.label.clone(), own.family))
        .collect()
}

/// Holds a change to the audit; a word for its reason.
fn hold(problem: &Problem<'_>, [before, after]: [&Plan; 2], own: &Change, told: &str) -> String {
    let decision = |plan: &Plan| plan.choice(own.project).copied();
    assert_eq!(
        own.before.map(|own| own.decision),
        decision(before),
        "{told}"
    );
    assert_eq!(own.after.map(|own| own.decision), decision(after), "{told}");
    let (given, host, other) = match decision(before) {
        Some(given) => (given, after, before),
        None => (decision(after).unwrap(), before, after),
    };
    let put = with(problem, host, own.project, Some(&given));
    let alone = breaches(problem, host);
    let mut more = breaches(problem, &put);
    more.retain(|label, _| !alone.contains_key(label));
    let labels: BTreeSet<String> = own.reason.labels().iter().cloned().collect();
    assert_eq!(labels, more.keys().cloned().collect(), "{told}");
    let is_ceiling = |label: &String| matches!(kind_of(label), "ceiling" | "carry_over");
    let is_money = more.keys().all(is_ceiling);
    match &own.reason {
        Reason::Benefit => assert!(more.is_empty(), "{told}"),
        Reason::Money(_) => assert!(is_money, "{told}"),
        Reason::Rules(_) => assert!(!is_money, "{told}"),
    }
    let makes_room = |rivals: &[ProjectId]| {
        let undo = |plan: Plan, &rival: &ProjectId| {
            assert_ne!(before.choice(rival), after.choice(rival), "{told}");
            with(problem, &plan, rival, other.choice(rival))
        };
        let undone = rivals.iter().fold(put.clone(), undo);
        let still = breaches(problem, &undone);
        more.keys().all(|label| !still.contains_key(label))
    };
    match &own.places {
        Places::Each(all) => {
            assert!(all.iter().all(|&rival| makes_room(&[rival])), "{told}");
        }
        Places::Together(all) => {
            assert!(makes_room(all), "{told}");
            for but in all {
                let rest: Vec<ProjectId> = all.iter().filter(|own| *own != but).copied().collect();
                assert!(!makes_room(&rest), "{told}");
            }
        }
    }
    let word = |text: String| text.split('(').next().unwrap_or_default().to_owned();
    let (reason, places) = (format!("{:?}", own.reason), format!("{:?}", own.places));
    let is_empty = own.places.projects().is_empty();
    format!("{} {} {is_empty}", word(reason), word(places))
}

#[test]
fn reasons_and_places_are_true_by_the_audit() {
    let seen = Mutex::new(BTreeMap::new());
    over_cases(1_200, 500, |seed| {
        let (programme, policy) = case(seed);
        let mut rng = random::numbers(8_000_000 + seed);
        let mut scarcer = programme.clone();
        for fund in programme.fund_ids() {
            for &year in &programme.years {
                let part = rng.random_range(10..100);
                let amount = Money(programme.ceiling(fund, year).0 / 100 * part);
                scarcer = scarcer.with_ceiling(fund, Some(year), amount);
            }
        }
        let conditions = Conditions::default();
        let (Ok(rich), Ok(poor)) = (
            Problem::new(&programme, &policy, &conditions),
            Problem::new(&scarcer, &policy, &conditions),
        ) else {
            return false;
        };
        let plan = |problem: &Problem<'_>| draw_up(problem, &exact()).ok()?.outcome.plan().cloned();
        let (Some(before), Some(after)) = (plan(&rich), plan(&poor)) else {
            return false;
        };
        // Seen from the poor year and, the other way round, from the rich one.
        for (problem, both) in [(&poor, [&before, &after]), (&rich, [&after, &before])] {
            let formulation = problem.formulate_held();
            let own = changes(problem, &formulation, both);
            let differing = programme
                .ids()
                .filter(|&id| both[0].choice(id) != both[1].choice(id));
            assert_eq!(own.projects.len(), differing.count());
            for change in &own.projects {
                let word = hold(problem, both, change, &format!("seed {seed} {change:?}"));
                *seen.lock().unwrap().entry(word).or_insert(0) += 1;
            }
        }
        true
    });
    let seen = seen.into_inner().unwrap();
    println!("{seen:?}");
    for word in [
        "Benefit Each true",
        "Money Each true",
        "Money Each false",
        "Rules Each true",
        "Rules Each false",
    ] {
        assert!(seen.get(word) > Some(&5), "{seen:?}");
    }
}

#[test]
fn two_plans_are_compared_from_their_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (path("first"), path("second"));
    let drawn = trongdiem(&[
        "plan",
        "datasets/tiny",
        "models/directive-20",
        "--out",
        &first,
    ]);
    assert_eq!(code(&drawn), 0, "{}", err(&drawn));
    let drawn = trongdiem(&[
        "plan",
        "datasets/tiny",
        "models/directive-20",
        "--out",
        &second,
        "--forbid",
        "training",
    ]);
    assert_eq!(code(&drawn), 0, "{}", err(&drawn));
    let (before, after) = (first + "/plan.csv", second + "/plan.csv");
    let compared = |more: &[&str]| {
        let own = [
            "compare",
            "datasets/tiny",
            "models/directive-20",
            "--plans",
            &before,
            &after,
        ];
        let own = [&own[..], more].concat();
        trongdiem(&own)
    };
    let table = path("changes.csv");
    for (language, words) in [("en", "put out"), ("vi", "bị đưa ra")] {
        let told = compared(&["--lang", language, "--out", &table]);
        assert_eq!(code(&told), 0, "{}", err(&told));
        assert!(out(&told).contains(words), "{}", out(&told));
    }
    let written = std::fs::read_to_string(&table).unwrap();
    assert!(
        written.contains("project,name,change,before,after"),
        "{written}"
    );
    let told = compared(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out(&told)).unwrap();
    assert!(!json["projects"].as_array().unwrap().is_empty());
    let two = trongdiem(&[
        "compare",
        "datasets/tiny",
        "models/directive-20",
        "models/equity",
        "--plans",
        &before,
        &after,
    ]);
    assert_eq!(code(&two), 2);
    assert!(err(&two).contains("exactly one policy"), "{}", err(&two));
    let bare = ["compare", "datasets/tiny", "models/directive-20"];
    let bare = trongdiem(&[&bare[..], &[&before, &after]].concat());
    assert_eq!(code(&bare), 2);
    assert!(err(&bare).contains("after --plans"), "{}", err(&bare));
}
