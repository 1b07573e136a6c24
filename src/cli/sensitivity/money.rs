//! `trongdiem sensitivity money`: what more or less money is worth.

use clap::Args;

use super::super::Exit;
use super::super::options::{points, share};
use super::{AskedOf, Kept, answered};
use crate::analysis::{MoneyAsked, money_worth};
use crate::phrase;
use crate::phrase::Language;
use crate::quantities::{Money, Share};
use crate::record::Fault;
use crate::report::money_told;

/// What more or less money is worth, in which fund and year.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem sensitivity money datasets/son-la models/directive-20 --steps 5% --shift 100 --lang vi"
)]
pub(super) struct MoneyArguments {
    #[command(flatten)]
    of: AskedOf,
    #[command(flatten)]
    kept: Kept,
    /// Steps up and down, as parts of a ceiling; several with commas.
    #[arg(long, value_delimiter = ',', default_value = "1%,5%,10%", value_parser = share)]
    steps: Vec<Share>,
    /// Also look for the least amount more, in each fund and year, that brings so many points more.
    #[arg(long, value_name = "POINTS", value_parser = points)]
    gain: Option<i64>,
    /// Also shift so many million đồng between years and between funds.
    #[arg(long, value_name = "MILLION", value_parser = million)]
    shift: Option<Money>,
    /// Also draw the curve of benefit against money, from 50 to 150 % of today's ceilings.
    #[arg(long)]
    curve: bool,
}

/// The curve's places, in per cent.
const CURVE: std::ops::RangeInclusive<i64> = 50..=150;
/// From one place to the next.
const CURVE_STEP: usize = 10;

fn million(text: &str) -> Result<Money, String> {
    match Money::parse_millions(text) {
        Ok(amount) if amount > Money::ZERO => Ok(amount),
        Ok(_) => Err("write an amount above 0, in million đồng".to_owned()),
        Err(cause) => Err(cause.en),
    }
}

pub(super) fn run(arguments: &MoneyArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let question = phrase!(
        "Đang tính giá trị của kinh phí",
        "Looking for what money is worth"
    );
    let asked = MoneyAsked {
        steps: arguments.steps.clone(),
        gain: arguments.gain,
        shift: arguments.shift,
        curve: if arguments.curve {
            CURVE.step_by(CURVE_STEP).collect()
        } else {
            Vec::new()
        },
    };
    let settings = arguments.of.settings();
    answered(
        &arguments.of,
        (&question, Some(("money", &arguments.kept))),
        language,
        &|problem, drawn, asking| {
            let worth = money_worth(problem, drawn, &asked, &settings, asking);
            Ok(worth.map(|own| money_told(problem, &own, language)))
        },
    )
}
