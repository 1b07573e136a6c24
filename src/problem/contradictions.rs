//! Rules that ask for more than others, or the ceilings, allow of the same thing.

use std::collections::{BTreeMap, HashSet};

use super::Standing;
use crate::phrase;
use crate::phrase::Phrase;
use crate::policy::Policy;
use crate::programme::Programme;
use crate::record::Fault;
use crate::rules::{Kind, Origin, kind_of};
use crate::selector::{Bound, Claim};

/// The kinds of rules that the ceilings make.
const CEILINGS: [&str; 2] = ["ceiling", "carry_over"];

/// The highest floor and the lowest cap of one measure, each with the rule that sets it.
#[derive(Default)]
struct Sides {
    floor: Option<(String, Claim)>,
    cap: Option<(String, Claim)>,
}

/// A fault for each floor above a cap for the same thing. Soft and reported rules ask for nothing
/// that must be, nor do the floors `left_out`, which no candidate can serve.
pub(super) fn contradictions(
    programme: &Programme,
    policy: &Policy,
    standing: &[Standing<'_>],
    left_out: &[String],
) -> Vec<Fault> {
    let left_out: HashSet<&str> = left_out.iter().map(String::as_str).collect();
    let has_ceilings = stand_whole(programme, standing);
    let mut measures: BTreeMap<String, Sides> = BTreeMap::new();
    for own in standing
        .iter()
        .filter(|own| own.is_held && own.price.is_none())
    {
        for claim in own.rule.claims(programme) {
            let is_asked = !left_out.contains(claim.label.as_str());
            if is_asked && (has_ceilings || !claim.is_of_ceilings) {
                let sides = measures.entry(claim.measure.clone()).or_default();
                sides.add(own.rule.label(), claim);
            }
        }
    }
    let clashes = measures
        .into_values()
        .filter_map(|sides| sides.floor.zip(sides.cap));
    let clashes = clashes.filter(|((_, floor), (_, cap))| floor.bound.value() > cap.bound.value());
    let mut told = HashSet::new();
    clashes
        // One fault for two rules, however many years or places they clash in.
        .filter(|(floor, cap)| told.insert((floor.0.clone(), cap.0.clone())))
        .map(|((rule, floor), (_, cap))| place(programme, policy, &rule, clash(&floor, &cap)))
        .collect()
}

/// A fault of a rule with the row that writes it: in the policy, or in table `targets`.
fn place(programme: &Programme, policy: &Policy, rule: &str, fault: Fault) -> Fault {
    let mut targets = programme.targets.iter();
    match targets.position(|target| super::target_label(&target.target) == rule) {
        Some(record) => Fault {
            table: "targets".to_owned(),
            rule: Some(rule.to_owned()),
            ..fault.at(record)
        },
        None => policy.place(rule, fault),
    }
}

/// Whether every rule that the ceilings make is in force.
fn stand_whole(programme: &Programme, standing: &[Standing<'_>]) -> bool {
    let is_whole = |name: &str| {
        let made = match Kind::find(name).map(|kind| kind.origin) {
            Some(Origin::Facts { gather, .. }) => gather(programme).len(),
            _ => 0,
        };
        let labels = standing.iter().map(|own| own.rule.label());
        labels.filter(|label| kind_of(label) == name).count() == made
    };
    CEILINGS.into_iter().all(is_whole)
}

impl Sides {
    fn add(&mut self, rule: String, claim: Claim) {
        let value = claim.bound.value();
        let (side, is_stricter) = match claim.bound {
            Bound::AtLeast(_) => {
                let is_stricter = self
                    .floor
                    .as_ref()
                    .is_none_or(|(_, own)| value > own.bound.value());
                (&mut self.floor, is_stricter)
            }
            Bound::AtMost(_) => {
                let is_stricter = self
                    .cap
                    .as_ref()
                    .is_none_or(|(_, own)| value < own.bound.value());
                (&mut self.cap, is_stricter)
            }
        };
        if is_stricter {
            *side = Some((rule, claim));
        }
    }
}

fn clash(floor: &Claim, cap: &Claim) -> Fault {
    let (own, least, most) = (&floor.label, &floor.said, &cap.said);
    let other = if cap.is_of_ceilings {
        phrase!("trần kinh phí", "the ceilings")
    } else {
        Phrase::same(cap.label.clone())
    };
    Fault::of(
        "policy",
        phrase!(
            "{own} đòi hỏi {least}, nhưng chính phần ấy bị giới hạn bởi {other}: {most}",
            "{own} asks for {least}, but the same is bounded by {other}: {most}";
            own, least, other, most
        ),
        phrase!(
            "hãy hạ mức tối thiểu, nâng mức tối đa, hoặc cho phép nới một trong hai trong bảng soft",
            "lower the floor, raise the cap, or make one of the two soft in table soft"
        ),
    )
    .column(floor.column)
}
