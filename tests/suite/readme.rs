//! The README's own commands run as written.

use std::process::Command;

use crate::tiny;

/// The lines of the README's shell blocks that start with `trongdiem`.
fn commands() -> Vec<String> {
    let text = std::fs::read_to_string(tiny::root().join("README.md")).unwrap();
    let blocks = text
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let joined: Vec<String> = blocks.map(|block| block.replace("\\\n", " ")).collect();
    joined
        .iter()
        .flat_map(|block| block.lines())
        .filter(|line| line.starts_with("trongdiem "))
        .map(|line| line.split(" #").next().unwrap().trim().to_owned())
        .collect()
}

/// The words of a command, as a shell splits them.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (position, part) in command.split('\'').enumerate() {
        if position % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn every_command_in_the_readme_works() {
    let commands = commands();
    assert!(commands.len() >= 8, "{commands:?}");
    let folder = tempfile::tempdir().unwrap();
    for name in ["datasets", "examples", "models"] {
        std::os::unix::fs::symlink(tiny::root().join(name), folder.path().join(name)).unwrap();
    }
    for command in commands {
        let words = words(&command);
        let output = Command::new(env!("CARGO_BIN_EXE_trongdiem"))
            .args(&words[1..])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{command}\n{told}");
    }
}
