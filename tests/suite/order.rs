//! The order of law: tiers against trying every plan, and the difference to the list made by hand.

use rand::RngExt;
use rayon::prelude::*;
use trongdiem::analysis::{Drawn, Why, difference, draw_up, tier_costs};
use trongdiem::formulation::Taken;
use trongdiem::plan::{Decision, Outcome, Plan};
use trongdiem::policy::Policy;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::Programme;
use trongdiem::record::Cell;
use trongdiem::selector::Selector;
use trongdiem::solve::{Settings, Solver};
use trongdiem::tables;

use crate::{random, tiny};

/// Found and held of each tier, and the benefit at last; `None` where no plan keeps the rules.
type Order = Option<(Vec<(i64, i64)>, i64)>;

const HEADING: &str = "tier,select,measure,slack,basis\n";

/// Tiny with so little money that its projects stand in each other's way.
fn tight() -> Programme {
    let mut text = "fund,year,amount\n".to_owned();
    for (year, local, national) in [(2026, 200, 0), (2027, 150, 50), (2028, 60, 0)] {
        text += &format!("local,{year},{local}\nnational,{year},{national}\n");
    }
    tiny::programme_with(&[("ceilings", text)])
}

/// A shipped policy with these tiers.
fn policy(model: &str, tiers: &str) -> Result<Policy, String> {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(tiny::root().join("models").join(model)).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let text = format!("{HEADING}{tiers}");
    std::fs::write(folder.path().join("tiers.csv"), text).unwrap();
    let read = tables::read_policy(folder.path(), &[]);
    read.map(|(policy, _)| policy)
        .map_err(|faults| tiny::list(&faults))
}

/// What a plan reaches in a tier, computed from the tables alone.
fn reached(problem: &Problem<'_>, select: &str, measure: &str, plan: &Plan) -> i64 {
    let programme = problem.programme();
    let selector = Selector::parse(select).unwrap();
    let of = |decision: &Decision| {
        let support = plan
            .spent(programme, |d, _| d.project == decision.project)
            .0;
        match measure.split_once(':') {
            Some(("score", code)) => {
                let criteria = &programme.criteria;
                let at = criteria.iter().position(|own| own.code == code).unwrap();
                let score = programme.project(decision.project).scores[at].get();
                score.unwrap_or(50) * support
            }
            _ if measure == "support" => support,
            _ if measure == "count" => 1,
            _ => problem.scoring().benefit(programme, decision),
        }
    };
    let selected = plan.choices().filter(|d| selector.selects(programme, d));
    selected.map(of).sum()
}

/// Found and held of each tier, and the best benefit at last, by trying every plan; `None` if no
/// plan keeps the rules.
fn by_trying(
    problem: &Problem<'_>,
    tiers: &[(String, String, i64)],
    mut plans: Vec<Plan>,
) -> Order {
    let mut found = Vec::new();
    for (select, measure, slack) in tiers {
        let value = |plan: &Plan| reached(problem, select, measure, plan);
        let most = plans.iter().map(value).max()?;
        // The least whole number that is no less than most × (1 − slack).
        let held = (most * (10_000 - slack) + 9_999) / 10_000;
        plans.retain(|plan| value(plan) >= held);
        found.push((most, held));
    }
    let last = plans.iter().map(|plan| problem.benefit(plan)).max()?;
    Some((found, last))
}

/// The plan drawn up, found and held of each tier and the benefit at last; `None` if infeasible.
fn drawn(problem: &Problem<'_>) -> (Drawn, Order) {
    let drawn = draw_up(problem, &Settings::exact(Solver::default())).unwrap();
    let found = match &drawn.outcome {
        Outcome::Proven { plan, found, bound } => {
            assert_eq!(found, bound);
            assert_eq!(problem.benefit(plan), *found);
            assert_eq!(drawn.proven_tiers(), problem.tiers().len());
            let audit = drawn.audit.as_ref().unwrap();
            assert!(audit.is_clean());
            let of_order = audit.checked.iter().filter(|c| c.rule.starts_with("tier["));
            assert_eq!(of_order.count(), problem.tiers().len());
            let tiers = drawn.tiers.iter().map(|own| (own.found, own.held));
            Some((tiers.collect(), *found))
        }
        Outcome::Infeasible => None,
        other => panic!("{other:?}"),
    };
    (drawn, found)
}

/// The tiers as a table, and as the oracle reads them.
fn written(tiers: &[(&str, &str, &str)]) -> (String, Vec<(String, String, i64)>) {
    let mut text = String::new();
    let mut read = Vec::new();
    for (position, (select, measure, slack)) in tiers.iter().enumerate() {
        text += &format!("{},{select},{measure},{slack},\n", position + 1);
        let slack = slack.trim_end_matches('%').parse::<i64>().unwrap_or(0) * 100;
        read.push(((*select).to_owned(), (*measure).to_owned(), slack));
    }
    (text, read)
}

fn kept(problem: &Problem<'_>, plans: Vec<Plan>) -> Vec<Plan> {
    let formulation = problem.formulate().unwrap();
    let keeps = |plan: &Plan| problem.audit(&formulation, plan).is_clean();
    plans.into_iter().filter(keeps).collect()
}

#[test]
fn the_order_on_tiny_is_that_of_all_plans() {
    let programme = tight();
    let mut lasts = Vec::new();
    for model in ["per-capita", "spread-thin"] {
        for tiers in [
            &[("sector=coffee", "support", ""), ("", "count", "")][..],
            &[("sector=coffee", "support", "50%"), ("", "count", "")],
            &[("", "count", "30%"), ("tag=green", "benefit", "10%")],
            &[("", "score:added_value", ""), ("unit=branch", "count", "")],
            &[
                ("support<150", "support", "20%"),
                ("", "score:added_value", "5%"),
            ],
            &[
                ("class=specially_difficult", "support", ""),
                ("kind=pilot", "support", "1%"),
            ],
        ] {
            let (text, read) = written(tiers);
            let policy = policy(model, &text).unwrap();
            let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
            let plans = kept(&problem, tiny::plans(&programme));
            let best = by_trying(&problem, &read, plans);
            let (_, found) = drawn(&problem);
            assert_eq!(found, best, "{model}: {text}");
            lasts.extend(best.map(|(_, last)| last));
        }
    }
    lasts.sort_unstable();
    lasts.dedup();
    assert!(lasts.len() >= 3, "the tiers decide: {lasts:?}");
}

/// Every plan of a problem's admissible decisions; `None` where there are too many to try.
fn every_plan(problem: &Problem<'_>) -> Option<Vec<Plan>> {
    let mut groups: Vec<Vec<Decision>> = Vec::new();
    for decision in problem.admission().decisions() {
        match groups.last_mut() {
            Some(group) if group[0].project == decision.project => group.push(*decision),
            _ => groups.push(vec![*decision]),
        }
    }
    if groups
        .iter()
        .map(|group| group.len() + 1)
        .product::<usize>()
        > 2_500
    {
        return None;
    }
    let mut plans = vec![Vec::new()];
    for group in groups {
        let longer = plans.iter().flat_map(|plan: &Vec<Decision>| {
            let with = |own: &Decision| [plan.as_slice(), &[*own]].concat();
            group.iter().map(with).collect::<Vec<_>>()
        });
        let longer: Vec<_> = longer.collect();
        plans.extend(longer);
    }
    let programme = problem.programme();
    let plans = plans.into_iter().map(|own| Plan::new(programme, own));
    Some(plans.collect())
}

#[test]
fn random_orders_agree_with_trying_every_plan() {
    const SELECTS: [&str; 6] = [
        "kind=pilot",
        "sector=tea",
        "tag=green",
        "group=women",
        "support<120",
        "",
    ];
    const MEASURES: [&str; 5] = ["support", "count", "benefit", "score:capacity", "support"];
    const SLACKS: [&str; 4] = ["", "5%", "20%", "1%"];
    let case = |seed: u64| {
        let mut rng = random::numbers(4_000_000 + seed);
        let programme = random::programme(&mut rng, &[]);
        let count = rng.random_range(1..4);
        let tiers: Vec<_> = (0..count)
            .map(|_| {
                (
                    SELECTS[rng.random_range(0..SELECTS.len())],
                    MEASURES[rng.random_range(0..MEASURES.len())],
                    SLACKS[rng.random_range(0..SLACKS.len())],
                )
            })
            .collect();
        let (text, read) = written(&tiers);
        let kinds: Vec<_> = random::kinds_with_tables()
            .filter(|kind| matches!(kind.origin, trongdiem::rules::Origin::Policy(_)))
            .collect();
        let kind = kinds[rng.random_range(0..kinds.len())];
        let rule = random::table(kind, &mut rng).unwrap();
        let policy = random::policy(&[("tiers", format!("{HEADING}{text}")), rule]);
        let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
        let plans = kept(&problem, every_plan(&problem)?);
        let free = plans.iter().map(|plan| problem.benefit(plan)).max();
        let best = by_trying(&problem, &read, plans);
        let (_, found) = drawn(&problem);
        assert_eq!(found, best, "{kind:?} seed {seed}: {text}");
        Some(best.is_some_and(|(_, last)| Some(last) != free))
    };
    let tried: Vec<bool> = (0..120).into_par_iter().filter_map(case).collect();
    let changed = tried.iter().filter(|changed| **changed).count();
    println!("{} tried, the order changed {changed}", tried.len());
    assert!(
        tried.len() >= 80 && changed >= 6,
        "{} {changed}",
        tried.len()
    );
}

/// A tier's row and its check agree on every plan of tiny, on both sides of what is held.
#[test]
fn rows_of_tiers_agree_with_their_checks() {
    let programme = tiny::programme();
    let (text, read) = written(&[
        ("sector=tea", "support", ""),
        ("unit=branch", "count", ""),
        ("tag=green|typical_product", "benefit", ""),
        ("", "score:added_value", ""),
    ]);
    let policy = policy("spread-thin", &text).unwrap();
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let plans = tiny::plans(&programme);
    for (tier, (select, measure, _)) in problem.tiers().iter().zip(&read) {
        let value = |plan: &Plan| reached(&problem, select, measure, plan);
        let mut values: Vec<i64> = plans.iter().map(value).collect();
        values.sort_unstable();
        let middle = values[values.len() / 2];
        for held in [middle, middle + 1, values[values.len() - 1]] {
            let mut formulation = tiny::formulation(&programme);
            let before = formulation.rows().len();
            problem.hold(tier, held, &mut formulation);
            let row = &formulation.rows()[before];
            let (mut keeping, mut breaking) = (0, 0);
            for plan in &plans {
                let flags = formulation.flags(plan.choices());
                let is_kept = row.missed(&Taken(&flags), &[]) == 0;
                let finding = tier.check(&programme, problem.scoring(), plan, held);
                assert_eq!(finding.is_kept(), is_kept, "{measure} {held}");
                assert_eq!(finding.slack - finding.breach, value(plan) - held);
                keeping += usize::from(is_kept);
                breaking += usize::from(!is_kept);
            }
            assert!(keeping > 0 && breaking > 0, "{measure} {held}");
        }
    }
}

#[test]
fn what_is_held_is_rounded_up_and_proven_within_the_slack() {
    let (text, _) = written(&[("", "support", "1%"), ("", "count", "")]);
    let policy = policy("spread-thin", &text).unwrap();
    let tiers: Vec<_> = policy.tiers.iter().collect();
    assert_eq!(tiers[0].held(3_400_000_001), 3_366_000_001);
    assert_eq!(tiers[0].held(3_400_000_000), 3_366_000_000);
    assert_eq!(tiers[1].held(7), 7);
    assert!(tiers[0].is_proven(99, 100) && !tiers[0].is_proven(98, 100));
    assert!(tiers[1].is_proven(7, 7) && !tiers[1].is_proven(7, 8));
}

/// What a tier costs the next objective is what trying every plan finds.
#[test]
fn costs_of_tiers_on_tiny_are_those_of_all_plans() {
    let programme = tight();
    let (text, read) = written(&[
        ("sector=coffee", "support", ""),
        ("sector=tea", "support", ""),
        ("", "count", ""),
    ]);
    let policy = policy("spread-thin", &text).unwrap();
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let plans = kept(&problem, tiny::plans(&programme));
    let (drawn, _) = drawn(&problem);
    let settings = Settings {
        threads: 2,
        ..Settings::exact(Solver::default())
    };
    let costs = tier_costs(&problem, &drawn, &settings);
    assert_eq!(costs.len(), 3);
    let mut total = 0;
    for (position, cost) in costs.iter().enumerate() {
        let upto = |tiers: &[(String, String, i64)], next: Option<&(String, String, i64)>| {
            let mut order = tiers.to_vec();
            order.extend(next.cloned());
            let (found, last) = by_trying(&problem, &order, plans.clone()).unwrap();
            next.map_or(last, |_| found[found.len() - 1].0)
        };
        let next = read.get(position + 1);
        let (with, without) = (
            upto(&read[..=position], next),
            upto(&read[..position], next),
        );
        assert_eq!(cost.interval(), Some((without - with, without - with)));
        total += without - with;
    }
    assert!(total > 0, "no tier costs anything");
}

#[test]
fn faults_of_tiers_are_located() {
    for (tiers, place, told) in [
        (
            "1,,support,,\n1,,count,,\n",
            "row 3, column tier",
            "tier 1 stands twice",
        ),
        (
            "1,,support,,\n3,,count,,\n",
            "row 3, column tier",
            "no tier 2",
        ),
        ("0,,support,,\n", "row 2, column tier", "tiers count from 1"),
        (
            "1,,money,,\n",
            "row 2, column measure",
            "no measure “money”",
        ),
        ("1,kind=giant,support,,\n", "row 2, column select", "giant"),
        ("1,,support,2,\n", "row 2, column slack", "lacks the % sign"),
    ] {
        let Err(text) = policy("spread-thin", tiers) else {
            panic!("{tiers} was read");
        };
        assert!(
            text.contains("tiers.csv, ") && text.contains(place),
            "{text}"
        );
        assert!(text.contains(told), "{text}");
    }
    let programme = tiny::programme();
    let tiers = "2,sector=steel,support,,\n1,,score:beauty,,\n";
    let policy = policy("spread-thin", tiers).unwrap();
    let faults = Problem::new(&programme, &policy, &Conditions::default()).unwrap_err();
    let text = tiny::list(&faults);
    assert!(
        text.contains("tiers.csv, row 2, column select: “sector=steel”"),
        "{text}"
    );
    assert!(
        text.contains("tiers.csv, row 3, column measure: the dataset has no criterion"),
        "{text}"
    );
    assert_eq!(faults.len(), 2);
}

#[test]
fn tiers_can_be_left_out() {
    let programme = tiny::programme();
    let (text, _) = written(&[("sector=coffee", "support", ""), ("", "count", "")]);
    let policy = policy("spread-thin", &text).unwrap();
    let labels = |without: &[&str]| {
        let conditions = Conditions {
            without: without.iter().map(|&name| name.to_owned()).collect(),
            ..Conditions::default()
        };
        let problem = Problem::new(&programme, &policy, &conditions).unwrap();
        let labels = problem.tiers().iter().map(|tier| tier.label());
        labels.collect::<Vec<_>>()
    };
    assert_eq!(labels(&[]), ["tier[1]", "tier[2]"]);
    assert_eq!(labels(&["tier[1]"]), ["tier[2]"]);
    assert!(labels(&["tier"]).is_empty());
}

fn list_and_plan(programme: &Programme, policy: &Policy) -> [usize; 4] {
    let mut told = [0; 4];
    let problem = Problem::new(programme, policy, &Conditions::default()).unwrap();
    let drawn = draw_up(&problem, &Settings::exact(Solver::default())).unwrap();
    let Some(plan) = drawn.outcome.plan() else {
        return told;
    };
    let (list, passed_over) = problem.rule_order();
    let own = difference(&problem, &drawn.formulation, plan, (&list, &passed_over));
    let both = programme
        .ids()
        .filter(|&id| plan.choice(id).is_some() && plan.choice(id) == list.choice(id));
    assert_eq!(own.alike, both.count());
    let other = programme
        .ids()
        .filter(|&id| plan.choice(id) != list.choice(id));
    assert_eq!(
        own.projects.iter().map(|d| d.project).collect::<Vec<_>>(),
        other.collect::<Vec<_>>()
    );
    let breaches = |plan: &Plan| {
        let audit = drawn.hold(&problem, plan);
        let labels = audit.breaches().map(|own| own.finding.label.clone());
        labels.collect::<Vec<String>>()
    };
    assert!(breaches(plan).is_empty());
    let limits = problem.limits();
    for differing in &own.projects {
        let at = match (&differing.why, differing.planned, differing.listed) {
            (Why::Otherwise, Some(planned), Some(listed)) => {
                assert_ne!(planned.decision, listed.decision);
                0
            }
            (Why::Full(label), Some(_), None) => {
                let row = limits
                    .rows()
                    .iter()
                    .find(|row| &row.label == label)
                    .unwrap();
                let mut terms = row.decisions.iter();
                assert!(
                    terms.any(|&(id, c)| c > 0 && limits.decision(id).project == differing.project)
                );
                1
            }
            (why, None, Some(listed)) => {
                let with = plan.choices().copied().chain([listed.decision]);
                let broken = breaches(&Plan::new(programme, with));
                if let Why::Breaks(labels, count) = why {
                    assert_eq!(labels[..], broken[..labels.len()]);
                    assert_eq!(*count, broken.len());
                    assert_eq!(labels.len(), broken.len().min(3));
                    2
                } else {
                    assert_eq!((why, broken.len()), (&Why::Fits, 0));
                    3
                }
            }
            other => panic!("{other:?}"),
        };
        told[at] += 1;
    }
    told
}

/// Every project on which plan and list differ is explained by something that is so.
#[test]
fn differences_to_the_list_are_explained_by_what_is_so() {
    let cases = (0..60).into_par_iter().map(|seed| {
        let programme = random::programme(&mut random::numbers(5_000_000 + seed), &[]);
        let tier = format!("{HEADING}1,sector=coffee,count,,\n");
        let most = "select,each,amount\nzone=Vùng Bắc,,200\n";
        let tables = [("tiers", tier), ("maximum_money", most.to_owned())];
        list_and_plan(&programme, &random::policy(&tables))
    });
    let told = cases.reduce(
        || [0; 4],
        |one, other| std::array::from_fn(|at| one[at] + other[at]),
    );
    println!("otherwise, full, breaks, fits: {told:?}");
    assert!(told[..3].iter().all(|&count| count >= 5), "{told:?}");
}

#[test]
fn the_manual_of_tiers_has_an_example_that_reads() {
    let manual = trongdiem::policy::tiers_manual();
    let example = manual.split("```csv\n").nth(1).unwrap();
    let example = example.split("```").next().unwrap();
    let rows = example.strip_prefix(HEADING).unwrap();
    let policy = policy("spread-thin", rows).unwrap();
    assert_eq!(policy.tiers.iter().count(), 3);
    Problem::new(&tiny::programme(), &policy, &Conditions::default()).unwrap();
}

#[test]
fn the_shipped_order_fits_the_shipped_datasets() {
    let path = tiny::root().join("models/order-of-law");
    let (policy, _) = tables::read_policy(&path, &[]).unwrap();
    for name in ["tiny", "published", "son-la", "vinh-long"] {
        let programme = tiny::programme_of(&tiny::root().join("datasets").join(name));
        let problem = Problem::new(&programme, &policy, &Conditions::default())
            .unwrap_or_else(|faults| panic!("{name}: {}", tiny::list(&faults)));
        assert!(problem.formulate().is_ok(), "{name}");
        assert_eq!(problem.tiers().len(), 6);
    }
}
