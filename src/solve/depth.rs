//! Small problems without helpers, searched in depth in integers alone.
//!
//! At the multipliers m of the relaxation's certificate no plan has more than a bound B (see
//! `formulation::certificate`), and what a plan does otherwise than B supposes it loses:
//!
//! ```text
//! value  =  B  -  sum over projects of (the best gain of the project - that of its decision)
//!              -  sum over rows of m · (what the plan leaves of the row)
//! ```
//!
//! Projects are decided one after another, those first that would lose most by their second choice. A
//! branch ends where its losses so far, with what its rows must leave whatever comes, are no less than B
//! less the best plan, or where a row is missed whatever comes. (Reduced costs that fix a variable:
//! Ingargiola and Korsh 1973, Management Science 20(4); here they add up along a branch.)
//!
//! A general solver takes ten milliseconds and more whatever the problem; knapsacks of 10 to 39 projects
//! in 2 to 10 rows (Petersen; Weingartner and Ness) are proven here in 1 to 18, one of 105 in 4. What is
//! not ended in [`STEPS`] (50 projects in 5 rows, 100 in 5) is left to the solver, with the best plan come
//! upon. The gap asked for cuts nothing: it saves milliseconds and costs the best plan.

use std::collections::HashMap;

use super::backend::{Answer, End};
use super::board::Board;
use super::relaxation::Relaxation;
use crate::formulation::{Row, STEP};

/// The most projects: with more it is hardly ever ended.
const MOST: usize = 200;
/// The most branches: some hundredths of a second.
const STEPS: u32 = 400_000;
/// Branches between two looks at the board.
const LOOK: u32 = 4_096;

/// Searches a small problem to its end; `None` where it is not small, has helpers, or needs too long.
pub(super) fn run(board: &Board<'_>, relaxation: &Relaxation) -> Option<Answer> {
    let mut search = Depth::new(board, relaxation)?;
    search.deepen(0, 0);
    if !board.goes_on() {
        return Some(Answer::without_solution(End::Interrupted, ""));
    }
    if search.is_left {
        return None;
    }
    match board.best_value() {
        Some(best) => {
            board.put_bound(best, i64::from(search.steps));
            Some(Answer::without_solution(End::Finished, ""))
        }
        None => Some(Answer::without_solution(End::Infeasible, "")),
    }
}

/// What a project may do: one of its decisions, or none.
struct Choice {
    decision: Option<usize>,
    /// What it loses against the best choice, in steps.
    loss: i128,
    /// What it takes of each row, beside the least and the most of the project.
    takes: Vec<Takes>,
}

/// What a choice takes of a row.
struct Takes {
    row: usize,
    above_least: i128,
    below_most: i128,
}

/// How a row stands, if the projects that are not decided on take the least of it, or the most.
#[derive(Clone, Copy)]
struct Left {
    /// What is left at the most: below 0 the row is missed whatever comes.
    most: i128,
    /// What is left at least, whatever comes; below 0 where all of it may be taken.
    least: i128,
    multiplier: i128,
}

struct Depth<'a> {
    board: &'a Board<'a>,
    /// The projects in the order they are decided on, the choices of each by their loss.
    projects: Vec<Vec<Choice>>,
    rows: Vec<Left>,
    /// B, in steps.
    bound: i128,
    /// What a branch may lose, in steps, and still come to a better plan.
    budget: i128,
    taken: Vec<bool>,
    steps: u32,
    is_left: bool,
}

impl<'a> Depth<'a> {
    fn new(board: &'a Board<'a>, relaxation: &Relaxation) -> Option<Depth<'a>> {
        let whole = &relaxation.formulation;
        let certificate = relaxation.certificate.as_ref()?;
        let is_small = whole.groups().len() <= MOST && whole.helpers().is_empty();
        if !is_small || board.is_tightened() {
            return None;
        }
        let known: HashMap<&str, i128> = certificate
            .multipliers
            .iter()
            .map(|(label, times)| (label.as_str(), *times))
            .collect();
        let multiplier = |row: &Row| known.get(row.label.as_str()).copied().unwrap_or(0);
        let multipliers: Vec<i128> = whole.rows().iter().map(multiplier).collect();
        let gains = whole.gains_by(&multipliers)?;
        let mut made = Depth {
            board,
            projects: Vec::new(),
            rows: Vec::new(),
            bound: 0,
            budget: 0,
            taken: vec![false; gains.len()],
            steps: 0,
            is_left: false,
        };
        let mut takes: Vec<Vec<(usize, i128)>> = vec![Vec::new(); gains.len()];
        let rows = whole.rows().iter().zip(&multipliers);
        for (row, &multiplier) in rows {
            made.row(row, multiplier, &mut takes)?;
        }
        for group in whole.groups() {
            let own = group.clone().map(|at| (Some(at), gains[at]));
            let own: Vec<(Option<usize>, i128)> = own.chain([(None, 0)]).collect();
            made.project(&own, &takes)?;
        }
        // Those with one choice that costs little come last, where most of the search is.
        let second = |own: &Vec<Choice>| own.get(1).map_or(i128::MAX, |choice| choice.loss);
        made.projects
            .sort_by_key(|own| std::cmp::Reverse(second(own)));
        made.allow();
        Some(made)
    }

    /// Reads a row as “at most”.
    fn row(&mut self, row: &Row, multiplier: i128, takes: &mut [Vec<(usize, i128)>]) -> Option<()> {
        let sign = i128::from(row.sense.sign());
        let bound = sign * i128::from(row.bound);
        for &(id, own) in &row.decisions {
            takes[id.index()].push((self.rows.len(), sign * i128::from(own)));
        }
        self.bound = self.bound.checked_add(multiplier.checked_mul(bound)?)?;
        self.rows.push(Left {
            most: bound,
            least: bound,
            multiplier,
        });
        Some(())
    }

    /// Adds a project with its choices and their gains; what they take of each row, which may be
    /// several times of one.
    fn project(
        &mut self,
        own: &[(Option<usize>, i128)],
        takes: &[Vec<(usize, i128)>],
    ) -> Option<()> {
        let best = own.iter().map(|(_, gain)| *gain).max()?;
        self.bound = self.bound.checked_add(best)?;
        let of = |decision: Option<usize>, row: usize| -> i128 {
            let own = decision.map_or(&[][..], |at| &takes[at][..]);
            own.iter()
                .filter(|(at, _)| *at == row)
                .map(|(_, by)| by)
                .sum()
        };
        let decisions = own.iter().filter_map(|(decision, _)| *decision);
        let mut rows: Vec<usize> = decisions
            .flat_map(|at| takes[at].iter().map(|(row, _)| *row))
            .collect();
        rows.sort_unstable();
        rows.dedup();
        let mut choices: Vec<Choice> = own
            .iter()
            .map(|&(decision, gain)| Choice {
                decision,
                loss: best - gain,
                takes: Vec::new(),
            })
            .collect();
        for row in rows {
            let all = || own.iter().map(|&(decision, _)| of(decision, row));
            let (least, most) = (all().min()?, all().max()?);
            self.rows[row].most -= least;
            self.rows[row].least -= most;
            for (choice, by) in choices.iter_mut().zip(all()) {
                choice.takes.push(Takes {
                    row,
                    above_least: by - least,
                    below_most: most - by,
                });
            }
        }
        choices.sort_by_key(|choice| choice.loss);
        self.projects.push(choices);
        Some(())
    }

    /// Sets what a branch may lose by the best plan known.
    fn allow(&mut self) {
        let better = |best: i64| self.bound - (i128::from(best) + 1) * STEP;
        self.budget = self.board.best_value().map_or(i128::MAX, better);
    }

    /// Decides on the projects from one on, where those before lose so much.
    fn deepen(&mut self, from: usize, spent: i128) {
        if from == self.projects.len() {
            return self.put();
        }
        for at in 0..self.projects[from].len() {
            let loss = spent + self.projects[from][at].loss;
            // The choices after it lose more.
            if loss > self.budget || self.is_over() {
                return;
            }
            self.take(from, at, true);
            if let Some(left) = self.must_leave()
                && loss + left <= self.budget
            {
                self.deepen(from + 1, loss);
            }
            self.take(from, at, false);
        }
    }

    /// Whether the search is to be given up.
    fn is_over(&mut self) -> bool {
        self.steps += 1;
        let looks = self.steps.is_multiple_of(LOOK);
        self.is_left |= self.steps > STEPS || (looks && !self.board.goes_on());
        self.is_left
    }

    fn take(&mut self, project: usize, choice: usize, is_taken: bool) {
        let own = &self.projects[project][choice];
        for takes in &own.takes {
            let row = &mut self.rows[takes.row];
            if is_taken {
                row.most -= takes.above_least;
                row.least += takes.below_most;
            } else {
                row.most += takes.above_least;
                row.least -= takes.below_most;
            }
        }
        if let Some(decision) = own.decision {
            self.taken[decision] = is_taken;
        }
    }

    /// What is lost by what rows must leave whatever comes, in steps; `None` where one is missed.
    fn must_leave(&self) -> Option<i128> {
        let mut lost = 0;
        for row in &self.rows {
            if row.most < 0 {
                return None;
            }
            lost += row.multiplier * row.least.max(0);
        }
        Some(lost)
    }

    fn put(&mut self) {
        self.board.put(self.taken.clone());
        self.allow();
        self.is_left |= self.board.is_decided();
    }
}

#[cfg(all(test, feature = "highs"))]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;
    use crate::formulation::{DecisionId, Formulation, Linear, Taken, numbered};
    use crate::solve::backend;
    use crate::solve::{Control, Settings, Solver};

    /// Up to nine decisions of up to three for a project, under three rows of either sense.
    fn drawn(rng: &mut ChaCha8Rng) -> Formulation {
        let mut decisions = Vec::new();
        for project in 0..rng.random_range(1..=4) {
            for own in 0..rng.random_range(1..=3) {
                let name = format!("x{project},{own}");
                decisions.push((numbered(project), name, rng.random_range(-20..100)));
            }
        }
        let count = decisions.len();
        let mut made = Formulation::new(decisions, |own| format!("{:?}", own.project));
        for row in 0..3 {
            let mut terms: Linear = Vec::new();
            for at in 0..count {
                terms.push((DecisionId::at(at), rng.random_range(-3..30)));
            }
            terms.retain(|(_, times)| *times != 0);
            let label = format!("row {row}");
            if rng.random_bool(0.75) {
                made.at_most(label, terms, rng.random_range(0..60));
            } else {
                made.at_least(label, terms, rng.random_range(0..40));
            }
        }
        made
    }

    fn best_of_all(made: &Formulation) -> Option<i64> {
        let count = made.benefit().len();
        let plans = (0..1_u32 << count).map(|bits| {
            let taken: Vec<bool> = (0..count).map(|at| bits >> at & 1 == 1).collect();
            taken
        });
        let kept = plans.filter(|taken| made.admits(&Taken(taken)));
        kept.map(|taken| made.value(&Taken(&taken))).max()
    }

    #[test]
    fn what_is_searched_to_its_end_is_the_best_of_all_plans() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let (settings, control) = (Settings::exact(Solver::Highs), Control::default());
        let (mut ended, mut impossible) = (0, 0);
        for _ in 0..400 {
            let made = drawn(&mut rng);
            let board = Board::new(&made, &settings, &control);
            let Some(relaxation) = Relaxation::of(&board, backend::of(Solver::Highs)) else {
                assert_eq!(best_of_all(&made), None);
                continue;
            };
            assert!(run(&board, &relaxation).is_some());
            assert_eq!(board.best_value(), best_of_all(&made));
            match board.best_value() {
                Some(best) => assert_eq!(board.bound(), Some(best)),
                None => impossible += 1,
            }
            ended += 1;
        }
        assert!(ended > 200 && impossible > 5, "{ended}, {impossible}");
    }
}
