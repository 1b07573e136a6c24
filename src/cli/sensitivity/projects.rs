//! `trongdiem sensitivity projects`: always in, always out, or swing.

use clap::Args;

use super::super::Exit;
use super::super::options::{Listed, listed, seconds, share};
use super::{AskedOf, Kept, answered};
use crate::analysis::{ProjectsAsked, projects_worth};
use crate::phrase;
use crate::phrase::Language;
use crate::quantities::Share;
use crate::record::Fault;
use crate::report::projects_told;

/// Which projects are certain, and what each would cost to replace.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem sensitivity projects datasets/son-la models/directive-20 --within 1% --lang vi"
)]
pub(super) struct ProjectsArguments {
    #[command(flatten)]
    of: AskedOf,
    #[command(flatten)]
    kept: Kept,
    /// How far from the best plan, as 1%; several with commas.
    #[arg(long, value_delimiter = ',', default_value = "0.5%,1%,2%", value_parser = share)]
    within: Vec<Share>,
    /// How long each question that cheaper means leave open is searched at first; those that stay
    /// open are searched again for as long as --each says.
    #[arg(long, default_value = "0.5s", value_parser = seconds)]
    first: f64,
    /// How many projects are listed, funded and not: a number, or all.
    #[arg(long, default_value = "20", value_parser = listed)]
    list: Listed,
}

pub(super) fn run(arguments: &ProjectsArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let question = phrase!(
        "Đang xét từng đề án có chắc chắn hay không",
        "Looking for which projects are certain"
    );
    let asked = ProjectsAsked {
        within: arguments.within.clone(),
        seconds: (arguments.first, arguments.of.each),
    };
    let settings = arguments.of.settings();
    answered(
        &arguments.of,
        (&question, Some(("projects", &arguments.kept))),
        language,
        &|problem, drawn, asking| {
            let worth = projects_worth(problem, drawn, &asked, &settings, asking);
            Ok(worth.map(|own| projects_told(problem, &own, language, arguments.list.0)))
        },
    )
}
