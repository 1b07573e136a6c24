//! The rule-order list: how a plan is drawn up by hand, for comparison with the optimum.
//!
//! Circular 36/2013/TT-BCT, article 7: pilots first; then priority by sector and area and level of
//! support; ties to the more capable. Here: pilots, then the stronger advantage of the place in
//! the sector, then merit, then the larger support, then the order of the table. Each project in
//! turn takes its first decision (earliest start, first fund) that still has room under the
//! ceilings and every other limit.

use std::cmp::Reverse;

use super::Scoring;
use crate::formulation::{Decision, Formulation, Occupancy};
use crate::programme::{Kind, Programme, ProjectId};

/// What the rule order makes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleOrder {
    /// The decisions taken, in the order in which they were.
    pub chosen: Vec<Decision>,
    /// The projects passed over, in the order of their turns.
    pub passed_over: Vec<PassedOver>,
}

/// A project for which no room was left when its turn came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// The project.
    pub project: ProjectId,
    /// The label of the first limit without room for its first decision, of those for which there
    /// would have been room at the beginning of the list where there are any.
    pub full: String,
}

/// The plan that the rule order makes under the limits of `formulation`; `promised` comes first.
#[must_use]
pub fn rule_order(
    programme: &Programme,
    scoring: &Scoring,
    formulation: &Formulation,
    promised: &[Decision],
) -> RuleOrder {
    let mut occupancy = Occupancy::new(formulation);
    let mut beginning = occupancy.clone();
    let mut order = RuleOrder::default();
    for decision in promised {
        if let Some(id) = formulation.find(decision) {
            occupancy.take(id);
        }
        order.chosen.push(*decision);
    }
    let mut groups: Vec<_> = formulation.groups().to_vec();
    let decisions: Vec<_> = formulation.decisions().collect();
    groups.sort_by_key(|group| {
        let id = decisions[group.start].1.project;
        let project = programme.project(id);
        let pilot = project.kind == Kind::Pilot;
        let merit = scoring.merit_of(id);
        Reverse((pilot, project.advantage, merit, project.full().support()))
    });
    for group in groups {
        let mut options = decisions[group].to_vec();
        if promised
            .iter()
            .any(|own| own.project == options[0].1.project)
        {
            continue;
        }
        options.sort_by_key(|(_, d)| (d.start, d.source, d.variant, d.unit));
        let fitting = options.iter().find(|(id, _)| occupancy.has_room_for(*id));
        if let Some(&(id, decision)) = fitting {
            occupancy.take(id);
            order.chosen.push(*decision);
        } else {
            let mut open = options.iter().filter(|(id, _)| beginning.has_room_for(*id));
            let (first, _) = open.next().unwrap_or(&options[0]);
            let full = occupancy.full_for(*first);
            order.passed_over.push(PassedOver {
                project: options[0].1.project,
                full: full.map(|row| row.label.clone()).unwrap_or_default(),
            });
        }
    }
    order
}
