//! One integration crate: one link, one place to look.

mod architecture;
mod command_line;
mod dictionary;
mod oracle;
mod random;
mod rules;
mod tiny;
