//! `trongdiem sensitivity rules`: the price of each rule.

use clap::Args;

use super::super::Exit;
use super::{AskedOf, Kept, answered};
use crate::analysis::{RulesAsked, rules_worth};
use crate::phrase;
use crate::phrase::Language;
use crate::record::Fault;
use crate::report::rules_told;

/// What each rule costs, and what a notch looser would bring.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem sensitivity rules datasets/son-la models/directive-20 --lang vi"
)]
pub(super) struct RulesArguments {
    #[command(flatten)]
    of: AskedOf,
    #[command(flatten)]
    kept: Kept,
    /// Among how many of the rules that bind or cost most pairs are looked for; 0 for none.
    #[arg(long, default_value_t = 5, value_name = "RULES")]
    pairs: usize,
}

pub(super) fn run(arguments: &RulesArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let question = phrase!(
        "Đang tính giá của từng quy tắc",
        "Looking for what each rule costs"
    );
    let asked = RulesAsked {
        pairs_among: arguments.pairs,
    };
    let settings = arguments.of.settings();
    answered(
        &arguments.of,
        (&question, Some(("rules", &arguments.kept))),
        language,
        &|problem, drawn, asking| {
            let worth = rules_worth(problem, drawn, asked, &settings, asking);
            Ok(worth.map(|own| rules_told(problem, &own, language)))
        },
    )
}
