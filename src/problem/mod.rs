//! A programme and a policy found to fit: what may be decided, the formulation, the exact audit.

mod admission;
mod audit;
mod conditions;
mod contradictions;
mod order;
mod standing;
mod warnings;

pub use admission::{Admission, Judged, Refusal};
pub use audit::{Audit, Checked};
pub use conditions::{Conditions, Demands};
pub use standing::{RuleRef, Standing};

use contradictions::contradictions;
pub(crate) use standing::GateRef;
use standing::{gates, is_target, loosen, may_be_soft, misfits, standing, target_label, twice};

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::policy::{AboveNorm, Policy, Scoring, Tier};
use crate::programme::{Cut, Programme, ProjectId};
use crate::record::Fault;
use crate::rules::Gate;

/// The largest ratio between coefficients of one row that a solver can be trusted with.
const MOST_SPREAD: u128 = 1_000_000_000;

/// A programme under a policy.
#[derive(Debug)]
pub struct Problem<'a> {
    programme: Cow<'a, Programme>,
    policy: &'a Policy,
    cuts: Vec<Cut>,
    scoring: Scoring,
    standing: Vec<Standing<'a>>,
    gates: Vec<GateRef<'a>>,
    tiers: Vec<&'a Tier>,
    admission: Admission,
    demands: Demands,
    conditions: Conditions,
}

impl<'a> Problem<'a> {
    /// The problem of a programme under a policy, as `conditions` change it.
    ///
    /// # Errors
    /// Every fault of rules and gates that do not fit the programme, conditions that name nothing.
    pub fn new(
        programme: &'a Programme,
        policy: &'a Policy,
        conditions: &Conditions,
    ) -> Result<Problem<'a>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut programme = Cow::Borrowed(programme);
        let cuts = match policy.about.above_norm {
            AboveNorm::Refused => Vec::new(),
            AboveNorm::Cut => programme.to_mut().cut_to_norms(),
        };
        let standing = standing(&programme, policy);
        let gates = gates(policy);
        faults.extend(policy.soft_faults(&may_be_soft(&standing)));
        faults.extend(misfits(&programme, policy, &standing, &gates));
        faults.extend(policy.tiers.faults(&programme));
        let labels: Vec<String> = standing
            .iter()
            .map(|own| own.rule.label())
            .chain(gates.iter().map(|gate| gate.label()))
            .chain(policy.tiers.iter().map(Tier::label))
            .collect();
        faults.extend(conditions.faults(&programme, &labels));
        let scoring = Scoring::new(&programme, policy).map_err(|more| faults.extend(more));
        let Ok(scoring) = scoring else {
            return Err(faults);
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let dropped = |label: &str| conditions.drops(label);
        let (mut standing, mut gates) = (standing, gates);
        standing.retain(|own| !dropped(&own.rule.label()));
        gates.retain(|gate| !dropped(&gate.label()));
        loosen(&programme, conditions, &mut standing, &mut gates)?;
        let admission = Admission::new(&programme, &gates);
        let demands = Demands::new(&programme, conditions, &admission)?;
        Ok(Problem {
            programme,
            policy,
            cuts,
            scoring,
            standing,
            admission,
            demands,
            conditions: conditions.clone(),
            gates,
            tiers: policy
                .tiers
                .iter()
                .filter(|tier| !dropped(&tier.label()))
                .collect(),
        })
    }

    /// The facts, with supports cut to the norms where the policy says so.
    #[must_use]
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// What was cut to the norms.
    #[must_use]
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// What the scenario changes.
    #[must_use]
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// What the scenario asks of single projects.
    #[must_use]
    pub fn demands(&self) -> &Demands {
        &self.demands
    }

    /// How benefit is computed.
    #[must_use]
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// What may be decided, and what may not and why.
    #[must_use]
    pub fn admission(&self) -> &Admission {
        &self.admission
    }

    /// What the gates say of every decision of a project, one by one.
    #[must_use]
    pub fn judged(&self, project: ProjectId) -> Vec<Judged> {
        admission::judged(&self.programme, &self.gates, project)
    }

    /// The gates in force, those of the law first.
    pub fn gates(&self) -> impl Iterator<Item = &dyn Gate> {
        self.gates.iter().map(|gate| &**gate as &dyn Gate)
    }

    /// The rules, those of the facts first.
    #[must_use]
    pub fn standing(&self) -> &[Standing<'a>] {
        &self.standing
    }

    /// The sentence of the rule or gate of a label; `None` where none in force has it.
    #[must_use]
    pub fn sentence(&self, label: &str) -> Option<Phrase> {
        let mut rules = self.standing.iter().filter(|own| own.rule.label() == label);
        let mut gates = self.gates().filter(|own| own.label() == label);
        let rule = rules.next().map(|own| own.rule.sentence());
        rule.or_else(|| gates.next().map(Gate::sentence))
    }

    /// The benefit of a plan in thousandths of a point.
    #[must_use]
    pub fn benefit(&self, plan: &Plan) -> i64 {
        let benefits = plan
            .choices()
            .map(|d| self.scoring.benefit(&self.programme, d));
        benefits.sum()
    }

    /// The problem in linear notation: every held rule's rows.
    ///
    /// # Errors
    /// A floor above a cap for the same thing, two rows of one label, or a row whose coefficients
    /// lie too far apart to trust a solver.
    pub fn formulate(&self) -> Result<Formulation, Vec<Fault>> {
        let mut writers = Vec::new();
        let formulation = self.write(|standing| standing.is_held, &mut writers);
        let left_out = formulation.left_out();
        let mut faults = contradictions(&self.programme, self.policy, &self.standing, left_out);
        let mut labels = HashSet::new();
        let with_tiers = self.with_tiers(&formulation);
        for (position, row) in with_tiers.rows().iter().enumerate() {
            let writer = writers.iter().find(|(_, rows)| rows.contains(&position));
            let place = |fault| match writer {
                Some((label, _)) => self.policy.place(label, fault),
                None => fault,
            };
            if !labels.insert(row.label.as_str()) {
                faults.push(place(twice(&row.label)));
            }
            if with_tiers.spread(row) > MOST_SPREAD {
                faults.push(place(too_far_apart(&row.label)));
            }
        }
        if faults.is_empty() {
            Ok(formulation)
        } else {
            Err(faults)
        }
    }

    /// The rows of every held rule, whether a solver can be trusted with them or not.
    #[must_use]
    pub fn formulate_held(&self) -> Formulation {
        self.formulate_with(|standing| standing.is_held)
    }

    /// The problem with the rows of those rules alone that satisfy `which`.
    #[must_use]
    pub fn formulate_with(&self, which: impl Fn(&Standing<'_>) -> bool) -> Formulation {
        self.write(which, &mut Vec::new())
    }

    /// The rows of the rules that satisfy `which`; notes which rule wrote which of them.
    fn write(
        &self,
        which: impl Fn(&Standing<'_>) -> bool,
        writers: &mut Vec<(String, Range<usize>)>,
    ) -> Formulation {
        let scored = |decision: &Decision| {
            let benefit = self.scoring.benefit(&self.programme, decision);
            (*decision, self.name(decision), benefit)
        };
        let decisions = self.admission.decisions().iter().map(scored).collect();
        let code = |decision: &Decision| self.programme.project(decision.project).code.clone();
        let mut formulation = Formulation::new(decisions, code);
        for standing in self.standing.iter().filter(|standing| which(standing)) {
            formulation.soften(standing.price);
            let first = formulation.rows().len();
            standing.rule.formulate(&self.programme, &mut formulation);
            writers.push((standing.rule.label(), first..formulation.rows().len()));
        }
        formulation.soften(None);
        self.demands.formulate(&self.programme, &mut formulation);
        formulation
    }

    /// The decision's name: project, variant, source, year, unit.
    #[must_use]
    pub fn name(&self, decision: &Decision) -> String {
        let programme = &self.programme;
        let project = &programme.project(decision.project).code;
        let variant = &decision.variant(programme).name;
        let source = &programme.sources[decision.source.index()].code;
        let unit = decision
            .unit
            .map(|unit| &programme.units[unit.index()].named.code);
        let unit = unit.map(|code| format!(",{code}")).unwrap_or_default();
        format!("{project},{variant},{source},{}{unit}", decision.start)
    }

    /// The plan of the decisions that a solve took.
    #[must_use]
    pub fn plan(&self, formulation: &Formulation, taken: &[bool]) -> Plan {
        let decisions = formulation.decisions().filter(|(id, _)| taken[id.index()]);
        Plan::new(&self.programme, decisions.map(|(_, decision)| *decision))
    }

    /// The problem with the rows of the facts alone, targets left out: money, capacity, relations.
    #[must_use]
    pub fn limits(&self) -> Formulation {
        self.formulate_with(|own| own.is_of_facts && !own.is_target())
    }
}

fn too_far_apart(label: &str) -> Fault {
    Fault::of(
        label,
        phrase!(
            "các con số trong quy tắc chênh nhau hơn một tỷ lần, nên phần mềm tối ưu không thể tính đúng",
            "its numbers lie more than a billion times apart, so no optimising software can be trusted with it"
        ),
        phrase!(
            "hãy kiểm tra đơn vị, hoặc làm tròn số tiền đến nghìn đồng",
            "check the units, or round the amounts to thousands of đồng"
        ),
    )
}
