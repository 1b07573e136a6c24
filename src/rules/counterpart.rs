//! # Counterpart · Vốn đối ứng
//!
//! The beneficiary has invested or committed its own share of the cost. A commitment not given
//! (`no`) is refused; one not yet known (`unknown`) passes with a doubt, which is reported.
//!
//! Tiếng Việt: đơn vị thụ hưởng đã đầu tư hoặc cam kết phần vốn đối ứng của mình. Không cam kết
//! (`no`) thì đề án không đủ điều kiện; chưa biết (`unknown`) thì đề án vẫn được xét và ghi là cần
//! xác minh.
//!
//! ## Legal basis
//!
//! By the law on industrial promotion (Decrees 45/2012/NĐ-CP and 235/2025/NĐ-CP and their circulars;
//! the article was not verified) the beneficiary has invested, or commits to invest, all the rest.
//!
//! ## Table
//!
//! None of its own: column `counterpart_committed` of `projects`.
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2026
//! doubted  tea-dryer@2026
//! refused  tea-press@2026
//! ```

use super::{Gate, Reason, Verdict};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::record::{Fault, Known};

/// The beneficiary has committed its own share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counterpart;

impl Gate for Counterpart {
    fn label(&self) -> String {
        "counterpart".to_owned()
    }

    fn sentence(&self) -> Phrase {
        phrase!(
            "Đơn vị thụ hưởng đã đầu tư hoặc cam kết vốn đối ứng.",
            "The beneficiary has invested or committed its own share."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let reason = |sentence| Reason {
            code: "counterpart".to_owned(),
            sentence,
            remedy: phrase!(
                "xác nhận cam kết vốn đối ứng bằng văn bản",
                "have the counterpart committed in writing"
            ),
        };
        match programme.project(decision.project).counterpart_committed {
            Known::Is(true) => Verdict::Passes,
            Known::Is(false) => Verdict::Refused(reason(phrase!(
                "đơn vị thụ hưởng không cam kết vốn đối ứng",
                "the beneficiary does not commit its own share"
            ))),
            Known::Unknown => Verdict::Doubted(reason(phrase!(
                "chưa biết đơn vị thụ hưởng có cam kết vốn đối ứng hay không",
                "it is unknown whether the beneficiary commits its own share"
            ))),
        }
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        None
    }
}
