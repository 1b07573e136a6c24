//! A problem under another programme or other conditions, drawn up anew from a plan that is known.

use serde::{Deserialize, Serialize};

use super::super::asking::Asking;
use super::super::drawn::redraw;
use super::super::interval::{changes, objectives};
use super::super::{Drawn, Objective};
use crate::plan::{Outcome, Plan};
use crate::problem::{Conditions, Problem};
use crate::programme::{Programme, ProjectId};
use crate::solve::Settings;

/// What a change does to the optimum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// By how much each objective changes: the tiers in their order, then the benefit; `None` where
    /// no plan exists under the change, or none was found.
    pub change: Option<Vec<Objective>>,
    /// Whether it is shown that no plan exists under the change.
    pub is_impossible: bool,
    /// Projects that the plan found funds and the first one does not.
    pub entering: Vec<ProjectId>,
    /// Projects that the first plan funds and the one found does not.
    pub leaving: Vec<ProjectId>,
}

impl Effect {
    /// By how much the benefit changes.
    #[must_use]
    pub fn benefit(&self) -> Option<&Objective> {
        self.change.as_ref()?.last()
    }

    /// The effect of a change under which there is nothing to draw up.
    pub(super) fn impossible() -> Effect {
        Effect {
            change: None,
            is_impossible: true,
            entering: Vec::new(),
            leaving: Vec::new(),
        }
    }
}

/// A problem and its plan, to be varied.
#[derive(Clone, Copy)]
pub(super) struct Base<'a> {
    pub problem: &'a Problem<'a>,
    pub drawn: &'a Drawn,
    pub plan: &'a Plan,
    pub settings: &'a Settings,
    pub asking: Asking<'a>,
}

impl<'a> Base<'a> {
    /// `None` without a plan.
    pub fn new(
        problem: &'a Problem<'a>,
        drawn: &'a Drawn,
        settings: &'a Settings,
        asking: Asking<'a>,
    ) -> Option<Base<'a>> {
        Some(Base {
            problem,
            drawn,
            plan: drawn.outcome.plan()?,
            settings,
            asking,
        })
    }

    /// The effect of other facts or other conditions; what cannot even be formulated is impossible.
    pub fn effect(&self, programme: &Programme, conditions: &Conditions) -> Effect {
        self.drawn_under(programme, conditions)
            .map_or_else(Effect::impossible, |drawn| self.effect_of(&drawn))
    }

    /// The plan under other facts or other conditions.
    pub fn drawn_under(&self, programme: &Programme, conditions: &Conditions) -> Option<Drawn> {
        let problem = Problem::new(programme, self.problem.policy(), conditions).ok()?;
        redraw(&problem, self.plan, self.settings, &self.asking.control()).ok()
    }

    /// What another drawing changes.
    pub fn effect_of(&self, drawn: &Drawn) -> Effect {
        let Some(plan) = drawn.outcome.plan() else {
            return Effect {
                is_impossible: drawn.outcome == Outcome::Infeasible,
                ..Effect::impossible()
            };
        };
        Effect {
            change: Some(changes(&objectives(drawn), &objectives(self.drawn))),
            is_impossible: false,
            entering: plan.only_in(self.plan),
            leaving: self.plan.only_in(plan),
        }
    }
}
