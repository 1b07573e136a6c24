//! The levers of an entry ticket, each moved to the smallest change under which the candidate enters.

use std::cell::RefCell;
use std::collections::HashMap;

use rayon::prelude::*;

use super::super::CeilingOf;
use super::super::sensitivity::{Reach, ceilings};
use super::{Entry, Lever, PARTS, Threshold, WHOLE, enters, unknown};
use crate::formulation::DecisionId;
use crate::phrase::Phrase;
use crate::programme::Variant;
use crate::quantities::Money;
use crate::rules::{Family, kind_of};

/// The merit that nobody passes, in hundredths of a point.
const FULL: i64 = 10_000;
/// The most amounts of money that are tried in one ceiling.
const MOST_TRIES: usize = 60;

impl Entry<'_> {
    pub fn levers(&self, is_funded: bool, without: Reach) -> Vec<Lever> {
        if is_funded {
            return vec![Lever::Merit(self.merit(true, without))];
        }
        let programme = self.problem.programme();
        let (ceilings, looser) = (ceilings(programme), self.looser());
        let count = self.asking.count(3 + ceilings.len() + looser.len());
        let counted = |own: Lever| {
            count.one();
            own
        };
        let whole = self.for_solves(WHOLE);
        let first = whole.for_solves(PARTS[0]);
        let merit = || counted(Lever::Merit(first.merit(false, without)));
        let support = || counted(Lever::Support(first.support(without)));
        let (merit, support) = rayon::join(merit, support);
        let mut levers = vec![merit, support];
        let second = whole.for_solves(PARTS[1]);
        let money = |&of: &CeilingOf| counted(Lever::Money(of, second.money(of)));
        levers.extend(ceilings.par_iter().map(money).collect::<Vec<_>>());
        levers.push(counted(Lever::Window(whole.enters_in_any_year())));
        let rule = |own: &(String, Phrase)| {
            let (label, says) = own.clone();
            let enters = whole.enters_beside_looser(&label);
            counted(Lever::Rule(label, says, enters))
        };
        levers.extend(looser.par_iter().map(rule).collect::<Vec<_>>());
        levers
    }

    /// Whether the candidate enters with its window open to all years.
    fn enters_in_any_year(&self) -> Option<bool> {
        let programme = self.problem.programme();
        let whole = programme.with_project(self.project, |own| {
            own.first_start = programme.first_year();
            own.last_start = programme.last_year();
        });
        let opened = self.formulation(&whole, self.problem.conditions());
        opened.and_then(|own| self.enters(&own))
    }

    /// Whether it enters with a rule or gate a notch looser.
    fn enters_beside_looser(&self, label: &str) -> Option<bool> {
        let mut conditions = self.problem.conditions().clone();
        conditions.loosen.push(label.to_owned());
        let own = self.formulation(self.problem.programme(), &conditions);
        own.and_then(|own| self.enters(&own))
    }

    /// The merit from which the candidate enters, or, funded, down to which it stays.
    fn merit(&self, is_funded: bool, without: Reach) -> Threshold {
        let (scoring, programme) = (self.problem.scoring(), self.problem.programme());
        let formulation = &self.drawn.formulation;
        let Some(group) = formulation.group(self.project) else {
            return Threshold {
                short: None,
                enough: None,
            };
        };
        let at = |merit: i64| {
            let mut benefit = formulation.benefit().to_vec();
            for place in group.clone() {
                let decision = formulation.decision(DecisionId::at(place));
                benefit[place] = scoring.benefit_at(programme, decision, merit);
            }
            self.enters_beside(&formulation.with_benefit(benefit), without)
        };
        let today = scoring.merit_of(self.project);
        let (low, high) = if is_funded { (0, today) } else { (today, FULL) };
        least(low, high, at)
    }

    /// The largest support, below today's, at which the candidate enters with its benefit held.
    fn support(&self, without: Reach) -> Threshold {
        let (unit, programme) = (Money::MILLION.0, self.problem.programme());
        let variants = programme.project(self.project).variants.iter();
        let today = variants.map(Variant::support).max();
        let today = today.unwrap_or_default().0;
        let old = &self.drawn.formulation;
        let at = |millions: i64| {
            let cut = programme.with_project(self.project, |own| {
                for variant in &mut own.variants {
                    variant.cut_to(Money(millions * unit));
                }
            });
            let formulation = self.formulation(&cut, self.problem.conditions())?;
            let benefit = formulation.decisions().map(|(_, decision)| {
                let known = old.find(decision).map(|id| old.benefit()[id.index()]);
                known.unwrap_or_else(|| self.problem.scoring().benefit(programme, decision))
            });
            let benefit = benefit.collect();
            self.enters_beside(&formulation.with_benefit(benefit), without)
        };
        // Counted from today's support down.
        let most = (today - 1) / unit;
        let found = least(0, most, |cut| at(most + 1 - cut));
        let support = |cut: i64| (most + 1 - cut) * unit;
        Threshold {
            short: found.short.map(|cut| support(cut).min(today)),
            enough: found.enough.map(support),
        }
    }

    /// The first amount more in a ceiling, in whole millions up to twice the candidate's support,
    /// with which it enters.
    fn money(&self, of: CeilingOf) -> Threshold {
        let (unit, programme) = (Money::MILLION.0, self.problem.programme());
        let known: RefCell<HashMap<i64, (Reach, Reach)>> = RefCell::default();
        let changed = |millions: i64| {
            let more = of.amount + Money(millions * unit);
            let changed = programme.with_ceiling(of.fund, of.year, more);
            self.formulation(&changed, self.problem.conditions())
        };
        let is_out_of_reach =
            |millions: i64| changed(millions).is_some_and(|own| self.is_out_of_reach(&own));
        let at = |millions: i64| {
            if let Some(own) = known.borrow().get(&millions) {
                return *own;
            }
            let own = match changed(millions) {
                Some(own) => (
                    self.best(&own, true, None).0,
                    self.best(&own, false, None).0,
                ),
                None => (unknown(), unknown()),
            };
            known.borrow_mut().insert(millions, own);
            own
        };
        let variants = programme.project(self.project).variants.iter();
        let support = variants.map(Variant::support).max();
        let most = support.unwrap_or_default().0 * 2 / unit + 1;
        let mut ranges = vec![(1, most)];
        let (mut short, mut is_sure) = (0, true);
        while let Some((low, high)) = ranges.pop() {
            if known.borrow().len() > MOST_TRIES || self.asking.is_cancelled() {
                break;
            }
            if is_out_of_reach(high) || enters(at(high).0, at(low).1) == Some(false) {
                short = if is_sure { high } else { short };
            } else if low < high {
                let middle = i64::midpoint(low, high);
                ranges.extend([(middle + 1, high), (low, middle)]);
            } else if enters(at(low).0, at(low).1) == Some(true) {
                return Threshold {
                    short: Some(short * unit),
                    enough: Some(low * unit),
                };
            } else {
                is_sure = false;
            }
        }
        // Only where all of it is shown not to suffice does no amount.
        Threshold {
            short: (short == most).then_some(short * unit),
            enough: None,
        }
    }

    /// The rules and gates that can be a notch looser, with what they say then; law is not asked, and
    /// money has a lever of its own.
    fn looser(&self) -> Vec<(String, Phrase)> {
        let programme = self.problem.programme();
        let asked = |label: &str| !matches!(kind_of(label), "ceiling" | "carry_over");
        let rules = self.problem.standing().iter();
        let rules = rules.filter(|own| own.is_held && own.family() != Family::Law);
        let rules = rules.filter_map(|own| {
            let looser = own.rule.loosened(programme)?;
            Some((own.rule.label(), looser.sentence()))
        });
        let gates = self.problem.gates();
        let gates = gates.filter_map(|own| {
            let looser = own.loosened(programme)?;
            Some((own.label(), looser.sentence()))
        });
        rules
            .chain(gates)
            .filter(|(label, _)| asked(label))
            .collect()
    }
}

/// The least number above `low`, up to `high`, at which `holds`, by halving; `low` itself where it
/// holds there. What is not settled is taken for too little.
fn least(low: i64, high: i64, holds: impl Fn(i64) -> Option<bool>) -> Threshold {
    if high < low {
        return Threshold {
            short: None,
            enough: None,
        };
    }
    match holds(high) {
        Some(true) => {}
        answer => {
            return Threshold {
                short: answer.map(|_| high),
                enough: None,
            };
        }
    }
    let mut short = None;
    match holds(low) {
        Some(true) => {
            return Threshold {
                short: None,
                enough: Some(low),
            };
        }
        Some(false) => short = Some(low),
        None => {}
    }
    let (mut below, mut enough) = (low, high);
    while enough - below > 1 {
        let middle = i64::midpoint(below, enough);
        match holds(middle) {
            Some(true) => enough = middle,
            answer => {
                below = middle;
                if answer == Some(false) {
                    short = Some(middle);
                }
            }
        }
    }
    Threshold {
        short,
        enough: Some(enough),
    }
}
