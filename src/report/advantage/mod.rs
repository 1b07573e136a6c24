//! Regional advantage on a terminal: who is strong in what, and the figures that say so.

mod tables;

use std::collections::BTreeSet;

pub use tables::{advantage_figures, advantage_json, advantage_matrix};

use super::text::say;
use super::{Grid, said};
use crate::analysis::{Standing, Strength, strengths};
use crate::phrase;
use crate::phrase::{Language, Phrase, grouped};
use crate::programme::{Locality, Programme, Project, QuotientRecord, Reading, Total};
use crate::quantities::{Share, rounded};
use crate::quotient::{Comparison, Quotient};

/// The name of a place.
fn name(programme: &Programme, locality: Locality) -> &str {
    match locality {
        Locality::Area(area) => &programme.areas[area.index()].name,
        Locality::Zone(zone) => &programme.zones[zone.index()],
    }
}

fn unknown(language: Language) -> String {
    say("chưa rõ", "unknown", language)
}

/// A quotient with two decimals.
fn two(quotient: Quotient, language: Language) -> String {
    let hundredths = rounded(i128::from(quotient.0), 10_000);
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    grouped(&format!("{sign}{whole}.{rest:02}"), language)
}

/// How strong a place is: its advantage, or its quotient where one measure is asked for.
fn strength(own: &Standing<'_>, measure: Option<&str>, language: Language) -> Option<String> {
    match measure {
        Some(_) => own.quotient.map(|quotient| two(quotient, language)),
        None => own.advantage.map(|share| said(&share, language)),
    }
}

/// The advantages of a programme, for a terminal: how they are made, a row a sector with its
/// places ranked, and every figure with its quotient. `measure` shows one measure alone.
#[must_use]
pub fn advantage_text(programme: &Programme, measure: Option<&str>, language: Language) -> String {
    let all = strengths(programme, measure);
    let title = Phrase::new(&programme.about.title_vi, &programme.about.title_en);
    let mut text = say("Lợi thế vùng · ", "Regional advantage · ", language);
    text += title.say(language);
    text += "\n\n";
    let asked = programme.quotients.iter();
    let asked: Vec<_> = asked
        .filter(|row| measure.is_none_or(|asked| asked == row.measure))
        .collect();
    let alike = |one: &&QuotientRecord, other: &&QuotientRecord| {
        (one.quotient, one.weight, one.half_at) == (other.quotient, other.weight, other.half_at)
    };
    for rows in asked.chunk_by(alike) {
        text += how(rows).say(language);
        text.push('\n');
    }
    text += meaning(measure).say(language);
    text += "\n\n";
    text += &ranking(programme, &all, measure, language);
    text.push('\n');
    text += &figures(programme, &all, language);
    text.push('\n');
    text + &remarks(programme, &all, language)
}

/// How measures that are used alike are made into quotients, as a sentence.
fn how(rows: &[&QuotientRecord]) -> Phrase {
    let [row, ..] = rows else {
        return Phrase::default();
    };
    let names = |of: fn(&QuotientRecord) -> &str| {
        let names: Vec<_> = rows.iter().map(|row| of(row)).collect();
        names.join(", ")
    };
    let measure = Phrase::new(names(|row| &row.name_vi), names(|row| &row.name_en));
    let comparison = match row.quotient {
        Comparison::Location => phrase!(
            "thương số vị trí: tỷ trọng của ngành tại địa bàn so với tỷ trọng của ngành trong tỉnh",
            "location quotient: the sector's part of the place beside its part of the province"
        ),
        Comparison::Symmetric => phrase!(
            "thương số vị trí dạng đối xứng, từ −1 đến 1: tỷ trọng của ngành tại địa bàn so với trong tỉnh",
            "symmetric location quotient, from −1 to 1: the sector's part of the place beside its part of the province"
        ),
        Comparison::Density => phrase!(
            "thương số mật độ: giá trị trên mỗi km² của địa bàn so với của cả tỉnh",
            "density quotient: value per km² of the place beside that of the province"
        ),
        Comparison::Share => phrase!(
            "tỷ trọng của địa bàn trong toàn tỉnh",
            "the place's share of the province"
        ),
    };
    let weight = row.weight;
    let mut told = phrase!(
        "{measure} – {comparison}; trọng số {weight}",
        "{measure} – {comparison}; weight {weight}";
        measure, comparison, weight
    );
    if let Some(share) = row.half_at {
        let base = if row.quotient.needs_all_sectors() {
            phrase!(
                "mọi ngành trong tỉnh cộng lại",
                "the province in all sectors"
            )
        } else {
            phrase!("ngành đó trong tỉnh", "the province in the sector")
        };
        let half = phrase!(
            "; chỉ tính một nửa mức chênh lệch khi quy mô bằng {share} của {base}, ít hơn nữa khi nhỏ hơn",
            "; counts half where the base is {share} of {base}, less where it is smaller";
            share, base
        );
        told.vi += &half.vi;
        told.en += &half.en;
    }
    told.vi.push('.');
    told.en.push('.');
    told
}

fn meaning(measure: Option<&str>) -> Phrase {
    match measure {
        None => phrase!(
            "Lợi thế: 100% là địa bàn mạnh nhất của ngành, 0% là không hơn mức chung của tỉnh. Nơi không nêu tên là chưa rõ, không phải bằng không.",
            "Advantage: 100% is the strongest place of a sector, 0% a place no stronger than the province as a whole. A place that is not named is unknown, not zero."
        ),
        Some(measure) => phrase!(
            "Thương số của riêng {measure}, sau khi hiệu chỉnh theo quy mô. Nơi không nêu tên là chưa rõ, không phải bằng không.",
            "Quotients of {measure} alone, drawn towards 1 where the base is small. A place that is not named is unknown, not zero."
        ),
    }
}

/// A row a sector: its places, strongest first, then those that are no stronger than the province
/// and those of unknown strength.
fn ranking(
    programme: &Programme,
    all: &[Strength<'_>],
    measure: Option<&str>,
    language: Language,
) -> String {
    let row = |own: &Strength<'_>| {
        let (mut told, mut weak, mut doubtful) = (Vec::new(), Vec::new(), Vec::new());
        for place in &own.places {
            let name = name(programme, place.cell.locality);
            match strength(place, measure, language) {
                None => doubtful.push(name),
                Some(_) if measure.is_none() && place.advantage == Some(Share(0)) => {
                    weak.push(name);
                }
                Some(strength) => told.push(vec![format!("{name} {strength}")]),
            }
        }
        for (names, vi, en) in [
            (weak, "không nổi trội", "no advantage"),
            (doubtful, "chưa rõ", "unknown"),
        ] {
            let mut names: Vec<_> = names.into_iter().map(str::to_owned).collect();
            if let Some(first) = names.first_mut() {
                *first = format!("{}: {first}", say(vi, en, language));
                told.push(names);
            }
        }
        let sector = &programme.sectors[own.sector.index()].name;
        vec![sector.say(language).to_owned(), folded(&told)]
    };
    Grid {
        title: say(
            "Địa bàn theo ngành, mạnh nhất trước",
            "Places by sector, strongest first",
            language,
        ),
        headings: vec![
            say("ngành", "sector", language),
            say("địa bàn", "places", language),
        ],
        rows: all.iter().map(row).collect(),
        numeric: Vec::new(),
    }
    .text()
}

/// Parts joined in lines of about eighty characters.
fn folded(parts: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for list in parts {
        for (position, part) in list.iter().enumerate() {
            let mark = if position == 0 { " · " } else { ", " };
            match lines.last_mut() {
                Some(line) if line.chars().count() + part.chars().count() < 80 => {
                    line.push_str(mark);
                    line.push_str(part);
                }
                Some(line) => {
                    line.push_str(mark.trim_end());
                    lines.push(part.clone());
                }
                None => lines.push(part.clone()),
            }
        }
    }
    lines.join("\n")
}

/// A row a figure; sector, place and advantage stand where they first occur. A place with figures
/// that count shows these alone.
fn figures(programme: &Programme, all: &[Strength<'_>], language: Language) -> String {
    let mut rows = Vec::new();
    for own in all {
        let mut sector = programme.sectors[own.sector.index()].name.say(language);
        for place in &own.places {
            let advantage = place.advantage.map(|share| said(&share, language));
            let mut advantage = advantage.unwrap_or_else(|| unknown(language));
            if place.cell.stated.is_some() {
                advantage.push('†');
            }
            let mut name = name(programme, place.cell.locality);
            let counts = |reading: &&Reading| reading.used.is_some();
            let mut readings: Vec<_> = place.readings.iter().filter(counts).collect();
            if readings.is_empty() {
                readings.extend(&place.readings);
            }
            let mut told: Vec<_> = readings
                .iter()
                .map(|reading| figure(programme, reading, language))
                .collect();
            if told.is_empty() {
                told.push(["–", "–", "–", "–"].map(str::to_owned));
            }
            for figure in told {
                let mut cells = vec![std::mem::take(&mut sector).to_owned()];
                cells.push(std::mem::take(&mut name).to_owned());
                cells.extend(figure);
                cells.push(std::mem::take(&mut advantage));
                rows.push(cells);
            }
        }
    }
    Grid {
        title: say("Số liệu", "Figures", language),
        headings: vec![
            say("ngành", "sector", language),
            say("địa bàn", "place", language),
            say("chỉ tiêu thống kê", "measure", language),
            say("số liệu", "figure", language),
            say("thương số", "quotient", language),
            say("sau hiệu chỉnh", "shrunk", language),
            say("lợi thế", "advantage", language),
        ],
        rows,
        numeric: vec![3, 4, 5, 6],
    }
    .text()
}

/// Where a project's advantage comes from: a line a figure with its source, and what an expert
/// stated instead; nothing where it is unknown.
pub(super) fn evidence(
    programme: &Programme,
    project: &Project,
    language: Language,
) -> Vec<String> {
    let Some(cell) = programme.advantage_of(project) else {
        return Vec::new();
    };
    let place = name(programme, cell.locality);
    let line = |reading: &Reading| {
        let [measure, value, raw, shrunk] = figure(programme, reading, language);
        let row = &programme.structure[reading.figure];
        let source = &row.source;
        let phrase = phrase!(
            "{place}: {measure} {value}; thương số {raw}, sau hiệu chỉnh {shrunk} ({source})",
            "{place}: {measure} {value}; quotient {raw}, shrunk {shrunk} ({source})"
        );
        phrase.say(language).to_owned()
    };
    let mut lines: Vec<String> = cell.readings.iter().map(line).collect();
    if let Some(stated) = &cell.stated {
        let (value, reason) = (stated.advantage, &stated.reason);
        let phrase = phrase!(
            "{place}: {value} theo ý kiến chuyên gia, thay cho số liệu: {reason}",
            "{place}: {value} as stated instead of the figures: {reason}"; value
        );
        lines.push(phrase.say(language).to_owned());
    }
    lines
}

/// Measure, figure, quotient before and after shrinkage.
fn figure(programme: &Programme, reading: &Reading, language: Language) -> [String; 4] {
    let row = &programme.structure[reading.figure];
    let mark = match reading.total {
        Total::StandIn => "*",
        Total::Published(_) | Total::Summed | Total::Unused => "",
    };
    let value = said(&row.value, language);
    let figure = format!("{value} {} ({})", row.unit, row.year);
    let told = |quotient: Option<Quotient>| match (quotient, reading.used) {
        (Some(quotient), _) => two(quotient, language) + mark,
        (None, Some(_)) => unknown(language),
        (None, None) => "–".to_owned(),
    };
    let measure = match reading.used.map(|at| &programme.quotients[at]) {
        Some(used) => say(&used.name_vi, &used.name_en, language),
        None => row.measure.clone(),
    };
    [
        measure,
        figure,
        told(reading.quotient.map(|own| own.raw)),
        told(reading.quotient.map(|own| own.shrunk)),
    ]
}

/// What the marks mean, what an expert stated, what is kept and not used, and how many projects
/// have an unknown advantage.
fn remarks(programme: &Programme, all: &[Strength<'_>], language: Language) -> String {
    let mut told = Vec::new();
    let places = || all.iter().flat_map(|own| &own.places);
    let mut readings = places().flat_map(|place| &place.readings);
    if readings.any(|reading| reading.total == Total::StandIn) {
        told.push(phrase!(
            "* Chưa có số liệu toàn tỉnh: so với tổng các địa bàn đã công bố, nên thương số là mức cao nhất có thể.",
            "* The province's own total is not published: compared with the sum of the places that are, so the quotient is an upper bound."
        ));
    }
    for place in places() {
        if let Some(stated) = &place.cell.stated {
            let name = name(programme, place.cell.locality);
            let sector = &programme.sectors[place.cell.sector.index()].name;
            let (advantage, reason) = (stated.advantage, &stated.reason);
            told.push(match place.cell.computed {
                Some(computed) => phrase!(
                    "† {name}, {sector}: {advantage} theo bảng advantage, thay cho {computed} tính từ số liệu: {reason}",
                    "† {name}, {sector}: {advantage} by table advantage, in the place of {computed} by the figures: {reason}";
                    sector, advantage, computed
                ),
                None => phrase!(
                    "† {name}, {sector}: {advantage} theo bảng advantage: {reason}",
                    "† {name}, {sector}: {advantage} by table advantage: {reason}";
                    sector, advantage
                ),
            });
        }
    }
    let used: BTreeSet<_> = programme.quotients.iter().map(|row| &row.measure).collect();
    let kept = programme.structure.iter().map(|row| &row.measure);
    let kept: BTreeSet<_> = kept.filter(|own| !used.contains(own)).collect();
    if !kept.is_empty() {
        let names: Vec<_> = kept.into_iter().map(String::as_str).collect();
        let names = names.join(", ");
        told.push(phrase!(
            "Giữ làm tư liệu, không tính vào lợi thế (không có trong bảng quotients; xem bằng --format csv): {names}.",
            "Kept as facts and not counted (not in table quotients; --format csv shows them): {names}."
        ));
    }
    let count = programme.unknown_advantages();
    let projects = programme.projects.iter();
    let with_both = projects.filter(|own| own.area.is_some() && own.sector.is_some());
    let all = with_both.count();
    told.push(phrase!(
        "Trong {all} đề án có địa bàn và ngành, {count} đề án chưa rõ lợi thế.",
        "Of {all} projects with a place and a sector, the advantage of {count} is unknown.";
        all, count
    ));
    let lines = told.iter().map(|phrase| phrase.say(language).to_owned());
    lines.map(|line| line + "\n").collect()
}
