//! Questions about a problem and its plans, one a file.

mod advantage;
mod alternatives;
mod asking;
mod binding;
mod conflict;
mod difference;
mod drawn;
mod explain;
mod figures;
mod frontier;
mod interval;
mod money;
mod repair;
mod reserve;
mod sensitivity;
mod ticket;
mod tier_costs;
mod tiers;

pub use advantage::{Standing, Strength, strengths};
pub use alternatives::{Alternative, alternatives};
pub use asking::{Asking, Counting, Memory};
pub use binding::binding;
pub use conflict::{Conflict, Member, MemberKind, conflict, conflicts};
pub use difference::{Difference, Differing, Why, Worth, difference};
pub use drawn::{Drawn, draw_up, draw_up_under};
pub use explain::{Block, Explanation, NormLine, Offer, Told, explain};
pub use figures::{Figures, figures};
pub use frontier::{Against, FrontPoint, frontier};
pub use interval::{Certainty, Interval, Objective};
pub use money::{MoneyLine, money};
pub use repair::{Remedy, Repair, repairs};
pub use reserve::{Reserve, reserve};
pub use sensitivity::*;
pub use ticket::{Lever, Threshold, Ticket, ticket};
pub use tier_costs::{TierCost, tier_costs};
pub use tiers::DrawnTier;
