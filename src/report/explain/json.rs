//! One candidate for machines: exact decimal texts, every decision with what each gate says of it.

use serde_json::{Value, json};

use crate::analysis::{Explanation, NormLine};
use crate::phrase::Language;
use crate::policy::CriterionLine;
use crate::problem::{Judged, Problem};
use crate::programme::{Content, Programme, Project, Variant};
use crate::quantities::plain;
use crate::report::advantage::evidence;
use crate::report::json::{ledger, size, weights};

/// Everything about one candidate, as JSON.
#[must_use]
pub fn explain_json(problem: &Problem<'_>, own: &Explanation) -> Value {
    let programme = problem.programme();
    let project = programme.project(own.project);
    let scoring = problem.scoring();
    let basis = problem.policy().about.benefit.basis;
    let factors = programme.years.iter().zip(scoring.delays());
    json!({
        "project": facts(programme, project, own),
        "variants": project.variants.iter().map(|own| variant(programme, own)).collect::<Vec<_>>(),
        "norms": own.norms.iter().map(|line| norm(programme, project, line)).collect::<Vec<_>>(),
        "weights": weights(&problem.policy().weights),
        "criteria": scoring.criteria(programme, own.project).iter().map(criterion).collect::<Vec<_>>(),
        "merit": plain(scoring.merit_of(own.project), 2),
        "advantage": project.advantage,
        "advantage_from": evidence(programme, project, Language::English),
        "advantage_strength": problem.policy().about.benefit.strength(),
        "advantage_factor": plain(scoring.advantage_factor_of(programme, own.project), 4),
        "delay_factors": factors.map(|(year, &factor)| {
            json!({ "start": year, "factor": plain(factor, 4) })
        }).collect::<Vec<_>>(),
        "size": size(basis, scoring.size_of(programme, own.project)),
        "size_is": basis.phrase(),
        "decisions": own.judged.iter().map(|own| decision(problem, own)).collect::<Vec<_>>(),
    })
}

fn facts(programme: &Programme, project: &Project, own: &Explanation) -> Value {
    let units = project.units.iter();
    json!({
        "project": project.code,
        "name": project.name,
        "kind": project.kind.word(),
        "area": project.area.map(|at| &programme.areas[at.index()].name),
        "zone": programme.zone(project).map(|at| &programme.zones[at.index()]),
        "sector": project.sector.map(|at| &programme.sectors[at.index()].code),
        "units": units.map(|at| &programme.units[at.index()].named.code).collect::<Vec<_>>(),
        "beneficiary_type": project.beneficiary_type,
        "groups": project.groups,
        "tags": project.tags,
        "beneficiaries": project.beneficiaries.get(),
        "jobs": project.jobs.get(),
        "counterpart_committed": project.counterpart_committed.get(),
        "other_state_source": project.other_state_source.get(),
        "first_start": project.first_start,
        "last_start": project.last_start,
        "profile": project.profile.0,
        "promised": programme.is_promised(own.project),
    })
}

fn variant(programme: &Programme, variant: &Variant) -> Value {
    let content = |own: &Content| {
        json!({
            "content": own.name,
            "activity": programme.activities[own.activity.index()].code,
            "quantity": own.quantity,
            "total_cost": own.total_cost.get(),
            "support": own.support,
        })
    };
    json!({
        "variant": variant.name,
        "benefit_share": variant.benefit_share,
        "total_cost": variant.total_cost(),
        "support": variant.support(),
        "contents": variant.contents.iter().map(content).collect::<Vec<_>>(),
    })
}

fn norm(programme: &Programme, project: &Project, line: &NormLine) -> Value {
    let variant = &project.variants[line.variant.index()];
    let norm = line.norm.map(|at| &programme.norms[at]);
    let funds = line.funds.iter();
    json!({
        "variant": variant.name,
        "content": variant.contents[line.content].name,
        "starts": line.starts,
        "funds": funds.map(|at| &programme.funds[at.index()].named.code).collect::<Vec<_>>(),
        "percent": norm.and_then(|norm| norm.percent),
        "cap": norm.and_then(|norm| norm.cap),
        "per": norm.map(|norm| &norm.per),
        "document": norm.map(|norm| &norm.document),
        "most_is_known": line.most.get().is_some(),
        "most": line.most.get().flatten(),
        "asked": variant.contents[line.content].support,
    })
}

fn criterion(line: &CriterionLine) -> Value {
    json!({
        "criterion": line.criterion,
        "score": line.score,
        "by_default": line.is_default,
        "weight": line.weight,
    })
}

fn decision(problem: &Problem<'_>, own: &Judged) -> Value {
    let (programme, decision) = (problem.programme(), &own.decision);
    json!({
        "variant": decision.variant(programme).name,
        "source": programme.sources[decision.source.index()].code,
        "start": decision.start,
        "unit": decision.unit.map(|unit| &programme.units[unit.index()].named.code),
        "support": decision.support(programme),
        "admissible": own.refusals.is_empty(),
        "refusals": own.refusals,
        "doubts": own.doubts,
        "ledger": ledger(problem, decision),
        "benefit": plain(problem.scoring().benefit(programme, decision), 3),
    })
}
