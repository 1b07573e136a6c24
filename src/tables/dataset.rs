//! A dataset folder: its tables to facts, its facts to a programme.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::Change;
use super::file::{Input, read_table, read_text};
use crate::phrase;
use crate::programme::{About, Facts, Programme, ScoreRecord};
use crate::quantities::Score;
use crate::record::{Cell, Fault, Known, Record, Row, Table};

/// The tables that a dataset may have; those marked `true` it must.
const TABLES: &[(&str, bool)] = &[
    ("projects", true),
    ("contents", true),
    ("variants", false),
    ("criteria", true),
    ("scores", true),
    ("funds", true),
    ("mixes", false),
    ("eligibility", false),
    ("ceilings", true),
    ("areas", true),
    ("sectors", true),
    ("activities", true),
    ("implementers", false),
    ("norms", false),
    ("definitions", false),
    ("structure", false),
    ("quotients", false),
    ("advantage", false),
    ("relations", false),
    ("commitments", false),
    ("targets", false),
    ("earlier_grants", false),
    ("recognitions", false),
];

/// Tables of the design that this version does not read yet.
const NOT_YET: &[&str] = &["progress"];

/// The tables of a folder by name, with the files read.
pub(super) struct Folder {
    pub tables: BTreeMap<String, Table>,
    pub inputs: Vec<Input>,
}

/// Every CSV file of `folder` that `known` has a name for; others are faults.
pub(super) fn read_folder(
    folder: &Path,
    other: &str,
    known: impl Fn(&str) -> Result<(), Fault>,
) -> Result<Folder, Vec<Fault>> {
    let entries = fs::read_dir(folder).map_err(|error| {
        vec![Fault::of(
            folder.display().to_string(),
            phrase!(
                "không đọc được thư mục: {error}",
                "the folder cannot be read: {error}"
            ),
            phrase!("hãy kiểm tra đường dẫn", "check the path"),
        )]
    })?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut found = Folder {
        tables: BTreeMap::new(),
        inputs: Vec::new(),
    };
    let mut faults = Vec::new();
    for path in paths {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // Hidden files, and those by which Excel locks an open table.
        if name.starts_with(['.', '~']) {
            continue;
        }
        let Some(stem) = name.strip_suffix(".csv") else {
            let is_document = [".md", ".py", ".part"]
                .iter()
                .any(|end| name.ends_with(end));
            if !path.is_dir() && name != other && !is_document {
                faults.push(unknown_file(&path));
            }
            continue;
        };
        if let Err(mut fault) = known(stem) {
            fault.table = path.display().to_string();
            faults.push(fault);
            continue;
        }
        match read_table(&path) {
            Ok((table, input)) => {
                found.tables.insert(stem.to_owned(), table);
                found.inputs.push(input);
            }
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(faults)
    }
}

fn unknown_file(path: &Path) -> Fault {
    Fault::of(
        path.display().to_string(),
        phrase!(
            "tệp này không thuộc bộ dữ liệu",
            "this file does not belong here"
        ),
        phrase!(
            "hãy chuyển tệp đi nơi khác, hoặc lưu bảng thành tệp .csv",
            "move it elsewhere, or save the table as .csv"
        ),
    )
}

/// Whether a dataset may do without a table.
pub(super) fn is_optional(name: &str) -> bool {
    TABLES
        .iter()
        .any(|(table, needed)| *table == name && !needed)
}

fn known_table(name: &str) -> Result<(), Fault> {
    if TABLES.iter().any(|(table, _)| *table == name) {
        return Ok(());
    }
    let names: Vec<_> = TABLES.iter().map(|(table, _)| *table).collect();
    let names = names.join(", ");
    Err(if NOT_YET.contains(&name) {
        Fault::of(
            name,
            phrase!(
                "bảng này chưa được hỗ trợ trong phiên bản này",
                "this table is not supported in this version yet"
            ),
            phrase!("hãy bỏ tệp này", "remove the file"),
        )
    } else {
        Fault::of(
            name,
            phrase!(
                "không có bảng nào tên “{name}”",
                "there is no table “{name}”"
            ),
            phrase!("các bảng: {names}", "the tables: {names}"),
        )
    })
}

/// The facts of a dataset folder that candidates may be drawn for: it need have none of its own.
///
/// # Errors
/// Every fault of every file.
pub fn read_frame(folder: &Path) -> Result<Facts, Vec<Fault>> {
    let (facts, _) = read_tables(folder, &[], &["projects", "contents", "scores"])?;
    Ok(facts)
}

/// The programme of a dataset folder, changed by `changes`, with the files read.
///
/// # Errors
/// Every fault of every file, then of the facts together.
pub fn read_programme(
    folder: &Path,
    changes: &[Change],
) -> Result<(Programme, Vec<Input>), Vec<Fault>> {
    let (facts, found) = read_tables(folder, changes, &[])?;
    let programme = Programme::new(facts).map_err(|faults| {
        let locate = |fault: Fault| match found.tables.get(&fault.table) {
            Some(table) => fault.located(table),
            None => Fault {
                table: folder.join(&fault.table).display().to_string(),
                ..fault
            },
        };
        faults.into_iter().map(locate).collect::<Vec<_>>()
    })?;
    Ok((programme, found.inputs))
}

fn read_tables(
    path: &Path,
    changes: &[Change],
    may_lack: &[&str],
) -> Result<(Facts, Folder), Vec<Fault>> {
    let mut faults = Vec::new();
    let mut keep = |more: Vec<Fault>| faults.extend(more);
    let about = read_about(&path.join("dataset.toml")).map_err(|fault| keep(vec![fault]));
    let folder = read_folder(path, "dataset.toml", known_table).map_err(&mut keep);
    let (Ok((about, input)), Ok(mut folder)) = (about, folder) else {
        return Err(faults);
    };
    folder.inputs.insert(0, input);
    for (name, needed) in TABLES {
        if *needed && !may_lack.contains(name) && !folder.tables.contains_key(*name) {
            faults.push(Fault::of(
                path.join(format!("{name}.csv")).display().to_string(),
                phrase!("thiếu bảng {name}", "the table {name} is missing"),
                phrase!(
                    "hãy thêm tệp; từ điển dữ liệu mô tả các cột",
                    "add it; the data dictionary describes its columns"
                ),
            ));
        }
    }
    for change in changes {
        change
            .apply(&mut folder.tables)
            .unwrap_or_else(|fault| faults.push(fault));
    }
    let facts = facts(about, &folder.tables, &mut faults);
    if faults.is_empty() {
        Ok((facts, folder))
    } else {
        Err(faults)
    }
}

fn read_about(path: &Path) -> Result<(About, Input), Fault> {
    let (text, input) = read_text(path)?;
    let about = toml::from_str(&text).map_err(|error| toml_fault(path, &text, &error))?;
    Ok((about, input))
}

/// A fault in a TOML file, with its line.
pub(super) fn toml_fault(path: &Path, text: &str, error: &toml::de::Error) -> Fault {
    let message = error.message();
    let mut fault = Fault::of(
        path.display().to_string(),
        phrase!("không đọc được: {message}", "cannot be read: {message}"),
        phrase!(
            "hãy sửa dòng này; mẫu có trong các thư mục đi kèm",
            "mend this line; the folders shipped with the program show the form"
        ),
    );
    fault.row = error.span().map(|span| {
        let before = text[..span.start.min(text.len())].matches('\n').count();
        u64::try_from(before).unwrap_or(0) + 1
    });
    fault
}

fn facts(about: About, tables: &BTreeMap<String, Table>, faults: &mut Vec<Fault>) -> Facts {
    fn records<R: Record>(
        tables: &BTreeMap<String, Table>,
        name: &str,
        faults: &mut Vec<Fault>,
    ) -> Vec<R> {
        let Some(table) = tables.get(name) else {
            return Vec::new();
        };
        table.records().unwrap_or_else(|more| {
            faults.extend(more);
            Vec::new()
        })
    }
    let criteria: Vec<crate::programme::CriterionRecord> = records(tables, "criteria", faults);
    let codes: Vec<&str> = criteria.iter().map(|row| row.criterion.as_str()).collect();
    let scores = tables
        .get("scores")
        .map(|table| scores(table, &codes, faults));
    Facts {
        about,
        projects: records(tables, "projects", faults),
        contents: records(tables, "contents", faults),
        variants: records(tables, "variants", faults),
        scores: scores.unwrap_or_default(),
        funds: records(tables, "funds", faults),
        mixes: records(tables, "mixes", faults),
        eligibility: records(tables, "eligibility", faults),
        ceilings: records(tables, "ceilings", faults),
        areas: records(tables, "areas", faults),
        sectors: records(tables, "sectors", faults),
        activities: records(tables, "activities", faults),
        implementers: records(tables, "implementers", faults),
        norms: records(tables, "norms", faults),
        definitions: records(tables, "definitions", faults),
        structure: records(tables, "structure", faults),
        quotients: records(tables, "quotients", faults),
        advantage: records(tables, "advantage", faults),
        relations: records(tables, "relations", faults),
        commitments: records(tables, "commitments", faults),
        targets: records(tables, "targets", faults),
        earlier_grants: records(tables, "earlier_grants", faults),
        recognitions: records(tables, "recognitions", faults),
        criteria,
    }
}

/// The table `scores`: a column `project` and one for each criterion.
fn scores(table: &Table, criteria: &[&str], faults: &mut Vec<Fault>) -> Vec<ScoreRecord> {
    faults.extend(table.heading_faults(|name| name == "project" || criteria.contains(&name)));
    for name in criteria.iter().chain(&["project"]) {
        if !table.columns.iter().any(|column| column == name) {
            faults.push(table.missing(name, Score::ALLOWED));
        }
    }
    let places = table.places();
    let mut scores = Vec::with_capacity(table.rows.len());
    for position in 0..table.rows.len() {
        let mut row = Row {
            table,
            places: &places,
            position,
            faults,
        };
        let project = row.cell::<String>("project");
        let values: Option<Vec<Known<i64>>> = criteria
            .iter()
            .map(|name| {
                let score = row.cell::<Known<Score>>(name)?;
                Some(match score {
                    Known::Is(score) => Known::Is(score.0),
                    Known::Unknown => Known::Unknown,
                })
            })
            .collect();
        if let (Some(project), Some(scores_of)) = (project, values) {
            scores.push(ScoreRecord {
                project,
                scores: scores_of,
            });
        }
    }
    scores
}
