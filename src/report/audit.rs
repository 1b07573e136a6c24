//! `audit.csv`: a row a finding.

use super::Grid;
use super::text::say;
use crate::phrase::{Language, Phrase};
use crate::problem::{Audit, Checked};
use crate::quantities::{Money, plain};
use crate::record::Table;
use crate::rules::Unit;

/// The audit as a table, sentences in `language`. Price and cost of soft rules are in points, the
/// price for one unit of breach; both are blank where a rule may not be broken.
#[must_use]
pub fn audit_table(audit: &Audit, language: Language) -> Table {
    let columns = [
        "label", "rule", "verdict", "breach", "slack", "unit", "stand", "sentence", "family",
        "basis", "price", "cost",
    ];
    let row = |checked: &Checked| {
        let finding = &checked.finding;
        vec![
            finding.label.clone(),
            checked.rule.clone(),
            verdict(checked).to_owned(),
            amount(finding.breach, finding.unit),
            amount(finding.slack, finding.unit),
            unit(finding.unit).to_owned(),
            finding.stand.say(language).to_owned(),
            checked.sentence.say(language).to_owned(),
            format!("{:?}", checked.family).to_lowercase(),
            checked.basis.clone().unwrap_or_default(),
            checked
                .price
                .map(|price| plain(price, 3))
                .unwrap_or_default(),
            checked
                .price
                .map(|_| plain(checked.cost(), 3))
                .unwrap_or_default(),
        ]
    };
    Table {
        name: "audit".to_owned(),
        file: "audit.csv".to_owned(),
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        rows: audit.checked.iter().map(row).collect(),
        lines: Vec::new(),
    }
}

/// The findings that break a rule, for a terminal; nothing where none does.
#[must_use]
pub fn breaches_text(audit: &Audit, language: Language) -> String {
    let row = |checked: &Checked| {
        let finding = &checked.finding;
        vec![
            finding.label.clone(),
            finding.stand.say(language).to_owned(),
            format!(
                "{} {}",
                amount(finding.breach, finding.unit),
                unit_phrase(finding.unit).say(language)
            ),
            checked.sentence.say(language).to_owned(),
        ]
    };
    let rows: Vec<_> = audit.breaches().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    Grid {
        title: String::new(),
        headings: vec![
            say("quy tắc", "rule", language),
            say("kế hoạch", "the plan", language),
            say("vi phạm", "breach", language),
            say("nội dung", "what it says", language),
        ],
        rows,
        numeric: Vec::new(),
    }
    .text()
}

/// kept, broken, broken at a price (a soft rule), missed (a target that does not bind), or not
/// applicable.
pub(super) fn verdict(checked: &Checked) -> &'static str {
    if !checked.is_applicable {
        "not applicable"
    } else if checked.finding.is_kept() {
        "kept"
    } else if checked.price.is_some() {
        "broken at a price"
    } else if checked.is_held {
        "broken"
    } else {
        "missed"
    }
}

/// A breach or slack in the unit that it is told in: million đồng, points, or a number.
pub(super) fn amount(value: i64, unit: Unit) -> String {
    match unit {
        Unit::Dong => Money(value).millions(),
        Unit::Projects | Unit::Quantity | Unit::Points | Unit::Months | Unit::Products => {
            plain(value, 0)
        }
        Unit::Benefit => plain(value, 3),
        Unit::Score => plain(value, 6),
    }
}

/// The name of a unit, as a planner reads it.
pub(super) fn unit_phrase(of: Unit) -> Phrase {
    let vi = match of {
        Unit::Dong => "triệu đồng",
        Unit::Projects => "đề án",
        Unit::Quantity => "đơn vị khối lượng",
        Unit::Points => "trọng điểm",
        Unit::Months => "tháng công",
        Unit::Products => "sản phẩm",
        Unit::Benefit => "điểm",
        Unit::Score => "điểm × triệu đồng",
    };
    Phrase::new(vi, unit(of))
}

/// The name of a unit.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Dong => "million đồng",
        Unit::Projects => "projects",
        Unit::Quantity => "quantity",
        Unit::Points => "focal points",
        Unit::Months => "staff-months",
        Unit::Products => "products",
        Unit::Benefit => "points",
        Unit::Score => "score × million đồng",
    }
}
