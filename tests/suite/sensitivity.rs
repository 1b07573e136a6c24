//! What changes are worth, against trying every plan.

use std::collections::BTreeSet;

use rand::RngExt;
use rayon::prelude::*;
use trongdiem::analysis::{
    Against, Asking, Certain, Drawn, Effect, Lever, MoneyAsked, ProjectsAsked, RulesAsked,
    alternatives, conflicts, draw_up, frontier, money_worth, projects_worth, repairs, rules_worth,
    ticket,
};
use trongdiem::plan::Plan;
use trongdiem::policy::Policy;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::{Programme, ProjectId};
use trongdiem::quantities::{Money, Share};
use trongdiem::rules::{Kind, Origin};
use trongdiem::solve::{Settings, Solver};

use crate::oracle::{self, best_of_all};
use crate::random;

/// A small random programme under a random policy of one or two rules, and now and then a rule of
/// the facts.
pub fn case(seed: u64) -> (Programme, Policy) {
    let mut rng = random::numbers(4_000_000 + seed);
    let kinds: Vec<&Kind> = random::kinds_with_tables().collect();
    let (mut chosen, mut extra): (oracle::Tables, oracle::Tables) = Default::default();
    for _ in 0..rng.random_range(1..=3) {
        let kind = kinds[rng.random_range(0..kinds.len())];
        let Some((name, text)) = random::table(kind, &mut rng) else {
            continue;
        };
        let is_of_facts = matches!(kind.origin, Origin::Facts { .. });
        let tables = if is_of_facts { &mut extra } else { &mut chosen };
        if tables.iter().any(|(own, _)| *own == name) {
            continue;
        }
        tables.push((name, text));
        for table in random::beside(kind) {
            if extra.iter().all(|(own, _)| *own != table.0) {
                extra.push(table);
            }
        }
    }
    let programme = random::programme(&mut rng, &extra);
    (programme, random::policy(&chosen))
}

pub fn exact() -> Settings {
    Settings::exact(Solver::default())
}

/// The problem and its optimum, where it has one that is exact.
pub fn drawn(problem: &Problem<'_>) -> Option<Drawn> {
    let drawn = draw_up(problem, &exact()).ok()?;
    let is_exact = drawn.formulation.rounding() == 0;
    (is_exact && drawn.outcome.plan().is_some()).then_some(drawn)
}

/// The cases among the first `most` that `try_out` has something to say of; at least `least` must be.
pub fn over_cases(most: u64, least: usize, try_out: impl Fn(u64) -> bool + Sync) {
    let tried: usize = (0..most)
        .into_par_iter()
        .map(|seed| usize::from(try_out(seed)))
        .sum();
    println!("{tried} of {most} cases");
    assert!(tried >= least, "only {tried} of {most} cases");
}

#[test]
fn prices_of_rules_agree_with_trying_every_plan() {
    let decided = std::sync::atomic::AtomicUsize::new(0);
    over_cases(620, 500, |seed| {
        let (programme, policy) = case(seed);
        let conditions = Conditions::default();
        let Ok(problem) = Problem::new(&programme, &policy, &conditions) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let found = drawn.outcome.found().unwrap();
        let asked = RulesAsked { pairs_among: 2 };
        let worth = rules_worth(&problem, &drawn, asked, &exact(), Asking::default()).unwrap();
        let best = |conditions: &Conditions| {
            let problem = Problem::new(&programme, &policy, conditions).unwrap();
            best_of_all(&problem, conditions)
        };
        let agrees = |effect: &Effect, best: Option<i64>, name: &str| {
            let expected = best.map(|best| best - found);
            let change = effect.benefit().map(|own| own.value);
            assert_eq!(
                change.and_then(|own| own.least),
                expected,
                "seed {seed} {name}"
            );
            assert_eq!(
                change.and_then(|own| own.most),
                expected,
                "seed {seed} {name}"
            );
            assert_eq!(
                effect.is_impossible,
                expected.is_none(),
                "seed {seed} {name}"
            );
        };
        for rule in &worth.rules {
            let without = Conditions {
                left_out: vec![rule.label.clone()],
                ..Conditions::default()
            };
            agrees(&rule.without, best(&without), &rule.label);
            if let Some((_, looser)) = &rule.looser {
                let loosened = Conditions {
                    loosen: vec![rule.label.clone()],
                    ..Conditions::default()
                };
                agrees(looser, best(&loosened), &rule.label);
            }
            let price = rule.without.benefit().map(|own| own.value);
            let price = price.and_then(|own| own.least);
            decided.fetch_add(
                usize::from(price > Some(0)),
                std::sync::atomic::Ordering::Relaxed,
            );
        }
        for pair in &worth.pairs {
            let labels = [pair.0, pair.1].map(|at| worth.rules[at].label.clone());
            let both = Conditions {
                left_out: labels.to_vec(),
                ..Conditions::default()
            };
            agrees(&pair.2, best(&both), &labels.join(" and "));
        }
        true
    });
    assert!(decided.into_inner() > 50, "hardly any rule has a price");
}

#[test]
fn steps_of_money_agree_with_trying_every_plan() {
    over_cases(620, 500, |seed| {
        let (programme, policy) = case(seed);
        let conditions = Conditions::default();
        let Ok(problem) = Problem::new(&programme, &policy, &conditions) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let found = drawn.outcome.found().unwrap();
        // Where rules measure a share of the ceilings more money is not always more.
        let gain = policy.rules.is_empty();
        let asked = MoneyAsked {
            steps: vec![Share(2_000)],
            gain: gain.then_some(1_000),
            shift: None,
            curve: Vec::new(),
        };
        let worth = money_worth(&problem, &drawn, &asked, &exact(), Asking::default()).unwrap();
        let best = |of: &trongdiem::analysis::CeilingOf, by: Money| {
            let changed = programme.with_ceiling(of.fund, of.year, of.amount + by);
            let problem = Problem::new(&changed, &policy, &conditions).unwrap();
            best_of_all(&problem, &conditions)
        };
        // Two of them: the oracle is slow.
        let first = usize::try_from(seed % 5).unwrap();
        for step in worth.steps.iter().skip(first).step_by(5) {
            let expected = best(&step.of, step.by).map(|best| best - found);
            let change = step.effect.benefit().map(|own| own.value);
            assert_eq!(
                change.and_then(|own| own.least),
                expected,
                "seed {seed} {step:?}"
            );
            assert_eq!(
                change.and_then(|own| own.most),
                expected,
                "seed {seed} {step:?}"
            );
            assert_eq!(step.effect.is_impossible, expected.is_none());
        }
        if let Some((of, least)) = worth.least.first() {
            let reaches = |by| best(of, by).is_some_and(|best| best >= found + 1_000);
            assert!(least.enough.is_none_or(reaches), "seed {seed} {least:?}");
            assert!(!reaches(least.above), "seed {seed} {least:?}");
            let gap = least.enough.map(|enough| enough - least.above);
            assert!(gap.is_none_or(|gap| gap == Money::MILLION));
        }
        true
    });
}

#[test]
fn certain_projects_agree_with_trying_every_plan() {
    let seen = std::sync::Mutex::new(BTreeSet::new());
    over_cases(620, 500, |seed| {
        let (programme, policy) = case(seed);
        let conditions = Conditions::default();
        let Ok(problem) = Problem::new(&programme, &policy, &conditions) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let found = drawn.outcome.found().unwrap();
        let asked = ProjectsAsked {
            within: vec![Share(0), Share(1_500)],
            seconds: (10.0, 0.0),
        };
        let worth = projects_worth(&problem, &drawn, &asked, &exact(), Asking::default()).unwrap();
        for own in &worth.projects {
            let code = programme.project(own.project).code.clone();
            let best = |is_funded: bool| {
                let mut conditions = Conditions::default();
                if is_funded {
                    conditions.require.push(code.clone());
                }
                let problem = Problem::new(&programme, &policy, &conditions).ok()?;
                if is_funded {
                    best_of_all(&problem, &conditions)
                } else {
                    oracle::best_without(&problem, own.project)
                }
            };
            let (with, without) = (best(true), best(false));
            for (place, wanted) in [(0, found), (1, found - found * 15 / 100)] {
                let reaches = |best: Option<i64>| best.is_some_and(|best| best >= wanted);
                let expected = match (reaches(with), reaches(without)) {
                    (true, true) => Certain::Swing,
                    (true, false) => Certain::AlwaysIn,
                    (false, _) => Certain::AlwaysOut,
                };
                assert_eq!(own.certain[place], expected, "seed {seed} {code} {place}");
                seen.lock().unwrap().insert(format!("{expected:?}"));
            }
            // What the optimum loses is never outside its interval.
            let other = if own.is_funded { without } else { with };
            let cost = worth.replacement_cost(own);
            assert!(cost.is_some() || other.is_none(), "seed {seed} {code}");
            if let (Some(cost), Some(other)) = (cost, other) {
                let lost = found - other;
                assert!(
                    cost.least.is_none_or(|least| least <= lost),
                    "seed {seed} {code}"
                );
                assert!(
                    cost.most.is_none_or(|most| most >= lost),
                    "seed {seed} {code}"
                );
            }
        }
        true
    });
    assert_eq!(seen.into_inner().unwrap().len(), 3);
}

/// The conditions under which the members of these labels alone are in force.
pub fn only(problem: &Problem<'_>, kept: &[String]) -> Conditions {
    let rules = problem.standing().iter().map(|own| own.rule.label());
    let gates = problem.gates().map(trongdiem::rules::Gate::label);
    let all: Vec<String> = rules.chain(gates).collect();
    let own = problem.conditions();
    let keeps = |how: &str, code: &&String| kept.contains(&format!("{how}[{code}]"));
    Conditions {
        left_out: all
            .into_iter()
            .filter(|label| !kept.contains(label))
            .collect(),
        require: own
            .require
            .iter()
            .filter(|code| keeps("require", code))
            .cloned()
            .collect(),
        forbid: own
            .forbid
            .iter()
            .filter(|code| keeps("forbid", code))
            .cloned()
            .collect(),
        ..Conditions::default()
    }
}

/// Without any one of its members a conflict has a plan, and the audit says so.
pub fn hold_minimal(
    problem: &Problem<'_>,
    (programme, policy): (&Programme, &Policy),
    members: &[String],
    told: &str,
) {
    for left_out in members {
        let rest: Vec<String> = members
            .iter()
            .filter(|own| *own != left_out)
            .cloned()
            .collect();
        let rest = only(problem, &rest);
        let own = Problem::new(programme, policy, &rest).unwrap();
        let formulation = own.formulate_held();
        let outcome = trongdiem::solve::solve(&formulation, &exact());
        let taken = outcome
            .plan()
            .unwrap_or_else(|| panic!("{told}: {members:?} without {left_out}"));
        let audit = own.audit(&formulation, &own.plan(&formulation, taken));
        assert!(audit.is_clean(), "{told}: {members:?} without {left_out}");
    }
}

/// A conflict has no plan; without any one of its members it has, and the audit says so; every repair
/// has an audited plan.
#[test]
fn conflicts_are_minimal_and_repairs_work() {
    let tried_exactly = std::sync::atomic::AtomicUsize::new(0);
    over_cases(1_000, 500, |seed| {
        let (programme, policy) = case(seed);
        let mut rng = random::numbers(5_000_000 + seed);
        let mut conditions = Conditions::default();
        for code in ["a", "b", "c", "d"] {
            if rng.random_range(0..3) > 0 {
                conditions.require.push(code.to_owned());
            }
        }
        let Ok(problem) = Problem::new(&programme, &policy, &conditions) else {
            return false;
        };
        if problem.formulate().is_err() {
            return false;
        }
        let outcome = draw_up(&problem, &exact()).unwrap().outcome;
        if outcome.plan().is_some() {
            return false;
        }
        let all = conflicts(&problem, &exact(), Asking::default());
        assert!(!all.is_empty(), "seed {seed}: no conflict");
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for conflict in &all {
            assert!(conflict.undecided.is_empty());
            let labels = conflict.labels();
            assert!(
                labels.iter().all(|label| seen.insert(label.clone())),
                "seed {seed}: not disjoint"
            );
            let alone = only(&problem, &labels);
            if let Ok(own) = Problem::new(&programme, &policy, &alone) {
                let plans: usize = own.admission().decisions().len();
                if plans < 40 {
                    assert_eq!(best_of_all(&own, &alone), None, "seed {seed} {labels:?}");
                    tried_exactly.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
            }
            hold_minimal(
                &problem,
                (&programme, &policy),
                &labels,
                &format!("seed {seed}"),
            );
        }
        if seed % 16 == 0 {
            let all = repairs(&problem, &all, &exact(), Asking::default());
            for repair in &all {
                assert!(repair.audit.is_clean());
                assert!(!repair.remedies.is_empty());
            }
        }
        true
    });
    assert!(tried_exactly.into_inner() > 100);
}

/// Alternatives keep every rule, are within what was asked, and none differs more.
#[test]
fn alternatives_differ_most_of_all_plans() {
    over_cases(260, 200, |seed| {
        let (programme, policy) = case(seed);
        let conditions = Conditions::default();
        let Ok(problem) = Problem::new(&programme, &policy, &conditions) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let (best, found) = (
            drawn.outcome.plan().unwrap(),
            drawn.outcome.found().unwrap(),
        );
        let asked = (Share(2_000), 2);
        let all = alternatives(&problem, &drawn, asked, &exact(), Asking::default()).unwrap();
        let differs = |one: &Plan, other: &Plan| {
            let funds = |plan: &Plan, project| plan.choice(project).is_some();
            let ids = programme.ids();
            ids.filter(|&own| funds(one, own) != funds(other, own))
                .count()
        };
        let mut before = vec![best.clone()];
        for own in &all {
            assert!(drawn.hold(&problem, &own.plan).is_clean(), "seed {seed}");
            assert!(own.value * 10 >= found * 8, "seed {seed}");
            let distance: Vec<usize> = before.iter().map(|plan| differs(&own.plan, plan)).collect();
            assert_eq!(own.differs, distance, "seed {seed}");
            let furthest = oracle::most_of(&problem, |plan, value| {
                let is_near = value * 10 >= found * 8;
                is_near.then(|| before.iter().map(|own| differs(plan, own)).sum())
            });
            assert_eq!(Some(distance.iter().sum()), furthest, "seed {seed}");
            before.push(own.plan.clone());
        }
        if all.len() < 2 {
            let others = oracle::most_of(&problem, |plan, value| {
                let is_near = value * 10 >= found * 8;
                let is_other = before.iter().all(|own| differs(plan, own) > 0);
                (is_near && is_other).then_some(1)
            });
            // One that differs from each, but not so much, may be left.
            assert!(others.is_none() || !all.is_empty(), "seed {seed}");
        }
        true
    });
}

/// The most of the plans that fund a project, and of those that do not.
fn both(problem: &Problem<'_>, code: &str) -> (Option<i64>, Option<i64>) {
    let programme = problem.programme();
    let project = programme.find(code).unwrap();
    let mut conditions = problem.conditions().clone();
    let without = oracle::best_without(problem, project);
    conditions.require.push(code.to_owned());
    let with = Problem::new(programme, problem.policy(), &conditions).ok();
    (with.and_then(|own| best_of_all(&own, &conditions)), without)
}

/// A programme and a policy, a project of it, and the best of the plans without it.
struct Asked<'a> {
    problem: &'a Problem<'a>,
    code: &'a str,
    without: Option<i64>,
    seed: u64,
}

impl Asked<'_> {
    fn project(&self) -> ProjectId {
        self.problem.programme().find(self.code).unwrap()
    }

    fn enters(&self, programme: &Programme, conditions: &Conditions) -> bool {
        let problem = Problem::new(programme, self.problem.policy(), conditions).unwrap();
        let (with, without) = both(&problem, self.code);
        with.is_some() && with >= without
    }

    /// Holds a lever to trying every plan; its name where it says something.
    fn hold(&self, lever: &Lever) -> Option<&'static str> {
        let (programme, conditions) = (self.problem.programme(), self.problem.conditions());
        let (seed, code) = (self.seed, self.code);
        let told = || format!("seed {seed} {code} {lever:?}");
        match lever {
            Lever::Merit(own) => {
                let reaches = |merit: i64| {
                    let most = oracle::most_worth(self.problem, self.project(), merit);
                    most.is_some() && most >= self.without
                };
                assert!(own.enough.is_none_or(reaches), "{}", told());
                assert!(own.short.is_none_or(|short| !reaches(short)), "{}", told());
                let (short, enough) = own.short.zip(own.enough)?;
                assert_eq!(short + 1, enough, "{}", told());
                Some("merit")
            }
            Lever::Money(of, own) => {
                let at = |more: i64| {
                    let changed = programme.with_ceiling(of.fund, of.year, of.amount + Money(more));
                    self.enters(&changed, conditions)
                };
                let enough = own.enough.filter(|_| seed % 3 == 0)?;
                let less = enough - Money::MILLION.0;
                assert!(at(enough), "{}", told());
                assert!(less == 0 || !at(less), "{}", told());
                Some("money")
            }
            Lever::Window(own) => {
                let open = programme.with_project(self.project(), |own| {
                    own.first_start = programme.first_year();
                    own.last_start = programme.last_year();
                });
                assert_eq!(*own, Some(self.enters(&open, conditions)), "{}", told());
                Some("window")
            }
            Lever::Rule(label, _, own) => {
                let loosened = Conditions {
                    loosen: vec![label.clone()],
                    ..Conditions::default()
                };
                let enters = self.enters(programme, &loosened);
                assert_eq!(*own, Some(enters), "{}", told());
                Some("rule")
            }
            Lever::Support(own) => {
                let enough = own.enough?;
                let at = |support: i64| {
                    let cut = programme.with_project(self.project(), |project| {
                        for variant in &mut project.variants {
                            variant.cut_to(Money(support));
                        }
                    });
                    let changed = Problem::new(&cut, self.problem.policy(), conditions).unwrap();
                    let most = oracle::most_worth_as(&changed, self.problem, self.project());
                    most.is_some() && most >= self.without
                };
                assert!(at(enough), "{}", told());
                assert!(own.short.is_none_or(|short| !at(short)), "{}", told());
                Some("support")
            }
        }
    }
}

/// Each threshold of an entry ticket holds, and one unit less does not.
#[test]
fn entry_tickets_hold_and_one_unit_less_does_not() {
    let kinds = std::sync::Mutex::new(std::collections::BTreeMap::new());
    over_cases(620, 500, |seed| {
        let (programme, policy) = case(seed);
        let Ok(problem) = Problem::new(&programme, &policy, &Conditions::default()) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let project = ProjectId::at(usize::try_from(seed % 4).unwrap());
        let Some(own) = ticket(&problem, &drawn, project, &exact(), Asking::default()) else {
            let decisions = problem.admission().decisions();
            assert!(decisions.iter().all(|own| own.project != project));
            return true;
        };
        let code = &programme.project(project).code;
        let (with, without) = both(&problem, code);
        assert_eq!(
            (own.with.least, own.without.least),
            (with, without),
            "seed {seed}"
        );
        let asked = Asked {
            problem: &problem,
            code,
            without,
            seed,
        };
        for kind in own.levers.iter().filter_map(|lever| asked.hold(lever)) {
            *kinds.lock().unwrap().entry(kind).or_insert(0) += 1;
        }
        true
    });
    let kinds = kinds.into_inner().unwrap();
    println!("{kinds:?}");
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    assert!(kinds.values().all(|&count| count >= 10), "{kinds:?}");
}

/// Every point of a front is the most benefit of all plans at its level.
#[test]
fn fronts_agree_with_trying_every_plan() {
    over_cases(580, 500, |seed| {
        let (programme, policy) = case(seed);
        let Ok(problem) = Problem::new(&programme, &policy, &Conditions::default()) else {
            return false;
        };
        if oracle::count_of_plans(&problem) > 8_000 {
            return false;
        }
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let fronts: [(Against, &[i64]); 6] = [
            (Against::Points, &[]),
            (Against::Pilots, &[0, 2_500, 6_000]),
            (Against::Top(1), &[4_000, 6_000, 9_000]),
            (Against::Equity, &[500, 3_000]),
            (Against::Jobs, &[10, 40]),
            (Against::Mobilised, &[100_000_000, 300_000_000]),
        ];
        let (against, places) = fronts[usize::try_from(seed % 6).unwrap()];
        let asked = (against, places);
        let points = frontier(&problem, &drawn, asked, &exact(), Asking::default()).unwrap();
        assert!(!points.is_empty());
        let reaches = |place: i64, plan: &Plan| {
            let measure = against.of(&problem, plan);
            // The empty plan gives every part of nothing.
            let is_part = matches!(against, Against::Top(_) | Against::Pilots | Against::Equity);
            match against {
                Against::Points => measure <= place,
                _ => measure >= place || (plan.is_empty() && is_part),
            }
        };
        let asks = points
            .iter()
            .map(|own| move |plan: &Plan| reaches(own.place, plan));
        let asks: Vec<_> = asks.collect();
        let asks: Vec<&dyn Fn(&Plan) -> bool> = asks.iter().map(|own| own as _).collect();
        for (point, most) in points.iter().zip(oracle::most_benefit(&problem, &asks)) {
            let own = point.benefit;
            assert_eq!(
                own.and_then(|own| own.least),
                most,
                "seed {seed} {against:?} {}",
                point.place
            );
            assert_eq!(
                own.and_then(|own| own.most),
                most,
                "seed {seed} {against:?} {}",
                point.place
            );
            assert_eq!(point.is_impossible, most.is_none());
            if let Some((plan, measure, _)) = &point.plan {
                assert!(drawn.hold(&problem, plan).is_clean());
                assert_eq!(*measure, against.of(&problem, plan));
            }
        }
        true
    });
}
