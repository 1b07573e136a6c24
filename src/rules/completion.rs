//! # Completion · Thời hạn hoàn thành
//!
//! A project spends its last money inside the programme. A commitment passes every gate.
//!
//! Tiếng Việt: năm chi cuối cùng của đề án phải nằm trong thời gian của chương trình. Đề án đã cam
//! kết thì không xét điều kiện này.
//!
//! ## Legal basis
//!
//! The programme's money is approved for its years; none is promised after them.
//!
//! ## Table
//!
//! None of its own: column `profile` of `projects`, `last_year` of `dataset.toml`. Both are
//! always known.
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2027
//! refused  tea-line@2028
//! ```
//!
//! The tea line spends over two years; the programme ends with 2028.

use super::{Gate, Reason, Verdict};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::record::Fault;

/// A project is completed by the last year of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completion;

impl Gate for Completion {
    fn label(&self) -> String {
        "completion".to_owned()
    }

    fn sentence(&self) -> Phrase {
        phrase!(
            "Đề án hoàn thành trong thời gian của chương trình.",
            "A project is completed by the programme's last year."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let (end, last) = (decision.last_open(programme), programme.last_year());
        if end <= last {
            return Verdict::Passes;
        }
        let start = decision.start;
        Verdict::Refused(Reason {
            code: "completion".to_owned(),
            sentence: phrase!(
                "bắt đầu năm {start} thì đến năm {end} mới hoàn thành, sau khi chương trình kết thúc ({last})",
                "started in {start} it ends in {end}, after the programme's last year ({last})"
            ),
            remedy: phrase!(
                "bắt đầu sớm hơn hoặc rút ngắn thời gian thực hiện",
                "start earlier or take fewer years"
            ),
        })
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        None
    }
}
