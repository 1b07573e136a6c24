//! # Prerequisite · Điều kiện tiên quyết
//!
//! A project starts only in a year in which another has started (`requires_started`: in the same
//! year or before), or only after the last year of spending of the other (`requires_completed`).
//!
//! Tiếng Việt: đề án chỉ được bắt đầu khi đề án khác đã bắt đầu (cùng năm hoặc trước đó), hoặc chỉ
//! sau năm chi cuối cùng của đề án khác, tùy quan hệ đã ghi.
//!
//! ## Legal basis
//!
//! The contents of a pilot project are linked (Circular 17/2018/TT-BCT); relations between projects
//! are stated by the appraisal.
//!
//! ## Table
//!
//! Dataset table `relations`, rows `requires_started` and `requires_completed`.
//!
//! ```csv
//! relation,project,others,most
//! requires_completed,tea-dryer,tea-line,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2028
//! broken  tea-line@2026, tea-dryer@2027
//! broken  tea-dryer@2028
//! ```
//!
//! The tea line spends in 2026 and 2027, so it is completed from 2028 on.
//!
//! ## Formulation
//!
//! ```text
//! for each year y:
//!   sum over d of project, start <= y, of x[d]  -  sum over d of other, ready by y, of x[d]  <=  0
//! ```
//!
//! Ready by y: started in y or before, or completed before y.

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Programme, ProjectId, RelationKind};
use crate::quantities::Year;
use crate::record::Fault;

/// `project` starts only once `other` has started, or is completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prerequisite {
    project: ProjectId,
    other: ProjectId,
    completed: bool,
    project_code: String,
    other_code: String,
}

impl OfFacts for Prerequisite {
    const TABLE: &'static str = "relations";

    fn gather(programme: &Programme) -> Vec<Prerequisite> {
        let mut rules = Vec::new();
        for relation in &programme.relations {
            let completed = match relation.kind {
                RelationKind::RequiresStarted => false,
                RelationKind::RequiresCompleted => true,
                RelationKind::Excludes | RelationKind::AtMost => continue,
            };
            let Some(project) = relation.project else { continue };
            rules.extend(relation.others.iter().map(|&other| Prerequisite {
                project,
                other,
                completed,
                project_code: programme.project(project).code.clone(),
                other_code: programme.project(other).code.clone(),
            }));
        }
        rules
    }
}

impl Prerequisite {
    fn how(&self) -> &'static str {
        if self.completed { "completed" } else { "started" }
    }

    /// The first year in which `project` may start if `other` is decided so.
    fn ready(&self, programme: &Programme, other: &Decision) -> Year {
        if self.completed {
            other.last_open(programme).plus(1)
        } else {
            other.start
        }
    }
}

impl Rule for Prerequisite {
    fn label(&self) -> String {
        label("prerequisite", &[&self.project_code, &self.other_code, self.how()])
    }

    fn family(&self) -> Family {
        Family::Law
    }

    fn sentence(&self) -> Phrase {
        let (project, other) = (&self.project_code, &self.other_code);
        if self.completed {
            phrase!(
                "Đề án {project} chỉ bắt đầu sau khi đề án {other} đã hoàn thành.",
                "{project} starts only after {other} is completed."
            )
        } else {
            phrase!(
                "Đề án {project} chỉ bắt đầu khi đề án {other} đã bắt đầu.",
                "{project} starts only once {other} has started."
            )
        }
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for &year in &programme.years {
            let terms = formulation.linear(|decision| {
                let project = decision.project == self.project && decision.start <= year;
                let other =
                    decision.project == self.other && self.ready(programme, decision) <= year;
                i64::from(project) - i64::from(other)
            });
            let case = label(
                "prerequisite",
                &[&self.project_code, &self.other_code, self.how(), &year.to_string()],
            );
            formulation.at_most(case, terms, 0);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let ready = plan.choice(self.other).map(|other| self.ready(programme, other));
        let start = plan.choice(self.project).map(|decision| decision.start);
        let (project, other) = (&self.project_code, &self.other_code);
        let (kept, stand) = match (start, ready) {
            (None, _) => (true, phrase!("{project} không được hỗ trợ", "{project} is not funded")),
            (Some(start), None) => (
                false,
                phrase!(
                    "{project} bắt đầu năm {start}, {other} không được hỗ trợ",
                    "{project} starts in {start}, {other} is not funded"
                ),
            ),
            (Some(start), Some(ready)) => (
                start >= ready,
                phrase!(
                    "{project} bắt đầu năm {start}, sớm nhất có thể là năm {ready}",
                    "{project} starts in {start}, the earliest would be {ready}"
                ),
            ),
        };
        let margin = if kept { 0 } else { -1 };
        vec![Finding::of(self.label(), margin, Unit::Projects, stand)]
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.completed = false;
        self.completed.then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
