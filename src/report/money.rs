//! What is spent by fund and year, beside the ceilings.

use super::text::say;
use super::{Grid, PlanReport, millions};
use crate::analysis::MoneyLine;
use crate::phrase;
use crate::phrase::Language;
use crate::quantities::Money;

pub(super) fn text(report: &PlanReport<'_>, language: Language) -> String {
    let programme = report.problem.programme();
    let mut headings = vec![String::new()];
    headings.extend(programme.years.iter().map(ToString::to_string));
    headings.push(say("cộng", "total", language));
    let cell = |spent: Money, ceiling: Money| {
        format!(
            "{} / {}",
            millions(spent, language),
            millions(ceiling, language)
        )
    };
    let mut rows = Vec::new();
    for line in &report.money {
        let name = &programme.funds[line.fund.index()].named.name;
        let mut row = vec![name.say(language).to_owned()];
        row.extend(
            line.spent
                .iter()
                .zip(&line.ceilings)
                .map(|(&spent, &ceiling)| cell(spent, ceiling)),
        );
        row.push(cell(
            line.spent.iter().copied().sum(),
            line.ceilings.iter().copied().sum(),
        ));
        rows.push(row);
        if line.repaid.iter().any(|&back| back > Money::ZERO) {
            let mut row = vec![say(
                "   thu hồi trong năm",
                "   repaid in the year",
                language,
            )];
            row.extend(line.repaid.iter().map(|&back| millions(back, language)));
            row.push(millions(line.repaid.iter().copied().sum(), language));
            rows.push(row);
        }
    }
    let numeric = (1..headings.len()).collect();
    let mut text = Grid {
        title: say(
            "Kinh phí (chi / trần, triệu đồng)",
            "Money (spent / ceiling, million đồng)",
            language,
        ),
        rows,
        headings,
        numeric,
    }
    .text();
    let carries = |line: &&MoneyLine| {
        let fund = &programme.funds[line.fund.index()];
        fund.carry_over.is_some() || !fund.repaid.is_empty()
    };
    let names: Vec<_> = report
        .money
        .iter()
        .filter(carries)
        .map(|line| programme.funds[line.fund.index()].named.name.say(language))
        .collect();
    if !names.is_empty() {
        let names = names.join(", ");
        let note = phrase!(
            "{names}: được chi cả kinh phí chuyển nguồn và thu hồi, nên có năm vượt trần của năm.",
            "{names}: what is carried over and what is repaid may be spent too, beyond the year's own ceiling."
        );
        text += note.say(language);
        text.push('\n');
    }
    text
}
