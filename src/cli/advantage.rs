//! `trongdiem advantage`: which places are strong in which sector, and the figures that say so.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use unicode_normalization::UnicodeNormalization;

use super::Exit;
use super::exit::print;
use super::options::folder_fault;
use crate::phrase;
use crate::phrase::Language;
use crate::programme::Programme;
use crate::record::Fault;
use crate::report::{advantage_figures, advantage_json, advantage_matrix, advantage_text};
use crate::tables::{csv_text, read_programme, write_file};

/// Show which places are strong in which sector, and the figures that say so.
#[derive(Debug, Args)]
#[command(after_help = "Example: trongdiem advantage datasets/son-la --out plans/advantage.csv")]
pub(super) struct AdvantageArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// Show one measure alone: its quotients in the place of the advantages.
    #[arg(long)]
    measure: Option<String>,
    /// Write the matrix, a row a place and a column a sector, to this CSV file.
    #[arg(long)]
    out: Option<PathBuf>,
    /// What is printed: text, or csv and json with a row a figure and its source.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading.
    Text,
    /// A row a figure.
    Csv,
    /// The same for machines.
    Json,
}

pub(super) fn run(arguments: &AdvantageArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    if let Some(fault) = folder_fault(&arguments.dataset) {
        return Err(vec![fault]);
    }
    let (programme, _) = read_programme(&arguments.dataset, &[])?;
    let measure: Option<String> = arguments.measure.as_ref().map(|own| own.nfc().collect());
    let measure = measure.as_deref();
    if let Some(fault) = measure.and_then(|own| no_measure(&programme, own)) {
        return Err(vec![fault]);
    }
    if let Some(path) = &arguments.out {
        let text = csv_text(&advantage_matrix(&programme, measure));
        write_file(path, &text).map_err(|fault| vec![fault])?;
    }
    let text = match arguments.format {
        Format::Csv => csv_text(&advantage_figures(&programme, measure)),
        Format::Json => {
            let json = advantage_json(&programme, measure);
            serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
        }
        Format::Text => {
            let mut text = advantage_text(&programme, measure, language);
            if let Some(path) = &arguments.out {
                let path = path.display();
                let note = phrase!("Đã ghi ma trận vào {path}.", "The matrix is in {path}.");
                text += note.say(language);
                text.push('\n');
            }
            text
        }
    };
    print(&text)?;
    Ok(Exit::Done)
}

/// The fault of a measure that the dataset does not have.
fn no_measure(programme: &Programme, measure: &str) -> Option<Fault> {
    let mut known: Vec<_> = programme.structure.iter().collect();
    known.sort_by_key(|row| &row.measure);
    known.dedup_by_key(|row| &row.measure);
    let known: Vec<_> = known.iter().map(|row| row.measure.as_str()).collect();
    (!known.contains(&measure)).then(|| {
        let names = known.join(", ");
        Fault::of(
            format!("--measure {measure}"),
            phrase!(
                "bảng structure không có chỉ tiêu thống kê này",
                "table structure has no such measure"
            ),
            phrase!("các chỉ tiêu thống kê: {names}", "the measures: {names}"),
        )
    })
}
