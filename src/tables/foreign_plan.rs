//! The reading of a plan from anyone, held to what the dataset says of its decisions.

use std::collections::BTreeMap;
use std::path::Path;

use super::file::{Input, read_table};
use crate::phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{FundId, Programme, ProjectId, SourceId, UnitId, VariantId};
use crate::quantities::{Money, Year};
use crate::record::{Fault, Row, Table};

/// What one row says: a decision but for its source, and who pays.
#[derive(Debug, Clone)]
struct Line {
    position: usize,
    project: ProjectId,
    variant: VariantId,
    start: Year,
    unit: Option<UnitId>,
    source: Option<SourceId>,
    fund: FundId,
}

/// A plan from a file with the columns project, variant, start, fund and, where units are named,
/// unit; `source` too where several mixes have the same funds. A project paid by a mix has a row a
/// fund. Columns of years, `support` and `benefit` may stand beside them: amounts are held against
/// what the decision spends, benefit is computed anew.
///
/// # Errors
/// Every fault: names that lead nowhere, rows of a project that disagree, amounts that differ.
pub fn read_plan(programme: &Programme, path: &Path) -> Result<(Plan, Input), Vec<Fault>> {
    let (table, input) = read_table(path)?;
    let years: Vec<String> = programme.years.iter().map(Year::to_string).collect();
    let named = [
        "project", "variant", "unit", "start", "source", "fund", "support", "benefit",
    ];
    let mut faults =
        table.heading_faults(|name| named.contains(&name) || years.iter().any(|year| year == name));
    for name in ["project", "variant", "start", "fund"] {
        if !table.columns.iter().any(|column| column == name) {
            faults.push(table.missing(name, "text"));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let places = table.places();
    let mut projects: BTreeMap<ProjectId, Vec<Line>> = BTreeMap::new();
    for position in 0..table.rows.len() {
        let mut row = Row {
            table: &table,
            places: &places,
            position,
            faults: &mut faults,
        };
        if let Some(line) = read_line(programme, &mut row) {
            projects.entry(line.project).or_default().push(line);
        }
    }
    let mut decisions = Vec::new();
    for lines in projects.values() {
        if let Some(decision) = join(programme, lines, &table, &mut faults) {
            for line in lines {
                amounts(programme, &decision, line, &table, &mut faults);
            }
            decisions.push(decision);
        }
    }
    if faults.is_empty() {
        Ok((Plan::new(programme, decisions), input))
    } else {
        Err(faults)
    }
}

/// The decision that the rows of one project make together.
fn join(
    programme: &Programme,
    lines: &[Line],
    table: &Table,
    faults: &mut Vec<Fault>,
) -> Option<Decision> {
    let first = &lines[0];
    let row = table.lines[first.position];
    for other in &lines[1..] {
        let agrees = (other.variant, other.start, other.unit, other.source)
            == (first.variant, first.start, first.unit, first.source);
        let repeats = lines
            .iter()
            .any(|line| line.position < other.position && line.fund == other.fund);
        if !agrees || repeats {
            let fault = Fault::of(
                "plan",
                phrase!(
                    "đề án đã có ở dòng {row}, và hai dòng không hợp thành một cách bố trí",
                    "the project stands already in row {row}, and the two do not make one decision"
                ),
                phrase!(
                    "mỗi đề án một dòng; nếu do nhiều nguồn cùng chi thì mỗi nguồn một dòng, các ô khác giống nhau",
                    "one row a project; where several funds pay, a row a fund, alike but for the amounts"
                ),
            );
            faults.push(fault.at(other.position).column("project").located(table));
            return None;
        }
    }
    let mut funds: Vec<FundId> = lines.iter().map(|line| line.fund).collect();
    funds.sort_unstable();
    let fits = |position: usize| {
        let parts = programme.sources[position].parts.iter();
        let mut own: Vec<FundId> = parts.map(|&(fund, _)| fund).collect();
        own.sort_unstable();
        own == funds && first.source.is_none_or(|source| source.index() == position)
    };
    let mut fitting = (0..programme.sources.len()).filter(|&position| fits(position));
    match (fitting.next(), fitting.next()) {
        (Some(source), None) => Some(Decision {
            project: first.project,
            variant: first.variant,
            source: SourceId::at(source),
            start: first.start,
            unit: first.unit,
        }),
        (found, _) => {
            let cause = if found.is_some() {
                phrase!(
                    "nhiều nguồn kết hợp có cùng các nguồn kinh phí này",
                    "several mixes have these funds"
                )
            } else {
                phrase!(
                    "không có nguồn nào gồm đúng các nguồn kinh phí này",
                    "no source has exactly these funds"
                )
            };
            let remedy = phrase!(
                "hãy ghi mã nguồn hoặc nguồn kết hợp (bảng mixes) vào cột source",
                "write the code of the fund or mix (table mixes) in column source"
            );
            let fault = Fault::of("plan", cause, remedy);
            faults.push(fault.at(first.position).column("fund").located(table));
            None
        }
    }
}

fn read_line(programme: &Programme, row: &mut Row<'_>) -> Option<Line> {
    let code = row.cell::<String>("project");
    let variant = row.cell::<String>("variant");
    let start = row.cell::<Year>("start");
    let fund_code = row.cell::<String>("fund");
    let mix = row.cell::<Option<String>>("source").flatten();
    let unit = row.cell::<Option<String>>("unit").flatten();
    let mut find = |column: &str, name: &str, position: Option<usize>| {
        if position.is_none() {
            let unknown = Fault::of(
                "plan",
                phrase!("không có “{name}”", "there is no “{name}”"),
                phrase!("hãy dùng mã của bộ dữ liệu", "use a code of the dataset"),
            );
            row.faults
                .push(unknown.at(row.position).column(column).located(row.table));
        }
        position
    };
    let code = code?;
    let project = programme.find(&code);
    find("project", &code, project.map(ProjectId::index))?;
    let own = programme.project(project?);
    let variant = variant?;
    let variant = find(
        "variant",
        &variant,
        own.variants.iter().position(|v| v.name == variant),
    );
    let fund_code = fund_code?;
    let paying = find(
        "fund",
        &fund_code,
        programme
            .funds
            .iter()
            .position(|f| f.named.code == fund_code),
    );
    let source = match mix {
        Some(name) => {
            let position = programme.sources.iter().position(|s| s.code == name);
            Some(SourceId::at(find("source", &name, position)?))
        }
        None => None,
    };
    let unit = match unit.filter(|unit| unit != "unknown") {
        Some(name) => {
            let position = programme.units.iter().position(|u| u.named.code == name);
            Some(UnitId::at(find("unit", &name, position)?))
        }
        // A project that names one unit only leaves nothing to say.
        None => own.units.first().copied().filter(|_| own.units.len() == 1),
    };
    let start = start?;
    let outside = programme
        .year_index(start)
        .is_none()
        .then(|| start.to_string());
    if let Some(year) = outside {
        find("start", &year, None)?;
    }
    Some(Line {
        position: row.position,
        project: project?,
        variant: VariantId::at(variant?),
        start,
        unit,
        source,
        fund: FundId::at(paying?),
    })
}

/// Amounts of a row that differ from what the decision takes from its fund.
fn amounts(
    programme: &Programme,
    decision: &Decision,
    line: &Line,
    table: &Table,
    faults: &mut Vec<Fault>,
) {
    for (column, cell) in table.columns.iter().zip(&table.rows[line.position]) {
        let payments = decision.payments(programme);
        let payments = payments.filter(|payment| payment.fund == line.fund);
        let spent: Money = match (column.as_str(), column.parse::<u16>()) {
            ("support", _) => payments.map(|payment| payment.amount).sum(),
            (_, Ok(year)) => {
                let own = payments.filter(|payment| payment.year == Year(year));
                own.map(|payment| payment.amount).sum()
            }
            _ => continue,
        };
        let is_same = cell.is_empty() || Money::parse_millions(cell) == Ok(spent);
        if !is_same {
            let other = Fault::of(
                "plan",
                phrase!(
                    "ghi {cell}, nhưng theo bộ dữ liệu là {spent}",
                    "it says {cell}, but by the dataset it is {spent}"
                ),
                phrase!(
                    "hãy sửa số tiền, hoặc để trống",
                    "mend the amount, or leave it blank"
                ),
            );
            faults.push(other.at(line.position).column(column).located(table));
        }
    }
}
