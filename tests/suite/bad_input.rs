//! Bad input is told before any solve: where, why, and what to do.

use std::path::Path;

use crate::command_line::{code, err, out, replace, trongdiem};
use crate::tiny;

/// A policy with these tables, on the weights and settings of `directive-20`.
fn model(tables: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = tiny::root().join("models/directive-20");
    for name in ["model.toml", "weights.csv"] {
        std::fs::copy(from.join(name), folder.path().join(name)).unwrap();
    }
    for (name, text) in tables {
        std::fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    }
    folder
}

fn check(dataset: &Path, model: &Path) -> (i32, String) {
    let output = trongdiem(&["check", dataset.to_str().unwrap(), model.to_str().unwrap()]);
    (code(&output), format!("{}{}", err(&output), out(&output)))
}

/// That `check` refuses a policy with these tables on `tiny`, and tells each of `parts`.
fn refuses(tables: &[(&str, &str)], parts: &[&str]) {
    let model = model(tables);
    let (code, told) = check(&tiny::root().join("datasets/tiny"), model.path());
    assert_eq!(code, 2, "{tables:?}: {told}");
    for part in parts {
        assert!(told.contains(part), "{part} is not told:\n{told}");
    }
    assert!(told.contains("remedy: "), "{told}");
    // Before any solve, and not by `check` alone.
    let path = model.path().to_str().unwrap();
    let plan = trongdiem(&["plan", "datasets/tiny", path]);
    assert_eq!(self::code(&plan), 2, "{}", err(&plan));
}

/// That `check` accepts a policy with these tables, warning of each of `parts`.
fn warns(tables: &[(&str, &str)], parts: &[&str]) {
    let model = model(tables);
    let (code, told) = check(&tiny::root().join("datasets/tiny"), model.path());
    assert_eq!(code, 0, "{told}");
    for part in parts {
        assert!(told.contains(part), "{part} is not told:\n{told}");
    }
    let path = model.path().to_str().unwrap();
    let plan = trongdiem(&["plan", "datasets/tiny", path, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out(&plan)).unwrap();
    let warnings = json["warnings"].as_array().unwrap().len();
    assert_eq!(warnings, err(&plan).matches("warning: ").count());
    assert_eq!(warnings > 0, !parts.is_empty(), "{}", err(&plan));
}

#[test]
fn unknown_names_in_selectors_are_told_with_row_and_column() {
    let of = |select: &str| format!("select,each,amount\n,,1\n{select},,100\n");
    for (select, cause) in [
        ("fund=lokal", "this programme has no “lokal”"),
        ("year=2031", "this programme has no “2031”"),
        ("zone=Vùng Tây", "this programme has no “Vùng Tây”"),
        ("level=nation", "“nation” is none of"),
        ("kind=pylot", "“pylot” is none of"),
        ("tagg=green", "“tagg” is none of"),
        ("support<", "lacks a value"),
    ] {
        let table = of(select);
        let place = "maximum_money.csv, row 3, column select";
        refuses(&[("maximum_money", &table)], &[place, cause, select]);
    }
    refuses(
        &[(
            "minimum_share",
            "select,of,base,each,within,share\n,fund=lokal,spent,,,10%\n",
        )],
        &["minimum_share.csv, row 2, column of", "“lokal”"],
    );
    refuses(
        &[("least_grant", "select,least\nfund=lokal,10\n")],
        &["least_grant.csv, row 2, column select", "“lokal”"],
    );
}

#[test]
fn a_target_that_cannot_be_read_is_told_with_its_row() {
    let folder = tiny::copy_of("tiny");
    let targets = folder.path().join("targets.csv");
    replace(&targets, "activity=machinery", "activity=machine");
    let (code, told) = check(folder.path(), model(&[]).path());
    assert_eq!(code, 2);
    assert!(
        told.contains("targets[machines]:") && told.contains("targets.csv, row 2, column select"),
        "{told}"
    );
}

#[test]
fn shares_above_the_whole_are_told() {
    for share in ["101%", "100.01%", "-1%", "0.4"] {
        let table = format!("select,of,base,each,within,share\nkind=pilot,,spent,,,{share}\n");
        let place = "minimum_share.csv, row 2, column share";
        refuses(&[("minimum_share", &table)], &[place, share]);
    }
}

#[test]
fn floors_above_caps_for_the_same_are_told() {
    let shares = "select,of,base,each,within,share\n";
    let money = "select,each,amount\n";
    let count = "select,counted,each,count\n";
    let bounded = "but the same is bounded by";
    let both = |kind: &str, heading: &str, floor: &str, cap: &str, parts: &[&str]| {
        let (least, most) = (format!("minimum_{kind}"), format!("maximum_{kind}"));
        let floor = format!("{heading}{floor}\n");
        let cap = format!("{heading}{cap}\n");
        let place = format!("minimum_{kind}.csv, row 2, column");
        let tables = [
            (least.as_str(), floor.as_str()),
            (most.as_str(), cap.as_str()),
        ];
        refuses(&tables, &[&[place.as_str(), bounded][..], parts].concat());
    };
    both(
        "share",
        shares,
        "tag=green,,spent,year,,40%",
        "tag=green,,spent,year,,30%",
        &[
            "minimum_share[tag=green,2026] asks for at least 40%",
            "at most 30%",
        ],
    );
    // The order of tests and of what each names makes no difference.
    both(
        "money",
        money,
        "tag=green&sector=tea,fund&zone,90",
        "sector=tea&tag=green,zone&fund,80",
        &["at least 90 million đồng", "at most 80 million đồng"],
    );
    both(
        "count",
        count,
        "sector=tea,quantity,,3",
        "sector=tea,quantity,,2",
        &["asks for at least 3", "at most 2"],
    );
    // A share of the ceilings is an amount: 40 % of 750 is 300.
    refuses(
        &[
            (
                "minimum_share",
                &format!("{shares}sector=tea,,ceiling,,,40%\n"),
            ),
            ("maximum_money", &format!("{money}sector=tea,,299\n")),
        ],
        &[
            "minimum_share.csv, row 2, column share",
            "at least 300 million đồng",
        ],
    );
    refuses(
        &[
            ("minimum_count", &format!("{count}sector=tea,,year,2\n")),
            ("start_limit", "select,each,most\nsector=tea,,1\n"),
        ],
        &["start_limit[sector=tea,2026]: at most 1"],
    );
    // The target of tiny: 1 to 4 machines.
    refuses(
        &[(
            "minimum_count",
            &format!("{count}activity=machinery,quantity,,5\n"),
        )],
        &["targets[machines,at most]: at most 4"],
    );
    refuses(
        &[(
            "top_share",
            "by,select,each,largest,at_least,at_most\nzone,,,1,60%,50%\n",
        )],
        &["top_share.csv, row 2, column at_least"],
    );
}

#[test]
fn floors_above_their_ceilings_are_told() {
    let money = |row: &str| format!("select,each,amount\n{row}\n");
    let bounded = "bounded by the ceilings";
    for row in [
        "fund=local,,501",
        "level=national&year>=2027,,51",
        "sector=tea,year,101",
        ",fund,251",
        "tag=green,,751",
    ] {
        refuses(
            &[("minimum_money", &money(row))],
            &[bounded, "column amount"],
        );
    }
    for row in [
        "fund=local,,500",
        "level=national&year=2027,,50",
        "sector=tea,,750",
    ] {
        warns(&[("minimum_money", &money(row))], &[]);
    }
    refuses(
        &[(
            "minimum_share",
            "select,of,base,each,within,share\nfund=local,,ceiling,,,67%\n",
        )],
        &[bounded, "column share"],
    );
}

/// What is carried over may be spent above a year's own ceiling.
#[test]
fn floors_that_carried_over_money_can_reach_are_no_fault() {
    let folder = tiny::copy_of("tiny");
    std::fs::write(
        folder.path().join("funds.csv"),
        "fund,name_vi,name_en,level,carried_over,expires_after\nlocal,Địa phương,Local,local,100%,1\nnational,Quốc gia,National,national,,\n",
    )
    .unwrap();
    let policy = |row: &str| model(&[("minimum_money", &format!("select,each,amount\n{row}\n"))]);
    let check = |row: &str| check(folder.path(), policy(row).path()).0;
    assert_eq!(check("fund=local&year=2027,,160"), 0);
    assert_eq!(check("fund=local&year=2027,,401"), 2);
    assert_eq!(check("fund=local&year=2026,,251"), 2);
}

/// Soft rules, rules left out and floors that nobody can serve contradict nothing.
#[test]
fn what_is_not_asked_contradicts_nothing() {
    let shares = "select,of,base,each,within,share\ntag=green,,spent,,,";
    let (floor, cap) = (format!("{shares}40%\n"), format!("{shares}30%\n"));
    let tables = [
        ("minimum_share", floor.as_str()),
        ("maximum_share", cap.as_str()),
    ];
    refuses(&tables, &[]);
    let soft = ("soft", "rule,price\nmaximum_share,3\n");
    warns(&[&tables[..], &[soft]].concat(), &[]);
    let model = model(&tables);
    let path = model.path().to_str().unwrap();
    let without = trongdiem(&["plan", "datasets/tiny", path, "--without", "minimum_share"]);
    assert_eq!(code(&without), 0, "{}", err(&without));
    let count = "select,counted,each,count\nkind=group,,,";
    let nobody = [
        ("minimum_count", format!("{count}2\n")),
        ("maximum_count", format!("{count}1\n")),
    ];
    let nobody = nobody.each_ref().map(|(name, text)| (*name, text.as_str()));
    warns(&nobody, &["matches no candidate"]);
    let amount = [("minimum_money", "select,each,amount\nfund=local,,501\n")];
    let model = self::model(&amount);
    let path = model.path().to_str().unwrap();
    for (dropped, expected) in [("ceiling", 0), ("ceiling[local,2027]", 0), ("targets", 2)] {
        let without = ["plan", "datasets/tiny", path, "--without", dropped];
        let without = trongdiem(&without);
        let told = format!("{}{}", err(&without), out(&without));
        // Without a ceiling the floor may be out of reach, but contradicts nothing.
        let is_told = told.contains("bounded by the ceilings");
        assert_eq!(
            (code(&without) == 2, is_told),
            (expected == 2, expected == 2),
            "{told}"
        );
    }
}

#[test]
fn selectors_and_groupings_that_match_nothing_are_warned_of() {
    warns(
        &[(
            "maximum_money",
            "select,each,amount\n,,700\nkind=group,,100\ntag=green|gren,,200\n",
        )],
        &[
            "warning: maximum_money[kind=group]: ",
            "maximum_money.csv, row 3, column select: the selector “kind=group” matches no candidate",
            "row 4, column select: no candidate bears “tag=gren”",
        ],
    );
    warns(
        &[("maximum_money", "select,each,amount\nkind=pilot,zone,400\n")],
        &[],
    );
    warns(
        &[("least_grant", "select,least\nsupport<10,10\n")],
        &["least_grant.csv, row 2, column select"],
    );
    // Money is matched by the years in which it is paid: the tea line starts in 2027 at the
    // latest and spends in 2028.
    warns(
        &[(
            "maximum_money",
            "select,each,amount\nkind=pilot&year=2028,,400\n",
        )],
        &[],
    );
    let folder = tiny::copy_of("tiny");
    let projects = folder.path().join("projects.csv");
    for place in [
        "Xã Đồi Chè,tea",
        "Xã Cà Phê,coffee",
        "Xã Suối,tea",
        "Xã Suối,tea",
        "Xã Đồi Chè,tea",
    ] {
        replace(&projects, place, "none,none");
    }
    let (code, told) = check(
        folder.path(),
        model(&[(
            "focal_points",
            "by,select,each,most,critical,critical_count\nzone,,,1,,\n",
        )])
        .path(),
    );
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains(
            "focal_points.csv, row 2, column by: no candidate belongs to a group by “zone”"
        ),
        "{told}"
    );
}

#[test]
fn prerequisites_that_run_in_a_circle_are_told() {
    let told = |rows: &str| {
        let folder = tiny::copy_of("tiny");
        std::fs::write(
            folder.path().join("relations.csv"),
            format!("relation,project,others,most\n{rows}"),
        )
        .unwrap();
        check(folder.path(), model(&[]).path())
    };
    let (code, text) = told("requires_started,training,training,\n");
    assert_eq!(code, 2);
    assert!(
        text.contains("relations.csv, row 2, column others: the prerequisites run in a circle: training → training"),
        "{text}"
    );
    let (code, text) = told(
        "requires_started,tea-line,training,\nrequires_completed,training,coffee-roaster;tea-dryer,\nexcludes,tea-dryer,tea-line,\nrequires_started,tea-dryer,tea-line,\n",
    );
    assert_eq!(code, 2);
    assert!(
        text.contains("row 5, column others: the prerequisites run in a circle: tea-dryer → tea-line → training → tea-dryer"),
        "{text}"
    );
    assert!(text.contains("Faults in all: 1."), "{text}");
    // Several ways to one project, and exclusions, are no circle.
    let (code, text) = told(
        "requires_started,tea-line,training;tea-dryer,\nrequires_completed,tea-dryer,training,\nexcludes,training,coffee-roaster,\nexcludes,coffee-roaster,training,\n",
    );
    assert!(code == 0 || text.contains("written twice"), "{text}");
}

#[test]
fn overlapping_norms_and_definitions_are_told() {
    let folder = tiny::copy_of("tiny");
    let add = |name: &str, row: &str| {
        let path = folder.path().join(format!("{name}.csv"));
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}{row}\n")).unwrap();
    };
    add(
        "norms",
        "machinery,nation,40%,200,establishment,,2025-01-01,,other",
    );
    add("definitions", "pilot,2,2,2,3,2020-01-01,2020-01-01,other");
    let (code, told) = check(folder.path(), model(&[]).path());
    assert_eq!(code, 2);
    for part in [
        "norms.csv, row 4, column valid_from: its time in force overlaps row 2",
        "definitions.csv, row 3, column valid_from: its time in force overlaps row 2",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
}

#[test]
fn coefficients_too_far_apart_are_told_with_the_rule() {
    let folder = tiny::copy_of("tiny");
    let contents = folder.path().join("contents.csv");
    // One đồng beside two thousand billion.
    replace(&contents, "1,140,60", "1,140,0.000001");
    replace(&contents, "60,40", "4000000,2000000");
    let text = "select,each,amount\n,,9000000\n";
    let (code, told) = check(folder.path(), model(&[("maximum_money", text)]).path());
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("maximum_money.csv, row 2: its numbers lie more than a billion times apart"),
        "{told}"
    );
    assert!(told.contains("round the amounts"), "{told}");
}

#[test]
fn rules_written_twice_are_told_with_the_second_row() {
    refuses(
        &[("maximum_money", "select,each,amount\n,,700\n,,600\n")],
        &["maximum_money.csv, row 3: this rule is written twice"],
    );
}
