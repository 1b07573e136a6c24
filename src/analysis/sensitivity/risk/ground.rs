//! What every draw stands on: the limits, and what each decision pays, brings and risks.

use std::cmp::Ordering;

use super::Risks;
use crate::formulation::{DecisionId, Formulation};
use crate::plan::Payment;
use crate::problem::Problem;
use crate::programme::{FundId, Programme};
use crate::quantities::{Money, Share, Year};
use crate::rules::Family;

/// Money of a fund in a year, by their positions, in đồng.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow {
    pub fund: usize,
    pub year: usize,
    pub amount: i64,
}

/// What a decision pays, and what comes back of each payment.
#[derive(Debug, Clone, Default)]
pub(super) struct Flows {
    /// Its payments.
    pub paid: Vec<Flow>,
    /// What comes back, with the position of the year of the payment that it comes back of.
    pub back: Vec<(Flow, usize)>,
    /// The funds that pay.
    pub funds: Vec<usize>,
}

/// A cut that may come.
#[derive(Debug)]
pub(super) struct MayCut {
    pub fund: usize,
    pub year: usize,
    pub chance: Share,
    /// The ceiling then.
    pub ceiling: Money,
    /// What projects may take of it, in đồng.
    pub amount: i64,
}

/// The facts as draws need them.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    pub programme: &'a Programme,
    /// Capacity and relations; money is kept in books.
    pub limits: Formulation,
    /// By decision.
    pub flows: Vec<Flows>,
    supports: Vec<Money>,
    /// The chances of dropping out and of slipping, by decision.
    pub risks: Vec<(Share, Share)>,
    /// The position of the first year that is still open to decisions.
    pub open_from: usize,
    /// What projects may take of each fund in each year, as planned, in đồng.
    pub amounts: Vec<Vec<i64>>,
    /// What they may take of a fund in the whole programme, where that is bounded.
    pub whole: Vec<Option<i64>>,
    pub cuts: Vec<MayCut>,
}

impl<'a> Ground<'a> {
    pub fn new(problem: &'a Problem<'a>, risks: &Risks) -> Ground<'a> {
        let programme = problem.programme();
        let limits = problem.formulate_with(|own| {
            own.is_of_facts && !own.is_target() && own.family() != Family::Money
        });
        let decisions = || limits.decisions().map(|(_, decision)| decision);
        let spendable = |fund: FundId, year: &Year| programme.spendable(fund, *year).0;
        let of_fund = |fund: FundId| {
            let years = programme.years.iter();
            years.map(|year| spendable(fund, year)).collect()
        };
        let whole = |fund: FundId| {
            let amount = programme.whole_ceilings[fund.index()]?;
            Some(programme.without_management(fund, amount).0)
        };
        let position = |year: Year| programme.year_index(year).unwrap_or_default();
        let cuts = risks.cuts.iter().map(|own| {
            let ceiling = own.left_of(programme.ceiling(own.fund, own.year));
            MayCut {
                fund: own.fund.index(),
                year: position(own.year),
                chance: own.chance,
                ceiling,
                amount: programme.without_management(own.fund, ceiling).0,
            }
        });
        Ground {
            programme,
            flows: decisions()
                .map(|own| flows(programme, own.payments(programme)))
                .collect(),
            supports: decisions().map(|own| own.support(programme)).collect(),
            risks: decisions().map(|own| risks.of(programme, own)).collect(),
            open_from: position(Year(programme.about.open_from)),
            amounts: programme.fund_ids().map(of_fund).collect(),
            whole: programme.fund_ids().map(whole).collect(),
            cuts: cuts.collect(),
            limits,
        }
    }

    /// How many years the programme has.
    pub fn years(&self) -> usize {
        self.programme.years.len()
    }

    /// How many funds it has.
    pub fn funds(&self) -> usize {
        self.amounts.len()
    }

    /// What projects can take in the open years of these amounts, by fund and year, where so much is
    /// spent: a fund with a ceiling for the whole programme has what was not spent of it before.
    pub fn usable(&self, amounts: &[Vec<i64>], spent: &[Vec<i64>]) -> i64 {
        let of_fund = |fund: usize| {
            let (before, _) = spent[fund].split_at(self.open_from);
            let (_, open) = amounts[fund].split_at(self.open_from);
            let of_years: i64 = open.iter().sum();
            let whole = self.whole[fund].map(|whole| whole - before.iter().sum::<i64>());
            whole.map_or(of_years, |whole| of_years.min(whole.max(0)))
        };
        (0..self.funds()).map(of_fund).sum()
    }

    /// The support of a decision.
    pub fn support(&self, id: DecisionId) -> Money {
        self.supports[id.index()]
    }

    /// The benefit of a decision, in thousandths of a point.
    pub fn benefit(&self, id: DecisionId) -> i64 {
        self.limits.benefit()[id.index()]
    }

    /// The decision with more benefit per đồng first, exactly, by cross-multiplication.
    pub fn by_worth(&self, one: DecisionId, other: DecisionId) -> Ordering {
        let product = |benefit: DecisionId, support: DecisionId| {
            i128::from(self.benefit(benefit)) * i128::from(self.support(support).0)
        };
        product(other, one).cmp(&product(one, other))
    }

    /// The position of the year in which a decision starts.
    pub fn start(&self, id: DecisionId) -> usize {
        let start = self.limits.decision(id).start;
        self.programme.year_index(start).unwrap_or_default()
    }

    /// Whether the project of a decision is promised.
    pub fn is_promised(&self, id: DecisionId) -> bool {
        self.programme.is_promised(self.limits.decision(id).project)
    }
}

fn flows(programme: &Programme, payments: impl Iterator<Item = Payment>) -> Flows {
    let mut flows = Flows::default();
    let flow = |payment: Payment| {
        Some(Flow {
            fund: payment.fund.index(),
            year: programme.year_index(payment.year)?,
            amount: payment.amount.0,
        })
    };
    for payment in payments {
        let Some(paid) = flow(payment).filter(|own| own.amount > 0) else {
            continue;
        };
        let back = payment.repayments(programme).filter_map(flow);
        flows.back.extend(back.map(|own| (own, paid.year)));
        if !flows.funds.contains(&paid.fund) {
            flows.funds.push(paid.fund);
        }
        flows.paid.push(paid);
    }
    flows
}
