//! # Maximum money · Kinh phí tối đa
//!
//! Selected projects receive at most a given amount, or a given share of the ceilings of the years
//! and funds spoken of, so that one policy serves a small and a large province.
//! A project without the place or unit that `each` names belongs to no case.
//!
//! Tiếng Việt: các đề án thuộc bộ chọn nhận nhiều nhất một số tiền nhất định, hoặc một tỷ lệ của trần
//! kinh phí các năm và nguồn được nêu, nên một chính sách dùng được cho cả tỉnh nhỏ và tỉnh lớn. Đề
//! án không có địa bàn hoặc đơn vị mà `each` nêu thì không thuộc trường hợp nào.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | what is measured, a selector |
//! | `each` | for each of what; blank: the whole programme |
//! | `amount` | the largest amount, in million đồng or as a percentage of the ceilings |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,each,amount,basis
//! unit=centre,year,250,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2026
//! broken  tea-line@2026, coffee-roaster@2026
//! kept    tea-line@2026, coffee-roaster@2028
//! ```
//!
//! In 2026 the tea line spends 150 and the dryer 100, both run by the centre: 250 exactly. With
//! the roaster's 200 it would be 350.
//!
//! ## Formulation
//!
//! ```text
//! for each case c:   sum over d of spent[d,c] x[d]  <=  amount[c]
//! ```

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::{Formulation, Grain, Sense};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::Programme;
use crate::quantities::{Money, Share, Size};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Bound, Case, Claim, Each, Selector};

record! {
    /// `select` receives at most `amount`.
    pub struct MaximumMoney {
        /// What is measured.
        select: Selector,
        /// For each of what it is said; blank: the whole programme.
        each: Each,
        /// The largest amount.
        amount: Size,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl MaximumMoney {
    fn case_label(&self, case: &str) -> String {
        label("maximum_money", &[&self.select.print(), case])
    }
}

impl Rule for MaximumMoney {
    fn label(&self) -> String {
        self.case_label(&self.each.label())
    }

    fn family(&self) -> Family {
        Family::Balance
    }

    fn sentence(&self) -> Phrase {
        let (amount, selected, each) = (self.amount, self.select.phrase(), self.each.phrase());
        phrase!(
            "Dành nhiều nhất {amount} cho {selected}, {each}.",
            "At most {amount} goes to {selected}, {each}.";
            amount, selected, each
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        self.select.faults(programme)
    }

    fn claims(&self, programme: &Programme) -> Vec<Claim> {
        let claim = |case: Case| {
            let amount = self.amount.of(self.select.ceilings(programme, &case));
            let most = i128::from(amount) * i128::from(Share::WHOLE);
            let (label, place) = (self.case_label(&case.name), (&self.each, &case));
            Claim::of_money(label, &[&self.select], place, Bound::AtMost(most))
        };
        self.each.cases(programme).into_iter().map(claim).collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            let terms = formulation.linear(|d| {
                let holds = case.holds(programme, d);
                if holds { self.select.spent(programme, &case, d) } else { 0 }
            });
            let amount = self.amount.of(self.select.ceilings(programme, &case));
            let label = self.case_label(&case.name);
            formulation.limit(label, Grain::Dong, terms, Vec::new(), Sense::AtMost, amount);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |case: Case| {
            let spent = plan.spent(programme, |d, payment| {
                case.covers(payment) && case.holds(programme, d) && self.select.pays(programme, d, payment)
            });
            let most = Money(self.amount.of(self.select.ceilings(programme, &case)));
            let margin = most - spent;
            let stand = phrase!("{spent}, tối đa {most}", "{spent}, at most {most}"; spent, most);
            Finding::of(self.case_label(&case.name), margin.0, Unit::Dong, stand)
        };
        self.each.cases(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.amount = self.amount.changed(true);
        (looser.amount != self.amount).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
