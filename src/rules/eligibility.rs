//! # Eligibility · Đối tượng của nguồn
//!
//! A fund pays for a project only if some row of its eligibility matches each content: its
//! activity, the class of its area, its kind. A fund without any row pays for everything. A row
//! that names a class matches an area of unknown class with a doubt, which is reported; a project
//! without a place matches no row that names a class.
//!
//! Tiếng Việt: nguồn kinh phí chỉ chi cho đề án khi mỗi nội dung của đề án khớp với một dòng quy định
//! đối tượng của nguồn: nội dung hoạt động, mức khó khăn của địa bàn, loại đề án. Nguồn không có dòng
//! nào thì được chi cho mọi đề án. Gặp dòng nêu mức khó khăn, đề án ở địa bàn chưa biết mức khó khăn
//! vẫn được xét và ghi là cần xác minh; đề án không gắn với địa bàn thì không khớp.
//!
//! ## Legal basis
//!
//! Decree 45/2012/NĐ-CP and Decree 235/2025/NĐ-CP on what industrial promotion may support; the
//! resolutions of the province for its own money.
//!
//! ## Table
//!
//! Dataset table `eligibility`.
//!
//! ```csv
//! fund,activity,area_class,kind
//! national,machinery,difficult,
//! national,trademark,,pilot
//! ```
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line:national@2026
//! refused  training:national@2026
//! passes   training@2026
//! refused  coffee-roaster:national@2026
//! doubted  tea-dryer:national@2026
//! refused  tea-brand:national@2027
//! ```
//!
//! The tea line is a pilot in a difficult commune: both its machinery and its trademark are eligible
//! for national money. The roaster stands in an ordinary commune, the dryer in one whose class is not
//! known; the tea brand is a trademark too, but no pilot; training is named by no row. No row names
//! local money, so it pays for everything.

use super::{Gate, Reason, Verdict};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::{Content, FundId, Programme, Project};
use crate::record::{Fault, Known};

/// A fund pays only for what it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eligibility;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    No,
    Perhaps,
    Yes,
}

/// How well a fund's rows match one content.
fn matches(programme: &Programme, fund: FundId, project: &Project, content: &Content) -> Match {
    let mut rows = programme.eligibility.iter().filter(|row| row.fund == fund).peekable();
    if rows.peek().is_none() {
        return Match::Yes;
    }
    let class = project.area.map(|area| programme.areas[area.index()].class);
    let of_row = |row: &crate::programme::Eligibility| {
        let fits = row.activity.is_none_or(|activity| activity == content.activity)
            && row.kind.is_none_or(|kind| kind == project.kind);
        if !fits {
            return Match::No;
        }
        match (row.class, class) {
            (None, _) => Match::Yes,
            (Some(asked), Some(Known::Is(class))) if asked == class => Match::Yes,
            (Some(_), Some(Known::Unknown)) => Match::Perhaps,
            (Some(_), _) => Match::No,
        }
    };
    rows.map(of_row).max().unwrap_or(Match::No)
}

impl Gate for Eligibility {
    fn label(&self) -> String {
        "eligibility".to_owned()
    }

    fn sentence(&self) -> Phrase {
        phrase!(
            "Mỗi nguồn kinh phí chỉ chi cho nội dung hoạt động, địa bàn và loại đề án thuộc đối tượng của nguồn.",
            "A fund pays only for activities, areas and kinds of project that are eligible for it."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let project = programme.project(decision.project);
        let mut doubt = None;
        for &(fund, _) in &programme.sources[decision.source.index()].parts {
            let name = &programme.funds[fund.index()].named.name;
            for content in &decision.variant(programme).contents {
                let activity = &programme.activities[content.activity.index()].name;
                match matches(programme, fund, project, content) {
                    Match::Yes => {}
                    Match::Perhaps => {
                        doubt = Some(Reason {
                            code: "eligibility".to_owned(),
                            sentence: phrase!(
                                "chưa biết mức khó khăn của địa bàn, nên chưa chắc nguồn {name} được chi cho nội dung hoạt động “{activity}”",
                                "its area's class is unknown, so it is open whether {name} may pay for the activity “{activity}”";
                                name, activity
                            ),
                            remedy: phrase!("ghi mức khó khăn của địa bàn", "give the class of its area"),
                        });
                    }
                    Match::No => {
                        return Verdict::Refused(Reason {
                            code: "eligibility".to_owned(),
                            sentence: phrase!(
                                "nguồn {name} không được chi cho nội dung hoạt động “{activity}” của đề án này",
                                "{name} may not pay for the activity “{activity}” of this project";
                                name, activity
                            ),
                            remedy: phrase!("dùng nguồn khác hoặc bỏ nội dung", "use another fund or drop the content"),
                        });
                    }
                }
            }
        }
        doubt.map_or(Verdict::Passes, Verdict::Doubted)
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        None
    }
}
