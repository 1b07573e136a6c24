//! Conflicts and their repairs in words, JSON and `repairs.csv`.

use serde_json::{Value, json};

use super::sensitivity::{Told, heading, json_between, points_between, table};
use super::text::say;
use crate::analysis::{CeilingOf, Conflict, Member, MemberKind, Remedy, Repair};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId};
use crate::quantities::{Money, plain};

/// How many projects are named at a gate.
const NAMED: usize = 6;

/// Conflicts and repairs in the three forms.
#[must_use]
pub fn conflict_told(
    problem: &Problem<'_>,
    conflicts: &[Conflict],
    repairs: &[Repair],
    language: Language,
) -> Told {
    let text = if conflicts.is_empty() {
        say(
            "Không tìm thấy mâu thuẫn: các quy tắc có thể đồng thời được giữ, hoặc chưa chứng minh được điều ngược lại trong thời gian cho phép.",
            "No conflict was found: the rules can hold together, or the contrary could not be shown in the time allowed.",
            language,
        ) + "\n"
    } else {
        conflicts_text(problem, conflicts, repairs, language)
    };
    Told {
        text: heading(problem, language) + &text,
        json: json!({
            "conflicts": conflicts.iter().map(|own| conflict_json(problem, own)).collect::<Vec<_>>(),
            "repairs": repairs.iter().map(|own| repair_json(problem, own)).collect::<Vec<_>>(),
        }),
        table: csv(problem, repairs),
    }
}

/// What cannot hold together, each member with its sentence, and what would repair it.
#[must_use]
pub fn conflicts_text(
    problem: &Problem<'_>,
    conflicts: &[Conflict],
    repairs: &[Repair],
    language: Language,
) -> String {
    let mut text = String::new();
    for (position, conflict) in conflicts.iter().enumerate() {
        let (number, all) = (position + 1, conflicts.len());
        let title = if all == 1 {
            phrase!(
                "Những điều sau không thể đồng thời được giữ; bỏ bất kỳ điều nào thì những điều còn lại giữ được:",
                "These cannot hold together; without any one of them the others can:"
            )
        } else {
            phrase!(
                "Mâu thuẫn {number} trong {all}, không có điều nào chung với mâu thuẫn khác; bỏ bất kỳ điều nào thì những điều còn lại giữ được:",
                "Conflict {number} of {all}, with nothing in common with the others; without any one of these the others can hold:"
            )
        };
        text += title.say(language);
        text.push('\n');
        for member in &conflict.members {
            text += &member_text(problem, member, language);
        }
        if !conflict.undecided.is_empty() {
            let names = conflict.undecided.join(", ");
            let note = phrase!(
                "Chưa xét xong trong thời gian cho phép, nên có thể thừa: {names}.",
                "Not settled in the time allowed, so perhaps not needed: {names}."
            );
            text += note.say(language);
            text.push('\n');
        }
        text.push('\n');
    }
    text += &repairs_text(problem, repairs, language);
    text
}

fn member_text(problem: &Problem<'_>, member: &Member, language: Language) -> String {
    // A demand has no sentence: its label says it.
    let sentence = problem.sentence(&member.label).unwrap_or_default();
    let kind = match member.kind {
        MemberKind::Fact => say("dữ liệu", "a fact", language),
        MemberKind::LawGate => say("điều kiện của pháp luật", "a gate of the law", language),
        MemberKind::Demand => say("yêu cầu của kịch bản", "a demand of the scenario", language),
        MemberKind::Gate => say("điều kiện của chính sách", "a gate of the policy", language),
        MemberKind::Rule => say("quy tắc của chính sách", "a rule of the policy", language),
    };
    let mut text = format!("  {} ({kind})\n", member.label);
    if !sentence.say(language).is_empty() {
        text += &format!("      {}\n", sentence.say(language));
    }
    if !member.cases.is_empty() {
        let cases = member.cases.join(", ");
        let note = phrase!(
            "chỉ cần các trường hợp: {cases}",
            "only in these cases: {cases}"
        );
        text += &format!("      {}\n", note.say(language));
    }
    if !member.refuses.is_empty() {
        let names = named(problem.programme(), &member.refuses, language);
        let note = phrase!("đang loại: {names}", "it refuses: {names}");
        text += &format!("      {}\n", note.say(language));
    }
    text
}

fn named(programme: &Programme, projects: &[ProjectId], language: Language) -> String {
    let codes = projects.iter().take(NAMED);
    let codes: Vec<&str> = codes
        .map(|own| programme.project(*own).code.as_str())
        .collect();
    let mut names = codes.join(", ");
    if projects.len() > NAMED {
        let more = projects.len() - NAMED;
        let more = phrase!(" và {more} đề án khác", " and {more} more");
        names += more.say(language);
    }
    names
}

fn repairs_text(problem: &Problem<'_>, repairs: &[Repair], language: Language) -> String {
    if repairs.is_empty() {
        return say(
            "Chưa tìm được cách khắc phục nào có kế hoạch chứng minh trong thời gian cho phép.",
            "No repair was found that a plan proves in the time allowed.",
            language,
        ) + "\n";
    }
    let title = phrase!(
        "Cách khắc phục, mỗi cách đã được chứng minh bằng một kế hoạch đã kiểm tra; giữ được nhiều lợi ích nhất trước:",
        "Repairs, each proven by an audited plan; those that keep most benefit first:"
    );
    let mut text = format!("{}\n", title.say(language));
    for (position, repair) in repairs.iter().enumerate() {
        let benefit = points_between(repair.benefit, language);
        let number = position + 1;
        let line = phrase!(
            "{number}. Kế hoạch đạt {benefit} điểm nếu:",
            "{number}. A plan of {benefit} points, if you:"
        );
        text += &format!("  {}\n", line.say(language));
        for own in &repair.remedies {
            let remedy = remedy_phrase(problem.programme(), own);
            text += &format!("     – {}\n", remedy.say(language));
        }
        text += &format!(
            "     trongdiem plan … {}\n",
            options(problem, repair).join(" ")
        );
    }
    text
}

/// A change in words.
fn remedy_phrase(programme: &Programme, remedy: &Remedy) -> Phrase {
    match remedy {
        Remedy::Raise(of, by) => {
            let (fund, by) = (programme.funds[of.fund.index()].named.name.clone(), *by);
            match of.year {
                Some(year) => phrase!(
                    "tăng trần nguồn {fund} năm {year} thêm {by}",
                    "raise the ceiling of {fund} in {year} by {by}"; fund, year, by
                ),
                None => phrase!(
                    "tăng trần cả chương trình của nguồn {fund} thêm {by}",
                    "raise the ceiling of {fund} over the whole programme by {by}"; fund, by
                ),
            }
        }
        Remedy::Loosen(label, notches, says) => phrase!(
            "nới {label} {notches} nấc: {says}",
            "loosen {label} by {notches} notches: {says}"; notches, says
        ),
        Remedy::Waive(gate, project, asks) => {
            let code = &programme.project(*project).code;
            phrase!(
                "{code} ({gate}): {asks}",
                "{code} ({gate}): {asks}"; asks
            )
        }
        Remedy::LeaveOut(label, says) => {
            phrase!("bỏ {label}: {says}", "leave out {label}: {says}"; says)
        }
        Remedy::Withdraw(label) => phrase!("rút lại {label}", "withdraw {label}"),
    }
}

/// The options with which `trongdiem plan` draws up a repaired plan.
fn options(problem: &Problem<'_>, repair: &Repair) -> Vec<String> {
    let programme = problem.programme();
    let quoted = |option: &str, text: String| format!("--{option} '{text}'");
    let option = |remedy: &Remedy| match remedy {
        Remedy::Raise(of, by) => quoted("set", change(programme, of, *by)),
        Remedy::Loosen(label, 1, _) => quoted("loosen", label.clone()),
        Remedy::Loosen(label, notches, _) => quoted("loosen", format!("{label}*{notches}")),
        Remedy::Waive(gate, project, _) => {
            let code = &programme.project(*project).code;
            quoted("waive", format!("{gate}[{code}]"))
        }
        Remedy::LeaveOut(label, _) => quoted("without", label.clone()),
        Remedy::Withdraw(label) => phrase!("(không có {label})", "(without {label})").en,
    };
    repair.remedies.iter().map(option).collect()
}

/// The change to table `ceilings` that raises one.
fn change(programme: &Programme, of: &CeilingOf, by: Money) -> String {
    let fund = &programme.funds[of.fund.index()].named.code;
    let year = of.year.map(|year| year.to_string()).unwrap_or_default();
    format!("ceilings[{fund},{year}].amount+={}", by.millions())
}

pub(super) fn conflict_json(problem: &Problem<'_>, conflict: &Conflict) -> Value {
    let member = |own: &Member| {
        let kind = match own.kind {
            MemberKind::Fact => "fact",
            MemberKind::LawGate => "law_gate",
            MemberKind::Demand => "demand",
            MemberKind::Gate => "gate",
            MemberKind::Rule => "rule",
        };
        let programme = problem.programme();
        let refuses = own.refuses.iter();
        json!({
            "label": own.label,
            "kind": kind,
            "sentence": problem.sentence(&own.label),
            "cases": own.cases,
            "refuses": refuses.map(|own| &programme.project(*own).code).collect::<Vec<_>>(),
        })
    };
    json!({
        "members": conflict.members.iter().map(member).collect::<Vec<_>>(),
        "undecided": conflict.undecided,
    })
}

pub(super) fn repair_json(problem: &Problem<'_>, repair: &Repair) -> Value {
    let programme = problem.programme();
    let told = repair.remedies.iter();
    json!({
        "changes": told.map(|own| remedy_phrase(programme, own)).collect::<Vec<_>>(),
        "options": options(problem, repair),
        "benefit": json_between(repair.benefit),
        "projects": repair.plan.len(),
        "audit": if repair.audit.is_clean() { "clean" } else { "broken" },
    })
}

fn csv(problem: &Problem<'_>, repairs: &[Repair]) -> crate::record::Table {
    let programme = problem.programme();
    let row = |(position, own): (usize, &Repair)| {
        let told = own.remedies.iter();
        let told: Vec<String> = told.map(|own| remedy_phrase(programme, own).en).collect();
        let cell = |value: Option<i64>| value.map(|own| plain(own, 3)).unwrap_or_default();
        vec![
            (position + 1).to_string(),
            told.join("; "),
            options(problem, own).join(" "),
            cell(own.benefit.least),
            cell(own.benefit.most),
        ]
    };
    let columns = [
        "rank",
        "changes",
        "options",
        "benefit_least",
        "benefit_most",
    ];
    table(
        "repairs",
        &columns,
        repairs.iter().enumerate().map(row).collect(),
    )
}
