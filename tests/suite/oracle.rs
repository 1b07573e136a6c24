//! The solver against trying every plan.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use trongdiem::analysis::draw_up;
use trongdiem::formulation::{Price, Taken};
use trongdiem::plan::{Decision, Outcome, Plan};
use trongdiem::problem::{Conditions, Problem, Standing};
use trongdiem::programme::ProjectId;
use trongdiem::rules::{Finding, Kind, Origin, Unit};
use trongdiem::solve::{Settings, Solver};

use crate::{random, tiny};

/// The best benefit, less the cost of soft rules, of all plans that pass the audit; `None` if no
/// plan does.
pub fn best_of_all(problem: &Problem<'_>, conditions: &Conditions) -> Option<i64> {
    best_of_those(problem, conditions, None)
}

/// The same of the plans that do not fund a project.
pub fn best_without(problem: &Problem<'_>, project: ProjectId) -> Option<i64> {
    best_of_those(problem, &Conditions::default(), Some(project))
}

fn best_of_those(
    problem: &Problem<'_>,
    conditions: &Conditions,
    but: Option<ProjectId>,
) -> Option<i64> {
    let formulation = problem.formulate_held();
    let mut groups = by_project(problem);
    groups.retain(|group| Some(group[0].project) != but);
    let programme = problem.programme();
    let required: Vec<_> = conditions
        .require
        .iter()
        .filter_map(|code| programme.find(code))
        .collect();
    let mut best = None;
    let mut tries = 0;
    let has_prices = problem.standing().iter().any(|own| own.price.is_some());
    let mut places = vec![0; groups.len()];
    loop {
        let taken = groups.iter().zip(&places).filter(|(_, place)| **place > 0);
        let plan = Plan::new(programme, taken.map(|(group, &place)| group[place - 1]));
        let benefit = problem.benefit(&plan);
        // The audit, but for its sentences, and only where the plan could be the best so far.
        let broken = |own: &Standing<'_>| -> Vec<Finding> {
            let findings = own.rule.check(programme, &plan).into_iter();
            findings
                .filter(|f| !f.is_kept() && !formulation.left_out().contains(&f.label))
                .collect()
        };
        let held = || problem.standing().iter().filter(|own| own.is_held);
        tries += 1;
        if tries % 61 == 0 && !has_prices {
            let is_kept = required
                .iter()
                .all(|&project| plan.choice(project).is_some())
                && held().all(|own| broken(own).is_empty());
            let flags = formulation.flags(plan.choices());
            assert_eq!(formulation.admits(&Taken(&flags)), is_kept, "{plan:?}");
        }
        if best.is_none_or(|best| benefit > best)
            && required
                .iter()
                .all(|&project| plan.choice(project).is_some())
            && held()
                .filter(|own| own.price.is_none())
                .all(|own| broken(own).is_empty())
        {
            let soft = held().filter_map(|own| Some((own.price?, broken(own))));
            let costs = soft.flat_map(|(price, findings)| {
                findings
                    .into_iter()
                    .map(move |finding| priced(price, &finding))
            });
            best = best.max(Some(benefit - Price::cost(costs)));
        }
        // The next combination, as an odometer counts.
        let Some(at) = places
            .iter()
            .zip(&groups)
            .position(|(place, group)| *place < group.len())
        else {
            return best;
        };
        places[at] += 1;
        places[..at].fill(0);
    }
}

/// The most benefit of the plans that fund a project, if its merit were `merit` hundredths of a point.
pub fn most_worth(problem: &Problem<'_>, project: ProjectId, merit: i64) -> Option<i64> {
    let (programme, scoring) = (problem.programme(), problem.scoring());
    let most = most_of(problem, |plan, benefit| {
        let own = plan.choice(project)?;
        let more = scoring.benefit_at(programme, own, merit) - scoring.benefit(programme, own);
        usize::try_from(benefit + more).ok()
    });
    most.map(|most| i64::try_from(most).unwrap())
}

/// The most benefit of the plans that fund a project, by the measure of another problem.
pub fn most_worth_as(
    problem: &Problem<'_>,
    measured: &Problem<'_>,
    project: ProjectId,
) -> Option<i64> {
    let most = most_of(problem, |plan, _| {
        plan.choice(project)?;
        let own = plan.choices();
        let benefits = own.map(|d| measured.scoring().benefit(measured.programme(), d));
        usize::try_from(benefits.sum::<i64>()).ok()
    });
    most.map(|most| i64::try_from(most).unwrap())
}

/// The most of a measure of the plans that keep every rule, of those that it says something of; it
/// is given each plan and its benefit. For policies without prices.
pub fn most_of(
    problem: &Problem<'_>,
    measure: impl Fn(&Plan, i64) -> Option<usize>,
) -> Option<usize> {
    let formulation = problem.formulate_held();
    let mut most = None;
    for_each_plan(problem, |plan| {
        let own = measure(&plan, problem.benefit(&plan));
        if own > most && formulation.admits(&Taken(&formulation.flags(plan.choices()))) {
            most = own;
        }
    });
    most
}

/// The most benefit of the plans that keep every rule, for each question asked of a plan.
pub fn most_benefit(
    problem: &Problem<'_>,
    questions: &[&dyn Fn(&Plan) -> bool],
) -> Vec<Option<i64>> {
    let formulation = problem.formulate_held();
    let mut plans: Vec<(i64, Plan)> = Vec::new();
    for_each_plan(problem, |plan| plans.push((problem.benefit(&plan), plan)));
    plans.sort_by_key(|(benefit, _)| std::cmp::Reverse(*benefit));
    let answer = |asks: &&dyn Fn(&Plan) -> bool| {
        let admits = |plan: &Plan| formulation.admits(&Taken(&formulation.flags(plan.choices())));
        let mut own = plans.iter().filter(|(_, plan)| asks(plan) && admits(plan));
        own.next().map(|(benefit, _)| *benefit)
    };
    questions.iter().map(answer).collect()
}

/// The decisions that gates let through, project by project.
fn by_project(problem: &Problem<'_>) -> Vec<Vec<Decision>> {
    let mut groups: Vec<Vec<Decision>> = Vec::new();
    for decision in problem.admission().decisions() {
        match groups.last_mut() {
            Some(group) if group[0].project == decision.project => group.push(*decision),
            _ => groups.push(vec![*decision]),
        }
    }
    groups
}

/// How many plans there are of what gates let through.
pub fn count_of_plans(problem: &Problem<'_>) -> usize {
    let groups = by_project(problem);
    groups.iter().map(|group| group.len() + 1).product()
}

/// Every plan of what gates let through, whatever rules say.
pub fn for_each_plan(problem: &Problem<'_>, mut told: impl FnMut(Plan)) {
    let programme = problem.programme();
    let groups = by_project(problem);
    let mut places = vec![0; groups.len()];
    loop {
        let taken = groups.iter().zip(&places).filter(|(_, place)| **place > 0);
        told(Plan::new(
            programme,
            taken.map(|(group, &place)| group[place - 1]),
        ));
        let next = places
            .iter()
            .zip(&groups)
            .position(|(place, group)| *place < group.len());
        let Some(at) = next else { return };
        places[at] += 1;
        places[..at].fill(0);
    }
}

/// A breach with its price in thousandths of a point for a project, a point, or a million đồng.
pub fn priced(thousandths: i64, finding: &Finding) -> (Price, i64) {
    let of = if finding.unit == Unit::Dong {
        1_000_000
    } else {
        1
    };
    (Price { thousandths, of }, finding.breach)
}

/// The solver's optimum, its plan audited. Rules that contradict each other have none, and say so
/// before any solve.
pub fn solved(problem: &Problem<'_>) -> Option<i64> {
    let drawn = match draw_up(problem, &Settings::exact(Solver::default())) {
        Ok(drawn) => drawn,
        Err(faults) => {
            let told = tiny::list(&faults);
            assert!(told.contains("but the same is bounded by"), "{told}");
            return None;
        }
    };
    match &drawn.outcome {
        Outcome::Proven { plan, found, bound } => {
            let rounding = drawn.formulation.rounding();
            assert!(bound - found <= rounding, "an exact solve leaves no gap");
            let audit = drawn.audit.as_ref().unwrap();
            assert_eq!(problem.benefit(plan) - audit.cost(), *found);
            assert!(audit.is_clean());
            if let Some(certificate) = &drawn.certificate {
                assert!(
                    certificate.bound >= *found,
                    "a certified bound below a plan"
                );
                let again = certificate.recomputed(&drawn.formulation);
                assert_eq!(again, Some(certificate.bound));
            }
            Some(*found)
        }
        Outcome::Infeasible => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_optimum_of_tiny_is_the_best_of_all_plans() {
    let programme = tiny::programme();
    for model in ["directive-20", "spread-thin"] {
        let path = tiny::root().join("models").join(model);
        let (policy, _) = trongdiem::tables::read_policy(&path, &[]).unwrap();
        let conditions = Conditions::default();
        let problem = Problem::new(&programme, &policy, &conditions).unwrap();
        let best = best_of_all(&problem, &conditions);
        assert!(best.is_some());
        assert_eq!(solved(&problem), best, "{model}");
    }
}

/// The relaxation bounds the optimum, and prices every row where the solver gives prices.
#[test]
fn the_relaxation_of_tiny_bounds_its_optimum() {
    let programme = tiny::programme();
    let path = tiny::root().join("models/directive-20");
    let (policy, _) = trongdiem::tables::read_policy(&path, &[]).unwrap();
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let formulation = problem.formulate().unwrap();
    let relaxed =
        trongdiem::solve::relax(&formulation, &Settings::exact(Solver::default())).unwrap();
    let best = solved(&problem).unwrap();
    assert!(relaxed.value.unwrap() >= f64::from(i32::try_from(best).unwrap()) - 1.0);
    assert!(
        relaxed
            .prices
            .is_none_or(|prices| prices.len() == formulation.rows().len())
    );
}

#[test]
fn an_impossible_demand_is_infeasible() {
    let programme = tiny::programme();
    let policy = random::policy(&[(
        "minimum_count",
        "select,counted,each,count\nkind=pilot,,,2\n".into(),
    )]);
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    assert_eq!(solved(&problem), None);
}

/// Tables by name, with their text.
pub type Tables = Vec<(&'static str, String)>;

/// The tables of up to two other rules of the policy, and the dataset tables that they need.
fn companions(kind: &Kind, rng: &mut ChaCha8Rng) -> (Tables, Tables) {
    let others: Vec<_> = random::kinds_with_tables()
        .filter(|own| matches!(own.origin, Origin::Policy(_)) && own.name != kind.name)
        .collect();
    let (mut chosen, mut beside) = (Vec::new(), random::beside(kind));
    for _ in 0..rng.random_range(0..3) {
        let other = others[rng.random_range(0..others.len())];
        if chosen.iter().any(|(name, _)| *name == other.name) {
            continue;
        }
        chosen.extend(random::table(other, rng));
        for table in random::beside(other) {
            if beside.iter().all(|(name, _)| *name != table.0) {
                beside.push(table);
            }
        }
    }
    (chosen, beside)
}

/// On random programmes under random policies every kind of rule and gate changes the optimum and
/// makes programmes infeasible (a gate, by refusing what is required), and the solver always finds
/// what trying every plan finds.
#[test]
fn every_kind_of_rule_agrees_with_trying_every_plan() {
    const FEWEST: u64 = 70;
    const MOST: u64 = 2_500;
    let kinds: Vec<_> = random::kinds_with_tables()
        .chain(random::law_gates())
        .enumerate()
        .collect();
    let tried: Vec<u64> = kinds
        .par_iter()
        .map(|&(position, kind)| {
            let (mut changed, mut infeasible) = (0, 0);
            let mut cases = 0;
            for case in 0..MOST {
                if case >= FEWEST && changed >= 20 && infeasible >= 5 {
                    break;
                }
                cases = case + 1;
                let seed = u64::try_from(position).unwrap() * 10_000 + case;
                let mut rng = random::numbers(seed);
                let of_law = matches!(kind.origin, Origin::LawGate(_));
                let entry = if of_law {
                    random::of_law(kind, &mut rng)
                } else {
                    random::table(kind, &mut rng)
                };
                let of_dataset = of_law || matches!(kind.origin, Origin::Facts { .. });
                // Every other case stands alone, so that what changes is the kind's own doing.
                let (mut chosen, mut extra) = if case % 2 == 0 {
                    (Vec::new(), random::beside(kind))
                } else {
                    companions(kind, &mut rng)
                };
                if of_dataset {
                    extra.extend(entry.clone());
                } else {
                    chosen.extend(entry.clone());
                }
                let programme = random::programme_for(kind.name, &mut rng, &extra);
                let policy = random::policy(&chosen);
                let mut conditions = Conditions::default();
                for code in ["a", "b"] {
                    if rng.random_range(0..3) == 0 {
                        conditions.require.push(code.to_owned());
                    }
                }
                let problem = match Problem::new(&programme, &policy, &conditions) {
                    Ok(problem) => problem,
                    Err(faults) => {
                        // A gate that refuses a required project says so before any solve.
                        let told = tiny::list(&faults);
                        assert!(
                            told.contains("not admissible"),
                            "{kind:?} seed {seed}: {told}"
                        );
                        infeasible += 1;
                        continue;
                    }
                };
                let best = best_of_all(&problem, &conditions);
                let rounding = problem.formulate_held().rounding();
                let found = solved(&problem);
                let differ = best.zip(found).map(|(best, found)| best - found);
                assert!(
                    best.is_some() == found.is_some()
                        && differ.is_none_or(|by| (0..=rounding).contains(&by)),
                    "{kind:?} seed {seed}: {chosen:?} {extra:?}"
                );
                let without = Conditions {
                    without: vec![kind.name.to_owned()],
                    ..conditions.clone()
                };
                // A table that makes no rule (no relation of the kind) changes nothing.
                let Ok(free) = Problem::new(&programme, &policy, &without) else {
                    continue;
                };
                let free_best = best_of_all(&free, &without);
                infeasible += u32::from(best.is_none() && free_best.is_some());
                changed += u32::from(best.is_some() && best != free_best);
            }
            println!("{kind:?}: changed {changed}, infeasible {infeasible} of {cases}");
            assert!(changed >= 20, "{kind:?} changed {changed} of {cases}");
            assert!(
                infeasible >= 5,
                "{kind:?} made {infeasible} of {cases} infeasible"
            );
            cases
        })
        .collect();
    let all: u64 = tried.iter().sum();
    println!("{all} programmes");
    assert!(all >= 2_000, "only {all} programmes");
}

/// Commitments: what is promised is in every plan, and a promise that cannot be kept is infeasible.
#[test]
fn commitments_agree_with_trying_every_plan() {
    let (mut changed, mut infeasible) = (0, 0);
    for seed in 0..120 {
        let mut rng = random::numbers(700_000 + seed);
        let start = rng.random_range(2026..=2028);
        let fund = ["local", "national"][rng.random_range(0..2)];
        let plain = random::programme(&mut random::numbers(seed), &[]);
        let project = plain.project(plain.find("a").unwrap());
        let unit = &plain.units[project.units[0].index()].named.code;
        let variant = &project.variants[0].name;
        let table = format!("project,variant,fund,start,unit\na,{variant},{fund},{start},{unit}\n");
        let programme = random::programme(&mut random::numbers(seed), &[("commitments", table)]);
        let policy = random::policy(&[]);
        let conditions = Conditions::default();
        let problem = Problem::new(&programme, &policy, &conditions).unwrap();
        let best = best_of_all(&problem, &conditions);
        assert_eq!(solved(&problem), best, "seed {seed}");
        let free = Problem::new(&plain, &policy, &conditions).unwrap();
        let free_best = best_of_all(&free, &conditions);
        infeasible += u32::from(best.is_none() && free_best.is_some());
        changed += u32::from(best.is_some() && best != free_best);
    }
    assert!(
        changed >= 20 && infeasible >= 5,
        "changed {changed}, infeasible {infeasible}"
    );
}
