//! # Maximum open · Số đề án triển khai cùng lúc
//!
//! In any year at most a given number of selected projects are open, so that those begun are
//! finished before others begin. A project is open from its start to its last year of spending.
//! Every year is a case of its own, so `each` names what else splits the count; with `each=fund` a
//! project counts for every fund that pays some of it. A project without the place or unit that
//! `each` names is not limited. How many an implementing unit can run is a fact, not a choice: see
//! `open_limit`; how many may start in a year: see `start_limit`.
//!
//! Tiếng Việt: trong bất kỳ năm nào, số đề án thuộc bộ chọn đang triển khai không vượt quá một số
//! lượng nhất định, để làm xong việc đã bắt đầu rồi mới mở thêm. Đề án được coi là đang triển khai từ
//! năm bắt đầu đến năm chi cuối cùng. Với `each=fund`, đề án tính cho mọi nguồn cùng chi; đề án không
//! có địa bàn hoặc đơn vị mà `each` nêu thì không bị giới hạn.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. Directive 20/CT-BCT (2025), tasks 5 to 7:
//! the capacity of the implementing bodies bounds what can run; the ministry's southern conference
//! of 2025: avoid spreading thin.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects, a selector |
//! | `each` | for each of what besides the years, as `zone`, `cell` or `unit`; blank: together |
//! | `most` | the largest number open in a year |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,each,most,basis
//! ,,1,
//! sector!=none,unit,1,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2028 under rule 1
//! broken  tea-line@2026, tea-dryer@2027 under rule 1
//! kept    tea-line@2026, coffee-roaster+branch@2027, training@2027 under rule 2
//! broken  tea-line@2026, coffee-roaster+centre@2027 under rule 2
//! ```
//!
//! The line is open in 2026 and 2027, the others for one year each. Rule 2: the branch has the
//! roaster open, and the training, which has no sector and does not count.
//!
//! ## Formulation
//!
//! ```text
//! for each year y and case c:   sum over d selected, in c, open in y, of x[d]  <=  most
//! ```

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Case, Dimension, Each, Selector};

record! {
    /// At most `most` selected projects are open in a year.
    pub struct MaximumOpen {
        /// Which projects.
        select: Selector,
        /// For each of what besides the years; blank: together.
        each: Each,
        /// The largest number open in a year.
        most: i64,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl MaximumOpen {
    fn case_label(&self, case: &str) -> String {
        label("maximum_open", &[&self.select.print(), case])
    }

    fn cases(&self, programme: &Programme) -> Vec<Case> {
        self.each.with(Dimension::Year).cases(programme)
    }

    /// Whether it is a selected project of the case, in whatever year.
    fn belongs(&self, programme: &Programme, case: &Case, decision: &Decision) -> bool {
        case.fund.is_none_or(|fund| decision.is_paid_by(programme, fund))
            && case.holds(programme, decision)
            && self.select.selects(programme, decision)
    }
}

impl Rule for MaximumOpen {
    fn label(&self) -> String {
        self.case_label(&self.each.label())
    }

    fn family(&self) -> Family {
        Family::Focus
    }

    fn sentence(&self) -> Phrase {
        let (most, selected) = (self.most, self.select.phrase());
        let each = self.each.with(Dimension::Year).phrase();
        phrase!(
            "Triển khai cùng lúc nhiều nhất {most} đề án trong số {selected}, {each}.",
            "Of {selected}, at most {most} may be open at once, {each}.";
            most, selected, each
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        faults.extend(self.each.faults_of_anything_but_years("each"));
        faults
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.cases(programme) {
            let is_open = |d: &Decision| {
                let project = programme.project(d.project);
                case.year.is_some_and(|year| project.is_open(d.start, year))
            };
            let terms = formulation
                .linear(|d| i64::from(is_open(d) && self.belongs(programme, &case, d)));
            formulation.at_most(self.case_label(&case.name), terms, self.most);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |case: Case| {
            let own = plan.choices().filter(|d| self.belongs(programme, &case, d));
            let spans = own.map(|d| (d.start, d.last_open(programme)));
            let open = spans.filter(|&(first, last)| case.year.is_some_and(|year| (first..=last).contains(&year)));
            let (open, most) = (open.count(), self.most);
            let stand = phrase!(
                "{open} đề án đang triển khai, tối đa {most}",
                "projects open: {open}, at most {most}"; open, most
            );
            let margin = most - i64::try_from(open).unwrap_or(i64::MAX);
            Finding::of(self.case_label(&case.name), margin, Unit::Projects, stand)
        };
        self.cases(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.most += 1;
        Some(Box::new(looser))
    }
}
