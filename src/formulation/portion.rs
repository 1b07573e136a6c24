//! Rows that follow from a portion: an amount that is all of what some projects come to, or nothing.
//!
//! An amount m stands for what decisions come to where a binary helper t is 1, and for nothing where
//! it is 0 (the money of a focal point that counts among the largest, say):
//!
//! ```text
//! m  <=  sum over decisions of a x,      m  <=  U t,      a >= 0
//! ```
//!
//! A relaxation with a little of t lets all of a few projects count. But for any of the projects S,
//!
//! ```text
//! m  <=  sum over decisions of projects outside S of a x  +  (sum over S of the largest a) t
//! ```
//!
//! which every plan keeps: with t = 0 its left side is 0, with t = 1 the projects of S come to no more
//! than that. (Variable upper bounds taken apart: Padberg, Van Roy and Wolsey 1985, Operations Research
//! 33(4).) The row is made here alone, from the two rows that it follows from.

use std::collections::{BTreeMap, BTreeSet};

use super::{DecisionId, Formulation, HelperId, Linear, Row, Sense, Values};

/// An amount that is at most what projects come to, and nothing unless a binary helper is 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portion {
    /// The position of the row that bounds the amount by what the projects come to.
    pub row: usize,
    /// The amount, in đồng or a number.
    pub amount: HelperId,
    /// The helper without which it is nothing.
    pub switch: HelperId,
    /// By position among the groups: the most that a project comes to, and its decisions with what
    /// each comes to.
    pub parts: BTreeMap<usize, (i64, Linear)>,
}

impl Formulation {
    /// The amounts bounded both by decisions and by a binary helper.
    #[must_use]
    pub fn portions(&self) -> Vec<Portion> {
        let switches = self.switches();
        let group_of = self.group_of();
        let rows = self.rows.iter().enumerate();
        rows.filter_map(|(position, row)| portion_of(position, row, &switches, &group_of))
            .collect()
    }

    /// Which binary helper lets each amount be more than nothing.
    fn switches(&self) -> BTreeMap<HelperId, HelperId> {
        let is_binary = |id: HelperId| self.helpers[id.index()].values == Values::Binary;
        let pair = |row: &Row| {
            let is_plain = row.sense == Sense::AtMost && row.bound == 0 && row.decisions.is_empty();
            let &[(one, a), (other, b)] = row.helpers.as_slice() else {
                return None;
            };
            let (amount, switch) = if a > 0 { (one, other) } else { (other, one) };
            let is_switch = a.signum() * b.signum() < 0 && is_binary(switch);
            (is_plain && is_switch && !is_binary(amount)).then_some((amount, switch))
        };
        self.rows.iter().filter_map(pair).collect()
    }

    /// The row of a portion for some of its projects, given by position among the groups; `None` where
    /// one is not of it, or a sum grows too large.
    #[must_use]
    pub fn portion_row(&self, portion: &Portion, inside: &[usize]) -> Option<Row> {
        let inside: BTreeSet<usize> = inside.iter().copied().collect();
        let mut most = 0_i64;
        for group in &inside {
            most = most.checked_add(portion.parts.get(group)?.0)?;
        }
        let outside = portion
            .parts
            .iter()
            .filter(|(group, _)| !inside.contains(group));
        let mut decisions: Vec<(DecisionId, i64)> = outside
            .flat_map(|(_, (_, own))| own.iter().map(|&(id, comes_to)| (id, -comes_to)))
            .collect();
        decisions.sort_unstable();
        let label = self.label_after("portion", portion.row, &inside)?;
        let helpers = vec![(portion.amount, 1), (portion.switch, -most)];
        Some(Row::new(label, decisions, helpers, Sense::AtMost, 0, false))
    }
}

/// The portion that a row bounds, where some binary helper switches it.
fn portion_of(
    position: usize,
    row: &Row,
    switches: &BTreeMap<HelperId, HelperId>,
    group_of: &[usize],
) -> Option<Portion> {
    let &[(amount, 1)] = row.helpers.as_slice() else {
        return None;
    };
    let is_plain = row.sense == Sense::AtMost && row.bound == 0;
    if !is_plain || row.decisions.iter().any(|&(_, own)| own > 0) {
        return None;
    }
    let switch = *switches.get(&amount)?;
    let mut parts: BTreeMap<usize, (i64, Linear)> = BTreeMap::new();
    for &(id, coefficient) in &row.decisions {
        let (most, decisions) = parts.entry(group_of[id.index()]).or_default();
        *most = (*most).max(-coefficient);
        decisions.push((id, -coefficient));
    }
    Some(Portion {
        row: position,
        amount,
        switch,
        parts,
    })
}
