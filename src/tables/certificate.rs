//! The proof of a bound, as `plan.json` keeps it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::file::{Input, read_text};
use crate::formulation::Certificate;
use crate::phrase;
use crate::phrase::Phrase;
use crate::record::Fault;

/// A bound with its proof, and what the policy's tiers were held at when it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBound {
    /// The bound and its multipliers.
    pub certificate: Certificate,
    /// What each tier was held at, the first one first, in the units of its row.
    pub held: Vec<i64>,
}

#[derive(Deserialize)]
struct File {
    certificate: Option<Kept>,
}

#[derive(Deserialize)]
struct Kept {
    thousandths: i64,
    held: Vec<i64>,
    multipliers: BTreeMap<String, String>,
}

/// The certificate of a `plan.json`.
///
/// # Errors
/// A file that cannot be read, is no JSON of a plan, or has no certificate.
pub fn read_certificate(path: &Path) -> Result<(KeptBound, Input), Vec<Fault>> {
    let (text, input) = read_text(path).map_err(|fault| vec![fault])?;
    let fault = |cause: Phrase| vec![Fault::of(path.display().to_string(), cause, remedy())];
    let file: File = serde_json::from_str(&text).map_err(|error| {
        fault(phrase!(
            "không phải tệp plan.json ({error})",
            "not the JSON of a plan ({error})"
        ))
    })?;
    let kept = file.certificate.ok_or_else(|| {
        fault(phrase!(
            "kế hoạch này không kèm chứng minh cho cận trên",
            "this plan comes without the proof of a bound"
        ))
    })?;
    let times = |(label, text): (String, String)| match text.parse() {
        Ok(times) => Ok((label, times)),
        Err(_) => Err(fault(phrase!(
            "hệ số “{text}” của “{label}” không phải số nguyên",
            "the multiplier “{text}” of “{label}” is no whole number";
            text, label
        ))),
    };
    let multipliers: Result<Vec<(String, i128)>, Vec<Fault>> =
        kept.multipliers.into_iter().map(times).collect();
    let certificate = Certificate {
        bound: kept.thousandths,
        multipliers: multipliers?,
    };
    let held = kept.held;
    Ok((KeptBound { certificate, held }, input))
}

fn remedy() -> Phrase {
    phrase!(
        "hãy dùng tệp plan.json do `trongdiem plan --out` ghi ra",
        "use a plan.json that `trongdiem plan --out` wrote"
    )
}
