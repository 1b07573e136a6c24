//! Candidates whose support was cut to the norm: what they asked for, and what is left.

use super::text::{FEW, say};
use super::{Grid, PlanReport, millions};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::Money;

/// What a project whose support was cut to the norm is marked with in lists.
const MARK: &str = "*";

/// The code of a project, marked where its support was cut to the norm.
pub(super) fn marked(problem: &Problem<'_>, project: ProjectId) -> String {
    let code = problem.programme().project(project).code.clone();
    let is_cut = problem.cuts().iter().any(|cut| cut.project == project);
    if is_cut { code + MARK } else { code }
}

/// How many contents were cut and by how much, with the first of them; nothing where none was.
pub(super) fn text(report: &PlanReport<'_>, language: Language) -> String {
    let programme = report.problem.programme();
    let cuts = report.problem.cuts();
    if cuts.is_empty() {
        return String::new();
    }
    let rows = cuts.iter().take(FEW).map(|cut| {
        let project = programme.project(cut.project);
        let variant = &project.variants[cut.variant.index()];
        vec![
            marked(report.problem, cut.project),
            variant.name.clone(),
            variant.contents[cut.content].name.clone(),
            millions(cut.asked, language),
            millions(cut.granted, language),
        ]
    });
    let mut projects: Vec<ProjectId> = cuts.iter().map(|cut| cut.project).collect();
    projects.dedup();
    let (count, shown, all) = (projects.len(), cuts.len().min(FEW), cuts.len());
    let by: Money = cuts.iter().map(|cut| cut.asked - cut.granted).sum();
    let title = phrase!(
        "Đã giảm xuống mức chi quy định: {count} đề án (đánh dấu {MARK}), tổng cộng {by} ({shown} trong {all} nội dung; toàn bộ ở plan.json)",
        "Candidates cut to the norm: {count} (marked {MARK}), by {by} in all ({shown} of {all} contents; all of them in plan.json)";
        count, by, shown, all
    );
    let headings = [
        ("mã", "project"),
        ("phương án", "variant"),
        ("nội dung", "content"),
        ("đề nghị", "asked"),
        ("còn lại", "granted"),
    ];
    let headings = headings.iter().map(|(vi, en)| say(vi, en, language));
    Grid {
        title: title.say(language).to_owned(),
        headings: headings.collect(),
        rows: rows.collect(),
        numeric: vec![3, 4],
    }
    .text()
}
