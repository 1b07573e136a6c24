//! `datasets/tiny`, changed table by table, and every plan of it.

use std::path::{Path, PathBuf};

use trongdiem::formulation::{Decision, Formulation};
use trongdiem::plan::Plan;
use trongdiem::programme::{Programme, SourceId, UnitId, VariantId};
use trongdiem::quantities::Year;
use trongdiem::record::Fault;
use trongdiem::tables;

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A programme from a folder; panics with the faults.
pub fn programme_of(folder: &Path) -> Programme {
    tables::read_programme(folder, &[])
        .unwrap_or_else(|faults| panic!("{}", list(&faults)))
        .0
}

/// The faults, one below the other.
pub fn list(faults: &[Fault]) -> String {
    let texts: Vec<_> = faults.iter().map(ToString::to_string).collect();
    texts.join("\n")
}

/// `datasets/tiny` as it is.
pub fn programme() -> Programme {
    programme_of(&root().join("datasets/tiny"))
}

/// `datasets/tiny` with tables put in the place of its own, or beside them.
pub fn programme_with(tables: &[(&str, String)]) -> Programme {
    let folder = copy_of("tiny");
    for (table, text) in tables {
        std::fs::write(folder.path().join(format!("{table}.csv")), text).unwrap();
    }
    programme_of(folder.path())
}

/// A copy of a shipped dataset to be damaged.
pub fn copy_of(dataset: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(root().join("datasets").join(dataset)).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    copy
}

/// Every decision of the four projects that gates let through, national money for the two that
/// may have it: what plans are made of here, whatever gates say of a changed table.
pub fn decisions(programme: &Programme) -> Vec<Vec<Decision>> {
    let source = |code: &str| {
        let position = programme
            .sources
            .iter()
            .position(|source| source.code == code);
        position.map(SourceId::at)
    };
    let mut all = Vec::new();
    for code in ["tea-line", "coffee-roaster", "tea-dryer", "training"] {
        let project = programme.find(code).unwrap();
        let own = programme.project(project);
        let mut decisions = Vec::new();
        for variant in 0..own.variants.len() {
            for &start in &programme.years {
                if own.last_open(start) > programme.last_year() {
                    continue;
                }
                let national =
                    matches!(code, "tea-line" | "coffee-roaster").then(|| source("national"));
                for source in [source("local"), national.flatten()].into_iter().flatten() {
                    for &unit in &own.units {
                        decisions.push(Decision {
                            project,
                            variant: VariantId::at(variant),
                            source,
                            start,
                            unit: Some(unit),
                        });
                    }
                }
            }
        }
        all.push(decisions);
    }
    all
}

/// A formulation of all [`decisions`], without benefit.
pub fn formulation(programme: &Programme) -> Formulation {
    let all = decisions(programme).into_iter().flatten();
    let columns = all
        .map(|decision| (decision, format!("{decision:?}"), 0))
        .collect();
    Formulation::new(columns, |decision| {
        programme.project(decision.project).code.clone()
    })
}

/// Every plan there is: 5 × 13 × 7 × 4.
pub fn plans(programme: &Programme) -> Vec<Plan> {
    let mut plans = vec![Vec::new()];
    for options in decisions(programme) {
        let mut more = Vec::new();
        for plan in &plans {
            for option in &options {
                let mut longer: Vec<Decision> = plan.clone();
                longer.push(*option);
                more.push(longer);
            }
        }
        plans.extend(more);
    }
    plans
        .into_iter()
        .map(|decisions| Plan::new(programme, decisions))
        .collect()
}

/// A decision written as `tea-dryer/small:national+branch@2027`: variant, fund and unit may be
/// left out (`full` or the only one, `local`, the first).
pub fn decision(programme: &Programme, text: &str) -> Decision {
    let (rest, year) = text.trim().split_once('@').expect("@year");
    let (rest, unit) = rest
        .split_once('+')
        .map_or((rest, None), |(rest, unit)| (rest, Some(unit)));
    let (rest, fund) = rest.split_once(':').unwrap_or((rest, "local"));
    let (code, variant) = rest.split_once('/').unwrap_or((rest, "full"));
    let project = programme
        .find(code)
        .unwrap_or_else(|| panic!("no project {code}"));
    let own = programme.project(project);
    let named = |name: &str| {
        let position = programme
            .units
            .iter()
            .position(|unit| unit.named.code == name);
        UnitId::at(position.expect("a unit"))
    };
    Decision {
        project,
        variant: VariantId::at(
            own.variants
                .iter()
                .position(|v| v.name == variant)
                .expect("a variant"),
        ),
        source: SourceId::at(
            programme
                .sources
                .iter()
                .position(|s| s.code == fund)
                .expect("a fund"),
        ),
        start: Year::parse(year.trim()).unwrap(),
        unit: unit.map(named).or_else(|| own.units.first().copied()),
    }
}

/// A plan written as decisions separated by commas.
pub fn plan(programme: &Programme, text: &str) -> Plan {
    let decisions = text.split(',').map(|part| decision(programme, part));
    Plan::new(programme, decisions.collect::<Vec<_>>())
}
