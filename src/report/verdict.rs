//! The verdict of a solve in one sentence.

use super::{points, tiers};
use crate::analysis::Drawn;
use crate::phrase;
use crate::phrase::{Language, Phrase, Said};
use crate::plan::{Gap, Outcome, Stop};
use crate::problem::{Audit, Problem};

/// What came out, in one sentence that a planner can pass on.
#[must_use]
pub fn verdict(problem: &Problem<'_>, drawn: &Drawn) -> Phrase {
    match &drawn.outcome {
        Outcome::Proven { plan, .. } | Outcome::Feasible { plan, .. } => {
            let programme = problem.programme();
            let (count, spent) = (plan.len(), plan.spent(programme, |_, _| true));
            let ceilings = programme.all_ceilings();
            let audit = match &drawn.audit {
                Some(audit) if audit.is_clean() && audit.cost() > 0 => phrase!(
                    "tuân thủ mọi quy tắc bắt buộc (đã kiểm tra chính xác đến từng đồng), có quy tắc mềm không đạt",
                    "it keeps every hard rule (audited exactly) and breaks soft ones"
                ),
                Some(audit) if audit.is_clean() => phrase!(
                    "tuân thủ toàn bộ quy tắc (đã kiểm tra chính xác đến từng đồng)",
                    "it keeps every rule (audited exactly)"
                ),
                _ => phrase!(
                    "NHƯNG KHÔNG QUA ĐƯỢC KIỂM TRA: đây là lỗi của phần mềm",
                    "BUT IT FAILS THE AUDIT: this is a bug of the program"
                ),
            };
            let count_left_out = drawn.formulation.left_out().len();
            let audit = if count_left_out == 0 {
                audit
            } else {
                phrase!(
                    "{audit}, trừ các yêu cầu mà không đề án nào đáp ứng được (số lượng: {count_left_out})",
                    "{audit}, but for demands that no candidate can serve (number: {count_left_out})";
                    audit, count_left_out
                )
            };
            let penalty = drawn.audit.as_ref().map_or(0, Audit::cost);
            let mut quality = quality(drawn, penalty);
            if let Some(claim) = tiers::claim(drawn) {
                quality.vi += &format!(" {}", claim.vi);
                quality.en += &format!(" {}", claim.en);
            }
            phrase!(
                "Kế hoạch hỗ trợ {count} đề án, chi {spent} trên tổng trần {ceilings}; {audit}. {quality}",
                "Projects funded: {count}; the plan spends {spent} of {ceilings}; {audit}. {quality}";
                count, spent, ceilings, audit, quality
            )
        }
        Outcome::Infeasible => phrase!(
            "Không có kế hoạch nào giữ được mọi quy tắc cùng lúc.",
            "No plan can keep every rule at once."
        ),
        Outcome::Unknown { stop, why: words } => {
            let why = stopped(*stop);
            phrase!(
                "Chưa có câu trả lời: {why}, trước khi tìm được kế hoạch hoặc chứng minh là không có ({words}).",
                "No answer yet: {why}, before a plan was found or shown not to exist ({words}).";
                why
            )
        }
    }
}

/// How good what was found is: its benefit, less the `penalty` of soft rules, beside the bound.
fn quality(drawn: &Drawn, penalty: i64) -> Phrase {
    let outcome = &drawn.outcome;
    let among = if drawn.tiers.is_empty() {
        Phrase::default()
    } else {
        phrase!(" giữ các bậc ưu tiên", " that holds the tiers")
    };
    let found = outcome.found().unwrap_or_default();
    let say = |language| {
        let benefit = match penalty {
            0 => points(found, language),
            _ => less(found, penalty, language),
        };
        match (outcome.bound(), outcome.gap()) {
            (Some(bound), Some(gap)) => (benefit, points(bound, language), gap.said(language)),
            _ => (benefit, String::new(), String::new()),
        }
    };
    let (vi, en) = (say(Language::Vietnamese), say(Language::English));
    let phrase = |vi: String, en: String| Phrase { vi, en };
    if outcome.bound().is_none() {
        return phrase(
            format!("Lợi ích {} điểm; chưa biết mức cao nhất có thể.", vi.0),
            format!(
                "Its benefit is {} points; the most that any plan can reach is not known yet.",
                en.0
            ),
        );
    }
    let mut quality = phrase(
        format!(
            "Lợi ích {} điểm; không kế hoạch nào{} đạt quá {} điểm, nghĩa là kế hoạch thấp hơn mức cao nhất có thể không quá {}.",
            vi.0, among.vi, vi.1, vi.2
        ),
        format!(
            "Its benefit is {} points; no plan{} reaches more than {} points, a gap of at most {}.",
            en.0, among.en, en.1, en.2
        ),
    );
    if let Some((bound, gap)) = certified(drawn) {
        quality.vi += &format!(
            " Không cần tin phần mềm tối ưu, riêng số học nguyên đã chứng minh cận trên {} điểm (chênh lệch {}).",
            points(bound, Language::Vietnamese),
            gap.said(Language::Vietnamese)
        );
        quality.en += &format!(
            " Without trust in the optimising software, integer arithmetic alone proves a bound of {} points (gap {}).",
            points(bound, Language::English),
            gap.said(Language::English)
        );
    }
    if let Some(stop) = outcome.stop() {
        let why = stopped(stop);
        quality.vi += &format!(" Quá trình tính toán dừng do {}.", why.vi);
        quality.en += &format!(" The computation stopped because {}.", why.en);
    }
    quality
}

/// The bound that integers alone prove, and how far what was found lies below it.
fn certified(drawn: &Drawn) -> Option<(i64, Gap)> {
    let bound = drawn.certificate.as_ref()?.bound;
    let found = drawn.outcome.found()?;
    Some((bound, Gap::between(found, bound)))
}

/// “900 points, less 50 for soft rules: 850”, but for the last word.
fn less(found: i64, penalty: i64, language: Language) -> String {
    let left = points(found, language);
    let (benefit, cost) = (points(found + penalty, language), points(penalty, language));
    let phrase = phrase!(
        "{benefit} điểm, trừ {cost} điểm vì quy tắc mềm không đạt, còn {left}",
        "{benefit} points, less {cost} for soft rules broken, which leaves {left}"
    );
    phrase.say(language).to_owned()
}

fn stopped(stop: Stop) -> Phrase {
    match stop {
        Stop::Time => phrase!("hết thời gian cho phép", "the time allowed ran out"),
        Stop::Work => phrase!(
            "hết khối lượng tính toán cho phép",
            "the work allowed ran out"
        ),
        Stop::Memory => phrase!("hết bộ nhớ cho phép", "the memory allowed ran out"),
        Stop::Cancelled => phrase!("bị hủy giữa chừng", "it was cancelled"),
        Stop::Decided => phrase!("câu hỏi đã được trả lời", "what was asked was decided"),
        Stop::Solver => phrase!(
            "phần mềm tối ưu tự dừng",
            "the optimising software stopped by itself"
        ),
    }
}
