//! # Least instalment · Mức chi tối thiểu mỗi năm
//!
//! In each year in which a selected project is paid, it is paid at least a given amount, all funds
//! together, or it is not funded so: no grant is dripped out over the years. Payments after the
//! programme's last year are not looked at; only a commitment can have them, and a commitment
//! passes every gate. With `year` in the selector, the project is selected by the year of its
//! start.
//!
//! Tiếng Việt: trong mỗi năm được cấp kinh phí, đề án thuộc bộ chọn nhận không dưới một mức nhất định
//! (gộp các nguồn), để không cấp nhỏ giọt. Không xét phần chi sau năm cuối của chương trình; bộ chọn
//! nêu `year` thì tính theo năm bắt đầu. Đề án đã cam kết thì không xét điều kiện này.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. The ministry's southern conference of
//! 2025: avoid spreading thin; in Vĩnh Linh 2023, eleven grants were of 12 to 35 million đồng.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects, a selector |
//! | `least` | the least payment in a year in which there is one, in million đồng |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,least,basis
//! sector!=none,150,
//! kind=pilot,160,
//! ```
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2026 under rule 1
//! refused  tea-line@2026 under rule 2
//! refused  tea-dryer@2026 under rule 1
//! passes   coffee-roaster@2028 under rule 1
//! passes   training@2026 under rule 1
//! passes   tea-dryer@2026 under rule 2
//! ```
//!
//! The line's 300 are paid in two years, 150 exactly in each: enough for 150, a drip for 160. The
//! dryer is paid 100 once, the roaster 200; the training's 40 have no sector, and the dryer is no
//! pilot.

use std::collections::BTreeMap;

use super::{Gate, Reason, Verdict, label};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::quantities::{Money, Year};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::Selector;

record! {
    /// A selected project is paid at least `least` in each year in which it is paid.
    pub struct LeastInstalment {
        /// Which projects.
        select: Selector,
        /// The least payment in a year.
        least: Money,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl Gate for LeastInstalment {
    fn label(&self) -> String {
        label("least_instalment", &[&self.select.print()])
    }

    fn sentence(&self) -> Phrase {
        let (least, selected) = (self.least, self.select.phrase());
        phrase!(
            "Trong mỗi năm được cấp kinh phí, {selected} nhận không dưới {least} một đề án.",
            "In each year in which a project is paid, it receives at least {least} (for {selected}).";
            least, selected
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        self.select.faults(programme)
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        if !self.select.selects(programme, decision) {
            return Verdict::Passes;
        }
        let mut years: BTreeMap<Year, Money> = BTreeMap::new();
        for payment in decision.payments(programme) {
            *years.entry(payment.year).or_default() += payment.amount;
        }
        let least = self.least;
        let Some((year, paid)) = years.into_iter().find(|&(_, paid)| paid < least) else {
            return Verdict::Passes;
        };
        Verdict::Refused(Reason {
            code: "least_instalment".to_owned(),
            sentence: phrase!(
                "năm {year} chỉ được cấp {paid}, thấp hơn mức tối thiểu {least} mỗi năm",
                "in {year} only {paid} are paid, below the least of {least} a year";
                paid, least
            ),
            remedy: phrase!(
                "rút ngắn thời gian cấp kinh phí (cột profile), hoặc mở rộng quy mô đề án",
                "pay it in fewer years (column profile), or enlarge it"
            ),
        })
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        let mut looser = self.clone();
        looser.least = Money(self.least.0 - self.least.0 / 10);
        (looser.least < self.least).then(|| Box::new(looser) as Box<dyn Gate>)
    }
}
