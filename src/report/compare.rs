//! Policies side by side on one dataset.

use super::figures;
use super::text::say;
use super::{Grid, said};
use crate::analysis::{Conflict, Figures};
use crate::phrase;
use crate::phrase::{Language, Phrase};
use crate::plan::Gap;
use crate::record::Table;

/// What became of one policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its title.
    pub title: Phrase,
    /// The figures of its plan, with the benefit and the broken rules by the first policy's measure;
    /// `None` without a plan.
    pub figures: Option<Figures>,
    /// The gap to its own bound.
    pub gap: Option<Gap>,
    /// Where it admits no plan, the rules that cannot hold together.
    pub conflict: Option<Conflict>,
}

/// The policies as columns, then those without a plan and why.
#[must_use]
pub fn compare_text(all: &[Compared], language: Language) -> String {
    let mut text = grid(all, language).text();
    for own in all.iter().filter(|own| own.figures.is_none()) {
        let title = &own.title;
        let line = match &own.conflict {
            Some(conflict) => {
                let rules = conflict.labels().join("; ");
                phrase!(
                    "{title}: không có kế hoạch nào; các quy tắc không thể đồng thời được giữ: {rules}.",
                    "{title}: no plan exists; these rules cannot hold together: {rules}."; title
                )
            }
            None => phrase!(
                "{title}: chưa tìm được kế hoạch trong thời gian cho phép.",
                "{title}: no plan was found in the time allowed."; title
            ),
        };
        text += line.say(language);
        text.push('\n');
    }
    text
}

/// The same as a table.
#[must_use]
pub fn compare_csv(all: &[Compared], language: Language) -> Table {
    let grid = grid(all, language);
    Table {
        name: "compare".to_owned(),
        file: "compare.csv".to_owned(),
        columns: grid.headings,
        rows: grid.rows,
        lines: Vec::new(),
    }
}

fn grid(all: &[Compared], language: Language) -> Grid {
    let title = say(
        "So sánh các chính sách (cùng dữ liệu; lợi ích và quy tắc bị vi phạm tính theo chính sách thứ nhất)",
        "Policies side by side (same facts; benefit and broken rules are by the first policy's measure)",
        language,
    );
    let with_plan: Vec<_> = all
        .iter()
        .filter_map(|own| Some((own.title.clone(), own.figures.clone()?)))
        .collect();
    let mut grid = figures::grid(title, &with_plan, language);
    let mut gaps = vec![say(
        "khoảng cách đến mức tốt nhất có thể của chính sách đó",
        "gap to the policy's own bound",
        language,
    )];
    let of_plans = all.iter().filter(|own| own.figures.is_some());
    gaps.extend(of_plans.map(|own| {
        own.gap
            .map_or_else(|| "–".to_owned(), |gap| said(&gap, language))
    }));
    grid.rows.push(gaps);
    grid
}
