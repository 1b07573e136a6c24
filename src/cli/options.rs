//! Options that several commands share.

use std::path::Path;
use std::time::Duration;

use clap::{Args, ValueEnum};
use unicode_normalization::UnicodeNormalization;

use crate::phrase;
use crate::phrase::Language;
use crate::policy::Policy;
use crate::problem::Conditions;
use crate::programme::Programme;
use crate::quantities::{Share, decimal};
use crate::record::Fault;
use crate::report::Told;
use crate::solve::{Settings, Solver};
use crate::tables::{Change, Input, csv_text, read_policy, read_programme, read_table};

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Vi => Language::Vietnamese,
            Lang::En => Language::English,
        }
    }
}

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// For a spreadsheet.
    Csv,
}

impl Form {
    /// An answer in this form.
    pub fn of(self, told: &Told) -> String {
        match self {
            Form::Text => told.text.clone(),
            Form::Json => serde_json::to_string_pretty(&told.json).unwrap_or_default() + "\n",
            Form::Csv => csv_text(&told.table),
        }
    }
}

/// What a solve is asked.
#[derive(Debug, Clone, Args)]
pub struct SolveOptions {
    /// Stop once (bound − found) / bound is this small, as 0.1%.
    #[arg(long, default_value = "0.1%", value_parser = gap)]
    pub gap: f64,
    /// Stop after so long with the best plan so far, as 60s or 2m.
    #[arg(long, default_value = "60s", value_parser = seconds)]
    pub time_limit: f64,
    /// Stop after so many nodes of the search tree, without a time limit; reproducible.
    #[arg(long)]
    pub work_limit: Option<u32>,
    /// Threads: two policies are solved beside each other first.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub threads: u32,
    /// The solver's random seed.
    #[arg(long, default_value_t = 1)]
    pub seed: u32,
    /// The solver.
    #[arg(long, value_parser = solver, default_value = Solver::ALL[0].word())]
    pub solver: Solver,
}

impl SolveOptions {
    /// The settings of one of `beside` solves that run at the same time.
    pub fn settings(&self, beside: u32) -> Settings {
        Settings {
            gap: self.gap,
            time_limit: match self.work_limit {
                Some(_) => None,
                None => Some(Duration::from_secs_f64(self.time_limit)),
            },
            work_limit: self.work_limit,
            threads: (self.threads / beside).max(1),
            seed: self.seed,
            solver: self.solver,
            ..Settings::default()
        }
    }
}

/// What a scenario reads.
#[derive(Debug)]
pub struct Scenario {
    /// The facts.
    pub programme: Programme,
    /// The policy.
    pub policy: Policy,
    /// Every file read.
    pub inputs: Vec<Input>,
}

/// What a scenario changes.
#[derive(Debug, Clone, Args)]
pub struct ScenarioOptions {
    /// Change a cell of the dataset or the policy, as 'ceilings[local,2027].amount*=0.9'.
    #[arg(long = "set", value_name = "CHANGE")]
    pub changes: Vec<String>,
    /// Leave out a rule: its kind or its label.
    #[arg(long, value_name = "RULE")]
    pub without: Vec<String>,
    /// Make a rule a notch looser: its kind or its label, with *N for N notches.
    #[arg(long, value_name = "RULE")]
    pub loosen: Vec<String>,
    /// Let a project through a gate, as if what it asks were done, as counterpart[P17].
    #[arg(long, value_name = "GATE[PROJECT]")]
    pub waive: Vec<String>,
    /// Fund this project.
    #[arg(long, value_name = "PROJECT")]
    pub require: Vec<String>,
    /// Do not fund this project.
    #[arg(long, value_name = "PROJECT")]
    pub forbid: Vec<String>,
}

impl ScenarioOptions {
    /// The conditions.
    pub fn conditions(&self) -> Conditions {
        // Files are read in NFC, so names on the command line are too.
        let composed = |names: &[String]| names.iter().map(|name| name.nfc().collect()).collect();
        Conditions {
            without: composed(&self.without),
            left_out: Vec::new(),
            loosen: composed(&self.loosen)
                .iter()
                .flat_map(|own| notches(own))
                .collect(),
            waive: composed(&self.waive),
            require: composed(&self.require),
            forbid: composed(&self.forbid),
        }
    }

    /// The programme and the policy of two folders, as the scenario changes them.
    pub fn read(&self, dataset: &Path, model: &Path) -> Result<Scenario, Vec<Fault>> {
        let missing: Vec<_> = [dataset, model]
            .into_iter()
            .filter_map(folder_fault)
            .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let (of_dataset, of_model) = self.changes(model)?;
        let (programme, mut inputs) = read_programme(dataset, &of_dataset)?;
        let (policy, more) = read_policy(model, &of_model)?;
        inputs.extend(more);
        Ok(Scenario {
            programme,
            policy,
            inputs,
        })
    }

    /// The changes to the dataset, and those to the policy: a change belongs to the policy when
    /// its folder has the table.
    fn changes(&self, model: &Path) -> Result<(Vec<Change>, Vec<Change>), Vec<Fault>> {
        let mut faults = Vec::new();
        let (mut of_dataset, mut of_model) = (Vec::new(), Vec::new());
        for text in &self.changes {
            match Change::parse(text) {
                Ok(change) if model.join(format!("{}.csv", change.table())).exists() => {
                    of_model.push(change);
                }
                Ok(change) => of_dataset.push(change),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            Ok((of_dataset, of_model))
        } else {
            Err(faults)
        }
    }

    /// The scenario in words, for the manifest.
    pub fn words(&self) -> Vec<String> {
        let told = |name: &str, values: &[String]| -> Vec<String> {
            values
                .iter()
                .map(|value| format!("--{name} {value}"))
                .collect()
        };
        [
            told("set", &self.changes),
            told("without", &self.without),
            told("loosen", &self.loosen),
            told("waive", &self.waive),
            told("require", &self.require),
            told("forbid", &self.forbid),
        ]
        .concat()
    }
}

/// The most notches that one word may ask for.
const MOST_NOTCHES: usize = 10_000;

/// A rule's name as often as its notches: `start_limit*3` is that rule three times.
fn notches(text: &str) -> Vec<String> {
    let told = text.rsplit_once('*');
    let counted = told.and_then(|(name, times)| Some((name, times.parse().ok()?)));
    let (name, times): (&str, usize) = counted.unwrap_or((text, 1));
    vec![name.to_owned(); times.min(MOST_NOTCHES)]
}

/// How many lines of a list are shown; `None` shows all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed(pub Option<usize>);

/// A number of lines, or all.
pub(super) fn listed(text: &str) -> Result<Listed, String> {
    if text == "all" {
        return Ok(Listed(None));
    }
    let number = text
        .parse()
        .map_err(|_| "write a number, or all".to_owned())?;
    Ok(Listed(Some(number)))
}

/// A part of something as a percentage, exactly.
pub(super) fn share(text: &str) -> Result<Share, String> {
    Share::parse(text).map_err(|cause| cause.en)
}

/// Points of benefit, in thousandths.
pub(super) fn points(text: &str) -> Result<i64, String> {
    let points = decimal(text, 3, i64::MAX / 1000).map_err(|cause| cause.en)?;
    if points > 0 {
        Ok(points)
    } else {
        Err("write points above 0, as 12.5".to_owned())
    }
}

fn gap(text: &str) -> Result<f64, String> {
    let wrong = || "write a percentage, as 0.1%".to_owned();
    let number = text.strip_suffix('%').ok_or_else(wrong)?;
    let percent: f64 = number.parse().map_err(|_| wrong())?;
    if (0.0..=100.0).contains(&percent) {
        Ok(percent / 100.0)
    } else {
        Err(wrong())
    }
}

/// Seconds or minutes, as 60s or 2m.
pub(super) fn seconds(text: &str) -> Result<f64, String> {
    let wrong = || "write seconds or minutes, as 60s or 2m".to_owned();
    let (number, unit) = match (text.strip_suffix('s'), text.strip_suffix('m')) {
        (Some(number), _) => (number, 1.0),
        (_, Some(number)) => (number, 60.0),
        _ => (text, 1.0),
    };
    let seconds = number.parse::<f64>().map_err(|_| wrong())? * unit;
    if (0.0..=1e7).contains(&seconds) {
        Ok(seconds)
    } else {
        Err(wrong())
    }
}

fn solver(text: &str) -> Result<Solver, String> {
    let known = Solver::ALL.iter().find(|solver| solver.word() == text);
    let words: Vec<_> = Solver::ALL.iter().map(|solver| solver.word()).collect();
    known
        .copied()
        .ok_or_else(|| format!("this build has: {}", words.join(", ")))
}

/// Faults of rows of the dataset with the file and line of each.
pub(super) fn located(faults: Vec<Fault>, dataset: &Path) -> Vec<Fault> {
    let place = |fault: Fault| {
        let path = dataset.join(format!("{}.csv", fault.table));
        if fault.record.is_none() || fault.row.is_some() || !path.is_file() {
            return fault;
        }
        match read_table(&path) {
            Ok((table, _)) => fault.located(&table),
            Err(_) => fault,
        }
    };
    faults.into_iter().map(place).collect()
}

/// The fault of a folder that is not there, told before anything is read.
pub(super) fn folder_fault(path: &Path) -> Option<Fault> {
    (!path.is_dir()).then(|| {
        Fault::of(
            path.display().to_string(),
            phrase!("không có thư mục này", "there is no such folder"),
            phrase!("hãy kiểm tra đường dẫn", "check the path"),
        )
    })
}
