//! `plan.csv`: a row a project and fund.

use std::collections::BTreeMap;

use crate::plan::{Decision, Plan};
use crate::programme::Programme;
use crate::quantities::{Money, Year, plain};
use crate::record::Table;

/// The plan as a table; `benefit` gives a decision's benefit in thousandths of a point, which
/// stands on the first row of its project.
#[must_use]
pub fn plan_table(programme: &Programme, plan: &Plan, benefit: impl Fn(&Decision) -> i64) -> Table {
    let mut columns: Vec<String> = ["project", "variant", "unit", "start", "source", "fund"]
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
                programme.sources[decision.source.index()].code.clone(),
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
