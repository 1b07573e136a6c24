//! Selects, schedules and finances the projects of an industrial promotion programme, with proof.
//!
//! Read from the bottom up, each module names only those above it in this list (a test says so):
//!
//! | module | is |
//! |---|---|
//! | [`phrase`](mod@phrase) | what is said, in Vietnamese and English |
//! | [`quantities`] | money, shares, years: exact integers |
//! | [`weighing`] | weights from a rank order or from comparisons of pairs |
//! | [`record`](mod@record) | a table's row as a value; faults with their place and remedy |
//! | [`quotient`] | how strong a place is in a sector, beside its province |
//! | [`programme`] | the facts, checked on construction |
//! | [`plan`] | which decision for which project; the outcome of a solve |
//! | [`selector`] | the one selection language |
//! | [`generate`](mod@generate) | programmes made by seed |
//! | [`formulation`] | decisions, labelled integer rows, helper columns |
//! | [`solve`](mod@solve) | formulation in, outcome out |
//! | [`rules`] | the rules and gates, one file each |
//! | [`policy`] | the rules in force, the benefit ledger, the tiers, the rule-order list |
//! | [`problem`] | a programme and a policy found to fit |
//! | [`tables`] | folders of CSV and values |
//! | [`analysis`] | one question a file |
//! | [`report`] | values to text, JSON and tables |
//! | [`cli`] | arguments to the library to an exit code |
//!
//! What it is not: a solver (it drives one), a judge of merit (scores come from people), a source
//! of law (norms and definitions are dated data).
//!
//! ```
//! use trongdiem::{analysis, problem, solve, tables};
//!
//! # fn main() -> Result<(), Vec<trongdiem::record::Fault>> {
//! let (programme, _) = tables::read_programme("datasets/tiny".as_ref(), &[])?;
//! let (policy, _) = tables::read_policy("models/directive-20".as_ref(), &[])?;
//! let problem = problem::Problem::new(&programme, &policy, &problem::Conditions::default())?;
//! let drawn = analysis::draw_up(&problem, &solve::Settings::default())?;
//! assert!(drawn.audit.is_some_and(|audit| audit.is_clean()));
//! # Ok(())
//! # }
//! ```

pub mod analysis;
pub mod cli;
pub mod formulation;
pub mod generate;
pub mod phrase;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod programme;
pub mod quantities;
pub mod quotient;
pub mod record;
pub mod report;
pub mod rules;
pub mod selector;
pub mod solve;
pub mod tables;
pub mod weighing;
