//! Exact quantities: money, shares, scores, years, dates. Integers throughout; how they parse and print.

mod date;
mod money;
mod ratio;
mod score;
mod share;
mod size;

pub use date::{Date, Year};
pub use money::Money;
pub use ratio::Ratio;
pub use score::Score;
pub use share::Share;
pub use size::Size;

use crate::phrase::Phrase;

/// Reads a plain decimal (`-12.5`) as a whole number of 10^-`places` units, exactly.
///
/// # Errors
/// A phrase saying what is wrong with the text: not a number, too many decimals, out of range.
pub(crate) fn decimal(text: &str, places: usize, most: i64) -> Result<i64, Phrase> {
    let not_a_number = || {
        crate::phrase!(
            "“{text}” không phải là số; hãy viết như 1250.5, không có dấu phân cách hàng nghìn",
            "“{text}” is not a number; write it as 1250.5, without thousands separators"
        )
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || !numeric(whole)
        || !numeric(fraction)
        || (digits.contains('.') && fraction.is_empty())
    {
        return Err(not_a_number());
    }
    if fraction.trim_end_matches('0').len() > places {
        return Err(crate::phrase!(
            "“{text}” có quá nhiều chữ số thập phân (tối đa {places})",
            "“{text}” has too many decimals (at most {places})"
        ));
    }
    let fraction: String = format!("{fraction:0<places$}")
        .chars()
        .take(places)
        .collect();
    let out_of_range = || {
        crate::phrase!(
            "“{text}” nằm ngoài phạm vi cho phép; hãy kiểm tra đơn vị của cột",
            "“{text}” is out of range; check the unit of the column"
        )
    };
    let magnitude: i64 = format!("{whole}{fraction}")
        .parse()
        .map_err(|_| out_of_range())?;
    if magnitude > most {
        return Err(out_of_range());
    }
    Ok(if negative { -magnitude } else { magnitude })
}

/// Prints a whole number of 10^-`places` units as a plain decimal, without trailing zeros.
pub(crate) fn plain(value: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, fraction) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let width = places as usize;
    let text = format!("{sign}{whole}.{fraction:0width$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `numerator / denominator` rounded to the nearest whole number, halves away from zero.
///
/// `denominator` is positive. The result saturates at the ends of `i64`, which the ranges of the
/// tables' columns keep out of reach.
#[must_use]
pub fn rounded(numerator: i128, denominator: i128) -> i64 {
    let half = denominator / 2;
    let shifted = if numerator < 0 {
        numerator - half
    } else {
        numerator + half
    };
    i64::try_from(shifted / denominator).unwrap_or(if numerator < 0 { i64::MIN } else { i64::MAX })
}
