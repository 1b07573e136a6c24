//! # Exclusion · Loại trừ nhau
//!
//! Of some projects at most a given number is funded (`at_most`), or none of several beside a
//! given one (`excludes`), whatever their years.
//!
//! Tiếng Việt: trong một số đề án chỉ được hỗ trợ nhiều nhất một số lượng nhất định (`at_most`), hoặc
//! đã hỗ trợ một đề án thì không hỗ trợ đề án nào loại trừ với nó (`excludes`), bất kể năm nào.
//!
//! ## Legal basis
//!
//! No double funding: the same content is not paid twice by the State. Which projects are
//! alternatives is stated by the appraisal. Circular 20/2017/TT-BCT (read in a secondary source): one
//! new-technology and one new-product demonstration model a district.
//!
//! ## Table
//!
//! Dataset table `relations`, rows `excludes` and `at_most`.
//!
//! ```csv
//! relation,project,others,most
//! at_most,,tea-line;tea-dryer;training,1
//! excludes,coffee-roaster,tea-dryer,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, coffee-roaster@2026
//! broken  tea-line@2026, training@2026
//! broken  coffee-roaster@2026, tea-dryer@2028
//! ```
//!
//! ## Formulation
//!
//! ```text
//! at_most:                        sum over p in others, d of p, of x[d]          <=  most
//! excludes, for each other o:     sum over d of project of x[d]  +  of o, x[d]   <=  1
//! ```

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::{Programme, ProjectId, RelationKind};
use crate::record::Fault;

/// Of `projects` at most `most` are funded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    projects: Vec<ProjectId>,
    codes: String,
    most: i64,
}

impl OfFacts for Exclusion {
    const TABLE: &'static str = "relations";

    fn gather(programme: &Programme) -> Vec<Exclusion> {
        let among = |projects: Vec<ProjectId>, most| {
            let codes = projects.iter().map(|&id| programme.project(id).code.as_str());
            Exclusion {
                codes: codes.collect::<Vec<_>>().join(";"),
                projects,
                most,
            }
        };
        let mut rules = Vec::new();
        for relation in &programme.relations {
            match (relation.kind, relation.project) {
                (RelationKind::AtMost, _) => {
                    rules.push(among(relation.others.clone(), relation.most));
                }
                (RelationKind::Excludes, Some(project)) => {
                    let others = relation.others.iter();
                    rules.extend(others.map(|&other| among(vec![project, other], 1)));
                }
                _ => {}
            }
        }
        rules
    }
}

impl Rule for Exclusion {
    fn label(&self) -> String {
        label("exclusion", &[&self.codes])
    }

    fn family(&self) -> Family {
        Family::Law
    }

    fn sentence(&self) -> Phrase {
        let (most, codes) = (self.most, self.codes.replace(';', ", "));
        phrase!(
            "Hỗ trợ nhiều nhất {most} trong số các đề án {codes}.",
            "At most {most} of {codes} may be funded.";
            most, codes
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, _: &Programme, formulation: &mut Formulation) {
        let terms = formulation.linear(|d| i64::from(self.projects.contains(&d.project)));
        formulation.at_most(self.label(), terms, self.most);
    }

    fn check(&self, _: &Programme, plan: &Plan) -> Vec<Finding> {
        let funded = plan.count(|decision| self.projects.contains(&decision.project));
        let most = self.most;
        let stand = phrase!("{funded}, tối đa {most}", "{funded}, at most {most}"; funded, most);
        vec![Finding::of(self.label(), most - funded, Unit::Projects, stand)]
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.most += 1;
        Some(Box::new(looser))
    }
}
