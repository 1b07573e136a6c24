//! What becomes of a plan under risks, for machines: JSON, and a row a project.

use serde_json::{Value, json};

use super::super::sampled::chance_json;
use super::super::table;
use crate::analysis::{
    Band, BufferSought, BufferTried, Fate, Mean, OrderTried, ReserveOrder, RuleKept, Spread,
    UnderRisk, YearMoney,
};
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::{Money, plain};
use crate::record::Table;

/// How a figure is written from whole units.
type Written = fn(i64) -> String;

fn dong(value: i64) -> String {
    Money(value).millions()
}

fn thousandths(value: i64) -> String {
    plain(value, 3)
}

fn basis_points(value: i64) -> String {
    plain(value, 2)
}

fn whole(value: i64) -> String {
    value.to_string()
}

/// A mean and its standard error, `parts` of the unit drawn making one.
fn mean(own: Mean, parts: f64) -> Value {
    json!({ "mean": own.value / parts, "standard_error": own.error / parts })
}

fn band(own: Band, parts: f64, written: Written) -> Value {
    json!({
        "mean": own.mean.value / parts,
        "standard_error": own.mean.error / parts,
        "quantile_5": written(own.low),
        "quantile_50": written(own.middle),
        "quantile_95": written(own.high),
    })
}

fn spread(own: &Spread, parts: f64, written: Written) -> Value {
    json!({ "planned": written(own.planned), "realised": band(own.band, parts, written) })
}

/// The word for an order in files.
fn word(order: Option<ReserveOrder>) -> &'static str {
    match order {
        Some(ReserveOrder::PerDong) => "benefit_per_dong",
        Some(ReserveOrder::Benefit) => "benefit",
        Some(ReserveOrder::Merit) => "merit",
        Some(ReserveOrder::Smallest) => "smallest_support",
        Some(ReserveOrder::Largest) => "largest_support",
        None => "no_reserve_list",
    }
}

pub(super) fn json(problem: &Problem<'_>, told: &UnderRisk) -> Value {
    let programme = problem.programme();
    let money = |own: &YearMoney| {
        let fund = own
            .fund
            .map(|fund| &programme.funds[fund.index()].named.code);
        json!({
            "fund": fund,
            "year": own.year.map(|year| year.0),
            "ceiling": own.ceiling,
            "spent": spread(&own.spread, 1e6, dong),
        })
    };
    let rule = |own: &RuleKept| {
        json!({
            "rule": own.label,
            "sentence": own.sentence,
            "kept_by_plan": own.is_kept_by_plan,
            "kept": chance_json(own.kept),
        })
    };
    let order = |own: &OrderTried| {
        json!({
            "order": word(own.order),
            "benefit": mean(own.benefit, 1000.0),
            "used": mean(own.used, 1e6),
            "behind_the_best": mean(own.behind, 1000.0),
            "as_good_as_the_best": own.is_as_good(),
        })
    };
    let fate = |own: &Fate| {
        let cells = cells(problem, told, own);
        let named = COLUMNS
            .iter()
            .zip(cells)
            .map(|(&name, cell)| (name.to_owned(), cell.into()));
        Value::Object(named.collect())
    };
    json!({
        "draws": told.draws,
        "seed": told.seed,
        "used_percent": spread(&told.used, 100.0, basis_points),
        "benefit": spread(&told.benefit, 1000.0, thousandths),
        "benefit_percent_of_plan": band(told.part_of_benefit, 100.0, basis_points),
        "projects": spread(&told.projects, 1.0, whole),
        "money": told.money.iter().map(money).collect::<Vec<_>>(),
        "rules": told.rules.iter().map(rule).collect::<Vec<_>>(),
        "reserve_orders": told.orders.iter().map(order).collect::<Vec<_>>(),
        "buffer": told.buffer.as_ref().map(|own| buffer(problem, own)),
        "fates": told.fates.iter().map(fate).collect::<Vec<_>>(),
    })
}

fn buffer(problem: &Problem<'_>, sought: &BufferSought) -> Value {
    let programme = problem.programme();
    let codes = |projects: &[ProjectId]| {
        let own = projects
            .iter()
            .map(|own| programme.project(*own).code.clone());
        own.collect::<Vec<_>>()
    };
    let tried = |own: &BufferTried| {
        json!({
            "percent": own.percent,
            "projects": own.plan.as_ref().map(crate::plan::Plan::len),
            "chance": chance_json(own.reached),
            "suffices": own.suffices(sought.asked),
            "used_percent": mean(own.used, 100.0),
            "benefit": mean(own.benefit, 1000.0),
        })
    };
    let enough = sought.enough();
    let plan = enough.and_then(|own| own.plan.as_ref());
    json!({
        "use": sought.asked.used,
        "chance": sought.asked.chance,
        "tried": sought.tried.iter().map(tried).collect::<Vec<_>>(),
        "found_percent": enough.map(|own| own.percent),
        "approved_beyond_the_plan": codes(&sought.more),
        "no_longer_approved": codes(&sought.fewer),
        "arranged_otherwise": codes(&sought.otherwise),
        "decisions": plan.map(|own| own.choices().map(|d| problem.name(d)).collect::<Vec<_>>()),
    })
}

const COLUMNS: [&str; 9] = [
    "project",
    "name",
    "planned_start",
    "draws",
    "carried_out",
    "late",
    "stopped",
    "dropped_out",
    "no_room",
];

/// A project: its counts are draws. One without a planned start was called from the reserve list.
fn cells(problem: &Problem<'_>, told: &UnderRisk, own: &Fate) -> Vec<String> {
    let project = problem.programme().project(own.project);
    let start = own.planned.map(|own| own.start.to_string());
    let counts = [
        told.draws,
        own.carried_out,
        own.late,
        own.stopped,
        own.dropped_out,
        own.no_room,
    ];
    let mut cells = vec![
        project.code.clone(),
        project.name.clone(),
        start.unwrap_or_default(),
    ];
    cells.extend(counts.map(|count| count.to_string()));
    cells
}

pub(super) fn csv(problem: &Problem<'_>, told: &UnderRisk) -> Table {
    let rows = told.fates.iter().map(|own| cells(problem, told, own));
    table("risk", &COLUMNS, rows.collect())
}
