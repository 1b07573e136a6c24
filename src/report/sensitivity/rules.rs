//! What each rule costs: text, JSON, `rule_prices.csv`.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::super::Grid;
use super::super::text::say;
use super::{
    Told, cell, effect_json, effect_short, heading, json_between, points_between, table,
    tier_notes, wide_note,
};
use crate::analysis::{Certainty, Effect, Interval, RuleWorth, RulesWorth, raised};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::rules::Family;

/// The rules with their prices.
#[must_use]
pub fn rules_told(problem: &Problem<'_>, worth: &RulesWorth, language: Language) -> Told {
    Told {
        text: text(problem, worth, language),
        json: json(worth),
        table: csv(worth),
    }
}

/// A family in words.
fn family(own: Family, language: Language) -> String {
    match own {
        Family::Law => say("pháp luật và cam kết", "law and promises", language),
        Family::Money => say("kinh phí", "money", language),
        Family::Focus => say("trọng tâm, trọng điểm", "focus", language),
        Family::Balance => say("cân đối", "balance", language),
        Family::Order => say("thứ tự", "order", language),
    }
}

/// The price of leaving out rules: never negative; `None` without one.
fn price(effect: &Effect) -> Option<Interval> {
    effect.benefit().map(|own| raised(own.value))
}

fn text(problem: &Problem<'_>, worth: &RulesWorth, language: Language) -> String {
    let best = points_between(worth.optimum, language);
    let opening = phrase!(
        "Mỗi quy tắc lấy đi bao nhiêu lợi ích? Kế hoạch tốt nhất đạt {best} điểm. Giá của một quy tắc là lợi ích tăng thêm khi bỏ riêng quy tắc đó và sắp xếp lại từ đầu; “nới một nấc” là khi chỉ nới quy tắc thêm một nấc. Giá nhỏ hơn sai số của phép tính được ghi là chưa phân định.",
        "What does each rule cost? The best plan has {best} points. The price of a rule is the benefit gained when it alone is left out and everything is decided anew; “a notch looser” is when it is only loosened by one notch. A price smaller than the gaps of the solves is called undecided."
    );
    let mut text = heading(problem, language);
    text += opening.say(language);
    text += "\n\n";
    text += &rules(worth, language).text();
    text += &notches(worth, language);
    for part in [families(worth, language), pairs(worth, language)]
        .into_iter()
        .flatten()
    {
        text.push('\n');
        text += &part.text();
    }
    text += &wide_note(worth.optimum, effects(worth), language);
    text += &tier_notes(problem, language);
    text
}

/// Every effect that the tables tell.
fn effects(worth: &RulesWorth) -> impl Iterator<Item = &Effect> {
    let alone = worth.rules.iter().flat_map(|own| {
        let looser = own.looser.iter().map(|(_, effect)| effect);
        looser.chain([&own.without])
    });
    let families = worth.families.iter().map(|(_, effect)| effect);
    let pairs = worth.pairs.iter().map(|(.., effect)| effect);
    alone.chain(families).chain(pairs)
}

fn rules(worth: &RulesWorth, language: Language) -> Grid {
    let mut all: Vec<&RuleWorth> = worth.rules.iter().collect();
    all.sort_by_key(|own| {
        let price = own.price(&own.without);
        let is_open = price.is_none_or(|own| own.certainty() == Certainty::Unknown);
        Reverse((
            price.and_then(|own| own.least).filter(|_| !is_open),
            price.and_then(|own| own.most),
        ))
    });
    let row = |own: &&RuleWorth| {
        let binds = if own.binds {
            say("có", "yes", language)
        } else {
            String::new()
        };
        let looser = own.looser.as_ref();
        let looser = looser.map(|(_, effect)| effect_short(effect, language, own.family.is_some()));
        vec![
            own.label.clone(),
            binds,
            effect_short(&own.without, language, own.family.is_some()),
            looser.unwrap_or_else(|| "–".to_owned()),
        ]
    };
    Grid {
        title: say(
            "Quy tắc, đắt nhất trước (điểm)",
            "Rules, the dearest first (points)",
            language,
        ),
        headings: vec![
            say("quy tắc", "rule", language),
            say("chạm giới hạn", "binds", language),
            say("bỏ hẳn", "left out", language),
            say("nới một nấc", "a notch looser", language),
        ],
        rows: all.iter().map(row).collect(),
        numeric: vec![2, 3],
    }
}

/// What the rules would say whose next notch is shown to bring something.
fn notches(worth: &RulesWorth, language: Language) -> String {
    let brings =
        |effect: &Effect| price(effect).is_some_and(|own| own.least.is_some_and(|least| least > 0));
    let mut text = String::new();
    for own in &worth.rules {
        let Some((sentence, effect)) = own.looser.as_ref().filter(|(_, own)| brings(own)) else {
            continue;
        };
        let (label, sentence, gain) = (&own.label, sentence, effect_short(effect, language, true));
        let line = phrase!(
            "  {label}, nới một nấc (+{gain} điểm): {sentence}",
            "  {label}, a notch looser (+{gain} points): {sentence}"; sentence
        );
        text += line.say(language);
        text.push('\n');
    }
    text
}

fn families(worth: &RulesWorth, language: Language) -> Option<Grid> {
    let row = |(own, effect): &(Family, Effect)| {
        vec![family(*own, language), effect_short(effect, language, true)]
    };
    (!worth.families.is_empty()).then(|| Grid {
        title: say(
            "Bỏ cả nhóm quy tắc của chính sách (điểm)",
            "All rules of the policy in a family left out (points)",
            language,
        ),
        headings: vec![
            say("nhóm", "family", language),
            say("bỏ cả nhóm", "left out", language),
        ],
        rows: worth.families.iter().map(row).collect(),
        numeric: vec![1],
    })
}

/// The pairs that are shown to matter more together than each alone.
fn pairs(worth: &RulesWorth, language: Language) -> Option<Grid> {
    let shown = worth.pairs.iter().filter_map(|pair| {
        let together = worth.together(pair)?;
        (together.least.is_some_and(|least| least > 0)).then_some((pair, together))
    });
    let rows: Vec<Vec<String>> = shown
        .map(|((one, other, both), together)| {
            vec![
                worth.rules[*one].label.clone(),
                worth.rules[*other].label.clone(),
                effect_short(both, language, true),
                points_between(together, language),
            ]
        })
        .collect();
    let asked = worth.pairs.len();
    let found = rows.len();
    let title = phrase!(
        "Cặp quy tắc chỉ đáng kể khi bỏ cùng nhau: {found} trong {asked} cặp đã xét (điểm)",
        "Pairs of rules that matter only together: {found} of {asked} asked (points)"
    );
    (asked > 0).then(|| Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("quy tắc", "rule", language),
            say("và", "and", language),
            say("bỏ cả hai", "both left out", language),
            say("hơn tổng riêng lẻ", "more than each alone", language),
        ],
        rows,
        numeric: vec![2, 3],
    })
}

fn json(worth: &RulesWorth) -> Value {
    let rule = |own: &RuleWorth| {
        json!({
            "rule": own.label,
            "sentence": own.sentence,
            "family": own.family,
            "binds": own.binds,
            "without": effect_json(&own.without),
            "price": own.price(&own.without).map(json_between),
            "looser": own.looser.as_ref().map(|(sentence, effect)| json!({
                "sentence": sentence,
                "effect": effect_json(effect),
                "price": own.price(effect).map(json_between),
            })),
        })
    };
    let pair = |own: &(usize, usize, Effect)| {
        json!({
            "rules": [worth.rules[own.0].label, worth.rules[own.1].label],
            "without_both": price(&own.2).map(json_between),
            "more_than_each": worth.together(own).map(json_between),
        })
    };
    let family = |(family, effect): &(Family, Effect)| json!({ "family": family, "price": price(effect).map(json_between) });
    json!({
        "optimum": json_between(worth.optimum),
        "rules": worth.rules.iter().map(rule).collect::<Vec<_>>(),
        "families": worth.families.iter().map(family).collect::<Vec<_>>(),
        "pairs": worth.pairs.iter().map(pair).collect::<Vec<_>>(),
    })
}

fn csv(worth: &RulesWorth) -> crate::record::Table {
    let mut rows = Vec::new();
    let mut add =
        |label: &str, change: &str, binds: &str, (effect, price): (&Effect, Option<Interval>)| {
            let word = match price {
                Some(price) => price.certainty().word(),
                None if effect.is_impossible => "no_plan",
                None => "unknown",
            };
            rows.push(vec![
                label.to_owned(),
                change.to_owned(),
                binds.to_owned(),
                cell(price.and_then(|own| own.least)),
                cell(price.and_then(|own| own.most)),
                word.to_owned(),
            ]);
        };
    for own in &worth.rules {
        let binds = if own.binds { "yes" } else { "no" };
        add(
            &own.label,
            "left_out",
            binds,
            (&own.without, own.price(&own.without)),
        );
        if let Some((_, effect)) = &own.looser {
            add(
                &own.label,
                "notch_looser",
                binds,
                (effect, own.price(effect)),
            );
        }
    }
    for (own, effect) in &worth.families {
        let name = serde_json::to_value(own).unwrap_or_default();
        let name = format!("family:{}", name.as_str().unwrap_or_default());
        add(&name, "left_out", "", (effect, price(effect)));
    }
    for (one, other, effect) in &worth.pairs {
        let both = format!(
            "{} & {}",
            worth.rules[*one].label, worth.rules[*other].label
        );
        add(&both, "both_left_out", "", (effect, price(effect)));
    }
    let columns = ["rule", "change", "binds", "least", "most", "certainty"];
    table("rule_prices", &columns, rows)
}
