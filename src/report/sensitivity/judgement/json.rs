//! What another judgement would mean, for machines.

use serde_json::{Value, json};

use super::super::json_between;
use super::super::sampled::chance_json;
use crate::analysis::{
    Edge, Interval, JudgementAsked, JudgementWorth, Named, Portfolios, Regrets, WeightStability,
    WeightsKnown,
};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::{Share, plain};

pub(super) fn json(problem: &Problem<'_>, asked: &JudgementAsked, worth: &JudgementWorth) -> Value {
    let programme = problem.programme();
    let project = |project: ProjectId| {
        json!({
            "project": programme.project(project).code,
            "in_plan": worth.plan.choice(project).is_some(),
            "acceptability": chance_json(worth.acceptability(project)),
        })
    };
    let named = |own: &Named| {
        json!({
            "name": own.name,
            "best": json_between(own.best),
            "plan": plain(own.value, 3),
            "plan_of_least_regret": plain(own.least_regret, 3),
        })
    };
    json!({
        "left_open": left_open(problem, asked),
        "samples": worth.samples,
        "seed": asked.seed,
        "different_best_plans": worth.plans,
        "mean_gap": worth.mean_gap.map(Share),
        "within": asked.within,
        "plan": {
            "decisions": decisions(problem, &worth.plan),
            "regret": regrets(&worth.regrets),
        },
        "least_maximum_regret": {
            "decisions": decisions(problem, &worth.least_regret.plan),
            "regret": regrets(&worth.least_regret.regrets),
            "bound": plain(worth.least_regret.bound, 3),
        },
        "named": worth.named.iter().map(named).collect::<Vec<_>>(),
        "projects": programme.ids().map(project).collect::<Vec<_>>(),
        "stability": worth.stability.iter().map(|own| stability(problem, own)).collect::<Vec<_>>(),
        "portfolios": worth.portfolios.as_ref().map(|own| match own {
            Ok(own) => portfolios(problem, own),
            Err(why) => json!({ "not_listed": why }),
        }),
    })
}

fn left_open(problem: &Problem<'_>, asked: &JudgementAsked) -> Value {
    let weights = match asked.weights {
        WeightsKnown::Exactly => "exactly".to_owned(),
        WeightsKnown::Within(by) => by.to_string(),
        WeightsKnown::Ranked => "ranked".to_owned(),
        WeightsKnown::Any => "any".to_owned(),
    };
    let ranges = asked.ranges.iter().map(|own| {
        json!({
            "criterion": problem.programme().criteria[own.criterion].code,
            "least": own.least,
            "most": own.most,
        })
    });
    json!({
        "weights": weights,
        "ranges": ranges.collect::<Vec<_>>(),
        "strength": asked.strength.map(|(least, most)| [least, most]),
        "scores": asked.scores,
        "benefit": asked.benefit,
    })
}

fn decisions(problem: &Problem<'_>, plan: &Plan) -> Vec<String> {
    plan.choices().map(|own| problem.name(own)).collect()
}

fn regrets(own: &Regrets) -> Value {
    let parts = |own: Interval| json!([own.least.map(Share), own.most.map(Share)]);
    json!({
        "mean": json_between(own.mean),
        "most": json_between(own.most),
        "most_part": parts(own.most_part),
        "shown_near": own.near,
        "shown_far": own.far,
        "judgements": own.judgements,
    })
}

fn stability(problem: &Problem<'_>, own: &WeightStability) -> Value {
    let edge = |own: Edge| json!({ "stays_to": own.stays, "leaves_at": own.leaves });
    json!({
        "criterion": problem.programme().criteria[own.criterion].code,
        "weight": own.own,
        "down": edge(own.down),
        "up": edge(own.up),
    })
}

fn portfolios(problem: &Problem<'_>, own: &Portfolios) -> Value {
    let programme = problem.programme();
    let funded = own.funded.iter().map(|(project, count)| {
        json!({
            "project": programme.project(*project).code,
            "portfolios": count,
            "core_index": own.core_index(*project),
        })
    });
    json!({
        "corners": own.vertices,
        "plans": own.plans.iter().map(|plan| decisions(problem, plan)).collect::<Vec<_>>(),
        "projects": funded.collect::<Vec<_>>(),
    })
}
