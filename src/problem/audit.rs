//! The exact audit of a plan: every rule's own checker, and the gates, decision by decision.

use std::collections::HashSet;

use super::{Problem, admission};
use crate::formulation::{Formulation, Grain, Price};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::rules::{Family, Finding, Unit};

/// How a plan stands to every rule in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// A line a finding, in the order of the rules.
    pub checked: Vec<Checked>,
}

/// One finding, with the rule that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The rule's sentence.
    pub sentence: Phrase,
    /// The rule's label.
    pub rule: String,
    /// The rule's family.
    pub family: Family,
    /// The document that the rule rests on, where its table gives one.
    pub basis: Option<String>,
    /// Whether the rule binds the plan; a breach of one that does not is only reported.
    pub is_held: bool,
    /// Whether some admissible candidate can serve it; a floor that none can is not asked.
    pub is_applicable: bool,
    /// What a unit of breach costs, in thousandths of a point, where it may be broken at a price.
    pub price: Option<i64>,
    /// The finding.
    pub finding: Finding,
}

impl Checked {
    /// Whether it speaks of a published target.
    #[must_use]
    pub fn is_target(&self) -> bool {
        super::is_target(&self.rule)
    }

    /// Whether it breaks a rule that binds.
    #[must_use]
    pub fn is_breach(&self) -> bool {
        self.is_held && self.price.is_none() && self.is_applicable && !self.finding.is_kept()
    }

    /// What its breach takes from the benefit, in thousandths of a point.
    #[must_use]
    pub fn cost(&self) -> i64 {
        Price::cost(self.priced())
    }

    /// The price of its breach, and how large that is.
    fn priced(&self) -> Option<(Price, i64)> {
        let thousandths = self.price.filter(|_| self.is_applicable)?;
        let of = match self.finding.unit {
            Unit::Dong => Grain::Dong.priced(),
            _ => Grain::One.priced(),
        };
        Some((Price { thousandths, of }, self.finding.breach))
    }
}

impl Audit {
    /// The findings that break a rule that binds.
    pub fn breaches(&self) -> impl Iterator<Item = &Checked> {
        self.checked.iter().filter(|checked| checked.is_breach())
    }

    /// What the breaches of soft rules take from the benefit, in thousandths of a point.
    #[must_use]
    pub fn cost(&self) -> i64 {
        Price::cost(self.checked.iter().filter_map(Checked::priced))
    }

    /// Whether the plan keeps every rule that binds.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.breaches().next().is_none()
    }
}

impl Problem<'_> {
    /// Holds a plan, from anyone, to every rule and gate, exactly. Of `formulation` only the
    /// labels of floors that nothing can serve are read, never a row.
    #[must_use]
    pub fn audit(&self, formulation: &Formulation, plan: &Plan) -> Audit {
        let left_out: HashSet<&str> = formulation.left_out().iter().map(String::as_str).collect();
        let mut checked = Vec::new();
        for standing in &self.standing {
            let findings = standing.rule.check(&self.programme, plan).into_iter();
            checked.extend(findings.map(|finding| Checked {
                sentence: standing.rule.sentence(),
                rule: standing.rule.label(),
                family: standing.family(),
                basis: standing.rule.basis().map(str::to_owned),
                is_held: standing.is_held,
                is_applicable: !left_out.contains(finding.label.as_str()),
                price: standing.price,
                finding,
            }));
        }
        checked.extend(self.demand_findings(plan));
        checked.extend(self.gate_breaches(plan));
        Audit { checked }
    }

    /// Why a decision that passes every gate is none of those admitted.
    fn not_a_decision(&self, decision: &Decision) -> Phrase {
        let project = self.programme.project(decision.project);
        let promised = self.programme.is_promised(decision.project);
        let units = project
            .units
            .iter()
            .map(|unit| self.programme.units[unit.index()].named.code.as_str());
        let units = units.collect::<Vec<_>>().join(", ");
        if promised {
            phrase!("khác với điều đã cam kết", "it is not as promised")
        } else if decision
            .unit
            .is_none_or(|unit| !project.units.contains(&unit))
        {
            phrase!(
                "đơn vị thực hiện phải là một trong: {units}",
                "the implementing unit must be one of: {units}"
            )
        } else {
            phrase!(
                "cách bố trí này không đủ điều kiện",
                "this decision is not admissible"
            )
        }
    }

    fn demand_findings(&self, plan: &Plan) -> Vec<Checked> {
        let findings = self.demands.check(&self.programme, plan).into_iter();
        let checked = findings.map(|finding| Checked {
            sentence: phrase!("Theo yêu cầu của kịch bản.", "As the scenario asks."),
            rule: finding.label.clone(),
            family: Family::Law,
            basis: None,
            is_held: true,
            is_applicable: true,
            price: None,
            finding,
        });
        checked.collect()
    }

    /// A finding for each decision that no gate lets through and that is not promised.
    fn gate_breaches(&self, plan: &Plan) -> Vec<Checked> {
        let admitted: HashSet<&Decision> = self.admission.decisions().iter().collect();
        let mut breaches = Vec::new();
        for decision in plan
            .choices()
            .filter(|decision| !admitted.contains(decision))
        {
            let code = &self.programme.project(decision.project).code;
            let refusal = admission::refusal(&self.programme, &self.gates, decision);
            let (gate, stand) = match refusal {
                Some(reason) => (reason.code, reason.sentence),
                None => ("admission".to_owned(), self.not_a_decision(decision)),
            };
            breaches.push(Checked {
                sentence: phrase!(
                    "Đề án {code} phải đáp ứng mọi điều kiện.",
                    "{code} passes every gate."
                ),
                rule: gate.clone(),
                family: Family::Law,
                basis: None,
                is_held: true,
                is_applicable: true,
                price: None,
                finding: Finding::of(format!("{gate}[{code}]"), -1, Unit::Projects, stand),
            });
        }
        breaches
    }
}
