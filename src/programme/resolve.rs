//! Names to positions, with a fault for each name that leads nowhere.

use std::collections::HashMap;

use crate::record::Fault;

/// The positions of the codes of one table.
#[derive(Debug, Default)]
pub(super) struct Codes<'a> {
    table: &'static str,
    positions: HashMap<&'a str, usize>,
}

impl<'a> Codes<'a> {
    /// The codes of `table`, whose key is `column`; a code that stands twice is a fault.
    pub fn new(
        table: &'static str,
        column: &'static str,
        codes: impl Iterator<Item = &'a str>,
        faults: &mut Vec<Fault>,
    ) -> Codes<'a> {
        let mut positions: HashMap<&str, usize> = HashMap::new();
        for (position, code) in codes.enumerate() {
            if let Some(first) = positions.get(code) {
                let first = first + 2;
                faults.push(
                    Fault::of(
                        table,
                        crate::phrase!(
                            "“{code}” đã có ở dòng {first}",
                            "“{code}” stands already in row {first}"
                        ),
                        crate::phrase!(
                            "mỗi mã chỉ được dùng một lần: hãy đổi mã hoặc bỏ dòng trùng",
                            "a code stands once: change it or remove the duplicate row"
                        ),
                    )
                    .at(position)
                    .column(column),
                );
            } else {
                positions.insert(code, position);
            }
        }
        Codes { table, positions }
    }

    /// The position of `code`, if there is one.
    pub fn get(&self, code: &str) -> Option<usize> {
        self.positions.get(code).copied()
    }

    /// The position of `code`, or a fault at `place`.
    pub fn find(&self, code: &str, place: &Place, faults: &mut Vec<Fault>) -> Option<usize> {
        let found = self.get(code);
        if found.is_none() {
            let table = self.table;
            faults.push(place.fault(
                crate::phrase!(
                    "“{code}” không có trong bảng {table}",
                    "“{code}” is not in table {table}"
                ),
                crate::phrase!(
                    "hãy sửa mã, hoặc thêm một dòng vào bảng {table}",
                    "mend the code, or add a row to table {table}"
                ),
            ));
        }
        found
    }
}

/// A cell of a table: where a fault is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The table.
    pub table: &'static str,
    /// The record, from 0.
    pub record: usize,
    /// The column.
    pub column: &'static str,
}

impl Place {
    /// A fault in this cell.
    pub fn fault(&self, cause: crate::phrase::Phrase, remedy: crate::phrase::Phrase) -> Fault {
        Fault::of(self.table, cause, remedy)
            .at(self.record)
            .column(self.column)
    }
}
