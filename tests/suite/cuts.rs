//! Candidates that ask for more than the norm, cut to it.

use std::path::Path;

use trongdiem::policy::Policy;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::quantities::Money;
use trongdiem::tables;

use crate::command_line::{code, err, out, replace, trongdiem, written};
use crate::tiny;

/// `tiny` where a machine may have 150 million đồng: the roaster asks for 200.
fn dataset() -> tempfile::TempDir {
    let folder = tiny::copy_of("tiny");
    replace(
        &folder.path().join("norms.csv"),
        "machinery,nation,50%,300",
        "machinery,nation,50%,150",
    );
    folder
}

/// A policy without rules that cuts to the norms, or refuses.
fn model(above_norm: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = tiny::root().join("models/spread-thin");
    for name in ["model.toml", "weights.csv"] {
        std::fs::copy(from.join(name), folder.path().join(name)).unwrap();
    }
    replace(
        &folder.path().join("model.toml"),
        "[benefit]",
        &format!("above_norm = \"{above_norm}\"\n\n[benefit]"),
    );
    folder
}

fn policy(folder: &Path) -> Policy {
    tables::read_policy(folder, &[]).unwrap().0
}

#[test]
fn a_candidate_refused_by_its_norm_is_cut_to_exactly_it() {
    let (dataset, refusing, cutting) = (dataset(), model("refused"), model("cut"));
    let programme = tiny::programme_of(dataset.path());
    let roaster = programme.find("coffee-roaster").unwrap();
    let conditions = Conditions::default();
    let refusing = policy(refusing.path());
    let problem = Problem::new(&programme, &refusing, &conditions).unwrap();
    let refused = problem.admission().refused().iter();
    let reasons = refused.filter(|own| own.project == roaster);
    let reasons: Vec<_> = reasons.flat_map(|own| &own.reasons).collect();
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0].code, "norm");
    assert!(problem.cuts().is_empty());
    let cutting = policy(cutting.path());
    let problem = Problem::new(&programme, &cutting, &conditions).unwrap();
    let decisions = problem.admission().decisions().iter();
    let own: Vec<_> = decisions.filter(|own| own.project == roaster).collect();
    assert!(!own.is_empty());
    for decision in own {
        assert_eq!(decision.support(problem.programme()), Money(150_000_000));
    }
    assert_eq!(problem.cuts().len(), 1);
    let cut = &problem.cuts()[0];
    assert_eq!((cut.project, cut.content), (roaster, 0));
    assert_eq!(
        (cut.asked, cut.granted),
        (Money(200_000_000), Money(150_000_000))
    );
    // The facts themselves stay as they are.
    let asked = programme.project(roaster).full().support();
    assert_eq!(asked, Money(200_000_000));
}

#[test]
fn cuts_are_told_and_the_plan_passes_its_own_audit() {
    let (dataset, model) = (dataset(), model("cut"));
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let (data, policy) = (
        dataset.path().to_str().unwrap(),
        model.path().to_str().unwrap(),
    );
    let run = ["plan", data, policy, "--gap", "0%", "--out", to];
    let output = trongdiem(&[&run[..], &["--require", "coffee-roaster"]].concat());
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    let text = out(&output);
    assert!(
        text.contains("Candidates cut to the norm: 1 (marked *), by 50 million đồng"),
        "{text}"
    );
    assert!(text.contains(" coffee-roaster* "), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&written(folder.path(), "plan.json")).unwrap();
    let cut = &json["cuts"][0];
    assert_eq!(cut["project"], "coffee-roaster");
    assert_eq!(cut["variant"], "full");
    assert_eq!(cut["content"], "Máy rang 60 kg");
    assert_eq!(
        (&cut["asked"], &cut["granted"]),
        (&"200".into(), &"150".into())
    );
    // plan.csv holds amounts, which the audit compares with those granted.
    let plan = folder.path().join("plan.csv");
    let plan = plan.to_str().unwrap();
    assert!(written(folder.path(), "plan.csv").contains(",150,"));
    let audit = trongdiem(&["audit", data, policy, plan]);
    assert_eq!(code(&audit), 0, "{}{}", out(&audit), err(&audit));
    let check = trongdiem(&["check", data, policy]);
    // 300 + 150 + 100 + 40.
    assert!(
        out(&check).contains("admissible candidates: 4, asking for 590 million đồng"),
        "{}",
        out(&check)
    );
    // A policy that refuses does not accept the same plan.
    let refusing = self::model("refused");
    let refusing = refusing.path().to_str().unwrap();
    assert_ne!(code(&trongdiem(&["audit", data, refusing, plan])), 0);
}
