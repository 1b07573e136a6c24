//! `plan.csv`: a row a project and fund, and the reading of a plan from anyone.

use std::collections::BTreeMap;
use std::path::Path;

use super::file::{Input, read_table};
use crate::phrase;
use crate::plan::{Decision, Plan};
use crate::programme::{Programme, ProjectId, SourceId, UnitId, VariantId};
use crate::quantities::{Money, Year, plain};
use crate::record::{Fault, Row, Table};

/// The plan as a table; `benefit` gives a decision's benefit in thousandths of a point, which
/// stands on the first row of its project.
#[must_use]
pub fn plan_table(programme: &Programme, plan: &Plan, benefit: impl Fn(&Decision) -> i64) -> Table {
    let mut columns: Vec<String> = ["project", "variant", "unit", "start", "fund"]
        .iter()
        .map(|&name| name.to_owned())
        .collect();
    columns.extend(programme.years.iter().map(Year::to_string));
    columns.extend(["support".to_owned(), "benefit".to_owned()]);
    let mut rows = Vec::new();
    for decision in plan.choices() {
        let mut by_fund: BTreeMap<_, Vec<Money>> = BTreeMap::new();
        for &(fund, _) in &programme.sources[decision.source.index()].parts {
            by_fund.insert(fund, vec![Money::ZERO; programme.years.len()]);
        }
        for payment in decision.payments(programme) {
            let years = by_fund.get_mut(&payment.fund);
            let place = programme.year_index(payment.year);
            if let (Some(years), Some(place)) = (years, place) {
                years[place] += payment.amount;
            }
        }
        for (position, (fund, years)) in by_fund.into_iter().enumerate() {
            let unit = decision
                .unit
                .map(|unit| programme.units[unit.index()].named.code.clone());
            let mut row = vec![
                programme.project(decision.project).code.clone(),
                decision.variant(programme).name.clone(),
                unit.unwrap_or_else(|| "unknown".to_owned()),
                decision.start.to_string(),
                programme.funds[fund.index()].named.code.clone(),
            ];
            row.extend(years.iter().map(|amount| amount.millions()));
            row.push(years.into_iter().sum::<Money>().millions());
            let own = if position == 0 { benefit(decision) } else { 0 };
            row.push(plain(own, 3));
            rows.push(row);
        }
    }
    Table {
        name: "plan".to_owned(),
        file: "plan.csv".to_owned(),
        columns,
        rows,
        lines: Vec::new(),
    }
}

/// A plan from a file with the columns project, variant, start, fund and, where units are named,
/// unit. Columns of years, `support` and `benefit` may stand beside them: amounts are held against
/// what the decision spends, benefit is computed anew.
///
/// # Errors
/// Every fault: names that lead nowhere, a project that stands twice, amounts that differ.
pub fn read_plan(programme: &Programme, path: &Path) -> Result<(Plan, Input), Vec<Fault>> {
    let (table, input) = read_table(path)?;
    let years: Vec<String> = programme.years.iter().map(Year::to_string).collect();
    let named = [
        "project", "variant", "unit", "start", "fund", "support", "benefit",
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
    let mut seen: BTreeMap<ProjectId, usize> = BTreeMap::new();
    let mut decisions = Vec::new();
    for position in 0..table.rows.len() {
        let mut row = Row {
            table: &table,
            places: &places,
            position,
            faults: &mut faults,
        };
        let Some(decision) = read_decision(programme, &mut row) else {
            continue;
        };
        if let Some(first) = seen.insert(decision.project, position) {
            let line = table.lines[first];
            let twice = Fault::of(
                "plan",
                phrase!(
                    "đề án đã có ở dòng {line}",
                    "the project stands already in row {line}"
                ),
                phrase!("mỗi đề án một dòng", "one row a project"),
            );
            faults.push(twice.at(position).column("project").located(&table));
        }
        amounts(programme, &decision, &table, position, &mut faults);
        decisions.push(decision);
    }
    if faults.is_empty() {
        Ok((Plan::new(programme, decisions), input))
    } else {
        Err(faults)
    }
}

fn read_decision(programme: &Programme, row: &mut Row<'_>) -> Option<Decision> {
    let code = row.cell::<String>("project");
    let variant = row.cell::<String>("variant");
    let start = row.cell::<Year>("start");
    let payer = row.cell::<String>("fund");
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
    let payer = payer?;
    let source = find(
        "fund",
        &payer,
        programme.sources.iter().position(|s| s.code == payer),
    );
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
    Some(Decision {
        project: project?,
        variant: VariantId::at(variant?),
        source: SourceId::at(source?),
        start,
        unit,
    })
}

/// Amounts in the file that differ from what the decision spends.
fn amounts(
    programme: &Programme,
    decision: &Decision,
    table: &Table,
    position: usize,
    faults: &mut Vec<Fault>,
) {
    for (column, cell) in table.columns.iter().zip(&table.rows[position]) {
        let payments = decision.payments(programme);
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
            faults.push(other.at(position).column(column).located(table));
        }
    }
}
