//! The ledger of a project's benefit: every factor of it, exact.
//!
//! benefit = merit × advantage factor × delay factor × size × variant's share
//!
//! - merit: the weighted mean of the scores, 0 to 100 points, to the hundredth of a point;
//! - advantage factor: 1 + strength × advantage, in basis points; 1 where it is unknown;
//! - delay factor: (1 − delay) for each year after the programme's first, in basis points, rounded
//!   to the nearest each year;
//! - size: the full variant's support in million đồng (`per_support`), 1 (`per_project`), or a
//!   column (`outcome:…`);
//! - variant's share: what a reduced variant keeps.
//!
//! The product is rounded once, to the nearest thousandth of a point.
//!
//! Worked example: scores 80 and 60 with weights 3 and 1 give a merit of 75. In a place of
//! advantage 50 % and with strength 40 % the factor is 1.2; one year of delay at 3 % makes 0.97; a
//! support of 200 million đồng in full gives 75 × 1.2 × 0.97 × 200 = 17 460 points.

use super::{Basis, Policy};
use crate::phrase;
use crate::plan::Decision;
use crate::programme::{Programme, ProjectId};
use crate::quantities::{Money, Share, rounded};
use crate::record::Fault;

/// How the benefit of any decision of a programme is computed under a policy.
#[derive(Debug, Clone)]
pub struct Scoring {
    /// The weight of each criterion of the programme.
    weights: Vec<i64>,
    default_score: Option<i64>,
    strength: Share,
    basis: Basis,
    /// The delay factor of each year of the programme, in basis points.
    delays: Vec<i64>,
    /// The merit of each project, in hundredths of a point.
    merits: Vec<i64>,
}

/// Every factor of one decision's benefit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Score and weight by criterion.
    pub criteria: Vec<CriterionLine>,
    /// Hundredths of a point.
    pub merit: i64,
    /// Basis points.
    pub advantage_factor: i64,
    /// Basis points.
    pub delay_factor: i64,
    /// Đồng for `per_support`, else a count.
    pub size: i64,
    /// What the variant keeps.
    pub share: Share,
    /// Thousandths of a point.
    pub benefit: i64,
}

/// A criterion's line of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionLine {
    /// Its code.
    pub criterion: String,
    /// The score, 0 to 100; `None` where it is missing and, weighing nothing, needs no default.
    pub score: Option<i64>,
    /// Whether it is the policy's default for a missing one.
    pub is_default: bool,
    /// Its weight.
    pub weight: i64,
}

impl Scoring {
    /// The scoring of a programme under a policy.
    ///
    /// # Errors
    /// A weight for a criterion that the programme has not, weights that are all 0, or a missing
    /// score where the policy has no default.
    pub fn new(programme: &Programme, policy: &Policy) -> Result<Scoring, Vec<Fault>> {
        let weights = weights(programme, policy)?;
        let settings = &policy.about.benefit;
        if settings.default_score.is_none() {
            let faults = missing(programme, &weights);
            if !faults.is_empty() {
                return Err(faults);
            }
        }
        let scoring = Scoring {
            weights: Vec::new(),
            default_score: settings.default_score,
            strength: settings.strength(),
            basis: settings.basis,
            delays: delays(settings.delay(), programme.years.len()),
            merits: Vec::new(),
        };
        Ok(scoring.weighed(programme, weights, scoring.strength))
    }

    /// The same scores under other weights, a weight for each criterion of the programme, and another
    /// strength of advantage.
    #[must_use]
    pub fn weighed(&self, programme: &Programme, weights: Vec<i64>, strength: Share) -> Scoring {
        self.judged(programme, (weights, strength), |project, criterion| {
            self.score(programme, project, criterion)
        })
    }

    /// The same scoring under another judgement: a weight for each criterion of the programme, not all
    /// 0, the strength of advantage, and the score of each project by each criterion (its position).
    #[must_use]
    pub fn judged(
        &self,
        programme: &Programme,
        (weights, strength): (Vec<i64>, Share),
        score: impl Fn(ProjectId, usize) -> i64,
    ) -> Scoring {
        let total: i64 = weights.iter().sum();
        let merit = |project| {
            let weighted = weights.iter().enumerate().map(|(criterion, &weight)| {
                i128::from(score(project, criterion)) * i128::from(weight)
            });
            rounded(weighted.sum::<i128>() * 100, i128::from(total))
        };
        Scoring {
            merits: programme.ids().map(merit).collect(),
            weights,
            strength,
            delays: self.delays.clone(),
            ..*self
        }
    }

    /// The weight of each criterion of the programme.
    #[must_use]
    pub fn weights(&self) -> &[i64] {
        &self.weights
    }

    /// The strength of advantage.
    #[must_use]
    pub fn strength(&self) -> Share {
        self.strength
    }

    /// The score of a project, 0 to 100, by a criterion (its position among the programme's); the
    /// default where none is given.
    #[must_use]
    pub fn score(&self, programme: &Programme, project: ProjectId, criterion: usize) -> i64 {
        let score = programme.project(project).scores[criterion].get();
        score.or(self.default_score).unwrap_or_default()
    }

    /// Whether some project has no score by a criterion, and no default stands for it.
    #[must_use]
    pub fn lacks(&self, programme: &Programme, criterion: usize) -> bool {
        let mut projects = programme.projects.iter();
        self.default_score.is_none() && projects.any(|own| own.scores[criterion].get().is_none())
    }

    /// The merit of a project in hundredths of a point.
    #[must_use]
    pub fn merit_of(&self, project: ProjectId) -> i64 {
        self.merits[project.index()]
    }

    /// The delay factor of each year of the programme as a start, in basis points.
    #[must_use]
    pub fn delays(&self) -> &[i64] {
        &self.delays
    }

    /// The benefit of a decision in thousandths of a point.
    #[must_use]
    pub fn benefit(&self, programme: &Programme, decision: &Decision) -> i64 {
        self.benefit_at(programme, decision, self.merit_of(decision.project))
    }

    /// The same if the project's merit were `merit` hundredths of a point.
    #[must_use]
    pub fn benefit_at(&self, programme: &Programme, decision: &Decision, merit: i64) -> i64 {
        let whole = i128::from(Share::WHOLE);
        let merit = i128::from(merit);
        let factors = i128::from(self.advantage_factor_of(programme, decision.project))
            * i128::from(self.delay_factor(programme, decision))
            * i128::from(decision.variant(programme).benefit_share.0);
        let size = i128::from(self.size_of(programme, decision.project));
        let unit = match self.basis {
            Basis::PerSupport => i128::from(Money::MILLION.0),
            Basis::PerProject | Basis::Jobs | Basis::Beneficiaries => 1,
        };
        // Merit is in hundredths of a point, the benefit in thousandths.
        rounded(merit * factors * size * 10, whole * whole * whole * unit)
    }

    /// The advantage factor of a project in basis points.
    #[must_use]
    pub fn advantage_factor_of(&self, programme: &Programme, project: ProjectId) -> i64 {
        let advantage = programme.project(project).advantage.unwrap_or_default();
        let added = rounded(self.strength.of(advantage.0), i128::from(Share::WHOLE));
        Share::WHOLE + added
    }

    fn delay_factor(&self, programme: &Programme, decision: &Decision) -> i64 {
        let position = programme.year_index(decision.start).unwrap_or_default();
        self.delays[position]
    }

    /// The size of a project: đồng for `per_support`, else a count.
    #[must_use]
    pub fn size_of(&self, programme: &Programme, project: ProjectId) -> i64 {
        let project = programme.project(project);
        match self.basis {
            Basis::PerSupport => project.full().support().0,
            Basis::PerProject => 1,
            Basis::Jobs => project.jobs.get().unwrap_or_default(),
            Basis::Beneficiaries => project.beneficiaries.get().unwrap_or_default(),
        }
    }

    /// Score and weight of a project on each criterion of the programme.
    #[must_use]
    pub fn criteria(&self, programme: &Programme, project: ProjectId) -> Vec<CriterionLine> {
        let scores = programme.project(project).scores.iter();
        let lines = programme.criteria.iter().zip(scores).zip(&self.weights);
        lines
            .map(|((criterion, score), &weight)| CriterionLine {
                criterion: criterion.code.clone(),
                score: score.get().or(self.default_score),
                is_default: score.get().is_none() && self.default_score.is_some(),
                weight,
            })
            .collect()
    }

    /// Every factor of a decision's benefit.
    #[must_use]
    pub fn ledger(&self, programme: &Programme, decision: &Decision) -> Ledger {
        let project = decision.project;
        Ledger {
            criteria: self.criteria(programme, project),
            merit: self.merit_of(project),
            advantage_factor: self.advantage_factor_of(programme, project),
            delay_factor: self.delay_factor(programme, decision),
            size: self.size_of(programme, project),
            share: decision.variant(programme).benefit_share,
            benefit: self.benefit(programme, decision),
        }
    }

    /// How many scores with a weight are missing among the projects, and so taken by default.
    #[must_use]
    pub fn missing_scores(&self, programme: &Programme) -> usize {
        let of_project = |project: &crate::programme::Project| {
            let scores = project.scores.iter().zip(&self.weights);
            scores
                .filter(|(score, weight)| score.get().is_none() && **weight > 0)
                .count()
        };
        programme.projects.iter().map(of_project).sum()
    }
}

fn delays(rate: Share, years: usize) -> Vec<i64> {
    let whole = Share::WHOLE;
    let later = |factor: &i64| {
        let kept = i128::from(*factor) * i128::from(whole - rate.0);
        Some(rounded(kept, i128::from(whole)))
    };
    std::iter::successors(Some(whole), later)
        .take(years)
        .collect()
}

/// The weight of each criterion of the programme.
fn weights(programme: &Programme, policy: &Policy) -> Result<Vec<i64>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut weights = vec![0; programme.criteria.len()];
    for row in &policy.weights.criteria {
        let code = &row.criterion;
        match programme.criteria.iter().position(|own| &own.code == code) {
            Some(position) => weights[position] = row.weight,
            None => faults.push(policy.weights.fault_of(
                code,
                phrase!(
                    "bộ dữ liệu không có tiêu chí “{code}”",
                    "the dataset has no criterion “{code}”"
                ),
                phrase!(
                    "hãy dùng mã trong bảng criteria",
                    "use a code of table criteria"
                ),
            )),
        }
    }
    if weights.iter().all(|&weight| weight == 0) {
        faults.push(policy.weights.fault(
            phrase!(
                "không có tiêu chí nào có trọng số",
                "no criterion has a weight"
            ),
            phrase!(
                "hãy cho ít nhất một tiêu chí trọng số lớn hơn 0",
                "weigh at least one criterion above 0"
            ),
        ));
    }
    if faults.is_empty() {
        Ok(weights)
    } else {
        Err(faults)
    }
}

/// A fault for each score that is missing of a criterion with a weight.
fn missing(programme: &Programme, weights: &[i64]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for project in &programme.projects {
        let criteria = programme.criteria.iter().zip(weights);
        for ((criterion, weight), score) in criteria.zip(&project.scores) {
            if *weight > 0 && score.get().is_none() {
                let (code, project) = (&criterion.code, &project.code);
                let fault = Fault::of(
                    "scores",
                    phrase!(
                        "đề án {project} chưa có điểm tiêu chí “{code}”, mà chính sách không có điểm mặc định",
                        "{project} has no score on “{code}”, and the policy has no default"
                    ),
                    phrase!(
                        "hãy chấm điểm, hoặc ghi default_score vào model.toml, mục [benefit]",
                        "score it, or give a default_score in model.toml, [benefit]"
                    ),
                );
                faults.push(fault.column(code));
            }
        }
    }
    faults
}
