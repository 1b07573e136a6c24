//! # Other state source · Trùng nguồn ngân sách
//!
//! No other state source pays for the same content. A project that has one (`yes`) is refused; an
//! unknown one (`unknown`) passes with a doubt, which is reported.
//!
//! Tiếng Việt: nội dung được hỗ trợ không được hưởng nguồn ngân sách nhà nước khác. Đã có nguồn khác
//! (`yes`) thì đề án không đủ điều kiện; chưa biết thì đề án vẫn được xét và ghi là cần xác minh.
//!
//! ## Legal basis
//!
//! By the law on industrial promotion (Decrees 45/2012/NĐ-CP and 235/2025/NĐ-CP and their circulars;
//! the article was not verified) no other state source pays for the same content.
//!
//! ## Table
//!
//! None of its own: column `other_state_source` of `projects`.
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2026
//! doubted  coffee-roaster@2026
//! refused  tea-brand@2026
//! ```

use super::{Gate, Reason, Verdict};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::record::{Fault, Known};

/// No other state source pays for the same content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherStateSource;

impl Gate for OtherStateSource {
    fn label(&self) -> String {
        "other_state_source".to_owned()
    }

    fn sentence(&self) -> Phrase {
        phrase!(
            "Nội dung được hỗ trợ không được hưởng nguồn ngân sách nhà nước khác.",
            "No other state source pays for the same content."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let reason = |sentence| Reason {
            code: "other_state_source".to_owned(),
            sentence,
            remedy: phrase!(
                "xác nhận nội dung không trùng nguồn ngân sách khác, hoặc bỏ nội dung trùng",
                "have it confirmed that no content is paid twice, or drop the content that is"
            ),
        };
        match programme.project(decision.project).other_state_source {
            Known::Is(false) => Verdict::Passes,
            Known::Is(true) => Verdict::Refused(reason(phrase!(
                "một nguồn ngân sách nhà nước khác đã chi cho cùng nội dung",
                "another state source pays for the same content"
            ))),
            Known::Unknown => Verdict::Doubted(reason(phrase!(
                "chưa biết có nguồn ngân sách nhà nước khác chi cho cùng nội dung hay không",
                "it is unknown whether another state source pays for the same content"
            ))),
        }
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        None
    }
}
