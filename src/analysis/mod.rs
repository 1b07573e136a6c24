//! Questions about a problem and its plans, one a file.

mod advantage;
mod binding;
mod conflict;
mod drawn;
mod explain;
mod figures;
mod money;
mod reserve;

pub use advantage::{Standing, Strength, strengths};
pub use binding::binding;
pub use conflict::{Conflict, conflict};
pub use drawn::{Drawn, draw_up};
pub use explain::{Block, Explanation, NormLine, Offer, Told, explain};
pub use figures::{Figures, figures};
pub use money::{MoneyLine, money};
pub use reserve::{Reserve, reserve};
