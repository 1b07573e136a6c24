//! # Maximum count · Số lượng tối đa
//!
//! At most a given number of selected projects (or of the unit of their selected contents) is
//! funded. A project counts in the year in which it starts.
//! A project without the place or unit that `each` names belongs to no case.
//!
//! Tiếng Việt: nhiều nhất một số lượng đề án thuộc bộ chọn (hoặc số lượng theo nội dung) được hỗ trợ.
//! Đề án tính vào năm bắt đầu. Đề án không có địa bàn hoặc đơn vị mà `each` nêu thì không thuộc
//! trường hợp nào.
//!
//! ## Legal basis
//!
//! A choice of the planner. Circular 20/2017/TT-BCT (read in a secondary source) allows one
//! new-technology and one new-product demonstration model a district: with zones for the former
//! districts, `each=zone` and count 1.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | what is counted, a selector |
//! | `counted` | `projects` or `quantity`; blank: `projects` |
//! | `each` | for each of what; blank: the whole programme |
//! | `count` | the largest number |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,counted,each,count,basis
//! activity=machinery,quantity,year,2,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, coffee-roaster@2027, tea-dryer@2028
//! broken  tea-line@2026, coffee-roaster@2026
//! kept    coffee-roaster@2026, tea-dryer@2026, training@2026
//! ```
//!
//! The tea line equips two establishments, the roaster and the dryer one each. The second plan
//! equips three in 2026; the tea line counts in 2026 only, though it spends in 2027 too.
//!
//! ## Formulation
//!
//! ```text
//! for each case c:   sum over d of counted[d,c] x[d]  <=  count
//! ```

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::{Counted, Programme};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Bound, Case, Claim, Each, Selector, counted};

record! {
    /// At most `count` of what is selected is funded.
    pub struct MaximumCount {
        /// What is counted.
        select: Selector,
        /// Projects or quantities; blank: projects.
        counted: Option<Counted>,
        /// For each of what it is said; blank: the whole programme.
        each: Each,
        /// The largest number.
        count: i64,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl MaximumCount {
    fn what(&self) -> Counted {
        self.counted.unwrap_or(Counted::Projects)
    }

    fn case_label(&self, case: &str) -> String {
        let quantity = match self.what() {
            Counted::Projects => "",
            Counted::Quantity => "quantity",
        };
        label("maximum_count", &[&self.select.print(), quantity, case])
    }
}

impl Rule for MaximumCount {
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
                "Hỗ trợ nhiều nhất {count} đề án trong số {selected}, {each}.",
                "Of {selected}, at most {count} may be funded, {each}.";
                count, selected, each
            ),
            Counted::Quantity => phrase!(
                "Số lượng theo nội dung của {selected} không quá {count}, {each}.",
                "The quantity of {selected} is at most {count}, {each}.";
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
            let bound = Bound::AtMost(i128::from(self.count));
            Claim::of_count(label, &self.select, self.what(), place, bound)
        };
        self.each.cases(programme).into_iter().map(claim).collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            let terms =
                formulation.linear(|d| counted(programme, &case, &self.select, self.what(), d));
            formulation.at_most(self.case_label(&case.name), terms, self.count);
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
            let (unit, most) = (Unit::of(self.what()), self.count);
            let stand = phrase!("{reached}, tối đa {most}", "{reached}, at most {most}"; reached, most);
            Finding::of(self.case_label(&case.name), most - reached, unit, stand)
        };
        self.each.cases(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.count += 1;
        Some(Box::new(looser))
    }
}
