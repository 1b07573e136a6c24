//! # Follow-up · Hỗ trợ sau công nhận
//!
//! Of the recognised typical rural industrial products at least a given share is followed by support:
//! a selected project of the product's beneficiary that starts in the year of recognition or within
//! so many years after it. Those products are asked for whose beneficiary has a candidate, selected,
//! that could start in time by its registered years; whether gates let it through is not asked. One
//! project follows every product of its beneficiary whose years it meets. Where no admissible
//! decision follows any of the products asked for, the rule is reported as not applicable. A
//! promised project counts by its promise alone.
//!
//! Tiếng Việt: ít nhất một tỷ lệ nhất định các sản phẩm công nghiệp nông thôn tiêu biểu được công
//! nhận phải được hỗ trợ tiếp: có đề án thuộc bộ chọn của chính đơn vị thụ hưởng ấy, bắt đầu trong
//! năm công nhận hoặc trong số năm quy định sau đó. Chỉ tính sản phẩm mà đơn vị thụ hưởng có đề án
//! đăng ký kịp thời hạn, dù đề án có đủ điều kiện hay không; một đề án tiếp nối mọi sản phẩm của đơn
//! vị mà nó kịp thời hạn. Không có đề án nào tiếp nối được thì báo là không áp dụng.
//!
//! ## Legal basis
//!
//! Directive 20/CT-BCT (2025), task 4: selection of typical rural industrial products, and support
//! after recognition. The share and the years are a choice of the planner.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `select` | which projects follow a recognition, a selector |
//! | `within` | how many years after the recognition they may start at the latest |
//! | `share` | the least part of the products that is followed |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! select,within,share,basis
//! ,1,30%,
//! activity=machinery,3,100%,
//! ```
//!
//! ## Worked example
//!
//! ```recognitions
//! beneficiary,product,year,level,source
//! B1,green tea,2025,province,illustrative
//! B1,black tea,2027,province,illustrative
//! B2,roasted coffee,2025,region,illustrative
//! B3,tea cake,2024,province,illustrative
//! B9,fruit wine,2026,province,illustrative
//! B6,tea label,2026,province,illustrative
//! ```
//!
//! ```commitments
//! project,variant,fund,start,unit
//! tea-brand,full,local,2027,branch
//! ```
//!
//! ```plans
//! kept    tea-line@2026, coffee-roaster@2026 under rule 1
//! broken  tea-line@2026, coffee-roaster@2027 under rule 1
//! kept    tea-line@2027, coffee-roaster@2026 under rule 1
//! broken  coffee-roaster@2026 under rule 1
//! kept    coffee-roaster@2026, tea-brand@2027 under rule 1
//! broken  tea-line@2027, coffee-roaster@2027 under rule 2
//! kept    tea-line@2027, coffee-roaster@2027, tea-dryer@2027 under rule 2
//! broken  tea-line@2026, coffee-roaster@2027, tea-dryer@2027 under rule 2
//! ```
//!
//! Rule 1: the green tea may be followed in 2026, the black tea in 2027 and 2028, the coffee in 2026,
//! the tea label by what is promised in 2027; the tea cake of 2024 came too early for this programme
//! and B9 has no candidate, so four are asked for and 30 % of them are two. Rule 2: the tea line of 2027 follows both teas (2025–2028 and
//! 2027–2030), the one of 2026 only the green tea; the cake may be followed until 2027.
//!
//! ## Formulation
//!
//! ```text
//! followed[r] in {0, 1};  witness: 1 if any decision that follows r is taken
//! for each product r asked for:   followed[r]  -  sum over d that follow r of x[d]  <=  0
//!                                 sum over r of followed[r]                         >=  asked
//! ```
//!
//! asked: share times the number of products asked for, rounded up.

use super::{Family, Finding, Rule, Unit, label};
use crate::formulation::{Formulation, Grain, Sense, Values};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Programme, ProjectId, RecognitionRecord};
use crate::quantities::{Share, Year};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::Selector;

record! {
    /// At least `share` of the recognised products are followed by support in time.
    pub struct FollowUp {
        /// Which projects follow a recognition.
        select: Selector,
        /// How many years after the recognition they may start at the latest.
        within: i64,
        /// The least part of the products that is followed.
        share: Share,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl FollowUp {
    fn part_label(&self, part: &str, product: &str) -> String {
        let within = format!("within {}", self.within);
        label("follow_up", &[&self.select.print(), &within, part, product])
    }

    fn is_in_time(&self, recognition: &RecognitionRecord, start: Year) -> bool {
        let within = usize::try_from(self.within).unwrap_or(usize::MAX);
        start.since(recognition.year).is_some_and(|after| after <= within)
    }

    /// Whether a decision follows a recognition.
    fn follows(&self, programme: &Programme, recognition: &RecognitionRecord, decision: &Decision) -> bool {
        programme.project(decision.project).beneficiary == recognition.beneficiary
            && self.is_in_time(recognition, decision.start)
            && self.select.selects(programme, decision)
    }

    /// The recognitions that some candidate could follow by its registered years, or by its promise.
    fn asked_for<'a>(&self, programme: &'a Programme) -> Vec<&'a RecognitionRecord> {
        let could_follow = |recognition: &&RecognitionRecord| {
            let mut candidates = programme.projects_of(&recognition.beneficiary).iter();
            candidates.any(|&project| {
                registered(programme, project).any(|d| self.follows(programme, recognition, &d))
            })
        };
        programme.recognitions.iter().filter(could_follow).collect()
    }

    /// How many of `products` must be followed.
    fn least(&self, products: usize) -> i64 {
        let products = i64::try_from(products).unwrap_or(i64::MAX);
        let parts = self.share.of(products) + i128::from(Share::WHOLE) - 1;
        super::whole_units(parts)
    }
}

/// Every decision of a project in its registered years, or what is promised of it.
fn registered(programme: &Programme, project: ProjectId) -> impl Iterator<Item = Decision> + '_ {
    let own = programme.project(project);
    let promised = programme.commitments.iter().filter(move |promise| promise.project == project);
    let is_promised = programme.is_promised(project);
    let free = Decision::all_of(programme, project)
        .filter(move |d| !is_promised && (own.first_start..=own.last_start).contains(&d.start));
    promised.map(|&promise| Decision::from(promise)).chain(free)
}

impl Rule for FollowUp {
    fn label(&self) -> String {
        self.part_label("", "")
    }

    fn family(&self) -> Family {
        Family::Balance
    }

    fn sentence(&self) -> Phrase {
        let (share, within, selected) = (self.share, self.within, self.select.phrase());
        phrase!(
            "Ít nhất {share} số sản phẩm công nghiệp nông thôn tiêu biểu được hỗ trợ tiếp, bắt đầu chậm nhất {within} năm sau khi được công nhận (tính {selected}).",
            "At least {share} of the typical rural industrial products are followed by support that starts by the year of recognition + {within} (counting {selected}).";
            share, within, selected
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        self.select.faults(programme)
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        let asked_for = self.asked_for(programme);
        let mut followed = Vec::new();
        let mut can_help = false;
        for recognition in &asked_for {
            let own = programme.projects_of(&recognition.beneficiary);
            let terms = formulation.linear_of(own, |d| -i64::from(self.follows(programme, recognition, d)));
            can_help |= !terms.is_empty();
            let product = format!("{},{},{}", recognition.beneficiary, recognition.product, recognition.year);
            let following = terms.clone();
            let helper = formulation.helper(
                self.part_label("followed", &product),
                Values::Binary,
                move |taken| i64::from(following.iter().any(|&(id, _)| taken.has(id))),
            );
            let row = self.part_label("follows", &product);
            formulation.row(row, terms, vec![(helper, 1)], Sense::AtMost, 0);
            followed.push((helper, 1));
        }
        if can_help {
            let least = self.least(asked_for.len());
            formulation.limit(self.label(), Grain::One, Vec::new(), followed, Sense::AtLeast, least);
        } else {
            formulation.not_applicable(self.label());
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let asked_for = self.asked_for(programme);
        let is_followed = |recognition: &&&RecognitionRecord| {
            plan.choices().any(|d| self.follows(programme, recognition, d))
        };
        let followed = asked_for.iter().filter(is_followed).count();
        let (products, least) = (asked_for.len(), self.least(asked_for.len()));
        let stand = phrase!(
            "{followed} trong {products} sản phẩm được hỗ trợ tiếp, tối thiểu {least}",
            "products followed by support: {followed} of {products}, at least {least}";
            followed, products, least
        );
        let margin = i64::try_from(followed).unwrap_or(i64::MAX) - least;
        vec![Finding::of(self.label(), margin, Unit::Products, stand)]
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.share = Share((self.share.0 - 1000).max(0));
        (self.share.0 > 0).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
