//! What is it worth? Every answer comes from solving again under the stated change, and is an
//! interval between what was found and what is proven.

mod judgement;
mod money;
mod projects;
mod risk;
mod rules;
mod sampled;
mod varied;

pub use judgement::{
    Edge, JudgementAsked, JudgementWorth, LeastRegret, MOST_OPEN, Named, Portfolios, Regrets,
    WeightRange, WeightStability, WeightsKnown, judgement_worth,
};
pub(super) use money::ceilings;
pub use money::{
    CeilingOf, CurvePoint, LeastStep, MoneyAsked, MoneyStep, MoneyWorth, Shift, money_worth,
};
pub(super) use projects::within;
pub use projects::{Certain, ProjectWorth, ProjectsAsked, ProjectsWorth, Reach, projects_worth};
pub use risk::{
    BufferAsked, BufferSought, BufferTried, CutRecord, DropOut, Fate, LateCut, Loss, Lost,
    OrderTried, Realised, ReserveOrder, RiskAsked, Risks, RuleKept, Spread, Started, UnderRisk,
    YearMoney, realised, under_risk,
};
pub use rules::{RuleWorth, RulesAsked, RulesWorth, raised, rules_worth};
pub use sampled::{Band, Chance, Mean};
pub use varied::Effect;
