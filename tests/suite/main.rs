//! One integration crate: one link, one place to look.

mod architecture;
mod command_line;
mod datasets;
mod dictionary;
mod money_rules;
mod oracle;
mod random;
mod readme;
mod rules;
mod tiny;
