//! # Window · Thời gian bắt đầu
//!
//! A project starts between its first and its last year of start, in a year of the programme, and
//! not before the first year that is still open to decisions (`open_from`). A commitment passes
//! every gate.
//!
//! Tiếng Việt: đề án chỉ được bắt đầu trong các năm đã đăng ký, thuộc thời gian của chương trình và
//! không sớm hơn năm đầu tiên còn được bố trí (`open_from`). Đề án đã cam kết thì không xét điều kiện
//! này.
//!
//! ## Legal basis
//!
//! The registration of the project; annual plans that are already adopted are closed.
//!
//! ## Table
//!
//! None of its own: columns `first_start` and `last_start` of `projects`, `open_from` of
//! `dataset.toml`. All three are always known.
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2026
//! refused  tea-brand@2026
//! ```
//!
//! The trademark can start from 2027 on.

use super::{Gate, Reason, Verdict};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::quantities::Year;
use crate::record::Fault;

/// A project starts inside its window and in an open year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window;

impl Gate for Window {
    fn label(&self) -> String {
        "window".to_owned()
    }

    fn sentence(&self) -> Phrase {
        phrase!(
            "Đề án bắt đầu trong các năm đã đăng ký, không sớm hơn năm đầu tiên chương trình còn được bố trí.",
            "A project starts in a year for which it is registered, and not before the first year still open to decisions."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let project = programme.project(decision.project);
        let open_from = Year(programme.about.open_from);
        let (first, last) = (project.first_start.max(open_from), project.last_start);
        if (first..=last).contains(&decision.start) {
            return Verdict::Passes;
        }
        let (own_first, programme_last) = (project.first_start, programme.last_year());
        Verdict::Refused(Reason {
            code: "window".to_owned(),
            sentence: phrase!(
                "chỉ đăng ký bắt đầu từ năm {own_first} đến năm {last}, trong khi chương trình chỉ còn bố trí cho các năm {open_from}–{programme_last}",
                "it can start from {own_first} to {last} only, and decisions are open from {open_from} to {programme_last}"
            ),
            remedy: phrase!("đăng ký lại năm bắt đầu", "register other years of start"),
        })
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        None
    }
}
