//! `trongdiem audit`: a plan, from anyone, against every rule, exactly.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::exit::print;
use super::options::{Scenario, ScenarioOptions, located};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::plan::Plan;
use crate::problem::{Audit, Problem};
use crate::record::Fault;
use crate::report::{audit_table, breaches_text, soft_text};
use crate::tables::{csv_text, read_certificate, read_plan, write_file};

/// Hold a plan, from anyone, to every rule, exactly.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trongdiem audit datasets/vinh-long models/directive-20 plans/vinh-long/plan.csv"
)]
pub(super) struct AuditArguments {
    /// The dataset folder.
    dataset: PathBuf,
    /// The policy's folder.
    model: PathBuf,
    /// The plan: columns project, variant, start, fund and, where units are named, unit.
    plan: PathBuf,
    /// Write every finding to this CSV file.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Work the certified bound of this plan.json out anew, in integers, and hold the plan to it.
    #[arg(long, value_name = "PLAN.JSON")]
    bound: Option<PathBuf>,
    #[command(flatten)]
    scenario: ScenarioOptions,
}

pub(super) fn run(arguments: &AuditArguments, language: Language) -> Result<Exit, Vec<Fault>> {
    let Scenario {
        programme, policy, ..
    } = arguments
        .scenario
        .read(&arguments.dataset, &arguments.model)?;
    let problem = Problem::new(&programme, &policy, &arguments.scenario.conditions());
    let problem = problem.map_err(|faults| located(faults, &arguments.dataset))?;
    let formulation = problem.formulate_held();
    // A policy may cut supports to the norms: the plan's amounts are those of the problem.
    let (plan, _) = read_plan(problem.programme(), &arguments.plan)?;
    let audit = problem.audit(&formulation, &plan);
    if let Some(path) = &arguments.out {
        let text = csv_text(&audit_table(&audit, language));
        write_file(path, &text).map_err(|fault| vec![fault])?;
    }
    let (count, checks) = (audit.breaches().count(), audit.checked.len());
    let projects = plan.len();
    let verdict = if audit.is_clean() && audit.cost() > 0 {
        phrase!(
            "Kế hoạch {projects} đề án tuân thủ mọi quy tắc bắt buộc ({checks} nội dung đã kiểm tra chính xác), có quy tắc mềm không đạt.",
            "The plan (projects: {projects}) keeps every hard rule (findings checked exactly: {checks}) and breaks soft ones.";
            projects, checks
        )
    } else if audit.is_clean() {
        phrase!(
            "Kế hoạch {projects} đề án tuân thủ toàn bộ quy tắc ({checks} nội dung đã kiểm tra chính xác).",
            "The plan (projects: {projects}) keeps every rule (findings checked exactly: {checks}).";
            projects, checks
        )
    } else {
        phrase!(
            "Kế hoạch {projects} đề án vi phạm {count} trong {checks} nội dung kiểm tra.",
            "The plan (projects: {projects}) breaks {count} of {checks} findings.";
            projects, count, checks
        )
    };
    let mut text = format!("{}\n", verdict.say(language));
    text += &breaches_text(&audit, language);
    text += &soft_text(&problem, &audit, problem.benefit(&plan), language);
    if !problem.tiers().is_empty() {
        let note = phrase!(
            "Thứ tự ưu tiên nhiều bậc của chính sách không được kiểm tra ở đây: mức phải giữ của mỗi bậc do `trongdiem plan` tìm ra.",
            "The policy's tiers are not asked here: what each must come to is found by `trongdiem plan`."
        );
        text += &format!("{}\n", note.say(language));
    }
    let mut is_proven = true;
    if let Some(path) = &arguments.bound {
        let (phrase, holds) = bound(&problem, &plan, &audit, path)?;
        text += &format!("{}\n", phrase.say(language));
        is_proven = holds;
    }
    print(&text)?;
    Ok(if audit.is_clean() && is_proven {
        Exit::Done
    } else {
        Exit::Refused
    })
}

/// What the certificate of a plan.json proves for the plan, and whether it proves what it says.
fn bound(
    problem: &Problem<'_>,
    plan: &Plan,
    audit: &Audit,
    path: &Path,
) -> Result<(Phrase, bool), Vec<Fault>> {
    let (kept, _) = read_certificate(path)?;
    let mut formulation = problem.formulate()?;
    for (tier, held) in problem.tiers().iter().zip(kept.held) {
        problem.hold(tier, held, &mut formulation);
    }
    let said = points(kept.certificate.bound);
    let Some(proven) = kept.certificate.recomputed(&formulation) else {
        return Ok((
            phrase!(
                "Chứng minh không dùng được cho bộ dữ liệu và chính sách này: nó nêu những hàng mà bài toán không có.",
                "The proof is not one of this dataset and policy: it names rows that the problem does not have."
            ),
            false,
        ));
    };
    let value = problem.benefit(plan) - audit.cost();
    let (found, bound) = (points(value), points(proven));
    let holds = proven <= kept.certificate.bound && (!audit.is_clean() || value <= proven);
    let phrase = if holds {
        phrase!(
            "Cận trên tính lại bằng số nguyên: không kế hoạch nào vượt {bound} điểm (tệp ghi {said}); kế hoạch này đạt {found} điểm.",
            "Bound worked out anew in integers: no plan has more than {bound} points (the file says {said}); this plan has {found}.";
            bound, said, found
        )
    } else {
        phrase!(
            "Cận trên tính lại bằng số nguyên là {bound} điểm, không khớp với tệp ({said}) hoặc với kế hoạch ({found}).",
            "Worked out anew in integers the bound is {bound} points, which does not agree with the file ({said}) or with the plan ({found}).";
            bound, said, found
        )
    };
    Ok((phrase, holds))
}

/// Thousandths of a point in points.
fn points(thousandths: i64) -> String {
    crate::quantities::plain(thousandths, 3)
}
