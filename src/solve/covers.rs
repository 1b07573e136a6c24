//! Which covers of floors a point of the relaxation breaks.

use crate::formulation::{Floor, Formulation, Row};

/// By how much a point must break a row for it to be worth adding.
const WORTH: f64 = 1e-4;

/// The cover rows that the values of a relaxation break, one for a floor at the most.
///
/// A cover is sought greedily: projects leave it in the order of how much of them the relaxation
/// takes, the most first, as long as those outside together stay below the floor.
pub(super) fn broken(formulation: &Formulation, floors: &[Floor], values: &[f64]) -> Vec<Row> {
    let decisions = formulation.benefit().len();
    let broken = floors.iter().filter_map(|floor| {
        let asked = floor
            .helper
            .map_or(1.0, |id| values[decisions + id.index()]);
        if asked < WORTH {
            return None;
        }
        let groups = cover(floor, values);
        let taken: f64 = groups
            .iter()
            .map(|group| taken(floor, *group, values))
            .sum();
        let is_broken = !groups.is_empty() && taken < asked - WORTH;
        is_broken
            .then(|| formulation.cover_row(floor, &groups))
            .flatten()
    });
    broken.collect()
}

/// How much of a project a point takes.
fn taken(floor: &Floor, group: usize, values: &[f64]) -> f64 {
    let decisions = floor.parts.get(&group).map_or(&[][..], |(_, own)| own);
    decisions.iter().map(|id| values[id.index()]).sum()
}

/// A minimal cover of which the point takes little.
fn cover(floor: &Floor, values: &[f64]) -> Vec<usize> {
    let mut groups: Vec<(f64, usize)> = floor
        .parts
        .keys()
        .map(|&group| (taken(floor, group, values), group))
        .collect();
    groups.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut outside: i128 = 0;
    let mut cover = Vec::new();
    for (_, group) in groups {
        let most = floor.parts[&group].0;
        if outside + most < floor.least {
            outside += most;
        } else {
            cover.push(group);
        }
    }
    cover
}
