//! One integration crate: one link, one place to look.

mod advantage;
mod architecture;
mod bad_input;
mod changes;
mod command_line;
mod cuts;
mod datasets;
mod dictionary;
mod engine;
mod golden;
mod impossible;
mod judgement;
mod merit;
mod money_rules;
mod oracle;
mod order;
mod random;
mod readme;
mod risk;
mod rules;
mod second_opinion;
mod sensitivity;
mod soft;
mod tiny;
