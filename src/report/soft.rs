//! The soft rules of a plan: by how much each is broken, at what price, and what that cost.

use super::audit::{amount, unit_phrase};
use super::text::say;
use super::{Grid, points, said};
use crate::phrase;
use crate::phrase::{Language, Phrase, grouped};
use crate::problem::{Audit, Checked, Problem, Standing};
use crate::quantities::plain;
use crate::rules::Unit;

/// A row for each finding that breaks a soft rule, one for each soft rule that is kept, and what
/// is left of the benefit; nothing where no rule is soft.
#[must_use]
pub fn soft_text(problem: &Problem<'_>, audit: &Audit, benefit: i64, language: Language) -> String {
    let soft = problem.standing().iter().filter(|own| own.price.is_some());
    let rows: Vec<_> = soft.flat_map(|own| of_rule(own, audit, language)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let headings = [
        ("quy tắc", "rule"),
        ("kế hoạch", "the plan"),
        ("thiếu hoặc vượt", "broken by"),
        ("giá (điểm)", "price (points)"),
        ("trừ (điểm)", "cost (points)"),
    ];
    let title = say(
        "Quy tắc mềm (có thể không đạt, mỗi đơn vị không đạt bị trừ điểm)",
        "Soft rules (may be broken, each unit of breach at a price in points)",
        language,
    );
    let headings = headings.iter().map(|(vi, en)| say(vi, en, language));
    let mut text = Grid {
        title,
        headings: headings.collect(),
        rows,
        numeric: vec![2, 4],
    }
    .text();
    let cost = audit.cost();
    let left = points(benefit - cost, language);
    let (benefit, cost) = (points(benefit, language), points(cost, language));
    let sum = phrase!(
        "Lợi ích {benefit} điểm − quy tắc mềm {cost} điểm = {left} điểm.",
        "Benefit {benefit} points − soft rules {cost} points = {left} points."
    );
    text += sum.say(language);
    text.push('\n');
    text
}

/// The findings that break a rule, or one line that it is kept.
fn of_rule(standing: &Standing<'_>, audit: &Audit, language: Language) -> Vec<Vec<String>> {
    let label = standing.rule.label();
    let all: Vec<&Checked> = audit
        .checked
        .iter()
        .filter(|own| own.rule == label)
        .collect();
    let broken = all
        .iter()
        .filter(|own| own.is_applicable && !own.finding.is_kept());
    let rows: Vec<_> = broken.map(|own| row(own, language)).collect();
    if !rows.is_empty() {
        return rows;
    }
    let is_asked = all.is_empty() || all.iter().any(|own| own.is_applicable);
    let stand = match (is_asked, all.as_slice()) {
        (false, _) => Phrase::new("không áp dụng", "not applicable"),
        (true, [only]) => only.finding.stand.clone(),
        (true, _) => Phrase::new("đạt", "kept"),
    };
    let price = all.first().map(|own| price(own, language));
    let told = [
        label,
        stand.say(language).to_owned(),
        said(&0_i64, language),
    ];
    let mut row = told.to_vec();
    row.push(price.unwrap_or_else(|| thousandths(standing.price.unwrap_or_default(), language)));
    row.push(said(&0_i64, language));
    vec![row]
}

fn row(checked: &Checked, language: Language) -> Vec<String> {
    let finding = &checked.finding;
    let breach = grouped(&amount(finding.breach, finding.unit), language);
    let unit = unit_phrase(finding.unit);
    vec![
        finding.label.clone(),
        finding.stand.say(language).to_owned(),
        format!("{breach} {}", unit.say(language)),
        price(checked, language),
        points(checked.cost(), language),
    ]
}

/// “5 a million đồng”.
fn price(checked: &Checked, language: Language) -> String {
    let points = thousandths(checked.price.unwrap_or_default(), language);
    let one = match checked.finding.unit {
        Unit::Dong => phrase!("{points} / triệu đồng", "{points} a million đồng"),
        Unit::Projects => phrase!("{points} / đề án", "{points} a project"),
        Unit::Points => phrase!("{points} / trọng điểm", "{points} a focal point"),
        Unit::Products => phrase!("{points} / sản phẩm", "{points} a product"),
        _ => phrase!("{points} / đơn vị", "{points} a unit"),
    };
    one.say(language).to_owned()
}

fn thousandths(value: i64, language: Language) -> String {
    grouped(&plain(value, 3), language)
}
