//! Rules of money and parts: tables that do not fit are told with their column before any solve,
//! and figures come out as worked by hand.

use std::fmt::Write;

use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::Programme;
use trongdiem::rules::{Finding, Kind, Origin};

use crate::{random, tiny};

/// `datasets/tiny` without figures of its areas but two surfaces.
fn bare_areas() -> Programme {
    let areas = "area,zone,class,km2,code\nXã Đồi Chè,Vùng Bắc,difficult,25.5,\n\
                 Xã Cà Phê,Vùng Bắc,ordinary,30,\nXã Suối,Vùng Nam,unknown,unknown,\n";
    tiny::programme_with(&[("areas", areas.to_owned())])
}

/// The faults of `datasets/tiny` under one table of a policy.
fn faults_of(programme: &Programme, kind: &'static str, text: &str) -> String {
    let policy = random::policy(&[(kind, text.to_owned())]);
    match Problem::new(programme, &policy, &Conditions::default()) {
        Ok(_) => String::new(),
        Err(faults) => tiny::list(&faults),
    }
}

#[test]
fn rules_that_cannot_mean_anything_are_told_with_their_column() {
    let tiny = bare_areas();
    for (kind, text, told) in [
        (
            "steadiness",
            "select,each,from,change\n,year,,50%\n",
            "column each: this rule always looks at each year",
        ),
        (
            "steadiness",
            "select,each,from,change\n,,2026,50%\n",
            "column from: 2026 has no year before it",
        ),
        (
            "steadiness",
            "select,each,from,change\n,,2029,50%\n",
            "column from: 2029 has no year before it",
        ),
        (
            "maximum_open",
            "select,each,most\n,zone&year,1\n",
            "column each: this rule always looks at each year",
        ),
        (
            "fund_part",
            "select,level\n,local\n",
            "column at_least: the gate asks for nothing",
        ),
        (
            "fund_part",
            "select,level,at_least,at_most\n,local,70%,60%\n",
            "column at_least: the least part of 70% is above the largest of 60%",
        ),
        (
            "fund_part",
            "select,level,at_least\n,combined,10%\n",
            "column level: this programme has no fund of the level “combined”",
        ),
        (
            "proportional_share",
            "by,select,weight\nzone,,areas\n",
            "column at_least: the rule asks for nothing",
        ),
        (
            "proportional_share",
            "by,select,weight,at_least\nzone,,areas,1.1\n",
            "column at_least: not every place can receive at least 1.1 times",
        ),
        (
            "proportional_share",
            "by,select,weight,at_most\nzone,,areas,0.9\n",
            "column at_most: if every place receives at most 0.9 times",
        ),
        (
            "proportional_share",
            "by,select,weight,at_least\nzone,,people,0.5\n",
            "column people: column people has areas without a figure: 3, as Xã Đồi Chè",
        ),
        (
            "proportional_share",
            "by,select,weight,at_least\nzone,,km2,0.5\n",
            "column km2: column km2 has areas without a figure: 1, as Xã Suối",
        ),
        (
            "mobilised_money",
            "select,each,least\nzone=Vùng Tây,,1\n",
            "this programme has no “Vùng Tây”",
        ),
        (
            "least_instalment",
            "select,least\nunit=nobody,1\n",
            "this programme has no “nobody”",
        ),
    ] {
        let list = faults_of(&tiny, kind, text);
        assert!(
            list.contains(told),
            "{kind}\n{text}: {told:?} is not told:\n{list}"
        );
        assert!(list.contains("remedy: "), "{list}");
    }
}

#[test]
fn rules_that_can_be_meant_are_no_faults() {
    let tiny = bare_areas();
    for (kind, text) in [
        (
            "steadiness",
            "select,each,from,change\n,fund&zone,2027,0%\n,,2028,100%\n",
        ),
        (
            "fund_part",
            "select,level,at_least,at_most\n,combined,0%,10%\nkind=pilot,local,60%,60%\n",
        ),
        (
            "proportional_share",
            "by,select,weight,at_least,at_most\narea,,areas,1,1\nzone,activity=machinery,areas,,1\n",
        ),
        // The dryer alone lies where the surface is unknown, and is no pilot.
        (
            "proportional_share",
            "by,select,weight,at_least\nzone,kind=pilot,km2,1\n",
        ),
        ("mobilised_money", "select,each,least\n,year&fund,0\n"),
    ] {
        let list = faults_of(&tiny, kind, text);
        assert!(list.is_empty(), "{kind}\n{text}: {list}");
    }
}

/// Amounts in the wrong unit are told before a product of theirs passes 64 bits.
#[test]
fn products_that_would_pass_64_bits_are_faults() {
    let contents =
        std::fs::read_to_string(tiny::root().join("datasets/tiny/contents.csv")).unwrap();
    let mut huge = contents.clone();
    for copy in 0..48 {
        let _ = writeln!(huge, "training,,Lớp {copy},training,1,10000000,10000000");
    }
    let programme = tiny::programme_with(&[("contents", huge.clone())]);
    let steady = |change: &str| {
        faults_of(
            &programme,
            "steadiness",
            &format!("select,each,from,change\n,,,{change}\n"),
        )
    };
    assert!(steady("100%").contains("column change: the programme's amounts are too large"));
    assert!(steady("50%").is_empty());
    let mobilised = |programme: &Programme, least: &str| {
        faults_of(
            programme,
            "mobilised_money",
            &format!("select,each,least\n,,{least}\n"),
        )
    };
    assert!(
        mobilised(&programme, "2").contains("column least: the programme's amounts are too large")
    );
    assert!(mobilised(&programme, "1").is_empty());
    let mut dear = contents;
    for copy in 0..93 {
        let _ = writeln!(dear, "training,,Lớp {copy},training,1,10000000,1");
    }
    let programme = tiny::programme_with(&[("contents", dear.clone())]);
    assert!(
        mobilised(&programme, "1").contains("column least: the programme's amounts are too large")
    );
}

/// A rule's findings on a plan of a programme, by label.
fn findings(programme: &Programme, kind: &'static str, text: &str, plan: &str) -> Vec<Finding> {
    let policy = random::policy(&[(kind, text.to_owned())]);
    assert!(matches!(
        Kind::find(kind).unwrap().origin,
        Origin::Policy(_)
    ));
    let plan = tiny::plan(programme, plan);
    let rules = policy.rules.iter();
    rules
        .flat_map(|rule| rule.check(programme, &plan))
        .collect()
}

/// A total cost that nobody has stated mobilises nothing; the support counts all the same.
#[test]
fn an_unknown_total_cost_mobilises_nothing() {
    let contents =
        std::fs::read_to_string(tiny::root().join("datasets/tiny/contents.csv")).unwrap();
    let contents = contents.replace("machinery,1,240,100", "machinery,1,unknown,100");
    let programme = tiny::programme_with(&[("contents", contents.clone())]);
    let text = "select,each,least\n,,1.4\n";
    let found = findings(
        &programme,
        "mobilised_money",
        text,
        "tea-line@2026, tea-dryer@2026",
    );
    // 640 for 400: 80 above 1.4 times.
    assert_eq!((found[0].breach, found[0].slack), (0, 80_000_000));
    let found = findings(&programme, "mobilised_money", text, "tea-dryer@2026");
    assert_eq!((found[0].breach, found[0].slack), (140_000_000, 0));
}

/// What a mix pays for is a project of each of its funds, whole; its money is each fund's own part.
#[test]
fn a_mix_of_funds_counts_for_each_of_them() {
    let mixes = "mix,fund,share\nsixty,national,60%\nsixty,local,40%\n";
    let programme = tiny::programme_with(&[("mixes", mixes.to_owned())]);
    let margins = |kind, text: &str| -> Vec<(String, i64)> {
        let plan = "coffee-roaster:sixty@2026, tea-dryer@2026";
        let found = findings(&programme, kind, text, plan).into_iter();
        found.map(|f| (f.label, f.slack - f.breach)).collect()
    };
    let open = margins("maximum_open", "select,each,most\n,fund,1\n");
    assert_eq!(open[0], ("maximum_open[2026,local]".to_owned(), -1));
    assert_eq!(open[1], ("maximum_open[2026,national]".to_owned(), 0));
    // The roaster's others pay 200 for 200, the dryer's 140 for 100.
    let mobilised = margins("mobilised_money", "select,each,least\n,fund,1\n");
    assert_eq!(
        mobilised,
        [
            ("mobilised_money[local]".to_owned(), 40_000_000),
            ("mobilised_money[national]".to_owned(), 0)
        ]
    );
    // 80 and 100 of local money in 2026, 120 of national; nothing in 2027.
    let steady = margins(
        "steadiness",
        "select,each,from,change\nyear<=2027,fund,2027,50%\n",
    );
    let falls: Vec<_> = steady
        .iter()
        .filter(|(label, _)| label.contains("2027,fall"))
        .collect();
    assert_eq!(falls[0].0, "steadiness[year<=2027,local,2027,fall]");
    assert_eq!((falls[0].1, falls[1].1), (-90_000_000, -60_000_000));
}

/// Bounds of parts are hundredths of a percent, the least rounded down, the largest up.
#[test]
fn proportional_parts_are_rounded_in_favour_of_the_plan() {
    let tiny = tiny::programme();
    let text = "by,select,weight,at_least,at_most\nzone,,areas,0.5,1\n";
    let found = findings(
        &tiny,
        "proportional_share",
        text,
        "tea-line@2026, tea-dryer@2026",
    );
    let told: Vec<_> = found
        .iter()
        .map(|f| (f.label.as_str(), f.slack - f.breach))
        .collect();
    // Of 400 the north has two thirds: 33.33% to 66.67%; the south one: 16.66% to 33.34%.
    assert_eq!(
        told,
        [
            (
                "proportional_share[zone,areas,least,Vùng Bắc]",
                300_000_000 - 133_320_000
            ),
            (
                "proportional_share[zone,areas,most,Vùng Bắc]",
                266_680_000 - 300_000_000
            ),
            (
                "proportional_share[zone,areas,least,Vùng Nam]",
                100_000_000 - 66_640_000
            ),
            (
                "proportional_share[zone,areas,most,Vùng Nam]",
                133_360_000 - 100_000_000
            ),
        ]
    );
}

/// A place in which no candidate is admissible is reported, not asked; others are.
#[test]
fn a_place_that_nobody_can_serve_is_not_asked_for_its_part() {
    let mut formulation = trongdiem::formulation::Formulation::new(Vec::new(), |_| String::new());
    let tiny = tiny::programme();
    let policy = random::policy(&[(
        "proportional_share",
        "by,select,weight,at_least\nzone,,areas,0.5\n".to_owned(),
    )]);
    policy.rules[0].formulate(&tiny, &mut formulation);
    assert_eq!(formulation.left_out().len(), 2);
    let mut formulation = tiny::formulation(&tiny);
    policy.rules[0].formulate(&tiny, &mut formulation);
    assert!(formulation.left_out().is_empty());
}
