//! Pooled problems against all plans of small ones.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Pooled;
use super::filled::Filling;
use crate::formulation::{DecisionId, Formulation, Taken, paid_by};
use crate::plan::Outcome;
use crate::solve::{Settings, Solver, relax, solve};

const PROJECTS: u32 = 8;

/// Projects that either of two funds may pay for.
fn two_funds(rng: &mut ChaCha8Rng, ceilings: [i64; 2]) -> Formulation {
    let costs: Vec<i64> = (0..PROJECTS).map(|_| rng.random_range(30..55)).collect();
    let benefits: Vec<i64> = (0..PROJECTS).map(|_| rng.random_range(500..900)).collect();
    let mut all = Vec::new();
    for (project, benefit) in (0..).zip(&benefits) {
        for source in 0..2 {
            all.push((
                paid_by(project, source),
                format!("{project} {source}"),
                *benefit,
            ));
        }
    }
    let mut made = Formulation::new(all, |own| format!("{}", own.project.0));
    for (fund, bound) in ceilings.into_iter().enumerate() {
        let terms = costs.iter().enumerate();
        let terms = terms.map(|(own, &cost)| (DecisionId::at(2 * own + fund), cost));
        made.at_most(format!("ceiling[{fund}]"), terms.collect(), bound);
    }
    let all = (0..2 * PROJECTS as usize).map(|own| (DecisionId::at(own), 1));
    made.at_most("count".to_owned(), all.collect(), 7);
    made
}

/// Every plan, at most one decision of each project.
fn every_plan() -> impl Iterator<Item = Vec<bool>> {
    (0..3_u32.pow(PROJECTS)).map(|own| {
        let digits = (0..PROJECTS).map(|project| own / 3_u32.pow(project) % 3);
        digits.flat_map(|own| [own == 1, own == 2]).collect()
    })
}

#[test]
fn every_plan_is_one_of_the_pooled_problem_and_worth_the_same() {
    for seed in 0..5 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let made = two_funds(&mut rng, [150, 160]);
        let Some(pooled) = Pooled::of(&made) else {
            unreachable!("funds that hold enough");
        };
        assert_eq!(pooled.formulation.benefit().len(), PROJECTS as usize);
        let filling = Filling::new(&made, &pooled);
        for plan in every_plan() {
            let open = pooled.open(&plan);
            let (plan, open) = (Taken(&plan), Taken(&open));
            assert_eq!(made.value(&plan), pooled.formulation.value(&open));
            assert!(!made.admits(&plan) || pooled.formulation.admits(&open));
            let filled = filling.filled(open.0);
            let rows = made
                .rows()
                .iter()
                .filter(|row| row.label.starts_with("ceiling"));
            for row in rows {
                assert_eq!(row.missed(&Taken(&filled), &[]), 0, "{seed}: {filled:?}");
            }
        }
    }
}

#[test]
fn the_best_plan_is_found_where_somebody_pays_for_the_pooled_one_and_where_nobody_does() {
    let settings = Settings::exact(Solver::Highs);
    let mut losses = 0;
    for seed in 0..30 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let made = two_funds(&mut rng, [140, 140]);
        let Some(pooled) = Pooled::of(&made) else {
            continue;
        };
        let kept = every_plan().filter(|plan| made.admits(&Taken(plan)));
        let best = kept.map(|plan| made.value(&Taken(&plan))).max();
        let outcome = solve(&made, &settings);
        assert_eq!(outcome.found(), best, "{seed}");
        assert!(
            matches!(outcome, Outcome::Proven { .. }),
            "{seed}: {outcome:?}"
        );
        losses += usize::from(solve(&pooled.formulation, &settings).found() > best);
    }
    assert!(losses > 1, "somebody pays for nearly all: {losses} lose");
}

#[test]
fn funds_that_hold_few_projects_or_share_few_are_not_pooled() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    assert!(Pooled::of(&two_funds(&mut rng, [60, 200])).is_none());
    // One fund may pay for all, each of the others for one project.
    let both = |own: u32| {
        [
            (paid_by(own, 0), "one".to_owned(), 5),
            (paid_by(own, own + 1), "other".to_owned(), 5),
        ]
    };
    let mut made = Formulation::new((0..6).flat_map(both).collect(), |own| {
        format!("{}", own.project.0)
    });
    let terms =
        |from: usize, step: usize| (from..12).step_by(step).map(|own| (DecisionId::at(own), 1));
    made.at_most("ceiling[all]".to_owned(), terms(0, 2).collect(), 3);
    for own in 0..6 {
        let terms = terms(2 * own + 1, 12).collect();
        made.at_most(format!("ceiling[{own}]"), terms, 3);
    }
    assert!(Pooled::of(&made).is_none());
}

#[test]
fn what_proves_a_bound_of_the_pooled_problem_proves_one_of_the_whole() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let made = two_funds(&mut rng, [150, 160]);
    let Some(pooled) = Pooled::of(&made) else {
        unreachable!("funds that hold enough");
    };
    let prices = relax(&pooled.formulation, &Settings::exact(Solver::Highs));
    let prices = prices.ok().and_then(|own| own.prices).unwrap_or_default();
    let own = crate::solve::relaxation::certify(&pooled.formulation, &prices);
    let whole = own.as_ref().and_then(|own| pooled.certificate(&made, own));
    assert!(whole.is_some());
    assert_eq!(
        own.map(|own| own.bound),
        whole.as_ref().map(|own| own.bound)
    );
    let recomputed = whole.as_ref().and_then(|own| own.recomputed(&made));
    assert_eq!(recomputed, whole.map(|own| own.bound));
}
