//! What a model folder holds: `model.toml`, the weights, a table for each kind of rule chosen.

use serde::{Deserialize, Serialize};

use super::Weights;
use crate::phrase;
use crate::phrase::Phrase;
use crate::quantities::Share;
use crate::record;
use crate::record::{Fault, Table};

/// A model folder as written.
#[derive(Debug, Clone)]
pub struct Model {
    /// `model.toml`.
    pub about: ModelAbout,
    /// The weights of criteria, however they are given.
    pub weights: Weights,
    /// Every other table.
    pub tables: Vec<Table>,
}

record! {
    /// A rule that may be broken at a price (table `soft`).
    ///
    /// A soft rule refuses no plan: each unit by which a plan breaks it (a project, a focal point,
    /// a unit counted, or a million đồng, parts of it in proportion) takes `price` points from the
    /// benefit, and the plan with the most left is the best. A rule of the policy may be soft, and
    /// a published target, which is then weighed even where targets are only reported; law, money
    /// and promises may not. A row that names a rule itself goes before one that names its kind.
    /// Every plan shows its soft rules, what they miss and what that cost.
    pub struct SoftRecord {
        /// The label of a rule, as `minimum_share[kind=pilot]` or `targets[machinery]`, or a kind of rule: all of it.
        rule: String,
        /// Whole points that a unit of breach costs: a project, a focal point, or a million đồng.
        price: i64,
        /// The document that it rests on.
        basis: Option<String>,
    }
}

/// What becomes of a candidate that asks for more than the norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AboveNorm {
    /// It is refused.
    #[default]
    Refused,
    /// Its support is cut to the norm, and shown as cut.
    Cut,
}

/// `model.toml`: titles, reasons, and how benefit is measured.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ModelAbout {
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English.
    pub title_en: String,
    /// Why this policy, in Vietnamese.
    pub reasons_vi: String,
    /// Why this policy, in English.
    pub reasons_en: String,
    /// Whether published targets are held or reported.
    pub targets: TargetsAre,
    /// What becomes of a candidate that asks for more than the norm.
    #[serde(default)]
    pub above_norm: AboveNorm,
    /// How benefit is measured.
    pub benefit: BenefitSettings,
}

/// Whether published targets bind the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetsAre {
    /// The plan must meet them.
    Held,
    /// The plan is compared with them.
    Reported,
}

/// How benefit is measured.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitSettings {
    /// What the size of a project is.
    pub basis: Basis,
    /// How much the strongest advantage adds to merit, as `50%`.
    pub advantage_strength: String,
    /// What a year of delay takes away, as `3%`.
    pub delay_a_year: String,
    /// The score taken where none is given, 0 to 100; without it a missing score is a fault.
    pub default_score: Option<i64>,
    /// Why comparisons of criteria are accepted though they contradict each other.
    pub consistency_accepted: Option<String>,
}

/// What the size of a project is, in its benefit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Basis {
    /// The full variant's support in million đồng: counts merit-weighted money.
    #[serde(rename = "per_support")]
    PerSupport,
    /// One a project: counts heads, and so rewards many small grants.
    #[serde(rename = "per_project")]
    PerProject,
    /// The project's jobs; unknown counts as none.
    #[serde(rename = "outcome:jobs")]
    Jobs,
    /// The project's beneficiaries; unknown counts as none.
    #[serde(rename = "outcome:beneficiaries")]
    Beneficiaries,
}

impl Basis {
    /// The size in words, for the ledger.
    #[must_use]
    pub fn phrase(self) -> Phrase {
        match self {
            Basis::PerSupport => phrase!("triệu đồng hỗ trợ", "million đồng of support"),
            Basis::PerProject => phrase!("đề án", "project"),
            Basis::Jobs => phrase!("việc làm", "jobs"),
            Basis::Beneficiaries => phrase!("đơn vị thụ hưởng", "beneficiaries"),
        }
    }
}

impl BenefitSettings {
    /// How much the strongest advantage adds, in basis points.
    #[must_use]
    pub fn strength(&self) -> Share {
        Share::parse(&self.advantage_strength).unwrap_or_default()
    }

    /// What a year of delay takes away, in basis points.
    #[must_use]
    pub fn delay(&self) -> Share {
        Share::parse(&self.delay_a_year).unwrap_or_default()
    }
}

impl ModelAbout {
    /// The title in both languages.
    #[must_use]
    pub fn title(&self) -> Phrase {
        Phrase::new(&self.title_vi, &self.title_en)
    }

    /// Settings that cannot be.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let shares = [
            ("advantage_strength", &self.benefit.advantage_strength),
            ("delay_a_year", &self.benefit.delay_a_year),
        ];
        for (name, text) in shares {
            if let Err(cause) = Share::parse(text) {
                let remedy = phrase!("hãy viết như \"50%\"", "write it as \"50%\"");
                faults.push(Fault::of("model.toml", cause, remedy).column(name));
            }
        }
        let score = self.benefit.default_score;
        if let Some(score) = score.filter(|score| !(0..=100).contains(score)) {
            faults.push(
                Fault::of(
                    "model.toml",
                    phrase!(
                        "điểm mặc định {score} nằm ngoài 0–100",
                        "the default score {score} is outside 0 to 100"
                    ),
                    phrase!(
                        "hãy viết một số từ 0 đến 100",
                        "write a number from 0 to 100"
                    ),
                )
                .column("default_score"),
            );
        }
        faults
    }
}
