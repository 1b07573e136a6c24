//! A table as text, whatever file or sheet it came from, and the reading of its rows.

use std::collections::HashMap;

use super::{Cell, Fault, Record};

/// A table as text: headings, rows, and where each row stood in its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its name, as `projects`.
    pub name: String,
    /// The file it was read from, for messages; its name where there is none.
    pub file: String,
    /// The headings.
    pub columns: Vec<String>,
    /// The cells of each row, as many as there are headings.
    pub rows: Vec<Vec<String>>,
    /// The line of the file at which each row starts, from 1.
    pub lines: Vec<u64>,
}

impl Table {
    /// An empty table of records of type `R`.
    #[must_use]
    pub fn of<R: Record>(name: &str, records: &[R]) -> Table {
        Table {
            name: name.to_owned(),
            file: name.to_owned(),
            columns: R::COLUMNS.iter().map(|c| c.name.to_owned()).collect(),
            rows: records.iter().map(Record::print).collect(),
            lines: (2..).take(records.len()).collect(),
        }
    }

    /// The records of the table.
    ///
    /// # Errors
    /// Every fault of the table: unknown and missing columns, and every cell that cannot be read.
    pub fn records<R: Record>(&self) -> Result<Vec<R>, Vec<Fault>> {
        let mut faults = self.heading_faults(|name| R::COLUMNS.iter().any(|c| c.name == name));
        for column in R::COLUMNS.iter().filter(|column| column.needed) {
            if !self.columns.iter().any(|name| name == column.name) {
                faults.push(self.missing(column.name, column.allowed));
            }
        }
        let places = self.places();
        let mut records = Vec::with_capacity(self.rows.len());
        for position in 0..self.rows.len() {
            let mut row = Row {
                table: self,
                places: &places,
                position,
                faults: &mut faults,
            };
            records.extend(R::read(&mut row));
        }
        if faults.is_empty() {
            Ok(records)
        } else {
            Err(faults)
        }
    }

    /// Where each heading stands.
    #[must_use]
    pub fn places(&self) -> HashMap<&str, usize> {
        let names = self.columns.iter().map(String::as_str);
        names.zip(0..).collect()
    }

    /// The faults of headings that are unknown or stand twice.
    pub fn heading_faults(&self, known: impl Fn(&str) -> bool) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (position, name) in self.columns.iter().enumerate() {
            if self.columns[..position].contains(name) {
                faults.push(
                    self.fault(
                        crate::phrase!(
                            "cột “{name}” xuất hiện hai lần",
                            "the column “{name}” stands twice"
                        ),
                        crate::phrase!("hãy bỏ một trong hai cột", "remove one of the two"),
                    )
                    .column(name),
                );
            } else if !known(name) {
                faults.push(
                    self.fault(
                        crate::phrase!(
                            "không có cột nào tên “{name}”",
                            "there is no column “{name}” in this table"
                        ),
                        crate::phrase!(
                            "hãy sửa tên cột hoặc bỏ cột; từ điển dữ liệu liệt kê các cột",
                            "mend its name or remove it; the data dictionary lists the columns"
                        ),
                    )
                    .column(name),
                );
            }
        }
        faults
    }

    /// The fault of a column that is not there.
    #[must_use]
    pub fn missing(&self, name: &str, allowed: &str) -> Fault {
        self.fault(
            crate::phrase!("thiếu cột “{name}”", "the column “{name}” is missing"),
            crate::phrase!(
                "hãy thêm cột; giá trị cho phép: {allowed}",
                "add it; it holds: {allowed}"
            ),
        )
        .column(name)
    }

    /// A fault of this table as a whole.
    #[must_use]
    pub fn fault(&self, cause: crate::phrase::Phrase, remedy: crate::phrase::Phrase) -> Fault {
        Fault::of(self.file.clone(), cause, remedy)
    }
}

/// One row being read; collects its faults.
#[derive(Debug)]
pub struct Row<'a> {
    /// The table the row belongs to.
    pub table: &'a Table,
    /// Where each heading stands.
    pub places: &'a HashMap<&'a str, usize>,
    /// Which row of the table, from 0.
    pub position: usize,
    /// The faults found so far.
    pub faults: &'a mut Vec<Fault>,
}

impl Row<'_> {
    /// The value of the cell under `column`; a cell that cannot be read is noted as a fault.
    pub fn cell<T: Cell>(&mut self, column: &str) -> Option<T> {
        let Some(&place) = self.places.get(column) else {
            // A needed column that is missing is one fault of the table, not one of every row.
            return if T::MAY_BE_BLANK {
                T::parse("").ok()
            } else {
                None
            };
        };
        let text = self.table.rows[self.position][place].as_str();
        let outcome = if text.is_empty() && !T::MAY_BE_BLANK {
            Err(crate::phrase!("ô này để trống", "the cell is blank"))
        } else {
            T::parse(text)
        };
        outcome
            .map_err(|cause| {
                let or_unknown = if T::MAY_BE_UNKNOWN { ", `unknown`" } else { "" };
                let allowed = format!("{}{or_unknown}", T::ALLOWED);
                let remedy = crate::phrase!("giá trị cho phép: {allowed}", "it holds: {allowed}");
                let fault = Fault::of(self.table.name.clone(), cause, remedy);
                self.faults
                    .push(fault.at(self.position).column(column).located(self.table));
            })
            .ok()
    }
}
