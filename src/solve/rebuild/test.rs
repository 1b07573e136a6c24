//! The tally against the rows themselves, along random walks.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::tally::Tally;
use crate::formulation::{
    DecisionId, Formulation, HelperId, Linear, Sense, Taken, Values, numbered,
};

/// Projects, each with two decisions, in three places.
const PROJECTS: usize = 6;
const PLACES: usize = 3;

/// What a decision costs.
fn cost(decision: usize) -> i64 {
    [3, 5, 2, 7, 4, 4, 6, 1, 8, 3, 5, 2][decision]
}

fn place_of(decision: usize) -> usize {
    decision / 2 % PLACES
}

fn linear(times: impl Fn(usize) -> i64) -> Linear {
    (0..2 * PROJECTS)
        .map(|own| (DecisionId::at(own), times(own)))
        .collect()
}

fn spent(taken: &Taken<'_>, place: usize) -> i64 {
    let own = (0..taken.0.len()).filter(|&own| taken.0[own] && place_of(own) == place);
    own.map(cost).sum()
}

/// The place where most is spent.
fn largest(taken: &Taken<'_>) -> usize {
    let mut best = 0;
    for place in 1..PLACES {
        if spent(taken, place) > spent(taken, best) {
            best = place;
        }
    }
    best
}

/// Places that are opened, of which one counts as the largest, and two products to be followed.
fn formulation(ceiling: i64, critical: i64, share: i64) -> Formulation {
    let decision = |own: usize| numbered(u32::try_from(own / 2).unwrap_or(0));
    let all = (0..2 * PROJECTS).map(|own| (decision(own), format!("x{own}"), cost(own)));
    let mut made = Formulation::new(all.collect(), |own| format!("{:?}", own.project));
    made.at_most("ceiling".to_owned(), linear(cost), ceiling);
    let (mut opens, mut tops, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for place in 0..PLACES {
        let of = move |own: usize, times: i64| if place_of(own) == place { times } else { 0 };
        let is_open = move |taken: &Taken<'_>| i64::from(spent(taken, place) > 0);
        let open = made.helper(format!("open {place}"), Values::Binary, is_open);
        let row = format!("open {place} if spent");
        made.row(
            row,
            linear(|own| of(own, 1)),
            vec![(open, -20)],
            Sense::AtMost,
            0,
        );
        let row = format!("critical {place}");
        let helpers = vec![(open, -critical)];
        made.row(
            row,
            linear(|own| of(own, cost(own))),
            helpers,
            Sense::AtLeast,
            0,
        );
        let is_top = move |taken: &Taken<'_>| i64::from(largest(taken) == place);
        let top = made.helper(format!("top {place}"), Values::Binary, is_top);
        let part = move |taken: &Taken<'_>| {
            if largest(taken) == place {
                spent(taken, place)
            } else {
                0
            }
        };
        let part = made.helper(format!("part {place}"), Values::Amount, part);
        let row = format!("part {place} of spent");
        made.row(
            row,
            linear(|own| of(own, -cost(own))),
            vec![(part, 1)],
            Sense::AtMost,
            0,
        );
        let row = format!("part {place} of top");
        made.row(
            row,
            Vec::new(),
            vec![(part, 1), (top, -99)],
            Sense::AtMost,
            0,
        );
        opens.push((open, 1));
        tops.push((top, 1));
        parts.push((part, 10));
    }
    made.row("opened".to_owned(), Vec::new(), opens, Sense::AtMost, 2);
    made.row("tops".to_owned(), Vec::new(), tops, Sense::AtMost, 1);
    let all = linear(|own| -share * cost(own));
    made.row("share".to_owned(), all, parts, Sense::AtLeast, 0);
    follow(&mut made);
    made
}

/// One product of two is to be followed by one of two decisions each.
fn follow(made: &mut Formulation) {
    let mut followed: Vec<(HelperId, i64)> = Vec::new();
    for product in 0..2 {
        let own = [4 * product, 4 * product + 3];
        let is_followed = move |taken: &Taken<'_>| i64::from(own.iter().any(|&at| taken.0[at]));
        let helper = made.helper(format!("followed {product}"), Values::Binary, is_followed);
        let terms = own.iter().map(|&at| (DecisionId::at(at), -1)).collect();
        let row = format!("followed {product} if taken");
        made.row(row, terms, vec![(helper, 1)], Sense::AtMost, 0);
        followed.push((helper, 1));
    }
    made.row(
        "followed".to_owned(),
        Vec::new(),
        followed,
        Sense::AtLeast,
        1,
    );
}

#[test]
fn the_tally_is_kept_by_the_plans_that_keep_every_row_and_says_what_fits() {
    let (mut kept, mut missed, mut fitted, mut opened) = (0, 0, 0, 0);
    for seed in 0..40 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (ceiling, critical) = (rng.random_range(12..30), rng.random_range(2..8));
        let made = formulation(ceiling, critical, rng.random_range(3..8));
        let mut taken = vec![false; 2 * PROJECTS];
        let mut tally = Tally::new(&made, &taken);
        for _ in 0..400 {
            let own = rng.random_range(0..2 * PROJECTS);
            let (fits, opens) = (tally.fits(own), tally.opens(own));
            let before = tally.is_kept();
            assert!(!opens || !fits, "{seed}: {own} into {taken:?}");
            assert!(!before || !tally.mends(own), "{seed}: {own} into {taken:?}");
            let all_mend = tally.mending().all(|other| tally.mends(other as usize));
            assert!(all_mend, "{seed}: {taken:?}");
            assert_eq!(before, made.admits(&Taken(&taken)), "{seed}: {taken:?}");
            if taken[own] {
                tally.leave(own);
                taken[own] = false;
            } else if !taken[own ^ 1] {
                tally.take(own);
                taken[own] = true;
                if before {
                    assert_eq!(fits, tally.is_kept(), "{seed}: {own} into {taken:?}");
                    fitted += usize::from(fits);
                    opened += usize::from(opens);
                    // What opens something helps to fill it.
                    let fills = tally.mending().any(|other| other as usize == own);
                    assert!(!opens || fills, "{seed}: {own} into {taken:?}");
                }
            }
            if before { kept += 1 } else { missed += 1 }
        }
    }
    assert!(
        kept > 500 && missed > 500 && fitted > 100 && opened > 20,
        "{kept}, {missed}, {fitted}, {opened}"
    );
}

/// What 12 flags in the bits of a number stand for.
#[cfg(feature = "highs")]
fn flags(bits: u32) -> Vec<bool> {
    (0..2 * PROJECTS).map(|own| bits >> own & 1 == 1).collect()
}

#[cfg(feature = "highs")]
#[test]
fn rounds_go_on_from_any_plan_and_keep_every_row() {
    use super::Rebuild;
    use crate::solve::board::Board;
    use crate::solve::relaxation::Relaxation;
    use crate::solve::{Control, Settings, Solver, backend};

    let made = formulation(24, 3, 4);
    let (settings, control) = (Settings::exact(Solver::Highs), Control::default());
    let board = Board::new(&made, &settings, &control);
    let relaxation = Relaxation::of(&board, backend::of(Solver::Highs));
    let mut all = (1..1 << (2 * PROJECTS)).map(flags);
    let base = all.find(|taken| made.admits(&Taken(taken)));
    assert!(relaxation.is_some() && base.is_some());
    let (Some(relaxation), Some(base)) = (relaxation, base) else {
        return;
    };
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let own = Rebuild::new(&made, &relaxation, &base, &mut rng);
    assert!(own.is_some());
    let Some(mut own) = own else {
        return;
    };
    let mut plans = vec![(own.value(), base)];
    for round in 0..2_000 {
        own.round(4.0, &mut rng);
        let taken = own.plan();
        assert!(made.admits(&Taken(&taken)), "{taken:?}");
        assert_eq!(own.value(), made.value(&Taken(&taken)));
        if plans.iter().all(|(_, known)| *known != taken) {
            plans.push((own.value(), taken));
        }
        let (value, taken) = &plans[round * 7 % plans.len()];
        own.go_on_from(taken);
        assert_eq!((own.value(), &own.plan()), (*value, taken));
    }
    assert!(plans.len() > 10, "{}", plans.len());
}
