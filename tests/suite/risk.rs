//! What becomes of a plan under risks, against an accounting of its own and against every outcome.

use std::collections::BTreeMap;
use std::path::Path;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use trongdiem::analysis::{
    Asking, BufferAsked, Drawn, LateCut, Loss, Realised, ReserveOrder, RiskAsked, Risks, Started,
    UnderRisk, draw_up, realised, under_risk,
};
use trongdiem::plan::{Decision, Plan};
use trongdiem::policy::Policy;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::{FundId, Programme, RelationKind};
use trongdiem::quantities::{Money, Share, Year};
use trongdiem::record::Cell;
use trongdiem::selector::Selector;
use trongdiem::solve::{Settings, Solver};
use trongdiem::tables::read_risks;

use crate::command_line::{code, err, out, trongdiem};
use crate::{random, tiny};

fn exact() -> Settings {
    Settings::exact(Solver::default())
}

/// Risks whose rows are `select,drop_out,slip` in per cent, without cuts.
fn risks(rows: &[(&str, i64, i64)]) -> Risks {
    let drop_outs = rows
        .iter()
        .map(|&(select, drop_out, slip)| trongdiem::analysis::DropOut {
            select: Selector::parse(select).unwrap(),
            drop_out: Share(drop_out * 100),
            slip: Share(slip * 100),
        });
    Risks {
        drop_outs: drop_outs.collect(),
        cuts: Vec::new(),
    }
}

/// Random chances for every project, and cuts of some ceilings.
fn random_risks(programme: &Programme, rng: &mut ChaCha8Rng) -> Risks {
    let mut own = risks(&[
        (
            "kind=pilot",
            rng.random_range(0..50),
            rng.random_range(0..50),
        ),
        ("group=women", rng.random_range(0..60), 0),
        ("", rng.random_range(0..40), rng.random_range(0..60)),
    ]);
    for fund in programme.fund_ids() {
        for &year in &programme.years {
            if rng.random_range(0..2) == 0 {
                own.cuts.push(LateCut {
                    fund,
                    year,
                    chance: Share(rng.random_range(0..=10_000)),
                    cut: Share(rng.random_range(0..=10_000)),
                });
            }
        }
    }
    own
}

/// Facts of money, capacity and relations for a random programme.
fn random_facts(rng: &mut ChaCha8Rng) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let percent = |rng: &mut ChaCha8Rng| rng.random_range(0..=10) * 10;
    let carried = |rng: &mut ChaCha8Rng| match rng.random_range(0..3) {
        0 => format!("{}%,{}", percent(rng), rng.random_range(1..=2)),
        _ => ",".to_owned(),
    };
    let repaid = |rng: &mut ChaCha8Rng| match rng.random_range(0..3) {
        0 => "40|30".to_owned(),
        _ => String::new(),
    };
    let mut fund = |code: &str, level: &str| {
        let (carried, repaid) = (carried(rng), repaid(rng));
        let management = ["", "10%"][rng.random_range(0..2)];
        let carry = if carried != "," && !repaid.is_empty() {
            "yes"
        } else {
            ""
        };
        format!("{code},{code},{code},{level},{management},{carried},{repaid},{carry}\n")
    };
    let (local, national) = (fund("local", "local"), fund("national", "national"));
    facts.push((
        "funds",
        format!("fund,name_vi,name_en,level,management,carried_over,expires_after,repaid,repayments_carry\n{local}{national}"),
    ));
    if rng.random_range(0..2) == 0 {
        facts.push((
            "mixes",
            "mix,fund,share\nboth,local,60%\nboth,national,40%\n".to_owned(),
        ));
    }
    if rng.random_range(0..2) == 0 {
        let limits = ["1,", "2,", ",6", ","];
        let mut limit = || limits[rng.random_range(0..limits.len())];
        let (centre, branch) = (limit(), limit());
        facts.push((
            "implementers",
            format!("unit,name_vi,name_en,most_open,staff_months\ncentre,Trung tâm,Centre,{centre}\nbranch,Chi nhánh,Branch,{branch}\n"),
        ));
    }
    let relation = [
        "",
        "excludes,a,b;c,\n",
        "at_most,,a;b;c,1\n",
        "requires_started,a,b,\n",
        "requires_completed,c,d,\n",
        "requires_started,a,b,\nexcludes,c,d,\n",
    ][rng.random_range(0..6)];
    facts.push((
        "relations",
        format!("relation,project,others,most\n{relation}"),
    ));
    facts
}

/// A random programme, now and then with a ceiling of the whole programme, with a first year that is
/// closed and with a promise; `None` where its tables do not fit together.
fn case(seed: u64) -> Option<(Programme, Policy, ChaCha8Rng)> {
    let mut rng = random::numbers(9_100_000 + seed);
    let facts = random_facts(&mut rng);
    let folder = random::folder_for("", &mut rng, &facts);
    let change = |name: &str, change: &dyn Fn(String) -> String| {
        let path = folder.path().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, change(text)).unwrap();
    };
    if rng.random_range(0..3) == 0 {
        let whole = rng.random_range(10..60) * 10;
        change("ceilings.csv", &|text| format!("{text}local,,{whole}\n"));
    }
    if rng.random_range(0..3) == 0 {
        change("dataset.toml", &|text| {
            text.replace("open_from = 2026", "open_from = 2027")
        });
    }
    let read = || trongdiem::tables::read_programme(folder.path(), &[]).ok();
    let mut programme = read()?.0;
    if rng.random_range(0..2) == 0 {
        let promised = programme.project(programme.find("d").unwrap());
        let unit = &programme.units[promised.units[0].index()].named.code;
        let variant = &promised.variants[0].name;
        let fund = ["local", "national"][rng.random_range(0..2)];
        let start = rng.random_range(2026..=2028);
        let table = format!("project,variant,fund,start,unit\nd,{variant},{fund},{start},{unit}\n");
        std::fs::write(folder.path().join("commitments.csv"), table).unwrap();
        programme = read()?.0;
    }
    Some((programme, random::policy(&[]), rng))
}

/// The plan of a problem, where it has one.
fn drawn(problem: &Problem<'_>) -> Option<Drawn> {
    let drawn = draw_up(problem, &exact()).ok()?;
    drawn.audit.as_ref()?.is_clean().then_some(drawn)
}

/// The cases among the first `most` of which something can be said; at least `least` must be.
fn over_cases(most: u64, least: usize, try_out: impl Fn(u64) -> bool + Sync) {
    let tried: usize = (0..most)
        .into_par_iter()
        .map(|seed| usize::from(try_out(seed)))
        .sum();
    println!("{tried} of {most} cases");
    assert!(tried >= least, "only {tried} of {most} cases");
}

#[test]
fn without_risks_every_draw_is_the_plan() {
    over_cases(360, 200, |seed| {
        let Some((programme, policy, _)) = case(seed) else {
            return false;
        };
        let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let plan = drawn.outcome.plan().unwrap();
        let order = Some(ReserveOrder::PerDong);
        for own in realised(&problem, plan, &Risks::default(), order, (seed, 0..3)) {
            assert_eq!(own.plan(&programme), *plan, "seed {seed}");
            assert_eq!(own.benefit, problem.benefit(plan), "seed {seed}");
            assert!(own.lost.is_empty());
            for (fund, row) in own.spent.iter().enumerate() {
                for (&year, &spent) in programme.years.iter().zip(row) {
                    let planned = plan.spent(&programme, |_, payment| {
                        payment.fund.index() == fund && payment.year == year
                    });
                    assert_eq!(spent, planned, "seed {seed}");
                }
            }
        }
        true
    });
}

/// What the projects that started paid before they were stopped, and what came back of it, by fund and
/// year: worked out from instalments and shares, not from the simulator.
fn accounts(programme: &Programme, started: &[Started]) -> BTreeMap<(usize, Year), (i64, i64)> {
    let mut accounts: BTreeMap<(usize, Year), (i64, i64)> = BTreeMap::new();
    for own in started {
        let decision = own.decision;
        let project = programme.project(decision.project);
        let support = decision.support(programme);
        for (age, instalment) in project.instalments(support).enumerate() {
            let year = decision.start.plus(age);
            if own.stopped.is_some_and(|stopped| year >= stopped) {
                continue;
            }
            let parts = &programme.sources[decision.source.index()].parts;
            let mut left = instalment.0;
            for (place, &(fund, share)) in parts.iter().enumerate() {
                let part = i64::try_from(share.of(instalment.0) / 10_000).unwrap();
                let part = if place + 1 == parts.len() { left } else { part };
                left -= part;
                accounts.entry((fund.index(), year)).or_default().0 += part;
                let repaid = programme.funds[fund.index()].repaid.iter();
                for (&percent, after) in repaid.zip(1..) {
                    let back = i128::from(part) * i128::from(percent) / 100;
                    let entry = accounts.entry((fund.index(), year.plus(after)));
                    entry.or_default().1 += i64::try_from(back).unwrap();
                }
            }
        }
    }
    accounts
}

/// Holds one draw to its ceilings as they turned out, with carry-over and repayments.
fn holds_money(programme: &Programme, own: &Realised, seed: u64) {
    let accounts = accounts(programme, &own.started);
    for (fund, terms) in programme.funds.iter().enumerate() {
        let after_management = |ceiling: Money| {
            let managed = (terms.management.of(ceiling.0) + 9_999) / 10_000;
            ceiling.0 - i64::try_from(managed).unwrap()
        };
        // What is left of each year's money, with the year in which it arose.
        let mut pots: Vec<(usize, i64)> = Vec::new();
        let (mut all_spent, mut all_repaid) = (0, 0);
        for (now, &year) in programme.years.iter().enumerate() {
            let entry = accounts.get(&(fund, year));
            let (spent, repaid) = entry.copied().unwrap_or_default();
            assert_eq!(own.spent[fund][now].0, spent, "seed {seed}");
            all_spent += spent;
            all_repaid += repaid;
            let carry = terms.carry_over;
            let carries_repaid = carry.is_some_and(|carry| carry.of_repayments);
            let mut amount = after_management(own.ceilings[fund][now]);
            let mut due = spent;
            if carries_repaid {
                amount += repaid;
            } else {
                due = (due - repaid).max(0);
            }
            pots.retain(|&(of, _)| carry.is_some_and(|carry| now - of <= carry.years));
            pots.push((now, amount));
            for (_, pot) in &mut pots {
                let used = due.min(*pot);
                due -= used;
                let carried = carry.map_or(0, |carry| carry.share.of(*pot - used) / 10_000);
                *pot = i64::try_from(carried).unwrap();
            }
            assert_eq!(due, 0, "seed {seed}: fund {fund} lacks {due} in {year}");
        }
        if let Some(whole) = programme.whole_ceilings[fund] {
            assert!(
                all_spent - all_repaid <= after_management(whole),
                "seed {seed}"
            );
        }
    }
}

/// Holds one draw to what capacity and relations ask.
fn holds_limits(programme: &Programme, own: &Realised, seed: u64) {
    let is_open = |own: &Started, year: Year| {
        let last = own.decision.last_open(programme);
        let is_stopped = own.stopped.is_some_and(|stopped| stopped <= year);
        own.decision.start <= year && year <= last && !is_stopped
    };
    for (place, unit) in programme.units.iter().enumerate() {
        for &year in &programme.years {
            let of_unit = own.started.iter().filter(|own| {
                own.decision.unit.is_some_and(|unit| unit.index() == place) && is_open(own, year)
            });
            let months = of_unit.clone().map(|own| {
                let project = programme.project(own.decision.project);
                project.staff_months.unwrap_or_default()
            });
            let open = i64::try_from(of_unit.clone().count()).unwrap();
            assert!(
                unit.most_open.is_none_or(|most| open <= most),
                "seed {seed}"
            );
            let months: i64 = months.sum();
            assert!(
                unit.staff_months.is_none_or(|most| months <= most),
                "seed {seed}"
            );
        }
    }
    let find = |project| {
        own.started
            .iter()
            .find(|own| own.decision.project == project)
    };
    for relation in &programme.relations {
        let others = relation.others.iter().filter_map(|&other| find(other));
        let project = relation.project.and_then(find);
        match (relation.kind, project) {
            (RelationKind::AtMost, _) => {
                let funded = i64::try_from(others.count()).unwrap();
                assert!(funded <= relation.most, "seed {seed}");
            }
            (_, None) => {}
            (RelationKind::Excludes, Some(_)) => assert_eq!(others.count(), 0, "seed {seed}"),
            (kind, Some(project)) => {
                let start = project.decision.start;
                for &other in &relation.others {
                    let other = find(other).unwrap_or_else(|| panic!("seed {seed}"));
                    let ready = match kind {
                        RelationKind::RequiresStarted => other.decision.start,
                        _ => other.decision.last_open(programme).plus(1),
                    };
                    let is_there = other.stopped.is_none_or(|stopped| stopped > start);
                    assert!(ready <= start && is_there, "seed {seed}");
                }
            }
        }
    }
}

#[test]
fn every_draw_keeps_money_capacity_and_relations() {
    let counts = std::sync::Mutex::new([0; 5]);
    over_cases(1_000, 500, |seed| {
        let Some((programme, policy, mut rng)) = case(1_000 + seed) else {
            return false;
        };
        let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
        let Some(drawn) = drawn(&problem) else {
            return false;
        };
        let plan = drawn.outcome.plan().unwrap();
        let risks = random_risks(&programme, &mut rng);
        let orders = ReserveOrder::ALL.into_iter().map(Some).chain([None]);
        for order in orders {
            for own in realised(&problem, plan, &risks, order, (seed, 0..4)) {
                holds_money(&programme, &own, seed);
                holds_limits(&programme, &own, seed);
                let mut counts = counts.lock().unwrap();
                counts[0] += own.started.iter().filter(|own| own.is_called).count();
                counts[1] += own
                    .started
                    .iter()
                    .filter(|own| own.stopped.is_some())
                    .count();
                counts[2] += own
                    .lost
                    .iter()
                    .filter(|own| own.loss == Loss::NoRoom)
                    .count();
                let late = own.started.iter().filter(|own| {
                    let planned = plan.choice(own.decision.project);
                    planned.is_some_and(|planned| planned.start < own.decision.start)
                });
                counts[3] += late.count();
                let promised = own.started.iter().filter(|own| {
                    let project = own.decision.project;
                    programme.is_promised(project)
                });
                counts[4] += promised.count();
            }
        }
        true
    });
    let counts = counts.into_inner().unwrap();
    println!("called, stopped, without room, late, promised: {counts:?}");
    assert!(counts.iter().all(|&count| count > 100), "{counts:?}");
}

/// `datasets/tiny` with a policy of no rules, and one of its plans.
fn on_tiny(plan: &str, risks: &Risks, order: Option<ReserveOrder>) -> Realised {
    let (programme, policy) = (tiny::programme(), random::policy(&[]));
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let plan = tiny::plan(&programme, plan);
    let all = realised(&problem, &plan, risks, order, (1, 0..1));
    all.into_iter().next().unwrap()
}

/// Who started, as `tea-dryer@2027`, with `!` and the year for one that was stopped.
fn story(own: &Realised) -> Vec<String> {
    let programme = tiny::programme();
    let mut told: Vec<String> = own
        .started
        .iter()
        .map(|own| {
            let code = &programme.project(own.decision.project).code;
            let stopped = own.stopped.map(|year| format!("!{year}"));
            format!(
                "{code}@{}{}",
                own.decision.start,
                stopped.unwrap_or_default()
            )
        })
        .collect();
    told.sort();
    told
}

const PLAN: &str = "tea-line@2026, tea-dryer@2026, training@2028";

#[test]
fn certain_drop_outs_slips_and_cuts_give_outcomes_worked_by_hand() {
    let programme = tiny::programme();
    let local = FundId::at(
        programme
            .funds
            .iter()
            .position(|own| own.named.code == "local")
            .unwrap(),
    );
    let cut = |year, part| LateCut {
        fund: local,
        year: Year(year),
        chance: Share(10_000),
        cut: Share(part),
    };
    // Everyone drops out.
    let own = on_tiny(PLAN, &risks(&[("", 100, 0)]), None);
    assert_eq!((story(&own), own.benefit), (Vec::new(), 0));
    assert_eq!(own.lost.len(), 3);
    assert_eq!(own.used, Money::ZERO);
    // Everyone slips for ever: the tea line until 2027, its last, the others until 2028.
    let own = on_tiny(PLAN, &risks(&[("", 0, 100)]), None);
    assert_eq!(own.lost.len(), 3);
    assert!(own.lost.iter().all(|own| own.loss == Loss::DroppedOut));
    // The dryer slips while it starts in 2026; the line and the training are certain.
    let own = on_tiny(
        PLAN,
        &risks(&[("project=tea-dryer&year=2026", 0, 100)]),
        None,
    );
    // In 2027 the line takes 150 of 150, so the dryer waits until 2028: 100 of 100, before the
    // training, which brings less per đồng and has no later year.
    assert_eq!(story(&own), ["tea-dryer@2028", "tea-line@2026"]);
    assert_eq!(own.lost[0].loss, Loss::NoRoom);
    let spent = |row: &[Money]| row.iter().map(|own| own.0 / 1_000_000).collect::<Vec<_>>();
    assert_eq!(spent(&own.spent[local.index()]), [150, 150, 100]);
    // The ceiling of 2027 is cut to nothing: the running line is stopped, its first half sunk.
    let mut none_left = Risks::default();
    none_left.cuts.push(cut(2027, 10_000));
    let own = on_tiny(PLAN, &none_left, None);
    assert_eq!(
        story(&own),
        ["tea-dryer@2026", "tea-line@2026!2027", "training@2028"]
    );
    assert_eq!(spent(&own.spent[local.index()]), [250, 0, 40]);
    assert_eq!(
        (own.used.0, own.usable.0),
        (290_000_000, (250 + 100 + 250) * 1_000_000)
    );
    // Cut by half in 2026, nothing runs yet: the dryer has room, the line waits a year, and has its
    // 150 then, but no 150 of 100 in 2028.
    let mut half = Risks::default();
    half.cuts.push(cut(2026, 5_000));
    let own = on_tiny(PLAN, &half, None);
    assert_eq!(story(&own), ["tea-dryer@2026", "training@2028"]);
    assert_eq!(own.lost[0].loss, Loss::NoRoom);
}

#[test]
fn the_reserve_list_is_called_for_what_is_missing() {
    let drops = risks(&[("project=tea-dryer", 100, 0)]);
    let plan = "tea-line@2026, tea-dryer@2026";
    let without = on_tiny(plan, &drops, None);
    assert_eq!(story(&without), ["tea-line@2026"]);
    // 100 local are missing in 2026: the training takes 40 of them; of national money nothing is
    // missing, so the roaster, which would have 200, is not called.
    let own = on_tiny(plan, &drops, Some(ReserveOrder::PerDong));
    assert_eq!(story(&own), ["tea-line@2026", "training@2026"]);
    assert!(own.started.iter().any(|own| own.is_called));
    // Nothing is missing.
    let own = on_tiny(plan, &Risks::default(), Some(ReserveOrder::PerDong));
    assert_eq!(story(&own), ["tea-dryer@2026", "tea-line@2026"]);
}

#[test]
fn a_promise_keeps_its_room_before_it_starts() {
    let tables = [
        (
            "implementers",
            "unit,name_vi,name_en,most_open\ncentre,T,C,1\nbranch,N,B,\n",
        ),
        (
            "commitments",
            "project,variant,fund,start,unit\ntea-dryer,full,local,2028,centre\n",
        ),
        (
            "ceilings",
            "fund,year,amount\nlocal,2026,300\nlocal,2027,300\nlocal,2028,300\nnational,2026,0\nnational,2027,0\nnational,2028,0\n",
        ),
    ];
    let programme = tiny::programme_with(&tables.map(|(name, text)| (name, text.to_owned())));
    let policy = random::policy(&[]);
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let plan = tiny::plan(&programme, "tea-line@2026, tea-dryer@2028");
    // The line, which takes two years, slips to 2027; in 2028 the centre's one place is promised.
    let slips = risks(&[("project=tea-line&year=2026", 0, 100)]);
    let own = &realised(&problem, &plan, &slips, None, (1, 0..1))[0];
    assert_eq!(story(own), ["tea-dryer@2028"]);
    assert_eq!(own.lost[0].loss, Loss::NoRoom);
    assert_eq!(own.lost[0].project, programme.find("tea-line").unwrap());
}

/// What becomes of the plan of `datasets/tiny` under `directive-20`, with the risks shipped.
fn told_of(draws: usize, seed: u64) -> (UnderRisk, i64) {
    told_with(draws, seed, None)
}

fn told_with(draws: usize, seed: u64, buffer: Option<BufferAsked>) -> (UnderRisk, i64) {
    let programme = tiny::programme();
    let model = tiny::root().join("models/directive-20");
    let (policy, _) = trongdiem::tables::read_policy(&model, &[]).unwrap();
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let best = draw_up(&problem, &exact()).unwrap();
    let asked = RiskAsked {
        draws,
        seed,
        buffer,
    };
    let risks = shipped(&programme);
    let told = under_risk(&problem, &best, &risks, asked, &exact(), Asking::default()).unwrap();
    (told, best.outcome.found().unwrap())
}

/// The risks shipped as an example.
fn shipped(programme: &Programme) -> Risks {
    let (tables, _) = read_risks(&tiny::root().join("examples/risks")).unwrap();
    Risks::read(&tables, programme).unwrap()
}

#[test]
fn means_agree_with_all_outcomes_by_their_probabilities() {
    let programme = tiny::programme();
    let policy = random::policy(&[]);
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    // Each is certain to find its room, so the outcomes are the subsets of those that do not drop out.
    let plan = tiny::plan(
        &programme,
        "tea-line@2026, coffee-roaster:national@2026, training@2028",
    );
    let risks = risks(&[("kind=pilot", 30, 0), ("sector=coffee", 12, 0), ("", 45, 0)]);
    let decisions: Vec<Decision> = plan.choices().copied().collect();
    let chance = |own: &Decision| {
        let (drop_out, _) = risks.of(&programme, own);
        i32::try_from(drop_out.0).map(f64::from).unwrap() / 10_000.0
    };
    let mut expected = 0.0;
    for outcome in 0..1_usize << decisions.len() {
        let (mut probability, mut stays) = (1.0, Vec::new());
        for (place, own) in decisions.iter().enumerate() {
            let drops_out = outcome >> place & 1 == 1;
            probability *= if drops_out {
                chance(own)
            } else {
                1.0 - chance(own)
            };
            if !drops_out {
                stays.push(*own);
            }
        }
        let benefit = problem.benefit(&Plan::new(&programme, stays));
        expected += probability * f64::from(i32::try_from(benefit).unwrap());
    }
    let draws = realised(&problem, &plan, &risks, None, (5, 0..20_000));
    let benefits: Vec<i64> = draws.iter().map(|own| own.benefit).collect();
    let mean = trongdiem::analysis::Mean::of(&benefits);
    let errors = (mean.value - expected).abs() / mean.error;
    println!(
        "{} beside {expected}: {errors:.2} standard errors",
        mean.value
    );
    assert!(errors < 4.0);
}

#[test]
fn draws_depend_on_their_seed_alone() {
    let of_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| told_of(300, 4).0)
    };
    let one = of_threads(1);
    assert_eq!(one, of_threads(4));
    assert_ne!(one, told_of(300, 5).0);
    let programme = tiny::programme();
    let policy = random::policy(&[]);
    let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
    let plan = tiny::plan(&programme, PLAN);
    let risks = shipped(&programme);
    let order = Some(ReserveOrder::PerDong);
    let all = |draws| realised(&problem, &plan, &risks, order, (4, draws));
    assert_eq!(all(0..50), all(0..200)[..50]);
    assert_eq!(all(20..30), all(0..50)[20..30]);
}

#[test]
fn figures_of_the_draws_fit_together() {
    let (told, found) = told_of(400, 1);
    assert_eq!((told.draws, told.benefit.planned), (400, found));
    // The last line is everything; each fund's last is its years together.
    let all = told.money.last().unwrap();
    let funds = told
        .money
        .iter()
        .filter(|own| own.fund.is_some() && own.year.is_none());
    assert_eq!(
        funds.map(|own| own.spread.planned).sum::<i64>(),
        all.spread.planned
    );
    for fate in told.fates.iter().filter(|own| own.planned.is_some()) {
        let times = fate.carried_out + fate.stopped + fate.dropped_out + fate.no_room;
        assert_eq!(times, 400, "{fate:?}");
    }
    let best = &told.orders[0];
    assert!(best.behind.value.abs() < 1e-9 && best.is_as_good());
    let none = told.orders.iter().find(|own| own.order.is_none()).unwrap();
    assert!(none.behind.value > 0.0 && !none.is_as_good());
    let rows = told.orders.windows(2);
    assert!(
        rows.into_iter()
            .all(|pair| pair[0].benefit.value >= pair[1].benefit.value)
    );
}

#[test]
fn the_buffer_found_meets_its_chance_and_the_lesser_does_not() {
    let counts = std::sync::Mutex::new([0; 3]);
    over_cases(240, 100, |seed| {
        let Some((programme, policy, _)) = case(5_000 + seed) else {
            return false;
        };
        let problem = Problem::new(&programme, &policy, &Conditions::default()).unwrap();
        let Some(best) = drawn(&problem) else {
            return false;
        };
        let risks = risks(&[("", 25, 0)]);
        let told = |buffer| {
            let asked = RiskAsked {
                draws: 100,
                seed,
                buffer,
            };
            under_risk(&problem, &best, &risks, asked, &exact(), Asking::default()).unwrap()
        };
        // What half of the draws use, or a little more than that.
        let half = told(None).used.band.middle;
        let more = [0, 10, 50, 400][usize::try_from(seed % 4).unwrap()];
        let chance = 50;
        let sought = told(Some(BufferAsked {
            used: Share(half + more),
            chance: Share(chance * 100),
        }));
        let sought = sought.buffer.unwrap();
        let is_enough = |own: &trongdiem::analysis::BufferTried| {
            i64::try_from(own.reached.times).unwrap() >= chance
        };
        let place = sought.found;
        if let Some(place) = place {
            assert!(is_enough(&sought.tried[place]), "seed {seed}");
            assert!(!sought.tried[..place].iter().any(is_enough), "seed {seed}");
            if place > 0 {
                let [lesser, found] = [place - 1, place].map(|at| sought.tried[at].percent);
                assert_eq!(lesser + 1, found, "seed {seed}");
            }
        } else {
            assert!(!sought.tried.iter().any(is_enough), "seed {seed}");
            assert_eq!(sought.tried.last().unwrap().percent, 30);
        }
        counts.lock().unwrap()[place.map_or(0, |place| 1 + place.min(1))] += 1;
        true
    });
    let counts = counts.into_inner().unwrap();
    println!("no buffer suffices, none is needed, one is found: {counts:?}");
    assert!(counts.iter().all(|&count| count > 0), "{counts:?}");
}

#[test]
fn a_buffer_of_tiny_is_found_between_those_tried_first() {
    let asked = BufferAsked {
        used: Share(5_000),
        chance: Share(5_000),
    };
    let sought = told_with(1_000, 1, Some(asked)).0.buffer.unwrap();
    let tried: Vec<(i64, bool)> = sought
        .tried
        .iter()
        .map(|own| (own.percent, own.suffices(asked)))
        .collect();
    assert_eq!(tried, [(0, false), (2, false), (3, true), (5, true)]);
    assert_eq!(sought.enough().unwrap().percent, 3);
    // The same projects, but not all of them alike.
    assert!(sought.more.is_empty() && sought.fewer.is_empty() && !sought.otherwise.is_empty());
}

/// Asks about tiny with a folder of risks; the exit code and all that is printed.
fn ask(folder: &Path, more: &[&str]) -> (i32, String) {
    let output = asked(folder, more);
    (code(&output), format!("{}{}", out(&output), err(&output)))
}

fn asked(folder: &Path, more: &[&str]) -> std::process::Output {
    let mut words = vec![
        "sensitivity",
        "risk",
        "datasets/tiny",
        "models/directive-20",
    ];
    words.extend(["--risks", folder.to_str().unwrap()]);
    words.extend(more);
    trongdiem(&words)
}

fn folder(tables: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in tables {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn faults_of_risks_are_told_with_file_row_column_and_remedy() {
    let drop_outs = "select,drop_out,slip\n\
        counterpart=maybe,10%,10%\n\
        sector=silk,10%,10%\n\
        kind=pilot,101%,0%\n\
        ,60%,50%\n";
    let cuts = "fund,year,chance,cut\n\
        provincial,2026,10%,10%\n\
        local,2031,10%,10%\n\
        local,2026,10%,10%\n\
        local,2026,20%,20%\n\
        local,2027,10,10%\n";
    let of = |drop_outs: &str, cuts: &str, parts: &[&str]| {
        let folder = folder(&[("drop_outs.csv", drop_outs), ("cuts.csv", cuts)]);
        let (code, told) = ask(folder.path(), &[]);
        assert_eq!(code, 2, "{told}");
        for part in parts {
            assert!(told.contains(part), "{part} is not told:\n{told}");
        }
        assert!(told.contains("remedy: "), "{told}");
    };
    // What cannot be read is told of both tables at once, then what does not fit the programme.
    of(
        drop_outs,
        cuts,
        &[
            "drop_outs.csv, row 2, column select: “maybe” is none of: yes, no, unknown",
            "drop_outs.csv, row 4, column drop_out: “101” is out of range",
            "cuts.csv, row 6, column chance: “10” lacks the % sign",
        ],
    );
    of(
        "select,drop_out,slip\nsector=silk,10%,10%\n,60%,50%\n",
        "fund,year,chance,cut\nprovincial,2026,10%,10%\nlocal,2031,10%,10%\nlocal,2026,1%,1%\nlocal,2026,2%,2%\n",
        &[
            "drop_outs.csv, row 2, column select: “sector=silk”: this programme has no “silk”",
            "drop_outs.csv, row 3, column slip: the chances of dropping out (60%) and of slipping (50%) come to more than 100%",
            "cuts.csv, row 2, column fund: this programme has no fund “provincial”",
            "cuts.csv, row 3, column year: 2031 is none of the years still open to decisions",
            "cuts.csv, row 5, column year: the fund local has two cuts in 2026",
            "the programme's funds: local, national",
            "Faults in all: 5.",
        ],
    );
    of(
        "select,drop_out\n,10%\n",
        "fund,year,chance,cut\n",
        &["the column “slip” is missing"],
    );
    let empty = folder(&[]);
    let (code, told) = ask(empty.path(), &[]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("the table drop_outs is missing"), "{told}");
    let other = folder(&[
        ("drop_outs.csv", "select,drop_out,slip\n"),
        ("cut.csv", "fund\n"),
    ]);
    let (code, told) = ask(other.path(), &[]);
    assert_eq!(code, 2);
    assert!(
        told.contains("a folder of risks has no table “cut”"),
        "{told}"
    );
    let (code, told) = ask(Path::new("examples/none"), &[]);
    assert_eq!(code, 2);
    assert!(told.contains("there is no such folder"), "{told}");
    let (code, told) = ask(Path::new("examples/risks"), &["--use", "95%"]);
    assert_eq!(code, 2);
    assert!(told.contains("--chance"), "{told}");
    let (code, _) = ask(Path::new("examples/risks"), &["--draws", "0"]);
    assert_eq!(code, 2);
}

#[test]
fn both_languages_and_all_forms_are_printed() {
    let risks = Path::new("examples/risks");
    let more = ["--draws", "200", "--use", "60%", "--chance", "50%"];
    let (code, english) = ask(risks, &more);
    assert_eq!(code, 0, "{english}");
    for part in [
        "projects with counterpart not committed or not known to be committed: 35% drop out, 20% slip a year",
        "the ceiling of Local industrial promotion in 2026: 10% that it is cut by 10%",
        "part of the money used",
        "Which reserve list repairs best",
        "A plan with a buffer",
    ] {
        assert!(english.contains(part), "{part} is not told:\n{english}");
    }
    let (code, vietnamese) = ask(risks, &[&more[..], &["--lang", "vi"]].concat());
    assert_eq!(code, 0);
    for part in [
        "đề án có vốn đối ứng chưa cam kết hoặc chưa rõ đã cam kết hay chưa: rút 35%, chậm một năm 20%",
        "tỷ lệ giải ngân",
        "Danh mục dự phòng nào bù đắp tốt nhất",
        "Kế hoạch có phần dôi",
    ] {
        assert!(
            vietnamese.contains(part),
            "{part} is not told:\n{vietnamese}"
        );
    }
    let printed = |form: &str| out(&asked(risks, &[&more[..], &["--format", form]].concat()));
    let json: serde_json::Value = serde_json::from_str(&printed("json")).unwrap();
    assert_eq!(json["draws"], 200);
    assert_eq!(json["reserve_orders"].as_array().unwrap().len(), 6);
    assert!(json["buffer"]["tried"].as_array().is_some());
    let csv = printed("csv");
    assert!(
        csv.starts_with("project,name,planned_start,draws,carried_out,late"),
        "{csv}"
    );
}

#[test]
fn a_selector_by_counterpart_selects_what_the_table_says() {
    let programme = tiny::programme();
    let of = |text: &str| {
        let select = Selector::parse(text).unwrap();
        let selected = programme.ids().filter(|&project| {
            let mut all = Decision::all_of(&programme, project);
            all.any(|own| select.selects(&programme, &own))
        });
        let codes = selected.map(|project| programme.project(project).code.as_str());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(of("counterpart=no"), ["tea-press"]);
    assert_eq!(of("counterpart=unknown"), ["tea-dryer"]);
    assert_eq!(of("counterpart!=yes"), ["tea-dryer", "tea-press"]);
}
