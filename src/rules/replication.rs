//! # Replication · Nhân rộng mô hình
//!
//! A replica starts only after a demonstration model of its group was started (in the same year or
//! before), or completed (after its last year of spending). What model and replica share is said by
//! `by`: the zone, the sector and so on; a replica without such a place or sector is not bound. A
//! project that both selectors select is a model. Promises count as models; a
//! promised project is never asked as a replica.
//!
//! Tiếng Việt: đề án nhân rộng chỉ được bắt đầu sau khi mô hình trình diễn cùng nhóm (cùng vùng, cùng
//! ngành nghề…) đã bắt đầu (cùng năm hoặc trước đó) hoặc đã hoàn thành (sau năm chi cuối cùng). Đề án
//! nhân rộng không có vùng hay ngành nghề ấy thì không bị ràng buộc; đề án thuộc cả hai bộ chọn là mô
//! hình. Đề án đã cam kết được tính là mô hình, còn đề án nhân rộng đã cam kết thì không xét.
//!
//! ## Legal basis
//!
//! A choice of the planner. Sơn La's priorities: demonstration models in promising sectors, replicated
//! where they work.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `model` | which projects are models, a selector |
//! | `replica` | which projects are replicas, a selector |
//! | `by` | what they share: `area`, `zone`, `sector`, `cell`, `unit`, or several joined by `&`; blank: nothing |
//! | `after` | `started` or `completed`: what the model must be |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! model,replica,by,after,basis
//! kind=pilot,sector=tea,sector,completed,
//! activity=trademark,activity=machinery,zone,started,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2028 under rule 1
//! broken  tea-line@2026, tea-dryer@2027 under rule 1
//! broken  tea-dryer@2028 under rule 1
//! kept    tea-line@2026, coffee-roaster@2026 under rule 2
//! broken  tea-line@2027, coffee-roaster@2026 under rule 2
//! broken  tea-line@2026, tea-dryer@2028 under rule 2
//! ```
//!
//! Rule 1: the tea line is a pilot and of tea, so a model; it spends in 2026 and 2027 and is completed
//! from 2028 on. Rule 2: the line is the only project with a trademark; it lies in the north, so the
//! roaster may follow it, and the dryer in the south has no model to follow.
//!
//! ## Formulation
//!
//! ```text
//! for each replica p and year y in which it could start:
//!   sum over replica d of p, start <= y, of x[d]  -  sum over model d, ready by y, of x[d]  <=  0
//! ```
//!
//! Ready by y: started in y or before, or completed before y; models of p's group. The rows are exact.
//! If p starts as a replica in s, those of years before s hold; from s on the first sum is 1 and the
//! second never falls, so all of them hold if, and only if, the one of s does: a model is ready by
//! s. If p does not, the first sum is 0. Adding up the starts until y makes them imply the rows of
//! the single years. Where the rule is soft, the rows of one replica share one shortfall.

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::{DecisionId, Formulation, Grain, Linear, Sense};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Programme, ProjectId};
use crate::quantities::Year;
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Dimension, Each, Selector};
use crate::words;

words! {
    /// What a model must be before it is replicated.
    pub enum After {
        /// Started in the same year or before.
        Started = "started",
        /// Completed: its last year of spending is over.
        Completed = "completed",
    }
}

record! {
    /// Replicas start after a model of their group.
    pub struct Replication {
        /// Which projects are models.
        model: Selector,
        /// Which projects are replicas.
        replica: Selector,
        /// What they share; blank: nothing.
        by: Each,
        /// What the model must be.
        after: After,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

type Group = Vec<u32>;

/// A decision that is a model or a replica, with its group.
struct Member {
    id: DecisionId,
    project: ProjectId,
    group: Group,
    /// The first year in which what it allows, or asks, holds.
    from: Year,
}

impl Replication {
    fn part_label(&self, project: &str, year: &str) -> String {
        let by = if self.by.is_whole() { String::new() } else { format!("by {}", self.by.print()) };
        let parts = [&self.model.print(), &self.replica.print(), &by, self.after.word(), project, year];
        label("replication", &parts)
    }

    /// The group of a model, and the first year in which it is ready.
    fn model_of(&self, programme: &Programme, decision: &Decision) -> Option<(Group, Year)> {
        let group = self.by.group_of(programme, decision)?;
        let ready = match self.after {
            After::Started => decision.start,
            After::Completed => decision.last_open(programme).plus(1),
        };
        self.model.selects(programme, decision).then_some((group, ready))
    }

    /// The group of a replica that is asked, and the year in which it starts.
    fn replica_of(&self, programme: &Programme, decision: &Decision) -> Option<(Group, Year)> {
        let group = self.by.group_of(programme, decision)?;
        let is_replica = self.replica.selects(programme, decision) && !self.model.selects(programme, decision);
        let is_asked = is_replica && !programme.is_promised(decision.project);
        is_asked.then_some((group, decision.start))
    }
}

/// The decisions of a formulation that `of` takes for models or replicas.
fn members(formulation: &Formulation, of: impl Fn(&Decision) -> Option<(Group, Year)>) -> Vec<Member> {
    let member = |(id, decision): (DecisionId, &Decision)| {
        let (group, from) = of(decision)?;
        let project = decision.project;
        Some(Member { id, project, group, from })
    };
    formulation.decisions().filter_map(member).collect()
}

impl Rule for Replication {
    fn label(&self) -> String {
        self.part_label("", "")
    }

    fn family(&self) -> Family {
        Family::Order
    }

    fn sentence(&self) -> Phrase {
        let (model, replica) = (self.model.phrase(), self.replica.phrase());
        let shared = if self.by.is_whole() {
            Phrase::default()
        } else {
            let by = self.by.phrase();
            phrase!(" (xét {by})", " (looked at {by})"; by)
        };
        match self.after {
            After::Started => phrase!(
                "Đề án nhân rộng ({replica}) chỉ bắt đầu khi mô hình ({model}) đã bắt đầu{shared}.",
                "Replicas ({replica}) start only once a model ({model}) has started{shared}.";
                model, replica, shared
            ),
            After::Completed => phrase!(
                "Đề án nhân rộng ({replica}) chỉ bắt đầu sau khi mô hình ({model}) đã hoàn thành{shared}.",
                "Replicas ({replica}) start only after a model ({model}) is completed{shared}.";
                model, replica, shared
            ),
        }
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.model.faults(programme);
        faults.extend(self.replica.faults(programme));
        if self.by.has(Dimension::Year) || self.by.has(Dimension::Fund) {
            faults.extend(self.by.faults_of_grouping("by"));
        }
        faults
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        let models = members(formulation, |d| self.model_of(programme, d));
        let replicas = members(formulation, |d| self.replica_of(programme, d));
        for own in replicas.chunk_by(|one, other| one.project == other.project) {
            let code = &programme.project(own[0].project).code;
            let mut groups: Vec<&Group> = own.iter().map(|member| &member.group).collect();
            groups.sort_unstable();
            groups.dedup();
            let mut rows: Vec<(String, Linear)> = Vec::new();
            for group in &groups {
                let own = || own.iter().filter(|member| member.group == **group);
                let models = || models.iter().filter(|member| member.group == **group);
                let mut starts: Vec<Year> = own().map(|member| member.from).collect();
                starts.sort_unstable();
                starts.dedup();
                for year in starts {
                    let started = own().filter(|member| member.from <= year).map(|member| (member.id, 1));
                    let ready = models().filter(|member| member.from <= year).map(|member| (member.id, -1));
                    // A project that several units could run may belong to several groups.
                    let group = self.by.group_name(programme, group);
                    let case = if groups.len() > 1 { format!("{year},{group}") } else { year.to_string() };
                    rows.push((self.part_label(code, &case), started.chain(ready).collect()));
                }
            }
            formulation.limit_together(&self.part_label(code, ""), Grain::One, rows, Sense::AtMost, 0);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |replica: &Decision| {
            let (group, start) = self.replica_of(programme, replica)?;
            let models = plan.choices().filter_map(|model| self.model_of(programme, model));
            let ready = models.filter(|(own, _)| *own == group).map(|(_, ready)| ready).min();
            let (is_kept, stand) = match ready {
                None => (
                    false,
                    phrase!(
                        "bắt đầu năm {start}, không có mô hình nào được hỗ trợ",
                        "starts in {start}, no model is funded"
                    ),
                ),
                Some(ready) => (
                    ready <= start,
                    phrase!(
                        "bắt đầu năm {start}, sớm nhất có thể là năm {ready}",
                        "starts in {start}, the earliest would be {ready}"
                    ),
                ),
            };
            let code = &programme.project(replica.project).code;
            let margin = if is_kept { 0 } else { -1 };
            Some(Finding::of(self.part_label(code, ""), margin, Unit::Projects, stand))
        };
        plan.choices().filter_map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.after = After::Started;
        (self.after == After::Completed).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
