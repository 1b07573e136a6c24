//! Whether the plan survives another judgement: text, JSON, `judgement.csv`.

mod json;
mod open;

use std::cmp::Reverse;

use super::super::Grid;
use super::super::text::say;
use super::super::{points, said};
use super::sampled::{chance, percent};
use super::{Told, between, heading, named, points_between, table};
use crate::analysis::{
    Edge, Interval, JudgementAsked, JudgementWorth, Named, Regrets, WeightStability,
};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::Share;

/// Acceptability, regret, stability and portfolios, as far as they were asked for; `listed` projects in
/// the text, `None` for all.
#[must_use]
pub fn judgement_told(
    problem: &Problem<'_>,
    asked: &JudgementAsked,
    worth: &JudgementWorth,
    language: Language,
    listed: Option<usize>,
) -> Told {
    Told {
        text: text(problem, asked, worth, language, listed),
        json: json::json(problem, asked, worth),
        table: csv(problem, worth),
    }
}

fn text(
    problem: &Problem<'_>,
    asked: &JudgementAsked,
    worth: &JudgementWorth,
    language: Language,
    listed: Option<usize>,
) -> String {
    let mut text = heading(problem, language);
    text += open::opening(problem, asked, worth).say(language);
    text += "\n\n";
    if worth.regrets.judgements > 0 {
        for phrase in [
            of_plan(asked, worth, language),
            of_least(problem, worth, language),
        ] {
            text += phrase.say(language);
            text += "\n";
        }
    }
    if !worth.named.is_empty() {
        text.push('\n');
        text += &of_named(&worth.named, language).text();
    }
    if worth.samples > 0 {
        text.push('\n');
        text += &acceptabilities(problem, worth, language, listed);
    }
    if !worth.stability.is_empty() {
        text.push('\n');
        text += &stabilities(problem, asked, worth, language).text();
    }
    if let Some(listed) = &worth.portfolios {
        text.push('\n');
        text += &match listed {
            Ok(own) => open::portfolios(problem, own, language),
            Err(why) => open::unlisted(why).say(language).to_owned() + "\n",
        };
    }
    text
}

/// Basis points between two, as percentages.
fn parts_between(value: Interval, language: Language) -> String {
    between(value, language, |own| said(&Share(own), language))
}

fn of_plan(asked: &JudgementAsked, worth: &JudgementWorth, language: Language) -> Phrase {
    let Regrets {
        near,
        far,
        judgements,
        ..
    } = worth.regrets;
    let within = asked.within;
    let mean = points_between(worth.regrets.mean, language);
    let most = points_between(worth.regrets.most, language);
    let part = parts_between(worth.regrets.most_part, language);
    phrase!(
        "Kế hoạch: kém phương án tốt nhất của từng cách đánh giá không quá {within} ở ít nhất {near} trong {judgements} cách đánh giá, chắc chắn kém hơn mức đó ở {far}. Nếu cách đánh giá đó mới đúng, kế hoạch bỏ lỡ trung bình {mean} điểm, nhiều nhất {most} điểm ({part}).",
        "The plan: within {within} of the best under at least {near} of {judgements} judgements, and shown to be further from it under {far}. If such a judgement is the right one, the plan misses {mean} points on average and at most {most} points ({part}).";
        within, near, judgements, far
    )
}

fn of_least(problem: &Problem<'_>, worth: &JudgementWorth, language: Language) -> Phrase {
    let programme = problem.programme();
    let least = &worth.least_regret;
    let most = points_between(least.regrets.most, language);
    let part = parts_between(least.regrets.most_part, language);
    let bound = points(least.bound, language);
    let shown = if least.bound > 0 {
        phrase!(
            "; đã chứng minh mọi kế hoạch đều có thể bỏ lỡ ít nhất {bound} điểm",
            "; every plan is shown to miss at least {bound} points at worst"
        )
    } else {
        Phrase::default()
    };
    if least.plan == worth.plan {
        return phrase!(
            "Không tìm thấy kế hoạch nào bỏ lỡ ít hơn trong trường hợp xấu nhất{shown}.",
            "No plan was found that misses less at worst{shown}.";
            shown
        );
    }
    let (more, less) = (
        least.plan.only_in(&worth.plan),
        worth.plan.only_in(&least.plan),
    );
    let (more_count, less_count) = (more.len(), less.len());
    let more = named(programme, &more, language);
    let less = named(programme, &less, language);
    let added = phrase!("chọn thêm {more_count} đề án ({more})", "funds {more_count} more projects ({more})"; more_count);
    let dropped = phrase!("bỏ {less_count} đề án ({less})", "leaves out {less_count} projects ({less})"; less_count);
    let differs = match (more_count, less_count) {
        (0, 0) => phrase!(
            "chọn cùng các đề án, khác năm, nguồn hoặc phương án",
            "funds the same projects in other years, funds or variants"
        ),
        (_, 0) => added,
        (0, _) => dropped,
        _ => phrase!("{added} và {dropped}", "{added} and {dropped}"; added, dropped),
    };
    phrase!(
        "Kế hoạch bỏ lỡ ít nhất trong trường hợp xấu nhất: nhiều nhất {most} điểm ({part}){shown}. So với kế hoạch trên, nó {differs}.",
        "The plan that misses least at worst: at most {most} points ({part}){shown}. Beside the plan above it {differs}.";
        shown, differs
    )
}

fn of_named(all: &[Named], language: Language) -> Grid {
    let row = |own: &Named| {
        vec![
            own.name.say(language).to_owned(),
            points_between(own.best, language),
            points(own.value, language),
            points(own.least_regret, language),
        ]
    };
    Grid {
        title: say(
            "Theo từng cách đánh giá (điểm)",
            "By each judgement with a name (points)",
            language,
        ),
        headings: vec![
            say("cách đánh giá", "judgement", language),
            say("phương án tốt nhất", "best plan", language),
            say("kế hoạch này", "this plan", language),
            say("kế hoạch bỏ lỡ ít nhất", "plan that misses least", language),
        ],
        rows: all.iter().map(row).collect(),
        numeric: vec![1, 2, 3],
    }
}

fn acceptabilities(
    problem: &Problem<'_>,
    worth: &JudgementWorth,
    language: Language,
    listed: Option<usize>,
) -> String {
    let programme = problem.programme();
    let counted = |wanted: usize| worth.accepted.iter().filter(|&&own| own == wanted).count();
    let (always, never) = (counted(worth.samples), counted(0));
    let opening = phrase!(
        "Đề án có mặt trong phương án tốt nhất tìm được của mọi cách đánh giá đã rút: {always}; không có mặt trong phương án nào: {never} (phương án gần tốt bằng có thể chọn đề án khác). Các đề án còn lại:",
        "Projects in the best plan found under every judgement drawn: {always}; in none: {never} (plans nearly as good may fund others). The others:";
        always, never
    );
    let mut others: Vec<ProjectId> = programme
        .ids()
        .filter(|own| {
            !(worth.accepted[own.index()] == 0 || worth.accepted[own.index()] == worth.samples)
        })
        .collect();
    if others.is_empty() {
        let none = phrase!("không có", "none");
        return format!("{} {}.\n", opening.say(language), none.say(language));
    }
    others.sort_by_key(|own| Reverse(worth.accepted[own.index()]));
    let hidden = others.len().saturating_sub(listed.unwrap_or(others.len()));
    others.truncate(listed.unwrap_or(others.len()));
    let row = |project: ProjectId| {
        let own = programme.project(project);
        let is_in = worth.plan.choice(project).is_some();
        vec![
            own.code.clone(),
            own.name.clone(),
            if is_in {
                say("có", "yes", language)
            } else {
                String::new()
            },
            chance(worth.acceptability(project), language),
        ]
    };
    let grid = Grid {
        title: opening.say(language).to_owned(),
        headings: vec![
            say("mã", "code", language),
            say("tên", "name", language),
            say("trong kế hoạch", "in the plan", language),
            say(
                "mức chấp nhận (sai số rút mẫu, 95%)",
                "acceptability (sampling error, 95%)",
                language,
            ),
        ],
        rows: others.into_iter().map(row).collect(),
        numeric: vec![3],
    };
    let mut text = grid.text();
    if hidden > 0 {
        let more = phrase!(
            "… và {hidden} đề án nữa (--list all)",
            "… and {hidden} more (--list all)"; hidden
        );
        text += more.say(language);
        text.push('\n');
    }
    text
}

fn stabilities(
    problem: &Problem<'_>,
    asked: &JudgementAsked,
    worth: &JudgementWorth,
    language: Language,
) -> Grid {
    let within = asked.within;
    let title = phrase!(
        "Trọng số của một tiêu chí có thể đổi đến đâu (các tiêu chí khác giữ tỷ lệ với nhau) mà kế hoạch vẫn kém phương án tốt nhất không quá {within}",
        "How far the weight of one criterion may move (the others keeping their proportions) while the plan stays within {within} of the best";
        within
    );
    let row = |own: &WeightStability| {
        let name = &problem.programme().criteria[own.criterion].name;
        vec![
            name.say(language).to_owned(),
            said(&own.own, language),
            edge(own.down, language),
            edge(own.up, language),
        ]
    };
    Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("tiêu chí", "criterion", language),
            say("hiện nay", "now", language),
            say("xuống đến", "down to", language),
            say("lên đến", "up to", language),
        ],
        rows: worth.stability.iter().map(row).collect(),
        numeric: vec![1, 2, 3],
    }
}

/// One end: a part where it is known to the basis point, else between which it lies.
fn edge(edge: Edge, language: Language) -> String {
    let part = |own: Share| said(&own, language);
    match (edge.stays, edge.leaves) {
        (Some(stays), Some(leaves)) if (stays.0 - leaves.0).abs() <= 1 => part(stays),
        (Some(stays), Some(leaves)) => format!("{} – {}", part(stays), part(leaves)),
        (Some(stays), None) if edge.is_open() => part(stays),
        (Some(stays), None) => {
            let stays = part(stays);
            let beyond = phrase!("ít nhất đến {stays}", "at least to {stays}");
            beyond.say(language).to_owned()
        }
        (None, Some(leaves)) => {
            let leaves = part(leaves);
            phrase!(
                "không còn ở gần ngay từ {leaves}",
                "not near even at {leaves}"
            )
            .say(language)
            .to_owned()
        }
        (None, None) => say("chưa rõ", "unknown", language),
    }
}

fn csv(problem: &Problem<'_>, worth: &JudgementWorth) -> crate::record::Table {
    let programme = problem.programme();
    let columns = [
        "project",
        "name",
        "in_plan",
        "in_plan_of_least_regret",
        "acceptability",
        "least",
        "most",
        "core_index",
    ];
    let yes = |is_in: bool| if is_in { "yes" } else { "no" }.to_owned();
    let portfolios = worth.portfolios.as_ref().and_then(|own| own.as_ref().ok());
    let row = |project: ProjectId| {
        let own = programme.project(project);
        let chance = worth.acceptability(project);
        let (least, most) = chance.interval();
        let sampled = |share: f64| {
            if worth.samples > 0 {
                percent(share)
            } else {
                String::new()
            }
        };
        vec![
            own.code.clone(),
            own.name.clone(),
            yes(worth.plan.choice(project).is_some()),
            yes(worth.least_regret.plan.choice(project).is_some()),
            sampled(chance.share()),
            sampled(least),
            sampled(most),
            portfolios.map_or_else(String::new, |own| own.core_index(project).to_string()),
        ]
    };
    table("judgement", &columns, programme.ids().map(row).collect())
}
