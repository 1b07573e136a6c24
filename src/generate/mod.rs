//! Programmes made by seed: candidates as provinces really have them, on the frame of a dataset or
//! on one made up. The same arguments give the same facts on every machine.
//!
//! What is drawn follows the published figures: the mix of activities, costs and shares of awards,
//! the norms. What no source gives (scores, answers, windows, who applies where) is chosen so that
//! there is something to decide: requests of more than twice the ceilings, every gate refusing
//! some, many small grants of decent merit in weak places beside large pilots in strong ones.

mod activity;
mod candidate;
mod content;
mod draw;
mod frame;
mod ground;
mod law;
mod name;
mod pilot;
mod promise;
mod score;
mod size;
mod slot;
mod traits;
mod window;
mod write;

use crate::programme::Facts;
use crate::words;
use ground::Ground;

words! {
    /// What kind of programme is made.
    pub enum Profile {
        /// One province: 26 zones, 12 sectors, 4 implementing units.
        Province = "province",
        /// The country: 34 provinces as zones, 3 321 areas, one unit a province.
        Nation = "nation",
        /// Few large items in 12 areas and 8 sectors under scarce and uneven ceilings: hard to solve.
        Tight = "tight",
    }
}

/// The facts of a programme with `projects` candidates, drawn by `seed`. Everything but the
/// candidates (with their relations and commitments) is taken from `like` where given, else made
/// up for the profile.
///
/// A frame none of whose activities is of the shared vocabulary, or is paid for by any fund, gets
/// no candidates.
#[must_use]
pub fn generate(profile: Profile, projects: usize, seed: u64, like: Option<&Facts>) -> Facts {
    let frame = like.map_or_else(|| frame::made_up(profile, projects, seed), frame::of);
    let ground = Ground::new(profile, &frame, seed);
    let slots = slot::slots(&ground, projects, seed);
    let mut candidates = size::fitted(&ground, &slots, seed);
    let ceilings = match like {
        Some(like) => like.ceilings.clone(),
        None => size::ceilings(&ground, &candidates),
    };
    window::stretch(&ground, &ceilings, &mut candidates, seed);
    let pairs = promise::share_beneficiaries(&mut candidates, seed);
    let codes = write::codes('P', candidates.len());
    let written = write::written(&ground, &candidates, &codes, seed);
    let (commitments, promised) =
        promise::commitments(&ground, &ceilings, &candidates, &written.projects, seed);
    let relations = promise::relations(&ground, &candidates, &codes, &pairs, &promised, seed);
    Facts {
        projects: written.projects,
        contents: written.contents,
        variants: written.variants,
        scores: written.scores,
        ceilings,
        relations,
        commitments,
        ..frame
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;
    use crate::policy::{
        AboveNorm, Basis, BenefitSettings, Model, ModelAbout, Policy, TargetsAre, WeightRecord,
    };
    use crate::problem::{Conditions, Problem};
    use crate::programme::{Kind, Programme, ProjectId};
    use crate::quantities::Money;
    use crate::tables::read_frame;

    const PROFILES: [Profile; 3] = [Profile::Province, Profile::Nation, Profile::Tight];

    fn shipped(name: &str) -> Facts {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("datasets")
            .join(name);
        read_frame(&folder).unwrap()
    }

    /// A policy without any rule of its own.
    fn policy() -> Policy {
        let benefit = BenefitSettings {
            basis: Basis::PerSupport,
            advantage_strength: "0%".to_owned(),
            delay_a_year: "0%".to_owned(),
            default_score: 50,
        };
        let about = ModelAbout {
            title_vi: String::new(),
            title_en: String::new(),
            reasons_vi: String::new(),
            reasons_en: String::new(),
            targets: TargetsAre::Reported,
            above_norm: AboveNorm::Refused,
            benefit,
        };
        let weights = vec![WeightRecord {
            criterion: "orientation".to_owned(),
            weight: 1,
        }];
        let model = Model {
            about,
            weights,
            tables: Vec::new(),
        };
        Policy::new(model).unwrap()
    }

    /// What each candidate asks for in full, and all together.
    fn requests(facts: Facts) -> (Vec<Money>, Money) {
        let programme = Programme::new(facts).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let each: Vec<_> = programme
            .projects
            .iter()
            .map(|own| own.full().support())
            .collect();
        let all = each.iter().copied().sum();
        (each, all)
    }

    #[test]
    fn the_same_arguments_give_the_same_facts_and_another_seed_others() {
        for profile in PROFILES {
            let once = generate(profile, 60, 11, None);
            assert_eq!(once, generate(profile, 60, 11, None));
            assert_ne!(once.projects, generate(profile, 60, 12, None).projects);
        }
    }

    #[test]
    fn every_profile_size_and_frame_fits_together() {
        let frames = ["vinh-long", "son-la", "published"].map(shipped);
        for (profile, seed) in PROFILES.into_iter().zip(1..) {
            for projects in [0, 1, 2, 7, 45, 150] {
                let made = generate(profile, projects, seed, None);
                assert_eq!(made.projects.len(), projects);
                requests(made);
                for frame in &frames {
                    let like = generate(profile, projects, seed, Some(frame));
                    assert_eq!(like.projects.len(), projects);
                    assert_eq!((&like.areas, &like.norms), (&frame.areas, &frame.norms));
                    requests(like);
                }
            }
        }
    }

    #[test]
    fn requests_come_to_more_than_twice_the_ceilings() {
        let (vinh_long, son_la) = (shipped("vinh-long"), shipped("son-la"));
        let cases = [
            generate(Profile::Province, 900, 2026, Some(&vinh_long)),
            generate(Profile::Province, 90, 2026, Some(&son_la)),
            generate(Profile::Province, 300, 5, None),
            generate(Profile::Tight, 60, 5, None),
        ];
        for facts in cases {
            let ceilings = facts.ceilings.iter().map(|row| row.amount).sum::<Money>();
            let (_, all) = requests(facts);
            assert!(all > ceilings.percent(220), "{all} of {ceilings}");
        }
    }

    #[test]
    fn the_draws_are_the_same_on_every_machine() {
        let (each, _) = requests(generate(Profile::Province, 60, 11, None));
        let weighed = each
            .iter()
            .zip(1..)
            .map(|(own, place)| own.0 / 100_000 * place);
        assert_eq!(weighed.sum::<i64>(), 5_489_818);
    }

    #[test]
    fn every_gate_refuses_some_and_every_year_has_enough_to_start() {
        let facts = generate(Profile::Province, 900, 2026, Some(&shipped("vinh-long")));
        let programme = Programme::new(facts).unwrap();
        let policy = policy();
        let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
        let admission = problem.admission();
        let by_code = admission.refused_by_code();
        for code in [
            "window",
            "completion",
            "norm",
            "counterpart",
            "other_state_source",
            "definition",
        ] {
            assert!(by_code[code] >= 18, "{code}: {by_code:?}");
        }
        let refused = admission.refused().len();
        assert!((108..163).contains(&refused), "{refused} are refused");
        for &year in &programme.years {
            let ceilings = programme
                .fund_ids()
                .map(|fund| programme.ceiling(fund, year));
            let ceilings = ceilings.sum::<Money>();
            let mut starting: BTreeMap<ProjectId, Money> = BTreeMap::new();
            for decision in admission.decisions().iter().filter(|own| own.start == year) {
                let own = starting.entry(decision.project).or_default();
                *own = decision.support(&programme).max(*own);
            }
            let starting = starting.into_values().sum::<Money>();
            assert!(
                starting >= ceilings.percent(150),
                "{year}: {starting} of {ceilings}"
            );
        }
    }

    #[test]
    fn small_grants_stand_beside_pilots() {
        let facts = generate(Profile::Province, 900, 2026, Some(&shipped("vinh-long")));
        let pilots = facts
            .projects
            .iter()
            .filter(|own| own.kind == Kind::Pilot)
            .count();
        let (mut each, _) = requests(facts);
        each.sort_unstable();
        let small = each.iter().filter(|&&own| own < Money(50_000_000)).count();
        assert!(
            (120..200).contains(&small),
            "{small} ask for less than 50 million"
        );
        assert!((35..70).contains(&pilots), "{pilots} pilots");
        let median = each[each.len() / 2];
        assert!(
            (Money(130_000_000)..Money(240_000_000)).contains(&median),
            "{median}"
        );
        assert!(each.iter().all(|own| own.0 % 100_000 == 0));
    }
}
