//! Which projects are certain? For each candidate: in every plan within ε of the best, in none, or
//! in some.
//!
//! With *v* the value of the plan found and T = ⌈(1 − ε) · v⌉, a candidate p is
//!
//! ```text
//! always in    if  max { value of a plan without p } <  T
//! always out   if  max { value of a plan with p }    <  T
//! swing        if  both maxima are at least T
//! ```
//!
//! the *core*, *exterior* and *borderline* projects of Liesiö, Mild and Salo (European Journal of
//! Operational Research 181 (2007)), over the plans near the optimum instead of over uncertain
//! weights. Both maxima are known as intervals: any plan at hand is a least for every candidate that
//! it funds (with) or leaves out (without); the linear relaxation with the candidate held gives a
//! most. For what these leave open plans are sought near the one at hand, at first each for as many of
//! the candidates as possible (see `together`), then for one by one, a few dozen other projects decided
//! anew; then each question is a search of its own, shortly, until a plan of at least T is found or
//! shown not to exist, as long as such searches answer some (of small programmes, before all else); then
//! proofs for several together, and a longer search for each that is open still. Every plan that a search
//! comes upon serves all the candidates. What is open then is *undetermined*.
//!
//! The **replacement cost** of a funded candidate is what the optimum loses without it, everything
//! else decided anew; that of one not funded, what the optimum loses with it. Both are intervals,
//! the optimum less the maximum above; they are as narrow as the searches for ε needed them.

mod search;
mod together;

use serde::{Deserialize, Serialize};

use super::super::asking::Asking;
use super::super::{Drawn, Interval};
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::Share;
use crate::solve::Settings;
use search::{Patience, Search};

/// The most seconds for a search near the plan for many answers, and for one.
const GATHER: f64 = 0.6;
const NEAR: f64 = 0.8;
/// Above this number of decisions plans are sought for many questions before any is asked alone: a
/// search of its own takes longer than a second then, below it a fraction of one.
const WIDE: usize = 1_000;

/// What is asked of the projects.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectsAsked {
    /// How far from the best plan, each a part of its value.
    pub within: Vec<Share>,
    /// The most seconds for the first search of each question, given up for all where it answers
    /// few, and for the second of those that stay open; without one where it is 0.
    pub seconds: (f64, f64),
}

impl Default for ProjectsAsked {
    fn default() -> ProjectsAsked {
        ProjectsAsked {
            within: vec![Share(50), Share(100), Share(200)],
            seconds: (0.5, 2.0),
        }
    }
}

/// How a candidate stands among the plans within ε of the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certain {
    /// Every such plan funds it.
    AlwaysIn,
    /// None does.
    AlwaysOut,
    /// Some do, some do not.
    Swing,
    /// Not known within the limits of the searches.
    Undetermined,
}

/// The best value of the plans with, or without, a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// A plan has so much; `None` while none is known.
    pub least: Option<i64>,
    /// None has more; `None` where there is no such plan at all.
    pub most: Option<i64>,
}

impl Reach {
    /// There is no such plan at all.
    pub const NEVER: Reach = Reach {
        least: None,
        most: None,
    };

    /// What the optimum loses where these are the plans to choose from; `None` where there is none.
    #[must_use]
    pub fn lost_from(&self, optimum: Interval) -> Option<Interval> {
        self.most?;
        let lost = optimum.less(Interval {
            least: self.least,
            most: self.most,
        });
        Some(Interval {
            least: lost.least.map(|least| least.max(0)),
            most: lost.most,
        })
    }

    /// The same where no plan at all passes `bound`; without one nothing more is known.
    #[must_use]
    pub fn below(mut self, bound: Option<i64>) -> Reach {
        if bound.is_some() {
            self.lower(bound);
        }
        self
    }

    /// Whether a plan of at least `wanted` exists; `None` while that is open.
    fn reaches(&self, wanted: i64) -> Option<bool> {
        if self.least.is_some_and(|least| least >= wanted) {
            Some(true)
        } else if self.most.is_none_or(|most| most < wanted) {
            Some(false)
        } else {
            None
        }
    }

    fn raise(&mut self, value: i64) {
        self.least = self.least.max(Some(value));
        self.most = self.most.max(self.least);
    }

    fn lower(&mut self, bound: Option<i64>) {
        let most = self.most.zip(bound).map(|(most, bound)| most.min(bound));
        self.most = most.max(self.least);
    }
}

/// What is known of one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectWorth {
    /// The candidate.
    pub project: ProjectId,
    /// Whether the plan funds it.
    pub is_funded: bool,
    /// Whether some gate refuses every decision of it.
    pub is_refused: bool,
    /// The plans that fund it.
    pub with: Reach,
    /// The plans that do not.
    pub without: Reach,
    /// How it stands within each ε asked for, in their order.
    pub certain: Vec<Certain>,
}

/// Every candidate, and what they were measured by.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectsWorth {
    /// The ε asked for.
    pub within: Vec<Share>,
    /// The optimum: found and bound of the plan.
    pub optimum: Interval,
    /// The candidates, in table order.
    pub projects: Vec<ProjectWorth>,
    /// How many plans served as witnesses.
    pub plans: usize,
}

impl ProjectsWorth {
    /// What the optimum loses without a funded candidate, or with one not funded; `None` where no
    /// such plan exists.
    #[must_use]
    pub fn replacement_cost(&self, own: &ProjectWorth) -> Option<Interval> {
        let reach = if own.is_funded { own.without } else { own.with };
        reach.lost_from(self.optimum)
    }
}

/// How every candidate stands among the plans within ε of the plan drawn up; `None` without a plan.
#[must_use]
pub fn projects_worth(
    problem: &Problem<'_>,
    drawn: &Drawn,
    asked: &ProjectsAsked,
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<ProjectsWorth> {
    let found = drawn.outcome.found()?;
    let search = Search::new(problem, drawn, settings, asking)?;
    search.relax();
    let mut wanted: Vec<i64> = asked.within.iter().map(|own| within(found, *own)).collect();
    wanted.sort_unstable();
    let (first, second) = asked.seconds;
    let one_by_one = || {
        for &value in wanted.iter().filter(|_| first > 0.0) {
            search.decide(value, first, Patience::WhileItPays);
        }
    };
    let is_wide = search.formulation.benefit().len() > WIDE;
    if !is_wide {
        one_by_one();
    }
    // A plan nearer to the best serves further from it too; what is shown further from it, nearer.
    for &value in wanted.iter().rev() {
        rayon::join(
            || search.gather(value, true, GATHER),
            || search.gather(value, false, GATHER),
        );
    }
    for &value in &wanted {
        search.approach(value, NEAR);
    }
    if is_wide {
        one_by_one();
    }
    for &value in &wanted {
        search.disprove(value, first.max(second));
    }
    for &value in wanted.iter().filter(|_| second > 0.0) {
        search.decide(value, second, Patience::Whole);
    }
    Some(search.told(&asked.within, found))
}

/// The least value within ε of `found`: found − ⌊|found| · ε⌋.
pub(in crate::analysis) fn within(found: i64, part: Share) -> i64 {
    let lost = i128::from(found.abs()) * i128::from(part.0) / i128::from(Share::WHOLE);
    found - i64::try_from(lost).unwrap_or_default()
}

/// All plans do without a candidate that has no admissible decision.
fn always<P>(found: i64, outcome: &crate::plan::Outcome<P>) -> Reach {
    Reach {
        least: Some(found),
        most: outcome.bound().or(Some(i64::MAX)),
    }
}

fn certain(with: Option<bool>, without: Option<bool>) -> Certain {
    match (with, without) {
        (_, Some(false)) => Certain::AlwaysIn,
        (Some(false), _) => Certain::AlwaysOut,
        (Some(true), Some(true)) => Certain::Swing,
        _ => Certain::Undetermined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_the_best_is_below_it_whatever_its_sign() {
        assert_eq!(within(5_000, Share(100)), 4_950);
        assert_eq!(within(5_001, Share(100)), 4_951);
        assert_eq!(within(-5_000, Share(100)), -5_050);
        assert_eq!(within(0, Share(100)), 0);
    }
}
