//! Which candidates would repeat a demonstration model: machinery in the model's own zone and
//! sector.

use super::candidate::Candidate;
use super::ground::Ground;
use crate::programme::{Kind, ProjectRecord};

/// The mark of a replica.
const MARK: &str = "replica";
/// Replicas of one model, at most.
const MOST: usize = 2;

/// Marks, for each zone and sector with a demonstration model, the first single candidates that
/// ask for machinery there.
pub(super) fn mark(ground: &Ground, candidates: &[Candidate], projects: &mut [ProjectRecord]) {
    let point = |own: &Candidate| Some((ground.zone_of(own.area?), own.sector?));
    let does =
        |own: &Candidate, code: &str| own.items.iter().any(|item| item.activity.code == code);
    let mut models: Vec<_> = candidates
        .iter()
        .filter(|own| does(own, "demonstration_model"))
        .filter_map(point)
        .collect();
    models.sort_unstable();
    models.dedup();
    for model in models {
        let replicas = candidates.iter().enumerate().filter(|(_, own)| {
            own.kind == Kind::Single
                && does(own, "machinery")
                && !does(own, "demonstration_model")
                && point(own) == Some(model)
        });
        for (position, _) in replicas.take(MOST) {
            projects[position].tags.push(MARK.to_owned());
        }
    }
}
