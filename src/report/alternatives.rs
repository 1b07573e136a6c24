//! Plans nearly as good as the best, beside it: text, JSON, `alternatives.csv`.

use serde_json::{Value, json};

use super::sensitivity::{Told, heading, table};
use super::text::say;
use super::{Grid, millions, points, said};
use crate::analysis::{Alternative, Drawn};
use crate::phrase;
use crate::phrase::Language;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::{Share, plain};

/// The plan found and the alternatives, with the projects on which they differ.
#[must_use]
pub fn alternatives_told(
    problem: &Problem<'_>,
    drawn: &Drawn,
    within: Share,
    all: &[Alternative],
    language: Language,
) -> Told {
    let best = drawn.outcome.plan().zip(drawn.outcome.found());
    let plans: Vec<(&Plan, i64)> = best
        .into_iter()
        .chain(all.iter().map(|own| (&own.plan, own.value)))
        .collect();
    Told {
        text: text(problem, &plans, within, all, language),
        json: json(problem, &plans, within, all),
        table: csv(problem, &plans),
    }
}

fn text(
    problem: &Problem<'_>,
    plans: &[(&Plan, i64)],
    within: Share,
    all: &[Alternative],
    language: Language,
) -> String {
    let count = all.len();
    let opening = if count == 0 {
        phrase!(
            "Không tìm thấy kế hoạch nào khác kém kế hoạch tìm được không quá {within} trong thời gian cho phép.",
            "No other plan within {within} of the plan found was come upon in the time allowed."; within
        )
    } else {
        phrase!(
            "Các kế hoạch khác nhau nhiều nhất trong số những kế hoạch giữ mọi quy tắc và kém kế hoạch tìm được (kế hoạch 0) không quá {within}: {count} kế hoạch.",
            "The plans that differ most from each other among those that keep every rule and are within {within} of the plan found (plan 0): {count}."; within, count
        )
    };
    let mut text = heading(problem, language) + opening.say(language) + "\n\n";
    text += &summary(problem, plans, all, language).text();
    if count > 0 {
        text.push('\n');
        text += &differing(problem, plans, language).text();
    }
    text
}

fn summary(
    problem: &Problem<'_>,
    plans: &[(&Plan, i64)],
    all: &[Alternative],
    language: Language,
) -> Grid {
    let programme = problem.programme();
    let row = |(place, (plan, value)): (usize, &(&Plan, i64))| {
        let differs = place.checked_sub(1).map(|at| &all[at].differs);
        let differs = differs.map(|own| own.iter().map(ToString::to_string).collect::<Vec<_>>());
        vec![
            place.to_string(),
            points(*value, language),
            said(&plan.len(), language),
            millions(plan.spent(programme, |_, _| true), language),
            differs.unwrap_or_default().join(", "),
        ]
    };
    Grid {
        title: say("Các kế hoạch", "The plans", language),
        headings: vec![
            say("kế hoạch", "plan", language),
            say("lợi ích (điểm)", "benefit (points)", language),
            say("số đề án", "projects", language),
            say("chi (triệu đồng)", "spent (million đồng)", language),
            say(
                "số đề án khác với từng kế hoạch trước",
                "projects that differ from each plan before",
                language,
            ),
        ],
        rows: plans.iter().enumerate().map(row).collect(),
        numeric: vec![1, 2, 3, 4],
    }
}

/// The projects that some plans fund and some do not, with the year in which each starts them.
fn differing(problem: &Problem<'_>, plans: &[(&Plan, i64)], language: Language) -> Grid {
    let programme = problem.programme();
    let differ = |project: &ProjectId| {
        let funds = plans
            .iter()
            .filter(|(own, _)| own.choice(*project).is_some());
        let funds = funds.count();
        funds > 0 && funds < plans.len()
    };
    let row = |project: ProjectId| {
        let own = programme.project(project);
        let mut row = vec![own.code.clone(), own.name.clone()];
        row.extend(plans.iter().map(|(plan, _)| start(plan, project)));
        row
    };
    let mut headings = vec![say("mã", "code", language), say("tên", "name", language)];
    headings.extend((0..plans.len()).map(|place| place.to_string()));
    Grid {
        title: say(
            "Đề án mà các kế hoạch quyết định khác nhau (năm bắt đầu; trống: không chọn)",
            "Projects that the plans decide differently (year of start; blank: not funded)",
            language,
        ),
        headings,
        rows: programme.ids().filter(differ).map(row).collect(),
        numeric: Vec::new(),
    }
}

fn start(plan: &Plan, project: ProjectId) -> String {
    let choice = plan.choice(project);
    choice.map(|own| own.start.to_string()).unwrap_or_default()
}

fn json(
    problem: &Problem<'_>,
    plans: &[(&Plan, i64)],
    within: Share,
    all: &[Alternative],
) -> Value {
    let programme = problem.programme();
    let projects = |plan: &Plan| {
        let own = plan.choices();
        own.map(|own| problem.name(own)).collect::<Vec<_>>()
    };
    let plan = |(place, (plan, value)): (usize, &(&Plan, i64))| {
        let own = place.checked_sub(1).map(|at| &all[at]);
        json!({
            "plan": place,
            "value": plain(*value, 3),
            "spent": plan.spent(programme, |_, _| true),
            "decisions": projects(plan),
            "differs_from_plans_before": own.map(|own| &own.differs),
            "sum_of_differences": own.map(|own| own.distance),
        })
    };
    json!({
        "within": within.to_string(),
        "plans": plans.iter().enumerate().map(plan).collect::<Vec<_>>(),
    })
}

fn csv(problem: &Problem<'_>, plans: &[(&Plan, i64)]) -> crate::record::Table {
    let programme = problem.programme();
    let names: Vec<String> = (0..plans.len())
        .map(|place| format!("plan_{place}"))
        .collect();
    let mut columns = vec!["project", "name"];
    columns.extend(names.iter().map(String::as_str));
    let row = |project: ProjectId| {
        let own = programme.project(project);
        let mut row = vec![own.code.clone(), own.name.clone()];
        row.extend(plans.iter().map(|(plan, _)| start(plan, project)));
        row
    };
    table("alternatives", &columns, programme.ids().map(row).collect())
}
