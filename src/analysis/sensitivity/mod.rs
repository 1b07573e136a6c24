//! What is it worth? Every answer comes from solving again under the stated change, and is an
//! interval between what was found and what is proven.

mod money;
mod projects;
mod risk;
mod rules;
mod varied;

pub(super) use money::ceilings;
pub use money::{
    CeilingOf, CurvePoint, LeastStep, MoneyAsked, MoneyStep, MoneyWorth, Shift, money_worth,
};
pub(super) use projects::within;
pub use projects::{Certain, ProjectWorth, ProjectsAsked, ProjectsWorth, Reach, projects_worth};
pub use risk::{
    Band, BufferAsked, BufferSought, BufferTried, Chance, CutRecord, DropOut, Fate, LateCut, Loss,
    Lost, Mean, OrderTried, Realised, ReserveOrder, RiskAsked, Risks, RuleKept, Spread, Started,
    UnderRisk, YearMoney, realised, under_risk,
};
pub use rules::{RuleWorth, RulesAsked, RulesWorth, raised, rules_worth};
pub use varied::Effect;
