//! One integration crate: one link, one place to look.

mod architecture;
mod oracle;
mod random;
mod rules;
mod tiny;
