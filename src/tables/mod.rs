//! Folders of CSV files to values and back. A fault has its file, row, column, cause and remedy.

mod certificate;
mod change;
mod dataset;
mod file;
mod foreign_plan;
mod model;
mod plan;
mod risks;
mod write;

pub use certificate::{KeptBound, read_certificate};
pub use change::Change;
pub use dataset::{read_frame, read_programme};
pub use file::{Input, csv_text, read_table, remove_file, write_file};
pub use foreign_plan::read_plan;
pub use model::{read_model, read_policy};
pub use plan::plan_table;
pub use risks::read_risks;
pub use write::write_facts;
