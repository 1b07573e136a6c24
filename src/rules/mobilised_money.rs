//! # Mobilised money · Huy động vốn đối ứng
//!
//! Taken together, selected projects bring at least so much other money for each đồng of support.
//! Other money is the counterpart: the total cost of what is decided on less its support. Projects
//! count whole, all years and funds: with `each=year` in the year in which they start, with
//! `each=fund` for every fund that pays some of them. Of a project whose total cost is unknown the
//! support counts and no counterpart, so that nothing is taken for mobilised that nobody has
//! stated. A project without the place or unit that `each` names belongs to no case.
//!
//! Tiếng Việt: tính chung các đề án thuộc bộ chọn, mỗi đồng kinh phí khuyến công hỗ trợ phải huy động
//! được ít nhất một số đồng vốn đối ứng nhất định. Vốn đối ứng là tổng kinh phí trừ mức hỗ trợ. Đề án
//! tính trọn mọi năm và mọi nguồn: với `each=year` vào năm bắt đầu, với `each=fund` cho mọi nguồn
//! cùng chi. Đề án chưa rõ tổng kinh phí thì tính đủ phần hỗ trợ nhưng không tính vốn đối ứng. Đề án
//! không có địa bàn hoặc đơn vị mà `each` nêu thì không thuộc trường hợp nào.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. Sơn La's priorities and Directive
//! 20/CT-BCT (2025) ask that other money be mobilised, from beneficiaries and from larger
//! enterprises; across provinces, counterpart for a đồng of support was seen from 0.6 to 2.9.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects, a selector |
//! | `each` | for each of what, as `year` or `zone`; blank: the whole programme |
//! | `least` | the least đồng of counterpart for each đồng of support, as `1.5` |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,each,least,basis
//! sector!=none,,1.4,
//! activity=machinery,year,1.2,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-dryer@2026 under rule 1
//! broken  tea-dryer/small@2026 under rule 1
//! kept    tea-line@2026, coffee-roaster@2027 under rule 1
//! broken  coffee-roaster@2026, tea-dryer@2026 under rule 1
//! kept    tea-line@2026, coffee-roaster@2026, training@2026 under rule 2
//! broken  tea-line@2026, coffee-roaster@2027 under rule 2
//! ```
//!
//! Rule 1: the dryer costs 240 and asks 100, so 140 are the beneficiary's: 1.4 exactly; its small
//! variant brings 80 for 60, 1.33. The line brings 640 for 300 and the roaster 200 for 200: 840
//! for 500, 1.68. The roaster and the dryer bring 340 for 300, 1.13. Rule 2: in 2026 the line and
//! the roaster bring 1.68, and the training is no machinery; a roaster that starts in 2027 starts
//! alone and brings 1, though the line is still paid in that year.
//!
//! ## Formulation
//!
//! ```text
//! for each case c:
//!   sum over d selected in c of (10000 counterpart[d] - least support[d]) x[d]  >=  0
//! ```
//!
//! least is in ten-thousandths. Amounts so large that these products could pass 64 bits are a fault.

use super::{Family, Finding, Rule, Unit, label, too_large, whole_units};
use crate::formulation::{Formulation, Grain, Sense};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Programme, Variant};
use crate::quantities::{Money, Ratio};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Case, Each, Selector};

record! {
    /// Each đồng of support for `select` brings at least `least` đồng of other money.
    pub struct MobilisedMoney {
        /// Which projects.
        select: Selector,
        /// For each of what it is said; blank: the whole programme.
        each: Each,
        /// The least đồng of counterpart for each đồng of support.
        least: Ratio,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

/// What others pay, as far as it is known.
fn counterpart(variant: &Variant) -> Money {
    let cost = variant.total_cost();
    cost.map_or(Money::ZERO, |cost| cost - variant.support())
}

impl MobilisedMoney {
    fn case_label(&self, case: &str) -> String {
        label("mobilised_money", &[&self.select.print(), case])
    }

    fn counts(&self, programme: &Programme, case: &Case, decision: &Decision) -> bool {
        case.counts(programme, decision) && self.select.selects(programme, decision)
    }

    /// The most that the terms of a row can come to, in ten-thousandths of a đồng.
    fn largest(&self, programme: &Programme) -> i128 {
        let of_variant = |variant: &Variant| {
            let costs = variant.contents.iter().filter_map(|content| content.total_cost.get());
            let costs: i128 = costs.map(|cost| i128::from(cost.0)).sum();
            (costs * i128::from(Ratio::ONE)).max(self.least.of(variant.support().0))
        };
        let projects = programme.projects.iter();
        projects.map(|own| own.variants.iter().map(of_variant).max().unwrap_or_default()).sum()
    }
}

impl Rule for MobilisedMoney {
    fn label(&self) -> String {
        self.case_label(&self.each.label())
    }

    fn family(&self) -> Family {
        Family::Money
    }

    fn sentence(&self) -> Phrase {
        let (least, selected, each) = (self.least, self.select.phrase(), self.each.phrase());
        phrase!(
            "Tính chung, mỗi đồng hỗ trợ cho {selected} huy động được ít nhất {least} đồng vốn đối ứng, {each}.",
            "Taken together, each đồng of support for {selected} mobilises at least {least} đồng of counterpart, {each}.";
            least, selected, each
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        faults.extend(too_large("least", self.largest(programme)));
        faults
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            let terms = formulation.linear(|d| {
                if !self.counts(programme, &case, d) {
                    return 0;
                }
                let variant = d.variant(programme);
                Ratio::ONE * counterpart(variant).0 - self.least.0 * variant.support().0
            });
            let label = self.case_label(&case.name);
            formulation.limit(label, Grain::PartOfDong, terms, Vec::new(), Sense::AtLeast, 0);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |case: Case| {
            let (mut support, mut brought) = (Money::ZERO, Money::ZERO);
            for decision in plan.choices().filter(|d| self.counts(programme, &case, d)) {
                support += decision.support(programme);
                brought += counterpart(decision.variant(programme));
            }
            let margin = i128::from(brought.0) * i128::from(Ratio::ONE) - self.least.of(support.0);
            let least = self.least;
            let stand = phrase!(
                "{brought} vốn đối ứng cho {support} hỗ trợ, tối thiểu {least} đồng cho mỗi đồng hỗ trợ",
                "{brought} of counterpart for {support} of support, at least {least} đồng for each đồng";
                brought, support, least
            );
            Finding::of(self.case_label(&case.name), whole_units(margin), Unit::Dong, stand)
        };
        self.each.cases(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.least = Ratio(self.least.0 - (Ratio::ONE / 10).min(self.least.0));
        (looser.least < self.least).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
