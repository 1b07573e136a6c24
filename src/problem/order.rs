//! The order of a problem: its tiers (what each makes as large as possible, its row, its exact
//! check), and the list made by hand in the rule order.

use super::{Checked, Problem};
use crate::formulation::Formulation;
use crate::plan::Plan;
use crate::policy::{PassedOver, Tier, rule_order};
use crate::rules::Family;

impl<'a> Problem<'a> {
    /// The tiers in force, the first one first.
    #[must_use]
    pub fn tiers(&self) -> &[&'a Tier] {
        &self.tiers
    }

    /// What each decision adds to a tier, in the column order of `formulation`.
    #[must_use]
    pub fn objective(&self, tier: &Tier, formulation: &Formulation) -> Vec<i64> {
        let decisions = formulation.decisions();
        let added = decisions.map(|(_, d)| tier.of(&self.programme, &self.scoring, d));
        added.collect()
    }

    /// Asks that a tier comes to at least `held`.
    pub fn hold(&self, tier: &Tier, held: i64, formulation: &mut Formulation) {
        let terms = formulation.linear(|d| tier.of(&self.programme, &self.scoring, d));
        formulation.at_least(tier.label(), terms, held);
    }

    /// How a plan stands to what each of the first tiers was `held` at, exactly.
    #[must_use]
    pub fn check_tiers(&self, plan: &Plan, held: &[i64]) -> Vec<Checked> {
        let checked = self.tiers.iter().zip(held).map(|(tier, &held)| Checked {
            sentence: tier.sentence(),
            rule: tier.label(),
            family: Family::Order,
            basis: tier.basis.clone(),
            is_held: true,
            is_applicable: true,
            price: None,
            finding: tier.check(&self.programme, &self.scoring, plan, held),
        });
        checked.collect()
    }

    /// The plan that the rule order makes, as by hand, under the limits that the facts set, and
    /// the projects passed over.
    #[must_use]
    pub fn rule_order(&self) -> (Plan, Vec<PassedOver>) {
        let formulation = self.limits();
        let promised: Vec<_> = self
            .programme
            .commitments
            .iter()
            .map(|&own| own.into())
            .collect();
        let order = rule_order(&self.programme, &self.scoring, &formulation, &promised);
        (Plan::new(&self.programme, order.chosen), order.passed_over)
    }

    /// A formulation with a row for every tier, to see whether a solver can be trusted with them.
    pub(super) fn with_tiers(&self, formulation: &Formulation) -> Formulation {
        let mut with = formulation.clone();
        for tier in &self.tiers {
            self.hold(tier, 1, &mut with);
        }
        with
    }
}
