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
use crate::programme::{Kind, Programme};

/// The plan that the rule order makes under the limits of `formulation`; `promised` comes first.
#[must_use]
pub fn rule_order(
    programme: &Programme,
    scoring: &Scoring,
    formulation: &Formulation,
    promised: &[Decision],
) -> Vec<Decision> {
    let mut occupancy = Occupancy::new(formulation);
    let mut chosen = Vec::new();
    for decision in promised {
        if let Some(id) = formulation.find(decision) {
            occupancy.take(id);
        }
        chosen.push(*decision);
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
            chosen.push(*decision);
        }
    }
    chosen
}
