//! The shipped datasets: what they promise in words holds in numbers.

use std::collections::BTreeSet;

use trongdiem::generate::{Profile, generate};
use trongdiem::problem::{Conditions, Problem};
use trongdiem::quantities::Money;
use trongdiem::tables;

use crate::tiny;

/// Candidates drawn again are the tables shipped.
#[test]
fn generated_candidates_are_drawn_again_alike() {
    for (name, projects) in [("vinh-long", 900), ("son-la", 90), ("hoa-binh", 40)] {
        let shipped = tiny::root().join("datasets").join(name);
        let frame =
            tables::read_frame(&shipped).unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
        let again = tempfile::tempdir().unwrap();
        let facts = generate(Profile::Province, projects, 2026, Some(&frame));
        tables::write_facts(again.path(), &facts).unwrap();
        for table in [
            "projects",
            "contents",
            "variants",
            "scores",
            "relations",
            "commitments",
            "earlier_grants",
            "recognitions",
        ] {
            // A table of which nothing is drawn is not written.
            let read = |folder: &std::path::Path| {
                std::fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap_or_default()
            };
            assert!(
                read(&shipped) == read(again.path()),
                "{name}/{table}.csv is not what the seed draws"
            );
        }
    }
}

/// There is something to decide: requests of at least twice the ceilings, every gate refusing some.
#[test]
fn requests_come_to_twice_the_ceilings_and_every_gate_refuses_some() {
    let path = tiny::root().join("models/directive-20");
    let (policy, _) = tables::read_policy(&path, &[]).unwrap();
    for name in ["vinh-long", "son-la"] {
        let programme = tiny::programme_of(&tiny::root().join("datasets").join(name));
        let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
        let admission = problem.admission();
        let (asked, ceilings) = (admission.requested(&programme), programme.all_ceilings());
        assert!(
            asked >= Money(2 * ceilings.0),
            "{name}: {asked} of {ceilings}"
        );
        let refused: BTreeSet<_> = admission.refused_by_code().into_keys().collect();
        for gate in [
            "window",
            "completion",
            "norm",
            "counterpart",
            "other_state_source",
            "definition",
            "least_grant",
        ] {
            assert!(refused.contains(gate), "{name}: {gate} refuses nobody");
        }
    }
}

/// The published totals of Vĩnh Long's programme, to the million.
#[test]
fn vinh_long_has_its_published_totals_and_places() {
    let programme = tiny::programme_of(&tiny::root().join("datasets/vinh-long"));
    let total = |code: &str| -> Money {
        let fund = programme
            .funds
            .iter()
            .position(|fund| fund.named.code == code)
            .unwrap();
        programme.ceilings[fund].iter().copied().sum()
    };
    assert_eq!(total("national"), Money(22_600_000_000));
    assert_eq!(total("local"), Money(93_480_000_000));
    assert_eq!((programme.areas.len(), programme.zones.len()), (124, 26));
    let communes = programme
        .areas
        .iter()
        .filter(|area| area.name.starts_with("Xã "))
        .count();
    assert_eq!(communes, 105);
}
