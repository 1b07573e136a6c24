//! An entry ticket in words and JSON: why in or out, and what would change that.

use serde_json::{Value, json};

use super::super::sensitivity::{json_between, points_between};
use super::super::{Grid, millions};
use super::words::say;
use crate::analysis::{CeilingOf, Lever, Threshold, Ticket};
use crate::phrase;
use crate::phrase::{Language, grouped};
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId};
use crate::quantities::{Money, plain};

/// The ticket as text, below what is told of the candidate.
#[must_use]
pub fn ticket_text(problem: &Problem<'_>, own: &Ticket, language: Language) -> String {
    let programme = problem.programme();
    let code = &programme.project(own.project).code;
    let (coming, going) = (
        codes(programme, &own.others.0, language),
        codes(programme, &own.others.1, language),
    );
    let lost = own.lost.map(|lost| points_between(lost, language));
    let opening = match (own.is_funded, lost) {
        (true, Some(lost)) => phrase!(
            "{code} đang được chọn. Nếu bỏ và sắp xếp lại tất cả, kế hoạch mất {lost} điểm; khi đó thêm: {coming}; thôi: {going}.",
            "{code} is funded. Without it, everything else decided anew, the plan loses {lost} points; then these come in: {coming}; these go: {going}."
        ),
        (true, None) => phrase!(
            "{code} đang được chọn, và không kế hoạch nào giữ được mọi quy tắc mà thiếu đề án này.",
            "{code} is funded, and no plan keeps every rule without it."
        ),
        (false, Some(lost)) => phrase!(
            "{code} chưa được chọn. Nếu buộc phải chọn và sắp xếp lại tất cả, kế hoạch mất {lost} điểm; khi đó thêm: {coming}; phải thôi: {going}.",
            "{code} is not funded. Were it to be, everything else decided anew, the plan would lose {lost} points; then these come in: {coming}; these give way: {going}."
        ),
        (false, None) => phrase!(
            "{code} chưa được chọn, và không kế hoạch nào có đề án này mà giữ được mọi quy tắc.",
            "{code} is not funded, and no plan with it keeps every rule."
        ),
    };
    let mut text = opening.say(language).to_owned() + "\n\n";
    let title = if own.is_funded {
        say("Còn được chọn đến khi", "It stays in until", language)
    } else {
        say(
            "Vé vào: từng điều một, mọi thứ khác giữ nguyên",
            "Entry ticket: one thing at a time, everything else held",
            language,
        )
    };
    let rows = own.levers.iter();
    text += &Grid {
        title,
        headings: vec![
            say("điều thay đổi", "what changes", language),
            say("được chọn khi", "it enters at", language),
            say("chưa đủ", "shown not to suffice", language),
        ],
        rows: rows.map(|own| row(problem, own, language)).collect(),
        numeric: Vec::new(),
    }
    .text();
    for lever in &own.levers {
        if let Lever::Rule(label, says, Some(true)) = lever {
            text += &format!("  {label}: {}\n", says.say(language));
        }
    }
    if !own.is_funded {
        let note = phrase!(
            "“Được chọn” nghĩa là có một kế hoạch tốt nhất gồm đề án này. Với nhiều kinh phí hơn nữa đề án có thể lại bị thay thế.",
            "“Enters” means that some best plan funds it. With still more money it may be displaced again."
        );
        text += note.say(language);
        text.push('\n');
    }
    text
}

fn codes(programme: &Programme, projects: &[ProjectId], language: Language) -> String {
    if projects.is_empty() {
        return say("không có", "none", language);
    }
    let code = |own: &ProjectId| programme.project(*own).code.as_str();
    let all: Vec<&str> = projects.iter().map(code).collect();
    all.join(", ")
}

fn row(problem: &Problem<'_>, lever: &Lever, language: Language) -> Vec<String> {
    let of = |threshold: &Threshold, said: &dyn Fn(i64) -> String| {
        let none = || say("không mức nào", "none", language);
        let open = || say("chưa phân định", "undecided", language);
        let enough = match (threshold.enough, threshold.short) {
            (Some(enough), _) => said(enough),
            (None, Some(_)) => none(),
            (None, None) => open(),
        };
        let short = threshold.short.filter(|&short| short != 0);
        [enough, short.map(said).unwrap_or_default()]
    };
    let whether = |own: Option<bool>| {
        let answer = match own {
            Some(true) => say("có", "yes", language),
            Some(false) => say("không", "no", language),
            None => say("chưa phân định", "undecided", language),
        };
        [answer, String::new()]
    };
    let merit = |value: i64| grouped(&plain(value, 2), language);
    let money = |value: i64| millions(Money(value), language);
    let (what, [enough, short]) = match lever {
        Lever::Merit(own) => (
            say(
                "điểm thẩm định (tối đa 100)",
                "merit (at most 100)",
                language,
            ),
            of(own, &merit),
        ),
        Lever::Support(own) => (
            say(
                "giảm mức hỗ trợ còn (triệu đồng)",
                "support cut to (million đồng)",
                language,
            ),
            of(own, &money),
        ),
        Lever::Money(at, own) => {
            let ceiling = named(problem.programme(), *at, language);
            let what = phrase!(
                "thêm kinh phí {ceiling} (triệu đồng)",
                "more money in {ceiling} (million đồng)"
            );
            (what.say(language).to_owned(), of(own, &money))
        }
        Lever::Window(own) => (
            say(
                "được bắt đầu vào bất kỳ năm nào",
                "start in any year",
                language,
            ),
            whether(*own),
        ),
        Lever::Rule(label, _, own) => {
            let what = phrase!("nới một nấc {label}", "{label} a notch looser");
            (what.say(language).to_owned(), whether(*own))
        }
    };
    vec![what, enough, short]
}

fn named(programme: &Programme, of: CeilingOf, language: Language) -> String {
    let fund = programme.funds[of.fund.index()].named.name.say(language);
    let whole = || say("cả chương trình", "whole programme", language);
    let when = of.year.map_or_else(whole, |year| year.to_string());
    format!("{fund} {when}")
}

/// The ticket for machines.
#[must_use]
pub fn ticket_json(problem: &Problem<'_>, own: &Ticket) -> Value {
    let programme = problem.programme();
    let codes = |projects: &[ProjectId]| {
        let own = projects.iter();
        own.map(|own| programme.project(*own).code.clone())
            .collect::<Vec<_>>()
    };
    let of = |threshold: &Threshold, said: &dyn Fn(i64) -> String| {
        json!({
            "enough": threshold.enough.map(said),
            "shown_not_to_suffice": threshold.short.map(said),
        })
    };
    let merit = |value: i64| plain(value, 2);
    let money = |value: i64| Money(value).millions();
    let lever = |lever: &Lever| match lever {
        Lever::Merit(own) => json!({ "lever": "merit", "threshold": of(own, &merit) }),
        Lever::Support(own) => json!({ "lever": "support", "threshold": of(own, &money) }),
        Lever::Money(at, own) => json!({
            "lever": "money",
            "fund": programme.funds[at.fund.index()].named.code,
            "year": at.year,
            "threshold": of(own, &money),
        }),
        Lever::Window(own) => json!({ "lever": "window", "enters": own }),
        Lever::Rule(label, says, own) => json!({
            "lever": "rule", "rule": label, "then": says, "enters": own,
        }),
    };
    json!({
        "funded": own.is_funded,
        "lost_otherwise": own.lost.map(json_between),
        "coming_in_otherwise": codes(&own.others.0),
        "going_otherwise": codes(&own.others.1),
        "levers": own.levers.iter().map(lever).collect::<Vec<_>>(),
    })
}
