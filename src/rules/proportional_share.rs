//! # Proportional share · Phân bổ theo tỷ lệ
//!
//! Of what is spent on selected projects, each zone or area receives a part in proportion to its
//! weight: its people, its surface or its number of communes and wards. `at_least` and `at_most`
//! are multiples of the proportional part: with 40 % of the people and `at_least=0.5`, a zone
//! receives at least 20 % of the money. The zones or areas counted are those in which the selector
//! can select a candidate, whatever gates say of it; their weights add up to the whole, and money
//! without a place is in no part of it. The least part of one in which no candidate is admissible
//! is reported as not applicable. If nothing is spent, the rule is kept.
//!
//! The bounds are reckoned in hundredths of a percent, the least rounded down and the largest
//! rounded up, so never tighter than the exact proportion.
//!
//! Tiếng Việt: kinh phí chi cho các đề án thuộc bộ chọn được chia cho các vùng (huyện cũ) hoặc địa
//! bàn theo tỷ lệ số dân, diện tích hoặc số xã, phường; phần của mỗi nơi không thấp hơn và không cao
//! hơn một số lần nhất định so với phần theo tỷ lệ. Chỉ tính những nơi có đề án thuộc bộ chọn; kinh
//! phí không gắn với địa bàn không vào phần của nơi nào. Không chi gì thì coi là đạt.
//!
//! ## Legal basis
//!
//! A choice of the planner: no document asks for it or gives a number. The ministry's southern
//! conference of 2025 found places that register nothing for years; a policy of equal parts also
//! shows what focus costs and brings.
//!
//! ## Table
//!
//! | column | meaning |
//! |---|---|
//! | `by` | what receives a part: `zone` or `area` |
//! | `select` | what is measured, a selector |
//! | `weight` | in proportion to what: `people`, `km2`, or `areas`, the number of communes and wards |
//! | `at_least` | the least part, as a multiple of the proportional one from 0 to 1, as `0.5`; blank: none |
//! | `at_most` | the largest part, as a multiple of 1 or more, as `2`; blank: none |
//! | `basis` | the document that it rests on |
//!
//! ```csv
//! by,select,weight,at_least,at_most,basis
//! zone,,people,0.5,1.5,
//! zone,activity=machinery,areas,0.5,,
//! area,,people,0.3,,
//! ```
//!
//! ## Worked example
//!
//! ```areas
//! area,zone,class,km2,code,people
//! Xã Đồi Chè,Vùng Bắc,difficult,25.5,,3000
//! Xã Cà Phê,Vùng Bắc,ordinary,30,,2000
//! Xã Suối,Vùng Nam,unknown,unknown,,5000
//! ```
//!
//! ```plans
//! kept    tea-line@2026, tea-dryer@2026, training@2027 under rule 1
//! broken  tea-line@2026, coffee-roaster@2026, tea-dryer@2026 under rule 1
//! broken  tea-dryer@2026 under rule 1
//! kept    tea-line@2026, coffee-roaster@2026, tea-dryer@2026 under rule 2
//! broken  tea-line@2026, coffee-roaster@2026, tea-dryer/small@2026 under rule 2
//! broken  tea-line@2026, coffee-roaster@2026, training@2027 under rule 3
//! ```
//!
//! Rule 1: half of the people live in each zone, so each receives 25 % to 75 %. The line and the
//! dryer give the north 300 of 400, 75 % exactly, and the south 25 % exactly; the training has no
//! place. With the roaster the south has 100 of 600. Rule 2: the north has two communes of three, so
//! at least a third, 33.33 %, and the south at least a sixth, 16.66 %: 100 of 600 is a sixth, 60 of
//! 560 is 10.7 %. Rule 3: half of the people live in Xã Suối, so it receives at least 15 %, and
//! without the dryer it has nothing.
//!
//! ## Formulation
//!
//! ```text
//! with S = sum over groups g of s[g],  s[g] = sum over d in g of spent[d] x[d]
//! for each group g:   10000 s[g]  -  least[g] S  >=  0
//!                     10000 s[g]  -  largest[g] S  <=  0
//! least[g]   = at_least w[g] / W in hundredths of a percent, rounded down
//! largest[g] = at_most w[g] / W in hundredths of a percent, rounded up, at most 100 %
//! ```
//!
//! W is the sum of the weights w. Multiplied by people in full, rows would pass 64 bits and lie too
//! far apart for a solver; in hundredths of a percent they are as those of `minimum_share`.

use std::collections::BTreeSet;

use super::{Family, Finding, Rule, Unit, label, whole_units};
use crate::formulation::{Formulation, Grain, Sense};
use crate::phrase;
use crate::phrase::Phrase;
use crate::plan::{Decision, Payment, Plan};
use crate::programme::{Area, AreaId, Programme, ProjectId, ZoneId};
use crate::quantities::{Ratio, Share};
use crate::record;
use crate::record::{Cell, Fault};
use crate::selector::Selector;
use crate::words;

words! {
    /// What receives a part.
    pub enum Place {
        /// Communes and wards.
        Area = "area",
        /// Zones.
        Zone = "zone",
    }
}

words! {
    /// What parts are in proportion to.
    pub enum Weight {
        /// The people who live there.
        People = "people",
        /// The surface.
        Km2 = "km2",
        /// The number of communes and wards.
        Areas = "areas",
    }
}

record! {
    /// Each place receives a part of the money in proportion to its weight.
    pub struct ProportionalShare {
        /// What receives a part.
        by: Place,
        /// What is measured.
        select: Selector,
        /// In proportion to what.
        weight: Weight,
        /// The least part, as a multiple of the proportional one.
        at_least: Option<Ratio>,
        /// The largest part, as a multiple of the proportional one.
        at_most: Option<Ratio>,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

/// One bound on the part of one place.
struct Bound {
    place: usize,
    label: String,
    sense: Sense,
    share: Share,
}

impl Weight {
    /// The weight of an area; `None` where it is unknown.
    fn of(self, area: &Area) -> Option<i64> {
        match self {
            Weight::People => area.people,
            Weight::Km2 => area.km2.get().map(|surface| surface.0),
            Weight::Areas => Some(1),
        }
    }

    fn phrase(self) -> Phrase {
        match self {
            Weight::People => phrase!("số dân", "its people"),
            Weight::Km2 => phrase!("diện tích", "its surface"),
            Weight::Areas => phrase!("số xã, phường", "its number of communes and wards"),
        }
    }
}

impl ProportionalShare {
    /// Where a project lies, by position among the areas or zones.
    fn place_of(&self, programme: &Programme, project: ProjectId) -> Option<usize> {
        let project = programme.project(project);
        match self.by {
            Place::Area => project.area.map(AreaId::index),
            Place::Zone => programme.zone(project).map(ZoneId::index),
        }
    }

    fn name<'a>(&self, programme: &'a Programme, place: usize) -> &'a str {
        match self.by {
            Place::Area => &programme.areas[place].name,
            Place::Zone => &programme.zones[place],
        }
    }

    /// The places in which the selector can select a candidate.
    fn places(&self, programme: &Programme) -> BTreeSet<usize> {
        let selected = |&project: &ProjectId| {
            let mut decisions = Decision::all_of(programme, project);
            decisions.any(|d| d.payments(programme).any(|p| self.select.pays(programme, &d, &p)))
        };
        let projects = programme.ids().filter(selected);
        projects.filter_map(|project| self.place_of(programme, project)).collect()
    }

    fn areas<'a>(&self, programme: &'a Programme, place: usize) -> impl Iterator<Item = &'a Area> + 'a {
        let by = self.by;
        let areas = programme.areas.iter().enumerate();
        let own = areas.filter(move |(position, area)| match by {
            Place::Area => *position == place,
            Place::Zone => area.zone.index() == place,
        });
        own.map(|(_, area)| area)
    }

    /// Each place with its weight, unknown ones as nothing.
    fn weights(&self, programme: &Programme) -> Vec<(usize, i128)> {
        let weight = |place| {
            let known = self.areas(programme, place).filter_map(|area| self.weight.of(area));
            (place, known.map(i128::from).sum())
        };
        self.places(programme).into_iter().map(weight).collect()
    }

    fn bounds(&self, programme: &Programme) -> Vec<Bound> {
        let weights = self.weights(programme);
        let all: i128 = weights.iter().map(|(_, weight)| weight).sum::<i128>().max(1);
        let mut bounds = Vec::new();
        for (place, weight) in weights {
            let mut bound = |side, sense, share: i128| {
                bounds.push(Bound {
                    place,
                    label: self.case_label(side, self.name(programme, place)),
                    sense,
                    share: Share(i64::try_from(share).unwrap_or(Share::WHOLE).min(Share::WHOLE)),
                });
            };
            // A ratio in ten-thousandths of a part is a share in hundredths of a percent.
            let part = |ratio: Ratio| (i128::from(ratio.0) * weight).div_euclid(all);
            let is_rounded = |ratio: Ratio| i128::from(ratio.0) * weight % all > 0;
            if let Some(least) = self.at_least {
                bound("least", Sense::AtLeast, part(least));
            }
            if let Some(most) = self.at_most {
                bound("most", Sense::AtMost, part(most) + i128::from(is_rounded(most)));
            }
        }
        bounds
    }

    fn case_label(&self, side: &str, place: &str) -> String {
        let parts = [self.by.word(), &self.select.print(), self.weight.word(), side, place];
        label("proportional_share", &parts)
    }

    /// What the decision spends on what is measured, in đồng.
    fn spent(&self, programme: &Programme, decision: &Decision) -> i64 {
        let selected = |payment: &Payment| self.select.pays(programme, decision, payment);
        decision.payments(programme).filter(selected).map(|payment| payment.amount.0).sum()
    }

    fn fault(column: &str, cause: Phrase, remedy: Phrase) -> Fault {
        Fault::of("proportional_share", cause, remedy).column(column)
    }

    /// Bounds that no plan that spends anything can keep, or that ask for nothing.
    fn faults_of_bounds(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.at_least.is_none() && self.at_most.is_none() {
            faults.push(Self::fault(
                "at_least",
                phrase!("quy tắc không yêu cầu gì", "the rule asks for nothing"),
                phrase!("hãy ghi at_least hoặc at_most", "write at_least or at_most"),
            ));
        }
        let whole = Ratio(Ratio::ONE);
        if let Some(least) = self.at_least.filter(|&least| least > whole) {
            faults.push(Self::fault(
                "at_least",
                phrase!(
                    "mọi nơi không thể cùng nhận ít nhất {least} lần phần theo tỷ lệ",
                    "not every place can receive at least {least} times its proportional part"; least
                ),
                phrase!("hãy ghi từ 0 đến 1", "write 0 to 1"),
            ));
        }
        if let Some(most) = self.at_most.filter(|&most| most < whole) {
            faults.push(Self::fault(
                "at_most",
                phrase!(
                    "nếu mọi nơi chỉ nhận nhiều nhất {most} lần phần theo tỷ lệ thì không chi hết được",
                    "if every place receives at most {most} times its proportional part, the parts cannot add up"; most
                ),
                phrase!("hãy ghi từ 1 trở lên", "write 1 or more"),
            ));
        }
        faults
    }

    /// Weights that nobody has written down.
    fn faults_of_weights(&self, programme: &Programme) -> Option<Fault> {
        let places = self.places(programme);
        let areas = || places.iter().flat_map(|&place| self.areas(programme, place));
        let column = self.weight.word();
        let unknown: Vec<_> = areas().filter(|area| self.weight.of(area).is_none()).collect();
        let cause = if let Some(first) = unknown.first() {
            let (count, name) = (unknown.len(), &first.name);
            phrase!(
                "cột {column} chưa có số liệu của {count} địa bàn, như {name}",
                "column {column} has areas without a figure: {count}, as {name}"
            )
        } else if !places.is_empty() && areas().all(|area| self.weight.of(area) == Some(0)) {
            phrase!("cột {column} toàn số 0", "column {column} is 0 everywhere")
        } else {
            return None;
        };
        let remedy = phrase!(
            "hãy điền cột {column} của bảng areas, hoặc dùng weight=areas",
            "fill in column {column} of table areas, or use weight=areas"
        );
        Some(Fault::of("areas", cause, remedy).column(column))
    }
}

impl Rule for ProportionalShare {
    fn label(&self) -> String {
        label("proportional_share", &[self.by.word(), &self.select.print(), self.weight.word()])
    }

    fn family(&self) -> Family {
        Family::Balance
    }

    fn sentence(&self) -> Phrase {
        let (weight, selected) = (self.weight.phrase(), self.select.phrase());
        let by = match self.by {
            Place::Area => phrase!("địa bàn", "area"),
            Place::Zone => phrase!("vùng (huyện cũ)", "zone"),
        };
        let bounds = match (self.at_least, self.at_most) {
            (Some(least), Some(most)) => phrase!("từ {least} đến {most}", "{least} to {most}"; least, most),
            (None, Some(most)) => phrase!("nhiều nhất {most}", "at most {most}"; most),
            (least, None) => {
                let least = least.unwrap_or(Ratio(0));
                phrase!("ít nhất {least}", "at least {least}"; least)
            }
        };
        phrase!(
            "Trong kinh phí chi cho {selected}, mỗi {by} nhận {bounds} lần phần tính theo tỷ lệ {weight}.",
            "Of what is spent on {selected}, each {by} receives {bounds} times its part in proportion to {weight}.";
            by, bounds, weight, selected
        )
    }

    fn basis(&self) -> Option<&str> {
        self.basis.as_deref()
    }

    fn faults(&self, programme: &Programme) -> Vec<Fault> {
        let mut faults = self.select.faults(programme);
        faults.extend(self.faults_of_bounds());
        faults.extend(self.faults_of_weights(programme));
        faults
    }

    fn formulate(&self, programme: &Programme, formulation: &mut Formulation) {
        for bound in self.bounds(programme) {
            let is_in = |d: &Decision| self.place_of(programme, d.project) == Some(bound.place);
            let parts = formulation.linear(|d| if is_in(d) { self.spent(programme, d) } else { 0 });
            if parts.is_empty() && bound.sense == Sense::AtLeast {
                formulation.not_applicable(bound.label);
                continue;
            }
            let terms = formulation.linear(|d| {
                let Some(_) = self.place_of(programme, d.project) else { return 0 };
                let part = if is_in(d) { Share::WHOLE } else { 0 };
                (part - bound.share.0) * self.spent(programme, d)
            });
            formulation.limit(bound.label, Grain::PartOfDong, terms, Vec::new(), bound.sense, 0);
        }
    }

    fn check(&self, programme: &Programme, plan: &Plan) -> Vec<Finding> {
        let spent_where = |which: &dyn Fn(usize) -> bool| {
            plan.spent(programme, |d, payment| {
                self.place_of(programme, d.project).is_some_and(which)
                    && self.select.pays(programme, d, payment)
            })
        };
        let whole = spent_where(&|_| true);
        let finding = |bound: Bound| {
            let part = spent_where(&|place| place == bound.place);
            let over = i128::from(part.0) * i128::from(Share::WHOLE) - bound.share.of(whole.0);
            let (reached, share) = (Share::ratio(part.0, whole.0), bound.share);
            let (margin, asked) = match bound.sense {
                Sense::AtLeast => (over, phrase!("tối thiểu {share}", "at least {share}"; share)),
                Sense::AtMost => (-over, phrase!("tối đa {share}", "at most {share}"; share)),
            };
            let stand = phrase!(
                "{part} trên {whole} ({reached}), {asked}",
                "{part} of {whole} ({reached}), {asked}";
                part, whole, reached, asked
            );
            Finding::of(bound.label, whole_units(margin), Unit::Dong, stand)
        };
        self.bounds(programme).into_iter().map(finding).collect()
    }

    fn loosened(&self, _: &Programme) -> Option<Box<dyn Rule>> {
        let notch = Ratio::ONE / 10;
        let mut looser = self.clone();
        looser.at_least = self.at_least.map(|least| Ratio((least.0 - notch).max(0)));
        looser.at_most = self.at_most.map(|most| Ratio(most.0 + notch));
        (looser != *self).then(|| Box::new(looser) as Box<dyn Rule>)
    }
}
