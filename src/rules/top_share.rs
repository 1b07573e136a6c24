//! # Top share · Tỷ trọng nhóm lớn nhất
//!
//! The largest few groups of places, sectors or cells (an area in a sector) together receive at
//! least, or at most, a given share of what is spent on the selected projects; with `each=year` the
//! largest are those of each year. Selected projects without a place or sector count in what is spent
//! but in no group. A least share that no admissible candidate can serve is reported as not
//! applicable.
//!
//! Tiếng Việt: một số nhóm lớn nhất (địa bàn, vùng, ngành nghề…) cộng lại nhận ít nhất, hoặc nhiều
//! nhất, một tỷ lệ nhất định của kinh phí chi cho các đề án thuộc bộ chọn. Với `each=year`, nhóm lớn
//! nhất được xét riêng từng năm. Đề án không có địa bàn hoặc ngành nghề được tính vào kinh phí chi
//! nhưng không thuộc nhóm nào. Tỷ lệ tối thiểu mà không đề án đủ điều kiện nào đáp ứng được thì báo
//! là không áp dụng.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document gives a number. “Có trọng tâm, trọng điểm”: Directive
//! 20/CT-BCT (2025), task 3.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `by` | the groups: `area`, `zone`, `sector`, `cell`, `unit`, or several joined by `&` |
//! | `select` | whose money is looked at, a selector |
//! | `each` | `year`, or blank for the whole programme |
//! | `largest` | how many of the largest groups |
//! | `at_least` | their least share; blank: none |
//! | `at_most` | their largest share; blank: none |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! by,select,each,largest,at_least,at_most,basis
//! zone,,,1,75%,,
//! sector,,,1,,75%,
//! ```
//!
//! ## Worked example
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2026 under rule 1
//! broken  tea-line@2026, tea-dryer@2026, training@2026 under rule 1
//! broken  coffee-roaster@2026, tea-dryer@2026 under rule 1
//! kept    tea-line@2026, tea-dryer/small@2026, coffee-roaster@2026 under rule 2
//! broken  tea-line@2026, tea-dryer@2026 under rule 2
//! ```
//!
//! Rule 1: the north has 300 of 400, which is 75 % exactly; with the training 300 of 440; 200 of
//! 300. Rule 2: tea has 360 of 560, 64.3 %; then everything.
//!
//! ## Formulation
//!
//! ```text
//! at least:  t[g] in {0, 1},  m[g] >= 0;   k := min(largest, number of groups)
//!   sum over g of t[g]  <=  k;   m[g]  <=  spent[g];   m[g]  <=  most[g] t[g]
//!   10000 sum over g of m[g]  -  share sum over d of spent[d] x[d]  >=  0
//!   witness: t = the k largest, ties in table order; m = spent where t
//! at most:   l >= 0,  e[g] >= 0
//!   e[g]  >=  spent[g] - l
//!   10000 (k l + sum over g of e[g])  -  share sum over d of spent[d] x[d]  <=  0
//!   witness: l = the k-th largest; e = what passes it
//! ```
//!
//! `most[g]`: the most that the projects of g could spend, each in its dearest decision. The sum of
//! the k largest as a linear programme: Ogryczak and Tamir, Information Processing Letters 85
//! (2003).

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Family, Finding, Rule, Unit, label, whole_units};
use crate::formulation::{Formulation, Grain, HelperId, Linear, Sense, Taken, Values};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::programme::Programme;
use crate::quantities::{Money, Share};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::{Bound, Case, Claim, Each, Selector};

record! {
    /// The `largest` groups receive at least or at most a share.
    pub struct TopShare {
        /// The groups.
        by: Each,
        /// Whose money is looked at.
        select: Selector,
        /// Each year, or the whole programme.
        each: Each,
        /// How many of the largest groups.
        largest: i64,
        /// Their least share.
        at_least: Option<Share>,
        /// Their largest share.
        at_most: Option<Share>,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

/// The groups of a case, in table order, and what decisions spend in them.
struct Groups {
    names: Vec<String>,
    spending: Arc<Spending>,
    all: Linear,
}

/// What decisions spend in each group.
struct Spending {
    groups: Vec<Linear>,
    /// How many of the largest are looked at.
    largest: usize,
    /// The standings that were asked for last: every helper of a rule asks for the same one.
    lately: Mutex<VecDeque<(Vec<bool>, Arc<Standing>)>>,
}

/// What a plan spends in each group, and the positions of the largest, ties in order.
struct Standing {
    spent: Vec<i64>,
    largest: Vec<usize>,
}

/// How many standings are kept: searches side by side ask for different plans.
const KEPT: usize = 4;

impl Spending {
    fn standing(&self, taken: &Taken<'_>) -> Arc<Standing> {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = lately.iter().find(|(own, _)| own == taken.0) {
            return Arc::clone(known);
        }
        let spent: Vec<i64> = self.groups.iter().map(|linear| taken.value(linear)).collect();
        let mut largest: Vec<usize> = (0..spent.len()).collect();
        largest.sort_by_key(|&position| std::cmp::Reverse(spent[position]));
        largest.truncate(self.largest);
        let standing = Arc::new(Standing { spent, largest });
        lately.truncate(KEPT - 1);
        lately.push_front((taken.0.to_vec(), Arc::clone(&standing)));
        standing
    }
}

impl Standing {
    /// What the last of the largest spends.
    fn threshold(&self) -> i64 {
        self.largest.last().map_or(0, |&position| self.spent[position])
    }
}

impl TopShare {
    fn part_label(&self, case: &str, part: &str, group: &str) -> String {
        let largest = format!("{} largest", self.largest);
        let parts = [&self.by.print(), &self.select.print(), &largest, case, part, group];
        label("top_share", &parts)
    }

    fn groups(&self, programme: &Programme, case: &Case, formulation: &Formulation) -> Groups {
        let mut members: BTreeMap<Vec<u32>, Linear> = BTreeMap::new();
        let mut all = Linear::new();
        for (id, decision) in formulation.decisions() {
            let spent = self.select.spent(programme, case, decision);
            if spent == 0 {
                continue;
            }
            all.push((id, spent));
            if let Some(group) = self.by.group_of(programme, decision) {
                members.entry(group).or_default().push((id, spent));
            }
        }
        let largest = usize::try_from(self.largest).unwrap_or(usize::MAX);
        Groups {
            names: members.keys().map(|group| self.by.group_name(programme, group)).collect(),
            spending: Arc::new(Spending {
                largest: largest.min(members.len()),
                groups: members.into_values().collect(),
                lately: Mutex::default(),
            }),
            all,
        }
    }

    fn formulate_least(&self, share: Share, case: &str, groups: &Groups, formulation: &mut Formulation) {
        let count = groups.spending.largest;
        let name = |part, group| self.part_label(case, part, group);
        let mut tops: Vec<(HelperId, i64)> = Vec::new();
        let mut parts: Vec<(HelperId, i64)> = Vec::new();
        for (position, group) in groups.names.iter().enumerate() {
            let spending = Arc::clone(&groups.spending);
            let top = formulation.helper(name("top", group), Values::Binary, move |taken| {
                i64::from(spending.standing(taken).largest.contains(&position))
            });
            let spending = Arc::clone(&groups.spending);
            let part = formulation.helper(name("part", group), Values::Amount, move |taken| {
                let standing = spending.standing(taken);
                let is_top = standing.largest.contains(&position);
                if is_top { standing.spent[position] } else { 0 }
            });
            let negated = |linear: &Linear| linear.iter().map(|&(id, c)| (id, -c)).collect();
            let own = &groups.spending.groups[position];
            let row = name("part of spent", group);
            formulation.row(row, negated(own), vec![(part, 1)], Sense::AtMost, 0);
            let most = dearest(own, formulation);
            let row = name("part of top", group);
            formulation.row(row, Vec::new(), vec![(part, 1), (top, -most)], Sense::AtMost, 0);
            tops.push((top, 1));
            parts.push((part, Share::WHOLE));
        }
        let bound = i64::try_from(count).unwrap_or(i64::MAX);
        formulation.row(name("tops", ""), Vec::new(), tops, Sense::AtMost, bound);
        let spent = groups.all.iter().map(|&(id, c)| (id, -share.0 * c)).collect();
        formulation.limit(name("at least", ""), Grain::PartOfDong, spent, parts, Sense::AtLeast, 0);
    }

    fn formulate_most(&self, share: Share, case: &str, groups: &Groups, formulation: &mut Formulation) {
        let count = groups.spending.largest;
        let name = |part, group| self.part_label(case, part, group);
        let spending = Arc::clone(&groups.spending);
        let level = formulation.helper(name("level", ""), Values::Amount, move |taken| {
            spending.standing(taken).threshold()
        });
        let bound = i64::try_from(count).unwrap_or(i64::MAX);
        let mut parts = vec![(level, bound * Share::WHOLE)];
        for (position, group) in groups.names.iter().enumerate() {
            let spending = Arc::clone(&groups.spending);
            let excess = formulation.helper(name("excess", group), Values::Amount, move |taken| {
                let standing = spending.standing(taken);
                (standing.spent[position] - standing.threshold()).max(0)
            });
            let own = groups.spending.groups[position].clone();
            let helpers = vec![(level, -1), (excess, -1)];
            formulation.row(name("excess of spent", group), own, helpers, Sense::AtMost, 0);
            parts.push((excess, Share::WHOLE));
        }
        let spent = groups.all.iter().map(|&(id, c)| (id, -share.0 * c)).collect();
        formulation.limit(name("at most", ""), Grain::PartOfDong, spent, parts, Sense::AtMost, 0);
    }

    fn check_case(&self, programme: &Programme, case: &Case, plan: &Plan) -> Vec<Finding> {
        let mut groups: BTreeMap<Vec<u32>, i64> = BTreeMap::new();
        let mut whole = 0;
        for decision in plan.choices() {
            let payments = decision.payments(programme);
            let payments = payments.filter(|p| case.covers(p) && self.select.pays(programme, decision, p));
            let spent: i64 = payments.map(|payment| payment.amount.0).sum();
            if spent == 0 {
                continue;
            }
            whole += spent;
            if let Some(group) = self.by.group_of(programme, decision) {
                *groups.entry(group).or_default() += spent;
            }
        }
        let mut sizes: Vec<i64> = groups.into_values().collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let largest = usize::try_from(self.largest).unwrap_or(usize::MAX);
        let top: i64 = sizes.iter().take(largest).sum();
        let reached = Share::ratio(top, whole);
        let exact = i128::from(top) * i128::from(Share::WHOLE);
        let (top, all) = (Money(top), Money(whole));
        let stand = phrase!("{top} trên {all} ({reached})", "{top} of {all} ({reached})"; top, all, reached);
        let finding = |side, margin| {
            let label = self.part_label(&case.name, side, "");
            Finding::of(label, whole_units(margin), Unit::Dong, stand.clone())
        };
        let least = self.at_least.map(|share| finding("at least", exact - share.of(whole)));
        let most = self.at_most.map(|share| finding("at most", share.of(whole) - exact));
        least.into_iter().chain(most).collect()
    }
}

/// The most that a group could spend: each project in its dearest decision.
fn dearest(spending: &Linear, formulation: &Formulation) -> i64 {
    let mut most: BTreeMap<_, i64> = BTreeMap::new();
    for &(id, spent) in spending {
        let best = most.entry(formulation.decision(id).project).or_default();
        *best = spent.max(*best);
    }
    most.into_values().sum()
}

impl Rule for TopShare {
    fn label(&self) -> String {
        self.part_label(&self.each.label(), "", "")
    }

    fn family(&self) -> Family {
        Family::Focus
    }

    fn sentence(&self) -> Phrase {
        let (largest, by) = (self.largest, self.by.phrase());
        let (selected, each) = (self.select.phrase(), self.each.phrase());
        let bounds = match (self.at_least, self.at_most) {
            (Some(least), Some(most)) => phrase!("từ {least} đến {most}", "between {least} and {most}"; least, most),
            (Some(least), None) => phrase!("ít nhất {least}", "at least {least}"; least),
            (None, Some(most)) => phrase!("nhiều nhất {most}", "at most {most}"; most),
            (None, None) => Phrase::default(),
        };
        phrase!(
            "{largest} nhóm lớn nhất (xét {by}) nhận {bounds} kinh phí chi cho {selected}, {each}.",
            "The largest groups (one {by}; the first {largest} taken together) receive {bounds} of what is spent on {selected}, {each}.";
            largest, by, bounds, selected, each
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        faults.extend(self.by.faults_of_grouping("by"));
        faults.extend(self.each.faults_of_period("each"));
        if self.largest == 0 || (self.at_least.is_none() && self.at_most.is_none()) {
            faults.push(Fault::of(
                "top_share",
                phrase!("quy tắc không yêu cầu gì", "the rule asks for nothing"),
                phrase!(
                    "hãy ghi largest từ 1 trở lên, và at_least hoặc at_most",
                    "write 1 or more as largest, and at_least or at_most"
                ),
            ));
        }
        faults
    }

    fn claims(&self, _: &Programme) -> Vec<Claim> {
        let claim = |side, share: Share, bound, column| {
            let said = phrase!("{share}", "{share}"; share);
            Claim::new(self.part_label(&self.each.label(), side, ""), self.label(), bound, said, column)
        };
        let value = |share: Share| i128::from(share.0);
        let least = self.at_least.map(|share| claim("at least", share, Bound::AtLeast(value(share)), "at_least"));
        let most = self.at_most.map(|share| claim("at most", share, Bound::AtMost(value(share)), "at_most"));
        least.into_iter().chain(most).collect()
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for case in self.each.cases(programme) {
            let groups = self.groups(programme, &case, formulation);
            if let Some(share) = self.at_least {
                if groups.names.is_empty() {
                    formulation.not_applicable(self.part_label(&case.name, "at least", ""));
                } else {
                    self.formulate_least(share, &case.name, &groups, formulation);
                }
            }
            if let Some(share) = self.at_most {
                self.formulate_most(share, &case.name, &groups, formulation);
            }
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let cases = self.each.cases(programme);
        cases.iter().flat_map(|case| self.check_case(programme, case, plan)).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let mut looser = self.clone();
        looser.at_least = self.at_least.map(|share| Share((share.0 - 100).max(0)));
        looser.at_most = self.at_most.map(|share| Share((share.0 + 100).min(Share::WHOLE)));
        (looser != *self).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
