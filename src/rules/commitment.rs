//! # Commitment · Cam kết
//!
//! A project that was promised is funded as promised: in its variant, from its fund, from its year
//! on, by its unit. A commitment passes every gate and counts in every rule. What it spends after
//! the programme's last year lies outside every ceiling and share.
//!
//! Tiếng Việt: đề án đã cam kết phải được bố trí đúng như đã cam kết: phương án, nguồn kinh phí, năm
//! bắt đầu, đơn vị thực hiện. Đề án đã cam kết thì không xét điều kiện nhưng được tính trong mọi quy
//! tắc; phần chi sau năm cuối của chương trình không tính vào trần hay tỷ trọng nào.
//!
//! ## Legal basis
//!
//! The decisions by which the projects were approved: pilot projects run over two or three years
//! (Circular 17/2018/TT-BCT), so a new plan starts with the remaining years of older ones.
//!
//! ## Table
//!
//! Dataset table `commitments`.
//!
//! ```csv
//! project,variant,fund,start,unit
//! tea-dryer,small,local,2026,centre
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-dryer/small@2026
//! broken  tea-dryer@2026
//! broken  tea-dryer/small@2027
//! broken  tea-line@2026
//! ```
//!
//! ## Formulation
//!
//! ```text
//! x[project, variant, fund, start, unit]  >=  1
//! ```

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::record::Fault;

/// The decision `promised` is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    promised: Decision,
    project: String,
    variant: String,
    source: String,
}

impl OfFacts for Commitment {
    const TABLE: &'static str = "commitments";

    fn gather(programme: &Programme) -> Vec<Commitment> {
        let commitment = |&promise| {
            let promised = Decision::from(promise);
            Commitment {
                promised,
                project: programme.project(promised.project).code.clone(),
                variant: promised.variant(programme).name.clone(),
                source: programme.sources[promised.source.index()].code.clone(),
            }
        };
        programme.commitments.iter().map(commitment).collect()
    }
}

impl Rule for Commitment {
    fn label(&self) -> String {
        label("commitment", &[&self.project])
    }

    fn family(&self) -> Family {
        Family::Law
    }

    fn sentence(&self) -> Phrase {
        let (project, variant, source) = (&self.project, &self.variant, &self.source);
        let start = self.promised.start;
        phrase!(
            "Đề án {project} được thực hiện như đã cam kết: phương án {variant}, nguồn {source}, từ năm {start}.",
            "{project} is funded as promised: variant {variant}, from {source}, from {start} on."
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, _: &Programme, formulation: &mut Formulation) {
        let terms = formulation.linear(|decision| i64::from(decision == &self.promised));
        formulation.at_least(self.label(), terms, 1);
    }

    fn check(&self, _: &Programme, plan: &Plan) -> Vec<Finding> {
        let kept = plan.choice(self.promised.project) == Some(&self.promised);
        let stand = if kept {
            phrase!("được thực hiện như đã cam kết", "funded as promised")
        } else {
            phrase!("không được thực hiện như đã cam kết", "not funded as promised")
        };
        let margin = if kept { 0 } else { -1 };
        vec![Finding::of(self.label(), margin, Unit::Projects, stand)]
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        None
    }
}
