//! A change to one column of some rows: what a scenario does to a dataset or a model.
//!
//! `ceilings[local,2027].amount*=0.9` multiplies the column `amount` of the rows of `ceilings`
//! whose first two cells are `local` and `2027`. `=` sets, `*=` multiplies (`*=0.9` or `*=90%`), `+=`
//! and `-=` add and take away. The key `*` matches any cell, a blank key a blank cell; `[]` or no
//! brackets match every row. Arithmetic is exact;
//! results are rounded to six decimals, half up.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

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
        let text: String = text.nfc().collect();
        // Keys may hold any sign, so the brackets are closed first.
        let (table, keys, rest) = if let Some((table, rest)) = text.split_once('[') {
            let (keys, rest) = rest.split_once("].").ok_or_else(wrong)?;
            (table, Some(keys), rest)
        } else {
            let (table, rest) = text.split_once('.').ok_or_else(wrong)?;
            (table, None, rest)
        };
        let (column, value) = rest.split_once('=').ok_or_else(wrong)?;
        let (column, operation) = match column.as_bytes().last() {
            Some(b'*') => (&column[..column.len() - 1], Operation::Multiply),
            Some(b'+') => (&column[..column.len() - 1], Operation::Add),
            Some(b'-') => (&column[..column.len() - 1], Operation::Subtract),
            _ => (column, Operation::Set),
        };
        if table.trim().is_empty() || column.trim().is_empty() {
            return Err(wrong());
        }
        let keys = keys.filter(|keys| !keys.trim().is_empty());
        let keys = keys.map(|keys| keys.split(',').map(|key| key.trim().to_owned()).collect());
        Ok(Change {
            table: table.trim().to_owned(),
            keys: keys.unwrap_or_default(),
            column: column.trim().to_owned(),
            operation,
            value: value.trim().to_owned(),
            text,
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
        let (value, is_percent) = match self.value.strip_suffix('%') {
            Some(number) => (number, true),
            None => (self.value.as_str(), false),
        };
        let own = decimal(cell.trim(), 6, MOST)?;
        let by = decimal(value.trim(), 6, MOST)?;
        let product = i128::from(own) * i128::from(by);
        let result = match self.operation {
            Operation::Multiply if is_percent => rounded(product, 100_000_000),
            Operation::Multiply => rounded(product, 1_000_000),
            Operation::Add | Operation::Subtract if is_percent != (sign == "%") => {
                let value = &self.value;
                return Err(phrase!(
                    "không cộng trừ được {value} với {cell}{sign}: một bên có dấu %",
                    "{value} cannot be added to or taken from {cell}{sign}: one of them is a percentage"
                ));
            }
            Operation::Add => own.saturating_add(by),
            Operation::Subtract | Operation::Set => own.saturating_sub(by),
        };
        Ok(format!("{}{sign}", plain(result, 6)))
    }
}
