//! What each budget of a public knapsack problem is worth a little less and more, exactly.
//! `compare.py` beside it calls this.
//!
//! ```text
//! budgets FILE PERCENT...      CSV: budget,percent,value
//! ```

#[path = "../peers/knapsack.rs"]
#[allow(dead_code)] // of the readers there one is used
mod knapsack;

use std::path::Path;

use trongdiem::solve::{Settings, Solver, solve};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, steps) = arguments.split_first().expect("a file, then percentages");
    let steps: Vec<i64> = steps
        .iter()
        .map(|text| text.parse().expect("a whole percentage"))
        .collect();
    let settings = Settings::exact(Solver::default());
    println!("budget,percent,value");
    for budget in 0.. {
        for &percent in &steps {
            let changed = knapsack::with_budget(Path::new(file), (budget, percent));
            let Some(formulation) = changed else { return };
            let value = solve(&formulation, &settings)
                .found()
                .expect("the empty plan");
            println!("{budget},{percent},{}", decimal(value));
        }
    }
}

/// Thousandths as a decimal.
fn decimal(thousandths: i64) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}
