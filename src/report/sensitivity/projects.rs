//! How certain each candidate is: text, JSON, `projects.csv`.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::super::Grid;
use super::super::text::say;
use super::{Told, cell, count, heading, json_between, points_between, table};
use crate::analysis::{Certain, ProjectWorth, ProjectsWorth, Reach};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::quantities::plain;

impl Certain {
    /// The word for it in files.
    fn word(self) -> &'static str {
        match self {
            Certain::AlwaysIn => "always_in",
            Certain::AlwaysOut => "always_out",
            Certain::Swing => "swing",
            Certain::Undetermined => "undetermined",
        }
    }

    fn say(self, language: Language) -> String {
        match self {
            Certain::AlwaysIn => say("luôn được chọn", "always in", language),
            Certain::AlwaysOut => say("luôn bị loại", "always out", language),
            Certain::Swing => say("tùy phương án", "swing", language),
            Certain::Undetermined => say("chưa xác định", "undetermined", language),
        }
    }
}

/// The candidates, `listed` of those funded and as many of the others in the text; `None` shows all.
#[must_use]
pub fn projects_told(
    problem: &Problem<'_>,
    worth: &ProjectsWorth,
    language: Language,
    listed: Option<usize>,
) -> Told {
    Told {
        text: text(problem, worth, language, listed),
        json: json(problem, worth),
        table: csv(problem, worth),
    }
}

const ALL: [Certain; 4] = [
    Certain::AlwaysIn,
    Certain::Swing,
    Certain::AlwaysOut,
    Certain::Undetermined,
];

fn text(
    problem: &Problem<'_>,
    worth: &ProjectsWorth,
    language: Language,
    listed: Option<usize>,
) -> String {
    let best = points_between(worth.optimum, language);
    let plans = count(worth.plans, language);
    let opening = phrase!(
        "Đề án nào chắc chắn? Kế hoạch tốt nhất đạt {best} điểm. Một đề án “luôn được chọn” nếu mọi kế hoạch kém kế hoạch tìm được không quá mức sai khác đều có nó, “luôn bị loại” nếu không kế hoạch nào như vậy có nó, “tùy phương án” nếu có cả hai loại kế hoạch. Số kế hoạch đã dùng để đối chứng: {plans}.",
        "Which projects are certain? The best plan has {best} points. A project is “always in” if every plan that is worse than the one found by no more than the difference funds it, “always out” if none does, “swing” if some do and some do not. Plans that served as witnesses: {plans}."
    );
    let mut text = heading(problem, language);
    text += opening.say(language);
    text += "\n\n";
    text += &counts(worth, language).text();
    for is_funded in [true, false] {
        text.push('\n');
        text += &list(problem, worth, is_funded, language, listed).text();
    }
    let note = phrase!(
        "Chi phí thay thế: lợi ích mất đi khi bỏ một đề án đang được chọn (hoặc buộc phải chọn một đề án đang bị loại) và sắp xếp lại mọi đề án khác. Khoảng “từ – đến” là điều chứng minh được trong thời gian cho phép.",
        "Replacement cost: the benefit lost when a funded project is left out (or one left out must be funded) and everything else is decided anew. A range is what could be proven in the time allowed."
    );
    text.push('\n');
    text += note.say(language);
    text.push('\n');
    text
}

fn counts(worth: &ProjectsWorth, language: Language) -> Grid {
    let mut headings = vec![say("sai khác không quá", "worse by at most", language)];
    headings.extend(ALL.iter().map(|own| own.say(language)));
    let row = |(place, within): (usize, &crate::quantities::Share)| {
        let number = |wanted: &Certain| {
            let own = worth.projects.iter();
            let own = own.filter(|own| own.certain[place] == *wanted);
            count(own.count(), language)
        };
        let mut row = vec![super::super::said(within, language)];
        row.extend(ALL.iter().map(number));
        row
    };
    Grid {
        title: say("Số đề án", "Projects", language),
        headings,
        rows: worth.within.iter().enumerate().map(row).collect(),
        numeric: vec![1, 2, 3, 4],
    }
}

fn list(
    problem: &Problem<'_>,
    worth: &ProjectsWorth,
    is_funded: bool,
    language: Language,
    listed: Option<usize>,
) -> Grid {
    let own = worth.projects.iter();
    let mut own: Vec<&ProjectWorth> = own.filter(|own| own.is_funded == is_funded).collect();
    // The funded ones that are missed most, the others that cost least.
    let cost = |own: &&ProjectWorth| {
        let cost = worth.replacement_cost(own);
        let most = cost.and_then(|cost| cost.most).unwrap_or(i64::MAX);
        (cost.map(|cost| cost.least.unwrap_or(0)), most)
    };
    if is_funded {
        own.sort_by_key(|own| {
            let (least, most) = cost(own);
            Reverse((least.unwrap_or(i64::MAX), most))
        });
    } else {
        own.sort_by_key(|own| (own.with.most.is_none(), cost(own)));
    }
    let (all, shown) = (own.len(), listed.unwrap_or(own.len()).min(own.len()));
    let title = if is_funded {
        phrase!(
            "Đề án đang được chọn ({shown} trong {all}), mất nhiều nhất khi bỏ trước",
            "Funded projects ({shown} of {all}), those missed most first"
        )
    } else {
        phrase!(
            "Đề án đang bị loại ({shown} trong {all}), gần được chọn nhất trước",
            "Projects left out ({shown} of {all}), those nearest to being funded first"
        )
    };
    let mut headings = vec![say("mã", "code", language), say("tên", "name", language)];
    headings.extend(
        worth
            .within
            .iter()
            .map(|own| super::super::said(own, language)),
    );
    headings.push(say(
        "chi phí thay thế (điểm)",
        "replacement cost (points)",
        language,
    ));
    let last = headings.len() - 1;
    let row = |own: &&ProjectWorth| {
        let project = problem.programme().project(own.project);
        let mut row = vec![project.code.clone(), project.name.clone()];
        row.extend(own.certain.iter().map(|own| own.say(language)));
        row.push(match worth.replacement_cost(own) {
            Some(cost) => points_between(cost, language),
            None if own.is_refused => say("không đủ điều kiện", "refused by a gate", language),
            None => say("không kế hoạch nào", "no plan at all", language),
        });
        row
    };
    Grid {
        title: title.say(language).to_owned(),
        headings,
        rows: own.iter().take(shown).map(row).collect(),
        numeric: vec![last],
    }
}

fn json(problem: &Problem<'_>, worth: &ProjectsWorth) -> Value {
    let reach = |own: Reach| match own.most {
        None => json!({ "plans": false }),
        Some(most) => json!({
            "plans": true,
            "least": own.least.map(|own| plain(own, 3)),
            "most": (most < i64::MAX).then(|| plain(most, 3)),
        }),
    };
    let project = |own: &ProjectWorth| {
        json!({
            "project": problem.programme().project(own.project).code,
            "funded": own.is_funded,
            "refused": own.is_refused,
            "with": reach(own.with),
            "without": reach(own.without),
            "certain": own.certain,
            "replacement_cost": worth.replacement_cost(own).map(json_between),
        })
    };
    json!({
        "within": worth.within.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "optimum": json_between(worth.optimum),
        "plans": worth.plans,
        "projects": worth.projects.iter().map(project).collect::<Vec<_>>(),
    })
}

fn csv(problem: &Problem<'_>, worth: &ProjectsWorth) -> crate::record::Table {
    let certain: Vec<String> = worth
        .within
        .iter()
        .map(|own| format!("within_{own}"))
        .collect();
    let mut columns = vec!["project", "name", "funded", "refused"];
    columns.extend(certain.iter().map(String::as_str));
    columns.extend([
        "with_least",
        "with_most",
        "without_least",
        "without_most",
        "replacement_cost_least",
        "replacement_cost_most",
    ]);
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let row = |own: &ProjectWorth| {
        let project = problem.programme().project(own.project);
        let mut row = vec![
            project.code.clone(),
            project.name.clone(),
            yes(own.is_funded),
            yes(own.is_refused),
        ];
        row.extend(own.certain.iter().map(|own| own.word().to_owned()));
        let cost = worth.replacement_cost(own);
        let known = |most: Option<i64>| cell(most.filter(|&most| most < i64::MAX));
        row.extend([
            cell(own.with.least),
            known(own.with.most),
            cell(own.without.least),
            known(own.without.most),
            cell(cost.and_then(|cost| cost.least)),
            cell(cost.and_then(|cost| cost.most)),
        ]);
        row
    };
    table(
        "projects",
        &columns,
        worth.projects.iter().map(row).collect(),
    )
}
