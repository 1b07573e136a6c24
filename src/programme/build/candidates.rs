//! Candidate projects with their variants, contents and scores.

use super::Directory;
use crate::phrase;
use crate::programme::resolve::Place;
use crate::programme::{
    ActivityId, Advantage, Area, AreaId, Content, ContentRecord, Facts, Project, ProjectRecord,
    SectorId, UnitId, Variant,
};
use crate::quantities::{Money, Share};
use crate::record::{Fault, Known};

pub(super) fn projects(
    facts: &Facts,
    directory: &Directory,
    areas: &[Area],
    advantage: &Advantage,
    faults: &mut Vec<Fault>,
) -> Vec<Project> {
    let variants = variants(facts, directory, faults);
    let scores = scores(facts, directory, faults);
    let mut projects = Vec::with_capacity(facts.projects.len());
    for ((record, row), (variants, scores)) in facts
        .projects
        .iter()
        .enumerate()
        .zip(variants.into_iter().zip(scores))
    {
        let place = |column| Place {
            table: "projects",
            record,
            column,
        };
        let mut optional = |codes: &crate::programme::resolve::Codes, code: &str, column| {
            (code != "none").then(|| codes.find(code, &place(column), faults).unwrap_or_default())
        };
        let area = optional(&directory.areas, &row.area, "area").map(AreaId::at);
        let sector = optional(&directory.sectors, &row.sector, "sector").map(SectorId::at);
        let units = units(row, directory, &place("unit"), faults);
        windows(row, &place("last_start"), faults);
        staff_months(row, facts, &units, &place("staff_months"), faults);
        if variants.iter().any(|variant| variant.contents.is_empty()) {
            no_content(&row.project, &place("project"), faults);
        }
        if variants
            .iter()
            .any(|variant| !variant.contents.is_empty() && variant.support() == Money::ZERO)
        {
            faults.push(place("project").fault(
                phrase!(
                    "đề án không đề nghị hỗ trợ đồng nào",
                    "the project asks for nothing"
                ),
                phrase!(
                    "hãy ghi mức hỗ trợ trong bảng contents",
                    "give its support in table contents"
                ),
            ));
        }
        let place_advantage = area.zip(sector).and_then(|(area, sector)| {
            let zone = areas.get(area.index())?.zone;
            advantage.of(area, zone, sector)?.advantage()
        });
        projects.push(Project {
            code: row.project.clone(),
            name: row.name.clone(),
            kind: row.kind,
            area,
            sector,
            units,
            beneficiary: row.beneficiary.clone(),
            beneficiary_type: row.beneficiary_type.clone(),
            groups: row.groups.clone(),
            tags: row.tags.clone(),
            counterpart_committed: row.counterpart_committed,
            other_state_source: row.other_state_source,
            first_start: row.first_start,
            last_start: row.last_start,
            profile: row.profile.clone(),
            beneficiaries: row.beneficiaries,
            jobs: row.jobs,
            staff_months: row.staff_months,
            advantage: place_advantage,
            variants,
            scores,
        });
    }
    projects
}

fn units(
    row: &ProjectRecord,
    directory: &Directory,
    place: &Place,
    faults: &mut Vec<Fault>,
) -> Vec<UnitId> {
    if row.unit == ["unknown"] {
        return Vec::new();
    }
    if row.unit.is_empty() {
        faults.push(place.fault(
            phrase!("ô này để trống", "the cell is blank"),
            phrase!(
                "hãy ghi đơn vị thực hiện, hoặc unknown nếu chưa biết",
                "name the implementing unit, or unknown if nobody is named yet"
            ),
        ));
    }
    let find = |code: &String| directory.units.find(code, place, faults);
    row.unit.iter().filter_map(find).map(UnitId::at).collect()
}

fn windows(row: &ProjectRecord, place: &Place, faults: &mut Vec<Fault>) {
    if row.last_start < row.first_start {
        let (first, last) = (row.first_start, row.last_start);
        faults.push(place.fault(
            phrase!(
                "năm bắt đầu muộn nhất ({last}) trước năm sớm nhất ({first})",
                "the last start ({last}) comes before the first ({first})"
            ),
            phrase!("hãy sửa một trong hai năm", "mend one of the two years"),
        ));
    }
}

/// A unit whose staff-months are limited needs to know what each of its projects takes.
fn staff_months(
    row: &ProjectRecord,
    facts: &Facts,
    units: &[UnitId],
    place: &Place,
    faults: &mut Vec<Fault>,
) {
    let limited = units
        .iter()
        .map(|unit| &facts.implementers[unit.index()])
        .find(|unit| unit.staff_months.is_some());
    if let (None, Some(unit)) = (row.staff_months, limited) {
        let unit = &unit.unit;
        faults.push(place.fault(
            phrase!(
                "đơn vị {unit} có giới hạn tháng công, nhưng đề án chưa ghi cần bao nhiêu",
                "the unit {unit} has a limit of staff-months, but the project does not say what it takes"
            ),
            phrase!(
                "hãy ghi số tháng công mỗi năm của đề án",
                "write the staff-months that it takes a year"
            ),
        ));
    }
}

fn no_content(project: &str, place: &Place, faults: &mut Vec<Fault>) {
    faults.push(place.fault(
        phrase!(
            "đề án {project} có phương án không có nội dung nào",
            "{project} has a variant without any content"
        ),
        phrase!(
            "hãy thêm ít nhất một dòng cho đề án trong bảng contents",
            "add at least one row for it to table contents"
        ),
    ));
}

/// The variants of each project with their contents, by position of the project.
fn variants(facts: &Facts, directory: &Directory, faults: &mut Vec<Fault>) -> Vec<Vec<Variant>> {
    let mut all: Vec<Vec<Variant>> = vec![Vec::new(); facts.projects.len()];
    for (record, row) in facts.variants.iter().enumerate() {
        let place = |column| Place {
            table: "variants",
            record,
            column,
        };
        let found = directory
            .projects
            .find(&row.project, &place("project"), faults);
        let Some(project) = found else { continue };
        if all[project]
            .iter()
            .any(|variant| variant.name == row.variant)
        {
            let variant = &row.variant;
            faults.push(place("variant").fault(
                phrase!(
                    "phương án “{variant}” có hai dòng",
                    "the variant “{variant}” stands twice"
                ),
                phrase!("hãy bỏ một dòng", "remove one of the rows"),
            ));
            continue;
        }
        all[project].push(Variant {
            name: row.variant.clone(),
            benefit_share: row.benefit_share,
            contents: Vec::new(),
        });
    }
    for variants in all.iter_mut().filter(|variants| variants.is_empty()) {
        variants.push(Variant {
            name: "full".to_owned(),
            benefit_share: Share(Share::WHOLE),
            contents: Vec::new(),
        });
    }
    for (record, row) in facts.contents.iter().enumerate() {
        content(record, row, directory, &mut all, faults);
    }
    all
}

fn content(
    record: usize,
    row: &ContentRecord,
    directory: &Directory,
    all: &mut [Vec<Variant>],
    faults: &mut Vec<Fault>,
) {
    let place = |column| Place {
        table: "contents",
        record,
        column,
    };
    let project = directory
        .projects
        .find(&row.project, &place("project"), faults);
    let activity = directory
        .activities
        .find(&row.activity, &place("activity"), faults);
    if row.quantity == 0 {
        faults.push(place("quantity").fault(
            phrase!("số lượng bằng 0", "the quantity is 0"),
            phrase!("hãy ghi ít nhất là 1", "write at least 1"),
        ));
    }
    if let Some(cost) = row.total_cost.get().filter(|&cost| cost < row.support) {
        let support = row.support;
        faults.push(place("support").fault(
            phrase!(
                "mức hỗ trợ {support} lớn hơn tổng kinh phí {cost}",
                "the support {support} is larger than the total cost {cost}"; support, cost
            ),
            phrase!(
                "hãy kiểm tra đơn vị: mọi số tiền đều tính bằng triệu đồng",
                "check the unit: every amount is in million đồng"
            ),
        ));
    }
    let (Some(project), Some(activity)) = (project, activity) else {
        return;
    };
    let content = Content {
        name: row.content.clone(),
        activity: ActivityId::at(activity),
        quantity: row.quantity,
        total_cost: row.total_cost,
        support: row.support,
    };
    let variants = &mut all[project];
    match &row.variant {
        None => variants
            .iter_mut()
            .for_each(|variant| variant.contents.push(content.clone())),
        Some(name) => match variants.iter_mut().find(|variant| &variant.name == name) {
            Some(variant) => variant.contents.push(content),
            None => faults.push(place("variant").fault(
                phrase!(
                    "đề án không có phương án “{name}”",
                    "the project has no variant “{name}”"
                ),
                phrase!(
                    "hãy thêm phương án vào bảng variants, hoặc để trống ô này",
                    "add the variant to table variants, or leave the cell blank"
                ),
            )),
        },
    }
}

/// The scores of each project, by position; unknown where no row gives them.
fn scores(facts: &Facts, directory: &Directory, faults: &mut Vec<Fault>) -> Vec<Vec<Known<i64>>> {
    let mut all = vec![vec![Known::Unknown; facts.criteria.len()]; facts.projects.len()];
    let mut seen = vec![false; facts.projects.len()];
    for (record, row) in facts.scores.iter().enumerate() {
        let place = Place {
            table: "scores",
            record,
            column: "project",
        };
        if let Some(project) = directory.projects.find(&row.project, &place, faults) {
            if std::mem::replace(&mut seen[project], true) {
                let project = &row.project;
                faults.push(place.fault(
                    phrase!(
                        "đề án {project} được chấm điểm hai lần",
                        "{project} is scored twice"
                    ),
                    phrase!("hãy bỏ một dòng", "remove one of the rows"),
                ));
            }
            all[project].clone_from(&row.scores);
        }
    }
    all
}
