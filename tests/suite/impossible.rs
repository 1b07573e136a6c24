//! Policies that no plan can keep, built by hand: the conflict is what was built, without any one of its
//! members a plan exists, and the first repair told leads to a plan by its own options, each of which is
//! needed.

use std::collections::BTreeSet;
use std::path::Path;

use trongdiem::analysis::{Asking, conflicts, draw_up};
use trongdiem::plan::Outcome;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::tables::{Change, read_policy, read_programme};

use crate::command_line::{code, err, out, trongdiem};
use crate::sensitivity::{exact, hold_minimal};
use crate::tiny;

/// An impossible policy: tables written beside those of `tiny`, tables of the policy, options, and the
/// members that some conflict has.
struct Case {
    facts: &'static [(&'static str, &'static str)],
    policy: &'static [(&'static str, &'static str)],
    options: &'static [(&'static str, &'static str)],
    members: &'static [&'static str],
}

/// Two promises that pass a ceiling.
const PROMISES: [(&str, &str); 1] = [(
    "commitments",
    "project,variant,fund,start,unit\ntea-line,full,local,2026,centre\ncoffee-roaster,full,local,2026,centre\n",
)];
/// A pilot is asked for, and none may be where the only ones are.
const PILOT_AND_NONE: [(&str, &str); 2] = [
    (
        "minimum_count",
        "select,counted,each,count,basis\nkind=pilot,projects,,1,\n",
    ),
    (
        "maximum_count",
        "select,counted,each,count,basis\nzone=Vùng Bắc,projects,,0,\n",
    ),
];

const CASES: [Case; 11] = [
    // Facts alone: two promises pass a ceiling.
    Case {
        facts: &PROMISES,
        policy: &[],
        options: &[],
        members: &["ceiling"],
    },
    // Gates: of four tea projects two are refused, and the policy asks for three.
    Case {
        facts: &[],
        policy: &[(
            "minimum_count",
            "select,counted,each,count,basis\nsector=tea,projects,,3,\n",
        )],
        options: &[],
        members: &[
            "minimum_count[sector=tea]",
            "counterpart",
            "other_state_source",
        ],
    },
    // Two rules.
    Case {
        facts: &[],
        policy: &PILOT_AND_NONE,
        options: &[],
        members: &["minimum_count[kind=pilot]", "maximum_count[zone=Vùng Bắc]"],
    },
    // A chain of prerequisites whose end is forbidden.
    Case {
        facts: &[(
            "relations",
            "relation,project,others,most\nrequires_started,tea-dryer,coffee-roaster,\nrequires_started,coffee-roaster,training,\n",
        )],
        policy: &[],
        options: &[("--require", "tea-dryer"), ("--forbid", "training")],
        members: &["require[tea-dryer]", "forbid[training]", "prerequisite"],
    },
    // A demand for which there is no money.
    Case {
        facts: &[(
            "ceilings",
            "fund,year,amount\nlocal,2026,100\nlocal,2027,100\nlocal,2028,100\nnational,2026,100\nnational,2027,100\nnational,2028,100\n",
        )],
        policy: &[],
        options: &[("--require", "coffee-roaster")],
        members: &["require[coffee-roaster]", "ceiling"],
    },
    // Two projects that exclude each other.
    Case {
        facts: &[(
            "relations",
            "relation,project,others,most\nexcludes,tea-line,coffee-roaster,\n",
        )],
        policy: &[],
        options: &[("--require", "tea-line"), ("--require", "coffee-roaster")],
        members: &["require[tea-line]", "require[coffee-roaster]", "exclusion"],
    },
    // An implementer with two projects at once, and three to open in one year.
    Case {
        facts: &[(
            "implementers",
            "unit,name_vi,name_en,most_open\ncentre,Trung tâm,Centre,1\nbranch,Chi nhánh,Branch,\n",
        )],
        policy: &[],
        options: &[
            ("--require", "tea-line"),
            ("--require", "tea-dryer"),
            ("--set", "projects[tea-line].last_start=2026"),
            ("--set", "projects[tea-dryer].last_start=2026"),
        ],
        members: &["require[tea-line]", "require[tea-dryer]", "open_limit"],
    },
    // Pilots alone, and a project that is none.
    Case {
        facts: &[],
        policy: &[(
            "minimum_share",
            "select,of,base,each,within,share,basis\nkind=pilot,,spent,,,100%,\n",
        )],
        options: &[("--require", "training")],
        members: &["require[training]", "minimum_share[kind=pilot]"],
    },
    // Everything in one zone, and projects of two.
    Case {
        facts: &[],
        policy: &[(
            "top_share",
            "by,select,each,largest,at_least,at_most,basis\nzone,,,1,100%,,\n",
        )],
        options: &[("--require", "tea-dryer"), ("--require", "coffee-roaster")],
        members: &["require[tea-dryer]", "require[coffee-roaster]", "top_share"],
    },
    // Money for coffee that is too large a part of all that can be spent.
    Case {
        facts: &[],
        policy: &[
            (
                "minimum_money",
                "select,each,amount,basis\nsector=coffee,,200,\n",
            ),
            (
                "maximum_share",
                "select,of,base,each,within,share,basis\nsector=coffee,,spent,,,20%,\n",
            ),
        ],
        options: &[],
        members: &[
            "minimum_money[sector=coffee]",
            "maximum_share[sector=coffee]",
        ],
    },
    // Two conflicts at once: promises that pass a ceiling, and two rules.
    Case {
        facts: &PROMISES,
        policy: &PILOT_AND_NONE,
        options: &[],
        members: &["ceiling"],
    },
];

fn write(folder: &Path, tables: &[(&str, &str)]) {
    for (name, text) in tables {
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

/// Some conflict holds a member that begins with each of the words, and no member too many.
fn hold_members(all: &[BTreeSet<String>], members: &[&str], number: usize) {
    let is_meant = |labels: &BTreeSet<String>| {
        let begins = |member: &&str| labels.iter().any(|label| label.starts_with(*member));
        members.iter().filter(|member| begins(member)).count()
    };
    // Of gates either alone may do.
    let most = all.iter().map(is_meant).max().unwrap_or_default();
    assert!(most >= members.len().min(2), "case {number}: {all:?}");
}

#[test]
fn conflicts_built_by_hand_are_found_and_their_first_repair_works() {
    for (number, case) in CASES.iter().enumerate() {
        let dataset = tiny::copy_of("tiny");
        write(dataset.path(), case.facts);
        let model = tempfile::tempdir().unwrap();
        for name in ["model.toml", "weights.csv"] {
            let from = tiny::root().join("models/spread-thin").join(name);
            std::fs::copy(from, model.path().join(name)).unwrap();
        }
        write(model.path(), case.policy);
        let of = |wanted: &str| {
            let own = case.options.iter().filter(|(name, _)| *name == wanted);
            own.map(|(_, value)| (*value).to_owned())
                .collect::<Vec<_>>()
        };
        let changes = of("--set");
        let changes: Vec<Change> = changes
            .iter()
            .map(|own| Change::parse(own).unwrap())
            .collect();
        let (programme, _) = read_programme(dataset.path(), &changes)
            .unwrap_or_else(|faults| panic!("case {number}: {}", tiny::list(&faults)));
        let (policy, _) = read_policy(model.path(), &[]).unwrap();
        let conditions = Conditions {
            require: of("--require"),
            forbid: of("--forbid"),
            ..Conditions::default()
        };
        let problem = Problem::new(&programme, &policy, &conditions)
            .unwrap_or_else(|faults| panic!("case {number}: {}", tiny::list(&faults)));
        assert_eq!(
            draw_up(&problem, &exact()).unwrap().outcome,
            Outcome::Infeasible
        );
        let all = conflicts(&problem, &exact(), Asking::default());
        let labels: Vec<BTreeSet<String>> = all
            .iter()
            .map(|own| own.labels().into_iter().collect())
            .collect();
        hold_members(&labels, case.members, number);
        for conflict in &labels {
            let members: Vec<String> = conflict.iter().cloned().collect();
            hold_minimal(
                &problem,
                (&programme, &policy),
                &members,
                &format!("case {number}"),
            );
        }
        first_repair_works(case, dataset.path(), model.path(), number);
    }
}

/// Runs `plan` with the options of the first repair that `conflict` tells, and without each of them.
fn first_repair_works(case: &Case, dataset: &Path, model: &Path, number: usize) {
    let folders = [dataset, model].map(|path| path.to_str().unwrap());
    let given: Vec<&str> = case
        .options
        .iter()
        .flat_map(|(name, value)| [*name, *value])
        .collect();
    let told = trongdiem(&[&["conflict"], &folders[..], &given, &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&out(&told))
        .unwrap_or_else(|_| panic!("case {number}: {}{}", out(&told), err(&told)));
    let first = json["repairs"][0]["options"].as_array();
    let first = first.unwrap_or_else(|| panic!("case {number}: no repair: {json}"));
    let options: Vec<&str> = first.iter().map(|own| own.as_str().unwrap()).collect();
    let planned = planned(case, folders, &options);
    let told = format!(
        "case {number}: {options:?}\n{}{}",
        out(&planned),
        err(&planned)
    );
    assert_eq!(code(&planned), 0, "{told}");
    for left_out in 0..options.len() {
        let mut fewer = options.clone();
        fewer.remove(left_out);
        assert_eq!(
            code(&self::planned(case, folders, &fewer)),
            1,
            "{left_out} of {told}"
        );
    }
}

/// `plan` with the options of a case, changed by those of a repair.
fn planned(case: &Case, folders: [&str; 2], repair: &[&str]) -> std::process::Output {
    let given = case.options.iter();
    let mut given: Vec<(&str, &str)> = given.copied().collect();
    for text in repair {
        let withdrawn = text.strip_prefix("(without ");
        if let Some(demand) = withdrawn.and_then(|own| own.strip_suffix(")")) {
            given.retain(|(name, value)| format!("{}[{value}]", &name[2..]) != demand);
        } else {
            let (name, value) = text.split_once(' ').unwrap();
            given.push((name, value.trim_matches('\'')));
        }
    }
    let mut arguments = vec!["plan", folders[0], folders[1]];
    arguments.extend(given.into_iter().flat_map(|(name, value)| [name, value]));
    trongdiem(&arguments)
}
