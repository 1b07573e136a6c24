//! The program as its users meet it: exit codes, files, faults, the same answer twice.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::tiny;

/// Runs the program in the repository's root.
pub fn trongdiem(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trongdiem"))
        .args(arguments)
        .current_dir(tiny::root())
        .output()
        .expect("the program runs")
}

pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

pub fn replace(path: &Path, old: &str, new: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(old), "{} holds no {old}", path.display());
    std::fs::write(path, text.replacen(old, new, 1)).unwrap();
}

pub fn written(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn a_plan_is_written_and_passes_its_own_audit() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    for model in ["models/directive-20", "models/spread-thin"] {
        let output = trongdiem(&["plan", "datasets/tiny", model, "--gap", "0%", "--out", to]);
        assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
        let plan = folder.path().join("plan.csv");
        let audit = trongdiem(&["audit", "datasets/tiny", model, plan.to_str().unwrap()]);
        assert_eq!(code(&audit), 0, "{}", out(&audit));
        let json: serde_json::Value =
            serde_json::from_str(&written(folder.path(), "plan.json")).unwrap();
        assert_eq!(json["outcome"], "proven");
        assert_eq!(json["benefit"], json["bound"]);
        assert!(json["manifest"]["inputs"].as_array().unwrap().len() > 15);
        assert!(written(folder.path(), "audit.csv").starts_with("label,rule,verdict,breach"));
    }
}

#[test]
fn json_on_stdout_is_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let output = trongdiem(&[
        "plan",
        "datasets/tiny",
        "models/directive-20",
        "--out",
        to,
        "--format",
        "json",
    ]);
    assert_eq!(out(&output), written(folder.path(), "plan.json"));
}

#[test]
fn five_faults_in_two_tables_are_all_told_with_row_and_column() {
    let folder = tiny::copy_of("tiny");
    let projects = folder.path().join("projects.csv");
    let contents = folder.path().join("contents.csv");
    replace(
        &projects,
        "tea-line,Dây chuyền chế biến chè và nhãn hiệu chung,pilot",
        "tea-line,Dây chuyền,giant",
    );
    replace(&projects, "2026,2028,100,1,10", "2026,20x8,100,1,10");
    replace(&projects, "50|50", "50|60");
    replace(
        &contents,
        "machinery,1,400,200",
        "machinery,1,\"400,5\",200",
    );
    replace(&contents, "training,1,60,40", "training,0.5,60,40");
    let output = trongdiem(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    let text = err(&output);
    for place in [
        "projects.csv, row 2, column kind",
        "projects.csv, row 3, column last_start",
        "projects.csv, row 2, column profile",
        "contents.csv, row 4, column total_cost",
        "contents.csv, row 7, column quantity",
    ] {
        assert!(text.contains(place), "{place} is not told:\n{text}");
    }
    assert!(text.contains("Faults in all: 5."), "{text}");
}

#[test]
fn names_that_lead_nowhere_duplicates_and_missing_ceilings_are_told() {
    let folder = tiny::copy_of("tiny");
    replace(
        &folder.path().join("projects.csv"),
        "Xã Suối,tea",
        "Xã Suổi,tea",
    );
    replace(
        &folder.path().join("contents.csv"),
        "training,,Lớp",
        "trainning,,Lớp",
    );
    replace(
        &folder.path().join("ceilings.csv"),
        "national,2028,0\n",
        "national,2027,0\n",
    );
    let output = trongdiem(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    let text = err(&output);
    for part in [
        "projects.csv, row 4, column area: “Xã Suổi” is not in table areas",
        "contents.csv, row 7, column project: “trainning” is not in table projects",
        "projects.csv, row 5, column project: training has a variant without any content",
        "national has two ceilings for 2027",
        "national has no ceiling for 2028",
    ] {
        assert!(text.contains(part), "{part} is not told:\n{text}");
    }
}

#[test]
fn unknown_files_columns_rules_and_folders_are_told() {
    let folder = tiny::copy_of("tiny");
    std::fs::write(folder.path().join("ceiling.csv"), "fund,year,amount\n").unwrap();
    let output = trongdiem(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("there is no table “ceiling”"),
        "{}",
        err(&output)
    );
    std::fs::remove_file(folder.path().join("ceiling.csv")).unwrap();
    replace(&folder.path().join("funds.csv"), "level", "rank");
    let output = trongdiem(&["check", folder.path().to_str().unwrap()]);
    assert!(
        err(&output).contains("there is no column “rank”"),
        "{}",
        err(&output)
    );
    assert!(
        err(&output).contains("the column “level” is missing"),
        "{}",
        err(&output)
    );
    let output = trongdiem(&["plan", "datasets/nowhere", "models/directive-20"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("there is no such folder"));
    let output = trongdiem(&[
        "plan",
        "datasets/tiny",
        "models/directive-20",
        "--without",
        "maximum_shore",
    ]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no rule “maximum_shore” is in force"));
}

fn impossible() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = tiny::root().join("models/directive-20");
    for name in ["model.toml", "weights.csv", "maximum_share.csv"] {
        std::fs::copy(from.join(name), folder.path().join(name)).unwrap();
    }
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "minimum_count.csv",
        "select,counted,each,count\nsector=coffee,,,1\n",
    );
    write(
        "maximum_money.csv",
        "select,each,amount\nzone=Vùng Bắc,,150\n",
    );
    folder
}

#[test]
fn an_impossible_policy_names_fewer_than_all_its_rules() {
    let model = impossible();
    let path = model.path().to_str().unwrap();
    let output = trongdiem(&["plan", "datasets/tiny", path, "--lang", "vi"]);
    assert_eq!(code(&output), 1, "{}", out(&output));
    let text = out(&output);
    assert!(
        text.contains("minimum_count[sector=coffee]")
            && text.contains("maximum_money[zone=Vùng Bắc]")
    );
    assert!(!text.contains("  maximum_share["), "{text}");
    // The rules that are not named are left out: those that are have no plan with the facts alone.
    let output = trongdiem(&[
        "plan",
        "datasets/tiny",
        path,
        "--without",
        "maximum_share",
        "--without",
        "targets",
    ]);
    assert_eq!(code(&output), 1);
    let output = trongdiem(&["plan", "datasets/tiny", path, "--without", "maximum_money"]);
    assert_eq!(code(&output), 0, "{}", out(&output));
}

#[test]
fn a_moment_of_time_gives_up_or_gives_an_audited_plan() {
    let output = trongdiem(&[
        "plan",
        "datasets/son-la",
        "models/directive-20",
        "--time-limit",
        "0.01s",
    ]);
    assert!(
        [0, 1, 3].contains(&code(&output)),
        "{}{}",
        out(&output),
        err(&output)
    );
    assert!(!err(&output).contains("panicked"));
}

#[test]
#[cfg_attr(
    not(feature = "highs"),
    ignore = "microlp takes no work limit and is too slow here"
)]
fn the_same_run_twice_writes_the_same_plan() {
    let small = ["--projects", "60", "--seed", "3"];
    let folder = tempfile::tempdir().unwrap();
    let dataset = folder.path().join("dataset");
    let mut generate = vec![
        "generate",
        "--profile",
        "province",
        "--out",
        dataset.to_str().unwrap(),
    ];
    generate.extend(small);
    assert_eq!(code(&trongdiem(&generate)), 0);
    let run = |extra: &[&str], name: &str| {
        let to = folder.path().join(name);
        let mut arguments = vec![
            "plan",
            dataset.to_str().unwrap(),
            "models/spread-thin",
            "--out",
            to.to_str().unwrap(),
        ];
        arguments.extend(extra);
        let output = trongdiem(&arguments);
        assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
        written(&to, "plan.csv")
    };
    let by_gap = ["--threads", "1", "--gap", "1%", "--time-limit", "10m"];
    assert_eq!(run(&by_gap, "a"), run(&by_gap, "b"));
    for threads in ["1", "2"] {
        let by_work = ["--threads", threads, "--gap", "0%", "--work-limit", "1"];
        assert_eq!(run(&by_work, "a"), run(&by_work, "b"));
    }
}

#[test]
fn scenarios_change_money_rules_and_projects() {
    let benefit = |extra: &[&str]| {
        let mut arguments = vec![
            "plan",
            "datasets/tiny",
            "models/directive-20",
            "--without",
            "minimum_money",
            "--gap",
            "0%",
            "--format",
            "json",
        ];
        arguments.extend(extra);
        let output = trongdiem(&arguments);
        assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
        let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
        json["benefit"].as_str().unwrap().parse::<f64>().unwrap()
    };
    let plain = benefit(&[]);
    assert!(benefit(&["--set", "ceilings[national,*].amount*=0.5"]) < plain);
    assert!(benefit(&["--set", "ceilings[local].amount+=500"]) >= plain);
    assert!(
        benefit(&[
            "--forbid",
            "tea-line",
            "--without",
            "minimum_share",
            "--without",
            "minimum_count",
            "--without",
            "top_share"
        ]) < plain
    );
    assert!(benefit(&["--require", "coffee-roaster"]) <= plain);
    let output = trongdiem(&[
        "plan",
        "datasets/tiny",
        "models/directive-20",
        "--set",
        "ceilings[lokal].amount=3",
    ]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no row matches"));
}

#[test]
fn an_audit_finds_what_is_wrong_with_a_foreign_plan() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.csv");
    let audit = |text: &str| {
        std::fs::write(&plan, text).unwrap();
        trongdiem(&[
            "audit",
            "datasets/tiny",
            "models/spread-thin",
            plan.to_str().unwrap(),
        ])
    };
    let heading = "project,variant,unit,start,fund\n";
    let output = audit(&format!(
        "{heading}tea-line,full,centre,2026,local\ncoffee-roaster,full,centre,2026,local\n"
    ));
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("ceiling[local,2026]"),
        "{}",
        out(&output)
    );
    let output = audit(&format!("{heading}tea-press,full,centre,2026,local\n"));
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("counterpart[tea-press]"),
        "{}",
        out(&output)
    );
    let output = audit(&format!(
        "{heading}tea-dryer,large,centre,2026,local\ntraining,full,branch,2026,local\ntraining,full,branch,2027,local\n"
    ));
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("row 2, column variant")
            && err(&output).contains("row 4, column project")
    );
    let output = audit(
        "project,variant,unit,start,fund,2026,support\ntraining,full,branch,2026,local,41,40\n",
    );
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("column 2026"), "{}", err(&output));
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_older_one() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("plans");
    std::fs::write(&blocked, "not a folder").unwrap();
    let output = trongdiem(&[
        "plan",
        "datasets/tiny",
        "models/spread-thin",
        "--out",
        blocked.to_str().unwrap(),
    ]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("cannot be written"),
        "{}",
        err(&output)
    );
    assert_eq!(std::fs::read_to_string(&blocked).unwrap(), "not a folder");
}

#[test]
fn the_rule_book_lists_every_kind_and_prints_each_manual() {
    let book = out(&trongdiem(&["rules", "--lang", "vi"]));
    for kind in trongdiem::rules::KINDS {
        assert!(book.contains(kind.name), "{}", kind.name);
        let manual = out(&trongdiem(&["rules", kind.name]));
        assert_eq!(manual, format!("{}\n", kind.manual()));
    }
    assert_eq!(code(&trongdiem(&["rules", "no_such_rule"])), 2);
}

#[test]
fn help_shows_an_example_of_every_command() {
    for command in [
        "plan",
        "check",
        "audit",
        "explain",
        "advantage",
        "rules",
        "formulate",
        "generate",
    ] {
        let help = out(&trongdiem(&[command, "--help"]));
        assert!(
            help.contains(&format!("Example: trongdiem {command} ")),
            "{help}"
        );
    }
    assert_eq!(code(&trongdiem(&["plan"])), 2);
    assert_eq!(
        code(&trongdiem(&[
            "plan",
            "datasets/tiny",
            "models/spread-thin",
            "--gap",
            "1"
        ])),
        2
    );
}

#[test]
fn advantages_are_printed_and_their_matrix_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("matrix.csv");
    let to = path.to_str().unwrap();
    let output = trongdiem(&["advantage", "datasets/hoa-binh", "--out", to]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("Cao Phong 100% · Lạc Thủy 10.6% · no advantage: TP Hòa Bình"));
    let matrix = written(folder.path(), "matrix.csv");
    assert!(matrix.starts_with("place,kind,tea,vegetables,orange,sugarcane\n"));
    assert!(
        matrix.contains("Cao Phong,area,0%,0%,100%,unknown\n"),
        "{matrix}"
    );
    let alone = ["--measure", "harvested_area", "--format", "csv"];
    let output = trongdiem(&[&["advantage", "datasets/hoa-binh"], &alone[..]].concat());
    let line =
        "Đà Bắc,area,tea,harvested_area,131.2,ha,2022,location,863.4 in 2022,5.052236,2.697499,";
    assert!(out(&output).contains(line), "{}", out(&output));
    let output = trongdiem(&["advantage", "datasets/son-la", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    assert!(json["figures"].as_array().unwrap().len() > 40);
    let output = trongdiem(&["advantage", "datasets/tiny", "--lang", "vi"]);
    assert!(out(&output).contains("† Vùng Bắc, Chè: 100% theo bảng advantage: illustrative"));
    let output = trongdiem(&["advantage", "datasets/tiny", "--measure", "area"]);
    assert_eq!(code(&output), 2);
}

/// The exported model has the same optimum for another solver, where one is installed.
#[test]
fn cbc_finds_the_same_optimum_in_the_exported_model() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    if Command::new("cbc").arg("-quit").output().is_err() {
        println!("skipped: cbc is not installed");
        return;
    }
    let soft = crate::soft::model(
        "rule,price\nminimum_share,5\nfocal_points,300\ntop_share,2\ntargets,40\n",
    );
    let soft = soft.path().to_str().unwrap();
    let policies = ["models/directive-20", soft];
    for (policy, end) in policies.into_iter().flat_map(|p| [(p, "lp"), (p, "mps")]) {
        let output = trongdiem(&[
            "plan",
            "datasets/tiny",
            policy,
            "--gap",
            "0%",
            "--format",
            "json",
        ]);
        let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
        let ours = json["objective"].as_str().unwrap().parse::<f64>().unwrap() * 1000.0;
        let model = path(&format!("tiny.{end}"));
        assert_eq!(
            code(&trongdiem(&[
                "formulate",
                "datasets/tiny",
                policy,
                "--to",
                &model
            ])),
            0
        );
        assert!(PathBuf::from(format!("{model}.names.csv")).exists());
        let solution = path("solution.txt");
        let run = Command::new("cbc")
            .args([&model, "-ratio", "0", "-solve", "-solu", &solution])
            .output()
            .unwrap();
        assert!(run.status.success());
        let text = std::fs::read_to_string(&solution).unwrap();
        let value: f64 = text
            .lines()
            .next()
            .unwrap()
            .split_whitespace()
            .last()
            .unwrap()
            .parse()
            .unwrap();
        assert!(
            (value.abs() - ours).abs() < 0.5,
            "{policy} {end}: cbc has {value}, we have {ours}"
        );
    }
}

#[test]
fn demands_that_cannot_be_are_faults_and_audits_hold_the_others() {
    let plan = |extra: &[&str]| {
        let mut arguments = vec!["plan", "datasets/tiny", "models/spread-thin"];
        arguments.extend(extra);
        trongdiem(&arguments)
    };
    let refused = plan(&["--require", "tea-press"]);
    assert_eq!(code(&refused), 2);
    assert!(
        err(&refused).contains("not admissible"),
        "{}",
        err(&refused)
    );
    let both = plan(&["--require", "training", "--forbid", "training"]);
    assert!(
        err(&both).contains("both required and forbidden"),
        "{}",
        err(&both)
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.csv");
    std::fs::write(
        &path,
        "project,variant,start,fund\ntraining,full,2026,local\n",
    )
    .unwrap();
    let audit = trongdiem(&[
        "audit",
        "datasets/tiny",
        "models/spread-thin",
        path.to_str().unwrap(),
        "--require",
        "tea-line",
    ]);
    assert_eq!(code(&audit), 1);
    assert!(out(&audit).contains("require[tea-line]"), "{}", out(&audit));
}

#[test]
fn tables_as_vietnamese_excel_writes_them_are_read() {
    let folder = tiny::copy_of("tiny");
    let path = folder.path().join("ceilings.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        format!("\u{feff}{}", text.replace(',', ";").replace('\n', "\r\n")),
    )
    .unwrap();
    std::fs::write(folder.path().join("~$projects.csv"), "locked").unwrap();
    let output = trongdiem(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn amounts_written_in_dong_are_faults_not_overflows() {
    let folder = tiny::copy_of("tiny");
    replace(
        &folder.path().join("ceilings.csv"),
        "local,2026,250",
        "local,2026,250000000",
    );
    let output = trongdiem(&[
        "check",
        folder.path().to_str().unwrap(),
        "models/directive-20",
    ]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("ceilings.csv, row 2, column amount"),
        "{}",
        err(&output)
    );
}

#[test]
fn changes_take_percentages_and_blank_keys_for_what_they_are() {
    let spent = |change: &str| {
        let arguments = [
            "plan",
            "datasets/tiny",
            "models/spread-thin",
            "--format",
            "json",
            "--set",
            change,
        ];
        let output = trongdiem(&arguments);
        let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap_or_default();
        (
            code(&output),
            json["money"][0]["years"][0]["ceiling"].clone(),
        )
    };
    assert_eq!(spent("ceilings[local,2026].amount*=90%"), (0, "225".into()));
    assert_eq!(spent("ceilings[local,2026].amount*=0.9"), (0, "225".into()));
    assert_eq!(spent("ceilings[local,].amount*=0.5").0, 2);
    assert_eq!(spent("ceilings[local,2026].amount+=10%").0, 2);
}

#[test]
fn the_order_of_law_is_told_written_and_drawn_up_again_alike() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str| {
        let to = folder.path().join(name);
        let output = trongdiem(&[
            "plan",
            "datasets/tiny",
            "models/order-of-law",
            "--gap",
            "0%",
            "--tier-costs",
            "--out",
            to.to_str().unwrap(),
        ]);
        assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
        (to, out(&output))
    };
    let (to, text) = run("a");
    assert!(text.contains("every tier (6) is proven"), "{text}");
    assert!(text.contains("What each tier costs the next"), "{text}");
    assert!(text.contains("Beside the list made by hand"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&written(&to, "plan.json")).unwrap();
    assert_eq!(json["tiers"]["proven"], 6);
    assert_eq!(json["tiers"]["of"].as_array().unwrap().len(), 6);
    assert_eq!(json["tiers"]["costs"].as_array().unwrap().len(), 6);
    let differing = json["difference"]["projects"].as_array().unwrap().len();
    let rows = written(&to, "difference.csv").lines().count();
    assert_eq!(rows, differing + 1);
    let findings = json["findings"].as_array().unwrap();
    let of_order = findings.iter().filter(|own| own["family"] == "order");
    assert!(of_order.clone().all(|own| own["verdict"] == "kept"));
    assert_eq!(of_order.count(), 6);
    let (again, _) = run("b");
    for name in ["plan.csv", "plan.json", "audit.csv", "difference.csv"] {
        assert_eq!(written(&to, name), written(&again, name), "{name}");
    }
    let plan = to.join("plan.csv");
    let audit = trongdiem(&[
        "audit",
        "datasets/tiny",
        "models/order-of-law",
        plan.to_str().unwrap(),
    ]);
    assert_eq!(code(&audit), 0);
    assert!(
        out(&audit).contains("tiers are not asked here"),
        "{}",
        out(&audit)
    );
    let manual = out(&trongdiem(&["rules", "tiers"]));
    assert!(manual.contains("found[k]"), "{manual}");
}

#[test]
fn an_order_without_a_plan_or_an_answer_has_its_exit_code() {
    let plan = |extra: &[&str]| {
        let mut arguments = vec!["plan", "datasets/tiny", "models/order-of-law"];
        arguments.extend(extra);
        code(&trongdiem(&arguments))
    };
    assert_eq!(
        plan(&[
            "--set",
            "targets[machines].at_least=90",
            "--set",
            "targets[machines].at_most=99"
        ]),
        1
    );
    assert_eq!(plan(&["--set", "tiers[1].measure=money"]), 2);
    assert_eq!(plan(&["--set", "tiers[6].measure=score:beauty"]), 2);
    assert!([0, 3].contains(&plan(&["--time-limit", "0s"])));
}

/// The bound of a plan.json is worked out anew from its multipliers: one that says less than they
/// prove, or that belongs to another policy, is refused.
#[test]
#[cfg_attr(not(feature = "highs"), ignore = "microlp gives no prices")]
fn a_certified_bound_is_worked_out_anew() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let plan = [
        "plan",
        "datasets/tiny",
        "models/directive-20",
        "--gap",
        "0%",
        "--out",
        to,
    ];
    assert_eq!(code(&trongdiem(&plan)), 0);
    let (csv, json) = (
        folder.path().join("plan.csv"),
        folder.path().join("plan.json"),
    );
    let audit = |model: &str, file: &std::path::Path| {
        let (csv, file) = (csv.to_str().unwrap(), file.to_str().unwrap());
        trongdiem(&["audit", "datasets/tiny", model, csv, "--bound", file])
    };
    let sound = audit("models/directive-20", &json);
    assert_eq!(code(&sound), 0, "{}", out(&sound));
    assert!(
        out(&sound).contains("worked out anew in integers"),
        "{}",
        out(&sound)
    );
    let other = audit("models/spread-thin", &json);
    assert_ne!(code(&other), 0);
    let text = std::fs::read_to_string(&json).unwrap();
    let mut report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let bound = report["certificate"]["thousandths"].as_i64().unwrap();
    report["certificate"]["thousandths"] = (bound - 1).into();
    let less = folder.path().join("less.json");
    std::fs::write(&less, report.to_string()).unwrap();
    let refused = audit("models/directive-20", &less);
    assert_ne!(code(&refused), 0);
    assert!(
        out(&refused).contains("does not agree"),
        "{}",
        out(&refused)
    );
    let none = audit("models/directive-20", &csv);
    assert_eq!(code(&none), 2);
    assert!(
        err(&none).contains("not the JSON of a plan"),
        "{}",
        err(&none)
    );
}
