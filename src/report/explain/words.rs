//! The words of an explanation: kinds, classes, what is unknown, when and by whom.

use crate::analysis::Block;
use crate::phrase::{Language, Phrase};
use crate::programme::{Class, Kind, Programme, Project};
use crate::quantities::Year;
use crate::record::Known;

pub(super) fn say(vi: &str, en: &str, language: Language) -> String {
    Phrase::new(vi, en).say(language).to_owned()
}

pub(super) fn kind(kind: Kind) -> Phrase {
    match kind {
        Kind::Single => Phrase::new("đề án đơn", "single project"),
        Kind::Group => Phrase::new("đề án nhóm", "group project"),
        Kind::Pilot => Phrase::new("đề án điểm", "pilot project"),
    }
}

pub(super) fn class(class: Known<Class>) -> Phrase {
    match class {
        Known::Is(Class::Ordinary) => Phrase::new("không thuộc diện khó khăn", "on no list of difficult areas"),
        Known::Is(Class::Difficult) => Phrase::new("khó khăn", "difficult"),
        Known::Is(Class::SpeciallyDifficult) => {
            Phrase::new("đặc biệt khó khăn", "specially difficult")
        }
        Known::Unknown => Phrase::new("chưa biết mức khó khăn", "class unknown"),
    }
}

pub(super) fn unknown() -> Phrase {
    Phrase::new("chưa biết", "unknown")
}

pub(super) fn yes_no(answer: Known<bool>) -> Phrase {
    match answer {
        Known::Is(true) => Phrase::new("có", "yes"),
        Known::Is(false) => Phrase::new("không", "no"),
        Known::Unknown => unknown(),
    }
}

/// A list of codes, or that there are none.
pub(super) fn list(codes: &[String], language: Language) -> String {
    if codes.is_empty() {
        say("không", "none", language)
    } else {
        codes.join(", ")
    }
}

/// Years as ranges: `2026–2028, 2030`.
pub(super) fn years(years: &[Year]) -> String {
    let mut ranges: Vec<(Year, Year)> = Vec::new();
    for &year in years {
        match ranges.last_mut() {
            Some((_, last)) if last.plus(1) == year => *last = year,
            _ => ranges.push((year, year)),
        }
    }
    let range = |(first, last): &(Year, Year)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    };
    ranges.iter().map(range).collect::<Vec<_>>().join(", ")
}

/// Which decisions of a project a block holds: what it leaves open is not said.
pub(super) fn block(
    programme: &Programme,
    project: &Project,
    block: &Block,
    language: Language,
) -> String {
    let mut parts = Vec::new();
    let mut part = |vi: &str, en: &str, what: String| {
        parts.push(format!("{} {what}", say(vi, en, language)));
    };
    if block.starts.len() < programme.years.len() {
        part("bắt đầu", "start", years(&block.starts));
    }
    if block.sources.len() < programme.sources.len() {
        let sources = block.sources.iter();
        let codes = sources.map(|at| programme.sources[at.index()].code.clone());
        part("nguồn", "fund", codes.collect::<Vec<_>>().join(", "));
    }
    if block.variants.len() < project.variants.len() {
        let variants = block.variants.iter();
        let names = variants.map(|at| project.variants[at.index()].name.clone());
        part("phương án", "variant", names.collect::<Vec<_>>().join(", "));
    }
    if block.units.len() < project.units.len() {
        let units = block.units.iter();
        let codes = units.map(|at| programme.units[at.index()].named.code.clone());
        part("đơn vị", "unit", codes.collect::<Vec<_>>().join(", "));
    }
    if parts.is_empty() {
        say("mọi trường hợp", "every case", language)
    } else {
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_read_as_ranges() {
        let of = |numbers: &[u16]| years(&numbers.iter().copied().map(Year).collect::<Vec<_>>());
        assert_eq!(of(&[2026, 2027, 2028, 2030]), "2026–2028, 2030");
        assert_eq!(of(&[2027]), "2027");
        assert_eq!(of(&[]), "");
    }
}
