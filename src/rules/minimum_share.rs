//! # Minimum share · Tỷ trọng tối thiểu
//!
//! At least a given share of the money goes to selected projects. Years and funds named by `each`
//! split both sides of the share; places and units split what is measured only, unless
//! `within=yes`. What is measured must belong to `of` as well; with `base=ceiling` the column `of`
//! may name fund, level or year only, and then selects the ceilings; `select` never does. A case in which nothing is spent keeps a share of what is spent. A case that no
//! admissible candidate can serve is reported as not applicable.
//!
//! Tiếng Việt: ít nhất một tỷ lệ nhất định của kinh phí chi (hoặc của trần kinh phí) phải dành cho
//! các đề án thuộc bộ chọn. Năm và nguồn kinh phí nêu ở `each` chia cả hai vế của tỷ trọng; địa bàn,
//! đơn vị chỉ chia phần được đo, trừ khi `within=yes`. Phần được đo cũng phải thuộc `of`; với
//! `base=ceiling` thì cột `of` chỉ được nêu fund, level, year (để chọn trần). Tỷ trọng của kinh phí chi coi là đạt ở trường hợp không chi
//! gì. Trường hợp không đề án đủ điều kiện nào đáp ứng được thì báo là không áp dụng.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. Directive 20/CT-BCT (2025), task 3, asks
//! for focus on regional advantage; the ministry's southern conference of 2025 asks for pilots.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | what is measured, a selector |
//! | `of` | what it is a part of, a selector; blank: everything |
//! | `base` | `spent` or `ceiling`; blank: `spent` |
//! | `each` | for each of what, as `year` or `year&fund`; blank: the whole programme |
//! | `within` | `yes`: places and units split the base too |
//! | `share` | the least share, as `15%` |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,of,base,each,within,share,basis
//! kind=pilot,,spent,year,,60%,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2026
//! broken  tea-line@2026, tea-dryer@2026, training@2026
//! broken  tea-line@2026, training@2028
//! kept    tea-line@2027, training@2028
//! ```
//!
//! The pilot spends 150 in its first year and 150 in its second; the dryer 100, the training 40.
//! In 2026 the first plan gives the pilot 150 of 250, which is 60 % exactly; the second 150 of
//! 290, 51.7 %. The third gives it nothing of the 40 of 2028; the fourth 150 of 190, 78.9 %.
//!
//! ## Formulation
//!
//! ```text
//! for each case c:
//!   sum over d of (10000 part[d,c] - share whole[d,c]) x[d]  >=  share fixed[c]
//! ```
//!
//! part: what d spends in c if it is measured; whole: if it belongs to the base; fixed: the
//! ceilings of c where they are the base, else 0.

use super::{Family, Finding, Rule, Unit, label, whole_units};
use crate::formulation::{Formulation, Grain, Sense};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::Programme;
use crate::quantities::{Money, Share};
use crate::record;
use crate::record::Fault;
use crate::selector::{Base, Claim, Each, Proportion, Selector};

record! {
    /// At least `share` of the money goes to `select`.
    pub struct MinimumShare {
        /// What is measured.
        select: Selector,
        /// What it is a part of; blank: everything.
        of: Selector,
        /// Whether the base is what is spent or the ceilings; blank: what is spent.
        base: Option<Base>,
        /// For each of what it is said; blank: the whole programme.
        each: Each,
        /// Whether places and units split the base too.
        within: Option<bool>,
        /// The least share.
        share: Share,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl MinimumShare {
    fn proportion(&self) -> Proportion<'_> {
        Proportion {
            select: &self.select,
            of: &self.of,
            base: self.base.unwrap_or(Base::Spent),
            each: &self.each,
            within: self.within.unwrap_or(false),
        }
    }

    fn case_label(&self, case: &str) -> String {
        let parts = self.proportion().label_parts();
        label("minimum_share", &[&parts[0], &parts[1], &parts[3], case])
    }
}

impl Rule for MinimumShare {
    fn label(&self) -> String {
        let parts = self.proportion().label_parts();
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        label("minimum_share", &parts)
    }

    fn family(&self) -> Family {
        Family::Focus
    }

    fn sentence(&self) -> Phrase {
        let (share, each) = (self.share, self.each.phrase());
        let (base, selected) = (self.proportion().base_phrase(), self.select.phrase());
        phrase!(
            "Dành ít nhất {share} {base} cho {selected}, {each}.",
            "At least {share} of {base} goes to {selected}, {each}.";
            share, base, selected, each
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        self.proportion().faults(programme)
    }

    fn claims(&self, programme: &Programme) -> Vec<Claim> {
        let (proportion, ask) = (self.proportion(), (self.share, true));
        let cases = self.each.cases(programme).into_iter();
        let claims = cases.map(|case| {
            Claim::of_share(programme, &self.case_label(&case.name), &proportion, &case, ask)
        });
        claims.flatten().collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        let proportion = self.proportion();
        for case in self.each.cases(programme) {
            let parts = formulation.linear(|d| proportion.part(programme, &case, d));
            if parts.is_empty() {
                formulation.not_applicable(self.case_label(&case.name));
                continue;
            }
            let terms = formulation.linear(|d| {
                Share::WHOLE * proportion.part(programme, &case, d)
                    - self.share.0 * proportion.whole(programme, &case, d)
            });
            let bound = self.share.0 * proportion.fixed(programme, &case);
            let label = self.case_label(&case.name);
            formulation.limit(label, Grain::PartOfDong, terms, Vec::new(), Sense::AtLeast, bound);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let proportion = self.proportion();
        let finding = |case: crate::selector::Case| {
            let (part, whole) = proportion.spent(programme, &case, plan);
            let margin = i128::from(part) * i128::from(Share::WHOLE) - self.share.of(whole);
            let reached = Share::ratio(part, whole);
            let (part, whole) = (Money(part), Money(whole));
            let stand = phrase!(
                "{part} trên {whole} ({reached})",
                "{part} of {whole} ({reached})";
                part, whole, reached
            );
            Finding::of(self.case_label(&case.name), whole_units(margin), Unit::Dong, stand)
        };
        self.each.cases(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.share = Share(self.share.0 - 100.min(self.share.0));
        (self.share.0 > 0).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
