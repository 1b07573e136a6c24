//! # Minimum money · Kinh phí tối thiểu
//!
//! Selected projects receive at least a given amount, or a given share of the ceilings of the
//! years and funds spoken of, so that one policy serves a small and a large province. A case that
//! no admissible candidate can serve is reported as not applicable.
//! A project without the place or unit that `each` names belongs to no case.
//!
//! Tiếng Việt: các đề án thuộc bộ chọn nhận ít nhất một số tiền nhất định, hoặc một tỷ lệ của trần
//! kinh phí các năm và nguồn được nêu, nên một chính sách dùng được cho cả tỉnh nhỏ và tỉnh lớn.
//! Trường hợp không đề án đủ điều kiện nào đáp ứng được thì báo là không áp dụng. Đề án không có địa
//! bàn hoặc đơn vị mà `each` nêu thì không thuộc trường hợp nào.
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
//! | `amount` | the least amount, in million đồng or as a percentage of the ceilings |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,each,amount,basis
//! sector=tea,,40%,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, training@2027
//! broken  tea-dryer@2026, coffee-roaster@2026
//! broken  coffee-roaster@2026, training@2026
//! ```
//!
//! The ceilings are 750 over the programme, so tea must receive 300: the line reaches it exactly,
//! the dryer's 100 do not.
//!
//! ## Formulation
//!
//! ```text
//! for each case c:   sum over d of spent[d,c] x[d]  >=  amount[c]
//! ```

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::{Formulation, Grain};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::Programme;
use crate::quantities::{Money, Share, Size};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Case, Claim, Each, Selector};

record! {
    /// `select` receives at least `amount`.
    pub struct MinimumMoney {
        /// What is measured.
        select: Selector,
        /// For each of what it is said; blank: the whole programme.
        each: Each,
        /// The least amount.
        amount: Size,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl MinimumMoney {
    fn case_label(&self, case: &str) -> String {
        label("minimum_money", &[&self.select.print(), case])
    }
}

impl Rule for MinimumMoney {
    fn label(&self) -> String {
        self.case_label(&self.each.label())
    }

    fn family(&self) -> Family {
        Family::Balance
    }

    fn sentence(&self) -> Phrase {
        let (amount, selected, each) = (self.amount, self.select.phrase(), self.each.phrase());
        phrase!(
            "Dành ít nhất {amount} cho {selected}, {each}.",
            "At least {amount} goes to {selected}, {each}.";
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
        let cases = self.each.cases(programme).into_iter();
        let claims = cases.map(|case| {
            let amount = self.amount.of(self.select.ceilings(programme, &case));
            let least = i128::from(amount) * i128::from(Share::WHOLE);
            let label = self.case_label(&case.name);
            Claim::of_floor(programme, &label, &[&self.select], (&self.each, &case), least)
        });
        claims.flatten().collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            let terms = formulation.linear(|d| {
                let holds = case.holds(programme, d);
                if holds { self.select.spent(programme, &case, d) } else { 0 }
            });
            let amount = self.amount.of(self.select.ceilings(programme, &case));
            formulation.floor(self.case_label(&case.name), Grain::Dong, terms, amount);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |case: Case| {
            let spent = plan.spent(programme, |d, payment| {
                case.covers(payment) && case.holds(programme, d) && self.select.pays(programme, d, payment)
            });
            let least = Money(self.amount.of(self.select.ceilings(programme, &case)));
            let margin = spent - least;
            let stand = phrase!("{spent}, tối thiểu {least}", "{spent}, at least {least}"; spent, least);
            Finding::of(self.case_label(&case.name), margin.0, Unit::Dong, stand)
        };
        self.each.cases(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.amount = self.amount.changed(false);
        (looser.amount != self.amount).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
