//! What a dataset says of itself (`dataset.toml`).

use serde::{Deserialize, Serialize};

/// Title, years and provenance of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English.
    pub title_en: String,
    /// The province.
    pub province: String,
    /// First year of the programme.
    pub first_year: u16,
    /// Last year of the programme.
    pub last_year: u16,
    /// First year still open to decisions; earlier ones hold commitments only.
    pub open_from: u16,
    /// What in it is published.
    pub published: String,
    /// What in it is illustrative or assumed.
    pub illustrative: String,
    /// Where it comes from.
    pub provenance: String,
    /// Its licence.
    pub licence: String,
}
