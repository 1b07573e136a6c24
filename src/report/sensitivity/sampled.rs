//! Chances with their sampling error, as text and for machines.

use serde_json::{Value, json};

use crate::analysis::Chance;
use crate::phrase::{Language, grouped};

/// A figure to so many decimals; a whole one without any.
pub(super) fn decimals(value: f64, places: usize, language: Language) -> String {
    let text = format!("{value:.places$}");
    let whole = text.trim_end_matches('0').strip_suffix('.');
    let text = whole.unwrap_or(&text);
    grouped(if text == "-0" { "0" } else { text }, language)
}

/// A chance with Wilson's interval.
pub(super) fn chance(own: Chance, language: Language) -> String {
    let (least, most) = own.interval();
    let [own, least, most] =
        [own.share(), least, most].map(|own| decimals(own * 100.0, 1, language));
    format!("{own}% ({least}–{most}%)")
}

/// A part as a percentage in files.
pub(super) fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// A chance for machines.
pub(super) fn chance_json(own: Chance) -> Value {
    let (least, most) = own.interval();
    json!({
        "times": own.times,
        "draws": own.draws,
        "share": percent(own.share()),
        "wilson_95": [percent(least), percent(most)],
    })
}
