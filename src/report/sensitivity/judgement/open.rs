//! What is left open of a judgement, and the portfolios that none dominates, in words.

use super::super::super::Grid;
use super::super::super::said;
use super::super::super::text::say;
use super::super::count;
use crate::analysis::{JudgementAsked, JudgementWorth, Portfolios, WeightRange, WeightsKnown};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::Share;

/// What was drawn and asked.
pub(super) fn opening(
    problem: &Problem<'_>,
    asked: &JudgementAsked,
    worth: &JudgementWorth,
) -> Phrase {
    let open = left_open(problem, asked);
    let (vi, en): (Vec<_>, Vec<_>) = open.into_iter().map(|own| (own.vi, own.en)).unzip();
    let open = Phrase::new(vi.join("; "), en.join("; "));
    let (samples, plans, named) = (worth.samples, worth.plans, worth.named.len());
    if samples == 0 {
        return phrase!(
            "Kế hoạch có đứng vững nếu đánh giá khác đi? Các quy tắc giữ nguyên; số cách đánh giá có tên được xét: {named}.",
            "Would the plan survive another judgement? The rules stay; judgements with a name: {named}.";
            named
        );
    }
    let gap = worth.mean_gap.map(Share);
    let proven = match gap {
        Some(gap) => phrase!(
            "trung bình mỗi phương án kém mức tốt nhất có thể không quá {gap}",
            "on average each is within {gap} of the best possible"; gap
        ),
        None => phrase!(
            "không phải phương án nào cũng có cận trên",
            "not every one has a bound"
        ),
    };
    phrase!(
        "Kế hoạch có đứng vững nếu đánh giá khác đi? Để ngỏ: {open}. Đã rút ngẫu nhiên {samples} cách đánh giá và tìm lại phương án tốt nhất cho từng cách, các quy tắc giữ nguyên. Số phương án tốt nhất khác nhau: {plans}; {proven}.",
        "Would the plan survive another judgement? Left open: {open}. Judgements drawn: {samples}; the best plan was sought anew under each, the rules staying. Different best plans: {plans}; {proven}.";
        open, samples, plans, proven
    )
}

fn left_open(problem: &Problem<'_>, asked: &JudgementAsked) -> Vec<Phrase> {
    let mut open = vec![match asked.weights {
        WeightsKnown::Exactly => phrase!("trọng số như chính sách", "weights as in the policy"),
        WeightsKnown::Within(by) => phrase!(
            "mỗi trọng số có thể hơn kém {by} so với chính sách",
            "each weight up to {by} of its own more or less than in the policy"; by
        ),
        WeightsKnown::Ranked => phrase!(
            "chỉ biết thứ tự của các trọng số",
            "only the order of the weights is known"
        ),
        WeightsKnown::Any => phrase!("trọng số bất kỳ", "any weights"),
    }];
    let range = |own: &WeightRange| {
        let name = &problem.programme().criteria[own.criterion].name;
        let (least, most) = (own.least, own.most);
        phrase!(
            "“{name}” chiếm từ {least} đến {most}",
            "“{name}” weighs {least} to {most}"; name, least, most
        )
    };
    open.extend(asked.ranges.iter().map(range));
    if let Some((least, most)) = asked.strength {
        open.push(phrase!(
            "mức ưu tiên lợi thế từ {least} đến {most}",
            "strength of advantage from {least} to {most}"; least, most
        ));
    }
    let scores = asked.scores;
    if scores > 0 {
        open.push(phrase!(
            "mỗi điểm chấm có thể lệch {scores} điểm",
            "each score up to {scores} points more or less"; scores
        ));
    }
    let benefit = asked.benefit;
    if benefit.0 > 0 {
        open.push(phrase!(
            "lợi ích của mỗi đề án có thể lệch {benefit}",
            "the benefit of each project up to {benefit} more or less"; benefit
        ));
    }
    open
}

/// The portfolios that none dominates: how many, and the core index of each project in some.
pub(super) fn portfolios(problem: &Problem<'_>, own: &Portfolios, language: Language) -> String {
    let programme = problem.programme();
    let (all, core, vertices) = (own.plans.len(), own.core(), own.vertices);
    let exterior = programme.projects.len() - own.funded.len();
    let title = phrase!(
        "Danh mục không bị danh mục nào trội hơn ở mọi cách đánh giá còn để ngỏ: {all} (so tại {vertices} góc). Đề án nằm trong tất cả (chắc chắn nên chọn): {core}; không nằm trong danh mục nào (chắc chắn không): {exterior}. Các đề án ở giữa:",
        "Portfolios that no other dominates whatever judgement of those left open holds: {all} (compared at corners: {vertices}). Projects in all of them (core): {core}; in none (exterior): {exterior}. Those between (borderline):";
        all, vertices, core, exterior
    );
    let between = own.funded.iter().filter(|(_, count)| **count < all);
    if between.clone().next().is_none() {
        let none = phrase!("không có", "none");
        return format!("{} {}.\n", title.say(language), none.say(language));
    }
    let row = |(project, held): (&ProjectId, &usize)| {
        let own_project = programme.project(*project);
        vec![
            own_project.code.clone(),
            own_project.name.clone(),
            count(*held, language),
            said(&own.core_index(*project), language),
        ]
    };
    Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("mã", "code", language),
            say("tên", "name", language),
            say("số danh mục", "portfolios", language),
            say("chỉ số cốt lõi", "core index", language),
        ],
        rows: between.map(row).collect(),
        numeric: vec![2, 3],
    }
    .text()
}

/// Why the portfolios are not listed.
pub(super) fn unlisted(why: &Phrase) -> Phrase {
    phrase!(
        "Không liệt kê được các danh mục không bị trội: {why}.",
        "The portfolios that none dominates are not listed: {why}."; why
    )
}
