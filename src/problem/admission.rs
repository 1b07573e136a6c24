//! Which decisions the gates let through, and which candidates have none left and why.

use std::collections::{BTreeMap, HashSet};

use super::GateRef;
use crate::plan::Decision;
use crate::programme::{Programme, ProjectId, SourceId, VariantId};
use crate::rules::{Reason, Verdict};

/// The decisions admitted, the candidates refused, the doubts left.
#[derive(Debug, Clone, Default)]
pub struct Admission {
    decisions: Vec<Decision>,
    refused: Vec<Refusal>,
    doubts: BTreeMap<String, usize>,
}

/// A candidate without any admissible decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The candidate.
    pub project: ProjectId,
    /// Why: the different reasons of its decisions, in the order of the gates.
    pub reasons: Vec<Reason>,
}

impl Admission {
    /// Judges every decision of the programme. The promised ones pass every gate; a promised
    /// project has no other decision.
    pub(super) fn new(programme: &Programme, gates: &[GateRef]) -> Admission {
        let promised: BTreeMap<ProjectId, Decision> = programme
            .commitments
            .iter()
            .map(|&own| (own.project, own.into()))
            .collect();
        let mut admission = Admission::default();
        for project in programme.ids() {
            if let Some(&decision) = promised.get(&project) {
                admission.decisions.push(decision);
            } else {
                admission.judge(programme, gates, project);
            }
        }
        admission
    }

    fn judge(&mut self, programme: &Programme, gates: &[GateRef], project: ProjectId) {
        let before = self.decisions.len();
        let mut doubts = HashSet::new();
        for decision in possible(programme, project) {
            if let Some(own) = judge(programme, gates, &decision) {
                doubts.extend(own);
                self.decisions.push(decision);
            }
        }
        if self.decisions.len() == before {
            self.refused.push(Refusal {
                project,
                reasons: reasons(programme, gates, project),
            });
        }
        for code in doubts {
            *self.doubts.entry(code).or_default() += 1;
        }
    }

    /// The decisions admitted, project by project.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The candidates without any admissible decision.
    #[must_use]
    pub fn refused(&self) -> &[Refusal] {
        &self.refused
    }

    /// How many admissible candidates pass a gate with a doubt, by reason code.
    #[must_use]
    pub fn doubts(&self) -> &BTreeMap<String, usize> {
        &self.doubts
    }

    /// How many candidates are refused, by reason code; one refused for two reasons counts twice.
    #[must_use]
    pub fn refused_by_code(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for refusal in &self.refused {
            let codes: HashSet<_> = refusal.reasons.iter().map(|r| r.code.as_str()).collect();
            for code in codes {
                *counts.entry(code).or_default() += 1;
            }
        }
        counts
    }

    /// The largest grant of each admissible candidate counts towards what is asked.
    #[must_use]
    pub fn requested(&self, programme: &Programme) -> crate::quantities::Money {
        let mut largest: BTreeMap<ProjectId, crate::quantities::Money> = BTreeMap::new();
        for decision in &self.decisions {
            let own = largest.entry(decision.project).or_default();
            *own = decision.support(programme).max(*own);
        }
        largest.into_values().sum()
    }
}

/// Every decision of a project, whatever the gates say.
pub(super) fn possible(
    programme: &Programme,
    project: ProjectId,
) -> impl Iterator<Item = Decision> + '_ {
    let own = programme.project(project);
    let variants = (0..own.variants.len()).map(VariantId::at);
    variants.flat_map(move |variant| {
        programme.years.iter().flat_map(move |&start| {
            let sources = (0..programme.sources.len()).map(SourceId::at);
            sources.flat_map(move |source| {
                let nobody = own.units.is_empty().then_some(None);
                let units = own.units.iter().copied().map(Some).chain(nobody);
                units.map(move |unit| Decision {
                    project,
                    variant,
                    source,
                    start,
                    unit,
                })
            })
        })
    })
}

/// The codes of its doubts if every gate lets the decision through.
fn judge(programme: &Programme, gates: &[GateRef], decision: &Decision) -> Option<Vec<String>> {
    let mut doubts = Vec::new();
    for gate in gates {
        match gate.judge(programme, decision) {
            Verdict::Passes => {}
            Verdict::Doubted(reason) => doubts.push(reason.code),
            Verdict::Refused(_) => return None,
        }
    }
    Some(doubts)
}

/// Why no decision of the project passes: each decision is refused by its first gate, and a gate
/// tells one sentence. Decisions outside the window explain nothing while others lie inside it.
fn reasons(programme: &Programme, gates: &[GateRef], project: ProjectId) -> Vec<Reason> {
    let refusals: Vec<Reason> = possible(programme, project)
        .filter_map(|decision| refusal(programme, gates, &decision))
        .collect();
    let is_window = |reason: &Reason| reason.code == "window";
    let all_outside = refusals.iter().all(is_window);
    let mut told: Vec<Reason> = Vec::new();
    for reason in refusals
        .into_iter()
        .filter(|reason| all_outside || !is_window(reason))
    {
        if told.iter().all(|own| own.code != reason.code) {
            told.push(reason);
        }
    }
    told
}

/// Why the gates refuse a decision, if they do.
pub(super) fn refusal(
    programme: &Programme,
    gates: &[GateRef],
    decision: &Decision,
) -> Option<Reason> {
    gates
        .iter()
        .find_map(|gate| match gate.judge(programme, decision) {
            Verdict::Refused(reason) => Some(reason),
            Verdict::Passes | Verdict::Doubted(_) => None,
        })
}
