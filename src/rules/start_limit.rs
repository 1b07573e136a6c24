//! # Start limit · Số đề án mới mỗi năm
//!
//! In each year at most a given number of selected projects start, so that appraisal and follow-up
//! can keep up. With `each` the limit holds for each zone, unit and so on by itself; projects
//! without one are then not limited.
//!
//! Tiếng Việt: trong mỗi năm, số đề án thuộc bộ chọn mới bắt đầu không vượt quá một số lượng nhất
//! định, để thẩm định và theo dõi kịp. Với `each`, giới hạn áp dụng riêng cho từng vùng, từng đơn
//! vị…; đề án không có vùng hay đơn vị ấy thì không bị giới hạn.
//!
//! ## Legal basis
//!
//! A choice of the planner, against support spread thin and slow disbursement (conference of the
//! southern provinces, 2025).
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects, a selector |
//! | `each` | for each of what besides the years, as `zone` or `unit`; blank: together |
//! | `most` | the largest number of starts in a year |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,each,most,basis
//! sector!=none,zone,1,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, coffee-roaster@2027, tea-dryer@2026, training@2026
//! broken  tea-line@2026, coffee-roaster@2026
//! kept    tea-line@2026, tea-dryer@2026
//! ```
//!
//! The tea line and the roaster lie in the north, the dryer in the south; the training has no
//! place and no sector. The tea line still spends in 2027 but starts in 2026 only.
//!
//! ## Formulation
//!
//! ```text
//! for each year y and case c:   sum over d selected, in c, starting in y, of x[d]  <=  most
//! ```

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::{Counted, Programme};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Bound, Case, Claim, Dimension, Each, Selector};

record! {
    /// At most `most` selected projects start in a year.
    pub struct StartLimit {
        /// Which projects.
        select: Selector,
        /// For each of what besides the years; blank: together.
        each: Each,
        /// The largest number of starts in a year.
        most: i64,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl StartLimit {
    fn case_label(&self, case: &str) -> String {
        label("start_limit", &[&self.select.print(), case])
    }
}

impl Rule for StartLimit {
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
            "Bắt đầu nhiều nhất {most} đề án trong số {selected}, {each}.",
            "Of {selected}, at most {most} may start, {each}.";
            most, selected, each
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        self.select.faults(programme)
    }

    fn claims(&self, programme: &Programme) -> Vec<Claim> {
        let each = self.each.with(Dimension::Year);
        let claim = |case: Case| {
            let (label, place) = (self.case_label(&case.name), (&each, case.name.as_str()));
            let bound = Bound::AtMost(i128::from(self.most));
            let claim = Claim::of_count(label, &self.select, Counted::Projects, place, bound);
            Claim { column: "most", ..claim }
        };
        each.cases(programme).into_iter().map(claim).collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.with(Dimension::Year).cases(programme) {
            let terms = formulation.linear(|d| {
                i64::from(case.counts(programme, d) && self.select.selects(programme, d))
            });
            formulation.at_most(self.case_label(&case.name), terms, self.most);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for case in self.each.with(Dimension::Year).cases(programme) {
            let selected = plan.choices().filter(|d| self.select.selects(programme, d));
            let starts = selected.filter(|d| case.counts(programme, d)).count();
            let most = self.most;
            let stand = phrase!("{starts} đề án bắt đầu, tối đa {most}", "starts: {starts}, at most {most}"; starts, most);
            let margin = most - i64::try_from(starts).unwrap_or(i64::MAX);
            findings.push(Finding::of(self.case_label(&case.name), margin, Unit::Projects, stand));
        }
        findings
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.most += 1;
        Some(Box::new(looser))
    }
}
