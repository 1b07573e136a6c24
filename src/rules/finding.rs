//! How a plan stands to a rule: what it is about, by how much it is kept or broken, in which unit.

use serde::{Deserialize, Serialize};

use crate::phrase::Phrase;
use crate::programme::Counted;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Law and promises: nobody chooses these.
    Law,
    /// Money.
    Money,
    /// Focus: no spreading thin.
    Focus,
    /// Balance between people and places.
    Balance,
    /// Order of selection.
    Order,
}

/// What a breach or a slack is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Đồng.
    Dong,
    /// Projects.
    Projects,
    /// The unit of the activities counted.
    Quantity,
    /// Focal points.
    Points,
    /// Staff-months.
    Months,
    /// Recognised products.
    Products,
    /// Benefit, in thousandths of a point.
    Benefit,
    /// A score times đồng.
    Score,
}

impl Unit {
    /// The unit of a count.
    #[must_use]
    pub fn of(counted: Counted) -> Unit {
        match counted {
            Counted::Projects => Unit::Projects,
            Counted::Quantity => Unit::Quantity,
        }
    }
}

/// How a plan stands to one case of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule and the case, as in the label of its row.
    pub label: String,
    /// By how much the rule is broken; 0 when kept.
    pub breach: i64,
    /// What breach and slack are counted in.
    pub unit: Unit,
    /// How far the plan is from breaking it.
    pub slack: i64,
    /// What the plan does, in the terms of the rule.
    pub stand: Phrase,
}

impl Finding {
    /// A finding from the margin by which the rule is kept, negative where it is broken.
    #[must_use]
    pub fn of(label: String, margin: i64, unit: Unit, stand: Phrase) -> Finding {
        Finding {
            label,
            breach: margin.min(0).saturating_neg(),
            unit,
            slack: margin.max(0),
            stand,
        }
    }

    /// Whether the plan keeps the rule.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.breach == 0
    }
}
