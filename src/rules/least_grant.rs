//! # Least grant · Mức hỗ trợ tối thiểu
//!
//! A selected project is supported with at least a given amount, or not at all. A commitment
//! passes every gate.
//!
//! Tiếng Việt: mức hỗ trợ cho một đề án thuộc bộ chọn không thấp hơn mức tối thiểu, nếu không thì
//! không hỗ trợ, để không chia nhỏ kinh phí. Đề án đã cam kết thì không xét điều kiện này.
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
//! | `least` | the least support, in million đồng |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,least,basis
//! activity=machinery,100,
//! ```
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-dryer@2026
//! refused  tea-dryer/small@2026
//! passes   training@2026
//! ```
//!
//! The dryer asks 100 exactly, its small variant 60; the training's 40 are no machinery.

use super::{Gate, Reason, Verdict, label};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::quantities::Money;
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::Selector;

record! {
    /// A selected project is supported with at least `least`.
    pub struct LeastGrant {
        /// Which projects.
        select: Selector,
        /// The least support.
        least: Money,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl Gate for LeastGrant {
    fn label(&self) -> String {
        label("least_grant", &[&self.select.print()])
    }

    fn sentence(&self) -> Phrase {
        let (least, selected) = (self.least, self.select.phrase());
        phrase!(
            "Mức hỗ trợ cho {selected} không dưới {least} một đề án.",
            "The support of each project is at least {least} (for {selected}).";
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
        let support = decision.support(programme);
        if support >= self.least || !self.select.selects(programme, decision) {
            return Verdict::Passes;
        }
        let least = self.least;
        Verdict::Refused(Reason {
            code: "least_grant".to_owned(),
            sentence: phrase!(
                "mức hỗ trợ {support} thấp hơn mức tối thiểu {least}",
                "the support of {support} is below the least grant of {least}";
                support, least
            ),
            remedy: phrase!(
                "gộp với đề án khác thành đề án nhóm, hoặc mở rộng quy mô đề án",
                "join it with others into a group project, or enlarge it"
            ),
        })
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        let mut looser = self.clone();
        looser.least = Money(self.least.0 - self.least.0 / 10);
        (looser.least < self.least).then(|| Box::new(looser) as Box<dyn Gate>)
    }
}
