//! A table to be read: a title, headings, rows; to a terminal's text.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

/// A line under the headings, none between the rows.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table of texts. The first column is words, the others as `numeric` says.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// What it shows.
    pub title: String,
    /// Its headings.
    pub headings: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// The columns that hold numbers, aligned to the right.
    pub numeric: Vec<usize>,
}

impl Grid {
    /// The table as text, its title above it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut table = Table::new();
        table
            .load_style(STYLE)
            .set_content_arrangement(ContentArrangement::Disabled)
            .set_header(&self.headings);
        for row in &self.rows {
            table.add_row(row);
        }
        for &position in &self.numeric {
            if let Some(column) = table.column_mut(position) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        format!("{}\n{}\n", self.title, table.trim_fmt())
    }
}
