//! What becomes of a plan when things go wrong: text, JSON, `risk.csv`.

mod files;
mod repaired;

use super::super::text::say;
use super::super::{Grid, millions, said};
use super::sampled::{chance, decimals};
use super::{Told, heading};
use crate::analysis::{Chance, Fate, Mean, Risks, RuleKept, Spread, UnderRisk, YearMoney};
use crate::phrase;
use crate::phrase::Language;
use crate::problem::Problem;
use crate::programme::Programme;
use crate::quantities::{Money, Share};

/// Money, benefit, rules, the reserve list and the buffer; `listed` projects of each kind in the text,
/// `None` for all of them.
#[must_use]
pub fn risk_told(
    problem: &Problem<'_>,
    risks: &Risks,
    told: &UnderRisk,
    language: Language,
    listed: Option<usize>,
) -> Told {
    Told {
        text: text(problem, risks, told, language, listed.unwrap_or(usize::MAX)),
        json: files::json(problem, told),
        table: files::csv(problem, told),
    }
}

fn text(
    problem: &Problem<'_>,
    risks: &Risks,
    told: &UnderRisk,
    language: Language,
    listed: usize,
) -> String {
    let programme = problem.programme();
    let (draws, seed) = (told.draws, told.seed.to_string());
    let opening = phrase!(
        "Kế hoạch ra sao khi đề án rút hoặc chậm và trần kinh phí bị cắt muộn? Thử ngẫu nhiên {draws} lần (số khởi đầu {seed}), kế hoạch giữ nguyên. Từng năm: đề án đến hạn có thể rút, hoặc chậm một năm; trần của năm có thể bị cắt; đề án đến hạn được bắt đầu theo thứ tự lợi ích trên mỗi đồng khi còn chỗ; năm nào nguồn kinh phí chi ít hơn kế hoạch thì gọi danh mục dự phòng. Không lần nào vượt trần, năng lực hay quan hệ giữa các đề án. Sau dấu ± là sai số chuẩn của số trung bình; trong ngoặc là khoảng tin cậy 95% (Wilson).",
        "What becomes of the plan when projects drop out or slip and ceilings are cut late? Draws of chance: {draws} (seed {seed}), the plan left as it is. Year by year: a project that is due may drop out, or slip a year; the year's ceilings may be cut; those due start, the most benefit per đồng first, while there is room; while a fund spends less in a year than planned, the reserve list is called. No draw passes a ceiling, a capacity or a relation. After ± stands the standard error of the mean; in brackets the 95% interval (Wilson).";
        draws
    );
    let mut text = heading(problem, language) + opening.say(language) + "\n\n";
    text += &assumed(programme, risks, language);
    text.push('\n');
    let parts = [
        Some(whole(told, language).text()),
        Some(money(programme, told, language).text()),
        Some(rules(told, language)),
        called(programme, told, language, listed).map(|own| own.text()),
        Some(repaired::orders(told, language)),
        repaired::buffer(problem, told, language, listed),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    text += &parts.join("\n");
    let note = phrase!(
        "Mỗi đề án được thực hiện, chậm, rút, bị dừng hay hết chỗ bao nhiêu lần: --format csv.",
        "How often each project is carried out, slips, drops out, is stopped or finds no room: --format csv."
    );
    text + "\n" + note.say(language) + "\n"
}

/// The risks in words.
fn assumed(programme: &Programme, risks: &Risks, language: Language) -> String {
    let title = phrase!(
        "Giả định (nhận định của người lập kế hoạch; dòng đầu tiên khớp với đề án được áp dụng):",
        "Assumed (the planner's judgement; the first line that matches a project counts):"
    );
    let drop_out = risks.drop_outs.iter().map(|own| {
        let (select, drop_out, slip) = (own.select.phrase(), own.drop_out, own.slip);
        phrase!(
            "{select}: rút {drop_out}, chậm một năm {slip}",
            "{select}: {drop_out} drop out, {slip} slip a year";
            select, drop_out, slip
        )
    });
    let cuts = risks.cuts.iter().map(|own| {
        let fund = &programme.funds[own.fund.index()].named.name;
        let (year, chance, cut) = (own.year, own.chance, own.cut);
        phrase!(
            "trần {fund} năm {year}: khả năng {chance} bị cắt {cut}",
            "the ceiling of {fund} in {year}: {chance} that it is cut by {cut}";
            fund, chance, cut
        )
    });
    let mut text = format!("{}\n", title.say(language));
    for line in drop_out.chain(cuts) {
        text += &format!("  – {}\n", line.say(language));
    }
    text
}

fn one_decimal(value: f64, language: Language) -> String {
    decimals(value, 1, language)
}

/// A mean in another unit, `parts` of which make one, with its standard error; to a decimal more where
/// that is small.
fn mean(own: Mean, parts: f64, language: Language) -> String {
    let places = if own.error / parts < 0.1 { 2 } else { 1 };
    let [value, error] = [own.value, own.error].map(|own| decimals(own / parts, places, language));
    format!("{value} ± {error}")
}

/// The same of basis points, as a percentage.
fn mean_part(own: Mean, language: Language) -> String {
    let [value, error] = [own.value, own.error].map(|own| one_decimal(own / 100.0, language));
    format!("{value}% ± {error}")
}

/// The headings of a table of figures beside their plan.
fn headings(first: &str, language: Language) -> Vec<String> {
    vec![
        first.to_owned(),
        say("kế hoạch", "planned", language),
        say("trung bình", "mean", language),
        "5%".to_owned(),
        "50%".to_owned(),
        "95%".to_owned(),
    ]
}

/// A row of figures beside their plan.
fn row(name: String, own: &Spread, mean: String, shown: impl Fn(i64) -> String) -> Vec<String> {
    let band = own.band;
    let figures = [band.low, band.middle, band.high].map(&shown);
    let mut row = vec![name, shown(own.planned), mean];
    row.extend(figures);
    row
}

fn whole(told: &UnderRisk, language: Language) -> Grid {
    let share = |own: i64| said(&Share(own), language);
    let points = |own: i64| super::super::points(own, language);
    let part = Spread {
        planned: Share::WHOLE,
        band: told.part_of_benefit,
    };
    let name = |vi: &str, en: &str| say(vi, en, language);
    let rows = vec![
        row(
            name("tỷ lệ giải ngân", "part of the money used"),
            &told.used,
            mean_part(told.used.band.mean, language),
            share,
        ),
        row(
            name("lợi ích (điểm)", "benefit (points)"),
            &told.benefit,
            mean(told.benefit.band.mean, 1000.0, language),
            points,
        ),
        row(
            name("lợi ích so với kế hoạch", "benefit beside the plan's"),
            &part,
            mean_part(part.band.mean, language),
            share,
        ),
        row(
            name("đề án được thực hiện", "projects carried out"),
            &told.projects,
            mean(told.projects.band.mean, 1.0, language),
            |own| said(&own, language),
        ),
    ];
    Grid {
        title: say(
            "Toàn chương trình (giải ngân: phần đã chi của các trần sau khi cắt, trừ chi phí quản lý)",
            "The whole programme (used: of the ceilings as they turned out, after management)",
            language,
        ),
        headings: headings("", language),
        rows,
        numeric: (1..6).collect(),
    }
}

fn money(programme: &Programme, told: &UnderRisk, language: Language) -> Grid {
    let line = |own: &YearMoney| {
        let name = match (own.fund, own.year) {
            (Some(fund), year) => {
                let fund = programme.funds[fund.index()].named.name.say(language);
                match year {
                    Some(year) => format!("{fund} {year}"),
                    None => format!("{fund}, {}", say("cộng", "total", language)),
                }
            }
            (None, _) => say("tất cả", "all", language),
        };
        let spread = &own.spread;
        let mean = mean(spread.band.mean, 1e6, language);
        let mut row = row(name, spread, mean, |dong| millions(Money(dong), language));
        row.insert(1, millions(own.ceiling, language));
        row
    };
    let has_money = |own: &&YearMoney| own.ceiling.0 > 0 || own.fund.is_none();
    let mut headings = headings("", language);
    headings.insert(1, say("trần", "ceiling", language));
    Grid {
        title: say(
            "Giải ngân theo nguồn và năm (triệu đồng)",
            "Money used by fund and year (million đồng)",
            language,
        ),
        headings,
        rows: told.money.iter().filter(has_money).map(line).collect(),
        numeric: (1..7).collect(),
    }
}

fn rules(told: &UnderRisk, language: Language) -> String {
    let is_broken = |own: &&RuleKept| own.kept.times < own.kept.draws;
    let all = told.rules.len();
    let mut broken: Vec<&RuleKept> = told.rules.iter().filter(is_broken).collect();
    broken.sort_by_key(|own| own.kept.times);
    if broken.is_empty() {
        let always = phrase!(
            "Quy tắc của chính sách và chỉ tiêu ({all}): lần nào cũng giữ được.",
            "Rules of the policy and targets ({all}): all kept in every draw."
        );
        return always.say(language).to_owned() + "\n";
    }
    let yes_or_no = |is: bool| {
        if is {
            say("có", "yes", language)
        } else {
            say("không", "no", language)
        }
    };
    let row = |own: &&RuleKept| {
        vec![
            own.sentence.say(language).to_owned(),
            yes_or_no(own.is_kept_by_plan),
            chance(own.kept, language),
        ]
    };
    let count = broken.len();
    let title = phrase!(
        "Quy tắc của chính sách và chỉ tiêu không phải lần nào cũng giữ được ({count} trên {all}), xét trên những đề án được thực hiện",
        "Rules of the policy and targets that are not always kept ({count} of {all}), by the projects carried out"
    );
    Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("quy tắc", "rule", language),
            say("kế hoạch giữ", "plan keeps", language),
            say("giữ được", "kept", language),
        ],
        rows: broken.iter().map(row).collect(),
        numeric: vec![2],
    }
    .text()
}

/// How often a candidate was called from the reserve list.
fn calls(own: &Fate) -> usize {
    own.carried_out + own.stopped + own.dropped_out
}

fn called(
    programme: &Programme,
    told: &UnderRisk,
    language: Language,
    listed: usize,
) -> Option<Grid> {
    let fates = told.fates.iter();
    let mut called: Vec<&Fate> = fates.filter(|own| own.planned.is_none()).collect();
    called.sort_by_key(|own| std::cmp::Reverse(calls(own)));
    let all = called.len();
    let row = |own: &&Fate| {
        let project = programme.project(own.project);
        let of = |times| Chance {
            times,
            draws: told.draws,
        };
        vec![
            project.code.clone(),
            project.name.clone(),
            chance(of(calls(own)), language),
            chance(of(own.carried_out), language),
        ]
    };
    let shown = all.min(listed);
    let title = phrase!(
        "Đề án được gọi từ danh mục dự phòng ({shown} trên {all}; danh mục theo lợi ích trên mỗi đồng)",
        "Projects called from the reserve list ({shown} of {all}; the list by benefit per đồng)";
        shown, all
    );
    (all > 0).then(|| Grid {
        title: title.say(language).to_owned(),
        headings: vec![
            say("mã", "code", language),
            say("tên", "name", language),
            say("được gọi", "called", language),
            say("được thực hiện", "carried out", language),
        ],
        rows: called.iter().take(listed).map(row).collect(),
        numeric: vec![2, 3],
    })
}
