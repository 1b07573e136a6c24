//! # Definition · Định nghĩa loại đề án
//!
//! A project meets the definition of its kind: a pilot or group project has enough different
//! activities, enough beneficiaries, and spends over as many years as the definition allows. The
//! definition in force is chosen as for norms. An unknown number of beneficiaries passes with a
//! doubt, which is reported; a kind without a definition passes.
//!
//! Tiếng Việt: đề án điểm, đề án nhóm phải đáp ứng định nghĩa của loại đề án (số nội dung hoạt động,
//! số đơn vị thụ hưởng, số năm chi). Định nghĩa đang có hiệu lực được chọn như đối với mức chi. Chưa
//! biết số đơn vị thụ hưởng thì đề án vẫn được xét và ghi là cần xác minh; loại đề án không có định
//! nghĩa thì không xét.
//!
//! ## Legal basis
//!
//! Circular 17/2018/TT-BCT: a pilot project has at least two activity contents and at least two
//! beneficiaries and runs over two to three years. What else it asks (a sector of potential or
//! competitive advantage, linked contents, first-year contents that are specific at appraisal, what a
//! group of machinery names) is left to the appraisal; for group projects no number was seen in it.
//!
//! ## Table
//!
//! Dataset table `definitions`.
//!
//! ```csv
//! kind,least_contents,least_beneficiaries,least_years,most_years,valid_from,valid_to,document
//! pilot,2,2,1,2,2018-01-01,2026-12-31,example
//! pilot,3,2,2,3,2027-01-01,2027-12-31,example
//! pilot,2,2,,1,2028-01-01,,example
//! single,,2,,,2018-01-01,,example
//! ```
//!
//! ## Worked example
//!
//! ```decisions
//! passes   tea-line@2026
//! refused  tea-line@2027
//! refused  tea-line@2028
//! refused  coffee-roaster@2027
//! passes   training@2027
//! ```
//!
//! The tea line has two activities, machinery and trademarks: enough in 2026 and 2028, not in 2027.
//! It spends for two years, which is too long from 2028. The roaster has one beneficiary where two
//! are asked for, the training thirty.

use std::collections::BTreeSet;

use super::{Gate, Reason, Verdict};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Decision;
use crate::programme::Programme;
use crate::record::Fault;

/// A project is what the law calls its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition;

fn reason(sentence: Phrase) -> Reason {
    Reason {
        code: "definition".to_owned(),
        sentence,
        remedy: phrase!(
            "bổ sung cho đủ, hoặc đăng ký lại theo loại đề án khác",
            "complete it, or register it as another kind"
        ),
    }
}

impl Gate for Definition {
    fn label(&self) -> String {
        "definition".to_owned()
    }

    fn sentence(&self) -> Phrase {
        phrase!(
            "Đề án điểm và đề án nhóm đáp ứng định nghĩa của pháp luật.",
            "Pilot and group projects meet the law's definition of their kind."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn judge(&self, programme: &Programme, decision: &Decision) -> Verdict {
        let project = programme.project(decision.project);
        let Some(definition) = programme.definition(project.kind, decision.start) else {
            return Verdict::Passes;
        };
        let document = &definition.document;
        let contents = &decision.variant(programme).contents;
        let activities: BTreeSet<_> = contents.iter().map(|content| content.activity).collect();
        let activities = i64::try_from(activities.len()).unwrap_or(i64::MAX);
        let years = i64::try_from(project.years_of_spending()).unwrap_or(i64::MAX);
        let refused = |sentence| Verdict::Refused(reason(sentence));
        if let Some(least) = definition.least_contents.filter(|&least| activities < least) {
            return refused(phrase!(
                "chỉ có {activities} nội dung hoạt động, cần ít nhất {least} ({document})",
                "different activities: {activities}, at least {least} needed ({document})"
            ));
        }
        if let Some(least) = definition.least_years.filter(|&least| years < least) {
            return refused(phrase!(
                "thực hiện trong {years} năm, cần ít nhất {least} ({document})",
                "years of spending: {years}, at least {least} needed ({document})"
            ));
        }
        if let Some(most) = definition.most_years.filter(|&most| years > most) {
            return refused(phrase!(
                "thực hiện trong {years} năm, nhiều nhất {most} ({document})",
                "years of spending: {years}, at most {most} allowed ({document})"
            ));
        }
        match (definition.least_beneficiaries, project.beneficiaries.get()) {
            (Some(least), Some(own)) if own < least => refused(phrase!(
                "chỉ có {own} đơn vị thụ hưởng, cần ít nhất {least} ({document})",
                "beneficiaries: {own}, at least {least} needed ({document})"
            )),
            (Some(least), None) => Verdict::Doubted(reason(phrase!(
                "chưa biết số đơn vị thụ hưởng, cần ít nhất {least} ({document})",
                "beneficiaries: unknown, at least {least} needed ({document})"
            ))),
            _ => Verdict::Passes,
        }
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Gate>> {
        None
    }
}
