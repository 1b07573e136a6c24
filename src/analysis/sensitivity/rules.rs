//! What does each rule cost, and what would a notch less bring?
//!
//! The price of a rule is the optimum without it less the optimum with it, everything decided anew;
//! that of its next looser notch the same with the rule one notch looser (each rule's manual says
//! what a notch is). A looser rule loses no plan, so a price is never negative: its interval is
//!
//! ```text
//! [ max(0, found' − bound),  bound' − found ]
//! ```
//!
//! with the found and bound of the changed problem (') and of the plan. Only a gate may have one: it
//! lets candidates in of whom a floor speaks that asked nothing before. A price is a difference of two
//! optima, not a dual price, which an integer problem does not have (Gomory and Baumol, Econometrica
//! 28 (1960); Williams, Applied Mathematical Modelling 21 (1997)). Under tiers it is a vector, an
//! interval a tier, and only the first one that changes says which way the plan moves; those after it
//! may fall.
//!
//! Law is not for sale: promises and what the scenario demands have no price. Money by fund and year
//! has a question of its own. A family's price leaves out all its rules of the policy at once. Two
//! rules *matter only together* when leaving out both brings more than leaving out each, summed:
//! asked of the rules that bind, or that cost something.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::super::{Asking, Drawn, Interval, binding};
use super::varied::{Base, Effect};
use crate::phrase::Phrase;
use crate::problem::{Conditions, Problem, Standing};
use crate::rules::{Family, kind_of};
use crate::solve::Settings;

/// What is asked of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RulesAsked {
    /// Among how many of the rules that bind or cost most pairs are looked for; 0 for none.
    pub pairs_among: usize,
}

/// A rule or gate with its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleWorth {
    /// Its label.
    pub label: String,
    /// Its sentence.
    pub sentence: Phrase,
    /// Its family; `None` for a gate.
    pub family: Option<Family>,
    /// Whether it binds the plan (see [`binding`]); a gate is not asked.
    pub binds: bool,
    /// Leaving it out.
    pub without: Effect,
    /// One notch looser, with the looser rule's sentence; `None` where nothing looser makes sense.
    pub looser: Option<(Phrase, Effect)>,
}

/// The rules of a problem with what they cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesWorth {
    /// The optimum: found and bound of the plan.
    pub optimum: Interval,
    /// The rules and gates that have a price.
    pub rules: Vec<RuleWorth>,
    /// The families, law left out.
    pub families: Vec<(Family, Effect)>,
    /// Pairs of rules asked of, with the effect of leaving out both.
    pub pairs: Vec<(usize, usize, Effect)>,
}

impl RuleWorth {
    /// The price of leaving it out, or loosening it: never negative for a rule; `None` without one.
    #[must_use]
    pub fn price(&self, effect: &Effect) -> Option<Interval> {
        let value = effect.benefit()?.value;
        Some(if self.family.is_some() {
            raised(value)
        } else {
            value
        })
    }
}

impl RulesWorth {
    /// By how much leaving out both rules of a pair brings more than leaving out each, summed.
    #[must_use]
    pub fn together(&self, (one, other, both): &(usize, usize, Effect)) -> Option<Interval> {
        let price = |effect: &Effect| Some(effect.benefit()?.value);
        let each = [*one, *other].map(|at| price(&self.rules[at].without));
        let both = price(both)?;
        Some(both.less(each[0]?).less(each[1]?))
    }
}

/// The price of a rule as it can be: never negative.
#[must_use]
pub fn raised(price: Interval) -> Interval {
    Interval {
        least: Some(price.least.unwrap_or(0).max(0)),
        most: price.most.map(|most| most.max(0)),
    }
}

/// What is asked of one problem: leave out these, loosen those.
#[derive(Clone)]
struct Change {
    question: String,
    conditions: Conditions,
}

/// What every rule costs; `None` without a plan. Each solve takes at most the settings' time.
#[must_use]
pub fn rules_worth(
    problem: &Problem<'_>,
    drawn: &Drawn,
    asked: RulesAsked,
    settings: &Settings,
    asking: Asking<'_>,
) -> Option<RulesWorth> {
    let base = Base::new(problem, drawn, settings, asking)?;
    let priced = priced(&base);
    let families = families(problem);
    let mut all: Vec<Change> = Vec::new();
    for own in &priced {
        all.push(without(problem, std::slice::from_ref(&own.label)));
        all.extend(own.looser.as_ref().map(|_| looser(problem, &own.label)));
    }
    all.extend(families.iter().map(|(_, labels)| without(problem, labels)));
    let mut effects = effects(&base, &all).into_iter();
    let mut next = || effects.next().unwrap_or_else(Effect::impossible);
    let rules: Vec<RuleWorth> = priced
        .into_iter()
        .map(|own| RuleWorth {
            without: next(),
            looser: own.looser.map(|sentence| (sentence, next())),
            label: own.label,
            sentence: own.sentence,
            family: own.family,
            binds: own.binds,
        })
        .collect();
    let families = families.into_iter().map(|(family, _)| (family, next()));
    let families = families.collect();
    let mut worth = RulesWorth {
        optimum: Interval::of(&drawn.outcome),
        pairs: pairs(&base, &rules, asked.pairs_among),
        rules,
        families,
    };
    worth.settle();
    Some(worth)
}

impl RulesWorth {
    /// Tells each interval what the others prove: a looser problem has no less benefit. Under tiers
    /// only the first objective is sure of that, so nothing is told there.
    fn settle(&mut self) {
        let alone = |effect: &Effect| effect.change.as_ref().is_some_and(|all| all.len() == 1);
        if !self.rules.iter().all(|own| alone(&own.without)) {
            return;
        }
        for own in self.rules.iter_mut().filter(|own| own.family.is_some()) {
            if let Some((_, looser)) = &mut own.looser {
                in_order(looser, &mut own.without);
            }
        }
        let RulesWorth { rules, pairs, .. } = self;
        for (one, other, both) in pairs {
            let at = [*one, *other];
            let is_of_rules = at.iter().all(|&at| rules[at].family.is_some());
            for at in at.into_iter().filter(|_| is_of_rules) {
                in_order(&mut rules[at].without, both);
            }
        }
    }
}

/// Settles two effects of which the second is that of a looser problem.
fn in_order(tighter: &mut Effect, looser: &mut Effect) {
    let last = |effect: &mut Effect| effect.change.as_mut()?.last_mut().map(|own| own.value);
    let (Some(mut low), Some(mut high)) = (last(tighter), last(looser)) else {
        return;
    };
    high.least = high.least.max(low.least);
    low.most = [low.most, high.most].into_iter().flatten().min();
    for (effect, value) in [(tighter, low), (looser, high)] {
        if let Some(own) = effect.change.as_mut().and_then(|all| all.last_mut()) {
            own.value = value;
        }
    }
}

/// A rule or gate before it is priced.
struct Priced {
    label: String,
    sentence: Phrase,
    family: Option<Family>,
    binds: bool,
    looser: Option<Phrase>,
}

/// The rules and gates that have a price.
fn priced(base: &Base<'_>) -> Vec<Priced> {
    let problem = base.problem;
    let audit = base.drawn.audit.as_ref();
    let binding = audit.map(|audit| binding(problem, &base.drawn.formulation, base.plan, audit));
    let binding: BTreeSet<&str> = binding
        .iter()
        .flatten()
        .map(|own| own.rule.as_str())
        .collect();
    let programme = problem.programme();
    let rules = problem.standing().iter().filter(|own| has_price(own));
    let rules = rules.map(|own| Priced {
        label: own.rule.label(),
        sentence: own.rule.sentence(),
        family: Some(own.family()),
        binds: binding.contains(own.rule.label().as_str()),
        looser: own.rule.loosened(programme).map(|own| own.sentence()),
    });
    let chosen = problem.policy().gates.iter();
    let in_force: BTreeSet<String> = problem.gates().map(crate::rules::Gate::label).collect();
    let gates = chosen.filter(|gate| in_force.contains(&gate.label()));
    let gates = gates.map(|gate| Priced {
        label: gate.label(),
        sentence: gate.sentence(),
        family: None,
        binds: false,
        looser: gate.loosened(programme).map(|own| own.sentence()),
    });
    rules.chain(gates).collect()
}

/// Whether a rule has a price: it holds, and is neither law nor money by fund and year.
fn has_price(own: &Standing<'_>) -> bool {
    let label = own.rule.label();
    let is_money = matches!(kind_of(&label), "ceiling" | "carry_over");
    own.is_held && own.family() != Family::Law && !is_money
}

/// The families with the labels of their rules that the policy chose.
fn families(problem: &Problem<'_>) -> Vec<(Family, Vec<String>)> {
    let mut families: Vec<(Family, Vec<String>)> = Vec::new();
    let chosen = problem.standing().iter().filter(|own| !own.is_of_facts);
    for own in chosen.filter(|own| has_price(own)) {
        let label = own.rule.label();
        match families
            .iter_mut()
            .find(|(family, _)| *family == own.family())
        {
            Some((_, labels)) => labels.push(label),
            None => families.push((own.family(), vec![label])),
        }
    }
    families.retain(|(_, labels)| labels.len() > 1);
    families
}

fn without(problem: &Problem<'_>, labels: &[String]) -> Change {
    let mut conditions = problem.conditions().clone();
    conditions.left_out.extend_from_slice(labels);
    Change {
        question: format!("without {}", labels.join(" ")),
        conditions,
    }
}

fn looser(problem: &Problem<'_>, label: &str) -> Change {
    let mut conditions = problem.conditions().clone();
    conditions.loosen.push(label.to_owned());
    Change {
        question: format!("looser {label}"),
        conditions,
    }
}

fn effects(base: &Base<'_>, all: &[Change]) -> Vec<Effect> {
    let count = base.asking.count(all.len());
    let effect = |change: &Change| {
        let effect = base.asking.kept(&change.question, || {
            base.effect(base.problem.programme(), &change.conditions)
        });
        count.one();
        effect
    };
    all.par_iter().map(effect).collect()
}

/// Pairs among the rules that bind or that cost something, those that cost most first.
fn pairs(base: &Base<'_>, rules: &[RuleWorth], among: usize) -> Vec<(usize, usize, Effect)> {
    let price = |own: &RuleWorth| own.without.benefit().and_then(|own| own.value.least);
    let costs = |own: &RuleWorth| price(own).is_some_and(|least| least > 0);
    let mut places: Vec<usize> = (0..rules.len())
        .filter(|&at| rules[at].binds || costs(&rules[at]))
        .collect();
    places.sort_by_key(|&at| std::cmp::Reverse(price(&rules[at])));
    places.truncate(among);
    places.sort_unstable();
    let mut asked = Vec::new();
    for (position, &one) in places.iter().enumerate() {
        for &other in &places[position + 1..] {
            let labels = [one, other].map(|at| rules[at].label.clone());
            asked.push((one, other, without(base.problem, &labels)));
        }
    }
    let all: Vec<Change> = asked.iter().map(|(_, _, own)| own.clone()).collect();
    let effects = effects(base, &all);
    let pairs = asked.into_iter().zip(effects);
    pairs
        .map(|((one, other, _), effect)| (one, other, effect))
        .collect()
}
