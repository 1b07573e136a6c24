//! The portfolios that no other dominates, whatever weights of the set hold (Robust Portfolio Modeling:
//! Liesiö, Mild and Salo, European Journal of Operational Research 181 (2007) and 190 (2008)).
//!
//! A plan dominates another if it is worth no less under every judgement and more under one. Value is
//! linear in the weights and in the strength of advantage each, so the vertices of the weight set,
//! each at both ends of the strength, say it for all. A portfolio is the set of projects that a plan
//! funds. The **core index** of a project is the part of the portfolios of non-dominated plans that
//! hold it: *core* projects are in all, *exterior* ones in none, *borderline* ones in some.
//!
//! All are found one by one (J. Sylva and A. Crema, European Journal of Operational Research 158
//! (2004)): with z(k) the values of the plans found before, the plan of the largest sum of values is
//! sought for which, for each k, a binary column is 1, and
//!
//! ```text
//! value(j) ≥ (z(k, j) + 1) · better(k, j)                          it is worth more at one vertex, or
//! value(j) ≥ z(k, j) · other(k) for all j, |funded Δ funded(k)| ≥ other(k)   worth no less, and another
//! ```
//!
//! None that dominates the plan found is left out by these rows, so its values are of none dominated; the
//! list is complete when no plan keeps them. Exact, but each plan found adds a column a vertex: for
//! small problems alone.

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::Asking;
use super::JudgementAsked;
use super::judgements::Judgements;
use crate::formulation::{DecisionId, Formulation, Linear, Sense, Taken, Values};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Outcome, Plan, Stop};
use crate::programme::ProjectId;
use crate::quantities::Share;
use crate::solve::{Settings, solve_under};

/// The most candidates of which portfolios are listed.
pub const MOST_CANDIDATES: usize = 60;

/// The most portfolios that are listed.
pub const MOST_PORTFOLIOS: usize = 100;

/// Every portfolio of a plan that none dominates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portfolios {
    /// A plan of each, in the order in which they were found.
    pub plans: Vec<Plan>,
    /// At how many judgements, the corners of what is left open, they are compared.
    pub vertices: usize,
    /// The core index of each project that some of them fund, as how many do, by table order.
    pub funded: BTreeMap<ProjectId, usize>,
}

impl Portfolios {
    /// The core index of a project in basis points.
    #[must_use]
    pub fn core_index(&self, project: ProjectId) -> Share {
        let count = self.funded.get(&project).copied().unwrap_or_default();
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        Share::ratio(whole(count), whole(self.plans.len()))
    }

    /// How many projects are in all of them.
    #[must_use]
    pub fn core(&self) -> usize {
        let all = self.plans.len();
        self.funded.values().filter(|&&count| count == all).count()
    }
}

/// A plan found: its values at the vertices and what it funds.
struct Found {
    values: Vec<i64>,
    groups: Vec<bool>,
}

/// Every portfolio that none dominates.
///
/// # Errors
/// Why they cannot be listed: too many candidates or portfolios, something left open that is not a
/// weight or the strength of advantage, soft rules, or a search that a limit ended.
pub(super) fn portfolios(
    judgements: &Judgements<'_>,
    asked: &JudgementAsked,
    settings: &Settings,
    asking: Asking<'_>,
) -> Result<Portfolios, Phrase> {
    refusal(judgements, asked).map_or(Ok(()), Err)?;
    let corners = corners(judgements, asked);
    let sums = (0..judgements.formulation.benefit().len())
        .map(|at| corners.iter().map(|own| own[at]).sum())
        .collect();
    let mut formulation = judgements.formulation.with_benefit(sums);
    let settings = Settings {
        gap: 0.0,
        ..settings.clone()
    };
    let mut plans: Vec<Plan> = Vec::new();
    let count = asking.count(0);
    loop {
        let control = asking.control();
        let solved = solve_under(&formulation, &settings, &control);
        match solved.outcome {
            Outcome::Infeasible => break,
            Outcome::Proven { plan: taken, .. } => {
                if listed(plans.clone(), corners.len()).plans.len() >= MOST_PORTFOLIOS {
                    return Err(too_many());
                }
                plans.push(judgements.problem.plan(&judgements.formulation, &taken));
                let found = found(&formulation, &corners, &taken);
                beyond(&mut formulation, &corners, &found, plans.len());
                count.one();
            }
            Outcome::Feasible { stop, .. } | Outcome::Unknown { stop, .. } => {
                return Err(if stop == Stop::Time {
                    out_of_time()
                } else {
                    unproven()
                });
            }
        }
    }
    Ok(listed(plans, corners.len()))
}

fn listed(all: Vec<Plan>, vertices: usize) -> Portfolios {
    let mut seen = BTreeSet::new();
    let mut plans = Vec::new();
    let mut funded: BTreeMap<ProjectId, usize> = BTreeMap::new();
    for plan in all {
        let projects: Vec<ProjectId> = plan.choices().map(|own| own.project).collect();
        if seen.insert(projects.clone()) {
            for project in projects {
                *funded.entry(project).or_default() += 1;
            }
            plans.push(plan);
        }
    }
    Portfolios {
        plans,
        vertices,
        funded,
    }
}

fn refusal(judgements: &Judgements<'_>, asked: &JudgementAsked) -> Option<Phrase> {
    let candidates = judgements.formulation.groups().len();
    if candidates > MOST_CANDIDATES {
        return Some(phrase!(
            "có {candidates} đề án đủ điều kiện; chỉ liệt kê chính xác được khi có nhiều nhất {MOST_CANDIDATES}",
            "there are {candidates} admissible candidates; an exact list is made of at most {MOST_CANDIDATES}"
        ));
    }
    if asked.scores > 0 || asked.benefit.0 > 0 {
        return Some(phrase!(
            "chỉ liệt kê chính xác được khi riêng trọng số và mức ưu tiên lợi thế để ngỏ",
            "an exact list is made where the weights and the strength of advantage alone are left open"
        ));
    }
    let mut helpers = judgements.formulation.helpers().iter();
    helpers.any(|own| own.price.is_some()).then(|| {
        phrase!(
            "không liệt kê được khi chính sách có quy tắc mềm",
            "no list is made under a policy with soft rules"
        )
    })
}

fn too_many() -> Phrase {
    phrase!(
        "có hơn {MOST_PORTFOLIOS} danh mục không bị danh mục nào trội hơn; hãy thu hẹp những gì để ngỏ",
        "there are more than {MOST_PORTFOLIOS} portfolios that none dominates; leave less open"
    )
}

fn unproven() -> Phrase {
    phrase!(
        "phần mềm tối ưu không chứng minh được đến từng phần nghìn điểm với các con số lớn như vậy",
        "the optimising software cannot prove numbers so large to the thousandth of a point"
    )
}

fn out_of_time() -> Phrase {
    phrase!(
        "hết thời gian trước khi liệt kê xong; hãy tăng --each",
        "time ran out before the list was complete; raise --each"
    )
}

/// The benefit of every decision at each corner of what is left open.
fn corners(judgements: &Judgements<'_>, asked: &JudgementAsked) -> Vec<Vec<i64>> {
    let (programme, own) = (judgements.problem.programme(), judgements.problem.scoring());
    let strengths = match asked.strength {
        Some((least, most)) if least < most => vec![least, most],
        Some((only, _)) => vec![only],
        None => vec![own.strength()],
    };
    let mut corners = Vec::new();
    for weights in judgements.set.vertices() {
        for &strength in &strengths {
            let judged = own.weighed(programme, weights.clone(), strength);
            corners.push(judgements.benefit_by(&judged));
        }
    }
    corners
}

fn found(formulation: &Formulation, corners: &[Vec<i64>], taken: &[bool]) -> Found {
    let worth = |benefit: &Vec<i64>| {
        let pairs = taken.iter().zip(benefit).filter(|(taken, _)| **taken);
        pairs.map(|(_, own)| own).sum()
    };
    let groups = formulation.groups().iter();
    Found {
        values: corners.iter().map(worth).collect(),
        groups: groups
            .map(|group| taken[group.clone()].contains(&true))
            .collect(),
    }
}

/// Asks for a plan that the one found does not dominate, nor equals in values and projects.
fn beyond(formulation: &mut Formulation, corners: &[Vec<i64>], found: &Found, number: usize) {
    let mut ways = Vec::new();
    let terms: Vec<Linear> = corners.iter().map(|own| linear(own)).collect();
    for (at, (own, &value)) in terms.iter().zip(&found.values).enumerate() {
        let witness = own.clone();
        let is_better = move |taken: &Taken<'_>| i64::from(taken.value(&witness) > value);
        let label = format!("better[{number},{at}]");
        let helper = formulation.helper(label.clone(), Values::Binary, is_better);
        formulation.row(
            label,
            own.clone(),
            vec![(helper, -(value + 1))],
            Sense::AtLeast,
            0,
        );
        ways.push((helper, 1));
    }
    let apart = apart(formulation, found);
    let bound = -i64::try_from(found.groups.iter().filter(|own| **own).count()).unwrap_or(0);
    let (witness, values) = (terms.clone(), found.values.clone());
    let far = apart.clone();
    let is_other = move |taken: &Taken<'_>| {
        let pairs = witness.iter().zip(&values);
        let no_less = pairs.fold(true, |all, (own, &value)| all && taken.value(own) >= value);
        i64::from(no_less && taken.value(&far) > bound)
    };
    let label = format!("other[{number}]");
    let helper = formulation.helper(label.clone(), Values::Binary, is_other);
    for (at, (own, &value)) in terms.into_iter().zip(&found.values).enumerate() {
        let row = format!("{label} {at}");
        formulation.row(row, own, vec![(helper, -value)], Sense::AtLeast, 0);
    }
    formulation.row(
        format!("{label} apart"),
        apart,
        vec![(helper, -1)],
        Sense::AtLeast,
        bound,
    );
    ways.push((helper, 1));
    formulation.row(
        format!("beyond[{number}]"),
        Vec::new(),
        ways,
        Sense::AtLeast,
        1,
    );
}

fn linear(benefit: &[i64]) -> Linear {
    let own = benefit.iter().enumerate();
    own.map(|(at, &benefit)| (DecisionId::at(at), benefit))
        .collect()
}

/// In how many projects a plan differs from the one found, less how many that one funds.
fn apart(formulation: &Formulation, found: &Found) -> Linear {
    let groups = formulation.groups().iter().zip(&found.groups);
    let own = groups.flat_map(|(group, is_funded)| {
        let sign = if *is_funded { -1 } else { 1 };
        group.clone().map(move |at| (DecisionId::at(at), sign))
    });
    own.collect()
}
