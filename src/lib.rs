//! Selects, schedules and finances the projects of an industrial promotion programme, with proof.

pub mod analysis;
pub mod cli;
pub mod formulation;
pub mod generate;
pub mod phrase;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod programme;
pub mod quantities;
pub mod record;
pub mod report;
pub mod rules;
pub mod selector;
pub mod solve;
pub mod tables;
