//! Values to text, JSON and tables: what a planner reads.

mod advantage;
mod alternatives;
mod audit;
mod candidates;
mod changes;
mod compare;
mod conflict;
mod cuts;
mod difference;
mod explain;
mod figures;
mod frontier;
mod grid;
mod json;
mod manifest;
mod money;
mod sensitivity;
mod soft;
mod text;
mod tiers;
mod verdict;

pub use advantage::{advantage_figures, advantage_json, advantage_matrix, advantage_text};
pub use alternatives::alternatives_told;
pub use audit::{audit_table, breaches_text};
pub use changes::changes_told;
pub use compare::{Compared, compare_csv, compare_text};
pub use conflict::{conflict_told, conflicts_text};
pub use difference::difference_table;
pub use explain::{explain_json, explain_text, ticket_json, ticket_text};
pub use frontier::frontier_told;
pub use grid::Grid;
pub use json::plan_json;
pub use manifest::{InputHash, Manifest};
pub use sensitivity::*;
pub use soft::soft_text;
pub use text::plan_text;
pub use verdict::verdict;

use crate::analysis::{Conflict, Difference, Drawn, Figures, MoneyLine, Repair, Reserve, TierCost};
use crate::phrase::{Language, Phrase, Said, grouped};
use crate::problem::Problem;
use crate::quantities::Money;

/// Everything that a report on a plan tells.
#[derive(Debug)]
pub struct PlanReport<'a> {
    /// The problem.
    pub problem: &'a Problem<'a>,
    /// What was found.
    pub drawn: &'a Drawn,
    /// The figures of the plan, then of those that stand beside it, each with its title.
    pub figures: Vec<(Phrase, Figures)>,
    /// Money by fund and year.
    pub money: Vec<MoneyLine>,
    /// The reserve list.
    pub reserve: Vec<Reserve>,
    /// The plan beside the list made by hand, where there is a plan.
    pub difference: Option<Difference>,
    /// What each tier costs the next, where that was asked.
    pub tier_costs: Vec<TierCost>,
    /// Where no plan exists, what cannot hold together.
    pub conflicts: Vec<Conflict>,
    /// Where no plan exists, what would make one possible.
    pub repairs: Vec<Repair>,
    /// How it was made.
    pub manifest: &'a Manifest,
}

/// Thousandths of a point as points with one decimal.
pub(crate) fn points(thousandths: i64, language: Language) -> String {
    let tenths = crate::quantities::rounded(i128::from(thousandths), 100);
    grouped(&crate::quantities::plain(tenths, 1), language)
}

/// Hundredths as a number with up to two decimals.
fn hundredths(value: i64, language: Language) -> String {
    grouped(&crate::quantities::plain(value, 2), language)
}

/// An amount in million đồng without its unit, for a column that names it.
fn millions(amount: Money, language: Language) -> String {
    grouped(&amount.millions(), language)
}

/// A value in the language of the report.
fn said(value: &impl Said, language: Language) -> String {
    value.said(language)
}
