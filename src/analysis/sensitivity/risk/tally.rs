//! What the draws of the plan come to: money, benefit, rules kept, and how each project fared.

use std::collections::HashSet;

use super::super::super::asking::Count;
use super::super::sampled::{Band, Chance};
use super::super::varied::Base;
use super::{BufferSought, Faced, Loss, OrderTried, Realised, ReserveOrder};
use crate::phrase::Phrase;
use crate::plan::{Decision, Plan};
use crate::problem::{Problem, Standing};
use crate::programme::{FundId, Programme, ProjectId};
use crate::quantities::{Money, Share, Year};

/// A figure of the plan, and how it is spread over the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// As planned.
    pub planned: i64,
    /// As it turned out.
    pub band: Band,
}

/// What a fund spends in a year, in đồng.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearMoney {
    /// The fund; `None` for all of them together.
    pub fund: Option<FundId>,
    /// The year; `None` for all together.
    pub year: Option<Year>,
    /// The ceiling as published.
    pub ceiling: Money,
    /// What is spent.
    pub spread: Spread,
}

/// How often a rule that the policy chose, or a published target, is kept by what was realised.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleKept {
    /// Its label.
    pub label: String,
    /// Its sentence.
    pub sentence: Phrase,
    /// Whether the plan itself keeps it.
    pub is_kept_by_plan: bool,
    /// How often it is kept.
    pub kept: Chance,
}

/// How a project fared: the number of draws in which each came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    /// The project.
    pub project: ProjectId,
    /// How the plan funds it; `None` for a candidate that was called from the reserve list.
    pub planned: Option<Decision>,
    /// It was carried out, in time or late.
    pub carried_out: usize,
    /// It was carried out, but started later than planned.
    pub late: usize,
    /// It started and was stopped.
    pub stopped: usize,
    /// It dropped out.
    pub dropped_out: usize,
    /// There was no room for it.
    pub no_room: usize,
}

/// What becomes of a plan when things go wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct UnderRisk {
    /// How many draws were made.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
    /// What is spent: every fund and year, every fund, everything.
    pub money: Vec<YearMoney>,
    /// The part of the money that is used, in basis points.
    pub used: Spread,
    /// The benefit, in thousandths of a point.
    pub benefit: Spread,
    /// The benefit as a part of the plan's, in basis points.
    pub part_of_benefit: Band,
    /// How many projects are carried out.
    pub projects: Spread,
    /// The policy's rules and the published targets.
    pub rules: Vec<RuleKept>,
    /// How the planned projects fared, then those that were called, in table order.
    pub fates: Vec<Fate>,
    /// The orders of the reserve list tried, the best first.
    pub orders: Vec<OrderTried>,
    /// The buffer looked for, where asked.
    pub buffer: Option<BufferSought>,
}

/// The figures of one draw.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    pub benefit: i64,
    pub used: Money,
    pub usable: Money,
}

/// All that is noted of one draw of the plan itself.
#[derive(Debug)]
pub(super) struct Noted {
    pub tally: Tally,
    spent: Vec<Vec<Money>>,
    kept: Vec<bool>,
    fared: Vec<(ProjectId, Fared)>,
}

/// How a project fared in one draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fared {
    InTime,
    Late,
    Stopped,
    DroppedOut,
    NoRoom,
}

impl Tally {
    pub fn of(realised: &Realised) -> Tally {
        Tally {
            benefit: realised.benefit,
            used: realised.used,
            usable: realised.usable,
        }
    }

    /// The part of the money that is used, in basis points; all of nothing.
    pub fn part_used(&self) -> i64 {
        part(self.used, self.usable)
    }

    /// Whether at least a part of the money is used, exactly.
    pub fn uses(&self, share: Share) -> bool {
        let whole = i128::from(Share::WHOLE);
        i128::from(self.used.0) * whole >= share.of(self.usable.0)
    }
}

fn part(used: Money, usable: Money) -> i64 {
    if usable > Money::ZERO {
        Share::ratio(used.0, usable.0).0
    } else {
        Share::WHOLE
    }
}

/// The rules that are watched: those that a policy chooses, and published targets.
fn watched<'p, 'a>(problem: &'p Problem<'a>) -> impl Iterator<Item = &'p Standing<'a>> {
    let standing = problem.standing().iter();
    standing.filter(|own| !own.is_of_facts || own.is_target())
}

/// Draws the plan with the reserve list in the order of benefit per đồng.
pub(super) fn noted(faced: &Faced<'_>, base: &Base<'_>, count: &Count<'_>) -> Vec<Option<Noted>> {
    let rehearsal = faced.rehearsal(base.plan, Some(ReserveOrder::PerDong));
    let left_out = base.drawn.formulation.left_out();
    let left_out: HashSet<&str> = left_out.iter().map(String::as_str).collect();
    faced.over_draws(&rehearsal, count, |realised| Noted {
        tally: Tally::of(realised),
        spent: realised.spent.clone(),
        kept: kept(
            faced.problem,
            &realised.plan(faced.ground.programme),
            &left_out,
        ),
        fared: fared(base.plan, realised),
    })
}

/// Which of the watched rules a plan keeps, by their exact checkers.
fn kept(problem: &Problem<'_>, plan: &Plan, left_out: &HashSet<&str>) -> Vec<bool> {
    let keeps = |own: &Standing<'_>| {
        let findings = own.rule.check(problem.programme(), plan);
        let mut asked = findings
            .iter()
            .filter(|finding| !left_out.contains(finding.label.as_str()));
        asked.all(crate::rules::Finding::is_kept)
    };
    watched(problem).map(keeps).collect()
}

fn fared(plan: &Plan, realised: &Realised) -> Vec<(ProjectId, Fared)> {
    let started = realised.started.iter().map(|own| {
        let planned = plan.choice(own.decision.project);
        let is_late = planned.is_some_and(|planned| planned.start < own.decision.start);
        let fared = match own.stopped {
            Some(_) => Fared::Stopped,
            None if is_late => Fared::Late,
            None => Fared::InTime,
        };
        (own.decision.project, fared)
    });
    let lost = realised.lost.iter().map(|own| {
        let fared = match own.loss {
            Loss::DroppedOut => Fared::DroppedOut,
            Loss::NoRoom => Fared::NoRoom,
        };
        (own.project, fared)
    });
    started.chain(lost).collect()
}

/// What the draws come to, without the orders and the buffer.
pub(super) fn told(faced: &Faced<'_>, base: &Base<'_>, noted: &[Option<Noted>]) -> UnderRisk {
    let programme = faced.ground.programme;
    let noted: Vec<&Noted> = noted.iter().flatten().collect();
    let band = |figure: &dyn Fn(&Noted) -> i64| {
        Band::of(&noted.iter().map(|own| figure(own)).collect::<Vec<_>>())
    };
    let benefit = faced.problem.benefit(base.plan);
    let planned: Vec<Vec<Money>> = super::super::super::money(programme, base.plan)
        .into_iter()
        .map(|line| line.spent)
        .collect();
    let carried_out = |own: &Noted| {
        let how = own.fared.iter().map(|(_, how)| *how);
        let carried_out = how.filter(|own| matches!(own, Fared::InTime | Fared::Late));
        size(carried_out.count())
    };
    UnderRisk {
        draws: noted.len(),
        seed: faced.asked.seed,
        money: money(programme, &planned, &noted),
        used: Spread {
            planned: part_planned(faced, &planned),
            band: band(&|own| own.tally.part_used()),
        },
        part_of_benefit: band(&|own| Share::ratio(own.tally.benefit, benefit).0),
        benefit: Spread {
            planned: benefit,
            band: band(&|own| own.tally.benefit),
        },
        projects: Spread {
            planned: size(base.plan.len()),
            band: band(&carried_out),
        },
        rules: rules(faced, base, &noted),
        fates: fates(programme, base.plan, &noted),
        orders: Vec::new(),
        buffer: None,
    }
}

/// The part of the money that the plan uses, in basis points.
fn part_planned(faced: &Faced<'_>, planned: &[Vec<Money>]) -> i64 {
    let ground = &faced.ground;
    let dong = |row: &Vec<Money>| row.iter().map(|own| own.0).collect();
    let spent: Vec<Vec<i64>> = planned.iter().map(dong).collect();
    let used = planned.iter().flat_map(|row| &row[ground.open_from..]);
    let usable = ground.usable(&ground.amounts, &spent);
    part(used.copied().sum(), Money(usable))
}

fn size(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn money(programme: &Programme, planned: &[Vec<Money>], noted: &[&Noted]) -> Vec<YearMoney> {
    let line = |fund: Option<FundId>, year: Option<usize>| {
        let is_asked = |own: usize, column: usize| {
            fund.is_none_or(|fund| fund.index() == own) && year.is_none_or(|year| year == column)
        };
        let sum = |table: &[Vec<Money>]| -> i64 {
            let cells = table.iter().enumerate().flat_map(|(own, row)| {
                let row = row.iter().enumerate();
                row.filter(move |(column, _)| is_asked(own, *column))
            });
            cells.map(|(_, amount)| amount.0).sum()
        };
        let values: Vec<i64> = noted.iter().map(|own| sum(&own.spent)).collect();
        YearMoney {
            fund,
            year: year.map(|year| programme.years[year]),
            ceiling: Money(sum(&programme.ceilings)),
            spread: Spread {
                planned: sum(planned),
                band: Band::of(&values),
            },
        }
    };
    let mut lines = Vec::new();
    for fund in programme.fund_ids() {
        let years = (0..programme.years.len()).map(Some);
        lines.extend(years.chain([None]).map(|year| line(Some(fund), year)));
    }
    lines.push(line(None, None));
    lines
}

fn rules(faced: &Faced<'_>, base: &Base<'_>, noted: &[&Noted]) -> Vec<RuleKept> {
    let left_out = base.drawn.formulation.left_out();
    let left_out: HashSet<&str> = left_out.iter().map(String::as_str).collect();
    let by_plan = kept(faced.problem, base.plan, &left_out);
    let rule = |(place, own): (usize, &Standing<'_>)| RuleKept {
        label: own.rule.label(),
        sentence: own.rule.sentence(),
        is_kept_by_plan: by_plan[place],
        kept: Chance::of(noted.iter().map(|own| own.kept[place])),
    };
    watched(faced.problem).enumerate().map(rule).collect()
}

fn fates(programme: &Programme, plan: &Plan, noted: &[&Noted]) -> Vec<Fate> {
    let fate = |project: ProjectId| Fate {
        project,
        planned: plan.choice(project).copied(),
        carried_out: 0,
        late: 0,
        stopped: 0,
        dropped_out: 0,
        no_room: 0,
    };
    let mut fates: Vec<Fate> = programme.ids().map(fate).collect();
    let mut is_met = vec![false; fates.len()];
    for &(project, fared) in noted.iter().flat_map(|own| &own.fared) {
        let own = &mut fates[project.index()];
        is_met[project.index()] = true;
        match fared {
            Fared::InTime => own.carried_out += 1,
            Fared::Late => {
                own.carried_out += 1;
                own.late += 1;
            }
            Fared::Stopped => own.stopped += 1,
            Fared::DroppedOut => own.dropped_out += 1,
            Fared::NoRoom => own.no_room += 1,
        }
    }
    let is_told = |own: &&Fate| own.planned.is_some() || is_met[own.project.index()];
    let told = fates.iter().filter(is_told);
    let (planned, called): (Vec<Fate>, Vec<Fate>) =
        told.copied().partition(|own| own.planned.is_some());
    planned.into_iter().chain(called).collect()
}
