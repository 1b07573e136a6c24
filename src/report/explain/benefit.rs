//! The benefit of a candidate, factor by factor, so that it can be recomputed on paper.

use super::words::{say, years};
use crate::analysis::{Block, Explanation, Offer};
use crate::phrase;
use crate::phrase::{Language, grouped};
use crate::policy::{CriterionLine, Ledger};
use crate::problem::Problem;
use crate::programme::ProjectId;
use crate::quantities::{Share, plain, rounded};
use crate::report::advantage::evidence;
use crate::report::json::size;
use crate::report::{Grid, hundredths, said};

/// An exact decimal of 10^-places units in the marks of the language.
fn exact(value: i64, places: u32, language: Language) -> String {
    grouped(&plain(value, places), language)
}

/// The score on each criterion, its weight and what it brings, and how the weights were made.
pub(super) fn merit(problem: &Problem<'_>, project: ProjectId, language: Language) -> String {
    let programme = problem.programme();
    let lines = problem.scoring().criteria(programme, project);
    let total: i64 = lines.iter().map(|line| line.weight).sum();
    let product =
        |line: &CriterionLine| i128::from(line.weight) * i128::from(line.score.unwrap_or_default());
    let sum: i128 = lines.iter().map(product).sum();
    let row = |(line, criterion): (&CriterionLine, &crate::programme::Named)| {
        let score = match line.score {
            None => super::words::unknown().say(language).to_owned(),
            Some(score) if line.is_default => {
                let by_default = phrase!("{score} (mặc định)", "{score} (default)");
                by_default.say(language).to_owned()
            }
            Some(score) => said(&score, language),
        };
        vec![
            said(&criterion.name, language),
            score,
            said(&line.weight, language),
            said(&Share::ratio(line.weight, total), language),
            grouped(&product(line).to_string(), language),
            hundredths(rounded(product(line) * 100, i128::from(total)), language),
        ]
    };
    let merit = problem.scoring().merit_of(project);
    let mut rows: Vec<_> = lines.iter().zip(&programme.criteria).map(row).collect();
    rows.push(vec![
        say("cộng", "total", language),
        String::new(),
        said(&total, language),
        said(&Share(Share::WHOLE), language),
        grouped(&sum.to_string(), language),
        hundredths(merit, language),
    ]);
    let (sum, merit) = (
        grouped(&sum.to_string(), language),
        hundredths(merit, language),
    );
    let note = phrase!(
        "Điểm thẩm định = {sum} / {total} = {merit} (làm tròn đến phần trăm điểm).",
        "Merit = {sum} / {total} = {merit} (rounded to the hundredth of a point).";
        sum, total, merit
    );
    let grid = Grid {
        title: say("Điểm thẩm định (0–100)", "Merit (0–100)", language),
        headings: vec![
            say("tiêu chí", "criterion", language),
            say("điểm", "score", language),
            say("trọng số", "weight", language),
            say("tỷ trọng", "share", language),
            say("điểm × trọng số", "score × weight", language),
            say("đóng góp", "points", language),
        ],
        rows,
        numeric: vec![1, 2, 3, 4, 5],
    };
    let made = problem.policy().weights.made.phrase();
    format!(
        "{}{}\n{}\n",
        grid.text(),
        note.say(language),
        made.say(language)
    )
}

/// Advantage, delay, size and variants' shares: what the merit is multiplied by.
pub(super) fn factors(problem: &Problem<'_>, project: ProjectId, language: Language) -> String {
    let title = say("Các hệ số", "The factors", language);
    let lines = [
        advantage(problem, project, language),
        delay(problem, language),
        measured(problem, project, language),
        shares(problem, project, language),
    ];
    let lines = lines.iter().filter(|line| !line.is_empty());
    lines.fold(title + "\n", |text, line| text + "  " + line + "\n")
}

/// The advantage of the place in the sector and its factor; the rows that the advantage rests on
/// stand below this line.
fn advantage(problem: &Problem<'_>, project: ProjectId, language: Language) -> String {
    let own = problem.programme().project(project);
    let strength = problem.policy().about.benefit.strength();
    let factor = exact(
        problem
            .scoring()
            .advantage_factor_of(problem.programme(), project),
        4,
        language,
    );
    let phrase = match own.advantage {
        Some(advantage) => phrase!(
            "lợi thế vùng: 1 + {strength} × {advantage} = {factor} (mức ảnh hưởng × lợi thế của địa bàn về ngành nghề)",
            "advantage: 1 + {strength} × {advantage} = {factor} (strength × advantage of the place in the sector)";
            strength, advantage, factor
        ),
        None => phrase!(
            "lợi thế vùng: chưa biết, nên hệ số là {factor}",
            "advantage: unknown, so the factor is {factor}"
        ),
    };
    let mut text = phrase.say(language).to_owned();
    for line in evidence(problem.programme(), own, language) {
        text += &format!("\n      {line}");
    }
    text
}

fn delay(problem: &Problem<'_>, language: Language) -> String {
    let rate = problem.policy().about.benefit.delay();
    let years = problem.programme().years.iter();
    let factors: Vec<_> = years
        .zip(problem.scoring().delays())
        .map(|(year, &factor)| format!("{year}: {}", exact(factor, 4, language)))
        .collect();
    let factors = factors.join("; ");
    let phrase = phrase!(
        "chậm trễ (mỗi năm bớt {rate}, làm tròn bốn chữ số), theo năm bắt đầu: {factors}",
        "delay ({rate} less a year, to four decimals), by year of start: {factors}"; rate, factors
    );
    phrase.say(language).to_owned()
}

fn measured(problem: &Problem<'_>, project: ProjectId, language: Language) -> String {
    let basis = problem.policy().about.benefit.basis;
    let number = size(
        basis,
        problem.scoring().size_of(problem.programme(), project),
    );
    let (number, unit) = (grouped(&number, language), basis.phrase());
    let name = &problem.programme().project(project).full().name;
    let has_variants = problem.programme().project(project).variants.len() > 1;
    let phrase = if has_variants {
        phrase!(
            "quy mô: {number} {unit} (của phương án {name})",
            "size: {number} {unit} (of the variant {name})"; number, unit
        )
    } else {
        phrase!("quy mô: {number} {unit}", "size: {number} {unit}"; number, unit)
    };
    phrase.say(language).to_owned()
}

fn shares(problem: &Problem<'_>, project: ProjectId, language: Language) -> String {
    let variants = &problem.programme().project(project).variants;
    if variants.len() == 1 {
        return String::new();
    }
    let share = |variant: &crate::programme::Variant| {
        format!(
            "{}: {}",
            variant.name,
            said(&variant.benefit_share, language)
        )
    };
    let shares = variants.iter().map(share).collect::<Vec<_>>().join("; ");
    let phrase = phrase!(
        "phần lợi ích mà phương án giữ lại: {shares}",
        "part of the full benefit that a variant keeps: {shares}"
    );
    phrase.say(language).to_owned()
}

/// The product of a decision's benefit, written out.
fn product(problem: &Problem<'_>, ledger: &Ledger, language: Language) -> String {
    let basis = problem.policy().about.benefit.basis;
    [
        exact(ledger.merit, 2, language),
        exact(ledger.advantage_factor, 4, language),
        exact(ledger.delay_factor, 4, language),
        grouped(&size(basis, ledger.size), language),
        said(&ledger.share, language),
    ]
    .join(" × ")
}

/// The benefit of each admissible decision.
pub(super) fn offers(problem: &Problem<'_>, own: &Explanation, language: Language) -> String {
    if own.offers.is_empty() {
        return String::new();
    }
    let programme = problem.programme();
    let variants = &programme.project(own.project).variants;
    let sources = |own: &Block| {
        let sources = own.sources.iter();
        let codes = sources.map(|at| programme.sources[at.index()].code.as_str());
        codes.collect::<Vec<_>>().join(", ")
    };
    let units = |own: &Block| {
        let units = own.units.iter();
        let codes = units.map(|at| programme.units[at.index()].named.code.as_str());
        let codes = codes.collect::<Vec<_>>().join(", ");
        if codes.is_empty() {
            "–".to_owned()
        } else {
            codes
        }
    };
    let row = |offer: &Offer| {
        let names = offer.of.variants.iter();
        let names = names.map(|at| variants[at.index()].name.as_str());
        vec![
            years(&offer.of.starts),
            names.collect::<Vec<_>>().join(", "),
            sources(&offer.of),
            units(&offer.of),
            product(problem, &offer.ledger, language),
            exact(offer.ledger.benefit, 3, language),
        ]
    };
    Grid {
        title: say(
            "Lợi ích của từng cách bố trí đủ điều kiện = điểm thẩm định × lợi thế vùng × chậm trễ × quy mô × phần phương án giữ lại, làm tròn đến phần nghìn điểm",
            "Benefit of each admissible decision = merit × advantage × delay × size × what the variant keeps, rounded to the thousandth of a point",
            language,
        ),
        headings: vec![
            say("bắt đầu", "start", language),
            say("phương án", "variant", language),
            say("nguồn", "fund", language),
            say("đơn vị thực hiện", "unit", language),
            say("phép tính", "product", language),
            say("lợi ích (điểm)", "benefit (points)", language),
        ],
        rows: own.offers.iter().map(row).collect(),
        numeric: vec![5],
    }
    .text()
}
