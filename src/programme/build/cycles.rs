//! Prerequisites that lead back to where they began.

use crate::phrase;
use crate::programme::resolve::Place;
use crate::programme::{Project, ProjectId, Relation, RelationKind};
use crate::record::Fault;

/// A fault for each row of table `relations` by which a project comes to require itself; the
/// relations stand in the order of the table.
pub(super) fn cycles(relations: &[Relation], projects: &[Project], faults: &mut Vec<Fault>) {
    let mut required: Vec<Vec<ProjectId>> = vec![Vec::new(); projects.len()];
    for (record, relation) in relations.iter().enumerate() {
        let asks = matches!(
            relation.kind,
            RelationKind::RequiresStarted | RelationKind::RequiresCompleted
        );
        let Some(project) = relation.project.filter(|_| asks) else {
            continue;
        };
        for &other in &relation.others {
            // Rows that close a circle are told and not followed, so that each is told once.
            let Some(path) = path(&required, other, project) else {
                required[project.index()].push(other);
                continue;
            };
            let circle = [&[project][..], &path].concat();
            let codes = circle.iter().map(|own| projects[own.index()].code.as_str());
            let circle = codes.collect::<Vec<_>>().join(" → ");
            let place = Place {
                table: "relations",
                record,
                column: "others",
            };
            faults.push(place.fault(
                phrase!(
                    "điều kiện tiên quyết quay vòng: {circle}",
                    "the prerequisites run in a circle: {circle}"
                ),
                phrase!(
                    "hãy bỏ một quan hệ trong vòng; các đề án phải làm cùng nhau thì ghi thành một đề án",
                    "remove one relation of the circle; projects that must go together are one project"
                ),
            ));
        }
    }
}

/// The projects on a way from `from` to `to` by what each requires, both included.
fn path(required: &[Vec<ProjectId>], from: ProjectId, to: ProjectId) -> Option<Vec<ProjectId>> {
    let mut ways = vec![vec![from]];
    let mut seen = vec![false; required.len()];
    while let Some(way) = ways.pop() {
        let Some(&last) = way.last() else { continue };
        if last == to {
            return Some(way);
        }
        if std::mem::replace(&mut seen[last.index()], true) {
            continue;
        }
        for &next in &required[last.index()] {
            ways.push([&way[..], &[next]].concat());
        }
    }
    None
}
