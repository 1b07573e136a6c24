//! `trongdiem alternatives`: plans nearly as good that differ most.

use clap::Args;

use super::Exit;
use super::options::share;
use super::sensitivity::{AskedOf, answered};
use crate::analysis::alternatives;
use crate::phrase;
use crate::phrase::Language;
use crate::quantities::Share;
use crate::record::Fault;
use crate::report::alternatives_told;

/// Find plans nearly as good as the best that differ most from each other.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem alternatives datasets/son-la models/directive-20 --within 1% --plans 3 --lang vi"
)]
pub(super) struct AlternativesArguments {
    #[command(flatten)]
    of: AskedOf,
    /// How far from the best plan a plan may be, as 1%.
    #[arg(long, default_value = "1%", value_parser = share)]
    within: Share,
    /// How many plans beside the best one.
    #[arg(long, default_value_t = 3)]
    plans: usize,
}

pub(super) fn run(
    arguments: &AlternativesArguments,
    language: Language,
) -> Result<Exit, Vec<Fault>> {
    let question = phrase!("Đang tìm các phương án khác", "Looking for other plans");
    let settings = arguments.of.settings_alone();
    let asked = (arguments.within, arguments.plans);
    answered(
        &arguments.of,
        (&question, None),
        language,
        &|problem, drawn, asking| {
            let all = alternatives(problem, drawn, asked, &settings, asking);
            let within = arguments.within;
            Ok(all.map(|own| alternatives_told(problem, drawn, within, &own, language)))
        },
    )
}
