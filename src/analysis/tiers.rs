//! Which plan is best in the order of the tiers? Solve a tier, hold what was found, solve the next.
//!
//! Each tier is solved to the gap asked for or to its slack, whichever is smaller, and its row
//! holds what was found less the slack. The plan of a tier is admissible for the next one, so it
//! is handed to the solver, and stands where that finds none or a worse one. A tier that selects no
//! admissible candidate comes to 0 without a solve. The time limit is for all tiers and the benefit
//! together: each solve may take an equal part of what is left, so that time which a tier does not
//! need goes to the later ones. A limit of work holds for each solve.

use std::time::{Duration, Instant};

use crate::formulation::{Certificate, Formulation, Taken};
use crate::phrase::Phrase;
use crate::plan::{Gap, Outcome, Stop};
use crate::problem::Problem;
use crate::rules::Unit;
use crate::solve::{Control, Settings, Solved, solve_under};

/// What became of a tier.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnTier {
    /// Its label, as of its row: `tier[1]`.
    pub label: String,
    /// The tier as a sentence.
    pub sentence: Phrase,
    /// What it makes as large as possible, as part of a sentence.
    pub what: Phrase,
    /// What found, bound and held are counted in.
    pub unit: Unit,
    /// The most that was found.
    pub found: i64,
    /// No plan that holds the tiers before has more, by the solver's claim; `None` without a bound.
    pub bound: Option<i64>,
    /// What later tiers must leave of it.
    pub held: i64,
    /// What ended its solve, where a limit did.
    pub stop: Option<Stop>,
    /// Whether some admissible candidate counts in it.
    pub is_applicable: bool,
    /// Whether what was found is within the tier's slack of the bound.
    pub is_proven: bool,
}

impl DrawnTier {
    /// (bound − found) / bound; `None` without a bound, 0 where both are 0.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        self.bound.map(|bound| Gap::between(self.found, bound))
    }
}

/// The tiers solved, and the outcome of the last objective, the benefit of all projects.
pub(super) struct Ordered {
    /// The rows of the problem with one for each tier.
    pub formulation: Formulation,
    pub tiers: Vec<DrawnTier>,
    pub outcome: Outcome<Vec<bool>>,
    pub certificate: Option<Certificate>,
    /// Plans that the last solve kept.
    pub kept: Vec<Vec<bool>>,
}

/// Solves the tiers of a problem in their order, then its benefit.
pub(super) fn in_order(
    problem: &Problem<'_>,
    mut formulation: Formulation,
    settings: &Settings,
    control: &Control<'_>,
) -> Ordered {
    let started = Instant::now();
    let all = problem.tiers();
    let mut tiers: Vec<DrawnTier> = Vec::new();
    let mut start: Option<Vec<bool>> = None;
    for (position, tier) in all.iter().enumerate() {
        let own = part(settings, started, all.len() + 1 - position);
        let own = within(&own, tier.slack().0);
        let coefficients = problem.objective(tier, &formulation);
        let is_applicable = coefficients.iter().any(|&added| added > 0);
        let (mut found, mut bound, mut stop) = (0, Some(0), None);
        if is_applicable {
            let objective = formulation.with_objective(coefficients);
            // What a tier comes to is no benefit: a listener would take one for the other, and what
            // is wanted is benefit.
            let quiet = Control {
                listener: None,
                wanted: None,
                ..*control
            };
            let outcome = solve_beside(&objective, &own, start.as_deref(), &quiet).outcome;
            let Some(most) = outcome.found() else {
                // The first solve: no plan, or none found, whatever the order.
                return Ordered {
                    formulation,
                    tiers,
                    outcome,
                    certificate: None,
                    kept: Vec::new(),
                };
            };
            (found, bound, stop) = (most, outcome.bound(), outcome.stop());
            start = outcome.plan().cloned();
        }
        let held = tier.held(found);
        problem.hold(tier, held, &mut formulation);
        tiers.push(DrawnTier {
            label: tier.label(),
            sentence: tier.sentence(),
            what: tier.what(),
            unit: tier.unit(),
            found,
            bound,
            held,
            stop,
            is_applicable,
            is_proven: bound.is_some_and(|bound| tier.is_proven(found, bound)),
        });
    }
    let own = part(settings, started, 1);
    let solved = solve_beside(&formulation, &own, start.as_deref(), control);
    Ordered {
        formulation,
        outcome: as_far_as(&tiers, solved.outcome),
        certificate: solved.certificate,
        kept: solved.kept,
        tiers,
    }
}

/// The settings with an equal part of what is left of the time for each of `solves`.
fn part(settings: &Settings, started: Instant, solves: usize) -> Settings {
    let solves = u32::try_from(solves).unwrap_or(u32::MAX).max(1);
    let left = |limit: Duration| limit.saturating_sub(started.elapsed()) / solves;
    Settings {
        time_limit: settings.time_limit.map(left),
        ..settings.clone()
    }
}

/// The settings with a gap of at most `slack` basis points: no wider one proves a tier.
#[allow(clippy::cast_precision_loss)] // at most 10 000
pub(super) fn within(settings: &Settings, slack: i64) -> Settings {
    Settings {
        gap: settings.gap.min(slack as f64 / 10_000.0),
        ..settings.clone()
    }
}

/// Solves a formulation that `start` satisfies: where the solver finds nothing better, `start`
/// stands.
pub(super) fn solve_beside(
    formulation: &Formulation,
    settings: &Settings,
    start: Option<&[bool]>,
    control: &Control<'_>,
) -> Solved {
    let with_start = Control {
        start: start.or(control.start),
        ..*control
    };
    let mut solved = solve_under(formulation, settings, &with_start);
    let Some(start) = start else { return solved };
    let value = formulation.value(&Taken(start));
    if solved.outcome.found().is_none_or(|found| found < value) {
        // The start is a plan: a solver that denies it claims nothing.
        let stop = solved.outcome.stop().unwrap_or(Stop::Solver);
        solved.outcome = Outcome::Feasible {
            plan: start.to_vec(),
            found: value,
            bound: solved.outcome.bound().map(|bound| bound.max(value)),
            stop,
        };
    }
    solved
}

/// The outcome of the benefit, which is a proof only where every tier before it is proven.
fn as_far_as(tiers: &[DrawnTier], outcome: Outcome<Vec<bool>>) -> Outcome<Vec<bool>> {
    let unproven = tiers.iter().find(|tier| !tier.is_proven);
    match (unproven, outcome) {
        (Some(tier), Outcome::Proven { plan, found, bound }) => Outcome::Feasible {
            plan,
            found,
            bound: Some(bound),
            stop: tier.stop.unwrap_or(Stop::Solver),
        },
        (_, outcome) => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Decision;
    use crate::programme::{ProjectId, SourceId, VariantId};
    use crate::quantities::Year;

    /// One decision worth 5, which `asked` of must be taken.
    fn formulation(asked: i64) -> Formulation {
        let decision = Decision {
            project: ProjectId(0),
            variant: VariantId(0),
            source: SourceId(0),
            start: Year(2026),
            unit: None,
        };
        let named = vec![(decision, "p".to_owned(), 5)];
        let mut formulation = Formulation::new(named, |_| "p".to_owned());
        let all = formulation.linear(|_| 1);
        formulation.at_least("asked".to_owned(), all, asked);
        formulation
    }

    #[test]
    fn a_start_stands_where_the_solver_finds_nothing() {
        let settings = Settings::default();
        let alone = solve_beside(&formulation(2), &settings, None, &Control::default()).outcome;
        assert_eq!(alone, Outcome::Infeasible);
        let beside = solve_beside(
            &formulation(2),
            &settings,
            Some(&[true]),
            &Control::default(),
        )
        .outcome;
        assert_eq!(beside.found(), Some(5));
        assert_eq!((beside.bound(), beside.stop()), (None, Some(Stop::Solver)));
        let better = solve_beside(
            &formulation(0),
            &settings,
            Some(&[false]),
            &Control::default(),
        )
        .outcome;
        assert_eq!((better.found(), better.stop()), (Some(5), None));
    }

    #[test]
    fn benefit_is_proven_only_after_proven_tiers() {
        let tier = |is_proven| DrawnTier {
            label: "tier[1]".to_owned(),
            sentence: Phrase::default(),
            what: Phrase::default(),
            unit: Unit::Projects,
            found: 3,
            bound: Some(4),
            held: 3,
            stop: Some(Stop::Work),
            is_applicable: true,
            is_proven,
        };
        let proven = || Outcome::Proven {
            plan: vec![true],
            found: 5,
            bound: 5,
        };
        assert_eq!(as_far_as(&[tier(true)], proven()), proven());
        let outcome = as_far_as(&[tier(true), tier(false)], proven());
        assert_eq!(
            (outcome.bound(), outcome.stop()),
            (Some(5), Some(Stop::Work))
        );
    }

    #[test]
    fn time_is_shared_and_gaps_reach_the_slack() {
        let settings = Settings {
            time_limit: Some(Duration::from_secs(70)),
            ..Settings::default()
        };
        let share = part(&settings, Instant::now(), 7).time_limit;
        assert!(share.is_some_and(|share| share <= Duration::from_secs(10)));
        assert!(within(&settings, 0).gap < 1e-9);
        assert!((within(&settings, 100).gap - settings.gap).abs() < 1e-9);
    }
}
