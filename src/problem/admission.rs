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
    /// Why: the different reasons of its decisions, in the order of the gates. Empty where the
    /// scenario forbids it.
    pub reasons: Vec<Reason>,
}

impl Admission {
    /// Judges every decision of the programme. The promised ones pass every gate; a promised
    /// project has no other decision.
    pub(super) fn new(
        programme: &Programme,
        gates: &[GateRef],
        forbidden: &[ProjectId],
    ) -> Admission {
        let promised: BTreeMap<ProjectId, Decision> = programme
            .commitments
            .iter()
            .map(|&own| (own.project, own.into()))
            .collect();
        let mut admission = Admission::default();
        for project in programme.ids() {
            if forbidden.contains(&project) {
                admission.refused.push(Refusal {
                    project,
                    reasons: Vec::new(),
                });
            } else if let Some(&decision) = promised.get(&project) {
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
fn possible(programme: &Programme, project: ProjectId) -> impl Iterator<Item = Decision> + '_ {
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

/// Why no decision of the project passes: the different reasons, gate by gate. A gate that refuses
/// some decisions only explains nothing while another refuses all, and is left out then.
fn reasons(programme: &Programme, gates: &[GateRef], project: ProjectId) -> Vec<Reason> {
    let decisions: Vec<_> = possible(programme, project).collect();
    let mut all = Vec::new();
    let mut some = Vec::new();
    for gate in gates {
        let verdicts = decisions
            .iter()
            .map(|decision| gate.judge(programme, decision));
        let refusals: Vec<Reason> = verdicts
            .filter_map(|verdict| match verdict {
                Verdict::Refused(reason) => Some(reason),
                Verdict::Passes | Verdict::Doubted(_) => None,
            })
            .collect();
        let whole = refusals.len() == decisions.len();
        let list = if whole { &mut all } else { &mut some };
        // One sentence a gate: others of the same gate differ in years and funds only.
        list.extend(refusals.into_iter().next());
    }
    if all.is_empty() { some } else { all }
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
