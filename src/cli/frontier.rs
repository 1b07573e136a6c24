//! `trongdiem frontier`: benefit against a second measure.

use clap::{Args, ValueEnum};

use super::Exit;
use super::sensitivity::{AskedOf, answered};
use crate::analysis::{Against, frontier};
use crate::phrase;
use crate::phrase::Language;
use crate::quantities::{Money, Share};
use crate::record::Fault;
use crate::report::frontier_told;

/// Find the most benefit at each level of a second measure: focus, equity, jobs, mobilised money.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem frontier datasets/son-la models/directive-20 --against points --grid 6,8,10,12 --lang vi"
)]
pub(super) struct FrontierArguments {
    #[command(flatten)]
    of: AskedOf,
    /// The second measure.
    #[arg(long, value_enum, default_value_t = Measure::Points)]
    against: Measure,
    /// How many focal points are the largest, for top.
    #[arg(long, default_value_t = 5)]
    largest: usize,
    /// The levels asked for, with commas: numbers, percentages (top, pilots, equity) or million đồng
    /// (mobilised). For points every number down from the plan's, if left out.
    #[arg(long, value_delimiter = ',')]
    grid: Vec<String>,
}

/// A second measure on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// The number of focal points, zones in sectors: at most so many.
    Points,
    /// The part of the money that the largest focal points have.
    Top,
    /// The pilots' part of the money.
    Pilots,
    /// The least part of the money that a zone with candidates has.
    Equity,
    /// Jobs of the funded projects.
    Jobs,
    /// Other money mobilised.
    Mobilised,
}

impl Measure {
    fn against(self, largest: usize) -> Against {
        match self {
            Measure::Points => Against::Points,
            Measure::Top => Against::Top(largest),
            Measure::Pilots => Against::Pilots,
            Measure::Equity => Against::Equity,
            Measure::Jobs => Against::Jobs,
            Measure::Mobilised => Against::Mobilised,
        }
    }

    /// Levels as one would write them.
    fn example(self) -> &'static str {
        match self {
            Measure::Points => "6,8,10",
            Measure::Top | Measure::Pilots => "40%,50%,60%",
            Measure::Equity => "0%,2%,4%",
            Measure::Jobs => "200,300,400",
            Measure::Mobilised => "10000,15000,20000",
        }
    }

    fn level(self, text: &str) -> Result<i64, Vec<Fault>> {
        let own = match self {
            Measure::Points | Measure::Jobs => text.parse().map_err(|_| {
                phrase!(
                    "“{text}” không phải là số nguyên",
                    "“{text}” is no whole number"
                )
            }),
            Measure::Top | Measure::Pilots | Measure::Equity => Share::parse(text).map(|own| own.0),
            Measure::Mobilised => Money::parse_millions(text).map(|own| own.0),
        };
        own.map_err(|cause| {
            let example = self.example();
            let remedy = phrase!("hãy viết như {example}", "write it as {example}");
            vec![Fault::of("--grid", cause, remedy)]
        })
    }
}

pub(super) fn run(arguments: &FrontierArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let measure = arguments.against;
    let places = arguments.grid.iter().map(|text| measure.level(text.trim()));
    let places: Vec<i64> = places.collect::<Result<_, _>>()?;
    if places.is_empty() && measure != Measure::Points {
        let example = measure.example();
        return Err(vec![Fault::of(
            "--grid",
            phrase!("chưa có mức nào", "there is no level"),
            phrase!(
                "hãy thêm các mức cần xét, ví dụ --grid {example}",
                "add the levels to look at, as --grid {example}"
            ),
        )]);
    }
    let question = phrase!("Đang tìm đường biên", "Looking for the front");
    let settings = arguments.of.settings();
    let against = measure.against(arguments.largest);
    answered(
        &arguments.of,
        (&question, None),
        language,
        &|problem, drawn, asking| {
            let points = frontier(problem, drawn, (against, &places), &settings, asking);
            Ok(points.map(|own| frontier_told(problem, against, &own, language)))
        },
    )
}
