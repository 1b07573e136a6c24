//! Small random programmes and random rules of every kind, for the oracle.

use std::fmt::Write;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use trongdiem::policy::{Model, Policy};
use trongdiem::programme::Programme;
use trongdiem::rules::{KINDS, Kind, Origin};
use trongdiem::tables;

use crate::tiny;

/// The random numbers of one case.
pub fn numbers(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn pick<'a>(rng: &mut ChaCha8Rng, options: &[&'a str]) -> &'a str {
    options[rng.random_range(0..options.len())]
}

const PROJECTS: [&str; 4] = ["a", "b", "c", "d"];

const CRITERIA: [&str; 5] = [
    "orientation",
    "feasibility",
    "capacity",
    "added_value",
    "replicability",
];

/// A dataset folder with four random projects over three years; `extra` replaces tables.
pub fn programme(rng: &mut ChaCha8Rng, extra: &[(&str, String)]) -> Programme {
    programme_for("", rng, extra)
}

/// A random programme whose projects differ in what the gate named `gate` looks at.
pub fn programme_for(gate: &str, rng: &mut ChaCha8Rng, extra: &[(&str, String)]) -> Programme {
    tiny::programme_of(folder_for(gate, rng, extra).path())
}

/// The folder of such a programme, whether its tables fit together or not.
pub fn folder_for(gate: &str, rng: &mut ChaCha8Rng, extra: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tiny::copy_of("tiny");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    };
    let mut projects = String::from(
        "project,name,kind,area,sector,unit,beneficiary,beneficiary_type,groups,tags,counterpart_committed,other_state_source,first_start,last_start,profile,beneficiaries,jobs,staff_months,note\n",
    );
    let mut contents =
        String::from("project,variant,content,activity,quantity,total_cost,support\n");
    let mut variants = String::from("project,variant,benefit_share\n");
    let mut scores =
        String::from("project,orientation,feasibility,capacity,added_value,replicability\n");
    for code in PROJECTS {
        let place = pick(
            rng,
            &[
                "Xã Đồi Chè,tea",
                "Xã Cà Phê,coffee",
                "Xã Suối,tea",
                "Xã Suối,coffee",
                "none,none",
            ],
        );
        let first = rng.random_range(2026..=2027);
        let last = rng.random_range(first..=2028);
        let (counterpart, other_source) = answers(gate, rng);
        let _ = writeln!(
            projects,
            "{code},{code},{},{place},{},{},company,{},{},{counterpart},{other_source},{first},{last},{},{},{},{},",
            pick(rng, &["single", "single", "pilot"]),
            pick(rng, &["centre", "branch", "branch", "centre;branch"]),
            beneficiary(code),
            pick(rng, &["", "women"]),
            pick(rng, &["", "green"]),
            pick(rng, &["100", "100", "50|50", "30|70"]),
            rng.random_range(2..5),
            rng.random_range(0..30),
            months(code),
        );
        let has_small = rng.random_range(0..6) == 0;
        if has_small {
            let _ = writeln!(variants, "{code},full,100%\n{code},small,60%");
        }
        let support = rng.random_range(2..25) * 10;
        let quantity = rng.random_range(1..4);
        let mut content = |variant: &str, activity: &str, support: i64| {
            // Two to four times the support, and now and then unknown.
            let cost = match support / 10 % 7 {
                5 => "unknown".to_owned(),
                tens => (support * (2 + tens % 3)).to_string(),
            };
            let _ = writeln!(
                contents,
                "{code},{variant},work,{activity},{quantity},{cost},{support}"
            );
        };
        if has_small {
            content("full", "machinery", support);
            content("small", "machinery", support / 2);
        } else {
            content(
                "",
                pick(rng, &["machinery", "machinery", "training"]),
                support,
            );
        }
        content("", "trademark", 10);
        let score: Vec<String> = (0..5)
            .map(|_| rng.random_range(20..95).to_string())
            .collect();
        let _ = writeln!(scores, "{code},{}", score.join(","));
    }
    let mut ceilings = String::from("fund,year,amount\n");
    for fund in ["local", "national"] {
        for year in 2026..=2028 {
            let _ = writeln!(ceilings, "{fund},{year},{}", rng.random_range(3..30) * 10);
        }
    }
    write("projects", &projects);
    write("contents", &contents);
    write("variants", &variants);
    write("scores", &scores);
    write("ceilings", &ceilings);
    write(
        "implementers",
        "unit,name_vi,name_en,most_open\ncentre,Trung tâm,Centre,\nbranch,Chi nhánh,Branch,\n",
    );
    let mut past = rng.clone();
    write("earlier_grants", &earlier_grants(&mut past));
    write("recognitions", &recognitions(&mut past));
    for gone in ["targets", "eligibility", "norms", "definitions"] {
        std::fs::remove_file(folder.path().join(format!("{gone}.csv"))).unwrap();
    }
    for (name, text) in extra {
        write(name, text);
    }
    folder
}

/// Two projects have one beneficiary, the others each their own.
fn beneficiary(code: &str) -> &'static str {
    match code {
        "a" | "b" => "B1",
        "c" => "B2",
        _ => "B3",
    }
}

fn earlier_grants(rng: &mut ChaCha8Rng) -> String {
    let mut text = String::from("beneficiary,year,activity,support\n");
    for _ in 0..rng.random_range(0..3) {
        let (year, activity) = (rng.random_range(2023..=2027), "training");
        let _ = writeln!(
            text,
            "{},{year},{activity},20",
            pick(rng, &["B1", "B2", "B3"])
        );
    }
    text
}

fn recognitions(rng: &mut ChaCha8Rng) -> String {
    let mut text = String::from("beneficiary,product,year,level,source\n");
    for product in 0..rng.random_range(1..5) {
        let year = rng.random_range(2024..=2028);
        let _ = writeln!(
            text,
            "{},p{product},{year},province,random",
            pick(rng, &["B1", "B2", "B3"])
        );
    }
    text
}

fn select(rng: &mut ChaCha8Rng) -> &'static str {
    pick(
        rng,
        &[
            "",
            "kind=pilot",
            "sector=tea",
            "activity=machinery",
            "tag=green",
            "group=women",
            "zone=Vùng Bắc",
            "advantage>=50%",
            "support<120",
            "unit=centre",
            "sector!=none",
        ],
    )
}

fn each(rng: &mut ChaCha8Rng) -> &'static str {
    pick(
        rng,
        &[
            "",
            "",
            "year",
            "fund",
            "zone",
            "sector",
            "year&fund",
            "unit",
        ],
    )
}

fn some(rng: &mut ChaCha8Rng, value: String) -> String {
    if rng.random_range(0..3) == 0 {
        String::new()
    } else {
        value
    }
}

fn others(rng: &mut ChaCha8Rng, but: usize) -> String {
    let wanted = rng.random_range(1..3);
    let mut codes: Vec<&str> = (0..4)
        .filter(|&at| at != but)
        .map(|at| PROJECTS[at])
        .collect();
    while codes.len() > wanted {
        codes.remove(rng.random_range(0..codes.len()));
    }
    codes.join(";")
}

/// A random table of the kind: of the model for a rule of the policy, of the dataset for one of
/// the facts; `None` for gates of the law, which have none, and for kinds that no table is written for here.
pub fn table(kind: &Kind, rng: &mut ChaCha8Rng) -> Option<(&'static str, String)> {
    match kind.origin {
        Origin::Facts { table, .. } => of_facts(kind, rng).map(|text| (table, text)),
        Origin::Policy(_) | Origin::PolicyGate(_) => {
            of_policy(kind, rng).map(|text| (kind.name, text))
        }
        Origin::LawGate(_) => None,
    }
}

fn share(rng: &mut ChaCha8Rng) -> String {
    format!("{}%", rng.random_range(1..20) * 5)
}

fn of_policy(kind: &Kind, rng: &mut ChaCha8Rng) -> Option<String> {
    let text = match kind.name {
        "minimum_share" | "maximum_share" => format!(
            "select,of,base,each,within,share\n{},{},{},{},{},{}\n",
            select(rng),
            pick(rng, &["", "", "sector!=none"]),
            "spent",
            each(rng),
            pick(rng, &["", "yes"]),
            share(rng)
        ),
        "minimum_count" => format!(
            "select,counted,each,count\n{},{},{},{}\n",
            select(rng),
            pick(rng, &["projects", "quantity"]),
            pick(rng, &["", "", "", "year"]),
            rng.random_range(1..3)
        ),
        "maximum_count" => format!(
            "select,counted,each,count\n{},{},{},{}\n",
            select(rng),
            pick(rng, &["projects", "quantity"]),
            each(rng),
            rng.random_range(0..4)
        ),
        "minimum_money" => {
            let size = format!("{}{}", rng.random_range(1..20) * 2, pick(rng, &["%", "0"]));
            format!(
                "select,each,amount\n{},{},{size}\n",
                select(rng),
                pick(rng, &["", "", "", "fund"])
            )
        }
        "maximum_money" => {
            let money = rng.random_range(1..25) * 10;
            let percent = share(rng);
            let size = if rng.random_range(0..2) == 0 {
                money.to_string()
            } else {
                percent
            };
            format!("select,each,amount\n{},{},{size}\n", select(rng), each(rng))
        }
        "focal_points" => format!(
            "by,select,each,most,critical,critical_count\n{},{},{},{},{},{}\n",
            pick(rng, &["zone", "sector", "area", "cell", "zone&sector"]),
            select(rng),
            pick(rng, &["", "", "year"]),
            rng.random_range(0..3),
            some(rng, "150".into()),
            some(rng, "2".into())
        ),
        "top_share" => format!(
            "by,select,each,largest,at_least,at_most\n{},{},{},{},{},{}\n",
            pick(rng, &["zone", "sector", "area"]),
            pick(rng, &["", "sector!=none"]),
            pick(rng, &["", "", "year"]),
            rng.random_range(1..3),
            share(rng),
            some(rng, "95%".into())
        ),
        "start_limit" => format!(
            "select,each,most\n{},{},{}\n",
            select(rng),
            pick(rng, &["", "zone", "unit"]),
            rng.random_range(0..2)
        ),
        _ => return of_people_and_gates(kind, rng),
    };
    Some(text)
}

/// Rules of people and order, and gates.
fn of_people_and_gates(kind: &Kind, rng: &mut ChaCha8Rng) -> Option<String> {
    let text = match kind.name {
        "grant_interval" => format!(
            "select,years,most\n{},{},{}\n",
            pick(rng, &["", "", "", "sector=tea", "activity=machinery"]),
            rng.random_range(1..5),
            pick(rng, &["", "", "1", "2", "0"])
        ),
        "follow_up" => format!(
            "select,within,share\n{},{},{}\n",
            pick(rng, &["", "", "", "activity=machinery", "kind=pilot"]),
            rng.random_range(0..4),
            pick(rng, &["40%", "60%", "100%", "100%"])
        ),
        "replication" => format!(
            "model,replica,by,after\n{},{},{},{}\n",
            pick(
                rng,
                &["kind=pilot", "tag=green", "sector=tea", "support<120"]
            ),
            select(rng),
            pick(rng, &["", "zone", "sector", "unit"]),
            pick(rng, &["started", "completed"])
        ),
        "least_grant" => format!(
            "select,least\n{},{}\n",
            select(rng),
            rng.random_range(5..25) * 10
        ),
        "least_score" => format!(
            "select,criterion,least\n{},{},{}\n",
            select(rng),
            pick(rng, &CRITERIA),
            rng.random_range(30..90)
        ),
        "pass_mark" => {
            let (one, other) = (rng.random_range(1..5), rng.random_range(0..5));
            let weights = format!(
                "{}={one};{}={other}",
                pick(rng, &CRITERIA[..2]),
                pick(rng, &CRITERIA[2..])
            );
            format!(
                "select,weights,least\n{},{},{}\n",
                select(rng),
                some(rng, weights),
                rng.random_range(40..75)
            )
        }
        _ => return of_money_and_load(kind, rng),
    };
    Some(text)
}

/// Rules and gates of money, of what is open at once, and of proportional parts.
fn of_money_and_load(kind: &Kind, rng: &mut ChaCha8Rng) -> Option<String> {
    let text = match kind.name {
        "least_instalment" => format!(
            "select,least\n{},{}\n",
            select(rng),
            rng.random_range(3..15) * 10
        ),
        "fund_part" => format!(
            "select,level,at_least,at_most\n{},{}\n",
            select(rng),
            pick(
                rng,
                &[
                    "local,40%,",
                    "national,,60%",
                    "national,30%,70%",
                    "local,,50%"
                ]
            )
        ),
        "maximum_open" => format!(
            "select,each,most\n{},{},{}\n",
            select(rng),
            pick(rng, &["", "", "zone", "unit", "fund"]),
            rng.random_range(0..2)
        ),
        "mobilised_money" => format!(
            "select,each,least\n{},{},{}\n",
            select(rng),
            each(rng),
            pick(rng, &["1", "1.5", "2", "2.5", "3"])
        ),
        "steadiness" => format!(
            "select,each,from,change\n{},{},{},{}\n",
            select(rng),
            pick(rng, &["", "", "", "fund", "unit"]),
            pick(rng, &["", "2027", "2028", "2028"]),
            pick(rng, &["50%", "80%", "100%"])
        ),
        "proportional_share" => format!(
            "by,select,weight,at_least,at_most\n{},{},{},{},{}\n",
            pick(rng, &["zone", "zone", "area"]),
            select(rng),
            pick(rng, &["people", "km2", "areas"]),
            pick(rng, &["0.3", "0.6", "0.9"]),
            pick(rng, &["", "1.2", "1.8"])
        ),
        _ => return None,
    };
    Some(text)
}

/// Dataset tables that rules of the policy need to say anything.
pub fn beside(kind: &Kind) -> Vec<(&'static str, String)> {
    let table = match kind.name {
        "fund_part" => (
            "mixes",
            "mix,fund,share\nsixty,national,60%\nsixty,local,40%\n",
        ),
        "proportional_share" => (
            "areas",
            "area,zone,class,km2,code,people\nXã Đồi Chè,Vùng Bắc,difficult,25.5,,4321\n\
             Xã Cà Phê,Vùng Bắc,ordinary,30,,7000\nXã Suối,Vùng Nam,unknown,17.25,,6543\n",
        ),
        _ => return Vec::new(),
    };
    vec![(table.0, table.1.to_owned())]
}

/// What a project says of its counterpart and of other state sources.
fn answers(gate: &str, rng: &mut ChaCha8Rng) -> (&'static str, &'static str) {
    match gate {
        "counterpart" => (pick(rng, &["yes", "no", "unknown"]), "no"),
        "other_state_source" => ("yes", pick(rng, &["no", "yes", "unknown"])),
        _ => ("yes", "no"),
    }
}

/// Staff-months of a project, told by its code so that no other draw moves.
fn months(code: &str) -> usize {
    2 + PROJECTS.iter().position(|own| *own == code).unwrap_or(0) * 2
}

/// A random dataset table that a gate of the law reads; `None` where it reads columns of projects
/// alone.
pub fn of_law(kind: &Kind, rng: &mut ChaCha8Rng) -> Option<(&'static str, String)> {
    let text = match kind.name {
        "eligibility" => format!(
            "fund,activity,area_class,kind\nlocal,{},,\nlocal,trademark,,\nnational,{},{},\nnational,trademark,,{}\n",
            pick(rng, &["machinery", "training", ""]),
            pick(rng, &["machinery", ""]),
            pick(rng, &["", "difficult", "ordinary"]),
            pick(rng, &["", "pilot"])
        ),
        "norm" => format!(
            "activity,territory,percent,cap,per,difficult_factor,valid_from,valid_to,document\n\
             machinery,nation,{}%,{},one,{},2019-01-01,,random\n\
             machinery,province,,{},one,,2027-01-01,,random\n\
             trademark,nation,,{},one,,2019-01-01,,random\n",
            rng.random_range(3..10) * 5,
            rng.random_range(3..20) * 10,
            pick(rng, &["", "1.5"]),
            rng.random_range(3..20) * 10,
            pick(rng, &["5", "10", "20"])
        ),
        "definition" => format!(
            "kind,least_contents,least_beneficiaries,least_years,most_years,valid_from,valid_to,document\n\
             pilot,{},{},{},,2018-01-01,,random\nsingle,,,,{},2027-06-01,,random\n",
            rng.random_range(1..3),
            rng.random_range(2..5),
            rng.random_range(1..3),
            rng.random_range(1..3)
        ),
        _ => return None,
    };
    let table = match kind.name {
        "norm" => "norms",
        "definition" => "definitions",
        _ => "eligibility",
    };
    Some((table, text))
}

fn of_facts(kind: &Kind, rng: &mut ChaCha8Rng) -> Option<String> {
    let at = rng.random_range(0..4);
    let text = match kind.name {
        "ceiling" => {
            let amount = |rng: &mut ChaCha8Rng| rng.random_range(0..16) * 10;
            let mut text = String::from("fund,year,amount\n");
            for fund in ["local", "national"] {
                for year in 2026..=2028 {
                    let _ = writeln!(text, "{fund},{year},{}", amount(rng));
                }
            }
            text
        }
        "carry_over" => format!(
            "fund,name_vi,name_en,level,management,carried_over,expires_after,repaid,repayments_carry\n\
             local,Địa phương,Local,local,{},{},{},{}\n\
             national,Quốc gia,National,national,,{},1,,\n",
            pick(rng, &["", "5%"]),
            pick(rng, &["30%", "50%", "100%"]),
            rng.random_range(1..3),
            pick(rng, &[",", "50|50,no", "30|30,yes"]),
            pick(rng, &["70%", "100%"])
        ),
        "staff_months" => format!(
            "unit,name_vi,name_en,most_open,staff_months\ncentre,Trung tâm,Centre,,{}\nbranch,Chi nhánh,Branch,,{}\n",
            rng.random_range(3..12),
            rng.random_range(3..12)
        ),
        "prerequisite" => format!(
            "relation,project,others,most\n{},{},{},\n",
            pick(rng, &["requires_started", "requires_completed"]),
            PROJECTS[at],
            others(rng, at)
        ),
        "exclusion" => {
            if rng.random_range(0..2) == 0 {
                format!(
                    "relation,project,others,most\nexcludes,{},{},\n",
                    PROJECTS[at],
                    others(rng, at)
                )
            } else {
                format!(
                    "relation,project,others,most\nat_most,,a;b;c;d,{}\n",
                    rng.random_range(0..3)
                )
            }
        }
        "open_limit" => format!(
            "unit,name_vi,name_en,most_open\ncentre,Trung tâm,Centre,{}\nbranch,Chi nhánh,Branch,{}\n",
            rng.random_range(0..3),
            rng.random_range(0..2)
        ),
        "targets" => format!(
            "target,name_vi,name_en,select,counted,at_least,at_most,from,to,source\nt,t,t,{},{},{},{},2026,{},random\n",
            select(rng),
            pick(rng, &["projects", "quantity"]),
            rng.random_range(0..3),
            some(rng, "4".into()),
            rng.random_range(2026..=2028)
        ),
        _ => return None,
    };
    Some(text)
}

/// A policy with these tables, targets held, benefit per support.
pub fn policy(kinds: &[(&str, String)]) -> Policy {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(
        tiny::root().join("models/directive-20/model.toml"),
        folder.path().join("model.toml"),
    )
    .unwrap();
    std::fs::copy(
        tiny::root().join("models/directive-20/weights.csv"),
        folder.path().join("weights.csv"),
    )
    .unwrap();
    for (name, text) in kinds {
        std::fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    }
    let (model, _): (Model, _) = tables::read_model(folder.path(), &[])
        .unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)));
    Policy::new(model).unwrap_or_else(|faults| panic!("{}", tiny::list(&faults)))
}

/// The gates of the law, which stand on every random programme of their own.
pub fn law_gates() -> impl Iterator<Item = &'static Kind> {
    KINDS
        .iter()
        .filter(|kind| matches!(kind.origin, Origin::LawGate(_)))
}

/// The kinds that random tables are written for. Commitments have a test of their own.
pub fn kinds_with_tables() -> impl Iterator<Item = &'static Kind> {
    KINDS
        .iter()
        .filter(|kind| table(kind, &mut numbers(0)).is_some())
}
