//! What the money is worth: text, JSON, `money_steps.csv`.

use serde_json::{Value, json};

use super::super::text::say;
use super::super::{Grid, millions, points};
use super::{
    Told, between, cell, codes, effect_json, effect_short, heading, json_between, points_between,
    projects_named, table, tier_notes, wide_note, with_minus,
};
use crate::analysis::{CeilingOf, Certainty, CurvePoint, Interval, MoneyStep, MoneyWorth, Shift};
use crate::phrase;
use crate::phrase::{Language, grouped};
use crate::problem::Problem;
use crate::programme::Programme;
use crate::quantities::{Money, plain, rounded};

/// The steps, the least steps, the shifts and the curve, as far as they were asked for.
#[must_use]
pub fn money_told(problem: &Problem<'_>, worth: &MoneyWorth, language: Language) -> Told {
    Told {
        text: text(problem, worth, language),
        json: json(problem, worth),
        table: csv(problem, worth),
    }
}

/// A ceiling as a planner names it: fund and year.
fn named(programme: &Programme, of: CeilingOf, language: Language) -> String {
    let fund = &programme.funds[of.fund.index()].named.name;
    let when = match of.year {
        Some(year) => format!(" {year}"),
        None => say(", cả chương trình", ", whole programme", language),
    };
    format!("{}{when}", fund.say(language))
}

fn text(problem: &Problem<'_>, worth: &MoneyWorth, language: Language) -> String {
    let best = points_between(worth.optimum, language);
    let opening = phrase!(
        "Thêm bớt kinh phí thì được mất bao nhiêu? Kế hoạch tốt nhất đạt {best} điểm. Mỗi dòng là một lần sắp xếp lại toàn bộ kế hoạch với trần kinh phí đã thay đổi. Thay đổi nhỏ hơn sai số của phép tính được ghi là chưa phân định. Cột “theo quy hoạch tuyến tính” là con số mà giá bóng trong Excel Solver dựa vào: chỉ để so sánh, không phải giá trị thật.",
        "What is more or less money worth? The best plan has {best} points. Each line is the whole plan decided anew under the changed ceiling. A change smaller than the gaps of the solves is called undecided. The column “linear relaxation” is what shadow prices, as in Excel Solver, rest on: for comparison, not the true worth."
    );
    let mut text = heading(problem, language);
    text += opening.say(language);
    text += "\n\n";
    let parts = [
        Some(steps(problem, worth, language)),
        least(problem, worth, language),
        shifts(problem, worth, language),
        curve(worth, language),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().map(|own| own.text()).collect();
    text += &parts.join("\n");
    text += &falling_note(worth, language);
    let steps = worth.steps.iter().map(|own| &own.effect);
    let shifts = worth.shifts.iter().map(|own| &own.effect);
    text += &wide_note(worth.optimum, steps.chain(shifts), language);
    text += &tier_notes(problem, language);
    text
}

/// What a million đồng of a step brings, in thousandths of a point.
fn per_million(change: Interval, by: Money) -> Interval {
    let per = |value: i64| {
        let millions = i128::from(value) * i128::from(Money::MILLION.0);
        rounded(millions, i128::from(by.0.abs().max(1)))
    };
    Interval {
        least: change.least.map(per),
        most: change.most.map(per),
    }
}

fn signed(by: Money, language: Language) -> String {
    let sign = if by.0 >= 0 { "+" } else { "−" };
    format!("{sign}{}", millions(Money(by.0.abs()), language))
}

fn steps(problem: &Problem<'_>, worth: &MoneyWorth, language: Language) -> Grid {
    let programme = problem.programme();
    let row = |own: &MoneyStep| {
        let change = own.effect.benefit();
        let shown = change.filter(|change| change.value.certainty() != Certainty::Undecided);
        let per = shown.map_or_else(String::new, |change| {
            let per = per_million(change.value, own.by);
            between(per, language, |value| grouped(&plain(value, 3), language))
        });
        let relaxed = own.relaxed.map_or_else(
            || "–".to_owned(),
            |value| with_minus(&points(thousandths(value), language)),
        );
        vec![
            named(programme, own.of, language),
            signed(own.by, language),
            effect_short(&own.effect, language, false),
            per,
            relaxed,
            projects_named(programme, &own.effect, true, language),
            projects_named(programme, &own.effect, false, language),
        ]
    };
    Grid {
        title: say(
            "Thêm bớt từng trần kinh phí (triệu đồng; điểm)",
            "Each ceiling more and less (million đồng; points)",
            language,
        ),
        headings: vec![
            say("trần", "ceiling", language),
            say("thay đổi", "change", language),
            say("lợi ích", "benefit", language),
            say("mỗi triệu", "per million", language),
            say("theo quy hoạch tuyến tính", "linear relaxation", language),
            say("vào", "in", language),
            say("ra", "out", language),
        ],
        rows: worth.steps.iter().map(row).collect(),
        numeric: vec![1, 2, 3, 4],
    }
}

#[allow(clippy::cast_possible_truncation)] // a value of the relaxation, far below 2^53
fn thousandths(value: f64) -> i64 {
    value.round() as i64
}

fn least(problem: &Problem<'_>, worth: &MoneyWorth, language: Language) -> Option<Grid> {
    let (gain, programme) = (worth.gain?, problem.programme());
    let row = |(of, least): &(CeilingOf, crate::analysis::LeastStep)| {
        let enough = least.enough.map_or_else(
            || say("không mức nào", "no amount", language),
            |own| millions(own, language),
        );
        vec![
            named(programme, *of, language),
            enough,
            millions(least.above, language),
        ]
    };
    let gain = points(gain, language);
    let title = phrase!(
        "Thêm ít nhất bao nhiêu thì được thêm {gain} điểm (triệu đồng)",
        "The least amount more that brings {gain} points more (million đồng)"
    );
    Some(Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("trần", "ceiling", language),
            say("đủ", "enough", language),
            say("đã chứng minh không đủ", "shown not to be enough", language),
        ],
        rows: worth.least.iter().map(row).collect(),
        numeric: vec![1, 2],
    })
}

fn shifts(problem: &Problem<'_>, worth: &MoneyWorth, language: Language) -> Option<Grid> {
    let programme = problem.programme();
    let mut all: Vec<&Shift> = worth.shifts.iter().collect();
    all.sort_by_key(|own| {
        let value = own.effect.benefit().map(|own| own.value);
        std::cmp::Reverse((
            value.and_then(|own| own.least),
            value.and_then(|own| own.most),
        ))
    });
    let row = |own: &&Shift| {
        vec![
            named(programme, own.from, language),
            named(programme, own.to, language),
            effect_short(&own.effect, language, false),
        ]
    };
    let amount = millions(worth.shifted?, language);
    let title = phrase!(
        "Chuyển {amount} triệu đồng (điểm)",
        "Shifting {amount} million đồng (points)"
    );
    Some(Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("từ", "from", language),
            say("sang", "to", language),
            say("lợi ích", "benefit", language),
        ],
        rows: all.iter().map(row).collect(),
        numeric: vec![2],
    })
}

fn curve(worth: &MoneyWorth, language: Language) -> Option<Grid> {
    let row = |own: &CurvePoint| {
        let value = match own.value {
            Some(value) => points_between(value, language),
            None if own.is_impossible => say("không có kế hoạch nào", "no plan exists", language),
            None => say("chưa rõ", "unknown", language),
        };
        let certified = own.certified.map(|bound| points(bound, language));
        vec![
            format!("{}%", own.percent),
            millions(own.money, language),
            value,
            certified.unwrap_or_else(|| "–".to_owned()),
        ]
    };
    (!worth.curve.is_empty()).then(|| Grid {
        title: say(
            "Lợi ích theo tổng kinh phí (mọi trần cùng tăng giảm)",
            "Benefit against money (all ceilings more or less together)",
            language,
        ),
        headings: vec![
            say("so với trần hiện nay", "of today's ceilings", language),
            say("kinh phí (triệu đồng)", "money (million đồng)", language),
            say("lợi ích (điểm)", "benefit (points)", language),
            say("cận trên đã kiểm chứng", "certified bound", language),
        ],
        rows: worth.curve.iter().map(row).collect(),
        numeric: vec![1, 2, 3],
    })
}

/// Why the curve falls, where it is shown to: more money takes no plan away by itself.
fn falling_note(worth: &MoneyWorth, language: Language) -> String {
    let falls = |pair: &&[CurvePoint]| {
        let least = pair[0].value.and_then(|own| own.least);
        let most = pair[1].value.and_then(|own| own.most);
        most.zip(least).is_some_and(|(most, least)| most < least)
    };
    let Some(pair) = worth.curve.windows(2).find(falls) else {
        return String::new();
    };
    let (from, to) = (pair[0].percent, pair[1].percent);
    let note = phrase!(
        "Từ {from}% lên {to}% kinh phí, lợi ích lại giảm: có quy tắc tính theo phần trăm của trần kinh phí, trần tăng thì mức phải đạt cũng tăng theo.",
        "From {from}% to {to}% of the money the benefit falls: some rule asks for a part of the ceilings, so a higher ceiling asks for more."
    );
    format!("\n{}\n", note.say(language))
}

fn json_of(programme: &Programme, of: CeilingOf) -> Value {
    json!({
        "fund": programme.funds[of.fund.index()].named.code,
        "year": of.year,
        "amount": of.amount,
    })
}

fn json(problem: &Problem<'_>, worth: &MoneyWorth) -> Value {
    let programme = problem.programme();
    let step = |own: &MoneyStep| {
        json!({
            "ceiling": json_of(programme, own.of),
            "by": own.by,
            "effect": effect_json(&own.effect),
            "per_million": own.effect.benefit().map(|change| json_between(per_million(change.value, own.by))),
            "linear_relaxation": own.relaxed.map(|value| plain(thousandths(value), 3)),
            "entering": codes(programme, &own.effect.entering),
            "leaving": codes(programme, &own.effect.leaving),
        })
    };
    let shift = |own: &Shift| {
        json!({
            "from": json_of(programme, own.from),
            "to": json_of(programme, own.to),
            "effect": effect_json(&own.effect),
        })
    };
    let point = |own: &CurvePoint| {
        json!({
            "percent": own.percent,
            "money": own.money,
            "value": own.value.map(json_between),
            "certified_bound": own.certified.map(|bound| plain(bound, 3)),
            "no_plan_exists": own.is_impossible,
        })
    };
    let least = worth.least.iter().map(|(of, least)| {
        json!({
            "ceiling": json_of(programme, *of),
            "enough": least.enough,
            "shown_not_enough": least.above,
        })
    });
    json!({
        "optimum": json_between(worth.optimum),
        "steps": worth.steps.iter().map(step).collect::<Vec<_>>(),
        "gain": worth.gain.map(|gain| plain(gain, 3)),
        "least_steps": least.collect::<Vec<_>>(),
        "shifted": worth.shifted,
        "shifts": worth.shifts.iter().map(shift).collect::<Vec<_>>(),
        "curve": worth.curve.iter().map(point).collect::<Vec<_>>(),
    })
}

fn csv(problem: &Problem<'_>, worth: &MoneyWorth) -> crate::record::Table {
    let programme = problem.programme();
    let row = |own: &MoneyStep| {
        let change = own.effect.benefit().map(|own| own.value);
        let year = own.of.year.map(|year| year.to_string());
        vec![
            programme.funds[own.of.fund.index()].named.code.clone(),
            year.unwrap_or_else(|| "whole".to_owned()),
            own.by.millions(),
            cell(change.and_then(|own| own.least)),
            cell(change.and_then(|own| own.most)),
            match change {
                Some(change) => change.certainty().word().to_owned(),
                None if own.effect.is_impossible => "no_plan".to_owned(),
                None => "unknown".to_owned(),
            },
            own.relaxed
                .map(|value| plain(thousandths(value), 3))
                .unwrap_or_default(),
            codes(programme, &own.effect.entering).join(";"),
            codes(programme, &own.effect.leaving).join(";"),
        ]
    };
    let columns = [
        "fund",
        "year",
        "by_million",
        "least",
        "most",
        "certainty",
        "linear_relaxation",
        "entering",
        "leaving",
    ];
    table(
        "money_steps",
        &columns,
        worth.steps.iter().map(row).collect(),
    )
}
