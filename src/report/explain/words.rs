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
        Known::Is(Class::Ordinary) => {
            Phrase::new("không thuộc diện khó khăn", "on no list of difficult areas")
        }
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

/// The words that all datasets share, in Vietnamese; other words are shown as they stand.
const SHARED: [(&str, &str); 17] = [
    ("cooperative", "hợp tác xã"),
    ("company", "doanh nghiệp"),
    ("household_business", "hộ kinh doanh"),
    ("establishment", "cơ sở công nghiệp nông thôn"),
    ("public_body", "đơn vị công lập"),
    ("several", "nhiều đối tượng"),
    ("women", "phụ nữ"),
    ("ethnic_minority", "đồng bào dân tộc thiểu số"),
    ("artisans", "nghệ nhân"),
    ("green", "xanh"),
    ("digital", "chuyển đổi số"),
    ("cleaner_production", "sản xuất sạch hơn"),
    ("typical_product", "sản phẩm CNNT tiêu biểu"),
    ("export", "xuất khẩu"),
    ("replicable", "có khả năng nhân rộng"),
    ("local_raw_materials", "nguyên liệu tại chỗ"),
    ("labour_intensive", "sử dụng nhiều lao động"),
];

/// A word of the dataset as people say it.
pub(super) fn word(code: &str, language: Language) -> String {
    let shared = SHARED.iter().find(|(own, _)| *own == code);
    match (language, shared) {
        (Language::Vietnamese, Some((_, vi))) => (*vi).to_owned(),
        _ => code.replace('_', " "),
    }
}

/// A list of words, or that there are none.
pub(super) fn list(codes: &[String], language: Language) -> String {
    if codes.is_empty() {
        return say("không", "none", language);
    }
    let words: Vec<_> = codes.iter().map(|code| word(code, language)).collect();
    words.join(", ")
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
