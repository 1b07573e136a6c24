//! The front of benefit against a second measure: text, JSON, `frontier.csv`.

use serde_json::{Value, json};

use super::sensitivity::{Told, heading, json_between, points_between, table};
use super::text::say;
use super::{Grid, hundredths, millions, said};
use crate::analysis::{Against, FrontPoint};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::quantities::{Money, Share, plain};

/// The points of a front.
#[must_use]
pub fn frontier_told(
    problem: &Problem<'_>,
    against: Against,
    points: &[FrontPoint],
    language: Language,
) -> Told {
    Told {
        text: text(problem, against, points, language),
        json: json(against, points),
        table: csv(against, points),
    }
}

fn name(against: Against, language: Language) -> String {
    match against {
        Against::Points => say("số trọng điểm", "focal points", language),
        Against::Top(largest) => {
            let name = phrase!(
                "tỷ trọng của {largest} trọng điểm lớn nhất",
                "share of the {largest} largest focal points"
            );
            name.say(language).to_owned()
        }
        Against::Pilots => say("tỷ trọng đề án điểm", "pilot share", language),
        Against::Equity => say(
            "tỷ trọng của vùng được ít nhất",
            "least zone's share",
            language,
        ),
        Against::Jobs => say("việc làm", "jobs", language),
        Against::Mobilised => say(
            "vốn huy động (triệu đồng)",
            "mobilised money (million đồng)",
            language,
        ),
    }
}

fn value(against: Against, value: i64, language: Language) -> String {
    match against {
        Against::Points | Against::Jobs => said(&value, language),
        Against::Top(_) | Against::Pilots | Against::Equity => said(&Share(value), language),
        Against::Mobilised => millions(Money(value), language),
    }
}

fn text(
    problem: &Problem<'_>,
    against: Against,
    points: &[FrontPoint],
    language: Language,
) -> String {
    let what = name(against, language);
    let opening = if against == Against::Points {
        phrase!(
            "Ít trọng điểm hơn thì mất bao nhiêu lợi ích? Mỗi dòng là kế hoạch tốt nhất có số trọng điểm không quá mức ghi ở cột đầu.",
            "What do fewer focal points cost in benefit? Each line is the best plan with no more focal points than the first column says."
        )
    } else {
        phrase!(
            "Đòi hỏi mức cao hơn ({what}) thì mất bao nhiêu lợi ích? Mỗi dòng là kế hoạch tốt nhất đạt ít nhất mức ghi ở cột đầu.",
            "What does a higher level cost in benefit ({what})? Each line is the best plan that reaches at least the level in the first column."
        )
    };
    let row = |own: &FrontPoint| {
        let mut row = vec![value(against, own.place, language)];
        if let (Some(benefit), Some((_, measure, figures))) = (&own.benefit, &own.plan) {
            row.extend([
                points_between(*benefit, language),
                value(against, *measure, language),
                said(&figures.projects, language),
                said(&figures.focal_points, language),
                hundredths(figures.effective_points, language),
                said(&figures.pilot_share, language),
            ]);
        } else {
            let why = if own.is_impossible {
                say("không có kế hoạch nào", "no plan exists", language)
            } else {
                say("chưa rõ", "unknown", language)
            };
            row.push(why);
            row.extend(std::iter::repeat_n(String::new(), 5));
        }
        row
    };
    let grid = Grid {
        title: name(against, language),
        headings: vec![
            say("mức", "level", language),
            say("lợi ích (điểm)", "benefit (points)", language),
            say("kế hoạch đạt", "the plan reaches", language),
            say("số đề án", "projects", language),
            say("trọng điểm", "focal points", language),
            say("trọng điểm quy đổi (1/HHI)", "effective (1/HHI)", language),
            say("tỷ trọng đề án điểm", "pilot share", language),
        ],
        rows: points.iter().map(row).collect(),
        numeric: (0..7).collect(),
    };
    heading(problem, language) + opening.say(language) + "\n\n" + &grid.text()
}

fn word(against: Against) -> &'static str {
    match against {
        Against::Points => "points",
        Against::Top(_) => "top",
        Against::Pilots => "pilots",
        Against::Equity => "equity",
        Against::Jobs => "jobs",
        Against::Mobilised => "mobilised",
    }
}

/// A value for machines: a number, a share, an amount in million đồng.
fn plainly(against: Against, value: i64) -> String {
    match against {
        Against::Points | Against::Jobs => value.to_string(),
        Against::Top(_) | Against::Pilots | Against::Equity => Share(value).to_string(),
        Against::Mobilised => Money(value).millions(),
    }
}

fn json(against: Against, points: &[FrontPoint]) -> Value {
    let point = |own: &FrontPoint| {
        let plan = own.plan.as_ref();
        json!({
            "level": plainly(against, own.place),
            "benefit": own.benefit.map(json_between),
            "no_plan_exists": own.is_impossible,
            "reached": plan.map(|(_, measure, _)| plainly(against, *measure)),
            "projects": plan.map(|(plan, ..)| plan.len()),
            "focal_points": plan.map(|(.., own)| own.focal_points),
            "effective_points": plan.map(|(.., own)| plain(own.effective_points, 2)),
            "pilot_share": plan.map(|(.., own)| own.pilot_share.to_string()),
        })
    };
    json!({
        "against": word(against),
        "points": points.iter().map(point).collect::<Vec<_>>(),
    })
}

fn csv(against: Against, points: &[FrontPoint]) -> crate::record::Table {
    let row = |own: &FrontPoint| {
        let cell = |value: Option<i64>| value.map(|own| plain(own, 3)).unwrap_or_default();
        let plan = own.plan.as_ref();
        let of = |show: &dyn Fn(&crate::analysis::Figures) -> String| {
            plan.map(|(.., own)| show(own)).unwrap_or_default()
        };
        vec![
            plainly(against, own.place),
            cell(own.benefit.and_then(|own| own.least)),
            cell(own.benefit.and_then(|own| own.most)),
            plan.map(|(_, measure, _)| plainly(against, *measure))
                .unwrap_or_default(),
            of(&|own| own.projects.to_string()),
            of(&|own| own.focal_points.to_string()),
            of(&|own| plain(own.effective_points, 2)),
            of(&|own| own.pilot_share.to_string()),
        ]
    };
    let columns = [
        word(against),
        "benefit_least",
        "benefit_most",
        "reached",
        "projects",
        "focal_points",
        "effective_points",
        "pilot_share",
    ];
    table("frontier", &columns, points.iter().map(row).collect())
}
