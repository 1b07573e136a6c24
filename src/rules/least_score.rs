//! # Least score · Điểm tối thiểu
//!
//! A selected project has at least a given score on a criterion, whatever its merit in all. An
//! unknown score passes with a doubt, which is reported. A commitment passes every gate.
//!
//! Tiếng Việt: đề án thuộc bộ chọn phải đạt điểm tối thiểu của một tiêu chí, dù tổng điểm cao hay
//! thấp. Chưa chấm điểm thì đề án vẫn được xét và ghi là cần xác minh. Đề án đã cam kết thì không xét
//! điều kiện này.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document of industrial promotion gives a number. Scorecards of
//! neighbouring programmes, as agricultural extension's, ask a minimum of each criterion.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects, a selector |
//! | `criterion` | the criterion, a code of table `criteria` |
//! | `least` | the least score, a whole number from 0 to 100 |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,criterion,least,basis
//! sector!=coffee,added_value,60,
//! ```
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2026
//! passes   tea-dryer@2026
//! refused  tea-press@2026
//! doubted  training@2026
//! passes   coffee-roaster@2026
//! ```
//!
//! The line has 80, the dryer 60 exactly, the press 50; the training's score is unknown. The
//! roaster, of the coffee sector, is not asked.

use super::{Gate, Reason, Verdict, label};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::quantities::Score;
use crate::record;
use crate::record::{Cell, Fault, Known};
use crate::selector::Selector;

record! {
    /// A selected project has at least `least` on a criterion.
    pub struct LeastScore {
        /// Which projects.
        select: Selector,
        /// The criterion's code.
        criterion: String,
        /// The least score.
        least: Score,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl LeastScore {
    fn position(&self, programme: &Programme) -> Option<usize> {
        let mut criteria = programme.criteria.iter();
        criteria.position(|own| own.code == self.criterion)
    }
}

impl Gate for LeastScore {
    fn label(&self) -> String {
        label("least_score", &[&self.select.print(), &self.criterion])
    }

    fn sentence(&self) -> Phrase {
        let (criterion, least, selected) = (&self.criterion, self.least, self.select.phrase());
        phrase!(
            "Điểm tiêu chí “{criterion}” của {selected} không dưới {least}.",
            "The score on criterion “{criterion}” is at least {least} (for {selected}).";
            criterion, least, selected
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        if self.position(programme).is_none() {
            let code = &self.criterion;
            faults.push(
                Fault::of(
                    "criteria",
                    phrase!(
                        "bộ dữ liệu không có tiêu chí “{code}”",
                        "the dataset has no criterion “{code}”"
                    ),
                    phrase!("hãy dùng mã trong bảng criteria", "use a code of table criteria"),
                )
                .column("criterion"),
            );
        }
        faults
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let Some(position) = self.position(programme) else {
            return Verdict::Passes;
        };
        if !self.select.selects(programme, decision) {
            return Verdict::Passes;
        }
        let (name, least) = (&programme.criteria[position].name, self.least);
        let reason = |sentence, remedy| Reason {
            code: "least_score".to_owned(),
            sentence,
            remedy,
        };
        match programme.project(decision.project).scores[position] {
            Known::Is(score) if score >= least.0 => Verdict::Passes,
            Known::Is(score) => Verdict::Refused(reason(
                phrase!(
                    "điểm tiêu chí “{name}” là {score}, thấp hơn mức tối thiểu {least}",
                    "its score on “{name}” is {score}, below the least of {least}";
                    name, score, least
                ),
                phrase!(
                    "hoàn thiện đề án về tiêu chí này rồi thẩm định lại",
                    "improve the project on this criterion and have it appraised again"
                ),
            )),
            Known::Unknown => Verdict::Doubted(reason(
                phrase!(
                    "chưa có điểm tiêu chí “{name}”, cần ít nhất {least}",
                    "its score on “{name}” is unknown, and at least {least} is needed";
                    name, least
                ),
                phrase!("chấm điểm tiêu chí này", "have this criterion scored"),
            )),
        }
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        let mut looser = self.clone();
        looser.least = self.least.lowered()?;
        Some(Box::new(looser))
    }
}
