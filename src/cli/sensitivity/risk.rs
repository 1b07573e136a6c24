//! `trongdiem sensitivity risk`: what becomes of the plan when things go wrong.

use std::path::PathBuf;

use clap::Args;

use super::super::Exit;
use super::super::options::{Listed, folder_fault, listed, share};
use super::{AskedOf, answered_of};
use crate::analysis::{BufferAsked, RiskAsked, Risks, under_risk};
use crate::phrase;
use crate::phrase::Language;
use crate::quantities::Share;
use crate::record::{Fault, Table};
use crate::report::risk_told;
use crate::tables::read_risks;

/// What becomes of the plan when projects drop out or slip and ceilings are cut late: many draws of
/// chance on the plan as it stands.
#[derive(Debug, Args)]
#[command(
    after_help = "The folder of risks holds drop_outs.csv (select,drop_out,slip: the first row whose selector matches a project \
counts) and, if ceilings may be cut, cuts.csv (fund,year,chance,cut). They are the planner's judgement.\n\n\
Example: trongdiem sensitivity risk datasets/son-la models/directive-20 --risks examples/risks --use 90% --chance 80% --lang vi"
)]
pub(super) struct RiskArguments {
    #[command(flatten)]
    of: AskedOf,
    /// The folder that says what may go wrong.
    #[arg(long, value_name = "FOLDER")]
    risks: PathBuf,
    /// How many draws.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    draws: u32,
    /// The seed of the draws.
    #[arg(long, default_value_t = 1, value_name = "SEED")]
    chances_seed: u64,
    /// Also look for the smallest buffer, projects approved beyond the money, with which at least this
    /// part of the money is used; with --chance.
    #[arg(long = "use", value_name = "SHARE", value_parser = share, requires = "chance")]
    used: Option<Share>,
    /// The chance with which that part is to be used, as 80%.
    #[arg(long, value_name = "SHARE", value_parser = share, requires = "used")]
    chance: Option<Share>,
    /// How many projects are listed of each kind: a number, or all.
    #[arg(long, default_value = "20", value_parser = listed)]
    list: Listed,
}

pub(super) fn run(arguments: &RiskArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let of = &arguments.of;
    let scenario = of.scenario.read(&of.dataset, &of.model);
    let (scenario, tables) = match (scenario, tables(arguments)) {
        (Ok(scenario), Ok(tables)) => (scenario, tables),
        (scenario, tables) => {
            let faults = scenario.err().into_iter().chain(tables.err());
            return Err(faults.flatten().collect());
        }
    };
    let risks = Risks::read(&tables, &scenario.programme)?;
    let question = phrase!(
        "Đang thử kế hoạch trước các rủi ro",
        "Trying the plan against the risks"
    );
    let buffer = arguments.used.zip(arguments.chance);
    let asked = RiskAsked {
        draws: usize::try_from(arguments.draws).unwrap_or(usize::MAX),
        seed: arguments.chances_seed,
        buffer: buffer.map(|(used, chance)| BufferAsked { used, chance }),
    };
    let settings = of.settings();
    answered_of(
        of,
        scenario,
        (&question, None),
        language,
        &|problem, drawn, asking| {
            let told = under_risk(problem, drawn, &risks, asked, &settings, asking);
            Ok(told.map(|own| risk_told(problem, &risks, &own, language, arguments.list.0)))
        },
    )
}

fn tables(arguments: &RiskArguments) -> Result<Vec<Table>, Vec<Fault>> {
    if let Some(fault) = folder_fault(&arguments.risks) {
        return Err(vec![fault]);
    }
    let (tables, _) = read_risks(&arguments.risks)?;
    Ok(tables)
}
