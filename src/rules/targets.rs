//! # Targets · Chỉ tiêu
//!
//! A published target of the programme is met: at least and at most so many projects, or so much
//! of the unit of the selected contents, among the starts of a period. The model says whether
//! targets are held (the plan must meet them) or reported (the plan is compared with them). A
//! least number that no admissible candidate can serve is reported as not applicable.
//!
//! Tiếng Việt: chỉ tiêu đã công bố của chương trình phải đạt: trong các đề án bắt đầu trong giai
//! đoạn, số đề án (hoặc số lượng theo nội dung) thuộc bộ chọn không dưới mức tối thiểu và không quá
//! mức tối đa. Chính sách quy định chỉ tiêu là bắt buộc hay chỉ được báo cáo. Mức tối thiểu mà không
//! đề án đủ điều kiện nào đáp ứng được thì báo là không áp dụng.
//!
//! ## Legal basis
//!
//! The decision by which the province adopted its programme; the source is in the table.
//!
//! ## Table
//!
//! Dataset table `targets`.
//!
//! ```csv
//! target,name_vi,name_en,select,counted,at_least,at_most,from,to,source
//! machines,Máy móc thiết bị,Machinery,activity=machinery,quantity,2,3,,2027,example
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026
//! kept    tea-line@2026, coffee-roaster@2027, tea-dryer@2028
//! broken  tea-line@2026, coffee-roaster@2027, tea-dryer@2027
//! broken  coffee-roaster@2026, tea-dryer@2028
//! ```
//!
//! The tea line equips two establishments, the roaster and the dryer one each; starts after 2027
//! do not count.
//!
//! ## Formulation
//!
//! ```text
//! at_least  <=  sum over d starting from .. to of counted[d] x[d]  <=  at_most
//! ```

use super::{Family, Finding, OfFacts, Rule, Unit, label};
use crate::formulation::{Formulation, Grain};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Counted, Programme, TargetRecord};
use crate::quantities::Year;
use crate::record::{Cell, Fault};
use crate::selector::{Bound, Claim, Each, Selector};

/// A published target.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    record: TargetRecord,
    select: Result<Selector, Phrase>,
    from: Year,
    to: Year,
    /// Its place in the table, from 0.
    position: usize,
}

impl OfFacts for Target {
    const TABLE: &'static str = "targets";

    fn gather(programme: &Programme) -> Vec<Target> {
        let target = |(position, record): (usize, &TargetRecord)| Target {
            position,
            select: Selector::parse(record.select.as_deref().unwrap_or_default()),
            from: record.from.unwrap_or(programme.first_year()),
            to: record.to.unwrap_or(programme.last_year()),
            record: record.clone(),
        };
        programme.targets.iter().enumerate().map(target).collect()
    }
}

impl Target {
    fn counted(&self, programme: &Programme, decision: &Decision) -> i64 {
        let Ok(select) = &self.select else { return 0 };
        if decision.start < self.from || decision.start > self.to {
            return 0;
        }
        match self.record.counted {
            Counted::Projects => i64::from(select.selects(programme, decision)),
            Counted::Quantity => select.quantity(programme, decision),
        }
    }

    fn side_label(&self, side: &str) -> String {
        label("targets", &[&self.record.target, side])
    }
}

impl Rule for Target {
    fn label(&self) -> String {
        label("targets", &[&self.record.target])
    }

    fn family(&self) -> Family {
        Family::Law
    }

    fn sentence(&self) -> Phrase {
        let name = Phrase::new(&self.record.name_vi, &self.record.name_en);
        let (from, to) = (self.from, self.to);
        let bounds = match (self.record.at_least, self.record.at_most) {
            (Some(least), Some(most)) => {
                phrase!("từ {least} đến {most}", "{least} to {most}"; least, most)
            }
            (Some(least), None) => phrase!("ít nhất {least}", "at least {least}"; least),
            (None, Some(most)) => phrase!("nhiều nhất {most}", "at most {most}"; most),
            (None, None) => Phrase::default(),
        };
        phrase!(
            "Chỉ tiêu {name}: {bounds}, giai đoạn {from}–{to}.",
            "Target {name}: {bounds}, from {from} to {to}.";
            name, bounds, from, to
        )
    }

    fn basis(&self) -> Option<&str> {
        Some(&self.record.source)
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let faults = match &self.select {
            Ok(select) => select.faults(programme),
            Err(cause) => vec![Fault::of(
                "targets",
                cause.clone(),
                phrase!(
                    "hãy sửa bộ chọn của chỉ tiêu trong bảng targets",
                    "mend the target's selector in table targets"
                ),
            )],
        };
        let place = |fault: Fault| Fault {
            table: "targets".to_owned(),
            ..fault.at(self.position).column("select")
        };
        faults.into_iter().map(place).collect()
    }

    fn claims(&self, programme: &Programme) -> Vec<Claim> {
        let Ok(select) = &self.select else { return Vec::new() };
        let is_whole = (self.from, self.to) == (programme.first_year(), programme.last_year());
        let years = if is_whole { String::new() } else { format!("{}-{}", self.from, self.to) };
        let claim = |side, bound, column| {
            let place = (&Each::default(), years.as_str());
            let claim = Claim::of_count(self.side_label(side), select, self.record.counted, place, bound);
            Claim { column, ..claim }
        };
        let least = self.record.at_least.map(i128::from);
        let least = least.map(|least| claim("at least", Bound::AtLeast(least), "at_least"));
        let most = self.record.at_most.map(i128::from);
        let most = most.map(|most| claim("at most", Bound::AtMost(most), "at_most"));
        least.into_iter().chain(most).collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        let terms = formulation.linear(|decision| self.counted(programme, decision));
        if let Some(least) = self.record.at_least {
            formulation.floor(self.side_label("at least"), Grain::One, terms.clone(), least);
        }
        if let Some(most) = self.record.at_most {
            formulation.at_most(self.side_label("at most"), terms, most);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let reached: i64 = plan.choices().map(|decision| self.counted(programme, decision)).sum();
        let unit = Unit::of(self.record.counted);
        let mut findings = Vec::new();
        if let Some(least) = self.record.at_least {
            let stand = phrase!("{reached}, tối thiểu {least}", "{reached}, at least {least}"; reached, least);
            findings.push(Finding::of(self.side_label("at least"), reached - least, unit, stand));
        }
        if let Some(most) = self.record.at_most {
            let stand = phrase!("{reached}, tối đa {most}", "{reached}, at most {most}"; reached, most);
            findings.push(Finding::of(self.side_label("at most"), most - reached, unit, stand));
        }
        findings
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.record.at_least = self.record.at_least.map(|least| (least - 1).max(0));
        looser.record.at_most = self.record.at_most.map(|most| most + 1);
        Some(Box::new(looser))
    }
}
