//! Would the plan survive another judgement? Weights, scores and benefits known only in part.
//!
//! A judgement is a weight for each criterion, the strength of advantage, the scores and the benefit
//! itself. What is left open of it is drawn by seed, and for each judgement drawn the best plan is
//! sought anew under the same rules: merit gates and tiers are held as they were, so that the
//! question is one of value alone.
//!
//! - **Acceptability** (SMAA: Lahdelma, Hokkanen and Salminen, European Journal of Operational Research
//!   106 (1998); for portfolios Lahdelma and Salminen (2001)): the part of the judgements whose best
//!   plan found funds a project, with the interval of Wilson (1927) at 95 %.
//! - **Regret** of a plan under a judgement: what the best plan is worth more, an interval since the
//!   best is known as one; its mean and its maximum over the judgements. See [`regret`] for the plan
//!   of least maximum regret.
//! - **Stability** of a weight: see [`stability`]. **Portfolios** that none dominates: see
//!   [`portfolios`].
//!
//! Each judgement is bounded by the linear relaxation kept in the solver, and searched only where no
//! plan at hand is near enough to that bound; each plan found speaks for all judgements. Searches run
//! in blocks of a fixed size that share what the blocks before found, so that the answer does not
//! depend on the number of threads.

mod judgements;
mod portfolios;
mod regret;
mod stability;
mod weights;

pub use portfolios::Portfolios;
pub use regret::{LeastRegret, Regrets};
pub use stability::{Edge, WeightStability};
pub use weights::{MOST_OPEN, WeightRange, WeightsKnown};

use super::super::{Asking, Drawn, Interval};
use super::sampled::Chance;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::policy::Scoring;
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::Share;
use crate::solve::Settings;
use judgements::Judgements;

/// What is left open, and what is asked.
#[derive(Debug, Clone)]
pub struct JudgementAsked {
    /// What is known of the weights.
    pub weights: WeightsKnown,
    /// Criteria whose weights lie between limits of their own.
    pub ranges: Vec<WeightRange>,
    /// The strength of advantage lies between these; `None`: it is the policy's.
    pub strength: Option<(Share, Share)>,
    /// Every score may be so many points less or more, from 0 to 100, each by itself.
    pub scores: i64,
    /// The benefit of every project may be so large a part less or more, each by itself.
    pub benefit: Share,
    /// Judgements with a name, beside those drawn.
    pub named: Vec<(Phrase, Scoring)>,
    /// How many judgements are drawn.
    pub samples: usize,
    /// By which seed.
    pub seed: u64,
    /// How far from the best plan still counts as near it.
    pub within: Share,
    /// Whether the stability of each weight is asked.
    pub stability: bool,
    /// Whether the portfolios that none dominates are asked.
    pub portfolios: bool,
}

/// How a plan stands under a judgement with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: Phrase,
    /// What the best plan under it is worth, in thousandths of a point.
    pub best: Interval,
    /// What the plan asked about is worth under it.
    pub value: i64,
    /// What the plan of least maximum regret is worth under it.
    pub least_regret: i64,
}

/// How a plan stands to what a judgement leaves open.
#[derive(Debug, Clone)]
pub struct JudgementWorth {
    /// How many judgements were drawn and answered.
    pub samples: usize,
    /// How many of the best plans found fund each project, by its position.
    pub accepted: Vec<usize>,
    /// How many different plans were best in some judgement.
    pub plans: usize,
    /// How far from its best the solver could prove a judgement at most, on average over judgements and
    /// in basis points; `None` where a bound is lacking.
    pub mean_gap: Option<i64>,
    /// The plan asked about.
    pub plan: Plan,
    /// Its regret over the judgements: those with a name where there are any, else those drawn.
    pub regrets: Regrets,
    /// The plan of least maximum regret over the same judgements.
    pub least_regret: LeastRegret,
    /// The judgements with a name.
    pub named: Vec<Named>,
    /// How far each weight may move; empty where it was not asked.
    pub stability: Vec<WeightStability>,
    /// The portfolios that none dominates, or why they cannot be listed; `None` where not asked.
    pub portfolios: Option<Result<Portfolios, Phrase>>,
}

/// How `plan` (the plan drawn, where `None`) stands to what is left open; `None` without a plan.
///
/// # Errors
/// What is known of the weights contradicts itself, or is known of too many criteria.
pub fn judgement_worth(
    problem: &Problem<'_>,
    drawn: &Drawn,
    (plan, asked): (Option<&Plan>, &JudgementAsked),
    settings: &Settings,
    asking: Asking<'_>,
) -> Result<Option<JudgementWorth>, Phrase> {
    let Some(own) = drawn.outcome.plan() else {
        return Ok(None);
    };
    let plan = plan.unwrap_or(own);
    let mut judgements = Judgements::new(problem, drawn, asked)?;
    let published = judgements.hold(plan);
    judgements.answer(settings, asking);
    let scenarios = judgements.scenarios();
    let regrets = judgements.regrets(&published, &scenarios, asked.within);
    let least_regret = regret::least(
        &judgements,
        &published,
        &scenarios,
        (asked.within, settings),
        asking,
    );
    let accepted = judgements.accepted();
    let stability = if asked.stability {
        stability::stabilities(&mut judgements, &published, asked.within, settings, asking)
    } else {
        Vec::new()
    };
    let listed = asked
        .portfolios
        .then(|| portfolios::portfolios(&judgements, asked, settings, asking));
    Ok(Some(JudgementWorth {
        samples: judgements.answered(),
        accepted,
        plans: judgements.different(),
        mean_gap: judgements.mean_gap(),
        plan: plan.clone(),
        regrets,
        named: judgements.named(&published, &least_regret),
        least_regret,
        stability,
        portfolios: listed,
    }))
}

impl JudgementAsked {
    /// Whether what is known of the weights can be true of those of a problem.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, problem: &Problem<'_>) -> Result<(), Phrase> {
        let (programme, scoring) = (problem.programme(), problem.scoring());
        let own = scoring.weights();
        let set = weights::WeightSet::new(own, self.weights, &self.ranges)?;
        let corners = set.vertices();
        if corners.len() == 1 && !self.ranges.is_empty() {
            return Err(phrase!(
                "các khoảng đã nêu chỉ còn đúng một bộ trọng số (tổng các trọng số là 100%)",
                "the ranges stated leave exactly one set of weights (they sum to 100%)"
            ));
        }
        let named = self.named.iter().map(|(_, scoring)| scoring.weights());
        let judged: Vec<&[i64]> = corners.iter().map(Vec::as_slice).chain(named).collect();
        let may_weigh = |at: usize| self.stability || judged.iter().any(|own| own[at] > 0);
        let mut lacking = (0..own.len()).filter(|&at| scoring.lacks(programme, at));
        match lacking.find(|&at| may_weigh(at)) {
            None => Ok(()),
            Some(at) => {
                let name = &programme.criteria[at].name;
                Err(phrase!(
                    "có đề án chưa được chấm điểm tiêu chí “{name}”, mà chính sách không có điểm mặc định",
                    "some project has no score on “{name}”, and the policy has no default"; name
                ))
            }
        }
    }
}

impl JudgementWorth {
    /// In how many of the judgements drawn the best plan found funds a project.
    #[must_use]
    pub fn acceptability(&self, project: ProjectId) -> Chance {
        Chance {
            times: self.accepted[project.index()],
            draws: self.samples,
        }
    }
}
