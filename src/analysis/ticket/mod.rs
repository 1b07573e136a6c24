//! Why not this project, and what would bring it in? Its entry ticket, one lever at a time.
//!
//! A candidate p *enters* under a change if some optimum then funds it: with V⁺ the most of the plans
//! that fund p and V⁻ the most of those that do not, if V⁺ ≥ V⁻. Each lever is moved alone, with
//! everything else held, to the smallest change under which p enters:
//!
//! - **merit** raised, never above 100: V⁻ stays, V⁺ never falls, so halving finds the threshold, to a
//!   hundredth of a point;
//! - **support** cut, its benefit held: to the million; that p enters at an amount and not at the next
//!   larger one is shown, not that it stays in below (a least grant may refuse it);
//! - **money** added to one ceiling: the first whole million đồng with which p enters. Both V⁺ and V⁻
//!   never fall with more money, so amounts from a to b are passed over at once where V⁺(b) < V⁻(a).
//!   It may leave again with more. (Where a rule measures a share of the ceilings more money is not
//!   always more: then an earlier entry may have been passed over.)
//! - its **window** opened to all years;
//! - a **rule** or gate one notch looser.
//!
//! Tiers are held at what the plan held them at. V⁺ and V⁻ are intervals; where they overlap the lever
//! is not settled. Before any search the linear relaxation with p held in is asked: where it stays below
//! the plan at hand, as far as that stands under the change, p does not enter; and searches begin with the
//! best plan known that funds it, which a merit high enough settles at once. All levers together take
//! at most [`WHOLE`] times what a solve may take; those that are not reached are not settled. A value is
//! told only where it is shown to suffice, beside the nearest shown not to.
//! (Thresholds of single coefficients in integer programmes: Geoffrion and Nauss, Management Science 23
//! (1977), section on parametric analysis.)

mod levers;

use std::time::Instant;

use super::sensitivity::Reach;
use super::{Asking, CeilingOf, Drawn, Interval};
use crate::formulation::{Formulation, Taken};
use crate::phrase::Phrase;
use crate::plan::{Outcome, Plan};
use crate::problem::{Conditions, Problem};
use crate::programme::{Programme, ProjectId};
use crate::solve::{Control, KeptRelaxation, Settings, solve_under};

/// How many times as long as a solve the levers may take, of which merit and support a part, and money.
const WHOLE: u32 = 30;
const PARTS: [u32; 2] = [6, 12];

/// Between what and what a threshold lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// The nearest value shown not to suffice.
    pub short: Option<i64>,
    /// The value shown to suffice; `None` where none was found.
    pub enough: Option<i64>,
}

/// A lever, and how far it must be moved for the candidate to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lever {
    /// Merit, in hundredths of a point; for a funded candidate how low it may fall.
    Merit(Threshold),
    /// Support of its largest variant, in đồng.
    Support(Threshold),
    /// More money in a ceiling, in đồng.
    Money(CeilingOf, Threshold),
    /// Whether it enters with its window open to all years; `None` where that is not settled.
    Window(Option<bool>),
    /// Whether it enters with a rule a notch looser, and what the rule says then.
    Rule(String, Phrase, Option<bool>),
}

/// Why a candidate is in the plan or not, and what would change that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The candidate.
    pub project: ProjectId,
    /// Whether the plan funds it.
    pub is_funded: bool,
    /// The plans that fund it.
    pub with: Reach,
    /// The plans that do not.
    pub without: Reach,
    /// What the optimum loses by deciding otherwise on it; `None` where no plan does.
    pub lost: Option<Interval>,
    /// In the best plan found that decides otherwise, who comes in and who goes, itself left out.
    pub others: (Vec<ProjectId>, Vec<ProjectId>),
    /// The levers; for a funded candidate merit alone.
    pub levers: Vec<Lever>,
}

/// The entry ticket of a candidate; `None` without a plan, or where gates refuse every decision of it.
/// Each solve takes at most the settings' time, and all levers thirty times as long.
#[must_use]
pub fn ticket(
    problem: &Problem<'_>,
    drawn: &Drawn,
    project: ProjectId,
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<Ticket> {
    let plan = drawn.outcome.plan()?;
    let settings = Settings {
        gap: 0.0,
        ..settings.clone()
    };
    let entry = Entry {
        problem,
        drawn,
        plan,
        funding: None,
        project,
        settings,
        asking,
    };
    drawn.formulation.group(project)?;
    let is_funded = plan.choice(project).is_some();
    let optimum = Interval::of(&drawn.outcome);
    let (with, with_plan) = entry.best(&drawn.formulation, true, None);
    let (without, without_plan) = entry.best(&drawn.formulation, false, None);
    let entry = Entry {
        funding: with_plan.as_ref(),
        ..entry
    };
    // Neither passes the bound of all plans, which was sought longer.
    let [with, without] = [with, without].map(|own| own.below(drawn.outcome.bound()));
    let (other, other_plan) = if is_funded {
        (without, &without_plan)
    } else {
        (with, &with_plan)
    };
    Some(Ticket {
        project,
        is_funded,
        with,
        without,
        lost: other.lost_from(optimum),
        others: other_plan
            .as_ref()
            .map(|own| entry.others(own))
            .unwrap_or_default(),
        levers: entry.levers(is_funded, without),
    })
}

struct Entry<'a> {
    problem: &'a Problem<'a>,
    drawn: &'a Drawn,
    plan: &'a Plan,
    /// The best plan known that funds the candidate.
    funding: Option<&'a Plan>,
    project: ProjectId,
    settings: Settings,
    asking: Asking<'a>,
}

impl Entry<'_> {
    /// The same, with so many times what a solve may take from now on.
    fn for_solves(&self, count: u32) -> Entry<'_> {
        let own = self
            .settings
            .time_limit
            .map(|limit| Instant::now() + limit * count);
        let until = self.asking.until.into_iter().chain(own).min();
        Entry {
            settings: self.settings.clone(),
            asking: Asking {
                until,
                ..self.asking
            },
            ..*self
        }
    }

    /// Whether the linear relaxation with the candidate held in stays below the plan at hand, where that
    /// keeps the rows and does without it: then it does not enter.
    fn is_out_of_reach(&self, formulation: &Formulation) -> bool {
        let start = formulation.flags(self.plan.choices());
        let Some(group) = formulation.group(self.project) else {
            return false;
        };
        if start[group.clone()].contains(&true) || !formulation.admits(&Taken(&start)) {
            return false;
        }
        let place = formulation.groups().iter().position(|own| *own == group);
        let kept = KeptRelaxation::new(formulation, self.settings.solver);
        let Some((mut kept, place)) = kept.zip(place) else {
            return false;
        };
        let bound = kept.fund(place, Some(true)).and_then(|()| kept.bound());
        let value = formulation.value(&Taken(&start));
        bound.is_ok_and(|bound| bound.is_none_or(|bound| bound < value))
    }

    /// The most of the plans that fund the candidate, or that do not, and the best found of them;
    /// ended once it is at least `wanted`, or shown to stay below.
    fn best(
        &self,
        formulation: &Formulation,
        is_funded: bool,
        wanted: Option<i64>,
    ) -> (Reach, Option<Plan>) {
        let funding = self.funding.filter(|_| is_funded);
        let mut start = formulation.flags(funding.unwrap_or(self.plan).choices());
        let own = match formulation.group(self.project) {
            Some(group) => {
                if !is_funded {
                    start[group.clone()].fill(false);
                } else if !start[group.clone()].contains(&true) {
                    start[group.start] = true;
                }
                formulation.with_funded(group, is_funded)
            }
            None if is_funded => return (Reach::NEVER, None),
            None => formulation.clone(),
        };
        if self.asking.is_cancelled() {
            let is_kept = own.admits(&Taken(&start));
            let least = is_kept.then(|| own.value(&Taken(&start)));
            return (Reach { least, ..unknown() }, None);
        }
        let control = Control {
            start: Some(&start),
            wanted,
            ..self.asking.control()
        };
        let left = self.asking.left();
        let settings = Settings {
            time_limit: self.settings.time_limit.into_iter().chain(left).min(),
            ..self.settings.clone()
        };
        let solved = solve_under(&own, &settings, &control);
        if solved.outcome == Outcome::Infeasible {
            return (Reach::NEVER, None);
        }
        let reach = Reach {
            least: solved.outcome.found(),
            most: solved.bound.or(Some(i64::MAX)),
        };
        let plan = solved.outcome.plan();
        (reach, plan.map(|taken| self.problem.plan(&own, taken)))
    }

    /// Who else comes in and who goes in another plan.
    fn others(&self, other: &Plan) -> (Vec<ProjectId>, Vec<ProjectId>) {
        let but =
            |own: Vec<ProjectId>| own.into_iter().filter(|&own| own != self.project).collect();
        (but(other.only_in(self.plan)), but(self.plan.only_in(other)))
    }

    /// The rows under other facts or conditions, tiers held as the plan holds them; `None` where
    /// there is nothing to formulate.
    fn formulation(&self, programme: &Programme, conditions: &Conditions) -> Option<Formulation> {
        let problem = Problem::new(programme, self.problem.policy(), conditions).ok()?;
        let mut formulation = problem.formulate().ok()?;
        for (tier, own) in problem.tiers().iter().zip(&self.drawn.tiers) {
            problem.hold(tier, own.held, &mut formulation);
        }
        Some(formulation)
    }

    /// Whether the candidate enters; `None` where the intervals overlap.
    fn enters(&self, formulation: &Formulation) -> Option<bool> {
        if self.asking.is_cancelled() {
            return None;
        }
        if self.is_out_of_reach(formulation) {
            return Some(false);
        }
        let (without, _) = self.best(formulation, false, None);
        self.enters_beside(formulation, without)
    }

    /// The same where the plans that do not fund it are known.
    fn enters_beside(&self, formulation: &Formulation, without: Reach) -> Option<bool> {
        let (with, _) = self.best(formulation, true, without.most);
        enters(with, without)
    }
}

/// Nothing is known of such plans.
fn unknown() -> Reach {
    Reach {
        least: None,
        most: Some(i64::MAX),
    }
}

/// Whether the plans with a candidate reach those without; `None` where the intervals overlap.
fn enters(with: Reach, without: Reach) -> Option<bool> {
    let Some(most_with) = with.most else {
        return Some(false);
    };
    let Some(most_without) = without.most else {
        return with.least.map(|_| true);
    };
    if with.least.is_some_and(|least| least >= most_without) {
        Some(true)
    } else if without.least.is_some_and(|least| most_with < least) {
        Some(false)
    } else {
        None
    }
}
