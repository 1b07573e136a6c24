//! Questions about a problem and its plans, one a file.

mod binding;
mod conflict;
mod difference;
mod drawn;
mod figures;
mod money;
mod reserve;
mod tier_costs;
mod tiers;

pub use binding::binding;
pub use conflict::{Conflict, conflict};
pub use difference::{Difference, Differing, Why, Worth, difference};
pub use drawn::{Drawn, draw_up};
pub use figures::{Figures, figures};
pub use money::{MoneyLine, money};
pub use reserve::{Reserve, reserve};
pub use tier_costs::{TierCost, tier_costs};
pub use tiers::DrawnTier;
