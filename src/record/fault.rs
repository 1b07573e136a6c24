//! A fault in the data: where it is, what is wrong, and what to do about it.

use std::fmt;

use serde::Serialize;

use super::Table;
use crate::phrase::{Language, Phrase};

/// One fault in a table or a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The label of the rule or gate that it concerns, where it is one's.
    pub rule: Option<String>,
    /// The table or file, as `projects` or `model.toml`; its path once [`Fault::located`].
    pub table: String,
    /// Position of the record in its table, from 0.
    #[serde(skip)]
    pub record: Option<usize>,
    /// Line of the file, from 1, the heading included.
    pub row: Option<u64>,
    /// The row itself, as read.
    pub text: Option<String>,
    /// The column at fault.
    pub column: Option<String>,
    /// What is wrong.
    pub cause: Phrase,
    /// What to do.
    pub remedy: Phrase,
}

impl Fault {
    /// A fault of a table as a whole.
    pub fn of(table: impl Into<String>, cause: Phrase, remedy: Phrase) -> Fault {
        Fault {
            rule: None,
            table: table.into(),
            record: None,
            row: None,
            text: None,
            column: None,
            cause,
            remedy,
        }
    }

    /// The same fault, in the record at position `record` (from 0).
    #[must_use]
    pub fn at(mut self, record: usize) -> Fault {
        self.record = Some(record);
        self
    }

    /// The same fault, in `column`.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Fault {
        self.column = Some(column.into());
        self
    }

    /// The same fault with the file, line and text of its record, taken from `table`.
    #[must_use]
    pub fn located(mut self, table: &Table) -> Fault {
        self.table.clone_from(&table.file);
        if let Some(record) = self.record {
            self.row = table.lines.get(record).copied();
            self.text = table.rows.get(record).map(|cells| cells.join(","));
        }
        self
    }

    /// The fault as a paragraph: rule, place, cause, the row, remedy.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let (row, column, remedy) = match language {
            Language::Vietnamese => ("dòng", "cột", "Cách sửa"),
            Language::English => ("row", "column", "remedy"),
        };
        let mut text = match &self.rule {
            Some(rule) if *rule != self.table => format!("{rule}: {}", self.table),
            _ => self.table.clone(),
        };
        if let Some(number) = self.row {
            text += &format!(", {row} {number}");
        }
        if let Some(name) = &self.column {
            text += &format!(", {column} {name}");
        }
        text += &format!(": {}", self.cause.say(language));
        if let Some(cells) = &self.text {
            text += &format!("\n    | {cells}");
        }
        text + &format!("\n    {remedy}: {}", self.remedy.say(language))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::English))
    }
}

impl std::error::Error for Fault {}
