//! One file: CSV to a table of text and back, its hash, and writing that never loses what was.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::phrase;
use crate::record::{Fault, Table};

/// A file that was read, for the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its path as given.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// The text of a file in NFC, with its hash.
///
/// # Errors
/// The file cannot be read, or is not UTF-8.
pub(super) fn read_text(path: &Path) -> Result<(String, Input), Fault> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let digest = Sha256::digest(&bytes);
    let input = Input {
        path: name.clone(),
        sha256: hexadecimal(&digest),
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()]
            .split(|&byte| byte == b'\n')
            .count();
        Fault::of(
            name,
            phrase!(
                "dòng {line} không phải là UTF-8",
                "line {line} is not UTF-8"
            ),
            phrase!(
                "trong Excel hãy lưu theo kiểu “CSV UTF-8”",
                "save it as UTF-8; in Excel choose “CSV UTF-8”"
            ),
        )
    })?;
    Ok((text.nfc().collect(), input))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(digit).collect()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::of(
        path.display().to_string(),
        phrase!("không đọc được tệp: {error}", "cannot be read: {error}"),
        phrase!(
            "hãy kiểm tra đường dẫn và quyền đọc",
            "check the path and its permissions"
        ),
    )
}

/// The table in a CSV file, with the hash of the file.
///
/// # Errors
/// Every fault of its form: unreadable, not UTF-8, no heading, rows with too few or many cells.
pub fn read_table(path: &Path) -> Result<(Table, Input), Vec<Fault>> {
    let (text, input) = read_text(path).map_err(|fault| vec![fault])?;
    let name = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    let table = parse(
        &name.unwrap_or_default(),
        &path.display().to_string(),
        &text,
    )?;
    Ok((table, input))
}

/// The table in a CSV text.
///
/// # Errors
/// As [`read_table`].
pub(super) fn parse(name: &str, file: &str, text: &str) -> Result<Table, Vec<Fault>> {
    // Excel in Vietnamese separates by semicolons: a heading without any comma says so.
    let heading = text.lines().next().unwrap_or_default();
    let is_semicolon = heading.contains(';') && !heading.contains(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if is_semicolon { b';' } else { b',' })
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut table = Table {
        name: name.to_owned(),
        file: file.to_owned(),
        ..Table::default()
    };
    let mut faults = Vec::new();
    for record in reader.records() {
        // Text in memory that is UTF-8 and of any width always reads.
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if table.columns.is_empty() {
            table.columns = cells;
        } else if cells.iter().all(String::is_empty) {
            // A blank line, as Excel leaves at the end of a sheet.
        } else if cells.len() == table.columns.len() {
            table.rows.push(cells);
            table.lines.push(line);
        } else {
            faults.push(wrong_width(&table, &cells, line));
        }
    }
    if table.columns.is_empty() {
        faults.push(table.fault(
            phrase!("tệp trống", "the file is empty"),
            phrase!(
                "dòng đầu phải là tên các cột",
                "its first line names the columns"
            ),
        ));
    }
    if faults.is_empty() {
        Ok(table)
    } else {
        Err(faults)
    }
}

fn wrong_width(table: &Table, cells: &[String], line: u64) -> Fault {
    let (found, expected) = (cells.len(), table.columns.len());
    let mut fault = table.fault(
        phrase!(
            "dòng có {found} ô, tiêu đề có {expected}",
            "the row has {found} cells, the heading {expected}"
        ),
        phrase!(
            "dấu thập phân là dấu chấm, không có dấu phân cách hàng nghìn: 1250.5; ô chữ có dấu phẩy phải đặt trong dấu ngoặc kép",
            "the decimal mark is a point, without thousands separators: 1250.5; quote texts that hold a comma"
        ),
    );
    fault.row = Some(line);
    fault.text = Some(cells.join(","));
    fault
}

/// A table as CSV text.
#[must_use]
pub fn csv_text(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row is as wide as the heading.
    let _ = writer.write_record(&table.columns);
    for row in &table.rows {
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Writes a file whole or not at all: beside its place first, then moved there, so that a full
/// disk or a killed run leaves an older file as it was.
///
/// # Errors
/// The folder cannot be made, the file not written.
pub fn write_file(path: &Path, text: &str) -> Result<(), Fault> {
    let attempt = || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let beside = beside(path);
        let written = fs::File::create(&beside).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        if let Err(error) = written {
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
        fs::rename(&beside, path)
    };
    attempt().map_err(|error| unwritable(path, &error))
}

/// Takes a file away; one that is not there is gone already.
///
/// # Errors
/// The file cannot be taken away.
pub fn remove_file(path: &Path) -> Result<(), Fault> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::of(
        path.display().to_string(),
        phrase!("không ghi được tệp: {error}", "cannot be written: {error}"),
        phrase!(
            "hãy kiểm tra dung lượng đĩa và quyền ghi; tệp cũ vẫn còn nguyên",
            "check the disk's space and the permissions; an older file is still as it was"
        ),
    )
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
