//! What every registered rule and gate must satisfy, without a line written for it.

use std::collections::BTreeSet;

use trongdiem::formulation::{Formulation, Taken, Values};
use trongdiem::phrase::Language;
use trongdiem::programme::Programme;
use trongdiem::rules::{Gate, KINDS, Kind, Origin, Rule, Verdict};
use trongdiem::solve::{Solver, least_miss};
use trongdiem::tables;

use crate::tiny;

/// The text between ```` ```name ```` and the next fence of the kind's manual.
fn block(kind: &Kind, name: &str) -> Option<String> {
    let manual = kind.manual();
    let rest = manual.split(&format!("```{name}\n")).nth(1)?;
    Some(rest.split("```").next().unwrap_or_default().to_owned())
}

/// Dataset tables that a manual's example may bring along, each in a block of its own.
const EXTRA: [&str; 6] = [
    "funds",
    "earlier_grants",
    "recognitions",
    "mixes",
    "areas",
    "commitments",
];

/// The tiny programme as the manual's example wants it.
pub fn programme(kind: &Kind) -> Programme {
    let table = match kind.origin {
        Origin::Facts { table, .. } => Some(table),
        Origin::LawGate(_) => match kind.name {
            "eligibility" => Some("eligibility"),
            "norm" => Some("norms"),
            "definition" => Some("definitions"),
            _ => None,
        },
        // The example's table is the model's; a dataset table beside it stands under its own name.
        Origin::Policy(_) | Origin::PolicyGate(_) => None,
    };
    let own = table.map(|table| (table, block(kind, "csv").expect("an example table")));
    let extra = EXTRA
        .into_iter()
        .filter_map(|name| Some((name, block(kind, name)?)));
    tiny::programme_with(&own.into_iter().chain(extra).collect::<Vec<_>>())
}

fn example_table(kind: &Kind) -> trongdiem::record::Table {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{}.csv", kind.name));
    std::fs::write(&path, block(kind, "csv").expect("an example table")).unwrap();
    tables::read_table(&path)
        .unwrap_or_else(|faults| panic!("{kind:?}: {}", tiny::list(&faults)))
        .0
}

/// The rules of the manual's example.
pub fn rules(kind: &Kind, programme: &Programme) -> Vec<Box<dyn Rule>> {
    match kind.origin {
        Origin::Facts { gather, .. } => gather(programme),
        Origin::Policy(read) => read(&example_table(kind))
            .unwrap_or_else(|faults| panic!("{kind:?}: {}", tiny::list(&faults))),
        Origin::LawGate(_) | Origin::PolicyGate(_) => Vec::new(),
    }
}

pub fn gates(kind: &Kind) -> Vec<Box<dyn Gate>> {
    match kind.origin {
        Origin::LawGate(make) => vec![make()],
        Origin::PolicyGate(read) => read(&example_table(kind))
            .unwrap_or_else(|faults| panic!("{kind:?}: {}", tiny::list(&faults))),
        Origin::Facts { .. } | Origin::Policy(_) => Vec::new(),
    }
}

fn keeps(rule: &dyn Rule, programme: &Programme, plan: &trongdiem::plan::Plan) -> bool {
    rule.check(programme, plan)
        .iter()
        .all(trongdiem::rules::Finding::is_kept)
}

#[test]
fn every_rule_file_is_registered_once() {
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(tiny::root().join("src/rules")).unwrap() {
        let path = entry.unwrap().path();
        files.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
    }
    files.remove("mod");
    files.remove("finding");
    let names: BTreeSet<_> = KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(files, names);
    assert_eq!(names.len(), KINDS.len(), "a kind is registered twice");
}

#[test]
fn every_manual_is_complete() {
    for kind in KINDS {
        let manual = kind.manual();
        let title = kind.title();
        assert!(
            !title.vi.is_empty() && title.vi != title.en,
            "{kind:?}: two titles"
        );
        let is_rule = matches!(kind.origin, Origin::Facts { .. } | Origin::Policy(_));
        let mut headings = vec![
            "# ",
            "Tiếng Việt:",
            "## Legal basis",
            "## Table",
            "## Worked example",
        ];
        headings.extend(is_rule.then_some("## Formulation"));
        for heading in headings {
            assert!(
                manual.lines().any(|line| line.starts_with(heading)),
                "{kind:?}: the manual lacks {heading:?}"
            );
        }
        let from_table = !matches!(kind.origin, Origin::LawGate(_));
        assert!(
            !from_table || block(kind, "csv").is_some(),
            "{kind:?}: no example table"
        );
        if let Origin::Policy(_) | Origin::PolicyGate(_) = kind.origin {
            for column in example_table(kind).columns {
                let line = format!("| `{column}` |");
                assert!(
                    manual.contains(&line),
                    "{kind:?}: column {column} is not explained"
                );
            }
        }
    }
}

#[test]
fn labels_and_sentences_name_the_rule() {
    for kind in KINDS {
        let programme = programme(kind);
        let mut sentences = BTreeSet::new();
        for rule in rules(kind, &programme) {
            assert!(
                rule.label().starts_with(kind.name),
                "{kind:?}: {}",
                rule.label()
            );
            assert!(
                rule.faults(&programme).is_empty(),
                "{kind:?}: {}",
                tiny::list(&rule.faults(&programme))
            );
            let mut formulation = tiny::formulation(&programme);
            let before = formulation.rows().len();
            rule.formulate(&programme, &mut formulation);
            let mut labels = BTreeSet::new();
            for row in &formulation.rows()[before..] {
                assert!(
                    row.label.starts_with(&format!("{}[", kind.name)),
                    "{}",
                    row.label
                );
                assert!(labels.insert(&row.label), "{} stands twice", row.label);
            }
            sentences.insert(rule.sentence().vi);
            sentences.insert(rule.sentence().en);
        }
        for gate in gates(kind) {
            assert!(
                gate.label().starts_with(kind.name),
                "{kind:?}: {}",
                gate.label()
            );
            sentences.insert(gate.sentence().vi);
            sentences.insert(gate.sentence().en);
        }
        for sentence in sentences {
            let good =
                sentence.ends_with('.') && !sentence.contains("..") && !sentence.contains("  ");
            assert!(good, "{kind:?}: {sentence}");
        }
    }
}

/// Every value of the binary helpers.
fn binaries(formulation: &Formulation) -> impl Iterator<Item = Vec<bool>> {
    let count = formulation
        .helpers()
        .iter()
        .filter(|helper| helper.values == Values::Binary)
        .count();
    (0..1_u32 << count).map(move |code| (0..count).map(|bit| code >> bit & 1 == 1).collect())
}

/// Whether no values of the helpers admit the decisions taken.
fn refuses(formulation: &Formulation, taken: &[bool]) -> bool {
    let has_amounts = formulation
        .helpers()
        .iter()
        .any(|helper| helper.values == Values::Amount);
    binaries(formulation).all(|binary| {
        if has_amounts {
            let miss = least_miss(formulation, taken, &binary, Solver::default());
            return miss.expect("a linear programme of a few rows") > 0.5;
        }
        let values: Vec<i64> = binary.iter().map(|&flag| i64::from(flag)).collect();
        formulation
            .rows()
            .iter()
            .any(|row| row.missed(&Taken(taken), &values) > 0)
    })
}

/// Rows admit exactly the plans that the checker keeps: with the witnesses' values every row holds
/// for a plan that is kept, and no values of the helpers admit one that is broken.
#[test]
fn rows_and_checkers_agree_on_every_plan() {
    for kind in KINDS {
        let programme = programme(kind);
        let plans = tiny::plans(&programme);
        for rule in rules(kind, &programme) {
            let mut formulation = tiny::formulation(&programme);
            rule.formulate(&programme, &mut formulation);
            assert!(
                formulation.left_out().is_empty(),
                "{kind:?}: the example is not applicable"
            );
            let mut seen = BTreeSet::new();
            for plan in &plans {
                let kept = keeps(rule.as_ref(), &programme, plan);
                let taken = formulation.flags(plan.choices());
                let agree = if kept {
                    formulation.admits(&Taken(&taken))
                } else {
                    refuses(&formulation, &taken)
                };
                assert!(
                    agree,
                    "{}: kept = {kept}, but not by its rows: {plan:?}",
                    rule.label()
                );
                seen.insert(kept);
            }
            assert_eq!(
                seen.len(),
                2,
                "{}: its example must be kept by some plans and broken by others",
                rule.label()
            );
        }
    }
}

/// Numbers worked out by hand, owed to neither the rows nor the checker.
#[test]
fn worked_plans_come_out_as_written() {
    for kind in KINDS {
        let programme = programme(kind);
        let rules = rules(kind, &programme);
        if rules.is_empty() {
            continue;
        }
        let mut seen = BTreeSet::new();
        for line in block(kind, "plans").expect("worked plans").lines() {
            let (verdict, rest) = line.split_once(' ').unwrap();
            let (plan, which) = rest.split_once(" under rule ").unwrap_or((rest, ""));
            let plan = tiny::plan(&programme, plan);
            let asked = match which.parse::<usize>() {
                Ok(number) => &rules[number - 1..number],
                Err(_) => &rules[..],
            };
            let kept = asked
                .iter()
                .all(|rule| keeps(rule.as_ref(), &programme, &plan));
            assert_eq!(
                if kept { "kept" } else { "broken" },
                verdict,
                "{kind:?}: {line}"
            );
            seen.insert(verdict.to_owned());
        }
        assert_eq!(seen.len(), 2, "{kind:?}: a kept and a broken plan");
    }
}

#[test]
fn worked_decisions_come_out_as_written() {
    for kind in KINDS {
        let programme = programme(kind);
        for (gate, number) in gates(kind).into_iter().zip(1..) {
            let mut seen = BTreeSet::new();
            for line in block(kind, "decisions").expect("worked decisions").lines() {
                let (expected, rest) = line.split_once(' ').unwrap();
                let (decision, which) = rest.split_once(" under rule ").unwrap_or((rest, ""));
                if which.parse::<usize>().is_ok_and(|own| own != number) {
                    continue;
                }
                let verdict = match gate.judge(&programme, &tiny::decision(&programme, decision)) {
                    Verdict::Passes => "passes",
                    Verdict::Doubted(reason) => {
                        complete(&reason);
                        "doubted"
                    }
                    Verdict::Refused(reason) => {
                        complete(&reason);
                        "refused"
                    }
                };
                assert_eq!(verdict, expected, "{kind:?}: {line}");
                seen.insert(verdict);
            }
            assert!(
                seen.contains("refused") && seen.contains("passes"),
                "{kind:?}"
            );
        }
    }
}

fn complete(reason: &trongdiem::rules::Reason) {
    for language in [Language::Vietnamese, Language::English] {
        assert!(!reason.sentence.say(language).is_empty());
        assert!(!reason.remedy.say(language).is_empty());
    }
    assert!(
        Kind::find(&reason.code).is_some(),
        "{} is no gate",
        reason.code
    );
}

/// A looser rule admits every plan that the rule admits, and is another rule.
#[test]
fn loosened_admits_all_that_the_rule_admits() {
    for kind in KINDS {
        let programme = programme(kind);
        let plans = tiny::plans(&programme);
        for rule in rules(kind, &programme) {
            let Some(looser) = rule.loosened(&programme) else {
                continue;
            };
            assert_ne!(format!("{rule:?}"), format!("{looser:?}"));
            for plan in &plans {
                let kept = keeps(rule.as_ref(), &programme, plan);
                assert!(
                    !kept || keeps(looser.as_ref(), &programme, plan),
                    "{}: {plan:?}",
                    rule.label()
                );
            }
        }
        for gate in gates(kind) {
            let Some(looser) = gate.loosened(&programme) else {
                continue;
            };
            for decision in tiny::decisions(&programme).iter().flatten() {
                let refused = |gate: &dyn Gate| {
                    matches!(gate.judge(&programme, decision), Verdict::Refused(_))
                };
                assert!(
                    refused(gate.as_ref()) || !refused(looser.as_ref()),
                    "{kind:?}"
                );
            }
        }
    }
}

/// Rows as golden text: what a solver is told, number by number. `UPDATE_GOLDEN=1` writes the
/// texts anew; a kind without one yet is not held to any.
#[test]
fn rows_read_as_golden_text() {
    let folder = tiny::root().join("tests/golden/rows");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for kind in KINDS {
        let programme = programme(kind);
        let mut text = String::new();
        for rule in rules(kind, &programme) {
            let mut formulation = tiny::formulation(&programme);
            let before = formulation.rows().len();
            rule.formulate(&programme, &mut formulation);
            text += &format!("{}\n{}\n", rule.sentence().vi, rule.sentence().en);
            for helper in formulation.helpers() {
                text += &format!("  helper {helper:?}\n");
            }
            for row in &formulation.rows()[before..] {
                text += &format!("  {row}\n");
            }
        }
        let path = folder.join(format!("{}.txt", kind.name));
        if update && !text.is_empty() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        if let Ok(expected) = std::fs::read_to_string(&path) {
            assert_eq!(text, expected, "{} differs", path.display());
        }
    }
}

/// What asks for nothing, or allows everything, has no looser notch.
#[test]
fn what_cannot_be_loosened_says_so() {
    let programme = tiny::programme();
    let loosest = [
        ("minimum_count", "select,counted,each,count,basis\n,,,0,\n"),
        (
            "minimum_share",
            "select,of,base,each,within,share,basis\nkind=pilot,,spent,,,0%,\n",
        ),
        (
            "maximum_share",
            "select,of,base,each,within,share,basis\nkind=pilot,,spent,,,100%,\n",
        ),
        ("follow_up", "select,within,share,basis\n,1,0%,\n"),
        ("steadiness", "select,each,from,change,basis\n,,,100%,\n"),
        ("mobilised_money", "select,each,least,basis\n,,0,\n"),
        ("least_grant", "select,least,basis\n,0,\n"),
        ("least_instalment", "select,least,basis\n,0,\n"),
    ];
    for (name, text) in loosest {
        let kind = KINDS.iter().find(|kind| kind.name == name).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{name}.csv"));
        std::fs::write(&path, text).unwrap();
        let table = tables::read_table(&path).unwrap().0;
        let is_loosest = match kind.origin {
            Origin::Policy(read) => {
                let rules = read(&table).unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
                rules.iter().all(|rule| rule.loosened(&programme).is_none())
            }
            Origin::PolicyGate(read) => {
                let gates = read(&table).unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
                gates.iter().all(|gate| gate.loosened(&programme).is_none())
            }
            Origin::LawGate(_) | Origin::Facts { .. } => false,
        };
        assert!(is_loosest, "{name}");
    }
}
