//! # Steadiness · Kinh phí ổn định giữa các năm
//!
//! What is spent on selected projects in a year differs from what was spent in the year before by
//! at most a given share of the latter, up or down. The first year compared is `from`; before it
//! the money may move freely. After a year in which nothing is spent nothing may be spent; with
//! `change=100%` money may fall to nothing, and at most double. Payments count in the year in
//! which they are made. A project without the place or unit that `each` names belongs to no case.
//!
//! Tiếng Việt: kinh phí chi cho các đề án thuộc bộ chọn trong một năm không tăng và không giảm quá
//! một tỷ lệ nhất định so với năm trước đó. Năm đầu tiên được so sánh là `from`. Sau một năm không
//! chi thì không được chi; với `change=100%`, kinh phí có thể giảm hết và tăng nhiều nhất gấp đôi.
//! Tính theo năm chi. Đề án không có địa bàn hoặc đơn vị mà `each` nêu thì không thuộc trường hợp
//! nào.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. The programme is carried out by annual
//! plans; the ministry's southern conference of 2025 found money disbursed slowly, and a steady
//! load is easier to appraise and to disburse.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | what is measured, a selector |
//! | `each` | for each of what besides the years, as `fund` or `unit`; blank: together |
//! | `from` | the first year compared with the one before; blank: the programme's second |
//! | `change` | the largest rise or fall, as a share of the year before, as `30%` |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,each,from,change,basis
//! ,,2028,50%,
//! sector!=none,unit,,50%,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    training@2027, tea-dryer/small@2028 under rule 1
//! broken  training@2027, tea-dryer@2028 under rule 1
//! kept    coffee-roaster@2027, tea-dryer@2028 under rule 1
//! broken  coffee-roaster@2027, tea-dryer/small@2028 under rule 1
//! kept    tea-dryer@2026 under rule 1
//! kept    tea-line@2026, tea-dryer@2028, training@2027 under rule 2
//! broken  tea-line@2026, tea-dryer@2028, coffee-roaster+branch@2027 under rule 2
//! broken  tea-line@2026 under rule 2
//! ```
//!
//! Rule 1 compares 2028 with 2027 alone. From 40 money may rise to 60, the small dryer exactly;
//! from 200 it may fall to 100, the full dryer exactly; nothing follows nothing. Rule 2: the centre
//! spends 150, 150 and 100; the training has no sector. The branch's roaster comes from nothing and
//! goes to nothing. Without the dryer the centre falls from 150 to nothing, more than by half.
//!
//! ## Formulation
//!
//! ```text
//! for each case c and year y from `from` on, with s[c,y] = sum over d of spent[d,c,y] x[d]:
//!   rise:   10000 s[c,y]  -  (10000 + change) s[c,y-1]  <=  0
//!   fall:   (10000 - change) s[c,y-1]  -  10000 s[c,y]  <=  0
//! ```
//!
//! Amounts so large that these products could pass 64 bits are a fault.

use super::{Family, Finding, Rule, Unit, label, too_large, whole_units};
use crate::formulation::{Formulation, Grain, Sense};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::quantities::{Share, Year};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Case, Each, Selector};

record! {
    /// What is spent on `select` changes from year to year by at most `change`.
    pub struct Steadiness {
        /// What is measured.
        select: Selector,
        /// For each of what besides the years; blank: together.
        each: Each,
        /// The first year compared with the one before; blank: the programme's second.
        from: Option<Year>,
        /// The largest rise or fall, as a share of the year before.
        change: Share,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

/// Which way the money moves too far.
#[derive(Debug, Clone, Copy)]
enum Side {
    Rise,
    Fall,
}

impl Side {
    fn word(self) -> &'static str {
        match self {
            Side::Rise => "rise",
            Side::Fall => "fall",
        }
    }
}

impl Steadiness {
    fn case_label(&self, case: &Case, year: Year, side: Side) -> String {
        let parts = [&self.select.print(), &case.name, &year.to_string(), side.word()];
        label("steadiness", &parts)
    }

    /// Each year compared, after the year before it.
    fn pairs<'a>(&self, programme: &'a Programme) -> impl Iterator<Item = (Year, Year)> + 'a {
        let from = self.from;
        let pairs = programme.years.windows(2).map(|pair| (pair[0], pair[1]));
        pairs.filter(move |&(_, year)| from.is_none_or(|from| year >= from))
    }

    /// What the decision spends in a year that belongs to the case, in đồng.
    fn spent(&self, programme: &Programme, case: &Case, decision: &Decision, year: Year) -> i64 {
        if !case.holds(programme, decision) {
            return 0;
        }
        let payments = decision.payments(programme).filter(|p| p.year == year && case.covers(p));
        let selected = payments.filter(|p| self.select.pays(programme, decision, p));
        selected.map(|payment| payment.amount.0).sum()
    }
}

impl Rule for Steadiness {
    fn label(&self) -> String {
        label("steadiness", &[&self.select.print(), &self.each.label()])
    }

    fn family(&self) -> Family {
        Family::Money
    }

    fn sentence(&self) -> Phrase {
        let (change, selected, each) = (self.change, self.select.phrase(), self.each.phrase());
        let each = if self.each.is_whole() { Phrase::default() } else { phrase!(", {each}", ", {each}"; each) };
        let from = match self.from {
            Some(year) => phrase!("từ năm {year}", "from {year} on"),
            None => phrase!("từ năm thứ hai của chương trình", "from the programme's second year on"),
        };
        phrase!(
            "Kinh phí chi cho {selected} mỗi năm tăng hoặc giảm không quá {change} so với năm trước, {from}{each}.",
            "What is spent on {selected} in a year rises or falls by at most {change} of the year before's, {from}{each}.";
            change, selected, from, each
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        faults.extend(self.each.faults_of_anything_but_years("each"));
        let (first, last) = (programme.first_year(), programme.last_year());
        if let Some(from) = self.from.filter(|&from| from <= first || from > last) {
            let cause = phrase!(
                "năm {from} không có năm trước đó trong chương trình ({first}–{last}) để so sánh",
                "{from} has no year before it in the programme ({first}–{last}) to be compared with"
            );
            let remedy = phrase!(
                "hãy ghi một năm sau {first}, không quá {last}, hoặc để trống",
                "write a year after {first}, up to {last}, or leave it blank"
            );
            faults.push(Fault::of("from", cause, remedy).column("from"));
        }
        let supports = programme.projects.iter().flat_map(|own| &own.variants);
        let supports: i128 = supports.map(|variant| i128::from(variant.support().0)).sum();
        faults.extend(too_large("change", supports * i128::from(Share::WHOLE + self.change.0)));
        faults
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            for (before, year) in self.pairs(programme) {
                for side in [Side::Rise, Side::Fall] {
                    let terms = formulation.linear(|d| {
                        let [then, now] = [before, year].map(|y| self.spent(programme, &case, d, y));
                        match side {
                            Side::Rise => Share::WHOLE * now - (Share::WHOLE + self.change.0) * then,
                            Side::Fall => (Share::WHOLE - self.change.0) * then - Share::WHOLE * now,
                        }
                    });
                    let label = self.case_label(&case, year, side);
                    formulation.limit(label, Grain::PartOfDong, terms, Vec::new(), Sense::AtMost, 0);
                }
            }
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for case in self.each.cases(programme) {
            let spent = |year: Year| {
                plan.spent(programme, |d, payment| {
                    payment.year == year
                        && case.covers(payment)
                        && case.holds(programme, d)
                        && self.select.pays(programme, d, payment)
                })
            };
            for (before, year) in self.pairs(programme) {
                let (then, now) = (spent(before), spent(year));
                let moved = i128::from(now.0 - then.0) * i128::from(Share::WHOLE);
                let allowed = self.change.of(then.0);
                let stand = phrase!(
                    "{now} năm {year}, sau {then} năm {before}",
                    "{now} in {year}, after {then} in {before}";
                    now, then
                );
                for (side, margin) in [(Side::Rise, allowed - moved), (Side::Fall, allowed + moved)] {
                    let label = self.case_label(&case, year, side);
                    findings.push(Finding::of(label, whole_units(margin), Unit::Dong, stand.clone()));
                }
            }
        }
        findings
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.change = Share((self.change.0 + 500).min(Share::WHOLE));
        (looser.change > self.change).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
