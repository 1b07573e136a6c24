//! How a plan was made: enough to make it again.

use serde::Serialize;

/// A file that was read, with the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputHash {
    /// Its path as given.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Version, inputs, settings and solver of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Manifest {
    /// The program's version.
    pub version: String,
    /// The command's scenario: changes, rules left out, projects required and forbidden.
    pub scenario: Vec<String>,
    /// Every file read.
    pub inputs: Vec<InputHash>,
    /// The solver and its version.
    pub solver: String,
    /// The gap asked for.
    pub gap: f64,
    /// The time allowed, in seconds.
    pub time_limit: Option<f64>,
    /// The nodes allowed.
    pub work_limit: Option<u32>,
    /// Threads.
    pub threads: u32,
    /// The random seed.
    pub seed: u32,
}
