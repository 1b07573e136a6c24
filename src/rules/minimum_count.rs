//! # Minimum count · Số lượng tối thiểu
//!
//! At least a given number of selected projects (or of the unit of their selected contents) is
//! funded. A project counts in the year in which it starts. A case that no admissible candidate
//! can serve is reported as not applicable.
//! A project without the place or unit that `each` names belongs to no case.
//!
//! Tiếng Việt: ít nhất một số lượng đề án thuộc bộ chọn (hoặc số lượng theo nội dung) phải được hỗ
//! trợ. Đề án tính vào năm bắt đầu. Trường hợp không đề án đủ điều kiện nào đáp ứng được thì báo là
//! không áp dụng. Đề án không có địa bàn hoặc đơn vị mà `each` nêu thì không thuộc trường hợp nào.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. The conference of the southern provinces
//! (2025) asks for pilot and group projects; Decree 235/2025/NĐ-CP and Sơn La's priorities put women,
//! ethnic minorities and artisans first.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | what is counted, a selector |
//! | `counted` | `projects` or `quantity`; blank: `projects` |
//! | `each` | for each of what; blank: the whole programme |
//! | `count` | the least number |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,counted,each,count,basis
//! activity=machinery,quantity,,3,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, coffee-roaster@2027
//! broken  tea-line@2026, training@2026
//! broken  coffee-roaster@2026, tea-dryer@2026
//! ```
//!
//! The tea line equips two establishments, the roaster and the dryer one each: 3, 2 and 2.
//!
//! ## Formulation
//!
//! ```text
//! for each case c:   sum over d of counted[d,c] x[d]  >=  count
//! ```

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::{Formulation, Grain};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::{Counted, Programme};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Bound, Case, Claim, Each, Selector, counted};

record! {
    /// At least `count` of what is selected is funded.
    pub struct MinimumCount {
        /// What is counted.
        select: Selector,
        /// Projects or quantities; blank: projects.
        counted: Option<Counted>,
        /// For each of what it is said; blank: the whole programme.
        each: Each,
        /// The least number.
        count: i64,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl MinimumCount {
    fn what(&self) -> Counted {
        self.counted.unwrap_or(Counted::Projects)
    }

    fn case_label(&self, case: &str) -> String {
        let quantity = match self.what() {
            Counted::Projects => "",
            Counted::Quantity => "quantity",
        };
        label("minimum_count", &[&self.select.print(), quantity, case])
    }
}

impl Rule for MinimumCount {
    fn label(&self) -> String {
        self.case_label(&self.each.label())
    }

    fn family(&self) -> Family {
        Family::Focus
    }

    fn sentence(&self) -> Phrase {
        let (count, selected, each) = (self.count, self.select.phrase(), self.each.phrase());
        match self.what() {
            Counted::Projects => phrase!(
                "Hỗ trợ ít nhất {count} đề án trong số {selected}, {each}.",
                "Of {selected}, at least {count} must be funded, {each}.";
                count, selected, each
            ),
            Counted::Quantity => phrase!(
                "Số lượng theo nội dung của {selected} đạt ít nhất {count}, {each}.",
                "The quantity of {selected} is at least {count}, {each}.";
                count, selected, each
            ),
        }
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        self.select.faults(programme)
    }

    fn claims(&self, programme: &Programme) -> Vec<Claim> {
        let claim = |case: Case| {
            let (label, place) = (self.case_label(&case.name), (&self.each, case.name.as_str()));
            let bound = Bound::AtLeast(i128::from(self.count));
            Claim::of_count(label, &self.select, self.what(), place, bound)
        };
        self.each.cases(programme).into_iter().map(claim).collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            let terms =
                formulation.linear(|d| counted(programme, &case, &self.select, self.what(), d));
            formulation.floor(self.case_label(&case.name), Grain::One, terms, self.count);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |case: Case| {
            let reached: i64 = match self.what() {
                Counted::Projects => plan.count(|d| {
                    case.counts(programme, d) && self.select.selects(programme, d)
                }),
                Counted::Quantity => {
                    let decisions = plan.choices().filter(|d| case.counts(programme, d));
                    decisions.map(|d| self.select.quantity(programme, d)).sum()
                }
            };
            let (unit, least) = (Unit::of(self.what()), self.count);
            let stand = phrase!("{reached}, tối thiểu {least}", "{reached}, at least {least}"; reached, least);
            Finding::of(self.case_label(&case.name), reached - least, unit, stand)
        };
        self.each.cases(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.count -= 1;
        (self.count > 0).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
