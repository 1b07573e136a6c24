//! # Grant interval · Khoảng cách giữa các lần hỗ trợ
//!
//! A beneficiary receives at most a given number of supports that start within any so many
//! consecutive years. Supports of table `earlier_grants` count, whatever they were for; of the
//! programme those count that `select` selects, promised ones included. A promise that stands in
//! table `commitments` does not stand in `earlier_grants` as well.
//!
//! What was given or promised is never taken back: where earlier grants and promises alone pass
//! the number, the years in question admit nothing more, and the rule counts as kept.
//!
//! Tiếng Việt: trong một số năm liên tiếp, mỗi đơn vị thụ hưởng được hỗ trợ không quá số lần nhất
//! định, tính cả những lần đã hỗ trợ trước đây. Trong chương trình chỉ tính đề án thuộc bộ chọn, kể
//! cả đề án đã cam kết. Không thu lại những gì đã hỗ trợ hoặc đã cam kết: nếu riêng những lần ấy đã
//! vượt thì các năm liên quan không được thêm lần nào, và quy tắc coi là đạt.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number of years. “The right subjects, no spreading
//! thin”: conference of the southern provinces, 2025.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects count, a selector |
//! | `years` | how many consecutive years are looked at together |
//! | `most` | the largest number of supports that start in them; blank: 1 |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,years,most,basis
//! ,3,,
//! ```
//!
//! ## Worked example
//!
//! ```earlier_grants
//! beneficiary,year,activity,support
//! B2,2024,machinery,100
//! B3,2025,trademark,unknown
//! B4,2024,training,30
//! B4,2025,training,30
//! B1,2030,machinery,100
//! ```
//!
//! ```plans
//! kept    coffee-roaster@2027, tea-dryer@2028, tea-line@2026
//! broken  coffee-roaster@2026
//! broken  tea-dryer/small@2027
//! broken  training@2027
//! kept    training@2028
//! broken  tea-line@2028
//! ```
//!
//! B2 makes the roaster: its support of 2024 and one of 2026 lie within 2024–2026, one of 2027 does
//! not. B3 was supported in 2025, so 2026 and 2027 are too early for the dryer. B4 had two supports
//! within 2023–2025 already; it waits until 2028 all the same, and no longer. A support of
//! 2030 that B1 has from elsewhere lies within 2028–2030: the tea line starts by 2027.
//!
//! ## Formulation
//!
//! ```text
//! for each beneficiary b and years w:
//!   sum over d selected of b, starting in w, of x[d]  <=  max(most - earlier[b,w], promised[b,w])
//! ```
//!
//! earlier: supports of b in w by table `earlier_grants`; promised: selected promises of b that
//! start in w. Rows stand only where b has more projects than the right side.

use std::collections::BTreeMap;

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::Formulation;
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::quantities::Year;
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::Selector;

/// The most years that can be looked at together.
const LONGEST: i64 = 50;

record! {
    /// At most `most` supports of a beneficiary start within any `years` years.
    pub struct GrantInterval {
        /// Which projects count.
        select: Selector,
        /// How many consecutive years are looked at together.
        years: i64,
        /// The largest number of supports that start in them; blank: 1.
        most: Option<i64>,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

/// Consecutive years in which a beneficiary could receive too much.
struct Window<'a> {
    beneficiary: &'a str,
    first: Year,
    last: Year,
    /// Supports of table `earlier_grants` in them.
    earlier: i64,
    /// How many more may start in them.
    allowed: i64,
}

impl Window<'_> {
    fn holds(&self, year: Year) -> bool {
        self.first <= year && year <= self.last
    }
}

impl GrantInterval {
    fn most(&self) -> i64 {
        self.most.unwrap_or(1)
    }

    fn window_label(&self, window: &Window<'_>) -> String {
        let years = format!("{}-{}", window.first, window.last);
        label("grant_interval", &[&self.select.print(), &self.span(), window.beneficiary, &years])
    }

    fn span(&self) -> String {
        format!("{} years", self.years)
    }

    /// Every window that holds a year of the programme and could be overfilled.
    fn windows<'a>(&self, programme: &'a Programme) -> Vec<Window<'a>> {
        let mut grants: BTreeMap<&str, Vec<Year>> = BTreeMap::new();
        for project in &programme.projects {
            grants.entry(&project.beneficiary).or_default();
        }
        for earlier in &programme.earlier_grants {
            if let Some(years) = grants.get_mut(earlier.beneficiary.as_str()) {
                years.push(earlier.year);
            }
        }
        let span = u16::try_from(self.years).unwrap_or(1).max(1) - 1;
        let (first, last) = (programme.first_year(), programme.last_year());
        let mut windows = Vec::new();
        for (beneficiary, grants) in grants {
            let count = i64::try_from(programme.projects_of(beneficiary).len()).unwrap_or(i64::MAX);
            // A window that ends after the programme holds no more starts than the last one that
            // does not, but perhaps more grants.
            for end in first.0..=last.0.saturating_add(span) {
                let window = self.window(programme, beneficiary, &grants, (Year(end - span), Year(end)));
                let adds = end <= last.0 || grants.iter().any(|&year| year > last && window.holds(year));
                if adds && count > window.allowed {
                    windows.push(window);
                }
            }
        }
        windows
    }

    fn window<'a>(
        &self,
        programme: &Programme,
        beneficiary: &'a str,
        grants: &[Year],
        (first, last): (Year, Year),
    ) -> Window<'a> {
        let mut window = Window {
            beneficiary,
            first,
            last,
            earlier: 0,
            allowed: 0,
        };
        let earlier = grants.iter().filter(|&&year| window.holds(year));
        window.earlier = i64::try_from(earlier.count()).unwrap_or(i64::MAX);
        let own = programme.projects_of(beneficiary);
        let promised = programme.commitments.iter().filter(|promise| own.contains(&promise.project));
        let promised = promised.map(|&promise| Decision::from(promise));
        let promised = promised.filter(|decision| self.counts(programme, &window, decision));
        let promised = i64::try_from(promised.count()).unwrap_or(i64::MAX);
        window.allowed = (self.most() - window.earlier).max(promised);
        window
    }

    fn counts(&self, programme: &Programme, window: &Window<'_>, decision: &Decision) -> bool {
        window.holds(decision.start)
            && programme.project(decision.project).beneficiary == window.beneficiary
            && self.select.selects(programme, decision)
    }
}

impl Rule for GrantInterval {
    fn label(&self) -> String {
        label("grant_interval", &[&self.select.print(), &self.span()])
    }

    fn family(&self) -> Family {
        Family::Balance
    }

    fn sentence(&self) -> Phrase {
        let (most, years, selected) = (self.most(), self.years, self.select.phrase());
        phrase!(
            "Trong {years} năm liên tiếp, mỗi đơn vị thụ hưởng được hỗ trợ nhiều nhất {most} lần (tính {selected} và những lần đã hỗ trợ trước đây).",
            "Within any {years}-year period the number of supports to one beneficiary is at most {most} (counting {selected} and earlier grants).";
            most, years, selected
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        if !(1..=LONGEST).contains(&self.years) {
            let years = self.years;
            faults.push(
                Fault::of(
                    "grant_interval",
                    phrase!(
                        "không thể xét {years} năm liên tiếp",
                        "a period of {years} years cannot be looked at"
                    ),
                    phrase!("hãy viết một số từ 1 đến {LONGEST}", "write a number from 1 to {LONGEST}"),
                )
                .column("years"),
            );
        }
        faults
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for window in self.windows(programme) {
            let own = programme.projects_of(window.beneficiary);
            let terms = formulation.linear_of(own, |d| i64::from(self.counts(programme, &window, d)));
            formulation.at_most(self.window_label(&window), terms, window.allowed);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let finding = |window: Window<'_>| {
            let started = plan.count(|d| self.counts(programme, &window, d));
            let (earlier, allowed, most) = (window.earlier, window.allowed, self.most());
            let stand = phrase!(
                "{earlier} lần trước đây, {started} lần trong chương trình (còn được {allowed}, mức tối đa {most})",
                "supports: {earlier} earlier, {started} in the programme ({allowed} still allowed, at most {most} in all)";
                earlier, started, allowed, most
            );
            Finding::of(self.window_label(&window), allowed - started, Unit::Projects, stand)
        };
        self.windows(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.most = Some(self.most() + 1);
        Some(Box::new(looser))
    }
}
