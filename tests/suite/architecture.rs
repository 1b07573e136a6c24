//! Who may know whom, and other habits of the source that a test can hold.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module, and what it may name with `crate::`. Read from the bottom up.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("phrase", &[]),
    ("quantities", &["phrase"]),
    ("weighing", &[]),
    ("record", &["phrase", "quantities"]),
    ("quotient", &["phrase", "quantities", "record"]),
    ("programme", &["phrase", "quantities", "record", "quotient"]),
    ("plan", &["phrase", "quantities", "record", "programme"]),
    (
        "selector",
        &["phrase", "quantities", "record", "programme", "plan"],
    ),
    (
        "generate",
        &["phrase", "quantities", "record", "programme", "selector"],
    ),
    (
        "formulation",
        &["phrase", "quantities", "programme", "plan"],
    ),
    ("solve", &["formulation", "plan"]),
    (
        "rules",
        &[
            "phrase",
            "quantities",
            "record",
            "programme",
            "plan",
            "selector",
            "formulation",
        ],
    ),
    (
        "policy",
        &[
            "phrase",
            "quantities",
            "record",
            "programme",
            "plan",
            "selector",
            "formulation",
            "rules",
            "weighing",
        ],
    ),
    (
        "problem",
        &[
            "phrase",
            "quantities",
            "record",
            "programme",
            "plan",
            "selector",
            "formulation",
            "rules",
            "policy",
        ],
    ),
    (
        "tables",
        &[
            "phrase",
            "quantities",
            "record",
            "programme",
            "plan",
            "formulation",
            "policy",
        ],
    ),
    (
        "analysis",
        &[
            "phrase",
            "quantities",
            "record",
            "quotient",
            "programme",
            "plan",
            "selector",
            "formulation",
            "rules",
            "policy",
            "problem",
            "solve",
        ],
    ),
    (
        "report",
        &[
            "phrase",
            "quantities",
            "record",
            "quotient",
            "programme",
            "plan",
            "rules",
            "policy",
            "problem",
            "analysis",
        ],
    ),
    (
        "cli",
        &[
            "phrase",
            "quantities",
            "record",
            "programme",
            "plan",
            "selector",
            "generate",
            "formulation",
            "solve",
            "rules",
            "policy",
            "problem",
            "tables",
            "analysis",
            "report",
        ],
    ),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn all() -> Vec<(String, String, String)> {
    let root = crate::tiny::root().join("src");
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let inside = path.strip_prefix(&root).unwrap().display().to_string();
        let module = inside.split(['/', '.']).next().unwrap().to_owned();
        (module, inside, text)
    };
    sources(&root).into_iter().map(read).collect()
}

/// The part of a file before its unit tests.
fn shipped(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// The code of a file, comments left out.
fn code(text: &str) -> String {
    shipped(text)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn modules_name_only_what_is_below_them() {
    for (module, file, text) in all() {
        if module == "lib" || module == "main" {
            continue;
        }
        let allowed = MAY_NAME.iter().find(|(name, _)| *name == module);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{file}: place {module} in MAY_NAME"));
        for named in code(&text).split("crate::").skip(1) {
            let end = named
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(named.len());
            let (named, rest) = named.split_at(end);
            let is_macro = rest.starts_with('!');
            let is_fine = is_macro
                || named == module
                || allowed.contains(&named)
                || matches!(named, "words" | "record" | "phrase");
            assert!(is_fine, "{file}: {module} may not name {named}");
        }
    }
}

#[test]
fn solvers_are_named_in_the_backend_alone() {
    for (_, file, text) in all() {
        let code = code(&text);
        let named = ["good_lp", "highs_sys", "microlp::"]
            .iter()
            .any(|solver| code.contains(solver));
        assert!(
            !named || file.starts_with("solve/backend"),
            "{file} names a solver"
        );
    }
}

#[test]
fn money_shares_and_benefit_are_integers() {
    for (module, file, text) in all() {
        let exact = [
            "quantities",
            "record",
            "programme",
            "selector",
            "rules",
            "policy",
            "problem",
            "formulation",
            "tables",
            "generate",
        ];
        let floats = code(&text).contains("f64") || code(&text).contains("f32");
        assert!(
            !floats || !exact.contains(&module.as_str()),
            "{file}: floating point"
        );
    }
}

#[test]
fn the_library_never_prints_exits_or_panics() {
    let words = [
        "println!",
        "print!",
        "process::exit",
        "panic!(",
        ".unwrap()",
        ".expect(",
        "todo!",
        "unimplemented!",
        "dbg!",
        "unsafe ",
    ];
    for (module, file, text) in all() {
        if module == "cli" || module == "main" {
            continue;
        }
        // The C interface of HiGHS, behind safe functions.
        let is_interface = file == "solve/backend/highs/interface.rs";
        for word in words {
            let is_allowed = is_interface && word == "unsafe ";
            assert!(is_allowed || !code(&text).contains(word), "{file}: {word}");
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    for (_, file, text) in all() {
        assert!(text.lines().count() <= 400, "{file}: over 400 lines");
        assert!(
            text.starts_with("//! "),
            "{file}: its first line says what it is"
        );
    }
}

#[test]
fn versions_of_solvers_are_those_of_the_lock_file() {
    let lock = fs::read_to_string(crate::tiny::root().join("Cargo.lock")).unwrap();
    let locked = |name: &str| {
        let rest = lock
            .split(&format!("name = \"{name}\"\nversion = \""))
            .nth(1)
            .unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    for (file, package) in [("highs/mod.rs", "highs-sys"), ("microlp.rs", "microlp")] {
        let path = crate::tiny::root().join(format!("src/solve/backend/{file}"));
        let text = fs::read_to_string(path).unwrap();
        let version = locked(package);
        assert!(
            text.contains(&format!("VERSION: &str = \"{version}\"")),
            "{package} is {version}"
        );
    }
}
