//! One integration crate: one link, one place to look.

mod architecture;
mod command_line;
mod datasets;
mod dictionary;
mod oracle;
mod order;
mod random;
mod readme;
mod rules;
mod tiny;
