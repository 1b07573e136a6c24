//! `plan.json`: everything about a plan, for machines. Amounts are exact decimal texts in million
//! đồng, benefit in points.

use serde_json::{Value, json};

use super::audit::{amount, unit, verdict};
use super::{PlanReport, conflict, difference, tiers, verdict as sentence};
use crate::analysis::{Figures, MoneyLine, Reserve};
use crate::phrase::Phrase;
use crate::plan::{Decision, Outcome};
use crate::policy::{Basis, CriterionLine, Made, WeightRecord, Weights};
use crate::problem::{Checked, Problem, Refusal};
use crate::programme::{Cut, Programme};
use crate::quantities::{Money, Share, Year, plain};
use crate::rules::Gate;

/// The report as JSON.
#[must_use]
pub fn plan_json(report: &PlanReport<'_>) -> Value {
    let problem = report.problem;
    let programme = problem.programme();
    let outcome = &report.drawn.outcome;
    let kind = match outcome {
        Outcome::Proven { .. } => "proven",
        Outcome::Feasible { .. } => "feasible",
        Outcome::Infeasible => "infeasible",
        Outcome::Unknown { .. } => "unknown",
    };
    let admission = problem.admission();
    let audit = report.drawn.audit.as_ref();
    json!({
        "programme": { "vi": programme.about.title_vi, "en": programme.about.title_en },
        "policy": problem.policy().about.title(),
        "verdict": sentence(problem, report.drawn),
        "outcome": kind,
        "why": match outcome {
            Outcome::Unknown { why, .. } => Some(why),
            _ => None,
        },
        "conflicts": report.conflicts.iter().map(|own| conflict::conflict_json(problem, own)).collect::<Vec<_>>(),
        "repairs": report.repairs.iter().map(|own| conflict::repair_json(problem, own)).collect::<Vec<_>>(),
        "demands": problem.demands().labels(programme),
        "benefit": outcome.plan().map(|plan| plain(problem.benefit(plan), 3)),
        "penalty": audit.map(|audit| plain(audit.cost(), 3)),
        "objective": outcome.found().map(|value| plain(value, 3)),
        "bound": outcome.bound().map(|value| plain(value, 3)),
        "bound_is": "claimed by the solver",
        "certified_bound": report.drawn.certificate.as_ref().map(|own| plain(own.bound, 3)),
        "gap": outcome.gap(),
        "stopped_by": outcome.stop(),
        "weights": weights(&problem.policy().weights),
        "tiers": tiers::json(report),
        "money": report.money.iter().map(|line| money(programme, line)).collect::<Vec<_>>(),
        "figures": report.figures.iter().map(figures).collect::<Vec<_>>(),
        "projects": outcome.plan().map(|plan| {
            plan.choices().map(|d| decision(report, d)).collect::<Vec<_>>()
        }),
        "findings": audit.map(|audit| audit.checked.iter().map(finding).collect::<Vec<_>>()),
        "gates": problem.gates().map(gate).collect::<Vec<_>>(),
        "warnings": problem.warnings(),
        "not_applicable": report.drawn.formulation.left_out(),
        "candidates": {
            "all": programme.projects.len(),
            "admissible": programme.projects.len() - admission.refused().len(),
            "requested": admission.requested(programme),
            "refused_by": admission.refused_by_code(),
            "doubts": admission.doubts(),
            "missing_scores": problem.scoring().missing_scores(programme),
        },
        "cuts": problem.cuts().iter().map(|own| cut(programme, own)).collect::<Vec<_>>(),
        "not_admissible": admission.refused().iter().map(|own| refusal(programme, own)).collect::<Vec<_>>(),
        "reserve": report.reserve.iter().map(|own| reserve(programme, own)).collect::<Vec<_>>(),
        "difference": difference::json(report),
        "certificate": report.drawn.certificate.as_ref().map(|own| {
            certificate(report, own.bound, &own.multipliers)
        }),
        "manifest": report.manifest,
    })
}

/// The proof of a bound: multipliers by the label of their row, as texts, since they are longer
/// than what many readers of JSON keep of a number.
fn certificate(report: &PlanReport<'_>, bound: i64, multipliers: &[(String, i128)]) -> Value {
    let multipliers = multipliers.iter();
    let multipliers = multipliers.map(|(label, times)| (label.clone(), json!(times.to_string())));
    json!({
        "thousandths": bound,
        "held": report.drawn.tiers.iter().map(|tier| tier.held).collect::<Vec<_>>(),
        "multipliers": multipliers.collect::<serde_json::Map<_, _>>(),
    })
}

fn money(programme: &Programme, line: &MoneyLine) -> Value {
    let years = programme.years.iter().zip(
        line.spent
            .iter()
            .zip(line.ceilings.iter().zip(&line.repaid)),
    );
    let year = |(year, (spent, (ceiling, repaid))): (&Year, (_, (_, _)))| json!({ "year": year, "spent": spent, "ceiling": ceiling, "repaid": repaid });
    json!({
        "fund": programme.funds[line.fund.index()].named.code,
        "years": years.map(year).collect::<Vec<_>>(),
    })
}

fn figures((title, own): &(Phrase, Figures)) -> Value {
    json!({
        "of": title,
        "projects": own.projects,
        "spent": own.spent,
        "mean_support": own.mean,
        "median_support": own.median,
        "focal_points": own.focal_points,
        "effective_focal_points": plain(own.effective_points, 2),
        "share_of_five_largest": own.top_five,
        "grants_under_50_million": own.small_grants,
        "pilot_share": own.pilot_share,
        "counterpart_per_dong": plain(own.leverage, 2),
        "benefit": plain(own.benefit, 3),
        "penalty": plain(own.penalty, 3),
        "targets_met": own.targets.0,
        "targets": own.targets.1,
        "rules_broken": own.broken,
    })
}

fn decision(report: &PlanReport<'_>, decision: &Decision) -> Value {
    let programme = report.problem.programme();
    let project = programme.project(decision.project);
    json!({
        "project": project.code,
        "name": project.name,
        "variant": decision.variant(programme).name,
        "source": programme.sources[decision.source.index()].code,
        "start": decision.start,
        "unit": decision.unit.map(|unit| &programme.units[unit.index()].named.code),
        "support": decision.support(programme),
        "benefit": plain(report.problem.scoring().benefit(programme, decision), 3),
        "ledger": ledger(report.problem, decision),
    })
}

/// The size of a project as a plain decimal, in the unit of the basis.
pub(super) fn size(basis: Basis, size: i64) -> String {
    match basis {
        Basis::PerSupport => Money(size).millions(),
        Basis::PerProject | Basis::Jobs | Basis::Beneficiaries => plain(size, 0),
    }
}

/// How the weights of criteria were made, and their values.
pub(super) fn weights(weights: &Weights) -> Value {
    let total: i64 = weights.criteria.iter().map(|own| own.weight).sum();
    let (ratio, accepted) = match &weights.made {
        Made::Compared { ratio, accepted } => (Some(plain(*ratio, 4)), accepted.as_deref()),
        Made::Given | Made::Ranked => (None, None),
    };
    let criterion = |own: &WeightRecord| {
        json!({
            "criterion": own.criterion,
            "weight": own.weight,
            "share": Share::ratio(own.weight, total),
        })
    };
    json!({
        "made_from": weights.made.table(),
        "sentence": weights.made.phrase(),
        "consistency_ratio": ratio,
        "inconsistency_accepted_because": accepted,
        "criteria": weights.criteria.iter().map(criterion).collect::<Vec<_>>(),
    })
}

/// Every factor of the decision's benefit: merit in points, factors as numbers around 1, the size
/// in the unit of the policy's basis.
pub(super) fn ledger(problem: &Problem<'_>, decision: &Decision) -> Value {
    let ledger = problem.scoring().ledger(problem.programme(), decision);
    let basis = problem.policy().about.benefit.basis;
    let criterion = |line: &CriterionLine| {
        json!({
            "criterion": line.criterion,
            "score": line.score,
            "by_default": line.is_default,
            "weight": line.weight,
        })
    };
    json!({
        "criteria": ledger.criteria.iter().map(criterion).collect::<Vec<_>>(),
        "merit": plain(ledger.merit, 2),
        "advantage_factor": plain(ledger.advantage_factor, 4),
        "delay_factor": plain(ledger.delay_factor, 4),
        "size": size(basis, ledger.size),
        "size_is": basis.phrase(),
        "variant_share": ledger.share,
    })
}

fn finding(checked: &Checked) -> Value {
    let finding = &checked.finding;
    json!({
        "label": finding.label,
        "rule": checked.rule,
        "verdict": verdict(checked),
        "breach": amount(finding.breach, finding.unit),
        "slack": amount(finding.slack, finding.unit),
        "unit": unit(finding.unit),
        "stand": finding.stand,
        "sentence": checked.sentence,
        "family": checked.family,
        "basis": checked.basis,
        "soft": checked.price.map(|price| json!({ "price": plain(price, 3), "cost": plain(checked.cost(), 3) })),
    })
}

fn gate(gate: &dyn Gate) -> Value {
    json!({ "label": gate.label(), "sentence": gate.sentence(), "basis": gate.basis() })
}

fn cut(programme: &Programme, cut: &Cut) -> Value {
    let project = programme.project(cut.project);
    let variant = &project.variants[cut.variant.index()];
    json!({
        "project": project.code,
        "variant": variant.name,
        "content": variant.contents[cut.content].name,
        "asked": cut.asked,
        "granted": cut.granted,
    })
}

fn refusal(programme: &Programme, refusal: &Refusal) -> Value {
    json!({
        "project": programme.project(refusal.project).code,
        "reasons": refusal.reasons,
    })
}

fn reserve(programme: &Programme, own: &Reserve) -> Value {
    json!({
        "project": programme.project(own.decision.project).code,
        "source": programme.sources[own.decision.source.index()].code,
        "start": own.decision.start,
        "support": own.support,
        "benefit": plain(own.benefit, 3),
        "instead_of": own.instead_of.map(|d| &programme.project(d.project).code),
    })
}
