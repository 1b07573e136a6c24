//! The candidates of a programme: how many may be funded, which may not and why, what is in doubt.

use super::text::{FEW, say};
use super::{Grid, PlanReport};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::rules::{Kind, Reason};

/// The counts, the first of those refused with reason and remedy, and the doubts.
pub(super) fn text(report: &PlanReport<'_>, language: Language) -> String {
    let programme = report.problem.programme();
    let admission = report.problem.admission();
    let (all, refused) = (programme.projects.len(), admission.refused().len());
    let requested = admission.requested(programme);
    let by_code = |counts: Vec<(&str, usize)>| {
        let named = counts.iter().map(|(code, count)| {
            let title = Kind::find(code).map(Kind::title).unwrap_or_default();
            format!("{} {count}", title.say(language).to_lowercase())
        });
        let named: Vec<_> = named.collect();
        if named.is_empty() {
            say("không", "none", language)
        } else {
            named.join(", ")
        }
    };
    let reasons = by_code(admission.refused_by_code().into_iter().collect());
    let doubts = admission
        .doubts()
        .iter()
        .map(|(code, &count)| (code.as_str(), count));
    let doubts = by_code(doubts.collect());
    let missing = report.problem.scoring().missing_scores(programme);
    let phrase = phrase!(
        "Đề án đề xuất: {all}, không đủ điều kiện {refused} ({reasons}); các đề án đủ điều kiện đề nghị {requested}.\nCần xác minh thêm: {doubts}; điểm chấm còn thiếu, lấy điểm mặc định: {missing}.",
        "Candidates: {all}, not admissible: {refused} ({reasons}); the others ask for {requested}.\nTo be confirmed: {doubts}; scores missing and taken by default: {missing}.";
        all, refused, requested, missing
    );
    let mut text = phrase.say(language).to_owned() + "\n";
    let made = &report.problem.policy().weights.made;
    if made.is_accepted_contradiction() {
        text += made.phrase().say(language);
        text.push('\n');
    }
    let left_out = report.drawn.formulation.left_out();
    if !left_out.is_empty() {
        let names = left_out.join(", ");
        let note = phrase!(
            "Không áp dụng (không có đề án nào đáp ứng được): {names}",
            "Not applicable (no candidate can serve it): {names}"
        );
        text += note.say(language);
        text.push('\n');
    }
    if refused > 0 {
        text.push('\n');
        text += &refusals(report, language);
    }
    text
}

fn refusals(report: &PlanReport<'_>, language: Language) -> String {
    let programme = report.problem.programme();
    let all = report.problem.admission().refused();
    let rows = all.iter().take(FEW).map(|refusal| {
        let told = |of: fn(&Reason) -> &Phrase| {
            let texts = refusal
                .reasons
                .iter()
                .map(|reason| of(reason).say(language));
            texts.collect::<Vec<_>>().join("; ")
        };
        vec![
            programme.project(refusal.project).code.clone(),
            told(|reason| &reason.sentence),
            told(|reason| &reason.remedy),
        ]
    });
    let (shown, count) = (all.len().min(FEW), all.len());
    let title = phrase!(
        "Không đủ điều kiện ({shown} trong {count}; toàn bộ ở plan.json)",
        "Not admissible ({shown} of {count}; all of them in plan.json)"
    );
    Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("mã", "project", language),
            say("lý do", "why", language),
            say("cách khắc phục", "remedy", language),
        ],
        rows: rows.collect(),
        numeric: Vec::new(),
    }
    .text()
}
