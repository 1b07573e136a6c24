//! What does more of one thing cost in benefit? The exact front of benefit against a second measure.
//!
//! The ε-constraint method (Haimes, Lasdon and Wismer, IEEE Transactions on Systems, Man and
//! Cybernetics 1 (1971)): for each place of a grid the benefit is made as large as possible while the
//! measure is at least (for focal points, at most) that place, so that no point of the front on the
//! grid is missed, also none that a weighted sum would pass over. For the number of focal points the
//! grid is every number, so the front is complete. Each point is an interval [found, bound].
//!
//! | measure | a plan's measure | asked at a place |
//! |---|---|---|
//! | points | zones in sectors that have a funded project | at most so many |
//! | top | the part of the money spent that the k largest focal points have | at least so much |
//! | pilots | the pilots' part of the money spent | at least so much |
//! | equity | the least part of the money that a zone with candidates has | at least so much |
//! | jobs | jobs of the funded projects | at least so many |
//! | mobilised | total cost less support, over projects whose cost is known, in đồng | at least so much |
//!
//! Shares are linear once multiplied out: spent in the selection − share · spent ≥ 0. The effective
//! number of focal points, 1/HHI, is no linear measure: it is told of the plan at each point. The share of
//! the largest points is asked by the rule `top_share`, whose manual has its rows.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Asking, Drawn, Figures, Interval, figures};
use crate::formulation::{Decision, DecisionId, Formulation, Linear, Sense, Taken, Values};
use crate::plan::{Outcome, Plan};
use crate::problem::Problem;
use crate::programme::{Kind, Programme, SectorId, ZoneId};
use crate::quantities::{Money, Share};
use crate::record::Table;
use crate::rules::Rule;
use crate::rules::top_share::TopShare;
use crate::solve::{Control, Settings, solve_under};

/// The second measure of a front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The number of focal points: zones in sectors.
    Points,
    /// The part of the money that so many focal points, the largest, have, in basis points.
    Top(usize),
    /// The pilots' part of the money, in basis points.
    Pilots,
    /// The least part of the money that a zone with admissible candidates has, in basis points.
    Equity,
    /// Jobs.
    Jobs,
    /// Other money mobilised, in đồng.
    Mobilised,
}

/// A point of a front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontPoint {
    /// The place on the grid.
    pub place: i64,
    /// The most benefit there; `None` where no plan reaches the place, or none was found.
    pub benefit: Option<Interval>,
    /// Whether it is shown that no plan reaches the place.
    pub is_impossible: bool,
    /// The plan found, its measure and its figures.
    pub plan: Option<(Plan, i64, Figures)>,
}

impl Against {
    /// The measure of a plan.
    #[must_use]
    pub fn of(self, problem: &Problem<'_>, plan: &Plan) -> i64 {
        let programme = problem.programme();
        let spent = plan.spent(programme, |_, _| true).0;
        match self {
            Against::Points => {
                let own = plan.choices().filter_map(|own| point(programme, own));
                let open: std::collections::BTreeSet<_> = own.collect();
                i64::try_from(open.len()).unwrap_or(i64::MAX)
            }
            Against::Top(largest) => {
                let mut points: BTreeMap<_, i64> = BTreeMap::new();
                for own in plan.choices() {
                    if let Some(at) = point(programme, own) {
                        *points.entry(at).or_default() += self::spent(programme, own);
                    }
                }
                let mut money: Vec<i64> = points.into_values().collect();
                money.sort_unstable_by_key(|own| std::cmp::Reverse(*own));
                part(money.iter().take(largest).sum(), spent)
            }
            Against::Pilots => {
                let own = plan.spent(programme, |own, _| is_pilot(programme, own));
                part(own.0, spent)
            }
            Against::Equity => {
                let zones = zones(problem);
                let own = zones.iter().map(|&zone| {
                    let own = plan.spent(programme, |own, _| in_zone(programme, own, zone));
                    part(own.0, spent)
                });
                // Where there is no zone nobody has less than another.
                own.min().unwrap_or(Share::WHOLE)
            }
            Against::Jobs | Against::Mobilised => {
                let own = plan.choices();
                own.map(|own| self.amount(programme, own)).sum()
            }
        }
    }

    /// What a decision adds to a measure that adds up.
    fn amount(self, programme: &Programme, decision: &Decision) -> i64 {
        match self {
            Against::Jobs => {
                let jobs = programme.project(decision.project).jobs;
                jobs.get().unwrap_or_default()
            }
            Against::Mobilised => {
                let cost = decision.variant(programme).total_cost();
                cost.map_or(0, |cost| (cost - decision.support(programme)).0)
            }
            Against::Points | Against::Top(_) | Against::Pilots | Against::Equity => 0,
        }
    }

    /// Asks that a place is reached.
    fn ask(self, problem: &Problem<'_>, formulation: &mut Formulation, place: i64) {
        let programme = problem.programme();
        match self {
            Against::Points => at_most_points(programme, formulation, place),
            Against::Top(largest) => {
                for rule in top_share(largest, Share(place)) {
                    rule.formulate(programme, formulation);
                }
            }
            Against::Pilots => at_least_part(programme, formulation, "pilots", place, |own| {
                is_pilot(programme, own)
            }),
            Against::Equity => {
                for zone in zones(problem) {
                    let label = format!("equity[{}]", programme.zones[zone.index()]);
                    at_least_part(programme, formulation, &label, place, |own| {
                        in_zone(programme, own, zone)
                    });
                }
            }
            Against::Jobs | Against::Mobilised => {
                let terms = formulation.linear(|own| self.amount(programme, own));
                formulation.at_least("measure".to_owned(), terms, place);
            }
        }
    }
}

/// The front of benefit against a measure, at the places asked for; for focal points without places,
/// at every number up to that of the plan found. `None` without a plan. Tiers are held at what the
/// plan held them at.
#[must_use]
pub fn frontier(
    problem: &Problem<'_>,
    drawn: &Drawn,
    (against, places): (Against, &[i64]),
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<Vec<FrontPoint>> {
    let plan = drawn.outcome.plan()?;
    let every: Vec<i64> = if places.is_empty() && against == Against::Points {
        (0..=against.of(problem, plan)).rev().collect()
    } else {
        places.to_vec()
    };
    let places = &every[..];
    let count = asking.count(places.len());
    let start = drawn.formulation.flags(plan.choices());
    let point = |&place: &i64| {
        let mut formulation = drawn.formulation.clone();
        against.ask(problem, &mut formulation, place);
        let control = Control {
            start: Some(&start),
            ..asking.control()
        };
        let outcome = solve_under(&formulation, settings, &control).outcome;
        count.one();
        let found = outcome.plan().map(|taken| {
            let plan = problem.plan(&formulation, taken);
            let audit = drawn.hold(problem, &plan);
            let own = figures(problem, &plan, &audit);
            let measure = against.of(problem, &plan);
            (plan, measure, own)
        });
        FrontPoint {
            place,
            benefit: found.is_some().then(|| Interval::of(&outcome)),
            is_impossible: outcome == Outcome::Infeasible,
            plan: found,
        }
    };
    Some(places.par_iter().map(point).collect())
}

/// The rule that so many focal points, the largest, have at least a part of the money.
fn top_share(largest: usize, least: Share) -> Vec<TopShare> {
    let columns = ["by", "largest", "at_least"].map(str::to_owned).to_vec();
    let row = vec![
        "zone&sector".to_owned(),
        largest.to_string(),
        least.to_string(),
    ];
    let table = Table {
        name: "top_share".to_owned(),
        file: "top_share.csv".to_owned(),
        columns,
        rows: vec![row],
        lines: Vec::new(),
    };
    table.records().unwrap_or_default()
}

fn part(own: i64, all: i64) -> i64 {
    // Rounded down, so that a plan is never told to reach more than it does.
    let part = i128::from(own) * i128::from(Share::WHOLE) / i128::from(all.max(1));
    i64::try_from(part).unwrap_or(i64::MAX)
}

fn is_pilot(programme: &Programme, decision: &Decision) -> bool {
    programme.project(decision.project).kind == Kind::Pilot
}

fn in_zone(programme: &Programme, decision: &Decision, zone: ZoneId) -> bool {
    programme.zone(programme.project(decision.project)) == Some(zone)
}

fn point(programme: &Programme, decision: &Decision) -> Option<(ZoneId, SectorId)> {
    let project = programme.project(decision.project);
    programme.zone(project).zip(project.sector)
}

/// The zones with admissible candidates.
fn zones(problem: &Problem<'_>) -> Vec<ZoneId> {
    let programme = problem.programme();
    let own = problem.admission().decisions().iter();
    let zones = own.filter_map(|own| programme.zone(programme.project(own.project)));
    let mut zones: Vec<ZoneId> = zones.collect();
    zones.sort_unstable();
    zones.dedup();
    zones
}

fn spent(programme: &Programme, decision: &Decision) -> i64 {
    let own: Money = decision.payments(programme).map(|own| own.amount).sum();
    own.0
}

/// Asks that the selected decisions have at least so many basis points of what is spent.
fn at_least_part(
    programme: &Programme,
    formulation: &mut Formulation,
    label: &str,
    points: i64,
    is_selected: impl Fn(&Decision) -> bool,
) {
    let terms = formulation.linear(|own| {
        let times = if is_selected(own) { Share::WHOLE } else { 0 } - points;
        spent(programme, own) * times
    });
    formulation.at_least(label.to_owned(), terms, 0);
}

/// Asks that at most so many zones in sectors have a funded project.
fn at_most_points(programme: &Programme, formulation: &mut Formulation, most: i64) {
    let mut points: BTreeMap<(ZoneId, SectorId), Vec<DecisionId>> = BTreeMap::new();
    for (id, own) in formulation.decisions() {
        if let Some(at) = point(programme, own) {
            points.entry(at).or_default().push(id);
        }
    }
    let groups = formulation.groups().to_vec();
    let mut opened = Vec::new();
    for (position, own) in points.into_values().enumerate() {
        let witness = own.clone();
        let is_open = move |taken: &Taken<'_>| i64::from(witness.iter().any(|&id| taken.has(id)));
        let label = format!("opened[{position}]");
        let helper = formulation.helper(label.clone(), Values::Binary, is_open);
        opened.push((helper, 1));
        // Project by project: tighter than all of them together.
        for group in groups
            .iter()
            .filter(|group| own.contains(&DecisionId::at(group.start)))
        {
            let terms: Linear = group
                .clone()
                .map(|place| (DecisionId::at(place), 1))
                .collect();
            let name = format!("{label} {}", group.start);
            formulation.row(name, terms, vec![(helper, -1)], Sense::AtMost, 0);
        }
    }
    formulation.row("points".to_owned(), Vec::new(), opened, Sense::AtMost, most);
}
