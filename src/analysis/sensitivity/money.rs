//! What is one more đồng worth, in which fund and year?
//!
//! A step changes one ceiling by a part of it; its worth is the optimum under the changed ceiling
//! less the optimum, everything decided anew, as an interval (see [`Interval`]). Beside it stands
//! what the linear relaxation makes of the same step, which for yes/no projects is often far off: an
//! integer problem has no dual prices (Gomory and Baumol, Econometrica 28 (1960)); on a portfolio of
//! 50 projects they promise 14.4 for 1 % more of a budget whose true worth is 0.
//!
//! The **least step** is the smallest amount more, to a million đồng, with which some plan has at
//! least so much more benefit than the plan found: sought by doubling and halving, each probe ended
//! as soon as it is decided. It stands between the largest amount shown not to suffice and the
//! smallest shown to. (More money loses no plan, unless a rule measures a share of the ceilings.)
//!
//! A **shift** takes an amount from one ceiling and gives it to another. The **curve** is the
//! optimum with every ceiling at a part of what it is; no plan lies above the bound that integers
//! prove, where one is given.

use rayon::prelude::*;

use super::super::drawn::redraw;
use super::super::{Asking, Drawn, Interval};
use super::varied::{Base, Effect};
use crate::plan::Outcome;
use crate::problem::Problem;
use crate::programme::{FundId, Programme};
use crate::quantities::{Money, Share, Year};
use crate::solve::{Control, Settings, relax};

/// What is asked of the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyAsked {
    /// Steps up and down, as parts of a ceiling.
    pub steps: Vec<Share>,
    /// The gain that the least step is to bring, in thousandths of a point; `None`: not asked.
    pub gain: Option<i64>,
    /// The amount to shift between the years of a fund and the funds of a year; `None`: not asked.
    pub shift: Option<Money>,
    /// The curve's places, in per cent of today's ceilings.
    pub curve: Vec<i64>,
}

/// A ceiling: of a fund in a year, or over the whole programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CeilingOf {
    /// The fund.
    pub fund: FundId,
    /// The year; `None` for the whole programme.
    pub year: Option<Year>,
    /// Its amount.
    pub amount: Money,
}

/// A ceiling changed by an amount, and what that does.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyStep {
    /// The ceiling.
    pub of: CeilingOf,
    /// The part of it by which it changes.
    pub part: Share,
    /// By how much it changes; negative for less.
    pub by: Money,
    /// What that does.
    pub effect: Effect,
    /// What the linear relaxation makes of it, in thousandths of a point; `None` where it has no
    /// solution or the policy has tiers.
    pub relaxed: Option<f64>,
}

/// The least amount more with which a gain can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeastStep {
    /// No amount up to this suffices.
    pub above: Money,
    /// This amount suffices; `None` where none was found up to all that candidates ask.
    pub enough: Option<Money>,
}

/// Money taken from one ceiling and given to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Where it is taken.
    pub from: CeilingOf,
    /// Where it is given.
    pub to: CeilingOf,
    /// What that does.
    pub effect: Effect,
}

/// The optimum with every ceiling at a part of what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurvePoint {
    /// Per cent of today's ceilings.
    pub percent: i64,
    /// All ceilings together, by year.
    pub money: Money,
    /// The optimum; `None` where no plan exists or none was found.
    pub value: Option<Interval>,
    /// A bound that integers alone prove.
    pub certified: Option<i64>,
    /// Whether it is shown that no plan exists.
    pub is_impossible: bool,
}

/// What the money is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyWorth {
    /// The optimum: found and bound of the plan.
    pub optimum: Interval,
    /// Every ceiling with every step.
    pub steps: Vec<MoneyStep>,
    /// The gain that the least steps are to bring, in thousandths of a point, where asked.
    pub gain: Option<i64>,
    /// The least step of every ceiling, where asked.
    pub least: Vec<(CeilingOf, LeastStep)>,
    /// The amount shifted, where asked.
    pub shifted: Option<Money>,
    /// The shifts asked for.
    pub shifts: Vec<Shift>,
    /// The curve.
    pub curve: Vec<CurvePoint>,
}

/// What the money of every fund and year is worth; `None` without a plan. Each solve takes at most
/// the settings' time.
#[must_use]
pub fn money_worth(
    problem: &Problem<'_>,
    drawn: &Drawn,
    asked: &MoneyAsked,
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<MoneyWorth> {
    let base = Base::new(problem, drawn, settings, asking)?;
    let ceilings = ceilings(problem.programme());
    Some(MoneyWorth {
        optimum: Interval::of(&drawn.outcome),
        steps: steps(&base, &ceilings, asked),
        gain: asked.gain,
        shifted: asked.shift,
        least: match asked.gain {
            Some(gain) => least(&base, &ceilings, gain),
            None => Vec::new(),
        },
        shifts: match asked.shift {
            Some(amount) => shifts(&base, &ceilings, amount),
            None => Vec::new(),
        },
        curve: curve(&base, &asked.curve),
    })
}

/// Every ceiling that is not nothing.
pub(in crate::analysis) fn ceilings(programme: &Programme) -> Vec<CeilingOf> {
    let of_fund = |fund: FundId| {
        let years = programme.years.iter().map(move |&year| CeilingOf {
            fund,
            year: Some(year),
            amount: programme.ceiling(fund, year),
        });
        let whole = programme.whole_ceilings[fund.index()].map(|amount| CeilingOf {
            fund,
            year: None,
            amount,
        });
        years.chain(whole)
    };
    let all = programme.fund_ids().flat_map(of_fund);
    all.filter(|own| own.amount > Money::ZERO).collect()
}

fn with(programme: &Programme, of: CeilingOf, by: Money) -> Programme {
    programme.with_ceiling(of.fund, of.year, of.amount + by)
}

/// A ceiling in words that no other one has.
fn words(programme: &Programme, of: CeilingOf) -> String {
    let fund = &programme.funds[of.fund.index()].named.code;
    match of.year {
        Some(year) => format!("{fund} {year}"),
        None => format!("{fund} whole"),
    }
}

fn steps(base: &Base<'_>, ceilings: &[CeilingOf], asked: &MoneyAsked) -> Vec<MoneyStep> {
    let programme = base.problem.programme();
    let mut all: Vec<(CeilingOf, Share, Money)> = Vec::new();
    for &of in ceilings {
        for &part in &asked.steps {
            let by = Money(crate::quantities::rounded(
                i128::from(of.amount.0) * i128::from(part.0),
                i128::from(Share::WHOLE),
            ));
            all.extend([(of, part, by), (of, part, Money(-by.0))]);
        }
    }
    let of_all = relaxed(base.problem, base.settings);
    let count = base.asking.count(all.len());
    let step = |&(of, part, by): &(CeilingOf, Share, Money)| {
        let changed = with(programme, of, by);
        let question = format!("money {} by {}", words(programme, of), by.0);
        let effect = base.asking.kept(&question, || {
            base.effect(&changed, base.problem.conditions())
        });
        let policy = base.problem.policy();
        let problem = Problem::new(&changed, policy, base.problem.conditions()).ok();
        let other = problem.and_then(|own| relaxed(&own, base.settings));
        count.one();
        MoneyStep {
            of,
            part,
            by,
            effect,
            relaxed: of_all.zip(other).map(|(of_all, other)| other - of_all),
        }
    };
    all.par_iter().map(step).collect()
}

/// The value of the linear relaxation; `None` where it has none, and under tiers, whose relaxations
/// hold other values.
fn relaxed(problem: &Problem<'_>, settings: &Settings) -> Option<f64> {
    if !problem.tiers().is_empty() {
        return None;
    }
    relax(&problem.formulate_held(), settings).ok()?.value
}

fn least(base: &Base<'_>, ceilings: &[CeilingOf], gain: i64) -> Vec<(CeilingOf, LeastStep)> {
    let programme = base.problem.programme();
    let count = base.asking.count(ceilings.len());
    let of = |&of: &CeilingOf| {
        let question = format!("least step {} for {gain}", words(programme, of));
        let (above, enough) = base.asking.kept(&question, || least_step(base, of, gain));
        count.one();
        let least = LeastStep {
            above: Money(above),
            enough: enough.map(Money),
        };
        (of, least)
    };
    ceilings.par_iter().map(of).collect()
}

/// Doubles the step until it suffices, then halves the interval; a probe that is not decided ends
/// the search on its side. The largest amount shown not to suffice and the smallest shown to, in
/// đồng.
fn least_step(base: &Base<'_>, of: CeilingOf, gain: i64) -> (i64, Option<i64>) {
    let unit = Money::MILLION.0;
    let most = asked_by_all(base.problem.programme()).0 / unit + 1;
    let found = base.drawn.outcome.found().unwrap_or_default();
    let suffices = |millions: i64| has_gain(base, of, Money(millions * unit), found + gain);
    let (mut low, mut high) = (0, 1);
    loop {
        match suffices(high) {
            Some(true) => break,
            Some(false) => low = high,
            None => {}
        }
        if high >= most {
            return (low * unit, None);
        }
        high = (high * 2).min(most);
    }
    // What is open is taken for too little, so that the end is shown to suffice.
    let mut open = low;
    while high - open.max(low) > 1 {
        let middle = i64::midpoint(open.max(low), high);
        match suffices(middle) {
            Some(true) => high = middle,
            Some(false) => low = middle,
            None => open = middle,
        }
    }
    (low * unit, Some(high * unit))
}

/// All that candidates ask together, in their largest variants.
fn asked_by_all(programme: &Programme) -> Money {
    let largest = programme.projects.iter().map(|project| {
        let supports = project
            .variants
            .iter()
            .map(crate::programme::Variant::support);
        supports.max().unwrap_or_default()
    });
    largest.sum()
}

/// Whether some plan has at least `wanted` with so much more in a ceiling; `None` while that is open.
fn has_gain(base: &Base<'_>, of: CeilingOf, more: Money, wanted: i64) -> Option<bool> {
    let changed = with(base.problem.programme(), of, more);
    let policy = base.problem.policy();
    let problem = Problem::new(&changed, policy, base.problem.conditions()).ok()?;
    let control = Control {
        wanted: Some(wanted),
        ..base.asking.control()
    };
    let settings = Settings {
        gap: 0.0,
        ..base.settings.clone()
    };
    let drawn = redraw(&problem, base.plan, &settings, &control).ok()?;
    match &drawn.outcome {
        Outcome::Infeasible => Some(false),
        own if own.found().is_some_and(|found| found >= wanted) => Some(true),
        own if own.bound().is_some_and(|bound| bound < wanted) => Some(false),
        _ => None,
    }
}

fn shifts(base: &Base<'_>, ceilings: &[CeilingOf], amount: Money) -> Vec<Shift> {
    let programme = base.problem.programme();
    let mut all: Vec<(CeilingOf, CeilingOf)> = Vec::new();
    for &from in ceilings {
        for &to in ceilings {
            let is_one_fund = from.fund == to.fund && from.year != to.year;
            let is_one_year = from.fund != to.fund && from.year == to.year;
            let are_years = from.year.is_some() && to.year.is_some();
            if are_years && (is_one_fund || is_one_year) && from.amount >= amount {
                all.push((from, to));
            }
        }
    }
    let count = base.asking.count(all.len());
    let shift = |&(from, to): &(CeilingOf, CeilingOf)| {
        let less = with(programme, from, Money(-amount.0));
        let changed = with(&less, to, amount);
        let (taken, given) = (words(programme, from), words(programme, to));
        let question = format!("shift {} from {taken} to {given}", amount.0);
        let effect = base.asking.kept(&question, || {
            base.effect(&changed, base.problem.conditions())
        });
        count.one();
        Shift { from, to, effect }
    };
    all.par_iter().map(shift).collect()
}

fn curve(base: &Base<'_>, places: &[i64]) -> Vec<CurvePoint> {
    let programme = base.problem.programme();
    let count = base.asking.count(places.len());
    let point = |&percent: &i64| {
        let mut changed = programme.clone();
        for of in ceilings(programme) {
            let part = i128::from(of.amount.0) * i128::from(percent);
            let amount = Money(crate::quantities::rounded(part, 100));
            changed = changed.with_ceiling(of.fund, of.year, amount);
        }
        let question = format!("curve at {percent}");
        let (value, certified, is_impossible) = base.asking.kept(&question, || {
            let drawn = base.drawn_under(&changed, base.problem.conditions());
            let outcome = drawn.as_ref().map(|own| &own.outcome);
            let found = outcome.filter(|own| own.plan().is_some());
            let certificate = drawn.as_ref().and_then(|own| own.certificate.as_ref());
            (
                found.map(Interval::of),
                certificate.map(|own| own.bound),
                outcome.is_none_or(|own| *own == Outcome::Infeasible),
            )
        });
        count.one();
        CurvePoint {
            percent,
            money: changed.all_ceilings(),
            value,
            certified,
            is_impossible,
        }
    };
    places.par_iter().map(point).collect()
}
