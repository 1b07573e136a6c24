//! Public knapsack instances as formulations: several dimensions (MKP), and one choice of each
//! class (MMKP).

use std::path::Path;

use trongdiem::formulation::{Decision, DecisionId, Formulation, Linear};
use trongdiem::programme::{ProjectId, SourceId, VariantId};
use trongdiem::quantities::Year;

/// The numbers of a file up to its first word. Values have at most two decimals: everything is
/// counted in hundredths.
fn numbers(path: &Path) -> Vec<i64> {
    let text = std::fs::read_to_string(path).expect("an instance file");
    let hundredths = |word: &str| {
        let value: f64 = word.parse().ok()?;
        #[allow(clippy::cast_possible_truncation)] // far below 2^53
        let whole = (value * 100.0).round() as i64;
        Some(whole)
    };
    text.split_whitespace().map_while(hundredths).collect()
}

fn count(hundredths: i64) -> usize {
    usize::try_from(hundredths / 100).expect("a count")
}

fn decision(class: usize, item: usize) -> Decision {
    Decision {
        project: ProjectId(u32::try_from(class).expect("few classes")),
        variant: VariantId(u32::try_from(item).expect("few items")),
        source: SourceId(0),
        start: Year(2026),
        unit: None,
    }
}

/// Profits in thousandths of a point: a profit of 1 is a point.
fn formulation(items: Vec<(Decision, i64)>) -> Formulation {
    let named = items.into_iter().enumerate();
    let named =
        named.map(|(position, (decision, profit))| (decision, format!("x{position}"), profit * 10));
    Formulation::new(named.collect(), |decision| decision.project.0.to_string())
}

/// The `number`-th problem (from 1) of a file in the layout of the OR-Library, or the only one of a
/// file that begins with its own size.
pub fn several_dimensions(path: &Path, number: usize) -> Formulation {
    read(path, number, None).expect("without a change there is always a problem")
}

/// The first problem of a file with one budget (from 0) so many per cent larger; `None` where it has
/// not so many budgets.
pub fn with_budget(path: &Path, change: (usize, i64)) -> Option<Formulation> {
    read(path, 1, Some(change))
}

fn read(path: &Path, number: usize, change: Option<(usize, i64)>) -> Option<Formulation> {
    let all = numbers(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut rest = if name.starts_with("mknap") {
        &all[1..]
    } else {
        &all[..]
    };
    let mut left = number;
    loop {
        let (items, rows) = (count(rest[0]), count(rest[1]));
        let length = 3 + items + rows * items + rows;
        if left > 1 {
            rest = &rest[length..];
            left -= 1;
            continue;
        }
        let profits = &rest[3..3 + items];
        let weights = &rest[3 + items..3 + items + rows * items];
        let mut capacities = rest[length - rows..length].to_vec();
        if let Some((budget, percent)) = change {
            let own = capacities.get_mut(budget)?;
            // Weights are whole hundredths: what is less than one of them serves nobody.
            *own += (*own * percent).div_euclid(100);
        }
        let decisions = profits.iter().enumerate();
        let mut made = formulation(
            decisions
                .map(|(own, &profit)| (decision(own, 0), profit))
                .collect(),
        );
        for (row, capacity) in capacities.into_iter().enumerate() {
            let own = weights[row * items..(row + 1) * items].iter().enumerate();
            let terms: Linear = own
                .map(|(item, &weight)| (DecisionId::at(item), weight))
                .collect();
            made.at_most(format!("capacity[{row}]"), terms, capacity);
        }
        return Some(made);
    }
}

/// A problem of classes, of each of which exactly one item is taken.
pub fn multiple_choice(path: &Path) -> Formulation {
    let all = numbers(path);
    let (classes, items, rows) = (count(all[0]), count(all[1]), count(all[2]));
    let capacities = &all[3..3 + rows];
    let mut at = 3 + rows;
    let (mut decisions, mut weights) = (Vec::new(), Vec::new());
    for class in 0..classes {
        at += 1;
        for item in 0..items {
            decisions.push((decision(class, item), all[at]));
            weights.push(all[at + 1..=at + rows].to_vec());
            at += 1 + rows;
        }
    }
    let mut made = formulation(decisions);
    for (row, &capacity) in capacities.iter().enumerate() {
        let terms: Linear = (0..)
            .map(DecisionId::at)
            .zip(weights.iter().map(|own| own[row]))
            .collect();
        made.at_most(format!("capacity[{row}]"), terms, capacity);
    }
    for (class, group) in made.groups().to_vec().into_iter().enumerate() {
        let terms = group
            .map(|position| (DecisionId::at(position), 1))
            .collect();
        made.at_least(format!("one[{class}]"), terms, 1);
    }
    made
}
