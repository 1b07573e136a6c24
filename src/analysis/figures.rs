//! How focused is a plan, and what does it bring? The figures by which plans are compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::Plan;
use crate::problem::{Audit, Problem};
use crate::programme::Kind;
use crate::quantities::{Money, Share, rounded};

/// A grant below this is counted as small (50 million đồng).
const SMALL: Money = Money(50_000_000);

/// The figures of one plan. A focal point is a zone in a sector; projects without a place or
/// sector belong to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Funded projects.
    pub projects: usize,
    /// Spent inside the programme.
    pub spent: Money,
    /// The mean support of a project.
    pub mean: Money,
    /// The median support of a project; of two in the middle, the lower.
    pub median: Money,
    /// Focal points opened.
    pub focal_points: usize,
    /// 1 / Σ share², over focal points, in hundredths: as many equal ones would be as focused
    /// (inverse of the Herfindahl–Hirschman index).
    pub effective_points: i64,
    /// The part of the focal points' money that the five largest receive.
    pub top_five: Share,
    /// The part of grants below 50 million đồng, of all grants.
    pub small_grants: Share,
    /// The part of the money that pilot projects receive.
    pub pilot_share: Share,
    /// Counterpart of beneficiaries for each đồng of support, in hundredths, over projects whose
    /// cost is known.
    pub leverage: i64,
    /// Benefit by the problem's own ledger, in thousandths of a point.
    pub benefit: i64,
    /// What the breaches of soft rules take from it, in thousandths of a point.
    pub penalty: i64,
    /// Targets met, and how many there are; the sides of a target count one each.
    pub targets: (usize, usize),
    /// Rules broken, by the problem's own rules.
    pub broken: usize,
}

/// The figures of a plan, from anywhere, by the ledger of `problem` and its audit of the plan.
#[must_use]
pub fn figures(problem: &Problem<'_>, plan: &Plan, audit: &Audit) -> Figures {
    let programme = problem.programme();
    let mut supports: Vec<Money> = plan.choices().map(|d| d.support(programme)).collect();
    supports.sort_unstable();
    let spent = plan.spent(programme, |_, _| true);
    let points = points(problem, plan);
    let in_points: i64 = points.iter().sum();
    let five: i64 = points.iter().take(5).sum();
    let squares: i128 = points.iter().map(|&p| i128::from(p) * i128::from(p)).sum();
    let whole = i128::from(in_points) * i128::from(in_points);
    let pilots = plan.spent(programme, |d, _| {
        programme.project(d.project).kind == Kind::Pilot
    });
    let small = supports.iter().filter(|&&support| support < SMALL).count();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let (targets, broken) = standing(audit);
    Figures {
        projects: supports.len(),
        spent,
        mean: Money(rounded(
            i128::from(supports.iter().copied().sum::<Money>().0),
            i128::from(count(supports.len()).max(1)),
        )),
        median: supports
            .get(supports.len().saturating_sub(1) / 2)
            .copied()
            .unwrap_or_default(),
        focal_points: points.len(),
        effective_points: if squares == 0 {
            0
        } else {
            rounded(whole * 100, squares)
        },
        top_five: Share::ratio(five, in_points),
        small_grants: Share::ratio(count(small), count(supports.len())),
        pilot_share: Share::ratio(pilots.0, spent.0),
        leverage: leverage(problem, plan),
        benefit: problem.benefit(plan),
        penalty: audit.cost(),
        targets,
        broken,
    }
}

/// The money of each focal point opened, the largest first.
fn points(problem: &Problem<'_>, plan: &Plan) -> Vec<i64> {
    let programme = problem.programme();
    let mut points: BTreeMap<_, i64> = BTreeMap::new();
    for decision in plan.choices() {
        let project = programme.project(decision.project);
        if let Some(point) = programme.zone(project).zip(project.sector) {
            let spent: Money = decision.payments(programme).map(|p| p.amount).sum();
            *points.entry(point).or_default() += spent.0;
        }
    }
    let mut money: Vec<i64> = points.into_values().collect();
    money.sort_unstable_by(|a, b| b.cmp(a));
    money
}

fn leverage(problem: &Problem<'_>, plan: &Plan) -> i64 {
    let programme = problem.programme();
    let (mut support, mut counterpart) = (0, 0);
    for decision in plan.choices() {
        if let Some(cost) = decision.variant(programme).total_cost() {
            support += decision.support(programme).0;
            counterpart += cost.0 - decision.support(programme).0;
        }
    }
    if support == 0 {
        0
    } else {
        rounded(i128::from(counterpart) * 100, i128::from(support))
    }
}

/// Targets met and stated, and how many held rules are broken.
fn standing(audit: &Audit) -> ((usize, usize), usize) {
    let asked = || {
        let targets = audit.checked.iter().filter(|own| own.is_target());
        targets.filter(|own| own.is_applicable)
    };
    let met = asked().filter(|own| own.finding.is_kept()).count();
    let broken: BTreeSet<&str> = audit.breaches().map(|own| own.rule.as_str()).collect();
    ((met, asked().count()), broken.len())
}
