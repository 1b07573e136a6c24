//! Rules that may be broken at a price.

use rand::RngExt;
use rayon::prelude::*;
use trongdiem::analysis::changes;
use trongdiem::formulation::{Price, Taken};
use trongdiem::problem::{Conditions, Problem};
use trongdiem::rules::{KINDS, Origin};

use crate::command_line::{code, err, out, trongdiem, written};
use crate::oracle::{best_of_all, priced, solved};
use crate::{random, rules, tiny};

/// `models/directive-20` with this table `soft`.
pub fn model(soft: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(tiny::root().join("models/directive-20")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    std::fs::write(folder.path().join("soft.csv"), soft).unwrap();
    folder
}

/// With a price, the rows of every rule of a policy and of targets admit every plan, whose value is
/// what the checker's breaches cost, to the last thousandth.
#[test]
fn every_soft_rule_costs_what_its_checker_finds() {
    let may_be_soft = |origin: &Origin| {
        matches!(
            origin,
            Origin::Policy(_)
                | Origin::Facts {
                    table: "targets",
                    ..
                }
        )
    };
    let mut costly = 0;
    for kind in KINDS.iter().filter(|kind| may_be_soft(&kind.origin)) {
        let programme = rules::programme(kind);
        let plans = tiny::plans(&programme);
        for rule in rules::rules(kind, &programme) {
            let price = 7_301;
            let mut formulation = tiny::formulation(&programme);
            formulation.soften(Some(price));
            rule.formulate(&programme, &mut formulation);
            let mut broken = 0;
            for plan in &plans {
                let taken = formulation.flags(plan.choices());
                let taken = Taken(&taken);
                let label = rule.label();
                assert!(formulation.admits(&taken), "{label} refuses {plan:?}");
                let findings = rule.check(&programme, plan);
                let costs = findings.iter().map(|finding| priced(price, finding));
                let cost = Price::cost(costs);
                assert_eq!(formulation.value(&taken), -cost, "{label}: {plan:?}");
                broken += usize::from(cost > 0);
            }
            assert!(broken > 0, "{}: no plan breaks it", rule.label());
            costly += 1;
        }
    }
    assert!(costly >= 12, "{costly} rules");
}

/// Two random rules, each soft at a random price or not at all: the optimum is the best of all plans.
#[test]
fn soft_optima_agree_with_trying_every_plan() {
    let kinds: Vec<_> = random::kinds_with_tables()
        .filter(|kind| matches!(kind.origin, Origin::Policy(_)))
        .collect();
    let pay = |seed: u64| -> (bool, bool) {
        let mut rng = random::numbers(900_000 + seed);
        let mut tables = Vec::new();
        let mut soft = String::from("rule,price\n");
        let first = usize::try_from(seed).unwrap() % kinds.len();
        let second = (first + 1 + rng.random_range(0..kinds.len() - 1)) % kinds.len();
        for kind in [kinds[first], kinds[second]] {
            tables.push(random::table(kind, &mut rng).unwrap());
            if kind.name == kinds[first].name || rng.random_range(0..2) == 0 {
                soft += &format!("{},{}\n", kind.name, rng.random_range(1..60));
            }
        }
        tables.push(("soft", soft.clone()));
        let beside = [kinds[first], kinds[second]]
            .into_iter()
            .flat_map(random::beside);
        let programme = random::programme(&mut rng, &beside.collect::<Vec<_>>());
        let policy = random::policy(&tables);
        let conditions = Conditions::default();
        let problem = Problem::new(&programme, &policy, &conditions)
            .unwrap_or_else(|faults| panic!("seed {seed}: {}", tiny::list(&faults)));
        let best = best_of_all(&problem, &conditions);
        let found = solved(&problem);
        let rounding = problem.formulate_held().rounding();
        let differ = best.zip(found).map(|(best, found)| best - found);
        assert!(
            best.is_some() == found.is_some()
                && differ.is_none_or(|by| (0..=rounding).contains(&by)),
            "seed {seed}: the best is {best:?}, found {found:?}: {tables:?}"
        );
        let free = Conditions {
            without: vec![kinds[first].name.to_owned()],
            ..Conditions::default()
        };
        let policy = random::policy(&tables[..2]);
        let free = Problem::new(&programme, &policy, &free).unwrap();
        (best.is_some(), best < best_of_all(&free, &conditions))
    };
    let outcomes: Vec<_> = (0..240).into_par_iter().map(pay).collect();
    let planned = outcomes.iter().filter(|(has_plan, _)| *has_plan).count();
    let paid = outcomes.iter().filter(|(_, costs)| *costs).count();
    assert!(planned >= 150 && paid >= 40, "{planned} plans, {paid} pay");
}

#[test]
fn soft_rules_are_told_in_every_report() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let model = model("rule,price,basis\nminimum_share,5,\ntargets[machines],50,\n");
    std::fs::write(
        model.path().join("minimum_count.csv"),
        "select,counted,each,count\nkind=pilot,,,2\n",
    )
    .unwrap();
    let path = model.path().to_str().unwrap();
    // Hard, the count of pilots cannot be reached; soft, its shortfall is paid for.
    assert_eq!(code(&trongdiem(&["plan", "datasets/tiny", path])), 1);
    let soft = std::fs::read_to_string(model.path().join("soft.csv")).unwrap();
    std::fs::write(
        model.path().join("soft.csv"),
        format!("{soft}minimum_count[kind=pilot],70,\n"),
    )
    .unwrap();
    let output = trongdiem(&["plan", "datasets/tiny", path, "--gap", "0%", "--out", to]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    let text = out(&output);
    for part in [
        "less 70 for soft rules broken",
        "1, at least 2",
        "targets[machines]",
        "minimum_share[kind=pilot]",
        "minimum_count[kind=pilot]",
        "70 a project",
        "− soft rules 70 points =",
        "breaks soft ones",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&written(folder.path(), "plan.json")).unwrap();
    let number = |value: &serde_json::Value| value.as_str().unwrap().parse::<f64>().unwrap();
    assert_eq!(json["penalty"], "70");
    assert_eq!(json["figures"][0]["penalty"], "70");
    let left = number(&json["benefit"]) - 70.0 - number(&json["objective"]);
    assert!(left.abs() < 0.001, "{left}");
    assert_eq!(json["figures"][0]["rules_broken"], 0);
    let findings = json["findings"].as_array().unwrap();
    let broken: Vec<_> = findings
        .iter()
        .filter(|own| own["verdict"] == "broken at a price")
        .collect();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0]["soft"]["price"], "70");
    assert_eq!(broken[0]["soft"]["cost"], "70");
    let csv = written(folder.path(), "audit.csv");
    assert!(csv.lines().next().unwrap().ends_with(",price,cost"));
    assert!(csv.lines().any(|line| line.ends_with(",70,70")), "{csv}");
    // Another's plan is held to the same prices.
    let plan = folder.path().join("plan.csv");
    let audit = trongdiem(&[
        "audit",
        "datasets/tiny",
        path,
        plan.to_str().unwrap(),
        "--lang",
        "vi",
    ]);
    assert_eq!(code(&audit), 0, "{}", out(&audit));
    assert!(
        out(&audit).contains("có quy tắc mềm không đạt"),
        "{}",
        out(&audit)
    );
    assert!(out(&audit).contains("70 / đề án"), "{}", out(&audit));
}

/// A soft rule is never named among those that cannot hold together.
#[test]
fn conflicts_name_no_soft_rule() {
    let model = model("rule,price\nminimum_share,5\n");
    let write = |name: &str, text: &str| std::fs::write(model.path().join(name), text).unwrap();
    write(
        "minimum_count.csv",
        "select,counted,each,count\nsector=coffee,,,1\n",
    );
    write(
        "maximum_money.csv",
        "select,each,amount\nzone=Vùng Bắc,,150\n",
    );
    for other in ["minimum_money", "minimum_count"] {
        let _ = std::fs::remove_file(model.path().join(format!("{other}.csv")));
    }
    write(
        "minimum_count.csv",
        "select,counted,each,count\nsector=coffee,,,1\n",
    );
    let output = trongdiem(&["plan", "datasets/tiny", model.path().to_str().unwrap()]);
    assert_eq!(code(&output), 1, "{}", out(&output));
    assert!(out(&output).contains("minimum_count[sector=coffee]"));
    assert!(
        !out(&output).contains("  minimum_share["),
        "{}",
        out(&output)
    );
}

/// A rule that may be broken at a price keeps no project out: what changed beside it changed for its
/// benefit.
#[test]
fn a_soft_rule_is_no_reason_for_a_change() {
    let programme = tiny::programme();
    let one = ("maximum_count", "select,count\n,1\n".to_owned());
    let soft = ("soft", "rule,price\nmaximum_count,5\n".to_owned());
    let conditions = Conditions::default();
    let both = [vec![one.clone()], vec![one, soft]];
    let [held, priced] = both.map(|tables| {
        let policy = random::policy(&tables);
        let problem = Problem::new(&programme, &policy, &conditions)
            .unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
        let before = tiny::plan(&programme, "tea-dryer@2027");
        let after = tiny::plan(&programme, "tea-press@2027");
        let told = changes(&problem, &problem.formulate_held(), [&before, &after]);
        told.projects
            .into_iter()
            .map(|own| own.reason.labels().join(" "))
            .collect::<Vec<_>>()
    });
    let names = |own: &String| own.contains("maximum_count");
    assert!(held.len() == 2 && held.iter().all(names), "{held:?}");
    assert!(priced.len() == 2 && !priced.iter().any(names), "{priced:?}");
}
