//! How long each step takes: read, formulate, audit, report beside the solve, by dataset; and how
//! reading grows with the number of candidates.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use trongdiem::analysis::{draw_up, reserve};
use trongdiem::generate::{Profile, generate};
use trongdiem::policy::Policy;
use trongdiem::problem::{Conditions, Problem};
use trongdiem::programme::Programme;
use trongdiem::solve::Settings;
use trongdiem::tables::{read_policy, read_programme, write_facts};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn programme(folder: &Path) -> Programme {
    read_programme(folder, &[])
        .expect("a dataset without faults")
        .0
}

fn policy(name: &str) -> Policy {
    read_policy(&root().join("models").join(name), &[])
        .expect("a policy without faults")
        .0
}

fn steps(c: &mut Criterion) {
    let policy = policy("directive-20");
    let settings = Settings {
        gap: 0.01,
        time_limit: Some(Duration::from_secs(10)),
        ..Settings::default()
    };
    for name in ["tiny", "published", "son-la", "vinh-long"] {
        let folder = root().join("datasets").join(name);
        let programme = programme(&folder);
        let problem = Problem::new(&programme, &policy, &Conditions::default()).expect("a fit");
        let drawn = draw_up(&problem, &settings).expect("rows that can be trusted");
        let mut group = c.benchmark_group(name);
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(3));
        group.bench_function("read and check", |b| {
            b.iter(|| read_programme(black_box(&folder), &[]).is_ok());
        });
        group.bench_function("gates", |b| {
            b.iter(|| Problem::new(&programme, &policy, &Conditions::default()).is_ok());
        });
        group.bench_function("formulate", |b| b.iter(|| problem.formulate().is_ok()));
        group.bench_function("solve, gap 1 % or 10 s", |b| {
            b.iter(|| trongdiem::solve::solve(&drawn.formulation, &settings));
        });
        if let Some(plan) = drawn.outcome.plan() {
            group.bench_function("audit", |b| {
                b.iter(|| problem.audit(&drawn.formulation, plan));
            });
            group.bench_function("rule order", |b| b.iter(|| problem.rule_order()));
            group.bench_function("reserve list", |b| b.iter(|| reserve(&problem, plan)));
        }
        group.finish();
    }
}

/// Reading and checking grows with the candidates and no faster.
fn growth(c: &mut Criterion) {
    let mut group = c.benchmark_group("read and check, by candidates");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    let folder = std::env::temp_dir().join("trongdiem-growth");
    for candidates in [1_000, 10_000, 100_000] {
        let facts = generate(Profile::Nation, candidates, 1, None);
        write_facts(&folder, &facts).expect("a folder to write to");
        group.bench_with_input(
            BenchmarkId::from_parameter(candidates),
            &folder,
            |b, folder| {
                b.iter(|| read_programme(folder, &[]).is_ok());
            },
        );
    }
    let _ = std::fs::remove_dir_all(&folder);
    group.finish();
}

criterion_group!(benches, steps, growth);
criterion_main!(benches);
