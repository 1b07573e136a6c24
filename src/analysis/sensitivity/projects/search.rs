//! The searches that settle how each candidate stands, sharing every plan that they come upon.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use super::super::super::asking::Asking;
use super::super::super::{Drawn, Interval};
use super::together::listed;
use super::{ProjectWorth, ProjectsWorth, Reach, always, certain, within};
use crate::formulation::{DecisionId, Formulation, Taken};
use crate::plan::Outcome;
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::Share;
use crate::solve::{Control, KeptRelaxation, Nearby, Settings, Solved, solve_under};

/// Whether short searches go on although they answer few questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// Every question is asked.
    Whole,
    /// No further question is asked once many were asked in vain.
    WhileItPays,
}

/// How many questions may be asked in vain before that counts.
const FEWEST: usize = 16;
/// Of so many questions asked, fewer than so many must have been asked in vain.
const PAYS: (usize, usize) = (7, 8);

/// A question: whether a plan of some value funds the project of a group, or does without it.
type Question = (usize, bool);

pub(super) struct Search<'a> {
    problem: &'a Problem<'a>,
    drawn: &'a Drawn,
    /// The rows of the plan with the covers of its relaxation.
    pub(super) formulation: Formulation,
    pub(super) nearby: Option<Nearby>,
    pub(super) best: Vec<bool>,
    pub(super) settings: Settings,
    pub(super) asking: Asking<'a>,
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
    pub fn new(
        problem: &'a Problem<'a>,
        drawn: &'a Drawn,
        settings: &Settings,
        asking: Asking<'a>,
    ) -> Option<Search<'a>> {
        let plan = drawn.outcome.plan()?;
        let groups = drawn.formulation.groups().len();
        let nearby = Nearby::new(&drawn.formulation, settings);
        let covered = nearby
            .as_ref()
            .map_or(&drawn.formulation, Nearby::formulation);
        let open = Reach {
            least: None,
            most: drawn.outcome.bound().or(Some(i64::MAX)),
        };
        let search = Search {
            problem,
            drawn,
            formulation: covered.clone(),
            nearby,
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
    pub(super) fn witness(&self, taken: &[bool]) {
        let value = self.drawn.formulation.value(&Taken(taken));
        let mut known = self.known();
        known.plans += 1;
        for (group, decisions) in self.drawn.formulation.groups().iter().enumerate() {
            let is_funded = taken[decisions.clone()].contains(&true);
            known.of((group, is_funded)).raise(value);
        }
    }

    /// Whether a question is open for plans of at least `wanted`.
    pub(super) fn is_open(&self, question: Question, wanted: i64) -> bool {
        self.known().of(question).reaches(wanted).is_none()
    }

    /// The groups of whom it is open whether such a plan funds them, or does without them.
    pub(super) fn open(&self, wanted: i64, is_funded: bool) -> Vec<usize> {
        let all = 0..self.groups();
        all.filter(|&group| self.is_open((group, is_funded), wanted))
            .collect()
    }

    /// Notes that no plan of at least `wanted` funds, or does without, the candidates of these groups.
    pub(super) fn refute(&self, groups: &[usize], is_funded: bool, wanted: i64) {
        let mut known = self.known();
        for &group in groups {
            known.of((group, is_funded)).lower(Some(wanted - 1));
        }
    }

    fn groups(&self) -> usize {
        self.formulation.groups().len()
    }

    /// Whether the plan funds the project of a group.
    fn is_taken(&self, group: usize) -> bool {
        self.best[self.formulation.groups()[group].clone()].contains(&true)
    }

    /// Bounds every question that the plan does not answer by the linear relaxation, kept in the solver,
    /// a part of the groups for each thread.
    pub fn relax(&self) {
        let groups: Vec<usize> = (0..self.groups()).collect();
        let part = groups.len().div_ceil(rayon::current_num_threads()).max(1);
        groups.par_chunks(part).for_each(|part| {
            let Some(mut kept) = KeptRelaxation::new(&self.formulation, self.settings.solver)
            else {
                return;
            };
            for &group in part {
                // As the plan has it, its own bound says all.
                let is_funded = !self.is_taken(group);
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
                if kept.fund(group, None).is_err() {
                    return;
                }
            }
        });
    }

    /// Looks near the plan for one of at least `wanted` for each question that is open, for so many
    /// seconds each.
    pub fn approach(&self, wanted: i64, seconds: f64) {
        let Some(nearby) = &self.nearby else { return };
        self.each_open(wanted, Patience::WhileItPays, |question| {
            let words = self.words("near", question, wanted, seconds);
            let plans = self.asking.kept(&words, || {
                let (asked, start) = self.held(question);
                let control = self.control(&start, wanted);
                // As a row: a plan below it would be improved in vain (of 900 candidates most were).
                let worth = asked.worth_at_least(wanted);
                listed(&nearby.search(&worth, &self.for_seconds(seconds), &control))
            });
            self.witness_all(&plans);
        });
    }

    /// Searches for a plan of at least `wanted` for each question that is open, for so many seconds
    /// each.
    pub fn decide(&self, wanted: i64, seconds: f64, patience: Patience) {
        self.each_open(wanted, patience, |question| {
            self.answer(question, wanted, seconds);
        });
    }

    /// Does something for each question that is open when its turn comes.
    fn each_open(&self, wanted: i64, patience: Patience, ask: impl Fn(Question) + Sync) {
        let open = |is_funded| {
            let groups = self.open(wanted, is_funded).into_iter();
            groups.map(move |group| (group, is_funded))
        };
        let open: Vec<Question> = open(false).chain(open(true)).collect();
        let count = self.asking.count(open.len());
        let (asked, vain) = (AtomicUsize::new(0), AtomicUsize::new(0));
        open.par_iter().for_each(|&question| {
            let vain_so_far = vain.load(Ordering::Relaxed);
            let is_worth_it = patience == Patience::Whole
                || vain_so_far < FEWEST
                || vain_so_far * PAYS.1 < asked.load(Ordering::Relaxed) * PAYS.0;
            // Another search may have come upon the answer meanwhile.
            if is_worth_it && !self.asking.is_cancelled() && self.is_open(question, wanted) {
                ask(question);
                asked.fetch_add(1, Ordering::Relaxed);
                let is_vain = self.is_open(question, wanted);
                vain.fetch_add(usize::from(is_vain), Ordering::Relaxed);
            }
            count.one();
        });
    }

    fn answer(&self, question: Question, wanted: i64, seconds: f64) {
        let words = self.words("for", question, wanted, seconds);
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
        let is_none = matches!(solved.outcome, Outcome::Infeasible);
        let bound = if is_none {
            Some(wanted - 1)
        } else {
            solved.bound
        };
        let mut known = self.known();
        let own = known.of(question);
        *own = own.below(bound);
        let answer = *own;
        drop(known);
        if !self.asking.is_cancelled() {
            self.asking.keep(&words, &answer);
        }
    }

    /// What the tiers are held at: other problems have other answers.
    pub(super) fn tiers_held(&self) -> Vec<i64> {
        self.drawn.tiers_held()
    }

    /// A question in words that no other one has.
    fn words(&self, what: &str, question: Question, wanted: i64, seconds: f64) -> String {
        let (group, is_funded) = question;
        let code = &self.problem.programme().project(self.project(group)).code;
        let how = if is_funded { "with" } else { "without" };
        let held = self.tiers_held();
        format!("projects {what} {how} {code} {wanted} {seconds}s {held:?}")
    }

    fn search(&self, question: Question, wanted: i64, seconds: f64) -> Solved {
        let (asked, start) = self.held(question);
        let control = self.control(&start, wanted);
        // As a row, what is wanted cuts off from the first node, where there is no plan yet.
        solve_under(
            &asked.worth_at_least(wanted),
            &self.for_seconds(seconds),
            &control,
        )
    }

    /// The problem with the project held in or out, and the plan with it put in or taken out.
    fn held(&self, (group, is_funded): Question) -> (Formulation, Vec<bool>) {
        let decisions = self.formulation.groups()[group].clone();
        let asked = self.formulation.with_funded(decisions.clone(), is_funded);
        let mut start = self.best.clone();
        start[decisions.clone()].fill(false);
        if is_funded {
            let benefit = asked.benefit();
            let best = decisions.max_by_key(|&place| benefit[place]);
            if let Some(place) = best {
                start[place] = true;
            }
        }
        (asked, start)
    }

    /// The control of a search from a plan for one of at least `wanted`.
    pub(super) fn control<'s>(&'s self, start: &'s [bool], wanted: i64) -> Control<'s> {
        Control {
            start: Some(start),
            wanted: Some(wanted),
            ..self.asking.control()
        }
    }

    pub(super) fn for_seconds(&self, seconds: f64) -> Settings {
        Settings {
            time_limit: Some(Duration::from_secs_f64(seconds)),
            ..self.settings.clone()
        }
    }

    fn project(&self, group: usize) -> ProjectId {
        let first = self.formulation.groups()[group].start;
        self.formulation.decision(DecisionId::at(first)).project
    }

    pub fn told(self, parts: &[Share], found: i64) -> ProjectsWorth {
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
                None => (Reach::NEVER, always(found, &self.drawn.outcome)),
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
