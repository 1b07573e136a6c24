//! One integration crate: one link, one place to look.

mod advantage;
mod architecture;
mod command_line;
mod datasets;
mod dictionary;
mod golden;
mod merit;
mod money_rules;
mod oracle;
mod order;
mod random;
mod readme;
mod rules;
mod second_opinion;
mod tiny;
