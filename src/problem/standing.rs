//! The rules and gates in force: those of the facts and those of the policy.

use std::collections::HashSet;

use super::Conditions;
use super::conditions::not_looser;
use crate::phrase;
use crate::plan::Decision;
use crate::policy::{Policy, TargetsAre, WrittenRow};
use crate::programme::{Programme, ProjectId};
use crate::record::{Cell, Fault};
use crate::rules::{Family, Gate, KINDS, Origin, Rule, Verdict};
use crate::selector::Selector;

/// A rule as it stands in a problem.
#[derive(Debug)]
pub struct Standing<'a> {
    /// The rule.
    pub rule: RuleRef<'a>,
    /// Whether it binds the plan, or is only reported.
    pub is_held: bool,
    /// What a unit of breach costs, in thousandths of a point; `None` where it may not be broken.
    pub price: Option<i64>,
    /// Whether the facts make it.
    pub is_of_facts: bool,
}

/// A rule made by the facts, or chosen by the policy.
#[derive(Debug)]
pub enum RuleRef<'a> {
    /// Made by the facts.
    Own(Box<dyn Rule>),
    /// Chosen by the policy.
    Policy(&'a (dyn Rule + 'static)),
}

impl std::ops::Deref for RuleRef<'_> {
    type Target = dyn Rule;

    fn deref(&self) -> &(dyn Rule + 'static) {
        match self {
            RuleRef::Own(rule) => rule.as_ref(),
            RuleRef::Policy(rule) => *rule,
        }
    }
}

/// The label of a published target.
pub(super) fn target_label(target: &str) -> String {
    format!("targets[{target}]")
}

/// Whether a rule of this label is a published target.
pub(super) fn is_target(label: &str) -> bool {
    label.starts_with("targets[")
}

pub(super) fn standing<'a>(programme: &Programme, policy: &'a Policy) -> Vec<Standing<'a>> {
    let mut standing = Vec::new();
    for kind in KINDS {
        if let Origin::Facts { gather, .. } = kind.origin {
            let reported = kind.name == "targets" && policy.about.targets == TargetsAre::Reported;
            standing.extend(gather(programme).into_iter().map(|rule| {
                let is_target = is_target(&rule.label());
                let price = policy.price(&rule.label()).filter(|_| is_target);
                Standing {
                    is_held: !reported || price.is_some(),
                    price,
                    rule: RuleRef::Own(rule),
                    is_of_facts: true,
                }
            }));
        }
    }
    standing.extend(policy.rules.iter().map(|rule| Standing {
        rule: RuleRef::Policy(rule.as_ref()),
        is_held: true,
        price: policy.price(&rule.label()),
        is_of_facts: false,
    }));
    standing
}

/// Labels of the rules that a policy may let be broken at a price: its own, and targets.
pub(super) fn may_be_soft(standing: &[Standing]) -> Vec<String> {
    let may = standing
        .iter()
        .filter(|own| !own.is_of_facts || own.is_target());
    may.map(|own| own.rule.label()).collect()
}

/// A gate that always stands, or one of the policy.
#[derive(Debug)]
enum GateOf<'a> {
    Own(Box<dyn Gate>),
    Policy(&'a (dyn Gate + 'static)),
}

/// A gate as it stands in a problem.
#[derive(Debug)]
pub(crate) struct GateRef<'a> {
    gate: GateOf<'a>,
    /// The projects that the scenario lets through.
    waived: Vec<ProjectId>,
}

impl<'a> GateRef<'a> {
    fn new(gate: GateOf<'a>) -> GateRef<'a> {
        GateRef {
            gate,
            waived: Vec::new(),
        }
    }

    /// What it says of a decision, which passes where the scenario waives it for the project.
    pub fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        if self.waived.contains(&decision.project) {
            Verdict::Passes
        } else {
            Gate::judge(&**self, programme, decision)
        }
    }
}

impl std::ops::Deref for GateRef<'_> {
    type Target = dyn Gate;

    fn deref(&self) -> &(dyn Gate + 'static) {
        match &self.gate {
            GateOf::Own(gate) => gate.as_ref(),
            GateOf::Policy(gate) => *gate,
        }
    }
}

pub(super) fn gates(policy: &Policy) -> Vec<GateRef<'_>> {
    let law = KINDS.iter().filter_map(|kind| match kind.origin {
        Origin::LawGate(make) => Some(GateOf::Own(make())),
        _ => None,
    });
    let chosen = policy
        .gates
        .iter()
        .map(|gate| GateOf::Policy(gate.as_ref()));
    law.chain(chosen).map(GateRef::new).collect()
}

/// Loosens the rules and gates that the scenario wants looser, notch by notch, and lets the projects
/// through the gates that it waives for them.
///
/// # Errors
/// Those that cannot be so much looser.
pub(super) fn loosen(
    programme: &Programme,
    conditions: &Conditions,
    standing: &mut [Standing<'_>],
    gates: &mut [GateRef<'_>],
) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    for own in standing {
        let label = own.rule.label();
        for _ in 0..conditions.notches(&label) {
            match own.rule.loosened(programme) {
                Some(looser) => own.rule = RuleRef::Own(looser),
                None => faults.push(not_looser(&label)),
            }
        }
    }
    for gate in gates {
        let label = gate.label();
        gate.waived = conditions.waived(programme, &label);
        for _ in 0..conditions.notches(&label) {
            match gate.loosened(programme) {
                Some(looser) => gate.gate = GateOf::Own(looser),
                None => faults.push(not_looser(&label)),
            }
        }
    }
    faults.dedup();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// Rules and gates that do not fit the programme, and labels that stand twice.
pub(super) fn misfits(
    programme: &Programme,
    policy: &Policy,
    standing: &[Standing],
    gates: &[GateRef],
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut labels = HashSet::new();
    // The rows of the policy's rules and gates come in the order of those.
    let mut rows = policy.rows();
    let mut told = |label: String, own: Vec<Fault>, is_written: bool| {
        let row = if is_written { rows.next() } else { None };
        let place = |fault: Fault| match &row {
            Some(row) => row.located(in_its_column(programme, row, fault)),
            None => Fault {
                rule: Some(label.clone()),
                ..fault
            },
        };
        faults.extend(own.into_iter().map(place));
        if !labels.insert(label.clone()) {
            faults.push(place(twice(&label)));
        }
    };
    for own in standing {
        let (label, own_faults) = (own.rule.label(), own.rule.faults(programme));
        told(label, own_faults, matches!(own.rule, RuleRef::Policy(_)));
    }
    for gate in gates {
        let (label, own_faults) = (gate.label(), gate.faults(programme));
        told(label, own_faults, matches!(gate.gate, GateOf::Policy(_)));
    }
    faults
}

/// A fault of a selector with the column that holds it.
fn in_its_column(programme: &Programme, row: &WrittenRow<'_>, fault: Fault) -> Fault {
    let mut selectors = row.cells_like(Selector::ALLOWED);
    let holds = |(_, text): &(&str, &str)| {
        let own = Selector::parse(text).map(|selector| selector.faults(programme));
        own.is_ok_and(|own| own.contains(&fault))
    };
    match selectors.find(holds) {
        Some((column, _)) if fault.column.is_none() => fault.column(column),
        _ => fault,
    }
}

pub(super) fn twice(label: &str) -> Fault {
    Fault::of(
        label,
        phrase!("quy tắc này được ghi hai lần", "this rule is written twice"),
        phrase!("hãy bỏ một dòng", "remove one of the rows"),
    )
}

impl Standing<'_> {
    /// Whether it is a published target.
    #[must_use]
    pub fn is_target(&self) -> bool {
        is_target(&self.rule.label())
    }

    /// Law, money, focus, balance or order.
    #[must_use]
    pub fn family(&self) -> Family {
        self.rule.family()
    }
}
