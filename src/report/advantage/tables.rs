//! Regional advantage as tables: the matrix, and a row a figure with its source.

use serde_json::{Value, json};

use super::name;
use crate::analysis::{Standing, Strength, strengths};
use crate::programme::{Locality, Programme, Reading, Total};
use crate::quantities::Share;
use crate::quotient::Quotient;
use crate::record::{Cell, Table};

fn kind(locality: Locality) -> &'static str {
    match locality {
        Locality::Area(_) => "area",
        Locality::Zone(_) => "zone",
    }
}

/// The matrix: a row a place with a figure, a column a sector with one; advantages, or quotients
/// after shrinkage where one measure is asked for; `unknown` where nobody has said.
#[must_use]
pub fn advantage_matrix(programme: &Programme, measure: Option<&str>) -> Table {
    let all = strengths(programme, measure);
    let places = all.iter().flat_map(|own| &own.places);
    let mut places: Vec<_> = places.map(|place| place.cell.locality).collect();
    places.sort_by_key(|locality| match locality {
        Locality::Zone(zone) => (0, zone.index()),
        Locality::Area(area) => (1, area.index()),
    });
    places.dedup();
    let code = |own: &Strength<'_>| programme.sectors[own.sector.index()].code.clone();
    let row = |&locality: &Locality| {
        let cell = |own: &Strength<'_>| {
            let mut standings = own.places.iter();
            let standing = standings.find(|place| place.cell.locality == locality);
            let known = standing.and_then(|standing| match measure {
                Some(_) => standing.quotient.map(|own| own.to_string()),
                None => standing.advantage.map(|own| own.to_string()),
            });
            known.unwrap_or_else(|| "unknown".to_owned())
        };
        let mut row = vec![
            name(programme, locality).to_owned(),
            kind(locality).to_owned(),
        ];
        row.extend(all.iter().map(cell));
        row
    };
    let mut columns = vec!["place".to_owned(), "kind".to_owned()];
    columns.extend(all.iter().map(code));
    Table {
        name: "advantage".to_owned(),
        file: "advantage.csv".to_owned(),
        columns,
        rows: places.iter().map(row).collect(),
        lines: Vec::new(),
    }
}

/// A row a figure, with all that is made of it and where it was published; a stated advantage
/// without a figure has a row of its own.
#[must_use]
pub fn advantage_figures(programme: &Programme, measure: Option<&str>) -> Table {
    let columns = [
        "place",
        "kind",
        "sector",
        "measure",
        "value",
        "unit",
        "year",
        "comparison",
        "total",
        "quotient",
        "shrunk",
        "computed",
        "advantage",
        "reason",
        "source",
        "confidence",
    ];
    let mut rows = Vec::new();
    for own in strengths(programme, measure) {
        let sector = &programme.sectors[own.sector.index()].code;
        for place in &own.places {
            let blank = [None];
            let readings: Vec<_> = place.readings.iter().map(Some).collect();
            let readings = if readings.is_empty() {
                &blank[..]
            } else {
                &readings[..]
            };
            for &reading in readings {
                rows.push(long_row(programme, sector, place, reading));
            }
        }
    }
    Table {
        name: "figures".to_owned(),
        file: "figures.csv".to_owned(),
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        rows,
        lines: Vec::new(),
    }
}

fn long_row(
    programme: &Programme,
    sector: &str,
    place: &Standing<'_>,
    reading: Option<&Reading>,
) -> Vec<String> {
    let row = reading.map(|own| &programme.structure[own.figure]);
    let used = reading.and_then(|own| own.used);
    let quotient = reading.and_then(|own| own.quotient);
    let told = |quotient: Option<Quotient>| match (quotient, used) {
        (Some(quotient), _) => quotient.to_string(),
        (None, Some(_)) => "unknown".to_owned(),
        (None, None) => String::new(),
    };
    let share = |share: Option<Share>| {
        share.map_or_else(|| "unknown".to_owned(), |share| share.to_string())
    };
    let stated = place.cell.stated.as_ref();
    vec![
        name(programme, place.cell.locality).to_owned(),
        kind(place.cell.locality).to_owned(),
        sector.to_owned(),
        row.map(|own| own.measure.clone()).unwrap_or_default(),
        row.map(|own| own.value.print()).unwrap_or_default(),
        row.map(|own| own.unit.clone()).unwrap_or_default(),
        row.map(|own| own.year.to_string()).unwrap_or_default(),
        used.map(|at| programme.quotients[at].quotient.print())
            .unwrap_or_default(),
        reading.map(|own| total(programme, own)).unwrap_or_default(),
        told(quotient.map(|own| own.raw)),
        told(quotient.map(|own| own.shrunk)),
        share(place.cell.computed),
        share(place.advantage),
        stated.map(|own| own.reason.clone()).unwrap_or_default(),
        row.map(|own| own.source.clone()).unwrap_or_default(),
        row.map(|own| own.confidence.print()).unwrap_or_default(),
    ]
}

/// What a figure is compared with, in words.
fn total(programme: &Programme, reading: &Reading) -> String {
    match reading.total {
        Total::Published(row) => {
            let row = &programme.structure[row];
            format!("{} in {}", row.value.print(), row.year)
        }
        Total::Summed => "sum of all places".to_owned(),
        Total::StandIn => "sum of the published places".to_owned(),
        Total::Unused => String::new(),
    }
}

/// Everything about the advantages, for machines: the rows of [`advantage_figures`] as objects, and
/// how many projects are in doubt.
#[must_use]
pub fn advantage_json(programme: &Programme, measure: Option<&str>) -> Value {
    let table = advantage_figures(programme, measure);
    let object = |row: &Vec<String>| {
        let cells = table.columns.iter().zip(row);
        let cells = cells.filter(|(_, cell)| !cell.is_empty());
        let object = cells.map(|(name, cell)| (name.clone(), json!(cell)));
        Value::Object(object.collect())
    };
    json!({
        "programme": { "vi": programme.about.title_vi, "en": programme.about.title_en },
        "figures": table.rows.iter().map(object).collect::<Vec<_>>(),
        "projects_with_unknown_advantage": programme.unknown_advantages(),
    })
}
