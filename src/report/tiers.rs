//! The order of law: what became of each tier, and what it costs the next.

use serde_json::{Value, json};

use super::audit::{amount, unit};
use super::text::say;
use super::{Grid, PlanReport, percent, points};
use crate::analysis::{Drawn, TierCost};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::policy::tier_amount;
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
            "Thứ tự ưu tiên: cả {all} bậc đã được chứng minh là đạt mức cao nhất theo đúng thứ tự, trong độ nới cho phép; lợi ích được xét sau cùng.",
            "Order: each of the {all} tiers is proven to come to its most, in lexicographic order and within its slack; benefit comes last.";
            all
        )
    } else {
        phrase!(
            "Thứ tự ưu tiên: mới chứng minh được {proven} trong {all} bậc; từ bậc {next} trở đi kế hoạch giữ mức tìm được nhưng chưa chứng minh là cao nhất.",
            "Order: {proven} of {all} tiers are proven; from tier {next} on the plan holds what was found, which is not shown to be the most.";
            proven, all, next
        )
    })
}

/// The tiers and, where they were asked for, their costs; nothing without tiers.
pub(super) fn text(report: &PlanReport<'_>, language: Language) -> String {
    let drawn = report.drawn;
    let (Some(claim), Some(plan)) = (claim(drawn), drawn.outcome.plan()) else {
        return String::new();
    };
    let (programme, scoring) = (report.problem.programme(), report.problem.scoring());
    let told = |value: i64, unit: Unit| tier_amount(value, unit).say(language).to_owned();
    let none = || "–".to_owned();
    let of_tiers = drawn.tiers.iter().zip(report.problem.tiers());
    let mut rows: Vec<Vec<String>> = of_tiers
        .map(|(own, tier)| {
            vec![
                own.label.clone(),
                own.what.say(language).to_owned(),
                told(own.found, own.unit),
                own.bound.map_or_else(none, |bound| told(bound, own.unit)),
                own.gap().map_or_else(none, |gap| percent(gap, language)),
                told(own.held, own.unit),
                told(tier.reached(programme, scoring, plan), own.unit),
                if own.is_proven {
                    say("đã chứng minh", "proven", language)
                } else {
                    say("chưa chứng minh", "not proven", language)
                },
            ]
        })
        .collect();
    let outcome = &drawn.outcome;
    let benefit = |value: Option<i64>| value.map_or_else(none, |own| points(own, language));
    rows.push(vec![
        say("sau cùng", "last", language),
        last().say(language).to_owned(),
        benefit(outcome.found()),
        benefit(outcome.bound()),
        outcome.gap().map_or_else(none, |gap| percent(gap, language)),
        none(),
        benefit(outcome.found()),
        String::new(),
    ]);
    let headings = [
        ("bậc", "tier"),
        ("nội dung", "what is made as large as possible"),
        ("tìm được", "found"),
        ("cận trên", "bound"),
        ("chênh lệch", "gap"),
        ("mức được giữ", "held"),
        ("kế hoạch", "the plan"),
        ("", ""),
    ];
    let grid = Grid {
        title: say(
            "Thứ tự ưu tiên theo quy định (bậc trước được xét trước)",
            "Order of law: tiers, each before the next",
            language,
        ),
        headings: headings.map(|(vi, en)| say(vi, en, language)).to_vec(),
        rows,
        numeric: vec![2, 3, 4, 5, 6],
    };
    format!(
        "{}{}\n{}",
        grid.text(),
        claim.say(language),
        costs(&report.tier_costs, language)
    )
}

fn last() -> Phrase {
    phrase!("lợi ích của mọi đề án", "the benefit of all projects")
}

fn costs(costs: &[TierCost], language: Language) -> String {
    if costs.is_empty() {
        return String::new();
    }
    let number = |value: i64, unit: Unit| tier_amount(value, unit).say(language).to_owned();
    let between = |least: i64, most: i64, unit: Unit| {
        if least == most {
            number(least, unit)
        } else {
            format!("{} … {}", number(least, unit), number(most, unit))
        }
    };
    let interval = |(found, bound): (i64, Option<i64>), unit| match bound {
        Some(bound) => between(found, bound, unit),
        None => format!("{} … ?", number(found, unit)),
    };
    let rows = costs.iter().map(|own| {
        vec![
            own.tier.clone(),
            own.what.say(language).to_owned(),
            interval(own.without, own.unit),
            interval(own.with, own.unit),
            match own.interval() {
                Some((least, most)) => between(least, most, own.unit),
                None => say("chưa xác định", "undecided", language),
            },
        ]
    });
    let headings = [
        ("bậc", "tier"),
        ("mục tiêu kế tiếp", "the next objective"),
        ("mức cao nhất nếu bỏ bậc này", "its most without the tier"),
        ("mức cao nhất nếu giữ bậc này", "its most with it"),
        ("phải đánh đổi", "what the tier costs it"),
    ];
    let grid = Grid {
        title: say(
            "Mỗi bậc làm giảm mục tiêu kế tiếp bao nhiêu (các bậc trước vẫn giữ; khoảng từ mức tìm được đến cận trên)",
            "What each tier costs the next objective (the tiers before are held; from found to bound)",
            language,
        ),
        headings: headings.map(|(vi, en)| say(vi, en, language)).to_vec(),
        rows: rows.collect(),
        numeric: vec![2, 3, 4],
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
