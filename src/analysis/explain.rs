//! What is there to know of one candidate? Every decision with its benefit, the norms that hold,
//! and what the gates say.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::Decision;
use crate::policy::Ledger;
use crate::problem::{Judged, Problem};
use crate::programme::{
    Class, Content, FundId, Norm, Programme, ProjectId, SourceId, UnitId, VariantId,
};
use crate::quantities::{Money, Year};
use crate::record::Known;
use crate::rules::Reason;

/// Everything about one candidate that its own row does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The candidate.
    pub project: ProjectId,
    /// Every decision, with what each gate says of it.
    pub judged: Vec<Judged>,
    /// The admissible ones, those together that bring the same: fund and unit do not count.
    pub offers: Vec<Offer>,
    /// Why the others are refused. A decision outside the window is told by that alone.
    pub refusals: Vec<Told>,
    /// What admissible decisions pass with a doubt.
    pub doubts: Vec<Told>,
    /// The norm of each content.
    pub norms: Vec<NormLine>,
}

/// Admissible decisions of one variant and start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The decisions.
    pub of: Block,
    /// Every factor of the benefit of each.
    pub ledger: Ledger,
}

/// A gate's reason, and the decisions that it is said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The reason.
    pub reason: Reason,
    /// The decisions.
    pub of: Vec<Block>,
}

/// The decisions of every combination of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Years of start.
    pub starts: Vec<Year>,
    /// Sources.
    pub sources: Vec<SourceId>,
    /// Variants.
    pub variants: Vec<VariantId>,
    /// Units; none where the project names none.
    pub units: Vec<UnitId>,
}

/// The norm of a content, with the starts and funds for which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormLine {
    /// The variant, the first of those that have the content.
    pub variant: VariantId,
    /// The content's position in the variant.
    pub content: usize,
    /// The norm, by its position in the programme's; `None` where there is none.
    pub norm: Option<usize>,
    /// The most support that it allows this content, all its quantity; `None` for any.
    pub most: Known<Option<Money>>,
    /// Years of start.
    pub starts: Vec<Year>,
    /// Funds.
    pub funds: Vec<FundId>,
}

/// Explains a candidate.
#[must_use]
pub fn explain(problem: &Problem<'_>, project: ProjectId) -> Explanation {
    let judged = problem.judged(project);
    Explanation {
        project,
        offers: offers(problem, &judged),
        refusals: told(&judged, refusals),
        doubts: told(&judged, |own| {
            if own.refusals.is_empty() {
                own.doubts.iter().collect()
            } else {
                Vec::new()
            }
        }),
        norms: norms(problem.programme(), project),
        judged,
    }
}

fn refusals(judged: &Judged) -> Vec<&Reason> {
    let mut window = judged.refusals.iter().filter(|own| own.code == "window");
    match window.next() {
        Some(outside) => vec![outside],
        None => judged.refusals.iter().collect(),
    }
}

fn offers(problem: &Problem<'_>, judged: &[Judged]) -> Vec<Offer> {
    let mut alike: BTreeMap<(VariantId, Year), Vec<Decision>> = BTreeMap::new();
    for own in judged.iter().filter(|own| own.refusals.is_empty()) {
        let decision = own.decision;
        let key = (decision.variant, decision.start);
        alike.entry(key).or_default().push(decision);
    }
    let mut offers = Vec::new();
    for decisions in alike.into_values() {
        let ledger = problem.scoring().ledger(problem.programme(), &decisions[0]);
        let cells = decisions.iter().map(cell).collect();
        offers.extend(blocks(&cells).into_iter().map(|of| Offer {
            of,
            ledger: ledger.clone(),
        }));
    }
    offers
}

/// A decision as start, source, variant and unit.
fn cell(decision: &Decision) -> Vec<usize> {
    vec![
        usize::from(decision.start.0),
        decision.source.index(),
        decision.variant.index(),
        decision.unit.map_or(usize::MAX, UnitId::index),
    ]
}

/// Each reason once, in the order of first mention, with its decisions.
fn told(judged: &[Judged], reasons: impl Fn(&Judged) -> Vec<&Reason>) -> Vec<Told> {
    let mut told: Vec<(&Reason, BTreeSet<Vec<usize>>)> = Vec::new();
    for own in judged {
        let cell = cell(&own.decision);
        for reason in reasons(own) {
            let known = told.iter().position(|(other, _)| *other == reason);
            let at = known.unwrap_or_else(|| {
                told.push((reason, BTreeSet::new()));
                told.len() - 1
            });
            told[at].1.insert(cell.clone());
        }
    }
    told.into_iter()
        .map(|(reason, cells)| Told {
            reason: reason.clone(),
            of: blocks(&cells),
        })
        .collect()
}

fn blocks(cells: &BTreeSet<Vec<usize>>) -> Vec<Block> {
    let block = |mut ranges: Vec<Vec<usize>>| {
        let units = ranges.pop().unwrap_or_default().into_iter();
        let mut next = || ranges.pop().unwrap_or_default().into_iter();
        Block {
            variants: next().map(VariantId::at).collect(),
            sources: next().map(SourceId::at).collect(),
            starts: next().map(year).collect(),
            units: units
                .filter(|&at| at != usize::MAX)
                .map(UnitId::at)
                .collect(),
        }
    };
    combinations(cells).into_iter().map(block).collect()
}

fn year(number: usize) -> Year {
    Year(u16::try_from(number).unwrap_or(u16::MAX))
}

/// Splits a set of cells, lists of one length, into as few sets of combinations as its first
/// values suggest: values followed by the same rests stand together.
fn combinations(cells: &BTreeSet<Vec<usize>>) -> Vec<Vec<Vec<usize>>> {
    let mut rests: BTreeMap<usize, BTreeSet<Vec<usize>>> = BTreeMap::new();
    for cell in cells {
        let Some((&first, rest)) = cell.split_first() else {
            return vec![Vec::new()];
        };
        rests.entry(first).or_default().insert(rest.to_vec());
    }
    let mut together: Vec<(Vec<usize>, BTreeSet<Vec<usize>>)> = Vec::new();
    for (first, rest) in rests {
        match together.iter_mut().find(|(_, own)| *own == rest) {
            Some((firsts, _)) => firsts.push(first),
            None => together.push((vec![first], rest)),
        }
    }
    let mut all = Vec::new();
    for (firsts, rest) in together {
        for mut ranges in combinations(&rest) {
            ranges.insert(0, firsts.clone());
            all.push(ranges);
        }
    }
    all
}

/// The norms of each different content, over the years in which the project can start.
fn norms(programme: &Programme, project: ProjectId) -> Vec<NormLine> {
    let own = programme.project(project);
    let first = own.first_start.max(Year(programme.about.open_from));
    let in_window = |year: &&Year| (first..=own.last_start).contains(*year);
    let mut years: Vec<Year> = programme.years.iter().filter(in_window).copied().collect();
    if years.is_empty() {
        years.clone_from(&programme.years);
    }
    let class = programme.class(own);
    let mut seen: Vec<&Content> = Vec::new();
    let mut lines = Vec::new();
    for (variant, scope) in own.variants.iter().enumerate() {
        for (position, content) in scope.contents.iter().enumerate() {
            if seen.contains(&content) {
                continue;
            }
            seen.push(content);
            let at = (VariantId::at(variant), position);
            lines.extend(norms_of(programme, class, content, at, &years));
        }
    }
    lines
}

fn norms_of(
    programme: &Programme,
    class: Option<Class>,
    content: &Content,
    (variant, position): (VariantId, usize),
    years: &[Year],
) -> Vec<NormLine> {
    let mut cells: BTreeMap<Option<usize>, BTreeSet<Vec<usize>>> = BTreeMap::new();
    for &start in years {
        for fund in programme.fund_ids() {
            let level = programme.funds[fund.index()].level;
            let norm = programme.norm(content.activity, level, start);
            let at = norm.and_then(|norm| programme.norms.iter().position(|own| own == norm));
            let cell = vec![usize::from(start.0), fund.index()];
            cells.entry(at).or_default().insert(cell);
        }
    }
    let mut lines = Vec::new();
    for (norm, cells) in cells {
        let most = norm.map_or(Known::Is(None), |at| {
            most(&programme.norms[at], content, class)
        });
        for mut ranges in combinations(&cells) {
            let funds = ranges.pop().unwrap_or_default();
            let starts = ranges.pop().unwrap_or_default();
            lines.push(NormLine {
                variant,
                content: position,
                norm,
                most,
                starts: starts.into_iter().map(year).collect(),
                funds: funds.into_iter().map(FundId::at).collect(),
            });
        }
    }
    lines
}

/// The most support that a norm allows a content of a project in an area of a class.
fn most(norm: &Norm, content: &Content, class: Option<Class>) -> Known<Option<Money>> {
    let cap = norm.capped(content.quantity, class);
    match (norm.percent, content.total_cost) {
        (None, _) => Known::Is(cap),
        (Some(_), Known::Unknown) => Known::Unknown,
        (Some(_), Known::Is(cost)) => {
            let part = norm.part_of(cost);
            Known::Is(cap.into_iter().chain(part).min())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_cover_the_cells_once_each() {
        let cells: BTreeSet<Vec<usize>> = [[1, 1], [1, 2], [2, 1], [2, 2], [3, 2]]
            .map(|cell| cell.to_vec())
            .into();
        let expected = vec![vec![vec![1, 2], vec![1, 2]], vec![vec![3], vec![2]]];
        assert_eq!(combinations(&cells), expected);
    }
}
