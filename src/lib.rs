//! Selects, schedules and finances the projects of an industrial promotion programme, with proof.

pub mod generate;
pub mod phrase;
pub mod programme;
pub mod quantities;
pub mod record;
pub mod plan;
pub mod selector;
pub mod formulation;
pub mod rules;
pub mod policy;
pub mod problem;
pub mod solve;
pub mod tables;
pub mod analysis;
pub mod report;
pub mod cli;
