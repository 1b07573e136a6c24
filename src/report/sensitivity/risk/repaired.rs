//! Which reserve list repairs best, and which buffer suffices, in words.

use super::super::super::Grid;
use super::super::super::text::say;
use super::super::sampled::chance;
use super::{mean, mean_part};
use crate::analysis::{BufferSought, BufferTried, Mean, OrderTried, ReserveOrder, UnderRisk};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::problem::Problem;
use crate::programme::{Programme, ProjectId};

/// The name of an order of the reserve list.
fn named(order: Option<ReserveOrder>) -> Phrase {
    match order {
        Some(ReserveOrder::PerDong) => phrase!("lợi ích trên mỗi đồng", "benefit per đồng"),
        Some(ReserveOrder::Benefit) => phrase!("lợi ích", "benefit"),
        Some(ReserveOrder::Merit) => phrase!("điểm thẩm định", "merit"),
        Some(ReserveOrder::Smallest) => {
            phrase!("mức hỗ trợ nhỏ nhất trước", "smallest support first")
        }
        Some(ReserveOrder::Largest) => {
            phrase!("mức hỗ trợ lớn nhất trước", "largest support first")
        }
        None => phrase!("không có danh mục dự phòng", "no reserve list"),
    }
}

pub(super) fn orders(told: &UnderRisk, language: Language) -> String {
    let row = |own: &OrderTried| {
        vec![
            named(own.order).say(language).to_owned(),
            mean(own.benefit, 1000.0, language),
            mean(own.used, 1e6, language),
            mean(own.behind, 1000.0, language),
        ]
    };
    let grid = Grid {
        title: say(
            "Danh mục dự phòng nào bù đắp tốt nhất (cùng các lần thử)",
            "Which reserve list repairs best (the same draws)",
            language,
        ),
        headings: vec![
            say("thứ tự", "order", language),
            say("lợi ích (điểm)", "benefit (points)", language),
            say("đã chi (triệu đồng)", "money used (million đồng)", language),
            say(
                "kém thứ tự tốt nhất (điểm)",
                "behind the best (points)",
                language,
            ),
        ],
        rows: told.orders.iter().map(row).collect(),
        numeric: vec![1, 2, 3],
    };
    grid.text() + verdict(&told.orders).say(language) + "\n"
}

/// Which order is best, or that the draws cannot tell.
fn verdict(orders: &[OrderTried]) -> Phrase {
    let Some((best, others)) = orders.split_first() else {
        return Phrase::default();
    };
    let (as_good, worse): (Vec<_>, Vec<_>) = others.iter().partition(|own| own.is_as_good());
    let name = named(best.order);
    if as_good.is_empty() {
        return phrase!("Bù đắp tốt nhất: {name}.", "Repairs best: {name}."; name);
    }
    let names = joined(&as_good);
    let is_alike = |own: &&OrderTried| own.behind == Mean::default();
    if worse.is_empty() && as_good.iter().all(is_alike) {
        return phrase!(
            "Không khác nhau: mọi thứ tự, kể cả không có danh mục, cho cùng lợi ích trong mọi lần thử.",
            "No difference: in every draw each order, and no list at all, has the same benefit."
        );
    }
    if as_good.iter().all(is_alike) {
        return phrase!(
            "Bù đắp tốt nhất: {name}; như nhau trong mọi lần thử: {names}.",
            "Repairs best: {name}; alike in every draw: {names}.";
            name, names
        );
    }
    phrase!(
        "Chưa phân định: {name} có trung bình cao nhất, nhưng chênh lệch với các thứ tự sau không quá hai lần sai số chuẩn: {names}.",
        "Undecided: {name} has the highest mean, but these are within two standard errors of it: {names}.";
        name, names
    )
}

/// The names of orders, one after another.
fn joined(orders: &[&OrderTried]) -> Phrase {
    let names: Vec<Phrase> = orders.iter().map(|own| named(own.order)).collect();
    let (vi, en): (Vec<_>, Vec<_>) = names.into_iter().map(|own| (own.vi, own.en)).unzip();
    Phrase::new(vi.join("; "), en.join("; "))
}

pub(super) fn buffer(
    problem: &Problem<'_>,
    told: &UnderRisk,
    language: Language,
    listed: usize,
) -> Option<String> {
    let sought = told.buffer.as_ref()?;
    let row = |own: &BufferTried| {
        let percent = own.percent;
        let Some(plan) = &own.plan else {
            let none = say("không tìm thấy kế hoạch", "no plan was found", language);
            return vec![
                format!("{percent}%"),
                none,
                String::new(),
                String::new(),
                String::new(),
            ];
        };
        vec![
            format!("{percent}%"),
            plan.len().to_string(),
            chance(own.reached, language),
            mean_part(own.used, language),
            mean(own.benefit, 1000.0, language),
        ]
    };
    let (used, wanted) = (sought.asked.used, sought.asked.chance);
    let title = phrase!(
        "Kế hoạch có phần dôi: duyệt vượt trần bao nhiêu để giải ngân ít nhất {used} với khả năng ít nhất {wanted}",
        "A plan with a buffer: how far beyond the ceilings to approve so that at least {used} of the money is used with a chance of at least {wanted}";
        used, wanted
    );
    let grid = Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("phần dôi", "buffer", language),
            say("số đề án", "projects", language),
            say("khả năng đạt", "chance", language),
            say("tỷ lệ giải ngân", "part used", language),
            say("lợi ích (điểm)", "benefit (points)", language),
        ],
        rows: sought.tried.iter().map(row).collect(),
        numeric: (0..5).collect(),
    };
    let concluded = concluded(problem.programme(), sought, listed);
    Some(grid.text() + concluded.say(language) + "\n")
}

fn concluded(programme: &Programme, sought: &BufferSought, listed: usize) -> Phrase {
    let reached = |own: &BufferTried| {
        let said = |language| chance(own.reached, language);
        Phrase::new(said(Language::Vietnamese), said(Language::English))
    };
    let Some(enough) = sought.enough() else {
        let Some(best) = sought.best() else {
            return Phrase::default();
        };
        let (percent, chance) = (best.percent, reached(best));
        return phrase!(
            "Không phần dôi nào đã thử là đủ; khả năng cao nhất là {chance}, với phần dôi {percent}%.",
            "No buffer tried suffices; the highest chance is {chance}, with a buffer of {percent}%.";
            chance
        );
    };
    if enough.percent == 0 {
        return phrase!(
            "Không cần phần dôi: chính kế hoạch này đã đủ.",
            "No buffer is needed: the plan itself suffices."
        );
    }
    let (percent, chance) = (enough.percent, reached(enough));
    let more = codes(programme, &sought.more, listed);
    let fewer = codes(programme, &sought.fewer, listed);
    let otherwise = codes(programme, &sought.otherwise, listed);
    phrase!(
        "Phần dôi nhỏ nhất tìm được: {percent}%, khả năng {chance}. Duyệt thêm: {more}. Không còn: {fewer}. Bố trí khác: {otherwise}.",
        "The smallest buffer found: {percent}%, chance {chance}. Approved beyond the plan: {more}. No longer approved: {fewer}. Arranged otherwise: {otherwise}.";
        chance, more, fewer, otherwise
    )
}

/// Projects by their codes.
fn codes(programme: &Programme, projects: &[ProjectId], listed: usize) -> Phrase {
    if projects.is_empty() {
        return phrase!("không có", "none");
    }
    let shown = projects.iter().take(listed);
    let codes: Vec<&str> = shown
        .map(|own| programme.project(*own).code.as_str())
        .collect();
    let codes = codes.join(", ");
    match projects.len() - projects.len().min(listed) {
        0 => Phrase::same(codes),
        more => phrase!("{codes} và {more} đề án khác", "{codes} and {more} more"; more),
    }
}
