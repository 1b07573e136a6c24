//! Weights made in three ways, missing scores, and the explanation of a candidate.

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use trongdiem::phrase::Language;
use trongdiem::policy::{Made, Policy};
use trongdiem::problem::{Conditions, Problem};
use trongdiem::quantities::rounded;
use trongdiem::{analysis, report, tables};

use crate::tiny;

/// A model folder with these files beside the `model.toml` of `directive-20`.
fn model(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = tiny::root().join("models/directive-20/model.toml");
    std::fs::copy(from, folder.path().join("model.toml")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The same, its `model.toml` with `new` put in the place of `old`.
fn changed(files: &[(&str, &str)], old: &str, new: &str) -> tempfile::TempDir {
    let folder = model(files);
    let path = folder.path().join("model.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(old));
    std::fs::write(&path, text.replace(old, new)).unwrap();
    folder
}

fn policy(folder: &Path) -> Policy {
    let (policy, _) =
        tables::read_policy(folder, &[]).unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
    policy
}

/// Every fault of a model folder, and of its policy for `tiny`.
fn faults(folder: &Path) -> String {
    let policy = match tables::read_policy(folder, &[]) {
        Err(faults) => return tiny::list(&faults),
        Ok((policy, _)) => policy,
    };
    let programme = tiny::programme();
    match Problem::new(&programme, &policy, &Conditions::default()) {
        Err(faults) => tiny::list(&faults),
        Ok(_) => String::new(),
    }
}

fn weights(policy: &Policy) -> Vec<(&str, i64)> {
    let own = policy.weights.criteria.iter();
    own.map(|own| (own.criterion.as_str(), own.weight))
        .collect()
}

fn numbers(policy: &Policy) -> Vec<i64> {
    let own = policy.weights.criteria.iter();
    own.map(|own| own.weight).collect()
}

const RANKS: &str = "criterion,rank\norientation,1\nadded_value,2\ncapacity,4\nfeasibility,3\n";

#[test]
fn ranks_weigh_as_centroids() {
    let folder = model(&[("ranks.csv", RANKS)]);
    let policy = policy(folder.path());
    let expected = [
        ("orientation", 25),
        ("added_value", 13),
        ("capacity", 3),
        ("feasibility", 7),
    ];
    assert_eq!(weights(&policy), expected);
    assert_eq!(policy.weights.made, Made::Ranked);
    // The line: (25 × 90 + 13 × 80 + 3 × 60 + 7 × 60) / 48 = 3890 / 48 = 81.04.
    let programme = tiny::programme();
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let line = programme.find("tea-line").unwrap();
    assert_eq!(problem.scoring().merit_of(line), 8_104);
    let tied = RANKS.replace("capacity,4", "capacity,3");
    let folder = model(&[("ranks.csv", &tied)]);
    // 25, 13 and the mean of 7 and 3 twice.
    assert_eq!(numbers(&self::policy(folder.path())), [25, 13, 5, 5]);
}

/// Saaty's four chairs (1977) as criteria: the second person's comparisons hang together.
const CHAIRS: &str = "criterion,over,times\n\
    orientation,feasibility,4\norientation,capacity,6\ncapacity,feasibility,1/3\n\
    orientation,added_value,7\nfeasibility,added_value,4\nadded_value,capacity,1/2\n";

#[test]
fn comparisons_weigh_by_their_eigenvector() {
    let folder = model(&[("pairs.csv", CHAIRS)]);
    let policy = policy(folder.path());
    let expected = [
        ("orientation", 6_168),
        ("feasibility", 2_238),
        ("capacity", 972),
        ("added_value", 621),
    ];
    assert_eq!(weights(&policy), expected);
    let made = Made::Compared {
        ratio: 379,
        accepted: None,
    };
    assert_eq!(policy.weights.made, made);
    assert!(policy.weights.made.phrase().vi.contains("CR = 0,0379"));
}

#[test]
fn contradictions_are_refused_unless_accepted_with_a_reason() {
    // The first person's comparisons: λ = 4.39, CR = 0.14.
    let first = "criterion,over,times\n\
        orientation,feasibility,5\norientation,capacity,6\nfeasibility,capacity,4\n\
        orientation,added_value,7\nfeasibility,added_value,6\ncapacity,added_value,4\n";
    let folder = model(&[("pairs.csv", first)]);
    let told = faults(folder.path());
    for part in [
        "pairs.csv, row 5, column times",
        "CR = 0.1447",
        "“orientation” over “added_value”: given as 7 times",
        // 6187 / 451.
        "about 13.7",
        "consistency_accepted",
    ] {
        assert!(told.contains(part), "{part} is not told:\n{told}");
    }
    let accepted = "default_score = 50\nconsistency_accepted = \"the council's own order\"";
    let folder = changed(&[("pairs.csv", first)], "default_score = 50", accepted);
    let policy = policy(folder.path());
    assert_eq!(numbers(&policy), [6_187, 2_353, 1_009, 451]);
    let told = policy.weights.made.phrase();
    assert!(told.en.contains("0.1447") && told.en.contains("the council's own order"));
    // Nothing to accept: comparisons that hang together keep the reason to themselves.
    let folder = changed(&[("pairs.csv", CHAIRS)], "default_score = 50", accepted);
    let told = self::policy(folder.path()).weights.made.phrase();
    assert!(!told.en.contains("council"), "{}", told.en);
    let ranked = changed(&[("ranks.csv", RANKS)], "default_score = 50", accepted);
    assert!(faults(ranked.path()).contains("for weights given by pairs.csv alone"));
}

#[test]
fn weights_are_given_once() {
    let direct = "criterion,weight\norientation,1\n";
    let both = model(&[("weights.csv", direct), ("ranks.csv", RANKS)]);
    let told = faults(both.path());
    assert!(
        told.contains("weights.csv, ")
            && told.contains("ranks.csv")
            && told.contains("more than once"),
        "{told}"
    );
    let none = model(&[]);
    let told = faults(none.path());
    assert!(
        told.contains("there is none of weights.csv, ranks.csv, pairs.csv"),
        "{told}"
    );
}

#[test]
fn faults_of_weights_name_their_rows() {
    let cases = [
        (
            "weights.csv",
            "criterion,weight\norientation,1\nbeauty,2\n",
            "weights.csv, row 3, column criterion: the dataset has no criterion “beauty”",
        ),
        (
            "weights.csv",
            "criterion,weight\norientation,1\norientation,2\n",
            "weights.csv, row 3, column criterion: the criterion “orientation” stands twice",
        ),
        (
            "weights.csv",
            "criterion,weight\norientation,0\n",
            "weights.csv: no criterion has a weight",
        ),
        (
            "ranks.csv",
            "criterion,rank\norientation,0\n",
            "ranks.csv, row 2, column rank: the rank is 0",
        ),
        (
            "ranks.csv",
            "criterion,rank\n",
            "ranks.csv: no criterion has a weight",
        ),
        (
            "pairs.csv",
            "criterion,over,times\n",
            "pairs.csv: no criterion has a weight",
        ),
        (
            "pairs.csv",
            "criterion,over,times\norientation,capacity,10\n",
            "pairs.csv, row 2, column times: “10” is neither",
        ),
        (
            "pairs.csv",
            "criterion,over,times\norientation,capacity,1/0\n",
            "pairs.csv, row 2, column times: “1/0” is neither",
        ),
        (
            "pairs.csv",
            "criterion,over,times\norientation,beauty,3\n",
            "pairs.csv, row 2, column over: the dataset has no criterion “beauty”",
        ),
        (
            "pairs.csv",
            "criterion,over,times\ncapacity,capacity,1\n",
            "pairs.csv, row 2, column over: “capacity” is compared with itself",
        ),
        (
            "pairs.csv",
            "criterion,over,times\norientation,capacity,3\ncapacity,orientation,1/3\n",
            "pairs.csv, row 3, column over: “capacity” and “orientation” are compared twice",
        ),
        (
            "pairs.csv",
            "criterion,over,times\norientation,capacity,3\norientation,feasibility,3\n",
            "pairs.csv: “capacity” and “feasibility” are not compared",
        ),
    ];
    for (name, text, expected) in cases {
        let folder = model(&[(name, text)]);
        let told = faults(folder.path());
        assert!(told.contains(expected), "{expected} is not told:\n{told}");
    }
}

#[test]
fn without_a_default_missing_scores_are_faults_all_at_once() {
    let weights = "criterion,weight\norientation,1\nadded_value,1\n";
    let folder = changed(&[("weights.csv", weights)], "default_score = 50\n", "");
    let dataset = tiny::copy_of("tiny");
    let path = dataset.path().join("scores.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replace("tea-brand,70,70", "tea-brand,unknown,unknown"),
    )
    .unwrap();
    let programme = tiny::programme_of(dataset.path());
    let policy = policy(folder.path());
    let told = Problem::new(&programme, &policy, &Conditions::default()).unwrap_err();
    // The brand's feasibility weighs nothing, so nobody asks for it.
    assert_eq!(told.len(), 2, "{}", tiny::list(&told));
    let told = tiny::list(&told);
    assert!(
        told.contains("scores, column added_value: training has no score"),
        "{told}"
    );
    assert!(
        told.contains("scores, column orientation: tea-brand has no score"),
        "{told}"
    );
    let unweighed = "criterion,weight\nfeasibility,1\n";
    let folder = changed(&[("weights.csv", unweighed)], "default_score = 50\n", "");
    assert_eq!(faults(folder.path()), "");
}

#[test]
fn scorecard_gates_tell_what_does_not_fit() {
    let weights = ("weights.csv", "criterion,weight\norientation,1\n");
    let cases = [
        (
            "least_score.csv",
            "select,criterion,least\n,beauty,50\n",
            "the dataset has no criterion “beauty”",
        ),
        (
            "least_score.csv",
            "select,criterion,least\n,capacity,101\n",
            "least_score.csv, row 2, column least: “101” is above 100",
        ),
        (
            "pass_mark.csv",
            "select,weights,least\n,beauty=3,50\n",
            "the dataset has no criterion “beauty”",
        ),
        (
            "pass_mark.csv",
            "select,weights,least\n,capacity=0,50\n",
            "the scorecard weighs no criterion",
        ),
        (
            "pass_mark.csv",
            "select,weights,least\n,capacity=1;capacity=2,50\n",
            "the criterion “capacity” stands twice",
        ),
        (
            "pass_mark.csv",
            "select,weights,least\n,capacity,50\n",
            "“capacity” has no weight",
        ),
        (
            "pass_mark.csv",
            "select,weights,least\n,,70.5\n",
            "“70.5” has too many decimals",
        ),
    ];
    for (name, text, expected) in cases {
        let folder = model(&[weights, (name, text)]);
        let told = faults(folder.path());
        assert!(told.contains(expected), "{expected} is not told:\n{told}");
    }
}

/// A decimal text as a whole number of 10^-`places`.
fn whole(value: &Value, places: usize) -> i128 {
    let text = value.as_str().unwrap();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<places$}").parse().unwrap()
}

/// The factors as they are written, multiplied on paper, are the benefit of the solver's objective.
#[test]
fn the_product_written_out_is_the_benefit() {
    let programme = tiny::programme();
    let ranked = model(&[("ranks.csv", RANKS)]);
    let shipped =
        ["directive-20", "spread-thin"].map(|name| tiny::root().join("models").join(name));
    let mut seen = 0;
    for folder in shipped.iter().map(AsRef::as_ref).chain([ranked.path()]) {
        let policy = policy(folder);
        let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
        let formulation = problem.formulate().unwrap();
        for project in programme.ids() {
            let explanation = analysis::explain(&problem, project);
            let json = report::explain_json(&problem, &explanation);
            let text = report::explain_text(&problem, &explanation, Language::English);
            let decisions = json["decisions"].as_array().unwrap();
            for (decision, judged) in decisions.iter().zip(&explanation.judged) {
                let ledger = &decision["ledger"];
                let share = ledger["variant_share"]
                    .as_str()
                    .unwrap()
                    .trim_end_matches('%');
                // 2 + 4 + 4 + 6 + 4 decimals; thousandths are asked.
                let product = whole(&ledger["merit"], 2)
                    * whole(&ledger["advantage_factor"], 4)
                    * whole(&ledger["delay_factor"], 4)
                    * whole(&ledger["size"], 6)
                    * whole(&Value::from(share), 2);
                let benefit = rounded(product, 10_i128.pow(17));
                assert_eq!(i128::from(benefit), whole(&decision["benefit"], 3));
                let own = formulation.find(&judged.decision);
                assert_eq!(own.is_some(), decision["admissible"] == true);
                if let Some(id) = own {
                    assert_eq!(formulation.benefit()[id.index()], benefit);
                    let written = format!(
                        "{} × {} × {} × {} × {share}%",
                        ledger["merit"].as_str().unwrap(),
                        ledger["advantage_factor"].as_str().unwrap(),
                        ledger["delay_factor"].as_str().unwrap(),
                        ledger["size"].as_str().unwrap(),
                    );
                    assert!(text.contains(&written), "{written} is not in\n{text}");
                    seen += 1;
                }
            }
        }
        let all = problem.admission().decisions().len();
        assert!(all > 20);
    }
    assert!(seen > 60);
}

/// Merit can be recomputed from the criteria's lines.
#[test]
fn contributions_add_up_to_the_merit() {
    let programme = tiny::programme();
    let folder = model(&[("pairs.csv", CHAIRS)]);
    let policy = policy(folder.path());
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    for project in programme.ids() {
        let json = report::explain_json(&problem, &analysis::explain(&problem, project));
        let lines = json["criteria"].as_array().unwrap();
        let number = |value: &Value| value.as_i64().unwrap();
        let sum: i64 = lines
            .iter()
            .map(|own| number(&own["score"]) * number(&own["weight"]))
            .sum();
        let total: i64 = lines.iter().map(|own| number(&own["weight"])).sum();
        let merit = rounded(i128::from(sum) * 100, i128::from(total));
        assert_eq!(i128::from(merit), whole(&json["merit"], 2));
    }
}

/// What refuses a decision says so once for all decisions that it refuses, and for no other.
#[test]
fn reasons_stand_with_the_decisions_that_they_are_said_of() {
    let programme = tiny::programme();
    let policy = policy(&tiny::root().join("models/directive-20"));
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    for project in programme.ids() {
        let own = analysis::explain(&problem, project);
        for told in &own.refusals {
            for judged in &own.judged {
                let decision = judged.decision;
                let is_in = told.of.iter().any(|block| {
                    block.starts.contains(&decision.start)
                        && block.sources.contains(&decision.source)
                        && block.variants.contains(&decision.variant)
                        && decision.unit.is_none_or(|unit| block.units.contains(&unit))
                });
                let is_outside = judged.refusals.iter().any(|reason| reason.code == "window");
                let expected = judged.refusals.contains(&told.reason)
                    && (!is_outside || told.reason.code == "window");
                assert_eq!(is_in, expected, "{told:?} {decision:?}");
            }
        }
    }
}

/// The plan says how its weights were made, and that contradictions were accepted.
#[test]
fn a_plan_shows_its_weights() {
    let circle = "criterion,over,times\n\
        orientation,feasibility,2\nfeasibility,capacity,2\ncapacity,orientation,2\n";
    let accepted = "default_score = 50\nconsistency_accepted = \"as the council voted\"";
    let folder = changed(&[("pairs.csv", circle)], "default_score = 50", accepted);
    let run = |format| {
        let output = Command::new(env!("CARGO_BIN_EXE_trongdiem"))
            .args(["plan", "datasets/tiny", folder.path().to_str().unwrap()])
            .args(["--beside", "none", "--format", format])
            .current_dir(tiny::root())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let weights = &json["weights"];
    assert_eq!(weights["made_from"], "pairs");
    // λ = 1 + 2 + 1/2: CR = 0.5 / 2 / 0.58.
    assert_eq!(weights["consistency_ratio"], "0.431");
    assert_eq!(
        weights["inconsistency_accepted_because"],
        "as the council voted"
    );
    assert_eq!(weights["criteria"][2]["weight"], 3_333);
    assert_eq!(weights["criteria"][2]["share"], "33.33%");
    let text = run("text");
    assert!(
        text.contains("CR = 0.431") && text.contains("as the council voted"),
        "{text}"
    );
}

fn explained(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_trongdiem"))
        .arg("explain")
        .args(arguments)
        .current_dir(tiny::root())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().unwrap();
    (code, text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_candidate_is_explained_in_both_languages() {
    let of = |project, lang| {
        explained(&[
            "datasets/tiny",
            "models/directive-20",
            project,
            "--lang",
            lang,
        ])
    };
    let (code, text, _) = of("tea-line", "vi");
    assert_eq!(code, 0);
    for part in [
        "loại: đề án điểm",
        "Xã Đồi Chè, thuộc Vùng Bắc (khó khăn)",
        "Điểm thẩm định = 7.750 / 100 = 77,5",
        "1 + 50% × 100% = 1,5",
        "77,5 × 1,5 × 0,97 × 300 × 100%        33.828,75",
        "bắt đầu 2028",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let (_, text, _) = of("tea-press", "en");
    assert!(text.contains("Why no decision is admissible"), "{text}");
    assert!(
        text.contains("have the counterpart committed in writing"),
        "{text}"
    );
    let (_, text, _) = of("training", "en");
    assert!(
        text.contains("50 (default)") && text.contains("no norm is known"),
        "{text}"
    );
    let (_, halved, _) = explained(&[
        "datasets/tiny",
        "models/directive-20",
        "tea-line",
        "--set",
        "weights[orientation].weight=0",
    ]);
    assert!(halved.contains("Merit = 5,500 / 75 = 73.33"), "{halved}");
}

#[test]
fn an_unknown_candidate_is_told_with_codes_that_are_near() {
    let (code, _, told) = explained(&["datasets/tiny", "models/directive-20", "Tea-lien"]);
    assert_eq!(code, 2);
    assert!(told.contains("there is no project “Tea-lien”"), "{told}");
    assert!(told.contains("did you mean: tea-line?"), "{told}");
    let (_, _, told) = explained(&["datasets/tiny", "models/directive-20", "irrigation"]);
    assert!(told.contains("use a code of table projects"), "{told}");
}
