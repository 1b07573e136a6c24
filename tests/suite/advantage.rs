//! Regional advantage: published figures to quotients to what a project is given.

use std::path::Path;

use trongdiem::analysis::strengths;
use trongdiem::programme::{AdvantageCell, Locality, Programme, SectorId, Total};
use trongdiem::quantities::Share;
use trongdiem::quotient::Quotient;
use trongdiem::tables;

use crate::tiny;

const STRUCTURE: &str = "place,sector,measure,value,unit,year,source,confidence\n";
const QUOTIENTS: &str = "measure,name_vi,name_en,quotient,weight,half_at\n";

/// Two zones with two crops each; an older figure of one of them.
const AREAS: &[&str] = &[
    "Vùng Bắc,tea,area,99,ha,2019,a,high",
    "Vùng Bắc,tea,area,30,ha,2022,a,high",
    "Vùng Bắc,coffee,area,10,ha,2022,a,high",
    "Vùng Nam,tea,area,20,ha,2022,a,high",
    "Vùng Nam,coffee,area,40,ha,2022,a,high",
];

const LOCATION: &[&str] = &["area,Diện tích,Area,location,1,"];

/// A copy of `datasets/tiny` with such tables.
fn folder(structure: &[&str], quotients: &[&str], advantage: Option<&str>) -> tempfile::TempDir {
    let folder = tiny::copy_of("tiny");
    let write = |name: &str, text: String| {
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write(
        "structure.csv",
        STRUCTURE.to_owned() + &structure.join("\n"),
    );
    write(
        "quotients.csv",
        QUOTIENTS.to_owned() + &quotients.join("\n"),
    );
    match advantage {
        Some(text) => write("advantage.csv", text.to_owned()),
        None => std::fs::remove_file(folder.path().join("advantage.csv")).unwrap(),
    }
    folder
}

fn programme(structure: &[&str], quotients: &[&str]) -> Programme {
    tiny::programme_of(folder(structure, quotients, None).path())
}

fn name(programme: &Programme, locality: Locality) -> &str {
    match locality {
        Locality::Area(area) => &programme.areas[area.index()].name,
        Locality::Zone(zone) => &programme.zones[zone.index()],
    }
}

fn cell<'a>(programme: &'a Programme, place: &str, sector: &str) -> &'a AdvantageCell {
    let named = |own: &&AdvantageCell| {
        name(programme, own.locality) == place
            && programme.sectors[own.sector.index()].code == sector
    };
    programme.advantage.cells().iter().find(named).unwrap()
}

fn quotient(programme: &Programme, place: &str, sector: &str) -> Option<Quotient> {
    let readings = &cell(programme, place, sector).readings;
    let used = readings.iter().find(|reading| reading.used.is_some());
    used.unwrap().quotient.map(|own| own.raw)
}

fn of_project(programme: &Programme, code: &str) -> Option<Share> {
    programme.project(programme.find(code).unwrap()).advantage
}

/// The published figures of Hòa Bình: the larger base comes first once small bases are shrunk.
#[test]
fn orange_of_cao_phong_comes_before_tea_of_da_bac_once_shrunk() {
    let programme = tiny::programme_of(&tiny::root().join("datasets/hoa-binh"));
    let of = |place, sector| {
        cell(&programme, place, sector).readings[0]
            .quotient
            .unwrap()
    };
    let (orange, tea) = (of("Cao Phong", "orange"), of("Đà Bắc", "tea"));
    let two = |quotient: Quotient| (quotient.0 + 5_000) / 10_000;
    assert_eq!((two(orange.raw), two(tea.raw)), (348, 505));
    assert!(orange.shrunk > tea.shrunk, "{orange:?} {tea:?}");
    // 1 + 1676 / (1676 + 181.998) × 2.481875, and 1 + 131.2 / (131.2 + 181.998) × 4.052236
    assert_eq!((two(orange.shrunk), two(tea.shrunk)), (324, 270));
}

/// 30 of 40 against 50 of 100 makes 1.5; the figure of 2019 is not used.
#[test]
fn the_latest_figures_give_every_project_its_advantage() {
    let programme = programme(AREAS, LOCATION);
    assert_eq!(
        quotient(&programme, "Vùng Bắc", "tea"),
        Some(Quotient(1_500_000))
    );
    let reading = cell(&programme, "Vùng Bắc", "tea").readings[0];
    assert_eq!((reading.figure, reading.total), (1, Total::Summed));
    assert_eq!(of_project(&programme, "tea-line"), Some(Share(10_000)));
    assert_eq!(of_project(&programme, "tea-dryer"), Some(Share(0)));
    assert_eq!(of_project(&programme, "coffee-roaster"), Some(Share(0)));
    assert_eq!(of_project(&programme, "training"), None);
    assert_eq!(programme.unknown_advantages(), 0);
}

#[test]
fn an_experts_value_overrides_and_an_area_goes_before_its_zone() {
    let stated = "place,sector,advantage,reason\n\
        Vùng Nam,tea,40%,a factory is being built\n\
        Xã Cà Phê,coffee,60%,the only roaster\n";
    let programme = tiny::programme_of(folder(AREAS, LOCATION, Some(stated)).path());
    let own = cell(&programme, "Vùng Nam", "tea");
    assert_eq!(own.computed, Some(Share(0)));
    let reason = own.stated.as_ref().map(|own| own.reason.as_str());
    assert_eq!(reason, Some("a factory is being built"));
    assert_eq!(of_project(&programme, "tea-dryer"), Some(Share(4_000)));
    assert_eq!(of_project(&programme, "coffee-roaster"), Some(Share(6_000)));
    let roaster = programme.project(programme.find("coffee-roaster").unwrap());
    let from = programme.advantage_of(roaster).unwrap();
    assert_eq!(name(&programme, from.locality), "Xã Cà Phê");
}

/// Without its coffee, the tea of Vùng Bắc is no part of anything known.
#[test]
fn a_missing_cell_is_unknown_and_makes_its_place_unknown() {
    let province = [
        "province,tea,area,50,ha,2022,a,high",
        "province,coffee,area,50,ha,2022,a,high",
    ];
    let rows: Vec<_> = AREAS
        .iter()
        .filter(|row| !row.starts_with("Vùng Bắc,coffee"))
        .chain(&province)
        .copied()
        .collect();
    let programme = programme(&rows, LOCATION);
    assert_eq!(quotient(&programme, "Vùng Bắc", "tea"), None);
    assert_eq!(of_project(&programme, "tea-line"), None);
    assert_eq!(of_project(&programme, "tea-dryer"), Some(Share(0)));
    assert_eq!(programme.unknown_advantages(), 3);
    // A share of the province needs the sector alone.
    let share = ["area,Diện tích,Area,share,1,"];
    let programme = self::programme(&rows, &share);
    let of_north = quotient(&programme, "Vùng Bắc", "tea");
    assert_eq!(of_north, Some(Quotient(600_000)));
    let total = cell(&programme, "Vùng Bắc", "tea").readings[0].total;
    assert!(matches!(total, Total::Published(row) if row == rows.len() - 2));
    assert_eq!(of_project(&programme, "tea-dryer"), Some(Share(6_667)));
    // Without a row of the province, those published stand in for it.
    let programme = self::programme(&["Vùng Bắc,tea,area,30,ha,2022,a,high"], &share);
    let own = cell(&programme, "Vùng Bắc", "tea");
    assert_eq!(own.readings[0].total, Total::StandIn);
    assert_eq!(own.advantage(), Some(Share(Share::WHOLE)));
}

/// (1 × 0.5 + 3 × 0.8) / 4 = 0.725 against (1 × −0.333333 + 3 × 0.2) / 4 = 0.066667.
#[test]
fn measures_are_weighed_where_they_are_known() {
    let workers = [
        "Vùng Bắc,tea,workers,80,người,2022,a,high",
        "Vùng Nam,tea,workers,20,người,2022,a,high",
        "Vùng Nam,tea,kilns,7,lò,2022,a,high",
    ];
    let rows = [AREAS, &workers].concat();
    let quotients = [LOCATION, &["workers,Lao động,Workers,share,3,"]].concat();
    let programme = programme(&rows, &quotients);
    assert_eq!(of_project(&programme, "tea-line"), Some(Share(10_000)));
    assert_eq!(of_project(&programme, "tea-dryer"), Some(Share(920)));
    // Coffee has no workers: its area alone.
    let coffee = cell(&programme, "Vùng Nam", "coffee");
    assert_eq!(coffee.advantage(), Some(Share(10_000)));
    // A measure without a quotient is kept and not used.
    let kept = cell(&programme, "Vùng Nam", "tea").readings[2];
    assert_eq!((kept.used, kept.total), (None, Total::Unused));
    assert_eq!(programme.structure[kept.figure].measure, "kilns");
}

#[test]
fn strengths_rank_places_and_leave_the_unknown_last() {
    let programme = tiny::programme_of(&tiny::root().join("datasets/hoa-binh"));
    let all = strengths(&programme, None);
    let of = |code: &str| {
        let is = |id: SectorId| programme.sectors[id.index()].code == code;
        all.iter().find(|own| is(own.sector)).unwrap()
    };
    let tea: Vec<_> = of("tea").places.iter().map(|own| own.advantage).collect();
    assert!(tea.is_sorted_by(|one, other| one >= other));
    assert_eq!(tea.len(), 10);
    let unknown = |own: &trongdiem::analysis::Standing| own.advantage.is_none();
    assert!(of("sugarcane").places.iter().all(unknown));
    let alone = strengths(&programme, Some("harvested_area_2018"));
    assert_eq!(alone.len(), 1);
    assert!(alone[0].places.iter().all(|own| own.quotient.is_none()));
}

fn faults(path: &Path) -> String {
    match tables::read_programme(path, &[]) {
        Ok(_) => panic!("No fault"),
        Err(faults) => tiny::list(&faults),
    }
}

#[test]
fn faults_of_the_structure_are_told_with_place_and_remedy() {
    let rows = |more: &[&'static str]| [AREAS, more].concat();
    let cases: &[(Vec<&str>, &[&str], &str)] = &[
        (
            rows(&["Vùng Tây,tea,area,5,ha,2022,a,high"]),
            LOCATION,
            "structure.csv, row 7, column place: there is no area or zone “Vùng Tây”",
        ),
        (
            rows(&["Vùng Nam,cocoa,area,5,ha,2022,a,high"]),
            LOCATION,
            "structure.csv, row 7, column sector: “cocoa” is not in table sectors",
        ),
        (
            rows(&["Vùng Nam,tea,area,5,ha,2022,a,high"]),
            LOCATION,
            "structure.csv, row 7, column year: Vùng Nam has a figure for tea in 2022 already, in row 5",
        ),
        (
            rows(&["Vùng Nam,tea,area,-5,ha,2021,a,high"]),
            LOCATION,
            "structure.csv, row 7, column value: “-5” is negative",
        ),
        (
            rows(&["Vùng Nam,tea,area,5,t,2021,a,high"]),
            LOCATION,
            "structure.csv, row 7, column unit: area is in t here, but in ha in row 2",
        ),
        (
            rows(&["province,tea,area,25,ha,2021,a,high"]),
            LOCATION,
            "structure.csv, row 3, column value: 30 is more than the whole province has (25 in 2021, row 7)",
        ),
        (
            rows(&[]),
            &["area,a,a,location,1,", "area,a,a,share,1,"],
            "quotients.csv, row 3, column measure: the measure area stands twice",
        ),
        (
            rows(&[]),
            &["aera,a,a,location,1,"],
            "quotients.csv, row 2, column measure: table structure has no measure “aera”",
        ),
        (
            rows(&[]),
            &["area,a,a,location,0,"],
            "quotients.csv, row 2, column weight: every weight is 0",
        ),
        (
            rows(&[]),
            &["area,a,a,location,-1,"],
            "quotients.csv, row 2, column weight: “-1” is negative",
        ),
        (
            rows(&[]),
            &["area,a,a,share,1,5%"],
            "quotients.csv, row 2, column half_at: a share of the province is not shrunk",
        ),
        (
            rows(&[]),
            &["area,a,a,density,1,5%"],
            "quotients.csv, row 2, column quotient: density needs the surface of every area, and that of Xã Suối is unknown",
        ),
        (
            vec![AREAS[1], AREAS[3], AREAS[4]],
            LOCATION,
            "quotients.csv, row 2, column quotient: location needs the province's total of area in every sector; there is none for: coffee",
        ),
    ];
    for (structure, quotients, expected) in cases {
        let text = faults(folder(structure, quotients, None).path());
        assert!(text.contains(expected), "{expected} is not told:\n{text}");
        assert_eq!(
            text.matches("    remedy: ").count(),
            1,
            "{expected} is not alone:\n{text}"
        );
    }
}
