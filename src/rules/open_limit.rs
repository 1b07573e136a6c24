//! # Open limit · Năng lực triển khai
//!
//! In each year an implementing unit has no more projects open than it can run. A project is open
//! from its start to its last year of spending.
//!
//! Tiếng Việt: trong mỗi năm, mỗi đơn vị thực hiện không triển khai quá số đề án mà đơn vị đảm đương
//! được. Đề án được coi là đang triển khai từ năm bắt đầu đến năm chi cuối cùng.
//!
//! ## Legal basis
//!
//! Directive 20/CT-BCT (2025), tasks 5 to 7: the capacity of the implementing bodies bounds what can
//! run.
//!
//! ## Table
//!
//! Dataset table `implementers`; a blank `most_open` is no limit.
//!
//! ```csv
//! unit,name_vi,name_en,most_open
//! centre,Trung tâm khuyến công,Promotion centre,1
//! branch,Chi nhánh,Branch,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2028
//! broken  tea-line@2026, tea-dryer@2027
//! kept    tea-line@2026, coffee-roaster+branch@2026
//! ```
//!
//! The tea line is open in 2026 and 2027.
//!
//! ## Formulation
//!
//! ```text
//! for each year y:   sum over d of the unit, open in y, of x[d]  <=  most_open
//! ```

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Programme, UnitId};
use crate::quantities::Year;
use crate::record::Fault;

/// `unit` has at most `most` projects open in each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLimit {
    unit: UnitId,
    code: String,
    name: Phrase,
    most: i64,
}

impl OfFacts for OpenLimit {
    const TABLE: &'static str = "implementers";

    fn gather(programme: &Programme) -> Vec<OpenLimit> {
        let units = programme.units.iter().enumerate();
        units
            .filter_map(|(position, unit)| {
                Some(OpenLimit {
                    unit: UnitId::at(position),
                    code: unit.named.code.clone(),
                    name: unit.named.name.clone(),
                    most: unit.most_open?,
                })
            })
            .collect()
    }
}

impl OpenLimit {
    fn occupies(&self, programme: &Programme, decision: &Decision, year: Year) -> bool {
        decision.unit == Some(self.unit)
            && programme.project(decision.project).is_open(decision.start, year)
    }

    fn case_label(&self, year: Year) -> String {
        label("open_limit", &[&self.code, &year.to_string()])
    }
}

impl Rule for OpenLimit {
    fn label(&self) -> String {
        label("open_limit", &[&self.code])
    }

    fn family(&self) -> Family {
        Family::Law
    }

    fn sentence(&self) -> Phrase {
        let (name, most) = (&self.name, self.most);
        phrase!(
            "{name} triển khai nhiều nhất {most} đề án cùng lúc trong mỗi năm.",
            "The number of projects that {name} has open in any year is at most {most}.";
            name, most
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for &year in &programme.years {
            let terms = formulation.linear(|d| i64::from(self.occupies(programme, d, year)));
            formulation.at_most(self.case_label(year), terms, self.most);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |&year: &Year| {
            let own = plan.choices().filter(|d| d.unit == Some(self.unit));
            let open = own.filter(|d| d.start <= year && d.last_open(programme) >= year).count();
            let most = self.most;
            let stand = phrase!("{open} đề án đang triển khai, tối đa {most}", "projects open: {open}, at most {most}"; open, most);
            let margin = most - i64::try_from(open).unwrap_or(i64::MAX);
            Finding::of(self.case_label(year), margin, Unit::Projects, stand)
        };
        programme.years.iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.most += 1;
        Some(Box::new(looser))
    }
}
