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
//! most. What these leave open is searched for, shortly, from the plan with the candidate put in or
//! taken out, until a plan of at least T is found or shown not to exist; every plan that such a
//! search comes upon serves all the candidates. What is open then is *undetermined*.
//!
//! The **replacement cost** of a funded candidate is what the optimum loses without it, everything
//! else decided anew; that of one not funded, what the optimum loses with it. Both are intervals,
//! the optimum less the maximum above; they are as narrow as the searches for ε needed them.

use std::sync::Mutex;
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::asking::Asking;
use super::super::{Drawn, Interval};
use crate::formulation::{DecisionId, Formulation, Linear, Taken};
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::Share;
use crate::solve::{Control, KeptRelaxation, Settings, Solved, covered, solve_under};

/// What is asked of the projects.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectsAsked {
    /// How far from the best plan, each a part of its value.
    pub within: Vec<Share>,
    /// The most seconds for the first search of each question, and for the second of those that
    /// stay open; without a second where it is 0.
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
        reach.most?;
        let other = Interval {
            least: reach.least,
            most: reach.most,
        };
        let cost = self.optimum.less(other);
        Some(Interval {
            least: cost.least.map(|least| least.max(0)),
            most: cost.most,
        })
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
    let mut search = Search::new(problem, drawn, settings, asking)?;
    search.relax();
    let mut wanted: Vec<i64> = asked.within.iter().map(|own| within(found, *own)).collect();
    wanted.sort_unstable();
    for seconds in [asked.seconds.0, asked.seconds.1] {
        if seconds > 0.0 {
            for &value in &wanted {
                search.decide(value, seconds);
            }
        }
    }
    Some(search.told(&asked.within, found))
}

/// The least value within ε of `found`: ⌈found · (1 − ε)⌉.
pub(in crate::analysis) fn within(found: i64, part: Share) -> i64 {
    let whole = i128::from(Share::WHOLE);
    let kept = i128::from(found) * (whole - i128::from(part.0));
    let up = kept.div_euclid(whole) + i128::from(kept.rem_euclid(whole) > 0);
    i64::try_from(up).unwrap_or(found)
}

/// A question: whether a plan of some value funds the project of a group, or does without it.
type Question = (usize, bool);

struct Search<'a> {
    problem: &'a Problem<'a>,
    drawn: &'a Drawn,
    /// The rows of the plan with the covers of its relaxation.
    formulation: Formulation,
    best: Vec<bool>,
    settings: Settings,
    asking: Asking<'a>,
    known: Mutex<Known>,
}

/// What is known of every group.
struct Known {
    with: Vec<Reach>,
    without: Vec<Reach>,
    plans: usize,
}

impl Known {
    fn of(&mut self, (group, is_funded): Question) -> &mut Reach {
        if is_funded {
            &mut self.with[group]
        } else {
            &mut self.without[group]
        }
    }
}

impl<'a> Search<'a> {
    fn new(
        problem: &'a Problem<'a>,
        drawn: &'a Drawn,
        settings: &Settings,
        asking: Asking<'a>,
    ) -> Option<Search<'a>> {
        let plan = drawn.outcome.plan()?;
        let groups = drawn.formulation.groups().len();
        let open = Reach {
            least: None,
            most: drawn.outcome.bound().or(Some(i64::MAX)),
        };
        let search = Search {
            problem,
            drawn,
            formulation: covered(&drawn.formulation, settings),
            best: drawn.formulation.flags(plan.choices()),
            settings: Settings {
                gap: 0.0,
                threads: 1,
                ..settings.clone()
            },
            asking,
            known: Mutex::new(Known {
                with: vec![open; groups],
                without: vec![open; groups],
                plans: 0,
            }),
        };
        for taken in drawn.kept.iter().chain([&search.best]) {
            search.witness(taken);
        }
        Some(search)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Lets a plan speak for every candidate.
    fn witness(&self, taken: &[bool]) {
        let value = self.drawn.formulation.value(&Taken(taken));
        let mut known = self.known();
        known.plans += 1;
        for (group, decisions) in self.drawn.formulation.groups().iter().enumerate() {
            let is_funded = taken[decisions.clone()].contains(&true);
            known.of((group, is_funded)).raise(value);
        }
    }

    fn groups(&self) -> usize {
        self.formulation.groups().len()
    }

    /// Bounds every question by the linear relaxation, kept in the solver, a part of the groups for
    /// each thread.
    fn relax(&mut self) {
        let groups: Vec<usize> = (0..self.groups()).collect();
        let part = groups.len().div_ceil(rayon::current_num_threads()).max(1);
        groups.par_chunks(part).for_each(|part| {
            let Some(mut kept) = KeptRelaxation::new(&self.formulation, self.settings.solver)
            else {
                return;
            };
            for &group in part {
                for is_funded in [true, false] {
                    if self.asking.is_cancelled() {
                        return;
                    }
                    let bound = kept
                        .fund(group, Some(is_funded))
                        .and_then(|()| kept.bound());
                    // A relaxation that the solver gives up says nothing.
                    if let Ok(bound) = bound {
                        self.known().of((group, is_funded)).lower(bound);
                    }
                }
                if kept.fund(group, None).is_err() {
                    return;
                }
            }
        });
    }

    /// Searches for a plan of at least `wanted` for each question that is open, for so many seconds
    /// each.
    fn decide(&mut self, wanted: i64, seconds: f64) {
        let known = self.known();
        let all = (0..self.groups()).flat_map(|group| [(group, false), (group, true)]);
        let is_open = |(group, is_funded): &Question| {
            let reach = if *is_funded {
                known.with[*group]
            } else {
                known.without[*group]
            };
            reach.reaches(wanted).is_none()
        };
        let open: Vec<Question> = all.filter(is_open).collect();
        drop(known);
        let count = self.asking.count(open.len());
        open.par_iter().for_each(|&question| {
            if !self.asking.is_cancelled() {
                self.answer(question, wanted, seconds);
            }
            count.one();
        });
    }

    fn answer(&self, question: Question, wanted: i64, seconds: f64) {
        // Another search may have come upon the answer meanwhile.
        if self.known().of(question).reaches(wanted).is_some() {
            return;
        }
        let words = self.words(question, wanted, seconds);
        if let Some(kept) = self.asking.recall::<Reach>(&words) {
            let mut known = self.known();
            let own = known.of(question);
            own.lower(kept.most);
            if let Some(least) = kept.least {
                own.raise(least);
            }
            return;
        }
        let solved = self.search(question, wanted, seconds);
        for taken in &solved.kept {
            self.witness(taken);
        }
        let bound = solved.bound;
        let is_empty = matches!(solved.outcome, crate::plan::Outcome::Infeasible);
        let mut known = self.known();
        let own = known.of(question);
        if is_empty || bound.is_some() {
            own.lower(bound);
        }
        let answer = *own;
        drop(known);
        if !self.asking.is_cancelled() {
            self.asking.keep(&words, &answer);
        }
    }

    /// A question in words that no other one has.
    fn words(&self, (group, is_funded): Question, wanted: i64, seconds: f64) -> String {
        let code = &self.problem.programme().project(self.project(group)).code;
        let how = if is_funded { "with" } else { "without" };
        format!("projects {how} {code} {wanted} {seconds}s")
    }

    fn search(&self, (group, is_funded): Question, wanted: i64, seconds: f64) -> Solved {
        let mut formulation = self.formulation.clone();
        let decisions = formulation.groups()[group].clone();
        let terms: Linear = decisions
            .clone()
            .map(|place| (DecisionId::at(place), 1))
            .collect();
        let mut start = self.best.clone();
        start[decisions.clone()].fill(false);
        if is_funded {
            formulation.at_least("with".to_owned(), terms, 1);
            let benefit = formulation.benefit();
            let best = decisions.max_by_key(|&place| benefit[place]);
            if let Some(place) = best {
                start[place] = true;
            }
        } else {
            formulation.at_most("without".to_owned(), terms, 0);
        }
        let settings = Settings {
            time_limit: Some(Duration::from_secs_f64(seconds)),
            ..self.settings.clone()
        };
        let control = Control {
            start: Some(&start),
            wanted: Some(wanted),
            ..self.asking.control()
        };
        solve_under(&formulation, &settings, &control)
    }

    fn project(&self, group: usize) -> ProjectId {
        let first = self.formulation.groups()[group].start;
        self.formulation.decision(DecisionId::at(first)).project
    }

    fn told(self, parts: &[Share], found: i64) -> ProjectsWorth {
        let groups: Vec<ProjectId> = (0..self.groups()).map(|at| self.project(at)).collect();
        let known = self
            .known
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let plan = self.drawn.outcome.plan();
        let worth = |project: ProjectId| {
            let is_funded = plan.is_some_and(|plan| plan.choice(project).is_some());
            let group = groups.binary_search(&project).ok();
            let (with, without) = match group {
                Some(group) => (known.with[group], known.without[group]),
                None => (never(), always(found, &self.drawn.outcome)),
            };
            let certain = parts.iter().map(|&part| {
                let wanted = within(found, part);
                certain(with.reaches(wanted), without.reaches(wanted))
            });
            ProjectWorth {
                project,
                is_funded,
                is_refused: group.is_none(),
                with,
                without,
                certain: certain.collect(),
            }
        };
        ProjectsWorth {
            within: parts.to_vec(),
            optimum: Interval::of(&self.drawn.outcome),
            projects: self.problem.programme().ids().map(worth).collect(),
            plans: known.plans,
        }
    }
}

/// The plans that fund a candidate without admissible decisions: none.
fn never() -> Reach {
    Reach {
        least: None,
        most: None,
    }
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
