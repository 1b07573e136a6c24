//! The order of law: what became of each tier, and what it costs the next.

use serde_json::{Value, json};

use super::audit::{amount, unit};
use super::text::say;
use super::{Grid, PlanReport, millions, points, said};
use crate::analysis::{Drawn, DrawnTier, TierCost};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::plan::Gap;
use crate::quantities::Money;
use crate::rules::Unit;

/// How far the order is proven; `None` without tiers.
pub(super) fn claim(drawn: &Drawn) -> Option<Phrase> {
    let (proven, all) = (drawn.proven_tiers(), drawn.tiers.len());
    if all == 0 {
        return None;
    }
    let next = proven + 1;
    Some(if proven == all {
        phrase!(
            "Thứ tự ưu tiên: mọi bậc ({all}) đã được chứng minh là đạt mức cao nhất theo đúng thứ tự, trong độ nới cho phép; lợi ích được xét sau cùng.",
            "Order: every tier ({all}) is proven to reach its most, one before another, but for what its allowance (`slack`) gives up; benefit comes last.";
            all
        )
    } else {
        phrase!(
            "Thứ tự ưu tiên: mới chứng minh được {proven} trong {all} bậc; từ bậc {next} trở đi kế hoạch giữ mức tìm được nhưng chưa chứng minh là cao nhất.",
            "Order: tiers proven: {proven} of {all}; from tier {next} on the plan holds what was found, which is not shown to be the most.";
            proven, all, next
        )
    })
}

/// The tiers and, where they were asked for, their costs; nothing without tiers.
pub(super) fn text(report: &PlanReport<'_>, language: Language) -> String {
    let drawn = report.drawn;
    let Some(plan) = drawn.outcome.plan().filter(|_| !drawn.tiers.is_empty()) else {
        return String::new();
    };
    let (programme, scoring) = (report.problem.programme(), report.problem.scoring());
    let none = || "–".to_owned();
    let gap = |gap: Option<Gap>| gap.map_or_else(none, |gap| said(&gap, language));
    let of_tiers = drawn.tiers.iter().zip(report.problem.tiers());
    let mut rows: Vec<Vec<String>> = of_tiers
        .map(|(own, tier)| {
            let number = |value| number(value, own.unit, language);
            vec![
                own.label.clone(),
                own.what.say(language).to_owned(),
                counted_in(own.unit, language),
                number(own.found),
                own.bound.map_or_else(none, number),
                gap(own.gap()),
                number(own.held),
                number(tier.reached(programme, scoring, plan)),
                standing(own, language),
            ]
        })
        .collect();
    let outcome = &drawn.outcome;
    let benefit = |value: Option<i64>| value.map_or_else(none, |own| points(own, language));
    rows.push(vec![
        say("sau cùng", "last", language),
        say(
            "lợi ích của mọi đề án",
            "the benefit of all projects",
            language,
        ),
        counted_in(Unit::Benefit, language),
        benefit(outcome.found()),
        benefit(outcome.bound()),
        gap(outcome.gap()),
        none(),
        benefit(outcome.found()),
        String::new(),
    ]);
    let headings = [
        ("bậc", "tier"),
        ("nội dung", "what is made as large as possible"),
        ("đơn vị", "unit"),
        ("tìm được", "found"),
        ("không thể vượt quá", "cannot exceed"),
        ("chênh lệch", "gap"),
        ("mức được giữ", "held"),
        ("kế hoạch", "the plan"),
        ("", ""),
    ];
    let grid = Grid {
        title: say(
            "Thứ tự ưu tiên (bậc trước được xét trước, bậc sau không được làm giảm quá độ nới của bậc trước)",
            "Order: tiers, each before the next, which may take from it no more than its allowance (`slack`)",
            language,
        ),
        headings: headings.map(|(vi, en)| say(vi, en, language)).to_vec(),
        rows,
        numeric: vec![3, 4, 5, 6, 7],
    };
    grid.text() + &costs(&report.tier_costs, language)
}

fn standing(own: &DrawnTier, language: Language) -> String {
    if !own.is_applicable {
        say(
            "không có đề án nào thuộc bậc này",
            "selects no candidate",
            language,
        )
    } else if own.is_proven {
        say("đã chứng minh", "proven", language)
    } else {
        say("chưa chứng minh", "not proven", language)
    }
}

/// A value of a tier without its unit.
fn number(value: i64, unit: Unit, language: Language) -> String {
    match unit {
        Unit::Dong => millions(Money(value), language),
        Unit::Benefit => points(value, language),
        // A score times đồng, in thousandths of score × million đồng.
        Unit::Score => points(value / 1_000, language),
        Unit::Projects | Unit::Quantity | Unit::Points | Unit::Months | Unit::Products => {
            said(&value, language)
        }
    }
}

fn counted_in(unit: Unit, language: Language) -> String {
    match unit {
        Unit::Dong => say("triệu đồng", "million đồng", language),
        Unit::Benefit => say("điểm", "points", language),
        Unit::Score => say("điểm × triệu đồng", "score × million đồng", language),
        Unit::Projects | Unit::Quantity | Unit::Points | Unit::Months | Unit::Products => {
            say("đề án", "projects", language)
        }
    }
}

fn costs(costs: &[TierCost], language: Language) -> String {
    if costs.is_empty() {
        return String::new();
    }
    let between = |least: i64, most: Option<i64>, unit: Unit| {
        let least = number(least, unit, language);
        match most.map(|most| number(most, unit, language)) {
            Some(most) if most == least => least,
            Some(most) => format!("{least} … {most}"),
            None => format!("{least} … ?"),
        }
    };
    let rows = costs.iter().map(|own| {
        vec![
            own.tier.clone(),
            own.what.say(language).to_owned(),
            counted_in(own.unit, language),
            between(own.without.0, own.without.1, own.unit),
            between(own.with.0, own.with.1, own.unit),
            match own.interval() {
                Some((least, most)) => between(least, Some(most), own.unit),
                None => say("chưa xác định", "undecided", language),
            },
        ]
    });
    let headings = [
        ("bậc", "tier"),
        ("mục tiêu kế tiếp", "the next objective"),
        ("đơn vị", "unit"),
        ("mức cao nhất nếu bỏ bậc này", "its most without the tier"),
        ("mức cao nhất nếu giữ bậc này", "its most with it"),
        ("phải đánh đổi", "what the tier costs it"),
    ];
    let grid = Grid {
        title: say(
            "Mỗi bậc làm giảm mục tiêu kế tiếp bao nhiêu (các bậc trước vẫn giữ; từ mức tìm được đến mức không thể vượt quá; hai khoảng chồng nhau thì chưa xác định)",
            "What each tier costs the next objective (the tiers before are held; from what was found to what cannot be exceeded; undecided where the two overlap)",
            language,
        ),
        headings: headings.map(|(vi, en)| say(vi, en, language)).to_vec(),
        rows: rows.collect(),
        numeric: vec![3, 4, 5],
    };
    format!("\n{}", grid.text())
}

/// The tiers for machines; null without tiers.
pub(super) fn json(report: &PlanReport<'_>) -> Value {
    let drawn = report.drawn;
    let Some(claim) = claim(drawn) else {
        return Value::Null;
    };
    let tiers = drawn.tiers.iter().map(|own| {
        json!({
            "label": own.label,
            "sentence": own.sentence,
            "unit": unit(own.unit),
            "found": amount(own.found, own.unit),
            "bound": own.bound.map(|bound| amount(bound, own.unit)),
            "gap": own.gap(),
            "held": amount(own.held, own.unit),
            "stopped_by": own.stop,
            "applicable": own.is_applicable,
            "proven": own.is_proven,
        })
    });
    let pair = |(found, bound): (i64, Option<i64>), unit| {
        json!({
            "found": amount(found, unit),
            "bound": bound.map(|bound| amount(bound, unit)),
        })
    };
    let costs = report.tier_costs.iter().map(|own| {
        json!({
            "tier": own.tier,
            "next": own.next,
            "unit": unit(own.unit),
            "without": pair(own.without, own.unit),
            "with": pair(own.with, own.unit),
            "cost": own.interval().map(|(least, most)| {
                json!({ "least": amount(least, own.unit), "most": amount(most, own.unit) })
            }),
        })
    });
    json!({
        "claim": claim,
        "proven": drawn.proven_tiers(),
        "of": tiers.collect::<Vec<_>>(),
        "costs": costs.collect::<Vec<_>>(),
    })
}
