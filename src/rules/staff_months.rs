//! # Staff-months · Tháng công
//!
//! In each year the projects that an implementing unit has open take no more staff-months than it
//! can give. A project takes the same number in each year from its start to its last year of
//! spending.
//!
//! Tiếng Việt: trong mỗi năm, các đề án mà một đơn vị thực hiện đang triển khai không cần quá số
//! tháng công mà đơn vị có thể bố trí. Mỗi đề án cần số tháng công như nhau trong từng năm, từ năm
//! bắt đầu đến năm chi cuối cùng.
//!
//! ## Legal basis
//!
//! Directive 20/CT-BCT (2025), tasks 5 to 7: the capacity of the implementing bodies bounds what can
//! run (the south: 8 centres, 368 staff).
//!
//! ## Table
//!
//! Dataset table `implementers`; a blank `staff_months` is no limit. Column `staff_months` of
//! `projects`; it may stay blank where no unit of the project has a limit.
//!
//! ```csv
//! unit,name_vi,name_en,most_open,staff_months
//! centre,Trung tâm khuyến công,Promotion centre,,9
//! branch,Chi nhánh,Branch,,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2027
//! broken  tea-line@2026, tea-dryer@2027, coffee-roaster+centre@2027
//! kept    tea-line@2026, tea-dryer@2027, coffee-roaster+branch@2027
//! ```
//!
//! The tea line takes 6 staff-months in 2026 and in 2027, the dryer 3: 9 exactly. The roaster takes
//! 4, unless the branch runs it.
//!
//! ## Formulation
//!
//! ```text
//! for each year y:   sum over d of the unit, open in y, of staff_months[d] x[d]  <=  staff_months
//! ```

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Programme, UnitId};
use crate::quantities::Year;
use crate::record::Fault;

/// The open projects of `unit` take at most `most` staff-months a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMonths {
    unit: UnitId,
    code: String,
    name: Phrase,
    most: i64,
}

impl OfFacts for StaffMonths {
    const TABLE: &'static str = "implementers";

    fn gather(programme: &Programme) -> Vec<StaffMonths> {
        let units = programme.units.iter().enumerate();
        let rules = units.filter_map(|(position, unit)| {
            Some(StaffMonths {
                unit: UnitId::at(position),
                code: unit.named.code.clone(),
                name: unit.named.name.clone(),
                most: unit.staff_months?,
            })
        });
        rules.collect()
    }
}

impl StaffMonths {
    /// What the decision takes of the unit in a year.
    fn taken(&self, programme: &Programme, decision: &Decision, year: Year) -> i64 {
        let project = programme.project(decision.project);
        let is_open = decision.unit == Some(self.unit) && project.is_open(decision.start, year);
        if is_open { project.staff_months.unwrap_or_default() } else { 0 }
    }

    fn case_label(&self, year: Year) -> String {
        label("staff_months", &[&self.code, &year.to_string()])
    }
}

impl Rule for StaffMonths {
    fn label(&self) -> String {
        label("staff_months", &[&self.code])
    }

    fn family(&self) -> Family {
        Family::Law
    }

    fn sentence(&self) -> Phrase {
        let (name, most) = (&self.name, self.most);
        phrase!(
            "{name} bố trí nhiều nhất {most} tháng công mỗi năm cho các đề án đang triển khai.",
            "The staff-months that {name} gives to open projects in a year are at most {most}.";
            name, most
        )
    }

    fn faults(&self, _: &Programme) -> Vec<Fault> {
        Vec::new()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for &year in &programme.years {
            let terms = formulation.linear(|d| self.taken(programme, d, year));
            formulation.at_most(self.case_label(year), terms, self.most);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |&year: &Year| {
            let own = plan.choices().filter(|d| d.unit == Some(self.unit));
            let open = own.filter(|d| d.start <= year && d.last_open(programme) >= year);
            let months = open.map(|d| programme.project(d.project).staff_months.unwrap_or_default());
            let (taken, most): (i64, i64) = (months.sum(), self.most);
            let stand = phrase!(
                "{taken} tháng công, tối đa {most}",
                "staff-months: {taken}, at most {most}";
                taken, most
            );
            Finding::of(self.case_label(year), most - taken, Unit::Months, stand)
        };
        programme.years.iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.most += 1;
        Some(Box::new(looser))
    }
}
