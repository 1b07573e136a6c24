//! `trongdiem generate`: a dataset by seed.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::exit::print;
use crate::generate::{Profile, generate};
use crate::record::{Cell, Fault};
use crate::tables::{read_frame, write_facts};

/// Make a dataset by seed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem generate --profile province --projects 300 --seed 7 --out plans/province"
)]
pub(super) struct GenerateArguments {
    /// What it is like: province, nation or tight.
    #[arg(long, value_parser = profile, default_value = "province")]
    profile: Profile,
    /// Candidate projects.
    #[arg(long, default_value_t = 900, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    projects: u32,
    /// The seed: the same one gives the same dataset.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Draw candidates for the places, money and law of this dataset folder.
    #[arg(long, value_name = "DATASET")]
    like: Option<PathBuf>,
    /// The folder to write.
    #[arg(long)]
    out: PathBuf,
}

fn profile(text: &str) -> Result<Profile, String> {
    Profile::parse(text).map_err(|phrase| phrase.en)
}

pub(super) fn run(arguments: &GenerateArguments) -> Result<Exit, Vec<Fault>> {
    let like = match &arguments.like {
        Some(path) => Some(read_frame(path)?),
        None => None,
    };
    let projects = usize::try_from(arguments.projects).unwrap_or(usize::MAX);
    let facts = generate(arguments.profile, projects, arguments.seed, like.as_ref());
    write_facts(&arguments.out, &facts).map_err(|fault| vec![fault])?;
    print(&format!("{}\n", arguments.out.display()))?;
    Ok(Exit::Done)
}
