//! One integration crate: one link, one place to look.

mod architecture;
mod bad_input;
mod command_line;
mod cuts;
mod datasets;
mod dictionary;
mod oracle;
mod random;
mod readme;
mod rules;
mod soft;
mod tiny;
