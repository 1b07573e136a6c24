//! # Focal points · Trọng điểm
//!
//! Support is drawn together in focal points: groups of places, sectors or cells (an area in a
//! sector). At most so many are opened, and each one opened receives a critical mass of money or of
//! projects. A focal point is opened by any funded selected project in it, committed ones included:
//! over the whole programme, or in each year in which one is open (`each=year`); critical mass is
//! then that year's money, a percentage that year's ceilings, and a count that of projects open in
//! it. Projects that `select` leaves out, and those without a place or sector, open nothing.
//!
//! Tiếng Việt: kinh phí được tập trung vào một số trọng điểm (nhóm theo địa bàn, vùng, ngành nghề…):
//! chỉ mở một số lượng nhất định, và mỗi trọng điểm được mở phải đủ kinh phí hoặc số đề án tối thiểu
//! để không dàn trải. Trọng điểm được mở khi có đề án thuộc bộ chọn được hỗ trợ ở đó, kể cả đề án đã
//! cam kết, tính cho cả chương trình hoặc, với `each=year`, cho từng năm có đề án đang triển khai. Đề
//! án ngoài bộ chọn hoặc không có địa bàn, ngành nghề thì không mở trọng điểm nào.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. “Có trọng tâm, trọng điểm, tránh dàn
//! trải”: conference of the southern provinces, 2025; Directive 20/CT-BCT (2025), task 3.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `by` | what a focal point is: `area`, `zone`, `sector`, `cell`, `unit`, or several joined by `&` |
//! | `select` | which projects open focal points, a selector |
//! | `each` | `year`, `area`, `zone`, `sector` or `unit`, joined by `&`; blank: once for the whole programme. `by=sector` with `each=zone` bounds the spread inside each zone |
//! | `most` | the largest number opened; blank: any |
//! | `critical` | least money in each opened one, in million đồng or as a percentage of the ceilings; blank: none |
//! | `critical_count` | fewest projects in each opened one; blank: none |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! by,select,each,most,critical,critical_count,basis
//! zone,,,1,200,,
//! sector,,,,,2,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, coffee-roaster@2026, training@2026 under rule 1
//! broken  tea-line@2026, tea-dryer@2026 under rule 1
//! kept    coffee-roaster@2026 under rule 1
//! broken  tea-dryer@2026 under rule 1
//! kept    tea-line@2026, tea-dryer@2026 under rule 2
//! broken  tea-line@2026, coffee-roaster@2026, tea-dryer@2026 under rule 2
//! ```
//!
//! The line and the roaster lie in the north, the dryer in the south, the training nowhere. Rule
//! 1: the second plan opens two zones; the roaster brings 200 to the north exactly; the dryer
//! 100 to the south. Rule 2: coffee has one project only.
//!
//! ## Formulation
//!
//! ```text
//! open[g] in {0, 1};  witness: 1 if any decision of g is taken
//! for each project p of g:   sum over d of p in g of x[d]  -  open[g]            <=  0
//!                            sum over g of open[g]                               <=  most
//! for each g:                sum over d in g of spent[d] x[d]  -  critical open[g]  >=  0
//! for each g:                sum over d in g of x[d]  -  critical_count open[g]  >=  0
//! ```

use std::collections::BTreeMap;

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::{DecisionId, Formulation, Grain, HelperId, Linear, Sense, Values};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::quantities::{Money, Size};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Case, Each, Selector};

record! {
    /// At most `most` groups are opened, each with a critical mass.
    pub struct FocalPoints {
        /// What a focal point is.
        by: Each,
        /// Which projects open focal points.
        select: Selector,
        /// Each year, or the whole programme.
        each: Each,
        /// The largest number opened.
        most: Option<i64>,
        /// Least money in each opened one.
        critical: Option<Size>,
        /// Fewest projects in each opened one.
        critical_count: Option<i64>,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

type Group = Vec<u32>;

impl FocalPoints {
    fn part_label(&self, case: &str, part: &str, group: &str) -> String {
        label("focal_points", &[&self.by.print(), &self.select.print(), case, part, group])
    }

    /// The group that a decision opens in a case, if any.
    fn opens(&self, programme: &Programme, case: &Case, decision: &Decision) -> Option<Group> {
        let project = programme.project(decision.project);
        let active = case.holds(programme, decision)
            && case.year.is_none_or(|year| project.is_open(decision.start, year));
        let selected = active && self.select.selects(programme, decision);
        selected.then(|| self.by.group_of(programme, decision)).flatten()
    }

    fn critical_mass(&self, programme: &Programme, case: &Case) -> Option<Money> {
        let critical = self.critical?;
        Some(Money(critical.of(self.select.ceilings(programme, case))))
    }

    fn formulate_case(&self, programme: &Programme, case: &Case, formulation: &mut Formulation) {
        let mut members: BTreeMap<Group, Linear> = BTreeMap::new();
        for (id, decision) in formulation.decisions() {
            if let Some(group) = self.opens(programme, case, decision) {
                let spent = self.select.spent(programme, case, decision);
                members.entry(group).or_default().push((id, spent));
            }
        }
        let mut all_open = Vec::new();
        for (group, spending) in members {
            let name = self.by.group_name(programme, &group);
            let ids: Vec<DecisionId> = spending.iter().map(|&(id, _)| id).collect();
            let opened = ids.clone();
            let open = formulation.helper(
                self.part_label(&case.name, "open", &name),
                Values::Binary,
                move |taken| i64::from(opened.iter().any(|&id| taken.has(id))),
            );
            all_open.push((open, 1));
            self.formulate_opening(programme, case, &name, &ids, open, formulation);
            let at_least = |count: i64| vec![(open, -count)];
            if let Some(critical) = self.critical_mass(programme, case) {
                let row = self.part_label(&case.name, "critical", &name);
                formulation.limit(row, Grain::Dong, spending, at_least(critical.0), Sense::AtLeast, 0);
            }
            if let Some(count) = self.critical_count {
                let row = self.part_label(&case.name, "critical count", &name);
                let ones = ids.iter().map(|&id| (id, 1)).collect();
                formulation.limit(row, Grain::One, ones, at_least(count), Sense::AtLeast, 0);
            }
        }
        if let Some(most) = self.most {
            let row = self.part_label(&case.name, "most", "");
            formulation.limit(row, Grain::One, Vec::new(), all_open, Sense::AtMost, most);
        }
    }

    /// A row a project: one decision at most is taken, so their sum opens the group at once.
    fn formulate_opening(
        &self,
        programme: &Programme,
        case: &Case,
        name: &str,
        ids: &[DecisionId],
        open: HelperId,
        formulation: &mut Formulation,
    ) {
        let mut projects: BTreeMap<_, Linear> = BTreeMap::new();
        for &id in ids {
            let project = formulation.decision(id).project;
            projects.entry(project).or_default().push((id, 1));
        }
        for (project, terms) in projects {
            let code = &programme.project(project).code;
            let row = self.part_label(&case.name, "opens", &format!("{name},{code}"));
            formulation.row(row, terms, vec![(open, -1)], Sense::AtMost, 0);
        }
    }

    fn check_case(&self, programme: &Programme, case: &Case, plan: &Plan) -> Vec<Finding> {
        let mut opened: BTreeMap<Group, (Money, i64)> = BTreeMap::new();
        for decision in plan.choices() {
            if let Some(group) = self.opens(programme, case, decision) {
                let (money, count) = opened.entry(group).or_default();
                *count += 1;
                let payments = decision.payments(programme);
                let payments = payments.filter(|p| case.covers(p) && self.select.pays(programme, decision, p));
                *money += payments.map(|payment| payment.amount).sum();
            }
        }
        let mut findings = Vec::new();
        if let Some(most) = self.most {
            let points = opened.len();
            let stand = phrase!("{points} trọng điểm được mở, tối đa {most}", "{points} opened, at most {most}"; points, most);
            let margin = most - i64::try_from(points).unwrap_or(i64::MAX);
            let name = self.part_label(&case.name, "most", "");
            findings.push(Finding::of(name, margin, Unit::Points, stand));
        }
        for (group, (money, count)) in opened {
            let name = self.by.group_name(programme, &group);
            if let Some(least) = self.critical_mass(programme, case) {
                let margin = money - least;
                let stand = phrase!("{money}, tối thiểu {least}", "{money}, at least {least}"; money, least);
                let label = self.part_label(&case.name, "critical", &name);
                findings.push(Finding::of(label, margin.0, Unit::Dong, stand));
            }
            if let Some(least) = self.critical_count {
                let stand = phrase!("{count} đề án, tối thiểu {least}", "projects: {count}, at least {least}"; count, least);
                let label = self.part_label(&case.name, "critical count", &name);
                findings.push(Finding::of(label, count - least, Unit::Projects, stand));
            }
        }
        findings
    }
}

impl Rule for FocalPoints {
    fn label(&self) -> String {
        self.part_label(&self.each.label(), "", "")
    }

    fn family(&self) -> Family {
        Family::Focus
    }

    fn sentence(&self) -> Phrase {
        let (by, each, selected) = (self.by.phrase(), self.each.phrase(), self.select.phrase());
        let mut asks = Vec::new();
        if let Some(most) = self.most {
            asks.push(phrase!("mở nhiều nhất {most} trọng điểm", "the number opened is at most {most}"; most));
        }
        if let Some(critical) = self.critical {
            asks.push(phrase!(
                "mỗi trọng điểm được mở nhận ít nhất {critical}",
                "each one opened receives at least {critical}";
                critical
            ));
        }
        if let Some(count) = self.critical_count {
            asks.push(phrase!(
                "mỗi trọng điểm được mở có ít nhất {count} đề án",
                "the number of projects in each one opened is at least {count}";
                count
            ));
        }
        let join = |texts: Vec<String>| texts.join("; ");
        let vi = join(asks.iter().map(|ask| ask.vi.clone()).collect());
        let en = join(asks.iter().map(|ask| ask.en.clone()).collect());
        phrase!(
            "Trọng điểm (xét {by}; tính {selected}), {each}: {vi}.",
            "Focal points (one {by}; counting {selected}), {each}: {en}.";
            by, each, selected
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        faults.extend(self.by.faults_of_grouping("by"));
        faults.extend(self.each.faults_of_period_or_place("each"));
        if self.most.is_none() && self.critical.is_none() && self.critical_count.is_none() {
            faults.push(Fault::of(
                "focal_points",
                phrase!("quy tắc không yêu cầu gì", "the rule asks for nothing"),
                phrase!(
                    "hãy ghi most, critical hoặc critical_count",
                    "write most, critical or critical_count"
                ),
            ));
        }
        faults
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            self.formulate_case(programme, &case, formulation);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let cases = self.each.cases(programme);
        cases.iter().flat_map(|case| self.check_case(programme, case, plan)).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.most = self.most.map(|most| most + 1);
        looser.critical = self.critical.map(|critical| critical.changed(false));
        looser.critical_count = self.critical_count.map(|count| (count - 1).max(0));
        (looser != *self).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
