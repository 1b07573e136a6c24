//! Relations between projects, commitments, and published targets.

use std::collections::HashSet;

use super::Directory;
use super::framework::outside;
use crate::phrase;
use crate::programme::resolve::Place;
use crate::programme::{
    ActivityId, Commitment, CommitmentRecord, EarlierGrant, Facts, Project, ProjectId, Relation,
    RelationKind, Source, SourceId, UnitId, VariantId,
};
use crate::quantities::Year;
use crate::record::Fault;

pub(super) fn relations(
    facts: &Facts,
    directory: &Directory,
    faults: &mut Vec<Fault>,
) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (record, row) in facts.relations.iter().enumerate() {
        let place = |column| Place {
            table: "relations",
            record,
            column,
        };
        let needs_project = row.relation != RelationKind::AtMost;
        if needs_project != row.project.is_some() {
            faults.push(place("project").fault(
                phrase!(
                    "cột project chỉ để trống khi quan hệ là at_most",
                    "project is blank for at_most, and only for it"
                ),
                phrase!(
                    "hãy ghi hoặc xóa mã đề án",
                    "write or remove the project's code"
                ),
            ));
        }
        if needs_project == row.most.is_some() {
            faults.push(place("most").fault(
                phrase!(
                    "cột most chỉ có giá trị khi quan hệ là at_most",
                    "most is given for at_most, and only for it"
                ),
                phrase!("hãy ghi hoặc xóa con số", "write or remove the number"),
            ));
        }
        if row.others.is_empty() {
            faults.push(place("others").fault(
                phrase!("ô này để trống", "the cell is blank"),
                phrase!(
                    "hãy ghi các mã đề án, cách nhau bằng dấu ;",
                    "list the projects, separated by ;"
                ),
            ));
        }
        let project = row.project.as_deref();
        let find = |code: &str, column, faults: &mut Vec<Fault>| {
            directory.projects.find(code, &place(column), faults)
        };
        let project_id = project.and_then(|code| find(code, "project", faults));
        let others = row
            .others
            .iter()
            .filter_map(|code| find(code, "others", faults));
        let others: Vec<_> = others.map(ProjectId::at).collect();
        relations.push(Relation {
            kind: row.relation,
            project: project_id.map(ProjectId::at),
            others,
            most: row.most.unwrap_or_default(),
        });
    }
    relations
}

pub(super) fn commitments(
    facts: &Facts,
    directory: &Directory,
    sources: &[Source],
    projects: &[Project],
    years: &[Year],
    faults: &mut Vec<Fault>,
) -> Vec<Commitment> {
    let mut seen = HashSet::new();
    let mut commitments = Vec::new();
    for (record, row) in facts.commitments.iter().enumerate() {
        let place = |column| Place {
            table: "commitments",
            record,
            column,
        };
        if !years.contains(&row.start) {
            faults.push(outside(row.start, &place("start"), years));
        }
        let found = directory
            .projects
            .find(&row.project, &place("project"), faults);
        let source = sources.iter().position(|source| source.code == row.fund);
        if source.is_none() {
            directory.funds.find(&row.fund, &place("fund"), faults);
        }
        let Some(position) = found else { continue };
        if !seen.insert(position) {
            let project = &row.project;
            faults.push(place("project").fault(
                phrase!(
                    "đề án {project} được cam kết hai lần",
                    "{project} is promised twice"
                ),
                phrase!("hãy bỏ một dòng", "remove one of the rows"),
            ));
        }
        let resolved = promise(
            row,
            position,
            source,
            &projects[position],
            directory,
            &place,
            faults,
        );
        commitments.extend(resolved);
    }
    commitments
}

fn promise(
    row: &CommitmentRecord,
    position: usize,
    source: Option<usize>,
    project: &Project,
    directory: &Directory,
    place: &impl Fn(&'static str) -> Place,
    faults: &mut Vec<Fault>,
) -> Option<Commitment> {
    let variant = project.variants.iter().position(|v| v.name == row.variant);
    if variant.is_none() {
        let variant = &row.variant;
        faults.push(place("variant").fault(
            phrase!(
                "đề án không có phương án “{variant}”",
                "the project has no variant “{variant}”"
            ),
            phrase!(
                "hãy dùng một phương án của đề án (full nếu chỉ có một)",
                "use one of the project's variants (full if it has but one)"
            ),
        ));
    }
    let unit = row.unit.as_deref().and_then(|code| {
        let found = directory.units.find(code, &place("unit"), faults)?;
        Some(UnitId::at(found))
    });
    let fits = match unit {
        Some(unit) => project.units.contains(&unit),
        None => project.units.is_empty() || row.unit.is_some(),
    };
    if !fits {
        faults.push(place("unit").fault(
            phrase!(
                "đơn vị không nằm trong các đơn vị của đề án",
                "the unit is none of the project's units"
            ),
            phrase!(
                "hãy ghi một đơn vị mà bảng projects nêu cho đề án này",
                "write one of the units that table projects names for this project"
            ),
        ));
    }
    Some(Commitment {
        project: ProjectId::at(position),
        variant: VariantId::at(variant?),
        source: SourceId::at(source?),
        start: row.start,
        unit,
    })
}

pub(super) fn targets(facts: &Facts, years: &[Year], faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for (record, row) in facts.targets.iter().enumerate() {
        let place = |column| Place {
            table: "targets",
            record,
            column,
        };
        if !seen.insert(&row.target) {
            let target = &row.target;
            faults.push(place("target").fault(
                phrase!(
                    "chỉ tiêu {target} có hai dòng",
                    "the target {target} stands twice"
                ),
                phrase!(
                    "hãy đổi mã hoặc bỏ một dòng",
                    "change the code or remove a row"
                ),
            ));
        }
        if row.at_least.is_none() && row.at_most.is_none() {
            faults.push(place("at_least").fault(
                phrase!("chỉ tiêu không có mức nào", "the target asks for nothing"),
                phrase!(
                    "hãy ghi at_least, at_most hoặc cả hai",
                    "write at_least, at_most or both"
                ),
            ));
        }
        for (year, column) in [(row.from, "from"), (row.to, "to")] {
            if let Some(year) = year.filter(|year| !years.contains(year)) {
                faults.push(outside(year, &place(column), years));
            }
        }
        if row.from.zip(row.to).is_some_and(|(from, to)| from > to) {
            faults.push(place("to").fault(
                phrase!(
                    "giai đoạn kết thúc trước khi bắt đầu",
                    "the period ends before it begins"
                ),
                phrase!("hãy sửa một trong hai năm", "mend one of the two years"),
            ));
        }
        let most = row.at_most.unwrap_or(i64::MAX);
        if row.at_least.is_some_and(|least| least > most) {
            faults.push(place("at_most").fault(
                phrase!(
                    "mức tối thiểu lớn hơn mức tối đa",
                    "the least is above the most"
                ),
                phrase!("hãy sửa một trong hai mức", "mend one of the two"),
            ));
        }
    }
}

pub(super) fn earlier_grants(
    facts: &Facts,
    directory: &Directory,
    faults: &mut Vec<Fault>,
) -> Vec<EarlierGrant> {
    let mut grants = Vec::new();
    for (record, row) in facts.earlier_grants.iter().enumerate() {
        let place = Place {
            table: "earlier_grants",
            record,
            column: "activity",
        };
        if let Some(activity) = directory.activities.find(&row.activity, &place, faults) {
            grants.push(EarlierGrant {
                beneficiary: row.beneficiary.clone(),
                year: row.year,
                activity: ActivityId::at(activity),
                support: row.support,
            });
        }
    }
    grants
}

pub(super) fn recognitions(facts: &Facts, faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for (record, row) in facts.recognitions.iter().enumerate() {
        if !seen.insert((&row.beneficiary, &row.product, row.year)) {
            let place = Place {
                table: "recognitions",
                record,
                column: "product",
            };
            faults.push(place.fault(
                phrase!(
                    "sản phẩm này đã được ghi nhận trong cùng năm ở một dòng trước",
                    "this product is recognised in the same year by an earlier row"
                ),
                phrase!("hãy bỏ một dòng", "remove one of the rows"),
            ));
        }
    }
}
