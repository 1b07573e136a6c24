//! A plan on the terminal.

use super::audit::{amount, unit_phrase, verdict as standing};
use super::money;
use super::{
    Grid, PlanReport, candidates, cuts, difference, figures, millions, points, soft, tiers, verdict,
};
use crate::analysis::binding;
use crate::phrase;
use crate::phrase::{Language, Phrase, grouped};
use crate::plan::Plan;
use crate::problem::Checked;

/// How many rows of the reserve list and of binding rules are shown.
pub(super) const FEW: usize = 12;

/// The report as text; `listed` limits the list of projects, `None` shows it whole.
#[must_use]
pub fn plan_text(report: &PlanReport<'_>, language: Language, listed: Option<usize>) -> String {
    let about = &report.problem.programme().about;
    let title = Phrase::new(&about.title_vi, &about.title_en);
    let policy = report.problem.policy().about.title();
    let mut text = format!("{} · {}\n\n", title.say(language), policy.say(language));
    text += verdict(report.problem, report.drawn).say(language);
    text += "\n\n";
    if let Some(plan) = report.drawn.outcome.plan() {
        for part in [
            money::text(report, language),
            tiers::text(report, language),
            side_by_side(report, language),
            targets(report, language),
            soft_rules(report, plan, language),
            binding_rules(report, plan, language),
            candidates::text(report, language),
            cuts::text(report, language),
            projects(report, plan, language, listed),
            reserve(report, language),
            difference::text(report, language),
        ] {
            if !part.is_empty() {
                text += &part;
                text.push('\n');
            }
        }
    } else {
        text += &candidates::text(report, language);
        text += &cuts::text(report, language);
    }
    text
}

pub(super) fn say(vi: &str, en: &str, language: Language) -> String {
    Phrase::new(vi, en).say(language).to_owned()
}

fn targets(report: &PlanReport<'_>, language: Language) -> String {
    let Some(audit) = &report.drawn.audit else {
        return String::new();
    };
    let own = audit.checked.iter().filter(|checked| checked.is_target());
    let rows: Vec<_> = own
        .map(|checked| {
            vec![
                checked.sentence.say(language).to_owned(),
                checked.finding.stand.say(language).to_owned(),
                outcome(standing(checked), language),
                off_by(checked, language),
            ]
        })
        .collect();
    if rows.is_empty() {
        return say(
            "Bộ dữ liệu không có chỉ tiêu.",
            "The dataset has no targets.",
            language,
        ) + "\n";
    }
    Grid {
        title: say("Chỉ tiêu", "Targets", language),
        headings: vec![
            String::new(),
            say("kế hoạch", "the plan", language),
            String::new(),
            say("thiếu hoặc vượt", "missed by", language),
        ],
        rows,
        numeric: vec![3],
    }
    .text()
}

/// By how much a target is missed; nothing where it is met or not asked.
fn off_by(checked: &Checked, language: Language) -> String {
    let finding = &checked.finding;
    if finding.is_kept() || !checked.is_applicable {
        return String::new();
    }
    let breach = grouped(&amount(finding.breach, finding.unit), language);
    format!("{breach} {}", unit_phrase(finding.unit).say(language))
}

fn soft_rules(report: &PlanReport<'_>, plan: &Plan, language: Language) -> String {
    let benefit = report.problem.benefit(plan);
    let audit = report.drawn.audit.as_ref();
    audit
        .map(|audit| soft::soft_text(report.problem, audit, benefit, language))
        .unwrap_or_default()
}

fn outcome(verdict: &str, language: Language) -> String {
    match verdict {
        "kept" => say("đạt", "met", language),
        "not applicable" => say("không áp dụng", "not applicable", language),
        _ => say("chưa đạt", "missed", language),
    }
}

fn binding_rules(report: &PlanReport<'_>, plan: &Plan, language: Language) -> String {
    let Some(audit) = &report.drawn.audit else {
        return String::new();
    };
    let all = binding(report.problem, &report.drawn.formulation, plan, audit);
    let rows = all.iter().take(FEW).map(|checked| {
        vec![
            checked.finding.label.clone(),
            checked.finding.stand.say(language).to_owned(),
        ]
    });
    let (shown, count) = (all.len().min(FEW), all.len());
    let title = phrase!(
        "Quy tắc đã chạm giới hạn ({shown} trong {count})",
        "Rules that bind ({shown} of {count}): nothing more fits under a limit, nothing can go from a floor"
    );
    Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("quy tắc", "rule", language),
            say("kế hoạch", "the plan", language),
        ],
        rows: rows.collect(),
        numeric: Vec::new(),
    }
    .text()
}

fn projects(
    report: &PlanReport<'_>,
    plan: &Plan,
    language: Language,
    listed: Option<usize>,
) -> String {
    let programme = report.problem.programme();
    let mut choices: Vec<_> = plan.choices().collect();
    choices.sort_by_key(|decision| (decision.start, decision.project));
    let shown = listed.unwrap_or(choices.len()).min(choices.len());
    let rows = choices.iter().take(shown).map(|decision| {
        let project = programme.project(decision.project);
        let zone = programme
            .zone(project)
            .map(|zone| programme.zones[zone.index()].clone());
        vec![
            decision.start.to_string(),
            cuts::marked(report.problem, decision.project),
            project.name.clone(),
            zone.unwrap_or_default(),
            programme.sources[decision.source.index()].code.clone(),
            millions(decision.support(programme), language),
            points(
                report.problem.scoring().benefit(programme, decision),
                language,
            ),
        ]
    });
    let headings = [
        ("năm", "start"),
        ("mã", "project"),
        ("đề án", "name"),
        ("vùng", "zone"),
        ("nguồn", "source"),
        ("hỗ trợ", "support"),
        ("lợi ích", "benefit"),
    ];
    let count = choices.len();
    let title = phrase!(
        "Danh mục đề án ({shown} trong {count}; toàn bộ ở plan.csv hoặc --list all)",
        "Projects ({shown} of {count}; all of them in plan.csv or with --list all)"
    );
    Grid {
        title: title.say(language).to_owned(),
        headings: headings
            .iter()
            .map(|(vi, en)| say(vi, en, language))
            .collect(),
        rows: rows.collect(),
        numeric: vec![5, 6],
    }
    .text()
}

fn reserve(report: &PlanReport<'_>, language: Language) -> String {
    let programme = report.problem.programme();
    let rows = report.reserve.iter().take(FEW).map(|own| {
        let project = programme.project(own.decision.project);
        vec![
            cuts::marked(report.problem, own.decision.project),
            project.name.clone(),
            own.decision.start.to_string(),
            programme.sources[own.decision.source.index()].code.clone(),
            millions(own.support, language),
            points(own.benefit, language),
            own.instead_of.map_or_else(
                || "–".to_owned(),
                |d| programme.project(d.project).code.clone(),
            ),
        ]
    });
    let (shown, count) = (report.reserve.len().min(FEW), report.reserve.len());
    let title = phrase!(
        "Danh mục dự phòng ({shown} trong {count}, theo lợi ích trên một đồng; xét trần kinh phí, năng lực và quan hệ giữa các đề án, chưa xét quy tắc của chính sách)",
        "Reserve list ({shown} of {count}, by benefit per đồng; ceilings, capacity and relations are kept, the policy's rules are not asked)"
    );
    let headings = [
        ("mã", "project"),
        ("đề án", "name"),
        ("năm", "start"),
        ("nguồn", "source"),
        ("hỗ trợ", "support"),
        ("lợi ích", "benefit"),
        (
            "thay thế khi đề án này không thực hiện",
            "if this drops out",
        ),
    ];
    Grid {
        title: title.say(language).to_owned(),
        headings: headings
            .iter()
            .map(|(vi, en)| say(vi, en, language))
            .collect(),
        rows: rows.collect(),
        numeric: vec![4, 5],
    }
    .text()
}

fn side_by_side(report: &PlanReport<'_>, language: Language) -> String {
    let title = say(
        "So sánh (cùng dữ liệu, cùng thước đo lợi ích và quy tắc của chính sách thứ nhất)",
        "Side by side (same facts; benefit and rules are those of the first)",
        language,
    );
    figures::grid(title, &report.figures, language).text()
}
