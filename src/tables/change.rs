//! A change to one column of some rows: what a scenario does to a dataset or a model.
//!
//! `ceilings[local,2027].amount*=0.9` multiplies the column `amount` of the rows of `ceilings`
//! whose first two cells are `local` and `2027`. `=` sets, `*=` multiplies, `+=` and `-=` add and
//! take away. `*` matches any cell; `[]` or no brackets match every row. Arithmetic is exact;
//! results are rounded to six decimals, half up.

use std::collections::BTreeMap;

use crate::phrase;
use crate::phrase::Phrase;
use crate::quantities::{decimal, plain, rounded};
use crate::record::{Fault, Table};

/// A change, as written after `--set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    text: String,
    table: String,
    keys: Vec<String>,
    column: String,
    operation: Operation,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Set,
    Multiply,
    Add,
    Subtract,
}

impl Change {
    /// Reads a change.
    ///
    /// # Errors
    /// The text is none.
    pub fn parse(text: &str) -> Result<Change, Fault> {
        let wrong = || {
            Fault::of(
                format!("--set {text}"),
                phrase!(
                    "không hiểu thay đổi này",
                    "this change cannot be understood"
                ),
                phrase!(
                    "hãy viết như 'ceilings[local,2027].amount*=0.9'",
                    "write it as 'ceilings[local,2027].amount*=0.9'"
                ),
            )
        };
        let (left, value) = text.split_once('=').ok_or_else(wrong)?;
        let (left, operation) = match left.as_bytes().last() {
            Some(b'*') => (&left[..left.len() - 1], Operation::Multiply),
            Some(b'+') => (&left[..left.len() - 1], Operation::Add),
            Some(b'-') => (&left[..left.len() - 1], Operation::Subtract),
            _ => (left, Operation::Set),
        };
        let (place, column) = left.rsplit_once('.').ok_or_else(wrong)?;
        let (table, keys) = match place.split_once('[') {
            Some((table, rest)) => (table, rest.strip_suffix(']').ok_or_else(wrong)?),
            None => (place, ""),
        };
        if table.is_empty() || column.trim().is_empty() {
            return Err(wrong());
        }
        let keys = keys.split(',').map(str::trim);
        let keys: Vec<String> = keys
            .filter(|key| !key.is_empty())
            .map(str::to_owned)
            .collect();
        Ok(Change {
            text: text.to_owned(),
            table: table.trim().to_owned(),
            keys,
            column: column.trim().to_owned(),
            operation,
            value: value.trim().to_owned(),
        })
    }

    /// The table that it changes.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The change as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Makes the change.
    ///
    /// # Errors
    /// No such table, column or row; arithmetic on a cell that is no number.
    pub(super) fn apply(&self, tables: &mut BTreeMap<String, Table>) -> Result<(), Fault> {
        let fault = |cause| {
            let remedy = phrase!(
                "hãy kiểm tra tên bảng, cột và giá trị khóa",
                "check the names of table and column, and the keys"
            );
            Fault::of(format!("--set {}", self.text), cause, remedy)
        };
        let (name, column) = (&self.table, &self.column);
        let Some(table) = tables.get_mut(name) else {
            return Err(fault(phrase!(
                "không có bảng “{name}”",
                "there is no table “{name}”"
            )));
        };
        let Some(place) = table.columns.iter().position(|own| own == column) else {
            return Err(fault(phrase!(
                "bảng không có cột “{column}”",
                "the table has no column “{column}”"
            )));
        };
        let mut found = false;
        for row in &mut table.rows {
            let keys = self.keys.iter().zip(row.iter());
            if self.keys.len() <= row.len()
                && keys
                    .into_iter()
                    .all(|(key, cell)| key == "*" || key == cell)
            {
                found = true;
                row[place] = self.changed(&row[place]).map_err(&fault)?;
            }
        }
        if found {
            Ok(())
        } else {
            Err(fault(phrase!("không có dòng nào khớp", "no row matches")))
        }
    }

    fn changed(&self, cell: &str) -> Result<String, Phrase> {
        const MOST: i64 = 1_000_000_000_000_000_000;
        if self.operation == Operation::Set {
            return Ok(self.value.clone());
        }
        let (cell, sign) = match cell.strip_suffix('%') {
            Some(number) => (number, "%"),
            None => (cell, ""),
        };
        let own = decimal(cell.trim(), 6, MOST)?;
        let by = decimal(self.value.trim_end_matches('%').trim(), 6, MOST)?;
        let result = match self.operation {
            Operation::Multiply => rounded(i128::from(own) * i128::from(by), 1_000_000),
            Operation::Add => own.saturating_add(by),
            Operation::Subtract | Operation::Set => own.saturating_sub(by),
        };
        Ok(format!("{}{sign}", plain(result, 6)))
    }
}
