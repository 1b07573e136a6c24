//! # Tiers · Thứ tự ưu tiên nhiều bậc
//!
//! The order in which a plan is drawn up: each tier is served as far as it can be before the next
//! is asked, and the benefit of all projects comes last. Lexicographic, not a weighted sum.
//!
//! Tiếng Việt: Kế hoạch được lập theo từng bậc: bậc trước được đáp ứng tối đa rồi mới xét đến bậc
//! sau; tổng lợi ích của mọi đề án luôn được xét cuối cùng. Đây là thứ tự ưu tiên, không phải tổng có
//! trọng số. Cột `measure` là đại lượng được làm cao nhất trong các đề án thuộc bộ chọn (kinh phí hỗ
//! trợ, số đề án, lợi ích, hoặc điểm một tiêu chí nhân kinh phí hỗ trợ); cột `slack` là độ nới: phần
//! của mức cao nhất mà các bậc sau được làm giảm.
//!
//! ## Legal basis
//!
//! Circular 36/2013/TT-BCT, article 7, on the order of selection in the national plan: pilot projects
//! first; then priority by sector and area, and by level of support; ties to the more capable unit.
//!
//! ## Table
//!
//! `tiers.csv`, a row a tier, numbered from 1 without gaps. A policy without it has no tiers.
//!
//! ```csv
//! tier,select,measure,slack,basis
//! 1,kind=pilot,support,1%,"Circular 36/2013/TT-BCT, article 7"
//! 2,tag=export|labour_intensive,support,2%,"Decree 45/2012/NĐ-CP"
//! 3,,score:capacity,,"Circular 36/2013/TT-BCT, article 7"
//! ```
//!
//! `measure` is what is made as large as possible over the selected decisions:
//!
//! | measure | is | counted in |
//! |---|---|---|
//! | `support` | what they spend inside the programme | đồng |
//! | `count` | how many they are | projects |
//! | `benefit` | their benefit, by the ledger | thousandths of a point |
//! | `score:CRITERION` | the score by one criterion × what they spend inside the programme; a missing score is the policy's default | score × đồng, shown as score × million đồng |
//!
//! `slack` is the part of a tier's optimum that later tiers may give up; blank is none.
//!
//! ## Worked example
//!
//! Tier 1 finds at most 3 400 million đồng for pilots, with a slack of 1 %. Later tiers see only
//! plans that give pilots ⌈3 400 × 0.99⌉ = 3 366 million đồng or more.
//!
//! ## Formulation
//!
//! ```text
//! for each tier k in turn:   found[k] = max  sum over d of measure[k,d] x[d]
//!                            subject to every rule, and to tier[1] … tier[k-1]
//! tier[k]:                   sum over d of measure[k,d] x[d]  >=  ceil(found[k] (1 - slack[k]))
//! last:                      max benefit, subject to every rule and every tier[k]
//! ```
//!
//! What is held is what was found, never the solver's bound. A tier is proven where what was found
//! is within its slack of the bound: found ≥ bound × (1 − slack). A tier without slack is proven
//! only by its very optimum, which can take long; a slack of 1 % is seldom felt and soon proven.

use super::Scoring;
use crate::phrase;
use crate::phrase::{Language, Phrase, grouped};
use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::quantities::{Money, Share, plain, rounded};
use crate::record;
use crate::record::Cell;
use crate::rules::{Finding, Unit, manual_of};
use crate::selector::Selector;

/// The manual of tiers: the header of this file.
#[must_use]
pub fn tiers_manual() -> String {
    manual_of(include_str!("tiers.rs"))
}

/// What a tier makes as large as possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// What is spent inside the programme, in đồng.
    Support,
    /// How many projects.
    Count,
    /// The benefit, in thousandths of a point.
    Benefit,
    /// The score by a criterion, by its code, × what is spent inside the programme in đồng.
    Score(String),
}

impl Cell for Measure {
    const ALLOWED: &'static str = "`support`, `count`, `benefit`, or `score:` and a criterion";

    fn parse(text: &str) -> Result<Self, Phrase> {
        match text.split_once(':') {
            Some(("score", criterion)) if !criterion.trim().is_empty() => {
                Ok(Measure::Score(criterion.trim().to_owned()))
            }
            None if text == "support" => Ok(Measure::Support),
            None if text == "count" => Ok(Measure::Count),
            None if text == "benefit" => Ok(Measure::Benefit),
            _ => Err(phrase!(
                "không có thước đo nào tên “{text}”",
                "there is no measure “{text}”"
            )),
        }
    }

    fn print(&self) -> String {
        match self {
            Measure::Support => "support".to_owned(),
            Measure::Count => "count".to_owned(),
            Measure::Benefit => "benefit".to_owned(),
            Measure::Score(criterion) => format!("score:{criterion}"),
        }
    }
}

record! {
    /// One tier of the order in which a plan is drawn up (table `tiers`).
    pub struct Tier {
        /// Its place in the order, from 1 without gaps.
        tier: i64,
        /// Which projects; blank: all.
        select: Selector,
        /// What of them is made as large as possible.
        measure: Measure,
        /// The part of its optimum that later tiers may give up; blank: none.
        slack: Option<Share>,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

impl Tier {
    /// `tier[1]`: of its row, its finding, and for `--without`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("tier[{}]", self.tier)
    }

    /// The tier as one sentence a planner would sign.
    #[must_use]
    pub fn sentence(&self) -> Phrase {
        let (number, what) = (self.tier, self.what());
        let kept = Share(Share::WHOLE - self.slack().0);
        if self.slack() == Share(0) {
            phrase!(
                "Bậc {number}: {what} được bảo đảm ở mức cao nhất có thể trước khi xét các bậc sau.",
                "Tier {number}: {what} comes to as much as it can before later tiers are asked.";
                number, what
            )
        } else {
            phrase!(
                "Bậc {number}: {what} được bảo đảm ít nhất {kept} mức cao nhất có thể trước khi xét các bậc sau.",
                "Tier {number}: {what} comes to at least {kept} of what it can before later tiers are asked.";
                number, what, kept
            )
        }
    }

    /// What it makes as large as possible, as part of a sentence.
    #[must_use]
    pub fn what(&self) -> Phrase {
        let selected = self.select.phrase();
        match &self.measure {
            Measure::Support => phrase!(
                "kinh phí hỗ trợ cho {selected}", "the support of {selected}"; selected
            ),
            Measure::Count => phrase!("số lượng {selected}", "the number of {selected}"; selected),
            Measure::Benefit => phrase!(
                "lợi ích của {selected}", "the benefit of {selected}"; selected
            ),
            Measure::Score(criterion) => phrase!(
                "điểm “{criterion}” nhân kinh phí hỗ trợ của {selected}",
                "the score “{criterion}” times the support of {selected}";
                criterion, selected
            ),
        }
    }

    /// The part of its optimum that later tiers may give up.
    #[must_use]
    pub fn slack(&self) -> Share {
        self.slack.unwrap_or_default()
    }

    /// What it is counted in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match self.measure {
            Measure::Support => Unit::Dong,
            Measure::Count => Unit::Projects,
            Measure::Benefit => Unit::Benefit,
            Measure::Score(_) => Unit::Score,
        }
    }

    /// The position of its criterion among the programme's; `None` where it names none that is there.
    pub(super) fn criterion(&self, programme: &Programme) -> Option<usize> {
        let Measure::Score(code) = &self.measure else {
            return None;
        };
        programme.criteria.iter().position(|own| &own.code == code)
    }

    /// What a decision adds to it: 0 where it is not selected.
    #[must_use]
    pub fn of(&self, programme: &Programme, scoring: &Scoring, decision: &Decision) -> i64 {
        if !self.select.selects(programme, decision) {
            return 0;
        }
        let spent = || {
            decision
                .payments(programme)
                .map(|p| p.amount.0)
                .sum::<i64>()
        };
        match self.measure {
            Measure::Support => spent(),
            Measure::Count => 1,
            Measure::Benefit => scoring.benefit(programme, decision),
            Measure::Score(_) => {
                let criterion = self.criterion(programme).unwrap_or_default();
                scoring.score(programme, decision.project, criterion) * spent()
            }
        }
    }

    /// What a plan reaches in it.
    #[must_use]
    pub fn reached(&self, programme: &Programme, scoring: &Scoring, plan: &Plan) -> i64 {
        let selected = || {
            let choices = plan.choices();
            choices.filter(|d| self.select.selects(programme, d))
        };
        match self.measure {
            Measure::Support => {
                let spent = plan.spent(programme, |d, _| self.select.selects(programme, d));
                spent.0
            }
            Measure::Count => plan.count(|d| self.select.selects(programme, d)),
            Measure::Benefit => selected().map(|d| scoring.benefit(programme, d)).sum(),
            Measure::Score(_) => {
                let criterion = self.criterion(programme).unwrap_or_default();
                let score = |d: &Decision| scoring.score(programme, d.project, criterion);
                let spent = |d: &Decision| {
                    let own = plan.spent(programme, |other, _| other.project == d.project);
                    own.0
                };
                selected().map(|d| score(d) * spent(d)).sum()
            }
        }
    }

    /// What later tiers must leave of `found`: ⌈found × (1 − slack)⌉.
    #[must_use]
    pub fn held(&self, found: i64) -> i64 {
        let whole = i128::from(Share::WHOLE);
        let kept = i128::from(found) * (whole - i128::from(self.slack().0));
        let up = kept.div_euclid(whole) + i128::from(kept.rem_euclid(whole) > 0);
        i64::try_from(up).unwrap_or(found)
    }

    /// Whether `found` is within the slack of the optimum, given that nothing passes `bound`.
    #[must_use]
    pub fn is_proven(&self, found: i64, bound: i64) -> bool {
        let whole = i128::from(Share::WHOLE);
        i128::from(found) * whole >= i128::from(bound) * (whole - i128::from(self.slack().0))
    }

    /// Holds a plan to what was `held`, exactly and without looking at any row.
    #[must_use]
    pub fn check(
        &self,
        programme: &Programme,
        scoring: &Scoring,
        plan: &Plan,
        held: i64,
    ) -> Finding {
        let reached = self.reached(programme, scoring, plan);
        let (stands, least) = (amount(reached, self.unit()), amount(held, self.unit()));
        let stand =
            phrase!("{stands}, tối thiểu {least}", "{stands}, at least {least}"; stands, least);
        Finding::of(self.label(), reached - held, self.unit(), stand)
    }
}

/// A value of a tier in words, with its unit. Points and scores are rounded to a tenth.
fn amount(value: i64, unit: Unit) -> Phrase {
    let tenths = |value: i64, parts: i128| plain(rounded(i128::from(value) * 10, parts), 1);
    let said = |number: &str| {
        let say = |language| grouped(number, language);
        (say(Language::Vietnamese), say(Language::English))
    };
    match unit {
        Unit::Dong => {
            let money = Money(value);
            phrase!("{money}", "{money}"; money)
        }
        Unit::Benefit => {
            let (vi, en) = said(&tenths(value, 1_000));
            phrase!("{vi} điểm", "{en} points")
        }
        Unit::Score => {
            let (vi, en) = said(&tenths(value, i128::from(Money::MILLION.0)));
            phrase!("{vi} điểm × triệu đồng", "{en} points × million đồng")
        }
        Unit::Projects | Unit::Quantity | Unit::Points | Unit::Months | Unit::Products => {
            phrase!("{value} đề án", "{value} projects"; value)
        }
    }
}
