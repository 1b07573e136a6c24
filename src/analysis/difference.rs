//! How does the plan differ from the list made by hand, project by project, and why?
//!
//! A project that the plan alone funds was passed over by the list: the first limit that had no
//! room left for its first decision when its turn came is named. One that the list alone funds is
//! put into the plan with the list's decision, and the rules that the plan would then break, and
//! does not break without it, are named by their own checkers. Its benefit per million đồng stands
//! beside the median of the plan's projects.

use std::collections::HashSet;

use crate::formulation::{Decision, Formulation};
use crate::plan::Plan;
use crate::policy::PassedOver;
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::{Money, rounded};
use crate::rules::Family;

/// How many rules are named for a project that would break some.
const MOST_NAMED: usize = 3;

/// A plan beside the list made by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How many projects both fund by the same decision.
    pub alike: usize,
    /// The projects on which they differ, in table order.
    pub projects: Vec<Differing>,
    /// The median of benefit per million đồng over the plan's projects, in thousandths of a point;
    /// of two in the middle, the lower.
    pub median: i64,
}

/// A project that one funds and the other does not, or that they fund by other decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The project.
    pub project: ProjectId,
    /// What the plan decides; `None` where it does not fund it.
    pub planned: Option<Worth>,
    /// What the list decides; `None` where it passes it over.
    pub listed: Option<Worth>,
    /// Why.
    pub why: Why,
}

/// A decision with what it costs and brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// The decision.
    pub decision: Decision,
    /// The support granted.
    pub support: Money,
    /// Its benefit in thousandths of a point.
    pub benefit: i64,
    /// Its benefit per million đồng of support, in thousandths of a point.
    pub per_million: i64,
}

/// Why plan and list differ on a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The list passed it over: this limit was full.
    Full(String),
    /// With the list's decision the plan would break rules: the first of their labels, and how
    /// many there are.
    Breaks(Vec<String>, usize),
    /// The plan has room for it: nothing but benefit, or the gap, keeps it out.
    Fits,
    /// Both fund it, by different decisions.
    Otherwise,
}

/// The plan beside the list made by hand; `formulation` is that of the plan.
#[must_use]
pub fn difference(
    problem: &Problem<'_>,
    formulation: &Formulation,
    plan: &Plan,
    (list, passed_over): (&Plan, &[PassedOver]),
) -> Difference {
    let worth = |decision: &Decision| worth(problem, decision);
    let mut densities: Vec<i64> = plan.choices().map(|d| worth(d).per_million).collect();
    densities.sort_unstable();
    let middle = densities.len().saturating_sub(1) / 2;
    let broken = broken(problem, formulation, plan);
    let why = |project, planned, listed: Option<&Decision>| match (planned, listed) {
        (None, Some(decision)) => {
            let added = plan.choices().copied().chain([*decision]);
            let added = Plan::new(problem.programme(), added);
            let mut more = self::broken(problem, formulation, &added);
            more.retain(|own| !broken.contains(own));
            let count = more.len();
            more.truncate(MOST_NAMED);
            if count == 0 {
                Why::Fits
            } else {
                Why::Breaks(more.into_iter().map(|own| own.label).collect(), count)
            }
        }
        (Some(_), Some(_)) => Why::Otherwise,
        _ => {
            let full = passed_over.iter().find(|own| own.project == project);
            Why::Full(full.map(|own| own.full.clone()).unwrap_or_default())
        }
    };
    let mut projects = Vec::new();
    let mut alike = 0;
    for project in problem.programme().ids() {
        let (planned, listed) = (plan.choice(project), list.choice(project));
        if planned != listed {
            projects.push(Differing {
                project,
                planned: planned.map(worth),
                listed: listed.map(worth),
                why: why(project, planned, listed),
            });
        } else if planned.is_some() {
            alike += 1;
        }
    }
    Difference {
        alike,
        projects,
        median: densities.get(middle).copied().unwrap_or_default(),
    }
}

pub(super) fn worth(problem: &Problem<'_>, decision: &Decision) -> Worth {
    let programme = problem.programme();
    let support = decision.support(programme);
    let benefit = problem.scoring().benefit(programme, decision);
    let millions = i128::from(benefit) * i128::from(Money::MILLION.0);
    Worth {
        decision: *decision,
        support,
        benefit,
        per_million: rounded(millions, i128::from(support.0.max(1))),
    }
}

/// A finding that breaks a rule that holds: its label, the rule's place (after the last for what is asked
/// of single projects) and family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub label: String,
    pub rule: usize,
    pub family: Family,
}

/// What a plan breaks, by the rules' own checkers.
pub(super) fn broken(problem: &Problem<'_>, formulation: &Formulation, plan: &Plan) -> Vec<Broken> {
    let left_out: HashSet<&str> = formulation.left_out().iter().map(String::as_str).collect();
    let places = 0..=problem.standing().len();
    let mut all: Vec<Broken> = places
        .flat_map(|rule| broken_of(problem, plan, rule))
        .collect();
    all.retain(|own| !left_out.contains(own.label.as_str()));
    all
}

/// What a plan breaks of the rule of a place; nothing of one that may be broken for its price.
pub(super) fn broken_of(problem: &Problem<'_>, plan: &Plan, rule: usize) -> Vec<Broken> {
    let (findings, family) = match problem.standing().get(rule) {
        Some(own) if own.is_held && own.price.is_none() => {
            (own.rule.check(problem.programme(), plan), own.family())
        }
        Some(_) => return Vec::new(),
        None => (
            problem.demands().check(problem.programme(), plan),
            Family::Order,
        ),
    };
    let missed = findings.into_iter().filter(|finding| !finding.is_kept());
    let broken = |finding: crate::rules::Finding| Broken {
        label: finding.label,
        rule,
        family,
    };
    missed.map(broken).collect()
}
