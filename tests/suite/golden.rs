//! What rules and gates say, as golden text: labels, families, sentences, findings, reasons and
//! faults. `UPDATE_GOLDEN=1` writes the texts anew, to be read before they are committed.

use std::path::PathBuf;

use trongdiem::phrase::Phrase;
use trongdiem::plan::Plan;
use trongdiem::programme::Programme;
use trongdiem::record::Fault;
use trongdiem::rules::{Gate, KINDS, Kind, Origin, Rule, Verdict};
use trongdiem::tables;

use crate::{rules, tiny};

/// Every so many plans of tiny one is shown.
const STEP: usize = 353;

fn folder(name: &str) -> PathBuf {
    tiny::root().join("tests/golden").join(name)
}

/// Holds a text to its golden file, or writes it.
fn hold(folder_name: &str, kind: &Kind, text: &str) {
    let path = folder(folder_name).join(format!("{}.txt", kind.name));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(folder(folder_name)).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let expected =
        std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    assert_eq!(text, expected, "{} differs", path.display());
}

fn both(phrase: &Phrase) -> String {
    format!("{}\n    {}", phrase.vi, phrase.en)
}

fn rule_text(rule: &dyn Rule, programme: &Programme, plans: &[Plan]) -> String {
    let mut text = format!(
        "{} ({:?}, basis {:?})\n    {}\n",
        rule.label(),
        rule.family(),
        rule.basis(),
        both(&rule.sentence())
    );
    match rule.loosened(programme) {
        Some(looser) => text += &format!("  looser: {looser:?}\n"),
        None => text += "  looser: nothing\n",
    }
    for claim in rule.claims(programme) {
        text += &format!("  claims {claim:?}\n");
    }
    for plan in plans {
        let codes: Vec<_> = plan
            .choices()
            .map(|d| format!("{}@{}", programme.project(d.project).code, d.start))
            .collect();
        text += &format!("  {}\n", codes.join(", "));
        for finding in rule.check(programme, plan) {
            text += &format!(
                "    {}: breach {} slack {} {:?}: {} | {}\n",
                finding.label,
                finding.breach,
                finding.slack,
                finding.unit,
                finding.stand.vi,
                finding.stand.en
            );
        }
    }
    text
}

fn gate_text(gate: &dyn Gate, programme: &Programme) -> String {
    let mut text = format!(
        "{} (basis {:?})\n    {}\n",
        gate.label(),
        gate.basis(),
        both(&gate.sentence())
    );
    match gate.loosened(programme) {
        Some(looser) => text += &format!("  looser: {looser:?}\n"),
        None => text += "  looser: nothing\n",
    }
    let reason = |word: &str, reason: &trongdiem::rules::Reason| {
        let (sentence, remedy) = (both(&reason.sentence), both(&reason.remedy));
        format!("{word} [{}]\n    {sentence}\n    {remedy}\n", reason.code)
    };
    for id in programme.ids() {
        for decision in trongdiem::plan::Decision::all_of(programme, id) {
            let code = &programme.project(id).code;
            let variant = &decision.variant(programme).name;
            let source = &programme.sources[decision.source.index()].code;
            text += &format!("  {code}/{variant}:{source}@{} ", decision.start);
            text += &match gate.judge(programme, &decision) {
                Verdict::Passes => "passes\n".to_owned(),
                Verdict::Doubted(own) => reason("doubted", &own),
                Verdict::Refused(own) => reason("refused", &own),
            };
        }
    }
    text
}

#[test]
fn words_of_rules_and_gates_read_as_golden_text() {
    for kind in KINDS {
        let programme = rules::programme(kind);
        let plans: Vec<Plan> = tiny::plans(&programme).into_iter().step_by(STEP).collect();
        let mut text = String::new();
        for rule in rules::rules(kind, &programme) {
            text += &rule_text(rule.as_ref(), &programme, &plans);
        }
        for gate in rules::gates(kind) {
            text += &gate_text(gate.as_ref(), &programme);
        }
        hold("words", kind, &text);
    }
}

/// The faults of each row of `tests/golden/faults/KIND.csv`: a kind that a policy chooses has one.
#[test]
fn faults_of_rules_and_gates_read_as_golden_text() {
    let programme = tiny::programme();
    for kind in KINDS {
        let path = folder("faults").join(format!("{}.csv", kind.name));
        let (name, basis) = (kind.name, |basis: Option<&str>| {
            basis.unwrap_or("?").to_owned()
        });
        let table = || {
            tables::read_table(&path)
                .unwrap_or_else(|faults| panic!("{name}: {}", tiny::list(&faults)))
                .0
        };
        let found: Vec<(String, Vec<Fault>)> = match kind.origin {
            Origin::Policy(read) => read(&table())
                .unwrap_or_else(|faults| panic!("{name}: {}", tiny::list(&faults)))
                .iter()
                .map(|rule| (basis(rule.basis()), rule.faults(&programme)))
                .collect(),
            Origin::PolicyGate(read) => read(&table())
                .unwrap_or_else(|faults| panic!("{name}: {}", tiny::list(&faults)))
                .iter()
                .map(|gate| (basis(gate.basis()), gate.faults(&programme)))
                .collect(),
            Origin::Facts { .. } | Origin::LawGate(_) => continue,
        };
        let mut text = String::new();
        for (what, faults) in found {
            assert!(!faults.is_empty(), "{name}: {what}");
            text += &format!("{what}\n");
            for fault in faults {
                text += &format!(
                    "  {} {:?}\n    {}\n    {}\n",
                    fault.table,
                    fault.column,
                    both(&fault.cause),
                    both(&fault.remedy)
                );
            }
        }
        hold("faults", kind, &text);
    }
}
