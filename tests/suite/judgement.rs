//! Would the plan survive another judgement? Against trying every plan.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rand::RngExt;
use trongdiem::analysis::{
    Asking, Edge, Interval, JudgementAsked, WeightsKnown, draw_up, judgement_worth,
};
use trongdiem::formulation::Taken;
use trongdiem::phrase::Phrase;
use trongdiem::plan::Plan;
use trongdiem::policy::{Policy, Scoring};
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::{Programme, ProjectId};
use trongdiem::quantities::{Money, Share};

use crate::command_line::{code, err, out, trongdiem};
use crate::sensitivity::{case, drawn, exact, over_cases};
use crate::{oracle, random};

fn asked() -> JudgementAsked {
    JudgementAsked {
        weights: WeightsKnown::Exactly,
        ranges: Vec::new(),
        strength: None,
        scores: 0,
        benefit: Share(0),
        named: Vec::new(),
        samples: 0,
        seed: 1,
        within: Share(500),
        stability: false,
        portfolios: false,
    }
}

/// A random case with little money and projects of nearly one size, so that judgement matters.
fn scarce(seed: u64) -> (Programme, Policy) {
    let (mut programme, policy) = case(seed);
    let mut rng = random::numbers(7_000_000 + seed);
    for project in programme.ids() {
        programme = programme.with_project(project, |own| {
            let support = Money::MILLION.0 * rng.random_range(50..60);
            for variant in &mut own.variants {
                variant.contents[0].support = Money(support);
            }
        });
    }
    for fund in programme.fund_ids() {
        for year in programme.years.clone() {
            let millions = if rng.random_range(0..3) == 0 {
                rng.random_range(60..150)
            } else {
                0
            };
            let amount = Money(Money::MILLION.0 * millions);
            programme = programme.with_ceiling(fund, Some(year), amount);
        }
    }
    (programme, policy)
}

/// Every plan that keeps every rule.
fn every_plan(problem: &Problem<'_>) -> Vec<Plan> {
    let formulation = problem.formulate_held();
    let all = std::cell::RefCell::new(Vec::new());
    oracle::for_each_plan(problem, |plan| {
        if formulation.admits(&Taken(&formulation.flags(plan.choices()))) {
            all.borrow_mut().push(plan);
        }
    });
    all.into_inner()
}

/// What a plan is worth by a scoring.
fn worth(programme: &Programme, scoring: &Scoring, plan: &Plan) -> i64 {
    plan.choices()
        .map(|own| scoring.benefit(programme, own))
        .sum()
}

/// The policy's scoring under other weights and another strength.
fn judged(problem: &Problem<'_>, weights: Vec<i64>, strength: Share) -> Scoring {
    let (programme, own) = (problem.programme(), problem.scoring());
    own.weighed(programme, weights, strength)
}

fn best(programme: &Programme, scoring: &Scoring, plans: &[Plan]) -> i64 {
    let worths = plans.iter().map(|plan| worth(programme, scoring, plan));
    worths.max().unwrap()
}

/// Under judgements with a name: the best of each, the regret of the plan, and the least maximum regret
/// of all plans.
#[test]
fn regrets_agree_with_trying_every_plan() {
    let differing = AtomicUsize::new(0);
    over_cases(1_000, 500, |seed| {
        let (programme, policy) = scarce(seed);
        let Ok(problem) = Problem::new(&programme, &policy, &Conditions::default()) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let mut rng = random::numbers(6_000_000 + seed);
        let mut named = Vec::new();
        for number in 0..3 {
            let criteria = 0..programme.criteria.len();
            let weights = criteria.map(|_| rng.random_range(1..100)).collect();
            let strength = Share(rng.random_range(0..10_000));
            named.push((
                Phrase::same(number.to_string()),
                judged(&problem, weights, strength),
            ));
        }
        let asked = JudgementAsked { named, ..asked() };
        let (settings, asking) = (exact(), Asking::default());
        let own = judgement_worth(&problem, &drawn, (None, &asked), &settings, asking);
        let own = own.unwrap().unwrap();
        let plans = every_plan(&problem);
        let programme = problem.programme();
        let optima = asked
            .named
            .iter()
            .map(|(_, own)| best(programme, own, &plans));
        let optima: Vec<i64> = optima.collect();
        let regret = |plan: &Plan| {
            let named = asked.named.iter().zip(&optima);
            let short = named.map(|((_, scoring), best)| best - worth(programme, scoring, plan));
            short.max().unwrap()
        };
        for (told, best) in own.named.iter().zip(&optima) {
            assert_eq!(told.best, Interval::exactly(*best), "seed {seed}");
        }
        let first = drawn.outcome.plan().unwrap();
        assert_eq!(
            own.regrets.most,
            Interval::exactly(regret(first)),
            "seed {seed}"
        );
        let least = plans.iter().map(regret).min().unwrap();
        assert_eq!(
            own.least_regret.regrets.most,
            Interval::exactly(least),
            "seed {seed}"
        );
        // A solver's regret is rounded to a thousandth or two.
        assert!(
            (least - 2..=least).contains(&own.least_regret.bound),
            "seed {seed}"
        );
        assert_eq!(regret(&own.least_regret.plan), least, "seed {seed}");
        assert!(drawn.hold(&problem, &own.least_regret.plan).is_clean());
        differing.fetch_add(usize::from(least < regret(first)), Ordering::Relaxed);
        true
    });
    let differing = differing.into_inner();
    assert!(
        differing > 20,
        "the plan had the least regret but in {differing} cases"
    );
}

/// A weight may move as far as is told, and one basis point more leaves the plan behind.
#[test]
fn weights_may_move_as_far_as_told() {
    let ends = AtomicUsize::new(0);
    over_cases(1_000, 500, |seed| {
        let (programme, policy) = scarce(seed);
        let Ok(problem) = Problem::new(&programme, &policy, &Conditions::default()) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let within = Share(i64::try_from(seed % 3).unwrap() * 200);
        let asked = JudgementAsked {
            stability: true,
            within,
            ..asked()
        };
        let (settings, asking) = (exact(), Asking::default());
        let own = judgement_worth(&problem, &drawn, (None, &asked), &settings, asking);
        let own = own.unwrap().unwrap();
        let (plans, programme) = (every_plan(&problem), problem.programme());
        let first = drawn.outcome.plan().unwrap();
        let weights = problem.scoring().weights();
        let strength = problem.scoring().strength();
        let stays = |criterion: usize, part: i64| {
            let others: i64 = weights.iter().sum::<i64>() - weights[criterion];
            let moved = weights.iter().enumerate().map(|(at, own)| {
                if at == criterion {
                    part * others
                } else {
                    own * (Share::WHOLE - part)
                }
            });
            let scoring = judged(&problem, moved.collect(), strength);
            let kept =
                i128::from(best(programme, &scoring, &plans)) * i128::from(Share::WHOLE - within.0);
            i128::from(worth(programme, &scoring, first)) * i128::from(Share::WHOLE) >= kept
        };
        for weight in &own.stability {
            let holds = |edge: Edge, outwards: i64| {
                let told = || format!("seed {seed} {weight:?}");
                assert!(
                    edge.stays
                        .is_none_or(|part| stays(weight.criterion, part.0)),
                    "{}",
                    told()
                );
                match (edge.stays, edge.leaves) {
                    (Some(stays), Some(leaves)) => {
                        assert_eq!(stays.0 + outwards, leaves.0, "{}", told());
                    }
                    (Some(_), None) => assert!(edge.is_open(), "{}", told()),
                    (None, leaves) => assert!(leaves.is_some(), "{}", told()),
                }
                if let Some(leaves) = edge.leaves {
                    assert!(!stays(weight.criterion, leaves.0), "{}", told());
                    ends.fetch_add(1, Ordering::Relaxed);
                }
            };
            holds(weight.down, -1);
            holds(weight.up, 1);
        }
        true
    });
    let ends = ends.into_inner();
    assert!(ends > 200, "hardly any weight has an end: {ends}");
}

/// The portfolios that none dominates are those found by comparing every plan with every other.
#[test]
fn portfolios_are_those_that_no_plan_dominates() {
    let several = AtomicUsize::new(0);
    over_cases(1_000, 500, |seed| {
        let (programme, policy) = scarce(seed);
        let Ok(problem) = Problem::new(&programme, &policy, &Conditions::default()) else {
            return false;
        };
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let asked = JudgementAsked {
            weights: WeightsKnown::Any,
            strength: (seed % 2 == 0).then_some((Share(0), Share(8_000))),
            portfolios: true,
            ..asked()
        };
        let (settings, asking) = (exact(), Asking::default());
        let own = judgement_worth(&problem, &drawn, (None, &asked), &settings, asking);
        let own = own.unwrap().unwrap();
        let Ok(listed) = own.portfolios.unwrap() else {
            return false;
        };
        let (plans, programme) = (every_plan(&problem), problem.programme());
        let count = programme.criteria.len();
        let (least, most) = asked.strength.unwrap_or_else(|| {
            let own = problem.scoring().strength();
            (own, own)
        });
        // With any weights the corners are each criterion alone.
        let corners: Vec<Scoring> = (0..count)
            .flat_map(|alone| {
                let weights: Vec<i64> = (0..count).map(|at| i64::from(at == alone)).collect();
                [least, most].map(|strength| judged(&problem, weights.clone(), strength))
            })
            .collect();
        let values: BTreeSet<(Vec<i64>, Vec<ProjectId>)> = plans
            .iter()
            .map(|plan| {
                let own = corners.iter().map(|own| worth(programme, own, plan));
                let projects = plan.choices().map(|own| own.project);
                (own.collect(), projects.collect())
            })
            .collect();
        let vectors: BTreeSet<&Vec<i64>> = values.iter().map(|(own, _)| own).collect();
        let is_dominated = |own: &Vec<i64>| {
            let mut others = vectors.iter();
            others.any(|other| *other != own && other.iter().zip(own).all(|(a, b)| a >= b))
        };
        let kept = vectors.iter().filter(|own| !is_dominated(own));
        let kept: BTreeSet<&Vec<i64>> = kept.copied().collect();
        let expected: BTreeSet<Vec<ProjectId>> = values
            .iter()
            .filter(|(own, _)| kept.contains(own))
            .map(|(_, projects)| projects.clone())
            .collect();
        let projects = |plan: &Plan| plan.choices().map(|own| own.project).collect();
        let found: BTreeSet<Vec<ProjectId>> = listed.plans.iter().map(projects).collect();
        assert_eq!(found, expected, "seed {seed}");
        assert_eq!(found.len(), listed.plans.len());
        for (project, count) in &listed.funded {
            let holding = expected.iter().filter(|own| own.contains(project));
            assert_eq!(holding.count(), *count, "seed {seed}");
        }
        several.fetch_add(usize::from(found.len() > 1), Ordering::Relaxed);
        true
    });
    assert!(
        several.into_inner() > 100,
        "hardly any case has several portfolios"
    );
}

/// Each judgement drawn is solved to its optimum: the plan has no less regret than none, a run with the
/// policy's own judgement accepts its plan always, and what is drawn does not depend on the threads.
#[test]
fn judgements_drawn_are_answered_alike_by_any_number_of_threads() {
    let open = JudgementAsked {
        weights: WeightsKnown::Any,
        strength: Some((Share(0), Share(10_000))),
        scores: 30,
        benefit: Share(4_000),
        samples: 60,
        ..asked()
    };
    // The first case in which judgement matters, by the first few draws.
    let few = JudgementAsked {
        samples: 10,
        ..open.clone()
    };
    let matters = |(programme, policy): &(Programme, Policy)| {
        let problem = Problem::new(programme, policy, &Conditions::default());
        problem.is_ok_and(|problem| {
            drawn(&problem).is_some_and(|drawn| {
                let (settings, asking) = (exact(), Asking::default());
                let own = judgement_worth(&problem, &drawn, (None, &few), &settings, asking);
                own.unwrap().unwrap().plans > 2
            })
        })
    };
    let (programme, policy) = (0..200).map(scarce).find(matters).unwrap();
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let drawn = draw_up(&problem, &exact()).unwrap();
    let worth_with = |asked: &JudgementAsked, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let own = pool.build().unwrap().install(|| {
            judgement_worth(&problem, &drawn, (None, asked), &exact(), Asking::default())
        });
        own.unwrap().unwrap()
    };
    let exactly = JudgementAsked {
        samples: 10,
        ..asked()
    };
    let own = worth_with(&exactly, 2);
    assert_eq!((own.samples, own.plans, own.regrets.near), (10, 1, 10));
    assert_eq!(own.regrets.most, Interval::exactly(0));
    for decision in drawn.outcome.plan().unwrap().choices() {
        assert_eq!(own.accepted[decision.project.index()], 10);
    }
    let (one, two) = (worth_with(&open, 1), worth_with(&open, 2));
    assert_eq!(one.accepted, two.accepted);
    assert_eq!((one.regrets, one.plans), (two.regrets, two.plans));
    assert_eq!(one.mean_gap, Some(0));
    assert!(one.regrets.mean.least >= Some(0) && one.regrets.mean.least == one.regrets.mean.most);
    // A plan whose regret is least cannot have more of it than the plan.
    assert!(one.least_regret.regrets.most.most <= one.regrets.most.most);
}

/// What does not fit is told before anything is solved, with what to do.
#[test]
fn judgements_that_cannot_be_are_faults() {
    let asked = |more: &[&str]| {
        let own = [
            "sensitivity",
            "judgement",
            "datasets/tiny",
            "models/directive-20",
        ];
        trongdiem(&[&own[..], more].concat())
    };
    let cases: [(&[&str], &str); 5] = [
        (
            &[
                "--weights",
                "any",
                "--weight",
                "feasibility=60%-70%",
                "--weight",
                "capacity=60%-70%",
            ],
            "no weights lie in all of the ranges",
        ),
        (
            &["--weight", "beauty=1%-2%"],
            "there is no criterion “beauty”",
        ),
        (&["--weight", "feasibility=30%-10%"], "the smaller first"),
        (&["--weights", "some"], "write a part of each weight"),
        (&["--as-in", "models/nowhere"], "there is no such folder"),
    ];
    for (arguments, words) in cases {
        let told = asked(arguments);
        assert_eq!(code(&told), 2, "{arguments:?}");
        assert!(err(&told).contains(words), "{arguments:?}: {}", err(&told));
    }
    for (language, words) in [("en", "another judgement"), ("vi", "đánh giá khác đi")] {
        let told = asked(&["--portfolios", "--stability", "--lang", language]);
        assert_eq!(code(&told), 0, "{}", err(&told));
        assert!(out(&told).contains(words), "{}", out(&told));
    }
}
